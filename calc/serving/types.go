// Package serving says how fast a set-up answers, how many requests it holds at once, and how many
// replicas a demand needs.
//
// New reads a catalogue's measured runs once; Model.Prepare turns a memory.Plan into a Server, whose At is a
// closed form. The physics (step.go, prepare.go, constants.go) says what a decode step and a prompt cost on each
// kind of machine; the ladder (ladder.go) corrects it by the measured runs, the more so the more alike they are,
// and states how sure the result is; a set-up that was measured answers with its measurement where it was.
//
// It promises to say which of its figures were measured and which were computed (Basis), never to let more
// concurrency raise a user's speed or lower the total inside the memory limit, and to leave large clusters
// (wide expert parallelism, NVL72, split prefill and decode) to the measured table.
//
// It leaves out waiting before the first token other than by Queue, uneven prompts and answers, skewed experts,
// prefix caches that fill and empty, and disks. It knows nothing of money, and of memory only what a plan says.
package serving

import (
	"hostwise/calc/catalog"
	"hostwise/calc/memory"
)

// Basis says where a speed comes from, best first.
type Basis string

// The trust ladder of the contract.
const (
	MeasuredBasis     Basis = "measured"     // this exact set-up was measured
	InterpolatedBasis Basis = "interpolated" // between measured points of the same set-up
	ScaledBasis       Basis = "scaled"       // from the nearest measured set-up, by the model's ratio
	ModelledBasis     Basis = "modelled"     // physics alone
	ExtrapolatedBasis Basis = "extrapolated" // physics outside what it was checked on, or an unsupported combination
)

// Load is the shape of one request, in tokens; means may be fractions.
type Load struct {
	Input      float64
	Output     float64 // visible answer
	Reasoning  float64 // thinking: decoded and billed like output
	CachedHits float64 // share of input found in a prefix cache, 0..1
}

// Decoded is what a request makes the machine write.
func (l Load) Decoded() float64 { return l.Output + l.Reasoning }

// LiveTokens is the mean number of tokens a running request holds in the cache.
func (l Load) LiveTokens() float64 { return l.Input + l.Decoded()/2 }

// Speed is one replica at a stated concurrency. Rates are tokens a second, times are seconds.
// The plain numbers are the likely values; Spread multiplies a rate into its P10..P90.
type Speed struct {
	Concurrency float64
	Output      float64 // closed loop, prefill and decode sharing the devices; visible + reasoning
	Decode      float64 // decode alone
	Prefill     float64 // one prompt after another, no decode
	PerUser     float64 // as a client sees it, others' prefill included
	TPOT        float64 // seconds per output token as a client sees it
	TTFT        float64 // without queue
	Answer      float64 // seconds per answer: TTFT + decoded tokens x TPOT
}

// Server is a prepared set-up: the part of the work that does not depend on the load is done.
// It is safe for concurrent use, and At does not allocate.
type Server struct {
	Plan    memory.Plan
	Basis   Basis
	Nearest string            // the nearest measurement in words, with date and source; "" when none is near
	Run     *catalog.SpeedRun // that row
	Spread  catalog.Range     // of any rate at the likely load, as factors around 1
	// PromptSpread is the same for Speed.Prefill and, inverted, for Speed.TTFT.
	PromptSpread catalog.Range
	Why          []string       // warnings that belong to the speed
	idle         bool           // nothing is known to compute a speed from
	draftModel   bool           // drafts come from a model that is not in the catalogue
	model        engineModel    // constants of the step
	setup        features       // where it stands among the measured set-ups
	same         []*observation // runs of this very set-up
	trusted      []*observation // of these, the ones that the answer agrees with where they were measured
	anchors      *anchors       // their points, where they are closed-loop
	widest       *wideRun       // the wide cluster's own run
	closest      *observation   // the run of the nearest set-up, however far; nil where its kind of machine has none
	field        *field         // the runs of its kind of machine
}
