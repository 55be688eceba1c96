package calc

import (
	"math"

	"hostwise/calc/notation"
)

// The steps that an EffectStep may take.
const (
	DoubleStep = "double" // twice the answer
	PointsStep = "points" // ten points more of a share
)

// pointsOfAStep is how much a share is raised, since twice a share may be more than all.
const pointsOfAStep = 0.1

// EffectStep is what one plain step of a number does to a month: how much more, or less, the cheapest open route
// of each kind costs, and what wins then.
type EffectStep struct {
	Name  string    `json:"name"`  // DoubleStep or PointsStep
	Value Value     `json:"value"` // the answer after the step
	Route string    `json:"route"` // what wins then; "" = no route is left
	Kind  RouteKind `json:"kind"`
	// ByKind is the change of a month's cost in dollars; a kind that is open on one side only is not in it.
	ByKind map[RouteKind]float64 `json:"by_kind"`
}

// stepFrom is the step between two rows.
func stepFrom(name string, from, to EffectRow) *EffectStep {
	out := &EffectStep{Name: name, Value: to.Value, Route: to.Route, Kind: to.Kind, ByKind: map[RouteKind]float64{}}
	for k, usd := range to.ByKind {
		if was, ok := from.ByKind[k]; ok {
			out.ByKind[k] = twelveDigits(usd - was)
		}
	}
	return out
}

// step takes one step along a dimension: twice the number, or ten points of a share. It is nil where the step has no
// room within the limits, and for a number that stands at zero and so has no scale of its own.
func (q *effects) step(d *dimension, now float64, base EffectRow, at func(float64) *frame) *EffectStep {
	name, x := DoubleStep, 2*now
	if isShare(d.unit) {
		name, x = PointsStep, now+pointsOfAStep
	}
	if x == now || x > d.max || now < 0 {
		return nil
	}
	return stepFrom(name, base, at(x).effect(name, Num(x)))
}

// stepOf finds the step among the rows of a whole number, which were worked out already.
func stepOf(rows []EffectRow) *EffectStep {
	var now, double *EffectRow
	for i := range rows {
		switch rows[i].Name {
		case "now":
			now = &rows[i]
		case DoubleStep:
			double = &rows[i]
		}
	}
	if now == nil || double == nil {
		return nil
	}
	return stepFrom(DoubleStep, *now, *double)
}

// Subject names an input inside a sentence, such as "the length of an answer", and says whether that is a plural.
func (in *Input) Subject() (words string, plural bool) {
	if s, ok := subjects[in.Path]; ok {
		return s.words, s.plural
	}
	return notation.Lowered(in.Label), false
}

// changesNothing is the change of a month's cost, in dollars, below which a step is said to change nothing.
const changesNothing = 0.5

// Moves reports whether the step changes what the cheapest route of a kind costs.
func (e *EffectStep) Moves(k RouteKind) bool { return math.Abs(e.ByKind[k]) >= changesNothing }
