package report

import (
	"bytes"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"hostwise/calc"
)

func bookOf(t *testing.T, cases ...Case) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(made(t, ".xlsx", cases, Options{Version: "1.0"})))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func TestBookHasItsSheets(t *testing.T) {
	f := bookOf(t, sample(t), quickly(t, template(t, "research-lab")))
	want := slices.Clone(sheetNames)
	for _, name := range sheetNames {
		want = append(want, name+" 2")
	}
	if got := f.GetSheetList(); !slices.Equal(got, want) {
		t.Errorf("sheets %v", got)
	}
	charts := 0
	for name := range unpacked(t, made(t, ".xlsx", []Case{sample(t)}, Options{})) {
		if strings.HasPrefix(name, "xl/charts/chart") {
			charts++
		}
	}
	if charts != 4 {
		t.Errorf("%d native charts: memory, speed, monthly cost and money over time have one each", charts)
	}
}

// input is the cell beside a label on the sheet of inputs; the first with that label.
func input(t *testing.T, f *excelize.File, label string) string {
	t.Helper()
	rows, err := f.GetRows(sheetInputs)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		if len(row) > 0 && row[0] == label {
			return ref(2, i+1)
		}
	}
	t.Fatalf("there is no input %q", label)
	return ""
}

// worked has the library work a formula out.
func worked(t *testing.T, f *excelize.File, sheet, cell string) float64 {
	t.Helper()
	text, err := f.CalcCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatalf("%s!%s: %v", sheet, cell, err)
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatalf("%s!%s is %q", sheet, cell, text)
	}
	return v
}

// monthCells are the cells of the months' totals, in the order of the routes on the sheet.
func monthCells(t *testing.T, f *excelize.File, c Case) map[string]string {
	t.Helper()
	rows, err := f.GetRows(sheetCosts)
	if err != nil {
		t.Fatal(err)
	}
	var cells []string
	for i, row := range rows {
		if len(row) > 0 && row[0] == "A month" {
			cells = append(cells, ref(5, i+1))
		}
	}
	out := map[string]string{}
	for i := range c.Assessment.Routes {
		if r := &c.Assessment.Routes[i]; calculated(r) {
			if len(cells) == 0 {
				t.Fatal("a route has no total")
			}
			out[r.ID], cells = cells[0], cells[1:]
		}
	}
	return out
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-4*math.Max(0.01, math.Abs(b)) }

func TestTotalsFollowTheLines(t *testing.T) {
	for _, tpl := range calc.Templates {
		c := quickly(t, tpl.Scenario())
		f := bookOf(t, c)
		for id, cell := range monthCells(t, f, c) {
			if got, want := worked(t, f, sheetCosts, cell), c.Assessment.Route(id).Monthly.Likely; !near(got, want) {
				t.Errorf("%s: %s: the formulas give %.4f, the assessment %.4f", tpl.Name, id, got, want)
			}
		}
	}
}

// TestTotalsFollowTheInputs turns single inputs and holds the formulas to an assessment of the changed scenario.
func TestTotalsFollowTheInputs(t *testing.T) {
	base := template(t, "saas-app").With("finance.implementation_usd", calc.Num(12000)).
		With("api.input_usd_per_mtok", calc.Num(0.5)).With("api.output_usd_per_mtok", calc.Num(2)).With("api.batch_share", calc.Num(0.2))
	c := quickly(t, base)
	for _, one := range []struct {
		path, label string // on the sheet, where it differs from the input's own
		value       float64
	}{
		{"workload.calls_per_month", "", 520_000}, {"workload.retry_rate", "", 0.04}, {"workload.fallback_rate", "", 0.05},
		{"workload.review_usd_per_hour", "", 40}, {"api.output_usd_per_mtok", "Output price", 3.1}, {"api.input_usd_per_mtok", "Input price", 0.9},
		{"api.peak_multiplier", "", 1.7}, {"api.batch_discount", "", 0.4}, {"api.staff_fte", "", 0.2},
		{"finance.staff_usd_per_month", "", 9000}, {"finance.staff_fte", "", 0.9}, {"finance.cost_of_capital_per_year", "", 0},
		{"finance.depreciation_months", "", 36}, {"finance.residual_share", "", 0.3}, {"finance.electricity_usd_per_kwh", "", 0.3},
		{"finance.pue", "", 1.2}, {"finance.maintenance_share_per_year", "", 0.03}, {"finance.implementation_usd", "", 60000},
		{"finance.horizon_months", "", 24}, {"finance.network_share", "", 0.07}, {"finance.rent_hours_per_week", "", 100},
	} {
		changed := quickly(t, base.With(one.path, calc.Num(one.value)))
		f := bookOf(t, c)
		label := one.label
		if label == "" {
			label = calc.InputAt(one.path).Label
		}
		if err := f.SetCellFloat(sheetInputs, input(t, f, label), one.value, -1, 64); err != nil {
			t.Fatal(err)
		}
		compared := 0
		for id, cell := range monthCells(t, f, c) {
			was, now := c.Assessment.Route(id), changed.Assessment.Route(id)
			if now == nil || now.Monthly == nil || now.SetupLabel != was.SetupLabel || now.Replicas != was.Replicas || now.Kind == calc.Mixed {
				continue // other machines: the workbook holds the case's and says so
			}
			compared++
			if got := worked(t, f, sheetCosts, cell); !near(got, now.Monthly.Likely) {
				t.Errorf("%s = %g: %s: the formulas give %.4f, the assessment %.4f", one.path, one.value, id, got, now.Monthly.Likely)
			}
		}
		if compared < 3 {
			t.Errorf("%s: only %d routes were compared", one.path, compared)
		}
	}
}

func TestCheckTellsWhenMachinesNoLongerHold(t *testing.T) {
	c := quickly(t, template(t, "saas-app"))
	f := bookOf(t, c)
	rows, err := f.GetRows(sheetCosts)
	if err != nil {
		t.Fatal(err)
	}
	cell := ""
	for i, row := range rows {
		if len(row) > 0 && strings.HasPrefix(row[0], "Do the copied machines") {
			cell = ref(5, i+1)
			break
		}
	}
	for calls, want := range map[float64]string{500_000: "yes", 90_000_000: "recalculate in Hostwise"} {
		if err := f.SetCellFloat(sheetInputs, input(t, f, "Calls a month"), calls, -1, 64); err != nil {
			t.Fatal(err)
		}
		if got, err := f.CalcCellValue(sheetCosts, cell); err != nil || got != want {
			t.Errorf("%g calls: %q, %v", calls, got, err)
		}
	}
}

func TestWrittenValuesAreNumbers(t *testing.T) {
	files := unpacked(t, made(t, ".xlsx", []Case{sample(t)}, Options{}))
	cells := regexp.MustCompile(`<c ([^>]*)><f>[^<]*</f>(<v>([^<]*)</v>)?</c>`)
	seen := 0
	for name, data := range files {
		if !strings.HasPrefix(name, "xl/worksheets/sheet") {
			continue
		}
		for _, m := range cells.FindAllSubmatch(data, -1) {
			seen++
			_, err := strconv.ParseFloat(string(m[3]), 64)
			if len(m[2]) == 0 || (err == nil) == bytes.Contains(m[1], []byte(`t="str"`)) {
				t.Errorf("%s: the formula cell %s has the value %q", name, m[1], m[3])
			}
		}
	}
	if seen < 200 {
		t.Errorf("only %d formulas", seen)
	}
}

func TestTextFromOutsideIsNoFormula(t *testing.T) {
	f := bookOf(t, hostileCase(t))
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			for c, text := range row {
				formula, err := f.GetCellFormula(sheet, ref(c+1, r+1))
				if err != nil {
					t.Fatal(err)
				}
				if strings.Contains(formula, "HYPERLINK") {
					t.Errorf("%s!%s is the formula %s", sheet, ref(c+1, r+1), formula)
				}
				if _, number := strconv.ParseFloat(text, 64); number != nil && formula == "" && text != "" && strings.ContainsRune("=+-@", rune(text[0])) {
					t.Errorf("%s!%s begins with %q", sheet, ref(c+1, r+1), text[:1])
				}
			}
		}
	}
}

func TestOnlyLiveInputsAreOpen(t *testing.T) {
	f := bookOf(t, quickly(t, template(t, "saas-app")))
	for label, open := range map[string]bool{"Calls a month": true, "Input price": true, "  Servers": false, "  Replicas, spares included": false} {
		label = strings.TrimSpace(label)
		id, err := f.GetCellStyle(sheetInputs, input(t, f, label))
		if err != nil {
			t.Fatal(err)
		}
		st, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		if locked := st.Protection == nil || st.Protection.Locked; locked == open {
			t.Errorf("%s: locked %t", label, locked)
		}
	}
}

func TestBookOfAnOwnedServer(t *testing.T) {
	s := template(t, "weekend-experiment")
	for _, more := range []calc.Scenario{s, s.With("finance.site", calc.Str("colocation")).With("finance.space_usd_per_kw_month", calc.Num(180)),
		s.With("finance.server_usd", calc.Num(9000)).With("finance.server_kw", calc.Num(1.1))} {
		c := quickly(t, more)
		f := bookOf(t, c)
		for id, cell := range monthCells(t, f, c) {
			if got, want := worked(t, f, sheetCosts, cell), c.Assessment.Route(id).Monthly.Likely; !near(got, want) {
				t.Errorf("%s: the formulas give %.4f, the assessment %.4f", id, got, want)
			}
		}
	}
}
