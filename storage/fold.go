package storage

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold makes text comparable as a person reads it: lower case, without
// accents, compatibility forms resolved (full-width letters, ligatures).
func fold(text string) string {
	if isASCII(text) {
		return strings.ToLower(text)
	}
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range norm.NFKD.String(text) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}

// sortKey orders names as a person would: case and accents do not matter, and
// "Case 2" comes before "Case 10". Each run of digits is written with its
// length in front, which makes text order number order.
func sortKey(name string) string {
	folded := fold(strings.TrimSpace(name))
	var b strings.Builder
	for i := 0; i < len(folded); {
		if !isDigit(folded[i]) {
			b.WriteByte(folded[i])
			i++
			continue
		}
		end := i
		for end < len(folded) && isDigit(folded[end]) {
			end++
		}
		digits := strings.TrimLeft(folded[i:end], "0")
		// '0' + length keeps the key a digit for the usual short numbers, so
		// that numbers still sort before letters.
		b.WriteByte('0' + byte(min(len(digits), 9)))
		b.WriteString(digits)
		i = end
	}
	return b.String()
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// searchText is what a search over a case looks through.
func searchText(c Case) string {
	return fold(strings.Join([]string{c.Name, strings.Join(c.Tags, "\n"), c.Model, c.Notes}, "\n"))
}
