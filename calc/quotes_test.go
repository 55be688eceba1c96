package calc_test

import (
	"slices"
	"strings"
	"testing"

	"hostwise/calc"
	"hostwise/calc/catalog"
)

var serverQuote = calc.Quote{Path: "finance.server_usd", Supplier: "Acme", Date: "2026-11-02", ValidUntil: "2026-12-31", Note: "offer 17"}

func TestAQuoteBelongsToItsAmount(t *testing.T) {
	amount := calc.Num(300000)
	s := calc.Scenario{}.With(serverQuote.Path, amount).WithQuote(serverQuote)
	for name, c := range map[string]struct {
		s    calc.Scenario
		kept bool
	}{
		"another answer":        {s.With("finance.pue", calc.Num(1.3)), true},
		"a corrected amount":    {s.With(serverQuote.Path, calc.Num(310000)), true},
		"the amount taken back": {s.Without(serverQuote.Path), false},
		"the catalogue's price": {s.With(serverQuote.Path, calc.Null), false},
		"the quote taken back":  {s.WithoutQuote(serverQuote.Path), false},
		"another quote beside":  {s.With("api.output_usd_per_mtok", calc.Num(2)).WithQuote(calc.Quote{Path: "api.output_usd_per_mtok", Supplier: "B", Date: "2026-11-01"}), true},
	} {
		q, ok := c.s.Quote(serverQuote.Path)
		if ok != c.kept || ok && q != serverQuote {
			t.Errorf("%s: the quote is %+v, %v", name, q, ok)
		}
	}
	if _, ok := s.Quote(serverQuote.Path); !ok || len(s.Quotes()) != 1 {
		t.Error("a changed copy changed the scenario it came from")
	}
	newer := serverQuote
	newer.Supplier = "Newer"
	if list := s.WithQuote(newer).Quotes(); len(list) != 1 || list[0] != newer {
		t.Errorf("a second quote for one price stands beside the first: %+v", list)
	}
	s.Quotes()[0].Supplier = "nobody"
	if q, _ := s.Quote(serverQuote.Path); q != serverQuote {
		t.Error("the list handed out is the scenario's own")
	}
}

func TestQuotesAreReadStrictly(t *testing.T) {
	cat := shipped(t)
	file := func(quotes string) []byte {
		return []byte(`{"schema":1,"finance":{"server_usd":300000,"rent_usd_per_device_hour":null},"quotes":` + quotes + `}`)
	}
	good := `{"path":"finance.server_usd","supplier":"Acme","date":"2026-11-02"`
	s, ps := calc.Parse(file(`[`+good+`}]`), cat)
	if len(ps) > 0 || len(s.Quotes()) != 1 {
		t.Fatalf("a short quote is not read: %v", ps)
	}
	for name, c := range map[string]struct{ quotes, path, says, nearest string }{
		"no list":               {`{}`, "quotes", "the value is an object", ""},
		"no quote":              {`["x"]`, "quotes[0]", "the value is a text", ""},
		"unknown key":           {`[` + good + `,"valid_untill":"2026-12-31"}]`, "quotes[0].valid_untill", "the key is unknown", "valid_until"},
		"missing key":           {`[{"path":"finance.server_usd","date":"2026-11-02"}]`, "quotes[0]", "the quote has no supplier", ""},
		"a number as supplier":  {`[{"path":"finance.server_usd","supplier":1,"date":"2026-11-02"}]`, "quotes[0].supplier", "the value is a number", ""},
		"nobody":                {`[{"path":"finance.server_usd","supplier":" ","date":"2026-11-02"}]`, "quotes[0].supplier", "nobody is named", ""},
		"null":                  {`[` + good + `,"note":null}]`, "quotes[0].note", "the value is null", ""},
		"no date":               {`[{"path":"finance.server_usd","supplier":"A","date":"2.11.2026"}]`, "quotes[0].date", "is not a date", ""},
		"no day":                {`[{"path":"finance.server_usd","supplier":"A","date":"2026-02-30"}]`, "quotes[0].date", "is not a date", ""},
		"no last day":           {`[` + good + `,"valid_until":"soon"}]`, "quotes[0].valid_until", "is not a date", ""},
		"valid before it began": {`[` + good + `,"valid_until":"2026-11-01"}]`, "quotes[0].valid_until", "before the day of the offer", ""},
		"not a price":           {`[{"path":"finance.pue","supplier":"A","date":"2026-11-02"}]`, "quotes[0].path", "no price that can be quoted", ""},
		"a misspelt path":       {`[{"path":"finance.servers_usd","supplier":"A","date":"2026-11-02"}]`, "quotes[0].path", "no price that can be quoted", "finance.server_usd"},
		"no amount":             {`[{"path":"finance.storage_usd_per_month","supplier":"A","date":"2026-11-02"}]`, "quotes[0].path", "no amount is given", ""},
		"a null amount":         {`[{"path":"finance.rent_usd_per_device_hour","supplier":"A","date":"2026-11-02"}]`, "quotes[0].path", "no amount is given", ""},
		"two for one":           {`[` + good + `},` + good + `}]`, "quotes[1]", "a second quote", ""},
		"a long name":           {`[{"path":"finance.server_usd","supplier":"` + strings.Repeat("x", 201) + `","date":"2026-11-02"}]`, "quotes[0].supplier", "201 characters", ""},
		"a long note":           {`[` + good + `,"note":"` + strings.Repeat("x", 2001) + `"}]`, "quotes[0].note", "2,001 characters", ""},
		"a key twice":           {`[` + good + `,"date":"2026-11-03"}]`, "quotes[0].date", "twice", ""},
	} {
		_, ps := calc.Parse(file(c.quotes), cat)
		if len(ps) != 1 || ps[0].Path != c.path || !strings.Contains(ps[0].Error(), c.says) || ps[0].Nearest != c.nearest {
			t.Errorf("%s: %v; want %s: %s (%s)", name, ps, c.path, c.says, c.nearest)
		}
	}
}

// What the window sets is held to the same rules as a file.
func TestCheckFindsWrongQuotesAndTexts(t *testing.T) {
	s := calc.Scenario{}.WithQuote(calc.Quote{Path: "finance.server_usd", Supplier: "", Date: "x"})
	ps := s.Check(shipped(t))
	for _, path := range []string{"quotes[0].supplier", "quotes[0].date", "quotes[0].path"} {
		if !slices.ContainsFunc(ps, func(p calc.Problem) bool { return p.Path == path }) {
			t.Errorf("nothing is said of %s: %v", path, ps)
		}
	}
}

func TestQuotesAreWrittenInOneOrder(t *testing.T) {
	s := calc.Scenario{}.With("finance.server_usd", calc.Num(300000)).With("api.output_usd_per_mtok", calc.Num(2)).
		WithQuote(serverQuote).WithQuote(calc.Quote{Path: "api.output_usd_per_mtok", Supplier: "B", Date: "2026-11-01"}).
		WithTyped("finance.server_usd", "300k").WithTyped("api.output_usd_per_mtok", "2,00")
	want := `{
  "schema": 1,
  "api": {
    "output_usd_per_mtok": 2
  },
  "finance": {
    "server_usd": 300000
  },
  "quotes": [
    {
      "path": "api.output_usd_per_mtok",
      "supplier": "B",
      "date": "2026-11-01"
    },
    {
      "path": "finance.server_usd",
      "supplier": "Acme",
      "date": "2026-11-02",
      "valid_until": "2026-12-31",
      "note": "offer 17"
    }
  ],
  "typed": {
    "api.output_usd_per_mtok": "2,00",
    "finance.server_usd": "300k"
  }
}
`
	if got := string(s.JSON()); got != want {
		t.Errorf("written\n%s\nwant\n%s", got, want)
	}
	back, ps := calc.Parse([]byte(want), shipped(t))
	if len(ps) > 0 || !back.Equal(s) {
		t.Errorf("what was written does not come back: %v", ps)
	}
}

func TestDiffTellsOfQuotes(t *testing.T) {
	a := calc.Scenario{}.With("finance.server_usd", calc.Num(300000))
	b := a.WithQuote(serverQuote)
	c := serverQuote
	c.ValidUntil, c.Note = "", ""
	for _, d := range []struct {
		from, to calc.Scenario
		want     string
	}{
		{a, b, "not stated → Quote from Acme, 2026-11-02, valid until 2026-12-31 (offer 17)"},
		{b, a, "Quote from Acme, 2026-11-02, valid until 2026-12-31 (offer 17) → not stated"},
		{b, a.WithQuote(c), "Quote from Acme, 2026-11-02, valid until 2026-12-31 (offer 17) → Quote from Acme, 2026-11-02"},
	} {
		changes := calc.Diff(d.from, d.to)
		if len(changes) != 1 || changes[0].Path != "quotes.finance.server_usd" || changes[0].FromText+" → "+changes[0].ToText != d.want {
			t.Errorf("the changes are %+v, want %s", changes, d.want)
		}
	}
	if changes := calc.Diff(b, b.WithTyped("finance.server_usd", "300k")); len(changes) > 0 {
		t.Errorf("how an amount was typed is a change of answer: %+v", changes)
	}
}

func TestAQuoteIsCitedWhereItsAmountCounts(t *testing.T) {
	api := calc.Quote{Path: "api.output_usd_per_mtok", Supplier: "Hostco", Date: "2026-10-01", ValidUntil: "2026-11-22"}
	rent := calc.Quote{Path: "finance.rent_usd_per_device_hour", Supplier: "Cloudco", Date: "2026-11-10"}
	s := ownCase().With("api.output_usd_per_mtok", calc.Num(2)).With(rent.Path, calc.Num(2.1)).
		With("finance.space_usd_per_kw_month", calc.Num(150)).
		WithQuote(serverQuote).WithQuote(api).WithQuote(rent)
	res := assess(t, s, quick)
	for _, q := range s.Quotes() {
		i := slices.IndexFunc(res.Assumptions, func(a calc.Assumption) bool { return a.Path == q.Path })
		if a := res.Assumptions[i]; a.From != "you" || a.Evidence != catalog.Yours || a.Source != q.Source() || a.AsOf != q.Date {
			t.Errorf("the assumption does not cite the quote: %+v", a)
		}
	}
	own, rented, direct := res.Route("own-deepseek-r1"), res.Route("rent-deepseek-r1"), res.Route("api-direct")
	for what, got := range map[string]calc.Line{"capital": line(t, own, "capital"), "devices": line(t, rented, "devices"),
		"output": line(t, direct, "output"), "reasoning": line(t, direct, "reasoning")} {
		if got.Evidence != catalog.Yours || !strings.HasPrefix(got.Source, "Quote from ") {
			t.Errorf("the line %s does not cite the quote: %+v", what, got)
		}
	}
	if input := line(t, direct, "input"); input.Evidence == catalog.Yours {
		t.Errorf("a quote for output speaks for input: %+v", input)
	}
	if b := own.Bill[0]; b.Source != serverQuote.Source() || b.Evidence != catalog.Yours {
		t.Errorf("the bill of materials does not cite the quote: %+v", b)
	}
	if b := rented.Bill[0]; b.Source != rent.Source() {
		t.Errorf("the rented devices do not cite the quote: %+v", b)
	}
	recheck := map[string]calc.Recheck{}
	for _, r := range res.Verdict.Recheck {
		if r.Table == "quotes" {
			recheck[r.ID] = r
		}
	}
	if r, ok := recheck[api.Path]; !ok || !strings.Contains(r.Why, "ran out on 2026-11-22") || r.Source != api.Source() || r.AgeDays != 53 {
		t.Errorf("the expired quote is not among the facts to recheck: %+v", r)
	}
	if r, ok := recheck[serverQuote.Path]; !ok || !strings.Contains(r.Why, "2026-12-31") || r.Value != "$300,000" && r.Value != "$350,000" {
		t.Errorf("the quote in use is not among the facts to recheck: %+v", r)
	}
	if !slices.ContainsFunc(res.Warnings, func(w string) bool { return strings.Contains(w, "Hostco") && strings.Contains(w, "ran out") }) {
		t.Errorf("nothing is said of the expired quote: %v", res.Warnings)
	}
	if slices.ContainsFunc(res.Warnings, func(w string) bool { return strings.Contains(w, "Acme") || strings.Contains(w, "Cloudco") }) {
		t.Errorf("a quote that stands is warned of: %v", res.Warnings)
	}
}

// A quote changes where a figure comes from, never the figure.
func TestAQuoteMovesNoFigure(t *testing.T) {
	s := ownCase()
	a, b := assess(t, s, quick), assess(t, s.WithQuote(serverQuote), quick)
	for i := range a.Routes {
		x, y := a.Routes[i], b.Routes[i]
		if x.ID != y.ID || (x.Monthly == nil) != (y.Monthly == nil) || x.Monthly != nil && *x.Monthly != *y.Monthly {
			t.Errorf("%s costs %v, with a quote %s costs %v", x.ID, x.Monthly, y.ID, y.Monthly)
		}
	}
}

func TestAConfirmedQuoteIsDatedToday(t *testing.T) {
	old := serverQuote
	old.ValidUntil = "2026-11-10"
	s := calc.Scenario{}.With(old.Path, calc.Num(300000)).WithQuote(old)
	s, err := s.Checked(shipped(t), "quotes", old.Path, testDay)
	if err != nil {
		t.Fatal(err)
	}
	if q, _ := s.Quote(old.Path); q.Date != "2026-11-23" || q.ValidUntil != "" || q.Supplier != old.Supplier {
		t.Errorf("the confirmed quote is %+v", q)
	}
	if _, err := s.Checked(shipped(t), "quotes", "finance.pue", testDay); err == nil {
		t.Error("a quote that is not there was confirmed")
	}
}

func TestTypedTextGoesWithItsAmount(t *testing.T) {
	const path = "finance.server_usd"
	s := calc.Scenario{}.With(path, calc.Num(300000)).With("workload.calls_per_month", calc.Num(1000)).
		WithTyped(path, "300k").WithTyped("workload.calls_per_month", "1 000")
	for name, c := range map[string]struct {
		s    calc.Scenario
		want string
	}{
		"as typed":               {s, "300k"},
		"another answer":         {s.With("finance.pue", calc.Num(1.3)), "300k"},
		"the same amount":        {s.With(path, calc.Num(300000)), "300k"},
		"another amount":         {s.With(path, calc.Num(310000)), ""},
		"taken back":             {s.Without(path), ""},
		"the catalogue's":        {s.With(path, calc.Null), ""},
		"another currency":       {s.With("currency.code", calc.Str("EUR")), ""},
		"another rate":           {s.With("currency.per_usd", calc.Num(0.9)), ""},
		"typed anew":             {s.WithTyped(path, "0.3 M"), "0.3 M"},
		"no text":                {s.WithTyped(path, ""), ""},
		"too long a text":        {s.WithTyped(path, strings.Repeat("3", 101)), ""},
		"more than one line":     {s.WithTyped(path, "3\n4"), ""},
		"the longest text":       {s.WithTyped(path, strings.Repeat("3", 100)), strings.Repeat("3", 100)},
		"no amount to belong to": {s.Without(path).WithTyped(path, "300k"), ""},
	} {
		if got := c.s.Typed(path); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if got := s.With("currency.code", calc.Str("EUR")).Typed("workload.calls_per_month"); got != "1 000" {
		t.Errorf("another currency takes the text of an amount that is no money: %q", got)
	}
	if got := (calc.Scenario{}).With("name", calc.Str("x")).WithTyped("name", "x").Typed("name"); got != "" {
		t.Errorf("the text of what is no amount is kept: %q", got)
	}
}

func TestTypedTextsAreReadStrictly(t *testing.T) {
	for name, c := range map[string]struct{ typed, says, nearest string }{
		"no object":       {`[]`, "the value is a list", ""},
		"unknown path":    {`{"finance.servers_usd":"1"}`, "no amount has this path", "finance.server_usd"},
		"no amount":       {`{"name":"x"}`, "no amount has this path", ""},
		"not given":       {`{"finance.pue":"1.4"}`, "no amount is given", ""},
		"no text":         {`{"finance.server_usd":300}`, "the value is a number", ""},
		"an empty text":   {`{"finance.server_usd":""}`, "the text is empty", ""},
		"a long text":     {`{"finance.server_usd":"` + strings.Repeat("3", 101) + `"}`, "101 characters", ""},
		"lines":           {`{"finance.server_usd":"3\n4"}`, "more than one line", ""},
		"the same twice":  {`{"finance.server_usd":"3","finance.server_usd":"3"}`, "twice", ""},
		"null, no absent": {`{"finance.server_usd":null}`, "the value is null", ""},
	} {
		_, ps := calc.Parse([]byte(`{"schema":1,"finance":{"server_usd":300},"typed":`+c.typed+`}`), shipped(t))
		if len(ps) != 1 || !strings.Contains(ps[0].Error(), c.says) || c.nearest != "" && ps[0].Nearest != c.nearest {
			t.Errorf("%s: %v; want %s (%s)", name, ps, c.says, c.nearest)
		}
	}
}

func TestEveryQuotablePathIsAPrice(t *testing.T) {
	for _, path := range calc.QuotePaths() {
		in := calc.LookupInput(path)
		if in == nil || in.Kind != calc.Number || !strings.HasPrefix(string(in.Unit), "usd") || !calc.Quotable(path) {
			t.Errorf("%s is no price", path)
		}
	}
	if calc.Quotable("rules.monthly_usd_limit") || calc.Quotable("") {
		t.Error("a limit is no price")
	}
}
