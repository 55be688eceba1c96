package guide

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"hostwise/app/desktop/ui"
	"hostwise/calc"
)

// mark is how far one of the essential questions is.
type mark int

const (
	unseen mark = iota
	passed      // left at its default
	own         // answered by the person
)

// progress is the bar of the essential questions: one segment each, with the one in view ringed.
type progress struct {
	widget.BaseWidget
	marks []mark
	at    int // the one in view, -1 for none
}

func newProgress() *progress {
	p := &progress{at: -1}
	p.ExtendBaseWidget(p)
	return p
}

func (p *progress) set(marks []mark, at int) {
	if !slices.Equal(p.marks, marks) || p.at != at {
		p.marks, p.at = marks, at
		p.Refresh()
	}
}

// The measures of a segment at 100 %.
const (
	segmentWide = 20
	segmentHigh = 4
	segmentGap  = 4
)

// CreateRenderer implements fyne.Widget.
func (p *progress) CreateRenderer() fyne.WidgetRenderer {
	r := &progressRenderer{progress: p}
	r.Refresh()
	return r
}

type progressRenderer struct {
	progress *progress
	bars     []*canvas.Rectangle
	size     fyne.Size
}

func (r *progressRenderer) Destroy() {}

func (r *progressRenderer) MinSize() fyne.Size {
	n := float32(len(r.progress.marks))
	return fyne.NewSize(max(0, n*ui.Scaled(segmentWide)+(n-1)*segmentGap), ui.Scaled(segmentHigh)+6)
}

func (r *progressRenderer) Objects() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(r.bars))
	for i, b := range r.bars {
		out[i] = b
	}
	return out
}

func (r *progressRenderer) Layout(s fyne.Size) {
	r.size = s
	n := float32(len(r.bars))
	if n == 0 {
		return
	}
	wide, high := (s.Width-(n-1)*segmentGap)/n, ui.Scaled(segmentHigh)
	for i, b := range r.bars {
		h := high
		if i == r.progress.at {
			h += 4
		}
		ui.Place(b, float32(i)*(wide+segmentGap), (s.Height-h)/2, wide, h)
	}
}

func (r *progressRenderer) Refresh() {
	for len(r.bars) < len(r.progress.marks) {
		r.bars = append(r.bars, canvas.NewRectangle(color.Transparent))
	}
	r.bars = r.bars[:len(r.progress.marks)]
	for i, b := range r.bars {
		b.CornerRadius, b.StrokeWidth = 2, 0
		switch r.progress.marks[i] {
		case own:
			b.FillColor = ui.Color(ui.ColorAccent)
		case passed:
			b.FillColor = ui.Color(ui.ColorBarWeak)
		default:
			b.FillColor = ui.Color(ui.ColorChip)
		}
		if i == r.progress.at {
			b.StrokeColor, b.StrokeWidth = ui.Color(ui.ColorAccent), 1.5
		}
	}
	r.Layout(r.size)
	canvas.Refresh(r.progress)
}

// essentials are the few questions that lead to a verdict.
func (p *Page) essentials() []*calc.Input {
	return plan{scenario: p.session.Scenario(), brief: true}.all()
}

// marks say how far each essential question is, and which is in view.
func (p *Page) marks() (marks []mark, at int) {
	at = -1
	for i, in := range p.essentials() {
		m := unseen
		switch {
		case p.answered(in):
			m = own
		case p.seen[in.Path]:
			m = passed
		}
		if in.Path == p.place {
			at = i
		}
		marks = append(marks, m)
	}
	return marks, at
}

// showProgress shows the bar while the essential questions are asked alone.
func (p *Page) showProgress() {
	marks, at := p.marks()
	p.progress.set(marks, at)
	ui.SetShown(p.progress, p.brief && p.question != nil && !p.layout.tight())
}

// answeredEssentials counts the essential questions with an answer of the person's own.
func (p *Page) answeredEssentials() (n, of int) {
	marks, _ := p.marks()
	for _, m := range marks {
		if m == own {
			n++
		}
	}
	return n, len(marks)
}

// openEssentials goes on with the essential questions alone: with the first that is not answered.
func (p *Page) openEssentials() {
	list := p.essentials()
	at := max(0, slices.IndexFunc(list, func(in *calc.Input) bool { return !p.answered(in) }))
	p.brief = true
	p.more = map[calc.Step]bool{}
	p.open(list[at].Path)
	p.focus()
}
