// Package setups is a tab of the Results page: how the case's own set-up feels to use, which other set-ups serve the
// same demand and what each costs, and how many calls a month an amount of money can serve.
//
// It promises that a list always says to which answers it belongs: it is worked out off the window's goroutine, the
// newest request wins, and what belongs to older answers is marked until the new list is there. What a rule or a wish
// keeps out stands apart with its reason.
//
// It leaves out all arithmetic: every figure comes from package calc.
package setups
