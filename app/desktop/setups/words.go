package setups

import (
	"fmt"
	"strings"

	"hostwise/app/figure/format"
	"hostwise/calc"
)

// checkFlags goes with every launch command: flags change faster than catalogues.
const checkFlags = "Check flags against your version."

// bindWords say what stops a replica from taking more.
var bindWords = map[string]string{
	"weights": "the weights: they leave no room", "kv": "the room for the cache", "compute": "the devices' arithmetic",
	"latency": "the wish for speed", "devices": "the number of replicas",
}

// fitWords say how well a set-up holds the model.
var fitWords = map[string]string{"fits": "fits", "tight": "tight", "no": "does not fit"}

// rate writes tokens a second.
func rate(v float64) string {
	if v <= 0 {
		return format.Unknown
	}
	return format.Number(v, 2)
}

// seconds writes a time that may have no bound.
func seconds(v *float64) string {
	if v == nil {
		return "no bound"
	}
	return format.Seconds(*v)
}

// spanned writes a range, or its likely value where it has no width.
func spanned(r calc.Range, write func(float64) string) string {
	if low, high := write(r.Low), write(r.High); low != high {
		return format.Between(low, high)
	}
	return write(r.Likely)
}

// reasonWords is a reason as a person reads it: without the key before it.
func reasonWords(reason string) string {
	key, rest, ok := strings.Cut(reason, ": ")
	if ok && (strings.Contains(key, "_") || key == "budget" || key == "compliance") {
		reason = rest
	}
	return format.Capital(reason)
}

// rule is the rule or wish a reason states, in a word or two for the table.
func rule(reason string) string {
	key, rest, ok := strings.Cut(reason, ":")
	if !ok {
		return reason
	}
	switch key {
	case "max_ttft_seconds":
		return "first token too late:" + strings.TrimPrefix(rest, " the first token takes")
	case "min_tokens_per_second_per_user":
		return "too slow:" + strings.TrimPrefix(rest, " a request alone gets")
	case "lowest_bits_per_weight":
		return "too few bits a weight"
	case "minimum_model":
		return "weaker model"
	case "data_may_leave_site":
		return "data may not leave the site"
	case "operations_staff":
		return "nobody to run it"
	case "context_tokens":
		return "no room for the longest request"
	case "not priced":
		return key
	}
	return reason
}

// fullMonth says when growth fills the working replicas.
func fullMonth(a *calc.Assessment, horizon, growth float64) string {
	c := a.Capacity
	if c.HeadroomShare == nil {
		return format.Unknown + "; no request can be served as wished"
	}
	free := format.Share(*c.HeadroomShare)
	switch {
	case c.FullInMonth != nil && *c.FullInMonth <= 1:
		return "full already"
	case c.FullInMonth != nil:
		return fmt.Sprintf("%s free now; growth fills it in month %d", free, *c.FullInMonth)
	case growth <= 0:
		return free + " free; no growth is stated"
	}
	return fmt.Sprintf("%s free; growth does not fill it in %.0f months", free, horizon)
}
