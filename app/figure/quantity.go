package figure

import (
	"math"
	"strings"

	"hostwise/app/figure/format"
	"hostwise/calc"
)

// Quantity writes a number of an assessment with its unit, to the digits that a table of all of them carries: whole
// amounts to the cent, unit prices with the digits they have, everything else to four.
func Quantity(u calc.Unit, v float64, cur format.Currency) string {
	switch u {
	case calc.UnitUSD, calc.UnitUSDMonth:
		text := cur.Price(v)
		if math.Abs(v) >= 1 || v == 0 {
			text = cur.Exact(v)
		}
		return text + per(u)
	case calc.UnitUSDPerMTok, calc.UnitUSDHour, calc.UnitUSDPerKWh, calc.UnitUSDKWMonth:
		return cur.Price(v) + per(u)
	case calc.UnitShare, calc.UnitSharePerMon, calc.UnitSharePerYr:
		return format.Number(v*100, 4) + " %" + per(u)
	case calc.UnitBytes:
		return format.Bytes(v)
	case calc.UnitSeconds:
		return format.Seconds(v)
	}
	words := format.Number(v, 4)
	if math.Abs(v) >= 1000 {
		words = format.Whole(v)
	}
	return words + after(u, v)
}

// QuantityBetween writes a range, saying a shared unit once.
func QuantityBetween(u calc.Unit, low, high float64, cur format.Currency) string {
	a, b := Quantity(u, low, cur), Quantity(u, high, cur)
	if end := per(u); end != "" {
		a = strings.TrimSuffix(a, end)
	}
	return format.Between(a, b)
}

// per is what an amount or a share is for, after its sign.
func per(u calc.Unit) string {
	switch u {
	case calc.UnitUSDMonth, calc.UnitSharePerMon:
		return " a month"
	case calc.UnitUSDPerMTok:
		return " / M tokens"
	case calc.UnitUSDHour:
		return " an hour"
	case calc.UnitUSDPerKWh:
		return " / kWh"
	case calc.UnitUSDKWMonth:
		return " / kW a month"
	case calc.UnitSharePerYr:
		return " a year"
	}
	return ""
}

// unitWords are the units that stand after a number as a person says them, where the unit's own name is not that.
var unitWords = map[calc.Unit]string{
	calc.UnitTokensSec: "tokens/s", calc.UnitTokensMin: "tokens/min", calc.UnitHoursWeek: "hours a week", calc.UnitCallsHour: "calls an hour",
	calc.UnitSequences: "requests",
}

// counted are the units whose one is without the s.
var counted = map[calc.Unit]bool{calc.UnitCalls: true, calc.UnitTokens: true, calc.UnitSequences: true, calc.UnitMonths: true, calc.UnitWeeks: true,
	calc.UnitDays: true, calc.UnitDevices: true, calc.UnitReplicas: true, calc.UnitLayers: true, calc.UnitMinutes: true, calc.UnitBits: true}

func after(u calc.Unit, v float64) string {
	if v == 1 && counted[u] {
		return strings.TrimSuffix(after(u, 2), "s")
	}
	if words, ok := unitWords[u]; ok {
		return " " + words
	}
	if u == calc.UnitNone {
		return ""
	}
	return " " + string(u)
}
