package calc

import (
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// EntryOptions say how a person writes amounts.
type EntryOptions struct {
	Code   string  // currency of the case; "" = USD
	PerUSD float64 // units of that currency for one dollar; 0 = 1
	// DecimalComma reads 1,234 as one and a bit, and writes 1.234,5.
	DecimalComma bool
}

// EntryOptionsOf returns the options that a scenario's currency asks for.
func EntryOptionsOf(s Scenario) EntryOptions {
	return EntryOptions{Code: s.Text("currency.code"), PerUSD: s.Likely("currency.per_usd")}
}

func (o EntryOptions) code() string {
	if o.Code == "" {
		return "USD"
	}
	return strings.ToUpper(o.Code)
}

func (o EntryOptions) perUSD() float64 {
	if o.PerUSD <= 0 || o.code() == "USD" {
		return 1
	}
	return o.PerUSD
}

// EntryError says in plain words why what was typed cannot be taken, and what would do.
type EntryError struct {
	Why string
	Try string // "" where Why says it all
}

// Error is both in one line.
func (e *EntryError) Error() string {
	if e.Try == "" {
		return e.Why
	}
	return e.Why + "; try " + e.Try
}

func entryError(format string, args ...any) error {
	return &EntryError{Why: fmt.Sprintf(format, args...)}
}

// Unsure reports whether a person left the answer open: nothing, "not sure", "?". ParseEntry then returns null or the
// default; a caller that keeps only given answers takes the answer back with Scenario.Without.
func Unsure(text string) bool {
	switch strings.Trim(strings.ToLower(strings.TrimSpace(text)), ".!") {
	case "", "?", "-", "–", "n/a", "na", "none given", "not sure", "unsure", "unknown", "not known", "don't know", "dont know", "i don't know",
		"no idea", "default", "not stated", "null", "from the catalogue", "catalogue":
		return true
	}
	return false
}

// ParseEntry reads what a person types into a field: 10k, 2.5M, 1.234.567,89, $0.55, 15 %, 3 years, 0.55 / M,
// 2k-5k, [2k, 5k], 2k 3k 5k, not sure. The value is in the unit of the file and within the input's limits.
// The error is an *EntryError in words for that person. Ids are not looked up: CheckValue does that.
func ParseEntry(in *Input, text string, opt EntryOptions) (Value, error) {
	longest := 100_000
	if in.Kind == Number || in.Kind == Integer {
		longest = 200
	}
	switch {
	case len(text) > longest:
		return Value{}, entryError("this is too long")
	case in.Kind == Text:
		return within(in, Str(text), opt)
	case Unsure(text) && in.Nullable:
		return Null, nil
	case Unsure(text):
		return in.Default, nil
	}
	v, err := parseKind(in, strings.TrimSpace(text), opt)
	if err != nil {
		return Value{}, err
	}
	return within(in, v, opt)
}

func parseKind(in *Input, text string, opt EntryOptions) (Value, error) {
	switch in.Kind {
	case Number, Integer:
		r, err := parseNumbers(in, text, opt)
		return Value{Number: r}, err
	case Bool:
		return parseBool(text)
	case Choice:
		return parseChoice(in, text)
	case Date:
		return parseDate(text)
	case Strings:
		return parseList(text)
	case Shape:
		return parseShape(text)
	}
	return Str(text), nil
}

// within checks the limits and says them as a person would type them.
func within(in *Input, v Value, opt EntryOptions) (Value, error) {
	problems := checkValue(in, v, knownIDs{})
	if len(problems) == 0 {
		return v, nil
	}
	limit := func(x float64) string { return FormatEntryWith(in, Num(x), opt) }
	switch {
	case in.Kind == Integer && v.Number.Likely != math.Trunc(v.Number.Likely):
		return Value{}, entryError("this asks for a whole number")
	case in.Kind == Integer && !v.Number.IsExact():
		return Value{}, entryError("this asks for one number, not a range")
	case in.Kind != Number && in.Kind != Integer:
		return Value{}, &EntryError{Why: problems[0].Problem, Try: problems[0].Allowed}
	case v.Number.Low < in.Min:
		return Value{}, entryError("%s is too little; the least is %s", limit(v.Number.Low), limit(in.Min))
	case v.Number.High > in.Max:
		return Value{}, entryError("%s is too much; the most is %s", limit(v.Number.High), limit(in.Max))
	}
	return Value{}, entryError("the numbers have to rise: low, likely, high")
}

// parseNumbers reads one number or a range.
func parseNumbers(in *Input, text string, opt EntryOptions) (Range, error) {
	text = asciiNumber(text)
	if base, width, ok := strings.Cut(text, "±"); ok {
		return parsePlusMinus(in, base, width, opt)
	}
	parts, err := splitRange(text)
	if err != nil {
		return Range{}, err
	}
	if one, of, ok := strings.Cut(text, " in "); ok && len(parts) == 1 && isShare(in.Unit) {
		return parseOdds(in, one, of, opt)
	}
	values := make([]float64, len(parts))
	for i, part := range lendWords(in, parts, opt) {
		if values[i], err = parseNumber(in, part, opt); err != nil {
			return Range{}, err
		}
	}
	return asRange(values)
}

// asciiNumber brings signs and spaces of all sorts to one form.
func asciiNumber(text string) string {
	return strings.NewReplacer(
		"\u00a0", " ", "\u202f", " ", "\u2009", " ", "\t", " ", "−", "-", "’", "'", "+/-", "±", "…", "..", "％", "%", "µ", "u",
	).Replace(strings.ToLower(text))
}

// splitRange cuts a typed range into its numbers; text with one number comes back whole.
func splitRange(text string) ([]string, error) {
	text = strings.TrimSpace(text)
	if inner, ok := strings.CutPrefix(text, "["); ok {
		inner, closed := strings.CutSuffix(inner, "]")
		if !closed {
			return nil, &EntryError{Why: "the bracket does not close", Try: "[2000, 5000]"}
		}
		separator := ","
		if strings.Contains(inner, ";") {
			separator = ";"
		}
		return trimAll(strings.Split(inner, separator)), nil
	}
	for _, separator := range []string{" – ", " — ", ";", ", ", "..", " to ", " - ", "–", "—"} {
		if parts := strings.Split(text, separator); len(parts) > 1 {
			return trimAll(parts), nil
		}
	}
	if parts := splitAtHyphens(text); len(parts) > 1 {
		return parts, nil
	}
	return splitAtSpaces(text)
}

func trimAll(parts []string) []string {
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

// splitAtHyphens cuts 2k-5k, and leaves -5, 1e-3, kw-month and gpu-hour whole: a digit or a sign has to follow, and
// what stands before is not an exponent.
func splitAtHyphens(text string) []string {
	var parts []string
	start := 0
	for i := 1; i+1 < len(text); i++ {
		if text[i] != '-' || strings.TrimSpace(text[start:i]) == "" {
			continue
		}
		next := text[i+1:]
		follows := next[0] >= '0' && next[0] <= '9' || strings.ContainsAny(next[:1], "-.$~") || strings.HasPrefix(next, "€") || strings.HasPrefix(next, "£")
		exponent := text[i-1] == 'e' && i >= 2 && text[i-2] >= '0' && text[i-2] <= '9'
		if follows && !exponent {
			parts = append(parts, strings.TrimSpace(text[start:i]))
			start = i + 1
		}
	}
	return append(parts, strings.TrimSpace(text[start:]))
}

// splitAtSpaces tells 1 200 000 from 2k 3k 5k: groups of three digits after a first one of up to three are one number.
func splitAtSpaces(text string) ([]string, error) {
	fields := strings.Fields(text)
	numbers := 0
	for _, f := range fields {
		if strings.ContainsAny(f[:1], "0123456789$") || len(f) > 1 && f[0] == '-' {
			numbers++
		}
	}
	if numbers != 3 || len(fields) != 3 {
		return []string{text}, nil
	}
	digits := func(s string) bool { return strings.Trim(s, "0123456789") == "" }
	one := digits(fields[0]) && len(fields[0]) <= 3 && digits(fields[1]) && len(fields[1]) == 3 &&
		len(fields[2]) >= 3 && digits(fields[2][:3]) && (len(fields[2]) == 3 || fields[2][3] < '0' || fields[2][3] > '9')
	switch {
	case !one:
		return fields, nil
	case len(fields[0]) == 3 && fields[0] < fields[1] && fields[1] < fields[2]:
		return nil, &EntryError{Why: "this could be one number or three", Try: fmt.Sprintf("%s, or [%s]", strings.Join(fields, ""), strings.Join(fields, ", "))}
	}
	return []string{text}, nil
}

// lendWords gives the last number's words to those that have none: 2-5k is 2k to 5k, but 500-2k stays, since 500k
// would be more than 2k.
func lendWords(in *Input, parts []string, opt EntryOptions) []string {
	if len(parts) < 2 {
		return parts
	}
	last, err := readAmount(in, parts[len(parts)-1], opt)
	if err != nil || last.rest == "" {
		return parts
	}
	top, err := last.value()
	if err != nil {
		return parts
	}
	lent := slices.Clone(parts)
	for i, part := range parts[:len(parts)-1] {
		a, err := readAmount(in, part, opt)
		if err != nil || a.rest != "" {
			continue
		}
		longer, err := readAmount(in, part+" "+last.rest, opt)
		if err != nil {
			continue
		}
		if v, err := longer.value(); err == nil && v <= top {
			lent[i] = part + " " + last.rest
		}
	}
	return lent
}

// parseNumber reads one number into the unit of the file.
func parseNumber(in *Input, text string, opt EntryOptions) (float64, error) {
	a, err := readAmount(in, text, opt)
	if err != nil {
		if e, ok := err.(*EntryError); ok && e.Try == "" {
			e.Try = exampleEntry(in, opt)
		}
		return 0, err
	}
	v, err := a.value()
	switch {
	case err != nil || math.IsInf(v, 0):
		return 0, entryError("this number is too large")
	case isShare(in.Unit) && a.plain && math.Abs(v) == 1:
		return 0, &EntryError{Why: "this could be 1 % or 100 %", Try: "1 % or 100 %"}
	case isShare(in.Unit) && a.plain && math.Abs(v) > 1: // the field shows per cent
		a.exp10 -= 2
		v, err = a.value()
	case isMoney(in.Unit) && !a.usd && opt.perUSD() != 1:
		v /= opt.perUSD()
	}
	if near := math.Round(v); in.Kind == Integer && math.Abs(v-near) < 1e-9*math.Max(1, math.Abs(v)) {
		v = near // 1.5 years is 18 months
	}
	return v, err
}

// exampleEntry is something that could be typed for this input.
func exampleEntry(in *Input, opt EntryOptions) string {
	for _, p := range in.Presets {
		if !p.Value.Null && p.Value.Number.Likely != 0 {
			return FormatEntryWith(in, p.Value, opt)
		}
	}
	if !in.Default.Null && in.Default.Number.Likely != 0 {
		return FormatEntryWith(in, in.Default, opt)
	}
	return FormatEntryWith(in, Num(in.Min+math.Min(1, (in.Max-in.Min)/2)), opt)
}

// asRange makes a range of one, two or three numbers. Of two the likely one is the geometric mean, which is the middle
// of the distribution that the file gives a range, to two digits.
func asRange(values []float64) (Range, error) {
	switch len(values) {
	case 1:
		return Range{Low: values[0], Likely: values[0], High: values[0]}, nil
	case 2:
		low, high := values[0], values[1]
		middle := (low + high) / 2
		if low > 0 && high > 0 {
			middle = math.Sqrt(low) * math.Sqrt(high)
		}
		if short, err := strconv.ParseFloat(strconv.FormatFloat(middle, 'e', 1, 64), 64); err == nil && low <= short && short <= high {
			middle = short
		}
		if low > high {
			return Range{}, &EntryError{Why: "the first number is larger than the second", Try: "the smaller one first"}
		}
		return Range{Low: low, Likely: math.Max(low, math.Min(middle, high)), High: high}, nil
	case 3:
		r := Range{Low: values[0], Likely: values[1], High: values[2]}
		if r.Low > r.Likely || r.Likely > r.High {
			return r, &EntryError{Why: "the three numbers do not rise", Try: "low, likely, high"}
		}
		return r, nil
	}
	return Range{}, &EntryError{Why: fmt.Sprintf("these are %d numbers", len(values)), Try: "one number, two (low and high) or three (low, likely, high)"}
}

// parsePlusMinus reads 10k ± 2k and 10k ± 20 %.
func parsePlusMinus(in *Input, base, width string, opt EntryOptions) (Range, error) {
	middle, err := parseNumber(in, base, opt)
	if err != nil {
		return Range{}, err
	}
	var half float64
	if share, ok := strings.CutSuffix(strings.TrimSpace(width), "%"); ok && !isShare(in.Unit) {
		a, err := readAmount(&Input{Unit: UnitShare}, share+"%", opt)
		if err != nil {
			return Range{}, err
		}
		v, err := a.value()
		if err != nil {
			return Range{}, entryError("this number is too large")
		}
		half = math.Abs(middle) * v
	} else if half, err = parseNumber(in, width, opt); err != nil {
		return Range{}, err
	}
	if half < 0 {
		return Range{}, entryError("the number after ± has to be positive")
	}
	return Range{Low: middle - half, Likely: middle, High: middle + half}, nil
}

// parseOdds reads 1 in 10 as a share.
func parseOdds(in *Input, one, of string, opt EntryOptions) (Range, error) {
	plain := *in
	plain.Unit = UnitNone
	part, err := parseNumber(&plain, one, opt)
	if err != nil {
		return Range{}, err
	}
	whole, err := parseNumber(&plain, of, opt)
	if err != nil {
		return Range{}, err
	}
	if whole <= 0 {
		return Range{}, &EntryError{Why: "a part of nothing", Try: "1 in 10"}
	}
	return Range{Low: part / whole, Likely: part / whole, High: part / whole}, nil
}

func parseBool(text string) (Value, error) {
	switch strings.ToLower(text) {
	case "yes", "y", "true", "on", "1":
		return Yes, nil
	case "no", "n", "false", "off", "0":
		return No, nil
	}
	return Value{}, &EntryError{Why: quoted(text) + " is neither yes nor no", Try: "yes or no"}
}

func parseChoice(in *Input, text string) (Value, error) {
	var labels []string
	var spellings []spelling
	for _, o := range in.Choices {
		if strings.EqualFold(o.Label, text) || strings.EqualFold(o.ID, text) {
			return Str(o.ID), nil
		}
		labels = append(labels, o.Label)
		spellings = append(spellings, spelling{o.Label, o.Label}, spelling{o.Label, o.ID})
	}
	e := &EntryError{Why: quoted(text) + " is not one of the answers", Try: choiceWords(labels)}
	if near := nearest(text, spellings); near != "" {
		e.Try = near
	}
	return Value{}, e
}

// parseDate reads a day; 3/4/2026 is refused, since it is a day in March in one country and in April in the other.
func parseDate(text string) (Value, error) {
	for _, layout := range []string{time.DateOnly, "2006/1/2", "2.1.2006", "2 Jan 2006", "2 January 2006", "Jan 2, 2006", "January 2, 2006", "2006-1-2"} {
		if t, err := time.Parse(layout, text); err == nil {
			return Str(t.Format(time.DateOnly)), nil
		}
	}
	return Value{}, &EntryError{Why: quoted(text) + " is not a day", Try: "2026-11-23"}
}

// parseList reads texts with commas, semicolons or lines between them; quotes keep a comma inside.
func parseList(text string) (Value, error) {
	reader := csv.NewReader(strings.NewReader(text))
	if !strings.Contains(text, ",") && strings.Contains(text, ";") {
		reader.Comma = ';'
	}
	reader.TrimLeadingSpace = true
	reader.LazyQuotes = true
	reader.FieldsPerRecord = -1
	records, err := reader.ReadAll()
	if err != nil {
		return Value{}, &EntryError{Why: "the list cannot be read", Try: "words with commas between them"}
	}
	var v Value
	for _, field := range slices.Concat(records...) {
		if field = strings.TrimSpace(field); field != "" {
			v.Texts = append(v.Texts, field)
		}
	}
	return v, nil
}

// parseShape reads 168 weights with spaces, commas, semicolons or lines between them, as pasted from a table.
func parseShape(text string) (Value, error) {
	var v Value
	for _, field := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\r\n,;[]", r) }) {
		w, err := strconv.ParseFloat(field, 64)
		if err != nil {
			return Value{}, entryError("“%s” is not a number; give %d numbers from Monday 00:00, with a point for decimals", field, HoursOfWeek)
		}
		v.Numbers = append(v.Numbers, w)
	}
	return v, nil
}

// FormatEntry writes an answer exactly, as a person would type it back: 1,200,000; 10 %; $0.146; 2,000 – 3,000 – 5,000.
func FormatEntry(in *Input, v Value) string { return FormatEntryWith(in, v, EntryOptions{}) }

// FormatEntryWith is FormatEntry in a case's currency and with the person's decimal sign. Amounts that had to be
// converted are shown to nine digits.
func FormatEntryWith(in *Input, v Value, opt EntryOptions) string {
	if v.Null {
		return "not stated"
	}
	switch in.Kind {
	case Number, Integer:
		return formatRange(in, v.Number, opt)
	case Bool:
		if v.Bool {
			return "Yes"
		}
		return "No"
	case Choice:
		for _, o := range in.Choices {
			if o.ID == v.Text {
				return o.Label
			}
		}
	case Strings:
		return formatList(v.Texts)
	case Shape:
		weights := make([]string, len(v.Numbers))
		for i, w := range v.Numbers {
			weights[i] = fileNumber(w)
		}
		return strings.Join(weights, " ")
	}
	return v.Text
}

func formatRange(in *Input, r Range, opt EntryOptions) string {
	if r.IsExact() {
		return formatNumber(in, r.Likely, opt)
	}
	return formatNumber(in, r.Low, opt) + " – " + formatNumber(in, r.Likely, opt) + " – " + formatNumber(in, r.High, opt)
}

func formatNumber(in *Input, v float64, opt EntryOptions) string {
	switch {
	case isMoney(in.Unit):
		return formatMoney(v, opt)
	case isShare(in.Unit):
		return groupDigits(shiftPoint(v, 2), opt.DecimalComma) + " %"
	case in.Unit == UnitFactor:
		return groupDigits(shiftPoint(v, 0), opt.DecimalComma) + " ×"
	}
	return groupDigits(shiftPoint(v, 0), opt.DecimalComma)
}

func formatMoney(v float64, opt EntryOptions) string {
	if rate := opt.perUSD(); rate != 1 {
		if short, err := strconv.ParseFloat(strconv.FormatFloat(v*rate, 'e', 8, 64), 64); err == nil {
			v = short
		}
	}
	text := groupDigits(shiftPoint(v, 0), opt.DecimalComma)
	text, negative := strings.CutPrefix(text, "−")
	switch code := opt.code(); code {
	case "USD":
		text = "$" + text
	case "EUR":
		text = "€" + text
	case "GBP":
		text = "£" + text
	default:
		text += " " + code
	}
	if negative {
		text = "−" + text
	}
	return text
}

// shiftPoint writes a number times ten to the power of places, exactly: the shift is made in the decimal text.
func shiftPoint(v float64, places int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "not a number"
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(v, 'e', -1, 64), "e")
	mantissa, negative := strings.CutPrefix(mantissa, "-")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	exp10, _ := strconv.Atoi(exponent) // FormatFloat's own exponent always reads
	digits, point := whole+fraction, 1+exp10+places
	const fewest = -9 // below 10^-9 zeros say less than an exponent
	switch {
	case strings.Trim(digits, "0") == "":
		return "0"
	case point <= fewest:
		if digits = whole; fraction != "" {
			digits += "." + fraction
		}
		digits += "e" + strconv.Itoa(exp10+places)
	case point <= 0:
		digits = "0." + strings.Repeat("0", -point) + digits
	case point >= len(digits):
		digits += strings.Repeat("0", point-len(digits))
	default:
		digits = digits[:point] + "." + digits[point:]
	}
	if negative {
		return "-" + digits
	}
	return digits
}

// grouped writes a number with commas between thousands: 1,200,000.
func grouped(v float64) string { return groupDigits(shiftPoint(v, 0), false) }

// groupDigits puts separators between thousands and a true minus in front.
func groupDigits(text string, decimalComma bool) string {
	thousand, decimal := ",", "."
	if decimalComma {
		thousand, decimal = decimal, thousand
	}
	text, negative := strings.CutPrefix(text, "-")
	whole, fraction, cut := strings.Cut(text, ".")
	var b strings.Builder
	if negative {
		b.WriteString("−")
	}
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(thousand)
		}
		b.WriteRune(digit)
	}
	if cut {
		b.WriteString(decimal + fraction)
	}
	return b.String()
}

func formatList(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	parts := make([]string, len(texts))
	for i, text := range texts {
		if parts[i] = text; strings.ContainsAny(text, ",;\"\n\r") {
			parts[i] = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
		}
	}
	return strings.Join(parts, ", ")
}
