// Package fonts holds the typefaces of the window, the figures and the documents.
//
// It promises one family, Hostwise Sans, in two weights with tabular digits by default, so that numbers
// line up where OpenType features cannot be switched on, and one monospace face for formulas and log lines.
// All three are TrueType outlines without hinting. README.md says how they were made and from what; the
// licences stand beside the files. The package only holds bytes: parsing is left to who draws.
package fonts

import _ "embed" // the faces are part of the program

// Regular is Hostwise Sans at weight 400.
//
//go:embed HostwiseSans-Regular.ttf
var Regular []byte

// SemiBold is Hostwise Sans at weight 600, the only bold in use.
//
//go:embed HostwiseSans-SemiBold.ttf
var SemiBold []byte

// Mono is Hostwise Mono at weight 400.
//
//go:embed HostwiseMono-Regular.ttf
var Mono []byte

// SansLicence is the licence of Regular and SemiBold, the SIL Open Font License 1.1.
//
//go:embed OFL-Inter.txt
var SansLicence string

// MonoLicence is the licence of Mono, the SIL Open Font License 1.1.
//
//go:embed OFL-JetBrainsMono.txt
var MonoLicence string
