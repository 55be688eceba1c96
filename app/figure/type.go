package figure

import (
	"fmt"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"hostwise/assets/fonts"
)

// weight is one of the two weights in use.
type weight int

const (
	regular weight = iota
	semiBold
)

// glyph is an outline at one pixel an em, y downwards from the baseline.
type glyph struct {
	path    path
	advance float64
}

// face is a parsed font and the glyphs read so far. Reading is cheap but not free, and a window draws the
// same few hundred characters all day.
type face struct {
	mu      sync.Mutex
	font    *sfnt.Font
	buffer  sfnt.Buffer
	em      fixed.Int26_6
	glyphs  map[rune]*glyph // nil where the font lacks the character
	kerning map[[2]rune]float64
}

var faces = sync.OnceValue(func() [2]*face {
	return [2]*face{regular: parseFace(fonts.Regular), semiBold: parseFace(fonts.SemiBold)}
})

// parseFace reads an embedded font. A font that cannot be read is a fault of the program itself, found by
// the tests of package fonts.
func parseFace(data []byte) *face {
	parsed, err := sfnt.Parse(data)
	if err != nil {
		panic(fmt.Sprintf("figure: embedded font: %v", err))
	}
	return &face{
		font: parsed, em: fixed.Int26_6(parsed.UnitsPerEm()) << 6,
		glyphs: map[rune]*glyph{}, kerning: map[[2]rune]float64{},
	}
}

// missingGlyph is drawn for a character that the fonts lack.
const missingGlyph = '□'

// glyph returns the outline of a character, nil when the font has none.
func (f *face) glyph(r rune) *glyph {
	if g, ok := f.glyphs[r]; ok {
		return g
	}
	g := f.load(r)
	f.glyphs[r] = g
	return g
}

func (f *face) load(r rune) *glyph {
	index, err := f.font.GlyphIndex(&f.buffer, r)
	if err != nil || index == 0 {
		return nil
	}
	advance, err := f.font.GlyphAdvance(&f.buffer, index, f.em, font.HintingNone)
	if err != nil {
		return nil
	}
	segments, err := f.font.LoadGlyph(&f.buffer, index, f.em, nil)
	if err != nil {
		return nil
	}
	g := &glyph{advance: float64(advance) / float64(f.em)}
	at := func(p fixed.Point26_6) (x, y float64) {
		return float64(p.X) / float64(f.em), float64(p.Y) / float64(f.em)
	}
	for _, s := range segments {
		x, y := at(s.Args[0])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if !g.path.empty() {
				g.path.close()
			}
			g.path.move(x, y)
		case sfnt.SegmentOpLineTo:
			g.path.line(x, y)
		case sfnt.SegmentOpQuadTo:
			endX, endY := at(s.Args[1])
			g.path.quad(x, y, endX, endY)
		}
	}
	if !g.path.empty() {
		g.path.close()
	}
	return g
}

// kern returns how much closer two characters stand, in ems.
func (f *face) kern(a, b rune) float64 {
	pair := [2]rune{a, b}
	if k, ok := f.kerning[pair]; ok {
		return k
	}
	i, _ := f.font.GlyphIndex(&f.buffer, a)
	j, _ := f.font.GlyphIndex(&f.buffer, b)
	units, err := f.font.Kern(&f.buffer, i, j, f.em, font.HintingNone)
	k := 0.0
	if err == nil { // sfnt.ErrNotFound: no such pair
		k = float64(units) / float64(f.em)
	}
	f.kerning[pair] = k
	return k
}

// ends returns where each character of a line ends, in ems.
func (f *face) ends(text []rune) []float64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	out, at, before := make([]float64, len(text)), 0.0, rune(-1)
	for i, r := range text {
		if r, g := f.shown(r); g != nil {
			if before >= 0 {
				at += f.kern(before, r)
			}
			at += g.advance
			before = r
		}
		out[i] = at
	}
	return out
}

// shown is what is drawn for a character: itself, a space for a control, □ where the font lacks it, and nothing
// for joiners and direction marks, which have no picture.
func (f *face) shown(r rune) (rune, *glyph) {
	switch g := f.glyph(r); {
	case unicode.IsControl(r):
		return ' ', f.glyph(' ')
	case unicode.Is(unicode.Cf, r):
		return r, nil
	case g == nil:
		return missingGlyph, f.glyph(missingGlyph)
	default:
		return r, g
	}
}

// walk visits the glyphs of a line of text with their place along the line, in ems, and returns its length.
// Characters that the font lacks are visited as □ and named to missing.
func (f *face) walk(text string, visit func(g *glyph, at float64), missing func(rune)) float64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	at, before := 0.0, rune(-1)
	for _, r := range text {
		drawn, g := f.shown(r)
		if g == nil {
			continue
		}
		if drawn == missingGlyph && r != missingGlyph && missing != nil {
			missing(r)
		}
		r = drawn
		if before >= 0 {
			at += f.kern(before, r)
		}
		if visit != nil {
			visit(g, at)
		}
		at += g.advance
		before = r
	}
	return at
}

// textWidth returns the length of a line of text, in pixels.
func textWidth(text string, w weight, size float64) float64 {
	return faces()[w].walk(text, nil, nil) * size
}

// textPath returns the outlines of a line of text with its baseline beginning at (x, y).
func textPath(text string, w weight, size, x, y float64, missing func(rune)) *path {
	out := &path{}
	faces()[w].walk(text, func(g *glyph, at float64) {
		out.apart()
		out.verbs = append(out.verbs, g.path.verbs...)
		for _, p := range g.path.points {
			out.points = append(out.points, point{x + (at+p.x)*size, y + p.y*size})
		}
	}, missing)
	return out
}

// capHeight is the height of capitals and digits over the size of the text, for centring on a line.
const capHeight = 0.727

// fitText shortens a text with an ellipsis until it fits the width.
func fitText(text string, w weight, size, width float64) string {
	if textWidth(text, w, size) <= width+1e-6 { // a text fits the width that was measured for it
		return text
	}
	runes := []rune(text)
	low, high := 0, len(runes)
	for low < high {
		mid := (low + high + 1) / 2
		if textWidth(trimSpace(runes[:mid])+"…", w, size) <= width {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return trimSpace(runes[:low]) + "…"
}

func trimSpace(runes []rune) string {
	for len(runes) > 0 && unicode.IsSpace(runes[len(runes)-1]) {
		runes = runes[:len(runes)-1]
	}
	return string(runes)
}

// wrapText breaks a text into at most the given number of lines; the last one ends in an ellipsis when there
// is more.
func wrapText(text string, w weight, size, width float64, lines int) []string {
	var out []string
	rest := []rune(text)
	for len(rest) > 0 && len(out) < lines-1 {
		if textWidth(string(rest), w, size) <= width {
			break
		}
		cut := breakAt(rest, w, size, width)
		out = append(out, trimSpace(rest[:cut]))
		rest = rest[cut:]
		for len(rest) > 0 && unicode.IsSpace(rest[0]) {
			rest = rest[1:]
		}
	}
	if len(rest) > 0 {
		out = append(out, fitText(string(rest), w, size, width))
	}
	return out
}

// balance breaks a text into as few lines as fit, of about the same length.
func balance(text string, w weight, size, width float64, lines int) []string {
	best := wrapText(text, w, size, width, lines)
	if len(best) < 2 {
		return best
	}
	low, high := width*0.3, width
	for range 7 {
		mid := (low + high) / 2
		if try := wrapText(text, w, size, mid, len(best)); len(try) == len(best) && !strings.HasSuffix(try[len(try)-1], "…") {
			best, high = try, mid
		} else {
			low = mid
		}
	}
	return best
}

// breakAt returns how many characters go on the line: up to the last space that fits, or as many as fit when
// one word is longer than the line.
func breakAt(text []rune, w weight, size, width float64) int {
	cut, ends := 0, faces()[w].ends(text)
	for i := 1; i <= len(text); i++ {
		if ends[i-1]*size > width {
			if cut > 0 {
				return cut
			}
			return max(1, i-1)
		}
		if i < len(text) && unicode.IsSpace(text[i]) && !joined(text, i) {
			cut = i
		}
	}
	return len(text)
}

// joined reports whether the space at i binds a number to its unit or sign, which must not be torn apart.
func joined(text []rune, i int) bool {
	return i+1 < len(text) && (text[i+1] == '×' || text[i+1] == '%' || text[i-1] == '×' ||
		(unicode.IsDigit(text[i-1]) && i+2 <= len(text) && isUnit(text[i+1:])))
}

func isUnit(rest []rune) bool {
	end := 0
	for end < len(rest) && unicode.IsLetter(rest[end]) {
		end++
	}
	switch string(rest[:end]) {
	case "k", "M", "B", "GB", "TB", "GiB", "MB", "s", "ms":
		return true
	}
	return false
}
