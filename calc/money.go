package calc

import (
	"fmt"
	"time"

	"hostwise/calc/notation"
)

// CurrencyOf is the currency in which a scenario's amounts are written: sentences, formulas and faces. The figures of an
// assessment stay in dollars.
func CurrencyOf(s Scenario) notation.Currency { return EntryOptionsOf(s).currency() }

func (o EntryOptions) currency() notation.Currency {
	return notation.Currency{Code: o.code(), PerUSD: o.perUSD()}
}

// oldRate is the age in days from which a rate of exchange is named. Source: design "Truth", as for prices.
const oldRate = staleAfter

// warnAboutCurrency says what the rate stands on that every amount is shown at.
func (w *world) warnAboutCurrency() {
	code := EntryOptionsOf(w.s).code()
	if code == "USD" {
		if rate := w.s.Likely("currency.per_usd"); rate != 1 {
			w.warn("The currency is USD, and a dollar is one dollar: the rate of %s (currency.per_usd) is not used. Name the currency that it is a rate of.", notation.Formula(rate))
		}
		return
	}
	if _, given := w.s.Given("currency.per_usd"); !given {
		w.warn("No rate is given: amounts are shown as if one dollar were %s. Give the rate and its date.", code+" 1")
		return
	}
	day, err := time.Parse(time.DateOnly, w.s.Text("currency.as_of"))
	switch days := ageDays(day, w.today); {
	case err != nil:
		w.warn("The rate of %s to the dollar has no date: prices are listed in dollars and shown at your rate.", code)
	case days > oldRate:
		w.warn("The rate of %s to the dollar is %d days old: prices are listed in dollars and shown at your rate.", code, days)
	}
}

// amounts says what the amounts of an assessment are in.
func (w *world) amounts() string {
	text := "US dollars before tax"
	opt := EntryOptionsOf(w.s)
	if opt.code() == "USD" {
		return text
	}
	text += fmt.Sprintf("; sentences and formulas in %s at %s to the dollar", opt.code(), notation.Formula(opt.perUSD()))
	if day := w.s.Text("currency.as_of"); day != "" {
		text += " of " + day
	}
	return text
}
