package export

import (
	"fmt"
	"strconv"
	"strings"

	"hostwise/app/desktop/ui"
)

// The sides that a picture may have, in pixels: below nothing can be read, above memory runs out.
const (
	leastSide = 200
	mostSide  = 8192
)

// ownSize asks for a size that is typed.
const ownSize = "own"

var sizes = []ui.Choice{
	{ID: "1920x1080", Title: "1920 × 1080, a slide"},
	{ID: "3840x2160", Title: "3840 × 2160, a slide at 2×"},
	{ID: "1200x900", Title: "1200 × 900, a page"},
	{ID: "1080x1080", Title: "1080 × 1080, square"},
	{ID: ownSize, Title: "A size of my own"},
}

// transparent is the choice of theme that has no ground.
const transparent = "transparent"

var themes = []ui.Choice{
	{ID: "light", Title: "Light"}, {ID: "dark", Title: "Dark"}, {ID: transparent, Title: "Light, no ground"},
}

var formats = []ui.Choice{{ID: "png", Title: "PNG"}, {ID: "svg", Title: "SVG"}}

// readSize reads a width and a height in pixels with anything between them: "1600 × 900", "1600x900", "1600 900".
func readSize(text string) (width, height int, ok bool) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
	if len(parts) != 2 {
		return 0, 0, false
	}
	width, errW := strconv.Atoi(parts[0])
	height, errH := strconv.Atoi(parts[1])
	ok = errW == nil && errH == nil && min(width, height) >= leastSide && max(width, height) <= mostSide
	return width, height, ok
}

// look is how pictures are made, as it is remembered: "png 1920x1080 light".
type look struct{ format, size, theme string }

func (l look) String() string { return l.format + " " + l.size + " " + l.theme }

// readLook reads what was remembered; anything that no longer stands falls back to a slide in PNG on light.
func readLook(kept string) look {
	l := look{formats[0].ID, sizes[0].ID, themes[0].ID}
	parts := strings.Fields(kept)
	if len(parts) != 3 {
		return l
	}
	if _, _, ok := readSize(parts[1]); ok && among(formats, parts[0]) && among(themes, parts[2]) {
		l = look{parts[0], parts[1], parts[2]}
	}
	return l
}

func among(choices []ui.Choice, id string) bool {
	for _, c := range choices {
		if c.ID == id {
			return true
		}
	}
	return false
}

// picture is the look as a Writer takes it.
func (l look) picture() Picture {
	p := Picture{Format: l.format, Theme: l.theme}
	if p.Theme == transparent {
		p.Theme, p.Transparent = "light", true
	}
	p.Width, p.Height, _ = readSize(l.size) // a look holds only sizes that were read before
	return p
}

// words are the size as it is typed.
func (l look) words() string {
	w, h, _ := readSize(l.size)
	return fmt.Sprintf("%d × %d", w, h)
}
