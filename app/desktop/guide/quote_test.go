package guide

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hostwise/app/desktop/session/sessiontest"
	"hostwise/app/desktop/ui"
	"hostwise/app/desktop/ui/uitest"
	"hostwise/calc"
)

const pathServer = "finance.server_usd"

// toasts keeps what the page says in passing, and the way back that it offers.
func (v *shown) toasts() (words *[]string, undo *func()) {
	words, undo = &[]string{}, new(func())
	v.page.shell.Toast = func(said string, back func()) { *words, *undo = append(*words, said), back }
	return words, undo
}

// fillQuote opens the form of a price and fills it as a person does, from field to field.
func fillQuote(t *testing.T, v *shown, amount, supplier, date, until, note string) {
	t.Helper()
	uitest.Press(t, v, "I have a quote")
	for _, x := range []struct{ placeholder, text string }{
		{amountExample(calc.InputAt(v.page.place), v.page.entryOptions()), amount}, {wordsSupplierExample, supplier},
		{wordsDateExample, date}, {wordsUntilExample, until}, {wordsNoteExample, note},
	} {
		if x.text != "" {
			uitest.Type(t, v, x.placeholder, x.text)
		}
	}
}

func TestAQuoteBecomesTheAnswer(t *testing.T) {
	v := ask(t, pathServer)
	said, undo := v.toasts()
	uitest.Press(t, v, "I have a quote")
	uitest.Sees(t, v, "A quote for server price", "Amount, before tax", "Supplier", "Valid until")
	uitest.SeesNot(t, v, "Next: ")
	v.write(t, "350k")
	uitest.Type(t, v, wordsSupplierExample, "Acme Systems")
	uitest.Type(t, v, wordsUntilExample, "30 days")
	uitest.Type(t, v, wordsNoteExample, "Q-118, eight cards")
	v.key(fyne.KeyReturn)
	s := v.session.Scenario()
	quote, held := s.Quote(pathServer)
	want := calc.Quote{Path: pathServer, Supplier: "Acme Systems", Date: "2026-11-23", ValidUntil: "2026-12-23", Note: "Q-118, eight cards"}
	if !held || quote != want || s.Likely(pathServer) != 350000 {
		t.Errorf("kept is %+v at %g, want %+v at 350000", quote, s.Likely(pathServer), want)
	}
	uitest.Sees(t, v, "yours", "Quote from Acme Systems, 23 Nov 2026", "valid until 23 Dec 2026, 30 days left", "Q-118, eight cards", "Next: ")
	uitest.SeesNot(t, v, "A quote for server price", "I have a quote")
	if len(*said) != 1 || (*said)[0] != "The quote from Acme Systems is kept." {
		t.Errorf("the toast says %q", *said)
	}
	(*undo)()
	if _, given := v.session.Scenario().Given(pathServer); given {
		t.Error("undo leaves the amount")
	}
	uitest.Sees(t, v, "I have a quote")
}

func TestAQuoteIsEditedAndRemoved(t *testing.T) {
	v := ask(t, pathServer)
	_, undo := v.toasts()
	fillQuote(t, v, "350k", "Acme", "", "30 days", "")
	v.key(fyne.KeyReturn)
	uitest.Press(t, v, "Edit the quote")
	if got := uitest.Fields(v)[1].Text(); got != "350k" {
		t.Errorf("the form shows the amount %q, want what was typed", got)
	}
	uitest.Type(t, v, wordsSupplierExample, "Bolt")
	uitest.Press(t, v, "Keep the quote")
	uitest.Sees(t, v, "Quote from Bolt")
	uitest.Press(t, v, "Remove the quote")
	s := v.session.Scenario()
	if _, held := s.Quote(pathServer); held || s.Likely(pathServer) != 350000 {
		t.Errorf("after removing: held %t at %g, want only the amount", held, s.Likely(pathServer))
	}
	v.session.Set("workload.calls_per_month", calc.Num(5)) // something else happens before undo is pressed
	(*undo)()
	s = v.session.Scenario()
	if quote, held := s.Quote(pathServer); !held || quote.Supplier != "Bolt" || s.Likely("workload.calls_per_month") != 5 {
		t.Errorf("undo gives %+v (%t) and %g calls", quote, held, s.Likely("workload.calls_per_month"))
	}
	v.session.Undo()
	v.session.Undo()
	v.session.Undo()
	if quote, _ := v.session.Scenario().Quote(pathServer); quote.Supplier != "Bolt" {
		t.Errorf("three steps back the quote is from %q, want Bolt", quote.Supplier)
	}
}

func TestAQuoteThatCannotBeTakenSaysWhyAtEachField(t *testing.T) {
	v := ask(t, pathServer)
	uitest.Press(t, v, "I have a quote")
	v.key(fyne.KeyReturn)
	uitest.Sees(t, v, "Give the amount that the supplier asks.", "Nobody is named; give who made the offer.")
	fields := uitest.Fields(v)[1:]
	if !fields[0].Focused() {
		t.Error("the first field that is wrong has not the focus")
	}
	for i, text := range []string{"plenty", "Acme", "3/4/2026", "someday"} {
		v.Canvas().Focus(fields[i].Focusable())
		fields[i].Replace("")
		test.Type(fields[i].Entry(), text)
	}
	v.key(fyne.KeyReturn)
	for i, wrong := range []bool{true, false, true, true} {
		if (fields[i].Problem() != "") != wrong {
			t.Errorf("field %d with %q says %q", i, fields[i].Text(), fields[i].Problem())
		}
	}
	if quotes := v.session.Scenario().Quotes(); len(quotes) > 0 {
		t.Errorf("a wrong quote is kept: %+v", quotes)
	}
	fields[2].Replace("2 Nov 2026")
	fields[3].Replace("2026-11-01")
	fields[0].Replace("$350,000")
	uitest.Press(t, v, "Keep the quote")
	uitest.Sees(t, v, "2026-11-01 is before the day of the offer")
	v.key(fyne.KeyEscape)
	uitest.SeesNot(t, v, "A quote for server price")
	uitest.Sees(t, v, "I have a quote")
}

func TestAnExpiredQuoteSaysSoLoudly(t *testing.T) {
	s := sessiontest.New(t)
	s.Edit("an old quote", func(c calc.Scenario) calc.Scenario {
		return c.With(pathServer, calc.Num(350000)).WithQuote(calc.Quote{Path: pathServer, Supplier: "Acme", Date: "2026-09-01", ValidUntil: "2026-11-11"})
	})
	v := showAt(t, s, 1216, 690)
	v.page.GoTo(pathServer)
	uitest.Sees(t, v, "The quote from Acme expired 12 days ago, on 11 Nov 2026.", "The answer still counts with it.", "Enter a new quote")
	v.page.GoTo(placeReview)
	uitest.Sees(t, v, "The quote from Acme expired 12 days ago", "expired")
	v.page.GoTo(placeAll)
	uitest.Sees(t, v, "expired")
	v.page.GoTo(pathServer)
	uitest.Press(t, v, "Enter a new quote")
	uitest.Type(t, v, wordsDateExample, "2026-11-23")
	uitest.Type(t, v, wordsUntilExample, "2 weeks")
	v.key(fyne.KeyReturn)
	uitest.SeesNot(t, v, "expired")
	uitest.Sees(t, v, "14 days left")
}

func TestAQuoteIsInTheCurrencyOfTheCase(t *testing.T) {
	s := sessiontest.New(t)
	s.Edit("euros", func(c calc.Scenario) calc.Scenario {
		return c.With("currency.code", calc.Str("EUR")).With("currency.per_usd", calc.Num(0.8))
	})
	v := showAt(t, s, 1216, 690)
	const path = "api.output_usd_per_mtok"
	v.page.GoTo(path)
	fillQuote(t, v, "2,40 €", "Host", "1 Nov 2026", "", "")
	v.key(fyne.KeyReturn)
	if got := v.session.Scenario().Likely(path); got < 2.999999 || got > 3.000001 { // 2.40 / 0.8
		t.Errorf("2,40 € at 0.8 is $%g, want $3", got)
	}
	uitest.Sees(t, v, "Quote from Host, 1 Nov 2026")
	if got := uitest.Fields(v)[0].Text(); got != "2,40 €" {
		t.Errorf("the field that is entered says %q, want what was typed", got)
	}
	v.Canvas().Unfocus()
	if got := uitest.Fields(v)[0].Text(); got != "€2.4" {
		t.Errorf("the field that is left says %q, want what was understood", got)
	}
}

// Every price that the scenario can keep a quote for has the way to one, and nothing else has.
func TestEveryPriceCanBeQuoted(t *testing.T) {
	v := show(t)
	for i := range calc.Inputs {
		in := &calc.Inputs[i]
		if in.AskedWith != "" {
			continue
		}
		v.page.GoTo(in.Path)
		if can := uitest.CanPress(v, "I have a quote"); can != calc.Quotable(in.Path) {
			t.Errorf("%s: a quote can be entered: %t, want %t", in.Path, can, calc.Quotable(in.Path))
		}
	}
}

func TestWhatWasTypedComesBackWhenTheFieldIsEntered(t *testing.T) {
	v := ask(t, pathServer)
	v.write(t, "0.35 M$")
	v.Canvas().Unfocus()
	field := uitest.Fields(v)[0]
	if field.Text() != "$350,000" {
		t.Errorf("left, the field says %q", field.Text())
	}
	v.Canvas().Focus(field.Focusable())
	if field.Text() != "0.35 M$" {
		t.Errorf("entered again, the field says %q", field.Text())
	}
	uitest.Press(t, v, "$5,000")
	v.Canvas().Unfocus()
	v.Canvas().Focus(field.Focusable())
	if field.Text() != "$5,000" {
		t.Errorf("after a ready answer the field says %q", field.Text())
	}
}

func TestIDontKnowSaysWhatIsAssumed(t *testing.T) {
	v := ask(t, "workload.input_tokens_per_call")
	in := calc.InputAt("workload.input_tokens_per_call")
	v.write(t, "9k")
	uitest.Press(t, v, "I don't know")
	if _, given := v.session.Scenario().Given(in.Path); given {
		t.Error("the answer is still given")
	}
	uitest.Sees(t, v, "Then it is taken as: 2,000 tokens.", in.Source, "8 times in 10 the truth lies between 1,000 and 4,000.", "likely")
	uitest.SeesNot(t, v, "I don't know")
	v.Canvas().Focus(uitest.Fields(v)[0].Focusable())
	v.write(t, "5")
	uitest.SeesNot(t, v, "Then it is taken as")
	uitest.Fields(v)[0].Replace("")
	v.write(t, "not sure")
	uitest.Sees(t, v, "Then it is taken as: 2,000 tokens.")
}

func TestIDontKnowOfAChoiceAndOfTheCatalogue(t *testing.T) {
	v := ask(t, "rules.operations_staff")
	uitest.Press(t, v, "No")
	uitest.Press(t, v, "I don't know")
	uitest.Sees(t, v, "Then it is taken as: yes.", evidenceMeaning[calc.InputAt("rules.operations_staff").Evidence])
	v = ask(t, pathServer)
	uitest.Press(t, v, "I don't know")
	uitest.Sees(t, v, "The catalogue's own figure is used.", "It carries the spread of its sources")
}

func TestEveryUnknownIsExplained(t *testing.T) {
	v := show(t)
	for i := range calc.Inputs {
		in := &calc.Inputs[i]
		for _, words := range []string{v.page.assumedWords(in), sourceSentence(in), v.page.spreadSentence(in)} {
			if len(words) < 12 || strings.Contains(words, "  ") || !strings.HasSuffix(words, ".") {
				t.Errorf("%s is explained as %q", in.Path, words)
			}
		}
	}
}

func TestADecimalCommaIsReadAndWritten(t *testing.T) {
	t.Cleanup(ui.SetRegion(ui.Region{DecimalComma: true}))
	v := ask(t, "workload.calls_per_month")
	v.write(t, "1.200")
	if got := v.session.Scenario().Likely("workload.calls_per_month"); got != 1200 {
		t.Errorf("1.200 is taken as %g where thousands have a point", got)
	}
	uitest.Sees(t, v, "1.200 calls a month", "10.000")
	uitest.Fields(v)[0].Replace("")
	v.write(t, "2,5")
	if got := v.session.Scenario().Likely("workload.calls_per_month"); got != 2.5 {
		t.Errorf("2,5 is taken as %g", got)
	}
}
