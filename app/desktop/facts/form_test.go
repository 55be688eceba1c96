package facts

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/session/sessiontest"
	"hostwise/app/desktop/ui"
	"hostwise/app/desktop/ui/uitest"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

const sourceHint = "Quote by mail, 20 November, valid 90 days"

// fill types answers by the words in the empty fields, and the source.
func fill(t *testing.T, w fyne.Window, answers ...string) {
	t.Helper()
	for i := 0; i+1 < len(answers); i += 2 {
		uitest.Type(t, w, answers[i], answers[i+1])
	}
	uitest.Type(t, w, sourceHint, "Our own mail")
}

func TestAPriceOfOnesOwnIsAddedAndDeleted(t *testing.T) {
	w, p, s := show(t)
	uitest.Press(t, w, "Add a price")
	uitest.Press(t, w, "Use in this case")
	uitest.Sees(t, w, "This is needed: such as $0.55.", "Say where it comes from")
	fill(t, w, "Nebius", "Acme Cloud", "$0.55", "$0.60", "$2.19", "1,9", "128k", "64k")
	uitest.Press(t, w, "Use in this case")
	uitest.Sees(t, w, "Acme Cloud", "yours", "A row of your own; the catalogue has none like it.")
	mine := s.Scenario().Facts().Prices
	if len(mine) != 1 {
		t.Fatalf("the case holds %+v", mine)
	}
	got := mine[0]
	if got.Provider != "Acme Cloud" || got.Input != 0.6 || got.Output != 1.9 || got.CachedInput != nil || got.Context != 65536 || got.Model != "deepseek-r1" ||
		got.Evidence != catalog.Yours || got.Source != "Our own mail" || got.AsOf != "2026-11-23" || got.ProviderKind != "host" {
		t.Errorf("the row is %+v", got)
	}
	if again, problems := calc.Parse(s.Scenario().JSON(), s.Catalogue()); len(problems) > 0 || !again.Equal(s.Scenario()) {
		t.Errorf("the case's file does not come back: %v", problems)
	}
	uitest.Press(t, w, "Delete this row")
	if !s.Scenario().Facts().IsEmpty() {
		t.Error("the row is still there")
	}
	s.Undo()
	if len(s.Scenario().Facts().Prices) != 1 {
		t.Error("deleting cannot be undone")
	}
	// A row that is an answer stays until another answer is given.
	s.Set("api.price", calc.Str(got.ID))
	p.GoTo("prices/" + got.ID)
	uitest.Press(t, w, "Delete this row")
	if len(s.Scenario().Facts().Prices) != 1 {
		t.Error("the answer's own row was deleted under it")
	}
}

func TestAmountsAreInTheCasesCurrency(t *testing.T) {
	w, _, s := show(t)
	s.Edit("currency", func(sc calc.Scenario) calc.Scenario {
		return sc.With("currency.code", calc.Str("EUR")).With("currency.per_usd", calc.Num(0.5)).With("currency.as_of", calc.Str("2026-11-01"))
	})
	uitest.Press(t, w, "Add a price")
	fill(t, w, "Nebius", "Acme", "$0.55", "1", "$2.19", "$3")
	uitest.Press(t, w, "Use in this case")
	got := s.Scenario().Facts().Prices[0]
	if got.Input != 2 || got.Output != 3 {
		t.Errorf("€1 at 0.5 is $2, and $3 is $3: the row has %v and %v", got.Input, got.Output)
	}
}

func TestEveryTableTakesARowOfOnesOwn(t *testing.T) {
	for _, c := range []struct {
		place   string
		answers []string
		check   func(f calc.Facts, cat *catalog.Catalog) bool
	}{
		{"devices/add", []string{"RTX 7090 32 GB", "Card X", "80", "64 GB", "3,350", "2k", "700", "450", "8", "4", "$30k, or 28k to 35k", "8k to 10k"},
			func(f calc.Facts, _ *catalog.Catalog) bool {
				d := f.Devices[0]
				return d.Name == "Card X" && d.MemoryGB == 64 && d.BandwidthGBs == 2000 && d.TDPWatts == 450 && d.MaxPerHost == 4 && d.BF16TFLOPS == nil &&
					d.PriceUSD.Low == 8000 && d.PriceUSD.High == 10000 && d.PriceFact.Evidence == catalog.Yours && d.VisibleBytes > 60e9 && d.VisibleBytes < 70e9
			}},
		{"hosts/add", []string{"8-slot PCIe server", "Our rack server", "8", "4", "$60k", "$20k", "2.5", "1,2", "2,000", "1 TB", "6 to 12", "3 to 5"},
			func(f calc.Facts, _ *catalog.Catalog) bool {
				h := f.Hosts[0]
				return h.Name == "Our rack server" && h.Slots == 4 && h.PriceUSD.Likely == 20000 && h.BaseKW == 1.2 && h.MemoryBytes == 1e12 &&
					h.LeadTimeWeeks.Low == 3 && h.LeadTimeWeeks.High == 5 && h.Evidence == catalog.Yours
			}},
		{"models/add", []string{"Our fine-tune of the 32B", "Ours", "500 to 2k to 6k", "100 to 300 to 900"},
			func(f calc.Facts, cat *catalog.Catalog) bool {
				m := f.Models[0]
				return m.Name == "Ours" && m.ReasoningTokens.Likely == 300 && m.Architecture == cat.Model("deepseek-r1").Architecture && len(m.Quality) == 0 &&
					m.Evidence == catalog.Yours && cat.Model(m.ID) == nil
			}},
		{"rents/add", []string{"Lambda", "Acme", "$2.50, or 2 to 3", "2.10"},
			func(f calc.Facts, cat *catalog.Catalog) bool {
				d := f.Devices[0]
				r := d.Rent[len(d.Rent)-1]
				listed := cat.Device(d.ID)
				return r.Provider == "Acme" && r.USD.Likely == 2.1 && r.Term == "on-demand" && r.Evidence == catalog.Yours && len(d.Rent) == len(listed.Rent)+1 &&
					d.Evidence == listed.Evidence && d.Fact.Source == listed.Fact.Source
			}},
	} {
		w, p, s := show(t)
		p.GoTo(c.place)
		fill(t, w, c.answers...)
		uitest.Press(t, w, "Use in this case")
		if s.Scenario().Facts().IsEmpty() {
			t.Errorf("%s: no row; the screen says\n%s", c.place, uitest.Screen(w))
			continue
		}
		if !c.check(s.Scenario().Facts(), s.Catalogue()) {
			t.Errorf("%s: the row is %+v", c.place, s.Scenario().Facts())
		}
		uitest.Sees(t, w, "yours", "Delete this row")
		if a, state := s.Assessment(); state.Err != nil || a == nil {
			t.Errorf("%s: the case cannot be worked out with it: %v", c.place, state.Err)
		}
		uitest.Press(t, w, "Delete this row")
		if !s.Scenario().Facts().IsEmpty() {
			t.Errorf("%s: deleted, and still there: %+v", c.place, s.Scenario().Facts())
		}
	}
}

// A run of one's own outranks all: the case's speed is then measured, and it is the speed that was typed.
func TestAMeasuredRunOutranksAll(t *testing.T) {
	w, p, s := show(t)
	s.Set("deployment.concurrent_sequences", calc.Num(16)) // from demand it would follow the speed
	before, _ := s.Assessment()
	if before.Throughput.Basis == "measured" {
		t.Fatal("the case is measured already: the test shows nothing")
	}
	p.GoTo("measured/add")
	fill(t, w, "1,450", "777")
	uitest.Sees(t, w, "The set-up of this case answers with", "(measured)")
	if now, _ := s.Assessment(); now != before {
		t.Fatal("the case changed before the row was used")
	}
	uitest.Press(t, w, "Use in this case")
	a, _ := s.Assessment()
	if a.Throughput.Basis != "measured" || a.Throughput.OutputTokS.Likely < 776 || a.Throughput.OutputTokS.Likely > 778 {
		t.Errorf("the speed is %v tok/s, %s; wanted the measured 777", a.Throughput.OutputTokS.Likely, a.Throughput.Basis)
	}
	if got := s.Scenario().Facts().Measured[0]; got.ParsedDevice != before.Deployment.Device || got.ParsedEngine != before.Deployment.Engine || got.GPUs != before.Deployment.Devices {
		t.Errorf("the run is of %+v, the case of %+v", got, before.Deployment)
	}
	s.Undo()
	if a, _ := s.Assessment(); a.Throughput.Basis != before.Throughput.Basis {
		t.Errorf("undone, the speed is still %s", a.Throughput.Basis)
	}
}

func TestWrongFiguresAreSaidAtTheirFieldAndNothingIsLost(t *testing.T) {
	w, p, s := show(t)
	p.GoTo("devices/h200-sxm")
	uitest.Press(t, w, "Use my own figure")
	uitest.Type(t, w, "8", "9,000") // the file's own rule: at most 4,096
	fill(t, w)
	uitest.Press(t, w, "Use in this case")
	uitest.Sees(t, w, "a whole number from 1 to 4096")
	if !s.Scenario().Facts().IsEmpty() {
		t.Fatal("a wrong row was taken")
	}
	uitest.Type(t, w, "700", "about 2 to 3 kW or so")
	uitest.Press(t, w, "API prices")           // look elsewhere
	p.GoTo("devices/h200-sxm")                 // and come back
	uitest.Press(t, w, "Go on with my figure") // what was typed is still there
	uitest.Sees(t, w, "9,000", "about 2 to 3 kW or so", "Our own mail")
	uitest.Type(t, w, "8", "4")
	uitest.Type(t, w, "700", "650")
	uitest.Press(t, w, "Use in this case")
	mine, listed := s.Scenario().Facts().Devices, s.Catalogue().Device("h200-sxm")
	if len(mine) != 1 || mine[0].MaxPerHost != 4 || mine[0].TDPWatts != 650 || mine[0].VisibleBytes != listed.VisibleBytes {
		t.Fatalf("the row is %+v", mine)
	}
	if mine[0].PriceUSD.Likely != listed.PriceUSD.Likely {
		t.Errorf("the price is %v, listed %v", mine[0].PriceUSD, listed.PriceUSD)
	}
	uitest.Sees(t, w, "Listed", "Power: 700 W, yours 650 W")
	uitest.Press(t, w, "Use the listed figure")
	if !s.Scenario().Facts().IsEmpty() {
		t.Error("the listed figure is not back")
	}
}

func TestEscapeGivesUpAndEnterUses(t *testing.T) {
	w, p, s := show(t)
	p.GoTo("prices/add")
	fill(t, w, "Nebius", "Acme", "$0.55", "1", "$2.19", "2")
	uitest.Key(w, fyne.KeyEscape)
	uitest.SeesNot(t, w, "Use in this case")
	p.GoTo("prices/add")
	uitest.SeesNot(t, w, "Acme")
	fill(t, w, "Nebius", "Acme", "$0.55", "1", "$2.19", "2")
	uitest.Key(w, fyne.KeyReturn)
	if len(s.Scenario().Facts().Prices) != 1 {
		t.Error("Enter does not use the row")
	}
}

func TestGivingUpCanBeUndone(t *testing.T) {
	w, p, s := show(t)
	var undo func()
	p.shell.Toast = func(_ string, u func()) { undo = u }
	p.GoTo("prices/add")
	uitest.Press(t, w, "Cancel")
	if undo != nil {
		t.Error("nothing was typed, and something was dropped")
	}
	p.GoTo("prices/add")
	fill(t, w, "Nebius", "Acme")
	uitest.Press(t, w, "Cancel")
	uitest.SeesNot(t, w, "Acme")
	p.GoTo("devices")
	undo()
	uitest.Sees(t, w, "Acme", "Our own mail", "API prices")
	if !s.Scenario().Facts().IsEmpty() {
		t.Error("the case changed")
	}
}

func TestADevicesOwnRentOutlivesItsListedPrice(t *testing.T) {
	w, p, s := show(t)
	s.Set("deployment.device", calc.Str("h200-sxm"))
	p.GoTo("rents/add")
	fill(t, w, "Lambda", "Acme", "$2.50, or 2 to 3", "2.10")
	uitest.Press(t, w, "Use in this case")
	p.GoTo("yours")
	if len(p.grid.rows) != 1 {
		t.Errorf("one rental price makes %d figures of one's own", len(p.grid.rows))
	}
	p.GoTo("devices/h200-sxm")
	uitest.Press(t, w, "I checked this")
	uitest.Press(t, w, "Use the listed figure")
	mine, listed := s.Scenario().Facts().Devices, s.Catalogue().Device("h200-sxm")
	if len(mine) != 1 || mine[0].PriceFact != listed.PriceFact || !anyOwn(mine[0].Rent) {
		t.Fatalf("the case holds %+v", mine)
	}
	p.GoTo("rents/h200-sxm/Acme")
	uitest.Press(t, w, "Delete this row")
	if !s.Scenario().Facts().IsEmpty() {
		t.Errorf("the case still holds %+v", s.Scenario().Facts())
	}
}

func TestARowOfOnesOwnBecomesTheAnswer(t *testing.T) {
	w, p, s := show(t)
	p.GoTo("devices/add")
	fill(t, w, "RTX 7090 32 GB", "Card X", "80", "192 GB", "3,350", "8k", "700", "900", "8", "8", "$30k, or 28k to 35k", "9k")
	uitest.Press(t, w, "Use in this case")
	id := s.Scenario().Facts().Devices[0].ID
	uitest.Press(t, w, "Choose for this case")
	if got := s.Scenario().Text("deployment.device"); got != id {
		t.Fatalf("the case's device is %s, wanted %s", got, id)
	}
	if a, state := s.Assessment(); state.Err != nil || a.Deployment.Device != id {
		t.Errorf("the case is worked out on %+v: %v", a.Deployment.Device, state.Err)
	}
	if uitest.CanPress(w, "Choose for this case") {
		t.Error("the answer can be chosen again")
	}
	s.Undo()
	if s.Scenario().Text("deployment.device") == id {
		t.Error("it cannot be undone")
	}
}

func TestAWholeMarketIsAPlace(t *testing.T) {
	_, p, s := show(t)
	p.GoTo("devices")
	p.GoTo("prices/deepseek-r1/cloud")
	want := s.Catalogue().Model("deepseek-r1").ShortName
	if p.current != "prices" || p.group.Chosen() != want || len(p.grid.rows) == 0 {
		t.Errorf("it shows %s of %q", p.current, p.group.Chosen())
	}
}

// While somebody types, only the answer to the newest row is shown.
func TestTheNewestRowsEffectWins(t *testing.T) {
	cat := sessiontest.New(t).Catalogue()
	var waiting []func()
	s := session.New(session.Deps{Assessor: calc.NewAssessor(cat), Catalogue: cat, Now: sessiontest.Now.UTC, Go: func(f func()) { waiting = append(waiting, f) }})
	run := func(f []func()) {
		for _, x := range f {
			x()
		}
	}
	s.Set("workload.calls_per_month", calc.Num(1e6))
	for len(waiting) > 0 {
		now := waiting
		waiting = nil
		run(now)
	}
	w := uitest.Show(t, nil, 1216, 690)
	shell := ui.Detached()
	shell.Window = w
	p := New(s, shell)
	w.SetContent(p.Content())
	p.GoTo("prices/add")
	fill(t, w, "Nebius", "Acme", "$0.55", "1", "$2.19", "2")
	uitest.Sees(t, w, "Working out what it does")
	uitest.Type(t, w, "$2.19", "9")
	late := waiting
	waiting = nil
	for i := len(late) - 1; i >= 0; i-- {
		late[i]() // the newest first, the older ones after it
	}
	f := p.form
	before, _ := s.Assessment()
	after, err := s.AssessQuick(t.Context(), s.Scenario().WithFacts(f.facts))
	if err != nil || f.facts.Prices[0].Output != 9 {
		t.Fatalf("%v, %+v", err, f.facts.Prices)
	}
	uitest.Sees(t, w, p.effectWords(calc.EffectOf(before, after), false))
}

// Whatever is typed, the form says what is wrong or holds a row that the file's reader takes.
func TestAnythingCanBeTyped(t *testing.T) {
	s := sessiontest.New(t)
	uitest.Show(t, nil, 400, 300)
	p := New(s, ui.Detached()) // nothing is assessed: what a row does to the verdict is not asked here
	rapid.Check(t, func(rt *rapid.T) {
		table := rapid.SampledFrom([]string{"prices", "devices", "hosts", "rents", "measured", "models"}).Draw(rt, "table")
		f := newForm(p, table, "")
		for _, x := range f.texts() {
			x.Replace(rapid.OneOf(rapid.SampledFrom([]string{"", "10k", "1,5", "$0.55", "−3", "2 to 3", "1e99", "NaN", "0", "80 GB", "three"}), rapid.String()).Draw(rt, "text"))
		}
		f.source.Replace("somewhere")
		f.tried = true
		if f.check() {
			to := s.Scenario().WithFacts(f.facts)
			if problems := to.Check(s.Catalogue()); len(problems) > 0 {
				rt.Fatalf("%s: taken, and wrong: %v", table, problems)
			}
			return
		}
		words := f.general.Words()
		for _, x := range append(f.texts(), f.source, f.day) {
			words += x.Problem()
		}
		if strings.TrimSpace(words) == "" {
			rt.Fatalf("%s: refused without a word", table)
		}
	})
}

func TestEveryRowOfTheCatalogueCanBeEdited(t *testing.T) {
	_, p, s := show(t)
	for table := range forms {
		for i, r := range p.table(table).records {
			if i%7 != 0 {
				continue // a part of them: each asks for an assessment
			}
			if !p.corrects(table, r.id) {
				continue
			}
			f := newForm(p, table, r.id)
			if f == nil {
				t.Errorf("%s/%s has no form", table, r.id)
				continue
			}
			f.source.Replace("as it is")
			f.tried = true
			if !f.check() {
				words := f.general.Words()
				for _, x := range f.fields {
					if x.text != nil && x.text.Problem() != "" {
						words += " " + x.key + ": " + x.text.Problem()
					}
				}
				if r.gone || strings.Contains(words, "needed") {
					continue // a free quota has no price; a run may state no number of requests
				}
				t.Errorf("%s/%s cannot be taken as it is: %s", table, r.id, words)
			}
		}
	}
	if !s.Scenario().Facts().IsEmpty() {
		t.Error("looking changed the case")
	}
}

func TestTheFormIsReachedByKeyboard(t *testing.T) {
	w, p, _ := show(t)
	p.GoTo("prices")
	w.Canvas().Unfocus()
	for range 60 {
		w.Canvas().FocusNext()
		if b, ok := w.Canvas().Focused().(*ui.Button); ok && b.Words() == "Add a price" {
			uitest.Key(w, fyne.KeyReturn)
			break
		}
	}
	if p.form == nil {
		t.Fatal("the button cannot be reached by Tab")
	}
	if e, ok := w.Canvas().Focused().(*ui.Entry); !ok || e != p.form.texts()[0].Entry() {
		t.Error("the cursor is not in the first field")
	}
	test.Type(w.Canvas().Focused(), "Acme")
	if p.form.texts()[0].Text() != "Acme" {
		t.Error("typing does not reach the first field")
	}
}
