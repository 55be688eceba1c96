package report

import (
	"context"
	"math"
	"strings"
	"testing"
	"time"

	"hostwise/app/figure"
	"hostwise/calc"
)

// quoted is a case in euros with quotes, one of which has run out, and a decision.
func quoted(t testing.TB) Case {
	t.Helper()
	s := template(t, "saas-app").With("name", calc.Str("Kundendienst")).
		With("currency.code", calc.Str("EUR")).With("currency.per_usd", calc.Num(0.92)).With("currency.as_of", calc.Str("2026-11-20")).
		With("api.input_usd_per_mtok", calc.Num(0.55)).With("finance.server_usd", calc.Num(310000)).With("finance.rent_usd_per_device_hour", calc.Num(2.4)).
		WithQuote(calc.Quote{Path: "api.input_usd_per_mtok", Supplier: "Acme Cloud", Date: "2026-11-02", ValidUntil: "2026-11-23"}).
		WithQuote(calc.Quote{Path: "finance.server_usd", Supplier: "Müller & Söhne <Server>", Date: "2026-08-02", ValidUntil: "2026-10-31", Note: "=delivery in 9 weeks"}).
		WithQuote(calc.Quote{Path: "finance.rent_usd_per_device_hour", Supplier: "@GPU Barn", Date: "2026-11-12"}).
		WithDecision(calc.Decision{Route: "own-deepseek-r1", By: "A. Example", Date: "2026-11-22", Note: "Data protection outweighs the price."})
	return assessed(t, s)
}

func TestOffersSayHowLongTheyStand(t *testing.T) {
	got := quoted(t).offers()
	if len(got) != 3 {
		t.Fatalf("%d offers", len(got))
	}
	for i, want := range []struct {
		amount, state string
		expired       bool
	}{{"€0.506", "today is its last day", false}, {"€2.208, for every device, as none is named", "no last day is named: ask for one", false}, {"€285,200, for every device, as none is named", "expired 23 days ago: ask for a new one", true}} {
		if o := got[i]; o.amount != want.amount || o.state != want.state || o.expired != want.expired {
			t.Errorf("offer %d is %+v, want %+v", i, o, want)
		}
	}
	c := quoted(t)
	if got, want := c.expiredOffers(), "A quote has expired: server price from Müller & Söhne <Server>, on 2026-10-31."; got != want {
		t.Errorf("expired: %q, want %q", got, want)
	}
	if got := sample(t).expiredOffers(); got != "" {
		t.Errorf("a case without quotes says %q", got)
	}
	// 23 November and the day after: the offer of the 23rd stands to its end.
	q := calc.Quote{ValidUntil: "2026-11-23"}
	for day, want := range map[int]string{22: "stands 1 day more", 23: "today is its last day", 24: "expired 1 day ago: ask for a new one"} {
		if got := validity(q, time.Date(2026, 11, day, 18, 0, 0, 0, time.UTC)); got != want {
			t.Errorf("on the %dth: %q, want %q", day, got, want)
		}
	}
}

func TestDeckCitesQuotesRateAndDecision(t *testing.T) {
	c := quoted(t)
	files := unpacked(t, made(t, ".pptx", []Case{c}, Options{Figures: []string{"memory"}}))
	all := ""
	for i := 0; files[slidePart(i)] != nil; i++ {
		text := textsOf(files[slidePart(i)])
		if i > 0 && !strings.Contains(text, "EUR before tax") {
			t.Errorf("slide %d does not say in which currency, before tax", i+1)
		}
		all += text
	}
	for _, want := range []string{
		"A quote has expired", "Acme Cloud", "Müller & Söhne <Server>", "=delivery in 9 weeks", "2026-10-31", "@GPU Barn", "1 USD = 0.92 EUR on 2026-11-20",
		"What to watch once it runs", "429 rate", "Where a test costs nothing", "A. Example", "Data protection outweighs the price.", "otherwise than answered",
		"Quote from Acme Cloud, 2026-11-02, valid until 2026-11-23", "valid until 2026-10-31, expired",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("the deck does not say %q", want)
		}
	}
	plain := ""
	for name, data := range unpacked(t, made(t, ".pptx", []Case{sample(t)}, Options{Figures: []string{"memory"}})) {
		if strings.HasPrefix(name, "ppt/slides/slide") {
			plain += textsOf(data)
		}
	}
	for _, unwanted := range []string{"This answer rests on", "Decision:", "1 USD ="} {
		if strings.Contains(plain, unwanted) {
			t.Errorf("a case without quotes, rate and decision says %q", unwanted)
		}
	}
}

func TestBookHoldsQuotesRateAndDecision(t *testing.T) {
	c := quoted(t)
	f := bookOf(t, c)
	all := ""
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			all += strings.Join(row, "\t") + "\n"
		}
	}
	for _, want := range []string{"Müller & Söhne <Server>", "Expired 23 days ago", "EUR for one dollar", "EUR a month", "A. Example", "429 rate", "capacity and not a price",
		"before tax", "low (P10)"} {
		if !strings.Contains(all, want) {
			t.Errorf("the workbook does not say %q", want)
		}
	}
	rows, err := f.GetRows(sheetAnswer)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		if len(row) > 0 && row[0] == oneLine(c.verdict().Label) {
			if got, want := worked(t, f, sheetAnswer, ref(9, i+1)), c.verdict().Monthly.Likely*0.92; !near(got, want) {
				t.Errorf("the answer costs EUR %.2f, want %.2f", got, want)
			}
			if err := f.SetCellFloat(sheetInputs, input(t, f, "EUR for one dollar"), 2, -1, 64); err != nil {
				t.Fatal(err)
			}
			if got, want := worked(t, f, sheetAnswer, ref(9, i+1)), c.verdict().Monthly.Likely*2; !near(got, want) {
				t.Errorf("at another rate the answer costs %.2f, want %.2f", got, want)
			}
			return
		}
	}
	t.Fatal("the answer's row is missing")
}

func TestDecisionInWords(t *testing.T) {
	c := quoted(t)
	for id, want := range map[string]string{c.Assessment.Verdict.Route: "as answered", "": "otherwise than answered, which was: " + c.verdict().Label} {
		d := c
		d.Scenario = c.Scenario.WithDecision(calc.Decision{Route: id, By: "x", Date: "2026-11-22"})
		r, ok := d.resolved()
		if !ok || r.words(d) != want {
			t.Errorf("decided for %q: %q, want %q", id, r.words(d), want)
		}
	}
	if _, ok := sample(t).resolved(); ok {
		t.Error("a case without a decision has one")
	}
}

// bridgedPair are two cases with the way between them.
func bridgedPair(t *testing.T) []Case {
	t.Helper()
	first, second := sample(t), quoted(t)
	way, err := assessor(t).Bridge(context.Background(), first.Scenario, second.Scenario, testDay)
	if err != nil {
		t.Fatal(err)
	}
	second.Bridge = &way
	return []Case{first, second}
}

func TestComparisonShowsCurvesAndBridge(t *testing.T) {
	cases := bridgedPair(t)
	files := unpacked(t, made(t, ".pptx", cases, Options{Figures: []string{"memory"}}))
	all, pictures := "", 0
	for i := 0; files[slidePart(i)] != nil; i++ {
		text := textsOf(files[slidePart(i)])
		if strings.Contains(text, "Cheapest feasible route of each case by calls a month") {
			pictures += strings.Count(string(files[slidePart(i)]), "<p:pic>")
		}
		all += text
	}
	if pictures != 1 {
		t.Errorf("%d pictures lay the cases over each other", pictures)
	}
	for _, want := range []string{"From A to B:", "Input price", "B  Kundendienst", "A month, in USD", "Both cases lead to the same kind of route"} {
		if !strings.Contains(all, want) {
			t.Errorf("the deck of two cases does not say %q", want)
		}
	}
	names := unpacked(t, made(t, ".zip", cases, Options{Figures: []string{"memory"}}))
	for _, name := range []string{"figures/overlay.png", "figures/overlay.svg", "figures/bridge-1-to-2.png", "figures/bridge-1-to-2.svg"} {
		if len(names[name]) == 0 {
			t.Errorf("%s is missing", name)
		}
	}
}

func TestBridgeAddsUpAndNamesTheLargest(t *testing.T) {
	usd := func(v float64) *float64 { return &v }
	way := calc.Bridge{FromUSD: usd(1000), FromRoute: "api-direct", ToRoute: "api-direct"}
	total := 1000.0
	for i := range 20 {
		v := float64(i) * 10
		total += v
		way.Steps = append(way.Steps, calc.BridgeStep{Label: "Change " + string(rune('a'+i)), USD: usd(v), Route: "api-direct"})
	}
	way.ToUSD = &total
	c := sample(t)
	c.Bridge = &way
	b := c.way()
	rows := c.bridgeRows(c, *b)
	if len(rows) != shownSteps+3 { // both ends and the rest
		t.Fatalf("%d rows", len(rows))
	}
	if rest := rows[len(rows)-2]; rest[0] != "Other changes together" || rest[3] != c.change(0+10+20+30+40+50+60+70) {
		t.Errorf("the rest is %v", rest)
	}
	sum := *b.FromUSD
	for _, s := range b.Steps {
		sum += *s.USD
	}
	if sum != total {
		t.Errorf("the steps lead to %g, not %g", sum, total)
	}
	way.ToUSD, way.Steps = nil, []calc.BridgeStep{{Label: "A rule"}}
	b = c.way()
	if rows := c.bridgeRows(c, *b); rows[len(rows)-1][3] != "no route is left" || rows[1][3] != "no route is left" || !strings.Contains(bridgeTitle(1, *b), "no route is left") {
		t.Errorf("a way that ends: %v", rows)
	}
	if n := stepFrom(nil, 3); n != 0 || math.IsNaN(n) {
		t.Errorf("no steps: %g", n)
	}
}

func TestPicturesOfAnArchiveTakeTheirSize(t *testing.T) {
	files := unpacked(t, made(t, ".zip", []Case{sample(t)}, Options{Figures: []string{"memory"}, Width: 640, Height: 360, Titles: map[string]string{"memory": "What fits <here>"}}))
	svg := string(files["figures/memory.svg"])
	if !strings.Contains(svg, `width="640"`) || !strings.Contains(svg, `height="360"`) || !strings.Contains(svg, "What fits &lt;here&gt;") {
		t.Errorf("the picture begins %.300s", svg)
	}
	clear := unpacked(t, made(t, ".zip", []Case{sample(t)}, Options{Figures: []string{"memory"}, Transparent: true, Theme: &figure.Dark}))
	if string(clear["figures/memory.png"]) == string(files["figures/memory.png"]) {
		t.Error("a transparent dark picture is the same as a light one")
	}
}

func TestNobodyLookedForFlipsInABaseAnswer(t *testing.T) {
	files := unpacked(t, made(t, ".pptx", []Case{quickly(t, template(t, "saas-app"))}, Options{Figures: []string{"memory"}}))
	all := ""
	for i := 0; files[slidePart(i)] != nil; i++ {
		all += textsOf(files[slidePart(i)])
	}
	if strings.Contains(all, "No single input changes") || !strings.Contains(all, "were not searched") {
		t.Error("a base answer claims that no input changes it")
	}
}
