package fonts

import (
	"strings"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// needed are the characters that the product writes beyond ASCII.
const needed = "−≤≥≠≈×÷±→←↑↓·—–…’‘“”□✓¢€£¥°éüßłőŞΩωЖя"

func TestFacesHaveTabularDigitsAndNeededCharacters(t *testing.T) {
	for name, data := range map[string][]byte{"Regular": Regular, "SemiBold": SemiBold, "Mono": Mono} {
		face, err := sfnt.Parse(data)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var buf sfnt.Buffer
		advance := func(r rune) fixed.Int26_6 {
			index, err := face.GlyphIndex(&buf, r)
			if err != nil || index == 0 {
				t.Fatalf("%s has no glyph for %q (%v)", name, r, err)
			}
			if _, err := face.LoadGlyph(&buf, index, 1000<<6, nil); err != nil {
				t.Fatalf("%s: outline of %q: %v", name, r, err)
			}
			width, err := face.GlyphAdvance(&buf, index, 1000<<6, font.HintingNone)
			if err != nil {
				t.Fatalf("%s: advance of %q: %v", name, r, err)
			}
			return width
		}
		for _, digit := range "123456789" {
			if advance(digit) != advance('0') {
				t.Errorf("%s: %c is not as wide as 0", name, digit)
			}
		}
		for _, r := range needed {
			advance(r)
		}
		if len(data) > 400<<10 {
			t.Errorf("%s is %d bytes, more than 400 KiB", name, len(data))
		}
	}
}

func TestLicencesAreTheOpenFontLicense(t *testing.T) {
	for _, text := range []string{SansLicence, MonoLicence} {
		if !strings.Contains(text, "SIL OPEN FONT LICENSE Version 1.1") {
			t.Error("a font lacks its licence text")
		}
		if strings.Contains(text, "with Reserved Font Name ") {
			t.Error("a Reserved Font Name appeared: check the family names")
		}
	}
}
