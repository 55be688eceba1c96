package calc

import (
	"fmt"
	"strconv"
	"time"
)

// display writes amounts of sentences and formulas in the currency of the case. The figures of an assessment stay in
// dollars; only words are in another currency. The zero display writes dollars.
type display struct {
	sign string  // before an amount: "€", or a code and a space
	per  float64 // units of the currency for one dollar; 0 = 1
}

// signs are those that can stand before an amount without being taken for another currency's.
var signs = map[string]string{"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}

// displayOf is how a scenario's amounts are shown.
func displayOf(s Scenario) display {
	opt := EntryOptionsOf(s)
	d := display{sign: signs[opt.code()], per: opt.perUSD()}
	if d.sign == "" {
		d.sign = opt.code() + " "
	}
	return d
}

func (d display) of(usd float64) float64 {
	if d.per == 0 {
		return usd
	}
	return usd * d.per
}

func (d display) signed(v float64, number func(float64) string) string {
	sign, minus := d.sign, ""
	if sign == "" {
		sign = "$"
	}
	if v < 0 {
		minus, v = "−", -v
	}
	return minus + sign + number(v)
}

// about writes an estimate in two digits: "$9.6 k", "€19 k", "CHF 1.2 M".
func (d display) about(usd float64) string { return d.signed(d.of(usd), about) }

// plain writes an amount as formulas do: "$0.55", "$12,345".
func (d display) plain(usd float64) string { return d.signed(d.of(usd), plainNumber) }

// price writes a listed price with the digits it has; in another currency, where a rate has made more of them, with
// four.
func (d display) price(usd float64) string {
	return d.signed(d.of(usd), func(v float64) string {
		if d.per == 0 || d.per == 1 {
			return strconv.FormatFloat(v, 'g', -1, 64)
		}
		return plainNumber(v)
	})
}

// apart writes two amounts with as many digits as it takes to tell them from each other.
func (d display) apart(a, b float64) (string, string) {
	x, y := apart(d.of(a), d.of(b))
	as := func(text string) func(float64) string { return func(float64) string { return text } }
	return d.signed(1, as(x)), d.signed(1, as(y))
}

// oldRate is the age in days from which a rate of exchange is named. Source: design "Truth", as for prices.
const oldRate = staleAfter

// warnAboutCurrency says what the rate stands on that every amount is shown at.
func (w *world) warnAboutCurrency() {
	code := EntryOptionsOf(w.s).code()
	if code == "USD" {
		if rate := w.s.Likely("currency.per_usd"); rate != 1 {
			w.warn("The currency is USD, and a dollar is one dollar: the rate of %s (currency.per_usd) is not used. Name the currency that it is a rate of.", plainNumber(rate))
		}
		return
	}
	if _, given := w.s.Given("currency.per_usd"); !given {
		w.warn("No rate is given: amounts are shown as if one dollar were %s. Give the rate and its date.", display{sign: code + " "}.plain(1))
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
	text += fmt.Sprintf("; sentences and formulas in %s at %s to the dollar", opt.code(), plainNumber(opt.perUSD()))
	if day := w.s.Text("currency.as_of"); day != "" {
		text += " of " + day
	}
	return text
}
