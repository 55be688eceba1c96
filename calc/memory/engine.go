package memory

import (
	"strings"

	"hostwise/calc/catalog"
)

// Sizes that logs are printed in.
const (
	kib = 1 << 10
	mib = 1 << 20
	gib = 1 << 30
)

// family groups engines that lay memory out in the same way.
type family uint8

const (
	famVLLM family = iota
	famSGLang
	famTensorRT
	famLlama
	famOllama
	famKTransformers
	famMLX
)

// layerSplit reports whether several devices hold whole layers and work in turn.
func (f family) layerSplit() bool { return f >= famLlama }

func (f family) llamaInside() bool { return f == famLlama || f == famOllama }

// familyOf recognises an engine; one that is not known by name follows its way of splitting.
func familyOf(id string, e *catalog.Engine) family {
	switch id {
	case "vllm":
		return famVLLM
	case "sglang":
		return famSGLang
	case "tensorrt-llm":
		return famTensorRT
	case "llama.cpp":
		return famLlama
	case "ollama":
		return famOllama
	case "ktransformers":
		return famKTransformers
	case "mlx":
		return famMLX
	}
	if e != nil && e.Split == "layer" {
		return famLlama
	}
	return famVLLM
}

// release is an engine version by its leading numbers: "0.11.2+vendor" is 0.11.2, "b8244" is 8244 and the
// date "2025-02" is 2025.2, which only llama.cpp's rules read.
type release struct {
	major, minor, patch int
}

// newest stands for a version that is not stated.
var newest = release{1 << 30, 0, 0}

func parseRelease(s string) (release, bool) {
	s = strings.TrimLeft(strings.TrimSpace(s), "vVbB~")
	var part [3]int
	n, digits := 0, 0
	for i := 0; i < len(s) && n < 3; i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9' && digits < 9:
			part[n] = part[n]*10 + int(c-'0')
			digits++
		case (c == '.' || c == '-' && part[0] > 1900) && digits > 0:
			n, digits = n+1, 0
		default:
			i = len(s)
		}
	}
	if n == 0 && digits == 0 {
		return newest, false
	}
	return release{part[0], part[1], part[2]}, true
}

func (r release) before(major, minor, patch int) bool {
	if r.major != major {
		return r.major < major
	}
	if r.minor != minor {
		return r.minor < minor
	}
	return r.patch < patch
}

// llamaBefore compares a llama.cpp version with a change that is known by build number and by month.
// Versions are build numbers (b8244) or dates (2025-02).
func (r release) llamaBefore(build, year, month int) bool {
	if r.major >= 2020 && r.major < 2100 && r.minor > 0 {
		return r.before(year, month, 0)
	}
	return r.major < build
}

// buildOf returns the newest known build that is not newer than the version asked for, the oldest where it is
// older than all, and the newest where none is stated.
func buildOf(e *catalog.Engine, version string) *catalog.EngineBuild {
	if e == nil {
		return nil
	}
	asked, stated := parseRelease(version)
	var best, oldest *catalog.EngineBuild
	var bestRelease, oldestRelease release
	for i := range e.Version {
		b := &e.Version[i]
		r, _ := parseRelease(b.Version)
		if oldest == nil || r.before(oldestRelease.major, oldestRelease.minor, oldestRelease.patch) {
			oldest, oldestRelease = b, r
		}
		late := stated && asked.before(r.major, r.minor, r.patch)
		if !late && (best == nil || bestRelease.before(r.major, r.minor, r.patch)) {
			best, bestRelease = b, r
		}
	}
	if best == nil {
		return oldest
	}
	return best
}

// Where the layout of R1's cache changed: llama.cpp's builds of PR 12801 (2025-04) and PR 19067 (2026-01).
const (
	llamaLatentBuild  = 5080
	llamaWithoutV     = 7826
	ollamaLatentMinor = 12 // ollama 0.12.12 is the first after its own estimator and with the latent cache
	mlxLatentMinor    = 28 // mlx-lm caches the latent now (deepseek_v3.py @04e6af1); since when is an estimate
)

// KVBytesPerToken is what one token takes in the whole model's cache, one copy, under that engine's layout.
func KVBytesPerToken(m *catalog.Model, kv, engine, version string) float64 {
	if m == nil {
		return 0
	}
	rel, stated := parseRelease(version)
	if !stated {
		rel = newest
	}
	return float64(m.Architecture.Layers) * kvValues(m.Architecture, familyOf(engine, nil), rel) * kvBytes(kv)
}

// kvValues is the number of cached values of one token in one layer.
func kvValues(a catalog.Architecture, f family, r release) float64 {
	if !a.IsMoE() {
		return float64(2 * a.KVHeads * a.HeadDim)
	}
	latent := float64(a.KVLoraRank + a.QKRopeHeadDim)
	switch latentRegime(f, r) {
	case regimeExpanded:
		return float64(a.Heads * (a.QKNopeHeadDim + a.QKRopeHeadDim + a.VHeadDim))
	case regimeKeyAndValue:
		return latent + float64(a.KVLoraRank)
	}
	return latent
}

// regime is how an engine keeps latent attention's cache.
type regime uint8

const (
	regimeLatent      regime = iota // the latent and the rotary key: 576 values
	regimeKeyAndValue               // the latent kept twice, as K and as V: 1,088 values
	regimeExpanded                  // every head's own K and V: 40,960 values
)

func latentRegime(f family, r release) regime {
	switch f {
	case famLlama:
		if r.llamaBefore(llamaLatentBuild, 2025, 4) {
			return regimeExpanded
		}
		if r.llamaBefore(llamaWithoutV, 2026, 1) {
			return regimeKeyAndValue
		}
	case famOllama:
		if r.before(0, ollamaLatentMinor, 12) {
			return regimeExpanded
		}
	case famMLX:
		if r.before(0, mlxLatentMinor, 0) {
			return regimeExpanded
		}
	}
	return regimeLatent
}

// kvBytes is the size of one cached value: block formats carry their scales.
func kvBytes(kv string) float64 {
	switch kv {
	case "fp8":
		return 1
	case "q8_0":
		return 34.0 / 32
	case "q4_0":
		return 18.0 / 32
	}
	return 2
}

// blockTokens is the granularity in which an engine hands cache out.
func blockTokens(f family) float64 {
	switch f {
	case famVLLM:
		return 16
	case famTensorRT:
		return 32
	case famLlama, famOllama:
		return 256
	}
	return 1
}
