package calc

import (
	"strings"
	"time"

	"hostwise/calc/catalog"
	"hostwise/calc/notation"
)

// apart writes a figure and a limit that it goes over, so that they read differently: the figure as an estimate where
// that is enough, the limit as far as it was typed.
func apart(is, limit float64, write func(v float64, digits int) string) (string, string) {
	digits := notation.DigitsApart(is, limit)
	return write(is, digits), write(limit, max(factDigits, digits))
}

// metricKey finds the metric a monitoring row is about by the words in its name.
func metricKey(metric string) string {
	m := strings.ToLower(metric)
	for _, k := range []struct{ word, key string }{
		{"429", "429"}, {"retry", "retry"}, {"fallback", "fallback"}, {"ratio", "ratio"},
		{"user", "user"}, {"error", "error"}, {"cost", "cost"},
	} {
		if strings.Contains(m, k.word) {
			return k.key
		}
	}
	return ""
}

// newestDate reads a catalogue date.
func newestDate(s string) time.Time { return catalog.Fact{AsOf: s}.Date() }
