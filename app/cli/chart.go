package cli

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"hostwise/app/figure"
	"hostwise/calc"
	"hostwise/internal/intact"
)

// allFigures asks for every figure.
const allFigures = "all"

// The smallest and largest side of a picture in pixels: below it nothing can be read, above it memory runs out.
const (
	leastSide = 200
	mostSide  = 16384
	mostArea  = 64_000_000
)

// usualSize is that of a slide.
const usualSize = "1920x1080"

// The endings of pictures.
const (
	endingPNG = ".png"
	endingSVG = ".svg"
)

// picture is how figures are asked for.
type picture struct {
	figure, out, size, theme string // figure is a name, several with a comma between, or all
	format                   string // of several figures
	transparent              bool
	axes                     string // of the win map
	title                    string // in place of the finding
	allRoutes, allPrecisions bool
	logScale, models         bool // of the figure of memory
}

func (p *program) chartCommand() *cobra.Command {
	var o settings
	var want picture
	ids := append(slices.Clone(figure.IDs), allFigures)
	var long strings.Builder
	long.WriteString("Draw one figure as PNG or SVG, by the ending of --out, or several as both into a folder. The title says what was found,\n" +
		"and the foot says what it rests on. The figures:\n")
	for _, id := range figure.IDs {
		long.WriteString("\n  " + id + strings.Repeat(" ", 16-len(id)) + figure.Name(id))
	}
	c := &cobra.Command{
		Use:     "chart FILE --figure NAME --out PATH",
		GroupID: groupShow,
		Short:   "Draw a figure for a deck, as PNG or SVG",
		Long:    long.String(),
		Example: "  hostwise chart case.json --figure monthly-cost --out cost.png\n" +
			"  hostwise chart case.json --figure memory --out memory.svg --theme dark --size 1200x900\n" +
			"  hostwise chart case.json --figure all --out figures\n" +
			"  hostwise chart case.json --figure memory,tornado --format svg --out figures",
		Args: takes(1, 1, "FILE, a scenario file, or - for standard input"),
		RunE: func(c *cobra.Command, args []string) error {
			options, err := want.options()
			if err != nil {
				return err
			}
			b, err := p.bench(c.Context(), o)
			if err != nil {
				return err
			}
			s, err := b.scenario(c.Context(), args[0])
			if err != nil {
				return err
			}
			files, err := b.draw(c.Context(), s, want, options)
			if err != nil {
				return err
			}
			return writeFiles(files, want.folder())
		},
	}
	o.quickly(c)
	flags := c.Flags()
	flags.StringVar(&want.figure, "figure", "", "the `NAME` of a figure, or several with a comma between: "+strings.Join(ids, ", "))
	flags.StringVar(&want.format, "format", "", "`NAME` of the format of several figures: png or svg (default: both)")
	flags.StringVar(&want.out, "out", "", "the `PATH` of the file to write, ending in .png or .svg; a folder for several figures")
	flags.StringVar(&want.size, "size", usualSize, fmt.Sprintf("width and height in pixels, `WxH`, %d to %d each", leastSide, mostSide))
	flags.StringVar(&want.theme, "theme", figure.Light.Name, "`NAME` of the theme: light or dark")
	flags.BoolVar(&want.transparent, "transparent", false, "no ground")
	flags.StringVar(&want.axes, "map", "", "the two inputs of win-map, `X,Y` (default: calls a month and what moves the answer most)")
	flags.BoolVar(&want.allRoutes, "all-routes", false, "draw every route that has a cost, those ruled out in grey")
	flags.BoolVar(&want.allPrecisions, "all-precisions", false, "draw every precision")
	flags.BoolVar(&want.logScale, "log-scale", false, "draw memory on a log scale")
	flags.BoolVar(&want.models, "models", false, "draw memory by model, the distills beside the full one")
	flags.StringVar(&want.title, "title", "", "`WORDS` to stand as the title in place of the finding")
	complete(c, "figure", ids...)
	complete(c, "theme", figure.Light.Name, figure.Dark.Name)
	complete(c, "format", formats...)
	return c
}

// formats are those of pictures.
var formats = []string{endingPNG[1:], endingSVG[1:]}

// complete lets the shell complete the values of an option.
func complete(c *cobra.Command, flag string, values ...string) {
	err := c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
	if err != nil {
		panic("cli: " + err.Error()) // the option is named wrong above
	}
}

// options checks everything about the picture that needs no scenario.
func (want picture) options() (figure.Options, error) {
	opt := figure.Options{Transparent: want.transparent}
	names := strings.Join(append(slices.Clone(figure.IDs), allFigures), ", ")
	switch {
	case want.figure == "":
		return opt, wrong("--figure", "no figure is named", names, "")
	case want.out == "":
		return opt, wrong("--out", "no place is named", "a path ending in .png or .svg, or a folder for several figures", "")
	case want.format != "" && !slices.Contains(formats, want.format):
		return opt, wrong("--format", fmt.Sprintf("%q is no format", want.format), strings.Join(formats, ", "), nearestWord(want.format, formats))
	case want.format != "" && !want.several():
		return opt, wrong("--format", "one figure has the format that the ending of --out names", "several figures", "")
	}
	if err := want.known(); err != nil {
		return opt, err
	}
	var err error
	if opt.Width, opt.Height, err = sides(want.size); err != nil {
		return opt, err
	}
	if opt.Theme, err = themeNamed(want.theme); err != nil {
		return opt, err
	}
	if err := want.place(); err != nil {
		return opt, err
	}
	if want.title != "" && want.several() {
		return opt, wrong("--title", "every figure has a finding of its own", "one figure at a time", "")
	}
	if ending := want.ending(); !want.several() && ending != endingPNG && ending != endingSVG {
		return opt, wrong("--out", fmt.Sprintf("%q is no kind of picture", want.out), "a path ending in .png or .svg", "")
	}
	return opt, nil
}

// several reports whether more than one figure is asked for, which go into a folder.
func (want picture) several() bool {
	return want.figure == allFigures || strings.Contains(want.figure, ",")
}

// ids are the figures that are asked for.
func (want picture) ids() []string {
	if want.figure == allFigures {
		return figure.IDs
	}
	return strings.Split(want.figure, ",")
}

// known refuses a name that no figure has.
func (want picture) known() error {
	if want.several() {
		return knownFigures("--figure", want.ids())
	}
	all := append(slices.Clone(figure.IDs), allFigures)
	if !slices.Contains(all, want.figure) {
		return wrong("--figure", fmt.Sprintf("%q is no figure", want.figure), strings.Join(all, ", "), nearestWord(want.figure, all))
	}
	return nil
}

// themeNamed is the table of colours that a name stands for.
func themeNamed(name string) (*figure.Theme, error) {
	var names []string
	for _, theme := range []*figure.Theme{&figure.Light, &figure.Dark} {
		if theme.Name == name {
			return theme, nil
		}
		names = append(names, theme.Name)
	}
	return nil, wrong("--theme", fmt.Sprintf("%q is no theme", name), strings.Join(names, ", "), nearestWord(name, names))
}

func (want picture) ending() string { return strings.ToLower(filepath.Ext(want.out)) }

// folder is where several figures go, "" for a single one.
func (want picture) folder() string {
	if want.several() {
		return want.out
	}
	return ""
}

// place refuses a place that cannot be written before any work is done.
func (want picture) place() error {
	if want.several() {
		return folderFor(want.out)
	}
	return writable(want.out)
}

// sides reads WxH.
func sides(text string) (width, height int, err error) {
	w, h, ok := strings.Cut(strings.ToLower(text), "x")
	width, errW := strconv.Atoi(w)
	height, errH := strconv.Atoi(h)
	if !ok || errW != nil || errH != nil {
		return 0, 0, wrong("--size", fmt.Sprintf("%q is no size", text), "WxH in pixels, such as 1920x1080", "")
	}
	if min(width, height) < leastSide || max(width, height) > mostSide || width*height > mostArea {
		return 0, 0, wrong("--size", fmt.Sprintf("%s pixels cannot be drawn", text),
			fmt.Sprintf("%d to %d pixels a side, %d million in all", leastSide, mostSide, mostArea/1_000_000), "")
	}
	return width, height, nil
}

// draw makes the files of the figures that were asked for.
func (b *bench) draw(ctx context.Context, s calc.Scenario, want picture, opt figure.Options) ([]intact.File, error) {
	a, err := b.assessor.Assess(ctx, s, b.options)
	if err != nil {
		return nil, err
	}
	build := figure.BuildOptions{
		Currency: figure.CurrencyOf(s),
		Version:  b.program.env.Version, AllRoutes: want.allRoutes, AllPrecisions: want.allPrecisions,
		LogScale: want.logScale, Models: want.models,
	}
	if slices.Contains(want.ids(), "win-map") {
		if build.WinMap, err = b.winMap(ctx, s, a, want.axes); err != nil {
			return nil, err
		}
	}
	if !want.several() {
		f, err := figure.Build(want.figure, a, build)
		if err != nil {
			return nil, couldNot(want.figure, "cannot be drawn for this case", err)
		}
		if want.title != "" {
			f.Title = want.title
		}
		data, err := b.paint(f, want.ending(), opt)
		return []intact.File{{Path: want.out, Data: data}}, err
	}
	return b.drawAll(ctx, a, build, want, opt)
}

// drawAll draws every wished figure that this case has, and says which it has not.
func (b *bench) drawAll(ctx context.Context, a *calc.Assessment, build figure.BuildOptions, want picture, opt figure.Options) ([]intact.File, error) {
	var files []intact.File
	endings := []string{endingPNG, endingSVG}
	if want.format != "" {
		endings = []string{"." + want.format}
	}
	for _, id := range want.ids() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		f, err := figure.Build(id, a, build)
		if err != nil {
			b.program.note(id + ": left out: " + err.Error())
			continue
		}
		for _, ending := range endings {
			data, err := b.paint(f, ending, opt)
			if err != nil {
				return nil, err
			}
			files = append(files, intact.File{Path: filepath.Join(want.out, id+ending), Data: data})
		}
	}
	if len(files) == 0 {
		return nil, couldNot(want.out, "no figure can be drawn for this case", nil)
	}
	return files, nil
}

// paint turns a figure into the bytes of a picture.
func (b *bench) paint(f figure.Figure, ending string, opt figure.Options) ([]byte, error) {
	var out bytes.Buffer
	var report figure.Report
	opt.Report = &report
	write := figure.PNG
	if ending == endingSVG {
		write = figure.SVG
	}
	if err := write(&out, f, opt); err != nil {
		return nil, couldNot(f.ID, "cannot be drawn", err)
	}
	if words := report.String(); words != "" {
		b.program.note(f.ID + ": " + words)
	}
	return out.Bytes(), nil
}

// winMap makes the study behind the map.
func (b *bench) winMap(ctx context.Context, s calc.Scenario, a *calc.Assessment, axes string) (*calc.WinMap, error) {
	x, y := a.MapAxes()
	if axes != "" {
		var err error
		if x, y, err = mapAxes(axes); err != nil {
			return nil, err
		}
	}
	return b.assessor.WinMap(ctx, s, x, y, b.options.Today, nil)
}

// callsPath is the input that every study has in common.
const callsPath = "workload.calls_per_month"
