package results

import (
	"strings"
	"testing"

	"hostwise/app/desktop/ui"
	"hostwise/calc"
)

// odd are cases that a page may stumble over.
var odd = map[string]func(calc.Scenario) calc.Scenario{
	"no route is left": func(s calc.Scenario) calc.Scenario {
		return s.With("rules.data_may_leave_site", calc.No).With("rules.operations_staff", calc.No)
	},
	"no successful call":  func(s calc.Scenario) calc.Scenario { return s.With("workload.calls_per_month", calc.Num(0)) },
	"a price of long ago": func(s calc.Scenario) calc.Scenario { return s.With("api.price_date", calc.Str("2024-01-01")) },
	"everything is in euros": func(s calc.Scenario) calc.Scenario {
		return s.With("currency.code", calc.Str("EUR")).With("currency.per_usd", calc.Num(0.86)).With("currency.as_of", calc.Str("2026-11-20"))
	},
	"a very long name": func(s calc.Scenario) calc.Scenario {
		return s.With("name", calc.Str(strings.Repeat("Donaudampfschifffahrtsgesellschaft ", 5)))
	},
	"a distill on one card": func(s calc.Scenario) calc.Scenario {
		return s.With("model", calc.Str("r1-distill-qwen-7b")).With("deployment.device", calc.Str("rtx4090")).
			With("deployment.precision", calc.Str("gguf-q4_k_m")).With("deployment.engine", calc.Str("llama.cpp"))
	},
	"a billion calls": func(s calc.Scenario) calc.Scenario { return s.With("workload.calls_per_month", calc.Num(1e9)) },
	"a decision on a route that is gone": func(s calc.Scenario) calc.Scenario {
		return s.WithDecision(calc.Decision{Route: "own-r1-distill-qwen-1.5b", By: strings.Repeat("a", 200), Date: "2026-11-20", Note: strings.Repeat("word ", 500)})
	},
}

// oddTabs are the tabs of this package.
var oddTabs = []string{TabAnswer, TabMemory, TabCosts, TabAssumptions, TabNumbers, TabNext}

func TestOddCasesAreShownInWordsOnEveryTab(t *testing.T) {
	for name, edit := range odd {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, "enterprise-private-inference", edit)
			if a, state := d.session.Assessment(); a == nil || state.Err != nil {
				t.Fatalf("the case cannot be worked out: %v", state.Err)
			}
			for _, tab := range oddTabs {
				d.page.GoTo(tab)
				words := d.words()
				for _, bad := range []string{"NaN", "+Inf", "∞", "<nil>", "%!", "null", "_usd"} {
					if strings.Contains(words, bad) {
						t.Errorf("%s says %q:\n%s", tab, bad, lineWith(words, bad))
					}
				}
			}
			for _, r := range oneOfEachKind(d.assessment()) {
				d.page.openRoute(r)
				if words := d.words(); strings.Contains(words, "NaN") || strings.Contains(words, "%!") {
					t.Errorf("%s: %s", r, words)
				}
			}
			for _, id := range figureOrder {
				if d.page.GoTo(id); id == TabMemory {
					continue // a tab of its own
				}
				d.sees("How it is worked out")
			}
			d.page.GoTo("load-duration")
			d.sees("How it is worked out")
		})
	}
}

// oneOfEachKind are the first routes of every kind, by id.
func oneOfEachKind(a *calc.Assessment) []string {
	var ids []string
	seen := map[calc.RouteKind]bool{}
	for i := range a.Routes {
		if r := &a.Routes[i]; !seen[r.Kind] {
			seen[r.Kind] = true
			ids = append(ids, r.ID)
		}
	}
	return ids
}

func lineWith(words, part string) string {
	for _, line := range strings.Split(words, "\n") {
		if strings.Contains(line, part) {
			return line
		}
	}
	return ""
}

// In another currency no amount of ours is left in dollars; only what a source says in its own words may be.
func TestAmountsAreInTheCasesCurrencyOnEveryTab(t *testing.T) {
	defer ui.SetRegion(ui.Region{DecimalComma: true})()
	d := newDesk(t, "enterprise-private-inference", odd["everything is in euros"])
	quoted := map[string]bool{}
	a := d.assessment()
	for _, r := range a.Verdict.Recheck {
		quoted[r.Source], quoted[r.Value] = true, r.Table == "measured"
	}
	for _, c := range a.Claims {
		quoted[c.Text] = true
	}
	check := func(where string) {
		t.Helper()
		for _, line := range strings.Split(d.words(), "\n") {
			if !strings.Contains(line, "$") || quoted[line] {
				continue
			}
			source := false
			for _, r := range a.Routes {
				for _, l := range r.Lines {
					source = source || l.Source == line
				}
				for _, item := range r.Bill {
					source = source || item.Source == line
				}
			}
			for _, x := range a.Assumptions {
				source = source || x.Source == line
			}
			for _, c := range a.Claims {
				source = source || strings.HasPrefix(line, c.Source)
			}
			for _, r := range a.Verdict.Recheck {
				source = source || strings.HasPrefix(line, r.Source)
			}
			if !source {
				t.Errorf("%s says %q", where, line)
			}
		}
	}
	for _, tab := range oddTabs {
		d.page.GoTo(tab)
		check(tab)
	}
	for _, r := range oneOfEachKind(a) {
		d.page.openRoute(r)
		check(r)
	}
	for _, id := range append(figureOrder, "load-duration") {
		d.page.GoTo(id)
		check(id)
	}
	c := d.page.checklist(d.page.view())
	for _, line := range strings.Split(c.markdown(), "\n") {
		if strings.Contains(line, "$") && !strings.Contains(line, "Source") && strings.Contains(line, "a month") {
			t.Errorf("the checklist says %q", line)
		}
	}
}
