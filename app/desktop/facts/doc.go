// Package facts is the page of the catalogue: every table with its evidence, source and age, filters, the person's own
// rows in place of listed ones or beside them, what to recheck before procurement, and how accurate the estimates are.
//
// It promises that a fact is never shown without how sure it is and from when, that an age is called out past 30 days,
// and that a figure of the person's own keeps the listed one beside it and can be taken back. What is typed into a form
// is read by the rules of a case's file, and its effect on the verdict is shown before it is used; a form that is left
// keeps what was typed. Own rows belong to the open case and travel with its file.
//
// It computes nothing: estimates beside measurements, checks of the arithmetic, effects and what is done come from calc.
package facts
