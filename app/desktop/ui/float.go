package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
	tooltip "github.com/dweymouth/fyne-tooltip"
)

// toastTime is how long a toast stays; long enough to read a sentence and reach Undo.
const toastTime = 8 * time.Second

// Toasts shows short messages at the foot of the window, the newest in place of the one before.
type Toasts struct {
	layer *fyne.Container
	after func(d time.Duration, f func()) (stop func())
	stop  func()
}

// NewToasts returns the layer that is stacked over the window's content. after runs f once after d on the
// window's goroutine.
func NewToasts(after func(d time.Duration, f func()) (stop func())) *Toasts {
	return &Toasts{layer: container.New(&toastLayout{}), after: after}
}

// Layer is what is stacked over the content.
func (t *Toasts) Layer() fyne.CanvasObject { return t.layer }

// Show shows words; with undo it offers to take back what the words say.
func (t *Toasts) Show(words string, undo func()) {
	t.Hide()
	row := []fyne.CanvasObject{Grow(NewText(Body, words).In(ColorOnFloat).Wrapped())}
	if undo != nil {
		row = append(row, NewButton(OnFloat, "Undo", func() { t.Hide(); undo() }).WithIcon(IconUndo))
	}
	close := NewButton(OnFloat, "", t.Hide).WithIcon(IconClose)
	close.Titled("Close this message")
	row = append(row, close)
	t.layer.Objects = []fyne.CanvasObject{Floating(Pad(8, 16, Row(12, row...)))}
	t.layer.Refresh()
	t.stop = t.after(toastTime, t.Hide)
}

// Hide takes the message away.
func (t *Toasts) Hide() {
	if t.stop != nil {
		t.stop()
		t.stop = nil
	}
	t.layer.Objects = nil
	t.layer.Refresh()
}

// toastLayout puts the message at the middle of the foot.
type toastLayout struct{}

func (toastLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }
func (toastLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	for _, x := range o {
		w := min(s.Width-48, Scaled(480))
		h := HeightAt(x, w)
		place(x, (s.Width-w)/2, s.Height-h-96, w, h) // clear of a selection bar at the foot
	}
}

// tipped are the canvases that show tips; it is used on the window's goroutine only.
var tipped = map[fyne.Canvas]bool{}

// WithTips returns the window's content with room above it for the tips of controls.
func WithTips(content fyne.CanvasObject, c fyne.Canvas) fyne.CanvasObject {
	tipped[c] = true
	return tooltip.AddWindowToolTipLayer(content, c)
}

// onTop is the dialog that was opened last over each canvas. The driver wraps a dialog in a widget that does not show
// what it holds, so what lies in one is found by it. It is used on the window's goroutine only.
var onTop = map[fyne.Canvas]*Dialog{}

// Dialog is a question or a small form over the window. Escape closes it.
type Dialog struct {
	below   *Dialog
	popup   *widget.PopUp
	scroll  *container.Scroll // the body; it scrolls where the window is too low for it
	content *fyne.Container
	layout  *dialogLayout
	canvas  fyne.Canvas
	restore func(*fyne.KeyEvent)
	closed  func()
}

// ShowDialog opens a dialog with a title, a body, and buttons at the lower right, the main one last. width is
// at 100 %.
func ShowDialog(c fyne.Canvas, width float32, title string, body fyne.CanvasObject, buttons func(d *Dialog) []fyne.CanvasObject) *Dialog {
	return openDialog(c, width, title, body, buttons, false)
}

// openDialog opens a dialog in the middle of the window, or near its top for one whose height changes while it is open.
func openDialog(c fyne.Canvas, width float32, title string, body fyne.CanvasObject, buttons func(d *Dialog) []fyne.CanvasObject, atTop bool) *Dialog {
	d := &Dialog{canvas: c}
	foot := append([]fyne.CanvasObject{Spring()}, buttons(d)...)
	w, top := min(Scaled(width), c.Size().Width-64), float32(32)
	if atTop {
		top = max(top, c.Size().Height*0.12)
	}
	d.scroll = Scroll(Pad(dialogRing, dialogRing, body))
	d.layout = &dialogLayout{width: w, most: c.Size().Height - top - 32}
	d.content = container.New(d.layout, NewText(PanelTitle, title), d.scroll, Row(8, foot...))
	d.popup = widget.NewModalPopUp(d.content, c)
	if atTop { // the driver leaves a popup where it was moved to, and centres the others
		d.popup.Move(fyne.NewPos((c.Size().Width-w)/2, top))
	}
	if tipped[c] {
		tooltip.AddPopUpToolTipLayer(d.popup)
	}
	d.restore = c.OnTypedKey()
	c.SetOnTypedKey(func(e *fyne.KeyEvent) {
		switch {
		case e.Name == fyne.KeyEscape:
			d.Close()
		case ScrollByKey(d.scroll, e.Name):
		case d.restore != nil:
			d.restore(e)
		}
	})
	d.below, onTop[c] = onTop[c], d
	d.popup.Show()
	return d
}

// room is the most height that the body can have without scrolling.
func (d *Dialog) room() float32 {
	title, _, foot := d.layout.parts(d.content.Objects)
	return d.layout.most - title - foot - 2*dialogEdge - 2*dialogGap
}

// OnClose sets what happens once the dialog is gone.
func (d *Dialog) OnClose(f func()) { d.closed = f }

// Close takes the dialog away.
func (d *Dialog) Close() {
	if d.popup == nil {
		return
	}
	d.popup.Hide()
	if tipped[d.canvas] {
		tooltip.DestroyPopUpToolTipLayer(d.popup)
	}
	d.popup = nil
	d.uncover()
	d.canvas.SetOnTypedKey(d.restore)
	if d.closed != nil {
		d.closed()
	}
}

// uncover makes the dialog below the top one, if one is still open.
func (d *Dialog) uncover() {
	for d.below != nil && d.below.popup == nil {
		d.below = d.below.below
	}
	if onTop[d.canvas] = d.below; d.below == nil {
		delete(onTop, d.canvas)
	}
}

// Refresh lays the dialog out anew after its body changed its height.
func (d *Dialog) Refresh() {
	if d.popup != nil {
		d.popup.Resize(d.popup.MinSize())
		d.popup.Refresh()
	}
}

// dialogLayout stacks title, body and buttons. The body gives way where the window is too low for all of it.
type dialogLayout struct{ width, most float32 }

// The measures of a dialog; the scroll cuts what is drawn outside it, and a focused field has a ring around it.
const dialogEdge, dialogSide, dialogGap, dialogRing = 20, 24, 16, 3

// parts returns the heights of title, body and buttons in a dialog of the width.
func (l *dialogLayout) parts(o []fyne.CanvasObject) (title, body, foot float32) {
	w := l.width - 2*dialogSide
	title, foot = HeightAt(o[0], w), HeightAt(o[2], w)
	body = HeightAt(o[1].(*container.Scroll).Content, w+2*dialogRing) - 2*dialogRing
	return title, min(body, l.most-title-foot-2*dialogEdge-2*dialogGap), foot
}

func (l *dialogLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	title, body, foot := l.parts(o)
	return fyne.NewSize(l.width, title+body+foot+2*dialogEdge+2*dialogGap)
}

func (l *dialogLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	title, _, foot := l.parts(o)
	w := s.Width - 2*dialogSide
	place(o[0], dialogSide, dialogEdge, w, title)
	top := dialogEdge + title + dialogGap
	const over = 0.5 // sums of fractions differ in their last digit, and a scroll that lacks so much shows its bar
	place(o[1], dialogSide-dialogRing, top-dialogRing, w+2*dialogRing, s.Height-top-foot-dialogEdge-dialogGap+2*dialogRing+over)
	place(o[2], dialogSide, s.Height-dialogEdge-foot, w, foot)
}

// Confirm asks before something that cannot be taken back. verb is the word on the button.
func Confirm(c fyne.Canvas, title, words, verb string, yes func()) {
	ShowDialog(c, 420, title, NewText(Body, words).In(ColorInk2).Wrapped(), func(d *Dialog) []fyne.CanvasObject {
		return []fyne.CanvasObject{
			NewButton(Outline, "Cancel", d.Close).WithKey("Esc"),
			NewButton(Main, verb, func() { d.Close(); yes() }),
		}
	})
}

// Tell shows something that went wrong and what the person can do; detail lists problems, one a line.
func Tell(c fyne.Canvas, title, words, detail string) {
	body := Column(10, NewText(Body, words).In(ColorInk2).Wrapped())
	if detail != "" {
		text := NewText(Secondary, detail).In(ColorInk2).Wrapped()
		scroll := Scroll(text)
		scroll.SetMinSize(fyne.NewSize(100, min(Scaled(220), text.HeightAt(Scaled(460)))))
		body.Add(scroll)
	}
	ShowDialog(c, 520, title, body, func(d *Dialog) []fyne.CanvasObject {
		return []fyne.CanvasObject{NewButton(Main, "Close", d.Close).WithKey("Esc")}
	})
}

// Pressable makes any content a row that can be pressed, with a tint while it is chosen or under the pointer.
type Pressable struct {
	control
	Content fyne.CanvasObject
	chosen  bool
	tint    bool
}

// NewPressable returns content that does something when pressed.
func NewPressable(content fyne.CanvasObject, press func()) *Pressable {
	p := &Pressable{}
	p.Init(p, content, press)
	return p
}

// Init makes a row of a widget that embeds Pressable by value; outer is that widget. A widget that embeds the
// pointer from NewPressable would be known to the canvas under two names and be drawn from two renderers.
func (p *Pressable) Init(outer fyne.Widget, content fyne.CanvasObject, press func()) {
	p.Content, p.tint, p.press = content, true, press
	p.ExtendBaseWidget(outer)
}

// SetPress changes what pressing does; lists use it when a row is given another item.
func (p *Pressable) SetPress(press func()) { p.press = press }

// SetKey sets what other keys do while the row has the focus; it returns whether the key was used.
func (p *Pressable) SetKey(key func(*fyne.KeyEvent) bool) { p.key = key }

// SetChosen tints the row as the current one.
func (p *Pressable) SetChosen(on bool) {
	if p.chosen != on {
		p.chosen = on
		p.Refresh()
	}
}

// Chosen reports whether the row is the current one.
func (p *Pressable) Chosen() bool { return p.chosen }

// HeightAt implements Flowing.
func (p *Pressable) HeightAt(width float32) float32 { return HeightAt(p.Content, width) }

// CreateRenderer implements fyne.Widget.
func (p *Pressable) CreateRenderer() fyne.WidgetRenderer {
	paper, ring := rectangle(ColorPage, 6), newRing(6)
	return newPainter(&painter{
		objects: []fyne.CanvasObject{paper, p.Content, ring},
		min:     func() fyne.Size { return p.Content.MinSize() },
		layout: func(s fyne.Size) {
			place(paper, 0, 0, s.Width, s.Height)
			place(p.Content, 0, 0, s.Width, s.Height)
			place(ring, 0, 0, s.Width, s.Height)
		},
		refresh: func() {
			paper.FillColor = Faded(Color(ColorPage), 0)
			switch {
			case p.chosen:
				paper.FillColor = Color(ColorAccentGround)
			case p.hovered && p.tint:
				paper.FillColor = Color(ColorHover)
			}
			paintRing(ring, p.focused)
			p.Content.Refresh()
		},
	})
}
