package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"hostwise/app/figure/format"
	"hostwise/calc/catalog"
)

// table is one part of the catalogue that can be printed.
type table struct {
	name  string
	words string
	rows  func(*catalog.Catalog) any   // for JSON
	grid  func(*catalog.Catalog) *grid // for people
}

// tables are what the facts command knows, in the order of the help.
var tables = []table{
	{"models", "the models to choose from", func(c *catalog.Catalog) any { return c.Models }, modelsGrid},
	{"precisions", "the forms in which weights are stored", func(c *catalog.Catalog) any { return c.Precisions }, precisionsGrid},
	{"devices", "cards and machines, with price and rent", func(c *catalog.Catalog) any { return c.Devices }, devicesGrid},
	{"hosts", "what cards are put in", func(c *catalog.Catalog) any { return c.Hosts }, hostsGrid},
	{"engines", "programs that serve a model", func(c *catalog.Catalog) any { return c.Engines }, enginesGrid},
	{"prices", "listings of APIs today and in the past, with their dates and hours", func(c *catalog.Catalog) any { return listings(c) }, pricesGrid},
	{"claims", "what is said of R1, and how true it is", func(c *catalog.Catalog) any { return c.Claims }, claimsGrid},
	{"sources", "what the facts rest on", func(c *catalog.Catalog) any { return c.Sources }, sourcesGrid},
	{"measured", "measured memory and speed beside our estimate", func(c *catalog.Catalog) any { return measuredRows(c) }, measuredGrid},
}

func (p *program) factsCommand() *cobra.Command {
	var asJSON bool
	var db string
	names := make([]string, len(tables))
	var long strings.Builder
	long.WriteString("Print a table of the catalogue. Every row says how sure it is, where it is from, and of which day.\n")
	for i, t := range tables {
		names[i] = t.name
		long.WriteString("\n  " + t.name + strings.Repeat(" ", 12-len(t.name)) + t.words)
	}
	c := &cobra.Command{
		Use:       "facts TABLE",
		GroupID:   groupKnow,
		Short:     "Print a table of the catalogue",
		Long:      long.String(),
		Example:   "  hostwise facts devices\n  hostwise facts prices --json\n  hostwise facts measured",
		ValidArgs: names,
		Args:      takes(1, 1, strings.Join(names, ", ")),
		RunE: func(c *cobra.Command, args []string) error {
			i := slices.Index(names, args[0])
			if i < 0 {
				return wrong(args[0], "is no table of the catalogue", strings.Join(names, ", "), nearestWord(args[0], names))
			}
			cat, err := p.facts(c.Context(), db)
			switch {
			case err != nil:
				return err
			case asJSON:
				return p.printJSON(tables[i].rows(cat))
			}
			p.printGrid(tables[i].grid(cat))
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON, with every key")
	c.Flags().StringVar(&db, "db", "", "a `FILE` of saved cases: its own facts are shown too")
	return c
}

func modelsGrid(c *catalog.Catalog) *grid {
	g := newGrid("id", "name", ">parameters", ">context", "released as", "evidence", "as of")
	for _, m := range c.Models {
		g.add(m.ID, m.Name, format.Number(float64(m.Parameters)/1e9, 4)+" B", tokensText(m.PublishedContext),
			m.ReleasedPrecision, string(m.Evidence), m.AsOf)
	}
	return g
}

func precisionsGrid(c *catalog.Catalog) *grid {
	g := newGrid("id", "name", "kind", "format", ">bits per weight", "made for", "evidence")
	for _, p := range c.Precisions {
		g.add(p.ID, p.Label, p.Kind, p.Format, format.Number(p.BitsPerWeight, 4), strings.Join(p.Models, ", "), string(p.Evidence))
	}
	return g
}

func devicesGrid(c *catalog.Catalog) *grid {
	g := newGrid("id", "name", ">memory", ">GB/s", ">price", ">an hour", "price evidence", "as of")
	for _, d := range c.Devices {
		price := format.Unknown
		if d.PriceUSD != nil {
			price = rangeText(*d.PriceUSD, format.Money)
		}
		g.add(d.ID, d.Name, format.Number(d.MemoryGB, 4)+" GB", format.Whole(d.BandwidthGBs), price, hourText(d.Rent),
			string(d.PriceFact.Evidence), d.PriceFact.AsOf)
	}
	return g
}

// hourText is the spread of what an hour without a term is listed at.
func hourText(rent []catalog.RentPrice) string {
	var low, high float64
	for _, r := range rent {
		if r.Term != "on-demand" {
			continue
		}
		if high == 0 || r.USD.Low < low {
			low = r.USD.Low
		}
		high = max(high, r.USD.High)
	}
	switch {
	case high == 0:
		return format.Unknown
	case low == high:
		return format.Price(low)
	}
	return format.Price(low) + " to " + format.Price(high)
}

func rangeText(r catalog.Range, write func(float64) string) string {
	if r.IsExact() {
		return write(r.Likely)
	}
	return format.Between(write(r.Low), write(r.High))
}

func hostsGrid(c *catalog.Catalog) *grid {
	g := newGrid("id", "name", ">slots", "takes", ">price", ">kW", ">memory", "evidence", "as of")
	for _, h := range c.Hosts {
		g.add(h.ID, h.Name, format.Whole(float64(h.Slots)), strings.Join(h.DeviceKinds, ", "), rangeText(h.PriceUSD, format.Money),
			format.Number(h.BaseKW, 3), format.Bytes(float64(h.MemoryBytes)), string(h.Evidence), h.AsOf)
	}
	return g
}

func enginesGrid(c *catalog.Catalog) *grid {
	g := newGrid("id", "name", "splits by", "loads", "newest known", "of", "evidence")
	for i := range c.Engines {
		e := &c.Engines[i]
		version, date := format.Unknown, format.Unknown
		if b := e.Build(""); b != nil {
			version, date = b.Version, b.AsOf
		}
		g.add(e.ID, e.Name, e.Split, strings.Join(e.Formats, ", "), version, date, string(e.Evidence))
	}
	return g
}

// tokensText is a number of tokens that 0 leaves open.
func tokensText(n int) string {
	if n == 0 {
		return format.Unknown
	}
	return format.Whole(float64(n))
}

func claimsGrid(c *catalog.Catalog) *grid {
	g := newGrid("status", "as of", "claim", "source")
	for _, claim := range c.Claims {
		g.add(string(claim.Status), claim.AsOf, claim.Text, claim.Source)
	}
	return g
}

func sourcesGrid(c *catalog.Catalog) *grid {
	g := newGrid("id", "title", "where", "holds", "as of")
	for _, s := range c.Sources {
		g.add(s.ID, s.Title, s.Where, s.Holds, s.AsOf)
	}
	return g
}
