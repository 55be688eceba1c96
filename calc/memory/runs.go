package memory

import "fmt"

// Runs reports whether a set-up holds its load and is known to serve it. Fit speaks of memory alone; this asks also
// that the engine is known to run the precision there, and that the model reads requests so long.
func (p *Plan) Runs() bool { return p.Supported && p.Fit != No && !p.pastLimit() }

// pastLimit reports whether the longest request is longer than the model was made for.
func (p *Plan) pastLimit() bool {
	return p.Model != nil && p.Model.Architecture.MaxPosition > 0 && p.ContextTokens > p.Model.Architecture.MaxPosition
}

func (p *Plan) limitWords() string {
	return fmt.Sprintf("The model takes %d tokens at most; %d were asked for.", p.Model.Architecture.MaxPosition, p.ContextTokens)
}
