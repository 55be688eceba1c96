// Package runwords says measured runs, of speed and of memory, in sentences.
//
// A run is kept in the catalogue as it was published: with the names of a log and the abbreviations of a table. Here
// its set-up, what was measured and under which load are put into the words of the rest of the app. What cannot be
// named stays as it was published. It decides nothing about a run, and formats no estimate.
package runwords

import (
	"fmt"
	"regexp"
	"strings"

	"hostwise/calc/catalog"
	"hostwise/calc/notation"
)

// Words are a measured run as a person reads it. What the log itself says stays in the run, as its Quote.
type Words struct {
	Model     string // "70B distill"; of a proxy "Llama-3.1-70B, the shape of the 70B distill"
	Precision string // "FP8"; "" where it is not stated
	Hardware  string // "8 × H200"
	Engine    string // "SGLang 0.5.7"; "" where none is named
	What      string // what was measured: "writing answers", "KV cache"
	Amount    string // with its unit: "38.9 tokens a second", "1.89 GiB"
	Of        string // whose amount it is: "each device", "the whole set-up"; "" where it is not stated
	Load      string // "4 requests at once, prompts of 8,192 tokens"; "" where it is not stated
}

// SetUp says what was run on what.
func (w Words) SetUp() string {
	words := w.Model
	if w.Precision != "" {
		if strings.Contains(words, ", ") {
			words += ","
		}
		words += " in " + w.Precision
	}
	if w.Hardware != "" {
		words += " on " + w.Hardware
	}
	if w.Engine != "" {
		words += ", " + w.Engine
	}
	return words
}

// Result says what came out, and under which load.
func (w Words) Result() string {
	words := notation.Capital(w.What) + ": " + w.Amount
	if w.Of != "" {
		words += ", " + w.Of
	}
	if w.Load != "" {
		words += "; " + w.Load
	}
	return words
}

// Sentence is set-up and result in one.
func (w Words) Sentence() string { return w.SetUp() + ". " + w.Result() + "." }

// Cited names a measured speed inside a sentence, with its date and source.
func Cited(cat *catalog.Catalog, r *catalog.SpeedRun) string {
	w := Speed(cat, r)
	return fmt.Sprintf("%s; %s (%s, %s)", w.SetUp(), notation.Lowered(w.Result()), r.AsOf, r.Source)
}

// Speed puts a measured speed into words. What the catalogue knows goes by its names there, the rest as it was
// published, without the abbreviations of logs.
func Speed(cat *catalog.Catalog, r *catalog.SpeedRun) Words {
	w := Words{
		Model:     modelWords(cat, r.ParsedModel, r.Model, r.Proxy),
		Precision: precisionWords(cat, r.ParsedPrecision, r.Precision),
		Hardware:  hardwareWords(cat, r.ParsedDevice, r.Hardware, r.GPUs),
		Engine:    engineWords(cat, r.ParsedEngine, r.ParsedFork, r.Engine, r.ParsedVersion),
		What:      speedWhat(r),
		Amount:    notation.Formula(r.Value) + " tokens a second",
		Of:        speedOf(r.Per),
	}
	w.Hardware = offloadWords(w.Hardware, r.ExpertsInHost)
	load := []string{atOnceWords(r), lengthWords(r.ISL, r.OSL)}
	if r.DraftTokens > 0 {
		load = append(load, notation.Counted(r.DraftTokens, "draft token")+" a step")
	}
	w.Load = joinKnown(load, ", ")
	return w
}

// Memory puts a measured amount of memory into words.
func Memory(cat *catalog.Catalog, r *catalog.MemoryRun) Words {
	w := Words{
		Model:     modelWords(cat, r.ParsedModel, r.Model, false),
		Precision: precisionWords(cat, r.ParsedPrecision, r.Precision),
		Hardware:  hardwareWords(cat, r.ParsedDevice, r.Hardware, r.GPUs),
		Engine:    engineWords(cat, r.ParsedEngine, r.ParsedFork, r.Engine, statedRelease(r.EngineVersion)),
		What:      MemoryQuantity(r.Quantity),
		Amount:    memoryAmount(r.Value, r.Unit),
		Of:        memoryOf(r.Scope),
	}
	w.Hardware = offloadWords(w.Hardware, r.ExpertsInHost)
	if r.Quantity == "fits" { // a verdict and no amount
		w.What, w.Amount = "whether it fits", "no"
		if r.Value > 0 {
			w.Amount = "yes"
		}
	}
	if strings.Contains(w.What, "device") { // it says already whose amount it is
		w.Of = ""
	}
	if r.ContextTokens > 0 {
		w.Load = "context of " + notation.Formula(float64(r.ContextTokens)) + " tokens"
	}
	return w
}

// offloadWords adds where the experts were, as far as the hardware does not say it already.
func offloadWords(hardware string, experts bool) string {
	if !experts {
		return hardware
	}
	return strings.TrimSuffix(hardware, " and host memory") + " with the experts in host memory"
}

// asPublished is a name up to what its author put in brackets behind it.
func asPublished(text string) string {
	text, _, _ = strings.Cut(text, " (")
	text = bitsBehind.ReplaceAllString(strings.TrimSpace(text), "")
	return inWords.Replace(text)
}

// bitsBehind is a count of bits a weight behind a precision's name; the precision is in the name.
var bitsBehind = regexp.MustCompile(` - [\d.]+ bpw$`)

// inWords are the signs of published names as words.
var inWords = strings.NewReplacer(" x ", " × ", "~", "about ", ">=", "at least ", " - ", " ", "-class", " class")

// likeness is how the catalogue's rows say that another model stood in for one of ours.
var likeness = regexp.MustCompile(`\(=|arch-identical|size proxy|^DeepSeek-V3\b`)

func modelWords(cat *catalog.Catalog, id, published string, proxy bool) string {
	m := cat.Model(id)
	name := asPublished(published)
	switch {
	case m == nil:
		return name
	case proxy || likeness.MatchString(published):
		if m.Family == "distill" {
			return name + ", the shape of the " + m.ShortName
		}
		return name + ", the shape of " + m.ShortName
	}
	return m.ShortName
}

func precisionWords(cat *catalog.Catalog, id, published string) string {
	if p := cat.Precision(id); p != nil {
		return asPublished(p.Label)
	}
	name, _, _ := strings.Cut(asPublished(published), ",")
	switch name {
	case "-", "?", "not stated":
		return ""
	}
	return name
}

// offloadLog is what logs that name no card were filed under: how many cards, the rest in host memory.
var offloadLog = regexp.MustCompile(`^(\d+) CUDA device\(s\) \+ CPU offload`)

func hardwareWords(cat *catalog.Catalog, id, published string, count int) string {
	d := cat.Device(id)
	switch {
	case published == "n/a":
		return ""
	case d != nil && count > 0:
		return fmt.Sprintf("%d × %s", count, d.ShortName)
	case d != nil:
		return d.ShortName
	case strings.HasPrefix(published, "CPU-only"):
		return "processors alone"
	}
	if m := offloadLog.FindStringSubmatch(published); m != nil {
		if m[1] == "1" {
			return "1 card and host memory"
		}
		return m[1] + " cards and host memory"
	}
	return asPublished(published)
}

// release is a version that tells one build from another; the rest of what logs print behind it does not.
var release = regexp.MustCompile(`^(\d+(\.\d+)+|b\d+)`)

// releaseWords is the release in a version, "" where it names none.
func releaseWords(version string) string {
	version = release.FindString(strings.TrimLeft(version, "~v"))
	version, _, _ = strings.Cut(version, ".dev")
	return version
}

// statedRelease is the release that a log states; one that was inferred from its date is none.
func statedRelease(version string) string {
	if strings.Contains(version, "inferred") {
		return ""
	}
	return releaseWords(version)
}

func engineWords(cat *catalog.Catalog, id, fork, published, version string) string {
	name := fork
	if e := cat.Engine(id); name == "" && e != nil {
		name = e.Name
	}
	if name == "" {
		name, _, _ = strings.Cut(asPublished(published), ",")
	}
	switch name {
	case "-", "file", "GGUF", "HF safetensors", "HF API":
		return "" // a file that nothing ran
	case "in-house":
		return "software of the provider's own"
	}
	if v := releaseWords(version); v != "" {
		name += " " + v
	}
	return name
}

func speedWhat(r *catalog.SpeedRun) string {
	switch {
	case r.Phase == "prefill":
		return "reading prompts"
	case r.Phase == "decode":
		return "writing answers"
	case strings.Contains(r.Per, "in+out"):
		return "prompts and answers counted together"
	}
	return "answers, with their prompts being read too"
}

// speedOf says whose speed a row's figure is.
func speedOf(per string) string {
	of, _, _ := strings.Cut(per, " (")
	switch of {
	case "GPU", "rank":
		return "each device"
	case "node":
		return "each server of " + strings.Trim(strings.TrimPrefix(per, "node ("), " GPU)")
	case "user":
		return "each user"
	}
	return "the whole set-up"
}

// atOnceWords says how many requests were under way.
func atOnceWords(r *catalog.SpeedRun) string {
	switch {
	case r.ParsedConcurrency == 1:
		return "one request at a time"
	case r.ParsedConcurrency > 1:
		return notation.Formula(float64(r.ParsedConcurrency)) + " requests at once"
	case r.Concurrency == "max (Offline)":
		return "as many requests at once as it takes"
	case strings.HasPrefix(r.Concurrency, "max ("):
		return "as many requests as it answers in time"
	case r.Concurrency == "max tested":
		return "the most requests that were tried"
	}
	return ""
}

func lengthWords(in, out int) string {
	switch {
	case in > 0 && out > 0:
		return fmt.Sprintf("prompts of %s tokens, answers of %s", notation.Formula(float64(in)), notation.Formula(float64(out)))
	case in > 0:
		return "prompts of " + notation.Formula(float64(in)) + " tokens"
	case out > 0:
		return "answers of " + notation.Formula(float64(out)) + " tokens"
	}
	return ""
}

// memoryAmount writes an amount in the unit of its source; bytes and parameters, which run to eleven digits, in
// thousand millions.
func memoryAmount(v float64, unit string) string {
	switch unit {
	case "bytes":
		return notation.Formula(v/1e9) + " GB"
	case "params":
		return notation.Formula(v/1e9) + " B parameters"
	}
	return notation.Formula(v) + " " + unit
}

// memoryOf says whose memory a row's figure is.
func memoryOf(scope string) string {
	switch {
	case strings.HasPrefix(scope, "per GPU"), scope == "per device":
		return "each device"
	case scope == "whole model":
		return "the whole model"
	case scope == "largest GPU":
		return "the fullest device"
	case scope == "sum over GPUs":
		return "all devices together"
	case strings.HasPrefix(scope, "TP group"):
		return "each group of devices that share the model"
	}
	return scope
}

// joinKnown joins the texts that say something.
func joinKnown(texts []string, with string) string {
	var out []string
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return strings.Join(out, with)
}

// rawNote is what gives away a note of a log: a key, a switch, an equation, a score or a reference.
var rawNote = regexp.MustCompile(`_|=|~|\bROUGE|\bTPOT\b|NOT-FIT|#\d|\d/token|\d+x\d+|^X \d|\bavail\b|Tput|tok/s`)

// PlainNote parts a note into the sentences that a person reads and those of a log's own keys and switches.
func PlainNote(note string) (plain, log string) {
	var mine, theirs []string
	for _, s := range noteSentences(note) {
		if rawNote.MatchString(s) {
			theirs = append(theirs, s)
		} else {
			mine = append(mine, s)
		}
	}
	return strings.Join(mine, " "), strings.Join(theirs, " ")
}

// noteEnd is where a sentence of a note ends: a full stop before a capital, but not that of an abbreviation.
var noteEnd = regexp.MustCompile(`([^.\s]*)\. ([A-Z])`)

func noteSentences(note string) []string {
	var out []string
	start := 0
	for _, at := range noteEnd.FindAllStringSubmatchIndex(note, -1) {
		if word := note[at[2]:at[3]]; word == "incl" || at[4] <= start {
			continue
		}
		out = append(out, note[start:at[4]-1])
		start = at[4]
	}
	if rest := strings.TrimSpace(note[start:]); rest != "" {
		out = append(out, rest)
	}
	return out
}

// memoryWords are the published quantities in words.
var memoryWords = map[string]string{
	"file_bytes": "file", "param_count": "parameters", "weights_bytes": "weights", "gpu_weights_bytes_sum": "weights on all devices",
	"kv_bytes": "KV cache", "kv_pool_bytes": "KV pool", "kv_tokens_capacity": "tokens that fit", "activation_peak_bytes": "activation peak",
	"non_torch_bytes": "outside the framework", "cuda_graph_bytes": "CUDA graphs", "compute_buffer_bytes_max_gpu": "compute buffer, fullest device",
	"total_vram_bytes": "total of a device", "dram_bytes": "host memory", "total_bytes_required_full": "total that was asked for",
	"free_after_weights_bytes": "free after the weights", "compute_graph_bytes": "compute graph", "unaccounted_runtime_bytes": "not accounted for",
	"max_context_in_24GB": "longest context in 24 GB", "vendor_min_vram_bytes": "least memory by the vendor",
}

// MemoryQuantity names what a run measured.
func MemoryQuantity(id string) string {
	if words, ok := memoryWords[id]; ok {
		return words
	}
	return strings.ReplaceAll(strings.TrimSuffix(id, "_bytes"), "_", " ")
}
