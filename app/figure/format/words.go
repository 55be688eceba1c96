package format

import "hostwise/calc/notation"

// Capital writes words with a capital at their beginning. What begins with a quotation mark or a digit stays as it is.
func Capital(words string) string { return notation.Capital(words) }

// Sentence writes words with a capital at their beginning and a full stop at their end, where no mark ends them yet.
// No words are no sentence.
func Sentence(words string) string { return notation.Sentence(words) }

// Lowered is a label inside a sentence. What begins with an abbreviation keeps its capitals.
func Lowered(label string) string { return notation.Lowered(label) }

// Listed joins words as a sentence does: "a, b and c".
func Listed(words []string) string { return notation.Listed(words) }

// ThreeDigits keeps of a number the three digits that a search or a slider can mean.
func ThreeDigits(v float64) float64 { return notation.Round(v, 3) }
