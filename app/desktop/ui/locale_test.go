package ui

import "testing"

func TestRegionsOfLocales(t *testing.T) {
	for locale, want := range map[string]Region{
		"en-GB": {}, "en-US": {MonthFirst: true}, "en_US.UTF-8": {MonthFirst: true}, "en-US-Latn": {MonthFirst: true},
		"de-AT": {DecimalComma: true}, "de-CH": {}, "fr_CA.UTF-8": {DecimalComma: true}, "es-MX": {}, "es-ES": {DecimalComma: true},
		"pt-Latn-BR": {DecimalComma: true}, "ja-JP": {}, "C": {}, "": {},
	} {
		if got := RegionOf(locale); got != want {
			t.Errorf("%q is %+v, want %+v", locale, got, want)
		}
	}
}

func TestNumbersAndDaysOfARegion(t *testing.T) {
	comma, point := Region{DecimalComma: true}, Region{MonthFirst: true}
	for words, want := range map[string]string{
		"$1,234.5 a month": "$1.234,5 a month", "1.2 M": "1,2 M", "Call an API. 3 times": "Call an API. 3 times", "0.5, 0.7": "0,5, 0,7",
	} {
		if got := comma.Number(words); got != want {
			t.Errorf("%q reads %q, want %q", words, got, want)
		}
		if got := point.Number(words); got != words {
			t.Errorf("with a decimal point %q becomes %q", words, got)
		}
	}
	for got, want := range map[string]string{
		comma.Day("2026-11-02"): "2 Nov 2026", point.Day("2026-11-02"): "Nov 2, 2026", comma.Day("soon"): "soon",
		comma.Day("2026-04"): "Apr 2026", point.Day("2026-04"): "Apr 2026", comma.Day("2026"): "2026",
	} {
		if got != want {
			t.Errorf("the day reads %q, want %q", got, want)
		}
	}
}

func TestTheRegionCanBeSetAndPutBack(t *testing.T) {
	was := Here()
	restore := SetRegion(Region{DecimalComma: !was.DecimalComma})
	if Here().DecimalComma == was.DecimalComma {
		t.Error("the region is not set")
	}
	restore()
	if Here() != was {
		t.Error("the region is not put back")
	}
}
