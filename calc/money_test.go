package calc_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hostwise/calc"
)

// inEuro gives a scenario a currency that is worth half a dollar, so that an amount left in dollars is seen at once.
func inEuro(s calc.Scenario) calc.Scenario {
	return with(s, map[string]calc.Value{"currency.code": calc.Str("EUR"), "currency.per_usd": calc.Num(2), "currency.as_of": calc.Str("2026-11-20")})
}

// wordsOf lists every sentence of an assessment that says an amount.
func wordsOf(res *calc.Assessment) []string {
	v := res.Verdict
	words := slices.Concat([]string{v.Headline, v.RuleDiffersBecause, v.ConfidenceBecause}, v.Reasons, v.WhatIf, res.Warnings)
	for _, f := range v.Flips {
		words = append(words, f.Words)
	}
	for _, s := range v.NextSteps {
		words = append(words, s.What, s.Why)
	}
	for _, r := range v.Recheck {
		words = append(words, r.Value, r.Why)
	}
	for _, m := range res.Monitoring {
		words = append(words, m.ForYou)
	}
	for _, a := range res.Assumptions {
		words = append(words, a.Text)
	}
	for _, r := range res.Routes {
		words = append(words, r.BlockedBy...)
		for _, l := range r.Lines {
			words = append(words, l.Formula)
		}
	}
	if v.CheaperIfWeaker != nil {
		words = append(words, v.CheaperIfWeaker.Words)
	}
	return words
}

func TestSentencesAreInTheCasesCurrency(t *testing.T) {
	limits := map[string]calc.Value{"rules.upfront_usd_limit": calc.Num(1000), "rules.monthly_usd_limit": calc.Num(10)}
	for _, tpl := range calc.Templates {
		for name, s := range map[string]calc.Scenario{tpl.Name: tpl.Scenario(), tpl.Name + ", limited": with(tpl.Scenario(), limits)} {
			res := assess(t, inEuro(s), calc.Options{Draws: 20})
			euro := 0
			for _, text := range wordsOf(res) {
				if strings.Contains(text, "$") {
					t.Errorf("%s: an amount in dollars: %s", name, text)
				}
				euro += strings.Count(text, "€")
			}
			if euro < 10 {
				t.Errorf("%s says %d amounts in euro", name, euro)
			}
		}
	}
}

// One euro and a dollar at par differ in their sign alone: the words are the same sentences.
func TestOnlyTheSignDiffersAtPar(t *testing.T) {
	for _, tpl := range calc.Templates {
		par := with(tpl.Scenario(), map[string]calc.Value{"currency.code": calc.Str("EUR"), "currency.per_usd": calc.Num(1), "currency.as_of": calc.Str("2026-11-20")})
		a, b := wordsOf(assess(t, tpl.Scenario(), calc.Options{Draws: 20})), wordsOf(assess(t, par, calc.Options{Draws: 20}))
		for i := range min(len(a), len(b)) {
			if strings.ContainsAny(a[i], "$¢") && withoutZeros(strings.ReplaceAll(withoutCents(a[i]), "$", "€")) != withoutZeros(b[i]) {
				t.Errorf("%s: %q became %q", tpl.Name, a[i], b[i])
			}
		}
	}
}

var (
	cents      = regexp.MustCompile(`([0-9.]+) ¢`) // of a dollar: other currencies write a fraction
	smallZeros = regexp.MustCompile(`€(0\.[0-9]*[1-9])0+`)
)

// withoutCents writes cents as a fraction of a dollar.
func withoutCents(text string) string {
	return cents.ReplaceAllStringFunc(text, func(c string) string {
		v, err := strconv.ParseFloat(strings.TrimSuffix(c, " ¢"), 64)
		if err != nil {
			return c
		}
		return "$" + strconv.FormatFloat(v/100, 'g', 6, 64)
	})
}

func withoutZeros(text string) string { return smallZeros.ReplaceAllString(text, "€$1") }

var amountInWords = regexp.MustCompile(`costs about ([^,;]+)[,;]`)

func TestTheHeadlineConvertsAtTheRate(t *testing.T) {
	// 100,000 calls cost $200 (see plainAPI): 200 × 0.9 = 180 and 200 × 150 = 30,000.
	for code, c := range map[string]struct {
		rate float64
		want string
	}{"EUR": {0.9, "€180"}, "GBP": {0.9, "£180"}, "JPY": {150, "¥30 k"}, "CHF": {0.9, "CHF 180"}, "SEK": {10, "SEK 2 k"}} {
		s := with(plainAPI(), map[string]calc.Value{"currency.code": calc.Str(code), "currency.per_usd": calc.Num(c.rate)})
		headline := assess(t, s, quick).Verdict.Headline
		if m := amountInWords.FindStringSubmatch(headline); m == nil || m[1] != c.want {
			t.Errorf("%s at %g: %s; want %s", code, c.rate, headline, c.want)
		}
	}
}

// Every number of an assessment is the same whatever the currency: it changes entry and display only.
func TestCurrencyMovesNoNumber(t *testing.T) {
	a := assessor(t)
	for seed := range generated(t, 12) {
		s := rapid.Custom(scenarios).Example(seed)
		c := with(s, map[string]calc.Value{"currency.code": calc.Str([]string{"EUR", "JPY", "CHF"}[seed%3]),
			"currency.per_usd": calc.Num(0.01 * math.Pow(3, float64(seed%10))), "currency.as_of": calc.Str("2026-11-20")})
		before, after := figures(t, a, s), figures(t, a, c)
		if !slices.Equal(before, after) {
			for i := range min(len(before), len(after)) {
				if before[i] != after[i] {
					t.Fatalf("%d: %s became %s", seed, before[i], after[i])
				}
			}
			t.Fatalf("%d: %d figures became %d", seed, len(before), len(after))
		}
	}
}

// figures lists every number of a scenario's assessment but its answers, each with its place.
func figures(t *testing.T, a *calc.Assessor, s calc.Scenario) []string {
	t.Helper()
	res, err := a.Assess(context.Background(), s, calc.Options{Quick: true, Today: testDay})
	if err != nil {
		t.Fatal(err)
	}
	res.Assumptions = nil
	data, err := json.Marshal(res)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		t.Fatal(err)
	}
	var found []string
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case float64:
			found = append(found, fmt.Sprintf("%s = %g", path, v))
		case []any:
			for i, item := range v {
				walk(fmt.Sprintf("%s[%d]", path, i), item)
			}
		case map[string]any:
			for _, key := range slices.Sorted(maps.Keys(v)) {
				walk(path+"."+key, v[key])
			}
		}
	}
	walk("", tree)
	return found
}

func TestTheRateIsWarnedOf(t *testing.T) {
	euro := calc.Scenario{}.With("currency.code", calc.Str("EUR"))
	for name, c := range map[string]struct {
		s    calc.Scenario
		says string
	}{
		"no rate":  {euro, "as if one dollar were EUR 1"},
		"no date":  {euro.With("currency.per_usd", calc.Num(0.9)), "has no date"},
		"an old":   {with(euro, map[string]calc.Value{"currency.per_usd": calc.Num(0.9), "currency.as_of": calc.Str("2026-10-01")}), "53 days old"},
		"a recent": {with(euro, map[string]calc.Value{"currency.per_usd": calc.Num(0.9), "currency.as_of": calc.Str("2026-11-20")}), ""},
		"dollars":  {calc.Scenario{}, ""},
	} {
		var said []string
		for _, w := range assess(t, c.s, quick).Warnings {
			if strings.Contains(w, "rate") && strings.Contains(w, "dollar") || strings.Contains(w, "one dollar") {
				said = append(said, w)
			}
		}
		if (c.says == "") != (len(said) == 0) || c.says != "" && !strings.Contains(said[0], c.says) {
			t.Errorf("%s rate: %v, want %q", name, said, c.says)
		}
	}
}

func TestTheAssessmentSaysWhatItsAmountsAreIn(t *testing.T) {
	for want, s := range map[string]calc.Scenario{
		"US dollars before tax": {},
		"US dollars before tax; sentences and formulas in EUR at 2 to the dollar of 2026-11-20": inEuro(calc.Scenario{}),
	} {
		if got := assess(t, s, quick).Amounts; got != want {
			t.Errorf("the amounts are in %q, want %q", got, want)
		}
	}
}

func TestBridgeIsInTheCurrencyItLeadsTo(t *testing.T) {
	from := plainAPI()
	to := inEuro(from).With("workload.calls_per_month", calc.Num(200000)).WithQuote(calc.Quote{Path: "api.input_usd_per_mtok", Supplier: "A", Date: "2026-11-01"})
	b, err := assessor(t).Bridge(t.Context(), from, to, testDay)
	if err != nil {
		t.Fatal(err)
	}
	if words := b.Words(); !strings.Contains(words, "€400") || strings.Contains(words, "$") { // 200 × 2
		t.Errorf("the bridge says %s", words)
	}
	if slices.ContainsFunc(b.Steps, func(s calc.BridgeStep) bool { return strings.HasPrefix(s.Path, "quotes") }) {
		t.Errorf("a quote is a step of cost: %+v", b.Steps)
	}
}
