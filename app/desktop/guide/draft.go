package guide

import (
	"slices"

	"hostwise/app/figure/format"
	"hostwise/calc"
)

// draft is what a person typed for an input and what cannot be taken: it stays in the field, also when the question is
// left and opened again, while the last answer stands everywhere else.
type draft struct {
	texts    []string // of the one field, or of low, likely and high
	problems []string // beside each of them
	stands   calc.Value
	given    bool // stands is an answer of the person's own, else the default
}

// typing is a run of keys in the field of one input, from the first key until the field is left.
type typing struct {
	path    string
	earlier calc.Scenario // before it began
}

// leaveField ends a run of typing.
func (p *Page) leaveField() {
	p.typing = nil
	p.session.LeaveField()
}

// begin notes what stands before a run of typing; later keys of the same run change nothing.
func (p *Page) begin(in *calc.Input) {
	if p.typing == nil || p.typing.path != in.Path {
		p.typing = &typing{in.Path, p.session.Scenario()}
	}
}

// hold keeps what cannot be taken, and puts back the answer that stood before the typing began: half a number is no
// answer.
func (p *Page) hold(in *calc.Input, texts, problems []string) {
	p.begin(in)
	v, given := p.typing.earlier.Given(in.Path)
	p.drafts[in.Path] = draft{slices.Clone(texts), slices.Clone(problems), v, given}
	p.session.PutBack(in.Path, p.typing.earlier)
	p.showStanding()
}

// drop forgets what could not be taken, since another answer is in force.
func (p *Page) drop(in *calc.Input) {
	if _, held := p.drafts[in.Path]; held {
		delete(p.drafts, in.Path)
		p.showStanding()
	}
}

// read says what a typed text answers to an input: a value, that the person leaves it open, or why it cannot be taken.
func (p *Page) read(in *calc.Input, text string) (v calc.Value, open bool, problem string) {
	if in.Kind != calc.Text && calc.Unsure(text) {
		return v, true, ""
	}
	v, err := calc.ParseEntry(in, text, p.entryOptions())
	if err != nil {
		return v, false, format.Sentence(err.Error())
	}
	if x := p.session.Scenario().CheckValue(in.Path, v, p.session.CaseCatalogue()); x != nil {
		return v, false, format.Sentence("this " + x.Problem)
	}
	return v, false, ""
}

// draftOf is what was typed for an input and could not be taken. It is gone once the answer is another one, as after
// undo or a ready answer.
func (p *Page) draftOf(in *calc.Input) (draft, bool) {
	d, held := p.drafts[in.Path]
	if !held {
		return draft{}, false
	}
	v, given := p.session.Scenario().Given(in.Path)
	if given != d.given || given && !v.Equal(d.stands) {
		delete(p.drafts, in.Path)
		return draft{}, false
	}
	return d, true
}

// standing are the sentences that say which answers stand although something else is typed, in the order of the table.
func (p *Page) standing() []string {
	var out []string
	for i := range calc.Inputs {
		in := &calc.Inputs[i]
		if _, held := p.draftOf(in); held {
			out = append(out, p.stillUsing(in))
		}
	}
	return out
}

// showStanding says anew which answers stand.
func (p *Page) showStanding() {
	p.side.showStanding()
	if p.question != nil {
		p.question.showStanding()
	}
}
