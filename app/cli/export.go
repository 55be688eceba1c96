package cli

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"hostwise/app/figure"
	"hostwise/app/report"
	"hostwise/calc"
)

func (p *program) exportCommand() *cobra.Command {
	var o settings
	var out, theme string
	var figures []string
	c := &cobra.Command{
		Use:     "export FILE… --out PATH",
		GroupID: groupShow,
		Short:   "Write a deck, a report, a workbook, or all of it",
		Long: fmt.Sprintf("Write a document about one case, or up to %d side by side. The ending of --out says which:\n\n", report.MaxCases) +
			"  .pptx   the deck, with text and tables that can be edited\n" +
			"  .pdf    the report\n" +
			"  .xlsx   the workbook, with live sums\n" +
			"  .json   the assessment\n" +
			"  .zip    every figure and every document",
		Example: "  hostwise export case.json --out decision.pptx\n  hostwise export today.json next-year.json --out all.zip",
		Args:    takes(1, report.MaxCases, fmt.Sprintf("one to %d scenario files, or - for standard input", report.MaxCases)),
		RunE: func(c *cobra.Command, args []string) error {
			writer, err := documentAt(out)
			if err != nil {
				return err
			}
			look, err := themeNamed(theme)
			if err != nil {
				return err
			}
			if err := knownFigures(figures); err != nil {
				return err
			}
			if err := oneStandardInput(args); err != nil {
				return err
			}
			b, err := p.bench(c.Context(), o)
			if err != nil {
				return err
			}
			all, err := b.scenarios(c.Context(), args)
			if err != nil {
				return err
			}
			cases, err := b.reported(c.Context(), all)
			if err != nil {
				return err
			}
			var document bytes.Buffer
			opt := report.Options{Today: b.options.Today, Version: p.env.Version, Theme: look, Figures: figures}
			if err := writer(c.Context(), &document, cases, opt); err != nil {
				return couldNot(out, "the document cannot be made", err)
			}
			return writeFile(out, document.Bytes())
		},
	}
	o.sampling(c)
	c.Flags().StringVar(&out, "out", "", "the `PATH` of the file to write, ending in "+strings.Join(report.Endings, ", "))
	c.Flags().StringVar(&theme, "theme", "light", "`NAME` of the theme of deck and figures: light or dark")
	c.Flags().StringSliceVar(&figures, "figures", nil, "`NAMES` of the figures to include, with a comma between (default: all)")
	complete(c, "theme", "light", "dark")
	complete(c, "figures", figure.IDs...)
	return c
}

// knownFigures refuses a name that no figure has.
func knownFigures(ids []string) error {
	for _, id := range ids {
		if !slices.Contains(figure.IDs, id) {
			return wrong("--figures", fmt.Sprintf("%q is no figure", id), strings.Join(figure.IDs, ", "), nearestWord(id, figure.IDs))
		}
	}
	return nil
}

// documentAt returns what writes the document that a path names, once the place can be written.
func documentAt(path string) (report.Writer, error) {
	allowed := "a path ending in " + strings.Join(report.Endings, ", ")
	if path == "" {
		return nil, wrong("--out", "no place is named", allowed, "")
	}
	if err := writable(path); err != nil {
		return nil, err
	}
	ending := filepath.Ext(path)
	writer, ok := report.For(ending)
	if !ok {
		return nil, wrong("--out", fmt.Sprintf("%q is no kind of document", path), allowed, nearestWord(ending, report.Endings))
	}
	return writer, nil
}

// reported assesses the cases of a document and makes the study behind the win map of each.
func (b *bench) reported(ctx context.Context, all []calc.Scenario) ([]report.Case, error) {
	cases := make([]report.Case, len(all))
	for i, s := range all {
		a, err := b.assessor.Assess(ctx, s, b.options)
		if err != nil {
			return nil, err
		}
		cases[i] = report.Case{Scenario: s, Assessment: a}
		if cases[i].WinMap, err = b.winMap(ctx, s, a, ""); err != nil {
			return nil, err
		}
	}
	return cases, nil
}
