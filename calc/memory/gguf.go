package memory

import "strings"

// ggmlType is one of ggml's storage types.
type ggmlType struct {
	block int // elements in a block
	bytes int // bytes of a block
}

func (g ggmlType) size(elements float64) float64 {
	return elements / float64(g.block) * float64(g.bytes)
}

// The block layouts of ggml.h, as listed by gpustack/gguf-parser-go ggml.go @8dc7a62.
var (
	ggF32     = ggmlType{1, 4}
	ggF16     = ggmlType{1, 2}
	ggQ80     = ggmlType{32, 34}
	ggQ6K     = ggmlType{256, 210}
	ggQ5K     = ggmlType{256, 176}
	ggQ4K     = ggmlType{256, 144}
	ggQ3K     = ggmlType{256, 110}
	ggQ2K     = ggmlType{256, 84}
	ggQ40     = ggmlType{32, 18}
	ggQ41     = ggmlType{32, 20}
	ggQ50     = ggmlType{32, 22}
	ggQ51     = ggmlType{32, 24}
	ggIQ1S    = ggmlType{256, 50}
	ggIQ1M    = ggmlType{256, 56}
	ggIQ2XXS  = ggmlType{256, 66}
	ggIQ2XS   = ggmlType{256, 74}
	ggIQ2S    = ggmlType{256, 82}
	ggIQ3XXS  = ggmlType{256, 98}
	ggIQ3S    = ggmlType{256, 110}
	ggIQ4XS   = ggmlType{256, 136}
	ggIQ4NL   = ggmlType{32, 18}
	ggTQ10    = ggmlType{256, 54}
	ggTQ20    = ggmlType{256, 66}
	ggMXFP4   = ggmlType{32, 17}
	ggufBases = map[string]ggmlType{
		"f32": ggF32, "f16": ggF16, "bf16": ggF16,
		"q8_0": ggQ80, "q6_k": ggQ6K, "q5_k_m": ggQ5K, "q5_k_s": ggQ5K, "q4_k_m": ggQ4K, "q4_k_s": ggQ4K,
		"q3_k_l": ggQ3K, "q3_k_m": ggQ3K, "q3_k_s": ggQ3K, "q2_k": ggQ2K, "q2_k_s": ggQ2K,
		"q4_0": ggQ40, "q4_1": ggQ41, "q5_0": ggQ50, "q5_1": ggQ51,
		"iq1_s": ggIQ1S, "iq1_m": ggIQ1M, "iq2_xxs": ggIQ2XXS, "iq2_xs": ggIQ2XS,
		"iq2_s": ggIQ2XS, "iq2_m": ggIQ2S, "iq3_xxs": ggIQ3XXS, "iq3_xs": ggIQ3S, "iq3_s": ggIQ3S, "iq3_m": ggIQ3S,
		"iq4_xs": ggIQ4XS, "iq4_nl": ggIQ4NL, "tq1_0": ggTQ10, "tq2_0": ggTQ20, "mxfp4": ggMXFP4,
	}
)

// ggufMix is one of llama-quantize's named mixes, without an importance matrix where it can be made without
// one (the IQ1 and IQ2 mixes, IQ3_XXS and Q2_K_S cannot). The rules are those of llama_tensor_get_type.
type ggufMix struct {
	name    string
	base    ggmlType
	layers  int
	gqa     int  // query heads per KV head
	is70B   bool // the 80-layer grouped model, whose attn_v gets more bits
	veryLow bool // the one- and two-bit mixes, which have rules of their own
}

// mixFor returns the mix with that name for a model of that shape.
func mixFor(name string, layers, heads, kvHeads int) (ggufMix, bool) {
	base, ok := ggufBases[name]
	if !ok {
		return ggufMix{}, false
	}
	m := ggufMix{name: name, base: base, layers: layers}
	if kvHeads > 0 {
		m.gqa = heads / kvHeads
		m.is70B = layers == 80 && heads != kvHeads
	}
	m.veryLow = strings.HasPrefix(name, "iq1_") || strings.HasPrefix(name, "iq2_")
	return m, true
}

// moreBits is llama-quantize's rule for the layers that get a larger type: the first and last eighth and
// every third between.
func (m ggufMix) moreBits(i int) bool {
	n := m.layers
	return i < n/8 || i >= 7*n/8 || (i-n/8)%3 == 2
}

// typeOf chooses a tensor's storage type.
func (m ggufMix) typeOf(t tensor) ggmlType {
	switch t.role {
	case roleNorm, roleBias, roleRouter, roleRouterBias:
		return ggF32
	}
	if m.base == ggF32 || m.base == ggF16 {
		return m.base
	}
	switch t.role {
	case roleHead:
		return m.head()
	case roleEmbed:
		return m.embedding()
	}
	if m.veryLow {
		return m.veryLowType(t)
	}
	switch t.role {
	case roleV:
		return m.value(t.layer)
	case roleK, roleQ:
		return m.queryKey()
	case roleAttnOut:
		return m.attentionOut()
	case roleDown:
		return m.down(t.layer)
	case roleGate, roleUp:
		return m.gateUp(t.layer)
	}
	return m.base
}

func (m ggufMix) head() ggmlType {
	switch {
	case m.veryLow, m.name == "iq3_xxs":
		return ggQ5K
	case m.base == ggQ80:
		return ggQ80
	}
	return ggQ6K
}

func (m ggufMix) embedding() ggmlType {
	switch m.name {
	case "iq1_s", "iq1_m", "iq2_xxs", "iq2_xs":
		return ggQ2K
	case "iq2_s", "iq2_m", "iq3_xxs":
		return ggIQ3S
	case "tq1_0", "tq2_0":
		return ggQ4K
	}
	return m.base
}

// veryLowType is the branch of llama-quantize for the IQ1 and IQ2 mixes.
func (m ggufMix) veryLowType(t tensor) ggmlType {
	twoS := m.name == "iq2_s" || m.name == "iq2_m"
	larger := ggQ2K
	if twoS {
		larger = ggIQ3S
	}
	switch t.role {
	case roleV:
		if m.gqa >= 4 {
			return ggQ4K
		}
		return larger
	case roleDown:
		if t.layer < m.layers/8 {
			return larger
		}
	case roleAttnOut:
		switch {
		case m.name == "iq1_s" || m.name == "iq1_m":
			return ggIQ2XXS
		case twoS:
			return ggIQ3S
		}
	}
	return m.base
}

func (m ggufMix) value(layer int) ggmlType {
	g := m.base
	grouped := m.gqa >= 4
	switch m.name {
	case "q2_k":
		g = ggQ3K
		if grouped {
			g = ggQ4K
		}
	case "q2_k_s", "iq3_xxs", "iq3_xs", "iq3_s":
		if grouped {
			g = ggQ4K
		}
	case "iq3_m":
		g = ggQ4K
	case "q3_k_m":
		g = ggQ4K
		if layer < 2 {
			g = ggQ5K
		}
	case "q3_k_l":
		g = ggQ5K
	case "iq4_nl", "iq4_xs":
		if grouped {
			g = ggQ5K
		}
	case "q4_k_m", "q5_k_m":
		if m.moreBits(layer) {
			g = ggQ6K
		}
	case "q4_k_s":
		if layer < 4 {
			g = ggQ5K
		}
	}
	if m.is70B && (g == ggQ3K || g == ggQ4K) {
		return ggQ5K
	}
	return g
}

func (m ggufMix) queryKey() ggmlType {
	switch m.name {
	case "iq3_xs":
		return ggIQ3XXS
	case "iq3_xxs":
		return ggIQ2S
	}
	return m.base
}

func (m ggufMix) attentionOut() ggmlType {
	switch m.name {
	case "q2_k":
		return ggQ3K
	case "iq3_xxs":
		return ggIQ3S
	case "q3_k_m", "iq3_m":
		return ggQ4K
	case "q3_k_l":
		return ggQ5K
	}
	return m.base
}

// down is the type of ffn_down, of experts too (ffn_down_exps). For Q3_K_M every architecture but Falcon takes Q4_K in
// every layer after the first sixteenth; the more-bits rule and Q3_K are Falcon's alone (llama.cpp,
// src/llama-quant.cpp @007dbbf, llama_tensor_get_type_impl).
func (m ggufMix) down(layer int) ggmlType {
	first := layer < m.layers/8
	switch m.name {
	case "q2_k":
		return ggQ3K
	case "q2_k_s", "iq3_m":
		if first {
			return ggQ4K
		}
	case "q3_k_m":
		if layer < m.layers/16 {
			return ggQ5K
		}
		return ggQ4K
	case "q3_k_l":
		return ggQ5K
	case "iq4_nl", "iq4_xs", "q4_k_s":
		if first {
			return ggQ5K
		}
	case "q4_k_m", "q5_k_m":
		if m.moreBits(layer) {
			return ggQ6K
		}
	}
	return m.base
}

func (m ggufMix) gateUp(layer int) ggmlType {
	if m.name == "iq3_xs" && layer >= m.layers/8 && layer < 7*m.layers/8 {
		return ggIQ3XXS
	}
	return m.base
}
