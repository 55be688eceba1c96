package cli

import (
	"fmt"

	"hostwise/app/figure/format"
	"hostwise/calc/catalog"
	"hostwise/calc/memory"
	"hostwise/calc/serving"
)

// measurement is a measured run beside our estimate of the same quantity.
type measurement struct {
	Kind      string         `json:"kind"` // "memory" or "speed"
	ID        string         `json:"id"`
	Group     string         `json:"group"`
	Quantity  string         `json:"quantity"`
	Model     string         `json:"model"`
	Precision string         `json:"precision"`
	Engine    string         `json:"engine"`
	Hardware  string         `json:"hardware"`
	Unit      string         `json:"unit"`
	Measured  *float64       `json:"measured"` // nil where the run states no such figure
	Estimate  *catalog.Range `json:"estimate"` // nil where none can be set beside it
	Error     *float64       `json:"error_share"`
	InRange   *bool          `json:"in_range"`
	Basis     string         `json:"basis,omitempty"` // of an estimated speed
	Reason    string         `json:"not_compared_because"`
	Quote     string         `json:"quote"`
	catalog.Fact
}

// compared fills in the estimate. Speeds are estimated without the run itself, memory knows no runs.
func (m *measurement) compared(estimate catalog.Range, errorShare float64, inside bool) {
	estimate = catalog.Range{Low: digits(estimate.Low), Likely: digits(estimate.Likely), High: digits(estimate.High)}
	errorShare = digits(errorShare)
	m.Estimate, m.Error, m.InRange = &estimate, &errorShare, &inside
}

// measuredRows are all runs of the catalogue, memory first.
func measuredRows(c *catalog.Catalog) []measurement {
	rows := []measurement{}
	for _, x := range memory.Accuracy(c) {
		r := x.Run
		m := measurement{Kind: "memory", ID: r.ID, Group: x.Group, Quantity: r.Quantity, Model: r.Model, Precision: r.Precision,
			Engine: r.Engine, Hardware: r.Hardware, Unit: x.Unit, Measured: positive(x.Measured), Reason: x.Reason, Quote: r.Quote, Fact: r.Fact}
		if x.Reason == "" {
			m.compared(x.Estimate, x.Error, x.Inside)
		}
		rows = append(rows, m)
	}
	for _, x := range serving.Accuracy(c) {
		r := x.Run
		m := measurement{Kind: "speed", ID: r.ID, Group: string(x.Group), Quantity: string(x.Quantity), Model: r.Model,
			Precision: r.Precision, Engine: r.Engine, Hardware: r.Hardware, Unit: "tokens/second", Measured: positive(x.Measured),
			Reason: x.Reason, Quote: r.Quote, Fact: r.Fact}
		if x.Reason != "" { // as published
			m.Measured, m.Unit = positive(r.Value), r.Unit
		} else {
			m.Basis = string(x.Beside.Basis)
			m.compared(x.Beside.Rate, x.Beside.Error, x.Beside.Holds(x.Measured))
		}
		rows = append(rows, m)
	}
	return rows
}

// positive is a measured amount, nil where the run states none.
func positive(v float64) *float64 {
	if v <= 0 {
		return nil
	}
	v = digits(v)
	return &v
}

func measuredGrid(c *catalog.Catalog) *grid {
	g := newGrid("run", "what", "hardware", ">measured", ">estimate", ">error", "in range", "why not compared")
	for _, m := range measuredRows(c) {
		measured, estimate, off, held := format.Unknown, format.Unknown, format.Unknown, format.Unknown
		if m.Measured != nil {
			measured = m.amount(*m.Measured)
		}
		if m.Estimate != nil {
			estimate, off = rangeText(*m.Estimate, m.amount), signedShare(*m.Error)
			held = map[bool]string{true: "yes", false: "no"}[*m.InRange]
		}
		g.add(m.ID, m.Quantity, m.Hardware, measured, estimate, off, held, m.Reason)
	}
	return g
}

// amount is a quantity of the run in its unit.
func (m *measurement) amount(v float64) string {
	switch m.Unit {
	case "bytes":
		return format.Bytes(v)
	case "tokens/second":
		return format.Number(v, 3) + " tok/s"
	}
	return format.Number(v, 3) + " " + m.Unit
}

// signedShare says which way an estimate is off.
func signedShare(share float64) string {
	const none = 0.0005
	switch {
	case share >= none:
		return fmt.Sprintf("+%.1f %%", 100*share)
	case share <= -none:
		return fmt.Sprintf("%s%.1f %%", format.Minus, -100*share)
	}
	return "0.0 %"
}
