package guide

import (
	"strings"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// cautionOf says why the answer in force may be a slip: it lies far outside what is known. "" where it does not, where
// nothing is known, and for what the program supplies itself.
func (p *Page) cautionOf(in *calc.Input) string {
	s := p.session.Scenario()
	v, given := s.Given(in.Path)
	if !given || v.Null {
		return ""
	}
	known, ok := calc.KnownRangeOf(p.session.CaseCatalogue(), s, in.Path)
	if !ok {
		return ""
	}
	for _, x := range []float64{v.Number.Likely, v.Number.High, v.Number.Low} {
		if times, far := known.Far(x); far {
			return cautionWords(in, known, times, figure.CurrencyOf(s))
		}
	}
	return ""
}

// cautionWords say how far an answer is off, what is known, and who says so.
func cautionWords(in *calc.Input, k calc.KnownRange, times float64, cur format.Currency) string {
	highest, lowest, known := "the highest that is usual", "the lowest that is usual", "Usual: "
	if k.Listed {
		highest, lowest, known = "the highest known", "the lowest known", "Known: "
	}
	words := format.Number(times, 2) + " times " + highest + ". "
	if times < 1 {
		words = format.Number(1/times, 2) + " times under " + lowest + ". "
	}
	words += known + knownEnd(in, k.Low, k.LowOf, cur) + " to " + knownEnd(in, k.High, k.HighOf, cur)
	if unit := unitWords[in.Unit]; unit != "" && in.Unit != calc.UnitKW {
		words += " " + unit
	}
	if k.Listed {
		words += ", " + k.Of
	}
	from := shortSource(k.Source)
	if k.AsOf != "" {
		from += ", " + ui.Here().Day(k.AsOf)
	}
	return held(words) + " (" + from + "). Your number is used as it is."
}

// knownEnd is one end of what is known, with what stands there.
func knownEnd(in *calc.Input, v float64, of string, cur format.Currency) string {
	words := estimateOf(in, v, cur)
	if of != "" {
		words += " (" + of + ")"
	}
	return words
}

// stillUsing says which answer stands while something else is typed that cannot be taken: "Still using 10,000 calls a
// month."
func (p *Page) stillUsing(in *calc.Input) string {
	s := p.session.Scenario()
	_, given := s.Given(in.Path)
	words, label := long(in, s, p), lowerLabel(in.Label)
	switch unit := unitWords[in.Unit]; {
	case s.Value(in.Path).Null:
		words = "the catalogue's figure for " + label
	case unit != "" && strings.HasPrefix(label, unit+" ") && strings.HasSuffix(words, " "+unit):
		words = strings.TrimSuffix(words, unit) + label
	default:
		words += " for " + label
	}
	if !given && !s.Value(in.Path).Null {
		words += ", the default"
	}
	return "Still using " + words + "."
}

// remark is a quiet sentence with the mark of a warning, hidden while it has no words.
type remark struct {
	words *ui.Text
	view  *fyne.Container
}

func newRemark() *remark {
	r := &remark{words: ui.NewText(ui.Caption, "").In(ui.ColorInk2).Wrapped()}
	r.view = ui.Inset(0, 0, 4, 0, hanging(16, ui.NewSizedIcon(ui.IconWarning, ui.ColorInk2, 12), r.words))
	r.view.Hide()
	return r
}

func (r *remark) set(words string) {
	if r.words.Words() != words {
		r.words.SetText(words)
		ui.SetShown(r.view, words != "")
	}
}
