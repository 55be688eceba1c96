package library

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure/format"
)

// moment is the likely cost a month of one revision and the route that it came from.
type moment struct {
	usd  float64
	kind string
}

// spark draws what the verdict cost from revision to revision, oldest first, on a log scale. Its text twin is the
// timeline below it.
type spark struct {
	widget.BaseWidget
	moments []moment
}

// sparkHeight is the height of the drawing at 100 %, with a line of text above the highest point.
const sparkHeight = 76

func newSpark() *spark {
	s := &spark{}
	s.ExtendBaseWidget(s)
	return s
}

// set draws the revisions, newest first as they are listed; it hides where there are not two costs to join.
func (s *spark) set(revisions []session.Revision) {
	s.moments = nil
	for i := len(revisions) - 1; i >= 0; i-- {
		sum := revisions[i].Summary
		if sum.Monthly != nil && sum.Monthly.Likely > 0 {
			s.moments = append(s.moments, moment{sum.Monthly.Likely, string(sum.Kind)})
		}
	}
	s.Hidden = len(s.moments) < 2
	s.Refresh()
}

// extent returns the lowest and the highest cost, a little apart where they are one.
func (s *spark) extent() (low, high float64) {
	low, high = math.Inf(1), 0
	for _, m := range s.moments {
		low, high = min(low, m.usd), max(high, m.usd)
	}
	if high < low*1.2 { // small changes stay small on the picture
		low, high = low/1.1, high*1.1
	}
	return low, high
}

// places returns where the points stand in a size.
func (s *spark) places(size fyne.Size) []fyne.Position {
	low, high := s.extent()
	top, foot := ui.Scaled(20), size.Height-ui.Scaled(18)
	left, right := float32(8), size.Width-8
	out := make([]fyne.Position, len(s.moments))
	for i, m := range s.moments {
		share := float32(math.Log(m.usd/low) / math.Log(high/low))
		out[i] = fyne.NewPos(left+(right-left)*float32(i)/float32(len(s.moments)-1), foot-(foot-top)*share)
	}
	return out
}

// CreateRenderer implements fyne.Widget.
func (s *spark) CreateRenderer() fyne.WidgetRenderer { return &sparkRenderer{s: s} }

type sparkRenderer struct {
	s       *spark
	objects []fyne.CanvasObject
}

func (r *sparkRenderer) Destroy()                     {}
func (r *sparkRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *sparkRenderer) MinSize() fyne.Size           { return fyne.NewSize(120, ui.Scaled(sparkHeight)) }
func (r *sparkRenderer) Layout(size fyne.Size)        { r.draw(size) }
func (r *sparkRenderer) Refresh()                     { r.draw(r.s.Size()) }

func (r *sparkRenderer) draw(size fyne.Size) {
	r.objects = nil
	if len(r.s.moments) < 2 || size.Width < 40 {
		return
	}
	at := r.s.places(size)
	for i := 1; i < len(at); i++ {
		line := canvas.NewLine(ui.Color(ui.ColorControlBorder))
		line.StrokeWidth = 1
		line.Position1, line.Position2 = at[i-1], at[i]
		r.objects = append(r.objects, line)
	}
	highest := 0
	for i, p := range at {
		radius := float32(3)
		if i == len(at)-1 {
			radius = 5
		}
		dot := canvas.NewCircle(ui.Color(ui.RouteColor(r.s.moments[i].kind)))
		ui.Place(dot, p.X-radius, p.Y-radius, 2*radius, 2*radius)
		r.objects = append(r.objects, dot)
		if r.s.moments[i].usd > r.s.moments[highest].usd {
			highest = i
		}
	}
	last := len(at) - 1
	r.label(at[last], r.s.moments[last].usd, true, size)
	for _, i := range []int{0, highest} { // where there is room: not over the newest
		if width := at[last].X - at[i].X; i != last && width > ui.Scaled(110) && (i == highest || at[highest].X-at[i].X > ui.Scaled(110)) {
			r.label(at[i], r.s.moments[i].usd, false, size)
			if i == highest {
				break
			}
		}
	}
	canvas.Refresh(r.s)
}

// label writes a cost above its point, within the picture.
func (r *sparkRenderer) label(p fyne.Position, usd float64, strong bool, size fyne.Size) {
	style := ui.Caption
	style.Bold = strong
	words := ui.NewText(style, format.Money(usd))
	width, height := words.FullWidth()+1, ui.Scaled(16)
	ui.Place(words, min(max(0, p.X-width/2), size.Width-width), p.Y-height-4, width, height)
	r.objects = append(r.objects, words)
}
