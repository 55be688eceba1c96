// Package calc is the model of the world: it turns a Scenario (the answers) and a Catalog (the facts) into an
// Assessment (the result) through one door, Assess, that every face of the program uses.
//
// It promises that the same scenario, catalogue, date and number of draws give the same result; that a figure
// that is not known is nil and named in a warning, never zero; that every line of a cost can be opened to its
// formula; and that nothing in it reads a file, a clock, a network or a screen. Costly studies (win map, sweep,
// goal seek, more draws) are functions of their own and are not part of Assess.
package calc
