package ui

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Badge shows how far a statement can be relied on, by shape and word, never by colour alone: confirmed is
// solid with a tick, likely an outline, speculation a dashed outline, false struck through, measured a tint
// with a dot, yours the accent's ground with a pencil, an age the warning's ground with a clock.
type Badge struct {
	widget.BaseWidget
	evidence string
	words    string
}

// NewBadge returns the badge of a kind of evidence: "confirmed", "measured", "yours", "likely", "speculation"
// or "false".
func NewBadge(evidence string) *Badge { return newBadge(evidence, evidence) }

// NewAgeBadge returns the badge of a fact that has grown old.
func NewAgeBadge(days int) *Badge {
	if days == 1 {
		return newBadge("age", "1 day")
	}
	return newBadge("age", fmt.Sprintf("%d days", days))
}

// NewWarningBadge returns a badge on the warning's ground with other words.
func NewWarningBadge(words string) *Badge { return newBadge("age", words) }

// NewTag returns a plain tinted word, such as a tag of a case.
func NewTag(words string) *Badge { return newBadge("tag", words) }

func newBadge(evidence, words string) *Badge {
	b := &Badge{evidence: evidence, words: words}
	b.ExtendBaseWidget(b)
	return b
}

// Set changes the evidence.
func (b *Badge) Set(evidence string) { b.set(evidence, evidence) }

// SetTag changes the badge to a plain tinted word.
func (b *Badge) SetTag(words string) { b.set("tag", words) }

func (b *Badge) set(evidence, words string) {
	if b.evidence != evidence || b.words != words {
		b.evidence, b.words = evidence, words
		b.Refresh()
	}
}

// Words returns the word on the badge.
func (b *Badge) Words() string { return b.words }

// badgeLook is how one kind of evidence is drawn.
type badgeLook struct {
	icon         Glyph
	ink          fyne.ThemeColorName
	ground, edge fyne.ThemeColorName // "" = none
	dashed       bool
	strike       bool
}

var badgeLooks = map[string]badgeLook{
	"confirmed":   {icon: IconCheck, ink: ColorPage, ground: ColorInk2},
	"likely":      {ink: ColorInk2, edge: ColorInk3},
	"speculation": {ink: ColorInk2, edge: ColorInk3, dashed: true},
	"false":       {ink: ColorInk3, edge: ColorControlBorder, strike: true},
	"measured":    {icon: IconDot, ink: ColorInk2, ground: ColorChip},
	"yours":       {icon: IconPencil, ink: ColorAccent, ground: ColorAccentGround},
	"age":         {icon: IconClock, ink: ColorWarning, ground: ColorWarningGround},
	"tag":         {ink: ColorInk2, ground: ColorChip},
}

// pill is the outline of a badge as path data: two level lines and two half circles, each of two cubic curves.
func pill(w, h float64) string {
	const kappa = 0.5523 // of a quarter circle by a cubic curve
	r := h/2 - 1
	l, t, k := 1+r, 1.0, kappa*r
	e, b, m := w-1-r, h-1, h/2
	return fmt.Sprintf("M%.2f %.2fL%.2f %.2fC%.2f %.2f %.2f %.2f %.2f %.2fC%.2f %.2f %.2f %.2f %.2f %.2fL%.2f %.2fC%.2f %.2f %.2f %.2f %.2f %.2fC%.2f %.2f %.2f %.2f %.2f %.2f",
		l, t, e, t, e+k, t, w-1, m-k, w-1, m, w-1, m+k, e+k, b, e, b, l, b, l-k, b, 1.0, m+k, 1.0, m, 1.0, m-k, l-k, t, l, t)
}

// CreateRenderer implements fyne.Widget.
func (b *Badge) CreateRenderer() fyne.WidgetRenderer {
	paper := canvas.NewRectangle(color.Transparent)
	dashes := canvas.NewImageFromResource(nil)
	dashes.FillMode = canvas.ImageFillStretch
	icon := NewSizedIcon(IconDot, ColorInk2, 10)
	words := NewText(Caption, b.words)
	look := func() badgeLook { return badgeLooks[b.evidence] }
	height := func() float32 { return Scaled(18) }
	var size fyne.Size
	dash := func() {
		if !look().dashed || size.Width <= 0 {
			dashes.Hide()
			return
		}
		w, h, ink := int(size.Width*2), int(size.Height*2), hexOf(Color(look().edge))
		dashes.Resource = cached(fmt.Sprintf("dash-%d-%d-%s", w, h, ink), func() string {
			return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d">`+
				`<path d="%s" fill="none" stroke="%s" stroke-width="2" stroke-dasharray="6 4"/></svg>`,
				w, h, w, h, pill(float64(w), float64(h)), ink)
		})
		dashes.Show()
	}
	return newPainter(&painter{
		objects: []fyne.CanvasObject{paper, dashes, icon, words},
		min: func() fyne.Size {
			w := words.MinSize().Width + 14
			if look().icon != "" {
				w += Scaled(10) + 4
			}
			return fyne.NewSize(w, height())
		},
		layout: func(s fyne.Size) {
			size = fyne.NewSize(s.Width, height())
			top := (s.Height - height()) / 2
			place(paper, 0, top, s.Width, height())
			place(dashes, 0, top, s.Width, height())
			dash()
			x := float32(7)
			if look().icon != "" {
				x = middle(icon, x, s.Height) + 4
			}
			middle(words, x, s.Height)
		},
		refresh: func() {
			l := look()
			paper.FillColor, paper.StrokeColor, paper.StrokeWidth = color.Transparent, color.Transparent, 0
			paper.CornerRadius = height() / 2
			if b.evidence == "tag" {
				paper.CornerRadius = 5
			}
			if l.ground != "" {
				paper.FillColor = Color(l.ground)
			}
			if l.edge != "" && !l.dashed {
				paper.FillColor = Color(ColorPage)
				paper.StrokeColor, paper.StrokeWidth = Color(l.edge), 1
			}
			icon.Hidden = l.icon == ""
			icon.Set(l.icon, l.ink)
			words.color = l.ink
			words.SetSpans(Span{Text: b.words, Strike: l.strike})
			words.Refresh()
			dash()
		},
	})
}

// SetDays changes the badge to the age of a fact.
func (b *Badge) SetDays(days int) { b.set("age", fmt.Sprintf("%d days", days)) }

// SetWarning changes the badge to words on the warning's ground.
func (b *Badge) SetWarning(words string) { b.set("age", words) }
