package serving

import (
	"fmt"
	"math"
)

// lowestBitRate is the fastest that one user was served R1 below 2.2 bits a weight: 14 tokens a second on two
// H100 (2025-01-27), where the bytes alone would allow many times more. Unpacking sets the speed there.
const lowestBitRate = 14.0

// capped holds a step back where kernels, not bytes, were measured to set the speed.
func (s *Server) capped(kind machine) {
	p := &s.Plan
	bits := weightBytes(p) * 8 / float64(p.Model.Parameters)
	if !p.Model.Architecture.IsMoE() || bits >= physics.kernelBoundBits || kind != layerCards {
		return
	}
	m := &s.model
	alone := m.fixed + m.experts*-math.Expm1(m.missLog)
	if least := 1 / lowestBitRate; alone < least {
		m.fixed += least - alone
		s.Why = append(s.Why, fmt.Sprintf("below %.1f bits a weight the unpacking sets the speed, not the memory: no more than the %.0f tokens a second that were measured for one user", physics.kernelBoundBits, lowestBitRate))
	}
}

// unchecked says why the physics has nothing to be checked on for this kind of set-up; "" where it has.
func (s *Server) unchecked() string {
	switch {
	case s.draftModel:
		return "no run with a separate draft model is in the catalogue: its tokens are kept as you state, it is taken to cost one layer a token, and its memory is not counted"
	case s.setup.family == mixtureOnCards && s.setup.class != "hbm":
		return "nobody published R1 in a tensor split on cards without HBM; the step is stretched to them"
	case s.setup.family == mixtureOnCards && s.Plan.Devices > largestStepDevices && isChain(&s.Plan):
		return "nobody published R1 on a chain of more than two servers; it is worked out stage by stage"
	case s.setup.family == denseOnCards && s.Plan.Devices > largestStepDevices:
		return "nobody published a distill on more than two servers; the step is stretched to them"
	}
	return ""
}

// oldEngine is the age past which an engine for R1 is one of the first months (before mid 2025).
const oldEngine = 0.9

// doubt is what a set-up adds to its range, as a standard deviation of the logarithm, where the runs that the
// correction rests on are of another kind: none of a combination that is not known to run, none of an unchecked
// one, contradicting ones of the first months, two of R1 under layer engines on cards.
func (s *Server) doubt(kind machine) float64 {
	switch {
	case !s.Plan.Supported, s.unchecked() != "":
		return 0.35
	case s.setup.age > oldEngine && ageWeight[s.setup.family] >= 0.5:
		return 0.3
	case kind == layerCards && s.Plan.Model.Architecture.IsMoE(), kind == spill:
		return 0.2
	}
	return 0
}

// warn collects what a reader of the speed has to know.
func (s *Server) warn(kind machine, o Options) {
	p := &s.Plan
	if !p.Supported {
		why := p.Why
		if why == "" {
			why = "the engine is not known to run this precision on this device"
		}
		s.Why = append(s.Why, "the speed is extrapolated: "+why)
	}
	if why := s.unchecked(); why != "" {
		s.Why = append(s.Why, why)
	}
	if kind == layerCards && p.Cards() > 1 {
		s.Why = append(s.Why, fmt.Sprintf("%s gives each of the %d cards whole layers and they take turns: the memory adds up, the speed does not", p.Engine, p.Cards()))
	}
	if kind == spill {
		s.Why = append(s.Why, "part of the model lies in host memory and is read at its speed in every step")
	}
	if kind == hybrid {
		s.Why = append(s.Why, "the experts lie in host memory: long prompts take minutes")
	}
	if kind == spill || kind == hybrid {
		if rate, _, assumed := hostBandwidth(p); assumed {
			s.Why = append(s.Why, fmt.Sprintf("no host is named whose memory holds that part; one with %.0f GB/s is assumed", rate/1e9))
		}
	}
	if kind == processor || kind == matrixCPU {
		s.Why = append(s.Why, "processors read prompts at tens to hundreds of tokens a second: long prompts take minutes")
	}
	if p.Device.BF16TFLOPS == nil && p.Device.Kind != "cpu" {
		s.Why = append(s.Why, "no arithmetic rate is published for this device; prompt speed is a guess from its bandwidth")
	}
	if s.setup.drafts > 0 && o.DraftAcceptance <= 0 {
		s.Why = append(s.Why, fmt.Sprintf("%.1f tokens a step are assumed from %d drafted, as measured on other prompts", s.model.accepted, p.SpeculativeTokens))
	}
	if p.SpeculativeTokens > 0 && s.setup.drafts == 0 {
		s.Why = append(s.Why, "no draft model is in the catalogue for this set-up, so speculative tokens were ignored for speed; state a draft acceptance to count one")
	}
	if s.setup.age > oldEngine && ageWeight[s.setup.family] >= 0.5 {
		s.Why = append(s.Why, "an engine of this age was two to three times slower than today's in some runs")
	}
}
