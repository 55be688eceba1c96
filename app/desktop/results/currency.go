package results

import (
	"regexp"
	"strconv"
	"strings"

	"hostwise/app/figure/format"
)

// dollarAmount is an amount in a sentence or a formula of the assessment, which is in dollars throughout.
var dollarAmount = regexp.MustCompile(`\$([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)(?:[ \x{a0}]([kMBT])\b)?`)

// centAmount is an amount under a dollar.
var centAmount = regexp.MustCompile(`([0-9]+(?:\.[0-9]+)?)[ \x{a0}]¢`)

// steps are the letters that amounts are shortened with.
var steps = map[string]float64{"": 1, "k": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}

// inCurrency writes the dollar amounts of a sentence or formula in the case's currency, with as many digits as they
// have. Quotations, such as a source, must not pass through it.
func inCurrency(words string, cur format.Currency) string {
	if cur.IsDollar() || !strings.ContainsAny(words, "$¢") {
		return words
	}
	words = dollarAmount.ReplaceAllStringFunc(words, func(amount string) string {
		m := dollarAmount.FindStringSubmatch(amount)
		digits := strings.ReplaceAll(m[1], ",", "")
		v, err := strconv.ParseFloat(digits, 64)
		if err != nil {
			return amount
		}
		usd := v * steps[m[2]]
		switch {
		case m[2] != "" && significant(digits) > 2:
			return cur.Total(usd)
		case m[2] != "":
			return cur.Money(usd)
		case strings.Contains(digits, ".") && len(digits)-strings.IndexByte(digits, '.') == 3 && v >= 1:
			return cur.Exact(usd)
		case v == 0:
			return cur.Symbol() + "0"
		}
		per := cur.PerUSD
		if per == 0 {
			per = 1
		}
		return cur.Symbol() + format.Number(usd*per, max(2, significant(digits)))
	})
	return centAmount.ReplaceAllStringFunc(words, func(amount string) string {
		v, err := strconv.ParseFloat(centAmount.FindStringSubmatch(amount)[1], 64)
		if err != nil {
			return amount
		}
		return cur.Money(v / 100)
	})
}

// significant counts the digits of a number without the zeros in front.
func significant(digits string) int {
	return len(strings.TrimLeft(strings.ReplaceAll(digits, ".", ""), "0"))
}
