package figure

import "image/color"

// Paint names a colour by its role, so that a figure is described once and drawn on any ground.
type Paint int

// The roles that a figure can paint with.
const (
	PaintInk           Paint = iota // text, reference lines
	PaintInk2                       // second ink: notes
	PaintInk3                       // third ink: axes, captions
	PaintAPI                        // the four route colours: paint only, never text
	PaintRent                       //
	PaintOwn                        //
	PaintMixed                      //
	PaintWeights                    // the four parts of memory
	PaintCache                      //
	PaintCompute                    //
	PaintRuntime                    //
	PaintNeutral                    // a bar that belongs to no route
	PaintNeutralStrong              //
	PaintAccent                     // here, yours
	PaintWarning                    // always beside a word
	PaintMuted                      // blocked, on request
)

// Theme is one table of colours. The window's theme is made from the same two tables.
type Theme struct {
	Name string
	Dark bool

	Page, Rail, Side               color.NRGBA // grounds: page, rail and status line, side panel
	Ink, Ink2, Ink3                color.NRGBA // text: first, second, third
	Accent, AccentGround, OnAccent color.NRGBA
	Hairline, Border, Chip, Grid   color.NRGBA
	Warning, WarningGround         color.NRGBA
	Neutral, NeutralStrong         color.NRGBA

	Weights, Cache, Compute, Runtime color.NRGBA // parts of memory; copies are hatched in Cache

	API, Rent, Own, Mixed RouteColor
}

// RouteColor is the paint of a route and the edge that lifts it to a contrast of 3:1 against the page. The
// edge is the paint itself where that is strong enough.
type RouteColor struct{ Paint, Edge color.NRGBA }

// rgb reads a colour written as 0xRRGGBB.
func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xFF}
}

// Light is the table for a light ground.
var Light = Theme{
	Name: "light",
	Page: rgb(0xFFFFFF), Rail: rgb(0xF4F5F8), Side: rgb(0xF9FAFB),
	Ink: rgb(0x14171F), Ink2: rgb(0x4A5162), Ink3: rgb(0x697182),
	Accent: rgb(0x5A52D5), AccentGround: rgb(0xEEEDFB), OnAccent: rgb(0xFFFFFF),
	Hairline: rgb(0xE4E7ED), Border: rgb(0xC9CFDA), Chip: rgb(0xEEF0F4), Grid: rgb(0xEDEFF3),
	Warning: rgb(0xB03A1A), WarningGround: rgb(0xFCF1ED),
	Neutral: rgb(0xB7BECB), NeutralStrong: rgb(0x5B6579),
	Weights: rgb(0x3A4458), Cache: rgb(0x7B879D), Compute: rgb(0xAFB8C8), Runtime: rgb(0xD6DCE6),
	API:   RouteColor{rgb(0x0072B2), rgb(0x0072B2)},
	Rent:  RouteColor{rgb(0xE69F00), rgb(0xB57D00)},
	Own:   RouteColor{rgb(0x009E73), rgb(0x009E73)},
	Mixed: RouteColor{rgb(0xCC79A7), rgb(0xB25F8D)},
}

// Dark is the table for a dark ground. Routes keep their paint.
var Dark = Theme{
	Name: "dark", Dark: true,
	Page: rgb(0x13161C), Rail: rgb(0x0E1015), Side: rgb(0x181B23),
	Ink: rgb(0xECEEF2), Ink2: rgb(0xB1B7C3), Ink3: rgb(0x8A92A1),
	Accent: rgb(0x958FF7), AccentGround: rgb(0x25243F), OnAccent: rgb(0x13161C),
	Hairline: rgb(0x262B36), Border: rgb(0x414857), Chip: rgb(0x20242E), Grid: rgb(0x20252F),
	Warning: rgb(0xF0906F), WarningGround: rgb(0x2C1C17),
	Neutral: rgb(0x4A5264), NeutralStrong: rgb(0x98A1B2),
	Weights: rgb(0xC3CAD8), Cache: rgb(0x8C96AA), Compute: rgb(0x5F687B), Runtime: rgb(0x3E4555),
	API:   RouteColor{rgb(0x0072B2), rgb(0x0072B2)},
	Rent:  RouteColor{rgb(0xE69F00), rgb(0xE69F00)},
	Own:   RouteColor{rgb(0x009E73), rgb(0x009E73)},
	Mixed: RouteColor{rgb(0xCC79A7), rgb(0xCC79A7)},
}

// Color returns the colour of a role.
func (t *Theme) Color(p Paint) color.NRGBA {
	switch p {
	case PaintInk2:
		return t.Ink2
	case PaintInk3, PaintMuted:
		return t.Ink3
	case PaintAPI, PaintRent, PaintOwn, PaintMixed:
		return t.route(p).Paint
	case PaintWeights:
		return t.Weights
	case PaintCache:
		return t.Cache
	case PaintCompute:
		return t.Compute
	case PaintRuntime:
		return t.Runtime
	case PaintNeutral:
		return t.Neutral
	case PaintNeutralStrong:
		return t.NeutralStrong
	case PaintAccent:
		return t.Accent
	case PaintWarning:
		return t.Warning
	}
	return t.Ink
}

// Edge returns the colour of the thin edge around a role's paint, with a contrast of 3:1 against the page.
func (t *Theme) Edge(p Paint) color.NRGBA {
	if p.isRoute() {
		return t.route(p).Edge
	}
	return t.Color(p)
}

func (p Paint) isRoute() bool { return p >= PaintAPI && p <= PaintMixed }

func (t *Theme) route(p Paint) RouteColor {
	switch p {
	case PaintRent:
		return t.Rent
	case PaintOwn:
		return t.Own
	case PaintMixed:
		return t.Mixed
	}
	return t.API
}

// Shape is the mark of a point.
type Shape int

// The shapes of points. ShapeNone draws no mark.
const (
	ShapeNone Shape = iota
	ShapeCircle
	ShapeSquare
	ShapeDiamond
	ShapeTriangle
)

// Shape returns the mark that stands for a role, so that routes can be told apart without colour.
func (p Paint) Shape() Shape {
	switch p {
	case PaintRent:
		return ShapeSquare
	case PaintOwn:
		return ShapeDiamond
	case PaintMixed:
		return ShapeTriangle
	}
	return ShapeCircle
}

// dash returns the pattern that stands for a role, in widths of the line; nil is solid. The gaps are short,
// so that a step keeps its corners.
func (p Paint) dash() []float64 {
	switch p {
	case PaintRent:
		return []float64{9, 1.3}
	case PaintOwn:
		return []float64{26, 1.3}
	case PaintMixed:
		return []float64{7, 1.3, 1.3, 1.3}
	}
	return nil
}

// fade returns the colour with the given opacity, 0 to 1.
func fade(c color.NRGBA, opacity float64) color.NRGBA {
	c.A = uint8(float64(c.A)*opacity + 0.5)
	return c
}
