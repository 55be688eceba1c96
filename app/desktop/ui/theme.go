package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Theme is the window's theme: our colours, type scale and spacing over Fyne's own parts.
type Theme struct {
	Mode  string // "light", "dark", or "" to follow the system
	Scale int    // size of the text in per cent, 100 to 200
	Fonts Fonts
}

// Fonts are the faces of the window; a nil face falls back to Fyne's own.
type Fonts struct{ Regular, SemiBold, Mono fyne.Resource }

var _ fyne.Theme = (*Theme)(nil)

// Dark reports whether the theme is dark when the system has this variant.
func (t *Theme) Dark(system fyne.ThemeVariant) bool {
	switch t.Mode {
	case "light":
		return false
	case "dark":
		return true
	}
	return system == theme.VariantDark
}

// Color returns our colours by role, and gives Fyne's own names the nearest role.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	dark := t.Dark(variant)
	if c, ok := lookUp(name, dark); ok {
		return c
	}
	if role, ok := fyneRoles[name]; ok {
		c, _ := lookUp(role, dark)
		return c
	}
	switch name {
	case theme.ColorNameSelection:
		c, _ := lookUp(ColorAccent, dark)
		return Faded(c, 0.2)
	case theme.ColorNameScrollBar:
		c, _ := lookUp(ColorBarWeak, dark)
		return c
	case theme.ColorNameScrollBarBackground:
		return color.Transparent
	}
	if dark {
		return theme.DefaultTheme().Color(name, theme.VariantDark)
	}
	return theme.DefaultTheme().Color(name, theme.VariantLight)
}

// fyneRoles gives the colours that Fyne's own parts ask for one of our roles.
var fyneRoles = map[fyne.ThemeColorName]fyne.ThemeColorName{
	theme.ColorNameBackground:          ColorPage,
	theme.ColorNameForeground:          ColorInk,
	theme.ColorNamePrimary:             ColorAccent,
	theme.ColorNameForegroundOnPrimary: ColorOnAccent,
	theme.ColorNameFocus:               ColorAccentGround,
	theme.ColorNameHyperlink:           ColorAccent,
	theme.ColorNameButton:              ColorChip,
	theme.ColorNameDisabledButton:      ColorChip,
	theme.ColorNameDisabled:            ColorInk3,
	theme.ColorNamePlaceHolder:         ColorInk3,
	theme.ColorNameError:               ColorWarning,
	theme.ColorNameWarning:             ColorWarning,
	theme.ColorNameSuccess:             ColorInk,
	theme.ColorNameHover:               ColorHover,
	theme.ColorNamePressed:             ColorHover,
	theme.ColorNameInputBackground:     ColorPage,
	theme.ColorNameInputBorder:         ColorControlBorder,
	theme.ColorNameMenuBackground:      ColorPanel,
	theme.ColorNameOverlayBackground:   ColorPage,
	theme.ColorNameHeaderBackground:    ColorPanel,
	theme.ColorNameSeparator:           ColorHairline,
	theme.ColorNameShadow:              ColorShadow,
}

// Font returns our faces: regular, semi-bold for bold, and one monospace.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	var face fyne.Resource
	switch {
	case style.Symbol:
	case style.Monospace:
		face = t.Fonts.Mono
	case style.Bold:
		face = t.Fonts.SemiBold
	default:
		face = t.Fonts.Regular
	}
	if face == nil {
		return theme.DefaultTheme().Font(style)
	}
	return face
}

// Icon returns Fyne's own icons; ours are drawn by Icon widgets.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(name) }

// Size returns the measures of Fyne's own parts: our type scale and a 4-pixel grid.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	k := float32(t.scale()) / 100
	switch name {
	case sizeScale:
		return k
	case theme.SizeNameText:
		return 13 * k
	case theme.SizeNameCaptionText:
		return 11 * k
	case theme.SizeNameHeadingText:
		return 26 * k
	case theme.SizeNameSubHeadingText:
		return 17 * k
	case theme.SizeNameInlineIcon:
		return 16 * k
	case theme.SizeNamePadding:
		return 4
	case theme.SizeNameInnerPadding:
		return 6
	case theme.SizeNameLineSpacing:
		return 4 * k
	case theme.SizeNameScrollBar:
		return 8
	case theme.SizeNameScrollBarSmall:
		return 4
	case theme.SizeNameScrollBarRadius:
		return 4
	case theme.SizeNameInputRadius, theme.SizeNameSelectionRadius:
		return 6
	case theme.SizeNameInputBorder, theme.SizeNameSeparatorThickness:
		return 1
	}
	return theme.DefaultTheme().Size(name)
}

func (t *Theme) scale() int {
	if t.Scale == 0 {
		return 100
	}
	return min(max(t.Scale, 100), 200)
}

// sizeScale is the factor on every size of text.
const sizeScale fyne.ThemeSizeName = "hostwise-scale"

// current returns the theme in use, or nil where the app runs with another one.
func current() *Theme {
	app := fyne.CurrentApp()
	if app == nil {
		return nil
	}
	t, _ := app.Settings().Theme().(*Theme)
	return t
}

// IsDark reports whether the window is dark now.
func IsDark() bool {
	t := current()
	return t != nil && t.Dark(fyne.CurrentApp().Settings().ThemeVariant())
}

// Color returns the colour that a role has now.
func Color(name fyne.ThemeColorName) color.Color {
	if c, ok := lookUp(name, IsDark()); ok {
		return c
	}
	return theme.Color(name)
}

// Scale returns the factor on text now: 1 to 2.
func Scale() float32 {
	if t := current(); t != nil {
		return float32(t.scale()) / 100
	}
	return 1
}

// Scaled returns a measure that grows with the text, such as the height of a row.
func Scaled(units float32) float32 { return units * Scale() }
