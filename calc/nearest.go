package calc

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// spelling is a word that may stand for an id: the id itself, or a name by which people know it.
type spelling struct {
	id   string
	word string
}

// nearest returns the id whose spelling is closest to what was typed, "" where none is close.
// Of two that are equally close the earlier one wins.
func nearest(typed string, spellings []spelling) string {
	const longest = 100 // beyond it nothing is a misspelling, and comparing costs time
	if typed == "" || len(typed) > longest {
		return ""
	}
	folded := fold(typed)
	best, bestDistance := "", slips(folded)+1
	for _, s := range spellings {
		word := fold(s.word)
		if word == "" || len(word) > longest {
			continue
		}
		if d := distance(folded, word); d < bestDistance && d < utf8.RuneCountInString(word) {
			best, bestDistance = s.id, d
		}
	}
	if best == "" {
		best = beginning(folded, spellings)
	}
	return best
}

// slips is how many mistakes still leave a word recognisable: one in a very short word, one in three letters of a long one.
func slips(folded string) int {
	const short = 3
	if n := utf8.RuneCountInString(folded); n > short {
		return max(2, n/3)
	}
	return 1
}

// beginning returns the first id of which one spelling starts with what was typed, or the other way round.
func beginning(folded string, spellings []spelling) string {
	const fewest = 3
	if len(folded) < fewest {
		return ""
	}
	for _, s := range spellings {
		word := fold(s.word)
		if strings.HasPrefix(word, folded) || len(word) >= fewest && strings.HasPrefix(folded, word) {
			return s.id
		}
	}
	return ""
}

// fold takes away what people do not mean to differ by: letter case, hyphens, underscores, spaces.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '-', '_', ' ', '.', ':', '/':
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// words turns ids into spellings.
func words(ids []string) []spelling {
	out := make([]spelling, len(ids))
	for i, id := range ids {
		out[i] = spelling{id, id}
	}
	return out
}

// distance is the optimal string alignment distance: letters added, dropped, changed or swapped with a neighbour.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, row, next := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i, c := range x {
		next[0] = i + 1
		for j, d := range y {
			change := row[j]
			if c != d {
				change++
			}
			next[j+1] = min(change, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && c == y[j-1] && x[i-1] == d {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row, next = row, next, before
	}
	return row[len(y)]
}

// sortedKeys returns the keys of a map in order, so that messages and files do not change from run to run.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
