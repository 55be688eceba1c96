package setups

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure/format"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

// row is one set-up as the table shows it.
type row struct {
	o        *calc.SetupOption
	model    string // names, from the catalogue
	engine   string
	precise  string
	text     string // what search looks through, in small letters
	whyNot   string // in words; "" where it serves
	ruleName string // the same, short
}

// column is one column of the table.
type column struct {
	id, title, tip string
	width          float32 // at 100 %; 0 = takes what is left
	right          bool
	drop           int // the higher, the sooner it gives way in a narrow window; 0 = never
	cell           func(r *row, cur format.Currency) string
	less           func(x, y *row) int // ascending
	down           bool                // the first press sorts the largest first
	apart          bool                // only for what is kept out
	serving        bool                // only for what serves
}

// known compares two figures that may be unknown; what is unknown is last.
func known(x, y *float64) int {
	value := func(v *float64) float64 {
		if v == nil {
			return math.Inf(1)
		}
		return *v
	}
	return cmp.Compare(value(x), value(y))
}

func money(v *float64, cur format.Currency) string {
	if v == nil {
		return format.Unknown
	}
	return cur.Total(*v)
}

// paid is an amount with what keeps it from being paid: a blocked way stands in brackets.
func paid(v *float64, blocked []string, cur format.Currency) string {
	if v != nil && len(blocked) > 0 {
		return "(" + cur.Total(*v) + ")"
	}
	return money(v, cur)
}

// columns are the table's columns in their order.
var columns = []column{
	{id: "model", title: "Model", width: 92, drop: 1, cell: func(r *row, _ format.Currency) string { return r.model },
		less: func(x, y *row) int { return cmp.Compare(x.model, y.model) }},
	{id: "devices", title: "Devices", width: 120, cell: func(r *row, _ format.Currency) string { return r.o.DeviceLabel },
		less: func(x, y *row) int {
			return cmp.Or(cmp.Compare(x.o.Device, y.o.Device), cmp.Compare(x.o.Devices, y.o.Devices))
		}},
	{id: "layout", title: "Layout", tip: "How one replica lies on its devices", drop: 6, cell: func(r *row, _ format.Currency) string { return layoutShort(r.o) },
		less: func(x, y *row) int { return cmp.Compare(layoutShort(x.o), layoutShort(y.o)) }},
	{id: "precision", title: "Precision", width: 84, cell: func(r *row, _ format.Currency) string { return r.precise },
		less: func(x, y *row) int { return cmp.Compare(x.o.Bits, y.o.Bits) }},
	{id: "engine", title: "Engine", width: 86, drop: 3, cell: func(r *row, _ format.Currency) string { return r.engine },
		less: func(x, y *row) int { return cmp.Compare(x.engine, y.engine) }},
	{id: "replicas", title: "Repl.", tip: "Replicas, spares included", width: 34, right: true, drop: 7, serving: true,
		cell: func(r *row, _ format.Currency) string { return format.Whole(float64(r.o.Replicas)) },
		less: func(x, y *row) int { return cmp.Compare(x.o.Replicas, y.o.Replicas) }},
	{id: "servers", title: "Servers", width: 46, right: true, drop: 9, serving: true,
		cell: func(r *row, _ format.Currency) string { return format.Whole(float64(r.o.Servers)) },
		less: func(x, y *row) int { return cmp.Compare(x.o.Servers, y.o.Servers) }},
	{id: "own", title: "Own / month", width: 70, right: true, cell: func(r *row, c format.Currency) string { return paid(r.o.OwnUSD, r.o.OwnBlockedBy, c) },
		less: func(x, y *row) int { return known(x.o.OwnUSD, y.o.OwnUSD) }},
	{id: "rent", title: "Rent / month", width: 74, right: true, cell: func(r *row, c format.Currency) string { return paid(r.o.RentUSD, r.o.RentBlockedBy, c) },
		less: func(x, y *row) int { return known(x.o.RentUSD, y.o.RentUSD) }},
	{id: "upfront", title: "Up front", width: 62, right: true, drop: 5, serving: true, cell: func(r *row, c format.Currency) string { return money(r.o.Upfront, c) },
		less: func(x, y *row) int { return known(x.o.Upfront, y.o.Upfront) }},
	{id: "kw", title: "kW", tip: "Power of the machines at full load", width: 36, right: true, drop: 8, serving: true,
		cell: func(r *row, _ format.Currency) string { return format.Number(r.o.PowerKW, 2) },
		less: func(x, y *row) int { return cmp.Compare(x.o.PowerKW, y.o.PowerKW) }},
	{id: "speed", title: "Tok/s, user", tip: "Tokens a second that each user sees", width: 64, right: true, down: true,
		cell: func(r *row, _ format.Currency) string { return rate(r.o.PerUser) },
		less: func(x, y *row) int { return cmp.Compare(x.o.PerUser, y.o.PerUser) }},
	{id: "calls", title: "Takes calls", tip: "Calls a month that it takes", width: 66, right: true, down: true, drop: 4, serving: true,
		cell: func(r *row, _ format.Currency) string { return format.Count(r.o.Calls) },
		less: func(x, y *row) int { return cmp.Compare(x.o.Calls, y.o.Calls) }},
	{id: "fit", title: "Fit", width: 32, drop: 10, cell: func(r *row, _ format.Currency) string { return fitWords[string(r.o.Fit)] },
		less: func(x, y *row) int { return cmp.Compare(x.o.Fit, y.o.Fit) }},
	{id: "lead", title: "Weeks", tip: "Weeks until bought machines arrive", width: 40, right: true, drop: 11, serving: true,
		cell: func(r *row, _ format.Currency) string {
			if r.o.LeadTime == nil {
				return format.Unknown
			}
			return format.Number(r.o.LeadTime.Likely, 2)
		},
		less: func(x, y *row) int { return cmp.Compare(weeks(x), weeks(y)) }},
	{id: "why", title: "Kept out by", width: 210, apart: true, cell: func(r *row, _ format.Currency) string { return r.ruleName },
		less: func(x, y *row) int { return cmp.Compare(x.ruleName, y.ruleName) }},
	{id: "basis", title: "Speed is", tip: "What the speed rests on", width: 98, drop: 2, cell: func(*row, format.Currency) string { return "" },
		less: func(x, y *row) int {
			return cmp.Or(cmp.Compare(basisRank(x), basisRank(y)), cmp.Compare(x.o.Basis, y.o.Basis))
		}},
}

func weeks(r *row) float64 {
	if r.o.LeadTime == nil {
		return math.Inf(1)
	}
	return r.o.LeadTime.Likely
}

// basisRank orders what speeds rest on, the surest first.
func basisRank(r *row) int {
	for i, b := range []string{"measured", "interpolated", "scaled", "modelled"} {
		if r.o.Basis == b {
			return i
		}
	}
	return 4
}

// layoutShort is how a replica lies on its devices in as few words as a column has room for; the panel has them all.
func layoutShort(o *calc.SetupOption) string {
	switch o.Layout {
	case calc.LayoutPipeline:
		return fmt.Sprintf("Pipeline %d × %d", o.Pipeline, o.Tensor)
	case calc.LayoutSpread:
		return "Attention by request"
	case calc.LayoutExperts:
		return fmt.Sprintf("Expert parallel %d", o.Experts)
	case calc.LayoutLayers:
		return fmt.Sprintf("Layers over %d", o.Devices)
	case calc.LayoutHybrid:
		return "Experts in host"
	case calc.LayoutSpill:
		return fmt.Sprintf("%d layers on devices", o.DeviceLayers)
	}
	return format.Capital(o.LayoutWords)
}

// columnAt returns a column by its id, or nil.
func columnAt(id string) *column {
	for i := range columns {
		if columns[i].id == id {
			return &columns[i]
		}
	}
	return nil
}

// names looks up the names of a catalogue once each.
type names struct {
	cat   *catalog.Catalog
	known map[string]string
}

func (n *names) of(kind calc.Kind, id string) string {
	key := string(rune('0'+int(kind))) + id
	if name, ok := n.known[key]; ok {
		return name
	}
	name := calc.NameOf(n.cat, kind, id)
	if name == "" {
		name = id
	}
	n.known[key] = name
	return name
}

// rowsOf makes the table's rows of what a search found.
func rowsOf(list []calc.SetupOption, cat *catalog.Catalog) []row {
	n := names{cat, map[string]string{}}
	out := make([]row, len(list))
	for i := range list {
		o := &list[i]
		r := row{o: o, model: n.of(calc.ModelRef, o.Model), engine: n.of(calc.EngineRef, o.Engine), precise: n.of(calc.PrecisionRef, o.Precision)}
		if reasons := o.Reasons(); len(reasons) > 0 {
			words := make([]string, len(reasons))
			for j, reason := range reasons {
				words[j] = reasonWords(reason)
			}
			r.whyNot, r.ruleName = strings.Join(words, ". ")+".", format.Capital(rule(reasons[0]))
		}
		r.text = strings.ToLower(strings.Join([]string{o.Label, o.LayoutWords, o.Device, o.Maker, o.Precision, o.Engine, r.model, o.Basis, o.Host, r.whyNot}, " "))
		out[i] = r
	}
	return out
}

// shownColumns picks the columns for what is listed and the width there is, with their places. Models are named where
// there are several.
func shownColumns(width float32, apart, models bool) (cols []*column, x, w []float32) {
	for i := range columns {
		c := &columns[i]
		if c.apart && !apart || c.serving && apart || c.id == "model" && !models {
			continue
		}
		cols = append(cols, c)
	}
	k := min(ui.Scale(), 1.6)
	for {
		left := width - 2*cellMargin - float32(len(cols)-1)*cellGap
		growing := 0
		for _, c := range cols {
			if c.width == 0 {
				growing++
			}
			left -= c.width * k
		}
		least := float32(0)
		if growing > 0 {
			least = leastLayout * k
		}
		if left < least && drop(&cols) {
			continue
		}
		at := float32(cellMargin)
		for _, c := range cols {
			each := c.width * k
			if each == 0 {
				each = max(least, left)
			} else if growing == 0 && c == cols[0] {
				each += max(0, left) // what is left goes to the name of the devices
			}
			x, w = append(x, at), append(w, each)
			at += each + cellGap
		}
		return cols, x, w
	}
}

const (
	cellMargin  = 8
	cellGap     = 9
	leastLayout = 96
)

// drop leaves out the column that is missed least, and reports whether there was one.
func drop(cols *[]*column) bool {
	at := -1
	for i, c := range *cols {
		if c.drop > 0 && (at < 0 || c.drop > (*cols)[at].drop) {
			at = i
		}
	}
	if at < 0 {
		return false
	}
	*cols = append((*cols)[:at:at], (*cols)[at+1:]...)
	return true
}
