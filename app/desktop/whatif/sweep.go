package whatif

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

const (
	mostSteps   = 25  // of one input
	mostRows    = 120 // of a sweep: what a person can read, and what keeps the table quick
	usualSteps  = 7
	secondSteps = 3
)

// sweepDraws are behind the chance of each row: enough to tell 60 of 100 from 75.
const sweepDraws = 100

// sweep runs one or two inputs through several values, as a table whose rows become cases.
type sweep struct {
	page  *page
	axes  [2]*sweepAxis
	run   *ui.Button
	halt  *ui.Button
	state *ui.Working
	note  *ui.Text

	title  *ui.Text
	head   *fyne.Container
	table  *fyne.Container
	all    *ui.CheckBox
	keep   *ui.Button
	copied *ui.Button
	foot   *fyne.Container
	empty  *ui.Text
	view   *container.Scroll

	cancel context.CancelFunc
	done   sweepResult
	ticks  []*ui.CheckBox
	old    bool // the case changed since
	laid   bool
}

// sweepResult is what a sweep found, and what it was asked.
type sweepResult struct {
	base calc.Scenario
	axes []calc.SweepAxis
	rows []calc.SweepCase
}

// sweepAxis asks for one input and its values.
type sweepAxis struct {
	sweep    *sweep
	path     string // "" = the second input is not wanted
	at       calc.Movable
	pick     *ui.Button
	clear    *ui.Button
	from, to *ui.Field
	steps    *ui.Field
	values   *ui.Field
	box      *fyne.Container
	details  *fyne.Container
}

func newSweep(p *page) *sweep {
	s := &sweep{page: p}
	s.axes[0], s.axes[1] = newSweepAxis(s, "Answer"), newSweepAxis(s, "Second answer")
	s.run = ui.NewButton(ui.Outline, "Work it out", s.start).WithIcon(ui.IconResults)
	s.halt = ui.NewButton(ui.Quiet, "Cancel", s.stop).Small()
	s.state = ui.NewWorking()
	s.note = ui.NewText(ui.Caption, "").In(ui.ColorInk3).Wrapped()
	s.halt.Hide()
	s.state.Hide()
	left := ui.Scroll(ui.Inset(16, 24, 20, margin, ui.Column(18,
		ui.NewText(ui.Secondary, "Run an answer through several values and see where the verdict changes. Rows you like become cases.").In(ui.ColorInk2).Wrapped(),
		s.axes[0].box, s.axes[1].box, ui.Row(8, s.run, s.halt), s.state, s.note)))

	s.title = ui.NewText(ui.Finding, "").Wrapped()
	s.head, s.table = ui.Column(0), ui.Column(0)
	s.empty = ui.NewText(ui.Secondary, "The rows appear here: each value with the verdict it gives, what every kind of route costs, and how sure that is.").In(ui.ColorInk2).Wrapped()
	s.all = ui.NewCheckBox("All", s.tickAll)
	s.keep = ui.NewButton(ui.Outline, "Keep as cases", s.keepTicked).Small()
	s.copied = ui.NewButton(ui.Quiet, "Copy as a table", s.copy).WithIcon(ui.IconCopy).Small()
	s.foot = ui.Wrap(12, 6, s.all, s.keep, s.copied)
	right := ui.Headed(0, ui.Inset(16, margin, 0, margin, ui.Column(8, s.title, s.empty, s.foot, s.head)), ui.Scroll(ui.Inset(0, margin, 20, margin, s.table)))
	s.view = ui.Scroll(container.New(splitLayout{}, left, ui.NewUpright(), right))
	s.showTable()
	return s
}

func newSweepAxis(s *sweep, name string) *sweepAxis {
	a := &sweepAxis{sweep: s}
	a.pick = ui.NewButton(ui.Outline, "Choose", a.choose).WithAfter(ui.IconDown).Titled(name)
	a.clear = ui.NewButton(ui.Tool, "", func() { s.use(1, "") }).WithIcon(ui.IconClose).Titled("Leave the second answer out")
	field := func(placeholder string) *ui.Field {
		f := ui.NewField("", func(string) {})
		f.SetPlaceholder(placeholder)
		f.OnSubmit = s.start
		return f
	}
	a.from, a.to, a.steps, a.values = field(""), field(""), field(""), field("10k; 20k; 50k")
	named := func(words string, f *ui.Field) fyne.CanvasObject {
		return ui.Column(2, ui.NewText(ui.Caption, words).In(ui.ColorInk3), f)
	}
	a.details = ui.Column(8, ui.Columns(8, named("from", a.from), named("to", a.to)),
		ui.Row(8, ui.Fixed(84, 0, named("steps", a.steps)), ui.Grow(named("or each value", a.values))))
	a.box = ui.Column(8, ui.NewText(ui.BodyStrong, name), ui.Row(8, a.pick, a.clear), a.details)
	ui.SetShown(a.details, false)
	ui.SetShown(a.clear, false)
	return a
}

// choose opens the search for an input.
func (a *sweepAxis) choose() {
	s := a.sweep
	i := slices.Index(s.axes[:], a)
	other := s.axes[1-i].path
	pickInput(s.page.shell, "Which answer?", movable(s.page.session.Scenario()), func(path string) string {
		if path == other {
			return "is swept already"
		}
		return ""
	}, func(path string) { s.use(i, path) })
}

// use sweeps an input, with values around where it stands; "" leaves the second one out.
func (s *sweep) use(i int, path string) {
	a := s.axes[i]
	a.path = path
	ui.SetShown(a.details, path != "")
	ui.SetShown(a.clear, path != "" && i == 1)
	if path == "" {
		a.pick.SetWords("None")
		s.view.Refresh()
		return
	}
	in := calc.InputAt(path)
	a.pick.SetWords(in.Label)
	scenario, today := s.page.trial.scenario(), s.page.session.Now()
	mover, ok := s.page.session.Assessor().(studies)
	if !ok {
		return
	}
	session.Work(context.Background(), s.page.session, func(context.Context) ([]calc.Movable, error) {
		return mover.Movable(scenario, []string{path}, nil, today), nil
	}, func(list []calc.Movable, _ error) {
		if a.path != path {
			return
		}
		a.at = calc.Movable{Path: path, Low: in.Min, High: in.Max}
		if len(list) == 1 {
			a.at = list[0]
		}
		write := func(v float64) string {
			return calc.FormatEntryWith(in, calc.Num(v), calc.EntryOptionsOf(scenario))
		}
		from, to := a.at.Low, a.at.High
		if a.at.Log { // a decade each way; the scale may reach further
			from, to = max(from, a.at.Now/10), min(to, a.at.Now*10)
		}
		a.from.Replace(write(from))
		a.to.Replace(write(to))
		a.steps.Replace(strconv.Itoa([]int{usualSteps, secondSteps}[i]))
		a.values.Replace("")
		s.view.Refresh()
	})
}

// read turns what was typed into values, and says at each field what is wrong with it.
func (a *sweepAxis) read() (axis calc.SweepAxis, ok bool) {
	for _, f := range []*ui.Field{a.from, a.to, a.steps, a.values} {
		f.SetProblem("")
	}
	axis.Path = a.path
	in, opt := calc.InputAt(a.path), calc.EntryOptionsOf(a.sweep.page.session.Scenario())
	number := func(f *ui.Field, text string) (float64, bool) {
		v, err := calc.ParseEntry(in, text, opt)
		switch {
		case err != nil:
			f.SetProblem(format.Sentence(err.Error()))
		case v.Null || calc.Unsure(text) || !v.Number.IsExact():
			f.SetProblem("Give one number here.")
		default:
			return v.Number.Likely, true
		}
		return 0, false
	}
	if text := strings.TrimSpace(a.values.Text()); text != "" {
		for _, part := range splitValues(text) {
			v, ok := number(a.values, part)
			if !ok {
				return axis, false
			}
			if !slices.Contains(axis.Values, v) {
				axis.Values = append(axis.Values, v)
			}
		}
		return axis, true
	}
	from, okFrom := number(a.from, a.from.Text())
	to, okTo := number(a.to, a.to.Text())
	n, err := strconv.Atoi(strings.TrimSpace(a.steps.Text()))
	if err != nil || n < 2 || n > mostSteps {
		a.steps.SetProblem(fmt.Sprintf("2 to %d steps.", mostSteps))
		return axis, false
	}
	if okFrom && okTo && from == to {
		a.to.SetProblem("This is where it begins.")
		return axis, false
	}
	axis.Values = calc.SweepValues(in, from, to, n, a.at.Log)
	return axis, okFrom && okTo
}

// splitValues cuts a list at semicolons, or else at commas: one between digits in groups of three belongs to a number
// such as 10,000.
func splitValues(text string) []string {
	cut := func(i int) bool { return text[i] == ';' }
	if !strings.Contains(text, ";") {
		cut = func(i int) bool { return text[i] == ',' && !groupsDigits(text, i) }
	}
	var out []string
	start := 0
	for i := range len(text) + 1 {
		if i < len(text) && !cut(i) {
			continue
		}
		if part := strings.TrimSpace(text[start:i]); part != "" {
			out = append(out, part)
		}
		start = i + 1
	}
	return out
}

// groupsDigits reports whether the comma at i stands before exactly three digits and after one.
func groupsDigits(text string, i int) bool {
	digit := func(k int) bool { return k >= 0 && k < len(text) && text[k] >= '0' && text[k] <= '9' }
	return digit(i-1) && digit(i+1) && digit(i+2) && digit(i+3) && !digit(i+4)
}

// start works the rows out.
func (s *sweep) start() {
	var axes []calc.SweepAxis
	n, ok := 1, true
	for _, a := range s.axes {
		if a.path == "" {
			continue
		}
		axis, good := a.read()
		ok = ok && good
		axes, n = append(axes, axis), n*len(axis.Values)
	}
	s.view.Refresh()
	studies, can := s.page.session.Assessor().(studies)
	switch {
	case !ok || !can || len(axes) == 0:
		return
	case n > mostRows:
		s.axes[len(axes)-1].steps.SetProblem(fmt.Sprintf("That makes %d rows; %d at most.", n, mostRows))
		s.view.Refresh()
		return
	}
	s.stop()
	ctx, cancel := context.WithCancel(context.Background())
	s.cancel = cancel
	base, opt := s.page.trial.scenario(), s.page.session.Options()
	opt.Draws = min(opt.Draws, sweepDraws)
	ui.SetShown(s.halt, true)
	ui.SetShown(s.state, true)
	s.state.Say(fmt.Sprintf("Working out %d rows …", n), 0)
	s.view.Refresh()
	tell := s.page.progress(ctx, func(share float64) { s.state.Say(fmt.Sprintf("Working out %d rows …", n), share) })
	session.Work(ctx, s.page.session, func(ctx context.Context) ([]calc.SweepCase, error) {
		return studies.SweepCases(ctx, base, axes, opt, tell)
	}, func(rows []calc.SweepCase, err error) {
		s.stop()
		if err != nil {
			s.note.SetText(format.Sentence(ui.Reason(err)))
			return
		}
		s.done, s.old = sweepResult{base, axes, rows}, false
		s.showTable()
	})
}

// progress brings what a study tells from its own goroutines to the window's.
func (p *page) progress(ctx context.Context, say func(share float64)) calc.Progress {
	return progress(ctx, p.shell.Run.Do, say)
}

func progress(ctx context.Context, do func(func()), say func(share float64)) calc.Progress {
	var mu sync.Mutex // the workers tell each for itself; what they tell is shown one after the other
	return func(done float64) {
		mu.Lock()
		defer mu.Unlock()
		do(func() {
			if ctx.Err() == nil {
				say(done)
			}
		})
	}
}

// stop ends a run that is under way.
func (s *sweep) stop() {
	if s.cancel != nil {
		s.cancel()
		s.cancel = nil
	}
	ui.SetShown(s.halt, false)
	ui.SetShown(s.state, false)
	s.view.Refresh()
}

// shown offers the first answer where none is chosen yet.
func (s *sweep) shown() {
	if !s.laid {
		s.laid = true
		path := "workload.calls_per_month"
		if len(s.page.paths) > 0 {
			path = s.page.paths[0]
		}
		s.use(0, path)
		s.use(1, "")
	}
	s.showNote()
}

// forget empties the table: it belonged to another case.
func (s *sweep) forget() {
	s.stop()
	s.laid, s.done, s.old = false, sweepResult{}, false
	s.showTable()
}

// outdate says that the case changed since.
func (s *sweep) outdate() {
	s.old = len(s.done.rows) > 0
	s.showNote()
}

func (s *sweep) showNote() {
	var words []string
	if n := s.page.trial.count(); n > 0 {
		words = append(words, "On top of the "+plural(n, "answer")+" that you try on the sliders.")
	}
	if s.old {
		words = append(words, "The case changed since these rows were worked out.")
	}
	s.note.SetText(strings.Join(words, " "))
}

// columns of the table: a tick, the values, who wins, each kind, the chance, and a way to the sliders.
func (s *sweep) columns() ui.TableColumns {
	c := ui.TableColumns{Widths: []float32{20}}
	for range s.done.axes {
		c.Widths = append(c.Widths, 84)
	}
	c.Widths = append(c.Widths, 0)
	for range s.kinds() {
		c.Drop = append(c.Drop, len(c.Widths))
		c.Widths = append(c.Widths, 66)
	}
	c.Widths = append(c.Widths, 70, 40)
	return c
}

// kinds are those that are open in some row.
func (s *sweep) kinds() []calc.RouteKind {
	var out []calc.RouteKind
	for _, k := range figure.KindOrder {
		if slices.ContainsFunc(s.done.rows, func(r calc.SweepCase) bool { _, ok := r.ByKind[k]; return ok }) {
			out = append(out, k)
		}
	}
	return out
}

// showTable lays the rows out.
func (s *sweep) showTable() {
	have := len(s.done.rows) > 0
	ui.SetShown(s.empty, !have)
	ui.SetShown(s.title, have)
	ui.SetShown(s.foot, have)
	s.ticks, s.head.Objects, s.table.Objects = nil, nil, nil
	if have {
		s.title.SetText(s.finding())
		s.all.SetOn(false)
		s.head.Objects = []fyne.CanvasObject{s.headRow(), ui.NewHairline()}
		for i := range s.done.rows {
			s.table.Add(s.row(i))
		}
	}
	s.showTicked()
	s.showNote()
	s.view.Refresh()
}

// finding says where the verdict changes along one swept answer, or how many answers there are.
func (s *sweep) finding() string {
	a, _ := s.page.session.Assessment()
	rows := s.done.rows
	if len(s.done.axes) == 1 {
		in := calc.InputAt(s.done.axes[0].Path)
		cur := figure.CurrencyOf(s.done.base)
		for i := 1; i < len(rows); i++ {
			if rows[i].Kind != rows[i-1].Kind {
				return fmt.Sprintf("Between %s and %s %s the verdict turns from %s to %s", quantity(in, rows[i-1].Values[0], cur),
					quantity(in, rows[i].Values[0], cur), format.Lowered(in.Label), turning(rows[i-1].Kind), turning(rows[i].Kind))
			}
		}
		return "Every value gives the same verdict: " + routeName(a, rows[0].Route)
	}
	counts := map[calc.RouteKind]int{}
	for _, r := range rows {
		counts[r.Kind]++
	}
	var parts []string
	for _, k := range append(slices.Clone(figure.KindOrder), "") {
		if counts[k] > 0 {
			parts = append(parts, fmt.Sprintf("%s in %d", kindOrNone(k), counts[k]))
		}
	}
	return fmt.Sprintf("Of %d rows: %s", len(rows), format.Listed(parts))
}

// turning names a kind as the end of a sentence.
func turning(k calc.RouteKind) string {
	if words, ok := turnsTo[k]; ok {
		return words
	}
	return "no route"
}

func kindOrNone(k calc.RouteKind) string {
	if name, ok := figure.KindNames[k]; ok {
		return name
	}
	return "no route"
}

func (s *sweep) headRow() fyne.CanvasObject {
	word := func(text string) *ui.Text { return ui.NewText(ui.Caption, text).In(ui.ColorInk3).Cut() }
	objects := []fyne.CanvasObject{word("")}
	for _, axis := range s.done.axes {
		objects = append(objects, word(calc.InputAt(axis.Path).Label).Right())
	}
	objects = append(objects, word("Cheapest"))
	for _, k := range s.kinds() {
		objects = append(objects, word(figure.KindNames[k]).Right())
	}
	objects = append(objects, word("wins of 100").Right(), word(""))
	return s.columns().Row(26, objects...)
}

// row is one line of the table: pressing it ticks it.
func (s *sweep) row(i int) fyne.CanvasObject {
	r, cur := s.done.rows[i], figure.CurrencyOf(s.done.base)
	a, _ := s.page.session.Assessment()
	tick := ui.NewCheckBox("", func(bool) { s.showTicked() })
	s.ticks = append(s.ticks, tick)
	objects := []fyne.CanvasObject{tick}
	for k, axis := range s.done.axes {
		objects = append(objects, ui.NewText(ui.BodyStrong, quantity(calc.InputAt(axis.Path), r.Values[k], cur)).Right())
	}
	objects = append(objects, ui.Row(7, ui.NewSwatch(string(r.Kind), false), ui.Grow(ui.NewText(ui.Body, routeName(a, r.Route)).Cut())))
	for _, k := range s.kinds() {
		words := format.Unknown
		if usd, ok := r.ByKind[k]; ok {
			words = cur.Money(usd)
		}
		text := ui.NewText(ui.Body, words).In(ui.ColorInk2).Right()
		if k == r.Kind {
			text = ui.NewText(ui.BodyStrong, words).Right()
		}
		objects = append(objects, text)
	}
	chance := format.Unknown
	if r.Chance != nil {
		chance = fmt.Sprint(int(*r.Chance*100 + 0.5))
	}
	try := ui.NewButton(ui.Link, "Try", func() { s.try(i) }).Small().Titled("Try " + s.name(i) + " on the sliders")
	objects = append(objects, ui.NewText(ui.Body, chance).In(ui.ColorInk2).Right(), try)
	return ui.NewPressable(s.columns().Row(30, objects...), func() {
		tick.SetOn(!tick.On())
		s.showTicked()
	})
}

// name is a row in words: "calls 20 k".
func (s *sweep) name(i int) string {
	var parts []string
	for k, axis := range s.done.axes {
		in := calc.InputAt(axis.Path)
		parts = append(parts, brief(in)+" "+quantity(in, s.done.rows[i].Values[k], figure.CurrencyOf(s.done.base)))
	}
	return strings.Join(parts, ", ")
}

// try puts a row on the sliders.
func (s *sweep) try(i int) {
	var paths []string
	for _, axis := range s.done.axes {
		paths = append(paths, axis.Path)
	}
	s.page.trial.setAll(paths, s.done.rows[i].Values)
	s.page.choose(partSliders)
}

func (s *sweep) ticked() []int {
	var out []int
	for i, t := range s.ticks {
		if t.On() {
			out = append(out, i)
		}
	}
	return out
}

func (s *sweep) tickAll(on bool) {
	for _, t := range s.ticks {
		t.SetOn(on)
	}
	s.showTicked()
}

func (s *sweep) showTicked() {
	n := len(s.ticked())
	s.keep.SetEnabled(n > 0)
	words := "Keep as cases"
	if n > 0 {
		words = "Keep " + plural(n, "row") + " as cases"
		if n == 1 {
			words = "Keep 1 row as a case"
		}
	}
	s.keep.SetWords(words)
	s.all.SetOn(n > 0 && n == len(s.ticks))
	s.foot.Refresh()
}

// keepTicked saves the ticked rows as cases named after what is different in them.
func (s *sweep) keepTicked() {
	var made []string
	paths := slices.Clone(s.page.trial.order)
	for _, axis := range s.done.axes {
		paths = append(slices.DeleteFunc(paths, func(p string) bool { return p == axis.Path }), axis.Path)
	}
	for _, i := range s.ticked() {
		scenario := calc.SweepScenario(s.done.base, s.done.axes, s.done.rows[i].Values)
		id, err := s.page.session.KeepAs(named(s.page.session, scenario, paths))
		if err != nil {
			s.page.session.Notify(session.Notice{Text: fmt.Sprintf("%s could not be saved as a case; %d were.", format.Sentence(s.name(i)), len(made)), Err: err})
			break
		}
		made = append(made, id)
	}
	if len(made) == 0 {
		return
	}
	s.tickAll(false)
	p := s.page
	p.shell.Toast(plural(len(made), "case")+" kept. They are in the library.", func() { deleteCases(p.session, made...) })
}

// copy puts the table on the clipboard.
func (s *sweep) copy() {
	s.page.shell.Copy(s.data().Tabbed(), "The table is on the clipboard; paste it into a sheet.")
}

// data is the table with every kind of route, exact to the cent.
func (s *sweep) data() figure.Table {
	var t figure.Table
	scenario := s.done.base
	opt, cur := calc.EntryOptionsOf(scenario), figure.CurrencyOf(scenario)
	a, _ := s.page.session.Assessment()
	for _, axis := range s.done.axes {
		t.Headers = append(t.Headers, calc.InputAt(axis.Path).Label)
	}
	t.Headers = append(t.Headers, "Cheapest route", "A month")
	for _, k := range s.kinds() {
		t.Headers = append(t.Headers, figure.KindNames[k]+", a month")
	}
	t.Headers = append(t.Headers, "Chance that this kind is the cheapest")
	for _, r := range s.done.rows {
		var row []string
		for k, axis := range s.done.axes {
			row = append(row, calc.FormatEntryWith(calc.InputAt(axis.Path), calc.Num(r.Values[k]), opt))
		}
		usd := format.Unknown
		if r.USD != nil {
			usd = cur.Exact(*r.USD)
		}
		row = append(row, routeName(a, r.Route), usd)
		for _, k := range s.kinds() {
			words := format.Unknown
			if v, ok := r.ByKind[k]; ok {
				words = cur.Exact(v)
			}
			row = append(row, words)
		}
		chance := format.Unknown
		if r.Chance != nil {
			chance = format.Chance(*r.Chance)
		}
		t.Rows = append(t.Rows, append(row, chance))
	}
	return t
}
