package library

import (
	"cmp"
	"slices"
	"strings"

	"hostwise/app/desktop/session"
)

// The orders of the list.
const (
	sortEdited = "edited"
	sortName   = "name"
	sortCost   = "cost"
	sortChance = "chance"
)

// inOrder sorts cases: the newest edit, the highest cost and the highest chance first, names as a person counts. What is
// not known comes last, and the order before decides between equals.
func inOrder(cases []session.Case, order string) {
	switch order {
	case sortName:
		byName(cases)
	case sortCost:
		slices.SortStableFunc(cases, func(a, b session.Case) int { return cmp.Compare(likely(b), likely(a)) })
	case sortChance:
		slices.SortStableFunc(cases, func(a, b session.Case) int { return cmp.Compare(chance(b), chance(a)) })
	default:
		slices.SortStableFunc(cases, func(a, b session.Case) int { return b.Edited.Compare(a.Edited) })
	}
}

func likely(c session.Case) float64 {
	if c.Summary.Monthly == nil {
		return -1
	}
	return c.Summary.Monthly.Likely
}

func chance(c session.Case) float64 {
	if c.Summary.Chance == nil {
		return -1
	}
	return *c.Summary.Chance
}

// byName sorts by names. The names are folded once each, since a sort compares every one many times.
func byName(cases []session.Case) {
	type folded struct {
		key string
		row session.Case
	}
	all := make([]folded, len(cases))
	for i, c := range cases {
		all[i] = folded{strings.ToLower(c.Name), c}
	}
	slices.SortStableFunc(all, func(a, b folded) int { return compareNames(a.key, b.key) })
	for i := range all {
		cases[i] = all[i].row
	}
}

// compareNames compares two names in small letters; a number counts as one, so that "case 2" comes before "case 10" and
// "300 calls" before "1,000 calls".
func compareNames(a, b string) int {
	for a != "" && b != "" {
		x, n := number(a)
		y, m := number(b)
		if n == 0 || m == 0 {
			if a[0] != b[0] {
				return cmp.Compare(a[0], b[0])
			}
			a, b = a[1:], b[1:]
			continue
		}
		if d := cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(x, y)); d != 0 {
			return d
		}
		a, b = a[n:], b[m:]
	}
	return cmp.Compare(len(a), len(b))
}

// number is the whole number that a text begins with, without leading zeros and separators, and how many bytes of the
// text it takes; 0 where the text begins with none.
func number(text string) (digits string, size int) {
	digit := func(i int) bool { return i < len(text) && text[i] >= '0' && text[i] <= '9' }
	start := 0
	for digit(size) || size > 0 && text[size:] != "" && text[size] == ',' && digit(size+1) && digit(size+2) && digit(size+3) && !digit(size+4) {
		if text[size] == ',' {
			digits += text[start:size]
			start = size + 1
		}
		size++
	}
	return strings.TrimLeft(digits+text[start:size], "0"), size
}
