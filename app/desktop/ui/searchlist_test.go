package ui

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// shelfOf opens a search over n numbered rows, of which some cannot be taken, in a window of this size.
func shelfOf(t *testing.T, n int, size fyne.Size, whyNot map[int]string) (w fyne.Window, l *SearchList, took *[]string) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(&Theme{Mode: "light"})
	w = test.NewTempWindow(t, NewText(Body, "page"))
	w.Resize(size)
	took = &[]string{}
	ShowSearch(w.Canvas(), Search{Title: "Choose", Placeholder: "a name", Empty: "Nothing has that name", Width: 400,
		Find: func(list *SearchList, typed string) {
			l = list
			var rows []SearchRow
			for i := range n {
				title := fmt.Sprintf("Row %d", i)
				if BeginsAll(WordsOf(title), WordsOf(typed)) {
					rows = append(rows, SearchRow{Title: title, Detail: "more of it", Tag: "thing", WhyNot: whyNot[i],
						Take: func() { *took = append(*took, title) }})
				}
			}
			list.Offer(rows, n == 100)
		}})
	return w, l, took
}

var roomy = fyne.NewSize(1000, 900)

func press(w fyne.Window, names ...fyne.KeyName) {
	for _, n := range names {
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: n})
	}
}

func TestASearchMovesTakesAndLeavesByKeys(t *testing.T) {
	for _, c := range []struct {
		keys []fyne.KeyName
		want string
	}{
		{nil, "Row 0"},
		{[]fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyUp}, "Row 1"},
		{[]fyne.KeyName{fyne.KeyUp}, "Row 0"},
		{[]fyne.KeyName{fyne.KeyEnd, fyne.KeyDown}, "Row 29"},
		{[]fyne.KeyName{fyne.KeyEnd, fyne.KeyHome}, "Row 0"},
		{[]fyne.KeyName{fyne.KeyPageDown}, "Row 9"},
		{[]fyne.KeyName{fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyDown}, "Row 10"},
	} {
		w, _, took := shelfOf(t, 30, roomy, nil)
		press(w, c.keys...)
		press(w, fyne.KeyReturn)
		if got := strings.Join(*took, ","); got != c.want || w.Canvas().Overlays().Top() != nil {
			t.Errorf("%v and Enter take %q, want %s and the search gone", c.keys, got, c.want)
		}
	}
	w, _, took := shelfOf(t, 30, roomy, nil)
	press(w, fyne.KeyEscape)
	if len(*took) != 0 || w.Canvas().Overlays().Top() != nil {
		t.Errorf("Escape takes %v", *took)
	}
}

func TestARowIsTakenOnce(t *testing.T) {
	_, l, took := shelfOf(t, 3, roomy, nil)
	test.Tap(l.lines[2])
	l.field.OnSubmit()
	test.Tap(l.lines[1])
	l.Offer(nil, false) // an answer that comes too late
	if got := strings.Join(*took, ","); got != "Row 2" {
		t.Errorf("taken: %s", got)
	}
}

func TestARowThatCannotBeTakenSaysWhyAndStays(t *testing.T) {
	w, l, took := shelfOf(t, 3, roomy, map[int]string{0: "is there already", 1: "is there too"})
	if l.at != 2 {
		t.Errorf("row %d is marked, want the first that can be taken", l.at)
	}
	if got := l.lines[0].AccessibilityLabel(); got != "Row 0, thing: is there already" {
		t.Errorf("the row says of itself %q", got)
	}
	test.Tap(l.lines[0])
	press(w, fyne.KeyUp, fyne.KeyReturn)
	if len(*took) != 0 || w.Canvas().Overlays().Top() == nil {
		t.Errorf("taken: %v", *took)
	}
	press(w, fyne.KeyDown, fyne.KeyReturn)
	if got := strings.Join(*took, ","); got != "Row 2" {
		t.Errorf("taken: %s", got)
	}
}

func TestASearchIsAsHighAsItsRowsAndItsFieldStays(t *testing.T) {
	w, l, _ := shelfOf(t, 5, roomy, nil)
	d := fyne.CurrentApp().Driver()
	line := l.lines[0].MinSize().Height
	if got, want := l.scroll.Size().Height, 5*line+4*2; got != want {
		t.Errorf("five rows of %v stand in %v, want %v", line, got, want)
	}
	before := d.AbsolutePositionForObject(l.field)
	test.Type(l.field.Entry(), "3")
	if got := l.scroll.Size().Height; got != line {
		t.Errorf("one row of %v stands in %v", line, got)
	}
	if after := d.AbsolutePositionForObject(l.field); after != before {
		t.Errorf("typing moves the field from %v to %v", before, after)
	}
	test.Type(l.field.Entry(), "x")
	if len(l.lines) != 0 || l.rows.Objects[0].MinSize().Height < 10 {
		t.Error("nothing is said where nothing is found")
	}
	press(w, fyne.KeyDown, fyne.KeyReturn) // with nothing to move to or take
	if w.Canvas().Overlays().Top() == nil {
		t.Error("Enter on nothing ends the search")
	}
}

// TestALongSearchScrollsWithinItsWindow walks to the end at both sizes of text in a low window.
func TestALongSearchScrollsWithinItsWindow(t *testing.T) {
	for _, scale := range []int{100, 200} {
		test.NewTempApp(t).Settings().SetTheme(&Theme{Mode: "light", Scale: scale})
		w := test.NewTempWindow(t, NewText(Body, "page"))
		w.Resize(fyne.NewSize(960, 640))
		var l *SearchList
		ShowSearch(w.Canvas(), Search{Title: "Choose", Placeholder: "a name", Empty: "Nothing", Width: 400,
			Find: func(list *SearchList, _ string) {
				l = list
				rows := make([]SearchRow, 40)
				for i := range rows {
					rows[i] = SearchRow{Title: fmt.Sprintf("Row %d", i), Detail: "more of it", Take: func() {}}
				}
				list.Offer(rows, true)
			}})
		d := fyne.CurrentApp().Driver()
		top := d.AbsolutePositionForObject(l).Y
		foot := top + l.Size().Height
		if foot > 640 || !l.foot.Visible() {
			t.Errorf("at %d %% the list reaches %v of 640, and says that there is more: %v", scale, foot, l.foot.Visible())
		}
		for range 50 {
			press(w, fyne.KeyDown)
			y := d.AbsolutePositionForObject(l.lines[l.at]).Y
			if low, high := d.AbsolutePositionForObject(l.scroll).Y, d.AbsolutePositionForObject(l.scroll).Y+l.scroll.Size().Height; y < low-0.5 || y+l.lines[l.at].Size().Height > high+0.5 {
				t.Fatalf("at %d %% row %d stands at %v, in view are %v to %v", scale, l.at, y, low, high)
			}
		}
		if l.at != 39 {
			t.Errorf("the mark stands on row %d", l.at)
		}
	}
}

func TestNoSearchOpensOverADialog(t *testing.T) {
	w, l, _ := shelfOf(t, 3, roomy, nil)
	asked := false
	ShowSearch(w.Canvas(), Search{Find: func(*SearchList, string) { asked = true }})
	if asked || len(w.Canvas().Overlays().List()) != 1 || l.over {
		t.Error("a second search opened over the first")
	}
}
