package calc

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"hostwise/calc/catalog"
)

// The person's own rows. A row whose id the catalogue has is laid over the catalogue's row key by key, nested
// objects too; lists and maps are replaced whole. A row with a new id has to give what nothing can be worked out
// without. What the person leaves out of its evidence is "yours". A price has to say of which day it is.

const (
	maxRows     = 1000 // in one list of facts
	maxRowText  = 4000 // characters of one text in a row
	maxRowID    = 200
	maxQuantity = 1e15 // of any number in a row: bytes of a large file system, and no overflow anywhere
)

var factKeys = []string{"models", "devices", "hosts", "prices", "measured"}

// readFacts decodes the lists. Rows that do not decode stay in place, so that indices keep their meaning.
func (p *parser) readFacts(n *node) {
	if n.kind != objectNode {
		p.wrongKind(n, "an object with the keys "+strings.Join(factKeys, ", "))
		return
	}
	cat := p.cat
	if cat == nil {
		cat = &catalog.Catalog{}
	}
	for _, member := range n.children {
		switch member.key {
		case "models":
			p.facts.Models = readRows(p, member, cat.Model, p.finishModel)
		case "devices":
			p.facts.Devices = readRows(p, member, cat.Device, p.finishDevice)
		case "hosts":
			p.facts.Hosts = readRows(p, member, cat.Host, p.finishHost)
		case "prices":
			p.facts.Prices = readRows(p, member, cat.Price, p.finishPrice)
		case "measured":
			run := func(id string) *catalog.SpeedRun {
				if i := slices.IndexFunc(cat.SpeedRuns, func(r catalog.SpeedRun) bool { return r.ID == id }); i >= 0 {
					return &cat.SpeedRuns[i]
				}
				return nil
			}
			p.facts.Measured = readRows(p, member, run, p.finishRun)
		default:
			p.unknownKey(member, factKeys, keyFacts)
		}
	}
}

// readRows decodes a list of rows, each over the catalogue's row of the same id where there is one.
func readRows[T any](p *parser, list *node, base func(string) *T, finish func(*T, *node)) []T {
	if list.kind != listNode {
		p.wrongKind(list, "a list of rows")
		return nil
	}
	if len(list.children) > maxRows {
		p.report(list, fmt.Sprintf("the list has %d rows", len(list.children)), fmt.Sprintf("at most %d", maxRows), "")
		return nil
	}
	var rows []T
	for _, n := range list.children {
		var row T
		if id := n.child("id"); id != nil && id.kind == textNode && id.text != "" {
			if known := base(id.text); known != nil {
				row = *known
			}
		}
		before := len(p.problems.found)
		if p.decode(n, reflect.ValueOf(&row).Elem()) {
			finish(&row, n)
		}
		if len(p.problems.found) > before {
			p.badRows = append(p.badRows, n.path())
		}
		rows = append(rows, row)
	}
	return rows
}

// checkFactRows checks the rows that decoded well; of the others enough has been said.
func (p *parser) checkFactRows(n *node) {
	if n == nil {
		return
	}
	var all collector
	checkFacts(p.facts, p.known, &all)
	for _, problem := range all.found {
		bad := slices.ContainsFunc(p.badRows, func(row string) bool {
			return problem.Path == row || strings.HasPrefix(problem.Path, row+".")
		})
		if !bad {
			p.problems.add(n.at, problem.Problem)
		}
	}
}

// rowField is one key of a row: its name in the file and its place in the struct.
type rowField struct {
	key   string
	index []int
}

var rowFieldCache sync.Map // reflect.Type to []rowField

// rowFields lists the keys of a struct in order; embedded structs without a name of their own are laid open, as
// encoding/json does.
func rowFields(t reflect.Type) []rowField {
	if fields, ok := rowFieldCache.Load(t); ok {
		return fields.([]rowField)
	}
	var fields []rowField
	for i := range t.NumField() {
		f := t.Field(i)
		key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case key == "-":
		case f.Anonymous && key == "":
			for _, inner := range rowFields(f.Type) {
				fields = append(fields, rowField{inner.key, append([]int{i}, inner.index...)})
			}
		case f.IsExported():
			if key == "" {
				key = f.Name
			}
			fields = append(fields, rowField{key, []int{i}})
		}
	}
	rowFieldCache.Store(t, fields)
	return fields
}

var rangeType = reflect.TypeFor[Range]()

// decode lays a JSON value over v and reports what does not fit; false where something did not.
func (p *parser) decode(n *node, v reflect.Value) bool {
	if n.kind == nullNode && (v.Kind() == reflect.Pointer) {
		v.SetZero()
		return true
	}
	switch v.Kind() {
	case reflect.Pointer:
		return p.decodePointer(n, v)
	case reflect.Struct:
		if v.Type() == rangeType {
			return p.decodeRange(n, v)
		}
		return p.decodeStruct(n, v)
	case reflect.Slice:
		return p.decodeList(n, v)
	case reflect.Map:
		return p.decodeMap(n, v)
	case reflect.String:
		return p.decodeText(n, v)
	case reflect.Bool:
		if n.kind == boolNode {
			v.SetBool(n.truth)
			return true
		}
		p.wrongKind(n, "true or false")
		return false
	}
	return p.decodeNumber(n, v)
}

// decodePointer decodes into a fresh copy: the catalogue's own value must not change.
func (p *parser) decodePointer(n *node, v reflect.Value) bool {
	fresh := reflect.New(v.Type().Elem())
	if !v.IsNil() {
		fresh.Elem().Set(v.Elem())
	}
	ok := p.decode(n, fresh.Elem())
	v.Set(fresh)
	return ok
}

func (p *parser) decodeStruct(n *node, v reflect.Value) bool {
	fields := rowFields(v.Type())
	if n.kind != objectNode {
		p.wrongKind(n, "an object with the keys "+fieldKeys(fields))
		return false
	}
	ok := true
	for _, member := range n.children {
		i := slices.IndexFunc(fields, func(f rowField) bool { return f.key == member.key })
		if i < 0 && p.problems.full() {
			return false
		}
		if i < 0 {
			keys := make([]string, len(fields))
			for j, f := range fields {
				keys[j] = f.key
			}
			p.report(member, "the key is unknown", strings.Join(keys, ", "), nearest(member.key, words(keys)))
			ok = false
			continue
		}
		ok = p.decode(member, v.FieldByIndex(fields[i].index)) && ok
	}
	for i := range v.NumField() {
		if f := v.Type().Field(i); f.Anonymous && f.Type == rangeType {
			ok = p.ordered(n, v.Field(i).Interface().(Range)) && ok
		}
	}
	return ok
}

func fieldKeys(fields []rowField) string {
	keys := make([]string, len(fields))
	for i, f := range fields {
		keys[i] = f.key
	}
	return strings.Join(keys, ", ")
}

func (p *parser) decodeRange(n *node, v reflect.Value) bool {
	r, ok := p.number(n, "a number, or its low, likely and high")
	if !ok {
		return false
	}
	for _, point := range []float64{r.Low, r.Likely, r.High} {
		if point < 0 || point > maxQuantity {
			p.report(n, fileNumber(point)+" is outside the limits", limits{0, maxQuantity}.words(), "")
			return false
		}
	}
	v.Set(reflect.ValueOf(r))
	return p.ordered(n, r)
}

func (p *parser) ordered(n *node, r Range) bool {
	if r.Low <= r.Likely && r.Likely <= r.High {
		return true
	}
	p.report(n, "low, likely and high are not in order", "low ≤ likely ≤ high", "")
	return false
}

func (p *parser) decodeList(n *node, v reflect.Value) bool {
	if n.kind != listNode {
		p.wrongKind(n, "a list")
		return false
	}
	if len(n.children) > maxRows {
		p.report(n, fmt.Sprintf("the list has %d items", len(n.children)), fmt.Sprintf("at most %d", maxRows), "")
		return false
	}
	if v.SetZero(); len(n.children) == 0 {
		return true
	}
	fresh := reflect.MakeSlice(v.Type(), len(n.children), len(n.children))
	ok := true
	for i, item := range n.children {
		ok = p.decode(item, fresh.Index(i)) && ok
	}
	v.Set(fresh)
	return ok
}

// decodeMap replaces a map whole; an entry of null is left out: not known.
func (p *parser) decodeMap(n *node, v reflect.Value) bool {
	if n.kind != objectNode {
		p.wrongKind(n, "an object")
		return false
	}
	if v.SetZero(); len(n.children) == 0 {
		return true
	}
	fresh := reflect.MakeMap(v.Type())
	ok := true
	for _, member := range n.children {
		if member.kind == nullNode {
			continue
		}
		value := reflect.New(v.Type().Elem()).Elem()
		ok = p.decode(member, value) && ok
		fresh.SetMapIndex(reflect.ValueOf(member.key).Convert(v.Type().Key()), value)
	}
	if fresh.Len() > 0 {
		v.Set(fresh)
	}
	return ok
}

func (p *parser) decodeText(n *node, v reflect.Value) bool {
	allowed := fmt.Sprintf("a text of at most %d characters", maxRowText)
	if n.kind != textNode {
		p.wrongKind(n, allowed)
		return false
	}
	if count := utf8.RuneCountInString(n.text); count > maxRowText {
		p.report(n, fmt.Sprintf("the text has %d characters", count), allowed, "")
		return false
	}
	v.SetString(n.text)
	return true
}

func (p *parser) decodeNumber(n *node, v reflect.Value) bool {
	allowed := "a number " + limits{0, maxQuantity}.words()
	if v.CanInt() {
		allowed = "a whole number " + limits{0, maxQuantity}.words()
	}
	switch {
	case n.kind != numberNode:
		p.wrongKind(n, allowed)
	case n.number < 0 || n.number > maxQuantity:
		p.report(n, fileNumber(n.number)+" is outside the limits", allowed, "")
	case v.CanInt() && n.number != math.Trunc(n.number):
		p.report(n, fileNumber(n.number)+" is not a whole number", allowed, "")
	case v.CanInt():
		v.SetInt(int64(n.number))
		return true
	default:
		v.SetFloat(n.number)
		return true
	}
	return false
}

// finishFact fills in what the person left out of a row's evidence. The date stays that of the catalogue's row, or is
// the catalogue's own day: the person speaks beside it.
func (p *parser) finishFact(f *catalog.Fact, n *node) {
	given := func(key string) bool { return n != nil && n.child(key) != nil }
	if !given("evidence") {
		f.Evidence = catalog.Yours
	}
	if !given("source") {
		f.Source = string(catalog.Yours)
	}
	if !given("note") {
		f.Note = ""
	}
	if f.AsOf == "" && !given("as_of") && p.cat != nil {
		f.AsOf = p.cat.Date
	}
}

// finishPriceFact is finishFact for a price: its own date, the row's, or a problem.
func (p *parser) finishPriceFact(f *catalog.Fact, n, row *node) {
	if n.child("as_of") == nil {
		date := row.child("as_of")
		if date == nil {
			p.problems.add(n.at, Problem{
				Path: joinPath(n.path(), "as_of"), Problem: "a price without a day cannot be used", Allowed: "the day of the price, such as 2026-11-23",
			})
			return
		}
		f.AsOf = date.text
	}
	p.finishFact(f, n)
}

func (p *parser) finishModel(m *catalog.Model, n *node) {
	p.finishFact(&m.Fact, n)
	m.Name = firstText(m.Name, m.ID)
	m.ShortName = firstText(m.ShortName, m.Name)
	if tokens := n.child("reasoning_tokens"); tokens != nil {
		p.finishFact(&m.ReasoningTokens.Fact, tokens)
	}
}

func (p *parser) finishDevice(d *catalog.Device, n *node) {
	p.finishFact(&d.Fact, n)
	d.Name = firstText(d.Name, d.ID)
	d.ShortName = firstText(d.ShortName, d.Name)
	switch fact := n.child("price_fact"); {
	case n.child("price_usd") == nil || d.PriceUSD == nil:
	case fact != nil:
		p.finishPriceFact(&d.PriceFact, fact, n)
	default: // the row's own evidence is the price's
		d.PriceFact = catalog.Fact{}
		p.finishPriceFact(&d.PriceFact, n, n)
		d.PriceFact = d.Fact
	}
	if rent := n.child("rent"); rent != nil {
		for i, entry := range rent.children {
			p.finishPriceFact(&d.Rent[i].Fact, entry, n)
		}
	}
	p.finishVisible(d, n)
}

// visiblePerLabel is the memory a driver shows, in bytes, for each gigabyte on the label: about 0.985 GiB.
const visiblePerLabel = 0.985 * (1 << 30)

// finishVisible gives a new device the memory that its driver is likely to show, where only its label is known.
func (p *parser) finishVisible(d *catalog.Device, n *node) {
	switch fact := n.child("visible_fact"); {
	case n.child("visible_bytes") != nil:
		p.finishFact(&d.VisibleFact, fact)
	case n.child("memory_gb") != nil:
		d.VisibleBytes = int64(d.MemoryGB * visiblePerLabel)
		d.VisibleFact = catalog.Fact{
			Evidence: catalog.Likely, Source: "drivers show about 0.985 GiB for each gigabyte on the label", AsOf: d.AsOf,
		}
	}
	if d.MemoryGB == 0 {
		d.MemoryGB = math.Round(float64(d.VisibleBytes) / visiblePerLabel)
	}
}

func (p *parser) finishHost(h *catalog.Host, n *node) {
	h.Name = firstText(h.Name, h.ID)
	if n.child("price_usd") != nil {
		p.finishPriceFact(&h.Fact, n, n)
		return
	}
	p.finishFact(&h.Fact, n)
}

func (p *parser) finishPrice(r *catalog.Price, n *node) {
	p.finishPriceFact(&r.Fact, n, n)
	r.ProviderKind = firstText(r.ProviderKind, "host")
	r.ModelLabel = firstText(r.ModelLabel, r.Model)
}

// finishRun reads the plain columns of the person's own run where the parsed ones are left out. A run of the
// catalogue keeps what was made of its text.
func (p *parser) finishRun(r *catalog.SpeedRun, n *node) {
	p.finishFact(&r.Fact, n)
	if p.cat != nil && slices.ContainsFunc(p.cat.SpeedRuns, func(known catalog.SpeedRun) bool { return known.ID == r.ID }) {
		return
	}
	engine, version, _ := strings.Cut(r.Engine, " ")
	for _, column := range []struct {
		key    string
		parsed *string
		plain  string
	}{
		{"parsed_model", &r.ParsedModel, r.Model}, {"parsed_precision", &r.ParsedPrecision, r.Precision}, {"parsed_device", &r.ParsedDevice, r.Hardware},
		{"parsed_engine", &r.ParsedEngine, engine}, {"parsed_version", &r.ParsedVersion, version},
	} {
		if n.child(column.key) == nil {
			*column.parsed = column.plain
		}
	}
	if users, err := strconv.Atoi(strings.TrimSpace(r.Concurrency)); err == nil && users >= 0 && n.child("parsed_concurrency") == nil {
		r.ParsedConcurrency = users
	}
	if n.child("output_tok_s") == nil && isRateOfAll(r.Unit, r.Per) {
		r.OutputTokS = r.Value
	}
}

// isRateOfAll reports whether a unit means output tokens a second of the whole set-up.
func isRateOfAll(unit, per string) bool {
	switch strings.ToLower(strings.TrimSpace(unit)) {
	case "tok/s", "tokens/s", "tokens/second", "output tok/s":
		return per == "" || per == "total" || per == "system"
	}
	return false
}

func firstText(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

// rowChecker notes what is wrong with one row.
type rowChecker struct {
	path  string
	known knownIDs
	all   *collector
}

// need reports a field that is missing or wrong.
func (c rowChecker) need(ok bool, field, allowed string) {
	if !ok {
		c.all.add(0, Problem{Path: c.path + "." + field, Problem: "the value is missing or not allowed", Allowed: allowed})
	}
}

func (c rowChecker) oneOf(field, value string, allowed ...string) {
	if !slices.Contains(allowed, value) {
		c.all.add(0, Problem{Path: c.path + "." + field, Problem: quoted(value) + " is not one of the answers",
			Allowed: choiceWords(allowed), Nearest: nearest(value, words(allowed))})
	}
}

func (c rowChecker) ref(field, id string, list idList, mayBeEmpty bool) {
	if p := list.check(c.path+"."+field, id, mayBeEmpty); p != nil {
		c.all.add(0, *p)
	}
}

var evidenceWords = []string{
	string(catalog.Yours), string(catalog.Measured), string(catalog.Confirmed), string(catalog.Likely), string(catalog.Speculation), string(catalog.False),
}

// fact checks evidence and date; prefix is that of a nested fact.
func (c rowChecker) fact(prefix string, f catalog.Fact, dateNeeded bool) {
	c.oneOf(prefix+"evidence", string(f.Evidence), evidenceWords...)
	c.date(prefix+"as_of", f.AsOf, dateNeeded)
}

func (c rowChecker) date(field, text string, needed bool) {
	ok := text == "" && !needed
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		_, err := time.Parse(layout, text)
		ok = ok || err == nil
	}
	c.need(ok, field, "a date such as 2026-11-23, 2026-11 or 2026")
}

// checkFacts checks the person's rows: what is needed is there, and what they point at is known.
func checkFacts(f Facts, known knownIDs, all *collector) {
	checkRows("models", f.Models, known, all, func(m *catalog.Model) string { return m.ID }, rowChecker.model)
	checkRows("devices", f.Devices, known, all, func(d *catalog.Device) string { return d.ID }, rowChecker.device)
	checkRows("hosts", f.Hosts, known, all, func(h *catalog.Host) string { return h.ID }, rowChecker.host)
	checkRows("prices", f.Prices, known, all, func(p *catalog.Price) string { return p.ID }, rowChecker.price)
	checkRows("measured", f.Measured, known, all, func(r *catalog.SpeedRun) string { return r.ID }, rowChecker.run)
}

func checkRows[T any](list string, rows []T, known knownIDs, all *collector, id func(*T) string, check func(rowChecker, *T)) {
	seen := map[string]bool{}
	for i := range rows {
		c := rowChecker{path: fmt.Sprintf("facts.%s[%d]", list, i), known: known, all: all}
		key := id(&rows[i])
		c.need(key != "" && utf8.RuneCountInString(key) <= maxRowID, "id", fmt.Sprintf("a text of 1 to %d characters", maxRowID))
		if seen[key] {
			all.add(0, Problem{Path: c.path + ".id", Problem: quoted(key) + " is there twice", Allowed: "every id once in a list"})
		}
		seen[key] = true
		check(c, &rows[i])
	}
}

func (c rowChecker) model(m *catalog.Model) {
	c.fact("", m.Fact, false)
	c.oneOf("family", m.Family, "full", "distill")
	c.need(m.Parameters > 0, "parameters", "a whole number above 0")
	c.ref("released_precision", m.ReleasedPrecision, c.known.precisions, false)
	a := m.Architecture
	c.oneOf("architecture.kind", a.Kind, "moe-mla", "dense-gqa")
	sizes := []struct {
		key string
		v   int
	}{{"layers", a.Layers}, {"hidden", a.Hidden}, {"heads", a.Heads}, {"vocab", a.Vocab}, {"max_position", a.MaxPosition}}
	if a.IsMoE() {
		sizes = append(sizes, []struct {
			key string
			v   int
		}{{"moe_layers", a.MoELayers}, {"q_lora_rank", a.QLoraRank}, {"kv_lora_rank", a.KVLoraRank}, {"qk_nope_head_dim", a.QKNopeHeadDim},
			{"qk_rope_head_dim", a.QKRopeHeadDim}, {"v_head_dim", a.VHeadDim}, {"moe_ffn", a.MoEFFN},
			{"routed_experts", a.RoutedExperts}, {"active_experts", a.ActiveExperts}}...)
		c.need(a.DenseLayers == 0 || a.DenseFFN > 0, "architecture.dense_ffn", "a whole number above 0 where there are dense layers")
		c.need(a.DenseLayers+a.MoELayers == a.Layers, "architecture.moe_layers", "layers less dense_layers")
		c.need(a.ActiveExperts <= a.RoutedExperts, "architecture.active_experts", "at most routed_experts")
	} else {
		sizes = append(sizes, []struct {
			key string
			v   int
		}{{"kv_heads", a.KVHeads}, {"head_dim", a.HeadDim}, {"ffn", a.FFN}}...)
	}
	const largest = 1_000_000_000
	for _, s := range sizes {
		c.need(s.v > 0 && s.v <= largest, "architecture."+s.key, "a whole number above 0")
	}
	c.need(m.ReasoningTokens.High > 0, "reasoning_tokens", `an object such as {"low": 500, "likely": 2000, "high": 6000}`)
	if m.ReasoningTokens.High > 0 {
		c.fact("reasoning_tokens.", m.ReasoningTokens.Fact, false)
	}
}

func (c rowChecker) device(d *catalog.Device) {
	c.fact("", d.Fact, false)
	c.oneOf("kind", d.Kind, "datacenter", "workstation", "consumer", "unified", "cpu", "rack")
	c.oneOf("memory_class", d.MemoryClass, "hbm", "gddr", "unified", "ddr")
	c.need(d.Architecture != "", "architecture", "a text such as hopper, blackwell, ada or apple")
	c.need(d.MemoryGB > 0, "memory_gb", "a number above 0")
	c.need(d.VisibleBytes > 0, "visible_bytes", "a whole number above 0")
	c.need(d.BandwidthGBs > 0, "bandwidth_gbs", "a number above 0")
	c.need(d.TDPWatts > 0, "tdp_w", "a number above 0")
	c.need(d.MaxPerHost > 0 && d.MaxPerHost <= 4096, "max_per_host", "a whole number from 1 to 4096")
	for key, v := range map[string]*float64{"bf16_tflops": d.BF16TFLOPS, "fp8_tflops": d.FP8TFLOPS, "fp4_tflops": d.FP4TFLOPS, "scaleup_gbs": d.ScaleUpGBs} {
		c.need(v == nil || *v > 0, key, "a number above 0, or null where it is not known")
	}
	if d.PriceUSD != nil {
		c.need(d.PriceUSD.Low > 0, "price_usd", "a number above 0, or null where it is not known")
		c.fact("price_fact.", d.PriceFact, true)
	}
	for i, r := range d.Rent {
		prefix := fmt.Sprintf("rent[%d].", i)
		c.need(r.USD.Low > 0, prefix+"usd_per_device_hour", "a number above 0")
		c.oneOf(prefix+"term", r.Term, "on-demand", "1-year", "3-year")
		c.fact(prefix, r.Fact, true)
	}
}

func (c rowChecker) host(h *catalog.Host) {
	c.fact("", h.Fact, true)
	c.need(h.Slots > 0 && h.Slots <= 4096, "slots", "a whole number from 1 to 4096")
	c.need(len(h.DeviceKinds) > 0, "device_kinds", "a list of device kinds, such as datacenter or consumer")
	c.need(h.PriceUSD.Likely > 0, "price_usd", "a number above 0")
	c.need(h.BaseKW > 0, "base_kw", "a number above 0")
	c.need(h.LeadTimeWeeks.High > 0, "lead_time_weeks", "a number of weeks above 0, or its low, likely and high")
	for i, id := range h.Devices {
		c.ref(fmt.Sprintf("devices[%d]", i), id, c.known.devices, false)
	}
}

func (c rowChecker) price(p *catalog.Price) {
	c.fact("", p.Fact, true)
	c.need(p.Provider != "", "provider", "the provider's name")
	c.oneOf("provider_kind", p.ProviderKind, "first-party", "host", "cloud", "reseller")
	c.ref("model", p.Model, c.known.models, true)
	c.need(p.Quota || p.Input > 0, "input_usd_per_mtok", "a number above 0; free capacity is no price: mark it \"quota\": true")
	c.need(p.Quota || p.Output > 0, "output_usd_per_mtok", "a number above 0; free capacity is no price: mark it \"quota\": true")
	c.need(p.CachedInput == nil || *p.CachedInput >= 0, "cached_input_usd_per_mtok", "a number, or null where there is none")
	c.date("valid_from", p.ValidFrom, false)
	c.date("valid_to", p.ValidTo, false)
}

func (c rowChecker) run(r *catalog.SpeedRun) {
	c.fact("", r.Fact, false)
	c.need(r.Value > 0, "value", "a number above 0")
	c.need(r.Unit != "", "unit", "a text such as tok/s")
	c.date("measured_on", r.MeasuredOn, false)
	c.ref("parsed_model", r.ParsedModel, c.known.models, true)
	c.ref("parsed_precision", r.ParsedPrecision, c.known.precisions, true)
	c.ref("parsed_engine", r.ParsedEngine, c.known.engines, true)
	c.ref("parsed_device", r.ParsedDevice, c.known.devices, true)
}
