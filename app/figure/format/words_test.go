package format

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestSentences(t *testing.T) {
	for words, want := range map[string]string{
		"":                         "",
		"give a number":            "Give a number.",
		"give a number.":           "Give a number.",
		"is that right?":           "Is that right?",
		"“abc” is no number":       "“abc” is no number.",
		"équipe is no number":      "Équipe is no number.",
		"8 devices":                "8 devices.",
		"\xff is no letter at all": "\xff is no letter at all.",
	} {
		if got := Sentence(words); got != want {
			t.Errorf("%q is written %q, want %q", words, got, want)
		}
	}
}

// Whatever the words, a sentence of a sentence is the same, and no letter is cut in two.
func TestASentenceStaysOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.String().Draw(t, "words")
		once := Sentence(words)
		if twice := Sentence(once); twice != once {
			t.Fatalf("%q becomes %q, and then %q", words, once, twice)
		}
		if !utf8.ValidString(once) {
			t.Fatalf("%q becomes %q, which is no text", words, once)
		}
	})
}
