package library

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hostwise/app/desktop/session"
	"hostwise/calc"
)

func names(cases []session.Case) (out []string) {
	for _, c := range cases {
		out = append(out, c.Name)
	}
	return out
}

func TestNamesAreSortedAsAPersonCounts(t *testing.T) {
	want := []string{"", "Case", "case 2", "Case 007", "Case 10", "case 10 b", "Case 1,000", "Support desk", "Über"}
	var cases []session.Case
	for _, i := range []int{4, 8, 2, 6, 0, 5, 1, 7, 3} {
		cases = append(cases, session.Case{Name: want[i]})
	}
	inOrder(cases, sortName)
	if got := names(cases); !slices.Equal(got, want) {
		t.Errorf("sorted: %q, want %q", got, want)
	}
}

func TestNumbersInNames(t *testing.T) {
	for text, want := range map[string]struct {
		digits string
		size   int
	}{
		"300 calls": {"300", 3}, "1,000,000 calls": {"1000000", 9}, "007": {"7", 3}, "1,00": {"1", 1}, "1,0000": {"1", 1},
		",000": {"", 0}, "a1": {"", 0}, "12,": {"12", 2}, "": {"", 0}, "0": {"", 1},
	} {
		if digits, size := number(text); digits != want.digits || size != want.size {
			t.Errorf("%q begins with %q of %d bytes, want %+v", text, digits, size, want)
		}
	}
}

func TestComparingNamesIsAnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[ab]{0,2}[0-9]{0,3}(,[0-9]{2,4})?[ab]{0,1}`)
		a, b, c := name.Draw(t, "a"), name.Draw(t, "b"), name.Draw(t, "c")
		if compareNames(a, b) != -compareNames(b, a) || compareNames(a, a) != 0 {
			t.Fatalf("%q and %q", a, b)
		}
		if compareNames(a, b) <= 0 && compareNames(b, c) <= 0 && compareNames(a, c) > 0 {
			t.Fatalf("%q, %q, %q", a, b, c)
		}
	})
}

func TestWhatIsNotKnownComesLast(t *testing.T) {
	half, day := 0.5, time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	cases := []session.Case{
		{Name: "unknown", Edited: day},
		{Name: "cheap", Edited: day.Add(1), Summary: session.Summary{Monthly: &calc.Range{Likely: 0}}},
		{Name: "dear", Edited: day.Add(2), Summary: session.Summary{Monthly: &calc.Range{Likely: 9}, Chance: &half}},
	}
	for order, want := range map[string][]string{
		sortEdited: {"dear", "cheap", "unknown"}, sortCost: {"dear", "cheap", "unknown"}, sortChance: {"dear", "unknown", "cheap"},
	} {
		got := slices.Clone(cases)
		inOrder(got, order)
		if !slices.Equal(names(got), want) {
			t.Errorf("by %s: %q, want %q", order, names(got), want)
		}
	}
}
