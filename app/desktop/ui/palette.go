package ui

import (
	"image/color"

	"fyne.io/fyne/v2"

	"hostwise/app/figure"
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
	ColorControlEdge   fyne.ThemeColorName = "hostwise-control-edge" // of what is known by its edge alone: fields, boxes, switches
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

// palette takes each role from the one table of colours, which figures are drawn with too.
var palette = map[fyne.ThemeColorName]func(*figure.Theme) color.NRGBA{
	ColorPage:          func(t *figure.Theme) color.NRGBA { return t.Page },
	ColorRail:          func(t *figure.Theme) color.NRGBA { return t.Rail },
	ColorPanel:         func(t *figure.Theme) color.NRGBA { return t.Side },
	ColorInk:           func(t *figure.Theme) color.NRGBA { return t.Ink },
	ColorInk2:          func(t *figure.Theme) color.NRGBA { return t.Ink2 },
	ColorInk3:          ink3,
	ColorAccent:        func(t *figure.Theme) color.NRGBA { return t.Accent },
	ColorAccentGround:  func(t *figure.Theme) color.NRGBA { return t.AccentGround },
	ColorOnAccent:      func(t *figure.Theme) color.NRGBA { return t.OnAccent },
	ColorHairline:      func(t *figure.Theme) color.NRGBA { return t.Hairline },
	ColorControlBorder: func(t *figure.Theme) color.NRGBA { return t.Border },
	ColorChip:          func(t *figure.Theme) color.NRGBA { return t.Chip },
	ColorGrid:          func(t *figure.Theme) color.NRGBA { return t.Grid },
	ColorWarning:       func(t *figure.Theme) color.NRGBA { return t.Warning },
	ColorWarningGround: func(t *figure.Theme) color.NRGBA { return t.WarningGround },
	ColorBarWeak:       func(t *figure.Theme) color.NRGBA { return t.Neutral },
	ColorBarStrong:     func(t *figure.Theme) color.NRGBA { return t.NeutralStrong },

	ColorRouteAPI:   func(t *figure.Theme) color.NRGBA { return t.API.Paint },
	ColorRouteRent:  func(t *figure.Theme) color.NRGBA { return t.Rent.Paint },
	ColorRouteOwn:   func(t *figure.Theme) color.NRGBA { return t.Own.Paint },
	ColorRouteMixed: func(t *figure.Theme) color.NRGBA { return t.Mixed.Paint },

	ColorMemoryWeights: func(t *figure.Theme) color.NRGBA { return t.Weights },
	ColorMemoryCache:   func(t *figure.Theme) color.NRGBA { return t.Cache },
	ColorMemoryCompute: func(t *figure.Theme) color.NRGBA { return t.Compute },
	ColorMemoryRuntime: func(t *figure.Theme) color.NRGBA { return t.Runtime },

	ColorControlEdge: own(color.NRGBA{0x83, 0x8B, 0x9C, 0xFF}, color.NRGBA{0x6E, 0x76, 0x88, 0xFF}),

	// What only a window has: what floats, its shadow, and the tint under the pointer.
	ColorFloat:   own(color.NRGBA{0x14, 0x17, 0x1F, 0xFF}, color.NRGBA{0x2A, 0x2F, 0x3B, 0xFF}),
	ColorOnFloat: own(color.NRGBA{0xFF, 0xFF, 0xFF, 0xFF}, color.NRGBA{0xEC, 0xEE, 0xF2, 0xFF}),
	ColorShadow:  own(color.NRGBA{0x14, 0x17, 0x1F, 0x1C}, color.NRGBA{0x00, 0x00, 0x00, 0x60}),
	ColorHover:   own(color.NRGBA{0x14, 0x17, 0x1F, 0x0A}, color.NRGBA{0xFF, 0xFF, 0xFF, 0x0C}),
}

// ink3 is the figures' faintest ink, a shade darker on light: a window has it on chips and on chosen rows too, where the
// figures' own would fall below 4.5:1.
func ink3(t *figure.Theme) color.NRGBA {
	if t.Dark {
		return t.Ink3
	}
	return color.NRGBA{0x64, 0x6C, 0x7D, 0xFF}
}

// own is a colour of the window's own in both themes.
func own(light, dark color.NRGBA) func(*figure.Theme) color.NRGBA {
	return func(t *figure.Theme) color.NRGBA {
		if t.Dark {
			return dark
		}
		return light
	}
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

// routeEdge returns the edge that a route's paint needs against the ground, nil where the paint is strong enough.
func routeEdge(kind string) color.Color {
	t := &figure.Light
	if IsDark() {
		t = &figure.Dark
	}
	for k, c := range map[string]figure.RouteColor{"api": t.API, "rent": t.Rent, "own": t.Own, "mixed": t.Mixed} {
		if k == kind && c.Edge != c.Paint {
			return c.Edge
		}
	}
	return nil
}

// lookUp returns the colour of one of our roles.
func lookUp(name fyne.ThemeColorName, dark bool) (color.NRGBA, bool) {
	of, ok := palette[name]
	if !ok {
		return color.NRGBA{}, false
	}
	if dark {
		return of(&figure.Dark), true
	}
	return of(&figure.Light), true
}

// Faded returns a colour with its opacity multiplied by share.
func Faded(c color.Color, share float64) color.Color {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	n.A = uint8(float64(n.A)*share + 0.5)
	return n
}
