package calc

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"hostwise/calc/catalog"
)

// Correction is one figure of a fact that a person can put another in place of.
type Correction struct {
	Label string
	Path  string   // of the input that reads such a figure: its unit and limits hold
	Now   *float64 // dollars; nil = none listed
	Empty bool     // may be left empty: there is none
}

// Corrections lists the figures of a fact that was checked again and found to be different. table and id are those of
// a Recheck; a fact without figures of its own, such as a measured run, has none.
func (s Scenario) Corrections(cat *catalog.Catalog, table, id string) []Correction {
	f := s.facts
	now := cat.With(catalog.Rows{Models: f.Models, Devices: f.Devices, Hosts: f.Hosts, Prices: f.Prices, Runs: f.Measured})
	price := func(label, path string, v *float64, empty bool) Correction { return Correction{label, path, v, empty} }
	switch table {
	case "prices":
		if p := now.Price(id); p != nil {
			return []Correction{price("Input", "api.input_usd_per_mtok", &p.Input, false),
				price("Cached input, empty = none", "api.cached_input_usd_per_mtok", p.CachedInput, true), price("Output", "api.output_usd_per_mtok", &p.Output, false)}
		}
		if now.Model(id) == nil { // typed prices do not apply to the clouds
			return nil
		}
		return []Correction{price("Input", "api.input_usd_per_mtok", nil, false), price("Output", "api.output_usd_per_mtok", nil, false)}
	case "devices":
		if d := now.Device(id); d != nil && d.PriceUSD != nil {
			return []Correction{price("Price of one", "finance.server_usd", &d.PriceUSD.Likely, false)}
		}
	case "hosts":
		if h := now.Host(id); h != nil {
			return []Correction{price("Price of one, without cards", "finance.server_usd", &h.PriceUSD.Likely, false)}
		}
	case "rents":
		if d, at := rentOf(now, s, id); d != nil {
			return []Correction{price("Price of one device for an hour", "finance.rent_usd_per_device_hour", &d.Rent[at].USD.Likely, false)}
		}
	}
	return nil
}

// rentOf finds the rent that a Recheck names, on the term that the case rents on; nil where there is none.
func rentOf(cat *catalog.Catalog, s Scenario, id string) (*catalog.Device, int) {
	device, provider, _ := strings.Cut(id, "/")
	d := cat.Device(device)
	if d == nil {
		return nil, 0
	}
	at := slices.IndexFunc(d.Rent, func(r catalog.RentPrice) bool { return r.Provider == provider && r.Term == s.Text("finance.rent_term") })
	if at < 0 {
		return nil, 0
	}
	return d, at
}

// Corrected returns the scenario with a fact's figures replaced by what the person found: the row becomes their own,
// dated today, with where they found it as its source. values are dollars in the order of Corrections, nil for none.
// The market median has no row: its correction is an answer, the price that the API routes are billed at.
func (s Scenario) Corrected(cat *catalog.Catalog, table, id string, values []*float64, source string, today time.Time) (Scenario, error) {
	figures := s.Corrections(cat, table, id)
	if len(figures) == 0 || len(values) != len(figures) {
		return s, fmt.Errorf("correcting %s %q: %w", table, id, ErrNoFact)
	}
	for i, v := range values {
		if v == nil && !figures[i].Empty {
			return s, fmt.Errorf("correcting %s %q: %s is missing: %w", table, id, figures[i].Label, ErrNoFact)
		}
	}
	if table == "prices" && cat.Price(id) == nil && !slices.ContainsFunc(s.facts.Prices, func(p catalog.Price) bool { return p.ID == id }) {
		return s.With(figures[0].Path, Num(*values[0])).With(figures[1].Path, Num(*values[1])), nil
	}
	to, err := s.Checked(cat, table, id, today)
	if err != nil {
		return s, err
	}
	f := to.facts
	mine := func(fact *catalog.Fact) { fact.Source = source }
	exact := func() Range { return catalog.Exact(*values[0]) }
	switch table {
	case "prices":
		f.Prices = changed(f.Prices, func(p *catalog.Price) bool { return p.ID == id }, func(p *catalog.Price) {
			p.Input, p.CachedInput, p.Output = *values[0], values[1], *values[2]
			mine(&p.Fact)
		})
	case "devices":
		f.Devices = changed(f.Devices, func(d *catalog.Device) bool { return d.ID == id }, func(d *catalog.Device) {
			r := exact()
			d.PriceUSD = &r
			mine(&d.PriceFact)
		})
	case "hosts":
		f.Hosts = changed(f.Hosts, func(h *catalog.Host) bool { return h.ID == id }, func(h *catalog.Host) {
			h.PriceUSD = exact()
			mine(&h.Fact)
		})
	case "rents":
		device, provider, _ := strings.Cut(id, "/")
		f.Devices = changed(f.Devices, func(d *catalog.Device) bool { return d.ID == device }, func(d *catalog.Device) {
			d.Rent = changed(d.Rent, func(r *catalog.RentPrice) bool {
				return r.Provider == provider && r.Term == s.Text("finance.rent_term")
			},
				func(r *catalog.RentPrice) { r.USD = exact(); mine(&r.Fact) })
		})
	}
	return to.WithFacts(f), nil
}

// changed returns the rows with one of them changed; the others are shared.
func changed[T any](rows []T, is func(*T) bool, change func(*T)) []T {
	out := slices.Clone(rows)
	for i := range out {
		if is(&out[i]) {
			change(&out[i])
		}
	}
	return out
}
