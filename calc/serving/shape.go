package serving

import (
	"math"

	"hostwise/calc/catalog"
)

// shape is what one token costs in a model, whatever it runs on: parameters touched, operations, bytes of cache.
// Counts follow from the published architecture; a token costs two operations a parameter it touches.
type shape struct {
	moe     bool
	layers  float64
	hidden  float64
	routed  float64 // experts to choose from in a layer; 0 for a dense model
	chosen  float64 // experts a token uses in a layer
	experts float64 // parameters of all routed experts
	trunk   float64 // parameters every token touches: attention, dense and shared layers, head; no embedding table
	embed   float64 // parameters of the embedding table: looked up, not read
	total   float64

	decodeOps  float64 // attention operations a generated token spends on each token of its context
	prefillOps float64 // the same for a prompt token, whose keys and values are not absorbed
}

// active is the number of parameters one token touches.
func (s shape) active() float64 {
	if s.routed == 0 {
		return s.trunk
	}
	return s.trunk + s.experts*s.chosen/s.routed
}

// shapeOf counts a model's parameters by part. Small tensors (norms, biases, routers) are in the trunk, as the
// difference to the published total.
func shapeOf(m *catalog.Model) shape {
	a := m.Architecture
	s := shape{
		moe:    a.IsMoE(),
		layers: float64(a.Layers),
		hidden: float64(a.Hidden),
		embed:  float64(a.Vocab) * float64(a.Hidden),
		total:  float64(m.Parameters),
	}
	if s.moe {
		expert := 3 * s.hidden * float64(a.MoEFFN)
		s.routed, s.chosen = float64(a.RoutedExperts), float64(a.ActiveExperts)
		s.experts = float64(a.MoELayers) * s.routed * expert
		latent := float64(a.KVLoraRank)
		turn := float64(a.QKRopeHeadDim)
		// Decoding works on the latent values themselves (absorbed), a prompt on full keys and values.
		s.decodeOps = s.layers * 2 * float64(a.Heads) * (2*latent + turn)
		s.prefillOps = s.layers * 2 * float64(a.Heads) * (float64(a.QKNopeHeadDim) + turn + float64(a.VHeadDim))
	} else {
		s.decodeOps = s.layers * 4 * float64(a.Heads) * float64(a.HeadDim)
		s.prefillOps = s.decodeOps
	}
	s.trunk = s.total - s.experts - s.embed
	return s
}

// DistinctExperts is how many of a layer's routed experts a batch touches, when each token picks its own at
// random: E (1 - (1 - k/E)^B). It is why batching helps a mixture of experts late: 8 tokens already read a
// fifth of R1's experts, 64 read nine tenths. (Epoch AI, arXiv 2506.04645.)
func DistinctExperts(experts, chosen, batch float64) float64 {
	if experts <= 0 || batch <= 0 {
		return 0
	}
	return experts * -math.Expm1(batch*math.Log1p(-chosen/experts))
}
