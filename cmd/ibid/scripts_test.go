package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"ibid/search"
	"ibid/search/eval"
)

// agreed are the queries on which every door must give the same.
func agreed(t *testing.T) []string {
	t.Helper()
	topics, err := readWith("../../search/eval/testdata/pact1939/topics.tsv", eval.ReadTopics)
	if err != nil {
		t.Fatal(err)
	}
	var queries []string
	for _, topic := range topics[:50] {
		queries = append(queries, topic.Query)
	}
	return queries
}

// hitLines reads the hits that --format jsonl prints.
func hitLines(t *testing.T, stdout string) []search.Hit {
	t.Helper()
	var hits []search.Hit
	for line := range strings.Lines(stdout) {
		var h search.Hit
		if err := json.Unmarshal([]byte(line), &h); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		hits = append(hits, h)
	}
	return hits
}

func hitIDs(hits []search.Hit) []string {
	var out []string
	for _, h := range hits {
		out = append(out, h.ID)
	}
	return out
}

// TestSameAnswers holds that command, server, batch and index have the same hits
// in the same order with the same counts.
func TestSameAnswers(t *testing.T) {
	dir := sharedIndex(t)
	server := startServer(t)
	index, err := search.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close()
	queries := agreed(t)
	file := filepath.Join(t.TempDir(), "queries.txt")
	write(t, file, strings.Join(queries, "\n"))
	batch := map[string][]batchRow{"index": batchRows(t, "--index", dir, "--batch", file), "server": batchRows(t, "--server", server, "--batch", file)}
	for i, q := range queries {
		want, err := index.Search(context.Background(), search.Request{Query: q, Size: 100})
		if err != nil {
			t.Fatalf("%q: %v", q, err)
		}
		ids := hitIDs(want.Hits)
		for door, args := range map[string][]string{"index": {"--index", dir}, "server": {"--server", server}} {
			status, stdout, stderr := ibid(t, append([]string{"search", q, "--all", "--format", "json"}, args...)...)
			var got search.Result
			if err := json.Unmarshal([]byte(stdout), &got); err != nil || status != statusDone {
				t.Fatalf("%q of the %s: status %d, %s %v", q, door, status, stderr, err)
			}
			if got.Total != want.Total || got.Query.Understood != want.Query.Understood || got.Index != want.Index ||
				len(got.Hits) != want.Total || !slices.Equal(hitIDs(got.Hits)[:len(ids)], ids) || fmt.Sprint(got.Facets) != fmt.Sprint(want.Facets) {
				t.Errorf("%q of the %s: %d of %d %v, want %d %v", q, door, len(got.Hits), got.Total, hitIDs(got.Hits), want.Total, ids)
			}
			row := batch[door][i]
			if row.Query != q || row.Total != want.Total || row.Understood != want.Query.Understood || !slices.EqualFunc(row.Hits, want.Hits[:len(row.Hits)],
				func(a batchHit, b search.Hit) bool { return a.ID == b.ID && a.Reference == b.Reference }) {
				t.Errorf("%q in the batch of the %s: %+v, want %d %v", q, door, row, want.Total, ids)
			}
		}
	}
}

func batchRows(t *testing.T, args ...string) []batchRow {
	t.Helper()
	status, stdout, stderr := ibid(t, append([]string{"search", "--format", "jsonl"}, args...)...)
	if status != statusDone {
		t.Fatalf("batch: status %d, %s", status, stderr)
	}
	var rows []batchRow
	for line := range strings.Lines(stdout) {
		var row batchRow
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

// Filters, orders and dates mean the same to command, server, index and export.
func TestSameFilters(t *testing.T) {
	dir := sharedIndex(t)
	server := startServer(t)
	for _, flags := range [][]string{
		{"negotiations", "--kind", "quotation", "--kind", "footnote"},
		{"negotiations", "--sort", "date", "--from", "1939-05", "--to", "1939-08"},
		{"Germany", "--from", "1939-05", "--to", "1939-06", "--dates", "within", "--sort", "position"},
		{"negotiation", "--match", "exact"},
		{"--speaker=molotov", "political"},
		{"--cite", "GK 503", "--sort", "position", "kind:quotation"},
		{"--phase", "august", "--actor", "molotov", "Germany"},
	} {
		var seen [2][]string
		for i, door := range [][]string{{"--index", dir}, {"--server", server}} {
			status, stdout, stderr := ibid(t, slices.Concat([]string{"search", "--format", "jsonl", "--all"}, door, flags)...)
			if status != statusDone {
				t.Fatalf("search %q of %q: status %d, %s", flags, door, status, stderr)
			}
			seen[i] = hitIDs(hitLines(t, stdout))
		}
		if !slices.Equal(seen[0], seen[1]) {
			t.Errorf("search %q: index %v, server %v", flags, seen[0], seen[1])
		}
		_, stdout, _ := ibid(t, slices.Concat([]string{"export", "--index", dir}, flags)...)
		for _, id := range seen[0] {
			if !strings.Contains(stdout, `{"id":"`+id+`"`) {
				t.Errorf("export %q lacks %s", flags, id)
			}
		}
	}
}

// TestServerSaysTheSame: with --server a command prints the same bytes, and ends with the same
// status, as with the index.
func TestServerSaysTheSame(t *testing.T) {
	doors := [2][]string{{"--index", sharedIndex(t)}, {"--server", startServer(t)}}
	date := regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`) // of an export
	tests := []struct {
		args   []string
		stdin  string
		status int
	}{
		{[]string{"search", "negotiations", "--format", "json"}, "", statusDone},
		{[]string{"search", "negotiations", "--kwic"}, "", statusDone},
		{[]string{"search", "  negotiations ", "--kwic", "--format", "json", "--size", "3"}, "", statusDone},
		{[]string{"search", "Germany", "--kwic", "--format", "jsonl", "--all", "--context", "20", "--lines", "right2"}, "", statusDone},
		{[]string{"search", "negotiation", "--kwic", "--format", "csv", "--bom", "--match", "exact", "--lines", "left"}, "", statusDone},
		{[]string{"search", "political", "--kwic", "--speaker", "molotov", "--from", "1939-05", "--to", "1939-08", "--dates", "within"}, "", statusDone},
		{[]string{"search", "zzzzzz", "--kwic", "--match", "exact"}, "", statusFailed},
		{[]string{"search", `"base`, "--kwic"}, "", statusWrongUse},
		{[]string{"search", "base", "--kwic", "--context", "500"}, "", statusWrongUse},
		{[]string{"search", "base", "--kwic", "--actor", "napoleon"}, "", statusWrongUse},
		{[]string{"quote", "economic negotiations have recently been started several times"}, "", statusDone},
		{[]string{"quote", "--format", "json"}, "  the necessary political\xff\x00 base\r\n", statusDone},
		{[]string{"quote", "zzzzzz yyyyyy xxxxxx wwwwww"}, "", statusFailed},
		{[]string{"quote", "..."}, "", statusWrongUse},
		{[]string{"quote"}, strings.Repeat("word ", 20_000), statusWrongUse},
		{[]string{"quote", "base", "--format", "xml"}, "", statusWrongUse},
		{[]string{"export"}, "", statusDone},
		{[]string{"export", "base", "--sort", "relevance"}, "", statusDone},
		{[]string{"export", "--speaker", "molotov", "--from", "1939-08", "--format", "tei"}, "", statusDone},
		{[]string{"export", `cite:"GK 503"`, "--format", "csv", "--bom", "--meta"}, "", statusDone},
		{[]string{"export", "base", "--format", "jsonl", "--meta"}, "", statusDone},
		{[]string{"export", "base", "--format", "bibtex", "--meta", "--kind", "quotation"}, "", statusDone},
		{[]string{"export", "base", "--format", "bibtex"}, "", statusDone},
		{[]string{"export", "base", "--format", "ris"}, "", statusDone},
		{[]string{"export", "base", "--format", "csl", "--meta"}, "", statusDone},
		{[]string{"export", "zzzzzz", "--match", "exact", "--format", "csv"}, "", statusDone},
		{[]string{"export", `"base`}, "", statusWrongUse},
		{[]string{"export", "--phase", "sprung"}, "", statusWrongUse},
		{[]string{"export", "--format", "xls"}, "", statusWrongUse},
	}
	for _, tt := range tests {
		var out, told [2]string
		for i, door := range doors {
			typed(t, tt.stdin)
			status, stdout, stderr := ibid(t, append(slices.Clone(tt.args), door...)...)
			if status != tt.status {
				t.Errorf("ibid %q %s: status %d, want %d: %s", tt.args, door[0], status, tt.status, stderr)
			}
			out[i], told[i] = date.ReplaceAllString(stdout, "DATE"), stderr
		}
		if out[0] != out[1] || tt.status == statusDone && out[0] == "" && tt.args[1] != "zzzzzz" {
			t.Errorf("ibid %q prints of the index\n%s\nof the server\n%s", tt.args, out[0], out[1])
		}
		if told[0] != told[1] {
			t.Errorf("ibid %q says of the index %q, of the server %q", tt.args, told[0], told[1])
		}
	}
}

// typed makes a text what stands on standard input.
func typed(t *testing.T, text string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "stdin")
	write(t, file, text)
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	before := os.Stdin
	os.Stdin = f
	t.Cleanup(func() {
		os.Stdin = before
		f.Close()
	})
}

// A value of a filter that the corpus does not have is wrong use at every door, in the same words.
func TestUnknownFilters(t *testing.T) {
	doors := [][]string{{"search", "--server", startServer(t)}}
	dir := sharedIndex(t)
	for _, door := range [][]string{{"search"}, {"search", "--kwic"}, {"export"}} {
		doors = append(doors, append(door, "--index", dir))
	}
	for _, flags := range [][]string{{"--kind", "foo"}, {"--actor", "Molotov"}, {"--phase", "august", "--phase", "x"}, {"--section", "XX"}} {
		told := map[string]bool{}
		for _, door := range doors {
			status, stdout, stderr := ibid(t, slices.Concat(door, []string{"Germany"}, flags)...)
			line, _, _ := strings.Cut(stderr, "\n")
			if told[line] = true; status != statusWrongUse || stdout != "" || len(told) != 1 || !strings.Contains(line, "This corpus has no") {
				t.Errorf("ibid %q %q = status %d, %q; all that was told: %v", door, flags, status, stderr, told)
			}
		}
	}
}

// What a server says is wrong is told with the same exit status as what the index says.
func TestServerFaults(t *testing.T) {
	server := startServer(t)
	problems := http.NewServeMux()
	problems.HandleFunc("/busy/", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(http.StatusServiceUnavailable)
		fmt.Fprint(w, `{"title":"The server is busy","detail":"Try again in a second."}`)
	})
	problems.HandleFunc("/html/", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>hello</html>") })
	problems.HandleFunc("/json/", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"hello":"world"}`) })
	problems.HandleFunc("/cut/", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		w.Header().Set("X-Ibid-Index", "v")
		w.Header().Set("X-Ibid-Total", "3")
		fmt.Fprint(w, `{"index":`)
	})
	other := httptest.NewServer(problems)
	defer other.Close()
	gone := httptest.NewServer(problems)
	gone.Close()
	tests := []struct {
		name   string
		args   []string
		status int
		want   string // on standard error
	}{
		{"nothing found", []string{"zzzzzz", "--match", "exact", "--server", server}, statusFailed, "nothing found"},
		{"unbalanced quote", []string{`"political base`, "--server", server}, statusWrongUse, "column 1"},
		{"unknown actor", []string{"x", "--actor", "napoleon", "--server", server}, statusWrongUse, "napoleon"},
		{"no scheme", []string{"molotov", "--server", strings.TrimPrefix(server, "http://")}, statusDone, ""},
		{"slash at the end", []string{"molotov", "--server", server + "/"}, statusDone, ""},
		{"no server", []string{"x", "--server", gone.URL}, statusFailed, "is ibid serve running there?"},
		{"no address", []string{"x", "--server", "ftp://x"}, statusWrongUse, "is no address"},
		{"control character", []string{"x", "--server", "http://a\x7fb"}, statusWrongUse, "is no address"},
		{"busy", []string{"x", "--server", other.URL + "/busy/"}, statusFailed, "The server is busy: Try again"},
		{"not found", []string{"x", "--server", other.URL + "/nothing"}, statusFailed, "check the address"},
		{"another site", []string{"x", "--server", other.URL + "/html/"}, statusFailed, "check the address"},
		{"another API", []string{"x", "--server", other.URL + "/json/"}, statusFailed, "check the address"},
		{"cut off", []string{"x", "--server", other.URL + "/cut/"}, statusFailed, "cannot be asked"},
		{"server and index", []string{"x", "--server", server, "--index", "x"}, statusWrongUse, "server"},
		{"server and sources", []string{"x", "--server", server, "--sources", "x"}, statusWrongUse, "server"},
	}
	for _, tt := range tests {
		commands := []string{"search"}
		if tt.args[0] == "x" && tt.name != "unknown actor" {
			commands = []string{"search", "search --kwic", "export", "quote"}
		}
		for _, command := range commands {
			status, stdout, stderr := ibid(t, append(strings.Fields(command), tt.args...)...)
			if status != tt.status || !strings.Contains(stderr, tt.want) || (status == statusWrongUse && stdout != "") {
				t.Errorf("%s, %s: status %d, %q, %q; want %d, %q", command, tt.name, status, stdout, stderr, tt.status, tt.want)
			}
		}
	}
}

func TestBatchFaults(t *testing.T) {
	dir := sharedIndex(t)
	file := filepath.Join(t.TempDir(), "queries.txt")
	write(t, file, "\ufeffmolotov\r\n\r\n\"political base\r\n=cmd|' /C calc'!A0\n")
	status, stdout, stderr := ibid(t, "search", "--batch", file, "--format", "csv", "--index", dir)
	rows, err := csv.NewReader(strings.NewReader(stdout)).ReadAll()
	if err != nil || len(rows) != 4 {
		t.Fatalf("%d rows, %v: %s", len(rows), err, stdout)
	}
	if status != statusFailed || !strings.Contains(stderr, "1 of 3 queries could not be read") || rows[1][0] != "molotov" ||
		!strings.Contains(rows[2][5], "column 1") || !strings.HasPrefix(rows[3][0], "'=cmd") {
		t.Errorf("status %d, %q, rows %q", status, stderr, rows)
	}
	write(t, file, "zzzzzzz\nyyyyyyy\n")
	if status, _, stderr := ibid(t, "search", "--batch", file, "--match", "exact", "--index", dir); status != statusFailed || !strings.Contains(stderr, "nothing found by any") {
		t.Errorf("a batch that finds nothing = %d, %q", status, stderr)
	}
	write(t, file, "\n\n")
	if status, _, stderr := ibid(t, "search", "--batch", file, "--index", dir); status != statusFailed || !strings.Contains(stderr, "has no query") {
		t.Errorf("a batch without queries = %d, %q", status, stderr)
	}
	for _, args := range [][]string{{"x", "--batch", file}, {"--batch", file, "--kwic"}, {"--batch", file, "--format", "json"}, {"--batch", file, "--all"}} {
		if status, stdout, _ := ibid(t, append([]string{"search", "--index", dir}, args...)...); status != statusWrongUse || stdout != "" {
			t.Errorf("search %q = %d, %q", args, status, stdout)
		}
	}
	if status, _, _ := ibid(t, "search", "--index", dir, "--batch", file+".not"); status != statusFailed {
		t.Errorf("a batch of a file that is not there = %d", status)
	}
}

func TestKWIC(t *testing.T) {
	dir := sharedIndex(t)
	status, stdout, stderr := ibid(t, "search", `"political base"`, "--kwic", "--all", "--format", "jsonl", "--index", dir)
	if status != statusDone {
		t.Fatal(stderr)
	}
	n := strings.Count(stdout, "\n")
	for line := range strings.Lines(stdout) {
		var l search.Line
		if err := json.Unmarshal([]byte(line), &l); err != nil || !strings.EqualFold(l.Match, "political base") || l.Passage == "" {
			t.Errorf("line %s: %v", line, err)
		}
	}
	status, stdout, _ = ibid(t, "search", `"political base"`, "--kwic", "--context", "30", "--size", "2", "--index", dir)
	lines := strings.Split(strings.TrimSpace(stdout), "\n")
	if status != statusDone || len(lines) != 3 || lines[2] != fmt.Sprintf("2 of %d lines", n) || strings.Index(lines[0], "*political") != strings.Index(lines[1], "*political") {
		t.Errorf("kwic = %d\n%s", status, stdout)
	}
	for _, args := range [][]string{{"--lines", "middle"}, {"--context", "0"}, {"--context", "201"}} {
		if status, _, _ := ibid(t, append([]string{"search", "x", "--kwic", "--index", dir}, args...)...); status != statusWrongUse {
			t.Errorf("kwic %q = %d", args, status)
		}
	}
	if status, _, _ := ibid(t, "search", "zzzzzz", "--match", "exact", "--kwic", "--index", dir); status != statusFailed {
		t.Errorf("a concordance of nothing = %d", status)
	}
}

func TestQuote(t *testing.T) {
	dir := sharedIndex(t)
	tests := []struct {
		text   string
		status int
		want   string // on standard output, or on standard error where nothing is found
	}{
		{"path of collective security, for there is no other way", statusDone, "1. exactly, in the reading and the print\n"},
		{"not to allow our country to be drawn into conflict by warmongers", statusDone, "[-conflict-] {+conflicts+}"},
		{"no such words were ever written in this article", statusFailed, "does not have it"},
		{"...", statusWrongUse, "no word in the text"},
		{strings.Repeat("word ", 1001), statusWrongUse, "check at most 5000"},
	}
	for _, tt := range tests {
		status, stdout, stderr := ibid(t, "quote", tt.text, "--index", dir)
		if status != tt.status || !strings.Contains(stdout+stderr, tt.want) || (stdout == "") != (status != statusDone) {
			t.Errorf("quote %.40q = %d, %q, %q; want %d, %q", tt.text, status, stdout, stderr, tt.status, tt.want)
		}
	}
	for text, want := range map[string]int{"political base": statusDone, strings.Repeat("x ", 3*search.MaxQuote): statusWrongUse} {
		cmd := program("quote", "--format", "json", "--index", dir)
		cmd.Stdin = strings.NewReader(text)
		stdout, err := cmd.Output()
		var report search.QuoteReport
		if status := cmd.ProcessState.ExitCode(); status != want || want == statusDone && (json.Unmarshal(stdout, &report) != nil || report.Verdict != search.QuoteExact) {
			t.Errorf("quote of %.20q on standard input = %d, %s, %v", text, status, stdout, err)
		}
	}
}

// Without query and filters an export is what it always was: passages and nothing else.
func TestExportFormats(t *testing.T) {
	dir := sharedIndex(t)
	_, plain, _ := ibid(t, "export", "--index", dir)
	index, err := search.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close()
	var want strings.Builder
	passages, err := index.Passages("leem")
	if err != nil {
		t.Fatal(err)
	}
	if err := encodeLines(&want, passages); err != nil || plain != want.String() {
		t.Errorf("ibid export is not the passages in reading order (%v)", err)
	}
	_, withMeta, _ := ibid(t, "export", "--meta", "--index", dir)
	first, rest, _ := strings.Cut(withMeta, "\n")
	var head struct {
		Meta struct {
			Index string
			Total int
			Date  time.Time
		}
	}
	result, err := index.Search(context.Background(), search.Request{Size: 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(first), &head); err != nil || rest != plain || head.Meta.Index != index.Version() || head.Meta.Total != result.Total || head.Meta.Date.IsZero() {
		t.Errorf("with --meta the first line is %s (%v)", first, err)
	}
	for _, format := range []string{"csv", "bibtex", "ris", "csl", "tei"} {
		status, stdout, stderr := ibid(t, "export", "--format", format, "--speaker", "molotov", "--index", dir)
		if status != statusDone || stdout == "" || stderr != "" {
			t.Errorf("export --format %s = %d, %q", format, status, stderr)
		}
	}
	if status, _, stderr := ibid(t, "export", `"open`, "--index", dir); status != statusWrongUse || !strings.Contains(stderr, "column 1") {
		t.Errorf("export of a broken query = %d, %q", status, stderr)
	}
}

// TestMCP starts ibid mcp as an assistant does, with the SDK's own client.
func TestMCP(t *testing.T) {
	dir := sharedIndex(t)
	client := sdk.NewClient(&sdk.Implementation{Name: "test"}, nil)
	session, err := client.Connect(context.Background(), &sdk.CommandTransport{Command: program("mcp", "--index", dir)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	result, err := session.CallTool(context.Background(), &sdk.CallToolParams{Name: "search", Arguments: map[string]any{"query": `"political base"`, "size": 1}})
	if err != nil || result.IsError || !strings.Contains(result.Content[0].(*sdk.TextContent).Text, "GK 362") {
		t.Errorf("search = %+v, %v", result, err)
	}
	if err := session.Close(); err != nil {
		t.Errorf("ibid mcp ended with %v", err)
	}
}

func TestCompletion(t *testing.T) {
	for flag, want := range map[string]string{"--sort": "relevance\ndate\nposition\n", "--format": "text\njsonl\ncsv\njson\n"} {
		_, stdout, _ := ibid(t, "__complete", "search", flag, "")
		if !strings.HasPrefix(stdout, want) {
			t.Errorf("completion of search %s = %q, want %q", flag, stdout, want)
		}
	}
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		if status, stdout, _ := ibid(t, "completion", shell); status != statusDone || !strings.Contains(stdout, "ibid") {
			t.Errorf("completion %s = %d", shell, status)
		}
	}
}
