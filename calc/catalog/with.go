package catalog

import "slices"

// Rows are a person's own rows of the catalogue.
type Rows struct {
	Models  []Model
	Devices []Device
	Hosts   []Host
	Prices  []Price
	Runs    []SpeedRun
}

// With returns the catalogue with a person's rows over its own: a row whose id the catalogue has takes that
// row's place, a new one is added. The receiver is not changed.
func (c *Catalog) With(r Rows) *Catalog {
	n := *c
	n.Models = over(c.Models, r.Models, func(m *Model) string { return m.ID })
	n.Devices = over(c.Devices, r.Devices, func(d *Device) string { return d.ID })
	n.Hosts = over(c.Hosts, r.Hosts, func(h *Host) string { return h.ID })
	n.Prices = over(c.Prices, r.Prices, func(p *Price) string { return p.ID })
	n.SpeedRuns = over(c.SpeedRuns, r.Runs, func(s *SpeedRun) string { return s.ID })
	n.index()
	return &n
}

func over[T any](rows, own []T, id func(*T) string) []T {
	if len(own) == 0 {
		return rows
	}
	out := slices.Clone(rows)
	for i := range own {
		at := slices.IndexFunc(out, func(t T) bool { return id(&t) == id(&own[i]) })
		if at >= 0 {
			out[at] = own[i]
		} else {
			out = append(out, own[i])
		}
	}
	return out
}
