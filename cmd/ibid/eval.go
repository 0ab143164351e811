package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"ibid/corpus"
	"ibid/indexer"
	"ibid/indexer/score"
	"ibid/search"
	"ibid/search/eval"
	"ibid/search/query"
)

// evalConfig are the flags of `ibid eval`.
type evalConfig struct {
	places
	K       int
	Split   string
	Match   string
	RunFile string // where to write the run, "" for nowhere
	Against string // a run to compare with, "" for none
	Docs    string // a collection of documents as JSON lines instead of a corpus
	Summary bool
}

func newEval() *cobra.Command {
	var cfg evalConfig
	cmd := &cobra.Command{
		Use:   "eval TOPICS QRELS",
		Short: "Measure retrieval, or with a subcommand extraction, against judgements made by hand",
		Long: `Eval searches for each topic and scores the order of the hits against the judgements:
nDCG, MRR, success and recall, by topic, by category and in the mean. Topics are lines of
id, category, split and query between tabs; judgements name source, lines and grade
("t01 leem 617-638 3"), so that they outlive another cutting of the text. Judgements of
whole documents in TREC form are read too, for a test collection given with --docs; what its
topics say is then read as plain words, since they were not written in the query language.`,
		Example: `  ibid eval search/eval/testdata/pact1939/topics.tsv search/eval/testdata/pact1939/qrels.txt
  ibid eval topics.tsv qrels.txt --split held --summary
  ibid eval topics.tsv qrels.txt --run new.run --against old.run
  ibid eval topics.tsv qrels.txt --docs collection.jsonl
  ibid eval extraction indexer/score/testdata/leem`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usageError{errors.New("eval needs two files, TOPICS and QRELS; or the subcommand extraction")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return evalRetrieval(cmd, cfg, args[0], args[1])
		},
	}
	cfg.places.flags(cmd)
	f := cmd.Flags()
	f.IntVar(&cfg.K, "k", 10, "`cutoff` rank of the measures, 1 to 100")
	f.StringVar(&cfg.Split, "split", "", "only the topics of this `split`: tune or held")
	f.StringVar(&cfg.Match, "match", "similar", "deepest `layer` of word forms: exact, stem, variant or similar")
	f.StringVar(&cfg.RunFile, "run", "", "write the run to this `file`, in TREC form")
	f.StringVar(&cfg.Against, "against", "", "compare topic by topic with the run in this `file`")
	f.StringVar(&cfg.Docs, "docs", "", "search this `file` of documents, JSON lines with id, title and text, instead of a corpus")
	f.BoolVar(&cfg.Summary, "summary", false, "print the means only")
	cmd.AddCommand(newEvalExtraction())
	return cmd
}

func evalRetrieval(cmd *cobra.Command, cfg evalConfig, topicsFile, qrelsFile string) error {
	if cfg.K < 1 || cfg.K > 100 {
		return usageError{fmt.Errorf("--k %d: give a number from 1 to 100", cfg.K)}
	}
	topics, err := readWith(topicsFile, eval.ReadTopics)
	if err != nil {
		return err
	}
	judgements, err := readWith(qrelsFile, eval.ReadQrels)
	if err != nil {
		return err
	}
	topics = eval.Select(topics, eval.Split(cfg.Split))
	if len(topics) == 0 {
		return fmt.Errorf("%s has no topic of split %q", topicsFile, cfg.Split)
	}
	index, stop, err := cfg.openEval(cmd.Context(), cmd.ErrOrStderr())
	if err != nil {
		return err
	}
	defer stop()
	judge, err := newJudge(cmd.Context(), index, judgements, cfg.Docs != "")
	if err != nil {
		return err
	}
	for _, g := range judge.Uncovered(topics) {
		fmt.Fprintf(cmd.ErrOrStderr(), "warning: topic %s: no passage stands for %s, which is judged relevant, so the best score is out of reach\n", g.Topic, g)
	}
	run, err := cfg.run(cmd.Context(), index, topics)
	if err != nil {
		return err
	}
	scored := eval.Evaluate(topics, judge, run, cfg.K)
	if err := cfg.report(cmd.OutOrStdout(), scored, topics, judge); err != nil {
		return err
	}
	if cfg.RunFile == "" {
		return nil
	}
	return writeRun(cfg.RunFile, topics, run)
}

// run searches for each topic.
func (cfg *evalConfig) run(ctx context.Context, index *search.Index, topics []eval.Topic) (eval.Run, error) {
	return eval.RunTopics(topics, "ibid", func(q string) ([]string, error) {
		if cfg.Docs != "" {
			q = query.PlainText(q)
		}
		return rankedIDs(ctx, index, search.Request{Query: q, Size: cfg.K, Match: search.Layer(cfg.Match), Bare: true}, cfg.Docs != "")
	})
}

// report prints the scores, or the comparison with another run.
func (cfg *evalConfig) report(w io.Writer, scored eval.Evaluation, topics []eval.Topic, judge *eval.Judge) error {
	if cfg.Against != "" {
		before, err := readWith(cfg.Against, eval.ReadRun)
		if err != nil {
			return err
		}
		return eval.Compare(w, eval.Evaluate(topics, judge, before, cfg.K), scored)
	}
	if cfg.Summary {
		return eval.Summary(w, scored)
	}
	return eval.Report(w, scored)
}

// openEval opens the index of the corpus, or one made for the run of the documents given.
func (cfg *evalConfig) openEval(ctx context.Context, stderr io.Writer) (*search.Index, func(), error) {
	if cfg.Docs == "" {
		index, err := cfg.open(ctx, stderr)
		if err != nil {
			return nil, nil, err
		}
		return index, func() { index.Close() }, nil
	}
	dir, err := os.MkdirTemp("", "ibid-eval-")
	if err != nil {
		return nil, nil, err
	}
	index, err := indexDocs(ctx, cfg.Docs, dir)
	if err != nil {
		return nil, nil, errors.Join(err, os.RemoveAll(dir))
	}
	return index, func() { index.Close(); os.RemoveAll(dir) }, nil
}

// docsSource is the source that the documents of a collection are indexed under.
const docsSource = "docs"

// indexDocs indexes a collection of documents, each as one paragraph: its title
// and its text.
func indexDocs(ctx context.Context, file, dir string) (*search.Index, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var passages []*corpus.Passage
	err = eval.ReadDocs(f, file, func(d eval.Doc) error {
		text := d.Text
		if d.Title != "" {
			text = d.Title + ". " + d.Text
		}
		n := len(passages) + 1
		passages = append(passages, &corpus.Passage{ID: docsSource + "/" + d.ID, Kind: corpus.Paragraph, Source: docsSource,
			Document: &corpus.EditedDocument{ID: d.ID}, Text: text, Printed: text, Lines: [][2]int{{n, n}}})
		return ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	m := &corpus.Manifest{ID: docsSource, Title: file, Sources: []corpus.Source{{ID: docsSource, Path: docsSource, Format: corpus.Text}}}
	if err := indexer.Write(ctx, dir, m, passages, docsSource, func(int) {}); err != nil {
		return nil, err
	}
	return search.Open(dir)
}

// newJudge makes the judge of the passages of an index. Documents of a
// collection are judged whole, by their own ids.
func newJudge(ctx context.Context, index *search.Index, judgements []eval.Judgement, whole bool) (*eval.Judge, error) {
	if whole {
		return eval.NewJudge(judgements, nil), nil
	}
	var passages []eval.Passage
	for p, err := range index.Export(ctx, search.Request{Sort: search.ByPosition}) {
		if err != nil {
			return nil, err
		}
		passages = append(passages, eval.Passage{ID: p.ID, Source: p.Source, Lines: p.Lines})
	}
	return eval.NewJudge(judgements, passages), nil
}

// rankedIDs returns the ids of the hits, best first.
func rankedIDs(ctx context.Context, index *search.Index, req search.Request, whole bool) ([]string, error) {
	result, err := index.Search(ctx, req)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(result.Hits))
	for i, h := range result.Hits {
		ids[i] = h.ID
		if whole {
			ids[i] = h.ID[len(docsSource)+1:]
		}
	}
	return ids, nil
}

// readWith opens a file and reads it with one of the readers of package eval.
func readWith[T any](file string, read func(io.Reader, string) (T, error)) (T, error) {
	f, err := os.Open(file)
	if err != nil {
		var none T
		return none, err
	}
	defer f.Close()
	return read(f, file)
}

func writeRun(file string, topics []eval.Topic, run eval.Run) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	return errors.Join(eval.WriteRun(f, topics, run), f.Close())
}

// evalExtractionConfig are the flags of `ibid eval extraction`.
type evalExtractionConfig struct {
	Corpus  string
	Format  string
	Details bool
}

func newEvalExtraction() *cobra.Command {
	var cfg evalExtractionConfig
	cmd := &cobra.Command{
		Use:   "extraction GOLD",
		Short: "Measure what the indexer extracts against a gold standard made by reading",
		Long: `Extraction compares the passages of a corpus with gold, key by key: precision, recall
and F1. GOLD is a folder; its files are described in the package comment of indexer/score.`,
		Example: `  ibid eval extraction indexer/score/testdata/leem
  ibid eval extraction my-gold --corpus my-edition --details`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError{errors.New("extraction needs one folder, GOLD")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			table, err := scoreExtraction(cmd.Context(), cfg.Corpus, args[0])
			if err != nil {
				return err
			}
			return cfg.write(cmd.OutOrStdout(), table)
		},
	}
	f := cmd.Flags()
	f.StringVar(&cfg.Corpus, "corpus", "", "corpus `folder`, with corpus.yaml in it (default: the shipped corpus)")
	f.StringVar(&cfg.Format, "format", "text", "`format` of the table: text or json")
	f.BoolVar(&cfg.Details, "details", false, "list what was missed and what was wrong")
	return cmd
}

func (cfg *evalExtractionConfig) write(w io.Writer, table score.Table) error {
	switch {
	case cfg.Format == "json":
		return encodeJSON(w, table)
	case cfg.Format != "text":
		return usageError{fmt.Errorf("unknown format %q; write text or json", cfg.Format)}
	case cfg.Details:
		_, err := fmt.Fprint(w, table, "\n", table.Details())
		return err
	default:
		_, err := fmt.Fprint(w, table)
		return err
	}
}

// scoreExtraction reads the sources of the corpus that the gold is about and scores them.
func scoreExtraction(ctx context.Context, folder, goldDir string) (score.Table, error) {
	gold, err := score.Read(goldDir)
	if err != nil {
		return score.Table{}, err
	}
	c, err := (&places{Corpus: folder}).load()
	if err != nil {
		return score.Table{}, err
	}
	for _, source := range c.Manifest.Sources {
		if source.ID != gold.Source {
			continue
		}
		data, err := c.ReadSource(source)
		if err != nil {
			return score.Table{}, err
		}
		passages, err := indexer.Read(c.Manifest, source, data)
		if err != nil {
			return score.Table{}, err
		}
		return score.Score(gold, passages), ctx.Err()
	}
	return score.Table{}, fmt.Errorf("the gold is about source %q, which the corpus %q does not have", gold.Source, c.Manifest.ID)
}
