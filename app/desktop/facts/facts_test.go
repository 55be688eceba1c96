package facts

import (
	"fmt"
	"image/color"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/session/sessiontest"
	"hostwise/app/desktop/ui"
	"hostwise/app/desktop/ui/uitest"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

func show(t *testing.T) (fyne.Window, *Page, *session.Session) {
	t.Helper()
	s := sessiontest.New(t)
	sessiontest.Case(t, s, "saas-app", "Case", nil)
	w := uitest.Show(t, nil, 1216, 690)
	shell := ui.Detached()
	shell.Window = w
	p := New(s, shell)
	w.SetContent(p.Content())
	p.Shown()
	return w, p, s
}

func TestEveryTableOpensWithItsRows(t *testing.T) {
	w, p, s := show(t)
	cat := s.Catalogue()
	for _, c := range []struct {
		title string
		rows  int
	}{
		{"Models", len(cat.Models)}, {"Precisions", len(cat.Precisions)}, {"Devices", len(cat.Devices)}, {"Servers", len(cat.Hosts)},
		{"Engines", len(cat.Engines)}, {"API prices", len(cat.Prices) + len(cat.PriceHistory)}, {"Claims", len(cat.Claims)}, {"Sources", len(cat.Sources)},
		{"Measured speed", len(cat.SpeedRuns)}, {"Measured memory", len(cat.MemoryRuns)},
	} {
		uitest.Press(t, w, c.title)
		if got := len(p.grid.rows); got != c.rows {
			t.Errorf("%s: %d rows, the catalogue has %d", c.title, got, c.rows)
		}
		uitest.Sees(t, w, p.grid.rows[0].cells[0], "Evidence", "As of")
	}
}

func TestEveryRowSaysHowSureItIs(t *testing.T) {
	_, p, _ := show(t)
	for _, table := range p.tables {
		for _, r := range table.records {
			if r.fact.Evidence == "" {
				t.Errorf("%s/%s has no evidence", table.id, r.id)
			}
		}
	}
}

func TestItBeginsWithTheCasesModel(t *testing.T) {
	_, p, s := show(t)
	want := 0
	for _, x := range slices.Concat(s.Catalogue().Prices, s.Catalogue().PriceHistory) {
		if x.Model == "deepseek-r1" {
			want++
		}
	}
	if len(p.grid.rows) != want {
		t.Errorf("%d rows, want the %d prices of this case's model", len(p.grid.rows), want)
	}
}

func TestSearchAndEvidenceNarrow(t *testing.T) {
	w, p, _ := show(t)
	uitest.Press(t, w, "Devices")
	uitest.Type(t, w, "Search this table", "h200")
	if n := len(p.grid.rows); n == 0 || n > 6 {
		t.Errorf("%d rows for h200", n)
	}
	uitest.Type(t, w, "Search this table", "zzzz")
	uitest.Sees(t, w, "No row matches")
	uitest.Press(t, w, "Show all rows")
	test.Tap(p.evidence)
	uitest.Pick(t, w, "speculation")
	for _, r := range p.grid.rows {
		if r.fact.Evidence != catalog.Speculation {
			t.Errorf("%s is %s", r.id, r.fact.Evidence)
		}
	}
}

func TestARowOpensToItsSource(t *testing.T) {
	w, p, _ := show(t)
	uitest.Press(t, w, "Devices")
	p.GoTo("devices/h200-sxm")
	r := p.grid.rows[indexOf(p, "h200-sxm")]
	uitest.Sees(t, w, "Source", r.fact.Source, ui.Here().Day(r.fact.AsOf), "Use my own figure")
	if n := chosenRows(w.Content()); n != 1 {
		t.Errorf("%d rows are tinted as the one in the panel", n)
	}
	uitest.Press(t, w, "Close")
	uitest.SeesNot(t, w, "Use my own figure")
}

func indexOf(p *Page, id string) int {
	for i, r := range p.grid.rows {
		if r.id == id {
			return i
		}
	}
	return 0
}

func TestAnOwnPriceStandsInAndIsTakenBack(t *testing.T) {
	w, p, s := show(t)
	listed := s.Catalogue().Prices[0]
	for _, x := range s.Catalogue().Prices {
		if x.Model == "deepseek-r1" && !x.Quota && !x.Gone {
			listed = x
			break
		}
	}
	p.GoTo("prices/" + listed.ID)
	uitest.Press(t, w, "Use my own figure")
	uitest.Type(t, w, "$2.19", "1.90x")
	uitest.Press(t, w, "Use in this case")
	uitest.Sees(t, w, "try $2.19", "Say where it comes from")
	if !s.Scenario().Facts().IsEmpty() {
		t.Fatal("a wrong figure was taken")
	}
	uitest.Type(t, w, "$2.19", "$1.90")
	uitest.Type(t, w, "Quote by mail, 20 November, valid 90 days", "Quote by mail")
	uitest.Sees(t, w, "Verdict")
	uitest.Press(t, w, "Use in this case")

	mine := s.Scenario().Facts().Prices
	if len(mine) != 1 || mine[0].Output != 1.90 || mine[0].Evidence != catalog.Yours || mine[0].Source != "Quote by mail" || mine[0].AsOf != "2026-11-23" {
		t.Fatalf("the case holds %+v", mine)
	}
	if mine[0].Input != listed.Input {
		t.Errorf("the input price changed to %v", mine[0].Input)
	}
	uitest.Press(t, w, "Your figures")
	if len(p.grid.rows) != 1 || !strings.Contains(p.grid.rows[0].cells[0], listed.Provider) {
		t.Errorf("your figures: %+v", p.grid.rows)
	}
	p.pick(p.grid.rows[0].id)
	uitest.Press(t, w, "Use the listed figure")
	if !s.Scenario().Facts().IsEmpty() {
		t.Error("the figure is still the person's")
	}
	s.Undo()
	if s.Scenario().Facts().IsEmpty() {
		t.Error("taking it back cannot be undone")
	}
}

func TestOldPricesAreOld(t *testing.T) {
	w, p, s := show(t)
	uitest.Press(t, w, "Old prices")
	if len(p.grid.rows) == 0 {
		t.Fatal("no price is old")
	}
	for _, r := range p.grid.rows {
		if age(r.fact, s.Now()) <= staleDays || r.gone {
			t.Errorf("%s is %d days old", r.id, age(r.fact, s.Now()))
		}
	}
}

func TestPricesOfOneModelAreDrawnAsADistribution(t *testing.T) {
	w, p, s := show(t)
	if p.strip.Hidden {
		t.Fatal("no distribution")
	}
	v, ok := calc.MarketOf(s.Catalogue(), s.Scenario(), "deepseek-r1")
	if !ok || p.strip.middle != v.Market.Output.Likely {
		t.Fatalf("the line is at %v, the case is costed at %v", p.strip.middle, v.Market.Output.Likely)
	}
	uitest.Sees(t, w, fmt.Sprintf("median of %d providers $", v.Market.Listings))
	uitest.Sees(t, w, "12.5× apart")
	uitest.Sees(t, w, "togetherai")
	below, above, counted := 0, 0, 0
	for _, v := range p.strip.values {
		switch {
		case !v.counted:
			continue
		case v.usd < p.strip.middle:
			below++
		case v.usd > p.strip.middle:
			above++
		}
		counted++
	}
	if counted != v.Market.Listings || counted == len(p.strip.values) || below > counted/2 || above > counted/2 {
		t.Errorf("%d below and %d above the median %v of %d drawn as counted, of %d", below, above, p.strip.middle, counted, len(p.strip.values))
	}
	uitest.Press(t, w, "Devices")
	if p.strip.drawn() || uitest.CanPress(w, "Spread of the prices") {
		t.Error("devices have a distribution of prices")
	}
}

func TestThePickedRowIsTinted(t *testing.T) {
	w, p, _ := show(t)
	before := tinted(w)
	p.pick(p.grid.rows[1].id)
	if after := tinted(w); after < before+5000 {
		t.Errorf("%d pixels of the accent's ground before, %d after", before, after)
	}
}

// tinted counts the pixels on the accent's ground.
func tinted(w fyne.Window) int {
	want, n := color.RGBAModel.Convert(ui.Color(ui.ColorAccentGround)), 0
	img := w.Canvas().Capture()
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			if color.RGBAModel.Convert(img.At(x, y)) == want {
				n++
			}
		}
	}
	return n
}

// chosenRows counts the rows that are tinted as the current one.
func chosenRows(o fyne.CanvasObject) int {
	n := 0
	switch x := o.(type) {
	case *gridRow:
		if x.Chosen() {
			n++
		}
	case *fyne.Container:
		for _, child := range x.Objects {
			n += chosenRows(child)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(x).Objects() {
			n += chosenRows(child)
		}
	}
	return n
}

// What a price was stands in the table with its days and hours: it can be chosen for the case, and neither changed nor
// confirmed.
func TestPricesOfThePastAreListed(t *testing.T) {
	w, p, s := show(t)
	const id = "deepseek/deepseek-reasoner-r1-off-peak-16-30-00-30-utc@2025-02-26"
	p.pick(id)
	for _, words := range []string{ui.Here().Day("2025-02-26"), ui.Here().Day("2025-09-05"), "16:30-00:30 UTC", "not offered now", "Batch discount"} {
		uitest.Sees(t, w, words)
	}
	uitest.SeesNot(t, w, "Use my own figure", "I checked this")
	uitest.Press(t, w, "Choose for this case")
	if got := s.Scenario().Text("api.price"); got != id {
		t.Errorf("the case is costed at %q", got)
	}
}

// The rows are walked by the arrows, and the one that they are on is opened by Enter.
func TestRowsAreOpenedByKey(t *testing.T) {
	w, p, _ := show(t)
	w.Canvas().Focus(p.grid.list)
	uitest.Key(w, fyne.KeyDown)
	uitest.Key(w, fyne.KeyDown)
	uitest.Key(w, fyne.KeyReturn)
	if want := p.grid.rows[2].id; p.at != want {
		t.Errorf("%q is open, want %q", p.at, want)
	}
	uitest.Key(w, fyne.KeyUp)
	uitest.Key(w, fyne.KeySpace)
	if want := p.grid.rows[1].id; p.at != want {
		t.Errorf("%q is open, want %q", p.at, want)
	}
	uitest.Press(t, w, "Claims") // another table has other rows
	w.Canvas().Focus(p.grid.list)
	uitest.Key(w, fyne.KeyReturn)
	uitest.Sees(t, w, "Copy this fact")
}
