package ui

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// WordsOf returns the words of a text in the order in which they stand, as a search compares them: in small letters,
// without accents, and cut at everything that is neither a letter nor a digit. "deepseek-r1:70b" is three words.
func WordsOf(text string) []string {
	return strings.FieldsFunc(plainLetters(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

// plainLetters is a text in small letters without accents.
func plainLetters(text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return r >= 0x80 }) {
		return strings.ToLower(text)
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(text) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// BeginsAll reports whether each word that was typed begins some word of a text. Nothing typed begins everything.
func BeginsAll(text, typed []string) bool {
	for _, t := range typed {
		if !slices.ContainsFunc(text, func(w string) bool { return strings.HasPrefix(w, t) }) {
			return false
		}
	}
	return true
}

// Index finds things by the beginnings of their words. What it holds is split into words once; each key then only
// compares. It does not change, so several goroutines may use it.
type Index[T any] struct {
	items []T
	title [][]string
	all   [][]string // title and the rest
}

// NewIndex returns an index of things by their title, and by the rest that is said about them.
func NewIndex[T any](items []T, words func(T) (title, rest string)) *Index[T] {
	x := &Index[T]{items: items, title: make([][]string, len(items)), all: make([][]string, len(items))}
	for i, item := range items {
		title, rest := words(item)
		x.title[i] = WordsOf(title)
		x.all[i] = append(slices.Clone(x.title[i]), WordsOf(rest)...)
	}
	return x
}

// Find returns the things in which every typed word begins a word, in their order: those that have all the words in
// their title, and the rest. It returns so many of each, and one more where there are more.
func (x *Index[T]) Find(typed string, most int) (titled, rest []T) {
	words := WordsOf(typed)
	for i, item := range x.items {
		switch {
		case BeginsAll(x.title[i], words):
			if titled = append(titled, item); len(titled) > most {
				return titled, rest
			}
		case len(rest) <= most && BeginsAll(x.all[i], words):
			rest = append(rest, item)
		}
	}
	return titled, rest
}

// First returns the first so many of several groups, one group after the other, and whether there are more.
func First[T any](most int, groups ...[]T) (first []T, more bool) {
	all := slices.Concat(groups...)
	return all[:min(len(all), most)], len(all) > most
}
