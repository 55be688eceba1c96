package results

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"hostwise/app/desktop/chart"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// pane is one figure in the page: finding, measure, picture, actions, and values under the pointer. A press opens
// it at full size; on the cost curve a press inside the plot moves "you are here". With the keyboard Enter opens
// it, and the arrows move "you are here".
type pane struct {
	widget.BaseWidget
	page    *Page
	id      string
	chart   *chart.Chart
	shape   memoryShape
	large   bool // it is the figure at full size: the title stands outside, and a press opens nothing
	focused bool
	calls   float64 // a month, now
}

var (
	_ fyne.Tappable      = (*pane)(nil)
	_ fyne.Focusable     = (*pane)(nil)
	_ desktop.Cursorable = (*pane)(nil)
)

// newPane returns the pane of a figure in the grid, its picture at least this large.
func newPane(p *Page, id string, least fyne.Size) *pane {
	f := chartPane(p, id, least)
	f.chart.Trim = trims[id]
	f.chart.View.SetActions(func() { p.openFigure(id) }, f.copy, f.save)
	return f
}

// trims are what figures leave out in the grid.
var trims = map[string]func(*figure.Figure, float32){
	// Where it flips stands above in words; here the column would lie over the bars' values.
	"tornado": func(fig *figure.Figure, _ float32) { fig.Columns = nil },
	// The bars are lower than words on them would be; the names of their parts stand at full size.
	"memory": func(fig *figure.Figure, _ float32) {
		fig.Layers = slices.Clone(fig.Layers)
		for i, l := range fig.Layers {
			if s, ok := l.(figure.Stacks); ok {
				s.NameParts = false
				fig.Layers[i] = s
			}
		}
	},
}

// newLargePane returns the pane of a figure at full size.
func newLargePane(p *Page, id string) *pane {
	f := chartPane(p, id, fyne.NewSize(ui.Scaled(420), ui.Scaled(300)))
	f.large = true
	return f
}

func chartPane(p *Page, id string, least fyne.Size) *pane {
	f := &pane{page: p, id: id, chart: chart.New(least, p.shell.Run)}
	f.chart.View.SetProbe(f.probe)
	f.ExtendBaseWidget(f)
	return f
}

// show describes the figure anew and asks for its picture.
func (f *pane) show(v view) {
	fig, err := f.page.describe(f.id, v, f.shape)
	f.calls = v.scenario.Likely("workload.calls_per_month")
	if !f.large {
		title := fig.Title
		if err != nil {
			title = nameOf(f.id)
		}
		caption := fig.Caption
		if caption == "" {
			caption = fig.Subtitle
		}
		f.chart.View.SetTitle(title, caption)
	}
	f.chart.Set(fig, err)
}

// probe says what the figure shows under the pointer.
func (f *pane) probe(x, y float64) (ui.Reading, bool) {
	canvas.Refresh(f) // what was hidden until now is not yet known to the canvas, and would not be painted
	return f.chart.Read(x, y)
}

// Tapped implements fyne.Tappable.
func (f *pane) Tapped(e *fyne.PointEvent) {
	if calls, ok := f.callsAt(e.Position); ok {
		f.moveTo(calls)
		return
	}
	f.open()
}

func (f *pane) open() {
	if !f.large && f.chart.Has() {
		f.page.openFigure(f.id)
	}
}

// callsAt is the volume under a place on the cost curve.
func (f *pane) callsAt(at fyne.Position) (float64, bool) {
	l, fig, ok := f.chart.Layout()
	if !ok || f.id != "monthly-cost" || fig.X.Unit.Kind != format.KindCount {
		return 0, false
	}
	x, y, ok := f.chart.View.InPicture(at)
	if !ok {
		return 0, false
	}
	px, py := x*float64(l.Width), y*float64(l.Height)
	if !l.Inside(px, py) {
		return 0, false
	}
	return roundCalls(l.X.Value(px)), true
}

// moveTo answers the question of calls a month, as one step of undo.
func (f *pane) moveTo(calls float64) {
	in := calc.InputAt("workload.calls_per_month")
	calls = min(max(calls, in.Min), in.Max)
	if calls == f.calls {
		return
	}
	s := f.page.session
	s.LeaveField()
	s.Set("workload.calls_per_month", calc.Num(calls))
	s.LeaveField()
	f.page.shell.Toast("You are now at "+format.Count(calls)+" calls a month.", s.Undo)
}

// FocusGained implements fyne.Focusable.
func (f *pane) FocusGained() { f.focused = true; f.Refresh() }

// FocusLost implements fyne.Focusable.
func (f *pane) FocusLost() { f.focused = false; f.Refresh() }

// TypedRune implements fyne.Focusable.
func (f *pane) TypedRune(rune) {}

// TypedKey implements fyne.Focusable: Enter opens the figure; arrows move along the cost curve by a tenth of a
// decade.
func (f *pane) TypedKey(e *fyne.KeyEvent) {
	curve := f.id == "monthly-cost" && f.chart.Has()
	switch {
	case e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter || e.Name == fyne.KeySpace:
		f.open()
	case curve && e.Name == fyne.KeyLeft:
		f.moveTo(roundCalls(f.calls / stepOfCalls))
	case curve && e.Name == fyne.KeyRight:
		f.moveTo(roundCalls(f.calls * stepOfCalls))
	default:
		if c := f.page.shell.Canvas(); c != nil && c.OnTypedKey() != nil {
			c.OnTypedKey()(e)
		}
	}
}

// AccessibilityLabel says the figure in words.
func (f *pane) AccessibilityLabel() string {
	fig := f.chart.Figure()
	if fig.Alt != "" {
		return fig.Alt
	}
	return fig.Title
}

// AccessibilityRole implements fyne.Accessible, which knows no role for a picture.
func (f *pane) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// Cursor implements desktop.Cursorable.
func (f *pane) Cursor() desktop.Cursor {
	if f.large && f.id == "monthly-cost" {
		return desktop.CrosshairCursor
	}
	if f.large {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// CreateRenderer implements fyne.Widget.
func (f *pane) CreateRenderer() fyne.WidgetRenderer {
	return chart.Framed(f.chart, 5, func() bool { return f.focused })
}

// copy puts the figure's table on the clipboard.
func (f *pane) copy() { f.chart.Copy(f.page.shell) }

// save asks where to put the figure, and writes it.
func (f *pane) save() { f.chart.Save(f.page.session, f.page.shell, f.id) }
