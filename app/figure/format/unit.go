package format

import (
	"math"

	"hostwise/calc/notation"
)

// Kind is a sort of quantity.
type Kind int

// The kinds that figures and tables show.
const (
	KindNumber  Kind = iota // a plain number
	KindCount               // things: calls, tokens, devices
	KindMoney               // an amount, in US dollars inside
	KindBytes               // a size in bytes, shown in decimal GB
	KindShare               // a share of one, shown in percent
	KindSeconds             // a duration in seconds
	KindMonths              // months
	KindRate                // tokens a second
)

// Unit says how the numbers of an axis or a column are written.
type Unit struct {
	Kind     Kind
	Currency Currency // only for KindMoney
}

// Value writes one number of this unit as an estimate.
func (u Unit) Value(v float64) string {
	switch u.Kind {
	case KindMoney:
		return u.Currency.Money(v)
	case KindBytes:
		return Bytes(v)
	case KindShare:
		return Share(v)
	case KindSeconds:
		return Seconds(v)
	case KindMonths:
		return Number(v, 3) + " months"
	case KindRate:
		return trimRate(v) + " tok/s"
	case KindCount:
		return Count(v)
	}
	return Number(v, 3)
}

// Shown is how many of what is shown make one inside: the rate of the currency for amounts, 1 for all else. Round
// numbers on an axis are round as they are shown.
func (u Unit) Shown() float64 {
	if u.Kind == KindMoney && u.Currency.PerUSD > 0 {
		return u.Currency.PerUSD
	}
	return 1
}

// trimRate writes a rate to two significant digits, three from a hundred on.
func trimRate(v float64) string {
	if math.Abs(v) < 100 {
		return notation.Number(v, 2)
	}
	return notation.Number(v, 3)
}

// Tick writes the number at an axis tick exactly: "$5 k", "1,500", "300 k". Where the unit would be
// repeated at every tick (GB, months), it is left to Suffix.
func (u Unit) Tick(v float64) string {
	switch u.Kind {
	case KindMoney:
		c := v * u.Shown()
		if a := math.Abs(c); a < 1 && u.Currency.IsDollar() && a != 0 {
			return notation.Number(c*100, 4) + " ¢"
		}
		if c == 0 {
			return "0"
		}
		return u.Currency.MoneyTo(v, 4)
	case KindBytes:
		return Number(v/1e9, 4)
	case KindShare:
		return Number(v*100, 4) + " %"
	case KindSeconds:
		return secondsTick(v)
	case KindCount:
		return notation.CountTo(v, 4)
	case KindMonths, KindRate:
		return Number(v, 6)
	}
	return Number(v, 6)
}

func secondsTick(v float64) string {
	if a := math.Abs(v); a != 0 && a < 1 {
		return notation.Number(v*1000, 4) + " ms"
	}
	return Number(v, 6) + " s"
}

// Suffix is the unit that stands once at the end of an axis, empty where every tick carries its own.
func (u Unit) Suffix() string {
	switch u.Kind {
	case KindBytes:
		return "GB"
	case KindMonths:
		return "months"
	}
	return ""
}
