package calc

import (
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/currency"
)

// firstCodes are offered before others for a misspelt code.
var firstCodes = []string{"USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR", "CAD", "AUD", "SEK", "NOK", "DKK", "PLN", "CZK", "BRL", "KRW", "SGD"}

// currencyDay is the day on which a currency has to be legal tender somewhere: fixed, so that a file that is read
// today is read tomorrow. Source: the Unicode CLDR's table of currencies, by golang.org/x/text.
var currencyDay = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// currencyCodes are the codes of ISO 4217 that are legal tender: no historic ones, no metals, no test codes.
var currencyCodes = sync.OnceValue(func() []string {
	codes := slices.Clone(firstCodes)
	for q := currency.Query(currency.Date(currencyDay)); q.Next(); {
		if code := q.Unit().String(); !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
})

func isCurrencyCode(text string) bool { return slices.Contains(currencyCodes(), text) }

// nearestCurrency is the code that was probably meant, "" where none is near.
func nearestCurrency(text string) string {
	if code := strings.ToUpper(strings.TrimSpace(text)); isCurrencyCode(code) {
		return code
	}
	return nearest(text, words(currencyCodes()))
}
