package figure

import (
	"context"
	"fmt"
	"image/color"
	"testing"

	"github.com/wcharczuk/go-chart/v2"

	"hostwise/app/figure/format"
	"hostwise/calc"
)

// noPen draws nothing: where words stand does not depend on what paints them.
type noPen struct{ chart.Renderer }

func (noPen) fill(*path, color.NRGBA) {}
func (noPen) stroke(*path, stroke)    {}

// wordsOf lays a figure out and returns every line of text on it.
func wordsOf(t *testing.T, f Figure, opt Options) []word {
	t.Helper()
	opt, err := prepare(&f, opt)
	if err != nil {
		t.Fatal(err)
	}
	pl := newPlot(&f, opt, noPen{})
	if err := pl.draw(); err != nil {
		t.Fatal(err)
	}
	return pl.words
}

// ink is the part of a word's box that letters fill: from the top of capitals to the foot of a comma.
func (w word) ink() rect {
	mid := (w.box.y0 + w.box.y1) / 2
	return rect{w.box.x0, mid - w.size*0.38, w.box.x1, mid + w.size*0.42}
}

// collisions tells which words stand on words and which leave the picture.
func collisions(words []word, opt Options) []string {
	var out []string
	page := rect{0, 0, float64(opt.Width), float64(opt.Height)}
	for i, a := range words {
		box := a.ink()
		if box.x0 < page.x0-0.5 || box.y0 < page.y0-0.5 || box.x1 > page.x1+0.5 || box.y1 > page.y1+0.5 {
			out = append(out, fmt.Sprintf("%q leaves the picture: %.0f", a.text, box))
		}
		for _, b := range words[:i] {
			if box.overlap(b.ink()) > 0.5 {
				out = append(out, fmt.Sprintf("%q stands on %q", a.text, b.text))
			}
		}
	}
	return out
}

// wordSizes are decks of several shapes and panels of the window, at one and two pixels a point.
var wordSizes = []Options{
	{Width: 1920, Height: 1080}, {Width: 3840, Height: 2160}, {Width: 1280, Height: 720}, {Width: 1080, Height: 1080}, {Width: 1200, Height: 900}, {Width: 640, Height: 360},
	{Width: 900, Height: 1200}, {Width: 1920, Height: 600},
	{Width: 360, Height: 260, Compact: true}, {Width: 560, Height: 300, Compact: true}, {Width: 900, Height: 520, Compact: true}, {Width: 720, Height: 520, Compact: true, Scale: 2},
}

// No label stands on another and none leaves the picture: every figure of every template, in every form, at every
// size and on every ground.
func TestNoWordStandsOnAnother(t *testing.T) {
	for _, tpl := range calc.Templates {
		a := assess(t, tpl.Name)
		maps := studyMap(t, tpl.Name)
		for n, id := range IDs {
			for _, build := range []BuildOptions{{Version: "1.0"}, {Version: "1.0", AllRoutes: true, AllPrecisions: true}, {LogScale: true, Models: true, Currency: format.Currency{Code: "JPY", PerUSD: 151}}} {
				build.WinMap = maps
				f, err := Build(id, a, build)
				if err != nil {
					t.Fatal(err)
				}
				for i, opt := range wordSizes {
					if opt.Theme = &Light; (i+n)%2 == 1 { // each size on each ground for some figure
						opt.Theme, opt.Transparent = &Dark, true
					}
					for _, problem := range collisions(wordsOf(t, f, opt), opt) {
						t.Errorf("%s, %s, %d × %d (compact %v, all %v, log %v): %s", tpl.Name, id, opt.Width, opt.Height, opt.Compact, build.AllRoutes, build.LogScale, problem)
					}
				}
			}
		}
	}
}

// studyMap is a real win map of a template.
func studyMap(t *testing.T, template string) *calc.WinMap {
	t.Helper()
	tpl, _ := calc.TemplateNamed(template)
	m, err := assessor(t).WinMap(context.Background(), tpl.Scenario(), "workload.calls_per_month", "finance.staff_fte", testDay, nil)
	if err != nil {
		t.Fatal(err)
	}
	return m
}
