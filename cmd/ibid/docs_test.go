package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

var update = flag.Bool("update", false, "write the table of flags in RECIPES.md anew")

// commands returns every command that a reader can call, with its subcommands.
func commands(root *cobra.Command) []*cobra.Command {
	var out []*cobra.Command
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() && c.Name() != "completion" && c.Name() != "help" {
			out = append(append(out, c), commands(c)...)
		}
	}
	return out
}

// TestFlagsAreDocumented holds that RECIPES.md has every command and flag, as
// their definitions say.
func TestFlagsAreDocumented(t *testing.T) {
	const begin, end = "<!-- flags -->\n", "<!-- /flags -->"
	file := "../../RECIPES.md"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), begin)
	table, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatalf("%s has no place for the table of flags", file)
	}
	want := flagTable(newRoot())
	if *update {
		if err := os.WriteFile(file, []byte(before+begin+want+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if table != want {
		t.Errorf("the table of flags in %s is not that of the definitions; write it anew with -update\ngot\n%s\nwant\n%s", file, table, want)
	}
}

func flagTable(root *cobra.Command) string {
	var b strings.Builder
	b.WriteString("\n| command | flag | what it does |\n|---|---|---|\n")
	for _, c := range commands(root) {
		path := strings.TrimPrefix(c.CommandPath(), "ibid ")
		fmt.Fprintf(&b, "| **%s** | | %s |\n", path, cell(c.Short))
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if f.Name == "help" || f.Hidden {
				return
			}
			value, usage := pflag.UnquoteUsage(f)
			name := "`--" + f.Name + "`"
			if value != "" {
				name = "`--" + f.Name + " " + strings.ToUpper(value) + "`"
			}
			if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "[]" && f.DefValue != "0" && !strings.Contains(usage, "default") {
				usage += " (default " + f.DefValue + ")"
			}
			fmt.Fprintf(&b, "| %s | %s | %s |\n", path, name, cell(usage))
		})
	}
	b.WriteString("\n")
	return b.String()
}

func cell(s string) string { return strings.ReplaceAll(s, "|", "\\|") }

// A recipe is a block of RECIPES.md.
type recipe struct {
	line     int
	language string
	code     string
	expect   string // stands in what it prints
}

var block = regexp.MustCompile("(?s)<!-- expect: ([^\n]*) -->\n```([a-z]+)\n(.*?)```\n")

func recipes(t *testing.T) []recipe {
	t.Helper()
	text, err := os.ReadFile("../../RECIPES.md")
	if err != nil {
		t.Fatal(err)
	}
	var out []recipe
	for _, m := range block.FindAllSubmatchIndex(text, -1) {
		out = append(out, recipe{1 + bytes.Count(text[:m[6]], []byte("\n")), string(text[m[4]:m[5]]), string(text[m[6]:m[7]]), string(text[m[2]:m[3]])})
	}
	blocks := bytes.Count(text, []byte("\n```sh\n")) + bytes.Count(text, []byte("\n```python\n")) + bytes.Count(text, []byte("\n```r\n"))
	if len(out) != blocks {
		t.Fatalf("%d of %d blocks say what they are expected to print", len(out), blocks)
	}
	return out
}

// TestRecipes runs every block of RECIPES.md against a server.
func TestRecipes(t *testing.T) {
	server := startServer(t)
	bin, cache := t.TempDir(), t.TempDir()
	script := fmt.Sprintf("#!/bin/sh\nexec env %s=1 XDG_CACHE_HOME='%s' '%s' \"$@\"\n", asProgram, cache, testBinary(t))
	if err := os.WriteFile(filepath.Join(bin, "ibid"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	interpreters := map[string][]string{"sh": {"sh", "-e", "-c"}, "python": {"python3", "-c"}, "r": {"Rscript", "-e"}}
	tool := regexp.MustCompile(`\b(curl|jq)\b`)
	for _, r := range recipes(t) {
		t.Run(fmt.Sprintf("line%d", r.line), func(t *testing.T) {
			needs := []string{interpreters[r.language][0]}
			if r.language == "sh" {
				needs = append(needs, tool.FindAllString(r.code, -1)...)
			}
			for _, need := range needs {
				if _, err := exec.LookPath(need); errors.Is(err, exec.ErrNotFound) {
					t.Skipf("%s is not installed: the recipe at RECIPES.md:%d is not run", need, r.line)
				}
			}
			code := strings.ReplaceAll(r.code, "http://127.0.0.1:8080", server)
			cmd := exec.CommandContext(context.Background(), interpreters[r.language][0], append(interpreters[r.language][1:], code)...)
			cmd.Dir = t.TempDir()
			cmd.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
			var stdout, stderr bytes.Buffer
			cmd.Stdout, cmd.Stderr = &stdout, &stderr
			if err := cmd.Run(); err != nil || !strings.Contains(stdout.String(), r.expect) {
				t.Errorf("RECIPES.md:%d: %v, %s\nprints %.1000s\nwant %q in it", r.line, err, stderr.String(), stdout.String(), r.expect)
			}
		})
	}
}

func testBinary(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// TestMan makes a page for every command, with each of its flags.
func TestMan(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "man1")
	if status, _, stderr := ibid(t, "man", "--dir", dir); status != statusDone {
		t.Fatal(stderr)
	}
	for _, c := range commands(newRoot()) {
		file := filepath.Join(dir, strings.ReplaceAll(c.CommandPath(), " ", "-")+".1")
		page, err := os.ReadFile(file)
		if err != nil {
			t.Error(err)
			continue
		}
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if !bytes.Contains(page, []byte(`\fB--`+f.Name+`\fP`)) {
				t.Errorf("%s does not have --%s", filepath.Base(file), f.Name)
			}
		})
		_, stdout, _ := ibid(t, append([]string{"man"}, strings.Fields(c.CommandPath())[1:]...)...)
		if stdout != string(page) {
			t.Errorf("ibid man does not print %s", filepath.Base(file))
		}
	}
	if status, _, stderr := ibid(t, "man", "nothing"); status != statusWrongUse || !strings.Contains(stderr, "there is no command") {
		t.Errorf("ibid man nothing = %d, %q", status, stderr)
	}
}
