package guide

import (
	"testing"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui/uitest"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

func TestAllInputsByKeyboardAlone(t *testing.T) {
	v := show(t)
	v.page.FocusSearch()
	v.write(t, "/price million") // the stroke is the key that leads here
	first := v.page.all.shown[0].in
	if first.Path != "api.input_usd_per_mtok" {
		t.Fatalf("the first row is %s", first.Path)
	}
	v.key(fyne.KeyDown)
	v.write(t, "0.5 - 0.6 - 0.9")
	if r := v.session.Scenario().Number(first.Path); r.Low != 0.5 || r.Likely != 0.6 || r.High != 0.9 {
		t.Errorf("the range is taken as %v", r)
	}
	v.key(fyne.KeyReturn)
	if got := v.page.all.shown[0].field.Text(); got != "$0.5 – $0.6 – $0.9" {
		t.Errorf("the row that is left says %q", got)
	}
	v.key(fyne.KeyUp)
	if got := v.page.all.shown[0].field.Text(); got != "0.5 - 0.6 - 0.9" {
		t.Errorf("the row that is entered again says %q, want what was typed", got)
	}
	for range "0.5 - 0.6 - 0.9" {
		v.key(fyne.KeyBackspace)
	}
	v.write(t, "?")
	if _, given := v.session.Scenario().Given(first.Path); given {
		t.Error("? leaves the answer")
	}
	v.key(fyne.KeyUp)
	if !v.page.all.filter.Focused() {
		t.Error("above the first row is not the filter")
	}
}

func TestAllInputsAreLeftByTheirKind(t *testing.T) {
	v := show(t)
	v.session.Set("finance.pue", calc.Num(1.2))
	v.page.GoTo(placeAll)
	uitest.Press(t, v, "Mine")
	uitest.Sees(t, v, "1 input", "Cooling factor")
	uitest.SeesNot(t, v, "Calls a month\n")
	uitest.Press(t, v, "Use default for cooling factor")
	uitest.Sees(t, v, "0 inputs", "No input has these words.")
	uitest.Press(t, v, "Prices")
	if got := len(v.page.all.shown); got != len(calc.QuotePaths()) {
		t.Errorf("%d prices are shown, want %d", got, len(calc.QuotePaths()))
	}
	uitest.Press(t, v, "Guesses")
	for _, r := range v.page.all.shown {
		if r.in.Evidence != catalog.Speculation {
			t.Errorf("%s is %s, no guess", r.in.Path, r.in.Evidence)
		}
	}
	uitest.Press(t, v, "All")
	if got := len(v.page.all.shown); got != len(v.page.all.rows) {
		t.Errorf("%d of %d inputs are shown", got, len(v.page.all.rows))
	}
}

// enterRow filters all inputs down to one and goes to its row.
func (v *shown) enterRow(t *testing.T, path string) {
	t.Helper()
	v.page.GoTo(placeAll)
	uitest.Type(t, v, wordsFilter, path)
	v.key(fyne.KeyDown)
}

func TestARowSaysWhyItCannotBeTakenAndShowsItsSource(t *testing.T) {
	v := show(t)
	v.enterRow(t, "finance.pue")
	v.write(t, "cold")
	row := v.page.all.shown[0]
	if row.field.Problem() == "" {
		t.Error("what cannot be read has no word beside it")
	}
	uitest.Sees(t, v, row.field.Problem())
	uitest.Press(t, v, string(row.in.Evidence))
	uitest.Sees(t, v, row.in.Source)
}
