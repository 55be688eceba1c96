package setups

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// detail is the panel of one set-up: everything that is known of it and what can be done with it. What a table's row
// does not hold comes from the assessment of the case on this set-up.
type detail struct {
	page   *Page
	panel  *fyne.Container
	column *fyne.Container
	scroll *container.Scroll
	job    job
	closed func()

	o *calc.SetupOption // that is shown, nil for none
	s calc.Scenario     // the case it is looked at for
	a *calc.Assessment  // of s on o, nil while it is worked out
}

func newDetail(p *Page, closed func()) *detail {
	d := &detail{page: p, column: ui.Column(10), closed: closed}
	d.job = job{session: p.session, run: p.shell.Run, changed: func() {}}
	d.scroll = ui.Scroll(ui.Inset(14, 18, 20, 18, d.column))
	d.panel = ui.SidePanel(sideWidth, d.scroll)
	d.panel.Hide()
	return d
}

// open shows a set-up for a case.
func (d *detail) open(o *calc.SetupOption, s calc.Scenario) {
	d.o, d.s, d.a = o, s, nil
	d.panel.Show()
	on := o.Use(s)
	start(&d.job, func(ctx context.Context, _ func(float64)) (*calc.Assessment, error) {
		opt := d.page.session.Options()
		opt.Quick, opt.Draws = true, 0
		return d.page.session.Assessor().Assess(ctx, on, opt)
	}, func(a *calc.Assessment, err error) {
		if err == nil {
			d.a = a
		}
		d.fill(err)
	})
	if d.a == nil {
		d.fill(nil)
	}
	d.scroll.ScrollToTop()
}

// close takes the panel away.
func (d *detail) close() {
	d.job.stop()
	d.o, d.a = nil, nil
	d.panel.Hide()
	d.closed()
}

// key answers the keys of the panel.
func (d *detail) key(e *fyne.KeyEvent) bool {
	if d.o == nil {
		return false
	}
	switch e.Name {
	case fyne.KeyC:
		d.copyCommand()
	case fyne.KeyU:
		d.page.use(d.o)
	case fyne.KeyK:
		d.page.keep(d.o)
	case fyne.KeyEscape:
		d.close()
	default:
		return false
	}
	return true
}

func (d *detail) copyCommand() {
	if d.a != nil {
		copyLaunch(d.page, d.a.Deployment.LaunchCommand)
	}
}

// fill writes the panel.
func (d *detail) fill(err error) {
	o := d.o
	if o == nil {
		return
	}
	col := d.column
	col.Objects = nil
	col.Add(ui.Row(8, ui.Grow(ui.NewText(ui.PanelTitle, o.Label).Wrapped()), ui.NewIconButton(ui.IconClose, "Close", d.close)))
	col.Add(ui.Wrap(6, 4, ui.NewTag(fitWords[string(o.Fit)]), ui.NewBadge(string(o.Evidence))))
	for _, reason := range o.Reasons() {
		col.Add(ui.On(ui.ColorWarningGround, 6, ui.Pad(6, 10, ui.NewText(ui.Secondary, "Kept out: "+lower(reasonWords(reason))+".").Wrapped())))
	}
	col.Add(ui.Wrap(8, 6,
		ui.NewButton(ui.Main, "Use this set-up", func() { d.page.use(o) }).WithKey("U"),
		ui.NewButton(ui.Outline, "Keep as new case", func() { d.page.keep(o) }).WithKey("K")))
	col.Add(facts(d.costs()...))
	col.Add(ui.NewHairline())
	col.Add(facts(d.feels()...))
	switch {
	case d.a != nil:
		col.Add(ui.NewHairline())
		col.Add(facts(d.fits()...))
		if d.a.Deployment.LaunchCommand != "" {
			col.Add(commandBlock(d.a.Deployment.LaunchCommand, d.copyCommand))
		}
	case err != nil:
		col.Add(ui.NewText(ui.Secondary, "The rest could not be worked out: "+err.Error()).In(ui.ColorWarning).Wrapped())
	default:
		working := ui.NewWorking()
		working.Say("Working out the rest …", -1)
		col.Add(working)
	}
	for _, note := range o.Notes {
		col.Add(ui.NewText(ui.Caption, format.Capital(strings.TrimSuffix(note, "."))+".").In(ui.ColorInk2).Wrapped())
	}
	col.Refresh()
	d.panel.Refresh()
}

// costs are what the set-up costs at the case's demand.
func (d *detail) costs() []fact {
	o, cur := d.o, d.page.currency()
	if o.Replicas == 0 {
		return nil
	}
	way := func(v *float64, blocked []string) string {
		var words []string
		if v != nil {
			words = append(words, cur.Total(*v)+" a month")
		}
		for _, reason := range blocked {
			words = append(words, reasonWords(reason))
		}
		return strings.Join(words, ". ")
	}
	lead := ""
	if o.LeadTime != nil {
		lead = format.Between(format.Number(o.LeadTime.Low, 2), format.Number(o.LeadTime.High, 2)) + " weeks"
	}
	return []fact{
		{"Replicas", fmt.Sprintf("%s, on %s", format.Whole(float64(o.Replicas)), servers(o.Servers))},
		{"To own", way(o.OwnUSD, o.OwnBlockedBy)}, {"To rent", way(o.RentUSD, o.RentBlockedBy)},
		{"Up front", money(o.Upfront, cur)}, {"Power", format.Number(o.PowerKW, 2) + " kW"}, {"Arrives in", lead},
	}
}

// feels are how fast it is.
func (d *detail) feels() []fact {
	o := d.o
	if o.Replicas == 0 {
		return []fact{{"One request", rate(o.PerUser) + " tokens a second"}, {"First token", format.Seconds(o.TTFT)}, {"Layout", format.Capital(o.LayoutWords)}}
	}
	queue := ""
	if d.a != nil {
		queue = " (" + d.a.Capacity.QueueModel + ")"
	}
	return []fact{
		{"Takes", format.Count(o.Calls) + " calls a month"},
		{"Each user", rate(o.PerUser) + " tokens a second"},
		{"First token", format.Seconds(o.TTFT) + ", without queue"},
		{"An answer", fmt.Sprintf("%s for half, %s for 9 in 10%s", seconds(o.Answer.P50), seconds(o.Answer.P90), queue)},
		{"Layout", format.Capital(o.LayoutWords)},
		{"Speed is", o.Basis},
		{"Nearest run", o.Nearest},
	}
}

// fits are why it fits, what binds, and what lies beside it.
func (d *detail) fits() []fact {
	dep, c := d.a.Deployment, d.a.Capacity
	beside := func(n *calc.Neighbour) string {
		if n == nil {
			return ""
		}
		return n.Words
	}
	return []fact{
		{"Why it fits", dep.Why},
		{"What binds", format.Capital(bindWords[dep.Binds])},
		{"Next smaller", beside(dep.NextSmaller)},
		{"Next larger", beside(dep.NextLarger)},
		{"One more", format.Capital(c.OneMoreDevice)},
		{"Head-room", fullMonth(d.a, d.s.Likely("finance.horizon_months"), d.s.Likely("workload.growth_per_month"))},
		{"In host memory", hostWords(dep.HostBytes)},
	}
}

func hostWords(bytes float64) string {
	if bytes <= 0 {
		return ""
	}
	return format.Bytes(bytes)
}

// lower begins with a small letter inside a sentence.
func lower(s string) string {
	if len(s) < 2 || s[1] >= 'A' && s[1] <= 'Z' || strings.HasPrefix(s, "R1") {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
