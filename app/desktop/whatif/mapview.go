package whatif

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"hostwise/app/desktop/ui"
	"hostwise/calc"
)

// mapView is the picture of a win map with a cell that is being read: the pointer or the arrows choose it, Enter or a
// second press opens it on the sliders.
type mapView struct {
	widget.BaseWidget
	pane    *pane
	shell   *ui.Shell
	m       *calc.WinMap // nil = none yet
	at      cell
	reading bool // the person chose a cell
	focused bool

	chosen func(cell)
	opened func(cell)
	words  func(cell) []string
}

// cell is a place of a map: column and row.
type cell struct{ i, j int }

var (
	_ fyne.Tappable       = (*mapView)(nil)
	_ fyne.DoubleTappable = (*mapView)(nil)
	_ fyne.Focusable      = (*mapView)(nil)
	_ desktop.Cursorable  = (*mapView)(nil)
)

func newMapView(p *pane, shell *ui.Shell) *mapView {
	v := &mapView{pane: p, shell: shell}
	p.View.SetProbe(v.probe)
	p.Drew = v.Refresh
	v.ExtendBaseWidget(v)
	return v
}

// set shows another map, with the cell nearest to where the case stands.
func (v *mapView) set(m *calc.WinMap) {
	v.m, v.reading = m, false
	if m != nil {
		v.at = cell{nearestTo(m.XValues, m.NowX), nearestTo(m.YValues, m.NowY)}
	}
	v.Refresh()
}

// nearestTo is the index of the value nearest to v, by ratio where all are positive.
func nearestTo(values []float64, v float64) int {
	distance := func(x float64) float64 {
		if values[0] > 0 && v > 0 {
			return math.Abs(math.Log(x / v))
		}
		return math.Abs(x - v)
	}
	best := 0
	for i, x := range values {
		if distance(x) < distance(values[best]) {
			best = i
		}
	}
	return best
}

// cellAt is the cell at a place of the picture, 0..1 from its top left.
func (v *mapView) cellAt(x, y float64) (cell, bool) {
	l, _, ok := v.pane.Layout()
	if !ok || v.m == nil {
		return cell{}, false
	}
	px, py := x*float64(l.Width), y*float64(l.Height)
	if !l.Inside(px, py) {
		return cell{}, false
	}
	near := func(values []float64, pixel func(float64) float64, p float64) int {
		best := 0
		for i, value := range values {
			if math.Abs(pixel(value)-p) < math.Abs(pixel(values[best])-p) {
				best = i
			}
		}
		return best
	}
	return cell{near(v.m.XValues, l.X.Pixel, px), near(v.m.YValues, l.Y.Pixel, py)}, true
}

func (v *mapView) probe(x, y float64) (ui.Reading, bool) {
	c, ok := v.cellAt(x, y)
	if !ok {
		return ui.Reading{}, false
	}
	return ui.Reading{X: x, Lines: v.words(c)}, true
}

func (v *mapView) choose(c cell) {
	v.at, v.reading = c, true
	v.Refresh()
	v.chosen(c)
}

func (v *mapView) cellUnder(at fyne.Position) (cell, bool) {
	x, y, ok := v.pane.View.InPicture(at)
	if !ok {
		return cell{}, false
	}
	return v.cellAt(x, y)
}

// Tapped implements fyne.Tappable: the cell is read, and the arrows go on from there.
func (v *mapView) Tapped(e *fyne.PointEvent) {
	if canvas := v.shell.Canvas(); canvas != nil {
		canvas.Focus(v)
	}
	if c, ok := v.cellUnder(e.Position); ok {
		v.choose(c)
	}
}

// DoubleTapped implements fyne.DoubleTappable: the cell is opened on the sliders.
func (v *mapView) DoubleTapped(e *fyne.PointEvent) {
	if c, ok := v.cellUnder(e.Position); ok {
		v.choose(c)
		v.opened(c)
	}
}

// FocusGained implements fyne.Focusable.
func (v *mapView) FocusGained() { v.focused = true; v.Refresh() }

// FocusLost implements fyne.Focusable.
func (v *mapView) FocusLost() { v.focused = false; v.Refresh() }

// TypedRune implements fyne.Focusable.
func (v *mapView) TypedRune(rune) {}

// TypedKey implements fyne.Focusable: arrows move over the map, Page Up and Down by a quarter of it, Home goes back to
// where the case stands, Enter opens the cell.
func (v *mapView) TypedKey(e *fyne.KeyEvent) {
	if v.m != nil && v.moveBy(e.Name) {
		return
	}
	if c := v.shell.Canvas(); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(e)
	}
}

func (v *mapView) moveBy(key fyne.KeyName) bool {
	c := v.at
	switch key {
	case fyne.KeyLeft:
		c.i--
	case fyne.KeyRight:
		c.i++
	case fyne.KeyUp:
		c.j++
	case fyne.KeyDown:
		c.j--
	case fyne.KeyPageUp:
		c.j += len(v.m.YValues) / 4
	case fyne.KeyPageDown:
		c.j -= len(v.m.YValues) / 4
	case fyne.KeyHome:
		c = cell{nearestTo(v.m.XValues, v.m.NowX), nearestTo(v.m.YValues, v.m.NowY)}
	case fyne.KeyReturn, fyne.KeyEnter:
		v.opened(c)
		return true
	default:
		return false
	}
	v.choose(cell{min(max(c.i, 0), len(v.m.XValues)-1), min(max(c.j, 0), len(v.m.YValues)-1)})
	return true
}

// AccessibilityLabel says the map and the cell in words.
func (v *mapView) AccessibilityLabel() string {
	words := v.pane.Figure().Title
	if v.m != nil {
		for _, line := range v.words(v.at) {
			words += ". " + line
		}
	}
	return words
}

// AccessibilityRole implements fyne.Accessible, which knows no role for a picture.
func (v *mapView) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// Cursor implements desktop.Cursorable.
func (v *mapView) Cursor() desktop.Cursor { return desktop.CrosshairCursor }

// CreateRenderer implements fyne.Widget.
func (v *mapView) CreateRenderer() fyne.WidgetRenderer {
	r := &mapRenderer{view: v}
	for _, x := range []*canvas.Rectangle{&r.across, &r.up, &r.mark, &r.ring} {
		*x = *canvas.NewRectangle(nil)
	}
	r.mark.StrokeWidth, r.mark.CornerRadius = 2, 3
	r.ring.StrokeWidth, r.ring.CornerRadius = 2, 6
	r.Refresh()
	return r
}

type mapRenderer struct {
	view             *mapView
	across, up, mark canvas.Rectangle
	ring             canvas.Rectangle
	size             fyne.Size
}

func (r *mapRenderer) Destroy()           {}
func (r *mapRenderer) MinSize() fyne.Size { return r.view.pane.View.MinSize() }
func (r *mapRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.view.pane.View, &r.across, &r.up, &r.mark, &r.ring}
}

func (r *mapRenderer) Layout(s fyne.Size) {
	r.size = s
	ui.Place(r.view.pane.View, 0, 0, s.Width, s.Height)
	ui.Place(&r.ring, -4, -4, s.Width+8, s.Height+8)
	r.layMark()
}

// layMark puts the mark of the cell being read where the last picture has it.
func (r *mapRenderer) layMark() {
	l, _, ok := r.view.pane.Layout()
	m := r.view.m
	show := ok && m != nil && r.size.Width > 0 && r.view.reading
	for _, x := range []*canvas.Rectangle{&r.across, &r.up, &r.mark} {
		x.Hidden = !show
	}
	if !show {
		return
	}
	kx, ky := r.size.Width/float32(l.Width), r.size.Height/float32(l.Height)
	x, y := float32(l.X.Pixel(m.XValues[r.view.at.i]))*kx, float32(l.Y.Pixel(m.YValues[r.view.at.j]))*ky
	const side = 12
	ui.Place(&r.across, float32(l.Left)*kx, y-0.5, x-side/2-float32(l.Left)*kx, 1)
	ui.Place(&r.up, x-0.5, y+side/2, 1, float32(l.Bottom)*ky-y-side/2)
	ui.Place(&r.mark, x-side/2, y-side/2, side, side)
}

func (r *mapRenderer) Refresh() {
	ink := ui.Color(ui.ColorInk)
	r.across.FillColor, r.up.FillColor = ui.Faded(ink, 0.5), ui.Faded(ink, 0.5)
	r.mark.FillColor, r.mark.StrokeColor = ui.Faded(ui.Color(ui.ColorPage), 0.7), ui.Color(ui.ColorAccent)
	r.ring.StrokeColor, r.ring.Hidden = ui.Color(ui.ColorAccent), !r.view.focused
	r.layMark()
	r.view.pane.View.Refresh()
	canvas.Refresh(r.view)
}
