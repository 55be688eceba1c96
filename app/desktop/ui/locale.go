package ui

import (
	"strings"
	"sync"
	"time"

	"fyne.io/fyne/v2/lang"
)

// Region says how numbers and days are written where the person lives. The words stay English.
type Region struct {
	DecimalComma bool // 1.234,5
	MonthFirst   bool // Nov 23, 2026
}

var region = struct {
	once sync.Once
	now  Region
}{}

// Here is the region that the system is set to. It is read once.
func Here() Region {
	region.once.Do(func() { region.now = RegionOf(lang.SystemLocale().String()) })
	return region.now
}

// SetRegion writes numbers and days as in another region, as a test or a setting asks, and returns the way back.
func SetRegion(r Region) (restore func()) {
	was := Here()
	region.now = r
	return func() { region.now = was }
}

// commaLanguages write a decimal comma, but for the countries in pointCountries. Source: Unicode CLDR, the symbol
// "decimal" of each language's default numbering system.
const commaLanguages = " af az be bg bs ca cs da de el es et eu fi fo fr fy gl hr hu hy id is it ka kk ky lt lv mk nb nl nn no pl pt ro ru sk sl sq sr sv tr uk uz vi "

// pointCountries are the countries that write a decimal point in a language that elsewhere has a comma.
var pointCountries = map[string]string{
	"de": " CH LI ", "it": " CH ", "es": " MX US PR GT HN NI PA PE SV DO CU BZ ",
}

// RegionOf reads a locale such as "de-AT", "en-US-Latn" or "fr_CA.UTF-8".
func RegionOf(locale string) Region {
	locale, _, _ = strings.Cut(locale, ".")
	parts := strings.FieldsFunc(locale, func(r rune) bool { return r == '-' || r == '_' })
	if len(parts) == 0 {
		return Region{}
	}
	language, country := strings.ToLower(parts[0]), ""
	for _, part := range parts[1:] {
		if len(part) == 2 {
			country = strings.ToUpper(part)
		}
	}
	in := func(list, word string) bool { return word != "" && strings.Contains(list, " "+word+" ") }
	return Region{
		DecimalComma: in(commaLanguages, language) && !in(pointCountries[language], country),
		MonthFirst:   language == "en" && in(" US PH ", country),
	}
}

// Number brings a number, or words with numbers, that were written with a decimal point to the region's own signs.
func (r Region) Number(words string) string {
	if !r.DecimalComma {
		return words
	}
	digit := func(i int) bool { return i >= 0 && i < len(words) && words[i] >= '0' && words[i] <= '9' }
	out := []byte(words)
	for i, c := range out {
		switch {
		case c != '.' && c != ',' || !digit(i-1) || !digit(i+1):
		case c == '.':
			out[i] = ','
		default:
			out[i] = '.'
		}
	}
	return string(out)
}

// Day writes a day of the form 2006-01-02, or a month of the form 2006-01, with its month as a word, which nobody
// misreads; what is neither stays as it is.
func (r Region) Day(day string) string {
	if month, err := time.Parse("2006-01", day); err == nil {
		return month.Format("Jan 2006")
	}
	t, err := time.Parse(time.DateOnly, day)
	switch {
	case err != nil:
		return day
	case r.MonthFirst:
		return t.Format("Jan 2, 2006")
	}
	return t.Format("2 Jan 2006")
}
