package serving

import (
	"strconv"
	"strings"
	"sync"

	"hostwise/calc/catalog"
	"hostwise/calc/memory"
	"hostwise/calc/runwords"
)

// Quantity says which speed a run measured.
type Quantity string

// What a published "tokens per second" can be. Fixing it comes before any comparison.
const (
	OutputQuantity Quantity = "output"  // closed loop: prompts and answers share the devices
	DecodeQuantity Quantity = "decode"  // answers alone
	PromptQuantity Quantity = "prefill" // prompts alone
)

// observation is a measured run put in the model's terms.
type observation struct {
	run      *catalog.SpeedRun
	plan     memory.Plan
	setup    features
	load     Load
	c        float64
	quantity Quantity
	measured float64 // tokens a second of the whole set-up
	assumed  bool    // the run states no lengths for many users at once, and a chat's are taken

	base  engineModel   // the physics before any correction
	words func() string // what was measured, with its date and source; put together when first asked for
}

// predict is what a step model says of the measured quantity.
func (o *observation) predict(m *engineModel) float64 {
	switch o.quantity {
	case PromptQuantity:
		return o.load.Input / m.prompt(o.load)
	case DecodeQuantity:
		return o.c * m.accepted / m.step(o.c, o.load.Input+o.load.Decoded()/2)
	}
	_, answer := m.cycle(o.load, o.c)
	return o.c * o.load.Decoded() / answer
}

// inWords puts a run into words when they are first asked for.
func inWords(cat *catalog.Catalog, run *catalog.SpeedRun) func() string {
	return sync.OnceValue(func() string { return runwords.Cited(cat, run) })
}

// observe reads a run. A run can hold two observations (a decode speed and the prompt speed beside it); where it
// holds none, the reason says why in words for the accuracy page.
func observe(cat *catalog.Catalog, run *catalog.SpeedRun, k *constants) (found []observation, reason string) {
	run = typed(cat, run)
	if isWide(run) {
		return nil, "a wide cluster, or one with prompts and answers apart: shown from the table, not computed"
	}
	// An engine that is none of ours on a device that is: kept, since what it shows about the device is worth more
	// than nothing, but at the distance of another engine.
	if run.NotComparable != "" && !(run.ParsedEngine == "" && run.ParsedModel != "" && run.ParsedConcurrency > 0) {
		return nil, run.NotComparable
	}
	plan, reason := planOf(cat, run)
	if reason != "" {
		return nil, reason
	}
	o := observation{run: run, plan: plan, c: float64(run.ParsedConcurrency), words: inWords(cat, run)}
	o.setup = featuresOf(&o.plan, run)
	o.base = stepOf(&o.plan, Options{DraftAcceptance: keptIn(run)}, k)
	o.load, o.assumed = loadOf(run)

	if run.Phase == "prefill" {
		return append(found, o.asPrompt(wholeRate(run), 512)), "" // llama-bench's own prompt, where none is stated
	}
	if run.PrefillTokS > 0 && o.c <= 1 {
		found = append(found, o.asPrompt(run.PrefillTokS, 1024))
	}
	if reason := o.asAnswer(); reason != "" {
		return found, reason
	}
	return append(found, o), ""
}

// asPrompt is the prompt speed that a run states, at its own prompt length or at the usual one of its tool.
func (o observation) asPrompt(rate, usual float64) observation {
	o.quantity, o.measured, o.c = PromptQuantity, rate, 1
	if o.load.Input == 0 {
		o.load.Input = usual
	}
	return o
}

// asAnswer reads the answer speed that a run states, or says why it cannot be told.
func (o *observation) asAnswer() (reason string) {
	run := o.run
	lengths := run.ISL > 0 && run.OSL > 0
	switch {
	case run.OutputTokS <= 0:
		return "states no output rate that can be told from the total"
	case o.c <= 0:
		return "states no number of concurrent requests"
	case o.c > 1 && run.ISL == 0 && run.OSL == 0 && !o.assumed:
		return "states no prompt and answer length"
	}
	o.measured, o.quantity = run.OutputTokS, DecodeQuantity
	if run.Phase == "mixed" && lengths {
		o.quantity = OutputQuantity
	}
	return ""
}

// typed completes a run that a person typed: its free-text fields hold ids, and what a published run has by
// parsing is left out.
func typed(cat *catalog.Catalog, run *catalog.SpeedRun) *catalog.SpeedRun {
	if run.Evidence != catalog.Yours {
		return run
	}
	own := *run
	if own.ParsedModel == "" && cat.Model(run.Model) != nil {
		own.ParsedModel = run.Model
	}
	if own.ParsedDevice == "" && cat.Device(run.Hardware) != nil {
		own.ParsedDevice = run.Hardware
	}
	if own.ParsedPrecision == "" {
		own.ParsedPrecision = run.Precision
	}
	if own.ParsedEngine == "" {
		own.ParsedEngine, own.ParsedVersion, _ = strings.Cut(run.Engine, " ")
	}
	if n, err := strconv.Atoi(strings.TrimSpace(run.Concurrency)); own.ParsedConcurrency == 0 && err == nil {
		own.ParsedConcurrency = n
	}
	own.ParsedConcurrency = max(1, own.ParsedConcurrency)
	if own.Phase == "" {
		own.Phase = "decode"
		if own.ParsedConcurrency > 1 && run.ISL > 0 && run.OSL > 0 {
			own.Phase = "mixed"
		}
	}
	if own.OutputTokS == 0 && own.Phase != "prefill" {
		own.OutputTokS = wholeRate(&own)
	}
	return &own
}

// wholeRate is the rate of the whole set-up from a rate that is per device or per server of eight.
func wholeRate(run *catalog.SpeedRun) float64 {
	per := strings.ToLower(run.Per)
	devices := max(1, float64(run.GPUs))
	switch {
	case strings.HasPrefix(per, "node"):
		return run.Value * devices / 8
	case strings.Contains(per, "gpu"):
		return run.Value * devices
	case strings.Contains(per, "user"):
		return run.Value * max(1, float64(run.ParsedConcurrency))
	}
	return run.Value
}

// isWide reports a run on more than two servers, or with prompts and answers on different devices: the step
// model knows neither.
func isWide(run *catalog.SpeedRun) bool {
	if run.GPUs > largestStepDevices {
		return true
	}
	engine := strings.ToLower(run.Engine)
	for _, word := range []string{"wide-ep", "pd-disagg", "disagg", "decode nodes", "prefill 2 ranks", "ep144"} {
		if strings.Contains(engine, word) {
			return true
		}
	}
	return false
}

// chatTokens is the prompt and the answer of a benchmark of many users that states neither: its tools' usual 1,024.
const chatTokens = 1024

// loadOf is the request shape of a run. A run of one user that states no lengths is a chat-sized one from an empty
// cache. Of several users' decoding alone the lengths only move the reading of the cache, and where none is stated
// they are assumed.
func loadOf(run *catalog.SpeedRun) (l Load, assumed bool) {
	l = Load{Input: float64(run.ISL), Output: float64(run.OSL)}
	if run.Phase == "decode" && run.ParsedConcurrency > 1 && run.ISL == 0 && run.OSL == 0 {
		return Load{Input: chatTokens, Output: chatTokens}, true
	}
	if l.Output == 0 && run.Phase != "prefill" {
		l.Output = 512
	}
	return l, false
}

// keptIn is the draft acceptance that gives a run's published tokens a step, as a chance a draft; 0 where it
// publishes none.
func keptIn(run *catalog.SpeedRun) float64 {
	if run.AcceptedTokens <= 1 || run.DraftTokens <= 0 {
		return 0
	}
	low, high := 0.0, 1.0
	for range 40 {
		mid := (low + high) / 2
		if keptTokens(mid, float64(run.DraftTokens)) < run.AcceptedTokens {
			low = mid
		} else {
			high = mid
		}
	}
	return high
}

// planOf is the set-up of a run as far as speed needs it: what it holds in memory is not asked.
func planOf(cat *catalog.Catalog, run *catalog.SpeedRun) (memory.Plan, string) {
	var p memory.Plan
	p.Model = cat.Model(run.ParsedModel)
	p.Device = cat.Device(run.ParsedDevice)
	switch {
	case p.Model == nil:
		return p, "measured on a model that is none of the nine"
	case p.Device == nil:
		return p, "measured on a device that the catalogue has no figures for"
	case cat.Precision(run.ParsedPrecision) == nil:
		return p, "states no precision that the catalogue knows"
	case run.ParsedEngine != "" && cat.Engine(run.ParsedEngine) == nil:
		return p, "measured with an engine that is none of the seven"
	}
	p.Precision, p.KV, p.Engine = run.ParsedPrecision, run.ParsedKV, run.ParsedEngine
	p.EngineVersion = run.ParsedVersion
	if p.KV == "" {
		p.KV = "bf16"
	}
	if p.Engine == "" && p.Device.Kind != "datacenter" && p.Device.Kind != "rack" {
		return p, "measured with an engine that is none of the seven"
	}
	p.Devices = max(1, run.GPUs)
	p.LayersOnDevice = -1
	p.PipelineParallel = max(1, run.ParsedPP)
	p.TensorParallel = max(1, run.ParsedTP, p.Devices/p.PipelineParallel)
	if isLayerEngine(p.Engine) {
		p.PipelineParallel, p.TensorParallel = p.Devices, 1
	}
	p.DataParallelAttention = run.DataParallel
	p.SpeculativeTokens = run.DraftTokens
	if _, loaded, ok := memory.Weights(cat, p.Model, p.Precision); ok {
		p.WeightsBytes = loaded
	}
	p.ExpertsInHostMemory = run.ExpertsInHost
	return p, hostOf(cat, run, &p)
}
