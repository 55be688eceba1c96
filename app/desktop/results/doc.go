// Package results is the Results page: the answer to the case, what it rests on and what to do next.
//
// It promises that the first screen answers the question without scrolling at 1280 × 800: the verdict as a
// sentence with its number and range, how sure it is, why, what each route costs, and what would change it.
// Below and on further tabs stand the figures, memory by precision, every cost line with its formula, every
// assumption with its evidence, and the next steps. What is shown belongs to the newest answers or says that it
// is still being worked out; nothing waits for the ranges.
//
// It leaves out all arithmetic: every number comes from the assessment, every picture from package figure.
package results
