package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Tab is one of SegmentedTabs.
type Tab struct {
	ID, Title string
	Count     string // fainter, after the title
}

// SegmentedTabs switches between the parts of a page; the current one is underlined.
type SegmentedTabs struct {
	widget.BaseWidget
	buttons  []*tabButton
	current  string
	onChange func(id string)
	wraps    bool
	wide     float32 // the width they have, 0 = not yet known
}

// NewTabs returns tabs with the first one current. change is called when the person picks another.
func NewTabs(tabs []Tab, change func(id string)) *SegmentedTabs {
	t := &SegmentedTabs{onChange: change}
	for _, tab := range tabs {
		t.buttons = append(t.buttons, newTabButton(tab, func() { t.pick(tab.ID) }))
	}
	if len(tabs) > 0 {
		t.current = tabs[0].ID
		t.buttons[0].chosen = true
	}
	for i, b := range t.buttons {
		b.key = func(e *fyne.KeyEvent) bool { return t.arrow(i, e) }
	}
	t.ExtendBaseWidget(t)
	return t
}

func (t *SegmentedTabs) arrow(i int, e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyLeft:
		i--
	case fyne.KeyRight:
		i++
	default:
		return false
	}
	if i >= 0 && i < len(t.buttons) {
		t.pick(t.buttons[i].tab.ID)
		if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil {
			c.Focus(t.buttons[i])
		}
	}
	return true
}

func (t *SegmentedTabs) pick(id string) {
	if id == t.current {
		return
	}
	t.Select(id)
	if t.onChange != nil {
		t.onChange(id)
	}
}

// Select makes a tab current without telling anyone.
func (t *SegmentedTabs) Select(id string) {
	t.current = id
	for _, b := range t.buttons {
		if on := b.tab.ID == id; on != b.chosen {
			b.chosen = on
			b.Refresh()
		}
	}
}

// Current returns the id of the current tab.
func (t *SegmentedTabs) Current() string { return t.current }

// SetCount changes the fainter count after a title.
func (t *SegmentedTabs) SetCount(id, count string) {
	for _, b := range t.buttons {
		if b.tab.ID == id && b.tab.Count != count {
			b.tab.Count = count
			b.Refresh()
		}
	}
}

// CreateRenderer implements fyne.Widget.
func (t *SegmentedTabs) CreateRenderer() fyne.WidgetRenderer {
	objects := make([]fyne.CanvasObject, len(t.buttons))
	for i, b := range t.buttons {
		objects[i] = b
	}
	return newPainter(&painter{
		objects: objects,
		min: func() fyne.Size {
			if t.wide > 0 { // they have a width, and stand in as many lines as it takes
				return fyne.NewSize(t.widest(), t.HeightAt(t.wide))
			}
			var w float32
			for _, b := range t.buttons {
				w += b.MinSize().Width + tabGap
			}
			return fyne.NewSize(max(0, w-tabGap), Scaled(40))
		},
		layout: func(s fyne.Size) {
			line := s.Height / float32(t.lines(s.Width))
			t.flow(s.Width, func(b *tabButton, x float32, n int) { place(b, x, float32(n)*line, b.MinSize().Width, line) })
		},
	})
}

// tabGap is the distance between two tabs.
const tabGap = 24

// Wraps lets the tabs go on in a next line where the width ends, as in a narrow window with large text.
func (t *SegmentedTabs) Wraps() *SegmentedTabs { t.wraps = true; return t }

// Resize implements fyne.Widget.
func (t *SegmentedTabs) Resize(s fyne.Size) {
	if t.wraps {
		t.wide = s.Width
	}
	t.BaseWidget.Resize(s)
}

// HeightAt implements Flowing.
func (t *SegmentedTabs) HeightAt(width float32) float32 { return Scaled(40) * float32(t.lines(width)) }

func (t *SegmentedTabs) widest() float32 {
	var w float32
	for _, b := range t.buttons {
		w = max(w, b.MinSize().Width)
	}
	return w
}

// lines is in how many lines the tabs stand in a width.
func (t *SegmentedTabs) lines(width float32) int {
	last := 0
	t.flow(width, func(_ *tabButton, _ float32, n int) { last = n })
	return last + 1
}

// flow calls f for every tab with its place and line in a width.
func (t *SegmentedTabs) flow(width float32, f func(b *tabButton, x float32, line int)) {
	x, line := float32(0), 0
	for _, b := range t.buttons {
		w := b.MinSize().Width
		if t.wraps && x > 0 && x+w > width {
			x, line = 0, line+1
		}
		f(b, x, line)
		x += w + tabGap
	}
}

type tabButton struct {
	control
	tab    Tab
	chosen bool
}

func newTabButton(tab Tab, press func()) *tabButton {
	b := &tabButton{tab: tab}
	b.press = press
	b.ExtendBaseWidget(b)
	return b
}

func (b *tabButton) CreateRenderer() fyne.WidgetRenderer {
	words, line, ring := NewText(Body, ""), rectangle(ColorAccent, 0), newRing(4)
	refresh := func() {
		words.color = ColorInk2
		if b.chosen {
			words.color = ColorInk
		}
		spans := []Span{{Text: b.tab.Title, Strong: b.chosen}}
		if b.tab.Count != "" {
			spans = append(spans, Span{Text: " " + b.tab.Count, Color: ColorInk3})
		}
		words.spans = spans
		words.Refresh()
		line.FillColor = Color(ColorAccent)
		line.Hidden = !b.chosen
		paintRing(ring, b.focused)
	}
	return newPainter(&painter{
		objects: []fyne.CanvasObject{words, line, ring},
		min: func() fyne.Size {
			wide := NewSpans(Body, Span{Text: b.tab.Title, Strong: true}, Span{Text: countSuffix(b.tab.Count)})
			return fyne.NewSize(wide.FullWidth(), Scaled(40))
		},
		layout: func(s fyne.Size) {
			place(words, 0, 0, s.Width, s.Height)
			place(line, 0, s.Height-2, s.Width, 2)
			place(ring, -6, 6, s.Width+12, s.Height-12)
		},
		refresh: refresh,
	})
}

func countSuffix(count string) string {
	if count == "" {
		return ""
	}
	return " " + count
}
