package calc

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"hostwise/assets"
)

func assessedTemplates(t testing.TB) map[string]*Assessment {
	t.Helper()
	cat, err := assets.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*Assessment{}
	a := NewAssessor(cat)
	for _, tpl := range Templates {
		res, err := a.Assess(context.Background(), tpl.Scenario(), Options{Today: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), Draws: 60})
		if err != nil {
			t.Fatal(err)
		}
		out[tpl.Name] = res
	}
	return out
}

// numbersIn lists where the numbers of a JSON value stand.
func numbersIn(v any, at string, out map[string]float64) {
	switch x := v.(type) {
	case float64:
		out[at] = x
	case map[string]any:
		for k, e := range x {
			path := k
			if at != "" {
				path = at + "." + k
			}
			numbersIn(e, path, out)
		}
	case []any:
		for i, e := range x {
			numbersIn(e, fmt.Sprintf("%s[%d]", at, i), out)
		}
	}
}

// The list is held against the assessment as the command line prints it: every number there is a row here, and no row
// is made up.
func TestTheLedgerLeavesNoNumberOut(t *testing.T) {
	for name, a := range assessedTemplates(t) {
		text, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		var file any
		if err := json.Unmarshal(text, &file); err != nil {
			t.Fatal(err)
		}
		left := map[string]float64{}
		numbersIn(file, "", left)
		seen := map[string]bool{}
		rows := Ledger(a)
		for _, r := range rows {
			if seen[r.Key] {
				t.Errorf("%s: %s is listed twice", name, r.Key)
			}
			seen[r.Key] = true
			if r.Value == nil {
				continue
			}
			found := 0
			for key, want := range map[string]float64{r.Key: r.Value.Likely, r.Key + ".low": r.Value.Low, r.Key + ".likely": r.Value.Likely, r.Key + ".high": r.Value.High} {
				if got, ok := left[key]; ok {
					found++
					if got != want {
						t.Errorf("%s: %s is %g in the file, %g in the list", name, key, got, want)
					}
					delete(left, key)
				}
			}
			if found != 1 && found != 3 {
				t.Errorf("%s: %s stands for %d numbers of the file", name, r.Key, found)
			}
		}
		for key := range left {
			t.Errorf("%s: %s is not listed", name, key)
		}
		if len(rows) < 2000 {
			t.Errorf("%s: only %d figures", name, len(rows))
		}
	}
}

func TestEveryFigureOfTheLedgerIsNamedAndHasEvidence(t *testing.T) {
	for name, a := range assessedTemplates(t) {
		for _, r := range Ledger(a) {
			if r.Label == "" || r.Section == "" || r.Evidence == "" || strings.Contains(r.Label, "_") || strings.Contains(r.Label, "usd") {
				t.Errorf("%s: %s is named %q in %q with evidence %q", name, r.Key, r.Label, r.Section, r.Evidence)
			}
		}
	}
}

// A formula that the list fills in comes to the figure beside it, and one that leaves something out is not shown.
func TestTheFormulasOfTheLedgerComeToTheirFigures(t *testing.T) {
	used := map[string]int{}
	for name, a := range assessedTemplates(t) {
		for _, r := range Ledger(a) {
			pattern := patternOf(r.Key)
			f := derived[pattern]
			if rest, found := strings.CutPrefix(r.Key, "over_time.routes."); found {
				_, place, _ := strings.Cut(rest, "[")
				pattern = "over_time.routes.*[" + patternOf("[" + place)[1:]
				f = derived[pattern]
			}
			if f == nil || r.Value == nil {
				continue
			}
			text, got, ok := f(a, r.Key)
			if !ok || text == "" {
				continue
			}
			if !agrees(got, r.Value.Likely) {
				if r.Formula == text {
					t.Errorf("%s: %s is %g, and %q comes to %g", name, r.Key, r.Value.Likely, text, got)
				}
				continue
			}
			used[pattern]++
			if r.Formula != text {
				t.Errorf("%s: %s says %q, wanted %q", name, r.Key, r.Formula, text)
			}
		}
	}
	for pattern := range derived {
		if used[pattern] == 0 {
			t.Errorf("no template shows the formula of %s", pattern)
		}
	}
}

// patternOf drops the indices of a key.
func patternOf(key string) string {
	var b strings.Builder
	for _, r := range key {
		if r < '0' || r > '9' || !strings.HasSuffix(b.String(), "[") {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// BenchmarkLedger is what opening the list costs.
func BenchmarkLedger(b *testing.B) {
	a := assessedTemplates(b)["saas-app"]
	for b.Loop() {
		if len(Ledger(a)) == 0 {
			b.Fatal("no rows")
		}
	}
}

// What is paid each month is what the sum spent grows by in a month in which nothing is bought.
func TestMonthlyCashIsWhatTheSumSpentGrowsBy(t *testing.T) {
	checked := 0
	for name, a := range assessedTemplates(t) {
		for _, r := range a.Routes {
			spent := a.OverTime.Routes[r.ID]
			if r.Cash == nil || len(spent) < 4 || a.numberOf("workload.growth_per_month") != 0 || a.numberOf("api.change_per_year") != 0 {
				continue
			}
			checked++
			if grew := spent[2] - spent[1]; math.Abs(grew-*r.Cash) > 1e-6*math.Max(1, grew) {
				t.Errorf("%s: %s pays $%.2f a month and its sum grows by $%.2f", name, r.ID, *r.Cash, grew)
			}
		}
	}
	if checked < 20 {
		t.Errorf("only %d routes were checked", checked)
	}
}
