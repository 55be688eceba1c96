// Package uitest drives pages in tests as a person does: it reads what is visible, and presses and types by
// the words on the screen.
package uitest

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"hostwise/app/desktop/ui"
)

// Show puts content into a window of a size under our theme.
func Show(t testing.TB, content fyne.CanvasObject, width, height float32) fyne.Window {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(&ui.Theme{Mode: "light"})
	w := test.NewTempWindow(t, content)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	return w
}

// walk visits what is visible, from the outside in; visit returns false to stay out of an object.
func walk(o fyne.CanvasObject, visit func(fyne.CanvasObject) bool) {
	if o == nil || !o.Visible() || !visit(o) {
		return
	}
	switch x := o.(type) {
	case *fyne.Container:
		for _, child := range x.Objects {
			walk(child, visit)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(x).Objects() {
			walk(child, visit)
		}
	}
}

// Texts returns every visible text in the order of the tree.
func Texts(o fyne.CanvasObject) []string {
	var out []string
	walk(o, func(x fyne.CanvasObject) bool {
		switch v := x.(type) {
		case *ui.Text:
			if w := v.Words(); w != "" {
				out = append(out, w)
			}
			return false
		case *canvas.Text:
			if v.Text != "" {
				out = append(out, v.Text)
			}
		}
		return true
	})
	return out
}

// All returns the visible texts as one string, one a line.
func All(o fyne.CanvasObject) string { return strings.Join(Texts(o), "\n") }

// Screen is everything a person sees: the window's content and what lies over it.
func Screen(w fyne.Window) string {
	text := All(w.Content())
	if top := w.Canvas().Overlays().Top(); top != nil {
		text += "\n" + All(top)
	}
	return text
}

// Sees fails unless each of the words is visible.
func Sees(t testing.TB, w fyne.Window, words ...string) {
	t.Helper()
	screen := Screen(w)
	for _, x := range words {
		if !strings.Contains(screen, x) {
			t.Errorf("%q is not on the screen, which says:\n%s", x, screen)
		}
	}
}

// SeesNot fails if any of the words is visible.
func SeesNot(t testing.TB, w fyne.Window, words ...string) {
	t.Helper()
	screen := Screen(w)
	for _, x := range words {
		if strings.Contains(screen, x) {
			t.Errorf("%q is on the screen, which says:\n%s", x, screen)
		}
	}
}

// roots are what a person can reach: an overlay covers the rest.
func roots(w fyne.Window) fyne.CanvasObject {
	if top := w.Canvas().Overlays().Top(); top != nil {
		return top
	}
	return w.Content()
}

// Press presses the innermost thing that bears exactly these words, on it or as its name.
func Press(t testing.TB, w fyne.Window, words string) {
	t.Helper()
	found := pressable(roots(w), words)
	if found == nil {
		t.Fatalf("nothing to press says %q; the screen says:\n%s", words, Screen(w))
	}
	test.Tap(found)
}

// CanPress reports whether something in use bears these words.
func CanPress(w fyne.Window, words string) bool {
	found := pressable(roots(w), words)
	d, ok := found.(interface{ Disabled() bool })
	return found != nil && (!ok || !d.Disabled())
}

func pressable(root fyne.CanvasObject, words string) fyne.Tappable {
	var named, holds fyne.Tappable
	walk(root, func(o fyne.CanvasObject) bool {
		p, ok := o.(fyne.Tappable)
		if !ok {
			return true
		}
		if named == nil && bears(o, words) {
			named = p
		}
		if slices.Contains(Texts(o), words) {
			holds = p // the walk goes inwards: the last one found is the innermost
		}
		return true
	})
	if named != nil {
		return named
	}
	return holds
}

// bears reports whether a thing that can be pressed has these words on it, or says exactly these of itself.
func bears(o fyne.CanvasObject, words string) bool {
	if x, ok := o.(interface{ Words() string }); ok && x.Words() == words {
		return true
	}
	x, ok := o.(interface{ AccessibilityLabel() string })
	return ok && x.AccessibilityLabel() == words
}

// Type types into the field with this placeholder, after emptying it, and leaves the focus there.
func Type(t testing.TB, w fyne.Window, placeholder, text string) {
	t.Helper()
	f := field(roots(w), placeholder)
	if f == nil {
		t.Fatalf("no field says %q; the screen says:\n%s", placeholder, Screen(w))
	}
	w.Canvas().Focus(f.Focusable())
	f.Replace("")
	test.Type(f.Entry(), text)
}

func field(root fyne.CanvasObject, placeholder string) *ui.Field {
	var found *ui.Field
	walk(root, func(o fyne.CanvasObject) bool {
		if f, ok := o.(*ui.Field); ok && f.Entry().PlaceHolder == placeholder {
			found = f
		}
		return true
	})
	return found
}

// Fields returns the visible fields in reading order.
func Fields(w fyne.Window) []*ui.Field {
	var out []*ui.Field
	walk(roots(w), func(o fyne.CanvasObject) bool {
		if f, ok := o.(*ui.Field); ok {
			out = append(out, f)
		}
		return true
	})
	return out
}

// Switches returns the visible switches in reading order.
func Switches(w fyne.Window) []*ui.Switch {
	var out []*ui.Switch
	walk(roots(w), func(o fyne.CanvasObject) bool {
		if s, ok := o.(*ui.Switch); ok {
			out = append(out, s)
		}
		return true
	})
	return out
}

// CheckBoxes returns the visible check boxes in reading order.
func CheckBoxes(w fyne.Window) []*ui.CheckBox {
	var out []*ui.CheckBox
	walk(roots(w), func(o fyne.CanvasObject) bool {
		if c, ok := o.(*ui.CheckBox); ok {
			out = append(out, c)
		}
		return true
	})
	return out
}

// Pick chooses from the menu that is open.
func Pick(t testing.TB, w fyne.Window, words string) {
	t.Helper()
	top := w.Canvas().Overlays().Top()
	if top == nil {
		t.Fatalf("no menu is open; the screen says:\n%s", Screen(w))
	}
	found := pressable(top, words)
	if found == nil {
		t.Fatalf("the menu has no %q:\n%s", words, Screen(w))
	}
	test.Tap(found)
}

// Tabs presses Tab n times and returns what has the focus then.
func Tabs(w fyne.Window, n int) fyne.Focusable {
	for range n {
		w.Canvas().FocusNext()
	}
	return w.Canvas().Focused()
}

// Key types a key into what has the focus, or into the window where nothing has.
func Key(w fyne.Window, name fyne.KeyName) {
	e := &fyne.KeyEvent{Name: name}
	if f := w.Canvas().Focused(); f != nil {
		f.TypedKey(e)
		return
	}
	if typed := w.Canvas().OnTypedKey(); typed != nil {
		typed(e)
	}
}
