package calc

import (
	"context"
	"errors"
	"time"

	"hostwise/calc/catalog"
)

// Options say how much of an assessment is wanted.
type Options struct {
	Today time.Time // ages of prices count from here
	Draws int       // samples for ranges and chances; 0 with Quick
	Seed  uint64    // of the sampling
	Quick bool      // the base answer only: no draws, tornado or flips
}

// DefaultDraws is the number of samples where nothing else is asked for.
const DefaultDraws = 1000

// Assessor turns scenarios into assessments against one catalogue. It keeps the short lists of set-ups that
// it has worked out, and is safe for concurrent use.
type Assessor struct {
	cat *catalog.Catalog
}

// NewAssessor returns an Assessor for the catalogue.
func NewAssessor(cat *catalog.Catalog) *Assessor { return &Assessor{cat: cat} }

// Assess is the one door: every page, report and command shows what it returns. The error is the context's
// when the work was cancelled, or Problems when the scenario cannot be assessed.
func (a *Assessor) Assess(ctx context.Context, s Scenario, opt Options) (*Assessment, error) {
	return nil, errors.New("calc: not ready")
}
