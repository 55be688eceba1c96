package calc

import (
	"strconv"
	"strings"
)

// grouped writes a number with commas between thousands: 1,200,000.
func grouped(v float64) string {
	text := strconv.FormatFloat(v, 'f', -1, 64)
	sign := ""
	if strings.HasPrefix(text, "-") {
		sign, text = "−", text[1:]
	}
	whole, fraction, cut := strings.Cut(text, ".")
	var b strings.Builder
	b.WriteString(sign)
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(digit)
	}
	if cut {
		b.WriteString("." + fraction)
	}
	return b.String()
}
