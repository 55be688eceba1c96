package cli

import (
	"slices"
	"strings"
	"testing"

	"hostwise/calc"
)

func TestAPlanSortsLimitsAndSaysWhatIsKeptOut(t *testing.T) {
	file := template(t, "private-rag-prototype")
	all := decode[plan](t, here(t, file, "plan", "-", "--json").well(t))
	if all.Found != len(all.Setups) || all.Looked < all.Found || len(all.KeptOut) == 0 || len(all.Apart) > 0 {
		t.Fatalf("found %d of %d looked at, %d listed, %d reasons, %d apart", all.Found, all.Looked, len(all.Setups), len(all.KeptOut), len(all.Apart))
	}
	fast := decode[plan](t, here(t, file, "plan", "-", "--sort", "speed", "--limit", "5", "--apart", "--json").well(t))
	if len(fast.Setups) != 5 || fast.Found != all.Found || len(fast.Apart) != 5 {
		t.Fatalf("%d set-ups and %d apart, found %d", len(fast.Setups), len(fast.Apart), fast.Found)
	}
	quickest := slices.MaxFunc(all.Setups, func(x, y calc.SetupOption) int { return int(1e6 * (x.PerUser - y.PerUser)) })
	if fast.Setups[0].PerUser != quickest.PerUser {
		t.Errorf("the fastest gives %g tokens a second, of all %g", fast.Setups[0].PerUser, quickest.PerUser)
	}
	for _, o := range fast.Apart {
		if len(o.Reasons()) == 0 {
			t.Errorf("%s is kept out for no reason", o.ID)
		}
	}
	text := here(t, file, "plan", "-", "--limit", "3", "--apart").well(t)
	for _, words := range []string{"the first 3 of", "more are kept out by", "Kept out by a rule or a wish", "why not"} {
		if !strings.Contains(text, words) {
			t.Errorf("the plan does not say %q:\n%s", words, text)
		}
	}
}

func TestAPlanForOtherModelsKeepsWeakerOnesOut(t *testing.T) {
	file := template(t, "private-rag-prototype")
	weaker := decode[plan](t, here(t, file, "plan", "-", "--model", "r1-distill-qwen-7b", "--apart", "--limit", "3", "--json").well(t))
	if len(weaker.Setups) != 0 || len(weaker.Apart) == 0 || !strings.HasPrefix(weaker.Apart[0].Reasons()[0], "minimum_model") {
		t.Errorf("%d set-ups on a weaker model serve; apart: %v", len(weaker.Setups), weaker.Apart)
	}
}

func TestAPlanRefusesWhatItCannotSortOrFind(t *testing.T) {
	file := template(t, "private-rag-prototype")
	for _, c := range []struct{ args, say []string }{
		{[]string{"--sort", "sped"}, []string{"--sort", "did you mean speed?"}},
		{[]string{"--limit", "-2"}, []string{"--limit"}},
		{[]string{"--model", "r1-distill-qwen-32"}, []string{"--model", "did you mean r1-distill-qwen-32b?"}},
	} {
		r := here(t, file, append([]string{"plan", "-"}, c.args...)...)
		if r.code != 2 || r.out != "" {
			t.Errorf("%v: exit code %d, output %q", c.args, r.code, r.out)
		}
		for _, words := range c.say {
			if !strings.Contains(r.err, words) {
				t.Errorf("%v does not say %q: %s", c.args, words, r.err)
			}
		}
	}
}

func TestABudgetSaysOnWhatItServesAndWhatStopsIt(t *testing.T) {
	file := template(t, "private-rag-prototype")
	b := decode[plan](t, here(t, file, "plan", "-", "--for", "budget", "--usd", "30000", "--json").well(t))
	if len(b.Routes) == 0 || len(b.Blocked) == 0 {
		t.Fatalf("%d routes, %d apart", len(b.Routes), len(b.Blocked))
	}
	for _, o := range b.Routes {
		if o.USD > 30000 || o.Calls < 1 || o.Stops == "" || (o.Kind == calc.Own || o.Kind == calc.Rent) && (o.Setup == nil || o.PerUser == nil) {
			t.Errorf("%s: %g calls for %g, on %v, stopped by %q", o.Route, o.Calls, o.USD, o.Setup, o.Stops)
		}
	}
	text := here(t, file, "plan", "-", "--for", "budget", "--usd", "30000").well(t)
	if !strings.Contains(text, "what stops it") || !strings.Contains(text, "minimum_model") {
		t.Errorf("the plan says\n%s", text)
	}
}
