package session

import "hostwise/calc"

// ClearTyped takes an answer back to its default while its field is being emptied. Unlike Reset it is part of the run
// of typing: a number that is typed anew is one step of undo.
func (s *Session) ClearTyped(path string) {
	if _, ok := s.scenario.Given(path); ok {
		s.change(s.scenario.Without(path), label(path), path)
	}
}

// PutBack gives the input at path the answer that it has in an earlier scenario, with how it was typed and its quote:
// what is being typed cannot be read, so that the last answer stands. A run of typing that comes to nothing leaves no
// step of undo.
func (s *Session) PutBack(path string, earlier calc.Scenario) {
	to := withAnswerOf(s.scenario, path, earlier)
	if sameAnswer(to, s.scenario, path) {
		return
	}
	if s.history.forgetRun(path) {
		s.become(s.named(to), path)
		return
	}
	s.change(to, label(path), path)
}

// withAnswerOf is a scenario with the answer to one input that another has.
func withAnswerOf(s calc.Scenario, path string, from calc.Scenario) calc.Scenario {
	v, given := from.Given(path)
	if !given {
		return s.Without(path)
	}
	s = s.With(path, v).WithTyped(path, from.Typed(path))
	if quote, held := from.Quote(path); held {
		return s.WithQuote(quote)
	}
	return s.WithoutQuote(path)
}

// sameAnswer reports whether two scenarios answer one input alike, in words and in worth.
func sameAnswer(a, b calc.Scenario, path string) bool {
	x, given := a.Given(path)
	y, also := b.Given(path)
	p, held := a.Quote(path)
	q, holds := b.Quote(path)
	return given == also && (!given || x.Equal(y)) && a.Typed(path) == b.Typed(path) && held == holds && p == q
}

// forgetRun drops the last step where it is the run of typing at path, and reports whether it did.
func (h *history) forgetRun(path string) bool {
	if !h.open || h.at != len(h.steps) || h.at == 0 || h.steps[h.at-1].path != path || h.steps[h.at-1].act != nil {
		return false
	}
	h.at--
	h.steps = h.steps[:h.at]
	h.open = false
	return true
}
