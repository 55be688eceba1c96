package figure

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"hostwise/app/figure/format"
	"hostwise/calc/memory"
)

// commonPrecisions are shown where not every precision is asked for, beside the one of the deployment.
var commonPrecisions = []string{
	"bf16", "fp8", "awq-int4", "nvfp4", "gguf-q8_0", "gguf-q4_k_m", "gguf-ud-q2_k_xl", "gguf-ud-iq1_s",
}

var memoryParts = []Part{
	{"weights", PaintWeights, false}, {"cache", PaintCache, false}, {"its copies", PaintCache, true},
	{"compute", PaintCompute, false}, {"runtime", PaintRuntime, false},
}

// memory shows what each precision takes over all devices of one replica, beside what the devices hold.
func (s *story) memory() (Figure, error) {
	m := s.a.Memory
	rows, beyond := s.memoryRows()
	if len(rows) == 0 {
		return Figure{}, errors.New("the assessment holds no precision with a known size")
	}
	f := Figure{
		Title:    s.memoryTitle(rows),
		Subtitle: fmt.Sprintf("Memory over all devices by precision, GB, %s of %s tokens at once. Bars likely, whiskers 8 of 10.", requests(m.Sequences), format.Whole(float64(m.ContextTokens))),
		X:        Axis{Unit: format.Unit{Kind: format.KindBytes}},
		Foot:     s.memoryFoot(),
		Source:   "Sources: tensor inventory of the published weights; cache layout and overheads by engine and version, checked against measured runs.",
		Twin:     Table{Headers: []string{"Precision", "Engine", "Weights GB", "Cache GB", "Copies GB", "Compute GB", "Runtime GB", "Total GB", "P10 to P90 GB", "Fits " + s.a.Deployment.DeviceLabel, "Devices needed", "Evidence"}},
	}
	if beyond > 0 {
		f.Caption = fmt.Sprintf("%d precisions need so much more on their engine that they are not drawn; the table has them.", beyond)
	}
	stacks := Stacks{Parts: memoryParts, NameParts: true}
	for i, r := range rows {
		chosen := s.isDeployed(r)
		f.Rows = append(f.Rows, Row{Label: shortPrecision(r.Label), Sub: memorySub(r), Strong: chosen, Selected: r.Precision == s.opt.Precision && s.opt.Precision != ""})
		stacks.Bars = append(stacks.Bars, memoryBar(i, r, chosen))
	}
	f.Layers = append([]Layer{stacks}, s.capacityLines(rows)...)
	if note := s.memoryNote(rows); note != nil {
		f.Layers = append(f.Layers, *note)
	}
	for i := range m.ByPrecision {
		f.Twin.Rows = append(f.Twin.Rows, memoryTwin(&m.ByPrecision[i]))
	}
	return f, nil
}

func requests(n int) string {
	if n == 1 {
		return "one request"
	}
	return format.Whole(float64(n)) + " requests"
}

// isDeployed reports whether a row is the deployment's own precision.
func (s *story) isDeployed(r *memory.PrecisionRow) bool {
	return r.Kind == "deploy" && r.Precision == s.a.Deployment.Precision
}

// memoryRows picks the rows to draw, largest first, and says how many were left out because they are so much
// larger that the others could not be read.
func (s *story) memoryRows() (rows []*memory.PrecisionRow, beyond int) {
	limit := s.memoryLimit()
	for i := range s.a.Memory.ByPrecision {
		r := &s.a.Memory.ByPrecision[i]
		if memoryTotal(r) <= 0 {
			continue
		}
		wanted := s.opt.AllPrecisions || s.isDeployed(r) || r.Precision == s.opt.Precision ||
			(r.Kind == "deploy" && (slices.Contains(commonPrecisions, r.Precision) || (r.Engine == "mlx" && s.a.Deployment.Engine == "mlx")))
		switch {
		case !wanted:
		case memoryTotal(r) > limit && !s.isDeployed(r):
			beyond++
		default:
			rows = append(rows, r)
		}
	}
	slices.SortStableFunc(rows, func(a, b *memory.PrecisionRow) int {
		switch x, y := memoryTotal(a), memoryTotal(b); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	return rows, beyond
}

// memoryLimit is the largest total that can be drawn beside the deployment and its devices.
func (s *story) memoryLimit() float64 {
	limit := 0.0
	for i := range s.a.Memory.ByPrecision {
		if r := &s.a.Memory.ByPrecision[i]; s.isDeployed(r) {
			limit = 3 * memoryTotal(r)
		}
	}
	for _, c := range s.a.Memory.Capacities {
		limit = math.Max(limit, 2*c.Bytes)
	}
	if limit == 0 {
		return math.Inf(1)
	}
	return limit
}

// memoryTotal is the likely total of a row, or its weights where a raw view has nothing else; 0 is unknown.
func memoryTotal(r *memory.PrecisionRow) float64 {
	switch {
	case r.TotalBytes != nil:
		return r.TotalBytes.Likely
	case r.WeightsBytes != nil:
		return *r.WeightsBytes
	}
	return 0
}

func memoryBar(row int, r *memory.PrecisionRow, strong bool) Bar {
	bar := Bar{Row: row, Label: format.Gigabytes(memoryTotal(r)), Strong: strong, Values: memoryValues(r)}
	if r.TotalBytes != nil {
		bar.Range = &Span{r.TotalBytes.Low, r.TotalBytes.High}
	}
	return bar
}

// memoryValues are the parts of a bar. The row counts the copies as a part of runtime; here they stand apart.
func memoryValues(r *memory.PrecisionRow) []float64 {
	copies := orZero(r.CopiesBytes)
	return []float64{orZero(r.WeightsBytes), orZero(r.KVBytes), copies, orZero(r.ComputeBytes), math.Max(0, orZero(r.RuntimeBytes)-copies)}
}

// orZero leaves out a part that a raw view does not have.
func orZero(v *float64) float64 {
	if v == nil {
		return 0
	}
	return *v
}

// shortPrecision cuts the remark in brackets from a label.
func shortPrecision(label string) string {
	name, _, _ := strings.Cut(label, " (")
	return name
}

func memorySub(r *memory.PrecisionRow) string {
	if r.Kind == "raw" {
		return "weights alone"
	}
	if r.DevicesNeeded == nil {
		return engineName(r.Engine)
	}
	if *r.DevicesNeeded == 1 {
		return "1 device, " + engineName(r.Engine)
	}
	return fmt.Sprintf("%d devices, %s", *r.DevicesNeeded, engineName(r.Engine))
}

// capacityLines are the reference lines: what the devices hold, as far as the bars reach.
func (s *story) capacityLines(rows []*memory.PrecisionRow) []Layer {
	longest := memoryTotal(rows[0])
	var layers []Layer
	lines := slices.Clone(s.a.Memory.Capacities)
	own := 0.0
	for _, c := range lines {
		if c.Label == s.a.Deployment.DeviceLabel {
			own = c.Bytes
		}
	}
	for _, c := range lines {
		// Neighbours beyond the bars would only squeeze them.
		if c.Bytes <= 0 || (c.Bytes > 1.15*longest && c.Bytes != own) {
			continue
		}
		layers = append(layers, RefLine{At: c.Bytes, Above: true, Muted: c.Bytes != own, Label: c.Label + " holds " + format.Gigabytes(c.Bytes)})
	}
	return layers
}

// deployed is the drawn row of the deployment and the capacity of its devices; ok is false where either is
// unknown.
func (s *story) deployed(rows []*memory.PrecisionRow) (row *memory.PrecisionRow, at int, capacity float64, ok bool) {
	for i, r := range rows {
		if s.isDeployed(r) && r.TotalBytes != nil {
			row, at = r, i
		}
	}
	for _, c := range s.a.Memory.Capacities {
		if c.Label == s.a.Deployment.DeviceLabel {
			capacity = c.Bytes
		}
	}
	return row, at, capacity, row != nil && capacity > 0
}

func (s *story) memoryTitle(rows []*memory.PrecisionRow) string {
	row, _, capacity, ok := s.deployed(rows)
	if !ok {
		return s.model() + " by precision: from " + format.Bytes(memoryTotal(rows[len(rows)-1])) + " to " + format.Bytes(memoryTotal(rows[0]))
	}
	name, device := s.model()+" in "+shortPrecision(row.Label), s.a.Deployment.DeviceLabel
	gap := capacity - row.TotalBytes.Likely
	switch {
	case row.Fit == memory.Fits && gap >= 0:
		if smaller := s.missed(row.TotalBytes.Likely); smaller != "" {
			return fmt.Sprintf("%s fits %s and misses %s", name, device, smaller)
		}
		return fmt.Sprintf("%s fits %s with %s to spare", name, device, spare(gap))
	case row.Fit == memory.Tight && gap >= 0:
		return fmt.Sprintf("%s only just fits %s: %s to spare, and its high estimate is over", name, device, spare(gap))
	case gap < 0:
		return fmt.Sprintf("%s misses %s by %s", name, device, spare(-gap))
	}
	return fmt.Sprintf("%s does not fit %s: the fullest device is over", name, device)
}

// spare writes an amount between an estimate and a capacity: whole GB, two digits where there are fewer than
// ten.
func spare(bytes float64) string { return format.Gigabytes(bytes) + " GB" }

// missed names the largest of the drawn capacities that a total is over, with how much is missing.
func (s *story) missed(total float64) string {
	best, words := 0.0, ""
	for _, c := range s.a.Memory.Capacities {
		if c.Bytes < total && c.Bytes > best {
			best, words = c.Bytes, c.Label+" by "+spare(total-c.Bytes)
		}
	}
	return words
}

// memoryNote says beside the deployment's bar why it does not fit.
func (s *story) memoryNote(rows []*memory.PrecisionRow) *Note {
	row, at, _, ok := s.deployed(rows)
	if !ok || row.Fit == memory.Fits || row.Why == "" {
		return nil
	}
	return &Note{At: XY{row.TotalBytes.High, float64(at)}, Text: row.Why}
}

func (s *story) memoryFoot() []Fact {
	d := s.a.Deployment
	engine := strings.TrimSpace(engineName(d.Engine) + " " + d.EngineVersion)
	facts := []Fact{{"Model", s.model()}, {"Devices", d.DeviceLabel}, {"Engine", engine}, {"Cache", strings.ToUpper(d.KVPrecision)}, {"GB", "decimal"}}
	for i := range s.a.Memory.ByPrecision {
		if r := &s.a.Memory.ByPrecision[i]; s.isDeployed(r) && r.Evidence != "" {
			facts = append(facts, Fact{"Evidence", "weights " + string(r.Evidence)})
		}
	}
	return facts
}

func memoryTwin(r *memory.PrecisionRow) []string {
	gb := func(v *float64) string {
		if v == nil {
			return format.Unknown
		}
		return format.Number(*v/1e9, 5)
	}
	total, span, devices := format.Unknown, format.Unknown, format.Unknown
	if r.TotalBytes != nil {
		total = format.Number(r.TotalBytes.Likely/1e9, 5)
		span = format.Between(format.Number(r.TotalBytes.Low/1e9, 4), format.Number(r.TotalBytes.High/1e9, 4))
	}
	if r.DevicesNeeded != nil {
		devices = fmt.Sprint(*r.DevicesNeeded)
	}
	fit := string(r.Fit)
	if r.Kind == "raw" {
		fit = format.Unknown
	}
	runtime := r.RuntimeBytes
	if runtime != nil {
		runtime = &memoryValues(r)[4]
	}
	return []string{r.Label, r.Engine, gb(r.WeightsBytes), gb(r.KVBytes), gb(r.CopiesBytes), gb(r.ComputeBytes), gb(runtime), total, span, fit, devices, string(r.Evidence)}
}
