package figure

import (
	"math"

	"hostwise/app/figure/format"
	"hostwise/calc"
)

// WithSaved draws the answer that is saved behind a figure of monthly cost of other answers: its lines, where they
// differ, thin and dotted, and the volume it stands at. Other figures are returned as they are.
func WithSaved(f Figure, tried, saved *calc.Assessment, opt BuildOptions) Figure {
	if f.ID != "monthly-cost" || tried == nil || saved == nil {
		return f
	}
	money := format.Unit{Kind: format.KindMoney, Currency: opt.Currency}
	s, now := &story{a: saved, opt: opt, money: money}, &story{a: tried, opt: opt, money: money}
	var ghosts []Layer
	drawn := map[string]bool{}
	for _, id := range []string{saved.Verdict.Route, tried.Verdict.Route} {
		r := saved.Route(id)
		if r == nil || drawn[id] || r.Monthly == nil || !s.moved(now, r, f.X.Min, f.X.Max) {
			continue
		}
		drawn[id] = true
		for _, layer := range s.costLines(r, f.X.Min, f.X.Max) {
			line := layer.(Line)
			line.Name, line.Ghost, line.Inline = r.Label+", saved", true, ""
			if line.Label != "" {
				line.Label = noun(r.Kind) + ", saved"
			}
			ghosts = append(ghosts, line)
		}
	}
	if calls := s.calls(); calls != now.calls() && calls >= f.X.Min && calls <= f.X.Max {
		mark := RefLine{At: calls, Label: "saved, " + format.Count(calls), Dash: Dotted, Muted: true}
		if v := s.verdict(); v != nil && v.Monthly != nil && v.Monthly.Likely > 0 {
			mark.Dot, mark.DotAt, mark.DotPaint = true, v.Monthly.Likely, paintOf(v.Kind)
		}
		ghosts = append(ghosts, mark)
	}
	f.Layers = append(ghosts, f.Layers...)
	return f
}

// moved reports whether a route costs something else than in another story, by half of one per cent at some volume.
func (s *story) moved(other *story, r *calc.Route, low, high float64) bool {
	same := other.a.Route(r.ID)
	if same == nil {
		return true
	}
	for _, calls := range roundVolumes(low, high, s.calls()) {
		a, okA := s.costAt(r, calls)
		b, okB := other.costAt(same, calls)
		if okA != okB || okA && math.Abs(a-b) > 0.005*math.Max(a, b) {
			return true
		}
	}
	return false
}
