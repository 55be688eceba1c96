// Package format writes numbers the way figures, the window, the command line and documents show them.
//
// The notation and its rule of digits are those of the model's sentences (package notation), so that a number reads the
// same in a sentence and beside it. What only faces need is here: units of axes and columns.
package format

import "hostwise/calc/notation"

// Unknown is what stands for a number that is not known.
const Unknown = notation.Unknown

// Minus is the sign in front of negative numbers.
const Minus = notation.Minus

// Currency says how dollars are shown. The zero value shows US dollars.
type Currency = notation.Currency

// USD is the currency of everything inside the product.
var USD = notation.USD

// Money writes an estimated amount in US dollars to two significant digits.
func Money(usd float64) string { return USD.Money(usd) }

// MoneyExact writes an amount in US dollars to the cent.
func MoneyExact(usd float64) string { return USD.Exact(usd) }

// Price writes a unit price in US dollars that is listed or typed, with the digits it has, four at most.
func Price(usd float64) string { return USD.Price(usd) }

// Count writes an estimated number of things to two significant digits: "1.2 M", "38 M", "2,400".
func Count(v float64) string { return notation.Count(v) }

// CountTo writes a number of things to so many significant digits.
func CountTo(v float64, digits int) string { return notation.CountTo(v, digits) }

// Whole writes an exact number of things, rounded to a whole one: "32,768".
func Whole(v float64) string { return notation.Whole(v) }

// Number writes a number with at most the given significant digits and no trailing zeros: "2.5", "0.146".
func Number(v float64, digits int) string { return notation.Number(v, digits) }

// Bytes writes a size in decimal units to three significant digits: "883 GB", "1.13 TB", "70.3 kB".
func Bytes(v float64) string { return notation.Bytes(v) }

// BinaryBytes writes a size in binary units, where an engine's own figure is shown: "79.4 GiB".
func BinaryBytes(v float64) string { return notation.BinaryBytes(v) }

// Gigabytes writes a size in whole decimal GB without the unit, for columns and axes of one unit: "1,777".
func Gigabytes(v float64) string { return notation.Gigabytes(v) }

// Share writes a share of one as a percentage to two significant digits: "10 %", "0.6 %", "< 0.1 %".
func Share(v float64) string { return notation.Share(v) }

// ShareTo writes a share of one as a percentage to so many significant digits.
func ShareTo(v float64, digits int) string { return notation.ShareTo(v, digits) }

// Chance writes a probability as times in a hundred, never claiming certainty that draws cannot give:
// "88 %", "< 1 %", "> 99 %".
func Chance(p float64) string { return notation.Chance(p) }

// Seconds writes a duration to two significant digits in the unit a person would say: "20 ms", "1.4 s",
// "12 min", "3.1 h".
func Seconds(v float64) string { return notation.Seconds(v) }

// Between writes a range, saying a shared unit once: "1.4 to 4.4 M", "$4.9 k to $19 k".
func Between(low, high string) string { return notation.Between(low, high) }
