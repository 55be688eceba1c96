package guide

import (
	"fmt"

	"hostwise/app/figure/format"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

// derivedWords says an answer in another measure, where that helps to judge it.
func derivedWords(in *calc.Input, s calc.Scenario) string {
	v := s.Value(in.Path)
	if v.Null {
		return ""
	}
	x := v.Number.Likely
	switch in.Path {
	case "workload.calls_per_month":
		return fmt.Sprintf("%s a day  ·  %s on average  ·  %s in the busiest hour",
			format.Count(x/daysPerMonth), everySecond(x/secondsPerMonth), everySecond(x/secondsPerMonth*s.Likely("workload.peak_to_average")))
	case "workload.input_tokens_per_call", "workload.output_tokens_per_call", "workload.reasoning_tokens_per_call", "workload.context_tokens":
		if x > 0 {
			return fmt.Sprintf("about %s words  ·  %s pages of English", format.Count(x*wordsPerToken), format.Number(x/tokensPerPage, 2))
		}
	case "finance.staff_fte", "api.staff_fte":
		return fmt.Sprintf("%s a month", currencyOf(s).Money(x*s.Likely("finance.staff_usd_per_month")))
	case "finance.depreciation_months", "finance.horizon_months":
		return format.Number(x/12, 2) + " years"
	}
	return ""
}

// daysPerMonth is the month of a page, secondsPerMonth the month of the model (730 hours): the contract has both.
const (
	daysPerMonth    = 30
	secondsPerMonth = 730 * 3600
	tokensPerPage   = 700  // of English; the questions' own measure
	wordsPerToken   = 0.75 // of English, a common rule of thumb
)

// everySecond says a rate so that rare calls are readable too.
func everySecond(rate float64) string {
	switch {
	case rate <= 0:
		return "none"
	case rate >= 0.1:
		return format.Number(rate, 2) + " a second"
	case rate*60 >= 1:
		return format.Number(rate*60, 2) + " a minute"
	}
	return format.Number(rate*3600, 2) + " an hour"
}

// defaultWords is what stands in an empty field: the default as it would be typed, or where it comes from.
func defaultWords(in *calc.Input, cat *catalog.Catalog, opt calc.EntryOptions) string {
	switch {
	case in.Default.Null:
		return "from the catalogue"
	case in.Kind == calc.Number || in.Kind == calc.Integer:
		if words, ok := zeroMeans[in.Path]; ok && in.Default.Number.Likely == 0 {
			return words
		}
		return calc.FormatEntryWith(in, in.Default, opt)
	case emptyMeans[in.Path] != "" && in.Default.Text == "":
		return emptyMeans[in.Path]
	}
	if in.Default.Text != "" {
		return refName(in, in.Default.Text, cat)
	}
	return calc.FormatEntryWith(in, in.Default, opt)
}
