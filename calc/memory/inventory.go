package memory

import (
	"sync"

	"hostwise/calc/catalog"
)

// role says what a tensor does. Formats and llama-quantize's mixes choose a type by role; sharding goes by place.
type role uint8

const (
	roleEmbed role = iota
	roleHead
	roleNorm       // norms: never quantised, and whole on every rank
	roleBias       // Qwen's q, k and v biases
	roleQ          // attention query
	roleK          // attention key
	roleV          // attention value
	roleAttnOut    // attention output
	roleMLADown    // R1's q_a and kv_a: projections into the latent, whole on every rank
	roleMLAUp      // R1's q_b and kv_b: projections out of it, split by heads
	roleRouter     // expert gate
	roleRouterBias // its correction bias, FP32 in every format
	roleGate       // feed-forward gate
	roleUp         // feed-forward up
	roleDown       // feed-forward down
	roleMTPJoin    // the multi-token-prediction layer's joining projection, 16-bit in every checkpoint
)

// place says how tensor parallelism lays a tensor out.
type place uint8

const (
	placeSplit   place = iota // divided by the tensor-parallel size
	placeKVHeads              // divided by at most the number of KV heads
	placeCopied               // whole on every rank
	placeExperts              // routed experts: divided by the expert- or tensor-parallel group
)

// tensor is n equal matrices of in columns (the inner dimension) and out rows.
type tensor struct {
	role  role
	place place
	layer int // -1 outside the layers; Layers for the multi-token-prediction layer
	in    int
	out   int
	n     int
}

func (t tensor) elements() float64 { return float64(t.in) * float64(t.out) * float64(t.n) }

// linear reports whether quantised checkpoints quantise it: every matrix but embedding, head and router.
func (t tensor) linear() bool {
	switch t.role {
	case roleEmbed, roleHead, roleNorm, roleBias, roleRouter, roleRouterBias, roleMTPJoin:
		return false
	}
	return true
}

// feedForward reports whether it belongs to a feed-forward block, routed, shared or dense.
func (t tensor) feedForward() bool {
	return t.role == roleGate || t.role == roleUp || t.role == roleDown
}

// outsideLayers marks embedding, head and the last norm.
const outsideLayers = -1

// tensorsOf lists every tensor of a model without its multi-token-prediction layer.
// The shapes are those of the published config.json files.
func tensorsOf(a catalog.Architecture, parameters int64) []tensor {
	list := make([]tensor, 0, 16*a.Layers+3)
	list = append(list, tensor{roleEmbed, placeSplit, outsideLayers, a.Hidden, a.Vocab, 1})
	if !a.TiedEmbeddings {
		list = append(list, tensor{roleHead, placeSplit, outsideLayers, a.Hidden, a.Vocab, 1})
	}
	list = append(list, tensor{roleNorm, placeCopied, outsideLayers, a.Hidden, 1, 1})
	biased := !a.IsMoE() && hasBiases(a, parameters)
	for i := range a.Layers {
		if a.IsMoE() {
			list = appendLatentLayer(list, a, i, i >= a.DenseLayers)
		} else {
			list = appendGroupedLayer(list, a, i, biased)
		}
	}
	return list
}

// appendLatentLayer adds one layer of the full model: latent attention and, from the fourth on, experts.
func appendLatentLayer(list []tensor, a catalog.Architecture, i int, experts bool) []tensor {
	h, heads := a.Hidden, a.Heads
	list = append(list,
		tensor{roleNorm, placeCopied, i, 2*h + a.QLoraRank + a.KVLoraRank, 1, 1},
		tensor{roleMLADown, placeCopied, i, h, a.QLoraRank, 1},
		tensor{roleMLADown, placeCopied, i, h, a.KVLoraRank + a.QKRopeHeadDim, 1},
		tensor{roleMLAUp, placeSplit, i, a.QLoraRank, heads * (a.QKNopeHeadDim + a.QKRopeHeadDim), 1},
		tensor{roleMLAUp, placeSplit, i, a.KVLoraRank, heads * (a.QKNopeHeadDim + a.VHeadDim), 1},
		tensor{roleAttnOut, placeSplit, i, heads * a.VHeadDim, h, 1})
	if !experts {
		return appendFeedForward(list, placeSplit, i, h, a.DenseFFN, 1)
	}
	list = append(list,
		tensor{roleRouter, placeCopied, i, h, a.RoutedExperts, 1},
		tensor{roleRouterBias, placeCopied, i, a.RoutedExperts, 1, 1})
	list = appendFeedForward(list, placeSplit, i, h, a.MoEFFN*a.SharedExperts, 1)
	return appendFeedForward(list, placeExperts, i, h, a.MoEFFN, a.RoutedExperts)
}

// appendGroupedLayer adds one layer of a distill: grouped-query attention and a gated feed-forward block.
func appendGroupedLayer(list []tensor, a catalog.Architecture, i int, biased bool) []tensor {
	h, q, kv := a.Hidden, a.Heads*a.HeadDim, a.KVHeads*a.HeadDim
	list = append(list,
		tensor{roleNorm, placeCopied, i, 2 * h, 1, 1},
		tensor{roleQ, placeSplit, i, h, q, 1},
		tensor{roleK, placeKVHeads, i, h, kv, 1},
		tensor{roleV, placeKVHeads, i, h, kv, 1},
		tensor{roleAttnOut, placeSplit, i, q, h, 1})
	if biased {
		list = append(list,
			tensor{roleBias, placeSplit, i, q, 1, 1},
			tensor{roleBias, placeKVHeads, i, 2 * kv, 1, 1})
	}
	return appendFeedForward(list, placeSplit, i, h, a.FFN, 1)
}

func appendFeedForward(list []tensor, p place, i, hidden, inner, n int) []tensor {
	return append(list,
		tensor{roleGate, p, i, hidden, inner, n},
		tensor{roleUp, p, i, hidden, inner, n},
		tensor{roleDown, p, i, inner, hidden, n})
}

// mtpTensors lists the multi-token-prediction layer: one more expert layer, the projection that joins the
// last hidden state with the next embedding, three norms, and its own copies of embedding and head.
func mtpTensors(a catalog.Architecture) []tensor {
	if a.MTPLayers == 0 {
		return nil
	}
	list := appendLatentLayer(nil, a, a.Layers, true)
	return append(list,
		tensor{roleMTPJoin, placeSplit, a.Layers, 2 * a.Hidden, a.Hidden, 1},
		tensor{roleNorm, placeCopied, a.Layers, 3 * a.Hidden, 1, 1},
		tensor{roleEmbed, placeSplit, a.Layers, a.Hidden, a.Vocab, 1},
		tensor{roleHead, placeSplit, a.Layers, a.Hidden, a.Vocab, 1})
}

// hasBiases tells Qwen's layers from Llama's: their config.json files name the same sizes, and only Qwen
// has q, k and v biases, so the published parameter count decides.
func hasBiases(a catalog.Architecture, parameters int64) bool {
	plain := groupedParameters(a)
	biases := float64(a.Layers * (a.Heads + 2*a.KVHeads) * a.HeadDim)
	return float64(parameters)-plain > biases/2
}

// groupedParameters is the parameter count of a distill without biases.
func groupedParameters(a catalog.Architecture) float64 {
	h := float64(a.Hidden)
	attention := h * float64((2*a.Heads+2*a.KVHeads)*a.HeadDim)
	layer := attention + 3*h*float64(a.FFN) + 2*h
	ends := 2 * h * float64(a.Vocab)
	if a.TiedEmbeddings {
		ends /= 2
	}
	return float64(a.Layers)*layer + ends + h
}

// layerBytes is one layer's bytes by how tensor parallelism lays them out.
type layerBytes struct {
	split, kvHeads, copied, experts float64
}

func (l layerBytes) plus(o layerBytes) layerBytes {
	return layerBytes{l.split + o.split, l.kvHeads + o.kvHeads, l.copied + o.copied, l.experts + o.experts}
}

func (l layerBytes) minus(o layerBytes) layerBytes {
	return layerBytes{l.split - o.split, l.kvHeads - o.kvHeads, l.copied - o.copied, l.experts - o.experts}
}

func (l layerBytes) sum() float64 { return l.split + l.kvHeads + l.copied + l.experts }

func (l *layerBytes) add(p place, bytes float64) {
	switch p {
	case placeSplit:
		l.split += bytes
	case placeKVHeads:
		l.kvHeads += bytes
	case placeCopied:
		l.copied += bytes
	case placeExperts:
		l.experts += bytes
	}
}

// inventory is a model in one format: where its bytes are, ready to be cut into stages and ranks.
// It is never changed once built.
type inventory struct {
	artifact float64      // files to download
	loaded   float64      // in memory, whole model once, without the multi-token-prediction layer
	embed    float64      // token embedding
	head     float64      // output projection and the last norm
	upTo     []layerBytes // upTo[i] is the sum over layers 0..i-1
	mtp      layerBytes   // the multi-token-prediction layer with its own embedding and head
	absorbed float64      // 16-bit copies of kv_b per layer, which tensor-split engines make for latent attention
}

// layers returns the bytes of layers from..to-1.
func (v *inventory) layers(from, to int) layerBytes { return v.upTo[to].minus(v.upTo[from]) }

// all returns the bytes of all layers.
func (v *inventory) all() layerBytes { return v.upTo[len(v.upTo)-1] }

type inventoryKey struct {
	arch       catalog.Architecture
	parameters int64
	precision  string
	gguf       bool  // the GGUF form of a 16-bit precision
	artifact   int64 // measured file size of a mix that no rule gives
}

// inventories remembers what was built: an assessment asks for the same few hundreds of times.
var inventories = struct {
	sync.RWMutex
	byKey map[inventoryKey]*inventory
}{byKey: map[inventoryKey]*inventory{}}

// inventoriesKept bounds the memory of inventories; a person's own models could otherwise fill it.
const inventoriesKept = 2048

// inventoryOf returns the inventory of a model in a precision, nil where the precision has no known form.
func inventoryOf(m *catalog.Model, p *catalog.Precision, precision string, gguf bool) *inventory {
	key := inventoryKey{arch: m.Architecture, parameters: m.Parameters, precision: precision, gguf: gguf}
	if p != nil {
		key.artifact = p.Artifacts[m.ID]
	}
	inventories.RLock()
	v, known := inventories.byKey[key]
	inventories.RUnlock()
	if known {
		return v
	}
	if v = build(key, p); v != nil {
		v.absorbed = absorbedBytes(m.Architecture)
	}
	inventories.Lock()
	if len(inventories.byKey) >= inventoriesKept {
		clear(inventories.byKey)
	}
	inventories.byKey[key] = v
	inventories.Unlock()
	return v
}
