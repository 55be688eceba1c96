package facts

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

// The lists that run across the tables.
const (
	listMine     = "yours"
	listStale    = "stale"
	listRecheck  = "recheck"
	listAccuracy = "accuracy"
	listRuns     = "runs" // every measured run beside our estimate
)

// staleDays is the age from which a price is called out.
const staleDays = 30

// Page shows the catalogue.
type Page struct {
	session *session.Session
	shell   *ui.Shell

	content  fyne.CanvasObject
	nav      *fyne.Container
	title    *ui.Text
	unit     *ui.Text
	count    *ui.Text
	search   *ui.Field
	evidence *ui.Select
	group    *ui.Select
	sort     *ui.Select
	strip    *strip
	caption  *ui.Text   // what the strip's median counts
	spread   *ui.Button // opens both in a dialog, where they have no room above the rows
	ages     *ageNote
	grid     *grid
	empty    *fyne.Container
	side     *fyne.Container
	body     *fyne.Container
	add      *ui.Button
	back     *ui.Button
	rows     fyne.CanvasObject // a table with its filters
	accuracy *accuracyView
	recheck  *recheckView

	tables  []*table
	listed  []*table // without the person's own rows
	current string
	at      string // id of the record in the side panel
	log     bool   // the panel shows what the source prints, too

	form   *form            // in the side panel in place of the record, nil = none
	drafts map[string]*form // what is being typed, by table/id
	hidden bool             // another page is in view
	late   bool             // something changed meanwhile
}

// New returns the page.
func New(s *session.Session, shell *ui.Shell) *Page {
	p := &Page{session: s, shell: shell, current: "prices", drafts: map[string]*form{}}
	p.build()
	p.reload()
	p.choose(p.current)
	if cat := s.Catalogue(); cat != nil {
		if m := cat.Model(s.Scenario().Text("model")); m != nil { // begin with what this case is about
			p.group.SetChosen(m.ShortName)
			p.fill()
		}
	}
	s.OnChange(func(e session.Event) {
		switch {
		case e.Kind == session.AssessmentChanged:
			p.assessed()
		case e.Kind == session.CaseOpened:
			p.form, p.drafts, p.recheck.done = nil, map[string]*form{}, nil
			p.reload()
		case e.Kind == session.ScenarioChanged && len(e.Paths) == 0:
			p.reload()
		}
	})
	return p
}

// assessed follows a new assessment where it shows: the flip over the prices, and what is left to check.
func (p *Page) assessed() {
	a, state := p.session.Assessment()
	if a == nil || state.Computing == session.ComputeBase {
		return
	}
	switch {
	case p.hidden:
		p.late = true
	case p.current == "prices" || p.current == listRecheck:
		p.fill()
	default:
		p.fillNav()
	}
}

// Title implements ui.Page.
func (p *Page) Title() string { return "Facts" }

// Subtitle implements ui.Subtitled.
func (p *Page) Subtitle() string {
	words := "built in"
	if cat := p.session.Catalogue(); cat != nil {
		words = "catalogue of " + ui.Here().Day(cat.Date) + ", built in"
	}
	switch n := len(p.mine()); n {
	case 0:
		return words
	case 1:
		return words + " · 1 figure of your own in this case"
	default:
		return fmt.Sprintf("%s · %d figures of your own in this case", words, n)
	}
}

// Content implements ui.Page.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Shown implements ui.Page.
func (p *Page) Shown() {
	if p.hidden = false; p.late {
		p.late = false
		p.fill()
	}
	p.shell.Retitle()
}

// Hidden implements ui.Hider: what nobody sees is drawn when it is looked at again.
func (p *Page) Hidden() { p.hidden = true }

// GoTo implements ui.Goer: a table's id; table/row; table/add for the form of a new row; "recheck"; "accuracy", with a
// kind ("accuracy/memory") and a run's id behind it where one is meant.
func (p *Page) GoTo(place string) {
	table, id, _ := strings.Cut(place, "/")
	if table == listAccuracy {
		p.accuracy.aim(id)
		p.choose(listAccuracy)
		return
	}
	p.choose(table)
	if p.current != table {
		return
	}
	switch {
	case id == newRow:
		p.edit(table, newRow)
	case table == "prices" && id != "" && p.table(table).record(id) == nil:
		p.market(id)
	case id != "":
		p.pick(p.fullID(table, id))
		p.scrollTo(p.at)
	}
}

// fullID completes the id of a rental price that names no term.
func (p *Page) fullID(table, id string) string {
	if table != "rents" {
		return id
	}
	t := p.table(table)
	if t.record(id) == nil {
		if full := id + "/" + p.session.Scenario().Text("finance.rent_term"); t.record(full) != nil {
			return full
		}
	}
	return id
}

// scrollTo brings a row into view.
func (p *Page) scrollTo(id string) {
	for i, r := range p.grid.rows {
		if r.id == id {
			p.grid.list.ScrollTo(i)
		}
	}
}

// FocusSearch puts the cursor into the search field.
func (p *Page) FocusSearch() {
	if c := p.shell.Canvas(); c != nil {
		c.Focus(p.search.Focusable())
	}
}

func (p *Page) build() {
	p.nav = ui.Column(2)
	p.title = ui.NewText(ui.PanelTitle, "")
	p.unit = ui.NewText(ui.Secondary, "").In(ui.ColorInk3).Cut()
	p.count = ui.NewText(ui.Secondary, "").In(ui.ColorInk3)
	p.search = ui.NewSearchField("Search this table", func(string) { p.fill() })
	evidence := []ui.Choice{{ID: "", Title: "any evidence"}}
	for _, e := range []catalog.Evidence{catalog.Confirmed, catalog.Measured, catalog.Yours, catalog.Likely, catalog.Speculation, catalog.False} {
		evidence = append(evidence, ui.Choice{ID: string(e), Title: string(e)})
	}
	p.evidence = ui.NewSelect(evidence, "", func(string) { p.fill() })
	p.group = ui.NewSelect([]ui.Choice{{ID: "", Title: "all models"}}, "", func(string) { p.fill() })
	p.sort = ui.NewSelect(orders, "", func(string) { p.fill() })
	p.add = ui.NewButton(ui.Outline, "Add", func() { p.edit(p.current, newRow) }).WithIcon(ui.IconPlus)
	p.back = ui.NewButton(ui.Outline, "Picture", func() { p.choose(listAccuracy) }).WithIcon(ui.IconLeft).Small()
	p.strip = newStrip()
	p.caption = ui.NewText(ui.Caption, "").In(ui.ColorInk2).Wrapped()
	p.spread = ui.NewButton(ui.Outline, "Spread of the prices", p.showSpread).WithIcon(ui.IconResults).Small()
	p.ages = newAgeNote(func() { p.choose(listRecheck) })
	p.grid = newGrid(p.pick)
	p.empty = container.NewStack()
	p.side = container.NewStack()
	head := container.New(headLayout{}, ui.Row(10, p.title, ui.Grow(p.unit)), ui.Row(10, ui.Grow(p.search), p.add))
	filters := ui.Wrap(8, 8, p.back, p.group, p.evidence, p.sort, p.spread, ui.Pad(4, 4, p.count))
	picture := ui.Column(12, p.strip, p.caption)
	p.rows = container.New(&mainLayout{picture: picture, instead: p.spread, drawn: func() bool { return p.strip.drawn() }},
		ui.Column(12, head, filters, picture, p.ages.row), p.grid.head, container.NewStack(p.grid.list, p.grid.list.Ring(), p.empty))
	p.accuracy, p.recheck = newAccuracyView(p), newRecheckView(p)
	main := container.NewStack(p.rows, p.accuracy.content, p.recheck.content)
	p.body = container.New(&threeLayout{}, container.NewStack(ui.NewGround(ui.ColorPage, 0), ui.Scroll(ui.Inset(14, 8, 16, 12, p.nav))), ui.NewUpright(), main, p.side)
	p.content = p.body
}

// orders are those that every table can be put in.
var orders = []ui.Choice{{ID: "", Title: "catalogue's order"}, {ID: "name", Title: "by name"}, {ID: "age", Title: "oldest first"}}

// mine lists the person's own rows of the open case, as table/id.
func (p *Page) mine() map[string]bool {
	out := map[string]bool{}
	f := p.session.Scenario().Facts()
	for _, x := range f.Models {
		out["models/"+x.ID] = true
	}
	for _, x := range f.Devices {
		listed := p.session.Catalogue().Device(x.ID)
		onlyRent := listed != nil && x.Fact == listed.Fact && x.PriceFact == listed.PriceFact && anyOwn(x.Rent)
		if !onlyRent {
			out["devices/"+x.ID] = true
		}
		for _, r := range x.Rent {
			if r.Evidence == catalog.Yours {
				out["rents/"+rentID(&x, r)] = true
			}
		}
	}
	for _, x := range f.Hosts {
		out["hosts/"+x.ID] = true
	}
	for _, x := range f.Prices {
		out["prices/"+x.ID] = true
	}
	for _, x := range f.Measured {
		out["measured/"+x.ID] = true
	}
	return out
}

// reload reads the catalogue anew with the open case's own rows in place.
func (p *Page) reload() {
	cat := p.session.Catalogue()
	if cat == nil {
		return
	}
	if p.listed == nil {
		p.listed = tablesOf(cat, nil)
	}
	p.tables = tablesOf(p.catalogue(), p.mine())
	p.fill()
	p.shell.Retitle()
}

func (p *Page) table(id string) *table {
	for _, t := range p.tables {
		if t.id == id {
			return t
		}
	}
	return nil
}

// choose shows a table, or one of the lists across them.
func (p *Page) choose(id string) {
	if p.table(id) == nil && !slices.Contains([]string{listMine, listStale, listRecheck, listAccuracy, listRuns}, id) {
		return
	}
	p.current, p.at, p.form, p.log = id, "", nil, false
	p.search.Replace("")
	p.group.SetChosen("")
	p.evidence.SetChosen("")
	p.sort.SetOptions(orders, "")
	if id == listRuns {
		p.sort.SetOptions(append(slices.Clone(orders), ui.Choice{ID: "error", Title: "furthest off first"}), "error")
	}
	p.fill()
	p.grid.list.ScrollToTop()
}

// age is how old a fact is in days, -1 where its date is not known.
func age(f catalog.Fact, now time.Time) int {
	d := f.Date()
	if d.IsZero() {
		return -1
	}
	return max(0, int(now.Sub(d).Hours()/24))
}

func (p *Page) stale(r record) bool {
	return r.aged && !r.gone && age(r.fact, p.session.Now()) > staleDays
}

// across gathers the rows of all tables that a test picks.
func (p *Page) across(id, title, unit string, pick func(record) bool) *table {
	t := &table{id: id, title: title, unit: unit, columns: []column{{"Fact", 0, false, false}, {"Table", 130, false, true}}}
	for _, from := range p.tables {
		for _, r := range from.records {
			if !pick(r) {
				continue
			}
			name := r.cells[0]
			if len(r.cells) > 1 && from.columns[1].width == 0 {
				name += ", " + r.cells[1]
			}
			row := r
			row.id, row.cells = from.id+"/"+r.id, []string{name, from.title}
			t.records = append(t.records, row)
		}
	}
	return t
}

// view is the table or list in view.
func (p *Page) view() *table {
	switch p.current {
	case listMine:
		return p.across(listMine, "Your figures", "in this case, in place of listed ones", func(r record) bool { return r.mine })
	case listRuns:
		return p.accuracy.table()
	case listStale:
		return p.across(listStale, "Old prices", fmt.Sprintf("more than %d days since they were read", staleDays), p.stale)
	}
	return p.table(p.current)
}

// fill shows the rows that pass the search and the filters.
func (p *Page) fill() {
	p.fillNav()
	p.rows.(*fyne.Container).Hidden = p.current == listAccuracy || p.current == listRecheck
	p.accuracy.content.(*fyne.Container).Hidden = p.current != listAccuracy
	p.recheck.content.(*fyne.Container).Hidden = p.current != listRecheck
	switch p.current {
	case listAccuracy:
		p.accuracy.fill()
	case listRecheck:
		p.recheck.fill()
	}
	t := p.view()
	if t == nil {
		p.showSide(nil)
		p.body.Refresh()
		return
	}
	p.fillGroups(t)
	spec, canAdd := forms[t.id]
	p.add.Hidden, p.back.Hidden = !canAdd, p.current != listRuns
	p.add.SetWords(spec.add)
	p.title.SetText(t.title)
	p.unit.SetText(t.unit)
	words := strings.Fields(strings.ToLower(p.search.Text()))
	var rows []record
	for _, r := range t.records {
		if p.evidence.Chosen() != "" && string(r.fact.Evidence) != p.evidence.Chosen() {
			continue
		}
		if p.group.Chosen() != "" && r.group != p.group.Chosen() {
			continue
		}
		if matches(r, words) {
			rows = append(rows, r)
		}
	}
	switch p.sort.Chosen() {
	case "name":
		slices.SortStableFunc(rows, func(a, b record) int {
			return cmp.Compare(strings.ToLower(a.cells[0]), strings.ToLower(b.cells[0]))
		})
	case "error":
		slices.SortStableFunc(rows, func(a, b record) int { return cmp.Compare(b.value, a.value) })
	case "age":
		slices.SortStableFunc(rows, func(a, b record) int { return a.fact.Date().Compare(b.fact.Date()) })
	}
	p.count.SetText(countWords(len(rows), len(t.records)))
	p.grid.show(t, rows, p.at, p.session.Now())
	p.ages.show(commonAgeOf(rows, p.session.Now()))
	p.fillStrip(rows)
	p.empty.Objects = nil
	if len(rows) == 0 {
		p.empty.Objects = []fyne.CanvasObject{p.nothing(t)}
	}
	p.empty.Refresh()
	p.showSide(rows)
	p.body.Refresh()
}

// outputPath is the answer that an API's output price stands in for.
const outputPath = "api.output_usd_per_mtok"

// fillStrip draws the output prices of one model; of several models a distribution would compare the unlike.
func (p *Page) fillStrip(rows []record) {
	var values []offer
	var market calc.MarketView
	if p.current == "prices" && p.group.Chosen() != "" {
		market = p.marketOf(p.group.Chosen())
		for _, r := range rows {
			if !r.gone && !r.was {
				values = append(values, offer{r.value, market.Counts[r.id]})
			}
		}
	}
	if len(values) < leastValues {
		p.strip.show(nil, 0, 0, 0, "")
		return
	}
	p.caption.SetText(marketWords(market))
	flip, becomes := 0.0, ""
	if a, _ := p.session.Assessment(); a != nil {
		for _, f := range a.Verdict.Flips {
			if f.Input != outputPath {
				continue
			}
			if r := a.Route(f.Becomes); r != nil {
				flip, becomes = f.At, r.Label
			}
		}
	}
	p.strip.show(values, market.Market.Output.Likely, market.Market.Listings, flip, becomes)
}

// showSpread shows the strip with its caption by themselves, as large as they need.
func (p *Page) showSpread() {
	s := newStrip()
	s.take(p.strip)
	words := ui.NewText(ui.Secondary, p.caption.Words()).In(ui.ColorInk2).Wrapped()
	ui.ShowDialog(p.shell.Canvas(), 760, "Output prices of "+p.group.Chosen(), ui.Column(14, s, words), func(d *ui.Dialog) []fyne.CanvasObject {
		return []fyne.CanvasObject{ui.NewButton(ui.Main, "Close", d.Close).WithKey("Esc")}
	})
}

// fillGroups offers the models of a table that can be narrowed by them.
func (p *Page) fillGroups(t *table) {
	options := []ui.Choice{{ID: "", Title: "all models"}}
	if t.id == listRuns {
		options[0].Title = "every kind"
	}
	for _, r := range t.records {
		if r.group != "" && !slices.ContainsFunc(options, func(c ui.Choice) bool { return c.ID == r.group }) {
			options = append(options, ui.Choice{ID: r.group, Title: r.group})
		}
	}
	slices.SortStableFunc(options[1:], func(a, b ui.Choice) int { return cmp.Compare(a.Title, b.Title) })
	chosen := p.group.Chosen()
	if !slices.ContainsFunc(options, func(c ui.Choice) bool { return c.ID == chosen }) {
		chosen = ""
	}
	p.group.SetOptions(options, chosen)
	p.group.Hidden = len(options) == 1
}

func countWords(shown, all int) string {
	switch {
	case shown == all && all == 1:
		return "1 row"
	case shown == all:
		return fmt.Sprintf("%d rows", all)
	}
	return fmt.Sprintf("%d of %d rows", shown, all)
}

func matches(r record, words []string) bool {
	text := strings.ToLower(r.id + " " + strings.Join(r.cells, " ") + " " + r.fact.Source + " " + r.words + " " + strings.Join(r.detail, " ") + " " + strings.Join(r.log, " "))
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

func (p *Page) nothing(t *table) fyne.CanvasObject {
	if t.id == listMine {
		return ui.EmptyState(ui.IconPencil, "No figures of your own yet",
			"Open a price or a device and put your quote in its place. The listed figure stays beside it, and the case's file carries yours.",
			ui.NewButton(ui.Outline, "Open the API prices", func() { p.choose("prices") }))
	}
	return ui.EmptyState(ui.IconSearch, "No row matches", "Every word has to occur in the row or in its source.",
		ui.NewButton(ui.Outline, "Show all rows", func() { p.search.Replace(""); p.evidence.SetChosen(""); p.group.SetChosen(""); p.fill() }))
}

func (p *Page) fillNav() {
	p.nav.Objects = nil
	line := func(id, title string, n int, icon ui.Glyph, ink fyne.ThemeColorName) {
		words := ui.NewText(ui.Body, title).In(ink).Cut()
		chosen := p.current == id || id == listAccuracy && p.current == listRuns
		if chosen {
			words = ui.NewText(ui.BodyStrong, title).Cut()
		}
		parts := []fyne.CanvasObject{ui.Grow(words)}
		if n >= 0 {
			parts = append(parts, ui.NewText(ui.Secondary, fmt.Sprint(n)).In(ui.ColorInk3))
		}
		if icon != "" {
			parts = append([]fyne.CanvasObject{ui.NewSizedIcon(icon, ink, 13)}, parts...)
		}
		row := ui.NewPressable(ui.Pad(5, 12, ui.Row(8, parts...)), func() { p.choose(id) })
		row.SetChosen(chosen)
		p.nav.Add(row)
	}
	mine, stale := 0, 0
	for _, t := range p.tables {
		line(t.id, t.title, len(t.records), "", ui.ColorInk2)
		for _, r := range t.records {
			if r.mine {
				mine++
			}
			if p.stale(r) {
				stale++
			}
		}
	}
	p.nav.Add(ui.Pad(8, 8, ui.NewHairline()))
	line(listMine, "Your figures", mine, ui.IconPencil, ui.ColorAccent)
	_, left := p.recheck.items()
	line(listRecheck, "What to recheck", left, ui.IconCheck, ui.ColorInk2)
	line(listStale, "Old prices", stale, ui.IconClock, ui.ColorWarning)
	line(listAccuracy, "How accurate?", -1, ui.IconResults, ui.ColorInk2)
	p.nav.Refresh()
}

// pick shows a record in the side panel.
func (p *Page) pick(id string) {
	p.at, p.form, p.log = id, nil, false
	p.fill()
}

// showSide shows the picked record: everything known of it, and what can be done.
func (p *Page) showSide(rows []record) {
	if p.form != nil {
		if len(p.side.Objects) != 1 || p.side.Objects[0] != p.form.panel {
			p.side.Objects = []fyne.CanvasObject{p.form.panel}
		}
		p.side.Show()
		return
	}
	p.side.Objects = nil
	i := slices.IndexFunc(rows, func(r record) bool { return r.id == p.at })
	if p.at == "" || i < 0 {
		p.side.Hide()
		return
	}
	r := rows[i]
	col := ui.Column(10,
		ui.Row(8, ui.Grow(ui.NewText(ui.PanelTitle, r.cells[0]).Wrapped()), ui.NewIconButton(ui.IconClose, "Close", func() { p.pick("") })))
	badges := []fyne.CanvasObject{ui.NewBadge(string(r.fact.Evidence))}
	if days := age(r.fact, p.session.Now()); days > staleDays && r.aged {
		badges = append(badges, ui.NewAgeBadge(days))
	}
	if r.gone {
		badges = append(badges, ui.NewTag("not offered now"))
	}
	col.Add(ui.Row(6, badges...))
	if r.words != "" {
		col.Add(ui.NewText(ui.Body, r.words).Wrapped())
	}
	addLines(col, r.detail)
	col.Add(ui.NewHairline())
	addLines(col, []string{"Source: " + orDash(r.fact.Source), "As of: " + orDash(ui.Here().Day(r.fact.AsOf))})
	addLines(col, lines("Note", r.fact.Note))
	p.addLog(col, r)
	if t, id := p.origin(r.id); t != nil {
		if r.mine {
			p.addListed(col, t, r, id)
		}
		if buttons := p.editor(t, r, id); len(buttons.(*fyne.Container).Objects) > 0 {
			col.Add(ui.NewHairline())
			col.Add(buttons)
		}
	}
	col.Add(ui.Row(0, ui.NewButton(ui.Outline, "Copy this fact", func() { p.copy(r) }).WithIcon(ui.IconCopy).Small()))
	p.side.Objects = []fyne.CanvasObject{ui.SidePanel(320, ui.Scroll(ui.Inset(16, 18, 20, 18, col)))}
	p.side.Show()
}

// addLines adds names with their values below them.
func addLines(col *fyne.Container, pairs []string) {
	for _, d := range pairs {
		name, value, _ := strings.Cut(d, ": ")
		col.Add(ui.Column(0, ui.NewText(ui.Caption, name).In(ui.ColorInk3).Wrapped(), ui.NewText(ui.Secondary, value).Wrapped()))
	}
}

// addLog offers what the source prints, and the row's key, one step away: a person reads the sentence above, whoever
// checks it reads the line.
func (p *Page) addLog(col *fyne.Container, r record) {
	if len(r.log) == 0 {
		return
	}
	words, icon := "Show the key in a file", ui.IconRight
	if r.words != "" {
		words = "Show the log's own line"
	}
	if p.log {
		words, icon = "Hide it", ui.IconDown
		addLines(col, r.log)
	}
	col.Add(ui.Row(0, ui.NewButton(ui.Link, words, func() {
		p.log = !p.log
		p.fill()
	}).WithIcon(icon).Small()))
}

// addListed shows what the catalogue has where the person's own row stands in for it.
func (p *Page) addListed(col *fyne.Container, t *table, r record, id string) {
	i := slices.IndexFunc(p.listed, func(x *table) bool { return x.id == t.id })
	if i < 0 {
		return
	}
	col.Add(ui.NewHairline())
	old := p.listed[i].record(id)
	if old == nil {
		col.Add(ui.NewText(ui.Secondary, "A row of your own; the catalogue has none like it.").In(ui.ColorInk2).Wrapped())
		return
	}
	col.Add(ui.Row(6, ui.NewText(ui.BodyStrong, "Listed"), ui.NewBadge(string(old.fact.Evidence)), ui.NewText(ui.Caption, ui.Here().Day(old.fact.AsOf)).In(ui.ColorInk3)))
	now := p.table(t.id).record(id)
	changed := false
	for k, c := range t.columns {
		if k < len(old.cells) && now != nil && k < len(now.cells) && old.cells[k] != now.cells[k] {
			changed = true
			col.Add(ui.NewText(ui.Secondary, c.title+": "+old.cells[k]+", yours "+now.cells[k]).In(ui.ColorInk2).Wrapped())
		}
	}
	if !changed {
		col.Add(ui.NewText(ui.Secondary, "The same figures.").In(ui.ColorInk2))
	}
	col.Add(ui.NewText(ui.Caption, orDash(old.fact.Source)).In(ui.ColorInk3).Wrapped())
}

// origin finds the table that a record comes from, also for the lists across tables.
func (p *Page) origin(id string) (*table, string) {
	if p.current == listMine || p.current == listStale {
		table, rest, _ := strings.Cut(id, "/")
		return p.table(table), rest
	}
	return p.table(p.current), id
}

func (p *Page) copy(r record) {
	out := append([]string{strings.Join(r.cells, "\t")}, lines("In words", r.words)...)
	out = append(append(out, r.detail...), r.log...)
	out = append(out, "Evidence: "+string(r.fact.Evidence), "Source: "+r.fact.Source, "As of: "+r.fact.AsOf)
	p.shell.Copy(strings.Join(out, "\n"), "The fact is on the clipboard")
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// leastTable is the width at 100 % that a table keeps beside the side panel.
const leastTable = 290

// threeLayout sets the list of tables, a line, the table and the side panel side by side.
type threeLayout struct{}

func (threeLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(640, 300) }

func (threeLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	nav := min(ui.Scaled(196), s.Width*0.29)
	side := float32(0)
	if o[3].Visible() {
		side = min(320*min(ui.Scale(), 1.3), s.Width*0.36)
	}
	if o[3].Visible() && s.Width-nav-side < ui.Scaled(leastTable) { // the list of tables comes back when the panel is closed
		o[0].Hide()
		nav = -1
	} else {
		o[0].Show()
		ui.Place(o[0], 0, 0, nav, s.Height)
	}
	ui.Place(o[1], nav, 0, 1, s.Height)
	ui.Place(o[2], nav+1, 0, s.Width-nav-1-side, s.Height)
	ui.Place(o[3], s.Width-side, 0, side, s.Height)
}

// headLayout sets a table's name and, beside it or where there is no room below it, the search and the button that adds.
type headLayout struct{}

func (headLayout) narrow(width float32) bool { return width < ui.Scaled(560) }

// HeightAt implements ui.FlowLayout.
func (l headLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	h := ui.Scaled(32)
	if l.narrow(width) {
		return 2*h + 4
	}
	return h
}

func (l headLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(200, l.HeightAt(o, ui.Scaled(560)))
}

func (l headLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	h := ui.Scaled(32)
	if l.narrow(s.Width) {
		ui.Place(o[0], 0, 0, s.Width, h)
		ui.Place(o[1], 0, h+4, s.Width, h)
		return
	}
	right := ui.Scaled(200) + 10 + o[1].(*fyne.Container).Objects[1].MinSize().Width
	ui.Place(o[0], 0, 0, s.Width-right-10, h)
	ui.Place(o[1], s.Width-right, 0, right, h)
}

// mainLayout stacks title and filters, the header and the rows. Where the picture between them would leave fewer than
// leastRows it is taken out, and the button that shows it by itself stands instead.
type mainLayout struct {
	picture, instead fyne.CanvasObject
	drawn            func() bool // there is something in the picture
}

// leastRows is how many rows of a table are in view whatever stands above them.
const leastRows = 5

func (*mainLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(320, 240) }

func (l *mainLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	const margin = 24
	w := s.Width - 2*margin
	show := func(x fyne.CanvasObject, on bool) {
		if x.Visible() == on {
			return
		}
		if on {
			x.Show()
		} else {
			x.Hide()
		}
	}
	show(l.picture, l.drawn())
	show(l.instead, false)
	h := ui.HeightAt(o[0], w)
	if l.drawn() && s.Height-h-16-10 < ui.Scaled(24)+leastRows*ui.Scaled(32) {
		show(l.picture, false)
		show(l.instead, true)
		h = ui.HeightAt(o[0], w)
	}
	y := float32(16)
	ui.Place(o[0], margin, y, w, h)
	y += h + 10
	h = ui.Scaled(24)
	ui.Place(o[1], margin-8, y, w+16, h)
	y += h + 2
	ui.Place(o[2], margin-8, y, w+16, s.Height-y)
}
