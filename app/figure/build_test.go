package figure

import (
	"context"
	"io"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"hostwise/app/figure/format"
	"hostwise/assets"
	"hostwise/calc"
)

var testDay = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

func assessor(t testing.TB) *calc.Assessor {
	t.Helper()
	cat, err := assets.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	return calc.NewAssessor(cat)
}

// assessed keeps the assessments of templates; tests only read them.
var assessed sync.Map

func assess(t testing.TB, template string) *calc.Assessment {
	t.Helper()
	if a, ok := assessed.Load(template); ok {
		return a.(*calc.Assessment)
	}
	tpl, ok := calc.TemplateNamed(template)
	if !ok {
		t.Fatalf("there is no template %s", template)
	}
	a, err := assessor(t).Assess(context.Background(), tpl.Scenario(), calc.Options{Today: testDay, Draws: 100})
	if err != nil {
		t.Fatal(err)
	}
	assessed.Store(template, a)
	return a
}

// someMap is a study by hand: two routes, a border, a place where nothing passes.
func someMap() *calc.WinMap {
	m := &calc.WinMap{X: "workload.calls_per_month", Y: "finance.electricity_usd_per_kwh", XLabel: "Calls a month", YLabel: "Electricity, a kWh", NowX: 5e5, NowY: 0.2}
	for x := 1e4; x <= 1.1e7; x *= 2 {
		m.XValues = append(m.XValues, x)
	}
	for y := 0.05; y < 0.45; y += 0.05 {
		m.YValues = append(m.YValues, y)
		var routes []string
		var chance []float64
		for i := range m.XValues {
			id := "api-direct"
			if i > 7 {
				id = "own-deepseek-r1"
			}
			routes, chance = append(routes, id), append(chance, 0.55+0.04*float64(i))
		}
		m.Routes, m.Chance = append(m.Routes, routes), append(m.Chance, chance)
	}
	m.Routes[0][0] = ""
	return m
}

func TestEveryFigureOfEveryTemplateDraws(t *testing.T) {
	for _, tpl := range calc.Templates {
		a := assess(t, tpl.Name)
		for _, id := range IDs {
			for _, all := range []bool{false, true} {
				f, err := Build(id, a, BuildOptions{Version: "1.0", WinMap: someMap(), AllRoutes: all, AllPrecisions: all})
				if err != nil {
					t.Errorf("%s: %v", tpl.Name, err)
					continue
				}
				if f.ID != id || f.Title == "" || f.Subtitle == "" || f.Source == "" || f.Alt == "" || len(f.Foot) == 0 || !strings.Contains(f.Brand, a.Catalogue.Date) {
					t.Errorf("%s, %s lacks a part: %+v", tpl.Name, id, []string{f.Title, f.Subtitle, f.Source, f.Brand, f.Alt})
				}
				checkTwin(t, &f)
				var report Report
				if err := PNG(io.Discard, f, Options{Width: 640, Height: 360, Report: &report}); err != nil {
					t.Errorf("%s, %s: %v", tpl.Name, id, err)
				}
				if report.String() != "" {
					t.Errorf("%s, %s: %s", tpl.Name, id, report)
				}
			}
		}
	}
}

func checkTwin(t *testing.T, f *Figure) {
	t.Helper()
	if len(f.Twin.Rows) == 0 {
		t.Errorf("%s has no data to copy", f.ID)
	}
	for _, row := range f.Twin.Rows {
		if len(row) != len(f.Twin.Headers) {
			t.Errorf("%s: a row of %d cells under %d headers", f.ID, len(row), len(f.Twin.Headers))
		}
		for _, cell := range row {
			if strings.Contains(cell, "NaN") || strings.Contains(cell, "Inf") || strings.Contains(cell, "%!") {
				t.Errorf("%s: a cell says %q", f.ID, cell)
			}
		}
	}
}

// Five lines at most: the verdict's route, the cheapest feasible one of each kind, and the one that undercuts
// the API first.
func TestMonthlyCostShowsFewFeasibleLines(t *testing.T) {
	for _, tpl := range calc.Templates {
		a := assess(t, tpl.Name)
		f, err := Build("monthly-cost", a, BuildOptions{})
		if err != nil {
			t.Fatal(err)
		}
		names := map[string]bool{}
		for _, l := range f.Layers {
			if line, ok := l.(Line); ok {
				names[line.Name] = true
				if line.Paint == PaintMuted {
					t.Errorf("%s: %s is ruled out and drawn", tpl.Name, line.Name)
				}
			}
		}
		if len(names) == 0 || len(names) > 5 {
			t.Errorf("%s shows %d lines", tpl.Name, len(names))
		}
		if v := a.Route(a.Verdict.Route); v != nil && !names[v.Label] {
			t.Errorf("%s does not show the verdict's route %s", tpl.Name, v.Label)
		}
	}
}

// The dot at "you are here" lies on the line of the verdict's route: figure and verdict cannot disagree.
func TestYouAreHereLiesOnTheVerdictsLine(t *testing.T) {
	a := assess(t, "saas-app")
	f, err := Build("monthly-cost", a, BuildOptions{})
	if err != nil {
		t.Fatal(err)
	}
	d, err := Render(f, Options{})
	if err != nil {
		t.Fatal(err)
	}
	v := a.Route(a.Verdict.Route)
	for _, r := range d.Layout.ReadAt(d.Layout.X.Pixel(500_000)) {
		if r.Name == v.Label {
			if off := r.Y/v.Monthly.Likely - 1; off > 0.005 || off < -0.005 {
				t.Errorf("the line says %g, the verdict %g", r.Y, v.Monthly.Likely)
			}
			return
		}
	}
	t.Error("the verdict's line cannot be read at the case's volume")
}

func TestMemoryFigureShowsTheAssessmentsBytes(t *testing.T) {
	for _, tpl := range calc.Templates {
		checkMemory(t, assess(t, tpl.Name))
	}
}

func checkMemory(t *testing.T, a *calc.Assessment) {
	t.Helper()
	f, err := Build("memory", a, BuildOptions{Precision: a.Deployment.Precision})
	if err != nil {
		t.Fatal(err)
	}
	stacks := f.Layers[0].(Stacks)
	found := false
	for i, row := range f.Rows {
		if !row.Strong {
			continue
		}
		found = true
		for _, p := range a.Memory.ByPrecision {
			if p.Kind == "deploy" && p.Precision == a.Deployment.Precision {
				if got, want := stacks.Bars[i].total(), p.TotalBytes.Likely; got/want < 0.999 || got/want > 1.001 {
					t.Errorf("the bar is %g bytes, the assessment says %g", got, want)
				}
			}
		}
	}
	if !found {
		t.Error("the deployment's precision is not marked")
	}
}

// Where rules leave little, figures say so and show what was ruled out in grey.
func TestFiguresUnderStrictRules(t *testing.T) {
	tpl, _ := calc.TemplateNamed("saas-app")
	onSite := tpl.Scenario().With("rules.data_may_leave_site", calc.No)
	for _, c := range []struct {
		id, want string
		s        calc.Scenario
	}{
		{"monthly-cost", "Only one kind of route passes your rules", onSite},
		{"break-even", "Your rules leave out the API", onSite},
		{"monthly-cost", "No route passes your rules", onSite.With("rules.operations_staff", calc.No)},
		{"break-even", "No route passes your rules", onSite.With("rules.operations_staff", calc.No)},
		{"cost-per-call", "No route passes your rules", onSite.With("rules.operations_staff", calc.No)},
		{"over-time", "No route passes your rules", onSite.With("rules.operations_staff", calc.No)},
	} {
		a, err := assessor(t).Assess(context.Background(), c.s, calc.Options{Today: testDay, Draws: 50})
		if err != nil {
			t.Fatal(err)
		}
		f, err := Build(c.id, a, BuildOptions{})
		if err != nil {
			t.Errorf("%s: %v", c.id, err)
			continue
		}
		if !strings.HasPrefix(f.Title, c.want) {
			t.Errorf("%s says %q, want %q", c.id, f.Title, c.want)
		}
		for _, l := range f.Layers {
			if line, ok := l.(Line); ok && a.Verdict.Route == "" && line.Paint != PaintMuted {
				t.Errorf("%s: %s is ruled out and not grey", c.id, line.Name)
			}
		}
	}
}

func TestBuildSaysWhatIsMissing(t *testing.T) {
	a := assess(t, "saas-app")
	bare := &calc.Assessment{}
	for _, c := range []struct {
		id   string
		a    *calc.Assessment
		want string
	}{
		{"win-map", a, "study"}, {"pie", a, "monthly-cost"}, {"memory", nil, "no assessment"}, {"memory", bare, "precision"}, {"monthly-cost", bare, "route"},
		{"over-time", bare, "over time"}, {"cost-per-call", bare, "route"}, {"tornado", bare, "winner"}, {"break-even", bare, "break-even"},
		{"capacity", bare, "speed"}, {"quality-cost", bare, "benchmark"},
	} {
		if _, err := Build(c.id, c.a, BuildOptions{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v does not name %q", c.id, err, c.want)
		}
	}
}

func TestBuildIsTheSameEachTime(t *testing.T) {
	a := assess(t, "enterprise-private-inference")
	for _, id := range IDs {
		first, err := Build(id, a, BuildOptions{WinMap: someMap()})
		if err != nil {
			t.Fatal(err)
		}
		for range 5 {
			if next, _ := Build(id, a, BuildOptions{WinMap: someMap()}); !reflect.DeepEqual(first, next) {
				t.Errorf("%s differs from one time to the next", id)
			}
		}
	}
}

func TestFiguresFollowTheCurrency(t *testing.T) {
	a := assess(t, "saas-app")
	for _, id := range []string{"monthly-cost", "cost-per-call", "over-time", "tornado"} {
		f, err := Build(id, a, BuildOptions{Currency: format.Currency{Code: "EUR", PerUSD: 0.9}})
		if err != nil {
			t.Fatal(err)
		}
		var all strings.Builder
		for _, text := range []string{f.Title, f.Subtitle} {
			all.WriteString(text)
		}
		for _, row := range f.Twin.Rows {
			all.WriteString(strings.Join(row, " "))
		}
		if strings.Contains(all.String(), "$") || !strings.Contains(all.String(), "€") || !strings.Contains(f.Subtitle, "EUR") {
			t.Errorf("%s mixes currencies: %s / %s", id, f.Title, f.Subtitle)
		}
	}
}

func TestNamesCoverTheContract(t *testing.T) {
	if len(IDs) != len(builders) {
		t.Errorf("%d ids for %d figures", len(IDs), len(builders))
	}
	for _, id := range strings.Fields("memory monthly-cost over-time cost-per-call tornado break-even win-map capacity quality-cost") {
		if Name(id) == "" {
			t.Errorf("%s is not drawn", id)
		}
	}
}
