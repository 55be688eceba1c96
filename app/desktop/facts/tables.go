package facts

import (
	"fmt"
	"strconv"
	"strings"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure/format"
	"hostwise/calc/catalog"
	"hostwise/calc/runwords"
)

// column is one column of a table.
type column struct {
	title string
	width float32 // at 100 %; 0 = takes what is left, shared by all such columns
	right bool
	spare bool // left out where there is no room
}

// record is one row of a table.
type record struct {
	id     string
	cells  []string
	fact   catalog.Fact
	aged   bool     // an age matters: a price
	gone   bool     // no longer sold, or never a price
	was    bool     // of the price history: it can be chosen and not changed
	words  string   // in the side panel above all else: what the row says as a sentence
	detail []string // lines for the side panel, "name: value"
	log    []string // one step further: what the source prints, and the row's key, "name: value"
	mine   bool     // the person's own
	value  float64  // what the strip draws
	group  string   // by which the table can be narrowed: a model
}

// table is one table of the catalogue as the page shows it.
type table struct {
	id, title, unit string
	columns         []column
	records         []record
	checks          bool // a row can be confirmed as of today
}

// record returns the row of an id, nil where there is none.
func (t *table) record(id string) *record {
	for i := range t.records {
		if t.records[i].id == id {
			return &t.records[i]
		}
	}
	return nil
}

// tablesOf lists the tables of a catalogue, with the person's own rows where they stand in for listed ones.
func tablesOf(c *catalog.Catalog, mine map[string]bool) []*table {
	return []*table{
		models(c, mine), precisions(c), devices(c, mine), hosts(c, mine), engines(c), prices(c, mine), rents(c, mine), claims(c), sources(c),
		speedRuns(c, mine), memoryRuns(c),
	}
}

func models(c *catalog.Catalog, mine map[string]bool) *table {
	t := &table{id: "models", title: "Models", unit: "parameters and context as published",
		columns: []column{{"Model", 0, false, false}, {"Made from", 150, false, true}, {"Parameters", 100, true, false}, {"Released in", 90, false, true}, {"Context", 80, true, true}}}
	for _, m := range c.Models {
		t.records = append(t.records, record{id: m.ID, fact: m.Fact, mine: mine["models/"+m.ID],
			cells: []string{m.Name, m.Base, billions(m.Parameters), m.ReleasedPrecision, tokens(m.PublishedContext)},
			detail: lines("Hugging Face", m.HuggingFace, "Active parameters", m.ActiveParameters, "Layers",
				fmt.Sprint(m.Architecture.Layers), "Licence", m.Licence, "Scores", m.QualitySource), log: lines(wordKey, m.ID)})
	}
	return t
}

func billions(n int64) string {
	if n == 0 {
		return format.Unknown
	}
	return local(strconv.FormatFloat(float64(n)/1e9, 'f', 1, 64) + " B")
}

func tokens(n int) string {
	if n == 0 {
		return format.Unknown
	}
	return local(format.Whole(float64(n)))
}

func precisions(c *catalog.Catalog) *table {
	t := &table{id: "precisions", title: "Precisions", unit: "how weights are stored",
		columns: []column{{"Precision", 0, false, false}, {"Kind", 110, false, true}, {"Files", 92, false, true}, {"Bits a weight", 84, true, false}}}
	for _, p := range c.Precisions {
		t.records = append(t.records, record{id: p.ID, fact: p.Fact,
			cells:  []string{p.Label, said(precisionKinds, p.Kind), said(precisionFormats, p.Format), local(format.Number(p.BitsPerWeight, 3))},
			detail: lines("Made for", modelsWords(c, p.Models), "What it costs in quality", p.QualityLoss), log: lines(wordKey, p.ID)})
	}
	return t
}

func devices(c *catalog.Catalog, mine map[string]bool) *table {
	t := &table{id: "devices", title: "Devices", unit: "memory as labelled; price of the bare card, or of the machine", checks: true,
		columns: []column{{"Device", 0, false, false}, {"Kind", 100, false, true}, {"Memory", 80, true, true}, {"Bandwidth", 90, true, true}, {"Power", 70, true, true}, {"Price", 90, true, false}}}
	for _, d := range c.Devices {
		price := format.Unknown
		if d.PriceUSD != nil {
			price = format.Money(d.PriceUSD.Likely)
		}
		t.records = append(t.records, record{id: d.ID, fact: d.Fact, mine: mine["devices/"+d.ID],
			cells: []string{d.Name, said(deviceKinds, d.Kind), local(format.Number(d.MemoryGB, 4)) + " GB", local(format.Whole(d.BandwidthGBs)) + " GB/s",
				local(format.Whole(d.TDPWatts)) + " W", local(price)},
			detail: lines("Vendor", d.Vendor, "Architecture", d.Architecture, "Link", d.Interconnect,
				"Memory a driver shows", local(format.Bytes(float64(d.VisibleBytes))), "Most in a host", fmt.Sprint(d.MaxPerHost),
				"Price range", local(priceRange(d.PriceUSD)), "Price evidence", string(d.PriceFact.Evidence), "Price from", d.PriceFact.Source,
				"Price as of", ui.Here().Day(d.PriceFact.AsOf)), log: lines(wordKey, d.ID)})
	}
	return t
}

func priceRange(r *catalog.Range) string {
	if r == nil {
		return "not priced"
	}
	return format.Between(format.Money(r.Low), format.Money(r.High))
}

func hosts(c *catalog.Catalog, mine map[string]bool) *table {
	t := &table{id: "hosts", title: "Servers", unit: "without cards", checks: true,
		columns: []column{{"Server", 0, false, false}, {"Cards", 60, true, false}, {"Price", 90, true, false}, {"Power", 80, true, true}, {"Memory", 90, true, true}, {"Delivery", 110, true, true}}}
	for _, h := range c.Hosts {
		t.records = append(t.records, record{id: h.ID, fact: h.Fact, mine: mine["hosts/"+h.ID],
			cells: []string{h.Name, fmt.Sprint(h.Slots), local(format.Money(h.PriceUSD.Likely)), local(format.Number(h.BaseKW, 2)) + " kW",
				local(format.Bytes(float64(h.MemoryBytes))), local(fmt.Sprintf("%s to %s weeks", format.Number(h.LeadTimeWeeks.Low, 2), format.Number(h.LeadTimeWeeks.High, 2)))},
			detail: lines("Takes", kindsWords(h.DeviceKinds), "Made for", devicesWords(c, h.Devices), "Price range", local(priceRange(&h.PriceUSD))), log: lines(wordKey, h.ID)})
	}
	return t
}

func engines(c *catalog.Catalog) *table {
	t := &table{id: "engines", title: "Engines", unit: "programs that serve a model",
		columns: []column{{"Engine", 0, false, false}, {"Splits a model", 130, false, true}, {"Loads", 180, false, true}, {"Newest known", 110, false, false}}}
	for _, e := range c.Engines {
		newest := format.Unknown
		if b := e.Build(""); b != nil {
			newest = b.Version
		}
		t.records = append(t.records, record{id: e.ID, fact: e.Fact,
			cells: []string{e.Name, said(engineSplits, e.Split), strings.Join(e.Formats, ", "), newest}, log: lines(wordKey, e.ID),
			detail: lines("Versions known", fmt.Sprint(len(e.Version)), "Combinations known", fmt.Sprint(len(e.Support)))})
	}
	return t
}

// rate writes a price a million tokens without the sign that the column's title has.
func rate(usd float64) string { return local(strings.TrimPrefix(format.Price(usd), "$")) }

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func rents(c *catalog.Catalog, mine map[string]bool) *table {
	t := &table{id: "rents", title: "Rental prices", unit: "USD for an hour of one device", checks: true,
		columns: []column{{"Device", 0, false, false}, {"Provider", 0, false, false}, {"Term", 90, false, true}, {"Low", 60, true, true}, {"Likely", 60, true, false}, {"High", 60, true, true}}}
	for _, d := range c.Devices {
		for _, r := range d.Rent {
			t.records = append(t.records, record{id: rentID(&d, r), fact: r.Fact, aged: true, mine: mine["rents/"+rentID(&d, r)],
				cells:  []string{d.ShortName, r.Provider, r.Term, rate(r.USD.Low), rate(r.USD.Likely), rate(r.USD.High)},
				detail: lines("Device", d.Name, "Term", r.Term, "An hour of one device", local(format.Between(format.Price(r.USD.Low), format.Price(r.USD.High)))),
				log:    lines(wordKey, d.ID)})
		}
	}
	return t
}

func claims(c *catalog.Catalog) *table {
	t := &table{id: "claims", title: "Claims", unit: "what is said, and how far it holds",
		columns: []column{{"Claim", 0, false, false}, {"Topic", 110, false, true}}}
	for _, x := range c.Claims {
		f := x.Fact
		f.Evidence = x.Status
		t.records = append(t.records, record{id: x.ID, fact: f, cells: []string{x.Text, x.Topic}, detail: lines("Topic", x.Topic), log: lines(wordKey, x.ID)})
	}
	return t
}

func sources(c *catalog.Catalog) *table {
	t := &table{id: "sources", title: "Sources", unit: "what the facts rest on",
		columns: []column{{"Source", 0, false, false}, {"What it was used for", 0, false, true}}}
	for _, x := range c.Sources {
		t.records = append(t.records, record{id: x.ID, fact: x.Fact, cells: []string{x.Title, x.Holds}, detail: lines("Where", x.Where, "Holds", x.Holds), log: lines(wordKey, x.ID)})
	}
	return t
}

// speedRuns says whose amount each figure is and of what, in words; what the log prints is one step further.
func speedRuns(c *catalog.Catalog, mine map[string]bool) *table {
	t := &table{id: "measured", title: "Measured speed", unit: "tokens a second, as published", checks: true,
		columns: []column{{"Hardware", 0, false, false}, {"Model", 0, false, true}, {"What", 92, false, false}, {"Precision", 96, false, true},
			{"Counted for", 112, false, true}, {"Speed", 80, true, false}}}
	for i := range c.SpeedRuns {
		r := &c.SpeedRuns[i]
		group := "other models"
		if m := c.Model(r.ParsedModel); m != nil {
			group = m.ShortName
		}
		w := runwords.Speed(c, r)
		x := record{id: r.ID, fact: r.Fact, group: group, mine: mine["measured/"+r.ID], words: local(w.Sentence()),
			cells:  []string{w.Hardware, w.Model, said(phaseWords, r.Phase), w.Precision, w.Of, local(format.Number(r.Value, 4))},
			detail: lines("Engine", w.Engine, "Load", local(w.Load)),
			log: lines("Line", r.Quote, "Model", r.Model, "Precision", r.Precision, "Hardware", r.Hardware, "Engine", r.Engine,
				"At once", r.Concurrency, "Unit", r.Unit+", "+r.Per, wordKey, r.ID)}
		x.partNote(r.Note)
		t.records = append(t.records, x)
	}
	return t
}

// phaseWords are what a speed is of, short enough for a column.
var phaseWords = map[string]string{"prefill": "prompts", "decode": "answers", "mixed": "both together"}

func memoryRuns(c *catalog.Catalog) *table {
	t := &table{id: "memory", title: "Measured memory", unit: "as published",
		columns: []column{{"Hardware", 0, false, false}, {"Model", 0, false, true}, {"Precision", 96, false, true}, {"What", 0, false, true}, {"Amount", 110, true, false}}}
	for i := range c.MemoryRuns {
		r := &c.MemoryRuns[i]
		w := runwords.Memory(c, r)
		hardware := w.Hardware
		if hardware == "" {
			hardware = "a file"
		}
		x := record{id: r.ID, fact: r.Fact, words: local(w.Sentence()),
			cells:  []string{hardware, w.Model, w.Precision, w.What, local(w.Amount)},
			detail: lines("Engine", w.Engine, "Counted for", w.Of, "Load", local(w.Load)),
			log: lines("Line", r.Quote, "Model", r.Model, "Precision", r.Precision, "Hardware", r.Hardware,
				"Engine", strings.TrimSpace(r.Engine+" "+r.EngineVersion), "Quantity", r.Quantity, "Scope", r.Scope, wordKey, r.ID)}
		x.partNote(r.Note)
		t.records = append(t.records, x)
	}
	return t
}

// partNote leaves a person's sentences in the note, and puts a log's own beside its line.
func (r *record) partNote(note string) {
	plain, log := runwords.PlainNote(note)
	r.fact.Note = plain
	r.log = append(r.log, lines("Remark", log)...)
}

// lines pairs names with values and leaves out what is not known.
func lines(pairs ...string) []string {
	var out []string
	for i := 0; i+1 < len(pairs); i += 2 {
		if v := pairs[i+1]; v != "" && v != format.Unknown && v != "0" {
			out = append(out, pairs[i]+": "+v)
		}
	}
	return out
}
