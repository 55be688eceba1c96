// Package house holds the rules of the house as tests: which part may import
// which, what only the program's main file may do, the names that no package
// takes, and the drawing calls of go-chart that are known to be wrong.
//
// It reads the project's source files and nothing else, so that a rule holds
// for every operating system and build tag, not only for the one at hand. It
// has no code of its own: nothing imports it.
package house
