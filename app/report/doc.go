// Package report writes the documents that a manager takes away: a deck (.pptx), a report (.pdf), a workbook
// (.xlsx), the assessment (.json), and all of it with every figure in one archive (.zip).
//
// It promises that every document says the same, because all of them take their sentences and tables from one
// place (content.go) and their numbers from the assessment; that text is text and not a picture of text; that
// the same cases, options and date give the same bytes; that whatever a person typed is shown as text and never
// acts as a formula, a tag or a path; and that Write leaves what was there when anything goes wrong.
//
// It leaves out everything that is worked out: no figure is computed here but sums that the workbook shows as
// live formulas, and those are checked against the assessment. It knows no screen and no network.
//
// report.go holds the options and write.go the file; pptx*.go, pdf*.go and xlsx*.go hold one format each.
package report
