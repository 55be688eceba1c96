package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
)

// The roles that colours play. A widget names the role; the theme knows the colour.
const (
	ColorPage          fyne.ThemeColorName = "hostwise-page"
	ColorRail          fyne.ThemeColorName = "hostwise-rail"
	ColorPanel         fyne.ThemeColorName = "hostwise-panel"
	ColorInk           fyne.ThemeColorName = "hostwise-ink"
	ColorInk2          fyne.ThemeColorName = "hostwise-ink2"
	ColorInk3          fyne.ThemeColorName = "hostwise-ink3"
	ColorAccent        fyne.ThemeColorName = "hostwise-accent"
	ColorAccentGround  fyne.ThemeColorName = "hostwise-accent-ground"
	ColorOnAccent      fyne.ThemeColorName = "hostwise-on-accent"
	ColorHairline      fyne.ThemeColorName = "hostwise-hairline"
	ColorControlBorder fyne.ThemeColorName = "hostwise-control-border"
	ColorChip          fyne.ThemeColorName = "hostwise-chip"
	ColorGrid          fyne.ThemeColorName = "hostwise-grid"
	ColorWarning       fyne.ThemeColorName = "hostwise-warning"
	ColorWarningGround fyne.ThemeColorName = "hostwise-warning-ground"
	ColorBarWeak       fyne.ThemeColorName = "hostwise-bar-weak"
	ColorBarStrong     fyne.ThemeColorName = "hostwise-bar-strong"
	ColorFloat         fyne.ThemeColorName = "hostwise-float"    // ground of the selection bar and toasts
	ColorOnFloat       fyne.ThemeColorName = "hostwise-on-float" // text on it
	ColorShadow        fyne.ThemeColorName = "hostwise-shadow"
	ColorHover         fyne.ThemeColorName = "hostwise-hover"

	ColorRouteAPI   fyne.ThemeColorName = "hostwise-route-api"
	ColorRouteRent  fyne.ThemeColorName = "hostwise-route-rent"
	ColorRouteOwn   fyne.ThemeColorName = "hostwise-route-own"
	ColorRouteMixed fyne.ThemeColorName = "hostwise-route-mixed"

	ColorMemoryWeights fyne.ThemeColorName = "hostwise-memory-weights"
	ColorMemoryCache   fyne.ThemeColorName = "hostwise-memory-cache"
	ColorMemoryCompute fyne.ThemeColorName = "hostwise-memory-compute"
	ColorMemoryRuntime fyne.ThemeColorName = "hostwise-memory-runtime"
)

// tone is one role in both themes, as #RRGGBB or #RRGGBBAA.
type tone struct{ light, dark string }

var palette = map[fyne.ThemeColorName]tone{
	ColorPage:          {"#FFFFFF", "#13161C"},
	ColorRail:          {"#F4F5F8", "#0E1015"},
	ColorPanel:         {"#F9FAFB", "#181B23"},
	ColorInk:           {"#14171F", "#ECEEF2"},
	ColorInk2:          {"#4A5162", "#B1B7C3"},
	ColorInk3:          {"#697182", "#8A92A1"},
	ColorAccent:        {"#5A52D5", "#958FF7"},
	ColorAccentGround:  {"#EEEDFB", "#25243F"},
	ColorOnAccent:      {"#FFFFFF", "#13161C"},
	ColorHairline:      {"#E4E7ED", "#262B36"},
	ColorControlBorder: {"#C9CFDA", "#414857"},
	ColorChip:          {"#EEF0F4", "#20242E"},
	ColorGrid:          {"#EDEFF3", "#20252F"},
	ColorWarning:       {"#B03A1A", "#F0906F"},
	ColorWarningGround: {"#FCF1ED", "#2C1C17"},
	ColorBarWeak:       {"#B7BECB", "#4A5264"},
	ColorBarStrong:     {"#5B6579", "#98A1B2"},
	ColorFloat:         {"#14171F", "#2A2F3B"},
	ColorOnFloat:       {"#FFFFFF", "#ECEEF2"},
	ColorShadow:        {"#14171F1C", "#00000060"},
	ColorHover:         {"#14171F0A", "#FFFFFF0C"},

	ColorRouteAPI:   {"#0072B2", "#0072B2"},
	ColorRouteRent:  {"#E69F00", "#E69F00"},
	ColorRouteOwn:   {"#009E73", "#009E73"},
	ColorRouteMixed: {"#CC79A7", "#CC79A7"},

	ColorMemoryWeights: {"#3A4458", "#C3CAD8"},
	ColorMemoryCache:   {"#7B879D", "#8C96AA"},
	ColorMemoryCompute: {"#AFB8C8", "#5F687B"},
	ColorMemoryRuntime: {"#D6DCE6", "#3E4555"},
}

// RouteColor returns the colour role of a kind of route ("api", "rent", "own", "mixed"). It is paint for bars,
// lines and swatches, never for text. An unknown kind is grey.
func RouteColor(kind string) fyne.ThemeColorName {
	switch kind {
	case "api":
		return ColorRouteAPI
	case "rent":
		return ColorRouteRent
	case "own":
		return ColorRouteOwn
	case "mixed":
		return ColorRouteMixed
	}
	return ColorBarWeak
}

// lookUp returns the colour of one of our roles.
func lookUp(name fyne.ThemeColorName, dark bool) (color.NRGBA, bool) {
	t, ok := palette[name]
	if !ok {
		return color.NRGBA{}, false
	}
	if dark {
		return parseHex(t.dark), true
	}
	return parseHex(t.light), true
}

// parseHex reads #RRGGBB or #RRGGBBAA; the palette above is its only source.
func parseHex(s string) color.NRGBA {
	c := color.NRGBA{A: 255}
	for i, p := range []*uint8{&c.R, &c.G, &c.B, &c.A} {
		if 2*i+3 <= len(s) {
			*p = nibble(s[2*i+1])<<4 | nibble(s[2*i+2])
		}
	}
	return c
}

func nibble(b byte) uint8 {
	switch {
	case b >= 'a':
		return b - 'a' + 10
	case b >= 'A':
		return b - 'A' + 10
	}
	return b - '0'
}

// Faded returns a colour with its opacity multiplied by share.
func Faded(c color.Color, share float64) color.Color {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	n.A = uint8(float64(n.A)*share + 0.5)
	return n
}
