package serving

import (
	"strconv"
	"strings"

	"hostwise/calc/catalog"
	"hostwise/calc/memory"
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

	base engineModel // the physics before any correction
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

// observe reads a run. A run can hold two observations (a decode speed and the prompt speed beside it); where it
// holds none, the reason says why in words for the accuracy page.
func observe(cat *catalog.Catalog, run *catalog.SpeedRun, k *constants) (found []observation, reason string) {
	plan, reason := planOf(cat, run)
	if reason != "" {
		return nil, reason
	}
	if machineOf(&plan) == cluster || isWide(run) {
		return nil, "a wide cluster: shown from the table, not computed"
	}
	o := observation{run: run, plan: plan, c: float64(run.ParsedConcurrency)}
	o.setup = featuresOf(cat, &o.plan, run)
	o.base = stepOf(&o.plan, Options{DraftAcceptance: keptIn(run, plan.SpeculativeTokens)}, k)
	o.load = loadOf(run)

	if run.Phase == "prefill" {
		o.quantity, o.c = PromptQuantity, 1
		o.measured = wholeRate(run)
		if o.load.Input == 0 {
			o.load.Input = 512 // llama-bench's own prompt
		}
		return append(found, o), ""
	}
	if run.PrefillTokS > 0 && o.c <= 1 {
		prompt := o
		prompt.quantity, prompt.measured, prompt.c = PromptQuantity, run.PrefillTokS, 1
		if prompt.load.Input == 0 {
			prompt.load.Input = 1024
		}
		found = append(found, prompt)
	}
	if run.OutputTokS <= 0 {
		return found, "states no output rate that can be told from the total"
	}
	if o.c <= 0 {
		return found, "states no number of concurrent requests"
	}
	o.measured = run.OutputTokS
	o.quantity = DecodeQuantity
	if run.Phase == "mixed" && run.ISL > 0 && run.OSL > 0 {
		o.quantity = OutputQuantity
	} else if o.c > 1 && run.ISL == 0 && run.OSL == 0 {
		return found, "states no prompt and answer length"
	}
	return append(found, o), ""
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

// loadOf is the request shape of a run. A run that states no lengths is a chat-sized one from an empty cache.
func loadOf(run *catalog.SpeedRun) Load {
	l := Load{Input: float64(run.ISL), Output: float64(run.OSL)}
	if l.Output == 0 && run.Phase != "prefill" {
		l.Output = 512
	}
	return l
}

// keptIn is the draft acceptance a run states ("accept 2.18"), as a chance a draft; 0 where it states none.
func keptIn(run *catalog.SpeedRun, drafts int) float64 {
	_, after, ok := strings.Cut(run.Engine, "accept ")
	if !ok || drafts <= 0 {
		return 0
	}
	text := strings.TrimRight(strings.Fields(after + " ")[0], ",;")
	tokens, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0
	}
	low, high := 0.0, 1.0
	for range 40 {
		mid := (low + high) / 2
		if keptTokens(mid, float64(drafts)) < tokens {
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
	case run.ParsedPrecision == "":
		return p, "states no precision that the catalogue knows"
	}
	p.Precision, p.KV, p.Engine = run.ParsedPrecision, run.ParsedKV, run.ParsedEngine
	p.EngineVersion = run.ParsedVersion
	if p.KV == "" {
		p.KV = "bf16"
	}
	if p.Engine == "" && p.Device.Kind != "datacenter" && p.Device.Kind != "rack" {
		return p, "measured with an engine that is none of the seven"
	}
	if p.Device.Kind != "cpu" && strings.Contains(run.Hardware, "(CPU)") {
		return p, "measured on the processor of a device that is counted as a graphics one"
	}
	p.Devices = max(1, run.GPUs)
	p.LayersOnDevice = -1
	p.PipelineParallel, p.TensorParallel = 1, p.Devices
	if isLayerEngine(p.Engine) {
		p.PipelineParallel, p.TensorParallel = p.Devices, 1
	}
	p.DataParallelAttention = run.DataParallel
	if run.DataParallel {
		p.TensorParallel = 1
	}
	p.SpeculativeTokens = run.DraftTokens
	p.WeightsBytes = artifactBytes(cat, &p)
	return p, hostOf(cat, run, &p)
}

// artifactBytes is the size of a published file where the catalogue has one: dynamic mixes follow no rule.
func artifactBytes(cat *catalog.Catalog, p *memory.Plan) float64 {
	if precision := cat.Precision(p.Precision); precision != nil {
		if n, ok := precision.Artifacts[p.Model.ID]; ok {
			return float64(n)
		}
	}
	return 0
}
