package report

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"hostwise/assets/fonts"
)

// oneLine makes any text fit to stand in a document: one line, no control characters, nothing that turns the
// direction of what follows, and only characters that XML 1.0 allows (W3C XML 1.0, production 2, Char).
func oneLine(s string) string { return strings.TrimSpace(legible(s)) }

// legible is oneLine with the spaces at both ends kept.
func legible(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\r', r == '\t', r == '\u2028', r == '\u2029':
			return ' '
		case turnsText(r):
			return -1
		case r < 0x20, r >= 0x7F && r < 0xA0, r == 0xFFFE, r == 0xFFFF:
			return '\uFFFD'
		}
		return r
	}, s)
}

// turnsText reports whether a character overrides the direction of the text after it.
func turnsText(r rune) bool { return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 }

// rightToLeft reports whether a text reads from right to left: its first letter decides.
func rightToLeft(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) {
			return unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko)
		}
	}
	return false
}

// cut shortens a text to so many characters, with an ellipsis.
func cut(s string, most int) string {
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	return strings.TrimSpace(string(runes[:most-1])) + "…"
}

// upperFirst writes the first letter large.
func upperFirst(s string) string {
	for i, r := range s {
		return string(unicode.ToUpper(r)) + s[i+len(string(r)):]
	}
	return s
}

// ruler measures text in the product's typeface, to find out where it breaks.
type ruler struct {
	mu     sync.Mutex
	font   *sfnt.Font
	buffer sfnt.Buffer
	widths map[rune]float64 // of one em; below zero where the font lacks the character
}

var rulers = sync.OnceValue(func() [2]*ruler {
	return [2]*ruler{newRuler(fonts.Regular), newRuler(fonts.SemiBold)}
})

// newRuler reads an embedded font; that it can be read is what the tests of package fonts show.
func newRuler(data []byte) *ruler {
	parsed, err := sfnt.Parse(data)
	if err != nil {
		panic("report: embedded font: " + err.Error())
	}
	return &ruler{font: parsed, widths: map[rune]float64{}}
}

func rulerFor(bold bool) *ruler {
	if bold {
		return rulers()[1]
	}
	return rulers()[0]
}

// advance returns the width of a character in ems, and whether the font has it.
func (r *ruler) advance(c rune) (float64, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if w, ok := r.widths[c]; ok {
		return max(w, -w), w >= 0
	}
	const em = 1024
	width := -1.0 // what stands in for a missing character is about one em wide
	if i, err := r.font.GlyphIndex(&r.buffer, c); err == nil && i != 0 {
		if a, err := r.font.GlyphAdvance(&r.buffer, i, fixed.I(em), 0); err == nil {
			width = float64(a) / 64 / em
		}
	}
	r.widths[c] = width
	return max(width, -width), width >= 0
}

// drawable replaces what the font has no picture for by □, one for each character.
func (r *ruler) drawable(s string) string {
	return strings.Map(func(c rune) rune {
		if _, ok := r.advance(c); !ok {
			if unicode.In(c, unicode.Mn, unicode.Cf) {
				return -1
			}
			return '□'
		}
		return c
	}, s)
}

// width returns how wide a text is at a size, in the unit of the size.
func (r *ruler) width(s string, size float64) float64 {
	sum := 0.0
	for _, c := range s {
		w, _ := r.advance(c)
		sum += w
	}
	return sum * size
}

// wrap breaks a text into the lines that it takes in a width. A word that is wider than a line is broken.
func (r *ruler) wrap(s string, size, width float64) []string {
	var out []string
	line, used, space := "", 0.0, r.width(" ", size)
	end := func() { out, line, used = append(out, line), "", 0 }
	for _, word := range strings.Fields(s) {
		w := r.width(word, size)
		if line != "" && used+space+w > width {
			end()
		}
		if line != "" {
			line, used = line+" ", used+space
		}
		for w > width && len([]rune(word)) > 1 {
			head := r.head(word, size, width-used)
			line += word[:head]
			end()
			word = word[head:]
			w = r.width(word, size)
		}
		line, used = line+word, used+w
	}
	if line != "" || len(out) == 0 {
		end()
	}
	return out
}

// head returns how many bytes of a word fit a width, one character at least.
func (r *ruler) head(word string, size, width float64) int {
	used := 0.0
	for i, c := range word {
		w, _ := r.advance(c)
		if used += w * size; used > width && i > 0 {
			return i
		}
	}
	return len(word)
}

// lines returns how many lines a text takes in a width.
func (r *ruler) lines(s string, size, width float64) int { return len(r.wrap(s, size, width)) }

// fit shortens a text, at words where that is possible, until it takes at most so many lines in a width.
func (r *ruler) fit(s string, size, width float64, most int) string {
	if r.lines(s, size, width) <= most {
		return s
	}
	runes := []rune(s)
	low, high := 0, len(runes)
	for low < high {
		mid := (low + high + 1) / 2
		if r.lines(string(runes[:mid])+"…", size, width) <= most {
			low = mid
		} else {
			high = mid - 1
		}
	}
	short := strings.TrimSpace(string(runes[:low]))
	if at := strings.LastIndexByte(short, ' '); at > len(short)*3/4 {
		short = short[:at]
	}
	return strings.TrimRight(short, " ,;:") + "…"
}
