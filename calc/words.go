package calc

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"hostwise/calc/catalog"
)

// plainNumber writes a number for a formula: thousands parted by commas, at most four significant digits below
// a thousand.
func plainNumber(v float64) string {
	if math.Abs(v) >= 1000 {
		return group(strconv.FormatFloat(math.Round(v), 'f', 0, 64))
	}
	s := strconv.FormatFloat(v, 'g', 4, 64)
	if strings.Contains(s, "e") {
		s = strconv.FormatFloat(v, 'f', -1, 64)
		if len(s) > 12 {
			s = strconv.FormatFloat(v, 'g', 4, 64)
		}
	}
	return s
}

// group puts commas between thousands.
func group(digits string) string {
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

// percentText writes a share: 0.09 as "9 %".
func percentText(v float64) string { return strconv.FormatFloat(v*100, 'g', 3, 64) + " %" }

// about writes an estimate in two digits with k, M, B or T.
func about(v float64) string {
	if v < 0 {
		return "−" + about(-v)
	}
	for _, u := range []struct {
		scale float64
		name  string
	}{{1e12, " T"}, {1e9, " B"}, {1e6, " M"}, {1e3, " k"}} {
		if v >= u.scale*0.9995 {
			return twoDigits(v/u.scale) + u.name
		}
	}
	switch {
	case v == math.Trunc(v) || v >= 9.995:
		return twoDigits(v)
	case v < 0.1: // two digits still, where cents would leave one or none
		return plainNumber(signify(v, 2))
	}
	return fmt.Sprintf("%.2f", v)
}

// twoDigits rounds to two significant digits, more for whole numbers above 99.
func twoDigits(v float64) string {
	if v >= 99.5 {
		return group(strconv.FormatFloat(math.Round(v), 'f', 0, 64))
	}
	if v >= 9.95 {
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	return strings.TrimSuffix(strconv.FormatFloat(v, 'f', 1, 64), ".0")
}

// signify rounds to so many significant digits.
func signify(v float64, digits int) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'e', digits-1, 64), 64)
	if err != nil {
		return v
	}
	return r
}

// ratioText writes how many times one figure is another: two digits, and no more.
func ratioText(v float64) string {
	if v >= 99.5 {
		return about(signify(v, 2))
	}
	return twoDigits(v)
}

// countNoun writes a number of things: "one replica", "4 replicas".
func countNoun(n int, noun string) string {
	if n == 1 {
		return "one " + noun
	}
	return group(strconv.Itoa(n)) + " " + noun + "s"
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
