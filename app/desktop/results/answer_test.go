package results

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/calc"
)

func TestAmountsAreShownForAMonthADayOrACallAndTheChoiceIsRemembered(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	best := d.assessment().Route(d.assessment().Verdict.Route)
	cur := d.page.view().cur
	d.sees(cur.Money(best.Monthly.Likely), "8 times in 10 between "+cur.Money(best.Monthly.Low))
	pick := func(id string) {
		t.Helper()
		var found *ui.Select
		visit(d.window.Content(), fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
			if x, ok := o.(*ui.Select); ok && found == nil {
				found = x
			}
		})
		if found == nil {
			t.Fatal("there is nothing to choose from")
		}
		found.Pick(id)
	}
	pick(session.PerCall)
	d.sees(cur.Money(best.PerCall.Likely), cur.Money(best.PerCall.High)+" a successful call")
	if got := d.session.Settings().AmountsPer; got != session.PerCall {
		t.Errorf("remembered is %q", got)
	}
	pick(session.PerDay)
	d.sees(cur.Money(best.Monthly.Likely/30), " a day")
	d.page.update()
	d.sees(cur.Money(best.Monthly.Likely / 30))
	pick(session.PerMonth)
	d.seesNot(" a day\n")
}

func TestEveryRouteHasACostForEachChoice(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	for i := range d.assessment().Routes {
		r := &d.assessment().Routes[i]
		for _, c := range perChoices {
			if cost := costOf(r, c.ID); (cost == nil) != (r.Monthly == nil) {
				t.Errorf("%s %s: %v", r.ID, c.Title, cost)
			}
		}
	}
	if costOf(nil, session.PerDay) != nil {
		t.Error("no route has a cost")
	}
}

func TestFreeListingsStandApartAsTestingCapacity(t *testing.T) {
	model := ""
	for _, p := range catalogueFor(t).Prices {
		if p.Quota && !p.Gone && p.ValidTo == "" {
			model = p.Model
			break
		}
	}
	d := newDesk(t, "saas-app", func(s calc.Scenario) calc.Scenario { return s.With("model", calc.Str(model)) })
	quotas := d.assessment().Quotas
	if len(quotas) == 0 {
		t.Fatalf("the catalogue lists something free for %q, and the case shows none", model)
	}
	d.sees("To test with", "no charge, and no price", quotas[0].Provider, wordsQuotas)
	d.press(quotas[0].Provider)
	d.wentTo(ui.PageFacts + " prices/" + quotas[0].ID)
}

func TestOtherModelsStandApartWithWhy(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	a := d.assessment()
	if len(a.Alternatives) == 0 {
		t.Fatal("there is no other model")
	}
	d.sees("Other models, not compared", a.Alternatives[0].Label, "Why apart: "+a.Alternatives[0].WhyApart)
	for _, alt := range a.Alternatives {
		if a.Route(alt.Model) != nil || strings.Contains(a.Verdict.Headline, alt.Label) {
			t.Errorf("%s is compared after all", alt.Label)
		}
	}
}

func TestTheMixedRouteShowsItsLoadAndWhatItSaves(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	d.page.openRoute("mixed")
	d.sees("Own devices for the base load", "Paid each month", "Space", "Lead time", "Up front", "Commitment")
	p := d.pane(figure.LoadDurationID)
	if _, _, ok := p.chart.Layout(); !ok {
		t.Error("the load is not drawn")
	}
	p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	d.sees("How it is worked out", "The best split", "Saving", "The numbers", "Share of hours")
}

func TestARouteThatHangsOnOneHostSaysSo(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	cat := catalogueFor(t)
	id := ""
	for _, p := range cat.Prices {
		if p.Model == "deepseek-r1" && p.ProviderKind == "host" && !p.Quota && !p.Gone && p.ValidTo == "" && p.Context >= 32768 {
			id = p.ID
			break
		}
	}
	if id == "" {
		t.Fatal("no host lists the model")
	}
	d.session.Set("api.price", calc.Str(id))
	d.page.openRoute("api-direct")
	d.sees("if it drops R1 671B")
	d.session.Undo()
	d.seesNot("if it drops R1 671B")
}

func TestQualityBesideCostIsOnTheFirstTab(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	for _, id := range figureOrder {
		p := d.pane(id)
		if !p.chart.Has() {
			t.Errorf("%s has nothing to draw", id)
		}
		p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		d.sees("How it is worked out", "The numbers")
		d.press("Copy the numbers")
		if text := fyne.CurrentApp().Clipboard().Content(); !strings.Contains(text, "\t") {
			t.Errorf("%s: on the clipboard is %q", id, text)
		}
		d.page.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	}
}

func TestAnOldPriceIsConfirmedFromTheVerdict(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	r, old := priceToCheck(d.assessment())
	if !old {
		t.Fatal("the price is fresh: the case does not show what it should")
	}
	d.press("I checked this price: " + r.What)
	if again, old := priceToCheck(d.assessment()); old || again.AgeDays != 0 {
		t.Errorf("after the confirmation it is %d days old", again.AgeDays)
	}
	d.seesNot("I checked this price", "It has changed")
	d.undo()
	d.sees("I checked this price")
}
