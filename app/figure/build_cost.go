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
)

var errNoRoute = errors.New("no route has a known monthly cost")

// monthlyCost shows each route's cost over the volume, with where they cross.
func (s *story) monthlyCost() (Figure, error) {
	routes := s.withEarliest(s.shown())
	crossing := s.crossing(routes)
	low, high := s.volumes(crossing)
	f := Figure{
		Title: s.costTitle(crossing),
		X:     Axis{Title: "Calls a month", Scaling: Log, Unit: format.Unit{Kind: format.KindCount}, Min: low, Max: high},
		Y:     Axis{Scaling: Log, Unit: s.money},
	}
	var bands, lines []Layer
	var banded []string
	for _, r := range routes {
		drawn := s.costLines(r, low, high)
		if len(drawn) == 0 {
			continue
		}
		lines = append(drawn, lines...) // the verdict's route on top
		if band, ok := s.costBand(r, low, high); ok && len(bands) < 2 && (r.Kind == calc.API || r.Kind == calc.Own) {
			bands, banded = append(bands, band), append(banded, format.Lowered(noun(r.Kind)))
		}
	}
	if len(lines) == 0 {
		return Figure{}, errNoRoute
	}
	f.Subtitle = s.costSubtitle(banded)
	f.Layers = append(append(s.yourTint("workload.calls_per_month"), bands...), lines...)
	f.Layers = append(f.Layers, s.costMarks(routes, crossing, low, high)...)
	f.Twin = s.costTwin(routes, low, high)
	return f, nil
}

func (s *story) costSubtitle(banded []string) string {
	text := "Monthly cost by calls a month, " + s.currency() + ", both scales log. Lines likely"
	if len(banded) > 0 {
		text += ", bands 8 of 10 futures for " + strings.Join(banded, " and ")
	}
	return text + "."
}

// yourTint is the ground behind the range that the person gave for an input.
func (s *story) yourTint(path string) []Layer {
	r := s.ownRange(path)
	if r == nil {
		return nil
	}
	u := s.unitOf(path)
	return []Layer{Tint{Low: r.Low, High: r.High, Paint: PaintAccent, Label: "your range, " + format.Between(u.Value(r.Low), u.Value(r.High))}}
}

// firstCrossing is the lowest volume from which a feasible route is cheaper than the API, nil where it never is.
func (s *story) firstCrossing(id string) *calc.BreakEven {
	var first *calc.BreakEven
	for i := range s.a.BreakEven {
		b := &s.a.BreakEven[i]
		if b.To == id && b.Status == "reached" && b.Calls != nil && b.Direction == "cheaper_above" && (first == nil || *b.Calls < *first.Calls) {
			first = b
		}
	}
	return first
}

// withEarliest adds the feasible route that undercuts the API first, so that the finding can be seen.
func (s *story) withEarliest(routes []*calc.Route) []*calc.Route {
	if s.cheapest(calc.API) == nil {
		return routes
	}
	var best *calc.Route
	var at *calc.BreakEven
	for i := range s.a.Routes {
		r := &s.a.Routes[i]
		if b := s.firstCrossing(r.ID); b != nil && r.Feasible && (at == nil || *b.Calls < *at.Calls*0.999) {
			best, at = r, b
		}
	}
	if best != nil && !slices.Contains(routes, best) {
		routes = append(routes, best)
	}
	return routes
}

// crossing is the first place where one of the routes undercuts the API.
func (s *story) crossing(routes []*calc.Route) *calc.BreakEven {
	if s.cheapest(calc.API) == nil {
		return nil
	}
	var first *calc.BreakEven
	for _, r := range routes {
		if b := s.firstCrossing(r.ID); r.Feasible && b != nil && (first == nil || *b.Calls < *first.Calls) {
			first = b
		}
	}
	return first
}

// volumes is the range of the X axis: a decade around the case, and the crossing where it is within reach.
func (s *story) volumes(crossing *calc.BreakEven) (low, high float64) {
	now := math.Max(s.calls(), 100)
	least, most := now, now
	if r := s.ownRange("workload.calls_per_month"); r != nil {
		least, most = math.Min(least, math.Max(r.Low, 100)), math.Max(most, r.High)
	}
	if crossing != nil && *crossing.Calls > now/1e4 && *crossing.Calls < now*1e4 {
		least, most = math.Min(least, *crossing.Calls), math.Max(most, *crossing.Calls)
	}
	return math.Max(100, loosen(least/8, false)), math.Min(1e9, loosen(most*8, true))
}

// costLines are the pieces of a route's line between two volumes; it breaks where the route cannot serve. The
// curve holds both sides of every step, so that straight pieces show the steps as they are.
func (s *story) costLines(r *calc.Route, low, high float64) []Layer {
	var pieces [][]XY
	var current []XY
	usd := s.a.Curve.Routes[r.ID]
	for i, calls := range s.a.Curve.CallsPerMonth {
		if i >= len(usd) || usd[i] == nil || *usd[i] <= 0 {
			if len(current) > 0 {
				pieces, current = append(pieces, current), nil
			}
			continue
		}
		current = append(current, XY{calls, *usd[i]})
	}
	pieces = append(pieces, current)
	var layers []Layer
	for _, piece := range pieces {
		if cut := between(piece, low, high); len(cut) > 1 {
			line := Line{Name: r.Label, Points: cut, Paint: linePaint(r), Ghost: !r.Feasible}
			layers = append(layers, line)
		}
	}
	if n := len(layers); n > 0 {
		last := layers[n-1].(Line)
		last.Label, last.Inline = s.lineName(r), r.Label
		if !r.Feasible {
			last.Inline = ""
		}
		layers[n-1] = last
	}
	return layers
}

// lineName is the word at the end of a line.
func (s *story) lineName(r *calc.Route) string {
	if !r.Feasible {
		return noun(r.Kind) + ": " + why(r)
	}
	if best := s.cheapest(r.Kind); best != nil && best != r {
		return noun(r.Kind) + ", " + s.modelName(r.Model)
	}
	return noun(r.Kind)
}

// between cuts a line at two values of X, on the straight pieces that a log-log figure draws.
func between(points []XY, low, high float64) []XY {
	var out []XY
	for i, p := range points {
		if i > 0 {
			for _, edge := range []float64{low, high} {
				if a := points[i-1]; a.X < edge && edge < p.X {
					t := math.Log(edge/a.X) / math.Log(p.X/a.X)
					out = append(out, XY{edge, a.Y * math.Pow(p.Y/a.Y, t)})
				}
			}
		}
		if p.X >= low && p.X <= high {
			out = append(out, p)
		}
	}
	return out
}

func (s *story) costBand(r *calc.Route, low, high float64) (Band, bool) {
	for _, b := range s.a.Curve.Bands {
		if b.Route != r.ID || !r.Feasible {
			continue
		}
		lower, upper := bandEdge(b.Calls, b.Low, low, high), bandEdge(b.Calls, b.High, low, high)
		if len(lower) < 2 || len(lower) != len(upper) {
			return Band{}, false
		}
		band := Band{Paint: paintOf(r.Kind)}
		for i := range lower {
			band.X = append(band.X, lower[i].X)
			band.Low, band.High = append(band.Low, lower[i].Y), append(band.High, upper[i].Y)
		}
		return band, true
	}
	return Band{}, false
}

func bandEdge(x, y []float64, low, high float64) []XY {
	var points []XY
	for i := range x {
		if y[i] <= 0 {
			return nil
		}
		points = append(points, XY{x[i], y[i]})
	}
	return between(points, low, high)
}

// costAt is the cost of a route at a volume, by its drawn line.
func (s *story) costAt(r *calc.Route, calls float64) (float64, bool) {
	for _, layer := range s.costLines(r, calls*0.9, calls*1.1) {
		line := layer.(Line)
		scale := Scale{Scaling: Log, min: 1, max: 1e12, p1: 1}
		if v, ok := line.at(calls, &scale, &scale); ok {
			return v, true
		}
	}
	return 0, false
}

// costMarks are "you are here", the crossing, and where the owned set-up is full.
func (s *story) costMarks(routes []*calc.Route, crossing *calc.BreakEven, low, high float64) []Layer {
	var layers []Layer
	if v := s.verdict(); v != nil && v.Monthly != nil && v.Monthly.Likely > 0 && s.calls() >= low {
		layers = append(layers, RefLine{At: s.calls(), Label: "you are here", Dash: Dotted, Dot: true, DotAt: v.Monthly.Likely, DotPaint: paintOf(v.Kind),
			Sub: format.Count(s.calls()) + ", " + noun(v.Kind) + " " + s.usd(v.Monthly.Likely)})
	}
	if crossing != nil && *crossing.Calls > low && *crossing.Calls < high {
		to := s.a.Route(crossing.To)
		if usd, ok := s.costAt(to, *crossing.Calls); ok {
			layers = append(layers, Marker{At: XY{*crossing.Calls, usd}, Label: format.Capital(doing(to.Kind)) + " pays from " + format.Count(*crossing.Calls),
				Sub: futures(crossing), Range: crossingRange(crossing)})
		}
	}
	for _, r := range routes {
		if note := s.fullNote(r, high); note != nil {
			layers = append(layers, *note)
			break
		}
	}
	return layers
}

// crossingRange is P10 to P90 of a crossing, nil where it is unknown or leaves the likely place outside.
func crossingRange(b *calc.BreakEven) *Span {
	if b.Low == nil || b.High == nil || *b.Low > *b.Calls || *b.High < *b.Calls {
		return nil
	}
	return &Span{*b.Low, *b.High}
}

// futures says how sure a crossing is.
func futures(b *calc.BreakEven) string {
	var parts []string
	if b.ShareReached != nil && *b.ShareReached < 0.995 {
		parts = append(parts, "reached in "+strconv.Itoa(int(math.Round(*b.ShareReached*100)))+" of 100 futures")
	}
	if r := crossingRange(b); r != nil {
		span := format.Between(format.Count(r.Low), format.Count(r.High))
		if len(parts) > 0 {
			parts = append(parts, "mostly "+span)
		} else {
			parts = append(parts, "8 of 10 futures: "+span)
		}
	}
	return strings.Join(parts, ", ")
}

// fullNote points at the volume at which an owned set-up is full: the first step above the case.
func (s *story) fullNote(r *calc.Route, high float64) *Note {
	if r.Kind != calc.Own || !r.Feasible {
		return nil
	}
	setup, _, _ := strings.Cut(r.SetupLabel, ",")
	usd, calls := s.a.Curve.Routes[r.ID], s.a.Curve.CallsPerMonth
	for i := 1; i < len(calls) && i < len(usd); i++ {
		if usd[i] == nil || usd[i-1] == nil || calls[i] <= s.calls() || calls[i] > high/2 {
			continue
		}
		if calls[i] < calls[i-1]*1.001 && *usd[i] > *usd[i-1]*1.05 {
			name, is := setup, " is"
			if r.Replicas > 1 {
				name, is = format.Whole(float64(r.Replicas))+" sets of "+setup, " are"
			}
			return &Note{At: XY{calls[i], math.Sqrt(*usd[i] * *usd[i-1])}, Text: name + is + " full at " + format.Count(calls[i-1]) + ": more is needed"}
		}
	}
	return nil
}

func (s *story) costTitle(crossing *calc.BreakEven) string {
	v, rival := s.verdict(), s.rival()
	switch {
	case v == nil:
		return "No route passes your rules"
	case v.Kind == calc.API && crossing != nil && *crossing.Calls > s.calls():
		return "The API is cheapest up to " + format.Count(*crossing.Calls) + " calls a month"
	case v.Kind == calc.API && s.hasFeasible(calc.Own, calc.Rent, calc.Mixed) && crossing == nil:
		return "No volume makes owning or renting cheaper than the API"
	case v.Kind != calc.API && crossing != nil && *crossing.Calls <= s.calls() && crossing.To == v.ID:
		return format.Capital(doing(v.Kind)) + " is cheaper than the API from " + format.Count(*crossing.Calls) + " calls a month"
	case rival != nil:
		return format.Capital(doing(v.Kind)) + " costs " + s.usd(v.Monthly.Likely) + " a month, " + times(v.Monthly.Likely, rival.Monthly.Likely) + " " + doing(rival.Kind)
	}
	return "Only one kind of route passes your rules: " + doing(v.Kind) + ", " + s.usd(v.Monthly.Likely) + " a month"
}

func (s *story) hasFeasible(kinds ...calc.RouteKind) bool {
	return slices.ContainsFunc(kinds, func(k calc.RouteKind) bool { return s.cheapest(k) != nil })
}

// costTwin tells the cost of each route at round volumes.
func (s *story) costTwin(routes []*calc.Route, low, high float64) Table {
	t := Table{Headers: []string{"Calls a month"}}
	for _, r := range routes {
		t.Headers = append(t.Headers, r.Label+", "+s.currency())
	}
	for _, calls := range roundVolumes(low, high, s.calls()) {
		row := []string{format.Whole(calls)}
		for _, r := range routes {
			if usd, ok := s.costAt(r, calls); ok {
				row = append(row, s.opt.Currency.Total(usd))
			} else {
				row = append(row, format.Unknown)
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// roundVolumes are 1, 2 and 5 times the powers of ten between two volumes, and the case's own.
func roundVolumes(low, high, own float64) []float64 {
	out := []float64{}
	if own >= low && own <= high {
		out = append(out, own)
	}
	for power := math.Pow(10, math.Floor(math.Log10(low))); power <= high; power *= 10 {
		for _, m := range []float64{1, 2, 5} {
			if v := m * power; v >= low && v <= high && v != own {
				out = append(out, v)
			}
		}
	}
	slices.Sort(out)
	return out
}

// overTime shows what has been spent in all, month by month, and what the machines bring back at the end.
func (s *story) overTime() (Figure, error) {
	months := s.a.OverTime.Months
	f := Figure{
		X:    Axis{Title: "Months from the start", Unit: format.Unit{Kind: format.KindMonths}},
		Y:    Axis{Unit: s.money},
		Twin: Table{Headers: []string{"Month"}},
	}
	var lines []Layer
	var drawn []*calc.Route
	for _, r := range s.shown() {
		usd := s.a.OverTime.Routes[r.ID]
		if len(usd) == 0 || len(usd) != len(months) {
			continue
		}
		line := Line{Name: r.Label, Paint: linePaint(r), Ghost: !r.Feasible, Label: s.endName(r), Short: s.lineName(r), Points: s.spent(r)}
		lines, drawn = append([]Layer{line}, lines...), append(drawn, r)
		f.Twin.Headers = append(f.Twin.Headers, r.Label+", "+s.currency())
	}
	if len(lines) == 0 {
		return Figure{}, errors.New("the assessment holds no cost over time")
	}
	bands, ends := s.spentBands(drawn), s.atTheEnd(drawn)
	f.Layers = append(append(bands, lines...), ends...)
	f.Subtitle = "Money spent since the start, " + s.currency() + ". Lines likely"
	if len(bands) > 0 {
		f.Subtitle += ", bands 8 of 10 futures"
	}
	if len(ends) > 0 {
		f.Subtitle += "; at the end, after resale, with 8 of 10"
	}
	f.Subtitle += "."
	s.overTimeTwin(&f.Twin, drawn)
	var mark *Marker
	f.Title, mark = s.overTimeFinding(drawn)
	if mark != nil {
		f.Layers = append(f.Layers, *mark)
	}
	return f, nil
}

// overTimeTwin tells every month, and the totals with what comes back.
func (s *story) overTimeTwin(t *Table, drawn []*calc.Route) {
	for i, m := range s.a.OverTime.Months {
		row := []string{strconv.Itoa(m)}
		for _, r := range drawn {
			row = append(row, s.opt.Currency.Total(s.a.OverTime.Routes[r.ID][i]))
		}
		t.Rows = append(t.Rows, row)
	}
	net, span := []string{"After resale"}, []string{"P10 to P90"}
	for _, r := range drawn {
		if r.Horizon == nil {
			net, span = append(net, format.Unknown), append(span, format.Unknown)
			continue
		}
		net, span = append(net, s.opt.Currency.Total(r.Horizon.Likely)), append(span, s.usdRange(*r.Horizon))
	}
	t.Rows = append(t.Rows, net, span)
}

// spentBands are P10 to P90 of what was spent: of the verdict's route and of the cheapest other one, as more would
// hide each other.
func (s *story) spentBands(drawn []*calc.Route) []Layer {
	var bands []Layer
	for _, r := range drawn {
		for _, b := range s.a.OverTime.Bands {
			if b.Route != r.ID || !r.Feasible || len(bands) == 2 || len(b.Low) != len(b.Months) || len(b.High) != len(b.Months) || len(b.Months) == 0 {
				continue
			}
			band := Band{Paint: paintOf(r.Kind)}
			for i, m := range b.Months {
				band.X, band.Low, band.High = append(band.X, float64(m)), append(band.Low, b.Low[i]), append(band.High, b.High[i])
			}
			bands = append(bands, band)
		}
	}
	return bands
}

// jump is how many times an ordinary month a month has to cost to be drawn as a purchase.
const jump = 2

// spent is the line of a route: from what is paid at the start, and upright where machines are bought, which
// happens at the start of their month.
func (s *story) spent(r *calc.Route) []XY {
	usd := s.a.OverTime.Routes[r.ID]
	var points []XY
	before := 0.0
	if r.Upfront != nil && *r.Upfront > 0 && *r.Upfront <= usd[0] {
		before = *r.Upfront
	}
	points = append(points, XY{0, before})
	for i, m := range s.a.OverTime.Months {
		paid := usd[i] - before
		if i > 0 && i+1 < len(usd) {
			if usual := usd[i+1] - usd[i]; usual > 0 && paid > jump*usual {
				points = append(points, XY{float64(m - 1), usd[i] - usual})
			}
		}
		points = append(points, XY{float64(m), usd[i]})
		before = usd[i]
	}
	return points
}

// atTheEnd marks the totals over the horizon: the drop from what was spent to what is left after resale, and the
// range of the futures.
func (s *story) atTheEnd(drawn []*calc.Route) []Layer {
	var ends []EndRange
	for _, r := range drawn {
		usd := s.a.OverTime.Routes[r.ID]
		if r.Horizon == nil || !r.Feasible {
			continue
		}
		spent := usd[len(usd)-1]
		if r.Horizon.Low < r.Horizon.High || r.Horizon.Likely < spent*0.995 {
			ends = append(ends, EndRange{Paint: paintOf(r.Kind), From: spent, Low: r.Horizon.Low, Likely: r.Horizon.Likely, High: r.Horizon.High})
		}
	}
	if len(ends) == 0 {
		return nil
	}
	return []Layer{EndRanges{X: float64(s.a.OverTime.Months[len(s.a.OverTime.Months)-1]), Ends: ends}}
}

// endName is the full name of a route at the end of its line.
func (s *story) endName(r *calc.Route) string {
	if !r.Feasible {
		return s.lineName(r)
	}
	return r.Label
}

// overTimeFinding is the title, and the place where one drawn route overtakes the other.
func (s *story) overTimeFinding(drawn []*calc.Route) (string, *Marker) {
	v := s.verdict()
	horizon := 0
	if n := len(s.a.OverTime.Months); n > 0 {
		horizon = s.a.OverTime.Months[n-1]
	}
	if v == nil {
		return "No route passes your rules", nil
	}
	var best *calc.Payback
	for i := range s.a.OverTime.Payback {
		p := &s.a.OverTime.Payback[i]
		from, to := s.a.Route(p.From), s.a.Route(p.To)
		if p.Month == nil || *p.Month <= 1 || from == nil || to == nil || !slices.Contains(drawn, from) || !slices.Contains(drawn, to) {
			continue
		}
		if best == nil || *p.Month < *best.Month {
			best = p
		}
	}
	if best == nil {
		return s.cheapestOverTime(v, drawn, horizon), nil
	}
	from, to := s.a.Route(best.From), s.a.Route(best.To)
	title := fmt.Sprintf("%s overtakes %s in month %d", format.Capital(doing(to.Kind)), doing(from.Kind), *best.Month)
	at := slices.Index(s.a.OverTime.Months, *best.Month)
	if at < 0 {
		return title, nil
	}
	mark := &Marker{At: XY{float64(*best.Month), s.a.OverTime.Routes[to.ID][at]}, Label: fmt.Sprintf("month %d", *best.Month),
		Sub: doing(to.Kind) + " has cost less from here"}
	if best.Low != nil && best.High != nil && *best.Low <= *best.Month && *best.Month <= *best.High {
		mark.Range = &Span{float64(*best.Low), float64(*best.High)}
		mark.Sub = fmt.Sprintf("8 of 10 futures that pay back: month %d to %d", *best.Low, *best.High)
	}
	if best.ShareReached != nil && *best.ShareReached < 0.995 {
		mark.Sub = fmt.Sprintf("in %d of 100 futures, ", int(math.Round(*best.ShareReached*100))) + strings.Replace(mark.Sub, "8 of 10 futures that pay back: ", "mostly ", 1)
	}
	return title, mark
}

// cheapestOverTime says which drawn route has cost least at the end, and by how much.
func (s *story) cheapestOverTime(v *calc.Route, drawn []*calc.Route, horizon int) string {
	last := func(r *calc.Route) float64 {
		usd := s.a.OverTime.Routes[r.ID]
		return usd[len(usd)-1]
	}
	var next *calc.Route
	least := drawn[0]
	for _, r := range drawn {
		if r.Feasible && last(r) < last(least) {
			least = r
		}
	}
	for _, r := range drawn {
		if r.Kind != least.Kind && r.Feasible && (next == nil || last(r) < last(next)) {
			next = r
		}
	}
	switch {
	case next == nil:
		return fmt.Sprintf("%s costs %s over %d months", format.Capital(doing(v.Kind)), s.usd(last(least)), horizon)
	case least == v:
		return fmt.Sprintf("%s stays the cheapest for all %d months: %s against %s", format.Capital(doing(v.Kind)), horizon, s.usd(last(least)), s.usd(last(next)))
	}
	return fmt.Sprintf("Over %d months %s costs least: %s against %s", horizon, doing(least.Kind), s.usd(last(least)), s.usd(last(next)))
}
