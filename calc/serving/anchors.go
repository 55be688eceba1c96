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
	yours              bool    // the person's own points: the answer passes through them, whatever the step says
	decode             bool    // they are of decoding alone, not of whole requests
	knots              []knot
}

type knot struct {
	c     float64
	log   float64 // measured over computed time, logarithm
	yours bool    // a point that was measured, not one filled in between
}

// anchorsOf collects the closed-loop points of the set-up's own runs, and the person's points of decoding alone, and
// fills the curve between them with points of the step model, each octave, so that straight lines in the logarithm
// follow its bend.
func anchorsOf(s *Server) *anchors {
	var a anchors
	for _, o := range s.same {
		own := o.setup.yours
		if o.quantity != OutputQuantity && !own {
			continue
		}
		miss := math.Log(o.predict(&s.model) / o.measured)
		if math.Abs(miss) > 0.25 && !own {
			continue // contradicted by its neighbours: doubted in the fit, so no anchor either
		}
		g := a.group(o)
		g.knots = append(g.knots, knot{o.c, miss, own})
	}
	if len(a.groups) == 0 {
		return nil
	}
	for i := range a.groups {
		a.groups[i].fill()
	}
	return &a
}

// group is where a run's point belongs.
func (a *anchors) group(o *observation) *anchorGroup {
	yours, decode := o.setup.yours, o.quantity == DecodeQuantity
	for i := range a.groups {
		if g := &a.groups[i]; g.yours == yours && g.decode == decode && likeness(g.load, o.load) > 0.97 {
			return g
		}
	}
	a.groups = append(a.groups, anchorGroup{
		load: o.load, logInput: math.Log1p(o.load.Input), logWrite: math.Log1p(o.load.Decoded()), yours: yours, decode: decode,
	})
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
	ends := append([]knot{{c: first.c / 4}}, joined...)
	ends = append(ends, knot{c: last.c * 4})
	g.knots = g.knots[:0:0]
	for i, k := range ends {
		if i > 0 {
			before := ends[i-1]
			width := math.Log(k.c / before.c)
			steps := int(math.Ceil(width/math.Ln2 - 1e-9))
			for j := 1; j < steps; j++ {
				t := float64(j) / float64(steps)
				g.knots = append(g.knots, knot{c: before.c * math.Exp(t*width), log: before.log + t*(k.log-before.log)})
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

// ownPreference is by how much the person's own points are taken to be more alike than the catalogue's.
const ownPreference = 1.5

// nearest is the group whose request shape is most like the load's, and how alike they are.
func (a *anchors) nearest(load Load) (nearest *anchorGroup, weight float64) {
	best := 0.0
	logInput, logWrite := math.Log1p(load.Input), math.Log1p(load.Decoded())
	for i := range a.groups {
		g := &a.groups[i]
		w := g.likeness(load, logInput, logWrite)
		preferred := w
		if g.yours {
			preferred *= ownPreference
		}
		if preferred > best {
			best, nearest, weight = preferred, g, w
		}
	}
	return nearest, weight
}

// pull is a group seen from one load.
type pull struct {
	g      *anchorGroup
	m      *engineModel
	load   Load
	weight float64
}

// to is the answer time that a point gives. Only the person's own may be faster than a tenth of the computed decoding.
func (p *pull) to(k knot) float64 {
	prompt, answer := p.m.cycle(p.load, k.c)
	if p.g.decode {
		return prompt + (answer-prompt)*math.Exp(p.weight*k.log)
	}
	pulled := answer * math.Exp(p.weight*k.log)
	if p.g.yours {
		return pulled
	}
	return max(pulled, prompt+0.1*(answer-prompt))
}

// held keeps an answer time between what the person's own points allow at a concurrency: total speed must not fall
// nor a user's speed rise on the way to them and from them.
func (p *pull) held(time, c float64) float64 {
	if !p.g.yours {
		return time
	}
	low, high := 0.0, math.Inf(1)
	for _, k := range p.g.knots {
		if !k.yours || k.c < 1 {
			continue
		}
		own := p.to(k)
		low, high = max(low, own*min(1, c/k.c)), min(high, own*max(1, c/k.c))
	}
	return min(max(time, low), high)
}

// correct pulls a computed answer time to the measured points of the nearest request shape. The pulled times are
// kept rising with concurrency and falling a request, so that the promises about speed hold for them too.
func (a *anchors) correct(m *engineModel, load Load, c, bare float64) float64 {
	if a == nil {
		return bare
	}
	c = max(1, c)
	g, weight := a.nearest(load)
	if g == nil {
		return bare
	}
	p := pull{g, m, load, weight}
	if c <= g.knots[0].c {
		return p.held(bare, c)
	}
	before := max(1, g.knots[0].c)
	_, time := m.cycle(load, before)
	time = p.held(time, before)
	for _, k := range g.knots[1:] {
		if k.c <= before {
			if k.c >= 1 {
				time = p.held(p.to(k), k.c)
			}
			continue
		}
		next := p.held(min(max(p.to(k), time), time*k.c/before), k.c)
		if c <= k.c {
			t := math.Log(c/before) / math.Log(k.c/before)
			return time * math.Exp(t*math.Log(next/time))
		}
		before, time = k.c, next
	}
	return p.held(max(time, min(bare, time*c/before)), c)
}
