//go:build office

package report

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"hostwise/calc"
	"hostwise/calc/catalog"
)

// These tests need LibreOffice: go test -tags office ./app/report/

// recalculate has LibreOffice work out every formula when it opens a file: left alone it takes the written values.
const recalculate = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
`

// office converts files in one run of LibreOffice and returns the folder of the results.
func office(t *testing.T, to string, files ...string) string {
	t.Helper()
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed")
	}
	out, profile := t.TempDir(), t.TempDir()
	if err := os.MkdirAll(filepath.Join(profile, "user"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(profile, "user", "registrymodifications.xcu"), []byte(recalculate), 0o644); err != nil {
		t.Fatal(err)
	}
	args := append([]string{"-env:UserInstallation=file://" + profile, "--headless", "--convert-to", to, "--outdir", out}, files...)
	if said, err := exec.Command(soffice, args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, said)
	}
	return out
}

// save writes a document to a file.
func save(t *testing.T, path string, cases []Case, opt Options) {
	t.Helper()
	if err := os.WriteFile(path, made(t, filepath.Ext(path), cases, opt), 0o644); err != nil {
		t.Fatal(err)
	}
}

// numberAt reads a cell as a number.
func numberAt(t *testing.T, f *excelize.File, sheet, cell string) float64 {
	t.Helper()
	text, err := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatalf("%s!%s holds %q, not a number", sheet, cell, text)
	}
	return v
}

func openBook(t *testing.T, path string) *excelize.File {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// TestRecalculatedAsWritten has LibreOffice work every formula out anew: each must give the value that was written
// beside it.
func TestRecalculatedAsWritten(t *testing.T) {
	dir := t.TempDir()
	var paths []string
	for _, tpl := range calc.Templates {
		path := filepath.Join(dir, tpl.Name+".xlsx")
		save(t, path, []Case{assessed(t, tpl.Scenario())}, Options{Version: "1.0"})
		paths = append(paths, path)
	}
	out := office(t, "xlsx", paths...)
	formulas := 0
	for _, path := range paths {
		was, now := openBook(t, path), openBook(t, filepath.Join(out, filepath.Base(path)))
		for _, sheet := range was.GetSheetList() {
			rows, err := was.GetRows(sheet)
			if err != nil {
				t.Fatal(err)
			}
			for r := range rows {
				for c := 1; c <= 10; c++ {
					cell := ref(c, r+1)
					formula, err := was.GetCellFormula(sheet, cell)
					if err != nil || formula == "" {
						continue
					}
					formulas++
					sameCell(t, filepath.Base(path), sheet, cell, formula, was, now)
				}
			}
		}
	}
	if formulas < 1000 {
		t.Errorf("%d formulas were compared; the workbooks hold more", formulas)
	}
	t.Logf("%d formulas in %d workbooks", formulas, len(paths))
}

func sameCell(t *testing.T, file, sheet, cell, formula string, was, now *excelize.File) {
	t.Helper()
	raw := excelize.Options{RawCellValue: true}
	x, err1 := was.GetCellValue(sheet, cell, raw)
	y, err2 := now.GetCellValue(sheet, cell, raw)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	a, err1 := strconv.ParseFloat(x, 64)
	b, err2 := strconv.ParseFloat(y, 64)
	if err1 == nil && err2 == nil {
		if math.Abs(a-b) > 1e-6*math.Max(1, math.Abs(a)) {
			t.Errorf("%s %s!%s = %s: written %v, recalculated %v", file, sheet, cell, formula, a, b)
		}
		return
	}
	if x != y {
		t.Errorf("%s %s!%s = %s: written %q, recalculated %q", file, sheet, cell, formula, x, y)
	}
}

// knob is a live input and how a test turns it.
type knob struct {
	path string
	turn func(r *rand.Rand, was float64) float64
}

func scaled(low, high float64) func(*rand.Rand, float64) float64 {
	return func(r *rand.Rand, was float64) float64 { return was * (low + (high-low)*r.Float64()) }
}

func between(low, high float64) func(*rand.Rand, float64) float64 {
	return func(r *rand.Rand, _ float64) float64 { return low + (high-low)*r.Float64() }
}

var knobs = []knob{
	{"workload.calls_per_month", scaled(0.6, 1.4)}, {"workload.retry_rate", between(0, 0.2)},
	{"workload.fallback_rate", between(0, 0.1)}, {"workload.review_minutes_per_call", between(0, 0.2)},
	{"workload.review_usd_per_hour", between(10, 60)}, {"api.peak_hours_share", between(0, 0.5)},
	{"api.peak_multiplier", between(1, 2)}, {"api.batch_share", between(0, 0.6)}, {"api.batch_discount", between(0, 0.5)},
	{"api.platform_usd_per_month", between(0, 500)}, {"api.logging_usd_per_month", between(0, 300)}, {"api.staff_fte", between(0, 0.4)},
	{"finance.install_share", between(0, 0.1)}, {"finance.network_share", between(0, 0.1)}, {"finance.residual_share", between(0, 0.3)},
	{"finance.cost_of_capital_per_year", between(0, 0.15)}, {"finance.maintenance_share_per_year", between(0.02, 0.12)},
	{"finance.electricity_usd_per_kwh", between(0.05, 0.35)}, {"finance.pue", between(1.1, 1.8)}, {"finance.power_load_share", between(0.3, 1)},
	{"finance.staff_fte", between(0.1, 1)}, {"finance.staff_fte_per_extra_server", between(0, 0.3)},
	{"finance.staff_usd_per_month", between(8000, 22000)}, {"finance.implementation_usd", between(0, 60000)},
	{"finance.rent_hours_per_week", between(84, 168)}, {"finance.storage_usd_per_month", between(0, 900)}, {"finance.egress_usd_per_month", between(0, 900)},
}

// unusual gives each generated case something that few cases have: another currency, quoted prices, a second kind of
// card, a term of rent, a week's shape, one model's own demand, time bands, batches, a stated split.
func unusual(i int, r *rand.Rand, s calc.Scenario) calc.Scenario {
	quoted := func(path string, usd float64) {
		s = s.With(path, calc.Num(usd)).WithQuote(calc.Quote{Path: path, Supplier: "Acme & Sons", Date: "2026-11-02", ValidUntil: "2026-11-20"})
	}
	switch i % 10 {
	case 0:
		s = s.With("currency.code", calc.Str("EUR")).With("currency.per_usd", calc.Num(0.8+0.3*r.Float64())).With("currency.as_of", calc.Str("2026-11-20"))
	case 1:
		quoted("finance.server_usd", 150_000+200_000*r.Float64())
		quoted("finance.rent_usd_per_device_hour", 1.5+2*r.Float64())
	case 2:
		quoted("api.input_usd_per_mtok", 0.3+r.Float64())
		quoted("api.output_usd_per_mtok", 1+3*r.Float64())
	case 3:
		s = s.With("deployment.engine", calc.Str("llama.cpp")).With("deployment.precision", calc.Str("gguf-q4_k_m")).
			With("deployment.device", calc.Str("h200-sxm")).With("deployment.devices", calc.Num(4)).
			With("deployment.second_device", calc.Str("h100-sxm")).With("deployment.second_devices", calc.Num(4))
	case 4:
		s = s.With("finance.rent_term", calc.Str([]string{"1-year", "3-year"}[r.IntN(2)]))
	case 5:
		week := make([]float64, 168)
		for h := range week {
			week[h] = 1 + 5*r.Float64()
		}
		s = s.With("workload.weekly_shape", calc.Value{Numbers: week})
	case 6:
		retry, output := catalog.Exact(0.05+0.2*r.Float64()), catalog.Exact(300+500*r.Float64())
		s = s.WithModel(s.Text("model"), calc.ModelOverride{RetryRate: &retry, OutputTokensPerCall: &output})
	case 7:
		s = s.With("api.peak_hours_share", calc.Num(0.4)).With("api.peak_multiplier", calc.Num(1+r.Float64()))
	case 8:
		s = s.With("workload.latency_flexible", calc.Value{Bool: true}).With("api.batch_share", calc.Num(r.Float64())).With("api.batch_discount", calc.Num(0.5*r.Float64()))
	case 9:
		s = s.With("mixed.base_share", calc.Num(0.2+0.6*r.Float64()))
	}
	return s
}

// turned is the scenario with an input changed. Where one model has a rate of its own, that is what the workbook shows.
func turned(s calc.Scenario, path string, v float64) calc.Scenario {
	own, ok := s.ByModel()[s.Text("model")]
	if ok && own.RetryRate != nil && path == "workload.retry_rate" {
		rate := catalog.Exact(v)
		own.RetryRate = &rate
		return s.WithModel(s.Text("model"), own)
	}
	return s.With(path, calc.Num(v))
}

// TestLiveInputs changes five live inputs of fifty generated cases in the workbook, has LibreOffice work it out, and
// compares every total with an assessment of the changed scenario. A route is compared where both keep the same
// machines; where they do not, the workbook must have said so or hold the old set-up, which it promises.
func TestLiveInputs(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 19))
	dir := t.TempDir()
	type trial struct {
		path         string
		base, change Case
		places       map[string]string // totals by route
	}
	var trials []trial
	var paths []string
	for i := range 50 {
		base := unusual(i, r, calc.Templates[i%len(calc.Templates)].Scenario().
			With("workload.calls_per_month", calc.Num(math.Round(math.Pow(10, 2.5+4*r.Float64())))).
			With("finance.implementation_usd", calc.Num(math.Round(30000*r.Float64()))))
		c := quickly(t, base)
		changed := base
		path := filepath.Join(dir, fmt.Sprintf("case%02d.xlsx", i))
		save(t, path, []Case{c}, Options{Version: "1.0"})
		f := openBook(t, path)
		for _, k := range r.Perm(len(knobs))[:5] {
			v := knobs[k].turn(r, base.Likely(knobs[k].path))
			changed = turned(changed, knobs[k].path, v)
			cell := input(t, f, calc.InputAt(knobs[k].path).Label)
			if err := f.SetCellFloat(sheetInputs, cell, v, -1, 64); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.Save(); err != nil {
			t.Fatal(err)
		}
		trials = append(trials, trial{path, c, quickly(t, changed), totalsOf(t, f)})
		paths = append(paths, path)
	}
	out := office(t, "xlsx", paths...)
	compared, held, worst, unlike := 0, 0, 0.0, 0
	kinds := map[calc.RouteKind]int{}
	for _, tr := range trials {
		f := openBook(t, filepath.Join(out, filepath.Base(tr.path)))
		for label, cell := range tr.places {
			was, now := routeLabelled(tr.base, label), tr.change.Assessment.Route(routeLabelled(tr.base, label).ID)
			if now == nil || now.Monthly == nil || now.SetupLabel != was.SetupLabel || now.Replicas != was.Replicas ||
				math.Abs(tr.base.apiShare(was)-tr.change.apiShare(now)) > 1e-9 {
				held++
				continue
			}
			compared++
			if kinds[now.Kind]++; now.Kind == calc.Own && len(now.Bill) > 2 {
				unlike++
			}
			got := numberAt(t, f, sheetCosts, cell)
			off := math.Abs(got-now.Monthly.Likely) / math.Max(1, now.Monthly.Likely)
			worst = math.Max(worst, off)
			if off > 1e-4 {
				t.Errorf("%s: %s: the workbook says %.2f, the assessment %.2f", filepath.Base(tr.path), label, got, now.Monthly.Likely)
			}
		}
	}
	t.Logf("%d totals compared (%v, %d with several kinds of machine), %d left out because the machines differ, worst %.1e", compared, kinds, unlike, held, worst)
	for _, kind := range []calc.RouteKind{calc.API, calc.Rent, calc.Own, calc.Mixed} {
		if kinds[kind] == 0 {
			t.Errorf("no route of kind %s was compared", kind)
		}
	}
	if compared < 150 {
		t.Errorf("only %d totals were compared", compared)
	}
}

// totalsOf are the cells of the months' totals by the label of the route.
func totalsOf(t *testing.T, f *excelize.File) map[string]string {
	t.Helper()
	rows, err := f.GetRows(sheetCosts)
	if err != nil {
		t.Fatal(err)
	}
	out, label := map[string]string{}, ""
	for i, row := range rows {
		switch {
		case len(row) > 2 && (row[2] == "feasible" || strings.HasPrefix(row[2], "ruled out")):
			label = row[0]
		case len(row) > 0 && row[0] == "A month":
			out[label] = ref(5, i+1)
		}
	}
	return out
}

func routeLabelled(c Case, label string) *calc.Route {
	for i := range c.Assessment.Routes {
		if r := &c.Assessment.Routes[i]; oneLine(r.Label) == label {
			return r
		}
	}
	return &calc.Route{}
}

// TestOfficeReadsDeck has LibreOffice turn decks into pages: one for each slide.
func TestOfficeReadsDeck(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "deck.pptx")
	cases := []Case{sample(t), hostileCase(t)}
	save(t, path, cases, Options{Version: "1.0"})
	slides := len(partsNamed(t, path, "ppt/slides/slide"))
	out := office(t, "pdf", path)
	data, err := os.ReadFile(filepath.Join(out, "deck.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	if got := bytes.Count(data, []byte("/Type/Page/")) + bytes.Count(data, []byte("/Type/Page\n")); got != slides {
		t.Errorf("LibreOffice shows %d pages of %d slides", got, slides)
	}
}

// partsNamed are the names of a package's parts with this beginning.
func partsNamed(t testing.TB, file, prefix string) []string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for name := range unpacked(t, data) {
		if strings.HasPrefix(name, prefix) {
			out = append(out, name)
		}
	}
	return out
}
