package serving

import (
	"fmt"
	"math"
	"strings"
)

// NoNearRun is said where no run of the set-up's kind of machine has been published.
const NoNearRun = "none: no run of this kind of machine is in the catalogue"

// NearestAt is the measured run nearest to one load and concurrency, in words, with its date and source: of this very
// set-up where it was measured, else of the set-up nearest to it. Where that is so far that it says little about the
// speed, the words end with what is different; where there is none, they say so.
func (s *Server) NearestAt(load Load, concurrency float64) string {
	switch {
	case s.widest != nil:
		return s.Nearest
	case s.closest == nil && s.Nearest == "":
		return NoNearRun
	case s.closest == nil:
		return s.Nearest
	}
	best, least := s.closest, math.Inf(1)
	for i := range s.field.rows {
		r := &s.field.rows[i]
		if r.o.quantity == PromptQuantity || !s.beside(r.o) {
			continue
		}
		apart := stretch(load, concurrency, r.o)
		if r.doubted {
			apart += 0.1 // of runs as near, cite one that the others agree with
		}
		if apart < least {
			best, least = r.o, apart
		}
	}
	if s.Nearest != "" {
		return best.words()
	}
	return best.words() + "; far from this set-up: " + otherwise(&s.setup, &best.setup)
}

// beside reports whether a run is of this very set-up, or where that has none, of the nearest one.
func (s *Server) beside(o *observation) bool {
	of := &s.setup
	if len(s.same) == 0 {
		of = &s.closest.setup
	}
	return sameSetup(of, &o.setup) && sameAge(of, &o.setup)
}

// stretch is how far a run lies from a load and concurrency: the logarithms of the ratios, added. Concurrency moves the
// speed most, so it counts twice.
func stretch(load Load, concurrency float64, o *observation) float64 {
	ratio := func(a, b float64) float64 { return math.Abs(math.Log((1 + a) / (1 + b))) }
	d := 2*math.Abs(math.Log(math.Max(1, concurrency)/math.Max(1, o.c))) +
		ratio(load.Input, o.load.Input) + ratio(load.Decoded(), o.load.Decoded())
	if o.quantity != OutputQuantity {
		d += 0.5 // it says nothing of the prompts between
	}
	return d
}

// otherwise names what differs between two set-ups.
func otherwise(a, b *features) string {
	var parts []string
	add := func(differs bool, words string) {
		if differs {
			parts = append(parts, words)
		}
	}
	add(math.Abs(a.logSize-b.logSize) > 1e-9, fmt.Sprintf("a model %.2g times its size", math.Exp(b.logSize-a.logSize)))
	add(a.device != b.device, "another device")
	add(math.Abs(a.logDevices-b.logDevices) > 1e-9, fmt.Sprintf("%.0f for %.0f devices", math.Exp(b.logDevices), math.Exp(a.logDevices)))
	add(a.engine != b.engine, "another engine")
	add(a.precision != b.precision, "another precision")
	add(a.spread != b.spread, "another split of the attention")
	add(a.drafts != b.drafts, "other speculative tokens")
	add(!sameAge(a, b), "an engine of another age")
	if len(parts) == 0 {
		return "its memory or links differ"
	}
	return strings.Join(parts, ", ")
}
