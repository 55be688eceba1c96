package catalog

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The values that a field with a closed list may take.
var (
	evidences     = []Evidence{Confirmed, Measured, Yours, Likely, Speculation, False}
	families      = []string{"full", "distill"}
	shapes        = []string{"moe-mla", "dense-gqa"}
	precisionKind = []string{"deploy", "raw"}
	formats       = []string{"safetensors", "gguf", "mlx", "raw"}
	deviceKinds   = []string{"datacenter", "workstation", "consumer", "unified", "cpu", "rack"}
	memoryClasses = []string{"hbm", "gddr", "unified", "ddr"}
	splits        = []string{"tensor", "layer"}
	kvTypes       = []string{"bf16", "fp8", "q8_0", "q4_0"}
	providerKinds = []string{"first-party", "host", "cloud", "reseller"}
	terms         = []string{"on-demand", "1-year", "3-year"}
	pages         = []string{"guide", "results", "compare", "library", "facts", "help"}
	routeKinds    = []string{"api", "rent", "own"}
	placeholders  = []string{"model", "file", "folder", "tag", "tp", "pp", "context", "fraction", "sequences", "batch", "layers", "cores"}
)

// checker collects what is wrong with one row at a time.
type checker struct {
	catalog  *Catalog
	file     string
	row      string
	problems []Problem
}

func check(c *Catalog, editions []edition) []Problem {
	k := &checker{catalog: c}
	k.edition(editions)
	k.models()
	k.precisions()
	k.devices()
	k.hosts()
	k.engines()
	k.prices()
	k.fees()
	k.sentences()
	k.runs()
	return k.problems
}

func (k *checker) bad(field, format string, args ...any) {
	k.problems = append(k.problems, Problem{k.file, k.row, field, fmt.Sprintf(format, args...)})
}

// each walks a table: it names the row for messages, and refuses an empty or a repeated id.
func each[T any](k *checker, file string, rows []T, id func(*T) string, look func(*T)) {
	k.file, k.row = file, ""
	if len(rows) == 0 {
		k.bad("", "the table is empty")
	}
	seen := make(map[string]bool, len(rows))
	for i := range rows {
		name := id(&rows[i])
		k.row = name
		if name == "" {
			k.row = "row " + strconv.Itoa(i+1)
			k.bad("id", "is empty")
		} else if seen[name] {
			k.bad("id", "is there twice")
		}
		seen[name] = true
		look(&rows[i])
	}
}

// fact checks what every row carries; prefix names the field a nested fact is in.
func (k *checker) fact(prefix string, f Fact) {
	if !slices.Contains(evidences, f.Evidence) {
		k.bad(prefix+"evidence", "%q is not one of %s", f.Evidence, listed(evidences))
	}
	if strings.TrimSpace(f.Source) == "" {
		k.bad(prefix+"source", "is empty; where there is none, say so and mark the row speculation")
	}
	k.date(prefix+"as_of", f.AsOf)
}

// status checks a sentence's status: it is the row's evidence under the name a reader knows.
func (k *checker) status(status Evidence, f Fact) {
	k.fact("", f)
	if status != f.Evidence {
		k.bad("status", "%q is not the row's evidence %q", status, f.Evidence)
	}
}

func (k *checker) date(field, text string) {
	if _, ok := parseDate(text); !ok {
		k.bad(field, "%q is not a date; allowed: YYYY-MM-DD, YYYY-MM or YYYY", text)
	}
}

func parseDate(text string) (time.Time, bool) {
	for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

func (k *checker) text(field, value string) {
	if strings.TrimSpace(value) == "" {
		k.bad(field, "is empty")
	}
}

func oneOf[S ~string](k *checker, field string, value S, allowed []S) {
	if !slices.Contains(allowed, value) {
		k.bad(field, "%q is not one of %s", value, listed(allowed))
	}
}

func eachOf[S ~string](k *checker, field string, values, allowed []S) {
	if len(values) == 0 {
		k.bad(field, "is empty; allowed: %s", listed(allowed))
	}
	for _, v := range values {
		oneOf(k, field, v, allowed)
	}
}

func listed[S ~string](values []S) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = string(v)
	}
	return strings.Join(words, ", ")
}

type number interface{ ~int | ~int64 | ~float64 }

func positive[N number](k *checker, field string, v N) {
	if !(float64(v) > 0) || math.IsInf(float64(v), 0) {
		k.bad(field, "%v is not above zero", v)
	}
}

func notNegative[N number](k *checker, field string, v N) {
	if !(float64(v) >= 0) || math.IsInf(float64(v), 0) {
		k.bad(field, "%v is below zero", v)
	}
}

func (k *checker) known(field string, v *float64) {
	if v != nil {
		positive(k, field, *v)
	}
}

func (k *checker) share(field string, v float64) {
	if !(v >= 0 && v <= 1) {
		k.bad(field, "%v is not a share from 0 to 1", v)
	}
}

func (k *checker) ordered(field string, r Range) {
	if !(r.Low <= r.Likely && r.Likely <= r.High) {
		k.bad(field, "low %v, likely %v, high %v are not in order", r.Low, r.Likely, r.High)
	}
	positive(k, field, r.Low)
}

// modelRefs checks a list of model ids or families.
func (k *checker) modelRefs(field string, ids []string) {
	for _, id := range ids {
		if !slices.Contains(families, id) && k.catalog.Model(id) == nil {
			k.bad(field, "%q is no model and no family", id)
		}
	}
}

func (k *checker) edition(editions []edition) {
	k.file, k.row = "catalogue.json", ""
	if len(editions) != 1 {
		k.bad("", "has %d rows; exactly one is allowed", len(editions))
		return
	}
	k.row = "row 1"
	k.text("version", editions[0].Version)
	if _, err := time.Parse("2006-01-02", editions[0].Date); err != nil {
		k.bad("date", "%q is not a date YYYY-MM-DD", editions[0].Date)
	}
	k.fact("", editions[0].Fact)
}

func (k *checker) models() {
	each(k, "models.json", k.catalog.Models, func(m *Model) string { return m.ID }, func(m *Model) {
		k.fact("", m.Fact)
		k.text("name", m.Name)
		k.text("short_name", m.ShortName)
		k.text("licence", m.Licence)
		oneOf(k, "family", m.Family, families)
		positive(k, "parameters", m.Parameters)
		notNegative(k, "published_context", m.PublishedContext)
		if k.catalog.Precision(m.ReleasedPrecision) == nil {
			k.bad("released_precision", "%q is no precision", m.ReleasedPrecision)
		}
		k.architecture(m.Architecture)
		k.quality(m)
		k.fact("reasoning_tokens.", m.ReasoningTokens.Fact)
		k.ordered("reasoning_tokens", m.ReasoningTokens.Range)
	})
}

func (k *checker) architecture(a Architecture) {
	oneOf(k, "architecture.kind", a.Kind, shapes)
	sizes := map[string]int{"layers": a.Layers, "hidden": a.Hidden, "heads": a.Heads, "vocab": a.Vocab, "max_position": a.MaxPosition}
	switch a.Kind {
	case "moe-mla":
		for name, v := range map[string]int{
			"dense_layers": a.DenseLayers, "moe_layers": a.MoELayers, "q_lora_rank": a.QLoraRank, "kv_lora_rank": a.KVLoraRank,
			"qk_nope_head_dim": a.QKNopeHeadDim, "qk_rope_head_dim": a.QKRopeHeadDim, "v_head_dim": a.VHeadDim, "dense_ffn": a.DenseFFN,
			"moe_ffn": a.MoEFFN, "routed_experts": a.RoutedExperts, "active_experts": a.ActiveExperts, "shared_experts": a.SharedExperts,
		} {
			sizes[name] = v
		}
		if a.DenseLayers+a.MoELayers != a.Layers {
			k.bad("architecture.layers", "%d is not dense_layers %d and moe_layers %d together", a.Layers, a.DenseLayers, a.MoELayers)
		}
		if a.ActiveExperts > a.RoutedExperts {
			k.bad("architecture.active_experts", "%d is more than routed_experts %d", a.ActiveExperts, a.RoutedExperts)
		}
	case "dense-gqa":
		sizes["kv_heads"], sizes["head_dim"], sizes["ffn"] = a.KVHeads, a.HeadDim, a.FFN
		if a.KVHeads > 0 && a.Heads%a.KVHeads != 0 {
			k.bad("architecture.kv_heads", "%d does not divide heads %d", a.KVHeads, a.Heads)
		}
	}
	for _, name := range sortedKeys(sizes) {
		positive(k, "architecture."+name, sizes[name])
	}
}

func (k *checker) quality(m *Model) {
	if len(m.Quality) == 0 {
		return // not every model has a published score
	}
	k.text("quality_source", m.QualitySource)
	for _, name := range sortedKeys(m.Quality) {
		v := m.Quality[name]
		positive(k, "quality."+name, v)
		if v > 100 && !strings.HasSuffix(name, "_rating") {
			k.bad("quality."+name, "%v is over 100 percent", v)
		}
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

func (k *checker) precisions() {
	each(k, "precisions.json", k.catalog.Precisions, func(p *Precision) string { return p.ID }, func(p *Precision) {
		k.fact("", p.Fact)
		k.text("label", p.Label)
		oneOf(k, "kind", p.Kind, precisionKind)
		oneOf(k, "format", p.Format, formats)
		positive(k, "bits_per_weight", p.BitsPerWeight)
		if p.BitsPerWeight > 32 {
			k.bad("bits_per_weight", "%v is over 32", p.BitsPerWeight)
		}
		if len(p.Models) == 0 {
			k.bad("models", "is empty; allowed: model ids, full, distill")
		}
		k.modelRefs("models", p.Models)
		for _, id := range sortedKeys(p.Artifacts) {
			if k.catalog.Model(id) == nil {
				k.bad("artifacts", "%q is no model", id)
			}
			positive(k, "artifacts."+id, p.Artifacts[id])
		}
	})
}

func (k *checker) devices() {
	each(k, "devices.json", k.catalog.Devices, func(d *Device) string { return d.ID }, k.device)
}

func (k *checker) device(d *Device) {
	k.fact("", d.Fact)
	k.text("name", d.Name)
	k.text("short_name", d.ShortName)
	k.text("vendor", d.Vendor)
	k.text("architecture", d.Architecture)
	k.text("interconnect", d.Interconnect)
	oneOf(k, "kind", d.Kind, deviceKinds)
	oneOf(k, "memory_class", d.MemoryClass, memoryClasses)
	positive(k, "memory_gb", d.MemoryGB)
	positive(k, "visible_bytes", d.VisibleBytes)
	if label := d.MemoryGB * (1 << 30); float64(d.VisibleBytes) > label*1.001 {
		k.bad("visible_bytes", "%d is more than the label, %v GiB", d.VisibleBytes, d.MemoryGB)
	}
	k.fact("visible_fact.", d.VisibleFact)
	positive(k, "bandwidth_gbs", d.BandwidthGBs)
	k.known("bf16_tflops", d.BF16TFLOPS)
	k.known("fp8_tflops", d.FP8TFLOPS)
	k.known("fp4_tflops", d.FP4TFLOPS)
	k.known("scaleup_gbs", d.ScaleUpGBs)
	positive(k, "tdp_w", d.TDPWatts)
	positive(k, "max_per_host", d.MaxPerHost)
	notNegative(k, "sockets", d.Sockets)
	if d.WholeMachine && d.MaxPerHost != 1 {
		k.bad("max_per_host", "%d; a whole machine is one to a host", d.MaxPerHost)
	}
	if d.PriceUSD != nil {
		k.ordered("price_usd", *d.PriceUSD)
		k.fact("price_fact.", d.PriceFact)
	}
	for i := range d.Rent {
		k.rent(fmt.Sprintf("rent[%d].", i), d.Rent[i])
	}
}

func (k *checker) rent(prefix string, r RentPrice) {
	k.text(prefix+"provider", r.Provider)
	oneOf(k, prefix+"term", r.Term, terms)
	k.ordered(prefix+"usd_per_device_hour", r.USD)
	k.fact(prefix, r.Fact)
}

func (k *checker) hosts() {
	each(k, "hosts.json", k.catalog.Hosts, func(h *Host) string { return h.ID }, k.host)
}

func (k *checker) host(h *Host) {
	k.fact("", h.Fact)
	k.text("name", h.Name)
	positive(k, "slots", h.Slots)
	eachOf(k, "device_kinds", h.DeviceKinds, deviceKinds)
	for _, id := range h.Devices {
		d := k.catalog.Device(id)
		switch {
		case d == nil:
			k.bad("devices", "%q is no device", id)
		case !slices.Contains(h.DeviceKinds, d.Kind):
			k.bad("devices", "%q is of kind %s, which device_kinds leaves out", id, d.Kind)
		}
	}
	k.ordered("price_usd", h.PriceUSD)
	positive(k, "base_kw", h.BaseKW)
	positive(k, "memory_bytes", h.MemoryBytes)
	positive(k, "bandwidth_gbs", h.BandwidthGBs)
	notNegative(k, "sockets", h.Sockets)
	k.ordered("lead_time_weeks", h.LeadTimeWeeks)
}

func (k *checker) engines() {
	architectures := map[string]bool{}
	for i := range k.catalog.Devices {
		architectures[k.catalog.Devices[i].Architecture] = true
	}
	each(k, "engines.json", k.catalog.Engines, func(e *Engine) string { return e.ID }, func(e *Engine) {
		k.fact("", e.Fact)
		k.text("name", e.Name)
		k.launch(e.Launch)
		oneOf(k, "split", e.Split, splits)
		eachOf(k, "formats", e.Formats, formats)
		k.builds(e.Version)
		for i := range e.Support {
			k.support(fmt.Sprintf("support[%d].", i), &e.Support[i], architectures)
		}
		if len(e.Support) == 0 {
			k.bad("support", "is empty")
		}
	})
}

// launch checks that a template holds only the placeholders that Engine.Launch names.
func (k *checker) launch(template string) {
	k.text("launch", template)
	rest := template
	for {
		_, after, open := strings.Cut(rest, "{")
		if !open {
			return
		}
		name, tail, closed := strings.Cut(after, "}")
		if !closed || !slices.Contains(placeholders, name) {
			k.bad("launch", "{%s is not one of the placeholders %s", name, strings.Join(placeholders, ", "))
		}
		rest = tail
	}
}

func (k *checker) builds(builds []EngineBuild) {
	if len(builds) == 0 {
		k.bad("versions", "is empty")
	}
	for i, b := range builds {
		prefix := fmt.Sprintf("versions[%d].", i)
		k.fact(prefix, b.Fact)
		if len(versionNumbers(b.Version)) == 0 {
			k.bad(prefix+"version", "%q does not begin with a number", b.Version)
		}
		if i > 0 && CompareVersions(builds[i-1].Version, b.Version) >= 0 {
			k.bad(prefix+"version", "%q does not come after %q", b.Version, builds[i-1].Version)
		}
		k.share(prefix+"memory_fraction", b.MemoryFraction)
		positive(k, prefix+"memory_fraction", b.MemoryFraction)
		positive(k, prefix+"batch_tokens", b.BatchTokens)
	}
}

func (k *checker) support(prefix string, s *EngineSupport, architectures map[string]bool) {
	k.fact(prefix, s.Fact)
	eachOf(k, prefix+"kv", s.KV, kvTypes)
	k.modelRefs(prefix+"models", s.Models)
	if len(s.Precisions) == 0 {
		k.bad(prefix+"precisions", "is empty")
	}
	for _, pattern := range s.Precisions {
		if !slices.ContainsFunc(k.catalog.Precisions, func(p Precision) bool { return matchesID(pattern, p.ID) }) {
			k.bad(prefix+"precisions", "%q is no precision", pattern)
		}
	}
	if len(s.Architectures) == 0 {
		k.bad(prefix+"architectures", "is empty")
	}
	for _, a := range s.Architectures {
		if !architectures[a] {
			k.bad(prefix+"architectures", "%q is the architecture of no device", a)
		}
	}
}

func (k *checker) prices() {
	each(k, "prices.json", k.catalog.Prices, func(p *Price) string { return p.ID }, k.price)
	each(k, "price-history.json", k.catalog.PriceHistory, func(p *Price) string { return p.ID }, func(p *Price) {
		k.price(p)
		k.text("valid_from", p.ValidFrom)
	})
}

func (k *checker) price(p *Price) {
	k.fact("", p.Fact)
	k.text("provider", p.Provider)
	k.text("model_label", p.ModelLabel)
	oneOf(k, "provider_kind", p.ProviderKind, providerKinds)
	if p.Model != "" && k.catalog.Model(p.Model) == nil {
		k.bad("model", "%q is no model; leave it empty for a model outside the catalogue", p.Model)
	}
	notNegative(k, "context_tokens", p.Context)
	notNegative(k, "max_output_tokens", p.MaxOutput)
	k.amounts(p)
	if p.ValidFrom != "" {
		k.date("valid_from", p.ValidFrom)
	}
	if p.ValidTo != "" {
		k.date("valid_to", p.ValidTo)
	}
	if _, ok := p.Bands(); !ok {
		k.bad("time_band", "%q is no hours of the day, such as \"16:30-00:30 UTC\"", p.TimeBand)
	}
	from, okFrom := parseDate(p.ValidFrom)
	to, okTo := parseDate(p.ValidTo)
	if okFrom && okTo && !from.Before(to) {
		k.bad("valid_to", "%s is not after valid_from %s", p.ValidTo, p.ValidFrom)
	}
}

// amounts checks a listing's three prices. Zero is for quota rows only: free capacity is not a price.
func (k *checker) amounts(p *Price) {
	if p.Quota {
		notNegative(k, "input_usd_per_mtok", p.Input)
		notNegative(k, "output_usd_per_mtok", p.Output)
		return
	}
	positive(k, "input_usd_per_mtok", p.Input)
	positive(k, "output_usd_per_mtok", p.Output)
	if p.CachedInput != nil {
		positive(k, "cached_input_usd_per_mtok", *p.CachedInput)
		if *p.CachedInput > p.Input {
			k.bad("cached_input_usd_per_mtok", "%v is dearer than input %v", *p.CachedInput, p.Input)
		}
	}
}
func (k *checker) fees() {
	each(k, "batch-discounts.json", k.catalog.BatchDiscounts, func(b *BatchDiscount) string { return b.Provider }, func(b *BatchDiscount) {
		k.fact("", b.Fact)
		if b.Share != nil {
			k.share("share", *b.Share)
		}
	})
	each(k, "gateway-fees.json", k.catalog.GatewayFees, func(g *GatewayFee) string { return g.Gateway }, func(g *GatewayFee) {
		k.fact("", g.Fact)
		k.share("share", g.Share)
	})
}

func (k *checker) runs() {
	each(k, "memory-runs.json", k.catalog.MemoryRuns, func(m *MemoryRun) string { return m.ID }, k.memoryRun)
	each(k, "speed-runs.json", k.catalog.SpeedRuns, func(s *SpeedRun) string { return s.ID }, k.speedRun)
}

// parsed checks what the two kinds of runs have in common: what is parsed names rows that exist.
func (k *checker) parsed(model, precision, engine, device string) {
	c := k.catalog
	if model != "" && c.Model(model) == nil {
		k.bad("parsed_model", "%q is no model", model)
	}
	if precision != "" && c.Precision(precision) == nil {
		k.bad("parsed_precision", "%q is no precision", precision)
	}
	if engine != "" && c.Engine(engine) == nil {
		k.bad("parsed_engine", "%q is no engine", engine)
	}
	if device != "" && c.Device(device) == nil {
		k.bad("parsed_device", "%q is no device", device)
	}
}

func (k *checker) memoryRun(m *MemoryRun) {
	k.fact("", m.Fact)
	k.text("model", m.Model)
	k.text("quantity", m.Quantity)
	k.text("unit", m.Unit)
	k.text("quote", m.Quote)
	k.parsed(m.ParsedModel, m.ParsedPrecision, m.ParsedEngine, m.ParsedDevice)
	if m.ParsedKV != "" {
		oneOf(k, "parsed_kv", m.ParsedKV, kvTypes)
	}
	notNegative(k, "measured_value", m.Value)
	k.known("measured_bytes", m.Bytes)
	notNegative(k, "gpus", m.GPUs)
	notNegative(k, "context_tokens", m.ContextTokens)
	k.share("parsed_memory_fraction", m.ParsedMemoryFraction)
	for _, f := range []struct {
		name string
		n    int
	}{
		{"parsed_tp", m.ParsedTP}, {"parsed_pp", m.ParsedPP}, {"parsed_ep", m.ParsedEP},
		{"parsed_sequences", m.ParsedSequences}, {"parsed_batch_tokens", m.ParsedBatchTokens},
	} {
		notNegative(k, f.name, f.n)
	}
}

func (k *checker) speedRun(s *SpeedRun) {
	k.fact("", s.Fact)
	k.text("model", s.Model)
	k.text("hardware", s.Hardware)
	k.text("quote", s.Quote)
	oneOf(k, "phase", s.Phase, []string{"prefill", "decode", "mixed"})
	positive(k, "value", s.Value)
	k.text("unit", s.Unit)
	k.text("per", s.Per)
	k.parsed(s.ParsedModel, s.ParsedPrecision, s.ParsedEngine, s.ParsedDevice)
	if s.ParsedKV != "" {
		oneOf(k, "parsed_kv", s.ParsedKV, kvTypes)
	}
	if s.ParsedHost != "" && k.catalog.Device(s.ParsedHost) == nil {
		k.bad("parsed_host", "%q is no device", s.ParsedHost)
	}
	for _, f := range []struct {
		name string
		v    float64
	}{
		{"gpus", float64(s.GPUs)}, {"isl", float64(s.ISL)}, {"osl", float64(s.OSL)}, {"ttft_ms", s.TTFTms}, {"tpot_ms", s.TPOTms},
		{"prefill_tok_s", s.PrefillTokS}, {"power_w", s.PowerW}, {"output_tok_s", s.OutputTokS}, {"draft_tokens", float64(s.DraftTokens)},
		{"parsed_concurrency", float64(s.ParsedConcurrency)}, {"accepted_tokens", s.AcceptedTokens},
	} {
		notNegative(k, f.name, f.v)
	}
	if s.NotComparable == "" && s.OutputTokS == 0 && s.PrefillTokS == 0 {
		k.bad("output_tok_s", "is 0, and not_comparable does not say why")
	}
}
