package desktop

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

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

	name, all []string // the words of the title, and of everything; split once, since each key compares them
}

// mostFound is how many results are shown: what fits without scrolling.
const mostFound = 9

// find opens the finder: pages, questions, cases, figures, and help's answers.
func (w *window) find() {
	if w.win.Canvas().Overlays().Top() != nil {
		return
	}
	f := &finder{w: w, all: w.targets(), rows: ui.Column(2)}
	f.field = ui.NewSearchField("A question, a case, a page, a model's name, an error …", func(string) { f.search() })
	f.field.OnSubmit = func() { f.open(f.at) }
	f.field.OnKey = f.key
	f.field.OnEscape = func() { f.dialog.Close() }
	f.dialog = ui.ShowDialog(w.win.Canvas(), 620, "Find anything", ui.Column(10, f.field, ui.Fixed(0, ui.Scaled(44)*mostFound, f.rows)),
		func(d *ui.Dialog) []fyne.CanvasObject {
			return []fyne.CanvasObject{ui.NewButton(ui.Outline, "Close", d.Close).WithKey("Esc")}
		})
	f.search()
	w.win.Canvas().Focus(f.field.Focusable())
}

// finder is the state of an open finder.
type finder struct {
	w      *window
	dialog *ui.Dialog
	field  *ui.Field
	all    []target
	found  []target
	rows   *fyne.Container
	lines  []*ui.Pressable
	at     int
}

func (f *finder) search() {
	f.found, f.at = match(f.all, f.field.Text()), 0
	if len(f.found) < mostFound && pageNamed(ui.PageHelp) != nil && strings.TrimSpace(f.field.Text()) != "" {
		words := f.field.Text()
		f.found = append(f.found, target{kind: "help", title: "Ask help: " + words, detail: "Claims, questions and words of the field",
			open: func() { f.w.goTo(ui.PageHelp, words) }})
	}
	f.rows.Objects, f.lines = nil, nil
	for i, t := range f.found {
		words := ui.Column(0, ui.NewText(ui.Body, t.title).Cut())
		if t.detail != "" {
			words.Add(ui.NewText(ui.Caption, t.detail).In(ui.ColorInk3).Cut())
		}
		line := ui.NewPressable(ui.Pad(4, 10, ui.Row(10,
			ui.Grow(words), ui.NewTag(t.kind))), func() { f.open(i) })
		f.lines = append(f.lines, line)
		f.rows.Add(line)
	}
	if len(f.found) == 0 {
		f.rows.Add(ui.NewText(ui.Body, "Nothing found").In(ui.ColorInk3))
	}
	f.mark()
	f.rows.Refresh()
}

func (f *finder) mark() {
	for i, l := range f.lines {
		l.SetChosen(i == f.at)
	}
	if f.at < len(f.lines) {
		ui.Reveal(f.lines[f.at])
	}
}

func (f *finder) key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyDown:
		f.at = min(f.at+1, len(f.found)-1)
	case fyne.KeyUp:
		f.at = max(f.at-1, 0)
	default:
		return false
	}
	f.mark()
	return true
}

func (f *finder) open(i int) {
	if i < 0 || i >= len(f.found) {
		return
	}
	f.dialog.Close()
	f.found[i].open()
}

// targets lists everything that can be gone to.
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
	all = append(all, w.factTargets()...)
	return append(all, w.caseTargets()...)
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

func (w *window) caseTargets() []target {
	cases, err := w.session.Cases(context.Background(), "")
	if err != nil {
		w.session.Notify(session.Notice{Text: "The saved cases could not be listed.", Err: err})
		return nil
	}
	var all []target
	for _, c := range cases {
		all = append(all, target{kind: "case", title: c.Name, detail: c.Summary.Headline, more: c.Notes + " " + strings.Join(c.Tags, " "),
			open: func() {
				if err := w.session.OpenCase(c.ID); err != nil {
					w.complain("The case could not be opened.", err)
					return
				}
				w.goTo(pages[0].id, "")
			}})
	}
	return all
}

// match returns the targets in which every word begins some word, those with the words in the title first.
func match(all []target, typed string) []target {
	words := strings.Fields(strings.ToLower(typed))
	var first, rest []target
	for i := range all {
		t := &all[i]
		if t.name == nil {
			t.name = wordsOf(t.title)
			t.all = append(wordsOf(t.detail+" "+t.more+" "+t.kind), t.name...)
		}
		switch {
		case beginsAll(t.name, words):
			first = append(first, *t)
		case len(first) < mostFound && len(rest) < mostFound && beginsAll(t.all, words):
			rest = append(rest, *t)
		}
		if len(first) == mostFound {
			return first
		}
	}
	found := append(first, rest...)
	return found[:min(len(found), mostFound)]
}

// wordsOf splits a text at what stands between words.
func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return strings.ContainsRune(" ,.;:·?!()/_-\"", r)
	})
}

// beginsAll reports whether each word begins a word of the text.
func beginsAll(parts, words []string) bool {
	for _, w := range words {
		if !slices.ContainsFunc(parts, func(p string) bool { return strings.HasPrefix(p, w) }) {
			return false
		}
	}
	return true
}
