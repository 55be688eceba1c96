package calc

import (
	"math"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

func TestTwelveDigitsIsWhatTheTextSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64().Draw(t, "x")
		want, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 12, 64), 64)
		got := twelveDigits(x)
		if got == want {
			return
		}
		// A value that lies halfway between two twelve-digit numbers may go either way.
		if digits := strconv.FormatFloat(got, 'e', -1, 64); len(digits) > len("-1.23456789012e-308") || math.Abs(got-want) > 1.1e-11*math.Abs(want) {
			t.Fatalf("%v is rounded to %v, its text to %v", x, got, want)
		}
	})
}
