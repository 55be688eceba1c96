package serving

import (
	"math"
	"time"

	"hostwise/calc/catalog"
	"hostwise/calc/memory"
)

// features place a set-up among the measured ones. Only what changes the speed beyond what the physics already
// says is in them.
type features struct {
	family       family
	device       string
	second       string // a second kind of card, "" where all are alike
	architecture string
	class        string
	vendor       string
	engine       string
	precision    string
	kv           string
	logBits      float64 // of the weights
	unpacks      bool    // weights are unpacked to 16 bits before use: other kernels
	logSize      float64
	logDevices   float64
	drafts       int
	spread       bool // attention in data-parallel
	spilled      bool
	age          float64
	yours        bool
}

// family groups the set-ups between which a correction can carry over at all.
type family int

const (
	mixtureOnCards family = iota
	denseOnCards
	oneUser
	onProcessors
	inHostMemory
	families
)

func familyOf(m machine, moe bool) family {
	switch m {
	case processor, matrixCPU:
		return onProcessors
	case hybrid:
		return inHostMemory
	case layerCards, spill:
		return oneUser
	}
	if moe {
		return mixtureOnCards
	}
	return denseOnCards
}

// featuresOf describes a plan, and the run it is the set-up of; run is nil for a set-up that is asked about,
// whose age follows from its engine's version.
func featuresOf(p *memory.Plan, run *catalog.SpeedRun) features {
	d := p.Device
	s := weightBytes(p)
	m := machineOf(p)
	f := features{
		family: familyOf(m, p.Model.Architecture.IsMoE()),
		device: d.ID, second: secondOf(p), architecture: d.Architecture, class: d.MemoryClass, vendor: d.Vendor,
		engine: p.Engine, precision: p.Precision, kv: p.KV,
		unpacks: unpacks(p.Precision),
		logBits: math.Log(s / float64(p.Model.Parameters)), logSize: math.Log(float64(p.Model.Parameters)),
		logDevices: math.Log(max(1, float64(p.Cards()))), drafts: p.SpeculativeTokens,
		spread: p.DataParallelAttention, spilled: m == spill || m == hybrid,
	}
	if run != nil {
		when := run.Fact
		if run.MeasuredOn != "" {
			when.AsOf = run.MeasuredOn
		}
		f.age = ageOf(middle(when))
		f.yours = run.Evidence == catalog.Yours
	}
	return f
}

// secondOf names the second kind of card, "" where all are alike.
func secondOf(p *memory.Plan) string {
	if p.Second == nil || p.Seconds == 0 {
		return ""
	}
	return p.Second.ID
}

// unpacks reports a precision whose weights are unpacked to 16 bits before use.
func unpacks(precision string) bool { return precision == "awq-int4" || precision == "gptq-int4" }

// build names one version of an engine.
type build struct{ engine, version string }

// agesOf are the ages of the versions that the catalogue knows. The newest stands for today's engine, however
// old its row is.
func agesOf(cat *catalog.Catalog) map[build]float64 {
	ages := map[build]float64{}
	for i := range cat.Engines {
		e := &cat.Engines[i]
		for j := range e.Version {
			b := &e.Version[j]
			ages[build{e.ID, b.Version}] = ageOf(b.Date())
		}
		if b := e.Build(""); b != nil {
			ages[build{e.ID, b.Version}] = 0
		}
	}
	return ages
}

// ageOfVersion is the age of a plan's engine: 0 where no version is stated. One that the catalogue does not know
// came out between its neighbours; one newer than all known, or without a number, is today's.
func (m *Model) ageOfVersion(engine, version string) float64 {
	if version == "" {
		return 0
	}
	if age, ok := m.ages[build{engine, version}]; ok {
		return age
	}
	e := m.cat.Engine(engine)
	if e == nil {
		return 0
	}
	if e.Build(version) == e.Build("") { // newer than all known, or no number at all
		return 0
	}
	return ageOf(releasedOn(e, version))
}

// middle is the middle of the year or month that a date names, where it names no day.
func middle(f catalog.Fact) time.Time {
	switch when := f.Date(); {
	case when.IsZero():
		return when
	case len(f.AsOf) == len("2006"):
		return when.AddDate(0, 6, 0)
	case len(f.AsOf) == len("2006-01"):
		return when.AddDate(0, 0, 15)
	default:
		return when
	}
}

// released is the day R1 came out: an engine of an older number is no older for R1 than that.
var released = time.Date(2025, 1, 20, 0, 0, 0, 0, time.UTC)

// ageOf turns a date into a distance from today's engines. Engines for R1 became two to three times faster in
// the year after its release and little since, so early months lie far apart and late ones close together.
// A set-up with no stated version has today's engine: 0.
func ageOf(when time.Time) float64 {
	if when.IsZero() {
		return 0
	}
	if when.Before(released) {
		when = released
	}
	years := when.Sub(time.Date(2025, 2, 1, 0, 0, 0, 0, time.UTC)).Hours() / (24 * 365.25)
	return 2 * math.Exp(-years/0.5)
}

// alike is how much of one set-up's correction is another's, 0..1. A part belongs to the set-up alone: what a
// device's own runs show is not talked away by its neighbours.
func alike(a, b *features) float64 {
	const own = 0.3
	shared := (1 - own) * math.Exp(-distance(a, b))
	if sameSetup(a, b) {
		shared += own * math.Exp(-ageWeight[a.family]*math.Abs(a.age-b.age))
	}
	return shared
}

// distance is how little one set-up's correction says of another's, in natural units: at 1 a correction carries
// over with weight 1/e. The scales were set once, by hand, so that the corrections left by the physics on the
// measured rows are as alike as the distance says; they are not tuned to single rows.
func distance(a, b *features) float64 {
	d := 0.0
	if a.device != b.device {
		switch {
		case a.architecture == b.architecture && a.class == b.class:
			d += 0.4
		case a.class == b.class && a.vendor == b.vendor:
			d += 0.8
		case a.class == b.class:
			d += 1.2
		default:
			d += 1.8
		}
	}
	if a.second != b.second {
		d += 0.3
	}
	if a.engine != b.engine {
		if (a.engine == "llama.cpp" || a.engine == "ollama") && (b.engine == "llama.cpp" || b.engine == "ollama") {
			d += 0.1
		} else {
			d += 0.6
		}
	}
	if a.precision != b.precision {
		d += 0.15 + 0.4*math.Abs(a.logBits-b.logBits)
		if a.unpacks != b.unpacks {
			d += 0.6
		}
	}
	d += 0.25 * math.Abs(a.logSize-b.logSize)
	d += 0.3 * math.Abs(a.logDevices-b.logDevices)
	if a.spread != b.spread {
		d += 0.8
	}
	if a.spilled != b.spilled {
		d += 1.5
	}
	if (a.drafts > 0) != (b.drafts > 0) {
		d += 0.4
	} else {
		d += 0.1 * math.Abs(float64(a.drafts-b.drafts))
	}
	return d + ageWeight[a.family]*math.Abs(a.age-b.age)
}

// ageWeight: tensor engines changed most; one-user kernels little.
var ageWeight = [families]float64{mixtureOnCards: 1.2, denseOnCards: 0.5, oneUser: 0.05, onProcessors: 0.3, inHostMemory: 0.3}
