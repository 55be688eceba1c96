package cli

import (
	"strings"
	"unicode/utf8"
)

// nearestWord returns the word closest to what was typed, "" where none is close. Of two equally close the earlier wins.
func nearestWord(typed string, words []string) string {
	const longest = 60 // beyond it nothing is a misspelling
	if len(typed) > longest {
		return ""
	}
	typed = strings.ToLower(typed)
	best, least := "", max(2, utf8.RuneCountInString(typed)/3)+1
	for _, word := range words {
		if d := slips([]rune(typed), []rune(strings.ToLower(word))); d < least && d < utf8.RuneCountInString(word) {
			best, least = word, d
		}
	}
	if best == "" && len(typed) >= 3 {
		for _, word := range words {
			if strings.HasPrefix(strings.ToLower(word), typed) {
				return word
			}
		}
	}
	return best
}

// slips counts the letters to add, drop, change or swap with a neighbour (optimal string alignment).
func slips(a, b []rune) int {
	before, row, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, c := range a {
		next[0] = i + 1
		for j, d := range b {
			change := row[j]
			if c != d {
				change++
			}
			next[j+1] = min(change, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && c == b[j-1] && a[i-1] == d {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row, next = row, next, before
	}
	return row[len(b)]
}
