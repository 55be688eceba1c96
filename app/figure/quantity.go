package figure

import (
	"math"

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
	return words + after(u)
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

func after(u calc.Unit) string {
	if words, ok := unitWords[u]; ok {
		return " " + words
	}
	if u == calc.UnitNone {
		return ""
	}
	return " " + string(u)
}
