package format

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Capital writes words with a capital at their beginning. What begins with a quotation mark or a digit stays as it is.
func Capital(words string) string {
	first, size := utf8.DecodeRuneInString(words)
	if size == 0 || first == utf8.RuneError {
		return words
	}
	return string(unicode.ToUpper(first)) + words[size:]
}

// Sentence writes words with a capital at their beginning and a full stop at their end, where no mark ends them yet.
// No words are no sentence.
func Sentence(words string) string {
	if words == "" {
		return ""
	}
	words = Capital(words)
	if !strings.ContainsAny(words[len(words)-1:], ".!?") {
		words += "."
	}
	return words
}
