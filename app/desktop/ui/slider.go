package ui

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
)

// SlideScale is a scale from Low to High, even or by ratio, on which a person picks a number.
type SlideScale struct {
	Low, High float64
	Log       bool // equal ratios are equal lengths; Low is above zero
	Whole     bool // only whole numbers
}

// Place returns where a value stands, 0..1; what lies outside stands at the end.
func (s SlideScale) Place(v float64) float64 {
	lo, hi := s.Low, s.High
	if s.Log {
		if v <= 0 {
			return 0
		}
		v, lo, hi = math.Log(v), math.Log(lo), math.Log(hi)
	}
	if !(hi > lo) {
		return 0
	}
	return min(max((v-lo)/(hi-lo), 0), 1)
}

// ValueAt returns the value at a place, with no more digits than the scale can point at.
func (s SlideScale) ValueAt(t float64) float64 {
	t = min(max(t, 0), 1)
	switch t { // the ends are reached exactly
	case 0:
		return s.Low
	case 1:
		return s.High
	}
	return min(max(s.rounded(s.raw(t), t), s.Low), s.High)
}

func (s SlideScale) raw(t float64) float64 {
	if s.Log {
		return s.Low * math.Pow(s.High/s.Low, t)
	}
	return s.Low + (s.High-s.Low)*t
}

// sliderSteps is how many steps of an arrow key lead from one end to the other.
const sliderSteps = 100

// rounded cuts a value to the power of ten below what one step changes.
func (s SlideScale) rounded(v, t float64) float64 {
	half := 0.5 / sliderSteps
	step := s.raw(min(1, t+half)) - s.raw(max(0, t-half))
	if s.Whole {
		step = max(step, 1)
	}
	if !(step > 0) {
		return v
	}
	power := math.Floor(math.Log10(step) + 1e-9)
	if power < 0 { // dividing by a whole power keeps the decimal digits exact
		unit := math.Pow(10, -power)
		return math.Round(v*unit) / unit
	}
	unit := math.Pow(10, power)
	return math.Round(v/unit) * unit
}

// Step returns the value n steps of an arrow key from v; it always moves, except at the ends.
func (s SlideScale) Step(v float64, n int) float64 {
	at := s.Place(v)
	for by := n; ; by += sign(n) {
		t := at + float64(by)/sliderSteps
		to := s.ValueAt(t)
		if to != v && (to > v) == (n > 0) {
			return to
		}
		if t <= 0 || t >= 1 {
			return v
		}
	}
}

func sign(n int) int {
	if n < 0 {
		return -1
	}
	return 1
}

// Slider lets a person move a number along a scale: by pointer, or with arrows, Page Up and Down, Home and End. A tick
// marks the answer that was saved, a triangle in a route's colour the value from which another route wins.
type Slider struct {
	control
	scale    SlideScale
	value    float64
	saved    float64
	flip     float64
	flipKind string // of the route that wins beyond the flip; "" = no triangle
	flipSaid string // the flip in words
	name     string
	say      func(v float64) string

	OnMoved func(v float64)           // while it moves
	OnKey   func(*fyne.KeyEvent) bool // keys that the slider has no use for; true = used
	OnRune  func(r rune)              // typing on the slider, to begin an entry in place
}

var (
	_ fyne.Draggable = (*Slider)(nil)
	_ fyne.Focusable = (*Slider)(nil)
)

// NewSlider returns a slider at its saved value. name and say are for assistive technology.
func NewSlider(name string, scale SlideScale, saved float64, say func(v float64) string, moved func(v float64)) *Slider {
	s := &Slider{scale: scale, value: saved, saved: saved, name: name, say: say, OnMoved: moved}
	s.key = s.typed
	s.ExtendBaseWidget(s)
	return s
}

// SetScale changes the scale and the saved value.
func (s *Slider) SetScale(scale SlideScale, saved float64) {
	if s.scale != scale || s.saved != saved {
		s.scale, s.saved = scale, saved
		s.Refresh()
	}
}

// SetValue shows a value without telling anyone.
func (s *Slider) SetValue(v float64) {
	if s.value != v {
		s.value = v
		s.Refresh()
	}
}

// Value is the value shown.
func (s *Slider) Value() float64 { return s.value }

// Scale is the scale it moves along.
func (s *Slider) Scale() SlideScale { return s.scale }

// SetFlip marks where the verdict turns to a kind of route, and says it in words under the pointer; "" takes the mark
// away.
func (s *Slider) SetFlip(at float64, kind, words string) {
	if s.flip != at || s.flipKind != kind || s.flipSaid != words {
		s.flip, s.flipKind, s.flipSaid = at, kind, words
		s.SetTip(words)
		s.Refresh()
	}
}

// Flip returns where the verdict turns and to which kind of route, "" for none.
func (s *Slider) Flip() (at float64, kind string) { return s.flip, s.flipKind }

// AccessibilityLabel says the answer, its value and where the verdict turns.
func (s *Slider) AccessibilityLabel() string {
	words := s.name + ": " + s.say(s.value)
	if s.flipSaid != "" {
		words += ". " + s.flipSaid
	}
	return words
}

func (s *Slider) move(to float64) {
	if to == s.value || s.disabled {
		return
	}
	s.value = to
	s.Refresh()
	if s.OnMoved != nil {
		s.OnMoved(to)
	}
}

func (s *Slider) typed(e *fyne.KeyEvent) bool {
	const page = sliderSteps / 10
	switch e.Name {
	case fyne.KeyLeft, fyne.KeyDown:
		s.move(s.scale.Step(s.value, -1))
	case fyne.KeyRight, fyne.KeyUp:
		s.move(s.scale.Step(s.value, +1))
	case fyne.KeyPageDown:
		s.move(s.scale.Step(s.value, -page))
	case fyne.KeyPageUp:
		s.move(s.scale.Step(s.value, +page))
	case fyne.KeyHome:
		s.move(s.scale.Low)
	case fyne.KeyEnd:
		s.move(s.scale.High)
	default:
		return s.OnKey != nil && s.OnKey(e)
	}
	return true
}

// TypedRune implements fyne.Focusable: a number typed on the slider begins an entry.
func (s *Slider) TypedRune(r rune) {
	if s.OnRune != nil {
		s.OnRune(r)
	}
}

// sliderKnob is the size of the knob; it grows with the text, but less.
func sliderKnob() float32 { return 16 * min(Scale(), 1.5) }

// placeAt is the place under the pointer, 0..1; the track keeps half a knob off the edges, so that the knob stays inside.
func (s *Slider) placeAt(x float32) float64 {
	w := s.Size().Width - sliderKnob()
	if w <= 0 {
		return 0
	}
	return float64((x - sliderKnob()/2) / w)
}

// Tapped implements fyne.Tappable: the knob goes to the place, and the keys go on from there.
func (s *Slider) Tapped(e *fyne.PointEvent) { s.grab(e.Position.X) }

// Dragged implements fyne.Draggable.
func (s *Slider) Dragged(e *fyne.DragEvent) { s.grab(e.Position.X) }

func (s *Slider) grab(x float32) {
	if c := s.focusedIn(); c != nil && !s.focused && !s.disabled {
		c.Focus(s)
	}
	s.move(s.scale.ValueAt(s.placeAt(x)))
}

// DragEnd implements fyne.Draggable.
func (s *Slider) DragEnd() {}

// Cursor implements desktop.Cursorable.
func (s *Slider) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer implements fyne.Widget.
func (s *Slider) CreateRenderer() fyne.WidgetRenderer {
	track, moved := rectangle(ColorChip, 2), rectangle(ColorAccent, 2)
	tick := rectangle(ColorInk3, 0)
	knob, ring := canvas.NewCircle(color.Transparent), canvas.NewCircle(color.Transparent)
	ring.StrokeWidth = ringWidth
	mark := NewSizedIcon(IconTriangle, ColorInk, 11)
	var size fyne.Size
	layout := func(z fyne.Size) {
		size = z
		k := sliderKnob()
		middle, w := k/2+4, z.Width-k
		at := func(v float64) float32 { return k/2 + w*float32(s.scale.Place(v)) }
		place(track, k/2, middle-2, w, 4)
		from, to := at(s.saved), at(s.value)
		place(moved, min(from, to), middle-2, max(from, to)-min(from, to), 4)
		place(tick, from-1, middle-k/2+1, 2, k-2)
		place(knob, to-k/2, middle-k/2, k, k)
		place(ring, to-k/2-3, middle-k/2-3, k+6, k+6)
		place(mark, at(s.flip)-k*0.35, middle+k/2-1, k*0.7, k*0.7)
	}
	return newPainter(&painter{
		objects: []fyne.CanvasObject{track, moved, tick, mark, ring, knob},
		min:     func() fyne.Size { return fyne.NewSize(Scaled(120), sliderKnob()*1.7+4) },
		layout:  layout,
		refresh: func() {
			changed := s.value != s.saved
			track.FillColor, moved.FillColor, tick.FillColor = Color(ColorHairline), Color(ColorAccent), Color(ColorInk3)
			moved.Hidden, tick.Hidden = !changed, !changed
			knob.FillColor, knob.StrokeColor, knob.StrokeWidth = Color(ColorPage), Color(ColorInk3), 1.5
			if changed || s.hovered || s.focused {
				knob.StrokeColor, knob.StrokeWidth = Color(ColorAccent), 2
			}
			ring.StrokeColor, ring.Hidden = Color(ColorAccent), !s.focused
			mark.Hidden = s.flipKind == ""
			mark.Set(IconTriangle, RouteColor(s.flipKind))
			if size.Width > 0 {
				layout(size)
			}
		},
	})
}

// SetLook makes the button louder or quieter, as its words change their meaning.
func (b *Button) SetLook(l Look) {
	if b.look != l {
		b.look = l
		b.Refresh()
	}
}
