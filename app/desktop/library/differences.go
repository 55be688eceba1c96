package library

import (
	"fmt"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// showDifferences lists what is different between an old revision and the newest, with the verdict that each gave.
func (n *panel) showDifferences(old, newest session.Revision) {
	c := n.page.shell.Canvas()
	if c == nil {
		return
	}
	rows := ui.Column(0, differenceRow("", fmt.Sprintf("Revision %d", old.Number), fmt.Sprintf("Revision %d, the newest", newest.Number), true),
		ui.NewHairline())
	for _, ch := range calc.Diff(old.Scenario, newest.Scenario) {
		rows.Add(differenceRow(ch.Label, shortened(ch.FromText), shortened(ch.ToText), false))
	}
	if len(rows.Objects) == 2 {
		rows.Add(ui.Pad(8, 0, ui.NewText(ui.Body, "The answers are the same.").In(ui.ColorInk2)))
	}
	rows.Add(ui.NewHairline())
	rows.Add(differenceRow("Verdict", VerdictWords(old.Summary), VerdictWords(newest.Summary), false))
	rows.Add(differenceRow("A month, likely", costWords(old.Summary), costWords(newest.Summary), false))
	title := fmt.Sprintf("Revision %d and now", old.Number)
	ui.ShowDialog(c, 720, title, rows, func(d *ui.Dialog) []fyne.CanvasObject {
		return []fyne.CanvasObject{
			ui.NewButton(ui.Outline, "Keep as new case", func() { d.Close(); n.keepRevision(old) }).WithIcon(ui.IconDuplicate),
			ui.NewButton(ui.Outline, fmt.Sprintf("Restore revision %d", old.Number), func() { d.Close(); n.restoreChosen() }).WithIcon(ui.IconRestore),
			ui.NewButton(ui.Main, "Close", d.Close).WithKey("Esc"),
		}
	})
}

func differenceRow(label, from, to string, head bool) fyne.CanvasObject {
	style, color := ui.Secondary, fyne.ThemeColorName(ui.ColorInk)
	if head {
		style, color = ui.Caption, ui.ColorInk3
	}
	return ui.Pad(5, 0, ui.Columns(16, ui.NewText(ui.Secondary, label).In(ui.ColorInk2).Wrapped(),
		ui.NewText(style, from).In(color).Wrapped(), ui.NewText(style, to).In(color).Wrapped()))
}

func costWords(s session.Summary) string {
	if s.Monthly == nil {
		return format.Unknown
	}
	return format.Money(s.Monthly.Likely)
}

// keepRevision saves an old revision as a case of its own, so that Compare can set it beside the newest.
func (n *panel) keepRevision(r session.Revision) {
	name := fmt.Sprintf("%s, revision %d", session.NameOf(r.Scenario), r.Number)
	name = n.page.session.FreeName(name)
	if _, err := n.page.session.KeepAs(r.Scenario.With("name", calc.Str(name))); err != nil {
		n.page.session.Notify(session.Notice{Text: "The revision could not be kept as a case.", Err: err})
		return
	}
	n.page.shell.Toast("Kept as "+name, nil)
}
