package guide

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hostwise/app/desktop/ui/uitest"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// A price ten times the dearest and a rent a tenth of the cheapest are taken, with a word at the field that names what is
// known and who says so.
func TestAPriceFarOutsideTheCatalogueIsTakenWithAWord(t *testing.T) {
	for _, x := range []struct {
		path, typed string
		value       float64
		says        []string
	}{
		{"api.output_usd_per_mtok", "70", 70, []string{"10 times the highest known.", "Known: $1.7", "(abacus) a million tokens, 23 listings of R1 671B"}},
		{"api.input_usd_per_mtok", "0.01", 0.01, []string{"40 times under the lowest known.", "a million tokens, 23 listings of R1 671B"}},
		{"finance.rent_usd_per_device_hour", "0.08", 0.08, []string{"10 times under the lowest known.", "Known: $0.8", "(A100 80GB SXM) to $7", "(H200) an hour, 15 listed rents", "May 2026"}},
		{"finance.server_usd", "9M", 9e6, []string{"times the highest known.", "kinds of server"}},
		{"finance.electricity_usd_per_kwh", "2.5", 2.5, []string{"10 times the highest that is usual.", "US Energy Information Administration", "26 Apr 2026"}},
		{"workload.calls_per_month", "5B", 5e9, []string{"5,000 times the highest that is usual."}},
	} {
		v := ask(t, x.path)
		v.write(t, x.typed)
		f := uitest.Fields(v)[0]
		if f.Problem() != "" {
			t.Errorf("%s %s: the field says %q", x.path, x.typed, f.Problem())
		}
		uitest.Sees(t, v, append(x.says, "Your number is used as it is.")...)
		if got := v.session.Scenario().Likely(x.path); got != x.value {
			t.Errorf("%s is taken as %g, want %g", x.typed, got, x.value)
		}
		v.key(fyne.KeyReturn)
		uitest.SeesNot(t, v, calc.InputAt(x.path).Question) // it bars no way
		v.page.GoTo(placeReview)
		uitest.Sees(t, v, "Look at these again", "Your number is used as it is.")
		v.page.GoTo(x.path)
		uitest.Sees(t, v, x.says[0])
		uitest.Press(t, v, "Use default")
		uitest.SeesNot(t, v, "Your number is used as it is.")
	}
}

func TestAUsualNumberIsTakenWithoutAWord(t *testing.T) {
	for path, typed := range map[string]string{
		"api.output_usd_per_mtok": "2.5", "finance.rent_usd_per_device_hour": "2", "finance.server_usd": "350k",
		"finance.staff_fte": "0", "workload.calls_per_month": "300", "workload.retry_rate": "0",
	} {
		v := ask(t, path)
		v.write(t, typed)
		if words := v.page.cautionOf(calc.InputAt(path)); words != "" || strings.Contains(uitest.Screen(v), "is used as it is") {
			t.Errorf("%s %s: %q", path, typed, words)
		}
	}
}

func TestARangeThatReachesTooFarHasAWordToo(t *testing.T) {
	v := ask(t, "finance.electricity_usd_per_kwh")
	v.write(t, "0.15")
	test.Tap(uitest.Switches(v)[1])
	high := uitest.Fields(v)[2]
	v.Canvas().Focus(high.Focusable())
	high.Entry().TypedShortcut(&fyne.ShortcutSelectAll{})
	v.write(t, "5")
	uitest.Sees(t, v, "20 times the highest that is usual.")
}

func TestARowOfAllInputsWarnsWhenItIsLeft(t *testing.T) {
	v := show(t)
	v.enterRow(t, "finance.electricity_usd_per_kwh")
	v.write(t, "25")
	uitest.SeesNot(t, v, "Your number is used as it is.") // not while it is typed: every number begins small
	v.key(fyne.KeyUp)
	uitest.Sees(t, v, "100 times the highest that is usual.")
}

func TestAPriceSaysWhatItChanges(t *testing.T) {
	for path, says := range map[string]string{
		"finance.rent_usd_per_device_hour": "Doubling the rent for a card adds ",
		"finance.server_usd":               "Doubling the price of a server adds ",
		"api.output_usd_per_mtok":          "Doubling the API's output price adds ",
		"finance.rent_hours_per_week":      "Halving the number of hours rented a week takes ",
		"api.platform_usd_per_month":       "Putting the platform fee at $500 a month adds $500 a month to the API",
		"rules.spare_replicas":             "Putting the spare sets at 1 adds ",
	} {
		v := ask(t, path)
		uitest.Sees(t, v, says)
	}
	uitest.Sees(t, ask(t, "finance.rent_usd_per_device_hour"), " a month to renting and nothing to the API.")
	v := ask(t, "rules.upfront_usd_limit")
	uitest.SeesNot(t, v, "Putting")
}

// Every number that costs money says what it changes, in the first case as it stands.
func TestEveryNumberSaysWhatItChanges(t *testing.T) {
	v := show(t)
	silent := map[string]bool{ // no ready answer and no scale at 0, or 0 is no amount
		"finance.egress_usd_per_month": true, "api.tokens_per_minute_limit": true, "api.gateway_markup": false,
	}
	for i := range calc.Inputs {
		in := &calc.Inputs[i]
		_, chosen := zeroMeans[in.Path]
		if in.Kind != calc.Number && in.Kind != calc.Integer || in.Step == "" || !in.Relevant(v.session.Scenario()) || chosen || silent[in.Path] || in.Path == "deployment.speculative_tokens" {
			continue
		}
		e, err := v.session.Assessor().(asker).Question(t.Context(), v.session.Scenario(), in.Path, v.session.Options())
		if err != nil {
			t.Fatal(err)
		}
		if stepSentence(in, e, figure.CurrencyOf(v.session.Scenario())) == "" {
			t.Errorf("%s says nothing of what it changes", in.Path)
		}
	}
}

// Who is not sure of a price that is left to the catalogue begins with what the catalogue knows, in three digits, and
// not with nothing.
func TestNotSureOfACataloguePriceBeginsWithTheKnown(t *testing.T) {
	for _, path := range []string{"finance.rent_usd_per_device_hour", "api.output_usd_per_mtok", "finance.server_usd"} {
		v := ask(t, path)
		known, ok := calc.KnownRangeOf(v.session.Catalogue(), v.session.Scenario(), path)
		test.Tap(uitest.Switches(v)[1])
		r := v.session.Scenario().Number(path)
		if !ok || r.Likely <= 0 || r.Low > known.Low*1.01 || r.High < known.High*0.99 || r.Low <= 0 {
			t.Errorf("%s: not sure gives %v, known is %g to %g", path, r, known.Low, known.High)
		}
		for _, x := range []float64{r.Low, r.Likely, r.High} {
			if format.ThreeDigits(x) != x {
				t.Errorf("%s: %v has digits that nobody knows", path, x)
			}
		}
		uitest.SeesNot(t, v, "is used as it is")
	}
}
