package desktop

import (
	"fmt"
	"image"
	"image/color"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hostwise/app/desktop/ui"
	"hostwise/app/desktop/ui/uitest"
)

// named is what a control says of itself, "" where it says nothing.
func named(f fyne.Focusable) string {
	if a, ok := f.(fyne.Accessible); ok {
		return strings.TrimSpace(a.AccessibilityLabel())
	}
	return ""
}

// foreign reports whether a control is Fyne's own, which names itself nowhere.
func foreign(f fyne.Focusable) bool {
	return list(f) || strings.HasPrefix(fmt.Sprintf("%T", f), "*widget.")
}

// list reports whether a control is one of Fyne's lists, whose rows are walked by the arrows and name themselves.
func list(f fyne.Focusable) bool {
	_, ok := f.(interface{ RefreshItem(widget.ListItemID) })
	return ok
}

// back reports whether a step of Tab goes against reading: up, and not into a column further right. What lies in
// another scroll may stand anywhere.
func back(a, b uitest.Stop) bool {
	return a.Scroll == b.Scroll && b.At.Y+b.Size.Height <= a.At.Y && b.At.X < a.At.X+a.Size.Width
}

// Tab comes to everything that can be used, once, in the order of reading; and whatever has the focus can be told from
// what has not, and says in words what it is.
func TestTabComesToEverythingAsItIsRead(t *testing.T) {
	w := open(t, saved(t))
	everywhere(t, w, func(place string) {
		want := uitest.Stops(w.win)
		if len(want) == 0 {
			t.Errorf("%s: nothing can be reached", place)
			return
		}
		c := w.win.Canvas()
		c.Unfocus()
		reached := map[fyne.Focusable]bool{}
		for range want {
			c.FocusNext()
			reached[c.Focused()] = true
		}
		for i, s := range want {
			if !reached[s.Of] {
				t.Errorf("%s: Tab does not come to %T %q", place, s.Of, named(s.Of))
			}
			if named(s.Of) == "" && !foreign(s.Of) {
				t.Errorf("%s: %T at %v has no words for a screen reader", place, s.Of, s.At)
			}
			if i > 0 && back(want[i-1], s) {
				t.Errorf("%s: after %q at %v Tab goes back up to %q at %v", place, named(want[i-1].Of), want[i-1].At, named(s.Of), s.At)
			}
		}
		c.Unfocus()
	})
}

// Every picture has words: its finding, said to a screen reader, and its numbers as a table that can be copied.
func TestEveryPictureHasATextTwin(t *testing.T) {
	w := open(t, saved(t))
	pictures := 0
	everywhere(t, w, func(place string) {
		for _, v := range uitest.Pictures(w.win) {
			if v.Picture() == nil {
				continue // nothing is drawn, and a note says why
			}
			pictures++
			if words := v.AccessibilityLabel(); len(strings.Fields(words)) < 4 {
				t.Errorf("%s: a picture says of itself only %q", place, words)
			}
		}
	})
	if pictures < 10 {
		t.Errorf("only %d pictures were seen", pictures)
	}
}

// The focus can be seen: a control with it is painted otherwise than without, by its ring in the accent.
func TestTheFocusCanBeSeen(t *testing.T) {
	w := open(t, saved(t))
	seen := map[string]bool{}
	everywhere(t, w, func(place string) {
		c := w.win.Canvas()
		for _, s := range uitest.Stops(w.win) {
			kind := fmt.Sprintf("%T", s.Of)
			if seen[kind] || foreign(s.Of) && !list(s.Of) {
				continue
			}
			seen[kind] = true
			c.Unfocus()
			before := accents(c.Capture())
			c.Focus(s.Of)
			if after := accents(c.Capture()); after < before+40 {
				t.Errorf("%s: %s %q has the focus, and %d pixels of the accent are %d", place, kind, named(s.Of), before, after)
			}
		}
		c.Unfocus()
	})
	if len(seen) < 8 {
		t.Errorf("only %d kinds of control were seen", len(seen))
	}
}

// accents counts the pixels of the accent's colour.
func accents(img image.Image) (n int) {
	want := color.NRGBAModel.Convert(ui.Color(ui.ColorAccent))
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if color.NRGBAModel.Convert(img.At(x, y)) == want {
				n++
			}
		}
	}
	return n
}
