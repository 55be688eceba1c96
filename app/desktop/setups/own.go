package setups

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/chart"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
	"hostwise/calc/memory"
)

// ownView says how the case's own set-up feels to use, above the figure of what it takes.
type ownView struct {
	page    *Page
	scroll  *container.Scroll
	column  *fyne.Container
	chart   *chart.Chart
	command string
}

func newOwnView(p *Page) *ownView {
	v := &ownView{page: p, column: ui.Column(16)}
	v.chart = chart.New(fyne.NewSize(ui.Scaled(320), ui.Scaled(260)), p.shell.Run)
	v.chart.View.SetActions(func() { p.shell.Go(ui.PageResults, "capacity") }, func() { v.chart.Copy(p.shell) },
		func() { v.chart.Save(p.session, p.shell, "capacity") })
	v.scroll = ui.Scroll(ui.Inset(16, margin, 28, margin, v.column))
	return v
}

func (v *ownView) content() fyne.CanvasObject { return v.scroll }

// show says the newest answer.
func (v *ownView) show() {
	a, state := v.page.session.Assessment()
	v.column.Objects = nil
	switch {
	case a == nil && state.Err != nil:
		v.column.Add(ui.EmptyState(ui.IconWarning, "There is no answer yet", "Mend what is listed in the guide; the answer follows at once.",
			ui.NewButton(ui.Outline, "Open the guide", func() { v.page.shell.Go(ui.PageGuide, "") })))
	case a == nil:
		working := ui.NewWorking()
		working.Say("Working out the answer …", -1)
		v.column.Add(working)
	default:
		v.fill(a)
	}
	v.column.Refresh()
	v.scroll.Refresh()
}

func (v *ownView) fill(a *calc.Assessment) {
	d, t, c := a.Deployment, a.Throughput, a.Capacity
	v.command = d.LaunchCommand
	head := ui.Column(2, ui.NewText(ui.Finding, v.finding(a)).Wrapped(),
		ui.Wrap(8, 4, ui.NewText(ui.Secondary, v.ownLabel(a)).In(ui.ColorInk2), basisBadge(string(t.Basis))),
		ui.NewText(ui.Secondary, format.Capital(nearestWords(t))).In(ui.ColorInk3).Wrapped())
	v.column.Add(head)
	if !d.Fits {
		v.column.Add(ui.On(ui.ColorWarningGround, 6, ui.Pad(8, 12, ui.NewText(ui.Secondary, d.Why).Wrapped())))
	}
	s := v.page.session.Scenario()
	v.column.Add(tiles(
		tile("Calls a month it takes", takesText(t), takesWords(a, s)),
		tile("First token", format.Seconds(t.TTFT.Likely), spanned(t.TTFT, format.Seconds)+", without queue"+wished(c.MaxTTFT, "; wished: %s or less", format.Seconds)),
		tile("Tokens a second, each user", rate(t.PerUserTokS.Likely), spanned(t.PerUserTokS, rate)+wished(c.MinPerUser, "; wished: %s or more", rate)),
		tile("Seconds an answer", answerText(c), answerWords(c)),
	))
	v.column.Add(facts(
		fact{"What binds", format.Capital(bindWords[d.Binds])},
		fact{"Requests at once", d.SequencesWords},
		fact{"Room kept", a.Memory.RoomWords},
		fact{"Busy", busyWords(c)},
		fact{"Head-room", fullMonth(a, s.Likely("finance.horizon_months"), s.Likely("workload.growth_per_month"))},
		fact{"One more", format.Capital(c.OneMoreDevice)},
	))
	if d.LaunchCommand != "" {
		v.column.Add(commandBlock(d.LaunchCommand, v.copyCommand))
	}
	v.draw(a)
}

// finding is the answer in a sentence.
func (v *ownView) finding(a *calc.Assessment) string {
	c := a.Capacity
	calls := v.page.session.Scenario().Likely("workload.calls_per_month")
	takes := a.Throughput.CallsPerMonth
	switch {
	case a.Deployment.Fit == memory.No:
		return "Your set-up does not hold this model."
	case takes == nil && a.Deployment.Binds == "latency":
		return "No request can be served at the speed you wish, not even one alone."
	case takes == nil:
		return "Your set-up cannot serve one request of this length."
	case c.AnswerSeconds.P50 == nil:
		return fmt.Sprintf("%s calls a month are more than your set-up keeps up with.", format.Count(calls))
	}
	return fmt.Sprintf("An answer takes %s; your set-up takes %s times your calls.", format.Seconds(*c.AnswerSeconds.P50), format.Number(takes.Likely/calls, 2))
}

// ownLabel names the case's set-up.
func (v *ownView) ownLabel(a *calc.Assessment) string {
	d, n := a.Deployment, names{v.page.session.Catalogue(), map[string]string{}}
	words := []string{d.DeviceLabel, n.of(calc.PrecisionRef, d.Precision), n.of(calc.EngineRef, d.Engine) + " " + d.EngineVersion}
	if d.Replicas > 1 {
		words = append(words, fmt.Sprintf("%d replicas on %s", d.Replicas, servers(d.Servers)))
	}
	return strings.Join(words, ", ")
}

func servers(n int) string {
	if n == 1 {
		return "1 server"
	}
	return fmt.Sprintf("%d servers", n)
}

func nearestWords(t calc.Throughput) string {
	if t.Nearest == "" {
		return string(t.Basis) + "; no measured run is near"
	}
	return string(t.Basis) + "; nearest run: " + t.Nearest
}

// takesText is the calls a month, where any can be served.
func takesText(t calc.Throughput) string {
	if t.CallsPerMonth == nil {
		return format.Unknown
	}
	return format.Count(t.CallsPerMonth.Likely)
}

// answerText is the seconds of an answer with the queue, where any can be served as wished.
func answerText(c calc.Capacity) string {
	if c.CannotServe != "" {
		return format.Unknown
	}
	return seconds(c.AnswerSeconds.P50)
}

// answerWords say what goes with it: the queue, or the speed that there would be without the wishes.
func answerWords(c calc.Capacity) string {
	switch {
	case c.CannotServe == "":
		return "half are done by then; 9 in 10 by " + seconds(c.AnswerSeconds.P90) + ". Queue: " + c.QueueModel
	case c.Alone != nil:
		return "not at the speed you wish; without the wish a request alone takes " + format.Seconds(c.Alone.AnswerSeconds)
	}
	return "no speed is known here"
}

// busyWords is the share of the month that the devices are busy, or why there is none.
func busyWords(c calc.Capacity) string {
	if c.BusyShare == nil {
		return format.Unknown + "; no request can be served as wished"
	}
	return format.Share(*c.BusyShare) + " of the month"
}

// unmetWords is the wish that cannot be kept, without its key.
func unmetWords(reason string) string {
	if _, rest, ok := strings.Cut(reason, ": "); ok {
		return rest
	}
	return reason
}

// takesWords sets what the deployment takes beside what is asked of it.
func takesWords(a *calc.Assessment, s calc.Scenario) string {
	if a.Throughput.CallsPerMonth == nil {
		return "none as wished: " + unmetWords(a.Capacity.CannotServe)
	}
	words := spanned(*a.Throughput.CallsPerMonth, format.Count)
	if a.Capacity.Spare > 0 {
		words += fmt.Sprintf(", %d spare not counted", a.Capacity.Spare)
	}
	return words + "; asked: " + format.Count(s.Likely("workload.calls_per_month"))
}

// wished appends a wish where there is one.
func wished(v float64, words string, write func(float64) string) string {
	if v <= 0 {
		return ""
	}
	return fmt.Sprintf(words, write(v))
}

// draw describes the capacity figure and asks for its picture.
func (v *ownView) draw(a *calc.Assessment) {
	fig, err := figure.Build("capacity", a, figure.BuildOptions{Currency: v.page.currency(), Precision: a.Deployment.Precision})
	v.chart.View.SetTitle(fig.Title, fig.Subtitle)
	v.column.Add(ui.Fixed(0, 330, v.chart.View))
	v.chart.Set(fig, err)
}

// copyCommand puts the launch command on the clipboard.
func (v *ownView) copyCommand() { copyLaunch(v.page, v.command) }

func copyLaunch(p *Page, command string) {
	if command == "" {
		p.shell.Toast("There is no launch command for this set-up.", nil)
		return
	}
	p.shell.Copy(command, "The launch command is on the clipboard. "+checkFlags)
}

// tile is one figure of how it feels: its name, the number, and what goes with it.
func tile(name, value, words string) fyne.CanvasObject {
	return ui.Column(2, ui.NewText(ui.Caption, name).In(ui.ColorInk3).Cut(), ui.NewText(ui.Finding, value),
		ui.NewText(ui.Caption, words).In(ui.ColorInk2).Wrapped())
}

// tiles sets figures side by side, two by two where there is less room.
func tiles(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&tilesLayout{}, objects...)
}

type tilesLayout struct{ width float32 }

const tileGap = 28

func (l *tilesLayout) place(o []fyne.CanvasObject, width float32, move bool) float32 {
	n := len(o)
	for n > 1 && (width-tileGap*float32(n-1))/float32(n) < ui.Scaled(170) {
		n = (n + 1) / 2
	}
	each := (width - tileGap*float32(n-1)) / float32(n)
	y := float32(0)
	for i := 0; i < len(o); i += n {
		row := o[i:min(i+n, len(o))]
		high := float32(0)
		for _, x := range row {
			high = max(high, ui.HeightAt(x, each))
		}
		for j, x := range row {
			if move {
				ui.Place(x, float32(j)*(each+tileGap), y, each, high)
			}
		}
		y += high + 12
	}
	return max(0, y-12)
}

// HeightAt implements ui.FlowLayout.
func (l *tilesLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	return l.place(o, width, false)
}

func (l *tilesLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	w := ui.Scaled(170)
	return fyne.NewSize(w, l.place(o, max(w, l.width), false))
}

func (l *tilesLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	l.place(o, s.Width, true)
}

// fact is a name with its value; one without a value is left out.
type fact struct{ name, value string }

// factWidth is the width of the names at 100 %.
const factWidth = 120

func facts(list ...fact) *fyne.Container {
	col := ui.Column(4)
	for _, f := range list {
		if f.value != "" {
			col.Add(container.New(factLayout{width: factWidth}, ui.NewText(ui.Secondary, f.name).In(ui.ColorInk3).Cut(), ui.NewText(ui.Secondary, f.value).Wrapped()))
		}
	}
	return col
}

// factLayout hangs a value beside its name.
type factLayout struct{ width float32 }

// HeightAt implements ui.FlowLayout.
func (l factLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	return max(o[0].MinSize().Height, ui.HeightAt(o[1], width-ui.Scaled(l.width)))
}

func (l factLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(ui.Scaled(l.width)+60, o[0].MinSize().Height)
}

func (l factLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	in := ui.Scaled(l.width)
	ui.Place(o[0], 0, 0, in-8, o[0].MinSize().Height)
	ui.Place(o[1], in, 0, s.Width-in, s.Height)
}

// commandBlock is a launch command with its button, and the warning that goes with every one.
func commandBlock(command string, copy func()) fyne.CanvasObject {
	button := ui.NewButton(ui.Outline, "Copy", copy).WithIcon(ui.IconCopy).WithKey("C").Small()
	button.Titled("Copy the launch command")
	head := ui.Row(8, ui.NewText(ui.BodyStrong, "Launch command"), ui.Spring(), button)
	return ui.Column(6, head, ui.On(ui.ColorPanel, 6, ui.Pad(8, 12, ui.NewText(ui.Code, command).Wrapped())),
		ui.NewText(ui.Caption, checkFlags).In(ui.ColorWarning).Wrapped())
}

// basisBadge is the evidence behind a speed.
func basisBadge(basis string) fyne.CanvasObject {
	switch basis {
	case "measured":
		return ui.NewBadge("measured")
	case "interpolated", "scaled":
		return ui.NewBadge("likely")
	}
	return ui.NewBadge("speculation")
}
