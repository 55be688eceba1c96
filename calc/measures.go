package calc

// Measured is what another measure of an answer counts.
type Measured string

// The other measures of an answer.
const (
	CallsADay           Measured = "calls a day"                         // 30 days a month: the contract's rule for a page
	CallsASecond        Measured = "calls a second"                      // over a month of 730 hours
	CallsASecondBusiest Measured = "calls a second, busiest hour"        // the mean × peak_to_average
	WordsOfText         Measured = "words"                               // of English
	PagesOfText         Measured = "pages"                               // of English
	USDAMonth           Measured = "dollars a month"                     //
	USDAMonthAlwaysOn   Measured = "dollars a month, switched on always" // 730 hours
	Years               Measured = "years"
)

// Measure is an answer in another measure.
type Measure struct {
	Of    Measured
	Value float64
}

// OtherMeasures says the likely answer to a question in measures that help to judge it: calls by the day and by the
// second, tokens as words and pages, people as pay. It is empty where there is none, and for a null answer.
func OtherMeasures(s Scenario, path string) []Measure {
	v := s.Value(path)
	if v.Null {
		return nil
	}
	x := v.Number.Likely
	switch path {
	case "workload.calls_per_month":
		mean := x / (hoursInMonth * 3600)
		out := []Measure{{CallsADay, x / daysInMonth}, {CallsASecond, mean}}
		if len(s.Value("workload.weekly_shape").Numbers) == 0 { // with a shape the peak is the shape's
			out = append(out, Measure{CallsASecondBusiest, mean * s.Likely("workload.peak_to_average")})
		}
		return out
	case "workload.input_tokens_per_call", "workload.output_tokens_per_call", "workload.reasoning_tokens_per_call",
		"workload.context_tokens", "deployment.max_context_tokens":
		if x > 0 {
			return []Measure{{WordsOfText, x / tokensInWord}, {PagesOfText, x / tokensInPage}}
		}
	case "finance.staff_fte", "finance.staff_fte_per_extra_server", "api.staff_fte":
		return []Measure{{USDAMonth, x * s.Likely("finance.staff_usd_per_month")}}
	case "finance.rent_usd_per_device_hour":
		return []Measure{{USDAMonthAlwaysOn, x * hoursInMonth}}
	case "finance.depreciation_months", "finance.horizon_months":
		return []Measure{{Years, x / 12}}
	}
	return nil
}
