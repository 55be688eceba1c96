package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Look says how loud a button is.
type Look int

// The looks of a button. One Main button is in view at a time.
const (
	Outline Look = iota // a border
	Main                // filled with the accent
	Quiet               // words in second ink
	Link                // words in the accent
	Tool                // an icon alone or with words, no border
	OnFloat             // on the ground of the selection bar
)

// Button is words, an icon or both that do something when pressed.
type Button struct {
	control
	look  Look
	words *Text
	icon  *Icon
	after *Icon
	hint  *KeyHint
	small bool
	name  string // what an icon alone does
	ring  *canvas.Rectangle
	paper *canvas.Rectangle
}

// NewButton returns a button with words.
func NewButton(look Look, words string, press func()) *Button {
	b := &Button{look: look, words: NewText(Body, words)}
	b.press = press
	b.ExtendBaseWidget(b)
	return b
}

// NewIconButton returns a button that is only an icon; name says in words what it does, for the status of
// focus and for assistive technology.
func NewIconButton(g Glyph, name string, press func()) *Button {
	b := NewButton(Tool, "", press)
	b.icon = NewIcon(g, ColorInk2)
	return b.Titled(name)
}

// AccessibilityLabel says in words what the button does.
func (b *Button) AccessibilityLabel() string {
	if b.name != "" {
		return b.name
	}
	return b.words.Words()
}

// WithIcon puts an icon before the words.
func (b *Button) WithIcon(g Glyph) *Button { b.icon = NewIcon(g, ColorInk); return b }

// WithAfter puts an icon after the words, such as a chevron where a menu opens.
func (b *Button) WithAfter(g Glyph) *Button { b.after = NewSizedIcon(g, ColorInk2, 12); return b }

// WithKey shows the key that presses the button.
func (b *Button) WithKey(key string) *Button { b.hint = NewKeyHint(key); return b }

// Small makes the button 26 high instead of 30.
func (b *Button) Small() *Button { b.small = true; b.words.style = Secondary; return b }

// Styled sets the words in another style, such as the case's name on top.
func (b *Button) Styled(s Style) *Button { b.words.style = s; return b }

// SetWords changes the words.
func (b *Button) SetWords(words string) { b.words.SetText(words); b.Refresh() }

// Words returns the words on the button.
func (b *Button) Words() string { return b.words.Words() }

func (b *Button) inks() (ink fyne.ThemeColorName) {
	switch {
	case b.disabled:
		return ColorInk3
	case b.look == Main:
		return ColorOnAccent
	case b.look == Link:
		return ColorAccent
	case b.look == Quiet:
		return ColorInk2
	case b.look == OnFloat:
		return ColorOnFloat
	}
	return ColorInk
}

func (b *Button) paint() {
	ink := b.inks()
	b.words.color = ink
	if b.look == Main {
		b.words.style.Bold = true
	}
	fill, edge := color.Color(color.Transparent), color.Color(color.Transparent)
	switch b.look {
	case Main:
		fill = Color(ColorAccent)
		if b.disabled {
			fill = Color(ColorChip)
		}
	case Outline:
		// Filled, since a stroke over nothing is painted with a dark rim.
		fill, edge = Color(ColorPage), Color(ColorControlBorder)
	}
	if b.hovered && !b.disabled {
		switch b.look {
		case Main:
			fill = Faded(Color(ColorAccent), 0.88)
		case OnFloat:
			fill = Faded(Color(ColorOnFloat), 0.12)
		case Link:
		case Outline:
			fill = Color(ColorPanel)
		default:
			fill = Color(ColorHover)
		}
	}
	b.paper.FillColor, b.paper.StrokeColor, b.paper.StrokeWidth = fill, edge, 1
	if b.icon != nil {
		b.icon.color = ink
		if b.look == Tool && !b.disabled && b.words.Words() == "" {
			b.icon.color = ColorInk2
		} else if b.look == Tool && b.disabled {
			b.icon.color = ColorControlBorder
		}
	}
	if b.after != nil && b.look == Main {
		b.after.color = ColorOnAccent
	}
	if b.hint != nil {
		b.hint.ink = ink
	}
	paintRing(b.ring, b.focused)
}

func (b *Button) parts() []fyne.CanvasObject {
	var p []fyne.CanvasObject
	if b.icon != nil {
		p = append(p, b.icon)
	}
	if b.words.Words() != "" {
		p = append(p, b.words)
	}
	if b.after != nil {
		p = append(p, b.after)
	}
	if b.hint != nil {
		p = append(p, b.hint)
	}
	return p
}

func (b *Button) margin() float32 {
	switch {
	case b.look == Link || b.look == Quiet:
		return 4
	case b.words.Words() == "":
		return 7
	case b.small:
		return 9
	}
	return 12
}

// CreateRenderer implements fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	b.ring, b.paper = newRing(6), rectangle(ColorPage, 6)
	const gap = 7
	objects := []fyne.CanvasObject{b.paper, b.ring, b.words}
	for _, i := range []*Icon{b.icon, b.after} {
		if i != nil {
			objects = append(objects, i)
		}
	}
	if b.hint != nil {
		objects = append(objects, b.hint)
	}
	return newPainter(&painter{
		objects: objects,
		min: func() fyne.Size {
			w := 2*b.margin() - gap
			for _, p := range b.parts() {
				w += p.MinSize().Width + gap
			}
			h := Scaled(30)
			if b.small {
				h = Scaled(26)
			}
			if b.look == Link {
				h = Scaled(20)
			}
			return fyne.NewSize(max(w, 0), h)
		},
		layout: func(s fyne.Size) {
			place(b.paper, 0, 0, s.Width, s.Height)
			placeRing(b.ring, s)
			w := float32(-gap)
			for _, p := range b.parts() {
				w += p.MinSize().Width + gap
			}
			x := (s.Width - w) / 2
			for _, p := range b.parts() {
				x = middle(p, x, s.Height) + gap
			}
		},
		refresh: b.paint,
	})
}

// Chip is a ready answer or a filter: words with a fainter hint, on a tint. The chosen one has an accent edge.
type Chip struct {
	control
	words, hint *Text
	stacked     bool
	chosen      bool
}

// NewChip returns a chip on one line: words and, fainter, a hint such as a count.
func NewChip(words, hint string, press func()) *Chip {
	c := &Chip{words: NewText(Secondary, words), hint: NewText(Secondary, hint)}
	c.press = press
	c.ExtendBaseWidget(c)
	return c
}

// NewPreset returns a chip of two lines: the ready answer, and below it whom it suits.
func NewPreset(words, hint string, press func()) *Chip {
	c := &Chip{words: NewText(BodyStrong, words), hint: NewText(Caption, hint), stacked: true}
	c.press = press
	c.ExtendBaseWidget(c)
	return c
}

// SetChosen marks the chip as the one in force.
func (c *Chip) SetChosen(on bool) {
	if c.chosen != on {
		c.chosen = on
		c.Refresh()
	}
}

// Chosen reports whether the chip is the one in force.
func (c *Chip) Chosen() bool { return c.chosen }

// SetHint changes the fainter words.
func (c *Chip) SetHint(hint string) { c.hint.SetText(hint); c.Refresh() }

// Words returns the words of the chip.
func (c *Chip) Words() string { return c.words.Words() }

// CreateRenderer implements fyne.Widget.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	paper, ring := rectangle(ColorChip, 6), newRing(6)
	return newPainter(&painter{
		objects: []fyne.CanvasObject{paper, ring, c.words, c.hint},
		min: func() fyne.Size {
			a, b := c.words.MinSize(), c.hint.MinSize()
			if c.stacked {
				return fyne.NewSize(max(a.Width, b.Width)+24, a.Height+b.Height+8)
			}
			w := a.Width + 20
			if b.Width > 0 {
				w += b.Width + 6
			}
			return fyne.NewSize(w, Scaled(26))
		},
		layout: func(s fyne.Size) {
			place(paper, 0, 0, s.Width, s.Height)
			placeRing(ring, s)
			if c.stacked {
				a := c.words.MinSize()
				place(c.words, 10, 4, a.Width, a.Height)
				place(c.hint, 10, 4+a.Height, c.hint.MinSize().Width, c.hint.MinSize().Height)
				return
			}
			x := middle(c.words, 10, s.Height)
			middle(c.hint, x+6, s.Height)
		},
		refresh: func() {
			paper.FillColor, paper.StrokeColor, paper.StrokeWidth = Color(ColorChip), color.Transparent, 0
			if c.hovered {
				paper.FillColor = Color(ColorHairline)
			}
			c.words.color, c.hint.color = ColorInk2, ColorInk3
			if c.stacked {
				c.words.color = ColorInk
			}
			if c.chosen {
				paper.FillColor, paper.StrokeColor, paper.StrokeWidth = Color(ColorAccentGround), Color(ColorAccent), 1.5
				c.words.color, c.hint.color = ColorInk, ColorInk2
			}
			if !c.stacked {
				c.words.style.Bold = c.chosen
			}
			if c.disabled {
				c.words.color = ColorInk3
			}
			paintRing(ring, c.focused)
		},
	})
}

// KeyHint shows a key on the button it presses.
type KeyHint struct {
	widget.BaseWidget
	words *Text
	ink   fyne.ThemeColorName
}

// NewKeyHint returns the picture of a key.
func NewKeyHint(key string) *KeyHint {
	k := &KeyHint{words: NewText(Caption, key), ink: ColorInk2}
	k.ExtendBaseWidget(k)
	return k
}

// CreateRenderer implements fyne.Widget.
func (k *KeyHint) CreateRenderer() fyne.WidgetRenderer {
	edge := canvas.NewRectangle(color.Transparent)
	edge.CornerRadius, edge.StrokeWidth = 4, 1
	return newPainter(&painter{
		objects: []fyne.CanvasObject{edge, k.words},
		min:     func() fyne.Size { return k.words.MinSize().AddWidthHeight(10, 0) },
		layout: func(s fyne.Size) {
			place(edge, 0, 0, s.Width, s.Height)
			place(k.words, 5, 0, s.Width-10, s.Height)
		},
		refresh: func() { k.words.color = k.ink; edge.StrokeColor = Faded(Color(k.ink), 0.45) },
	})
}

// Titled says in words what a button with no or short words does.
func (b *Button) Titled(name string) *Button {
	b.name = name
	b.SetTip(name)
	return b
}

// Set changes the words and the icon.
func (b *Button) Set(words string, g Glyph) {
	if b.icon == nil || b.words.Words() == words && b.icon.glyph == g {
		return
	}
	b.icon.glyph = g
	b.words.SetText(words)
	b.icon.Refresh()
	b.Refresh()
}

// FindButton looks like a search field and opens the finder.
type FindButton struct {
	control
	words *Text
	hint  *KeyHint
}

// NewFindButton returns a button with words and the key that does the same.
func NewFindButton(words, key string, press func()) *FindButton {
	f := &FindButton{words: NewText(Body, words).In(ColorInk3), hint: NewKeyHint(key)}
	f.press = press
	f.ExtendBaseWidget(f)
	return f
}

// CreateRenderer implements fyne.Widget.
func (f *FindButton) CreateRenderer() fyne.WidgetRenderer {
	paper, ring, icon := rectangle(ColorChip, 6), newRing(6), NewSizedIcon(IconSearch, ColorInk3, 13)
	return newPainter(&painter{
		objects: []fyne.CanvasObject{paper, ring, icon, f.words, f.hint},
		min: func() fyne.Size {
			return fyne.NewSize(max(190, f.words.MinSize().Width+f.hint.MinSize().Width+70), Scaled(30))
		},
		layout: func(s fyne.Size) {
			place(paper, 0, 0, s.Width, s.Height)
			placeRing(ring, s)
			x := middle(icon, 12, s.Height)
			middle(f.words, x+7, s.Height)
			w := f.hint.MinSize().Width
			middle(f.hint, s.Width-w-10, s.Height)
		},
		refresh: func() {
			paper.FillColor = Color(ColorChip)
			if f.hovered {
				paper.FillColor = Color(ColorHairline)
			}
			paintRing(ring, f.focused)
		},
	})
}

// OnPress sets what pressing does, where that needs the button itself.
func (b *Button) OnPress(press func()) { b.press = press }

// SetKey sets what other keys do while the button has the focus; it returns whether the key was used.
func (b *Button) SetKey(key func(*fyne.KeyEvent) bool) { b.key = key }
