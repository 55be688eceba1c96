package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Undoable is a focused part that has typing of its own to undo before the answers' history is walked.
type Undoable interface {
	// UndoTyping takes back the last typing and reports whether there was any; RedoTyping the reverse.
	UndoTyping() bool
	RedoTyping() bool
}

// Entry is Fyne's entry with what a field needs to know: when it gains and loses focus, Escape and Enter.
type Entry struct {
	widget.Entry
	gained, lost, escape func()
	key                  func(*fyne.KeyEvent) bool
	name                 string // for a screen reader, "" = the placeholder
	typed                int    // edits since focus came, for undo
	undone               int
}

func newEntry() *Entry {
	e := &Entry{}
	e.ExtendBaseWidget(e)
	e.Wrapping = fyne.TextWrapOff
	e.Scroll = fyne.ScrollNone
	return e
}

// CreateRenderer implements fyne.Widget: Fyne's entry without its frame, since the field around it has one. A theme of
// its own would hide the frame as well, but Fyne parses every font again for each such theme and keeps them all.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	return frameless{e.Entry.CreateRenderer()}
}

// frameless leaves out the ground and the border, the only rectangles that an entry holds directly.
type frameless struct{ fyne.WidgetRenderer }

// Objects implements fyne.WidgetRenderer.
func (r frameless) Objects() []fyne.CanvasObject {
	all := r.WidgetRenderer.Objects() // the entry may change its parts, so they are looked through each time
	kept := make([]fyne.CanvasObject, 0, len(all))
	for _, o := range all {
		if _, frame := o.(*canvas.Rectangle); !frame {
			kept = append(kept, o)
		}
	}
	return kept
}

// FocusGained implements fyne.Focusable.
func (e *Entry) FocusGained() {
	e.typed, e.undone = 0, 0
	e.Entry.FocusGained()
	if e.gained != nil {
		e.gained()
	}
}

// FocusLost implements fyne.Focusable.
func (e *Entry) FocusLost() {
	e.Entry.FocusLost()
	if e.lost != nil {
		e.lost()
	}
}

// AcceptsTab implements fyne.Tabbable: Tab leaves the field, also one of several lines.
func (e *Entry) AcceptsTab() bool { return false }

// TypedKey implements fyne.Focusable: Escape leaves the field.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	if e.key != nil && e.key(k) {
		return
	}
	if k.Name == fyne.KeyEscape && e.escape != nil {
		e.escape()
		return
	}
	if k.Name == fyne.KeyF1 {
		passOn(fyne.CurrentApp().Driver().CanvasForObject(e), k)
		return
	}
	e.Entry.TypedKey(k)
}

// UndoTyping implements Undoable.
func (e *Entry) UndoTyping() bool {
	before := e.Text
	if e.typed <= 0 {
		return false
	}
	e.Undo()
	if e.Text == before {
		return false
	}
	e.typed -= 2 // Undo itself counts as a change
	e.undone++
	return true
}

// RedoTyping implements Undoable.
func (e *Entry) RedoTyping() bool {
	if e.undone <= 0 {
		return false
	}
	before := e.Text
	e.Redo()
	if e.Text == before {
		return false
	}
	e.undone--
	return true
}

// Field is an entry 32 high with its unit inside and its problem beside it. What was typed stays as typed,
// also while it is wrong and when the theme or the page changes.
type Field struct {
	widget.BaseWidget
	entry   *Entry
	unit    *Text
	problem *Text
	focused bool
	quiet   bool // no OnChanged while the program sets the text

	OnChanged func(text string) // at every key
	OnSubmit  func()            // Enter
	OnLeave   func()            // focus lost
	OnFocus   func()
	OnEscape  func()                    // Escape, after the focus is gone
	OnKey     func(*fyne.KeyEvent) bool // arrow keys and the like, before the entry; true = used
}

// NewField returns a field with its unit ("" = none). changed is called at every key.
func NewField(unit string, changed func(text string)) *Field {
	f := &Field{entry: newEntry(), unit: NewText(Body, unit).In(ColorInk3), OnChanged: changed}
	f.problem = NewText(Caption, "").In(ColorWarning).Wrapped()
	f.entry.OnChanged = func(text string) {
		f.entry.typed++
		if !f.quiet && f.OnChanged != nil {
			f.OnChanged(text)
		}
	}
	f.entry.OnSubmitted = func(string) {
		if f.OnSubmit != nil {
			f.OnSubmit()
		}
	}
	f.entry.gained = func() {
		f.focused = true
		f.Refresh()
		Reveal(f)
		if f.OnFocus != nil {
			f.OnFocus()
		}
	}
	f.entry.lost = func() {
		f.focused = false
		f.Refresh()
		if f.OnLeave != nil {
			f.OnLeave()
		}
	}
	f.entry.key = func(k *fyne.KeyEvent) bool { return f.OnKey != nil && f.OnKey(k) }
	f.entry.escape = func() {
		c := fyne.CurrentApp().Driver().CanvasForObject(f)
		if c == nil {
			return
		}
		c.Unfocus()
		if f.OnEscape != nil {
			f.OnEscape()
		} else if c.Overlays().Top() != nil {
			passOn(c, &fyne.KeyEvent{Name: fyne.KeyEscape})
		}
	}
	f.ExtendBaseWidget(f)
	return f
}

// NewSearchField returns a field with words that say what to type.
func NewSearchField(placeholder string, changed func(text string)) *Field {
	f := NewField("", changed)
	f.entry.SetPlaceHolder(placeholder)
	f.entry.Icon = nil
	return f
}

// SetPlaceholder sets the faint words shown while the field is empty, such as the default.
func (f *Field) SetPlaceholder(words string) { f.entry.SetPlaceHolder(words) }

// SetMultiLine makes the field take several lines of text, rows high at 100 %.
func (f *Field) SetMultiLine(rows int) {
	f.entry.MultiLine = true
	f.entry.Wrapping = fyne.TextWrapWord
	f.entry.Scroll = fyne.ScrollVerticalOnly
	f.entry.SetMinRowsVisible(rows)
	f.Refresh()
}

// Focusable returns the part that takes the keyboard focus.
func (f *Field) Focusable() fyne.Focusable { return f.entry }

// Entry returns the entry inside, for tests that type into it.
func (f *Field) Entry() *Entry { return f.entry }

// Focused reports whether the field has the keyboard focus.
func (f *Field) Focused() bool { return f.focused }

// Text returns what was typed.
func (f *Field) Text() string { return f.entry.Text }

// SetText shows a value. While the person is typing in the field it is left alone; Replace is not so polite.
func (f *Field) SetText(text string) {
	if f.focused {
		return
	}
	f.Replace(text)
}

// Replace shows a value whatever the person is doing, as after undo or a preset.
func (f *Field) Replace(text string) {
	if f.entry.Text == text {
		return
	}
	f.quiet = true
	f.entry.SetText(text)
	f.entry.CursorColumn = len([]rune(text))
	f.quiet = false
}

// SetProblem shows what is wrong with the answer, "" for nothing.
func (f *Field) SetProblem(words string) {
	if f.problem.Words() != words {
		f.problem.SetText(words)
		f.Refresh()
	}
}

// Problem returns what is said to be wrong.
func (f *Field) Problem() string { return f.problem.Words() }

// SetEnabled lets the person type or not.
func (f *Field) SetEnabled(on bool) {
	if on {
		f.entry.Enable()
	} else {
		f.entry.Disable()
	}
}

func (f *Field) boxHeight() float32 {
	if f.entry.MultiLine {
		return f.entry.MinSize().Height
	}
	return Scaled(32)
}

// HeightAt implements Flowing: a problem takes lines of its own below.
func (f *Field) HeightAt(width float32) float32 {
	h := f.boxHeight()
	if f.problem.Words() != "" {
		h += 4 + f.problem.HeightAt(max(1, width-problemIndent()))
	}
	return h
}

// problemIndent is the room of the mark before the problem.
func problemIndent() float32 { return Scaled(12) + 4 }

// CreateRenderer implements fyne.Widget.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	ring := newRing(6)
	warn := NewSizedIcon(IconWarning, ColorWarning, 12)
	paper := canvas.NewRectangle(color.Transparent)
	paper.CornerRadius, paper.StrokeWidth = 6, 1
	return newPainter(&painter{
		objects: []fyne.CanvasObject{ring, paper, f.entry, f.unit, warn, f.problem},
		min: func() fyne.Size {
			return fyne.NewSize(Scaled(72)+f.unit.MinSize().Width, f.HeightAt(f.Size().Width))
		},
		layout: func(s fyne.Size) {
			h := f.boxHeight()
			u := f.unit.MinSize()
			inside := s.Width - 8
			if u.Width > 0 {
				inside -= u.Width + 8
			}
			top, height := float32(0), h
			if !f.entry.MultiLine { // the entry writes at its top: put its line in the middle of the box
				height = min(h, f.entry.MinSize().Height)
				top = (h - height) / 2
			}
			place(f.entry, 4, top, max(1, inside), height)
			place(paper, 0, 0, s.Width, h)
			placeRing(ring, fyne.NewSize(s.Width, h))
			place(f.unit, s.Width-u.Width-10, (h-u.Height)/2, u.Width, u.Height)
			place(warn, 0, h+4+Scaled(2), Scaled(12), Scaled(12))
			left := problemIndent()
			place(f.problem, left, h+4, max(1, s.Width-left), max(0, s.Height-h-4))
		},
		refresh: func() {
			paintRing(ring, f.focused)
			paper.FillColor, paper.StrokeColor = Color(ColorPage), Color(ColorControlEdge)
			if f.problem.Words() != "" && !f.focused {
				paper.StrokeColor = Color(ColorWarning)
			}
			warn.Hidden = f.problem.Words() == ""
		},
	})
}

// Switch turns something on and off. The words beside it say what is on.
type Switch struct {
	control
	words  *Text
	detail *Text
	on     bool
}

// NewSwitch returns a switch with words, and fainter words after them.
func NewSwitch(words, detail string, on bool, change func(on bool)) *Switch {
	s := &Switch{words: NewText(BodyStrong, words), detail: NewText(Secondary, detail).In(ColorInk3), on: on}
	s.press = func() {
		s.on = !s.on
		s.Refresh()
		if change != nil {
			change(s.on)
		}
	}
	s.ExtendBaseWidget(s)
	return s
}

// Plain sets the words in the weight of the text around.
func (s *Switch) Plain() *Switch { s.words.style = Secondary; return s }

// On reports whether the switch is on.
func (s *Switch) On() bool { return s.on }

// SetOn turns the switch without telling anyone.
func (s *Switch) SetOn(on bool) {
	if s.on != on {
		s.on = on
		s.Refresh()
	}
}

// Words returns the words beside the switch.
func (s *Switch) Words() string { return s.words.Words() }

// CreateRenderer implements fyne.Widget.
func (s *Switch) CreateRenderer() fyne.WidgetRenderer {
	track, knob, ring := rectangle(ColorChip, 9), canvas.NewCircle(color.Transparent), newRing(9)
	var size fyne.Size
	layout := func(z fyne.Size) {
		size = z
		top := (z.Height - 18) / 2
		place(track, 0, top, 30, 18)
		place(ring, -2, top-2, 34, 22)
		x := float32(2)
		if s.on {
			x = 14
		}
		place(knob, x, top+2, 14, 14)
		x = middle(s.words, 40, z.Height)
		middle(s.detail, x+10, z.Height)
	}
	return newPainter(&painter{
		objects: []fyne.CanvasObject{track, knob, ring, s.words, s.detail},
		min: func() fyne.Size {
			w := 40 + s.words.MinSize().Width
			if d := s.detail.MinSize().Width; d > 0 {
				w += 10 + d
			}
			return fyne.NewSize(w, Scaled(24))
		},
		layout: layout,
		refresh: func() {
			track.FillColor = Color(ColorControlEdge)
			knob.FillColor = Color(ColorPage)
			if s.on {
				track.FillColor = Color(ColorAccent)
				knob.FillColor = Color(ColorOnAccent)
			}
			s.words.color = ColorInk
			if s.disabled {
				s.words.color = ColorInk3
			}
			paintRing(ring, s.focused)
			if size.Width > 0 {
				layout(size)
			}
		},
	})
}

// CheckBox is a box that is ticked or not, such as the mark of a row.
type CheckBox struct {
	control
	words *Text
	on    bool
}

// NewCheckBox returns a box with words after it, which may be empty.
func NewCheckBox(words string, change func(on bool)) *CheckBox {
	c := &CheckBox{words: NewText(Body, words)}
	c.press = func() {
		c.on = !c.on
		c.Refresh()
		if change != nil {
			change(c.on)
		}
	}
	c.ExtendBaseWidget(c)
	return c
}

// On reports whether the box is ticked.
func (c *CheckBox) On() bool { return c.on }

// SetOn ticks the box without telling anyone.
func (c *CheckBox) SetOn(on bool) {
	if c.on != on {
		c.on = on
		c.Refresh()
	}
}

// Words returns the words after the box.
func (c *CheckBox) Words() string { return c.words.Words() }

// CreateRenderer implements fyne.Widget.
func (c *CheckBox) CreateRenderer() fyne.WidgetRenderer {
	box, tick, ring := rectangle(ColorPage, 3), NewSizedIcon(IconCheck, ColorOnAccent, 11), newRing(3)
	side := func() float32 { return 15 * min(Scale(), 1.6) }
	return newPainter(&painter{
		objects: []fyne.CanvasObject{ring, box, tick, c.words},
		min: func() fyne.Size {
			w := side()
			if t := c.words.MinSize().Width; t > 0 {
				w += 8 + t
			}
			return fyne.NewSize(w, Scaled(20))
		},
		layout: func(s fyne.Size) {
			z := side()
			top := (s.Height - z) / 2
			place(box, 0, top, z, z)
			place(tick, 2, top+2, z-4, z-4)
			place(ring, -2, top-2, z+4, z+4)
			middle(c.words, z+8, s.Height)
		},
		refresh: func() {
			box.FillColor, box.StrokeColor, box.StrokeWidth = Color(ColorPage), Color(ColorControlEdge), 1
			if c.on {
				box.FillColor, box.StrokeColor = Color(ColorAccent), Color(ColorAccent)
			}
			tick.Hidden = !c.on
			c.words.color = ColorInk
			if c.disabled {
				c.words.color = ColorInk3
			}
			paintRing(ring, c.focused)
		},
	})
}

var _ desktop.Hoverable = (*CheckBox)(nil)

// SetUnit changes the unit inside the field.
func (f *Field) SetUnit(unit string) {
	if f.unit.Words() != unit {
		f.unit.SetText(unit)
		f.Refresh()
	}
}
