package calc

import (
	"math"
	"slices"
	"time"
)

// Movable is a number input laid out along a scale, so that a person can try other answers to it.
type Movable struct {
	Path string
	Now  float64 // where the scenario stands; what the catalogue supplies where the answer is left to it
	// Low and High are the ends of the scale: wide enough for the answer's range, its ready answers and its flip.
	Low, High float64
	Log       bool // equal ratios are equal lengths
	Whole     bool // only whole numbers
}

// Movable lays out each of these inputs along a scale. An input that is no number, or that stands at a figure which the
// catalogue does not know, is left out. Flips are those of the scenario's assessment, nil where it has none yet.
func (a *Assessor) Movable(s Scenario, paths []string, flips []Flip, today time.Time) []Movable {
	w := a.with(s.Facts()).newWorld(s, today)
	verdict := w.verdictRoute(w.frame(w.likely, nil))
	out := []Movable{}
	for _, path := range paths {
		in := LookupInput(path)
		if in == nil || in.Kind != Number && in.Kind != Integer {
			continue
		}
		m := Movable{Path: path, Now: s.Likely(path), Whole: in.Kind == Integer}
		r := s.Number(path)
		if i, ok := w.axes.of[path]; ok {
			d := &w.axes.dims[i]
			r = d.r
			if d.null {
				if m.Now = w.nullNow(i, verdict); m.Now <= 0 {
					continue
				}
				r = Range{Low: m.Now, Likely: m.Now, High: m.Now}
			}
		}
		m.ends(in, r, flips)
		out = append(out, m)
	}
	return out
}

// byRatio are the units whose answers run over orders of magnitude; the others are tried on an even scale, which
// reaches zero.
var byRatio = []Unit{UnitCalls, UnitTokens, UnitUSD, UnitUSDMonth, UnitUSDPerMTok, UnitTokensMin}

// ends sets the ends of the scale.
func (m *Movable) ends(in *Input, r Range, flips []Flip) {
	far := []float64{m.Now, r.Low, r.High}
	for _, p := range in.Presets {
		if !p.Value.Null {
			far = append(far, p.Value.Number.Likely)
		}
	}
	if !in.Default.Null {
		far = append(far, in.Default.Number.Likely)
	}
	for _, f := range flips {
		if f.Input == in.Path && (m.Now <= 0 || f.At < m.Now*1e3 && f.At > m.Now/1e3) {
			far = append(far, f.At*0.8, f.At*1.25)
		}
	}
	least, most := slices.Min(far), slices.Max(far)
	switch {
	case m.Now > 0 && slices.Contains(byRatio, in.Unit):
		positive := slices.DeleteFunc(slices.Clone(far), func(v float64) bool { return v <= 0 })
		m.Log = true
		m.Low, m.High = math.Min(m.Now/10, slices.Min(positive)), math.Max(m.Now*10, most)
		m.Low = math.Max(m.Low, math.Max(in.Min, m.Now/1e4))
		if m.Whole {
			m.Low = math.Max(1, math.Round(m.Low))
		}
	case in.Unit == UnitShare && in.Max <= 1:
		m.Low, m.High = in.Min, in.Max
	default:
		m.Low, m.High = math.Min(least, math.Max(in.Min, 0)), math.Max(most, 3*m.Now)
		if m.High <= m.Low {
			m.High = m.Low + scaleOf(in)
		}
	}
	m.High = math.Min(m.High, in.Max)
	if low := threeDigits(m.Low); low <= m.Now && low >= in.Min {
		m.Low = low
	}
	if high := threeDigits(m.High); high >= m.Now && high <= in.Max {
		m.High = high
	}
	if m.Log && m.High < m.Low*4 { // too short for ratios to say anything
		m.Log, m.Low = false, in.Min
	}
}

// scaleOf is how far to reach for an input whose answers so far are all the same: nothing says how large it is.
func scaleOf(in *Input) float64 {
	switch in.Unit {
	case UnitUSD, UnitUSDMonth:
		return 10_000
	case UnitTokens, UnitTokensMin:
		return 32_768
	case UnitShare, UnitSharePerMon, UnitSharePerYr:
		return 0.5
	case UnitSequences, UnitDevices:
		return 64
	}
	return 10
}

// MovedTo returns the answer to a number input with its likely value at another place. A range moves along by the same
// ratio, so that a person who is not sure stays as unsure; on the plain scale it moves by the same distance. The answer
// stays within the input's limits.
func (s Scenario) MovedTo(path string, to float64) Value {
	in := InputAt(path)
	clip := func(v float64) float64 { return math.Min(math.Max(v, in.Min), in.Max) }
	to = clip(to)
	if in.Kind == Integer {
		return Num(math.Round(to))
	}
	v, given := s.Given(path)
	r := v.Number
	if !given && in.Spread != nil {
		r = *in.Spread
	} else if !given {
		r = in.Default.Number
	}
	if v.Null || r.IsExact() {
		return Num(to)
	}
	low, high := r.Low-r.Likely+to, r.High-r.Likely+to
	if r.Likely > 0 && r.Low > 0 && to > 0 && in.Min >= 0 {
		low, high = to*(r.Low/r.Likely), to*(r.High/r.Likely)
	}
	return Between(clip(low), to, clip(high))
}

// factInputs are the inputs by which a person can overrule a fact of the catalogue.
var factInputs = map[string]string{
	dimMarketInput: "api.input_usd_per_mtok", dimMarketCached: "api.cached_input_usd_per_mtok", dimMarketOutput: "api.output_usd_per_mtok",
	dimServerPrice: "finance.server_usd", dimRentPrice: "finance.rent_usd_per_device_hour", dimReasoning: "workload.reasoning_tokens_per_call",
}

// Deciding lists the number inputs that decide a case: the calls first, then those that are uncertain and can change
// the verdict, then by turns what moves the costs most and what turns the verdict soonest. It is empty where the
// assessment has neither tornado nor flips.
func Deciding(a *Assessment) []string {
	var changing, moving, turning []string
	flips := map[string]bool{}
	for _, f := range a.Verdict.Flips {
		flips[f.Input] = true
		turning = append(turning, f.Input)
	}
	for _, x := range a.Sensitivity {
		path := x.Input
		if p, ok := factInputs[path]; ok {
			path = p
		}
		if LookupInput(path) == nil || x.LowUSD == x.HighUSD {
			continue
		}
		if x.ChangesWinner || flips[path] {
			changing = append(changing, path)
		} else {
			moving = append(moving, path)
		}
	}
	var out []string
	if len(turning)+len(changing)+len(moving) > 0 {
		out = append(out, "workload.calls_per_month")
	}
	add := func(list []string, i int) {
		if i < len(list) && !slices.Contains(out, list[i]) {
			out = append(out, list[i])
		}
	}
	for i := range changing {
		add(changing, i)
	}
	for i := range max(len(moving), len(turning)) {
		add(moving, i)
		add(turning, i)
	}
	return out
}
