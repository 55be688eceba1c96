package calc

// The steps of Sensitivity where an answer cannot be doubled.
const (
	HalfStep  = "half"  // half the answer, where twice is more than the input takes
	ReadyStep = "ready" // the first ready answer, where the answer is 0 and has no scale of its own
)

// Sensitivity is what one plain step of the answer does to a month. It is Step where there is one, else the nearest
// answer that was tried: half of an answer that cannot be doubled, a ready answer in place of nothing. It is nil where no
// other number was tried.
func (e QuestionEffect) Sensitivity() *EffectStep {
	if e.Step != nil {
		return e.Step
	}
	var now *EffectRow
	for i := range e.Rows {
		if e.Rows[i].Now {
			now = &e.Rows[i]
		}
	}
	in := LookupInput(e.Path)
	if now == nil || in == nil || in.Kind != Number && in.Kind != Integer {
		return nil
	}
	for _, row := range e.Rows {
		switch {
		case row.Now:
		case row.Name == HalfStep:
			return stepFrom(HalfStep, *now, row)
		case now.Value.Number.Likely == 0 && row.Value.Number.Likely != 0:
			return stepFrom(ReadyStep, *now, row)
		}
	}
	return nil
}
