package ui

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Swatch is the small square of a route's colour that stands beside its name.
type Swatch struct {
	widget.BaseWidget
	kind  string
	faded bool
	round bool
}

// NewDot returns a round swatch, for a point in time or on a line.
func NewDot(kind string) *Swatch {
	s := NewSwatch(kind, false)
	s.round = true
	return s
}

// NewSwatch returns the swatch of a kind of route: "api", "rent", "own" or "mixed". Faded is for a route that
// is ruled out.
func NewSwatch(kind string, faded bool) *Swatch {
	s := &Swatch{kind: kind, faded: faded}
	s.ExtendBaseWidget(s)
	return s
}

// Set changes the kind of route.
func (s *Swatch) Set(kind string, faded bool) {
	if s.kind != kind || s.faded != faded {
		s.kind, s.faded = kind, faded
		s.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (s *Swatch) CreateRenderer() fyne.WidgetRenderer {
	r := canvas.NewRectangle(color.Transparent)
	r.CornerRadius = 2
	return newPainter(&painter{
		objects: []fyne.CanvasObject{r},
		min:     func() fyne.Size { return fyne.NewSquareSize(10) },
		layout:  func(z fyne.Size) { place(r, 0, (z.Height-10)/2, 10, 10) },
		refresh: func() {
			c := Color(RouteColor(s.kind))
			if s.faded {
				c = Faded(c, 0.35)
			}
			r.FillColor = c
			r.StrokeColor, r.StrokeWidth = c, 0
			if edge := routeEdge(s.kind); edge != nil && !s.faded {
				r.StrokeColor, r.StrokeWidth = edge, 1 // lifts a pale paint to 3:1 against the ground
			}
			if s.round {
				r.CornerRadius = 5
			}
		},
	})
}

// RouteName is a swatch with the route's name beside it, in ink.
func RouteName(kind, name string, strong, faded bool) *fyne.Container {
	t := NewText(Body, name).Cut()
	if strong {
		t.style = BodyStrong
	}
	if faded {
		t.color = ColorInk3
	}
	return Row(8, NewSwatch(kind, faded), Grow(t))
}

// RangeMark draws a likely value as a dot and P10 to P90 as a thick pale line with end ticks, on a scale that
// it shares with its neighbours. The dot is hollow where the route is ruled out.
type RangeMark struct {
	widget.BaseWidget
	Low, Likely, High float64
	Min, Max          float64 // of the scale
	Log               bool
	Kind              string // of the route, for the colour
	Hollow            bool
	Axis              bool // draw a hairline behind
}

// NewRangeMark returns a mark on the scale from min to max.
func NewRangeMark(kind string, low, likely, high, min, max float64) *RangeMark {
	m := &RangeMark{Low: low, Likely: likely, High: high, Min: min, Max: max, Kind: kind}
	m.ExtendBaseWidget(m)
	return m
}

// at returns where a value stands, 0..1.
func (m *RangeMark) at(v float64) float32 {
	lo, hi := m.Min, m.Max
	if m.Log {
		if v <= 0 || lo <= 0 {
			return 0
		}
		v, lo, hi = math.Log(v), math.Log(lo), math.Log(hi)
	}
	if hi <= lo {
		return 0.5
	}
	return float32(min(max((v-lo)/(hi-lo), 0), 1))
}

// CreateRenderer implements fyne.Widget.
func (m *RangeMark) CreateRenderer() fyne.WidgetRenderer {
	axis := canvas.NewRectangle(color.Transparent)
	band := canvas.NewRectangle(color.Transparent)
	left, right := canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	dot := canvas.NewCircle(color.Transparent)
	var size fyne.Size
	layout := func(s fyne.Size) {
		size = s
		const margin, half = 6, 4.5
		w, mid := s.Width-2*margin, s.Height/2
		a, b, c := margin+w*m.at(m.Low), margin+w*m.at(m.Likely), margin+w*m.at(m.High)
		place(axis, 0, mid-0.5, s.Width, 1)
		place(band, a, mid-1.5, max(0, c-a), 3)
		place(left, a-0.75, mid-half, 1.5, 2*half)
		place(right, c-0.75, mid-half, 1.5, 2*half)
		place(dot, b-4.5, mid-4.5, 9, 9)
	}
	return newPainter(&painter{
		objects: []fyne.CanvasObject{axis, band, left, right, dot},
		min:     func() fyne.Size { return fyne.NewSize(60, 16) },
		layout:  layout,
		refresh: func() {
			c := Color(RouteColor(m.Kind))
			axis.FillColor = Color(ColorHairline)
			axis.Hidden = !m.Axis
			band.FillColor, left.FillColor, right.FillColor = Faded(c, 0.45), c, c
			dot.FillColor, dot.StrokeColor, dot.StrokeWidth = c, Color(ColorPage), 1.5
			if m.Hollow {
				dot.FillColor, dot.StrokeColor = Color(ColorPage), Faded(c, 0.7)
				band.FillColor, left.FillColor, right.FillColor = Faded(c, 0.25), Faded(c, 0.4), Faded(c, 0.4)
			}
			exact := m.Low == m.High
			band.Hidden, left.Hidden, right.Hidden = exact, exact, exact
			if size.Width > 0 {
				layout(size)
			}
		},
	})
}

// Share is one part of a ChanceBar.
type Share struct {
	Kind  string  // of the route
	Share float64 // 0..1
}

// ChanceBar shows how often each kind of route is the cheapest, as one bar. A single share leaves the rest of
// the track empty.
type ChanceBar struct {
	widget.BaseWidget
	shares []Share
	height float32
}

// NewChanceBar returns a bar of a height.
func NewChanceBar(height float32, shares ...Share) *ChanceBar {
	b := &ChanceBar{shares: shares, height: height}
	b.ExtendBaseWidget(b)
	return b
}

// SetShares replaces the shares.
func (b *ChanceBar) SetShares(shares ...Share) {
	b.shares = shares
	b.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (b *ChanceBar) CreateRenderer() fyne.WidgetRenderer {
	r := &chanceRenderer{bar: b, track: rectangle(ColorChip, 1.5)}
	r.Refresh()
	return r
}

type chanceRenderer struct {
	bar     *ChanceBar
	track   *canvas.Rectangle
	parts   []*canvas.Rectangle
	objects []fyne.CanvasObject
}

func (r *chanceRenderer) Destroy()                     {}
func (r *chanceRenderer) MinSize() fyne.Size           { return fyne.NewSize(24, r.bar.height) }
func (r *chanceRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *chanceRenderer) Layout(s fyne.Size) {
	const gap = 2
	top := (s.Height - r.bar.height) / 2
	place(r.track, 0, top, s.Width, r.bar.height)
	var x float32
	for i, p := range r.parts {
		w := s.Width * float32(r.bar.shares[i].Share)
		place(p, x, top, max(1, w-gap), r.bar.height)
		x += w
	}
}

func (r *chanceRenderer) Refresh() {
	r.track.FillColor = Color(ColorChip)
	r.objects, r.parts = []fyne.CanvasObject{r.track}, r.parts[:0]
	for _, s := range r.bar.shares {
		p := rectangle(RouteColor(s.Kind), 1.5)
		p.Hidden = s.Share <= 0
		r.parts = append(r.parts, p)
		r.objects = append(r.objects, p)
	}
	r.Layout(r.bar.Size())
	canvas.Refresh(r.bar)
}

// Hairline is the thin line that parts two areas.
type Hairline struct {
	widget.BaseWidget
	upright bool
}

// NewHairline returns a level hairline.
func NewHairline() *Hairline {
	h := &Hairline{}
	h.ExtendBaseWidget(h)
	return h
}

// NewUpright returns an upright hairline.
func NewUpright() *Hairline {
	h := &Hairline{upright: true}
	h.ExtendBaseWidget(h)
	return h
}

// CreateRenderer implements fyne.Widget.
func (h *Hairline) CreateRenderer() fyne.WidgetRenderer {
	r := rectangle(ColorHairline, 0)
	return newPainter(&painter{
		objects: []fyne.CanvasObject{r},
		min:     func() fyne.Size { return fyne.NewSquareSize(1) },
		layout: func(s fyne.Size) {
			if h.upright {
				place(r, 0, 0, 1, s.Height)
				return
			}
			place(r, 0, 0, s.Width, 1)
		},
		refresh: func() { r.FillColor = Color(ColorHairline) },
	})
}

// Ground tints an area. It keeps its role when the theme changes.
type Ground struct {
	widget.BaseWidget
	role   fyne.ThemeColorName
	radius float32
}

// NewGround returns a tint with rounded corners.
func NewGround(role fyne.ThemeColorName, radius float32) *Ground {
	g := &Ground{role: role, radius: radius}
	g.ExtendBaseWidget(g)
	return g
}

// Set changes the role; "" is no tint.
func (g *Ground) Set(role fyne.ThemeColorName) {
	if g.role != role {
		g.role = role
		g.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (g *Ground) CreateRenderer() fyne.WidgetRenderer {
	r := rectangle(ColorPage, g.radius)
	return newPainter(&painter{
		objects: []fyne.CanvasObject{r},
		min:     func() fyne.Size { return fyne.Size{} },
		layout:  func(s fyne.Size) { place(r, 0, 0, s.Width, s.Height) },
		refresh: func() {
			r.FillColor = color.Transparent
			if g.role != "" {
				r.FillColor = Color(g.role)
			}
		},
	})
}

// On sets an object on a tinted ground.
func On(role fyne.ThemeColorName, radius float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(stackLayout{}, NewGround(role, radius), o)
}

// stackLayout lays everything over everything; the last object decides the height.
type stackLayout struct{}

func (stackLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	return HeightAt(o[len(o)-1], width)
}
func (stackLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[len(o)-1].MinSize() }
func (stackLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		place(o, 0, 0, size.Width, size.Height)
	}
}

// Section is a titled part of a page, without a box: the title, words beside it in third ink, and the body.
func Section(title, beside string, body fyne.CanvasObject) *fyne.Container {
	head := Row(8, NewText(BodyStrong, title), NewText(Caption, beside).In(ColorInk3))
	return Column(8, head, body)
}
