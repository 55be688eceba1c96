package figure

import (
	"cmp"
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

// memoryRow is one row of the memory figure: a precision of the case's model, or a model.
type memoryRow struct {
	*memory.PrecisionRow
	label, sub string
	chosen     bool // the deployment's own
}

// memory shows what each precision takes over all devices of one replica, beside what the devices hold; with
// Models, what each model takes.
func (s *story) memory() (Figure, error) {
	rows, left := s.memoryRows()
	if s.opt.Models {
		rows, left = s.modelRows()
	}
	if len(rows) == 0 {
		return Figure{}, errors.New("the assessment holds no precision with a known size")
	}
	f := Figure{
		Title:    s.memoryTitle(rows),
		Subtitle: s.memorySubtitle(),
		Caption:  left,
		X:        Axis{Unit: format.Unit{Kind: format.KindBytes}},
		Foot:     s.memoryFoot(),
		Source:   "Sources: tensor inventory of the published weights; cache layout and overheads by engine and version, checked against measured runs.",
		Twin:     s.memoryTwin(),
	}
	for _, r := range rows {
		f.Rows = append(f.Rows, Row{Label: r.label, Sub: r.sub, Strong: r.chosen, Selected: r.Precision == s.opt.Precision && s.opt.Precision != "" && !s.opt.Models})
	}
	if s.opt.LogScale {
		s.memoryDots(&f, rows)
	} else {
		s.memoryBars(&f, rows)
	}
	f.Layers = append(f.Layers, s.capacityLines(rows)...)
	if note := s.memoryNote(rows); note != nil {
		f.Layers = append(f.Layers, *note)
	}
	return f, nil
}

// memoryBars draws the parts stacked from zero.
func (s *story) memoryBars(f *Figure, rows []memoryRow) {
	stacks := Stacks{Parts: memoryParts, NameParts: true}
	for i, r := range rows {
		stacks.Bars = append(stacks.Bars, memoryBar(i, r.PrecisionRow, r.chosen))
	}
	f.Layers = append(f.Layers, stacks)
}

// memoryDots draws the totals as marks on a log axis, where a bar has no true length and parts cannot be stacked;
// the parts stand beside them in figures.
func (s *story) memoryDots(f *Figure, rows []memoryRow) {
	f.X.Scaling = Log
	var marks RangeMarks
	weights, cache, rest := Column{Title: "weights"}, Column{Title: "cache"}, Column{Title: "the rest"}
	for i, r := range rows {
		total := memoryTotal(r.PrecisionRow)
		mark := RangeMark{Row: i, Low: total, Likely: total, High: total, Paint: PaintWeights, Text: format.Gigabytes(total), Strong: r.chosen, Hollow: r.Kind == "raw"}
		if r.TotalBytes != nil {
			mark.Low, mark.High = r.TotalBytes.Low, r.TotalBytes.High
		}
		marks.Marks = append(marks.Marks, mark)
		values := memoryValues(r.PrecisionRow)
		weights.Cells = append(weights.Cells, gigabytesCell(r.WeightsBytes, values[0], r.chosen))
		cache.Cells = append(cache.Cells, gigabytesCell(r.KVBytes, values[1]+values[2], r.chosen))
		rest.Cells = append(rest.Cells, gigabytesCell(r.ComputeBytes, values[3]+values[4], r.chosen))
	}
	f.Columns = []Column{weights, cache, rest}
	f.Layers = append(f.Layers, marks)
}

// gigabytesCell writes a part, or that it is not known.
func gigabytesCell(known *float64, bytes float64, strong bool) Cell {
	if known == nil {
		return Cell{Text: format.Unknown}
	}
	return Cell{format.Gigabytes(bytes), strong}
}

func (s *story) memorySubtitle() string {
	by := "precision"
	if s.opt.Models {
		by = "model"
	}
	m := s.a.Memory
	text := fmt.Sprintf("Memory over all devices by %s, GB, %s of %s tokens at once. ", by, requests(m.Sequences), format.Whole(float64(m.ContextTokens)))
	if s.opt.LogScale {
		return strings.Replace(text, "GB,", "GB, log,", 1) + "Dots likely totals, ranges 8 of 10; at the right the parts."
	}
	return text + "Bars likely, whiskers 8 of 10."
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

// memoryRows picks the precisions to draw, largest first, and says how many were left out because they are so
// much larger that the others could not be read; a log axis holds them all.
func (s *story) memoryRows() (rows []memoryRow, left string) {
	limit, beyond := s.memoryLimit(), 0
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
			rows = append(rows, memoryRow{r, shortPrecision(r.Label), memorySub(r), s.isDeployed(r)})
		}
	}
	if beyond > 0 {
		left = fmt.Sprintf("%d precisions need so much more on their engine that they are not drawn; the table has them.", beyond)
	}
	return largestFirst(rows), left
}

func largestFirst(rows []memoryRow) []memoryRow {
	slices.SortStableFunc(rows, func(a, b memoryRow) int { return cmp.Compare(memoryTotal(b.PrecisionRow), memoryTotal(a.PrecisionRow)) })
	return rows
}

// memoryLimit is the largest total that can be drawn beside the deployment and its devices.
func (s *story) memoryLimit() float64 {
	limit := 0.0
	if s.opt.LogScale {
		return math.Inf(1)
	}
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
func (s *story) capacityLines(rows []memoryRow) []Layer {
	longest := memoryTotal(rows[0].PrecisionRow)
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
func (s *story) deployed(rows []memoryRow) (row *memory.PrecisionRow, at int, capacity float64, ok bool) {
	for i, r := range rows {
		if r.chosen && r.TotalBytes != nil {
			row, at = r.PrecisionRow, i
		}
	}
	for _, c := range s.a.Memory.Capacities {
		if c.Label == s.a.Deployment.DeviceLabel {
			capacity = c.Bytes
		}
	}
	return row, at, capacity, row != nil && capacity > 0
}

func (s *story) memoryTitle(rows []memoryRow) string {
	row, _, capacity, ok := s.deployed(rows)
	switch {
	case s.opt.Models:
		return s.modelsTitle(rows)
	case !ok:
		return s.model() + " by precision: from " + format.Bytes(memoryTotal(rows[len(rows)-1].PrecisionRow)) + " to " + format.Bytes(memoryTotal(rows[0].PrecisionRow))
	}
	name, device := s.model()+" in "+shortPrecision(row.Label), s.a.Deployment.DeviceLabel
	gap := capacity - row.TotalBytes.Likely
	switch {
	case !row.Fits && row.Fit != memory.No:
		return fmt.Sprintf("%s would have room on %s, but is not known to run so", name, device)
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
func (s *story) memoryNote(rows []memoryRow) *Note {
	row, at, _, ok := s.deployed(rows)
	if !ok || row.Fits && row.Fit == memory.Fits || row.Why == "" {
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

// memoryTwin tells every row of the assessment, drawn or not.
func (s *story) memoryTwin() Table {
	t := Table{Headers: []string{"Precision", "Engine", "Weights GB", "Cache GB", "Copies GB", "Compute GB", "Runtime GB", "Total GB", "P10 to P90 GB", "Fits " + s.a.Deployment.DeviceLabel, "Devices needed", "Evidence"}}
	if s.opt.Models {
		t.Headers = append([]string{"Model"}, t.Headers...)
		for i := range s.a.Memory.ByModel {
			m := &s.a.Memory.ByModel[i]
			t.Rows = append(t.Rows, append([]string{m.Label}, memoryCells(&m.Row)...))
		}
		return t
	}
	for i := range s.a.Memory.ByPrecision {
		t.Rows = append(t.Rows, memoryCells(&s.a.Memory.ByPrecision[i]))
	}
	return t
}

func memoryCells(r *memory.PrecisionRow) []string {
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
	switch {
	case r.Kind == "raw":
		fit = format.Unknown
	case !r.Fits && r.Fit != memory.No:
		fit += ", not known to run"
	}
	runtime := r.RuntimeBytes
	if runtime != nil {
		runtime = &memoryValues(r)[4]
	}
	return []string{r.Label, r.Engine, gb(r.WeightsBytes), gb(r.KVBytes), gb(r.CopiesBytes), gb(r.ComputeBytes), gb(runtime), total, span, fit, devices, string(r.Evidence)}
}
