package results

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// mostRoutes is how many routes stand on the first screen; the rest are on the tab of cost lines.
const mostRoutes = 7

// routesShown picks the routes of the first screen: the cheapest feasible ones with at least one of each kind,
// then for each kind that has none the cheapest that a rule keeps out, then the best weaker model.
func routesShown(a *calc.Assessment) []*calc.Route {
	var out []*calc.Route
	kinds := map[calc.RouteKind]bool{}
	add := func(r *calc.Route) {
		if !slices.Contains(out, r) {
			out = append(out, r)
			kinds[r.Kind] = true
		}
	}
	for i := range a.Routes { // the cheapest feasible of each kind
		if r := &a.Routes[i]; r.Feasible && r.Monthly != nil && !kinds[r.Kind] {
			add(r)
		}
	}
	for i := range a.Routes { // more feasible ones, the cheapest first
		if r := &a.Routes[i]; r.Feasible && r.Monthly != nil && len(out) < mostRoutes-2 {
			add(r)
		}
	}
	for i := range a.Routes { // what a rule keeps out of a kind that is not there
		if r := &a.Routes[i]; !r.Feasible && !r.Weaker && r.Monthly != nil && !kinds[r.Kind] && len(out) < mostRoutes {
			add(r)
		}
	}
	if w := weakerShown(a); w != nil && len(out) < mostRoutes {
		add(w)
	}
	slices.SortStableFunc(out, byCost)
	return out
}

// weakerShown is the weaker model of the verdict's own sentence, or the cheapest one.
func weakerShown(a *calc.Assessment) *calc.Route {
	if w := a.Verdict.CheaperIfWeaker; w != nil {
		return a.Route(w.Route)
	}
	for i := range a.Routes {
		if r := &a.Routes[i]; r.Weaker && r.Monthly != nil {
			return r
		}
	}
	return nil
}

// byCost orders feasible routes before the others, and the cheaper before the dearer.
func byCost(x, y *calc.Route) int {
	rank := func(r *calc.Route) int {
		switch {
		case r.Feasible:
			return 0
		case r.Weaker:
			return 2
		}
		return 1
	}
	if a, b := rank(x), rank(y); a != b {
		return a - b
	}
	usd := func(r *calc.Route) float64 {
		if r.Monthly == nil {
			return math.Inf(1)
		}
		return r.Monthly.Likely
	}
	return cmp.Compare(usd(x), usd(y))
}

// routesPanel lists the routes with their ranges on one scale.
func (t *answerTab) routesPanel(v view) fyne.CanvasObject {
	routes := routesShown(v.a)
	head := container.New(perLayout{}, ui.NewText(ui.BodyStrong, "Cost by route").Cut(), t.perSelect(), ui.NewText(ui.Caption, wordsLikely).In(ui.ColorInk3).Right().Cut())
	if len(routes) == 0 {
		return ui.Column(8, head, ui.NewText(ui.Secondary, "No route has a price.").In(ui.ColorInk2).Wrapped())
	}
	low, high := scaleOf(routes, v.per)
	columns, amounts := &routeColumns{}, amountsOf(routes, v)
	rows := make([]fyne.CanvasObject, len(routes))
	for i, r := range routes {
		rows[i] = t.routeRow(v, r, amounts[i], columns, low, high)
	}
	body := container.New(markedLayout{}, markGrid(columns, low, high, v), ui.Column(0, rows...))
	foot := ui.Inset(0, 0, 0, -4, ui.Row(0, ui.NewButton(ui.Link, fmt.Sprintf("All %d routes, line by line", len(v.a.Routes)), func() { t.page.GoTo(TabCosts) })))
	return ui.Column(6, head, body, foot)
}

// scaleOf is the logarithmic scale that all marks share, a little wider than what it holds.
func scaleOf(routes []*calc.Route, per string) (low, high float64) {
	low, high = math.Inf(1), 0
	for _, r := range routes {
		cost := costOf(r, per)
		if cost == nil {
			continue
		}
		for _, v := range []float64{cost.Low, cost.Likely, cost.High} {
			if v > 0 {
				low, high = math.Min(low, v), math.Max(high, v)
			}
		}
	}
	if high == 0 {
		return 1, 10
	}
	low, high = low/1.15, high*1.15
	if high/low < 4 {
		middle := math.Sqrt(low * high)
		low, high = middle/2, middle*2
	}
	return low, high
}

// amountsOf writes what each route costs, "" for one that is ruled out. One under another they have the same digits: a
// whole "$5 k" gets its zero where another has tenths.
func amountsOf(routes []*calc.Route, v view) []string {
	out := make([]string, len(routes))
	tenths := false
	for i, r := range routes {
		if !r.Feasible {
			continue
		}
		out[i] = format.Unknown
		if cost := costOf(r, v.per); cost != nil {
			out[i] = v.cur.Money(cost.Likely)
		}
		tenths = tenths || withTenth.MatchString(out[i])
	}
	for i := range out {
		if tenths {
			out[i] = oneDigit.ReplaceAllString(out[i], "$1.0$2")
		}
	}
	return out
}

// An amount with a tenth, and one of a single digit before its unit.
var (
	withTenth = regexp.MustCompile(`^\D*\d\.\d [kMB]$`)
	oneDigit  = regexp.MustCompile(`^(\D*\d)( [kMB])$`)
)

func (t *answerTab) routeRow(v view, r *calc.Route, amount string, columns *routeColumns, low, high float64) fyne.CanvasObject {
	best := r.ID == v.a.Verdict.Route
	cost := costOf(r, v.per)
	if cost == nil { // nothing was answered well, so no call has a cost
		cost = &calc.Range{Low: math.NaN(), Likely: math.NaN(), High: math.NaN()}
	}
	mark := ui.NewRangeMark(string(r.Kind), cost.Low, cost.Likely, cost.High, low, high)
	mark.Log, mark.Hollow = true, !r.Feasible
	style, name := ui.Body, shortLabel(r)
	if best {
		style = ui.BodyStrong
	}
	columns.names = append(columns.names, ui.NewText(style, name))
	words := ui.NewText(style, amount).Right()
	if !r.Feasible {
		words = ui.NewText(ui.Caption, blockedShort(r)).In(ui.ColorInk3).Right().Cut()
	}
	row := container.New(routeRowLayout{columns}, ui.RouteName(string(r.Kind), name, best, !r.Feasible), mark, words)
	return ui.NewPressable(row, func() { t.page.openRoute(r.ID) })
}

// shortLabel is a route's name where there is little room; the tab of cost lines has it in full.
func shortLabel(r *calc.Route) string {
	switch r.ID {
	case "api-gateway":
		return "API, gateway"
	case "api-batch":
		return "API, batches"
	case "mixed":
		return "Own base, API peaks"
	}
	label := strings.NewReplacer(" times ", " × ", " SXM", "", " PCIe", "").Replace(r.Label)
	label = setsOf.ReplaceAllString(label, "$1 × $2 ")
	label = sizeAtEnd.ReplaceAllString(label, "")
	if setup, model, ok := strings.Cut(label, ", "); ok && r.Weaker { // that it is another model says more than on what it runs
		kind, _, _ := strings.Cut(setup, " ")
		return kind + ", " + model
	}
	return label
}

// Sets of machines, and the size of a model that its name tells already.
var (
	setsOf    = regexp.MustCompile(`(\d+) sets of (\d+) × `)
	sizeAtEnd = regexp.MustCompile(` \d+B$`)
)

// blockedShort is the rule that keeps a route out, in a word or two.
func blockedShort(r *calc.Route) string {
	if len(r.BlockedBy) == 0 {
		return "ruled out"
	}
	return ruleOf(r.BlockedBy[0]).short
}

// routeColumns are the columns of the rows: the name takes what the longest needs, the amount its width at 100 %, and the
// mark what they leave.
type routeColumns struct{ names []*ui.Text }

const (
	amountWidth = 66
	leastName   = 0.36 // of the row
	mostName    = 0.58
	swatchRoom  = 27 // of the swatch and of the gaps around a name
)

// places returns where the mark and the amount of a row begin.
func (c *routeColumns) places(width float32) (mark, amount float32) {
	for _, n := range c.names {
		mark = max(mark, n.FullWidth()+swatchRoom)
	}
	return min(max(mark, width*leastName), width*mostName), width - ui.Scaled(amountWidth)
}

type routeRowLayout struct{ columns *routeColumns }

func (routeRowLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(ui.Scaled(220), ui.Scaled(27))
}

func (l routeRowLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	mark, amount := l.columns.places(s.Width)
	h := o[0].MinSize().Height
	ui.Place(o[0], 0, (s.Height-h)/2, mark-6, h)
	ui.Place(o[1], mark, 0, amount-mark-6, s.Height)
	h = o[2].MinSize().Height
	ui.Place(o[2], amount, (s.Height-h)/2, s.Width-amount, h)
}

// markGrid is the upright grid behind the marks with its amounts at the foot.
func markGrid(columns *routeColumns, low, high float64, v view) fyne.CanvasObject {
	g := container.New(&markGridLayout{columns: columns, low: low, high: high}, ui.NewHairline())
	for _, at := range ticks(low, high) {
		g.Add(ui.NewUpright())
		g.Add(ui.NewText(ui.Caption, v.cur.Money(at)).In(ui.ColorInk3).Centred())
	}
	g.Layout.(*markGridLayout).at = ticks(low, high)
	return g
}

// ticks are round amounts on a logarithmic scale, at most four.
func ticks(low, high float64) []float64 {
	for _, steps := range [][]float64{{1, 2, 5}, {1, 3}, {1}} {
		var out []float64
		for decade := math.Pow(10, math.Floor(math.Log10(low))); decade <= high; decade *= 10 {
			for _, s := range steps {
				if at := decade * s; at >= low && at <= high {
					out = append(out, at)
				}
			}
		}
		if len(out) <= 3 {
			return out
		}
	}
	var out []float64
	first, last := math.Ceil(math.Log10(low)), math.Floor(math.Log10(high))
	step := math.Max(1, math.Ceil((last-first)/2))
	for e := first; e <= last; e += step {
		out = append(out, math.Pow(10, e))
	}
	return out
}

type markGridLayout struct {
	columns   *routeColumns
	low, high float64
	at        []float64
}

func (l *markGridLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (l *markGridLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	mark, amount := l.columns.places(s.Width)
	foot := s.Height - ui.Scaled(22)
	ui.Place(o[0], mark, foot, amount-mark-6, 1)
	const inset = 6 // the margin of a range mark
	left, width := mark+inset, amount-mark-6-2*inset
	last := float32(-1000)
	for i, v := range l.at {
		x := left + width*float32(math.Log(v/l.low)/math.Log(l.high/l.low))
		ui.Place(o[1+2*i], x, 0, 1, foot+3)
		w := ui.Scaled(60)
		ui.Place(o[2+2*i], x-w/2, foot+4, w, ui.Scaled(16))
		half := o[2+2*i].MinSize().Width / 2
		ui.SetShown(o[2+2*i], x-half > last)
		if x-half > last {
			last = x + half + 6
		}
	}
}

// markedLayout lays the grid behind the rows, with room for its amounts below them.
type markedLayout struct{}

// HeightAt implements ui.FlowLayout.
func (markedLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	return ui.HeightAt(o[1], width) + ui.Scaled(24)
}

func (l markedLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[1].MinSize()
	return fyne.NewSize(m.Width, m.Height+ui.Scaled(24))
}

func (markedLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	ui.Place(o[0], 0, 0, s.Width, s.Height)
	ui.Place(o[1], 0, 0, s.Width, s.Height-ui.Scaled(24))
}

// perLayout sets a title, the choice right after it, and a caption at the right; on a line of its own below where there
// is no room for it.
type perLayout struct{}

func (perLayout) wide(o []fyne.CanvasObject, width float32) bool {
	return o[0].MinSize().Width+o[1].MinSize().Width+o[2].(*ui.Text).FullWidth()+30 <= width
}

func (l perLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(ui.Scaled(220), o[0].MinSize().Height)
}

// HeightAt implements ui.FlowLayout.
func (l perLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	if l.wide(o, width) {
		return o[0].MinSize().Height
	}
	return o[1].MinSize().Height + o[2].MinSize().Height
}

func (l perLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	title, choice, caption := o[0].(*ui.Text), o[1].MinSize(), o[2].MinSize()
	line := title.MinSize().Height
	wide := l.wide(o, s.Width)
	if !wide {
		line = choice.Height
	}
	w := min(title.FullWidth()+1, s.Width-choice.Width-10)
	ui.Place(o[0], 0, (line-title.MinSize().Height)/2, w, title.MinSize().Height)
	ui.Place(o[1], w+10, (line-choice.Height)/2, choice.Width, choice.Height)
	o[2].(*ui.Text).SetAlign(wide)
	if wide {
		x := w + choice.Width + 20
		ui.Place(o[2], x, (line-caption.Height)/2, s.Width-x, caption.Height)
		return
	}
	ui.Place(o[2], 0, line, s.Width, caption.Height)
}
