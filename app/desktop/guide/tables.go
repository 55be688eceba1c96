package guide

import (
	"fmt"

	"hostwise/app/figure/format"
	"hostwise/calc"
	"hostwise/calc/memory"
)

// precisionOptions are the precisions that the chosen model is made in, with the memory each takes here.
func (p *Page) precisionOptions() []option {
	a, _ := p.session.Assessment()
	var out []option
	if a == nil {
		return out
	}
	for i := range a.Memory.ByPrecision {
		r := &a.Memory.ByPrecision[i]
		if r.Kind != "deploy" {
			continue
		}
		o := option{id: r.Precision, title: r.Label, badge: string(r.Evidence)}
		if r.TotalBytes != nil {
			o.detail = fmt.Sprintf("%s in memory, of which weights %s", format.Bytes(r.TotalBytes.Likely), bytesOf(r.WeightsBytes))
		}
		if r.DevicesNeeded != nil && *r.DevicesNeeded > 0 {
			o.detail += fmt.Sprintf(" · %d × %s", *r.DevicesNeeded, p.deviceShort(p.session.Scenario().Text("deployment.device")))
		}
		if r.Fit == memory.No {
			o.problem = r.Why
			if o.problem == "" {
				o.problem = "does not fit"
			}
		}
		out = append(out, o)
	}
	return out
}

func bytesOf(v *float64) string {
	if v == nil {
		return format.Unknown
	}
	return format.Bytes(*v)
}

func (p *Page) deviceShort(id string) string {
	if d := p.session.Catalogue().Device(id); d != nil {
		return d.ShortName
	}
	return id
}

// deviceOptions are the devices of the catalogue, with what the cheapest set-up on each takes and costs.
func (p *Page) deviceOptions() []option {
	cat := p.session.Catalogue()
	var out []option
	for i := range cat.Devices {
		d := &cat.Devices[i]
		out = append(out, option{id: d.ID, title: d.Name, badge: string(d.Evidence), detail: fmt.Sprintf("%s GB each", format.Number(d.MemoryGB, 4))})
	}
	return out
}

var _ = calc.Null
