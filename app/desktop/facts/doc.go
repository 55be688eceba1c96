// Package facts is the page of the catalogue: every table with its evidence, source and age, filters, and the
// person's own figures in place of listed ones.
//
// It promises that a fact is never shown without how sure it is and from when, that an age is called out past
// 30 days, and that a figure of the person's own keeps the listed one beside it and can be taken back. Own
// figures belong to the open case and travel with its file.
package facts
