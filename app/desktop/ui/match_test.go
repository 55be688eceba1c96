package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWordsOfATextAsASearchComparesThem(t *testing.T) {
	for text, want := range map[string]string{
		"deepseek-r1:70b":          "deepseek r1 70b",
		"API price of 2026-11-24":  "api price of 2026 11 24",
		"Vergütung “à la carte”":   "vergutung a la carte",
		"workload.calls_per_month": "workload calls per month",
		" · … ":                    "",
		"":                         "",
	} {
		if got := strings.Join(WordsOf(text), " "); got != want {
			t.Errorf("%q is split into %q, want %q", text, got, want)
		}
	}
}

func TestEachTypedWordHasToBeginAWord(t *testing.T) {
	for _, c := range []struct {
		text, typed string
		want        bool
	}{
		{"Cost a month", "co mo", true},
		{"Cost a month", "mo co", true},
		{"Cost a month", "ost", false},
		{"Cost a month", "cost year", false},
		{"Cost a month", "", true},
		{"Cost a month", "  ", true},
		{"deepseek-r1:70b", "r1:70", true},
		{"Zürich", "zur", true},
		{"", "x", false},
	} {
		if got := BeginsAll(WordsOf(c.text), WordsOf(c.typed)); got != c.want {
			t.Errorf("%q in %q: %v", c.typed, c.text, got)
		}
	}
}

// TestWhatATextBeginsWithFindsIt types the beginnings of a text's words in any order.
func TestWhatATextBeginsWithFindsIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[A-Za-zäéß0-9]{1,8}`), 1, 8).Draw(t, "words")
		var typed []string
		for _, i := range rapid.SliceOf(rapid.IntRange(0, len(words)-1)).Draw(t, "places") {
			r := []rune(words[i])
			typed = append(typed, string(r[:rapid.IntRange(1, len(r)).Draw(t, "letters")]))
		}
		if !BeginsAll(WordsOf(strings.Join(words, " · ")), WordsOf(strings.Join(typed, ", "))) {
			t.Fatalf("%q does not find %q", typed, words)
		}
	})
}

func TestAnIndexFindsTitlesFirstAndSaysWhenThereIsMore(t *testing.T) {
	type thing struct{ title, rest string }
	x := NewIndex([]thing{{"Other", "cost"}, {"Cost a month", ""}, {"Nothing", ""}, {"Costly", "cost"}},
		func(v thing) (string, string) { return v.title, v.rest })
	find := func(typed string, most int) string {
		titled, rest := x.Find(typed, most)
		first, more := First(most, titled, rest)
		var out []string
		for _, v := range first {
			out = append(out, v.title)
		}
		return fmt.Sprint(strings.Join(out, ", "), " ", more)
	}
	for _, c := range []struct {
		typed string
		most  int
		want  string
	}{
		{"co mo", 9, "Cost a month false"},
		{"cost", 9, "Cost a month, Costly, Other false"},
		{"cost", 2, "Cost a month, Costly true"},
		{"cost", 1, "Cost a month true"},
		{"", 4, "Other, Cost a month, Nothing, Costly false"},
		{"", 3, "Other, Cost a month, Nothing true"},
		{"zebra", 9, " false"},
	} {
		if got := find(c.typed, c.most); got != c.want {
			t.Errorf("%q, at most %d: %s, want %s", c.typed, c.most, got, c.want)
		}
	}
}

// TestAnIndexLosesNothing holds an index against looking at each thing in turn.
func TestAnIndexLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOf(rapid.StringMatching(`[ab]{1,3}( [ab]{1,3}){0,3}`)).Draw(t, "texts")
		typed := rapid.StringMatching(`[ab]{0,2}( [ab]{1,2})?`).Draw(t, "typed")
		most := rapid.IntRange(1, 6).Draw(t, "most")
		x := NewIndex(texts, func(s string) (string, string) { title, rest, _ := strings.Cut(s, " "); return title, rest })
		titled, rest := x.Find(typed, most)
		got, more := First(most, titled, rest)
		var first, second []string
		for _, s := range texts {
			title, _, _ := strings.Cut(s, " ")
			switch {
			case BeginsAll(WordsOf(title), WordsOf(typed)):
				first = append(first, s)
			case BeginsAll(WordsOf(s), WordsOf(typed)):
				second = append(second, s)
			}
		}
		all := slices.Concat(first, second)
		if want := all[:min(len(all), most)]; !slices.Equal(got, want) || more != (len(all) > most) {
			t.Fatalf("%q in %q: %q and more %v, want %q of %d", typed, texts, got, more, want, len(all))
		}
	})
}
