package uitest

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// Ink is a text as it is painted: its colour, and that of whatever lies behind its middle.
type Ink struct {
	Words       string
	Ink, Ground color.NRGBA
	Size        float32
	Bold        bool
	Disabled    bool // of a control that is out of use
	OnPicture   bool // behind it lies a picture, whose colours are not known here
}

// sheet is one painted area.
type sheet struct {
	at      fyne.Position
	size    fyne.Size
	color   color.NRGBA
	picture bool
}

func (s *sheet) holds(p fyne.Position) bool {
	return p.X >= s.at.X && p.Y >= s.at.Y && p.X <= s.at.X+s.size.Width && p.Y <= s.at.Y+s.size.Height
}

// painting follows the order in which a window is painted.
type painting struct {
	ground color.NRGBA
	sheets []sheet
	inks   []Ink
}

// Inks returns every text in view with its ground, in the order of painting: first the window, then what lies over it.
func Inks(w fyne.Window) []Ink {
	p := &painting{ground: straight(theme.Color(theme.ColorNameBackground))}
	size := w.Canvas().Size()
	p.paint(w.Content(), fyne.Position{}, sheet{size: size}, false)
	for _, o := range w.Canvas().Overlays().List() {
		p.paint(o, fyne.Position{}, sheet{size: size}, false)
	}
	return p.inks
}

// straight is a colour with its opacity apart.
func straight(c color.Color) color.NRGBA { return color.NRGBAModel.Convert(c).(color.NRGBA) }

// over lays a colour that may be seen through over a full one.
func over(top, below color.NRGBA) color.NRGBA {
	a := int(top.A)
	mix := func(x, y uint8) uint8 { return uint8((int(x)*a + int(y)*(255-a)) / 255) }
	return color.NRGBA{mix(top.R, below.R), mix(top.G, below.G), mix(top.B, below.B), 255}
}

// paint visits an object whose parent lies at a place; view is what can be seen of it.
func (p *painting) paint(o fyne.CanvasObject, parent fyne.Position, view sheet, disabled bool) {
	if o == nil || !o.Visible() {
		return
	}
	at := parent.Add(o.Position())
	if d, ok := o.(interface{ Disabled() bool }); ok {
		disabled = d.Disabled()
	}
	switch x := o.(type) {
	case *canvas.Text:
		p.write(x, at, view, disabled)
	case *canvas.Rectangle:
		p.lay(x.FillColor, at, x.Size(), view)
	case *canvas.Circle:
		p.lay(x.FillColor, at, x.Size(), view)
	case *canvas.Image:
		if x.Resource == nil { // a drawing; an icon and a dashed line have a resource and are thin
			p.show(at, x.Size(), view)
		}
	case *canvas.Raster:
		p.show(at, x.Size(), view)
	case *fyne.Container:
		for _, child := range x.Objects {
			p.paint(child, at, view, disabled)
		}
	case *container.Scroll:
		p.inside(x, at, cut(view, sheet{at: at, size: x.Size()}), disabled)
	case fyne.Widget:
		p.inside(x, at, view, disabled)
	}
}

func (p *painting) inside(w fyne.Widget, at fyne.Position, view sheet, disabled bool) {
	for _, child := range test.WidgetRenderer(w).Objects() {
		p.paint(child, at, view, disabled)
	}
}

// cut is what two areas have in common.
func cut(a, b sheet) sheet {
	left, top := max(a.at.X, b.at.X), max(a.at.Y, b.at.Y)
	right, foot := min(a.at.X+a.size.Width, b.at.X+b.size.Width), min(a.at.Y+a.size.Height, b.at.Y+b.size.Height)
	return sheet{at: fyne.NewPos(left, top), size: fyne.NewSize(max(0, right-left), max(0, foot-top))}
}

func (p *painting) lay(c color.Color, at fyne.Position, size fyne.Size, view sheet) {
	if c == nil {
		return
	}
	n := straight(c)
	if n.A == 0 {
		return
	}
	s := cut(view, sheet{at: at, size: size})
	s.color = n
	p.sheets = append(p.sheets, s)
}

func (p *painting) show(at fyne.Position, size fyne.Size, view sheet) {
	s := cut(view, sheet{at: at, size: size})
	s.picture = true
	p.sheets = append(p.sheets, s)
}

func (p *painting) write(t *canvas.Text, at fyne.Position, view sheet, disabled bool) {
	middle := at.AddXY(t.Size().Width/2, t.Size().Height/2)
	if t.Text == "" || t.Size().Width <= 0 || !view.holds(middle) {
		return
	}
	ink := Ink{Words: t.Text, Size: t.TextSize, Bold: t.TextStyle.Bold, Disabled: disabled, Ground: p.ground}
	for i := range p.sheets {
		s := &p.sheets[i]
		switch {
		case !s.holds(middle):
		case s.picture:
			ink.OnPicture = true
		default:
			ink.Ground = over(s.color, ink.Ground)
			if s.color.A == 255 {
				ink.OnPicture = false
			}
		}
	}
	ink.Ink = over(straight(t.Color), ink.Ground)
	p.inks = append(p.inks, ink)
}
