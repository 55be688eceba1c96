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
	var want paperwork
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
		Example: "  hostwise export case.json --out decision.pptx\n" +
			"  hostwise export case.json --out decision.pdf --title monthly-cost='The API is enough for us'\n" +
			"  hostwise export today.json next-year.json --out all.zip --size 1280x720",
		Args: takes(1, report.MaxCases, fmt.Sprintf("one to %d scenario files, or - for standard input", report.MaxCases)),
		RunE: func(c *cobra.Command, args []string) error {
			writer, err := documentAt(want.out)
			if err != nil {
				return err
			}
			opt, err := want.options()
			if err != nil {
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
			opt.Today, opt.Version = b.options.Today, b.program.env.Version
			if err := writer(c.Context(), &document, cases, opt); err != nil {
				return couldNot(want.out, "the document cannot be made", err)
			}
			return writeFile(want.out, document.Bytes())
		},
	}
	o.quickly(c)
	flags := c.Flags()
	flags.StringVar(&want.out, "out", "", "the `PATH` of the file to write, ending in "+strings.Join(report.Endings, ", "))
	flags.StringVar(&want.theme, "theme", figure.Light.Name, "`NAME` of the theme of deck and figures: light or dark")
	flags.StringSliceVar(&want.figures, "figures", nil, "`NAMES` of the figures to include, with a comma between (default: all)")
	flags.StringArrayVar(&want.titles, "title", nil, "`NAME=WORDS` to stand as the title of a figure in place of its finding; may be repeated")
	flags.StringVar(&want.size, "size", usualSize, "width and height of the pictures in a .zip in pixels, `WxH`")
	flags.BoolVar(&want.transparent, "transparent", false, "no ground in the pictures of a .zip")
	flags.BoolVar(&want.allRoutes, "all-routes", false, "draw every route that has a cost, those ruled out in grey")
	flags.BoolVar(&want.allPrecisions, "all-precisions", false, "draw every precision")
	flags.BoolVar(&want.logScale, "log-scale", false, "draw memory on a log scale")
	flags.BoolVar(&want.models, "models", false, "draw memory by model, the distills beside the full one")
	complete(c, "theme", figure.Light.Name, figure.Dark.Name)
	complete(c, "figures", figure.IDs...)
	return c
}

// paperwork is how a document is asked for.
type paperwork struct {
	out, theme, size                           string
	figures, titles                            []string
	transparent                                bool
	allRoutes, allPrecisions, logScale, models bool
}

// options checks everything about a document that needs no scenario.
func (want paperwork) options() (report.Options, error) {
	opt := report.Options{Figures: want.figures, Transparent: want.transparent, AllRoutes: want.allRoutes, AllPrecisions: want.allPrecisions,
		LogScale: want.logScale, Models: want.models}
	var err error
	if opt.Theme, err = themeNamed(want.theme); err != nil {
		return opt, err
	}
	if err := knownFigures("--figures", want.figures); err != nil {
		return opt, err
	}
	if opt.Width, opt.Height, err = sides(want.size); err != nil {
		return opt, err
	}
	opt.Titles, err = titlesOf(want.titles)
	return opt, err
}

// titlesOf reads NAME=WORDS.
func titlesOf(list []string) (map[string]string, error) {
	titles := map[string]string{}
	for _, one := range list {
		id, words, ok := strings.Cut(one, "=")
		if !ok || strings.TrimSpace(words) == "" {
			return nil, wrong("--title", fmt.Sprintf("%q gives no title", one), "a figure, = and words, such as memory='What fits'", "")
		}
		if err := knownFigures("--title", []string{id}); err != nil {
			return nil, err
		}
		if _, twice := titles[id]; twice {
			return nil, wrong("--title", id+" has two titles", "one title for each figure", "")
		}
		titles[id] = words
	}
	return titles, nil
}

// knownFigures refuses a name that no figure has.
func knownFigures(option string, ids []string) error {
	for _, id := range ids {
		if !slices.Contains(figure.IDs, id) {
			return wrong(option, fmt.Sprintf("%q is no figure", id), strings.Join(figure.IDs, ", "), nearestWord(id, figure.IDs))
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

// reported assesses the cases of a document, makes the study behind the win map of each, and bridges the first to the
// others.
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
		if i == 0 {
			continue
		}
		way, err := b.assessor.Bridge(ctx, all[0], s, b.options.Today)
		if err != nil {
			return nil, err
		}
		cases[i].Bridge = &way
	}
	return cases, nil
}
