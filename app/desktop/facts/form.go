package facts

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

// form asks for a row of the person's own: every figure with its unit, where it comes from and of which day it is, and,
// before it is used, what it does to the verdict. What was typed stays until it is used or given up, also while other
// rows are looked at.
type form struct {
	page  *Page
	table string
	id    string // of the row that is corrected; "" = a new one
	spec  formSpec
	opt   calc.EntryOptions
	base  map[string]any // the row as it is now; of a new one what is known beforehand

	fields  []*formField
	source  *ui.Field
	day     *ui.Field
	general *ui.Text
	effect  *ui.Text
	panel   fyne.CanvasObject

	touched bool // something was typed or chosen
	tried   bool // the person has asked to use it: what is missing is said too
	cancel  context.CancelFunc
	facts   calc.Facts // with the row, where nothing is wrong
	row     string     // its id
}

// formField is one question with its widget.
type formField struct {
	fieldSpec
	text   *ui.Field
	choice *ui.Select
	on     *ui.Switch
}

// newForm returns the form of a row, nil where the table has none or the row is gone.
func newForm(p *Page, table, id string) *form {
	spec, ok := forms[table]
	if !ok {
		return nil
	}
	f := &form{page: p, table: table, id: id, spec: spec, opt: calc.EntryOptionsOf(p.session.Scenario())}
	f.opt.DecimalComma = ui.Here().DecimalComma
	if f.base = f.start(); f.base == nil {
		return nil
	}
	f.build()
	f.check()
	f.touched = false
	return f
}

// start is the row as it stands, or what this case says beforehand of a new one.
func (f *form) start() map[string]any {
	cat := f.page.catalogue()
	if f.id == "" {
		return f.beforehand(cat)
	}
	id := f.id
	if f.table == "rents" {
		id, _, _ = strings.Cut(f.id, "/")
	}
	row, err := rowDoc(cat, f.table, id)
	if err != nil || row == nil {
		return nil
	}
	if f.table != "rents" {
		return row
	}
	d := cat.Device(id)
	for _, r := range d.Rent {
		if rentID(d, r) != f.id {
			continue
		}
		doc := map[string]any{"device": id, "provider": r.Provider, "term": r.Term, "source": r.Source, "as_of": r.AsOf}
		if r.USD.IsExact() {
			doc["usd_per_device_hour"] = r.USD.Likely
		} else {
			doc["usd_per_device_hour"] = map[string]any{"low": r.USD.Low, "likely": r.USD.Likely, "high": r.USD.High}
		}
		return doc
	}
	return nil
}

// rentID is a rental price's id on this page.
func rentID(d *catalog.Device, r catalog.RentPrice) string {
	return d.ID + "/" + r.Provider + "/" + r.Term
}

// beforehand fills a new row with what the open case says: its model, its device and the set-up it was sized on.
func (f *form) beforehand(cat *catalog.Catalog) map[string]any {
	s := f.page.session.Scenario()
	row := map[string]any{"model": s.Text("model"), "provider_kind": "host", "device": s.Text("deployment.device"), "term": s.Text("finance.rent_term"),
		"kind": "datacenter", "memory_class": "hbm", "architecture": "hopper", "device_kinds": "datacenter", "shape": s.Text("model")}
	if f.table != "measured" {
		return row
	}
	row["parsed_model"] = s.Text("model")
	if a, _ := f.page.session.Assessment(); a != nil {
		d, m := a.Deployment, cat.Model(s.Text("model"))
		row["parsed_precision"], row["parsed_engine"], row["parsed_device"] = d.Precision, d.Engine, d.Device
		row["parsed_version"] = s.Text("deployment.engine_version")
		row["gpus"] = float64(d.Devices)
		row["parsed_concurrency"] = float64(int(max(1, a.Throughput.ConcurrentSequences)))
		row["isl"] = s.Likely("workload.input_tokens_per_call")
		thinking := s.Likely("workload.reasoning_tokens_per_call")
		if s.IsNull("workload.reasoning_tokens_per_call") && m != nil {
			thinking = m.ReasoningTokens.Likely
		}
		row["osl"] = s.Likely("workload.output_tokens_per_call") + thinking
		row["draft_tokens"] = s.Likely("deployment.speculative_tokens")
		row["data_parallel"] = s.Bool("deployment.data_parallel_attention")
	}
	return row
}

func (f *form) build() {
	cat := f.page.catalogue()
	body := ui.Column(12)
	for i := range f.spec.fields {
		spec := f.spec.fields[i]
		if spec.fresh && f.id != "" {
			continue
		}
		body.Add(f.add(spec, cat))
	}
	f.source = ui.NewField("", func(string) { f.check() }).Named("Where it comes from")
	f.source.SetPlaceholder("Quote by mail, 20 November, valid 90 days")
	f.day = ui.NewField("", func(string) { f.check() }).Named("As of")
	f.day.Replace(f.page.session.Now().Format(time.DateOnly))
	body.Add(labelled("Where it comes from", "", f.source))
	body.Add(labelled("As of", "", f.day))
	f.general = ui.NewText(ui.Caption, "").In(ui.ColorWarning).Wrapped()
	f.effect = ui.NewText(ui.Secondary, "").In(ui.ColorInk2).Wrapped()

	title := f.spec.add
	if f.id != "" {
		title = f.spec.title + ", your own figures"
	}
	for _, x := range append(f.texts(), f.source, f.day) {
		x.OnSubmit, x.OnEscape = f.save, f.giveUp
	}
	head := ui.Row(8, ui.Grow(ui.NewText(ui.PanelTitle, title).Wrapped()), ui.NewIconButton(ui.IconClose, "Close the form, keep what is typed", f.page.leaveForm))
	intro := ui.NewText(ui.Secondary, f.spec.intro).In(ui.ColorInk2).Wrapped()
	intro.Hidden = f.spec.intro == "" || f.id != ""
	f.general.Hidden = true
	foot := ui.Column(8, f.general, f.effect,
		ui.Wrap(6, 6, ui.NewButton(ui.Main, "Use in this case", f.save).WithKey("Enter"), ui.NewButton(ui.Outline, "Cancel", f.giveUp).WithKey("Esc")))
	f.panel = ui.SidePanel(320, container.New(footLayout{}, ui.Scroll(ui.Inset(16, 18, 20, 18, ui.Column(14, head, intro, body))), ui.NewHairline(), ui.Inset(10, 16, 12, 16, foot)))
}

// footLayout keeps the foot in view below what scrolls: what the row does, and the button that uses it.
type footLayout struct{}

func (footLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 200) }

func (footLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	foot := min(ui.HeightAt(o[2], s.Width), s.Height*0.6)
	ui.Place(o[0], 0, 0, s.Width, s.Height-foot-1)
	ui.Place(o[1], 0, s.Height-foot-1, s.Width, 1)
	ui.Place(o[2], 0, s.Height-foot, s.Width, foot)
}

func labelled(label, note string, o fyne.CanvasObject) fyne.CanvasObject {
	col := ui.Column(4, ui.NewText(ui.BodyStrong, label).Wrapped())
	if note != "" {
		col.Add(ui.NewText(ui.Caption, note).In(ui.ColorInk3).Wrapped())
	}
	col.Add(o)
	return col
}

// add makes the widget of a question, with the row's value in it.
func (f *form) add(spec fieldSpec, cat *catalog.Catalog) fyne.CanvasObject {
	x := &formField{fieldSpec: spec}
	f.fields = append(f.fields, x)
	now := at(f.base, spec.key)
	switch spec.kind {
	case switchField:
		on, _ := now.(bool)
		x.on = ui.NewSwitch(spec.label, "", on, func(bool) { f.check() })
		return x.on
	case choiceField:
		chosen, _ := now.(string)
		list := spec.among(cat)
		if !slices.ContainsFunc(list, func(c ui.Choice) bool { return c.ID == chosen }) {
			chosen = list[0].ID
		}
		x.choice = ui.NewSelect(list, chosen, func(string) { f.check() })
		return labelled(spec.label, spec.note, ui.Row(0, x.choice))
	}
	x.text = ui.NewField(spec.unit, func(string) { f.check() }).Named(spec.label)
	x.text.SetPlaceholder(spec.hint)
	x.text.Replace(spec.words(now, f.opt))
	return labelled(spec.label, spec.note, x.text)
}

func (f *form) texts() (out []*ui.Field) {
	for _, x := range f.fields {
		if x.text != nil {
			out = append(out, x.text)
		}
	}
	return out
}

// focus puts the cursor into the first field.
func (f *form) focus() {
	if c := f.page.shell.Canvas(); c != nil {
		c.Focus(append(f.texts(), f.source)[0].Focusable())
	}
}

// answers reads every field. ok is false where something cannot be read.
func (f *form) answers() (given map[string]any, ok bool) {
	given, ok = map[string]any{}, true
	for _, x := range f.fields {
		switch {
		case x.on != nil:
			given[x.key] = x.on.On()
		case x.choice != nil:
			given[x.key] = x.choice.Chosen()
		default:
			v, problem := x.read(x.text.Text(), f.opt)
			if problem != "" && (f.tried || strings.TrimSpace(x.text.Text()) != "") {
				x.text.SetProblem(problem)
			} else {
				x.text.SetProblem("")
			}
			ok = ok && problem == ""
			given[x.key] = v
		}
	}
	f.source.SetProblem("")
	if strings.TrimSpace(f.source.Text()) == "" {
		ok = false
		if f.tried {
			f.source.SetProblem("Say where it comes from, so that others can check it.")
		}
	}
	day := fieldSpec{key: "as_of", kind: dayField, need: true, hint: "2026-11-23"}
	v, problem := day.read(f.day.Text(), f.opt)
	if text, _ := v.(string); problem == "" && text > f.page.session.Now().Format(time.DateOnly) {
		problem = "This day is still to come."
	}
	f.day.SetProblem(problem)
	given["as_of"] = v
	return given, ok && problem == ""
}

// check reads the form as a file's reader would, shows what is wrong beside its field, and asks what the row would do.
func (f *form) check() bool {
	f.touched = true
	f.stop()
	f.facts = calc.Facts{}
	given, ok := f.answers()
	f.general.SetText("")
	f.effect.SetText("Give every figure that is needed, and where it comes from, to see what it does to the verdict.")
	if ok {
		f.effect.SetText("")
		ok = f.readRow(given)
	}
	if ok {
		f.ask()
	}
	f.general.Hidden = f.general.Words() == ""
	f.panelRefresh()
	return ok
}

func (f *form) panelRefresh() {
	if f.panel != nil {
		f.panel.Refresh()
	}
}

// readRow puts the row together and has it checked with the rules of the file.
func (f *form) readRow(given map[string]any) bool {
	if now := f.start(); f.id != "" && now != nil {
		f.base = now // another form may have changed the same device since
	}
	row, list := f.rowFrom(given), listOf(f.table)
	facts, problems, err := withRow(f.page.session.Catalogue(), f.page.session.Scenario().Facts(), list, row)
	if err != nil {
		f.general.SetText("This row cannot be read. Close the form and open it again.")
		return false
	}
	f.row, _ = row["id"].(string)
	for _, p := range problems {
		f.say(p)
	}
	f.facts = facts
	return len(problems) == 0
}

// say shows a problem beside its field, or above the buttons where it has none.
func (f *form) say(p calc.Problem) {
	words := p.Problem
	if p.Allowed != "" {
		words += ": " + p.Allowed
	}
	key := p.Path
	if i := strings.LastIndex(key, "]."); i >= 0 {
		key = key[i+2:]
	}
	for _, x := range f.fields {
		if x.text != nil && (x.key == key || strings.HasPrefix(x.key, key+".") || strings.HasPrefix(key, x.key+".")) {
			x.text.SetProblem(format.Sentence(words))
			return
		}
	}
	if key == "as_of" || key == "price_fact.as_of" {
		f.day.SetProblem(format.Sentence(words))
		return
	}
	f.general.SetText(format.Sentence(key + ": " + words))
}

// ask works out what the row does to the verdict, off the window's goroutine; the latest question wins.
func (f *form) ask() {
	s := f.page.session
	before, _ := s.Assessment()
	if before == nil || s.Assessor() == nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	f.cancel = cancel
	to := s.Scenario().WithFacts(f.facts)
	f.effect.SetText("Working out what it does …")
	session.Work(ctx, s, func(ctx context.Context) (*calc.Assessment, error) { return s.AssessQuick(ctx, to) },
		func(after *calc.Assessment, err error) {
			if err != nil {
				f.effect.SetText("What it does to the verdict could not be worked out.")
			} else {
				f.effect.SetText(f.page.effectWords(calc.EffectOf(before, after), f.table == "measured" || f.table == "devices"))
			}
			f.panelRefresh()
		})
}

func (f *form) stop() {
	if f.cancel != nil {
		f.cancel()
		f.cancel = nil
	}
}

// effectWords say what a row does to the verdict, and to the speed where the row is about speed.
func (p *Page) effectWords(e calc.FactEffect, speed bool) string {
	s := p.session.Scenario()
	cur := figure.CurrencyOf(s)
	money := func(usd *float64) string {
		if usd == nil {
			return "an unknown amount"
		}
		return cur.Total(*usd)
	}
	var words string
	switch {
	case e.RouteAfter == "" && e.RouteBefore == "":
		words = "No route is open, with this row or without."
	case e.RouteAfter == "":
		words = "With it no route is open."
	case e.Changes && e.RouteBefore == "":
		words = fmt.Sprintf("Opens a route: %s, %s a month.", e.RouteAfter, money(e.USDAfter))
	case e.Changes:
		words = fmt.Sprintf("Changes the verdict from %s to %s, %s a month instead of %s.", e.RouteBefore, e.RouteAfter, money(e.USDAfter), money(e.USDBefore))
	case e.USDAfter != nil && e.USDBefore != nil && *e.USDAfter == *e.USDBefore:
		words = fmt.Sprintf("Verdict stays %s, %s a month as before.", e.RouteAfter, money(e.USDAfter))
	default:
		words = fmt.Sprintf("Verdict stays %s, %s a month instead of %s.", e.RouteAfter, money(e.USDAfter), money(e.USDBefore))
	}
	if speed && (e.SpeedAfter != e.SpeedBefore || e.BasisAfter != e.BasisBefore) {
		rate := format.Unit{Kind: format.KindRate}
		words += fmt.Sprintf(" The set-up of this case answers with %s (%s) instead of %s (%s).", rate.Value(e.SpeedAfter), e.BasisAfter, rate.Value(e.SpeedBefore), e.BasisBefore)
	}
	return words
}

// save takes the row into the case, as one step of undo.
func (f *form) save() {
	f.tried = true
	if !f.check() {
		f.focusProblem()
		return
	}
	p, s, facts := f.page, f.page.session, f.facts
	f.stop()
	p.dropForm(f)
	p.noteDone(f.table, checkID(f.table, f.recordID()))
	label := "Own row: " + f.spec.title
	s.Edit(label, func(sc calc.Scenario) calc.Scenario { return sc.WithFacts(facts) })
	p.saved(f.table, f.recordID())
	words := "The case now uses your figure"
	if f.id == "" {
		words = "Your row is in this case"
	}
	p.shell.Toast(words, s.Undo)
}

// recordID is the id of the saved row on this page.
func (f *form) recordID() string {
	if f.table != "rents" {
		return f.row
	}
	given, _ := f.answers()
	provider, term := f.text(given, "provider"), f.text(given, "term")
	return f.row + "/" + provider + "/" + term
}

func (f *form) text(given map[string]any, key string) string {
	if text, ok := given[key].(string); ok {
		return text
	}
	text, _ := f.base[key].(string)
	return text
}

// focusProblem puts the cursor where something is wrong.
func (f *form) focusProblem() {
	c := f.page.shell.Canvas()
	if c == nil {
		return
	}
	for _, x := range append(f.texts(), f.source, f.day) {
		if x.Problem() != "" {
			c.Focus(x.Focusable())
			return
		}
	}
}

// giveUp drops what was typed; Undo brings the form back as it was.
func (f *form) giveUp() {
	f.stop()
	p := f.page
	p.dropForm(f)
	p.fill()
	if !f.touched {
		return
	}
	p.shell.Toast("What you typed is dropped", func() {
		table, id := f.table, cmp.Or(f.id, newRow)
		if p.current != table && p.table(table) != nil {
			p.choose(table)
		}
		p.drafts[table+"/"+id] = f
		p.at = f.id
		p.edit(table, id)
	})
}

// rowFrom puts the answers over the row as it was. The person's row is evidence "yours", with its source and day.
func (f *form) rowFrom(given map[string]any) map[string]any {
	source := strings.TrimSpace(f.source.Text())
	own := map[string]any{"evidence": string(catalog.Yours), "source": source, "as_of": given["as_of"]}
	switch f.table {
	case "rents":
		return f.rentRow(given, own)
	case "measured":
		return f.runRow(given, own)
	case "models":
		return f.modelRow(given, own)
	}
	row := f.blank()
	f.lay(row, given)
	if f.table == "devices" {
		f.deviceRow(row, given, own)
		return row
	}
	if f.table == "prices" && f.id == "" {
		provider, _ := row["provider"].(string)
		row["id"] = f.freeID("prices", provider, f.text(given, "model"))
		if m := f.page.catalogue().Model(f.text(given, "model")); m != nil {
			row["model_label"] = m.ShortName
		}
	}
	if f.table == "hosts" && f.id == "" {
		name, _ := row["name"].(string)
		row["id"] = f.freeID("hosts", name)
		row["device_kinds"] = []any{given["device_kinds"]}
	}
	maps.Copy(row, own)
	delete(row, "note")
	return row
}

// blank is the row as it was, or an empty one.
func (f *form) blank() map[string]any {
	if f.id == "" {
		return map[string]any{}
	}
	return maps.Clone(f.base)
}

// lay writes the answers into a row; what was emptied is not known: null where the file has it so, else left out.
func (f *form) lay(row map[string]any, given map[string]any) {
	for _, x := range f.fields {
		v := given[x.key]
		switch {
		case v != nil:
			set(row, x.key, v)
		case strings.HasPrefix(x.key, "cached_") || strings.HasSuffix(x.key, "_tflops") || x.key == "price_usd":
			set(row, x.key, nil)
		case x.kind == wholeField || x.kind == amountField:
			if strings.Contains(x.key, ".") {
				unset(row, x.key)
			} else {
				set(row, x.key, 0)
			}
		default:
			unset(row, x.key)
		}
	}
}

func (f *form) freeID(table string, words ...string) string {
	cat := f.page.catalogue()
	return freeID(func(id string) bool {
		row, err := rowDoc(cat, table, id)
		return err != nil || row != nil
	}, words...)
}

// deviceRow keeps the catalogue's evidence for the card's figures where only the price is the person's.
func (f *form) deviceRow(row, given, own map[string]any) {
	if f.id == "" {
		name, _ := row["name"].(string)
		row["id"], row["short_name"] = f.freeID("devices", name), name
	}
	if !same(given["memory_gb"], f.base["memory_gb"]) {
		delete(row, "visible_bytes")
		delete(row, "visible_fact")
	}
	if given["price_usd"] != nil {
		row["price_fact"] = maps.Clone(own)
	}
	source := row["source"]
	maps.Copy(row, own)
	if f.id != "" && !f.changedBeside(given, "price_usd") {
		row["source"] = source
	}
	if f.id == "" {
		row["rent"] = []any{}
	}
}

// changedBeside reports whether any figure but one differs from the row as it was.
func (f *form) changedBeside(given map[string]any, but string) bool {
	for _, x := range f.fields {
		if x.key != but && !same(given[x.key], at(f.base, x.key)) {
			return true
		}
	}
	return false
}

// same compares two values of a row, numbers by what they are worth.
func same(a, b any) bool {
	x, isX := number(a)
	y, isY := number(b)
	if isX || isY {
		return isX && isY && x == y
	}
	return a == b || a == nil && b == "" || a == "" && b == nil
}

// rentRow is the device's row with one rental price in it.
func (f *form) rentRow(given, own map[string]any) map[string]any {
	device := f.text(given, "device")
	row, err := rowDoc(f.page.catalogue(), "devices", device)
	if err != nil || row == nil {
		return map[string]any{"id": device}
	}
	entry := map[string]any{"provider": f.text(given, "provider"), "term": f.text(given, "term"), "usd_per_device_hour": given["usd_per_device_hour"]}
	maps.Copy(entry, own)
	list, _ := row["rent"].([]any)
	list = slices.Clone(list)
	i := slices.IndexFunc(list, func(x any) bool {
		old := x.(map[string]any)
		return old["provider"] == entry["provider"] && old["term"] == entry["term"]
	})
	if i >= 0 {
		list[i] = entry
	} else {
		list = append(list, entry)
	}
	row["rent"] = list
	return row
}

// runRow is a measured run with what its free text would be, so that it can be read like a published one.
func (f *form) runRow(given, own map[string]any) map[string]any {
	row := f.blank()
	f.lay(row, given)
	whole := func(key string) int {
		r, _ := number(row[key])
		return int(r.Likely)
	}
	users := whole("parsed_concurrency")
	row["concurrency_or_batch"] = strconv.Itoa(users)
	row["value"], row["unit"], row["per"] = given["output_tok_s"], "tok/s", "total"
	row["phase"] = "decode"
	if users > 1 && whole("isl") > 0 && whole("osl") > 0 {
		row["phase"] = "mixed"
	}
	maps.Copy(row, own)
	delete(row, "not_comparable")
	if f.id != "" {
		return row
	}
	cat := f.page.catalogue()
	word := func(key string) string { return f.text(given, key) }
	name := func(x any, fallback string) string {
		switch v := x.(type) {
		case *catalog.Device:
			if v != nil {
				return v.ShortName
			}
		case *catalog.Model:
			if v != nil {
				return v.Name
			}
		}
		return fallback
	}
	row["id"] = f.freeID("measured", word("parsed_device"), word("parsed_engine"), word("parsed_precision"), strconv.Itoa(users))
	row["model"] = name(cat.Model(word("parsed_model")), word("parsed_model"))
	row["precision"] = word("parsed_precision")
	row["engine"] = strings.TrimSpace(word("parsed_engine") + " " + word("parsed_version"))
	row["hardware"] = fmt.Sprintf("%d × %s", whole("gpus"), name(cat.Device(word("parsed_device")), word("parsed_device")))
	row["quote"] = own["source"]
	return row
}

// modelRow is a model's row; a new one takes its shape from another.
func (f *form) modelRow(given, own map[string]any) map[string]any {
	row := f.blank()
	if f.id == "" {
		like, err := rowDoc(f.page.catalogue(), "models", f.text(given, "shape"))
		if err != nil || like == nil {
			return map[string]any{"id": ""}
		}
		row = like
		name := f.text(given, "name")
		row["id"], row["name"], row["short_name"], row["hugging_face"] = f.freeID("models", name), name, name, ""
		row["base"], row["quality"], row["quality_source"] = f.text(given, "shape"), map[string]any{}, own["source"]
	}
	thinking := maps.Clone(own)
	switch x := given["reasoning_tokens"].(type) {
	case map[string]any:
		maps.Copy(thinking, x)
	default:
		thinking["low"], thinking["likely"], thinking["high"] = x, x, x
	}
	if q, ok := row["quality"].(map[string]any); ok {
		row["quality"] = maps.Clone(q)
	}
	f.lay(row, given)
	delete(row, "shape")
	row["reasoning_tokens"] = thinking
	maps.Copy(row, own)
	delete(row, "note")
	return row
}
