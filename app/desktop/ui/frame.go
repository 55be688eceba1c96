package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
	tooltip "github.com/dweymouth/fyne-tooltip/widget"
)

// RailItem is one page in the rail.
type RailItem struct {
	ID, Title string
	Icon      Glyph
	Foot      bool // at the lower end
}

// NavRail switches between the pages; the current one has a bar in the accent at its left.
type NavRail struct {
	widget.BaseWidget
	mark    fyne.CanvasObject
	buttons []*railButton
}

// RailWidth is the width of the rail at 100 %.
const RailWidth = 64

// NewNavRail returns a rail with the program's mark on top.
func NewNavRail(mark fyne.Resource, items []RailItem, pick func(id string)) *NavRail {
	r := &NavRail{}
	if mark != nil {
		img := canvas.NewImageFromResource(mark)
		img.FillMode = canvas.ImageFillContain
		r.mark = img
	} else {
		r.mark = NewText(CaseName, "H").Centred()
	}
	for i, item := range items {
		b := &railButton{item: item}
		b.press = func() { pick(item.ID) }
		b.key = func(e *fyne.KeyEvent) bool { return r.arrow(i, e) }
		b.ExtendBaseWidget(b)
		r.buttons = append(r.buttons, b)
	}
	r.ExtendBaseWidget(r)
	return r
}

func (r *NavRail) arrow(i int, e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyUp:
		i--
	case fyne.KeyDown:
		i++
	default:
		return false
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(r); c != nil && i >= 0 && i < len(r.buttons) {
		c.Focus(r.buttons[i])
	}
	return true
}

// Select marks a page as the current one.
func (r *NavRail) Select(id string) {
	for _, b := range r.buttons {
		if on := b.item.ID == id; on != b.chosen {
			b.chosen = on
			b.Refresh()
		}
	}
}

// CreateRenderer implements fyne.Widget.
func (r *NavRail) CreateRenderer() fyne.WidgetRenderer {
	ground, edge := rectangle(ColorRail, 0), rectangle(ColorHairline, 0)
	objects := []fyne.CanvasObject{ground, edge, r.mark}
	for _, b := range r.buttons {
		objects = append(objects, b)
	}
	return newPainter(&painter{
		objects: objects,
		min: func() fyne.Size {
			w := float32(RailWidth)
			for _, b := range r.buttons {
				w = max(w, b.MinSize().Width)
			}
			return fyne.NewSize(w, railTop+railLeast()*float32(len(r.buttons)))
		},
		layout: func(s fyne.Size) {
			place(ground, 0, 0, s.Width, s.Height)
			place(edge, s.Width-1, 0, 1, s.Height)
			place(r.mark, (s.Width-24)/2, 12, 24, 24)
			// Large text on a low window draws the buttons together, so that none lies over another.
			h := max(railLeast(), min(Scaled(54), (s.Height-railTop-4)/float32(len(r.buttons))))
			y, foot := float32(railTop), s.Height-4
			for i := len(r.buttons) - 1; i >= 0; i-- {
				if b := r.buttons[i]; b.item.Foot {
					foot -= h
					place(b, 0, foot, s.Width, h)
				}
			}
			for _, b := range r.buttons {
				if !b.item.Foot {
					place(b, 0, y, s.Width, h)
					y += h
				}
			}
		},
		refresh: func() { ground.FillColor, edge.FillColor = Color(ColorRail), Color(ColorHairline) },
	})
}

// railTop is where the buttons begin, below the program's mark.
const railTop = 48

// railLeast is the least height of a button: an icon, a line of words, and what parts them.
func railLeast() float32 { return 28 + Scaled(Caption.Line) }

type railButton struct {
	control
	item   RailItem
	chosen bool
}

// Words returns the title of the page.
func (b *railButton) Words() string { return b.item.Title }

func (b *railButton) CreateRenderer() fyne.WidgetRenderer {
	bar, ring := rectangle(ColorAccent, 0), newRing(6)
	icon, words := NewIcon(b.item.Icon, ColorInk2), NewText(Caption, b.item.Title).Centred()
	return newPainter(&painter{
		objects: []fyne.CanvasObject{bar, ring, icon, words},
		min: func() fyne.Size {
			return fyne.NewSize(NewSpans(Caption, Span{Text: b.item.Title, Strong: true}).FullWidth()+10, railLeast())
		},
		layout: func(s fyne.Size) {
			place(bar, 0, s.Height/2-18, 3, 36)
			place(ring, 4, 3, s.Width-8, s.Height-6)
			i, w := icon.MinSize(), words.MinSize().Height
			top := (s.Height - i.Height - 4 - w) / 2
			place(icon, (s.Width-i.Width)/2, top, i.Width, i.Height)
			place(words, 0, top+i.Height+4, s.Width, w)
		},
		refresh: func() {
			ink := fyne.ThemeColorName(ColorInk2)
			if b.chosen || b.hovered {
				ink = ColorInk
			}
			icon.color, words.color, words.style.Bold = ink, ink, b.chosen
			bar.FillColor = Color(ColorAccent)
			bar.Hidden = !b.chosen
			paintRing(ring, b.focused)
		},
	})
}

// StatusPart is one statement of the status line; a warning has an icon and the warning's colour.
type StatusPart struct {
	Text    string
	Warning bool
	Tip     string // what the pointer is told, "" = nothing
}

// StatusLine is the line at the foot of the window: what the answers rest on.
type StatusLine struct {
	widget.BaseWidget
	left, right *fyne.Container
}

// NewStatusLine returns an empty line.
func NewStatusLine() *StatusLine {
	s := &StatusLine{left: Row(20), right: Row(20)}
	s.ExtendBaseWidget(s)
	return s
}

// Set shows statements at both ends.
func (s *StatusLine) Set(left, right []StatusPart) {
	s.left.Objects, s.right.Objects = statusParts(left), statusParts(right)
	s.left.Refresh()
	s.right.Refresh()
	s.Refresh()
}

func statusParts(parts []StatusPart) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, p := range parts {
		if p.Warning {
			out = append(out, Row(5, NewSizedIcon(IconClock, ColorWarning, 12), NewText(Caption, p.Text).In(ColorWarning)))
			continue
		}
		text := NewText(Caption, p.Text).In(ColorInk2)
		if p.Tip == "" {
			out = append(out, text)
			continue
		}
		out = append(out, newTippedText(text, p.Tip))
	}
	return out
}

// tippedText is a text that says more while the pointer rests on it.
type tippedText struct {
	tooltip.ToolTipWidget
	text *Text
}

func newTippedText(text *Text, tip string) *tippedText {
	t := &tippedText{text: text}
	t.ExtendBaseWidget(t)
	t.SetToolTip(tip)
	return t
}

// CreateRenderer implements fyne.Widget.
func (t *tippedText) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.text) }

// CreateRenderer implements fyne.Widget.
func (s *StatusLine) CreateRenderer() fyne.WidgetRenderer {
	ground, edge := rectangle(ColorRail, 0), rectangle(ColorHairline, 0)
	return newPainter(&painter{
		objects: []fyne.CanvasObject{ground, edge, s.left, s.right},
		min:     func() fyne.Size { return fyne.NewSize(0, Scaled(26)) },
		layout: func(z fyne.Size) {
			place(ground, 0, 0, z.Width, z.Height)
			place(edge, 0, 0, z.Width, 1)
			l, r := s.left.MinSize(), s.right.MinSize()
			place(s.left, 16, (z.Height-l.Height)/2, l.Width, l.Height)
			// Where there is no room for both ends, the right one gives way.
			s.right.Hidden = l.Width+r.Width+48 > z.Width
			place(s.right, z.Width-r.Width-16, (z.Height-r.Height)/2, r.Width, r.Height)
		},
		refresh: func() { ground.FillColor, edge.FillColor = Color(ColorRail), Color(ColorHairline) },
	})
}

// TopBar is the line above the page, 48 high, with a hairline below it.
func TopBar(content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(barLayout{height: 48}, NewGround(ColorPage, 0), NewHairline(), content)
}

// TabBar is the line of a page's tabs, 40 high, with a hairline below it.
func TabBar(content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(barLayout{height: 40}, NewGround(ColorPage, 0), NewHairline(), content)
}

// barLayout lays a ground, a line at its foot and the content.
type barLayout struct{ height float32 }

func (l barLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[2].MinSize().Width, Scaled(l.height))
}

// HeightAt implements FlowLayout.
func (l barLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	return max(Scaled(l.height), HeightAt(o[2], width))
}

func (l barLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	place(o[0], 0, 0, s.Width, s.Height)
	place(o[1], 0, s.Height-1, s.Width, 1)
	place(o[2], 0, 0, s.Width, s.Height-1)
}

// SidePanel sets content on the side panel's ground with a hairline at its left, width wide at 100 %.
func SidePanel(width float32, content fyne.CanvasObject) *fyne.Container {
	return container.New(&panelLayout{width: width}, NewGround(ColorPanel, 0), NewUpright(), content)
}

type panelLayout struct{ width float32 }

func (l *panelLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.width*min(Scale(), 1.4), o[2].MinSize().Height)
}

func (l *panelLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	place(o[0], 0, 0, s.Width, s.Height)
	place(o[1], 0, 0, 1, s.Height)
	place(o[2], 1, 0, s.Width-1, s.Height)
}

// Floating sets content on a ground of its own with a shadow: only what floats has one.
func Floating(content fyne.CanvasObject) *fyne.Container {
	return container.New(stackLayout{}, newShadow(), NewGround(ColorFloat, 8), content)
}

// shadow is a soft dark rim that shows below and beside what floats.
type shadow struct{ widget.BaseWidget }

func newShadow() *shadow {
	s := &shadow{}
	s.ExtendBaseWidget(s)
	return s
}

func (s *shadow) CreateRenderer() fyne.WidgetRenderer {
	const rims = 6
	var objects []fyne.CanvasObject
	for i := range rims {
		objects = append(objects, rectangle(ColorShadow, 8+float32(i)))
	}
	return newPainter(&painter{
		objects: objects,
		min:     func() fyne.Size { return fyne.Size{} },
		layout: func(z fyne.Size) {
			for i, o := range objects {
				grow := float32(i + 1)
				place(o, -grow, -grow+3, z.Width+2*grow, z.Height+2*grow)
			}
		},
		refresh: func() {
			for _, o := range objects {
				o.(*canvas.Rectangle).FillColor = Faded(Color(ColorShadow), 0.25)
			}
		},
	})
}

// EmptyState says what belongs here and what to do first.
func EmptyState(icon Glyph, title, words string, actions ...fyne.CanvasObject) fyne.CanvasObject {
	body := Column(10,
		Row(0, Spring(), NewSizedIcon(icon, ColorInk3, 28), Spring()),
		NewText(PanelTitle, title).Centred(),
		NewText(Body, words).In(ColorInk2).Centred().Wrapped())
	if len(actions) > 0 {
		row := append([]fyne.CanvasObject{Spring()}, actions...)
		body.Add(Row(8, append(row, Spring())...))
	}
	return container.New(centreLayout{width: 420}, body)
}

// centreLayout puts one object in the middle, no wider than width at 100 %.
type centreLayout struct{ width float32 }

func (l centreLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	w := min(Scaled(l.width), 560)
	return fyne.NewSize(200, HeightAt(o[0], w))
}

func (l centreLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	w := min(s.Width, Scaled(l.width))
	h := HeightAt(o[0], w)
	place(o[0], (s.Width-w)/2, max(0, (s.Height-h)/2-20), w, h)
}

// Working is a quiet line that says that something is being computed; it takes its room also while silent.
type Working struct {
	widget.BaseWidget
	words string
	share float64 // 0..1, below 0 = not known
}

// NewWorking returns a silent line.
func NewWorking() *Working {
	w := &Working{share: -1}
	w.ExtendBaseWidget(w)
	return w
}

// Say shows words, "" for silence. share is how much is done, 0 to 1, or below 0 where that is not known.
func (w *Working) Say(words string, share float64) {
	if w.words != words || w.share != share {
		w.words, w.share = words, share
		w.Refresh()
	}
}

// Words returns what the line says.
func (w *Working) Words() string { return w.words }

// CreateRenderer implements fyne.Widget.
func (w *Working) CreateRenderer() fyne.WidgetRenderer {
	words, track, done := NewText(Caption, "").In(ColorInk3), rectangle(ColorChip, 1), rectangle(ColorAccent, 1)
	var size fyne.Size
	layout := func(s fyne.Size) {
		size = s
		h := words.MinSize().Height
		place(words, 0, 0, s.Width, h)
		place(track, 0, s.Height-2, s.Width, 2)
		place(done, 0, s.Height-2, s.Width*float32(max(0, w.share)), 2)
	}
	return newPainter(&painter{
		objects: []fyne.CanvasObject{words, track, done},
		min:     func() fyne.Size { return fyne.NewSize(words.MinSize().Width, Scaled(18)) },
		layout:  layout,
		refresh: func() {
			words.SetText(w.words)
			track.FillColor, done.FillColor = Color(ColorChip), Color(ColorAccent)
			track.Hidden, done.Hidden = w.share < 0 || w.words == "", w.share < 0 || w.words == ""
			if size.Width > 0 {
				layout(size)
			}
		},
	})
}
