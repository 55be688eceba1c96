package desktop

import (
	"context"
	"strings"

	"hostwise/app/desktop/help"
	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/desktop/whatif"
	"hostwise/calc"
)

// target is one thing that can be found and gone to.
type target struct {
	kind   string // "page", "question", "case", "figure", "fact"
	title  string
	detail string
	more   string // searched, not shown
	open   func()
}

// mostFound is how many results are offered; more words narrow them.
const mostFound = 20

// find opens the finder: pages, questions, figures, facts, cases, and help's answers. The cases come a moment later
// where there are thousands.
func (w *window) find() {
	f := &finder{w: w, known: indexed(w.targets())}
	ui.ShowSearch(w.win.Canvas(), ui.Search{
		Title: "Find anything", Placeholder: "A question, a case, a page, a model's name, an error …", Empty: "Nothing found",
		Width: 620, Find: f.search,
	})
	if f.list != nil {
		f.addCases()
	}
}

// finder is the state of an open finder.
type finder struct {
	w     *window
	list  *ui.SearchList
	known *ui.Index[target] // all but the cases
	cases *ui.Index[target] // nil until they are there
}

// indexed splits the targets into words.
func indexed(all []target) *ui.Index[target] {
	return ui.NewIndex(all, func(t target) (string, string) { return t.title, t.detail + " " + t.more + " " + t.kind })
}

// addCases lists the saved cases; reading and splitting them is not for the window's goroutine.
func (f *finder) addCases() {
	f.w.session.ListCases(func(cases []session.Case, err error) {
		if err != nil {
			f.w.session.Notify(session.Notice{Text: "The saved cases could not be listed.", Err: err})
			return
		}
		session.Work(context.Background(), f.w.session, func(context.Context) (*ui.Index[target], error) {
			return indexed(f.w.caseTargets(cases)), nil
		}, func(x *ui.Index[target], _ error) {
			f.cases = x
			f.search(f.list, f.list.Typed())
		})
	})
}

// search offers what matches, first what bears the words in its title; last the words themselves, to help.
func (f *finder) search(l *ui.SearchList, typed string) {
	f.list = l
	titled, rest := f.known.Find(typed, mostFound)
	var titledCases, otherCases []target
	if f.cases != nil {
		titledCases, otherCases = f.cases.Find(typed, mostFound)
	}
	found, more := ui.First(mostFound, titled, titledCases, rest, otherCases)
	if pageNamed(ui.PageHelp) != nil && strings.TrimSpace(typed) != "" {
		found = append(found, target{kind: "help", title: "Ask help: " + typed, detail: "Claims, questions and words of the field",
			open: func() { f.w.goTo(ui.PageHelp, typed) }})
	}
	rows := make([]ui.SearchRow, len(found))
	for i, t := range found {
		rows[i] = ui.SearchRow{Title: t.title, Detail: t.detail, Tag: t.kind, Take: t.open}
	}
	l.Offer(rows, more)
}

// targets lists everything that can be gone to but the cases.
func (w *window) targets() []target {
	var all []target
	for _, p := range pages {
		all = append(all, target{kind: "page", title: p.title, open: func() { w.goTo(p.id, "") }})
	}
	for _, p := range help.Places() {
		if p.At != "" {
			all = append(all, target{kind: "page", title: p.Name, more: p.At, open: func() { w.goTo(p.Page, p.At) }})
		}
	}
	if pageNamed(ui.PageGuide) != nil {
		s := w.session.Scenario()
		for i := range calc.Inputs {
			in := &calc.Inputs[i]
			if in.Step == "" || in.Step == calc.StepReview || !in.Relevant(s) {
				continue
			}
			all = append(all, target{kind: "question", title: in.Label, detail: in.Question, more: in.Path + " " + in.Help,
				open: func() { w.goTo(ui.PageGuide, in.Path) }})
		}
	}
	for _, f := range w.opt.Writer.Figures() {
		at := f.ID
		if at == "win-map" {
			at = whatif.TabMap // it has a tab of its own, where it is worked out
		}
		all = append(all, target{kind: "figure", title: f.Title, more: f.ID, open: func() { w.goTo(ui.PageResults, at) }})
	}
	return append(all, w.factTargets()...)
}

// factTargets lists the rows of the catalogue that people know by name.
func (w *window) factTargets() []target {
	cat := w.session.CaseCatalogue()
	if cat == nil {
		return nil
	}
	var all []target
	add := func(table, id, title, detail string) {
		all = append(all, target{kind: "fact", title: title, detail: detail, more: id,
			open: func() { w.goTo(ui.PageFacts, table+"/"+id) }})
	}
	for i := range cat.Models {
		add("models", cat.Models[i].ID, cat.Models[i].Name, "Model")
	}
	for i := range cat.Devices {
		add("devices", cat.Devices[i].ID, cat.Devices[i].Name, "Device")
	}
	for i := range cat.Hosts {
		add("hosts", cat.Hosts[i].ID, cat.Hosts[i].Name, "Server")
	}
	for i := range cat.Engines {
		add("engines", cat.Engines[i].ID, cat.Engines[i].Name, "Engine")
	}
	for i := range cat.Precisions {
		add("precisions", cat.Precisions[i].ID, cat.Precisions[i].Label, "Precision")
	}
	for i := range cat.Prices {
		x := &cat.Prices[i]
		add("prices", x.ID, x.ModelLabel+" at "+x.Provider, "API price of "+x.AsOf)
	}
	return all
}

// caseTargets are the saved cases as targets. It is called off the window's goroutine.
func (w *window) caseTargets(cases []session.Case) []target {
	all := make([]target, len(cases))
	for i, c := range cases {
		name := c.Name
		if name == "" {
			name = session.Untitled
		}
		all[i] = target{kind: "case", title: name, detail: c.Summary.Headline, more: c.Notes + " " + strings.Join(c.Tags, " "),
			open: func() {
				if err := w.session.OpenCase(c.ID); err != nil {
					w.complain("The case could not be opened.", err)
					return
				}
				w.goTo(pages[0].id, "")
			}}
	}
	return all
}
