package session

import "hostwise/calc"

// NameSuggested reports whether the open case has a name that its answers suggested, or none: no person typed it, and it
// follows the answers.
func (s *Session) NameSuggested() bool { return s.suggested(s.scenario) }

func (s *Session) suggested(of calc.Scenario) bool {
	switch name := of.Name(); name {
	case "", Untitled:
		return true
	default:
		return name == calc.SuggestedName(s.deps.Catalogue, of)
	}
}

// named is a scenario with the name that its answers suggest, where the open case has no name of a person's own. A name
// that the change itself gives stays. Where nothing is answered any more there is nothing to name the case by.
func (s *Session) named(to calc.Scenario) calc.Scenario {
	switch name := s.scenario.Name(); {
	case to.Name() != name || !s.suggested(s.scenario):
		return to
	case Answered(to):
		return to.With("name", calc.Str(calc.SuggestedName(s.deps.Catalogue, to)))
	case name == "" || name == Untitled:
		return to
	}
	return to.Without("name")
}
