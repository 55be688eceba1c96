// Package export is the export dialog: what to write, how it looks and where it goes, with a picture of each figure
// as it will be written.
//
// It promises that nothing is replaced without being asked, that every file is written beside its place and
// renamed, so that a full disk or a press on Stop leaves what was there, and that drawing and writing never hold
// up the window. The folder and the look of the pictures are remembered.
//
// It leaves out how a figure or a document is made: that is the Writer's, by default packages figure and report.
package export
