package facts

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"hostwise/app/desktop/chart"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/calc"
)

// scatter shows estimate against measurement. The pointer names the nearest run, a press opens it; with the keyboard
// the arrows walk from run to run, and Enter opens the one that is marked.
type scatter struct {
	widget.BaseWidget
	chart   *chart.Chart
	rows    []calc.AccuracyRow // drawn, by what was measured
	at      int                // marked, -1 = none
	focused bool
	mark    func(r *calc.AccuracyRow) // a run is marked, nil for none
	open    func(r *calc.AccuracyRow)

	mu    sync.Mutex
	small figure.Figure // with fewer names, for where there is little room
}

var (
	_ fyne.Tappable      = (*scatter)(nil)
	_ fyne.Focusable     = (*scatter)(nil)
	_ desktop.Cursorable = (*scatter)(nil)
)

func newScatter(run ui.Runner) *scatter {
	s := &scatter{at: -1}
	s.chart = chart.New(fyne.NewSize(220, 200), run)
	s.chart.Trim = s.trim
	s.chart.View.SetProbe(s.probe)
	s.ExtendBaseWidget(s)
	return s
}

// show draws a figure of rows; those that it leaves out cannot be marked.
func (s *scatter) show(fig figure.Figure, rows []calc.AccuracyRow, note string) {
	drawn, _ := figure.AccuracyDrawn(rows)
	slices.SortStableFunc(drawn, func(a, b calc.AccuracyRow) int { return cmp.Compare(a.Measured, b.Measured) })
	s.rows = drawn
	s.setSmall(figure.Figure{})
	s.chart.Set(fig, nil)
	s.chart.View.SetNote(note)
}

// showSmall gives the figure that is drawn where there is little room.
func (s *scatter) showSmall(fig figure.Figure) {
	s.setSmall(fig)
	if s.Size().Width < roomForLabels {
		s.chart.View.Redraw()
	}
}

func (s *scatter) setSmall(fig figure.Figure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.small = fig
}

// roomForLabels is the width, in the text's units, from which all names have room.
const roomForLabels = 430

// trim takes the figure with fewer names where there is little room for them.
func (s *scatter) trim(fig *figure.Figure, width float32) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if width < roomForLabels && len(s.small.Layers) > 0 {
		*fig = s.small
	}
}

// reach is how far from a mark, in pixels of the picture, the pointer still means it.
const reach = 16

// nearest returns the place of the row nearest to a point of the picture, -1 where none is near.
func (s *scatter) nearest(x, y float64) int {
	l, _, ok := s.chart.Layout()
	if !ok {
		return -1
	}
	px, py := x*float64(l.Width), y*float64(l.Height)
	best, least := -1, reach*max(1, float64(ui.Scale()))
	for i := range s.rows {
		far := math.Hypot(l.X.Pixel(s.rows[i].Measured)-px, l.Y.Pixel(s.rows[i].Estimate.Likely)-py)
		if far < least {
			best, least = i, far
		}
	}
	return best
}

func (s *scatter) probe(x, y float64) (ui.Reading, bool) {
	canvas.Refresh(s) // what was hidden until now is not yet known to the canvas, and would not be painted
	i := s.nearest(x, y)
	if i < 0 {
		return ui.Reading{}, false
	}
	return ui.Reading{X: x, Lines: rowReading(&s.rows[i])}, true
}

// rowReading is a row in a few lines.
func rowReading(r *calc.AccuracyRow) []string {
	head := r.Hardware
	if r.AtOnce != "" {
		head += ", " + r.AtOnce + " at once"
	}
	return []string{head, r.Model + ", " + r.Precision, r.Quantity,
		"measured " + figure.AccuracyAmount(r.Measured, r.Unit), "estimate " + figure.AccuracyAmount(r.Estimate.Likely, r.Unit),
		"error " + figure.SignedShare(r.Error)}
}

// Tapped implements fyne.Tappable.
func (s *scatter) Tapped(e *fyne.PointEvent) {
	x, y, ok := s.chart.View.InPicture(e.Position)
	if !ok {
		return
	}
	if i := s.nearest(x, y); i >= 0 {
		s.choose(i)
		s.open(&s.rows[i])
	}
}

// choose marks a row.
func (s *scatter) choose(i int) {
	s.at = i
	s.mark(&s.rows[i])
}

// FocusGained implements fyne.Focusable.
func (s *scatter) FocusGained() { s.focused = true; s.Refresh() }

// FocusLost implements fyne.Focusable.
func (s *scatter) FocusLost() { s.focused = false; s.Refresh() }

// TypedRune implements fyne.Focusable.
func (s *scatter) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (s *scatter) TypedKey(e *fyne.KeyEvent) {
	switch {
	case len(s.rows) == 0:
	case e.Name == fyne.KeyRight || e.Name == fyne.KeyUp:
		s.choose((s.at + 1) % len(s.rows))
		return
	case e.Name == fyne.KeyLeft || e.Name == fyne.KeyDown:
		s.choose((max(s.at, 0) + len(s.rows) - 1) % len(s.rows))
		return
	case (e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter || e.Name == fyne.KeySpace) && s.at >= 0 && s.at < len(s.rows):
		s.open(&s.rows[s.at])
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(s); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(e)
	}
}

// Cursor implements desktop.Cursorable.
func (s *scatter) Cursor() desktop.Cursor { return desktop.CrosshairCursor }

// AccessibilityLabel says in words what the picture is for.
func (s *scatter) AccessibilityLabel() string {
	return "Estimate against measurement; arrows walk from run to run, Enter opens one"
}

// AccessibilityRole implements fyne.Accessible, which knows no role for a picture.
func (s *scatter) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements fyne.Widget.
func (s *scatter) CreateRenderer() fyne.WidgetRenderer {
	return chart.Framed(s.chart, 0, func() bool { return s.focused })
}
