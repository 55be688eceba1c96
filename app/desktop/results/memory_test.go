package results

import (
	"strings"
	"testing"

	"hostwise/app/figure/format"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

func memoryDesk(t *testing.T, edit func(calc.Scenario) calc.Scenario) (*desk, *memoryTab) {
	t.Helper()
	d := newDesk(t, "saas-app", edit)
	d.page.GoTo(TabMemory)
	tab, ok := d.page.made[TabMemory].(*memoryTab)
	if !ok {
		t.Fatal("there is no memory tab")
	}
	return d, tab
}

func TestAPartOfTheDeviceOpensToItsFormulaAndClosesAgain(t *testing.T) {
	d, _ := memoryDesk(t, nil)
	for _, p := range d.assessment().Deployment.DeviceParts {
		if p.Part == "KV pool" {
			d.seesNot(p.Formula)
			d.press("Cache pool")
			d.sees(p.Formula, p.Why)
			d.press("Cache pool")
			d.seesNot(p.Formula)
			return
		}
	}
	t.Fatal("the device has no cache pool")
}

func TestTheWeightsAndTheSixOverheadsSumAndShowTheirLogLines(t *testing.T) {
	d, _ := memoryDesk(t, nil)
	sum, measured := 0.0, 0
	for _, p := range d.assessment().Deployment.Parts {
		sum += p.Bytes
		d.sees(p.Formula, format.Bytes(p.Bytes))
		if p.Support != "" {
			measured++
			about, quote, from := supportParts(p.Support)
			if quote == "" || from == "" || strings.ContainsAny(about+from, "\u201c\u201d") {
				t.Errorf("%q comes apart as %q, %q, %q", p.Support, about, quote, from)
			}
			d.sees(quote, from)
		}
	}
	if measured == 0 {
		t.Error("no part is supported by a log line")
	}
	if total := d.assessment().Deployment.TotalBytes.Likely; sum < total*0.999 || sum > total*1.001 {
		t.Errorf("the parts sum to %g, the total is %g", sum, total)
	}
	if len(d.assessment().Deployment.Parts) != 7 {
		t.Errorf("%d parts", len(d.assessment().Deployment.Parts))
	}
}

func TestNextSmallerAndLargerSayWhatIsNeededAndThere(t *testing.T) {
	d, _ := memoryDesk(t, nil)
	dep := d.assessment().Deployment
	if dep.NextSmaller == nil || dep.NextLarger == nil {
		t.Fatal("the set-up has no neighbours: the case does not show what it should")
	}
	d.sees("Next smaller: "+dep.NextSmaller.Words, "Next larger: "+dep.NextLarger.Words, format.Bytes(dep.NextSmaller.Capacity)+" there")
}

func TestBelowFourBitsEverythingBuiltOnItIsSpeculation(t *testing.T) {
	d, _ := memoryDesk(t, nil)
	d.seesNot(wordsFewBits)
	d.sees(wordsReleased)
	d.session.Set("deployment.engine", calc.Str("llama.cpp"))
	d.session.Set("deployment.precision", calc.Str("gguf-ud-iq1_s"))
	d.sees(wordsFewBits, string(catalog.Speculation))
	for _, r := range calc.Ledger(d.assessment()) {
		if (r.Section == "Deployment" || r.Section == "Throughput" || r.Section == "Capacity") && r.Evidence != catalog.Speculation {
			t.Errorf("%s is %s on a guessed precision", r.Key, r.Evidence)
		}
	}
	d.session.Set("deployment.precision", calc.Str("bf16"))
	d.sees(wordsUnknownLoss)
	d.session.Set("deployment.precision", calc.Str("gguf-q4_k_m"))
	d.seesNot(wordsFewBits)
	d.sees("R1: 0.7 % of the score")
}

func TestTheMemoryFigureSwitchesToALogScaleAndToTheModels(t *testing.T) {
	d, tab := memoryDesk(t, nil)
	rows := func() []string {
		var out []string
		for _, r := range tab.pane.chart.Figure().Rows {
			out = append(out, r.Label)
		}
		return out
	}
	before := strings.Join(rows(), " ")
	tab.models.Tapped(nil)
	d.sees("Memory by model")
	after := strings.Join(rows(), " ")
	if after == before || !strings.Contains(after, "32B") || !strings.Contains(after, "671B") {
		t.Errorf("the models' figure has the rows %s", after)
	}
	tab.log.Tapped(nil)
	d.sees("log scale")
	if _, _, ok := tab.pane.chart.Layout(); !ok {
		t.Error("the figure is not drawn on a log scale")
	}
	tab.models.Tapped(nil)
	tab.log.Tapped(nil)
	if got := strings.Join(rows(), " "); got != before {
		t.Errorf("switched back the rows are %s", got)
	}
}

func TestCopiesAndCapacityOpenAndEveryPartSaysWhereItIsFrom(t *testing.T) {
	d, _ := memoryDesk(t, nil)
	dep := d.assessment().Deployment
	names := map[string]string{"copies": "Copies of what others hold", "capacity": "What the device holds"}
	if len(dep.DeviceTotals) != len(names) {
		t.Fatalf("%d totals", len(dep.DeviceTotals))
	}
	for _, p := range dep.DeviceTotals {
		d.seesNot(p.Formula)
		d.press(names[p.Part])
		d.sees(p.Formula, p.Why)
	}
	for _, p := range dep.Parts {
		if p.Part == "fragmentation" || p.Part == "tokenizer" {
			d.sees(p.Origin)
			if p.Origin == "" {
				t.Errorf("%s has no origin", p.Part)
			}
		}
	}
	weights := dep.DeviceParts[0]
	if !strings.Contains(weights.Formula, "÷ 8") {
		t.Errorf("the weights a device are not a sum with its numbers: %q", weights.Formula)
	}
	d.press("Weights")
	d.sees(weights.Formula)
}
