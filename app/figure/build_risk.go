package figure

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"hostwise/app/figure/format"
	"hostwise/calc"
	"hostwise/calc/notation"
)

// tornadoBars is the most bars that a tornado shows.
const tornadoBars = 9

// tornado shows how far each uncertain input moves the gap between the verdict's route and the next kind.
func (s *story) tornado() (Figure, error) {
	v := s.verdict()
	switch {
	case v == nil:
		return Figure{}, errors.New("no route passes the rules, so there is no winner to overturn")
	case len(s.a.Sensitivity) == 0:
		return Figure{}, errors.New("the assessment holds no sensitivities: assess without --quick")
	}
	bars := slices.DeleteFunc(slices.Clone(s.a.Sensitivity), func(x calc.Sensitivity) bool {
		return math.Abs(x.HighUSD-x.LowUSD) < 0.5 || math.Abs(x.HighUSD-x.LowUSD) < 1e-4*math.Abs(x.BaseUSD)
	})
	if len(bars) == 0 {
		bars = s.a.Sensitivity
	}
	bars = bars[:min(len(bars), tornadoBars)]
	against := s.opponent(v, bars[0].Against)
	f := Figure{
		Title:    s.tornadoTitle(against.loser),
		Subtitle: fmt.Sprintf("How much cheaper %s is than %s, %s a month, when one answer moves from its low to its high value.", doing(v.Kind), against.words, s.currency()),
		X:        Axis{Unit: s.money},
		Twin:     Table{Headers: []string{"Input", "Low", "Likely", "High", "Gap at low", "Gap now", "Gap at high", "Changes the winner", "Flips at"}},
	}
	spans := Spans{Above: paintOf(v.Kind), Below: against.paint, Split: true}
	column := Column{Title: "flips at"}
	for i, b := range bars {
		low, high := s.quantity(b.Input, b.LowValue), s.quantity(b.Input, b.HighValue)
		if b.LowValue == b.HighValue { // a price of another route than the verdict's: only the direction is known
			low, high = "low", "high"
		}
		row := Row{Label: b.Label, Strong: b.ChangesWinner}
		if b.LowValue != b.HighValue {
			row.Sub = "now " + s.quantity(b.Input, b.BaseValue)
		}
		f.Rows = append(f.Rows, row)
		spans.Bars = append(spans.Bars, FromTo{Row: i, Low: b.LowUSD, High: b.HighUSD, LowText: low, HighText: high})
		flip := s.flipOf(b.Input)
		if against.kind && s.flipsWithinKind(b.Input, v.Kind) {
			flip = Cell{"same kind", false}
		}
		column.Cells = append(column.Cells, flip)
	}
	for _, b := range s.a.Sensitivity {
		changes := "no"
		if b.ChangesWinner {
			changes = "yes"
		}
		flip := s.flipOf(b.Input).Text
		if s.flipsWithinKind(b.Input, v.Kind) {
			flip += ", to another route of the same kind"
		}
		f.Twin.Rows = append(f.Twin.Rows, []string{b.Label, s.quantity(b.Input, b.LowValue), s.quantity(b.Input, b.BaseValue), s.quantity(b.Input, b.HighValue),
			s.usd(b.LowUSD), s.usd(b.BaseUSD), s.usd(b.HighUSD), changes, flip})
	}
	f.Columns = []Column{column}
	f.X.Min, f.X.Max = tornadoBounds(bars)
	f.Layers = []Layer{
		Tint{Low: f.X.Min, High: 0, Paint: against.paint}, spans,
		RefLine{At: 0, Dash: Dashed, Above: true, Label: against.wins, Other: noun(v.Kind) + " wins"},
		RefLine{At: bars[0].BaseUSD, Above: true, Label: "now " + s.usd(bars[0].BaseUSD)},
	}
	return f, nil
}

// opponent is what the gap of the tornado is measured against: the cheapest feasible route of another kind;
// where there is none, the next feasible route; where the verdict stands alone, the one that the rules keep out.
type opponent struct {
	words string // in the subtitle
	wins  string // at the border
	loser string // what would be overturned
	paint Paint
	kind  bool // it is of another kind and passes the rules: beyond zero the kind changes
}

func (s *story) opponent(v *calc.Route, against string) opponent {
	r := s.a.Route(against)
	switch {
	case r == nil || r.Kind == v.Kind:
		return opponent{words: "the next best set-up", wins: "another wins", loser: "this set-up", paint: PaintNeutral}
	case r.Feasible:
		return opponent{"the cheapest route of another kind", noun(r.Kind) + " wins", doing(v.Kind), paintOf(r.Kind), true}
	}
	return opponent{words: doing(r.Kind) + ", which your rules keep out", wins: noun(r.Kind) + " would cost less", loser: doing(v.Kind), paint: paintOf(r.Kind)}
}

// flipsWithinKind reports whether the nearest flip of an input leads to another route of the same kind: the bar, which
// is the gap to another kind, need not cross zero there.
func (s *story) flipsWithinKind(path string, kind calc.RouteKind) bool {
	for _, f := range s.a.Verdict.Flips {
		if f.Input == path || f.Input == inputOf(path) {
			to := s.a.Route(f.Becomes)
			return to != nil && to.Kind == kind
		}
	}
	return false
}

// tornadoBounds holds all bars and a strip beyond zero, where the winner changes.
func tornadoBounds(bars []calc.Sensitivity) (low, high float64) {
	for _, b := range bars {
		low = math.Min(low, math.Min(b.LowUSD, b.HighUSD))
		high = math.Max(high, math.Max(math.Max(b.LowUSD, b.HighUSD), b.BaseUSD))
	}
	span := math.Max(high-low, 1e-6)
	return math.Min(low-0.04*span, -0.08*span), high + 0.03*span
}

// flipOf says at which value of an input the verdict changes: the value, "never" where none was found, or
// "–" where it was not sought.
func (s *story) flipOf(path string) Cell {
	for _, f := range s.a.Verdict.Flips {
		if f.Input == path || f.Input == inputOf(path) {
			return Cell{s.quantityTo(f.Input, f.At, notation.DigitsApart(f.At, f.Now)), true}
		}
	}
	for _, none := range s.a.Verdict.NoFlip {
		if none == path || none == inputOf(path) || strings.HasPrefix(none, s.labelOf(path)) {
			return Cell{"never", false}
		}
	}
	return Cell{format.Unknown, false}
}

// labelOf is the label of an input in the list of what was searched without a flip.
func (s *story) labelOf(path string) string {
	if in := calc.LookupInput(inputOf(path)); in != nil {
		return in.Label
	}
	return path
}

func (s *story) tornadoTitle(loser string) string {
	var changing []string
	for _, x := range s.a.Sensitivity {
		if x.ChangesWinner {
			changing = append(changing, x.Label)
		}
	}
	at := " at " + format.Count(s.calls()) + " calls"
	switch len(changing) {
	case 0:
		return "No single assumption overturns " + loser + at
	case 1:
		return changing[0] + " alone can overturn " + loser + at
	case 2:
		return changing[0] + " or " + format.Lowered(changing[1]) + " can overturn " + loser + at
	}
	return spelled(len(changing)) + " assumptions can each overturn " + loser + at
}

// spelled writes a small number as a word, as a sentence begins with one.
func spelled(n int) string {
	words := [...]string{"No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"}
	if n < len(words) {
		return words[n]
	}
	return strconv.Itoa(n)
}

// breakEvenRows is the most routes that the break-even figure shows.
const breakEvenRows = 8

// breakEven shows from which volume each route is cheaper than the API.
func (s *story) breakEven() (Figure, error) {
	now := s.calls()
	f := Figure{
		Subtitle: "Calls a month from which a route beats the cheapest API, log. Marks: likely; bars: 8 of 10 that cross",
		X:        Axis{Title: "Calls a month", Scaling: Log, Unit: format.Unit{Kind: format.KindCount}},
		Twin:     Table{Headers: []string{"Route", "Set-up", "Cheaper from", "P10 to P90", "In this share of futures", "Status"}},
	}
	var marks []RangeMark
	var ridges Ridges
	column, reached := Column{Title: "from"}, Column{Title: "of 100 futures"}
	var best *calc.BreakEven
	drawn := interval{}
	for i := range s.a.Routes {
		r := &s.a.Routes[i]
		b := s.breakEvenOf(r.ID)
		if b == nil {
			continue
		}
		f.Twin.Rows = append(f.Twin.Rows, breakEvenTwin(r, b))
		wanted := s.opt.AllRoutes || r.Feasible || (r.Kind == calc.Mixed && !r.Weaker)
		if !wanted || len(f.Rows) >= breakEvenRows && !s.opt.AllRoutes {
			continue
		}
		f.Rows = append(f.Rows, Row{Label: r.Label, Swatch: paintOf(r.Kind), Muted: !r.Feasible})
		mark := breakEvenMark(len(f.Rows)-1, r, b)
		if ridge, ok := breakEvenRidge(&mark, r, b); ok {
			ridges.Ridges = append(ridges.Ridges, ridge)
			drawn.add(mostOf(ridge)...)
		}
		marks = append(marks, mark)
		cell := Cell{Text: format.Unknown}
		if !mark.NoDot {
			cell = Cell{format.Count(mark.Likely), r.Feasible}
			drawn.add(mark.Low, mark.High)
			if r.Feasible && (best == nil || mark.Likely < *best.Calls) {
				best = b
			}
		}
		column.Cells = append(column.Cells, cell)
		reached.Cells = append(reached.Cells, reachedCell(b))
	}
	if len(f.Rows) == 0 {
		return Figure{}, errors.New("the assessment holds no break-even: no API route stands against another kind")
	}
	if best != nil {
		for i := range f.Rows {
			f.Rows[i].Strong = f.Rows[i].Label == s.a.Route(best.To).Label
		}
	}
	drawn.add(math.Max(now, 1)/3, math.Max(now, 1)*3)
	f.X.Min, f.X.Max = loosen(math.Max(1, drawn.low), false), loosen(math.Min(1e12, drawn.high), true)
	f.Title = s.breakEvenTitle(best, now)
	f.Columns = []Column{reached, column}
	f.Layers = s.yourTint("workload.calls_per_month")
	if len(ridges.Ridges) > 0 {
		f.Layers = append(f.Layers, ridges)
		f.Subtitle += "; hills: all futures"
	}
	f.Subtitle += "."
	f.Layers = append(f.Layers, RangeMarks{marks})
	if now > 0 {
		f.Layers = append(f.Layers, RefLine{At: now, Label: "you are here, " + format.Count(now), Dash: Dotted, Above: true})
	}
	return f, nil
}

// breakEvenOf is the entry to show for a route: its first crossing upwards, else any crossing, else why there
// is none.
func (s *story) breakEvenOf(id string) *calc.BreakEven {
	if b := s.firstCrossing(id); b != nil {
		return b
	}
	for i := range s.a.BreakEven {
		if s.a.BreakEven[i].To == id {
			return &s.a.BreakEven[i]
		}
	}
	return nil
}

func breakEvenMark(row int, r *calc.Route, b *calc.BreakEven) RangeMark {
	mark := RangeMark{Row: row, Paint: paintOf(r.Kind), Hollow: !r.Feasible, Faint: !r.Feasible}
	switch {
	case b.Status == "not_verified":
		mark.NoDot, mark.Text = true, "not verified: extrapolated or not priced"
	case b.Status != "reached" || b.Calls == nil:
		mark.NoDot, mark.Text = true, "never, at the likely values"
	default:
		mark.Low, mark.Likely, mark.High = *b.Calls, *b.Calls, *b.Calls
		if span := crossingRange(b); span != nil {
			mark.Low, mark.High = span.Low, span.High
		}
		if b.Direction == "cheaper_below" {
			mark.Text = "cheaper below"
		}
	}
	return mark
}

// breakEvenRidge is how the futures that cross are spread; words of a route without a likely crossing stand past it.
func breakEvenRidge(mark *RangeMark, r *calc.Route, b *calc.BreakEven) (Ridge, bool) {
	if b.Spread == nil || b.Status == "not_verified" || b.ShareReached == nil || *b.ShareReached < 0.01 {
		return Ridge{}, false
	}
	if mark.NoDot {
		for i, share := range b.Spread.Shares { // the words stand past what can be seen
			if share >= 0.01 {
				mark.High = b.Spread.Edges[i+1]
			}
		}
	}
	return Ridge{Row: mark.Row, Paint: mark.Paint, Edges: b.Spread.Edges, Shares: b.Spread.Shares, Faint: !r.Feasible}, true
}

// mostOf are the ends of the part of a ridge that an axis should show: bins with one future in a hundred or more.
func mostOf(r Ridge) []float64 {
	var ends []float64
	for i, share := range r.Shares {
		if share >= 0.01 {
			ends = append(ends, r.Edges[i], r.Edges[i+1])
		}
	}
	return ends
}

// reachedCell says in how many of a hundred futures the crossing was reached.
func reachedCell(b *calc.BreakEven) Cell {
	switch {
	case b.ShareReached == nil:
		return Cell{Text: format.Unknown}
	case *b.ShareReached > 0 && *b.ShareReached < 0.005:
		return Cell{Text: "< 1"}
	}
	return Cell{Text: strconv.Itoa(int(math.Round(*b.ShareReached * 100)))}
}

func breakEvenTwin(r *calc.Route, b *calc.BreakEven) []string {
	row := []string{r.Label, r.SetupLabel, format.Unknown, format.Unknown, format.Unknown, strings.ReplaceAll(b.Status, "_", " ")}
	if b.Calls != nil {
		row[2] = format.Whole(*b.Calls)
	}
	if b.Low != nil && b.High != nil {
		row[3] = format.Between(format.Count(*b.Low), format.Count(*b.High))
	}
	if b.ShareReached != nil {
		row[4] = format.Share(*b.ShareReached)
	}
	return row
}

func (s *story) breakEvenTitle(best *calc.BreakEven, now float64) string {
	switch {
	case s.verdict() == nil:
		return "No route passes your rules"
	case best == nil:
		return "No volume makes owning or renting cheaper than the API"
	}
	what, at := format.Capital(doing(s.a.Route(best.To).Kind)), *best.Calls
	switch {
	case s.cheapest(calc.API) == nil:
		return "Your rules leave out the API; " + format.Lowered(what) + " would be cheaper from " + format.Count(at) + " calls a month"
	case best.Direction == "cheaper_below":
		return what + " is cheaper than the API only below " + format.Count(at) + " calls a month"
	case at <= now:
		return what + " already pays: it breaks even at " + format.Count(at) + " calls a month"
	case now > 0 && at/now >= 1.5:
		return what + " pays from " + format.Count(at) + " calls a month, " + format.Number(at/now, 2) + " times your volume"
	}
	return what + " pays from " + format.Count(at) + " calls a month, close to your volume"
}

// winMap shows which route is cheapest over two inputs, and how surely.
func (s *story) winMap() (Figure, error) {
	m := s.opt.WinMap
	switch {
	case m == nil:
		return Figure{}, errors.New("it needs a win map study, which no assessment holds: run the study for two inputs first")
	case len(m.XValues) < 2 || len(m.YValues) < 2 || len(m.Routes) != len(m.YValues) || len(m.Chance) != len(m.YValues):
		return Figure{}, errors.New("the win map study is empty")
	}
	f := Figure{
		X: s.mapAxis(m.X, m.XLabel, m.XValues), Y: s.mapAxis(m.Y, m.YLabel, m.YValues),
		Twin: Table{Headers: []string{m.YLabel, m.XLabel, "Cheapest", "Chance"}},
	}
	f.Subtitle = "Cheapest route by " + format.Lowered(m.XLabel) + " and " + format.Lowered(m.YLabel) + ". Darker is surer; in 8 of 10 futures the border runs through the paler part."
	cells := Cells{X: m.XValues, Y: m.YValues}
	for j := range m.YValues {
		if len(m.Routes[j]) != len(m.XValues) || len(m.Chance[j]) != len(m.XValues) {
			return Figure{}, errors.New("the rows of the win map study are not of one length")
		}
		var winners []Paint
		var depths []int
		for i := range m.XValues {
			winner, depth := paintOf(s.kindOf(m.Routes[j][i])), DepthOfChance(m.Chance[j][i])
			if m.Routes[j][i] == "" {
				winner, depth = PaintMuted, 0
			}
			winners, depths = append(winners, winner), append(depths, depth)
			f.Twin.Rows = append(f.Twin.Rows, []string{s.quantity(m.Y, m.YValues[j]), s.quantity(m.X, m.XValues[i]), s.routeLabel(m.Routes[j][i]), format.Chance(m.Chance[j][i])})
		}
		cells.Winner, cells.Depth = append(cells.Winner, winners), append(cells.Depth, depths)
	}
	row, col := nearest(m.YValues, m.NowY), nearest(m.XValues, m.NowX)
	here, chance := s.kindOf(m.Routes[row][col]), m.Chance[row][col]
	f.Title = mapTitle(here, chance, m.Routes[row][col] == "")
	f.Layers = []Layer{cells}
	if inAxis(m.NowX, &f.X) && inAxis(m.NowY, &f.Y) {
		f.Layers = append(f.Layers, Cross{At: XY{m.NowX, m.NowY}, X: s.ownRange(m.X), Y: s.ownRange(m.Y), Paint: paintOf(here),
			Label: "You are here", Sub: s.quantity(m.X, m.NowX) + ", " + s.quantity(m.Y, m.NowY)})
	}
	f.Layers = append(f.Layers, s.borders(&f)...)
	f.Layers = append(f.Layers, s.plates(cells)...)
	f.Keys = mapKeys(cells)
	return f, nil
}

// borders are the nearest changes of the winner from where the case stands, along each axis.
func (s *story) borders(f *Figure) []Layer {
	m := s.opt.WinMap
	var layers []Layer
	for _, b := range m.Borders {
		if b.At == nil {
			continue
		}
		at := XY{m.NowX, *b.At}
		if b.Input == m.X {
			at = XY{*b.At, m.NowY}
		}
		if !inAxis(at.X, &f.X) || !inAxis(at.Y, &f.Y) {
			continue
		}
		label := "none from "
		if b.Becomes != "" {
			label = noun(b.Kind) + " from "
		}
		if !b.Up {
			label = strings.Replace(label, "from", "below", 1)
		}
		layers = append(layers, Marker{At: at, Label: label + s.quantity(b.Input, *b.At), Plate: true})
	}
	return layers
}

func inAxis(v float64, axis *Axis) bool { return v >= axis.Min && v <= axis.Max }

// kindOf is the kind of a route by its id, also for routes that the assessment does not list.
func (s *story) kindOf(id string) calc.RouteKind {
	if r := s.a.Route(id); r != nil {
		return r.Kind
	}
	switch {
	case strings.HasPrefix(id, "rent-"):
		return calc.Rent
	case strings.HasPrefix(id, "own-"):
		return calc.Own
	case id == "mixed":
		return calc.Mixed
	}
	return calc.API
}

func (s *story) routeLabel(id string) string {
	if r := s.a.Route(id); r != nil {
		return r.Label
	}
	if id == "" {
		return "none passes the rules"
	}
	return id
}

// mapAxis is logarithmic where the values cover most of a decade.
func (s *story) mapAxis(path, label string, values []float64) Axis {
	axis := Axis{Title: axisTitle(path, label), Unit: s.unitOf(path), Min: values[0], Max: values[len(values)-1], NoGrid: true}
	if axis.Min > 0 && axis.Max/axis.Min >= 8 {
		axis.Scaling = Log
	}
	return axis
}

// axisTitle is the label of an input with its unit, where the numbers of the axis do not carry it.
func axisTitle(path, label string) string {
	in := calc.LookupInput(inputOf(path))
	if in == nil {
		return label
	}
	switch in.Unit {
	case calc.UnitFTE:
		return label + ", FTE"
	case calc.UnitWeeks, calc.UnitKW:
		return label + ", " + string(in.Unit)
	case calc.UnitUSDPerMTok:
		return label + ", a million tokens"
	case calc.UnitUSDPerKWh:
		return label + ", a kWh"
	case calc.UnitUSDHour:
		return label + ", an hour"
	}
	return label
}

func nearest(values []float64, v float64) int {
	best := 0
	for i, x := range values {
		if math.Abs(x-v) < math.Abs(values[best]-v) {
			best = i
		}
	}
	return best
}

func mapTitle(kind calc.RouteKind, chance float64, none bool) string {
	what := doing(kind)
	switch {
	case none:
		return "No route passes your rules where you are"
	case chance >= 0.9:
		return "Where you are, " + what + " is clearly the cheapest: in " + format.Chance(chance) + " of futures"
	case chance >= 0.6:
		return "Where you are, " + what + " is the cheapest in " + format.Chance(chance) + " of futures"
	}
	return "Where you are it is close: " + what + " is the cheapest in only " + format.Chance(chance) + " of futures"
}

// plates name each winner in the middle of its widest stretch.
func (s *story) plates(c Cells) []Layer {
	var layers []Layer
	for _, kind := range []calc.RouteKind{calc.API, calc.Rent, calc.Own, calc.Mixed} {
		paint, bestRun, count := paintOf(kind), 0, 0
		var at XY
		for j := range c.Y {
			for from := 0; from < len(c.X); {
				to := from
				for to < len(c.X) && c.Winner[j][to] == paint && c.Depth[j][to] > 0 {
					to++
				}
				run := to - from
				count += run
				// Of equally wide stretches the one nearest the middle of the map is best.
				if run > bestRun || run == bestRun && run > 0 && abs(j-len(c.Y)/2) < abs(nearest(c.Y, at.Y)-len(c.Y)/2) {
					bestRun, at = run, XY{c.X[from+run/2], c.Y[j]}
				}
				from = max(to, from+1)
			}
		}
		if count > 0 && bestRun*12 >= len(c.X) {
			share := float64(count) / float64(len(c.X)*len(c.Y))
			layers = append(layers, Plate{At: at, Label: noun(kind), Sub: format.Share(share) + " of the map"})
		}
	}
	return layers
}

func abs(v int) int {
	if v < 0 {
		return -v
	}
	return v
}

// mapKeys explains the depths with the paints that occur.
func mapKeys(c Cells) []Key {
	var paints []Paint
	for _, p := range []Paint{PaintAPI, PaintRent, PaintOwn, PaintMixed} {
		if slices.ContainsFunc(c.Winner, func(row []Paint) bool { return slices.Contains(row, p) }) {
			paints = append(paints, p)
		}
	}
	var keys []Key
	for i, text := range []string{"90 and more of 100", "75 to 90", "60 to 75", "under 60, a toss-up"} {
		keys = append(keys, Key{Depths: paints, Depth: 4 - i, Text: text})
	}
	return keys
}
