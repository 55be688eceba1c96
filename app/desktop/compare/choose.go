package compare

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
)

// mostOffered is how many cases are offered; more words narrow them.
const mostOffered = 40

// chooser asks for a case to add, found by typing.
type chooser struct {
	page  *Page
	list  *ui.SearchList
	cases []session.Case // all of them, newest edit first
}

// add offers the saved cases, newest edit first; the list at hand at once, and what changed since a moment later.
func (p *Page) add() {
	ch := &chooser{page: p, cases: p.session.ListedCases()}
	ui.ShowSearch(p.shell.Canvas(), ui.Search{
		Title: "Add a case", Placeholder: "A name, a tag, a model …", Empty: "No other case matches", Width: 560, Find: ch.search,
		Buttons: func(d *ui.Dialog) []fyne.CanvasObject {
			return []fyne.CanvasObject{
				ui.NewButton(ui.Outline, "Duplicate the first case", func() { d.Close(); p.duplicateBase() }).WithIcon(ui.IconDuplicate)}
		},
	})
	if ch.list == nil {
		return
	}
	p.session.ListCases(func(cases []session.Case, err error) {
		if err != nil {
			p.session.Notify(session.Notice{Text: "The saved cases could not be listed.", Err: err})
			return
		}
		ch.cases = cases
		ch.search(ch.list, ch.list.Typed())
	})
}

// search lists the cases that match every word, as the library does. Those that are compared already are named only
// where they are asked for.
func (ch *chooser) search(l *ui.SearchList, typed string) {
	ch.list = l
	words := strings.TrimSpace(typed)
	if words == "" {
		ch.offer(func(c session.Case) bool { return !slices.Contains(ch.page.ids(), c.ID) })
		return
	}
	s := ch.page.session
	session.Work(context.Background(), s, func(ctx context.Context) ([]string, error) {
		return s.FindCases(ctx, words)
	}, func(ids []string, err error) {
		if err != nil {
			s.Notify(session.Notice{Text: "The saved cases could not be searched.", Err: err})
			return
		}
		if strings.TrimSpace(l.Typed()) != words {
			return // a later key asks anew
		}
		match := make(map[string]bool, len(ids))
		for _, id := range ids {
			match[id] = true
		}
		ch.offer(func(c session.Case) bool { return match[c.ID] })
	})
}

// offer shows the cases that are wanted.
func (ch *chooser) offer(wanted func(session.Case) bool) {
	here := ch.page.ids()
	var rows []ui.SearchRow
	for _, c := range ch.cases {
		if !wanted(c) {
			continue
		}
		if len(rows) == mostOffered {
			ch.list.Offer(rows, true)
			return
		}
		r := ui.SearchRow{Title: c.Name, Detail: c.Summary.Headline, Take: func() { ch.page.set(append(ch.page.ids(), c.ID)) }}
		if r.Title == "" {
			r.Title = session.Untitled
		}
		if i := slices.Index(here, c.ID); i >= 0 {
			r.WhyNot = "is compared already, as " + letter(i)
		}
		rows = append(rows, r)
	}
	ch.list.Offer(rows, false)
}
