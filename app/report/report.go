package report

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// Case is one scenario and its result.
type Case struct {
	Scenario   calc.Scenario
	Assessment *calc.Assessment
	// WinMap is the study behind the win map, which no assessment holds. Without it that figure is left out.
	WinMap *calc.WinMap
	// Bridge leads from the first case of a document to this one, change by change. Without it that table is left out.
	Bridge *calc.Bridge
}

// Options say how documents are written.
type Options struct {
	// Today is the date that documents carry; the zero value takes the date of the first assessment.
	Today   time.Time
	Version string        // of the product, for the brand line
	Theme   *figure.Theme // of the deck and the figures; nil is figure.Light. The report is for paper and stays light.
	// Figures are the figures to include, in this order; nil is all of them.
	Figures []string
	// Titles stand in place of the findings, by figure; a figure that is not named keeps its own.
	Titles map[string]string
	// Width, Height and Transparent are of the pictures in an archive; zero is 1920 × 1080 on a ground.
	Width, Height int
	Transparent   bool
	// AllRoutes, AllPrecisions, LogScale and Models are what figure.BuildOptions says of them.
	AllRoutes, AllPrecisions, LogScale, Models bool
	// Progress is told how much is done, 0 to 1, from the goroutine of the caller. It may be nil.
	Progress func(done float64)
}

// MaxCases is the most cases that one document holds.
const MaxCases = 6

// Endings are the documents that For knows, by the ending of the path.
var Endings = []string{".pptx", ".pdf", ".xlsx", ".json", ".zip"}

// Writer writes one document.
type Writer func(ctx context.Context, w io.Writer, cases []Case, opt Options) error

// For returns the writer for an ending such as ".pptx", in any case, and whether there is one.
func For(ending string) (Writer, bool) {
	switch strings.ToLower(ending) {
	case ".pptx":
		return PPTX, true
	case ".pdf":
		return PDF, true
	case ".xlsx":
		return XLSX, true
	case ".json":
		return JSON, true
	case ".zip":
		return Zip, true
	}
	return nil, false
}

// job is one document on its way.
type job struct {
	ctx         context.Context
	cases       []Case
	opt         Options
	today       time.Time
	theme       *figure.Theme
	done, total float64
	pictures    map[pictureKey][]byte
	figures     map[figureKey]figure.Figure
}

// begin checks what is given. steps is the number of calls of step that are to come.
func begin(ctx context.Context, cases []Case, opt Options) (*job, error) {
	if len(cases) == 0 {
		return nil, errors.New("report: there is no case to write about")
	}
	if len(cases) > MaxCases {
		return nil, fmt.Errorf("report: %d cases are too many for one document; choose at most %d", len(cases), MaxCases)
	}
	for i, c := range cases {
		if c.Assessment == nil {
			return nil, fmt.Errorf("report: case %d has no assessment", i+1)
		}
	}
	for _, id := range opt.Figures {
		if !slices.Contains(figure.IDs, id) {
			return nil, fmt.Errorf("report: there is no figure %q; there are %s", id, strings.Join(figure.IDs, ", "))
		}
	}
	j := &job{ctx: ctx, cases: cases, opt: opt, today: opt.Today, theme: opt.Theme,
		pictures: map[pictureKey][]byte{}, figures: map[figureKey]figure.Figure{}}
	if j.today.IsZero() {
		today, err := time.Parse(time.DateOnly, cases[0].Assessment.Today)
		if err != nil {
			return nil, fmt.Errorf("report: the assessment has no date: %w", err)
		}
		j.today = today
	}
	y, m, d := j.today.Date()
	j.today = time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	if j.theme == nil {
		j.theme = &figure.Light
	}
	return j, ctx.Err()
}

// expect says how many steps are to come.
func (j *job) expect(steps int) { j.done, j.total = 0, float64(steps) }

// step is called after each piece of work: it tells how far the document is and stops when that is wished.
func (j *job) step() error {
	j.done++
	if j.opt.Progress != nil && j.total > 0 {
		j.opt.Progress(min(1, j.done/j.total))
	}
	return j.ctx.Err()
}

// day is the document's date.
func (j *job) day() string { return j.today.Format(time.DateOnly) }

// brand is the line that says what made the document, from which facts.
func (j *job) brand() string {
	return strings.TrimSpace("Hostwise "+oneLine(j.opt.Version)) + " · catalogue " + j.cases[0].Assessment.Catalogue.Date
}

// currency is how a case's amounts are shown.
func (c Case) currency() format.Currency { return figure.CurrencyOf(c.Scenario) }

// name is the case's name on one line; a case without one says so.
func (c Case) name() string {
	if s := oneLine(c.Assessment.ScenarioName); s != "" {
		return s
	}
	return "Untitled case"
}

// send hands a finished document over in one piece, so that nothing is written when the work fails.
func send(w io.Writer, data *bytes.Buffer) error {
	if _, err := w.Write(data.Bytes()); err != nil {
		return fmt.Errorf("report: the document cannot be written: %w", err)
	}
	return nil
}
