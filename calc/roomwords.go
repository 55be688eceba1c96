package calc

import (
	"fmt"
	"math"

	"hostwise/calc/notation"
	"hostwise/calc/serving"
)

// sequencesWords sets what the memory of a replica holds beside what the wishes for speed allow of it.
func (w *world) sequencesWords(s sized, holds float64, wish serving.Wish) string {
	if holds < 1 {
		return fmt.Sprintf("Memory does not hold one request of %s tokens.", notation.Whole(float64(s.plan.ContextTokens)))
	}
	memory := fmt.Sprintf("Memory holds %s at once at your usual length", notation.Counted(int(math.Floor(holds)), "request"))
	allowed := math.Floor(s.capacity.Sequences + 1e-9)
	switch {
	case wish.MaxTTFT <= 0 && wish.MinPerUser <= 0:
		return memory + "; you ask for no speed."
	case allowed < 1:
		return memory + "; at the speed you ask for, none."
	case allowed < math.Floor(holds):
		return fmt.Sprintf("%s; at the speed you ask for, %s.", memory, notation.Whole(allowed))
	}
	return memory + ", all of them at the speed you ask for."
}

// roomWords says how many requests room is reserved for: at their longest, and at their usual length where the
// number comes from demand. A reservation is context x sequences; the demand's sequences are mostly shorter, so it
// takes fewer of the longest kind to hold their tokens.
func (w *world) roomWords(s sized) string {
	longest := fmt.Sprintf("Room is kept for %s at the longest, %s tokens", notation.Counted(s.plan.Sequences, "request"), notation.Whole(float64(s.plan.ContextTokens)))
	if w.s.Int("deployment.concurrent_sequences") > 0 {
		return longest + ": as many as you stated."
	}
	if float64(s.plan.Sequences) >= s.concurrent {
		return longest + ": as many as run at once."
	}
	return fmt.Sprintf("%s, which holds the %s that run at once at your usual %s tokens.", longest, notation.Count(s.concurrent), notation.Count(s.load.LiveTokens()))
}
