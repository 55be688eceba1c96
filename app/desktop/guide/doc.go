// Package guide is the page on which a person answers: six steps at the left, one question in plain words in the
// middle, and at the right what the answer is now and how this question moves it.
//
// It promises that what is typed stays as it was typed, also while it cannot be taken; that every question can be
// answered with the keyboard alone and in any order; and that each default shows what it rests on.
//
// It leaves out every sum: costs, chances, flips and the effect of a question come from package calc. Questions
// are the rows of calc.Inputs; the page knows none of them by heart but those that are a table of the catalogue.
package guide
