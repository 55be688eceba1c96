package calc

import "hostwise/calc/catalog"

// fewestTrustedBits is the least number of bits a weight whose quality somebody has measured well enough. Below it the
// answers may be another model's: whatever rests on such weights is speculation. Source: contract "Gates".
const fewestTrustedBits = 4

// fewBits reports whether a set-up stores its weights so coarsely that what it answers is speculation.
func (c *candidate) fewBits() bool { return c.bits > 0 && c.bits < fewestTrustedBits }

// restsOn is the evidence of a figure that rests on a set-up too.
func (c *candidate) restsOn(e catalog.Evidence) catalog.Evidence {
	if c != nil && c.fewBits() {
		return weakest(e, catalog.Speculation)
	}
	return e
}

// setupEvidence is how far a deployment can be relied on: its precision's, at most likely where the person has not named
// the precision, the longest request and the engine, and speculation below four bits. Source: design "Truth".
func (w *world) setupEvidence(c *candidate) catalog.Evidence {
	e := catalog.Speculation
	if p := w.cat.Precision(c.plan.Precision); p != nil {
		e = p.Evidence
	}
	for _, path := range []string{"deployment.precision", "deployment.engine", "deployment.device", "workload.context_tokens"} {
		if _, given := w.s.Given(path); !given {
			e = weakest(e, catalog.Likely)
		}
	}
	return c.restsOn(e)
}
