package results

import (
	"fmt"
	"regexp"
	"strings"

	"hostwise/app/figure/format"
	"hostwise/calc"
)

// The words of the page that are not made from numbers.
const (
	wordsWorking      = "Working out the answer …"
	wordsRanges       = "Ranges, chances and flips are being worked out …"
	wordsOldAnswer    = "What stands below belongs to your last answers that could be worked out."
	wordsNoAnswer     = "There is no answer yet."
	wordsNoAnswerHelp = "Mend what is listed here; the answer follows at once."
	wordsNothingFlips = "No single answer changes the verdict, as far as each was searched."
	wordsLikely       = "likely, and 8 of 10 futures"
	wordsNearest      = "nearest first"
	wordsQuotas       = "Free or part of a plan: enough to try prompts and count tokens. Nothing says how long it lasts, so no route is costed on it."
	wordsReleased     = "Nothing: it is the precision that the model was released in."
	wordsLogScale     = "Log scale"
	wordsModels       = "Distills beside full R1"
	wordsUnknownLoss  = "Unknown: nobody has published what this precision loses on this model."
	wordsFewBits      = "Below 4 bits a weight nobody can say how much of the model is left: memory, speed and cost on this set-up are speculation."
	wordsUndecided    = "Nothing is decided yet. Record which route was chosen, by whom, when and why; the case keeps it beside what the figures said."
	wordsFindNumber   = "Search every figure, formula and source"
	wordsAllParts     = "All parts"
	wordsCopyList     = "Copy the list"
	wordsDrawn        = "Drawn from the ranges of every uncertain answer."
	wordsWorkedOut    = "worked out from your answers and the catalogue"
)

// rule is a gate as the page names it: in a word beside a route, in a sentence, and the question it comes from.
type rule struct {
	prefix string // of the assessment's blocked_by
	short  string // beside a route
	path   string // of the question; "" where no question decides it
}

// rules are tried in this order: a reason inside another, such as that of mixed, is found by its own words.
var rules = []rule{
	{"data_may_leave_site", "leaves site", "rules.data_may_leave_site"},
	{"minimum_model", "weaker", "rules.minimum_model"},
	{"operations_staff", "no staff", "rules.operations_staff"},
	{"compliance", "compliance", "rules.compliance"},
	{"latency_flexible", "too slow", "workload.latency_flexible"},
	{"no batch discount", "no discount", "api.batch_discount"},
	{"no listed price", "no price", "api.price"},
	{"not priced", "not priced", "finance.server_usd"},
	{"context_tokens", "too long", "workload.context_tokens"},
	{"needs_pinned_weights", "not pinned", "rules.needs_pinned_weights"},
	{"lowest_bits_per_weight", "too few bits", "rules.lowest_bits_per_weight"},
	{"the stated set-up", "set-up", "deployment.precision"},
	{"no set-up", "no set-up", "deployment.device"},
	{"mixed costs", "no gain", ""},
}

// limits are the rules whose reason begins with the label of their question.
var limits = map[string]string{
	"rules.upfront_usd_limit":   "over budget",
	"rules.monthly_usd_limit":   "over budget",
	"rules.site_kw_limit":       "too much power",
	"rules.needed_within_weeks": "too late",
}

// ruleOf finds the rule that a reason of blocked_by states.
func ruleOf(reason string) rule {
	reason = strings.TrimPrefix(reason, "mixed needs the API: ")
	for _, r := range rules {
		if strings.HasPrefix(reason, r.prefix) {
			return r
		}
	}
	for path, short := range limits {
		if in := calc.LookupInput(path); in != nil && strings.HasPrefix(reason, in.Label) {
			return rule{prefix: in.Label, short: short, path: path}
		}
	}
	return rule{short: "ruled out"}
}

// reasonWords is a reason of blocked_by as a person reads it: without the key that stands before it.
func reasonWords(reason string) string {
	reason = strings.TrimPrefix(reason, "mixed needs the API: ")
	for _, r := range rules {
		if strings.Contains(r.prefix, "_") || r.prefix == "compliance" {
			reason = strings.Replace(reason, r.prefix+": ", "", 1)
		}
	}
	return format.Capital(reason)
}

// labelOf is an input's label, or the path itself for what is no input.
func labelOf(path string) string {
	if in := calc.LookupInput(path); in != nil {
		return in.Label
	}
	return path
}

// listed joins words as a sentence does; no more than most, the rest as a count.
func listed(words []string, most int) string {
	rest := len(words) - most
	if rest > 0 {
		return strings.Join(words[:most], ", ") + fmt.Sprintf(" and %d more", rest)
	}
	return format.Listed(words)
}

// amount writes a number of an input's unit as an estimate: "2.2 M", "$5.92", "38 %".
func amount(in *calc.Input, v float64, cur format.Currency) string {
	if in == nil {
		return format.Number(v, 3)
	}
	switch in.Unit {
	case calc.UnitUSD, calc.UnitUSDMonth:
		return cur.Money(v)
	case calc.UnitUSDPerMTok, calc.UnitUSDHour, calc.UnitUSDPerKWh, calc.UnitUSDKWMonth:
		return cur.Price(format.ThreeDigits(v))
	case calc.UnitShare, calc.UnitSharePerYr, calc.UnitSharePerMon:
		return format.Share(v)
	case calc.UnitCalls, calc.UnitTokens:
		return format.Count(v)
	case calc.UnitFactor:
		return format.Number(v, 2) + " ×"
	}
	return format.Number(v, 2)
}

// times says how far a flip is from the answer now: "2.2 ×"; "" where the ratio says nothing.
func times(now, at float64) string {
	if now <= 0 || at <= 0 {
		return ""
	}
	ratio := at / now
	if ratio < 1 {
		ratio = 1 / ratio
	}
	if ratio < 9.95 {
		return fmt.Sprintf("%.1f ×", ratio)
	}
	if ratio >= 99.5 {
		return "> 99 ×"
	}
	return format.Count(ratio) + " ×"
}

// days says an age.
func days(n int) string {
	switch {
	case n <= 0:
		return "today"
	case n == 1:
		return "1 day"
	}
	return format.Whole(float64(n)) + " days"
}

// notesFor are the warnings that a person needs to read the page. Those that explain why a key of the assessment is
// null or empty are for its readers as a file: on the page the figure shows as unknown where it stands.
func notesFor(a *calc.Assessment) []string {
	var notes []string
	for _, words := range a.Warnings {
		if !aboutKey.MatchString(words) {
			notes = append(notes, noteWords(a, words))
		}
	}
	return notes
}

var aboutKey = regexp.MustCompile(`\bnull\b|\b(is|are) empty\b`)

// noteWords puts a warning of the assessment as a person says it: routes by their names, a long list of them
// shortened, and keys of the assessment in words.
func noteWords(a *calc.Assessment, words string) string {
	head, tail, found := strings.Cut(words, ": ")
	if found {
		var names []string
		for _, id := range strings.Split(strings.TrimSuffix(tail, "."), ", ") {
			if r := a.Route(id); r != nil {
				names = append(names, r.Label)
			}
		}
		if len(names) > 0 {
			return head + ": " + listed(names, 3) + "."
		}
	}
	for key, said := range keysSaid {
		if rest, ok := strings.CutPrefix(words, key); ok {
			return said + rest
		}
	}
	return words
}

// keysSaid are keys of the assessment that a warning may begin with.
var keysSaid = map[string]string{
	"full_in_month":            "The month in which it is full",
	"answer_seconds":           "How long an answer takes",
	"calls_per_month_capacity": "What the devices carry",
	"horizon_usd":              "The cost over the horizon",
}

// noBreak holds a number and its unit on one line.
const noBreak = "\u00a0"

var unitAfter = regexp.MustCompile(`([0-9]) (k|M|B|%|¢|GB|TB|kW|GiB|×)([ .,;:)]|$)`)

// held keeps the numbers of a sentence and their units together where it is broken into lines.
func held(words string) string { return unitAfter.ReplaceAllString(words, "$1"+noBreak+"$2$3") }
