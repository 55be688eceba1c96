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

func TestLabelsInsideASentence(t *testing.T) {
	for label, want := range map[string]string{"": "", "A": "A", "Calls a month": "calls a month", "API price": "API price", "Élan": "Élan", "8 devices": "8 devices"} {
		if got := Lowered(label); got != want {
			t.Errorf("%q inside a sentence is %q, want %q", label, got, want)
		}
	}
}

func TestListsOfWords(t *testing.T) {
	for want, words := range map[string][]string{"": nil, "a": {"a"}, "a and b": {"a", "b"}, "a, b and c": {"a", "b", "c"}} {
		if got := Listed(words); got != want {
			t.Errorf("%q is listed as %q, want %q", words, got, want)
		}
	}
}

func TestThreeDigits(t *testing.T) {
	for v, want := range map[float64]float64{0: 0, 1234: 1230, -0.98765: -0.988, 999_900: 1e6, 7: 7} {
		if got := ThreeDigits(v); got != want {
			t.Errorf("three digits of %g are %g, want %g", v, got, want)
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
