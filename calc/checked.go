package calc

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"hostwise/calc/catalog"
	"hostwise/calc/cost"
)

// The reasons for which a fact cannot be checked off.
var (
	ErrNoFact   = errors.New("this fact is not in the catalogue, nor among your own")
	ErrPastFact = errors.New("this price is of a day in the past: it cannot be confirmed as of today")
)

// Checked returns the scenario with a fact confirmed as of today: its row becomes the person's own, with the figures
// as they are. table and id are those of a Recheck: a listing, a model's market median ("deepseek-r1", or with
// "/cloud" that of the clouds) whose listings are all confirmed, a device's price, a host, a rent ("h100/Provider"), a
// measured run, or the path of a quote. A run that was confirmed stays measured: whoever reads a log again has not measured anew.
func (s Scenario) Checked(cat *catalog.Catalog, table, id string, today time.Time) (Scenario, error) {
	f := s.facts
	c := checking{listed: cat, now: cat.With(catalog.Rows{Models: f.Models, Devices: f.Devices, Hosts: f.Hosts, Prices: f.Prices, Runs: f.Measured}),
		today: today.Format(time.DateOnly), facts: f}
	var err error
	switch table {
	case "prices":
		err = c.prices(s, id)
	case "devices":
		err = c.device(id)
	case "rents":
		err = c.rent(s, id)
	case "hosts":
		err = c.host(id)
	case "measured":
		err = c.run(id)
	case "quotes":
		return s.quoteChecked(id, c.today)
	default:
		err = ErrNoFact
	}
	if err != nil {
		return s, fmt.Errorf("checking %s %q: %w", table, id, err)
	}
	return s.WithFacts(c.facts), nil
}

// checking puts confirmed rows together.
type checking struct {
	listed *catalog.Catalog // without the person's own rows
	now    *catalog.Catalog // with them
	today  string
	facts  Facts
}

// confirmed is a fact as the person saw it today. The note keeps what stood there before.
func (c *checking) confirmed(f, before catalog.Fact, evidence catalog.Evidence) catalog.Fact {
	f.Note = fmt.Sprintf("Checked by you. The catalogue has it as %s, as of %s.", before.Evidence, before.AsOf)
	if before.AsOf == "" {
		f.Note = "Checked by you."
	}
	f.Evidence, f.AsOf = evidence, c.today
	return f
}

// prices confirms one listing, or those that make a model's median.
func (c *checking) prices(s Scenario, id string) error {
	if p := c.now.Price(id); p != nil {
		c.price(p)
		return nil
	}
	filter := s.marketFilter()
	if !filter.On.IsZero() {
		return ErrPastFact
	}
	model, cloud := strings.CutSuffix(id, "/cloud")
	if cloud {
		filter.Kinds = cloudKinds
	}
	counted := cost.Counted(c.now.Prices, model, filter)
	if len(counted) == 0 {
		return ErrNoFact
	}
	for _, provider := range sortedKeys(counted) {
		c.price(counted[provider])
	}
	return nil
}

func (c *checking) price(p *catalog.Price) {
	row, before := *p, catalog.Fact{}
	if l := c.listed.Price(p.ID); l != nil {
		before = l.Fact
	}
	row.Fact = c.confirmed(row.Fact, before, catalog.Yours)
	c.facts.Prices = withRow(c.facts.Prices, row, func(x *catalog.Price) string { return x.ID })
}

func (c *checking) device(id string) error {
	d := c.now.Device(id)
	if d == nil || d.PriceUSD == nil {
		return ErrNoFact
	}
	row, before := *d, catalog.Fact{}
	if l := c.listed.Device(id); l != nil {
		before = l.PriceFact
	}
	row.PriceFact = c.confirmed(row.PriceFact, before, catalog.Yours)
	c.facts.Devices = withRow(c.facts.Devices, row, func(x *catalog.Device) string { return x.ID })
	return nil
}

// rent confirms what one provider asks for a device, on the term that the case rents on.
func (c *checking) rent(s Scenario, id string) error {
	device, provider, _ := strings.Cut(id, "/")
	d := c.now.Device(device)
	if d == nil {
		return ErrNoFact
	}
	same := func(r catalog.RentPrice) bool { return r.Provider == provider && r.Term == s.Text("finance.rent_term") }
	at := slices.IndexFunc(d.Rent, same)
	if at < 0 {
		return ErrNoFact
	}
	row, before := *d, catalog.Fact{}
	if l := c.listed.Device(device); l != nil {
		if i := slices.IndexFunc(l.Rent, same); i >= 0 {
			before = l.Rent[i].Fact
		}
	}
	row.Rent = slices.Clone(d.Rent)
	row.Rent[at].Fact = c.confirmed(row.Rent[at].Fact, before, catalog.Yours)
	c.facts.Devices = withRow(c.facts.Devices, row, func(x *catalog.Device) string { return x.ID })
	return nil
}

func (c *checking) host(id string) error {
	h := c.now.Host(id)
	if h == nil {
		return ErrNoFact
	}
	row, before := *h, catalog.Fact{}
	if l := c.listed.Host(id); l != nil {
		before = l.Fact
	}
	row.Fact = c.confirmed(row.Fact, before, catalog.Yours)
	c.facts.Hosts = withRow(c.facts.Hosts, row, func(x *catalog.Host) string { return x.ID })
	return nil
}

func (c *checking) run(id string) error {
	find := func(cat *catalog.Catalog) *catalog.SpeedRun {
		if i := slices.IndexFunc(cat.SpeedRuns, func(r catalog.SpeedRun) bool { return r.ID == id }); i >= 0 {
			return &cat.SpeedRuns[i]
		}
		return nil
	}
	r := find(c.now)
	if r == nil {
		return ErrNoFact
	}
	row, before := *r, catalog.Fact{}
	if l := find(c.listed); l != nil {
		before = l.Fact
	}
	if row.MeasuredOn == "" {
		row.MeasuredOn = row.AsOf // the age of the engine that ran does not change with the check
	}
	row.Fact = c.confirmed(row.Fact, before, row.Evidence)
	c.facts.Measured = withRow(c.facts.Measured, row, func(x *catalog.SpeedRun) string { return x.ID })
	return nil
}

// withRow returns the rows with the one of the same id replaced, or with it at the end.
func withRow[T any](rows []T, row T, id func(*T) string) []T {
	out := slices.Clone(rows)
	for i := range out {
		if id(&out[i]) == id(&row) {
			out[i] = row
			return out
		}
	}
	return append(out, row)
}
