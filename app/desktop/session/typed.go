package session

import "hostwise/calc"

// SetTyped gives an amount as it was typed: the text is kept beside the answer, to be shown where it is typed again.
// Like Set, consecutive answers to one input are one step of undo until LeaveField.
func (s *Session) SetTyped(path string, v calc.Value, text string) {
	given, ok := s.scenario.Given(path)
	to := s.scenario
	if !ok || !given.Equal(v) {
		to = to.With(path, v)
	}
	if to = to.WithTyped(path, text); ok && given.Equal(v) && to.Typed(path) == s.scenario.Typed(path) {
		return
	}
	s.change(to, label(path), path)
}
