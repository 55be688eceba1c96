package results

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

// costsTab lists every route, and for the chosen one each line of its cost.
type costsTab struct {
	page   *Page
	body   fyne.CanvasObject
	list   *fyne.Container
	routes *container.Scroll
	scroll *container.Scroll
	detail *fyne.Container
	route  string // id; "" = the verdict's
	chosen *ui.Pressable
	mix    *pane // the load of the mixed route
}

func newCostsTab(p *Page) *costsTab {
	t := &costsTab{page: p, list: ui.Column(2), detail: ui.Column(22)}
	t.mix = newPane(p, figure.LoadDurationID, fyne.NewSize(300, 240))
	t.scroll = ui.Scroll(ui.Inset(16, 28, 32, 28, t.detail))
	t.routes = ui.Scroll(ui.Inset(14, 12, 24, margin-10, t.list))
	t.body = container.New(masterLayout{}, t.routes, ui.NewUpright(), t.scroll)
	return t
}

func (t *costsTab) content() fyne.CanvasObject { return t.body }

// openRoute shows the cost lines of a route.
func (p *Page) openRoute(id string) {
	if t, ok := p.made[TabCosts].(*costsTab); ok {
		t.choose(id)
	} else {
		t := newCostsTab(p)
		t.route = id
		p.made[TabCosts] = t
	}
	delete(p.filled, TabCosts)
	p.GoTo(TabCosts)
}

func (t *costsTab) choose(id string) {
	t.route = id
	t.scroll.ScrollToTop()
}

func (t *costsTab) show(v view) {
	r := v.a.Route(t.route)
	if r == nil {
		if r = v.a.Route(v.a.Verdict.Route); r == nil && len(v.a.Routes) > 0 {
			r = &v.a.Routes[0]
		}
	}
	t.list.Objects = t.routeList(v, r)
	t.detail.Objects = nil
	if r != nil {
		t.detail.Objects = t.routeDetail(v, r)
	}
	renewed(t.routes)
	renewed(t.scroll)
}

// bySection orders the routes as the list shows them: within the rules, ruled out, on a weaker model; in each the
// cheapest on top and what has no price last.
func bySection(a *calc.Assessment) []*calc.Route {
	routes := make([]*calc.Route, len(a.Routes))
	for i := range a.Routes {
		routes[i] = &a.Routes[i]
	}
	slices.SortStableFunc(routes, byCost)
	return routes
}

// routeList is every route by section.
func (t *costsTab) routeList(v view, chosen *calc.Route) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	section := ""
	routes := bySection(v.a)
	for i, r := range routes {
		if s := sectionOf(r); s != section {
			section = s
			out = append(out, ui.Inset(10, 0, 2, 10, ui.NewText(ui.Caption, s).In(ui.ColorInk3)))
		}
		amount := ui.NewText(ui.Body, format.Unknown)
		if r.Monthly != nil {
			amount.SetText(v.cur.Money(r.Monthly.Likely))
		}
		if !r.Feasible {
			amount.In(ui.ColorInk3)
		}
		row := ui.NewPressable(ui.Pad(5, 10, ui.Ends(12, ui.RouteName(string(r.Kind), r.Label, r == chosen, !r.Feasible), amount)),
			func() { t.choose(r.ID); t.show(t.page.view()) })
		row.SetChosen(r == chosen)
		if r == chosen {
			t.chosen = row
		}
		row.SetKey(t.arrows(routes, i))
		out = append(out, row)
	}
	return out
}

// arrows moves the choice up and down the list.
func (t *costsTab) arrows(routes []*calc.Route, i int) func(*fyne.KeyEvent) bool {
	return func(e *fyne.KeyEvent) bool {
		switch e.Name {
		case fyne.KeyUp:
			i--
		case fyne.KeyDown:
			i++
		default:
			return false
		}
		if i >= 0 && i < len(routes) {
			t.choose(routes[i].ID)
			t.show(t.page.view())
			t.focusChosen()
		}
		return true
	}
}

// focusChosen puts the focus on the chosen row after the list was built anew.
func (t *costsTab) focusChosen() {
	c := t.page.shell.Canvas()
	if c != nil && t.chosen != nil {
		c.Focus(t.chosen)
	}
}

func sectionOf(r *calc.Route) string {
	switch {
	case r.Feasible:
		return "Within your rules"
	case r.Weaker:
		return "On a weaker model"
	}
	return "Ruled out"
}

func (t *costsTab) routeDetail(v view, r *calc.Route) []fyne.CanvasObject {
	head := ui.Column(4, ui.Row(10, ui.NewSwatch(string(r.Kind), !r.Feasible), ui.Grow(ui.NewText(ui.Finding, r.Label).Wrapped())))
	if r.SetupLabel != "" {
		head.Add(ui.NewText(ui.Secondary, r.SetupLabel+", "+replicas(r.Replicas)).In(ui.ColorInk3).Wrapped())
	}
	head.Add(monthLine(v, r))
	out := []fyne.CanvasObject{head}
	if len(r.BlockedBy) > 0 {
		out = append(out, t.blockers(r))
	}
	if r.Kind == calc.API || r.Kind == calc.Mixed {
		for _, words := range oneHostNotes(v.a) {
			out = append(out, hanging(20, ui.NewSizedIcon(ui.IconWarning, ui.ColorWarning, 13), ui.NewText(ui.Secondary, words).In(ui.ColorInk2).Wrapped()))
		}
	}
	if r.Kind == calc.Mixed {
		t.mix.show(v)
		out = append(out, tall(280, t.mix))
	}
	if len(r.Lines) > 0 {
		out = append(out, t.lineTable(v, r))
	} else {
		out = append(out, ui.NewText(ui.Body, "Nothing can be added up here: there is no price for it.").In(ui.ColorInk2).Wrapped())
	}
	out = append(out, grid(22, t.facts(v, r), t.bill(v, r)))
	return out
}

// oneHostNotes are the warnings that the API routes hang on one provider, who may drop the model.
func oneHostNotes(a *calc.Assessment) []string {
	var out []string
	for _, words := range a.Warnings {
		if strings.Contains(words, "if it drops") {
			out = append(out, words)
		}
	}
	return out
}

func replicas(n int) string {
	switch n {
	case 0:
		return "no replica"
	case 1:
		return "1 replica"
	}
	return fmt.Sprintf("%d replicas", n)
}

// monthLine is the cost with its range, the cost of a call and the evidence.
func monthLine(v view, r *calc.Route) fyne.CanvasObject {
	if r.Monthly == nil {
		return ui.NewText(ui.Body, "Not priced").In(ui.ColorInk2)
	}
	m := r.Monthly
	line := ui.Wrap(14, 4, ui.NewText(ui.PanelTitle, v.cur.Money(m.Likely)+" a month"))
	if m.Low != m.High {
		line.Add(ui.NewText(ui.Body, "8 times in 10 between "+v.cur.Money(m.Low)+" and "+v.cur.Money(m.High)).In(ui.ColorInk2))
	}
	if r.PerCall != nil {
		line.Add(ui.NewText(ui.Body, v.cur.Money(r.PerCall.Likely)+" a successful call").In(ui.ColorInk2))
	}
	if r.Chance != nil && v.a.Draws > 0 {
		line.Add(ui.NewText(ui.Body, "this exact offer is cheapest in "+format.Chance(*r.Chance)+" of futures").In(ui.ColorInk2))
	}
	line.Add(ui.NewBadge(string(r.Evidence)))
	return line
}

func (t *costsTab) blockers(r *calc.Route) fyne.CanvasObject {
	list := ui.Column(4, ui.NewText(ui.BodyStrong, "What keeps it out"))
	for _, reason := range r.BlockedBy {
		text := ui.NewText(ui.Secondary, reasonWords(reason)+".").In(ui.ColorInk2).Wrapped()
		var row fyne.CanvasObject = text
		if path := ruleOf(reason).path; path != "" {
			row = ui.Ends(12, text, ui.NewButton(ui.Link, "Change: "+labelOf(path), func() { t.page.ask(path) }))
		}
		list.Add(hanging(20, ui.NewSizedIcon(ui.IconLock, ui.ColorInk3, 12), row))
	}
	return list
}

// The columns of the table of cost lines at 100 %: what, quantity × price, bar, amount.
var lineColumns = ui.TableColumns{Gap: cellGap, Least: leastGrowing, Widths: []float32{0, 176, 110, 96}, Drop: []int{2, 1}}

// lineTable lists the lines, each with its formula and source below it, and their sum.
func (t *costsTab) lineTable(v view, r *calc.Route) fyne.CanvasObject {
	table := ui.Column(0, headerLine())
	most := 0.0
	var none []string
	for _, l := range r.Lines {
		most = math.Max(most, math.Abs(l.USD))
	}
	for _, l := range r.Lines {
		if l.USD == 0 {
			none = append(none, format.Lowered(l.Label))
			continue
		}
		table.Add(t.costLine(v, r, l, most))
		table.Add(ui.NewHairline())
	}
	if r.Monthly != nil {
		table.Add(lineColumns.Row(32, ui.NewText(ui.BodyStrong, "Sum of the likely values"), ui.NewText(ui.Body, ""), ui.NewText(ui.Body, ""),
			ui.NewText(ui.BodyStrong, v.cur.Exact(r.Monthly.Likely)).Right()))
	}
	if len(none) > 0 {
		table.Add(ui.NewText(ui.Caption, "Counted as nothing in this case: "+listed(none, len(none))+".").In(ui.ColorInk3).Wrapped())
	}
	return table
}

func headerLine() fyne.CanvasObject {
	caption := func(words string, right bool) fyne.CanvasObject {
		text := ui.NewText(ui.Caption, words).In(ui.ColorInk3).Cut()
		if right {
			text.Right()
		}
		return text
	}
	return ui.Column(0, lineColumns.Row(24, caption("Line", false), caption("Quantity × unit price", true), caption("", false), caption("A month", true)), ui.NewHairline())
}

// unsourced reports whether nothing stands behind a line but a guess.
func unsourced(e catalog.Evidence) bool { return e == catalog.Speculation || e == catalog.False }

func (t *costsTab) costLine(v view, r *calc.Route, l calc.Line, most float64) fyne.CanvasObject {
	share := 0.0
	if most > 0 {
		share = math.Abs(l.USD) / most
	}
	first := lineColumns.Row(24,
		tagged(ui.NewText(ui.BodyStrong, l.Label), ui.NewBadge(string(l.Evidence))),
		ui.NewText(ui.Body, quantityWords(v, l)).In(ui.ColorInk2).Right().Cut(),
		newLineBar(string(r.Kind), share, unsourced(l.Evidence)),
		ui.NewText(ui.Body, v.cur.Exact(l.USD)).Right())
	body := ui.Column(2, first)
	if l.Formula != "" {
		body.Add(ui.NewText(ui.Code, l.Formula).In(ui.ColorInk2).Wrapped())
	}
	if l.Source != "" {
		body.Add(ui.NewText(ui.Caption, l.Source).In(ui.ColorInk3).Wrapped())
	}
	return ui.Pad(7, 0, body)
}

func quantityWords(v view, l calc.Line) string {
	return format.Number(l.Quantity, 6) + " " + l.Unit + " × " + v.cur.Price(l.UnitUSD)
}

// facts are what a purchase needs beside the monthly cost.
func (t *costsTab) facts(v view, r *calc.Route) fyne.CanvasObject {
	facts := []fact{}
	add := func(name string, usd *float64) {
		if usd != nil {
			facts = append(facts, fact{name, v.cur.Money(*usd)})
		}
	}
	add("Up front", r.Upfront)
	add("Paid each month", r.Cash)
	add("A month without one call", r.Floor)
	if r.Commitment > 0 {
		facts = append(facts, fact{"Commitment", format.Number(r.Commitment, 3) + " months"})
	} else {
		facts = append(facts, fact{"Commitment", "none"})
	}
	if r.PowerKW != nil {
		facts = append(facts, fact{"Power", format.Number(*r.PowerKW, 3) + " kW"})
	}
	if r.Servers > 0 {
		facts = append(facts, fact{"Space", servers(r.Servers) + siteWords(v, r)})
	}
	if l := r.LeadTime; l != nil {
		facts = append(facts, fact{"Lead time", format.Between(format.Number(l.Low, 2), format.Number(l.High, 2)) + " weeks, likely " + format.Number(l.Likely, 2)})
	}
	if h := r.Horizon; h != nil {
		facts = append(facts, fact{fmt.Sprintf("Over %.0f months", v.scenario.Likely("finance.horizon_months")), v.cur.Money(h.Likely)})
	}
	add("Present value of that", r.NPV)
	if r.PerTask != nil && r.PerCall != nil && *r.PerTask != *r.PerCall {
		facts = append(facts, fact{"A task", v.cur.Money(r.PerTask.Likely)})
	}
	if s := r.Speed.PerUserTokS; s != nil {
		facts = append(facts, fact{"Speed for one person", format.Number(*s, 2) + " tokens a second"})
	}
	if b := r.Speed.BusyShare; b != nil {
		facts = append(facts, fact{"Busy", format.Share(*b)})
	}
	return ui.Column(8, ui.NewText(ui.BodyStrong, "To sign for"), factList(facts))
}

// siteWords says where the servers of a route stand.
func siteWords(v view, r *calc.Route) string {
	switch {
	case r.Kind == calc.Rent:
		return " at the provider"
	case v.scenario.Text("finance.site") == "colocation":
		return " in colocation"
	}
	return " on your own site"
}

// bill lists what would be bought.
func (t *costsTab) bill(v view, r *calc.Route) fyne.CanvasObject {
	list := ui.Column(8, ui.NewText(ui.BodyStrong, "Bill of materials"))
	if len(r.Bill) == 0 {
		list.Add(ui.NewText(ui.Secondary, "Nothing is bought.").In(ui.ColorInk2))
		return list
	}
	for _, item := range r.Bill {
		price := "not priced"
		if item.UnitUSD != nil {
			price = v.cur.Money(item.UnitUSD.Likely) + " each"
			if item.UnitUSD.Low != item.UnitUSD.High {
				price += " (" + format.Between(v.cur.Money(item.UnitUSD.Low), v.cur.Money(item.UnitUSD.High)) + ")"
			}
		}
		list.Add(ui.Column(1,
			ui.Ends(12, ui.NewText(ui.Body, format.Number(item.Quantity, 4)+" × "+item.What).Wrapped(), ui.NewBadge(string(item.Evidence))),
			ui.NewText(ui.Secondary, price).In(ui.ColorInk2).Wrapped(),
			ui.NewText(ui.Caption, item.Source).In(ui.ColorInk3).Wrapped()))
	}
	return list
}

// lineBar is the size of a cost line in the route's colour; dashed where nothing but a guess stands behind it.
type lineBar struct {
	widget.BaseWidget
	kind   string
	share  float64
	dashed bool
}

func newLineBar(kind string, share float64, dashed bool) *lineBar {
	b := &lineBar{kind: kind, share: share, dashed: dashed}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer implements fyne.Widget.
func (b *lineBar) CreateRenderer() fyne.WidgetRenderer {
	r := &lineBarRenderer{bar: b}
	r.Refresh()
	return r
}

type lineBarRenderer struct {
	bar     *lineBar
	size    fyne.Size
	objects []fyne.CanvasObject
}

const lineBarHeight = 10

func (r *lineBarRenderer) Destroy()                     {}
func (r *lineBarRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *lineBarRenderer) MinSize() fyne.Size           { return fyne.NewSize(20, lineBarHeight) }

func (r *lineBarRenderer) Layout(s fyne.Size) {
	if r.size != s {
		r.size = s
		r.Refresh()
	}
}

// Refresh draws the bar anew: a filled one, or the dashes along its four sides.
func (r *lineBarRenderer) Refresh() {
	r.objects = nil
	ink := ui.Color(ui.RouteColor(r.bar.kind))
	width, top := max(2, (r.size.Width-2)*float32(r.bar.share)), (r.size.Height-lineBarHeight)/2
	add := func(x, y, w, h float32) {
		rect := canvas.NewRectangle(ink)
		ui.Place(rect, x, y, w, h)
		r.objects = append(r.objects, rect)
	}
	if !r.bar.dashed {
		add(0, top, width, lineBarHeight)
		return
	}
	const dash, gap, thick = 4, 3, 1.2
	for x := float32(0); x < width; x += dash + gap {
		w := min(dash, width-x)
		add(x, top, w, thick)
		add(x, top+lineBarHeight-thick, w, thick)
	}
	for y := float32(0); y < lineBarHeight; y += dash + gap {
		h := min(dash, lineBarHeight-y)
		add(0, top+y, thick, h)
		add(width-thick, top+y, thick, h)
	}
	canvas.Refresh(r.bar)
}

// masterLayout sets the list of routes at the left and the chosen one beside it; in a narrow window the list goes
// above and takes a third.
type masterLayout struct{}

func (masterLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(ui.Scaled(280), ui.Scaled(200))
}

func (masterLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	list := ui.Scaled(316)
	if s.Width-list < ui.Scaled(480) {
		h := s.Height * 0.34
		ui.Place(o[0], 0, 0, s.Width, h)
		o[1].Hide()
		ui.Place(o[2], 0, h, s.Width, s.Height-h)
		return
	}
	o[1].Show()
	ui.Place(o[0], 0, 0, list, s.Height)
	ui.Place(o[1], list, 0, 1, s.Height)
	ui.Place(o[2], list+1, 0, s.Width-list-1, s.Height)
}
