package cli

import (
	"encoding/json"
	"math"
	"path/filepath"
	"strings"
	"testing"
)

func TestComparisonLeadsFromOneToTheOther(t *testing.T) {
	dir := folder(t, map[string]string{"a.json": template(t, "saas-app"), "b.json": template(t, "research-lab"), "c.json": template(t, "volume-1m")})
	a, b, c := filepath.Join(dir, "a.json"), filepath.Join(dir, "b.json"), filepath.Join(dir, "c.json")
	got := decode[comparison](t, here(t, "", "compare", a, b, c, "--json", "--draws", "50").well(t))
	if len(got.Files) != 3 || len(got.Outcomes) != 3 || len(got.Bridges) != 2 || len(got.Inputs) == 0 {
		t.Fatalf("%d files, %d outcomes, %d bridges, %d inputs", len(got.Files), len(got.Outcomes), len(got.Bridges), len(got.Inputs))
	}
	for i, bridge := range got.Bridges {
		sum := *bridge.FromUSD
		for _, step := range bridge.Steps {
			sum += *step.USD
		}
		if end := got.Outcomes[i+1].Monthly.Likely; math.Abs(sum-end) > 0.01 {
			t.Errorf("the bridge to %s ends at %g, its verdict costs %g", bridge.To, sum, end)
		}
	}
	for _, in := range got.Inputs {
		if len(in.Values) != 3 || len(in.Texts) != 3 {
			t.Errorf("%s has not one value a file", in.Path)
		}
		first, _ := json.Marshal(in.Texts[0])
		if second, _ := json.Marshal(in.Texts[1:]); strings.Count(string(second), string(first)) == 2 {
			t.Errorf("%s does not differ: %v", in.Path, in.Texts)
		}
	}
	words := here(t, "", "compare", a, b, "--quick").well(t)
	for _, want := range []string{"Answers that differ", "Outcomes", "Calls a month", "500,000", "200,000", "api-direct"} {
		if !strings.Contains(words, want) {
			t.Errorf("the comparison lacks %q:\n%s", want, words)
		}
	}
	if same := decode[comparison](t, here(t, "", "compare", a, a, "--json", "--quick").well(t)); len(same.Inputs) != 0 || len(same.Bridges[0].Steps) != 0 {
		t.Error("a file differs from itself")
	}
}

func TestPlansAreCheapestFirstAndWithinTheBudget(t *testing.T) {
	file := template(t, "saas-app")
	setups := decode[plan](t, here(t, file, "plan", "-", "--json").well(t))
	if len(setups.Setups) < 5 || setups.Calls != 500000 {
		t.Fatalf("%d set-ups for %g calls", len(setups.Setups), setups.Calls)
	}
	least := func(i int) float64 {
		x, v := setups.Setups[i], math.Inf(1)
		if x.OwnUSD != nil {
			v = *x.OwnUSD
		}
		if x.RentUSD != nil {
			v = min(v, *x.RentUSD)
		}
		return v
	}
	for i := 1; i < len(setups.Setups); i++ {
		if least(i) < least(i-1) {
			t.Errorf("set-up %d is cheaper than the one before", i)
		}
	}
	budget := decode[plan](t, here(t, file, "plan", "-", "--for", "budget", "--usd", "20000", "--json").well(t))
	if len(budget.Routes) == 0 || *budget.BudgetUSD != 20000 {
		t.Fatalf("%d routes", len(budget.Routes))
	}
	for _, r := range budget.Routes {
		if r.USD > 20000 || r.Calls < 1 {
			t.Errorf("%s costs %g for %g calls", r.Route, r.USD, r.Calls)
		}
	}
	limited := strings.Replace(file, `"schema": 1,`, `"schema": 1, "rules": {"monthly_usd_limit": 20000},`, 1)
	if !strings.Contains(limited, "20000") || strings.Count(limited, `"rules"`) != 1 {
		limited = `{"schema": 1, "rules": {"monthly_usd_limit": 20000}}`
	}
	if own := decode[plan](t, here(t, limited, "plan", "-", "--for", "budget", "--json").well(t)); *own.BudgetUSD != 20000 {
		t.Errorf("the file's limit was not taken: %g", *own.BudgetUSD)
	}
	for _, args := range [][]string{{"plan", "-"}, {"plan", "-", "--for", "budget", "--usd", "20000"}} {
		if words := here(t, file, args...).well(t); !strings.Contains(words, "a month") {
			t.Errorf("%v says %q", args, words)
		}
	}
}

func TestStudies(t *testing.T) {
	file := template(t, "saas-app")
	got := decode[study](t, here(t, file, "study", "-", "--sweep", callsPath+"=1000:1000000:5", "--json").well(t))
	if n := len(got.Sweep.Rows); n != 5 || got.Sweep.Rows[0].Value != 1000 || got.Sweep.Rows[4].Value != 1e6 || got.Sweep.Rows[2].Value != 500500 {
		t.Errorf("the sweep has %d rows: %+v", n, got.Sweep.Rows)
	}
	if got.Map != nil || got.Solve != nil {
		t.Error("a study holds more than was asked for")
	}
	goal := decode[study](t, here(t, file, "study", "-", "--solve", callsPath, "--for", "api-direct=5000", "--json").well(t))
	if !goal.Solve.Found {
		t.Fatalf("not found: %s", goal.Solve.Words)
	}
	at := strings.Replace(file, `"calls_per_month": 500000`, `"calls_per_month": `+jsonNumber(t, *goal.Solve.Value), 1)
	a := decode[assessedRoutes](t, here(t, at, "assess", "-", "--quick").well(t))
	for _, r := range a.Routes {
		if r.ID == "api-direct" && math.Abs(r.Monthly.Likely-5000) > 1 {
			t.Errorf("at the solution the route costs %g, want 5,000", r.Monthly.Likely)
		}
	}
	m := decode[study](t, here(t, file, "study", "-", "--map", callsPath+",finance.electricity_usd_per_kwh", "--json").well(t))
	if len(m.Map.Routes) != len(m.Map.YValues) || len(m.Map.Routes[0]) != len(m.Map.XValues) {
		t.Error("the map is not a grid")
	}
	for _, args := range [][]string{{"--map", callsPath + ",finance.pue"}, {"--sweep", callsPath + "=10:20:2"}, {"--solve", callsPath, "--for", "monthly_usd=5000"}} {
		if words := here(t, file, append([]string{"study", "-"}, args...)...).well(t); strings.TrimSpace(words) == "" {
			t.Errorf("%v says nothing", args)
		}
	}
}

type assessedRoutes struct {
	Routes []struct {
		ID      string `json:"id"`
		Monthly *struct {
			Likely float64 `json:"likely"`
		} `json:"monthly_usd"`
	} `json:"routes"`
}

func jsonNumber(t *testing.T, v float64) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestFactsOfEveryTable(t *testing.T) {
	for _, table := range tables {
		rows := decode[[]map[string]any](t, here(t, "", "facts", table.name, "--json").well(t))
		if len(rows) == 0 {
			t.Fatalf("%s has no rows", table.name)
		}
		for _, row := range rows {
			if row["evidence"] == "" || row["source"] == "" || row["as_of"] == "" {
				t.Errorf("%s: %v has no evidence", table.name, row["id"])
			}
		}
		words := strings.Split(strings.TrimSpace(here(t, "", "facts", table.name).well(t)), "\n")
		if len(words) != len(rows)+1 {
			t.Errorf("%s prints %d lines for %d rows", table.name, len(words), len(rows))
		}
	}
}

func TestMeasurementsStandBesideEstimates(t *testing.T) {
	rows := decode[[]measurement](t, here(t, "", "facts", "measured", "--json").well(t))
	compared := map[string]int{}
	for _, m := range rows {
		switch {
		case m.Reason == "" && (m.Estimate == nil || m.Error == nil || m.InRange == nil || m.Measured == nil):
			t.Errorf("%s is compared and lacks a figure", m.ID)
		case m.Reason == "":
			compared[m.Kind]++
			if want := m.Estimate.Likely / *m.Measured - 1; math.Abs(want-*m.Error) > 1e-6 {
				t.Errorf("%s: the error is %g, its figures say %g", m.ID, *m.Error, want)
			}
		case m.Estimate != nil:
			t.Errorf("%s has an estimate and a reason against one", m.ID)
		}
	}
	if compared["memory"] < 50 || compared["speed"] < 50 {
		t.Errorf("compared are %v", compared)
	}
}

func TestAskAnswersWhatPeopleType(t *testing.T) {
	for words, want := range map[string]string{
		"deepseek-r1:70b":                "distilled Llama",
		"ollama run deepseek-r1:70b":     "distilled Llama",
		"is 37b active enough memory":    "671 billion",
		"free":                           "quotas",
		"cuda out of memory":             "memory",
		"quantisaton":                    "weight",
		"\"'; DROP TABLE -- * NEAR( c++": "",
		"workload.peak_to_average":       "workload.peak_to_average",
		"zzzzzzqqqqq":                    "",
	} {
		got := decode[[]reply](t, here(t, "", "ask", words, "--json").well(t))
		if want == "" {
			continue
		}
		if len(got) == 0 || len(got) > 5 {
			t.Errorf("%q has %d answers", words, len(got))
			continue
		}
		if !strings.Contains(strings.ToLower(got[0].Title+" "+got[0].Text), strings.ToLower(want)) {
			t.Errorf("%q is answered first by %q: %q", words, got[0].Title, got[0].Text)
		}
		for _, r := range got {
			if r.Text == "" || r.Status == "" || r.Source == "" || r.Date == "" {
				t.Errorf("%q: an answer lacks text, status, source or date: %+v", words, r)
			}
		}
	}
	if out := here(t, "", "ask", "zzzzzzqqqqq").well(t); !strings.Contains(out, "Nothing is known") {
		t.Errorf("unknown words: %q", out)
	}
	if out := here(t, "", "ask", "enuogh", "memory").well(t); !strings.Contains(out, "enough for enuogh") {
		t.Errorf("a misspelt word: %q", out)
	}
}
