package compare

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// step is one change on the way from A to B and what it does to the likely cost a month.
type step struct {
	label   string
	usd     float64
	blocked bool // no route is left after it, so that its cost is not known
}

// bridgePanel shows the way from one case to another.
type bridgePanel struct {
	page     *Page
	column   *fyne.Container
	from, to int
	result   *calc.Bridge
	steps    []step
	err      error
	working  bool
	// backwards makes the last change first.
	backwards bool
	cancel    context.CancelFunc
	asked     question
	chart     *waterfall
}

// question is what a bridge was asked for.
type question struct {
	from, to  *column
	a, z      calc.Scenario
	backwards bool
}

// same reports whether two questions have one answer.
func (q question) same(other question) bool {
	return q.from != nil && q.from == other.from && q.to == other.to && q.backwards == other.backwards &&
		q.a.Equal(other.a) && q.z.Equal(other.z)
}

func newBridgePanel(p *Page) *bridgePanel {
	b := &bridgePanel{page: p, to: 1, column: ui.Column(14), chart: newWaterfall()}
	return b
}

// keepEnds keeps the two ends within the columns.
func (b *bridgePanel) keepEnds(n int) {
	if b.from >= n || b.to >= n || b.from == b.to {
		b.from, b.to = 0, 1
	}
}

// ends returns the two columns, nil where there are not two that have been worked out.
func (b *bridgePanel) ends() (from, to *column) {
	c := b.page.columns
	if b.from >= len(c) || b.to >= len(c) || b.from == b.to {
		return nil, nil
	}
	if c[b.from].assessment == nil || c[b.to].assessment == nil {
		return nil, nil
	}
	return c[b.from], c[b.to]
}

// ask works the bridge out; the latest question wins, and the same one is not asked twice.
func (b *bridgePanel) ask() {
	var now question
	from, to := b.ends()
	if from != nil {
		now = question{from, to, from.scenario, to.scenario, b.backwards}
	}
	if now.same(b.asked) {
		return
	}
	b.asked = now
	if b.cancel != nil {
		b.cancel()
	}
	b.steps, b.result, b.err = nil, nil, nil
	bridger, ok := b.page.session.Assessor().(Bridger)
	if from == nil || !ok {
		b.draw()
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	b.cancel, b.working = cancel, true
	b.draw()
	a, z, today, backwards := now.a, now.z, b.page.session.Now(), now.backwards
	session.Work(ctx, b.page.session, func(ctx context.Context) (calc.Bridge, error) {
		if backwards {
			return bridger.BridgeBackwards(ctx, a, z, today)
		}
		return bridger.Bridge(ctx, a, z, today)
	}, func(result calc.Bridge, err error) {
		b.working, b.err = false, err
		if err == nil {
			cat := b.page.session.Catalogue()
			for i := range result.Steps {
				s := &result.Steps[i]
				in := calc.LookupInput(s.Path)
				s.From, s.To = named(cat, in, s.From), named(cat, in, s.To)
			}
			b.result, b.steps = &result, stepsOf(result)
		}
		b.draw()
	})
}

// leastStep is the smallest step that is drawn on its own, in dollars a month.
const leastStep = 0.5

// stepsOf lists the changes that cost or save something; those that do not stand together in one last step, so
// that the bars still add up.
func stepsOf(b calc.Bridge) []step {
	var steps []step
	rest, n := 0.0, 0
	for _, s := range b.Steps {
		switch {
		case s.USD == nil:
			steps = append(steps, step{label: s.Label + ": no route is left", blocked: true})
		case math.Abs(*s.USD) < leastStep:
			rest += *s.USD
			n++
		default:
			steps = append(steps, step{label: s.Label + ", " + bare(s.From) + " to " + bare(s.To), usd: *s.USD})
		}
	}
	switch {
	case n == 1:
		steps = append(steps, step{label: "1 other change", usd: rest})
	case n > 1:
		steps = append(steps, step{label: fmt.Sprintf("%d other changes", n), usd: rest})
	}
	return steps
}

// bare is an answer without the mark of a default.
func bare(text string) string { return strings.TrimSuffix(text, defaultMark) }

// Bridger works out what each change costs on the way from one scenario to another; *calc.Assessor is one.
type Bridger interface {
	Bridge(ctx context.Context, from, to calc.Scenario, today time.Time) (calc.Bridge, error)
	BridgeBackwards(ctx context.Context, from, to calc.Scenario, today time.Time) (calc.Bridge, error)
}

// draw builds the panel anew.
func (b *bridgePanel) draw() {
	var letters []ui.Choice
	for i := range b.page.columns {
		letters = append(letters, ui.Choice{ID: letter(i), Title: letter(i)})
	}
	if len(letters) < 2 {
		return
	}
	pick := func(end *int, other int) func(string) {
		return func(id string) {
			i := int(id[0] - 'A')
			if i == other {
				b.from, b.to = b.to, b.from
			} else {
				*end = i
			}
			b.ask()
		}
	}
	head := ui.Row(8, ui.NewText(ui.PanelTitle, "From"), ui.NewSelect(letters, letter(b.from), pick(&b.from, b.to)),
		ui.NewText(ui.PanelTitle, "to"), ui.NewSelect(letters, letter(b.to), pick(&b.to, b.from)), ui.Spring(),
		ui.NewIconButton(ui.IconSwap, "Swap the two", b.swap),
		ui.NewIconButton(ui.IconCopy, "Copy the steps", b.copy))
	b.column.Objects = []fyne.CanvasObject{head}
	from, to := b.ends()
	switch {
	case b.err != nil:
		b.say("The way between these two cannot be worked out.", firstLine(b.err.Error()))
	case from == nil:
		b.say("Working out both cases …", "")
	case b.working:
		b.say("Working out what each change costs …", "")
	default:
		b.drawSteps(from, to)
	}
	actions := ui.Wrap(8, 8)
	if len(b.steps) > 1 {
		words := "Last change first"
		if b.backwards {
			words = "First change first"
		}
		actions.Add(ui.NewButton(ui.Outline, words, b.reorder).Small())
	}
	if b.to > 0 {
		actions.Add(ui.NewButton(ui.Outline, "Make "+letter(b.to)+" the base", func() { b.page.makeBase(b.to) }).Small())
	}
	if len(actions.Objects) > 0 {
		b.column.Add(ui.NewHairline())
		b.column.Add(actions)
	}
	b.column.Refresh()
	if sh := b.page.sheet; sh != nil && b.page.stacked {
		sh.Refresh() // the bridge may need another height
		b.page.main.Refresh()
	}
}

func (b *bridgePanel) say(words, detail string) {
	b.column.Add(ui.NewText(ui.Body, words).In(ui.ColorInk2).Wrapped())
	if detail != "" {
		b.column.Add(ui.NewText(ui.Secondary, detail).In(ui.ColorInk3).Wrapped())
	}
}

func (b *bridgePanel) drawSteps(from, to *column) {
	if b.result == nil {
		return
	}
	a, z := b.result.FromUSD, b.result.ToUSD
	if a == nil || z == nil {
		b.say("One of the two has no feasible route, so there is no cost to bridge.", "")
		return
	}
	cur := b.page.currency()
	b.column.Add(ui.NewText(ui.CaseName, b.result.In(cur).Words()).Wrapped())
	b.column.Add(ui.NewText(ui.Caption, "Likely cost a month of the verdict's route, "+cur.Code+"; changes made "+b.result.Order).In(ui.ColorInk3).Wrapped())
	b.chart.cur, b.chart.ground = cur, ui.ColorPanel
	if b.page.stacked {
		b.chart.ground = ui.ColorPage
	}
	b.chart.set(bar{b.endLabel(b.from, from), *a, kindOf(from)}, b.steps, bar{b.endLabel(b.to, to), *z, kindOf(to)})
	b.column.Add(b.chart)
	if len(b.steps) > 1 {
		b.column.Add(ui.NewText(ui.Secondary, "Order matters: a change counts for what it does after those above it.").In(ui.ColorInk3).Wrapped())
	}
}

func (b *bridgePanel) endLabel(i int, c *column) string {
	if r := c.winner(); r != nil {
		return letter(i) + " " + r.Label
	}
	return letter(i)
}

func kindOf(c *column) string {
	if r := c.winner(); r != nil {
		return string(r.Kind)
	}
	return ""
}

// reorder makes the changes in the other order: what a change counts for depends on those before it.
func (b *bridgePanel) reorder() {
	b.backwards = !b.backwards
	b.ask()
}

func (b *bridgePanel) swap() {
	b.from, b.to = b.to, b.from
	b.ask()
}

func (b *bridgePanel) copy() {
	from, to := b.ends()
	if from == nil {
		return
	}
	if b.result == nil || b.result.FromUSD == nil || b.result.ToUSD == nil {
		return
	}
	a, z := b.result.FromUSD, b.result.ToUSD
	var out strings.Builder
	fmt.Fprintf(&out, "%s %s\t%.2f\n", letter(b.from), from.name(), *a)
	for _, s := range b.result.Steps {
		usd := "not known"
		if s.USD != nil {
			usd = fmt.Sprintf("%.2f", *s.USD)
		}
		fmt.Fprintf(&out, "%s, %s to %s\t%s\n", s.Label, s.From, s.To, usd)
	}
	fmt.Fprintf(&out, "%s %s\t%.2f\n", letter(b.to), to.name(), *z)
	b.page.shell.Copy(out.String(), "The steps are on the clipboard")
}

// bar is one end of the bridge.
type bar struct {
	label string
	usd   float64
	kind  string
}

// waterfall draws the bridge: the first case's cost, a bar for each step from where the last one ended, and
// the other case's cost.
type waterfall struct {
	widget.BaseWidget
	from, to bar
	steps    []step
	cur      format.Currency // amounts are written in it
	ground   fyne.ThemeColorName
}

func newWaterfall() *waterfall {
	w := &waterfall{}
	w.ExtendBaseWidget(w)
	return w
}

func (w *waterfall) set(from bar, steps []step, to bar) {
	w.from, w.steps, w.to = from, steps, to
	w.Refresh()
}

// waterfallRow is the height of a label and its bar at 100 %.
const waterfallRow = 42

// HeightAt implements ui.Flowing.
func (w *waterfall) HeightAt(float32) float32 {
	return ui.Scaled(waterfallRow)*float32(len(w.steps)+2) + ui.Scaled(26)
}

func (w *waterfall) CreateRenderer() fyne.WidgetRenderer {
	r := &waterfallRenderer{w: w}
	r.Refresh()
	return r
}

type waterfallRenderer struct {
	w       *waterfall
	objects []fyne.CanvasObject
}

func (r *waterfallRenderer) Destroy()                     {}
func (r *waterfallRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *waterfallRenderer) MinSize() fyne.Size           { return fyne.NewSize(200, r.w.HeightAt(0)) }
func (r *waterfallRenderer) Layout(s fyne.Size)           { r.draw(s) }
func (r *waterfallRenderer) Refresh()                     { r.draw(r.w.Size()) }

// extent is the lowest and highest running total.
func (w *waterfall) extent() (low, high float64) {
	total := w.from.usd
	low, high = min(0, total, w.to.usd), max(total, w.to.usd)
	for _, s := range w.steps {
		total += s.usd
		low, high = min(low, total), max(high, total)
	}
	return low, niceCeil(high)
}

func (r *waterfallRenderer) draw(s fyne.Size) {
	r.objects = nil
	if s.Width < 40 {
		return
	}
	w := r.w
	low, high := w.extent()
	// Room at the right for the value beside the longest bar.
	room := s.Width - ui.Scaled(72)
	at := func(v float64) float32 { return room * float32((v-low)/(high-low)) }
	rowHeight, barTop, barHeight := ui.Scaled(waterfallRow), ui.Scaled(19), ui.Scaled(14)
	foot := s.Height - ui.Scaled(22)
	r.axis(low, high, at, foot)
	y := float32(0)
	line := func(label string, from, to float64, paint fyne.ThemeColorName, value string, strong bool) {
		style := ui.Secondary
		style.Bold = strong
		words := ui.NewText(style, label).In(inkFor(strong)).Cut()
		r.rect(w.ground, 0, y+1, min(s.Width, words.FullWidth()+3), barTop-2) // the dotted line passes behind
		r.text(words, 0, y, s.Width, barTop)
		left, right := at(min(from, to)), at(max(from, to))
		r.rect(paint, left, y+barTop, max(1.5, right-left), barHeight)
		r.text(ui.NewText(style, value), right+6, y+barTop-2, ui.Scaled(66), barHeight+4)
		y += rowHeight
	}
	line(w.from.label, 0, w.from.usd, ui.RouteColor(w.from.kind), w.cur.Total(w.from.usd), true)
	total := w.from.usd
	for _, st := range w.steps {
		r.dotted(at(total), y-rowHeight+barTop+barHeight, y+barTop)
		paint := fyne.ThemeColorName(ui.ColorBarStrong)
		if st.usd < 0 {
			paint = ui.ColorBarWeak
		}
		value := signedTotal(w.cur, st.usd)
		if st.blocked {
			value = "not known"
		}
		line(st.label, total, total+st.usd, paint, value, false)
		total += st.usd
	}
	r.dotted(at(total), y-rowHeight+barTop+barHeight, y+barTop)
	line(w.to.label, 0, w.to.usd, ui.RouteColor(w.to.kind), w.cur.Total(w.to.usd), true)
	canvas.Refresh(w)
}

func inkFor(strong bool) fyne.ThemeColorName {
	if strong {
		return ui.ColorInk
	}
	return ui.ColorInk2
}

// signedTotal keeps one more digit than an estimate does, so that the steps add up.
func signedTotal(cur format.Currency, usd float64) string {
	switch {
	case usd == 0:
		return "no change"
	case usd > 0:
		return "+ " + cur.Total(usd)
	}
	return format.Minus + " " + cur.Total(-usd)
}

func (r *waterfallRenderer) axis(low, high float64, at func(float64) float32, foot float32) {
	unit := niceCeil((high - low) / 4.0001)
	for v := math.Ceil(low/unit) * unit; v <= high*1.0001; v += unit {
		x := at(v)
		r.rect(ui.ColorGrid, x, 0, 1, foot)
		t := ui.NewText(ui.Caption, r.w.cur.Money(v)).In(ui.ColorInk3)
		if math.Abs(v) < unit/1000 {
			t = ui.NewText(ui.Caption, "0").In(ui.ColorInk3)
		}
		width := t.FullWidth()
		r.text(t, max(0, x-width/2), foot+4, width, ui.Scaled(16))
	}
	r.rect(ui.ColorControlBorder, 0, foot, at(high), 1)
}

func (r *waterfallRenderer) rect(role fyne.ThemeColorName, x, y, width, height float32) {
	o := canvas.NewRectangle(ui.Color(role))
	ui.Place(o, x, y, width, height)
	if height > 4 && width > 4 {
		o.CornerRadius = 1
	}
	r.objects = append(r.objects, o)
}

func (r *waterfallRenderer) text(t *ui.Text, x, y, width, height float32) {
	ui.Place(t, x, y, width, height)
	r.objects = append(r.objects, t)
}

// dotted draws an upright dotted line.
func (r *waterfallRenderer) dotted(x, top, foot float32) {
	for y := top; y < foot; y += 4 {
		r.rect(ui.ColorInk3, x, y, 1, min(2, foot-y))
	}
}
