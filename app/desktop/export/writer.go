package export

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"sync"
	"time"

	"hostwise/app/figure"
	"hostwise/app/report"
	"hostwise/calc"
)

// Choice is something that can be written, with its name.
type Choice struct{ ID, Title string }

// Case is a case and its result.
type Case struct {
	Scenario   calc.Scenario
	Assessment *calc.Assessment
}

// Picture says how a figure is written.
type Picture struct {
	Format        string // "png" or "svg"
	Width, Height int    // pixels
	Theme         string // "light" or "dark"
	Transparent   bool
	Title         string // in place of the finding; "" = the finding
}

// Document says what a report holds and how it looks.
type Document struct {
	Figures  []string          // nil = all
	Theme    string            // "light" or "dark"
	Titles   map[string]string // by figure, in place of the findings
	Progress func(done float64)
}

// Writer draws figures and writes reports. It is called off the window's goroutine.
type Writer interface {
	// Figures lists the figures in the order in which they are offered.
	Figures() []Choice
	// Finding is the title that a figure has by itself.
	Finding(ctx context.Context, id string, c Case) (string, error)
	// Preview draws a figure as it will be written, into a picture of another size in pixels.
	Preview(ctx context.Context, id string, c Case, p Picture) (image.Image, error)
	// Draw returns one figure as a file.
	Draw(ctx context.Context, id string, c Case, p Picture) ([]byte, error)
	// Reports lists the endings of the documents that can be written, such as ".pptx", with their names.
	Reports() []Choice
	// Report returns a document about one or several cases as a file.
	Report(ctx context.Context, ending string, cases []Case, d Document) ([]byte, error)
}

// drawer is the Writer of the app: figures by package figure, documents by package report.
type drawer struct {
	assessor *calc.Assessor
	version  string
	now      func() time.Time

	mu   sync.Mutex // guards the maps that were worked out, which take a while
	maps []knownMap
}

// knownMap is the win map of a scenario.
type knownMap struct {
	scenario []byte
	made     *calc.WinMap
}

var _ Writer = (*drawer)(nil)

// NewWriter returns the Writer of the app.
func NewWriter(assessor *calc.Assessor, version string, now func() time.Time) Writer {
	return &drawer{assessor: assessor, version: version, now: now}
}

// Figures implements Writer.
func (d *drawer) Figures() []Choice {
	out := make([]Choice, len(figure.IDs))
	for i, id := range figure.IDs {
		out[i] = Choice{ID: id, Title: figure.Name(id)}
	}
	return out
}

// Finding implements Writer.
func (d *drawer) Finding(ctx context.Context, id string, c Case) (string, error) {
	f, err := d.figure(ctx, id, c, "")
	return f.Title, err
}

// Preview implements Writer. The type grows and shrinks with the picture, so that the lines break where they will.
func (d *drawer) Preview(ctx context.Context, id string, c Case, p Picture) (image.Image, error) {
	f, err := d.figure(ctx, id, c, p.Title)
	if err != nil {
		return nil, err
	}
	made, err := figure.Render(f, p.options())
	if err != nil {
		return nil, err
	}
	return made.Image, nil
}

// Draw implements Writer.
func (d *drawer) Draw(ctx context.Context, id string, c Case, p Picture) ([]byte, error) {
	f, err := d.figure(ctx, id, c, p.Title)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	write := figure.PNG
	if p.Format == "svg" {
		write = figure.SVG
	}
	if err := write(&out, f, p.options()); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// figure describes a figure, under another title where one is given.
func (d *drawer) figure(ctx context.Context, id string, c Case, title string) (figure.Figure, error) {
	build := figure.BuildOptions{Currency: figure.CurrencyOf(c.Scenario), Version: d.version}
	if id == "win-map" {
		m, err := d.winMap(ctx, c)
		if err != nil {
			return figure.Figure{}, err
		}
		build.WinMap = m
	}
	f, err := figure.Build(id, c.Assessment, build)
	if title != "" {
		f.Title = title
	}
	return f, err
}

func (p Picture) options() figure.Options {
	return figure.Options{Width: p.Width, Height: p.Height, Theme: themeOf(p.Theme), Transparent: p.Transparent}
}

func themeOf(name string) *figure.Theme {
	if name == figure.Dark.Name {
		return &figure.Dark
	}
	return &figure.Light
}

// winMap works the map of a scenario out, or returns the one that is there already.
func (d *drawer) winMap(ctx context.Context, c Case) (*calc.WinMap, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	text := c.Scenario.JSON()
	for _, k := range d.maps {
		if bytes.Equal(k.scenario, text) {
			return k.made, nil
		}
	}
	x, y := c.Assessment.MapAxes()
	m, err := d.assessor.WinMap(ctx, c.Scenario, x, y, d.now(), nil)
	if err != nil {
		return nil, fmt.Errorf("work out the win map: %w", err)
	}
	if len(d.maps) == report.MaxCases {
		d.maps = d.maps[1:]
	}
	d.maps = append(d.maps, knownMap{text, m})
	return m, nil
}

// Reports implements Writer.
func (d *drawer) Reports() []Choice {
	return []Choice{
		{ID: ".pptx", Title: "Slides (.pptx)"}, {ID: ".pdf", Title: "Report (.pdf)"}, {ID: ".xlsx", Title: "Workbook (.xlsx)"},
		{ID: ".json", Title: "Assessment (.json)"}, {ID: ".zip", Title: "Everything (.zip)"},
	}
}

// Report implements Writer.
func (d *drawer) Report(ctx context.Context, ending string, cases []Case, doc Document) ([]byte, error) {
	write, ok := report.For(ending)
	if !ok {
		return nil, fmt.Errorf("there is no report that ends in %s", ending)
	}
	list := make([]report.Case, len(cases))
	for i, c := range cases {
		m, err := d.winMap(ctx, c)
		if err != nil {
			return nil, err
		}
		list[i] = report.Case{Scenario: c.Scenario, Assessment: c.Assessment, WinMap: m}
		if i == 0 {
			continue
		}
		way, err := d.assessor.Bridge(ctx, cases[0].Scenario, c.Scenario, d.now())
		if err != nil {
			return nil, fmt.Errorf("work out what each change costs: %w", err)
		}
		list[i].Bridge = &way
	}
	var out bytes.Buffer
	opt := report.Options{Today: d.now(), Version: d.version, Theme: themeOf(doc.Theme), Figures: doc.Figures, Titles: doc.Titles, Progress: doc.Progress}
	if err := write(ctx, &out, list, opt); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
