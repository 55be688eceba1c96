package memory

import (
	"encoding/json"
	"math"

	"hostwise/calc/catalog"
)

// MarshalJSON writes null for what a raw view does not say.
func (r PrecisionRow) MarshalJSON() ([]byte, error) {
	type plain PrecisionRow
	if r.Kind != "raw" {
		return json.Marshal(plain(r))
	}
	return json.Marshal(struct {
		plain
		Engine *string `json:"engine"`
		KV     *string `json:"kv_precision"`
		Fits   *bool   `json:"fits"`
		Fit    *Fit    `json:"fit"`
	}{plain: plain(r)})
}

// ByPrecision shows what the set-up's model needs in every precision it is made in, raw views first: at the
// set-up's context and sequences, on the fewest of its devices that hold it. Fit is judged on the set-up's own
// number of devices where it states one. The engine is the set-up's if it can load the precision, else the
// usual one for that format, and the row names it.
func ByPrecision(cat *catalog.Catalog, s Setup) []PrecisionRow {
	if cat == nil || s.Model == nil {
		return nil
	}
	precisions := cat.PrecisionsOf(s.Model)
	rows := make([]PrecisionRow, 0, len(precisions))
	for _, p := range precisions {
		if p.Kind == "raw" {
			rows = append(rows, rawRow(cat, s.Model, p))
		} else {
			rows = append(rows, deployRow(cat, s, p))
		}
	}
	return rows
}

func rowOf(p *catalog.Precision) PrecisionRow {
	return PrecisionRow{Precision: p.ID, Kind: p.Kind, Label: p.Label, Evidence: p.Evidence, Source: p.Source}
}

func rawRow(cat *catalog.Catalog, m *catalog.Model, p *catalog.Precision) PrecisionRow {
	row := rowOf(p)
	if _, loaded, ok := Weights(cat, m, p.ID); ok {
		row.WeightsBytes = &loaded
	}
	return row
}

func deployRow(cat *catalog.Catalog, s Setup, p *catalog.Precision) PrecisionRow {
	row := rowOf(p)
	s.Precision = p.ID
	stated := s.Devices
	moved := s.Engine
	s.Engine, s.KV = loader(cat, s, p)
	if s.Engine != moved {
		s.EngineVersion, s.BatchTokens, s.MemoryFraction = "", 0, 0
		s.TensorParallel, s.PipelineParallel, s.ExpertParallel, s.ContextParallel = 0, 0, 0, 0
		s.DataParallelAttention, s.SpeculativeTokens = false, 0
	}
	s.Devices = 0
	if stated > 0 { // its layout belongs to its own size
		s.TensorParallel, s.PipelineParallel = 0, 0
	}
	plan := Solve(cat, s)
	row.Engine, row.KV, row.Why = s.Engine, s.KV, plan.Why
	row.ArtifactBytes, row.WeightsBytes = &plan.ArtifactBytes, &plan.WeightsBytes
	row.KVBytes, row.ComputeBytes, row.CopiesBytes = &plan.KVBytes, &plan.ComputeBytes, &plan.CopiesBytes
	runtime := plan.RuntimeBytes + plan.CopiesBytes
	row.RuntimeBytes, row.TotalBytes = &runtime, &plan.Total
	devices, servers := plan.sizeNeeded()
	row.DevicesNeeded, row.ServersNeeded = &devices, &servers
	fit, runs := plan.Fit, plan.Runs()
	if stated > 0 && stated != plan.Devices {
		s.Devices = stated
		at := Solve(cat, s)
		fit, runs, row.Why = at.Fit, at.Runs(), at.Why
	}
	row.Fit, row.Fits = fit, runs
	return row
}

// sizeNeeded is the plan's size, or where even the largest tried does not hold it, what its total would fill.
func (p *Plan) sizeNeeded() (devices, servers int) {
	if p.work.fits || p.Device == nil || p.PerDevice.Capacity <= 0 {
		return p.Devices, p.Servers
	}
	usable := p.PerDevice.Capacity - p.PerDevice.Reserve
	perHost := devicesPerHost(p.Setup)
	rest := p.Total.Likely - p.HostBytes
	if p.Seconds > 0 {
		rest -= float64(p.Seconds) * float64(p.Second.VisibleBytes) * usable / p.PerDevice.Capacity
	}
	need := max(int(math.Ceil(rest/usable)), p.Devices)
	servers = (need + perHost - 1) / perHost
	if servers > 1 {
		need = servers * perHost
	}
	return need, servers
}

// loader chooses the engine and KV type for a precision.
func loader(cat *catalog.Catalog, s Setup, p *catalog.Precision) (engine, kv string) {
	arch := ""
	if s.Device != nil {
		arch = s.Device.Architecture
	}
	for _, id := range [...]string{s.Engine, "vllm", "sglang", "tensorrt-llm", "llama.cpp", "mlx"} {
		e := cat.Engine(id)
		if e == nil {
			continue
		}
		for _, kv := range [...]string{s.KV, nearestKV(s.KV), "bf16"} {
			if ok, _ := e.Supports(p.ID, kv, arch, s.Model); ok {
				return id, kv
			}
		}
	}
	return usualEngine(p.Format, s.Engine), s.KV
}

// nearestKV is the same width in another engine's words.
func nearestKV(kv string) string {
	switch kv {
	case "fp8":
		return "q8_0"
	case "q8_0", "q4_0":
		return "fp8"
	}
	return kv
}

func usualEngine(format, otherwise string) string {
	switch format {
	case "gguf":
		return "llama.cpp"
	case "mlx":
		return "mlx"
	case "safetensors":
		return "vllm"
	}
	return otherwise
}
