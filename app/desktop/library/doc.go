// Package library is the page of saved cases: find, sort, compare, duplicate, export, delete with undo, and
// each case's history.
//
// It promises to stay quick with thousands of cases, since only the rows in view exist, and never to work a
// case out: a row shows the verdict that was saved with it, or says that there is none yet. Nothing done here
// is final: what is deleted can be brought back, and every revision can be restored.
package library
