package serving

import (
	"math"
	"sort"
)

// anchors hold a measured set-up's own points, so that at them the answer is the measurement.
type anchors struct{ groups []anchorGroup }

// anchorGroup is the points of one request shape, by rising concurrency, with what the step still misses there.
type anchorGroup struct {
	load               Load
	logInput, logWrite float64 // logarithms of load's lengths, plus one
	knots              []knot
}

type knot struct {
	c   float64
	log float64 // measured over computed answer time, logarithm
}

// anchorsOf collects the closed-loop points of the set-up's own runs and fills the curve between them with
// points of the step model, each octave, so that straight lines in the logarithm follow its bend.
func anchorsOf(s *Server) *anchors {
	var a anchors
	for _, o := range s.same {
		if o.quantity != OutputQuantity {
			continue
		}
		_, bare := s.model.cycle(o.load, o.c)
		miss := math.Log(o.c * o.load.Decoded() / o.measured / bare)
		if math.Abs(miss) > 0.25 && !o.setup.yours {
			continue // contradicted by its neighbours: doubted in the fit, so no anchor either
		}
		g := a.group(o.load)
		g.knots = append(g.knots, knot{o.c, miss})
	}
	if len(a.groups) == 0 {
		return nil
	}
	for i := range a.groups {
		a.groups[i].fill()
	}
	return &a
}

func (a *anchors) group(load Load) *anchorGroup {
	for i := range a.groups {
		if likeness(a.groups[i].load, load) > 0.97 {
			return &a.groups[i]
		}
	}
	a.groups = append(a.groups, anchorGroup{load: load, logInput: math.Log1p(load.Input), logWrite: math.Log1p(load.Decoded())})
	return &a.groups[len(a.groups)-1]
}

// fill sorts the points, joins those of one concurrency, adds the ends at which the measurement has no more say
// (two octaves away) and the octaves between.
func (g *anchorGroup) fill() {
	sort.Slice(g.knots, func(i, j int) bool { return g.knots[i].c < g.knots[j].c })
	var joined []knot
	count := 1.0
	for _, k := range g.knots {
		if n := len(joined); n > 0 && joined[n-1].c == k.c {
			count++
			joined[n-1].log += (k.log - joined[n-1].log) / count
			continue
		}
		count = 1
		joined = append(joined, k)
	}
	first, last := joined[0], joined[len(joined)-1]
	ends := append([]knot{{first.c / 4, 0}}, joined...)
	ends = append(ends, knot{last.c * 4, 0})
	g.knots = g.knots[:0:0]
	for i, k := range ends {
		if i > 0 {
			before := ends[i-1]
			width := math.Log(k.c / before.c)
			steps := int(math.Ceil(width/math.Ln2 - 1e-9))
			for j := 1; j < steps; j++ {
				t := float64(j) / float64(steps)
				g.knots = append(g.knots, knot{before.c * math.Exp(t*width), before.log + t*(k.log-before.log)})
			}
		}
		g.knots = append(g.knots, k)
	}
}

// likeness is 1 for equal request shapes and falls to 0 where prompt or answer differ by a factor of two.
func likeness(a, b Load) float64 {
	g := anchorGroup{load: b, logInput: math.Log1p(b.Input), logWrite: math.Log1p(b.Decoded())}
	return g.likeness(a, math.Log1p(a.Input), math.Log1p(a.Decoded()))
}

// likeness is the same with the logarithms at hand.
func (g *anchorGroup) likeness(load Load, logInput, logWrite float64) float64 {
	worst := max(math.Abs(logInput-g.logInput), math.Abs(logWrite-g.logWrite), math.Abs(load.CachedHits-g.load.CachedHits))
	return max(0, 1-worst/math.Ln2)
}

// correct pulls a computed answer time to the measured points of the nearest request shape. The pulled times are
// kept rising with concurrency and falling a request, so that the promises about speed hold for them too.
func (a *anchors) correct(m *engineModel, load Load, c, bare float64) float64 {
	if a == nil {
		return bare
	}
	c = max(1, c)
	var g *anchorGroup
	weight := 0.0
	logInput, logWrite := math.Log1p(load.Input), math.Log1p(load.Decoded())
	for i := range a.groups {
		if w := a.groups[i].likeness(load, logInput, logWrite); w > weight {
			g, weight = &a.groups[i], w
		}
	}
	if g == nil || c <= g.knots[0].c {
		return bare
	}
	pulled := func(k knot) float64 {
		prompt, answer := m.cycle(load, k.c)
		return max(answer*math.Exp(weight*k.log), prompt+0.1*(answer-prompt))
	}
	before := max(1, g.knots[0].c)
	_, time := m.cycle(load, before)
	for _, k := range g.knots[1:] {
		if k.c <= before {
			if k.c >= 1 {
				time = pulled(k)
			}
			continue
		}
		next := min(max(pulled(k), time), time*k.c/before)
		if c <= k.c {
			t := math.Log(c/before) / math.Log(k.c/before)
			return time * math.Exp(t*math.Log(next/time))
		}
		before, time = k.c, next
	}
	return max(time, min(bare, time*c/before))
}
