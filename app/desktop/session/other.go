package session

import (
	"context"

	"hostwise/calc"
)

// AssessQuick works out the base answer of a scenario that is not the open one: the verdict without draws, for what has
// to be shown while somebody types. Call it inside Work.
func (s *Session) AssessQuick(ctx context.Context, scenario calc.Scenario) (*calc.Assessment, error) {
	opt := s.Options()
	opt.Quick, opt.Draws = true, 0
	return s.deps.Assessor.Assess(ctx, scenario, opt)
}
