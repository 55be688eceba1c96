// Package notation writes numbers and words the way every face of the product shows them: the model's sentences,
// the window, figures, command line and documents.
//
// It keeps one rule of digits, which is the design's "no more digits than the evidence carries":
//
//   - an estimate has two significant digits, whatever it counts (Money, Count, Share, Seconds), and a sum whose parts
//     stand beside it three (Total);
//   - a unit price that somebody lists or typed keeps its digits, four at most (Price); one that was worked out has
//     three (Rate);
//   - what is measured or sized has three (Bytes, BinaryBytes);
//   - what is counted or billed exactly is written out (Whole, Exact), and a formula shows what it reckons with
//     (Formula);
//   - two figures that are compared have as many digits as it takes to show how far they are apart (DigitsApart).
//
// It promises one notation as well: a space before k, M, B, GB and %, a true minus sign (−), a comma between thousands,
// and "–" for what is not known (NaN). It writes only; reading what a person typed is calc's entry, and files use plain
// JSON numbers.
package notation

import (
	"math"
	"strconv"
	"strings"
)

// Unknown is what stands for a number that is not known.
const Unknown = "–"

// Minus is the sign in front of negative numbers.
const Minus = "−"

// Currency says how dollars are shown. The zero value shows US dollars.
type Currency struct {
	Code   string  // ISO 4217; empty is USD
	PerUSD float64 // units of the currency for one dollar; 0 is 1
}

// estimateDigits are the significant digits of an estimate: most of what stands behind one is known to a tenth at best.
const estimateDigits = 2

// USD is the currency of everything inside the product.
var USD = Currency{Code: "USD", PerUSD: 1}

// symbols are the signs that can stand before an amount without being taken for another currency.
var symbols = map[string]string{"": "$", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}

// Symbol is what stands before an amount: a sign where there is an unmistakable one, else the code and a
// space.
func (c Currency) Symbol() string {
	if s, ok := symbols[c.Code]; ok {
		return s
	}
	return c.Code + " "
}

// IsDollar reports whether amounts are shown in US dollars, the only currency with cents here.
func (c Currency) IsDollar() bool { return c.Code == "" || c.Code == "USD" }

func (c Currency) convert(usd float64) float64 {
	if c.PerUSD == 0 {
		return usd
	}
	return usd * c.PerUSD
}

// Money writes an estimated amount, given in US dollars, to two significant digits: "$9.6 k", "$350 k",
// "$1.2 M", "0.80 ¢".
func (c Currency) Money(usd float64) string { return c.MoneyTo(usd, estimateDigits) }

// Total writes an amount to three significant digits, for sums whose parts are shown beside them.
func (c Currency) Total(usd float64) string { return c.MoneyTo(usd, 3) }

// MoneyTo writes an amount, given in US dollars, to so many significant digits.
func (c Currency) MoneyTo(usd float64, digits int) string {
	v := c.convert(usd)
	if math.IsNaN(v) {
		return Unknown
	}
	if v != 0 && math.Abs(v) < 0.995 && c.IsDollar() {
		cents := plain(math.Abs(v)*100, digits)
		if digits == estimateDigits { // a zero is one of the two digits that an estimate shows
			cents = fixedDigits(math.Abs(v)*100, digits)
		}
		return signed(v, cents+" ¢")
	}
	return signed(v, c.Symbol()+short(math.Abs(v), digits))
}

// Exact writes an amount, given in US dollars, to the cent: "$8,038.62".
func (c Currency) Exact(usd float64) string {
	v := c.convert(usd)
	if math.IsNaN(v) {
		return Unknown
	}
	return signed(v, c.Symbol()+group(strconv.FormatFloat(math.Abs(v), 'f', 2, 64)))
}

// Price writes a unit price that is listed or typed, given in US dollars, with the digits it has, two decimals at least
// and four significant digits at most, whole dollars aside: "$2.50", "$0.146", "$0.00055".
func (c Currency) Price(usd float64) string { return c.PriceTo(usd, 4) }

// Rate writes a unit price that was worked out, given in US dollars, to three significant digits: "$6.10".
func (c Currency) Rate(usd float64) string { return c.PriceTo(usd, 3) }

// PriceTo writes a unit price, given in US dollars, to so many significant digits; digits before the point are never
// dropped.
func (c Currency) PriceTo(usd float64, digits int) string {
	v := c.convert(usd)
	if math.IsNaN(v) {
		return Unknown
	}
	s := plain(math.Abs(v), max(digits, wholeDigits(math.Abs(v))))
	if dot := strings.IndexByte(s, '.'); dot < 0 {
		s += ".00"
	} else if len(s)-dot == 2 {
		s += "0"
	}
	return signed(v, c.Symbol()+group(s))
}

// Formula writes an amount, given in US dollars, as a formula reckons with it: "$0.55", "$12,345".
func (c Currency) Formula(usd float64) string {
	v := c.convert(usd)
	if math.IsNaN(v) {
		return Unknown
	}
	return signed(v, c.Symbol()+Formula(math.Abs(v)))
}

// Money writes an estimated amount in US dollars to two significant digits.
func Money(usd float64) string { return USD.Money(usd) }

// MoneyExact writes an amount in US dollars to the cent.
func MoneyExact(usd float64) string { return USD.Exact(usd) }

// Price writes a unit price in US dollars with the digits it has.
func Price(usd float64) string { return USD.Price(usd) }

// Count writes an estimated number of things to two significant digits: "1.2 M", "38 M", "2,400".
func Count(v float64) string { return CountTo(v, estimateDigits) }

// CountTo writes a number of things to so many significant digits.
func CountTo(v float64, digits int) string {
	if math.IsNaN(v) {
		return Unknown
	}
	return signed(v, things(math.Abs(v), digits))
}

// Whole writes an exact number of things, rounded to a whole one: "32,768".
func Whole(v float64) string {
	if math.IsNaN(v) {
		return Unknown
	}
	return signed(v, group(strconv.FormatFloat(math.Abs(v), 'f', 0, 64)))
}

// Number writes a number with at most the given significant digits and no trailing zeros: "2.5", "0.146".
func Number(v float64, digits int) string {
	if math.IsNaN(v) {
		return Unknown
	}
	return signed(v, group(plain(math.Abs(v), digits)))
}

// Formula writes a number as a formula reckons with it: whole from a thousand on, four significant digits below.
func Formula(v float64) string {
	if math.Abs(v) >= 1000 {
		return Whole(v)
	}
	return Number(v, 4)
}

// Bytes writes a size in decimal units to three significant digits: "883 GB", "1.13 TB", "70.3 kB".
func Bytes(v float64) string { return scaled(v, 1000, [...]string{"B", "kB", "MB", "GB", "TB", "PB"}) }

// BinaryBytes writes a size in binary units, where an engine's own figure is shown: "79.4 GiB".
func BinaryBytes(v float64) string {
	return scaled(v, 1024, [...]string{"B", "KiB", "MiB", "GiB", "TiB", "PiB"})
}

// Gigabytes writes a size in whole decimal GB without the unit, for columns and axes of one unit: "1,777".
func Gigabytes(v float64) string {
	if gb := math.Abs(v) / 1e9; gb < 10 && gb != 0 {
		return Number(v/1e9, 2)
	}
	return Whole(v / 1e9)
}

// Share writes a share of one as a percentage to two significant digits: "10 %", "0.6 %", "< 0.1 %".
func Share(v float64) string { return ShareTo(v, estimateDigits) }

// ShareTo writes a share of one as a percentage to so many significant digits.
func ShareTo(v float64, digits int) string {
	switch p := math.Abs(v) * 100; {
	case math.IsNaN(v):
		return Unknown
	case p == 0:
		return "0 %"
	case p < 0.1:
		return signed(v, "< 0.1 %")
	default:
		return signed(v, group(plain(p, max(digits, wholeDigits(p))))+" %")
	}
}

// Chance writes a probability as times in a hundred, never claiming certainty that draws cannot give:
// "88 %", "< 1 %", "> 99 %".
func Chance(p float64) string {
	switch {
	case math.IsNaN(p):
		return Unknown
	case p > 0 && p < 0.01:
		return "< 1 %"
	case p < 1 && p > 0.99:
		return "> 99 %"
	}
	return strconv.Itoa(int(math.Round(p*100))) + " %"
}

// Seconds writes a duration to two significant digits in the unit a person would say: "20 ms", "1.4 s",
// "12 min", "3.1 h".
func Seconds(v float64) string {
	a := math.Abs(v)
	switch {
	case math.IsNaN(v):
		return Unknown
	case a == 0:
		return "0 s"
	case a < 0.9995:
		return signed(v, fixedDigits(a*1000, 2)+" ms")
	case a < 120:
		return signed(v, fixedDigits(a, 2)+" s")
	case a < 7200:
		return signed(v, fixedDigits(a/60, 2)+" min")
	default:
		return signed(v, short(a/3600, 2)+" h")
	}
}

// Times writes how many times one figure is another, to two significant digits: "1.2", "38", "1,800".
func Times(v float64) string { return Number(Round(v, estimateDigits), 4) }

// DigitsApart is the least number of significant digits, two at least, with which two figures show how far they are
// apart: rounding moves neither by more than a tenth of what lies between them.
func DigitsApart(a, b float64) int {
	const most = 12 // of what an assessment carries
	room := math.Abs(a-b) / 10
	for digits := estimateDigits; digits < most; digits++ {
		if math.Abs(Round(a, digits)-a) <= room && math.Abs(Round(b, digits)-b) <= room {
			return digits
		}
	}
	return most
}

// Between writes a range, saying a shared unit once: "1.4 to 4.4 M", "$4.9 k to $19 k".
func Between(low, high string) string {
	if low == high {
		return low
	}
	cutLow, cutHigh := strings.LastIndexByte(low, ' '), strings.LastIndexByte(high, ' ')
	if cutLow > 0 && cutHigh > 0 && low[cutLow:] == high[cutHigh:] && !strings.ContainsAny(low[:1], "$€£¥₹") {
		return low[:cutLow] + " to " + high
	}
	return low + " to " + high
}

// signed puts the true minus sign in front of what was written for the magnitude of v, unless it came out
// as zero.
func signed(v float64, magnitude string) string {
	if v < 0 && strings.ContainsAny(magnitude, "123456789") {
		return Minus + magnitude
	}
	return magnitude
}

// things writes a number of things: thousands below ten thousand are written out ("2,400"), since people
// count them so; larger numbers read faster with a letter.
func things(v float64, digits int) string {
	if Round(v, digits) < 1e4 {
		return trimmed(v, digits)
	}
	return short(v, digits)
}

// short writes a magnitude with k, M, B or T to the given significant digits.
func short(v float64, digits int) string {
	if math.IsInf(v, 0) {
		return "∞"
	}
	v = Round(v, digits)
	for _, step := range [...]struct {
		size float64
		name string
	}{{1e12, " T"}, {1e9, " B"}, {1e6, " M"}, {1e3, " k"}} {
		if v >= step.size {
			return trimmed(v/step.size, digits) + step.name
		}
	}
	return trimmed(v, digits)
}

// trimmed writes significant digits: tenths where they mean something ("9.6"), no trailing zero after the
// point ("2", not "2.0"), groups of thousands.
func trimmed(v float64, digits int) string {
	return group(plain(Round(v, digits), max(digits, wholeDigits(v))))
}

// fixedDigits writes exactly the given significant digits, zeros included: "0.80".
func fixedDigits(v float64, digits int) string {
	v = Round(v, digits)
	if v == 0 {
		return "0"
	}
	decimals := digits - 1 - int(math.Floor(math.Log10(v)+1e-12))
	return group(strconv.FormatFloat(v, 'f', max(0, decimals), 64))
}

// Round rounds to so many significant digits.
func Round(v float64, digits int) float64 {
	if v == 0 || math.IsInf(v, 0) {
		return v
	}
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'e', digits-1, 64), 64)
	if err != nil {
		return v
	}
	return r
}

// plain writes v with at most the given significant digits, never in exponents.
func plain(v float64, digits int) string {
	return strconv.FormatFloat(Round(v, digits), 'f', -1, 64)
}

func wholeDigits(v float64) int {
	if v < 1 {
		return 1
	}
	return int(math.Floor(math.Log10(v)+1e-12)) + 1
}

// group puts commas between the thousands of a plain decimal.
func group(s string) string {
	whole, rest := s, ""
	if dot := strings.IndexByte(s, '.'); dot >= 0 {
		whole, rest = s[:dot], s[dot:]
	}
	if len(whole) <= 3 {
		return s
	}
	var b strings.Builder
	head := len(whole) % 3
	b.WriteString(whole[:head])
	for i := head; i < len(whole); i += 3 {
		if b.Len() > 0 {
			b.WriteByte(',')
		}
		b.WriteString(whole[i : i+3])
	}
	b.WriteString(rest)
	return b.String()
}

func scaled(v, base float64, names [6]string) string {
	if math.IsNaN(v) {
		return Unknown
	}
	a, i := math.Abs(v), 0
	for i < len(names)-1 && Round(a, 3) >= base {
		a /= base
		i++
	}
	return signed(v, trimmed(a, 3)+" "+names[i])
}
