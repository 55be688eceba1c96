package results

import (
	"context"
	"image"
	"strings"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

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
	view    *ui.FigureView
	shape   memoryShape
	large   bool // it is the figure at full size: the title stands outside, and a press opens nothing
	focused bool
	ring    *canvas.Rectangle
	calls   float64 // a month, now
	have    bool    // there is something to draw

	mu    sync.Mutex
	fig   figure.Figure
	drawn *figure.Drawing
}

var (
	_ fyne.Tappable      = (*pane)(nil)
	_ fyne.Focusable     = (*pane)(nil)
	_ desktop.Cursorable = (*pane)(nil)
)

// newPane returns the pane of a figure in the grid, its picture at least this large.
func newPane(p *Page, id string, least fyne.Size) *pane {
	f := &pane{page: p, id: id}
	f.view = ui.NewFigureView(least, p.shell.Run, f.render)
	f.view.SetProbe(f.probe)
	f.view.SetActions(func() { p.openFigure(id) }, f.copy, f.save)
	f.ExtendBaseWidget(f)
	return f
}

// newLargePane returns the pane of a figure at full size.
func newLargePane(p *Page, id string) *pane {
	f := &pane{page: p, id: id, large: true}
	f.view = ui.NewFigureView(fyne.NewSize(ui.Scaled(420), ui.Scaled(300)), p.shell.Run, f.render)
	f.view.SetProbe(f.probe)
	f.ExtendBaseWidget(f)
	return f
}

// show describes the figure anew and asks for its picture.
func (f *pane) show(v view) {
	fig, err := f.page.describe(f.id, v, f.shape)
	f.calls = v.scenario.Likely("workload.calls_per_month")
	f.mu.Lock()
	f.fig, f.drawn = fig, nil
	f.mu.Unlock()
	f.have = err == nil
	if err != nil {
		f.view.SetNote(sentence(err))
	}
	if !f.large {
		title := fig.Title
		if err != nil {
			title = nameOf(f.id)
		}
		caption := fig.Caption
		if caption == "" {
			caption = fig.Subtitle
		}
		f.view.SetTitle(title, caption)
	}
	f.view.Redraw()
}

// sentence writes an error's words as a sentence.
func sentence(err error) string {
	words := reason(err)
	if words == "" {
		return ""
	}
	return strings.ToUpper(words[:1]) + words[1:] + "."
}

// figure returns the figure as described last.
func (f *pane) figure() figure.Figure {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.fig
}

// render draws off the window's goroutine.
func (f *pane) render(ctx context.Context, width, height int, scale float32) (image.Image, error) {
	fig := f.figure()
	if len(fig.Layers) == 0 || ctx.Err() != nil {
		return nil, nil
	}
	if !f.large && f.id == "tornado" {
		fig.Columns = nil // where it flips stands above in words; here the column would lie over the bars' values
	}
	d, err := figure.Render(fig, figure.Options{Width: width, Height: height, Theme: themeNow(), Compact: true, Scale: float64(scale)})
	if err != nil {
		return nil, err
	}
	f.mu.Lock()
	f.drawn = d
	f.mu.Unlock()
	return d.Image, nil
}

// themeNow is the figure's colours for the window as it is.
func themeNow() *figure.Theme {
	if ui.IsDark() {
		return &figure.Dark
	}
	return &figure.Light
}

// layout returns where the parts of the last picture lie.
func (f *pane) layout() (*figure.Layout, figure.Figure, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.drawn == nil {
		return nil, f.fig, false
	}
	return &f.drawn.Layout, f.fig, true
}

// probe says what the figure shows under the pointer: the lines' values, or the row's data.
func (f *pane) probe(x, y float64) (ui.Reading, bool) {
	canvas.Refresh(f) // what was hidden until now is not yet known to the canvas, and would not be painted
	l, fig, ok := f.layout()
	if !ok {
		return ui.Reading{}, false
	}
	px, py := x*float64(l.Width), y*float64(l.Height)
	if l.Rows > 0 {
		row := l.Row(px, py)
		if row < 0 || row >= len(fig.Rows) {
			return ui.Reading{}, false
		}
		return ui.Reading{X: x, Lines: rowLines(fig, row)}, true
	}
	if !l.Inside(px, py) {
		return ui.Reading{}, false
	}
	readings := l.ReadAt(px)
	if len(readings) == 0 {
		return ui.Reading{}, false
	}
	lines := []string{readings[0].XText + " " + strings.ToLower(fig.X.Title)}
	for _, r := range readings {
		lines = append(lines, r.Name+"  "+r.YText)
	}
	return ui.Reading{X: x, Lines: lines}, true
}

// mostReadings is how many cells of a row are shown under the pointer; the full size has them all.
const mostReadings = 7

// rowLines are the data of one row of the figure's table, each cell with its header.
func rowLines(fig figure.Figure, row int) []string {
	lines := []string{fig.Rows[row].Label}
	for _, data := range fig.Twin.Rows {
		if len(data) == 0 || data[0] != fig.Rows[row].Label {
			continue
		}
		for i := 1; i < len(data) && i < len(fig.Twin.Headers) && len(lines) <= mostReadings; i++ {
			if data[i] != "" {
				lines = append(lines, fig.Twin.Headers[i]+"  "+data[i])
			}
		}
		break
	}
	return lines
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
	if !f.large && f.have {
		f.page.openFigure(f.id)
	}
}

// callsAt is the volume under a place on the cost curve.
func (f *pane) callsAt(at fyne.Position) (float64, bool) {
	l, fig, ok := f.layout()
	if !ok || f.id != "monthly-cost" || fig.X.Unit.Kind != format.KindCount {
		return 0, false
	}
	x, y, ok := f.view.InPicture(at)
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
	curve := f.id == "monthly-cost" && f.have
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
	fig := f.figure()
	if fig.Alt != "" {
		return fig.Alt
	}
	return fig.Title
}

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
	f.ring = canvas.NewRectangle(nil)
	f.ring.StrokeWidth, f.ring.CornerRadius = 2, 6
	r := &paneRenderer{pane: f}
	r.Refresh()
	return r
}

type paneRenderer struct{ pane *pane }

func (r *paneRenderer) Destroy()           {}
func (r *paneRenderer) MinSize() fyne.Size { return r.pane.view.MinSize() }
func (r *paneRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.pane.view, r.pane.ring}
}
func (r *paneRenderer) Layout(s fyne.Size) {
	put(r.pane.view, 0, 0, s.Width, s.Height)
	put(r.pane.ring, -5, -5, s.Width+10, s.Height+10)
}
func (r *paneRenderer) Refresh() {
	r.pane.ring.StrokeColor = ui.Color(ui.ColorAccent)
	r.pane.ring.Hidden = !r.pane.focused
	r.pane.view.Refresh()
	canvas.Refresh(r.pane.ring)
}

// copy puts the figure's table on the clipboard, tabs between the columns.
func (f *pane) copy() {
	text := f.figure().Twin.Tabbed()
	if text == "" {
		f.page.shell.Toast("There are no numbers to copy yet.", nil)
		return
	}
	f.page.shell.Copy(text, "The numbers are on the clipboard; paste them into a sheet.")
}
