package results

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure/format"
	"hostwise/calc"
	"hostwise/calc/catalog"
	"hostwise/calc/memory"
)

// memoryTab shows what has to be in memory: the figure, a table of parts by precision, and beside them the sized
// set-up with its overheads, facts and launch command.
type memoryTab struct {
	page     *Page
	body     fyne.CanvasObject
	title    *ui.Text
	sub      *ui.Text
	pane     *pane
	table    *fyne.Container
	side     *fyne.Container
	below    *fyne.Container // the same below the table, where there is no room at the side
	inline   *fyne.Container
	main     *container.Scroll
	panel    *container.Scroll
	controls *memoryControls
	shape    memoryShape
	log      *ui.Switch
	models   *ui.Switch
	opened   map[string]bool // parts whose formula is in view
	of       view            // what is shown
}

func newMemoryTab(p *Page) *memoryTab {
	t := &memoryTab{page: p, table: ui.Column(0), side: ui.Column(16), below: ui.Column(16), opened: map[string]bool{}}
	t.log = ui.NewSwitch(wordsLogScale, "", false, func(on bool) { t.shape.log = on; t.show(p.view()) }).Plain()
	t.models = ui.NewSwitch(wordsModels, "", false, func(on bool) { t.shape.models = on; t.show(p.view()) }).Plain()
	t.controls = newMemoryControls(p)
	t.controls.row.Add(t.models)
	t.controls.row.Add(t.log)
	t.title = ui.NewText(ui.Finding, "").Wrapped()
	t.sub = ui.NewText(ui.Secondary, "").In(ui.ColorInk3).Wrapped()
	t.pane = newLargePane(p, "memory")
	tools := ui.Row(2, ui.NewIconButton(ui.IconCopy, "Copy the numbers", t.pane.copy), ui.NewIconButton(ui.IconImport, "Save this figure", t.pane.save))
	head := ui.Column(2, ui.Ends(12, t.title, tools), t.sub)
	t.inline = ui.Column(16, ui.NewHairline(), t.below)
	t.inline.Hide()
	t.main = ui.Scroll(ui.Inset(16, margin, 28, margin, ui.Column(14, head, t.controls.row, tall(410, t.pane), t.table, t.inline)))
	t.panel = ui.Scroll(ui.Pad(20, 24, t.side))
	t.body = container.New(&sideLayout{least: 460, inline: t.inline, turned: t.fillSide}, t.main, ui.SidePanel(372, t.panel))
	return t
}

// tall gives an object a height at 100 %, whatever its own.
func tall(height float32, o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(tallLayout{height}, o)
}

type tallLayout struct{ height float32 }

// HeightAt implements ui.FlowLayout.
func (l tallLayout) HeightAt([]fyne.CanvasObject, float32) float32 { return ui.Scaled(l.height) }
func (l tallLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(ui.Scaled(240), ui.Scaled(l.height))
}
func (l tallLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	ui.Place(o[0], 0, 0, s.Width, s.Height)
}

func (t *memoryTab) content() fyne.CanvasObject { return t.body }

func (t *memoryTab) show(v view) {
	t.controls.show(v)
	t.pane.shape = t.shape
	t.pane.show(v)
	fig := t.pane.chart.Figure()
	d := v.a.Deployment
	title := fig.Title
	if title == "" {
		title = fmt.Sprintf("%s needs %s", d.DeviceLabel, format.Bytes(d.TotalBytes.Likely))
	}
	t.title.SetText(title)
	by := "Memory by precision over all devices of one replica"
	if t.shape.models {
		by = "Memory by model over all devices of one replica"
	}
	if t.shape.log {
		by += ", log scale"
	}
	t.sub.SetText(fmt.Sprintf("%s, decimal units, %s of %s tokens at once", by,
		requests(v.a.Memory.Sequences), format.Whole(float64(v.a.Memory.ContextTokens))))
	t.table.Objects = t.partsTable(v)
	t.of = v
	t.fillSide(t.inline.Visible())
}

// fillSide describes the set-up where there is room for it now: at the side, or below the table.
func (t *memoryTab) fillSide(below bool) {
	if t.of.a == nil {
		return
	}
	t.side.Objects, t.below.Objects = nil, nil
	if below {
		t.below.Objects = t.sidePanel(t.of)
	} else {
		t.side.Objects = t.sidePanel(t.of)
		renewed(t.panel)
	}
	renewed(t.main)
}

func requests(n int) string {
	if n == 1 {
		return "1 request"
	}
	return format.Whole(float64(n)) + " requests"
}

// usual are the precisions that are listed before the rest is asked for.
var usual = map[string]bool{"bf16": true, "fp8": true, "int8": true, "awq-int4": true, "nvfp4": true, "gguf-q8_0": true,
	"gguf-q4_k_m": true, "gguf-ud-q2_k_xl": true, "gguf-ud-iq1_s": true, "mlx-4bit": true}

// The columns of the table of parts at 100 %.
var partColumns = ui.TableColumns{Gap: cellGap, Least: leastGrowing, Widths: []float32{0, 56, 50, 50, 58, 58, 56, 56, 92}, Drop: []int{8, 4, 3, 5}}

// partsTable lists weights, cache, buffers and runtime for each precision, with what it takes to hold them.
func (t *memoryTab) partsTable(v view) []fyne.CanvasObject {
	rows := []fyne.CanvasObject{
		ui.Ends(12, ui.NewText(ui.BodyStrong, "Parts by precision, GB"), ui.NewText(ui.Caption, "likely values").In(ui.ColorInk3)),
		headerRow(partColumns, "Precision", "Weights", "Cache", "Copies", "Compute", "Runtime", "Total", "Devices", "Evidence"),
	}
	hidden := 0
	for i := range v.a.Memory.ByPrecision {
		r := &v.a.Memory.ByPrecision[i]
		chosen := r.Precision == v.a.Deployment.Precision
		if r.Kind != "deploy" {
			continue
		}
		if !t.shape.all && !usual[r.Precision] && !chosen {
			hidden++
			continue
		}
		rows = append(rows, t.partsRow(v, r, chosen))
	}
	if hidden > 0 || t.shape.all {
		words := fmt.Sprintf("Show %d more precisions", hidden)
		if t.shape.all {
			words = "Show the usual ones only"
		}
		rows = append(rows, ui.Row(0, ui.NewButton(ui.Link, words, func() { t.shape.all = !t.shape.all; t.show(t.page.view()) })))
	}
	rows = append(rows, ui.Inset(16, 0, 4, 0, ui.NewText(ui.BodyStrong, "Raw weights, as articles print them")))
	for i := range v.a.Memory.ByPrecision {
		if r := &v.a.Memory.ByPrecision[i]; r.Kind == "raw" {
			rows = append(rows, ui.TableColumns{Gap: cellGap, Least: leastGrowing, Widths: []float32{0, 90, 92}}.Row(28,
				ui.NewText(ui.Body, r.Label).Cut(), ui.NewText(ui.Body, bytesOf(r.WeightsBytes)).Right(), badge(r.Evidence)))
		}
	}
	return append(rows, ui.NewText(ui.Caption, "Weights only: the cache, buffers and copies that an engine needs come on top.").In(ui.ColorInk3).Wrapped())
}

// runtimeAlone is the engine's own part, without the copies that have a column of their own.
func runtimeAlone(r *memory.PrecisionRow) *float64 {
	if r.RuntimeBytes == nil || r.CopiesBytes == nil {
		return r.RuntimeBytes
	}
	alone := max(0, *r.RuntimeBytes-*r.CopiesBytes)
	return &alone
}

func bytesOf(v *float64) string {
	if v == nil {
		return format.Unknown
	}
	return format.Bytes(*v)
}

func gigabytes(v *float64) string {
	switch {
	case v == nil:
		return format.Unknown
	case *v < 1e6: // the crumbs of a difference of two sums: no part of memory is that small
		return "0"
	}
	return format.Gigabytes(*v)
}

func badge(e catalog.Evidence) fyne.CanvasObject {
	return ui.Row(0, ui.NewBadge(string(e)), ui.Spring())
}

// headerRow names the columns of a table: the first and last at the left, the numbers at the right.
func headerRow(c ui.TableColumns, names ...string) fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(names))
	for i, n := range names {
		text := ui.NewText(ui.Caption, n).In(ui.ColorInk3).Cut()
		if i > 0 && i < len(names)-1 {
			text.Right()
		}
		objects[i] = text
	}
	return ui.Column(0, c.Row(24, objects...), ui.NewHairline())
}

func (t *memoryTab) partsRow(v view, r *memory.PrecisionRow, chosen bool) fyne.CanvasObject {
	name := ui.NewText(ui.Body, r.Label).Cut()
	if chosen {
		name = ui.NewText(ui.BodyStrong, r.Label).Cut()
	}
	number := func(p *float64) fyne.CanvasObject { return ui.NewText(ui.Body, gigabytes(p)).Right() }
	total := format.Unknown
	if r.TotalBytes != nil {
		total = format.Gigabytes(r.TotalBytes.Likely)
	}
	devices := format.Unknown
	if r.DevicesNeeded != nil {
		devices = fmt.Sprint(*r.DevicesNeeded)
	}
	row := partColumns.Row(29, name, number(r.WeightsBytes), number(r.KVBytes), number(r.CopiesBytes), number(r.ComputeBytes), number(runtimeAlone(r)),
		ui.NewText(ui.BodyStrong, total).Right(), ui.NewText(ui.Body, devices).Right(), badge(r.Evidence))
	p := ui.NewPressable(row, func() {
		t.page.session.LeaveField()
		t.page.session.Set("deployment.precision", calc.Str(r.Precision))
		t.page.session.LeaveField()
		t.page.shell.Toast("The set-up now uses "+r.Label+".", t.page.session.Undo)
	})
	p.SetChosen(chosen)
	return p
}

// sidePanel describes the set-up as sized.
func (t *memoryTab) sidePanel(v view) []fyne.CanvasObject {
	d := v.a.Deployment
	label := d.Precision
	for _, r := range v.a.Memory.ByPrecision {
		if r.Precision == d.Precision {
			label = r.Label
		}
	}
	out := []fyne.CanvasObject{ui.Column(2, ui.NewText(ui.PanelTitle, label).Wrapped(),
		ui.NewText(ui.Secondary, fmt.Sprintf("%s %s on %s", engineName(v, t.page), d.EngineVersion, d.DeviceLabel)).In(ui.ColorInk3).Wrapped())}
	total := ui.Wrap(8, 2, ui.NewText(ui.Question, format.Bytes(d.TotalBytes.Likely)))
	if d.TotalBytes.Low != d.TotalBytes.High {
		total.Add(ui.Inset(10, 0, 0, 0, ui.NewText(ui.Secondary, format.Between(format.Bytes(d.TotalBytes.Low), format.Bytes(d.TotalBytes.High))+", 8 times in 10").In(ui.ColorInk3)))
	}
	out = append(out, total, fitLine(d))
	out = append(out, t.qualityLine(v), ui.NewHairline(), t.partList(d), ui.NewHairline(), t.overheads(d), ui.NewHairline(), ui.NewText(ui.BodyStrong, "The set-up"))
	out = append(out, factList(deploymentFacts(v)))
	if d.LaunchCommand != "" {
		out = append(out, ui.NewHairline(), ui.Ends(12, ui.NewText(ui.BodyStrong, "Launch command"),
			ui.NewIconButton(ui.IconCopy, "Copy the launch command", func() { t.page.shell.Copy(d.LaunchCommand, "The command is on the clipboard.") })),
			ui.On(ui.ColorChip, 6, ui.Pad(8, 10, ui.NewText(ui.Code, d.LaunchCommand).Wrapped())))
	}
	return out
}

func engineName(v view, p *Page) string {
	if c := p.session.Catalogue(); c != nil {
		if e := c.Engine(v.a.Deployment.Engine); e != nil {
			return e.Name
		}
	}
	return v.a.Deployment.Engine
}

// fitLine says whether the set-up holds its load, with a word and an icon.
func fitLine(d calc.Deployment) fyne.CanvasObject {
	icon, ink, words := ui.IconCheck, fyne.ThemeColorName(ui.ColorInk), "It fits."
	switch d.Fit {
	case memory.Tight:
		icon, ink, words = ui.IconWarning, ui.ColorWarning, "It is tight: the likely total fits, the high one does not."
	case memory.No:
		icon, ink, words = ui.IconWarning, ui.ColorWarning, "It does not fit."
	}
	if !d.Fits && d.Fit != memory.No {
		icon, ink, words = ui.IconWarning, ui.ColorWarning, "Memory would hold it, but it is not known to run so."
	}
	why := d.Why
	if d.Fit == memory.Fits && strings.HasPrefix(why, "It fits") { // the reason begins with the same words
		first, rest, _ := strings.Cut(why, ". ")
		words, why = strings.TrimSuffix(first, ".")+".", rest
	}
	body := ui.Column(2, ui.NewText(ui.BodyStrong, words).In(ink).Wrapped())
	if why != "" {
		body.Add(ui.NewText(ui.Secondary, why).In(ui.ColorInk2).Wrapped())
	}
	for _, n := range []struct {
		name string
		of   *calc.Neighbour
	}{{"Next smaller: ", d.NextSmaller}, {"Next larger: ", d.NextLarger}} {
		if n.of != nil {
			body.Add(ui.NewText(ui.Secondary, n.name+neighbourWords(*n.of)).In(ui.ColorInk2).Wrapped())
		}
	}
	return hanging(22, ui.NewSizedIcon(icon, ink, 15), body)
}

// neighbourWords says of a smaller or larger set-up whether it would hold the load, what it would need and what it has.
func neighbourWords(n calc.Neighbour) string {
	words := n.Words
	if n.Capacity > 0 && n.TotalBytes > 0 {
		words += ": " + format.Bytes(n.TotalBytes) + " needed, " + format.Bytes(n.Capacity) + " there"
	}
	return words + "."
}

// partList is what the fullest device holds, part by part; each opens to its reason and formula.
func (t *memoryTab) partList(d calc.Deployment) fyne.CanvasObject {
	list := ui.Column(0, ui.NewText(ui.Caption, "The fullest device").In(ui.ColorInk3))
	names := map[string]string{"KV pool": "Cache pool", "compute": "Compute buffers", "reserve": "Kept free by the engine"}
	for _, p := range d.DeviceParts {
		name := names[p.Part]
		if name == "" {
			name = format.Capital(p.Part)
		}
		list.Add(t.part("device "+p.Part, name, p, ui.Body))
	}
	totals := map[string]string{"copies": "Copies of what others hold", "capacity": "What the device holds"}
	for _, p := range d.DeviceTotals {
		list.Add(t.part("device "+p.Part, totals[p.Part], p, ui.Body))
	}
	return list
}

// overheads are the six that stand beside the weights, each with its bytes and reason, open from the start.
func (t *memoryTab) overheads(d calc.Deployment) fyne.CanvasObject {
	list := ui.Column(12)
	for _, p := range d.Parts {
		if p.Part == "weights" {
			list.Add(t.part("whole weights", "Weights, all devices", p, ui.BodyStrong))
			list.Add(ui.NewHairline())
			list.Add(ui.NewText(ui.BodyStrong, "The six overheads"))
			continue
		}
		list.Add(t.part("whole "+p.Part, format.Capital(p.Part), p, ui.BodyStrong))
	}
	return list
}

// part is one line that opens to why it is there, its range, its formula with the numbers filled in, and the log line
// that supports it.
func (t *memoryTab) part(key, name string, p memory.Part, style ui.Style) fyne.CanvasObject {
	open, known := t.opened[key]
	open = open || !known && style == ui.BodyStrong
	mark := ui.IconRight
	if open {
		mark = ui.IconDown
	}
	head := ui.NewPressable(ui.Pad(3, 0, ui.Row(6, ui.NewSizedIcon(mark, ui.ColorInk3, 10), ui.Grow(ui.NewText(style, name).Cut()),
		ui.NewText(style, format.Bytes(p.Bytes)).Right())), func() {
		t.opened[key] = !open
		t.show(t.page.view())
	})
	if !open {
		return head
	}
	return ui.Column(0, head, ui.Inset(0, 0, 8, 16, partDetail(p)))
}

// partDetail is what stands behind a part of memory.
func partDetail(p memory.Part) fyne.CanvasObject {
	body := ui.Column(3, ui.NewText(ui.Secondary, p.Why).In(ui.ColorInk2).Wrapped())
	if p.Formula != "" {
		body.Add(ui.NewText(ui.Code, p.Formula).In(ui.ColorInk2).Wrapped())
	}
	if !p.Range.IsExact() {
		body.Add(ui.NewText(ui.Caption, "8 times in 10 "+format.Between(format.Bytes(p.Range.Low), format.Bytes(p.Range.High))).In(ui.ColorInk3).Wrapped())
	}
	if p.Support == "" {
		body.Add(ui.Row(0, ui.NewBadge(string(catalog.Likely)), ui.Spring()))
		origin := p.Origin
		if origin == "" {
			origin = "From the engine's own defaults; no measured run speaks for this part alone."
		}
		body.Add(ui.NewText(ui.Caption, origin).In(ui.ColorInk3).Wrapped())
		return body
	}
	about, quote, from := supportParts(p.Support)
	body.Add(ui.Row(0, ui.NewBadge(string(catalog.Measured)), ui.Spring()))
	body.Add(ui.NewText(ui.Caption, about).In(ui.ColorInk3).Wrapped())
	if quote != "" {
		body.Add(ui.NewText(ui.Code, quote).In(ui.ColorInk2).Wrapped())
		body.Add(ui.NewText(ui.Caption, from).In(ui.ColorInk3).Wrapped())
	}
	return body
}

// supportParts takes the words on a measured run apart: what was measured, the line of the log, and where it stands.
func supportParts(support string) (about, quote, from string) {
	about = strings.TrimPrefix(support, "Measured: ")
	head, rest, quoted := strings.Cut(about, " \u201c")
	end := strings.LastIndex(rest, "\u201d")
	if !quoted || end < 0 {
		return about, "", ""
	}
	from = strings.TrimSpace(rest[end+len("\u201d"):])
	return head, rest[:end], strings.TrimSuffix(strings.TrimPrefix(from, "("), ")")
}

// qualityLine says what the precision costs in quality, as published or unknown, and what that does to everything
// that is built on it.
func (t *memoryTab) qualityLine(v view) fyne.CanvasObject {
	loss, bits := wordsUnknownLoss, 0.0
	if cat := t.page.session.Catalogue(); cat != nil {
		if p := cat.Precision(v.a.Deployment.Precision); p != nil {
			bits = p.BitsPerWeight
			m := cat.Model(v.scenario.Text("model"))
			switch {
			case m != nil && m.ReleasedPrecision == p.ID:
				loss = wordsReleased
			case p.QualityLoss != "":
				loss = p.QualityLoss
			}
		}
	}
	body := ui.Column(3, ui.NewText(ui.BodyStrong, "What it costs in quality"), ui.NewText(ui.Secondary, loss).In(ui.ColorInk2).Wrapped())
	if bits > 0 && bits < fewestBits {
		body.Add(ui.Row(0, ui.NewBadge(string(catalog.Speculation)), ui.Spring()))
		body.Add(ui.NewText(ui.Secondary, wordsFewBits).In(ui.ColorInk2).Wrapped())
	}
	return body
}

// fewestBits a weight is the limit below which what a model still can is a guess.
const fewestBits = 4

// fact is a name with its value.
type fact struct{ name, value string }

func factList(facts []fact) fyne.CanvasObject {
	list := ui.Column(4)
	for _, f := range facts {
		if f.value != "" {
			list.Add(ui.TableColumns{Gap: cellGap, Least: leastGrowing, Widths: []float32{156, 0}}.Row(20, ui.NewText(ui.Secondary, f.name).In(ui.ColorInk3).Cut(), ui.NewText(ui.Secondary, f.value).Wrapped()))
		}
	}
	return list
}

// deploymentFacts are the sized set-up in words and numbers.
func deploymentFacts(v view) []fact {
	d, x, c := v.a.Deployment, v.a.Throughput, v.a.Capacity
	out := []fact{
		{"Devices", d.DeviceLabel},
		{"Replicas", fmt.Sprintf("%d, on %s", d.Replicas, servers(d.Servers))},
		{"Precision of the cache", d.KVPrecision},
		{"Split", split(d)},
		{"To download", format.Bytes(d.ArtifactBytes)},
		{"Weights, once", format.Bytes(d.WeightsBytes)},
		{"Cache a token", format.Bytes(d.KVBytesPerToken)},
		{"Tokens the cache holds", format.Count(d.KVCapacity)},
		{"Requests at once", d.SequencesWords},
		{"Room kept for them", v.a.Memory.RoomWords},
		{"What binds", bindWords[d.Binds]},
		{"Output, tokens a second", rangeText(x.OutputTokS)},
		{"For one person", rangeText(x.PerUserTokS)},
		{"First token after", format.Between(format.Seconds(x.TTFT.Low), format.Seconds(x.TTFT.High))},
		{"How this is known", string(x.Basis)},
		{"Nearest measured run", x.Nearest},
		{"Busy", busyWords(c)},
		{"One more", c.OneMoreDevice},
	}
	if d.HostBytes > 0 {
		out = append(out, fact{"In host memory", format.Bytes(d.HostBytes)})
	}
	return out
}

// busyWords is the share of the month that the devices are busy, or why there is none.
func busyWords(c calc.Capacity) string {
	if c.BusyShare == nil {
		return format.Unknown + "; no request can be served as wished"
	}
	return format.Share(*c.BusyShare)
}

var bindWords = map[string]string{"weights": "the weights", "kv": "the cache", "compute": "computation", "latency": "the wish for speed", "devices": "the number of devices"}

func servers(n int) string {
	if n == 1 {
		return "1 server"
	}
	return fmt.Sprintf("%d servers", n)
}

func split(d calc.Deployment) string {
	words := fmt.Sprintf("tensor %d, pipeline %d", d.TensorParallel, d.PipelineParallel)
	if d.ExpertParallel > 1 {
		words += fmt.Sprintf(", expert %d", d.ExpertParallel)
	}
	if d.DataParallel {
		words += ", attention data-parallel"
	}
	return words
}

func rangeText(r calc.Range) string {
	if r.Low == r.High {
		return format.Count(r.Likely)
	}
	return format.Count(r.Likely) + " (" + format.Between(format.Count(r.Low), format.Count(r.High)) + ")"
}
