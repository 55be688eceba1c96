package ui

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// tall is a window with forty buttons, each in a row that can be pressed, of which a few are in view.
func tall(t *testing.T) (fyne.Window, *container.Scroll) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(&Theme{Mode: "light"})
	column := Column(8)
	for i := range 40 {
		column.Add(NewPressable(Row(8, NewText(Body, "row"), NewButton(Outline, fmt.Sprint(i), func() {})), nil))
	}
	scroll := Scroll(column)
	w := test.NewTempWindow(t, container.NewStack(scroll))
	w.Resize(fyne.NewSize(400, 300))
	return w, scroll
}

func TestTabBringsWhatItReachesIntoView(t *testing.T) {
	w, scroll := tall(t)
	d := fyne.CurrentApp().Driver()
	seen := func() bool {
		o := w.Canvas().Focused().(fyne.CanvasObject)
		top := d.AbsolutePositionForObject(o).Y - d.AbsolutePositionForObject(scroll).Y
		return top >= 0 && top+o.Size().Height <= scroll.Size().Height
	}
	for n := range 80 { // each row and its button
		w.Canvas().FocusNext()
		if !seen() {
			t.Fatalf("the focus is out of sight after %d times Tab", n+1)
		}
	}
	if scroll.Offset.Y == 0 {
		t.Error("nothing scrolled")
	}
	for n := range 79 {
		w.Canvas().FocusPrevious()
		if !seen() {
			t.Fatalf("the focus is out of sight after %d times Shift+Tab", n+1)
		}
	}
	rows := scroll.Content.(*fyne.Container).Objects[0].(*fyne.Container).Objects
	w.Canvas().Focus(rows[0].(fyne.Focusable))
	if scroll.Offset.Y != 0 {
		t.Errorf("with the focus on the first row the view begins at %v", scroll.Offset.Y)
	}
}

func TestKeysScrollWithinTheEnds(t *testing.T) {
	_, scroll := tall(t)
	end := scroll.Content.MinSize().Height - scroll.Size().Height
	for _, c := range []struct {
		key  fyne.KeyName
		used bool
		want float32
	}{
		{fyne.KeyUp, true, 0}, {fyne.KeyDown, true, 40}, {fyne.KeyPageDown, true, scroll.Size().Height},
		{fyne.KeyEnd, true, end}, {fyne.KeyDown, true, end}, {fyne.KeyHome, true, 0}, {fyne.KeyA, false, 0},
	} {
		if used := ScrollByKey(scroll, c.key); used != c.used || scroll.Offset.Y != c.want {
			t.Errorf("%s: used %v, view begins at %v; want %v, %v", c.key, used, scroll.Offset.Y, c.used, c.want)
		}
	}
	if ScrollByKey(nil, fyne.KeyDown) {
		t.Error("nothing to scroll, yet the key was used")
	}
}

func TestADialogScrollsWhereTheWindowIsTooLow(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(&Theme{Mode: "light", Scale: 200})
	w := test.NewTempWindow(t, container.NewStack())
	w.Resize(fyne.NewSize(960, 640))
	column := Column(8)
	for range 60 {
		column.Add(NewText(Body, "a line"))
	}
	button := NewButton(Main, "Close", func() {})
	d := ShowDialog(w.Canvas(), 400, "Long", column, func(*Dialog) []fyne.CanvasObject { return []fyne.CanvasObject{button} })
	foot := app.Driver().AbsolutePositionForObject(button).Y + button.Size().Height
	if foot > w.Canvas().Size().Height {
		t.Errorf("the button ends at %v in a window of %v", foot, w.Canvas().Size().Height)
	}
	w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEnd})
	if d.scroll.Offset.Y == 0 {
		t.Error("End does not scroll the dialog")
	}
	w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if w.Canvas().Overlays().Top() != nil {
		t.Error("Escape does not close it")
	}
}
