package results

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"hostwise/app/desktop/ui"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

// The filters of the assumptions.
const (
	fromAll         = ""
	fromYou         = "you"
	fromCatalogue   = "catalogue"
	fromDefault     = "default"
	fromSpeculation = "speculation"
)

var fromNames = map[string]string{fromYou: "your answer", fromCatalogue: "catalogue", fromDefault: "default"}

// assumptionsTab lists every input as it was used: value, where it is from, evidence, source and date.
type assumptionsTab struct {
	page   *Page
	body   fyne.CanvasObject
	search *ui.Field
	chips  *fyne.Container
	head   *assumptionRow
	list   *ui.List
	empty  *fyne.Container

	all   []calc.Assumption
	shown []calc.Assumption
	from  string
}

func newAssumptionsTab(p *Page) *assumptionsTab {
	t := &assumptionsTab{page: p}
	t.search = ui.NewSearchField("Search inputs, values and sources", func(string) { t.filter() })
	t.chips = ui.Wrap(8, 6)
	t.head = newAssumptionRow(p)
	t.head.heading()
	t.empty = container.NewStack()
	t.list = ui.NewList(func() int { return len(t.shown) },
		func() fyne.CanvasObject { return newAssumptionRow(p) },
		func(i widget.ListItemID, o fyne.CanvasObject) {
			if i < len(t.shown) {
				o.(*assumptionRow).set(t.shown[i])
			}
		})
	t.list.OnSelected = func(i widget.ListItemID) {
		t.list.UnselectAll()
		if i < len(t.shown) {
			p.ask(t.shown[i].Path)
		}
	}
	tools := ui.Column(10, ui.Row(10, ui.Fixed(300, 32, t.search), ui.Grow(t.chips)), t.head)
	t.body = ui.Inset(16, margin-8, 0, margin-8, ui.Headed(12, tools, container.NewStack(t.list, t.list.Ring(), t.empty)))
	return t
}

func (t *assumptionsTab) content() fyne.CanvasObject { return t.body }

func (t *assumptionsTab) show(v view) {
	t.all = assumed(v.a)
	t.filter()
}

// assumed are the assumptions that can bear on the answer: a case's name, notes and tags cannot.
func assumed(a *calc.Assessment) []calc.Assumption {
	return slices.DeleteFunc(slices.Clone(a.Assumptions), func(x calc.Assumption) bool {
		return x.Path == "name" || x.Path == "notes" || x.Path == "tags"
	})
}

func (t *assumptionsTab) focusable() fyne.Focusable { return t.search.Focusable() }

func (t *assumptionsTab) filter() {
	words := strings.Fields(strings.ToLower(t.search.Text()))
	t.shown = t.shown[:0]
	for _, a := range t.all {
		if t.passes(a) && matches(a, words) {
			t.shown = append(t.shown, a)
		}
	}
	t.showChips()
	t.empty.Objects = nil
	if len(t.shown) == 0 {
		t.empty.Objects = []fyne.CanvasObject{ui.EmptyState(ui.IconSearch, "No input matches", "Search looks at names, values, sources and the keys of the scenario file.",
			ui.NewButton(ui.Outline, "Show all", func() { t.from = fromAll; t.search.Replace(""); t.filter() }))}
	}
	t.empty.Refresh()
	t.list.Refresh()
}

func (t *assumptionsTab) passes(a calc.Assumption) bool {
	switch t.from {
	case fromAll:
		return true
	case fromSpeculation:
		return a.Evidence == catalog.Speculation
	}
	return a.From == t.from
}

// matches reports whether every word begins somewhere in what the row says.
func matches(a calc.Assumption, words []string) bool {
	text := strings.ToLower(strings.Join([]string{a.Label, a.Path, a.Text, a.Source, string(a.Evidence), fromNames[a.From]}, " "))
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
}

func (t *assumptionsTab) showChips() {
	count := map[string]int{}
	for _, a := range t.all {
		count[fromAll]++
		count[a.From]++
		if a.Evidence == catalog.Speculation {
			count[fromSpeculation]++
		}
	}
	t.chips.Objects = nil
	for _, c := range []struct{ from, words string }{{fromAll, "All"}, {fromYou, "Yours"}, {fromCatalogue, "Catalogue"},
		{fromDefault, "Defaults"}, {fromSpeculation, "Speculation"}} {
		chip := ui.NewChip(c.words, fmt.Sprint(count[c.from]), func() { t.from = c.from; t.filter() })
		chip.SetChosen(t.from == c.from)
		t.chips.Add(chip)
	}
	t.chips.Refresh()
}

// assumptionRow is one input. Pressing it opens its question.
type assumptionRow struct {
	widget.BaseWidget
	label, value, from, source, date *ui.Text
	pencil                           *ui.Icon
	badge                            *ui.Badge
	line                             *ui.Hairline
	box                              *fyne.Container
}

func newAssumptionRow(p *Page) *assumptionRow {
	r := &assumptionRow{
		label: ui.NewText(ui.Body, "").Cut(), value: ui.NewText(ui.Body, "").Cut(), from: ui.NewText(ui.Secondary, "").In(ui.ColorInk3).Cut(),
		source: ui.NewText(ui.Caption, "").In(ui.ColorInk3).Cut(), date: ui.NewText(ui.Caption, "").In(ui.ColorInk3).Right(),
		pencil: ui.NewSizedIcon(ui.IconPencil, ui.ColorAccent, 11), badge: ui.NewBadge("likely"), line: ui.NewHairline(),
	}
	r.box = container.New(assumptionLayout{}, r.label, r.value, r.pencil, r.from, r.badge, r.source, r.date, r.line)
	r.ExtendBaseWidget(r)
	return r
}

func (r *assumptionRow) set(a calc.Assumption) {
	r.label.SetText(a.Label)
	text := a.Text
	if text == "" {
		text = "none"
	}
	yours := a.From == fromYou
	r.value.SetSpans(ui.Span{Text: text, Strong: yours})
	r.value.SetColor(ui.ColorInk2)
	if yours {
		r.value.SetColor(ui.ColorInk)
	}
	r.pencil.Hidden = !yours
	r.from.SetText(fromNames[a.From])
	r.badge.Set(string(a.Evidence))
	r.source.SetText(a.Source)
	r.date.SetText(a.AsOf)
	r.box.Refresh()
}

// heading makes the row the names of the columns.
func (r *assumptionRow) heading() {
	for t, words := range map[*ui.Text]string{r.label: "Input", r.value: "Value", r.from: "From", r.source: "Source", r.date: "As of"} {
		t.SetStyle(ui.Caption)
		t.SetColor(ui.ColorInk3)
		t.SetText(words)
	}
	r.pencil.Hide()
	r.badge.Hide()
}

// CreateRenderer implements fyne.Widget.
func (r *assumptionRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.box) }

type assumptionLayout struct{}

func (assumptionLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(ui.Scaled(300), ui.Scaled(31))
}

func (assumptionLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	inner := s.Width - 16
	from, badge, date := ui.Scaled(84), ui.Scaled(94), ui.Scaled(76)
	rest := inner - from - badge
	narrow := rest < ui.Scaled(480) // gives up source and date: the question has them too
	label := rest * 0.32
	value := rest * 0.22
	if narrow {
		label, value = rest*0.55, rest*0.45
	}
	x := float32(8)
	at := func(i int, w float32) {
		h := o[i].MinSize().Height
		ui.Place(o[i], x, (s.Height-h)/2, w-10, h)
		x += w
	}
	at(0, label)
	ui.Place(o[2], x-2, (s.Height-ui.Scaled(11))/2, ui.Scaled(11), ui.Scaled(11))
	x += ui.Scaled(13)
	at(1, value-ui.Scaled(13))
	at(3, from)
	b := o[4].MinSize()
	ui.Place(o[4], x, (s.Height-b.Height)/2, b.Width, b.Height)
	x += badge
	ui.SetShown(o[5], !narrow)
	ui.SetShown(o[6], !narrow)
	if !narrow {
		at(5, inner+8-x-date)
		at(6, date+10)
	}
	ui.Place(o[7], 8, s.Height-1, inner, 1)
}
