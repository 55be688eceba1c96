package ui

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"hostwise/app/figure"
)

func window(t *testing.T, content fyne.CanvasObject) fyne.Window {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(&Theme{Mode: "light"})
	w := test.NewTempWindow(t, content)
	w.Resize(fyne.NewSize(600, 400))
	return w
}

// contrast is the ratio of WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
func contrast(a, b color.NRGBA) float64 {
	light := func(c color.NRGBA) float64 {
		channel := func(v uint8) float64 {
			s := float64(v) / 255
			if s <= 0.04045 {
				return s / 12.92
			}
			return math.Pow((s+0.055)/1.055, 2.4)
		}
		return 0.2126*channel(c.R) + 0.7152*channel(c.G) + 0.0722*channel(c.B)
	}
	x, y := light(a)+0.05, light(b)+0.05
	return max(x, y) / min(x, y)
}

func TestTextCanBeReadOnItsGround(t *testing.T) {
	pairs := []struct {
		ink, ground fyne.ThemeColorName
	}{
		{ColorInk, ColorPage}, {ColorInk2, ColorPage}, {ColorInk3, ColorPage}, {ColorInk3, ColorPanel}, {ColorInk3, ColorChip}, {ColorInk3, ColorAccentGround}, {ColorInk3, ColorRail}, {ColorInk2, ColorRail},
		{ColorInk2, ColorChip}, {ColorInk2, ColorAccentGround}, {ColorAccent, ColorPage}, {ColorAccent, ColorAccentGround},
		{ColorOnAccent, ColorAccent}, {ColorWarning, ColorWarningGround}, {ColorWarning, ColorRail}, {ColorOnFloat, ColorFloat},
		{ColorPage, ColorInk2},
	}
	for _, dark := range []bool{false, true} {
		for _, p := range pairs {
			ink, ok1 := lookUp(p.ink, dark)
			ground, ok2 := lookUp(p.ground, dark)
			if !ok1 || !ok2 {
				t.Fatalf("%s or %s has no colour", p.ink, p.ground)
			}
			if got := contrast(ink, ground); got < 4.5 {
				t.Errorf("dark %v: %s on %s is %.2f:1, less than 4.5:1", dark, p.ink, p.ground, got)
			}
		}
	}
}

// The ring around what has the focus, the edges and marks of controls, and the routes' paints or their edges keep 3:1
// against every ground that they stand on: WCAG 2.2, success criteria 1.4.11 and 2.4.13.
func TestMarksCanBeSeenOnTheirGround(t *testing.T) {
	grounds := []fyne.ThemeColorName{ColorPage, ColorPanel, ColorRail, ColorChip, ColorAccentGround, ColorWarningGround}
	for _, dark := range []bool{false, true} {
		for _, g := range grounds {
			ground, _ := lookUp(g, dark)
			ring, _ := lookUp(ColorAccent, dark)
			if got := contrast(ring, ground); got < 3 {
				t.Errorf("dark %v: the focus ring on %s is %.2f:1", dark, g, got)
			}
		}
		for _, p := range []struct{ mark, ground fyne.ThemeColorName }{
			{ColorControlEdge, ColorPage}, {ColorControlEdge, ColorPanel}, {ColorControlEdge, ColorRail},
			{ColorBarStrong, ColorPage}, {ColorWarning, ColorPage}, {ColorWarning, ColorWarningGround},
			{ColorInk3, ColorPage},
		} {
			mark, _ := lookUp(p.mark, dark)
			ground, _ := lookUp(p.ground, dark)
			if got := contrast(mark, ground); got < 3 {
				t.Errorf("dark %v: %s on %s is %.2f:1", dark, p.mark, p.ground, got)
			}
		}
		look := figure.Light
		if dark {
			look = figure.Dark
		}
		page, _ := lookUp(ColorPage, dark)
		for kind, c := range map[string]figure.RouteColor{"api": look.API, "rent": look.Rent, "own": look.Own, "mixed": look.Mixed} {
			if got := max(contrast(c.Paint, page), contrast(c.Edge, page)); got < 3 {
				t.Errorf("dark %v: neither the paint of %s nor its edge reaches 3:1 (%.2f)", dark, kind, got)
			}
		}
	}
}

func TestEveryRoleHasAColourInBothThemes(t *testing.T) {
	for name := range palette {
		for _, dark := range []bool{false, true} {
			if c, ok := lookUp(name, dark); !ok || c.A == 0 {
				t.Errorf("dark %v: %s is %v", dark, name, c)
			}
		}
	}
}

func TestTheThemeFollowsTheSystemUnlessToldOtherwise(t *testing.T) {
	for _, c := range []struct {
		mode   string
		system fyne.ThemeVariant
		dark   bool
	}{
		{"", theme.VariantLight, false}, {"", theme.VariantDark, true}, {"light", theme.VariantDark, false}, {"dark", theme.VariantLight, true},
	} {
		th := &Theme{Mode: c.mode}
		if got := th.Dark(c.system); got != c.dark {
			t.Errorf("mode %q, system %v: dark is %v", c.mode, c.system, got)
		}
		want, _ := lookUp(ColorPage, c.dark)
		if got := th.Color(theme.ColorNameBackground, c.system); got != color.Color(want) {
			t.Errorf("mode %q, system %v: the ground is %v", c.mode, c.system, got)
		}
	}
}

func TestTextSizeKeepsToItsLimits(t *testing.T) {
	for scale, want := range map[int]float32{0: 13, 100: 13, 150: 19.5, 200: 26, 900: 26, 10: 13} {
		if got := (&Theme{Scale: scale}).Size(theme.SizeNameText); got != want {
			t.Errorf("at %d %% the text is %v, want %v", scale, got, want)
		}
	}
}

func TestEveryIconIsDrawn(t *testing.T) {
	window(t, NewText(Body, ""))
	for g := range strokes {
		if strokes[g] == "" && filled[g] == "" {
			t.Errorf("icon %s has nothing to draw", g)
		}
		i := NewIcon(g, ColorInk)
		i.Resize(fyne.NewSize(16, 16))
		img := test.NewWindow(i)
		picture := img.Canvas().Capture()
		img.Close()
		if blank(picture) {
			t.Errorf("icon %s draws nothing", g)
		}
	}
}

func blank(img image.Image) bool {
	b := img.Bounds()
	first := img.At(b.Min.X, b.Min.Y)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if img.At(x, y) != first {
				return false
			}
		}
	}
	return true
}

func TestWrappedTextKeepsEveryWord(t *testing.T) {
	window(t, NewText(Body, ""))
	words := "A server costs the same busy or idle, until it is full and you need a second one."
	text := NewSpans(Body, Span{Text: words[:19]}, Span{Text: words[19:], Strong: true}).Wrapped()
	for _, width := range []float32{60, 90, 200, 2000} {
		var back []string
		for _, line := range text.breakAt(width) {
			var s string
			var w float32
			for _, r := range line {
				s += r.span.Text
				w += r.width
			}
			if w > width+1 && strings.Contains(strings.TrimSpace(s), " ") {
				t.Errorf("at %v a line of several words is %v wide: %q", width, w, s)
			}
			back = append(back, strings.TrimSpace(s))
		}
		if got := strings.Join(back, " "); got != words {
			t.Errorf("at %v: %q", width, got)
		}
	}
	if text.HeightAt(90) <= text.HeightAt(2000) {
		t.Error("narrow text is not higher")
	}
}

func TestAWordWiderThanTheLineIsCutUp(t *testing.T) {
	window(t, NewText(Body, ""))
	path := "providers/amazon-bedrock/models/us.deepseek.r1-v1-0.toml"
	text := NewText(Body, "see "+path+" there").Wrapped()
	var back string
	for _, line := range text.breakAt(120) {
		var w float32
		for _, r := range line {
			w += r.width
			back += r.span.Text
		}
		if w > 121 {
			t.Errorf("a line is %v wide", w)
		}
	}
	if !strings.Contains(back, path) {
		t.Errorf("the path came back as %q", back)
	}
}

func TestANewlineBreaks(t *testing.T) {
	window(t, NewText(Body, ""))
	if n := len(NewText(Body, "a\nb\n\nc").Wrapped().breakAt(1000)); n != 4 {
		t.Errorf("%d lines, want 4", n)
	}
}

func TestCutTextFitsAndSaysSo(t *testing.T) {
	window(t, NewText(Body, ""))
	text := NewText(Body, "a rather long name of a case").Cut()
	text.Resize(fyne.NewSize(80, 20))
	line := text.lines()[0]
	if got := line[len(line)-1].span.Text; !strings.HasSuffix(got, "…") {
		t.Errorf("it ends in %q", got)
	}
	var w float32
	for _, r := range line {
		w += r.width
	}
	if w > 80 {
		t.Errorf("it is %v wide", w)
	}
}

func TestAColumnIsAsHighAsItsWrappedText(t *testing.T) {
	window(t, NewText(Body, ""))
	text := NewText(Body, strings.Repeat("word ", 60)).Wrapped()
	c := Column(10, text, NewText(Body, "below"))
	c.Resize(fyne.NewSize(200, 1000))
	below := c.Objects[1]
	if want := text.HeightAt(200) + 10; below.Position().Y != want {
		t.Errorf("what is below stands at %v, want %v", below.Position().Y, want)
	}
	if got := HeightAt(Pad(5, 7, c), 214); got != HeightAt(c, 200)+10 {
		t.Errorf("padding: %v", got)
	}
}

func TestARowGivesWhatIsLeftToWhatGrows(t *testing.T) {
	window(t, NewText(Body, ""))
	left, right := NewText(Body, "left"), NewText(Body, "right")
	grow := Grow(NewText(Body, "x").Cut())
	r := Row(8, left, grow, right)
	r.Resize(fyne.NewSize(300, 20))
	if end := right.Position().X + right.Size().Width; math.Abs(float64(end-300)) > 0.5 {
		t.Errorf("the row ends at %v", end)
	}
	if got, want := grow.Size().Width, 300-16-left.MinSize().Width-right.MinSize().Width; math.Abs(float64(got-want)) > 0.5 {
		t.Errorf("what grows is %v wide, want %v", got, want)
	}
}

func TestWrapBreaksWhereTheWidthEnds(t *testing.T) {
	window(t, NewText(Body, ""))
	var chips []fyne.CanvasObject
	for i := range 8 {
		chips = append(chips, NewChip(fmt.Sprint("chip number ", i), "", nil))
	}
	w := Wrap(8, 8, chips...)
	if one, many := HeightAt(w, 5000), HeightAt(w, 220); many <= one {
		t.Errorf("%v high in a line, %v in a narrow column", one, many)
	}
	w.Resize(fyne.NewSize(220, 400))
	for _, c := range chips {
		if end := c.Position().X + c.Size().Width; end > 221 {
			t.Errorf("a chip ends at %v", end)
		}
	}
}

func TestAButtonAnswersToMouseAndKeys(t *testing.T) {
	n := 0
	b := NewButton(Main, "Go", func() { n++ })
	w := window(t, b)
	test.Tap(b)
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != fyne.Focusable(b) {
		t.Fatal("Tab does not reach the button")
	}
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if n != 3 {
		t.Errorf("pressed %d times, want 3", n)
	}
	b.Disable()
	test.Tap(b)
	if n != 3 {
		t.Error("a disabled button was pressed")
	}
}

func TestFocusShowsARing(t *testing.T) {
	b := NewButton(Outline, "Go", nil)
	w := window(t, b)
	before := w.Canvas().Capture()
	w.Canvas().Focus(b)
	after := w.Canvas().Capture()
	want := color.RGBAModel.Convert(Color(ColorAccent))
	if count(before, want) != 0 || count(after, want) < 40 {
		t.Errorf("accent pixels: %d before, %d after", count(before, want), count(after, want))
	}
}

func count(img image.Image, c color.Color) int {
	n := 0
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if color.RGBAModel.Convert(img.At(x, y)) == c {
				n++
			}
		}
	}
	return n
}

func TestAnUnusedKeyReachesTheWindow(t *testing.T) {
	b := NewButton(Outline, "Go", nil)
	w := window(t, b)
	var got fyne.KeyName
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { got = e.Name })
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF1})
	if got != fyne.KeyF1 {
		t.Errorf("the window got %q", got)
	}
}

func TestAFieldKeepsWhatIsBeingTyped(t *testing.T) {
	var heard []string
	f := NewField("calls", func(s string) { heard = append(heard, s) })
	w := window(t, f)
	w.Canvas().Focus(f.Focusable())
	test.Type(f.Entry(), "12x")
	f.SetText("999") // the program's value must not run over the person's
	f.SetProblem("That is not a number.")
	if f.Text() != "12x" {
		t.Errorf("the field holds %q", f.Text())
	}
	left := false
	f.OnLeave = func() { left = true }
	w.Canvas().Unfocus()
	if f.Text() != "12x" || !left {
		t.Errorf("after leaving: %q, told %v", f.Text(), left)
	}
	n := len(heard)
	f.SetText("999")
	if f.Text() != "999" || len(heard) != n {
		t.Errorf("the program's value: %q, and the person was blamed for it %d times", f.Text(), len(heard)-n)
	}
}

func TestTypingIsUndoneInsideTheField(t *testing.T) {
	f := NewField("", nil)
	w := window(t, f)
	f.Replace("start")
	w.Canvas().Focus(f.Focusable())
	if f.Entry().UndoTyping() {
		t.Error("there was nothing typed to undo")
	}
	test.Type(f.Entry(), "ab")
	if !f.Entry().UndoTyping() {
		t.Fatal("typing was not undone")
	}
	if strings.Contains(f.Text(), "ab") {
		t.Errorf("after undo the field holds %q", f.Text())
	}
	if !f.Entry().RedoTyping() || !strings.Contains(f.Text(), "ab") {
		t.Errorf("after redo the field holds %q", f.Text())
	}
}

func TestBadgesSayTheirWord(t *testing.T) {
	window(t, NewText(Body, ""))
	for evidence := range badgeLooks {
		if evidence == "age" || evidence == "tag" {
			continue
		}
		if got := NewBadge(evidence).Words(); got != evidence {
			t.Errorf("%s says %q", evidence, got)
		}
	}
	if got := NewAgeBadge(94).Words(); got != "94 days" {
		t.Errorf("an age says %q", got)
	}
	if got := NewAgeBadge(1).Words(); got != "1 day" {
		t.Errorf("an age says %q", got)
	}
}

func TestEvidenceIsToldByShapeToo(t *testing.T) {
	w := window(t, NewText(Body, ""))
	pictures := map[string]image.Image{}
	for _, evidence := range []string{"confirmed", "likely", "speculation", "false", "measured", "yours"} {
		b := newBadge(evidence, "same words") // the word is taken out of the comparison
		w.SetContent(Row(0, b))
		pictures[evidence] = w.Canvas().Capture()
	}
	for a, x := range pictures {
		for b, y := range pictures {
			if a < b && equal(x, y) {
				t.Errorf("%s looks like %s", a, b)
			}
		}
	}
}

func equal(a, b image.Image) bool {
	if a.Bounds() != b.Bounds() {
		return false
	}
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				return false
			}
		}
	}
	return true
}

func TestARangeMarkStandsWhereItsValuesAre(t *testing.T) {
	m := NewRangeMark("own", 10, 100, 1000, 1, 10000)
	m.Log = true
	for v, want := range map[float64]float32{1: 0, 10: 0.25, 100: 0.5, 1000: 0.75, 10000: 1, 1e9: 1, 0: 0} {
		if got := m.at(v); math.Abs(float64(got-want)) > 1e-6 {
			t.Errorf("log: %v stands at %v, want %v", v, got, want)
		}
	}
	m.Log = false
	if got := m.at(2500.75); math.Abs(float64(got)-0.25) > 1e-4 {
		t.Errorf("linear: %v", got)
	}
}

func TestChoicesByArrows(t *testing.T) {
	var picked []string
	l := NewChoiceList([]Choice{{ID: "a", Title: "A"}, {ID: "b", Title: "B"}, {ID: "c", Title: "C", Problem: "no room"}}, "a",
		func(id string) { picked = append(picked, id) })
	w := window(t, l)
	w.Canvas().Focus(l.rows[0])
	for range 3 {
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	if strings.Join(picked, "") != "bc" || l.Chosen() != "c" {
		t.Errorf("picked %v, chosen %q", picked, l.Chosen())
	}
}

func TestTabsTellOnlyOfChanges(t *testing.T) {
	var told []string
	tabs := NewTabs([]Tab{{ID: "a", Title: "A"}, {ID: "b", Title: "B", Count: "46"}}, func(id string) { told = append(told, id) })
	window(t, tabs)
	test.Tap(tabs.buttons[0])
	test.Tap(tabs.buttons[1])
	tabs.Select("a")
	if strings.Join(told, "") != "b" || tabs.Current() != "a" {
		t.Errorf("told %v, current %q", told, tabs.Current())
	}
}

// slowRunner keeps work until the test lets it run.
type slowRunner struct{ waiting []func() }

func (s *slowRunner) runner() Runner {
	return Runner{Go: func(f func()) { s.waiting = append(s.waiting, f) }, Do: func(f func()) { f() }}
}

func (s *slowRunner) next() {
	f := s.waiting[0]
	s.waiting = s.waiting[1:]
	f()
}

func TestAFigureIsDrawnToThePixelsThereAreAndTheLatestWins(t *testing.T) {
	var slow slowRunner
	var sizes []image.Point
	v := NewFigureView(fyne.NewSize(100, 60), slow.runner(), func(_ context.Context, w, h int, _ float32) (image.Image, error) {
		sizes = append(sizes, image.Pt(w, h))
		return image.NewRGBA(image.Rect(0, 0, w, h)), nil
	})
	window(t, v)
	v.Resize(fyne.NewSize(200, 100))
	v.Resize(fyne.NewSize(300, 150))
	v.Resize(fyne.NewSize(400, 200))
	if len(slow.waiting) != 1 {
		t.Fatalf("%d drawings are under way", len(slow.waiting))
	}
	slow.next()
	if v.Picture() != nil {
		t.Error("a picture of the wrong size is shown")
	}
	slow.next()
	if len(slow.waiting) != 0 {
		t.Errorf("%d more drawings were asked for", len(slow.waiting))
	}
	if got := v.Picture().Bounds().Size(); got != image.Pt(400, 200) || len(sizes) != 2 {
		t.Errorf("shown %v after %v", got, sizes)
	}
}

func TestAFigureIsDrawnAnewForAnotherTheme(t *testing.T) {
	n := 0
	v := NewFigureView(fyne.NewSize(100, 60), Inline, func(_ context.Context, w, h int, _ float32) (image.Image, error) {
		n++
		return image.NewRGBA(image.Rect(0, 0, w, h)), nil
	})
	window(t, v)
	v.Resize(fyne.NewSize(200, 100))
	before := n
	fyne.CurrentApp().Settings().SetTheme(&Theme{Mode: "dark"})
	v.Refresh()
	if n != before+1 {
		t.Errorf("drawn %d times for the dark theme", n-before)
	}
}

func TestAFigureThatCannotBeDrawnSaysSo(t *testing.T) {
	v := NewFigureView(fyne.NewSize(100, 60), Inline, func(context.Context, int, int, float32) (image.Image, error) {
		return nil, errors.New("no data")
	})
	window(t, v)
	v.Resize(fyne.NewSize(200, 100))
	if !v.note.Visible() || v.note.Words() != "This figure cannot be drawn." {
		t.Errorf("it says %q", v.note.Words())
	}
}

func TestACrosshairReadsTheFigure(t *testing.T) {
	v := NewFigureView(fyne.NewSize(100, 60), Inline, func(_ context.Context, w, h int, _ float32) (image.Image, error) {
		return image.NewRGBA(image.Rect(0, 0, w, h)), nil
	})
	v.SetProbe(func(x, _ float64) (Reading, bool) {
		return Reading{X: x, Lines: []string{fmt.Sprintf("at %.2f", x)}}, x > 0.1
	})
	window(t, v)
	v.Resize(fyne.NewSize(400, 100))
	v.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(100, 50)}})
	if !v.reading.Visible() || v.reading.Words() != "at 0.25" || v.hair.Position().X != 100 {
		t.Errorf("it reads %q at %v", v.reading.Words(), v.hair.Position())
	}
	v.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(4, 50)}})
	if v.reading.Visible() {
		t.Error("it still reads where there is nothing to read")
	}
}

func TestADialogClosesOnEscapeAndGivesTheKeysBack(t *testing.T) {
	w := window(t, NewText(Body, "below"))
	var got fyne.KeyName
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { got = e.Name })
	Confirm(w.Canvas(), "Sure?", "It cannot be taken back.", "Do it", func() { t.Error("done without consent") })
	if w.Canvas().Overlays().Top() == nil {
		t.Fatal("no dialog")
	}
	w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if w.Canvas().Overlays().Top() != nil || got != "" {
		t.Errorf("after Escape: %v, the window got %q", w.Canvas().Overlays().Top(), got)
	}
	w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyF1})
	if got != fyne.KeyF1 {
		t.Error("the window's keys are gone")
	}
}
