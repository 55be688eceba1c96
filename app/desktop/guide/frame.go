package guide

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/calc"
)

// pageLayout lays the steps at the left, the question in the middle with its foot, and the live answer at the
// right while there is room or it was asked for.
type pageLayout struct {
	page *Page
	size fyne.Size
	over bool // the narrow window shows the live answer in place of the question
	room roomFor
}

// roomFor is what the words of the foot were chosen for.
type roomFor struct {
	narrow bool
	width  float32
	scale  float32
}

// The objects of the page's layout.
const (
	atList = iota
	atLine
	atCrumb
	atHost
	atFoot
	atSide
)

func (l *pageLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(ui.Scaled(320), 240)
}

// narrow reports whether the live answer has no room beside the question.
func (l *pageLayout) narrow() bool {
	return l.size.Width < l.listWidth()+ui.Scaled(middleLeast)+ui.Scaled(sideNarrow)
}

// tight reports whether the line above the question has room for its words alone.
func (l *pageLayout) tight() bool {
	return l.room.width > 0 && l.room.width < ui.Scaled(460)
}

func (l *pageLayout) listWidth() float32 {
	return min(ui.Scaled(listWidth), l.size.Width*0.34)
}

func (l *pageLayout) sideWidth() float32 {
	return min(ui.Scaled(sideWidth), max(ui.Scaled(sideNarrow), l.size.Width-l.listWidth()-ui.Scaled(middleLeast)-140))
}

func (l *pageLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	l.size = s
	left := l.listWidth()
	ui.Place(o[atList], 0, 0, left, s.Height)
	ui.Place(o[atLine], left, 0, 1, s.Height)
	right, side := s.Width, float32(0)
	if !l.narrow() {
		side = l.sideWidth()
		right -= side
	}
	showSide := !l.narrow() || l.over
	ui.SetShown(o[atSide], showSide)
	if showSide && l.narrow() {
		ui.Place(o[atSide], left+1, 0, s.Width-left-1, s.Height)
	} else if showSide {
		ui.Place(o[atSide], right, 0, side, s.Height)
	}
	hidden := showSide && l.narrow()
	for _, at := range []int{atCrumb, atHost, atFoot} {
		ui.SetShown(o[at], !hidden)
	}
	if hidden {
		return
	}
	crumb := o[atCrumb].MinSize().Height
	foot := float32(0)
	ui.SetShown(o[atFoot], l.page.place != placeAll && l.page.place != placeStart)
	if o[atFoot].Visible() {
		foot = max(ui.Scaled(footerHeight), o[atFoot].MinSize().Height)
		ui.Place(o[atFoot], left+1, s.Height-foot, right-left-1, foot)
	}
	ui.Place(o[atCrumb], left+1, 0, right-left-1, crumb)
	ui.Place(o[atHost], left+1, crumb, right-left-1, s.Height-crumb-foot)
	if now := (roomFor{l.narrow(), right - left - 1, ui.Scale()}); now != l.room {
		l.room = now
		l.page.foot.refresh()
	}
}

// crumbRow is the line above the question: where it stands, and the switch to every input on one page.
func (p *Page) crumbRow() fyne.CanvasObject {
	p.foot.whole = ui.NewSwitch(wordsAllInputs, "", false, func(on bool) {
		if on {
			p.FocusSearch()
			return
		}
		if p.last == "" {
			p.last = p.first()
		}
		p.open(p.last)
		p.focus()
	}).Plain()
	return ui.Inset(16, margin, 2, margin, ui.Ends(10, ui.Row(14, p.crumb, p.progress), p.foot.whole))
}

// footer holds the ways back and on.
type footer struct {
	page             *Page
	back, skip, next *ui.Button
	answer           *ui.Button // shows the live answer where it has no room of its own
	whole            *ui.Switch
	row              *fyne.Container
	view             fyne.CanvasObject
}

func newFooter(p *Page) *footer {
	f := &footer{page: p}
	f.back = ui.NewButton(ui.Outline, wordsBack, p.back).WithIcon(ui.IconLeft).Titled(wordsBack)
	f.skip = ui.NewButton(ui.Quiet, wordsSkip, p.skip)
	f.next = ui.NewButton(ui.Main, wordsNext, p.next).WithKey("Enter")
	f.answer = ui.NewButton(ui.Quiet, wordsAnswerSoFar, func() { p.showAnswer(true) }).WithIcon(ui.IconResults).Titled(wordsAnswerSoFar)
	f.row = ui.Row(12, f.back, f.skip, ui.Spring(), f.answer, f.next)
	f.view = container.New(footLayout{}, ui.NewHairline(), ui.Pad(0, margin, f.row))
	return f
}

// answerWords are the answer so far in a few words: which kind of route, and what it costs a month.
func (p *Page) answerWords() string {
	a, _ := p.session.Assessment()
	if a == nil {
		return wordsAnswerSoFar
	}
	r := a.Route(a.Verdict.Route)
	if r == nil || r.Monthly == nil {
		return wordsNoAnswer
	}
	return answerSoFar(r, figure.CurrencyOf(p.session.Scenario()))
}

// showAnswer shows the live answer in place of the question, or the question again.
func (p *Page) showAnswer(on bool) {
	p.layout.over = on
	p.body.Refresh()
	p.side.refresh()
	if !on {
		p.focus()
	}
}

func (f *footer) refresh() {
	p := f.page
	pl := p.plan()
	f.whole.SetOn(p.place == placeAll)
	ui.SetShown(f.answer, p.layout.narrow() && p.place != placeStart)
	f.answer.SetWords(p.answerWords())
	ui.SetShown(f.skip, p.question != nil)
	ui.SetShown(f.next, p.question == nil || !p.question.quoting()) // the form has a main button of its own
	var before, after *calc.Input
	if p.question != nil {
		before, after = pl.neighbour(p.place, -1), pl.neighbour(p.place, +1)
	}
	ui.SetShown(f.back, before != nil || p.place == placeReview)
	f.back.SetWords(wordsBack)
	if before != nil {
		f.back.SetWords(before.Label)
	}
	switch {
	case p.place == placeReview:
		f.next.SetWords(wordsSeeResults)
	case p.place == placeStart:
		f.next.SetWords(wordsStart)
	case after != nil:
		f.next.SetWords(nextWords(after))
	default:
		f.next.SetWords(wordsNextReview)
	}
	if p.layout.narrow() && p.question != nil {
		f.back.SetWords(wordsBack)
		f.next.SetWords(wordsNext)
	}
	f.fit(p.layout.room.width - 2*margin)
	f.view.Refresh()
}

// fit gives up words, and at last the button that only leaves a question as it is, where the row has no room.
func (f *footer) fit(width float32) {
	if width <= 0 {
		return
	}
	give := []func(){
		func() { f.answer.SetWords(wordsAnswerSoFar) },
		func() { f.answer.SetWords(wordsAnswer) },
		func() { f.back.SetWords(wordsBack) },
		func() { ui.SetShown(f.skip, false) },
	}
	for _, g := range give {
		if f.row.MinSize().Width <= width {
			return
		}
		g()
	}
}

// footLayout lays the hairline on top and the buttons below it.
type footLayout struct{}

func (footLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(ui.Scaled(200), o[1].MinSize().Height+24)
}

func (footLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	ui.Place(o[0], 0, 0, s.Width, 1)
	ui.Place(o[1], 0, 1, s.Width, s.Height-1)
}
