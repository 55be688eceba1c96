// Package whatif is what a person tries without changing the case: the What if and Win map tabs of the Results page.
//
// It promises that trying costs nothing: the answers moved on the sliders live in a trial of their own, which is kept
// while the case is open, is written nowhere, and ends with Reset, with Apply to this case (one step of undo) or with
// Keep as new case. While a slider moves, the verdict and the cost figure follow from the base answer, the newest
// always winning; ranges, chances, flips and the tornado follow when it rests. Sweeps, win maps and goal seeks run off
// the window's goroutine with progress and cancel.
//
// It leaves out all arithmetic: where an input can be moved, what wins there and what solves a goal come from package
// calc, every picture from package figure.
package whatif
