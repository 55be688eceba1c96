package ui

import (
	"fmt"
	"image/color"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Glyph names one of our icons: strokes on a 16 by 16 field.
type Glyph string

// The icons of the window.
const (
	IconGuide     Glyph = "guide"
	IconResults   Glyph = "results"
	IconCompare   Glyph = "compare"
	IconLibrary   Glyph = "library"
	IconFacts     Glyph = "facts"
	IconHelp      Glyph = "help"
	IconSettings  Glyph = "settings"
	IconPencil    Glyph = "pencil"
	IconUndo      Glyph = "undo"
	IconRedo      Glyph = "redo"
	IconExport    Glyph = "export"
	IconImport    Glyph = "import"
	IconPlus      Glyph = "plus"
	IconMinus     Glyph = "minus"
	IconSearch    Glyph = "search"
	IconCopy      Glyph = "copy"
	IconDuplicate Glyph = "duplicate"
	IconFormula   Glyph = "formula"
	IconClose     Glyph = "close"
	IconLeft      Glyph = "left"
	IconRight     Glyph = "right"
	IconDown      Glyph = "down"
	IconUp        Glyph = "up"
	IconArrow     Glyph = "arrow"
	IconCheck     Glyph = "check"
	IconClock     Glyph = "clock"
	IconSwap      Glyph = "swap"
	IconTrash     Glyph = "trash"
	IconWarning   Glyph = "warning"
	IconLock      Glyph = "lock"
	IconSort      Glyph = "sort"
	IconRestore   Glyph = "restore"
	IconMore      Glyph = "more"
	IconDot       Glyph = "dot"
	IconFolder    Glyph = "folder"
	IconTriangle  Glyph = "triangle"
)

// strokes holds each icon as SVG path data; what must be filled is in filled.
var strokes = map[Glyph]string{
	IconGuide:     "M2.5 4h7M2.5 8h9M2.5 12h11M13 2.5v5M11 4.5l2-2 2 2",
	IconResults:   "M3 13.5V8.5M8 13.5V2.5M13 13.5V6M1.5 13.5h13",
	IconCompare:   "M2.5 2.5h4v11h-4zM9.5 2.5h4v11h-4zM2.5 6.5h4M9.5 9.5h4",
	IconLibrary:   "M2 2.5h12v11h-12zM2 6h12M2 9.8h12",
	IconFacts:     "M8 4C6.5 3 4.5 2.7 2 2.8v9.7c2.500-.1 4.500.2 6 1.200 1.500-1 3.500-1.300 6-1.200V2.800C11.500 2.700 9.500 3 8 4zM8 4v9.700",
	IconHelp:      "M8 1.800a6.200 6.200 0 1 0 0 12.400a6.200 6.200 0 1 0 0-12.400M6.200 6.300c0-1 .8-1.800 1.800-1.800s1.800.7 1.800 1.700c0 1.300-1.800 1.400-1.800 2.800M8 11.200v.3",
	IconSettings:  "M8 5.700a2.300 2.300 0 1 0 0 4.600a2.300 2.300 0 1 0 0-4.600M8 1.500v2M8 12.500v2M1.500 8h2M12.500 8h2M3.400 3.400l1.400 1.400M11.200 11.200l1.400 1.400M12.600 3.400l-1.400 1.400M4.800 11.200l-1.400 1.400",
	IconPencil:    "M2.500 13.500l.7-3L10.800 2.900l2.300 2.300L5.500 12.800zM9.300 4.400l2.300 2.300",
	IconUndo:      "M5.500 3L2.500 6l3 3M2.500 6h7a4 4 0 0 1 0 8H6",
	IconRedo:      "M10.500 3l3 3l-3 3M13.500 6h-7a4 4 0 0 0 0 8H10",
	IconExport:    "M8 10V2M5 4.800L8 2l3 2.800M2.500 9.500v4h11v-4",
	IconImport:    "M8 2v8M5 7.200L8 10l3-2.800M2.500 9.500v4h11v-4",
	IconPlus:      "M8 3v10M3 8h10",
	IconMinus:     "M3 8h10",
	IconSearch:    "M7 2.500a4.500 4.500 0 1 0 0 9a4.500 4.500 0 1 0 0-9M10.300 10.300l3.500 3.500",
	IconCopy:      "M5.500 5.500h8v8h-8zM3.500 10.500h-1v-8h8v1",
	IconDuplicate: "M5.500 5.500h8v8h-8zM3.500 10.500h-1v-8h8v1M9.500 7.500v4M7.500 9.500h4",
	IconFormula:   "M2.500 13c1.500.5 2-.5 2.400-2l1.500-6c.4-1.600 1.200-2.400 2.600-2M3.800 6.800h4.200M9 8.500l4.500 5M13.500 8.500l-4.500 5",
	IconClose:     "M4 4l8 8M12 4l-8 8",
	IconLeft:      "M9.500 4L5.500 8l4 4",
	IconRight:     "M6.500 4l4 4l-4 4",
	IconDown:      "M4.500 6.500L8 10l3.500-3.500",
	IconUp:        "M4.500 9.500L8 6l3.500 3.500",
	IconArrow:     "M2.500 8h11M10 4.500L13.500 8L10 11.500",
	IconCheck:     "M3.500 8.500l3 3l6-7",
	IconClock:     "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12M8 4.800V8l2.200 1.500",
	IconSwap:      "M2.500 5.500h11M11 3l2.500 2.500M13.500 10.500h-11M5 13l-2.500-2.500",
	IconTrash:     "M2.500 4.500h11M6 4.500v-2h4v2M4 4.500l.6 9h6.800l.6-9M6.700 7v4.200M9.300 7v4.200",
	IconWarning:   "M8 2.300L14.500 13.500h-13zM8 6.500v3.500M8 11.600v.2",
	IconLock:      "M3.500 7.500h9v6.500h-9zM5.500 7.500V5.300a2.500 2.500 0 0 1 5 0v2.200",
	IconSort:      "M4 2.500v11M2 11.500l2 2l2-2M8 4h6M8 8h4.500M8 12h3",
	IconRestore:   "M3 3v3.500h3.500M3.300 6.300A5.200 5.200 0 1 1 2.800 9",
	IconMore:      "",
	IconDot:       "",
	IconTriangle:  "",
	IconFolder:    "M1.800 4v9h12.400V5.300H7.500L6 3.500H1.800z",
}

var filled = map[Glyph]string{
	IconMore:     "M2 8a1.300 1.300 0 1 0 2.600 0a1.300 1.300 0 1 0-2.600 0M6.700 8a1.300 1.300 0 1 0 2.600 0a1.300 1.300 0 1 0-2.600 0M11.400 8a1.300 1.300 0 1 0 2.600 0a1.300 1.300 0 1 0-2.600 0",
	IconTriangle: "M8 3.500L14 13H2z",
	IconDot:      "M4.500 8a3.500 3.500 0 1 0 7 0a3.500 3.500 0 1 0-7 0",
}

var drawn struct {
	sync.Mutex
	resources map[string]fyne.Resource
}

// glyph returns the icon in a colour. The colour is written into the picture, so any role can be used.
func glyph(g Glyph, c color.Color) fyne.Resource {
	hex := hexOf(c)
	return cached(string(g)+hex, func() string {
		return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">`+
			`<path d="%s" fill="none" stroke="%s" stroke-width="1.3" stroke-linecap="round" stroke-linejoin="round"/>`+
			`<path d="%s" fill="%s"/></svg>`, orNothing(strokes[g]), hex, orNothing(filled[g]), hex)
	})
}

func orNothing(path string) string {
	if path == "" {
		return "M0 0"
	}
	return path
}

// cached returns the SVG picture of this name, made once.
func cached(name string, svg func() string) fyne.Resource {
	drawn.Lock()
	defer drawn.Unlock()
	if r, ok := drawn.resources[name]; ok {
		return r
	}
	if drawn.resources == nil {
		drawn.resources = map[string]fyne.Resource{}
	}
	r := fyne.NewStaticResource(name+".svg", []byte(svg()))
	drawn.resources[name] = r
	return r
}

func hexOf(c color.Color) string {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	return fmt.Sprintf("#%02X%02X%02X", n.R, n.G, n.B)
}

// Icon is one of our icons at the size of the text beside it.
type Icon struct {
	widget.BaseWidget
	glyph Glyph
	color fyne.ThemeColorName
	size  float32
}

// NewIcon returns an icon in a colour role, 16 units wide at 100 %.
func NewIcon(g Glyph, c fyne.ThemeColorName) *Icon { return NewSizedIcon(g, c, 16) }

// NewSizedIcon returns an icon of another width.
func NewSizedIcon(g Glyph, c fyne.ThemeColorName, size float32) *Icon {
	i := &Icon{glyph: g, color: c, size: size}
	i.ExtendBaseWidget(i)
	return i
}

// Set changes the icon and its colour.
func (i *Icon) Set(g Glyph, c fyne.ThemeColorName) {
	if i.glyph == g && i.color == c {
		return
	}
	i.glyph, i.color = g, c
	i.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (i *Icon) CreateRenderer() fyne.WidgetRenderer {
	img := canvas.NewImageFromResource(glyph(i.glyph, Color(i.color)))
	img.FillMode = canvas.ImageFillContain
	return &iconRenderer{newPainter(&painter{
		objects: []fyne.CanvasObject{img},
		min:     func() fyne.Size { return fyne.NewSquareSize(Scaled(i.size)) },
		layout:  func(s fyne.Size) { place(img, 0, 0, s.Width, s.Height) },
		refresh: func() {
			if now := glyph(i.glyph, Color(i.color)); now != img.Resource {
				img.Resource = now
				img.Refresh()
			}
		},
	})}
}

// iconRenderer reads an icon's strokes again only where they changed: that costs more than all else in a row.
type iconRenderer struct{ *painter }

// Refresh implements fyne.WidgetRenderer.
func (r *iconRenderer) Refresh() { r.refresh() }
