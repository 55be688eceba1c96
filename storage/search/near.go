package search

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold makes text comparable: lower case, no accents, compatibility forms
// resolved. What is not a letter or a digit stays, for tokenise to split at.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || r == 0 {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(strings.ToValidUTF8(text, " ")))
}

// tokenise splits folded text as the index does: runs of letters and digits.
func tokenise(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

func cut(text string, characters int) string {
	for i := range text {
		if characters--; characters < 0 {
			return text[:i]
		}
	}
	return text
}

// vocabulary counts the words of all entries.
type vocabulary map[string]int

func (v vocabulary) add(texts ...string) {
	for _, text := range texts {
		for _, token := range tokenise(text) {
			v[token]++
		}
	}
}

// knows tells whether a token is a word here, or the beginning of one.
func (v vocabulary) knows(token string, prefix bool) bool {
	if v[token] > 0 {
		return true
	}
	if prefix {
		for word := range v {
			if strings.HasPrefix(word, token) {
				return true
			}
		}
	}
	return false
}

// correct replaces each word that no entry has by the nearest that one has. A
// word with nothing near it is left out, unless it is the only one.
func (x *Index) correct(terms []term) (near []term, corrected map[string]string) {
	corrected = map[string]string{}
	for _, t := range terms {
		repaired := term{typed: t.typed, prefix: t.prefix}
		for i, token := range t.tokens {
			prefix := t.prefix && i == len(t.tokens)-1
			switch nearest, found := x.vocabulary.nearest(token); {
			case x.vocabulary.knows(token, prefix):
				repaired.tokens = append(repaired.tokens, token)
			case found && mendable(token):
				repaired.tokens = append(repaired.tokens, nearest)
				repaired.prefix = false
			default:
				repaired.tokens = nil
			}
			if repaired.tokens == nil {
				break
			}
		}
		if repaired.tokens == nil {
			continue
		}
		if joined := strings.Join(repaired.tokens, " "); joined != strings.Join(t.tokens, " ") {
			corrected[t.typed] = joined
		}
		near = append(near, repaired)
	}
	return near, corrected
}

// leastLetters is the length of the shortest word that is mended: in shorter ones a letter more or less is another word.
const leastLetters = 4

// operators are words of query languages, which people paste: no word of theirs is meant.
var operators = map[string]bool{"and": true, "or": true, "not": true, "near": true}

// mendable reports whether a word may be a misspelt one: letters only, enough of them, and no operator.
func mendable(token string) bool {
	letters := 0
	for _, r := range token {
		if !unicode.IsLetter(r) {
			return false
		}
		letters++
	}
	return letters >= leastLetters && !operators[token]
}

// nearest is the known word that needs the fewest typing mistakes to become
// token: one for four to six letters, two beyond. Of equals the word used
// most wins, then the first in the alphabet.
func (v vocabulary) nearest(token string) (string, bool) {
	typed := []rune(token)
	allowed := 0
	switch {
	case len(typed) >= 7:
		allowed = 2
	case len(typed) >= 4:
		allowed = 1
	}
	best, bestCount := "", 0
	for word, count := range v {
		mistakes := distance(typed, []rune(word), allowed)
		if mistakes > allowed {
			continue
		}
		closer := best == "" || mistakes < allowed
		if closer || count > bestCount || count == bestCount && word < best {
			best, bestCount = word, count
			allowed = mistakes
		}
	}
	return best, best != ""
}

// distance counts the letters to add, leave out, replace or swap with their
// neighbour to turn a into b (optimal string alignment: Damerau, CACM 7(3),
// 1964). It stops early, with limit+1, once more than limit are needed.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := row[0]
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > limit {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
