package calc_test

import (
	"math"
	"testing"

	"hostwise/calc"
)

// By hand: 1,200,000 calls are 40,000 a day in 30 days, 1.2e6/(730 × 3600) = 0.456621 a second, and × 2.5 in the
// busiest hour; 1,400 tokens are 2 pages of 700 and 1,050 words of 4/3 tokens; half a person at 15,000 is 7,500.
func TestOtherMeasures(t *testing.T) {
	s := calc.Scenario{}.With("workload.calls_per_month", calc.Num(1.2e6)).With("workload.peak_to_average", calc.Num(2.5)).
		With("workload.output_tokens_per_call", calc.Num(1400)).With("finance.rent_usd_per_device_hour", calc.Num(2)).
		With("finance.depreciation_months", calc.Num(54))
	for path, want := range map[string][]calc.Measure{
		"workload.calls_per_month":         {{calc.CallsADay, 40000}, {calc.CallsASecond, 0.456621}, {calc.CallsASecondBusiest, 1.141553}},
		"workload.output_tokens_per_call":  {{calc.WordsOfText, 1050}, {calc.PagesOfText, 2}},
		"finance.staff_fte":                {{calc.USDAMonth, 7500}},
		"finance.rent_usd_per_device_hour": {{calc.USDAMonthAlwaysOn, 1460}},
		"finance.depreciation_months":      {{calc.Years, 4.5}},
		"finance.pue":                      nil,
		"finance.server_usd":               nil, // from the catalogue: null
	} {
		got := calc.OtherMeasures(s, path)
		if len(got) != len(want) {
			t.Errorf("%s has the measures %v, want %v", path, got, want)
			continue
		}
		for i, m := range got {
			if m.Of != want[i].Of || math.Abs(m.Value-want[i].Value) > 1e-6*want[i].Value {
				t.Errorf("%s has %v, want %v", path, m, want[i])
			}
		}
	}
}

func TestAWeeklyShapeHasItsOwnBusiestHour(t *testing.T) {
	s := calc.Scenario{}.With("workload.weekly_shape", calc.Value{Numbers: make([]float64, calc.HoursOfWeek)})
	for _, m := range calc.OtherMeasures(s, "workload.calls_per_month") {
		if m.Of == calc.CallsASecondBusiest {
			t.Error("the peak is given by the shape, but the answer to the peak is used")
		}
	}
}
