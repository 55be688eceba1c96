package calc_test

import (
	"testing"

	"hostwise/calc"
)

func TestTheChanceIsOfTheVerdictsKind(t *testing.T) {
	offer := 0.47
	a := &calc.Assessment{Verdict: calc.Verdict{Kind: calc.API, Chance: &offer,
		ChanceByKind: map[calc.RouteKind]float64{calc.API: 0.94, calc.Own: 0.06}}}
	if p, known := a.KindChance(); p != 0.94 || !known {
		t.Errorf("the chance is %v, known: %v", p, known)
	}
	a.Verdict.ChanceByKind[calc.API] = 1 + 2e-16 // a sum of shares, a rounding error above one
	if p, _ := a.KindChance(); p != 1 {
		t.Errorf("a chance of %v", p)
	}
}

func TestNoChanceWithoutFutures(t *testing.T) {
	tpl, _ := calc.TemplateNamed("saas-app")
	s := tpl.Scenario()
	drawn := assess(t, s, calc.Options{Draws: 200})
	if p, known := drawn.KindChance(); !known || p < *drawn.Verdict.Chance || p > 1 {
		t.Errorf("drawn: %v, known: %v, its route's %v", p, known, *drawn.Verdict.Chance)
	}
	if p, known := assess(t, s, quick).KindChance(); known || p != 0 {
		t.Errorf("no futures drawn: %v, known: %v", p, known)
	}
	no := calc.Value{Bool: false}
	barred := assess(t, s.With("rules.data_may_leave_site", no).With("rules.operations_staff", no), calc.Options{Draws: 100})
	if p, known := barred.KindChance(); barred.Verdict.Route != "" || known || p != 0 {
		t.Errorf("no route is left (%q): %v, known: %v", barred.Verdict.Route, p, known)
	}
}
