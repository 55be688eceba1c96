package serving

import (
	"fmt"
	"math"
	"strconv"
	"sync"

	"hostwise/calc/catalog"
	"hostwise/calc/memory"
)

// Model prepares servers from one catalogue. It reads the measured runs once; it does not change afterwards and
// is safe for concurrent use.
type Model struct {
	cat    *catalog.Catalog
	fields [families]*field
	wide   []wideRun
	ages   map[build]float64
	room   sync.Pool // working space for Prepare
}

// New reads a catalogue's measured runs. It costs a few milliseconds; keep the result.
func New(cat *catalog.Catalog) *Model { return newModel(cat, cat, nil, &physics) }

// NewOver is New for a catalogue with a person's rows over a base. The base's runs are read against the base's
// devices and models: a run was measured on the device as it was, not on one that the person has edited since.
func NewOver(base, with *catalog.Catalog) *Model { return newModel(base, with, nil, &physics) }

// newModel leaves out the runs that skip names: the accuracy page measures itself so.
func newModel(base, cat *catalog.Catalog, skip func(*catalog.SpeedRun) bool, k *constants) *Model {
	m := &Model{cat: cat, ages: agesOf(cat)}
	var found [families][]*observation
	most := 0
	for i := range cat.SpeedRuns {
		run := &cat.SpeedRuns[i]
		if skip != nil && skip(run) {
			continue
		}
		about := base
		if run.Evidence == catalog.Yours {
			about = cat
		}
		if w, ok := wideOf(about, run); ok {
			m.wide = append(m.wide, w)
		}
		observations, _ := observe(about, run, k)
		for j := range observations {
			o := &observations[j]
			if !(o.measured > 0) {
				continue
			}
			found[o.setup.family] = append(found[o.setup.family], o)
		}
	}
	for f := range found {
		m.fields[f] = fit(family(f), found[f])
		most = max(most, len(found[f]))
	}
	m.room.New = func() any {
		return &workspace{make([]float64, most), make([]float64, most)}
	}
	return m
}

// Prepare works out the constants of a set-up's step and where its trust comes from.
func (m *Model) Prepare(plan memory.Plan) *Server { return m.PrepareWith(plan, Options{}) }

// PrepareWith is Prepare with what a plan does not hold.
func (m *Model) PrepareWith(plan memory.Plan, o Options) *Server {
	if plan.Model == nil || plan.Device == nil || !(plan.Device.BandwidthGBs > 0) {
		return &Server{
			Plan: plan, Basis: ExtrapolatedBasis, Spread: catalog.Exact(1), PromptSpread: catalog.Exact(1), idle: true,
			Why: []string{"without a model, a device and its memory bandwidth there is no speed"},
		}
	}
	setup := featuresOf(&plan, nil)
	setup.age = m.ageOfVersion(plan.Engine, plan.EngineVersion)
	setup.drafts = draftsOf(&plan, o)
	return m.prepare(plan, o, setup)
}

func (m *Model) prepare(plan memory.Plan, o Options, setup features) *Server {
	s := &Server{Plan: plan, Basis: ModelledBasis, Spread: catalog.Exact(1), setup: setup}
	p := &s.Plan
	s.draftModel = !hasDraftLayer(p) && setup.drafts > 0
	kind := machineOf(p)
	if kind == cluster {
		m.prepareWide(s, o)
		return s
	}
	f := m.fields[setup.family]
	room := m.room.Get().(*workspace)
	v := f.from(setup.family, &s.setup, room.near, room.room)
	s.model = stepOf(p, o, &physics).corrected(v.correction())
	s.capped(kind)
	extra := s.doubt(kind)
	share := typicalShares(&s.model)
	s.Spread = spreadOf(hypot(math.Sqrt(v.variance(&share)), unseen[setup.family], extra))
	prompt := [partCount]float64{fixedPart: 0.05, promptPart: 0.95}
	s.PromptSpread = spreadOf(hypot(math.Sqrt(v.variance(&prompt)), unseenPrompt[setup.family], extra))
	s.rank(&v)
	m.room.Put(room)
	s.warn(kind, o)
	return s
}

func hypot(a, b, c float64) float64 { return math.Sqrt(a*a + b*b + c*c) }

// workspace is what preparing a server needs for a moment.
type workspace struct{ near, room []float64 }

// typicalShares are the parts' shares of a chat-sized request's time at a few users: what Spread is stated for.
func typicalShares(m *engineModel) [partCount]float64 {
	o := observation{quantity: OutputQuantity, c: 8, load: Load{Input: 1024, Output: 1024}}
	if m.free > 0 {
		o.quantity, o.c = DecodeQuantity, 1
	}
	return shares(&o, m)
}

// tenth is the standard normal deviate of P90.
const tenth = 1.2816

// spreadOf is P10..P90 around 1 for a standard deviation of the logarithm.
func spreadOf(deviation float64) catalog.Range {
	return catalog.Range{Low: math.Exp(-tenth * deviation), Likely: 1, High: math.Exp(tenth * deviation)}
}

// rank finds the nearest run and the rung of the ladder it gives.
func (s *Server) rank(v *view) {
	best := 0.0
	var nearest *observation
	for i := range v.fl.rows {
		o := v.fl.rows[i].o
		near := v.near[i]
		if sameSetup(&s.setup, &o.setup) {
			near *= 1.2
			if o.quantity != PromptQuantity && sameAge(&s.setup, &o.setup) {
				s.same = append(s.same, o)
			}
		}
		if o.setup.yours {
			near *= 1.05
		}
		if v.fl.rows[i].doubted {
			near *= 0.9 // of runs as near, cite one that the others agree with
		}
		if near > best {
			best, nearest = near, o
		}
	}
	s.closest, s.field = nearest, v.fl
	if best > 0.06 { // less says nothing
		s.Run, s.Nearest = nearest.run, nearest.words()
	}
	switch {
	case !s.Plan.Supported, s.unchecked() != "":
		s.Basis = ExtrapolatedBasis
	case len(s.same) > 0:
		s.anchors = anchorsOf(s)
		s.setAside()
		s.Basis = InterpolatedBasis
		if len(s.trusted) == 0 {
			s.Basis = ScaledBasis
		}
	case best > 0.2: // a distance of about one and a quarter
		s.Basis = ScaledBasis
	default:
		s.Basis = ModelledBasis
	}
}

// setAside keeps the runs of the set-up that the answer agrees with, and says which it does not: a run outside the
// range that is stated at its own point was contradicted by its neighbours and the physics, so that nothing there may
// be called measured. The person's own runs are never set aside, but one that is far from the physics is pointed out.
func (s *Server) setAside() {
	var worst *observation
	most, count, said := 0.0, 0, 0.0
	for _, o := range s.same {
		spread := s.Spread
		likely := s.quantity(o)
		off := math.Abs(math.Log(likely / o.measured))
		if o.setup.yours || spread.Low*likely <= o.measured && o.measured <= spread.High*likely {
			s.trusted = append(s.trusted, o)
			if o.setup.yours {
				s.checkUnits(o)
			}
			continue
		}
		count++
		if off > most {
			most, worst, said = off, o, likely
		}
	}
	if worst == nil {
		return
	}
	others := ""
	if count > 1 {
		others = fmt.Sprintf("; %d others of this set-up are set aside too", count-1)
		if count == 2 {
			others = "; another of this set-up is set aside too"
		}
	}
	s.Why = append(s.Why, fmt.Sprintf("a run of this set-up is set aside, because the physics and the runs next to it say about %s tokens a second where it says %s: %s%s",
		threeDigits(said), threeDigits(worst.measured), worst.words(), others))
}

// farFromPhysics is the ratio past which a person's own run is more likely in other units than so good or so bad.
const farFromPhysics = 3

// checkUnits warns of an own run that is far from what the set-up's bytes and arithmetic allow or suggest.
func (s *Server) checkUnits(o *observation) {
	said := o.predict(&o.base)
	if ratio := o.measured / said; ratio > farFromPhysics || ratio < 1.0/farFromPhysics {
		s.Why = append(s.Why, fmt.Sprintf("your own run says %s tokens a second of the whole set-up, the physics alone about %s: check its units (of one user or of all, of one device or of all)",
			threeDigits(o.measured), threeDigits(said)))
	}
}

// threeDigits writes a rate with the digits it carries.
func threeDigits(v float64) string {
	if v >= 100 {
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	return strconv.FormatFloat(v, 'g', 3, 64)
}

// BasisAt is the rung of the ladder for one load and concurrency: a set-up that was measured is only measured
// where it was measured.
func (s *Server) BasisAt(load Load, concurrency float64) Basis {
	if s.Basis != InterpolatedBasis && s.Basis != MeasuredBasis {
		return s.Basis
	}
	if s.widest != nil {
		if s.widest.concurrency > 0 && near(s.widest.concurrency*s.widest.devices, concurrency, 0.05) {
			return MeasuredBasis
		}
		return ScaledBasis
	}
	low, high := math.Inf(1), 0.0
	for _, o := range s.trusted {
		if likeness(load, o.load) < 0.5 && o.quantity == OutputQuantity {
			continue
		}
		if near(o.c, concurrency, 0.05) && (o.quantity == DecodeQuantity || likeness(load, o.load) > 0.9) {
			return MeasuredBasis
		}
		low, high = min(low, o.c), max(high, o.c)
	}
	if low <= concurrency && concurrency <= high {
		return InterpolatedBasis
	}
	return ScaledBasis
}

func near(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance*math.Max(a, b) }
