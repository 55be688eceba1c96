package figure

import (
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// KindNames are the kinds of route as they stand beside a swatch.
var KindNames = map[calc.RouteKind]string{calc.API: "API", calc.Rent: "Rent", calc.Own: "Own", calc.Mixed: "Mixed"}

// KindOrder is the order of the kinds wherever they stand side by side.
var KindOrder = []calc.RouteKind{calc.API, calc.Rent, calc.Own, calc.Mixed}

// ChanceWords says which chance the one number beside a verdict is: "chance that an API is the cheapest".
func ChanceWords(kind calc.RouteKind) string {
	return "chance that " + doing(kind) + " is the cheapest"
}

// CurrencyOf is the currency in which a case shows amounts.
func CurrencyOf(s calc.Scenario) format.Currency { return calc.CurrencyOf(s) }
