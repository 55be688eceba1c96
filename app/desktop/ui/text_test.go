package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"
)

// letters is what a text draws: each piece with its look and place.
type letters struct {
	words string
	size  float32
	style fyne.TextStyle
	ink   [4]uint32
	at    fyne.Position
}

func drawnLetters(t *Text) []letters {
	var out []letters
	for _, o := range test.WidgetRenderer(t).Objects() {
		x := o.(*canvas.Text)
		r, g, b, a := x.Color.RGBA()
		out = append(out, letters{x.Text, x.TextSize, x.TextStyle, [4]uint32{r, g, b, a}, x.Position()})
	}
	return out
}

// A text remembers how it was set. Whatever is changed on it, in whatever order, it draws what a new text draws.
func TestAChangedTextDrawsWhatANewOneDraws(t *testing.T) {
	app := test.NewTempApp(t)
	rapid.Check(t, func(t *rapid.T) {
		app.Settings().SetTheme(&Theme{Mode: "light"})
		build := []func() *Text{
			func() *Text { return NewText(Body, "first words of all") },
			func() *Text { return NewText(Body, "first words of all").Wrapped() },
			func() *Text { return NewText(Body, "first words of all").Cut() },
		}[rapid.IntRange(0, 2).Draw(t, "kind")]
		old := build()
		test.WidgetRenderer(old)
		var changes []func(*Text)
		change := func(f func(*Text)) {
			changes = append(changes, f)
			f(old)
		}
		change(func(x *Text) { x.Resize(fyne.NewSize(120, 40)) })
		for range rapid.IntRange(1, 8).Draw(t, "changes") {
			switch rapid.IntRange(0, 6).Draw(t, "change") {
			case 0:
				words := rapid.SampledFrom([]string{"", "one", "two words", "a sentence of more words than fit a narrow line"}).Draw(t, "words")
				change(func(x *Text) { x.SetText(words) })
			case 1:
				width, height := rapid.Float32Range(10, 300).Draw(t, "width"), rapid.Float32Range(10, 90).Draw(t, "height")
				change(func(x *Text) { x.Resize(fyne.NewSize(width, height)) })
			case 2:
				ink := rapid.SampledFrom([]fyne.ThemeColorName{ColorInk, ColorInk3, ColorAccent}).Draw(t, "ink")
				change(func(x *Text) { x.SetColor(ink) })
			case 3:
				style := rapid.SampledFrom([]Style{Body, Caption, PanelTitle}).Draw(t, "style")
				change(func(x *Text) { x.SetStyle(style) })
			case 4:
				right := rapid.Bool().Draw(t, "right")
				change(func(x *Text) { x.SetAlign(right) })
			case 5:
				look := &Theme{Mode: rapid.SampledFrom([]string{"light", "dark"}).Draw(t, "mode"), Scale: rapid.SampledFrom([]int{100, 150, 200}).Draw(t, "scale")}
				app.Settings().SetTheme(look)
				old.Refresh() // as Fyne tells what is in view
			case 6:
				old.HeightAt(rapid.Float32Range(10, 300).Draw(t, "asked"))
			}
		}
		fresh := build()
		for _, f := range changes {
			f(fresh)
		}
		got, want := drawnLetters(old), drawnLetters(fresh)
		if len(got) != len(want) {
			t.Fatalf("%d pieces are drawn, a new text draws %d:\n%v\n%v", len(got), len(want), got, want)
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("piece %d is %+v, of a new text %+v", i, got[i], want[i])
			}
		}
		for _, width := range []float32{40, 120, 500} {
			if old.HeightAt(width) != fresh.HeightAt(width) || old.MinSize() != fresh.MinSize() {
				t.Errorf("at %v it needs %v and %v, a new text %v and %v", width, old.HeightAt(width), old.MinSize(), fresh.HeightAt(width), fresh.MinSize())
			}
		}
	})
}

// A theme tells a text many times over; only the first costs anything.
func TestATextThatDidNotChangeIsNotDrawnAgain(t *testing.T) {
	text := NewText(Body, "words that stay").Wrapped()
	window(t, text)
	first := test.WidgetRenderer(text).Objects()[0].(*canvas.Text)
	first.Text = "marked"
	text.Refresh()
	if first.Text != "marked" {
		t.Error("a refresh without a change drew the text anew")
	}
	text.SetText("words that came")
	if first.Text != "words that came" {
		t.Errorf("after a change it draws %q", first.Text)
	}
}
