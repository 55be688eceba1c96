package notation

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

// Lowered is a label inside a sentence. What begins with an abbreviation keeps its capitals.
func Lowered(label string) string {
	if len(label) > 1 && label[1] >= 'a' && label[1] <= 'z' || strings.HasPrefix(label, "A ") {
		return strings.ToLower(label[:1]) + label[1:]
	}
	return label
}

// Counted writes a number of things: "one replica", "4 replicas".
func Counted(n int, noun string) string {
	if n == 1 {
		return "one " + noun
	}
	return Whole(float64(n)) + " " + noun + "s"
}

// Listed joins words as a sentence does: "a, b and c".
func Listed(words []string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return strings.Join(words, "")
}
