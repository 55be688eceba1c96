package serving

import "math"

// engineModel holds the constants of one decode step and of one prompt on a set-up; everything that depends on
// the set-up alone is in them, so that a speed is a few multiplications and one exponential.
//
// A step with b sequences in a stage takes
//
//	fixed + experts (1 - (1 - k/E)^(b verify)) + perSequence (b - free) + perContext b context
//
// fixed is weights that every step reads plus what the kernels and the launches cost whatever the batch;
// experts is the time to read all routed experts; perSequence is arithmetic and links; perContext is the cache.
// Every term grows with b and none grows faster than b, so per-user speed never rises with concurrency and total
// speed never falls: the promise of the package rests on this form and on its constants being positive.
type engineModel struct {
	stages float64 // pipeline stages that work at the same time on different sequences
	fixed  float64 // seconds a step

	experts float64 // seconds to read all routed experts
	missLog float64 // ln(1 - chosen/experts), at most 0
	verify  float64 // tokens checked a sequence and step, as they count for distinct experts

	perSequence float64 // seconds a sequence and step
	free        float64 // sequences whose arithmetic hides behind the reading of weights: 0 or 1
	perContext  float64 // seconds a sequence, step and token of context

	accepted float64 // tokens a sequence gains a step: 1, more with speculative decoding

	promptToken   float64 // seconds a prompt token
	promptContext float64 // seconds a prompt token and token before it
	promptShared  float64 // share of a prompt's time that others wait for it: less than 1 where stages overlap
	promptMix     float64 // how much longer a prompt takes between decode steps than alone, at least 1
}

// step is the time of one decode step with c sequences on the replica.
func (m *engineModel) step(c, context float64) float64 {
	b := max(1, c/m.stages)
	t := m.fixed + m.perSequence*(b-m.free) + m.perContext*b*context
	if m.experts > 0 {
		t += m.experts * -math.Expm1(b*m.verify*m.missLog)
	}
	return t
}

// prompt is the time from a request's start to the end of its prompt on otherwise idle devices: one pass over
// the weights, then each new token's arithmetic. Tokens found in a prefix cache cost nothing but are attended to.
func (m *engineModel) prompt(load Load) float64 {
	fresh := load.Input * (1 - load.CachedHits)
	pass := m.fixed
	if m.experts > 0 {
		pass += m.experts * -math.Expm1(max(1, fresh)*m.missLog)
	}
	return pass + m.promptWork(load)
}

// promptWork is the part of a prompt's time that takes the devices from the others.
func (m *engineModel) promptWork(load Load) float64 {
	fresh := load.Input * (1 - load.CachedHits)
	before := load.Input*load.CachedHits + fresh/2
	return fresh * (m.promptToken + m.promptContext*before)
}

// cycle is a request's life at concurrency c, without queue: its own prompt, then its decode steps, with the
// prompts of the c-1 others in between. Output per second is then c x decoded / cycle.
//
// A prompt cut into pieces between decode steps takes longer than one alone. What it takes longer is bounded by
// the time that decoding has to give, so that the part of a cycle that does not grow with c stays positive and
// the total never falls.
func (m *engineModel) cycle(load Load, c float64) (prompt, answer float64) {
	c = max(1, c)
	work := m.promptWork(load)
	prompt = m.prompt(load)
	decoded := load.Decoded()
	steps := decoded / m.accepted
	mixed := work + min((m.promptMix-1)*work, steps*m.fixed)
	answer = prompt + steps*m.step(c, load.Input+decoded/2) + (c-1)*m.promptShared*mixed
	return prompt, answer
}

// At is one replica's speed at a stated concurrency, whatever fits in its memory. It is a closed form, it does
// not allocate, and it is safe for concurrent use.
func (s *Server) At(load Load, concurrency float64) Speed {
	if s.idle {
		return Speed{}
	}
	m := &s.model
	prompt := m.prompt(load)
	speed := Speed{TTFT: prompt, Answer: prompt}
	if prompt > 0 {
		speed.Prefill = load.Input / prompt
	}
	if !(concurrency > 0) { // also not a number
		return speed
	}
	speed.Concurrency = concurrency
	_, bare := m.cycle(load, concurrency)
	speed.Answer = s.anchors.correct(m, load, concurrency, bare)
	decoding := bare - prompt
	if least := prompt + 0.02*decoding; speed.Answer < least {
		// The person measured what the step has no time for: the prompt is as much faster as the whole.
		prompt *= speed.Answer / least
		speed.TTFT = prompt
	}
	decoded := load.Decoded()
	if decoded <= 0 {
		return speed
	}
	slower := 1.0
	if decoding > 0 { // else an answer too short for the digits
		slower = (speed.Answer - prompt) / decoding
	}
	speed.Decode = concurrency * m.accepted / (m.step(max(1, concurrency), load.Input+decoded/2) * slower)
	speed.TPOT = (speed.Answer - prompt) / decoded
	if speed.TPOT > 0 {
		speed.PerUser = 1 / speed.TPOT
	}
	speed.Output = concurrency * decoded / speed.Answer
	return speed
}
