package results

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// insetOfAnswer is the empty space above the verdict.
const insetOfAnswer = 18

// answerTab is the first screen: the verdict, why, the routes and what would change it; the figures below.
type answerTab struct {
	page    *Page
	body    *fyne.Container
	scroll  *container.Scroll
	top     *fyne.Container // rebuilt with every assessment
	figures *fyne.Container // kept, so that an old picture stays until the new one is drawn
	below   *fyne.Container
	panes   []*pane
	busy    bool // ranges and the like are still being worked out

	reasons, flips, whatIf, others, quotas, notes kept
}

func newAnswerTab(p *Page) *answerTab {
	t := &answerTab{page: p, top: ui.Column(24), below: ui.Column(24), figures: rows(28)}
	for _, id := range figureOrder {
		pane := newPane(p, id, fyne.NewSize(240, 216))
		pane.chart.View.SetInSight(false)
		t.panes = append(t.panes, pane)
		t.figures.Add(pane)
	}
	t.scroll = ui.Scroll(ui.Inset(insetOfAnswer, margin, 32, margin,
		ui.Column(20, t.top, ui.NewHairline(), t.figures, ui.NewHairline(), t.below)))
	t.scroll.OnScrolled = func(fyne.Position) { t.drawSeen() }
	t.body = container.New(toldLayout{t.drawSeen}, t.scroll)
	return t
}

func (t *answerTab) content() fyne.CanvasObject { return t.body }

// drawSeen lets the figures be drawn that are in view, and once the answer is final those half a screen further on,
// so that scrolling finds them ready.
func (t *answerTab) drawSeen() {
	room := t.scroll.Size().Height
	above, below := t.scroll.Offset.Y, t.scroll.Offset.Y+room
	if !t.busy {
		above, below = above-room/2, below+room/2
	}
	top := t.figures.Position().Y + insetOfAnswer
	for _, p := range t.panes {
		y := top + p.Position().Y
		p.chart.View.SetInSight(room > 0 && y < below && y+p.Size().Height > above)
	}
}

func (t *answerTab) show(v view) {
	t.top.Objects = []fyne.CanvasObject{t.verdictHead(v), grid(24, t.whyPanel(v), t.routesPanel(v), t.flipsPanel(v))}
	below := []fyne.CanvasObject{t.whatIfPanel(v), t.alternativesPanel(v), t.notesPanel(v)}
	if len(v.a.Quotas) > 0 {
		below = slices.Insert(below, 2, t.quotasPanel(v))
	}
	t.below.Objects = []fyne.CanvasObject{grid(24, below...)}
	for _, p := range t.panes {
		p.show(v)
	}
	renewed(t.scroll)
	t.busy = v.state.Computing != session.Idle
	t.drawSeen()
}

// whyPanel are the reasons, or where no route is left what stands in the way.
func (t *answerTab) whyPanel(v view) fyne.CanvasObject {
	if v.a.Verdict.Route == "" {
		return t.blockedPanel(v)
	}
	return t.reasonsPanel(v)
}

// reasonsPanel are the three reasons that carry the verdict.
func (t *answerTab) reasonsPanel(v view) fyne.CanvasObject {
	return t.reasons.renew(func() fyne.CanvasObject {
		list := ui.Column(12)
		for i, r := range v.a.Verdict.ReasonsFull {
			list.Add(hanging(22, ui.NewText(ui.Body, fmt.Sprint(i+1)).In(ui.ColorInk3),
				ui.Column(1, ui.NewText(ui.BodyStrong, held(r.Title)).Wrapped(), ui.NewText(ui.Secondary, held(r.Text)).In(ui.ColorInk2).Wrapped())))
		}
		return ui.Column(8, ui.NewText(ui.BodyStrong, "Why"), list)
	}, v.a.Verdict.ReasonsFull)
}

// flipsPanel lists the values at which the verdict changes, nearest first, and what changes nothing.
func (t *answerTab) flipsPanel(v view) fyne.CanvasObject {
	looked := v.state.Computing == session.Idle && v.a.Draws > 0
	return t.flips.renew(func() fyne.CanvasObject { return t.flipsList(v, looked) },
		v.a.Verdict.Flips, v.a.Verdict.NoFlip, v.a.Verdict.Route, v.a.Verdict.Kind, v.cur, looked)
}

// flipsList is built for flips that were looked for, or says that they still are.
func (t *answerTab) flipsList(v view, looked bool) fyne.CanvasObject {
	head := ui.Ends(12, ui.NewText(ui.BodyStrong, "What would change it"), ui.NewText(ui.Caption, wordsNearest).In(ui.ColorInk3))
	list := ui.Column(0)
	flips, left := v.a.Verdict.Flips, []string{}
	for i, f := range flips {
		if i >= mostFlips {
			left = append(left, format.Lowered(f.Label))
			continue
		}
		list.Add(t.flipRow(v, i+1, f))
	}
	body := ui.Column(8, head)
	switch {
	case len(flips) > 0:
		body.Add(list)
	case !looked:
		body.Add(ui.NewText(ui.Secondary, "Each answer is being moved until the verdict changes …").In(ui.ColorInk3).Wrapped())
		return body
	case v.a.Verdict.Route == "":
		body.Add(ui.NewText(ui.Secondary, "A rule decides here, not a number: change one of the rules at the left.").In(ui.ColorInk2).Wrapped())
		return body
	default:
		body.Add(ui.NewText(ui.Secondary, wordsNothingFlips).In(ui.ColorInk2).Wrapped())
	}
	if len(left) > 0 {
		body.Add(ui.NewText(ui.Caption, "Further off: "+listed(left, 4)+".").In(ui.ColorInk3).Wrapped())
	}
	if words := noFlipWords(v.a.Verdict.NoFlip); words != "" {
		body.Add(ui.NewText(ui.Caption, words).In(ui.ColorInk3).Wrapped())
	}
	return body
}

// mostFlips is how many flips the first screen lists.
const mostFlips = 5

// noFlipWords says in a sentence which answers change nothing at any value.
func noFlipWords(paths []string) string {
	var names []string
	for _, p := range paths {
		names = append(names, format.Lowered(labelOf(p)))
	}
	if len(names) == 0 {
		return ""
	}
	return "Not reached by " + listed(names, 5) + "."
}

func (t *answerTab) flipRow(v view, n int, f calc.Flip) fyne.CanvasObject {
	in := calc.LookupInput(f.Input)
	kind := kindOf(v.a, f.Becomes)
	becomes := ui.Row(6, ui.NewSwatch(string(kind), false), ui.Grow(ui.NewText(ui.Body, becomesWords(v.a, f.Becomes)).Cut()))
	if f.Becomes == "" {
		becomes = ui.Row(6, ui.NewSizedIcon(ui.IconLock, ui.ColorInk3, 10), ui.Grow(ui.NewText(ui.Body, "none")))
	}
	row := container.New(flipRowLayout{},
		ui.NewText(ui.Body, fmt.Sprint(n)).In(ui.ColorInk3),
		ui.NewText(ui.Body, f.Label).Cut(),
		ui.NewText(ui.Body, amount(in, f.Now, v.cur)).In(ui.ColorInk3).Right(),
		ui.NewSizedIcon(ui.IconArrow, ui.ColorInk2, 13),
		ui.NewText(ui.BodyStrong, amount(in, f.At, v.cur)),
		ui.NewText(ui.Caption, times(f.Now, f.At)).In(ui.ColorInk3).Right(),
		becomes)
	return ui.NewPressable(row, func() { t.page.ask(f.Input) })
}

// becomesWords names what wins beyond a flip: its kind, or where that is the verdict's own kind the route.
func becomesWords(a *calc.Assessment, id string) string {
	kind := kindOf(a, id)
	if kind == a.Verdict.Kind {
		switch id {
		case "cloud-endpoint":
			return "Cloud"
		case "api-gateway":
			return "Gateway"
		case "api-batch":
			return "Batch"
		}
	}
	return figure.KindNames[kind]
}

// flipRowLayout sets the columns of a flip: number, answer, now, arrow, then, how far, what wins then.
type flipRowLayout struct{}

func (flipRowLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(ui.Scaled(240), ui.Scaled(27))
}

func (flipRowLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	widths := []float32{14, 0, 44, 12, 48, 34, 58}
	left := s.Width
	for i, w := range widths {
		widths[i] = ui.Scaled(w)
		left -= widths[i]
	}
	gap := float32(5)
	widths[1] = max(ui.Scaled(40), left-gap*float32(len(widths)-1))
	x := float32(0)
	for i, w := range widths {
		h := o[i].MinSize().Height
		ui.Place(o[i], x, (s.Height-h)/2, w, h)
		x += w + gap
	}
}

// whatIfPanel answers the questions that are always asked of a purchase.
func (t *answerTab) whatIfPanel(v view) fyne.CanvasObject {
	return t.whatIf.renew(func() fyne.CanvasObject {
		body := ui.Column(8, ui.NewText(ui.BodyStrong, "If things change"))
		for _, words := range v.a.Verdict.WhatIf {
			body.Add(ui.NewText(ui.Secondary, held(words)).In(ui.ColorInk2).Wrapped())
		}
		if words := v.a.Verdict.OperationalReading; words != "" {
			body.Add(ui.NewText(ui.Caption, "At this volume: "+format.Lowered(words)+".").In(ui.ColorInk3).Wrapped())
		}
		return body
	}, v.a.Verdict.WhatIf, v.a.Verdict.OperationalReading)
}

// alternativesPanel shows other models that a buyer would be offered, apart from the verdict, each with why.
func (t *answerTab) alternativesPanel(v view) fyne.CanvasObject {
	return t.others.renew(func() fyne.CanvasObject {
		body := ui.Column(8, ui.Ends(12, ui.NewText(ui.BodyStrong, "Other models, not compared").Cut(), ui.NewText(ui.Caption, "tokens only, a month").In(ui.ColorInk3)))
		if len(v.a.Alternatives) == 0 {
			body.Add(ui.NewText(ui.Secondary, "The catalogue lists no other model for this.").In(ui.ColorInk2).Wrapped())
			return body
		}
		why := ""
		for _, alt := range v.a.Alternatives {
			body.Add(ui.Column(0,
				ui.Ends(12, ui.NewText(ui.Body, alt.Label).Cut(), ui.Row(8, ui.NewBadge(string(alt.Evidence)), ui.NewText(ui.Body, v.cur.Money(alt.USD)))),
				ui.NewText(ui.Caption, "as of "+ui.Here().Day(alt.AsOf)).In(ui.ColorInk3)))
			why = alt.WhyApart
		}
		body.Add(ui.NewText(ui.Caption, "Why apart: "+why+".").In(ui.ColorInk3).Wrapped())
		return body
	}, v.a.Alternatives, v.cur)
}

// quotasPanel lists what can be called at no charge: capacity to test with, never a price.
func (t *answerTab) quotasPanel(v view) fyne.CanvasObject {
	return t.quotas.renew(func() fyne.CanvasObject {
		body := ui.Column(8, ui.Ends(12, ui.NewText(ui.BodyStrong, "To test with").Cut(), ui.NewText(ui.Caption, "no charge, and no price").In(ui.ColorInk3)))
		for i, q := range v.a.Quotas {
			if i == mostQuotas {
				body.Add(ui.NewText(ui.Caption, fmt.Sprintf("And %d more, on the Facts page.", len(v.a.Quotas)-i)).In(ui.ColorInk3).Wrapped())
				break
			}
			body.Add(ui.NewPressable(ui.Column(0,
				ui.Ends(12, ui.NewText(ui.Body, q.Provider).Cut(), ui.NewBadge(string(q.Evidence))),
				ui.NewText(ui.Secondary, format.Capital(q.Limits)+".").In(ui.ColorInk2).Wrapped(),
				ui.NewText(ui.Caption, "as of "+ui.Here().Day(q.AsOf)).In(ui.ColorInk3)), func() { t.page.shell.Go(ui.PageFacts, "prices/"+q.ID) }))
		}
		body.Add(ui.NewText(ui.Caption, wordsQuotas).In(ui.ColorInk3).Wrapped())
		return body
	}, v.a.Quotas)
}

// mostQuotas is how many free listings stand on the page.
const mostQuotas = 4

// notesPanel lists what must be known to read the answer rightly.
func (t *answerTab) notesPanel(v view) fyne.CanvasObject {
	notes := notesFor(v.a)
	return t.notes.renew(func() fyne.CanvasObject { return notesList(notes) }, notes)
}

func notesList(notes []string) fyne.CanvasObject {
	body := ui.Column(8, ui.NewText(ui.BodyStrong, "Good to know"))
	for _, words := range notes {
		body.Add(hanging(18, ui.NewSizedIcon(ui.IconWarning, ui.ColorInk3, 12), ui.NewText(ui.Secondary, held(words)).In(ui.ColorInk2).Wrapped()))
	}
	if len(notes) == 0 {
		body.Add(ui.NewText(ui.Secondary, "Nothing stands out.").In(ui.ColorInk2))
	}
	return body
}
