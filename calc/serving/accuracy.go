package serving

import (
	"math"
	"sort"
	"time"

	"hostwise/calc/catalog"
)

// Comparison is one measured speed beside what we would have said without it.
type Comparison struct {
	Run      *catalog.SpeedRun
	Quantity Quantity
	Group    Group
	Measured float64 // tokens a second of the whole set-up; 0 where Reason says why the run cannot be compared
	// Beside is the estimate with only this run left out: its neighbours of the same source stay in.
	Beside Estimate
	// Apart is the estimate with every run of this source left out.
	Apart  Estimate
	Reason string // why the run is not compared; "" where it is
}

// Estimate is a speed with its range and the rung it stands on.
type Estimate struct {
	Rate  catalog.Range
	Error float64 // estimate over measurement, less 1
	Basis Basis
}

// Holds reports whether the measurement is within P10..P90.
func (e Estimate) Holds(measured float64) bool {
	return e.Rate.Low <= measured && measured <= e.Rate.High
}

// Group is a kind of run whose accuracy is stated together.
type Group string

// The groups of the accuracy page.
const (
	OneServerGroup Group = "R1 on one server"
	ServersGroup   Group = "R1 across servers"
	OneUserGroup   Group = "one user on one card or Mac"
	HostGroup      Group = "host memory and processors"
	PromptGroup    Group = "prompts"
	DistillGroup   Group = "distills, many users"
	LoneGroup      Group = "an engine or age that no other source has"
)

func groupOf(o *observation, all []catalog.SpeedRun) Group {
	switch {
	case (o.setup.family == mixtureOnCards || o.setup.family == denseOnCards) && alone(o.run, all):
		return LoneGroup
	case o.quantity == PromptQuantity:
		return PromptGroup
	case o.setup.family == onProcessors, o.setup.family == inHostMemory, o.setup.spilled:
		return HostGroup
	case o.setup.family == mixtureOnCards && o.plan.Devices > 8:
		return ServersGroup
	case o.setup.family == mixtureOnCards:
		return OneServerGroup
	case o.setup.family == denseOnCards && o.c > 1:
		return DistillGroup
	}
	return OneUserGroup
}

// alone reports whether no other source measured this engine, with kernels of this kind, within half a year.
func alone(run *catalog.SpeedRun, all []catalog.SpeedRun) bool {
	const halfYear = 183 * 24 * time.Hour
	for i := range all {
		other := &all[i]
		if other.Source == run.Source || other.ParsedEngine != run.ParsedEngine || other.NotComparable != "" {
			continue
		}
		if unpacks(other.ParsedPrecision) != unpacks(run.ParsedPrecision) {
			continue
		}
		if gap := other.Date().Sub(run.Date()); gap < halfYear && gap > -halfYear {
			return false
		}
	}
	return true
}

// Accuracy compares every measured speed of the catalogue with what the ladder says without it. It is the same
// code that answers everybody else. Runs that cannot be compared are listed with the reason.
func Accuracy(cat *catalog.Catalog) []Comparison {
	var all []Comparison
	bySource := map[string]*Model{}
	for i := range cat.SpeedRuns {
		run := &cat.SpeedRuns[i]
		found, reason := observe(cat, run, &physics)
		if len(found) == 0 {
			all = append(all, Comparison{Run: run, Reason: reason})
			continue
		}
		without := newModel(cat, cat, func(r *catalog.SpeedRun) bool { return r == run }, &physics)
		apart := bySource[run.Source]
		if apart == nil {
			apart = newModel(cat, cat, func(r *catalog.SpeedRun) bool { return r.Source == run.Source }, &physics)
			bySource[run.Source] = apart
		}
		for j := range found {
			o := &found[j]
			c := Comparison{Run: run, Quantity: o.quantity, Group: groupOf(o, cat.SpeedRuns), Measured: o.measured}
			c.Beside, c.Apart = without.estimate(o), apart.estimate(o)
			all = append(all, c)
		}
	}
	return all
}

// estimate is what a model says of an observed quantity.
func (m *Model) estimate(o *observation) Estimate {
	plan := o.plan
	plan.Supported = true
	s := m.prepare(plan, Options{DraftAcceptance: keptIn(o.run)}, o.setup)
	rate := s.quantity(o)
	spread := s.Spread
	if o.quantity == PromptQuantity {
		spread = s.PromptSpread
	}
	return Estimate{
		Rate:  spread.Scale(rate),
		Error: rate/o.measured - 1, Basis: s.BasisAt(o.load, o.c),
	}
}

// quantity is a server's speed of the kind that was observed.
func (s *Server) quantity(o *observation) float64 {
	speed := s.At(o.load, o.c)
	switch o.quantity {
	case PromptQuantity:
		return speed.Prefill
	case DecodeQuantity:
		return speed.Decode
	}
	return speed.Output
}

// Fit is how well a group of comparisons did.
type Fit struct {
	Group        Group
	Runs         int
	Median, P90  float64 // absolute error, same-source neighbours left in
	MedianApart  float64 // the same with them left out
	P90Apart     float64
	Held         float64 // share of measurements within P10..P90
	HeldApart    float64
	MedianSpread float64 // median of high over low
}

// Fits summarises comparisons by group, in the groups' order.
func Fits(all []Comparison) []Fit {
	var fits []Fit
	for _, g := range []Group{OneServerGroup, ServersGroup, OneUserGroup, HostGroup, PromptGroup, DistillGroup, LoneGroup} {
		var beside, apart, width []float64
		held, heldApart := 0.0, 0.0
		for i := range all {
			c := &all[i]
			if c.Group != g || c.Reason != "" {
				continue
			}
			beside = append(beside, math.Abs(c.Beside.Error))
			apart = append(apart, math.Abs(c.Apart.Error))
			width = append(width, c.Beside.Rate.High/c.Beside.Rate.Low)
			if c.Beside.Holds(c.Measured) {
				held++
			}
			if c.Apart.Holds(c.Measured) {
				heldApart++
			}
		}
		if len(beside) == 0 {
			continue
		}
		fits = append(fits, Fit{
			Group: g, Runs: len(beside), Held: held / float64(len(beside)), HeldApart: heldApart / float64(len(beside)),
			Median: quantile(beside, 0.5), P90: quantile(beside, 0.9),
			MedianApart: quantile(apart, 0.5), P90Apart: quantile(apart, 0.9), MedianSpread: quantile(width, 0.5),
		})
	}
	return fits
}

// quantile is the value below which a share of the values lies, between neighbours.
func quantile(values []float64, share float64) float64 {
	sorted := append([]float64(nil), values...)
	sort.Float64s(sorted)
	at := share * float64(len(sorted)-1)
	i := int(at)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}
