package calc

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"

	"hostwise/calc/cost"
)

// What a person types as a number: digits with the separators of any country, then how many (k, million), what
// (tokens, %), and for how much or how long (per day). Powers of ten are applied to the digits as text, so that
// 14.6 % is exactly 0.146.

// amount is one number as typed: digits with a decimal point, a power of ten, and a factor of a unit.
type amount struct {
	digits string // "-14.6"
	exp10  int
	factor float64
	// suffix reports that something stood after the digits; rest is what it was, to lend it to a number without one.
	rest string
	// plain reports a number without any sign of its unit.
	plain bool
	usd   bool // typed in dollars, whatever the currency of the case
}

// value is the number in the unit of the input.
func (a amount) value() (float64, error) {
	v, err := strconv.ParseFloat(a.digits+"e"+strconv.Itoa(a.exp10), 64)
	if err != nil {
		return 0, err
	}
	if a.factor != 1 {
		v *= a.factor
	}
	if v == 0 {
		v = 0 // −0 is a plain zero
	}
	return v, nil
}

// measure is what a word after a number does to it.
type measure struct {
	exp10  int
	factor float64
}

var (
	once      = measure{0, 1}
	hundredth = measure{-2, 1}
)

func times(factor float64) measure { return measure{0, factor} }

const (
	hoursInMonth = cost.HoursPerMonth
	hoursInWeek  = 168.0
	hoursInYear  = 8760.0
	daysInMonth  = 30.0 // the contract's rule for "a day" on a page
	tokensInPage = 700.0
	tokensInWord = 4.0 / 3
)

// magnitudes are the words for how many, longest first so that "mio" is not read as "m".
var magnitudes = []struct {
	word  string
	exp10 int
}{
	{"thousand", 3}, {"trillion", 12}, {"million", 6}, {"billion", 9}, {"mrd", 9}, {"mio", 6}, {"mln", 6}, {"bln", 9},
	{"tn", 12}, {"bn", 9}, {"mn", 6}, {"k", 3}, {"m", 6}, {"b", 9},
}

// nouns are the words for what is counted, by unit.
var nouns = map[Unit]map[string]measure{
	UnitCalls: {"calls": once, "call": once, "requests": once, "request": once, "req": once},
	UnitTokens: {
		"tokens": once, "token": once, "tok": once, "ktok": {3, 1}, "mtok": {6, 1}, "ki": times(1024), "kib": times(1024),
		"words": times(tokensInWord), "word": times(tokensInWord), "pages": times(tokensInPage), "page": times(tokensInPage),
	},
	UnitShare:       {"%": hundredth, "percent": hundredth, "pct": hundredth},
	UnitSharePerMon: {"%": hundredth, "percent": hundredth, "pct": hundredth},
	UnitSharePerYr:  {"%": hundredth, "percent": hundredth, "pct": hundredth},
	UnitFactor:      {"x": once, "×": once, "times": once, "fold": once, "%": hundredth},
	UnitSeconds:     {"s": once, "sec": once, "secs": once, "second": once, "seconds": once, "ms": {-3, 1}, "min": times(60), "minute": times(60), "minutes": times(60), "h": times(3600)},
	UnitMinutes: {"min": once, "mins": once, "m": once, "minute": once, "minutes": once, "s": times(1. / 60), "sec": times(1. / 60),
		"seconds": times(1. / 60), "h": times(60), "hour": times(60), "hours": times(60)},
	UnitMonths: {"m": once, "mo": once, "month": once, "months": once, "y": times(12), "yr": times(12), "yrs": times(12),
		"year": times(12), "years": times(12), "quarter": times(3), "quarters": times(3)},
	UnitWeeks: {"w": once, "wk": once, "week": once, "weeks": once, "day": times(1. / 7), "days": times(1. / 7),
		"month": times(hoursInMonth / hoursInWeek), "months": times(hoursInMonth / hoursInWeek),
		"year": times(hoursInYear / hoursInWeek), "years": times(hoursInYear / hoursInWeek)},
	UnitHoursWeek: {"h": once, "hour": once, "hours": once},
	UnitTokensSec: {"tokens": once, "token": once, "tok": once, "t": once, "tps": once},
	UnitTokensMin: {"tokens": once, "token": once, "tok": once, "tpm": once},
	UnitKW:        {"kw": once, "kilowatt": once, "kilowatts": once, "w": {-3, 1}, "watt": {-3, 1}, "watts": {-3, 1}, "mw": {3, 1}},
	UnitFTE:       {"fte": once, "ftes": once, "people": once, "persons": once, "person": once, "%": hundredth, "dayaweek": times(0.2), "daysaweek": times(0.2)},
	UnitBits:      {"bit": once, "bits": once},
	UnitDevices:   {"device": once, "devices": once, "card": once, "cards": once, "gpu": once, "gpus": once},
	UnitReplicas:  {"set": once, "sets": once, "replica": once, "replicas": once, "copy": once, "copies": once},
	UnitSequences: {"request": once, "requests": once, "user": once, "users": once, "sequence": once, "sequences": once},
	UnitLayers:    {"layer": once, "layers": once},
	UnitGB:        {"gb": once, "gigabyte": once, "gigabytes": once, "tb": {3, 1}, "mb": {-3, 1}, "gib": times(1.073741824), "tib": times(1099.511627776)},
}

// money are the words for parts of a dollar; they go with every unit of money.
var money = map[string]measure{"c": {-2, 1}, "ct": {-2, 1}, "cts": {-2, 1}, "cent": {-2, 1}, "cents": {-2, 1}, "¢": {-2, 1}}

// per are the words after a stroke, by unit.
var per = map[Unit]map[string]measure{
	UnitCalls: {"month": once, "mo": once, "m": once, "day": times(daysInMonth), "d": times(daysInMonth), "week": times(hoursInMonth / hoursInWeek),
		"hour": times(hoursInMonth), "h": times(hoursInMonth), "minute": times(hoursInMonth * 60), "min": times(hoursInMonth * 60),
		"second": times(hoursInMonth * 3600), "sec": times(hoursInMonth * 3600), "s": times(hoursInMonth * 3600),
		"year": times(1. / 12), "y": times(1. / 12), "task": once},
	UnitTokens:   {"call": once, "request": once, "answer": once},
	UnitShare:    {"year": once, "y": once, "yr": once, "annum": once},
	UnitSeconds:  {"call": once, "request": once},
	UnitMinutes:  {"call": once, "answer": once},
	UnitUSDMonth: {"month": once, "mo": once, "m": once, "year": times(1. / 12), "yr": times(1. / 12), "y": times(1. / 12), "annum": times(1. / 12), "week": times(hoursInMonth / hoursInWeek), "day": times(daysInMonth)},
	UnitUSDPerMTok: {"m": once, "1m": once, "mtok": once, "mtokens": once, "mtoken": once, "1mtokens": once, "1mtok": once, "million": once,
		"milliontokens": once, "k": {3, 1}, "1k": {3, 1}, "ktok": {3, 1}, "ktokens": {3, 1}, "1ktokens": {3, 1}, "thousand": {3, 1},
		"thousandtokens": {3, 1}, "token": {6, 1}, "tok": {6, 1}},
	UnitUSDHour:    {"hour": once, "h": once, "hr": once, "gpu-hour": once, "gpu/h": once, "gpu/hour": once, "gpuhour": once, "day": times(1. / 24), "week": times(1 / hoursInWeek), "month": times(1 / hoursInMonth), "year": times(1 / hoursInYear)},
	UnitUSDPerKWh:  {"kwh": once, "mwh": {-3, 1}},
	UnitUSDKWMonth: {"kw": once, "kw/month": once, "kw-month": once, "kwmonth": once, "kw/year": times(1. / 12), "kw-year": times(1. / 12)},
	UnitHoursWeek:  {"week": once, "w": once, "wk": once, "day": times(7), "d": times(7)},
	UnitTokensSec:  {"s": once, "sec": once, "second": once, "min": times(1. / 60), "minute": times(1. / 60)},
	UnitTokensMin:  {"min": once, "m": once, "minute": once, "s": times(60), "sec": times(60), "second": times(60), "hour": times(1. / 60), "h": times(1. / 60)},
}

func isMoney(u Unit) bool { return strings.HasPrefix(string(u), "usd") }

// isShare reports whether numbers of the unit are shown in per cent.
func isShare(u Unit) bool { return u == UnitShare || u == UnitSharePerMon || u == UnitSharePerYr }

// readAmount reads one number with all its words.
func readAmount(in *Input, text string, opt EntryOptions) (amount, error) {
	text = strings.TrimSpace(text)
	for _, hedge := range []string{"~", "≈", "about ", "approx. ", "approx ", "ca. ", "ca "} {
		text = strings.TrimSpace(strings.TrimPrefix(text, hedge))
	}
	a := amount{factor: 1}
	text, negative := strings.CutPrefix(text, "-")
	text, err := a.cutCurrency(strings.TrimSpace(strings.TrimPrefix(text, "+")), in, opt)
	if err != nil {
		return a, err
	}
	if !negative { // "$-5" as well as "-$5"
		text, negative = strings.CutPrefix(text, "-")
	}
	end := numberEnd(text)
	mantissa, exponent, scientific := strings.Cut(strings.TrimSpace(text[:end]), "e")
	digits, ok := plainDigits(mantissa, opt.DecimalComma)
	if !ok {
		return a, entryError("“%s” is not a number", strings.TrimSpace(text))
	}
	if scientific {
		if a.exp10, err = strconv.Atoi(exponent); err != nil || a.exp10 > 400 {
			return a, entryError("this number is too large")
		}
	}
	if a.digits = digits; negative {
		a.digits = "-" + digits
	}
	a.rest = strings.TrimSpace(text[end:])
	return a, a.applyWords(in, a.rest, opt)
}

// currencySigns are the signs people type instead of a code.
var currencySigns = map[string]string{"€": "EUR", "£": "GBP", "¥": "", "₹": "INR", "us$": "USD", "$": "USD"}

// dollars are currencies whose own sign is $ as well.
var dollars = map[string]bool{"CAD": true, "AUD": true, "SGD": true, "NZD": true, "HKD": true, "MXN": true}

// cutCurrency takes a currency sign or code from the front or the end of a number's words.
func (a *amount) cutCurrency(text string, in *Input, opt EntryOptions) (string, error) {
	if !isMoney(in.Unit) {
		return text, nil
	}
	code := opt.code()
	for _, sign := range []string{"us$", "€", "£", "¥", "₹", "$"} {
		if rest, ok := strings.CutPrefix(text, sign); ok {
			typed := currencySigns[sign]
			switch {
			case typed == "" || typed == code || sign == "$" && dollars[code]:
			case typed == "USD":
				a.usd = true
			default:
				return "", wrongCurrency(typed, code)
			}
			return strings.TrimSpace(rest), nil
		}
	}
	for _, known := range append([]string{code}, currencyCodes()...) {
		rest, ok := strings.CutPrefix(text, strings.ToLower(known))
		if !ok || rest != "" && unicode.IsLetter([]rune(rest)[0]) {
			continue
		}
		switch {
		case known == code:
		case known == "USD":
			a.usd = true
		default:
			return "", wrongCurrency(known, code)
		}
		return strings.TrimSpace(rest), nil
	}
	return text, nil
}

func wrongCurrency(typed, code string) error {
	if code == "USD" {
		return entryError("this case is in USD, not in %s; change the currency of the case or give dollars", typed)
	}
	return entryError("this case is in %s, not in %s; give the amount in %s or in USD", code, typed, code)
}

// numberEnd is where the digits and their separators end.
func numberEnd(text string) int {
	end := 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			end = i + 1
		case c == '.' || c == ',' || c == '\'' || c == '_' || c == ' ':
			// belongs to the number only where a digit follows
		case (c == 'e') && i > 0 && end == i && exponentLength(text[i:]) > 0:
			return i + exponentLength(text[i:])
		default:
			return end
		}
	}
	return end
}

// exponentLength is the length of an exponent such as e6 or e-3, 0 where there is none.
func exponentLength(text string) int {
	rest := strings.TrimLeft(text[1:], "+-")
	signs := len(text) - 1 - len(rest)
	digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
	if signs > 1 || digits == 0 {
		return 0
	}
	return 1 + signs + digits
}

// plainDigits turns a typed number into digits with a decimal point. Separators of thousands may be comma, point,
// space, apostrophe or underscore. Where one comma or point could be either, three digits after it make it a
// separator of thousands, but for a point (or with DecimalComma a comma), and never after a lone zero.
func plainDigits(text string, decimalComma bool) (string, bool) {
	mantissa, ok := dropThousands(text, " '_")
	if !ok || mantissa == "" {
		return "", false
	}
	comma, point := strings.Count(mantissa, ","), strings.Count(mantissa, ".")
	decimal := decimalSign(mantissa, comma, point, decimalComma)
	whole, fraction := mantissa, ""
	if decimal != 0 {
		i := strings.LastIndexByte(mantissa, decimal)
		whole, fraction = mantissa[:i], mantissa[i+1:]
	}
	if whole, ok = dropThousands(whole, ",."); !ok {
		return "", false
	}
	if strings.ContainsAny(fraction, ",.") || whole == "" && fraction == "" {
		return "", false
	}
	if fraction != "" {
		fraction = "." + fraction
	}
	if whole == "" {
		whole = "0"
	}
	return whole + fraction, true
}

// decimalSign says which of comma and point is the decimal sign, 0 for neither.
func decimalSign(text string, comma, point int, decimalComma bool) byte {
	last := byte('.')
	if strings.LastIndexByte(text, ',') > strings.LastIndexByte(text, '.') {
		last = ','
	}
	switch {
	case comma+point == 0:
		return 0
	case comma > 0 && point > 0:
		return last // the last of two different ones
	case comma+point > 1:
		return 0 // the same one several times
	}
	i := strings.IndexByte(text, last)
	if len(text)-i-1 != 3 || strings.Trim(text[:i], "0") == "" {
		return last
	}
	if (last == ',') == decimalComma {
		return last
	}
	return 0
}

// dropThousands takes the separators out of a whole number; false where the groups are not of three digits
// (two are accepted before the last group, as in India).
func dropThousands(text, separators string) (string, bool) {
	groups := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(separators, r) })
	if len(groups) <= 1 {
		return strings.Join(groups, ""), len(groups) == 0 && text == "" || len(groups) == 1 && groups[0] == text
	}
	if strings.Count(text, "  ") > 0 {
		return "", false
	}
	for i, g := range groups {
		head, _, _ := strings.Cut(strings.Replace(g, ",", ".", 1), ".")
		size := len(head)
		switch {
		case i == 0 && size >= 1 && size <= 3:
		case i == len(groups)-1 && size == 3:
		case i > 0 && i < len(groups)-1 && (size == 3 || size == 2) && head == g:
		default:
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

// applyWords reads what stands after the digits.
func (a *amount) applyWords(in *Input, rest string, opt EntryOptions) error {
	typed := rest
	rest, err := a.cutCurrency(rest, in, opt)
	if err != nil {
		return err
	}
	rest = joinWords(rest)
	a.plain = rest == ""
	noun, under, _ := strings.Cut(rest, "/")
	if _, err = a.applyNoun(in, noun, opt); err != nil {
		return unknownWord(in, typed)
	}
	if under == "" {
		return nil
	}
	return a.applyPer(in, under, typed)
}

// joinWords brings "calls per day", "calls a day" and "calls / day" into one form without spaces: "calls/day".
func joinWords(text string) string {
	text = " " + strings.Join(strings.Fields(text), " ")
	text = strings.ReplaceAll(text, "per cent", "percent")
	for _, word := range []string{" days a week", " day a week"} {
		text = strings.ReplaceAll(text, word, strings.ReplaceAll(word, " ", ""))
	}
	for _, word := range []string{" per ", " a ", " an ", " each "} {
		text = strings.ReplaceAll(text, word, "/")
	}
	if rest, ok := strings.CutSuffix(text, "ly"); ok && strings.HasSuffix(rest, "month") {
		text = strings.TrimSuffix(rest, "month") + "/month"
	}
	return strings.ReplaceAll(text, " ", "")
}

func (a *amount) applyNoun(in *Input, noun string, opt EntryOptions) (string, error) {
	for range 2 { // how many, then what: "k tokens"
		if m, ok := a.noun(in, noun); ok {
			a.exp10 += m.exp10
			a.factor *= m.factor
			return "", nil
		}
		for _, how := range magnitudes {
			rest, ok := strings.CutPrefix(noun, how.word)
			if !ok {
				continue
			}
			if left, err := a.cutCurrency(rest, in, opt); err == nil {
				rest = left
			}
			if _, known := a.noun(in, rest); !known {
				continue
			}
			a.scale(in, how.word, how.exp10)
			noun = rest
			break
		}
	}
	return "", entryError("unknown")
}

// noun looks a word up; no word at all is one of the unit.
func (a *amount) noun(in *Input, noun string) (measure, bool) {
	if noun == "" {
		return once, true
	}
	if m, ok := nouns[in.Unit][noun]; ok {
		return m, true
	}
	m, ok := money[noun]
	return m, ok && isMoney(in.Unit)
}

// scale applies a word for how many. For a length of context, 8k, 32k and 128k mean powers of two, as on model cards.
func (a *amount) scale(in *Input, word string, exp10 int) {
	if word == "k" && strings.HasSuffix(in.Path, "context_tokens") {
		if n, err := strconv.Atoi(a.digits); err == nil && n > 0 && n&(n-1) == 0 {
			a.factor *= 1024
			return
		}
	}
	a.exp10 += exp10
}

// applyPer reads what stands after the stroke.
func (a *amount) applyPer(in *Input, under, typed string) error {
	if in.Unit == UnitCalls && (under == "task") != (in.Path == "workload.calls_per_task") {
		return unknownWord(in, typed)
	}
	if m, ok := per[in.Unit][under]; ok {
		a.exp10 += m.exp10
		a.factor *= m.factor
		return nil
	}
	v, err := a.value()
	isYear := under == "year" || under == "y" || under == "yr" || under == "annum"
	isMonth := under == "month" || under == "mo" || under == "m"
	switch {
	case err != nil:
		return err
	case in.Unit == UnitSharePerMon && isMonth, in.Unit == UnitSharePerYr && isYear:
		return nil
	case in.Unit == UnitSharePerMon && isYear && v > -1: // compounded
		v = math.Pow(1+v, 1./12) - 1
	case in.Unit == UnitSharePerYr && isMonth && v > -1:
		v = math.Pow(1+v, 12) - 1
	default:
		return unknownWord(in, typed)
	}
	a.digits, a.exp10, a.factor = strconv.FormatFloat(v, 'f', -1, 64), 0, 1
	return nil
}

func unknownWord(in *Input, typed string) error {
	return entryError("“%s” cannot be used here; this asks for %s", strings.TrimSpace(typed), unitWords(in))
}

// unitWords says what a number of this input counts.
func unitWords(in *Input) string {
	words := map[Unit]string{
		UnitNone: "a plain number", UnitCalls: "a number of calls", UnitTokens: "a number of tokens", UnitShare: "per cent",
		UnitFactor: "a factor, such as 1.4", UnitUSD: "an amount of money", UnitUSDMonth: "money a month",
		UnitUSDPerMTok: "money for a million tokens", UnitUSDHour: "money an hour", UnitUSDPerKWh: "money for a kilowatt hour",
		UnitUSDKWMonth: "money for a kilowatt and month", UnitSeconds: "seconds", UnitMinutes: "minutes", UnitMonths: "months or years",
		UnitWeeks: "weeks", UnitHoursWeek: "hours a week", UnitTokensSec: "tokens a second", UnitTokensMin: "tokens a minute",
		UnitKW: "kilowatts", UnitFTE: "people, full time", UnitBits: "bits", UnitDevices: "a number of devices",
		UnitReplicas: "a number of sets", UnitSequences: "a number of requests", UnitLayers: "a number of layers",
		UnitSharePerMon: "per cent a month", UnitSharePerYr: "per cent a year", UnitGB: "gigabytes",
	}
	if w, ok := words[in.Unit]; ok {
		return w
	}
	return fmt.Sprintf("a number (%s)", in.Unit)
}
