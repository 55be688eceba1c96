package guide

import (
	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
	"hostwise/calc"
)

// ways are the ways around an answer of one's own: to say that one does not know it, and for a price to hold a quote.
type ways struct {
	q       *question
	in      *calc.Input
	asked   bool     // the person said that they do not know
	stands  *ui.Text // which answer stands while another is typed, where the live answer is out of view
	links   *fyne.Container
	unknown *ui.Button
	told    *fyne.Container // what is assumed then
	quote   *quotePart      // of a price; nil otherwise
	column  *fyne.Container
}

func newWays(q *question, in *calc.Input) *ways {
	w := &ways{q: q, in: in, links: ui.Wrap(16, 4), told: ui.Column(6)}
	w.unknown = ui.NewButton(ui.Link, wordsDontKnow, w.dontKnow).Styled(ui.Secondary)
	w.links.Add(w.unknown)
	w.stands = ui.NewText(ui.Secondary, "").In(ui.ColorInk2).Wrapped()
	w.stands.Hide()
	w.column = ui.Column(8, w.stands, ui.Inset(0, 0, 0, -4, w.links))
	if calc.Quotable(in.Path) {
		w.quote = newQuotePart(w)
		w.links.Add(w.quote.link)
		w.column.Add(w.quote.view)
	}
	w.column.Add(w.told)
	w.told.Hide()
	return w
}

// dontKnow takes the answer back to its default and says what that is, from whom, and how sure.
func (w *ways) dontKnow() {
	w.asked = true
	w.q.instead(w.in.Path, func() { w.q.page.session.Reset(w.in.Path) })
	w.refresh()
	w.q.relay()
	w.q.reveal(w.told)
}

// refresh follows the scenario: an answer of one's own ends the not knowing.
func (w *ways) refresh() {
	_, given := w.q.scenario().Given(w.in.Path)
	w.asked = w.asked && !given
	w.told.Objects = nil
	if w.asked {
		w.told.Objects = []fyne.CanvasObject{w.assumed()}
	}
	ui.SetShown(w.told, w.asked)
	ui.SetShown(w.unknown, !w.asked)
	if w.quote != nil {
		w.quote.refresh()
	}
	w.column.Refresh()
}

// showStanding says beside the field which answer stands, where the live answer has no room to say so.
func (w *ways) showStanding() {
	words := ""
	p := w.q.page
	if _, held := p.draftOf(w.in); held && p.layout != nil && p.layout.narrow() {
		words = p.stillUsing(w.in)
	}
	w.stands.SetText(words)
	ui.SetShown(w.stands, words != "")
}

// assumed says what stands in for the answer.
func (w *ways) assumed() fyne.CanvasObject {
	p, in := w.q.page, w.in
	lines := ui.Column(4,
		ui.Wrap(8, 4, ui.NewText(ui.BodyStrong, p.assumedWords(in)), ui.NewBadge(string(in.Evidence))),
		ui.NewText(ui.Body, sourceSentence(in)).In(ui.ColorInk2).Wrapped(),
		ui.NewText(ui.Body, p.spreadSentence(in)).In(ui.ColorInk2).Wrapped())
	if p.turning()[in.Path] {
		lines.Add(hanging(20, ui.NewSizedIcon(ui.IconSwap, ui.ColorInk2, 12), ui.NewText(ui.Body, wordsTurns).In(ui.ColorInk2).Wrapped()))
	}
	return ui.On(ui.ColorPanel, 6, ui.Pad(10, 14, lines))
}
