package whatif

import (
	"fyne.io/fyne/v2"

	"hostwise/app/desktop/chart"
	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
)

// pane is one figure with what can be done with it.
type pane struct {
	*chart.Chart
	session *session.Session
	shell   *ui.Shell
	explain func() []paragraph
}

// paragraph is a part of an explanation.
type paragraph struct{ title, words, formula string }

// newPane returns the pane of a figure, its picture at least this large.
func newPane(s *session.Session, shell *ui.Shell, least fyne.Size, explain func() []paragraph) *pane {
	p := &pane{Chart: chart.New(least, shell.Run), session: s, shell: shell, explain: explain}
	p.View.SetProbe(p.Read)
	return p
}

// withActions puts the actions beside the figure's title.
func (p *pane) withActions() *pane {
	p.View.SetActions(p.explained, p.copy, p.save)
	return p
}

// explained says how the figure is worked out, and its finding in words.
func (p *pane) explained() {
	c := p.shell.Canvas()
	if c == nil {
		return
	}
	body := ui.Column(12)
	for _, x := range p.explain() {
		part := ui.Column(3)
		if x.title != "" {
			part.Add(ui.NewText(ui.BodyStrong, x.title).Wrapped())
		}
		if x.words != "" {
			part.Add(ui.NewText(ui.Secondary, x.words).In(ui.ColorInk2).Wrapped())
		}
		if x.formula != "" {
			part.Add(ui.NewText(ui.Code, x.formula).In(ui.ColorInk2).Wrapped())
		}
		body.Add(part)
	}
	if alt := p.Figure().Alt; alt != "" && p.Has() {
		body.Add(ui.Column(3, ui.NewText(ui.BodyStrong, "The picture in words"), ui.NewText(ui.Secondary, alt).In(ui.ColorInk2).Wrapped()))
	}
	scroll := ui.Scroll(ui.Inset(0, 14, 0, 0, body))
	scroll.SetMinSize(fyne.NewSize(100, min(ui.Scaled(360), c.Size().Height-220, body.MinSize().Height+ui.Scaled(120))))
	ui.ShowDialog(c, 560, "How it is worked out", scroll, func(d *ui.Dialog) []fyne.CanvasObject {
		return []fyne.CanvasObject{ui.NewButton(ui.Main, "Close", d.Close).WithKey("Esc")}
	})
}

// copy puts the figure's table on the clipboard.
func (p *pane) copy() { p.Copy(p.shell) }

// save asks where to put the figure, and writes it.
func (p *pane) save() { p.Save(p.session, p.shell, "what-if-"+p.Figure().ID) }
