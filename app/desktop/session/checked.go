package session

import "hostwise/calc"

// Checked confirms a fact as of today: its row becomes the person's own in the open case, with the figures as they
// are, as one step of undo. table and id are those of a calc.Recheck or of the Facts page. On an error nothing has
// changed.
func (s *Session) Checked(table, id string) error {
	to, err := s.scenario.Checked(s.deps.Catalogue, table, id, s.deps.Now())
	if err != nil {
		return err
	}
	s.Edit("Checked a fact", func(calc.Scenario) calc.Scenario { return to })
	return nil
}

// Corrected puts the figures that a person found in place of a fact's, as one step of undo. values are dollars in the
// order of calc.Scenario.Corrections; source says where they were found. On an error nothing has changed.
func (s *Session) Corrected(table, id string, values []*float64, source string) error {
	to, err := s.scenario.Corrected(s.deps.Catalogue, table, id, values, source, s.deps.Now())
	if err != nil {
		return err
	}
	s.Edit("Corrected a fact", func(calc.Scenario) calc.Scenario { return to })
	return nil
}
