package facts

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// recheckView is "What to recheck before procurement": the facts that decide the open case, oldest first, each confirmed
// in one press or corrected in its form. What is done stays, marked as done.
type recheckView struct {
	page    *Page
	content fyne.CanvasObject
	finding *ui.Text
	measure *ui.Text
	list    *fyne.Container
	done    []calc.Recheck // confirmed or corrected since the case was opened
}

func newRecheckView(p *Page) *recheckView {
	v := &recheckView{page: p, finding: ui.NewText(ui.Finding, "").Wrapped(), measure: ui.NewText(ui.Secondary, "").In(ui.ColorInk2).Wrapped(), list: ui.Column(0)}
	copyList := ui.NewButton(ui.Quiet, "Copy the list", v.copy).WithIcon(ui.IconCopy).Small()
	head := ui.Column(8, ui.Row(8, ui.Grow(ui.NewText(ui.Secondary, "What to recheck before procurement").In(ui.ColorInk3).Cut()), copyList), v.finding, v.measure)
	v.content = newBelowHead(head, ui.Scroll(ui.Inset(0, 24, 24, 0, v.list)))
	return v
}

// recheckItem is one fact of the list.
type recheckItem struct {
	calc.Recheck
	done    bool
	checked int  // rows behind it that are the person's and fresh, where it has several
	of      int  // rows behind it
	decides bool // the verdict still rests on it
}

// items are the facts that decide the verdict, what is left first; then those that were done and decide no longer.
func (v *recheckView) items() (items []recheckItem, left int) {
	a, _ := v.page.session.Assessment()
	if a == nil {
		return nil, 0
	}
	s, now, cat := v.page.session.Scenario(), v.page.session.Now(), v.page.session.Catalogue()
	for _, r := range a.Verdict.Recheck {
		n, of := s.Rechecked(cat, r, now)
		if n < of {
			left++
		}
		items = append(items, recheckItem{Recheck: r, done: n >= of, checked: n, of: of, decides: true})
	}
	slices.SortStableFunc(items, func(a, b recheckItem) int {
		switch {
		case a.done != b.done && b.done:
			return -1
		case a.done != b.done:
			return 1
		}
		return b.AgeDays - a.AgeDays
	})
	for _, r := range v.done {
		if slices.ContainsFunc(items, func(i recheckItem) bool { return i.Table == r.Table && i.ID == r.ID }) {
			continue
		}
		if n, of := s.Rechecked(cat, today(r, now.Format(time.DateOnly)), now); n >= of {
			items = append(items, recheckItem{Recheck: r, done: true})
		}
	}
	return items, left
}

// today is a fact as of a day: what was confirmed carries the day on which it was.
func today(r calc.Recheck, day string) calc.Recheck {
	r.AsOf, r.AgeDays = day, 0
	return r
}

// deciding are the facts that the verdict rests on now.
func (p *Page) deciding() []calc.Recheck {
	if a, _ := p.session.Assessment(); a != nil {
		return a.Verdict.Recheck
	}
	return nil
}

// noteDone remembers a fact of the verdict that is about to be corrected.
func (p *Page) noteDone(table, id string) { p.recheck.note(p.deciding(), table, id) }

// note remembers what was confirmed or corrected of some facts, so that it stays in view when the verdict rests on it
// no longer.
func (v *recheckView) note(of []calc.Recheck, table, id string) {
	same := func(x calc.Recheck) bool { return x.Table == table && x.ID == id }
	if i := slices.IndexFunc(of, same); i >= 0 && !slices.ContainsFunc(v.done, same) {
		v.done = append(v.done, of[i])
	}
}

func (v *recheckView) fill() {
	items, left := v.items()
	_, state := v.page.session.Assessment()
	switch {
	case len(items) == 0 && state.Err != nil:
		v.finding.SetText("This case cannot be worked out yet")
	case len(items) == 0:
		v.finding.SetText("Nothing here hangs on a fact that can grow old")
	case left == 0:
		v.finding.SetText(fmt.Sprintf("All %d facts that decide this case are checked", len(items)))
	case left == 1:
		v.finding.SetText(fmt.Sprintf("1 of %d facts that decide this case is left to check", len(items)))
	default:
		v.finding.SetText(fmt.Sprintf("%d of %d facts that decide this case are left to check", left, len(items)))
	}
	v.measure.SetText("Oldest first. Confirm what still holds, in one press, or correct it; either way the row is yours, with today's date, and the old one stays beside it.")
	v.list.Objects = nil
	for _, i := range items {
		v.list.Add(v.row(i))
		v.list.Add(ui.NewHairline())
	}
}

func (v *recheckView) row(i recheckItem) fyne.CanvasObject {
	p := v.page
	ink := ui.ColorInk
	if i.done {
		ink = ui.ColorInk3
	}
	var state fyne.CanvasObject = ui.NewTag(daysOld(i.AgeDays))
	if i.AgeDays > staleDays {
		state = ui.NewAgeBadge(i.AgeDays)
	}
	name := []fyne.CanvasObject{ui.Grow(ui.NewText(ui.BodyStrong, i.What).In(ink).Wrapped())}
	if i.done {
		name = append([]fyne.CanvasObject{ui.NewSizedIcon(ui.IconCheck, ui.ColorAccent, 14)}, name...)
		state = ui.NewTag("done")
	}
	why := "Why: " + i.Why + "."
	if i.of > 1 && i.checked > 0 && !i.done {
		why += fmt.Sprintf(" %d of its %d listings are checked.", i.checked, i.of)
	}
	if !i.decides {
		why = "The verdict no longer rests on it."
	}
	words := ui.Column(2, ui.Row(6, name...),
		ui.NewText(ui.Body, local(i.Value)).In(ui.ColorInk2).Wrapped(),
		ui.NewText(ui.Secondary, why).In(ui.ColorInk2).Wrapped(),
		ui.NewText(ui.Caption, sourceWords(i.Recheck)).In(ui.ColorInk3).Wrapped())
	buttons := ui.Row(8)
	if !i.done {
		buttons.Add(ui.NewButton(ui.Outline, "Confirm", func() { p.confirm(i.Table, i.ID, i.What) }).WithIcon(ui.IconCheck).Small().Titled("Confirm: " + i.What))
	}
	buttons.Add(ui.NewButton(ui.Outline, "Correct", func() { v.correct(i) }).WithIcon(ui.IconPencil).Small().Titled("Correct: " + i.What))
	right := ui.Column(8, ui.Row(6, ui.Spring(), ui.NewBadge(string(i.Evidence)), state), ui.Row(0, ui.Spring(), buttons))
	return ui.Pad(12, 0, ui.Row(16, ui.Grow(words), right))
}

// sourceWords says where a fact is from and of which day; the source of a median names its newest day, which is that.
func sourceWords(r calc.Recheck) string {
	return format.Capital(strings.TrimSuffix(r.Source, ", newest "+r.AsOf)) + ", as of " + ui.Here().Day(r.AsOf)
}

func daysOld(days int) string {
	switch days {
	case 0:
		return "today"
	case 1:
		return "1 day"
	}
	return fmt.Sprintf("%d days", days)
}

// correct opens the row's form. A median has many rows: its listings are shown to choose from.
func (v *recheckView) correct(i recheckItem) {
	p := v.page
	if i.Table == "rents" {
		term := p.session.Scenario().Text("finance.rent_term")
		p.open("rents", i.ID+"/"+term)
		return
	}
	if i.Table == "quotes" { // the amount is an answer: it is corrected where it is asked
		p.shell.Go(ui.PageGuide, i.ID)
		return
	}
	if i.Table == "prices" && p.catalogue().Price(i.ID) == nil {
		p.market(i.ID)
		return
	}
	if !p.corrects(i.Table, i.ID) {
		p.GoTo(i.Table + "/" + i.ID)
		return
	}
	p.open(i.Table, i.ID)
}

// market shows the listings that a model's median is made of, oldest first. id is the model's, with "/cloud" behind it for
// the clouds' median.
func (p *Page) market(id string) {
	p.choose("prices")
	if m := p.catalogue().Model(strings.TrimSuffix(id, "/cloud")); m != nil {
		p.group.SetChosen(m.ShortName)
		p.sort.SetChosen("age")
		p.fill()
	}
}

// open shows a row in its table with its form beside it.
func (p *Page) open(table, id string) {
	p.choose(table)
	p.pick(id)
	p.scrollTo(id)
	p.edit(table, id)
}

func (v *recheckView) copy() {
	items, _ := v.items()
	lines := []string{"What\tValue\tEvidence\tAs of\tAge in days\tDone\tWhy\tSource"}
	for _, i := range items {
		done := "no"
		if i.done {
			done = "yes"
		}
		lines = append(lines, strings.Join([]string{i.What, i.Value, string(i.Evidence), i.AsOf, fmt.Sprint(i.AgeDays), done, i.Why, i.Source}, "\t"))
	}
	v.page.shell.Copy(strings.Join(lines, "\n"), "The list is on the clipboard.")
}
