package guide

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

// evidenceRow says what an answer rests on: the person's own word, or the default with its evidence, source and
// date. The source opens its text.
func (p *Page) evidenceRow(in *calc.Input) fyne.CanvasObject {
	s := p.session.Scenario()
	_, given := p.own(in)
	row := ui.Wrap(8, 6)
	if given {
		row.Add(ui.NewBadge(string(catalog.Yours)))
	}
	words := "default " + short(in, in.Default, p.session.CaseCatalogue(), figure.CurrencyOf(s))
	if in.Default.Null {
		words = "default " + wordsFromCatalogue
	}
	row.Add(ui.NewText(ui.Secondary, words).In(ui.ColorInk2))
	row.Add(ui.NewBadge(string(in.Evidence)))
	row.Add(ui.NewButton(ui.Link, shortSource(in.Source)+", "+ui.Here().Day(in.AsOf), func() { p.showSource(in) }).Styled(ui.Secondary).
		Titled(sourceName(in)))
	if given {
		row.Add(ui.NewButton(ui.Link, wordsUseDefault, func() {
			p.leaveField()
			p.drop(in)
			p.session.Reset(in.Path)
			p.focus()
		}).WithIcon(ui.IconRestore).Styled(ui.Secondary))
	}
	return row
}

// shortSource is a source as it fits on a line: up to the last part that has room, whole words in any case.
func shortSource(source string) string {
	const most = 52
	runes := []rune(source)
	if len(runes) <= most {
		return source
	}
	head := string(runes[:most])
	if i := strings.LastIndexAny(head, ",;:("); i > most/3 {
		return strings.TrimSpace(head[:i])
	}
	if i := strings.LastIndex(head, " "); i > 0 {
		head = head[:i]
	}
	return head + " …"
}

// showSource opens what a default rests on.
func (p *Page) showSource(in *calc.Input) {
	c := p.canvas()
	if c == nil {
		return
	}
	body := ui.Column(10,
		ui.Row(8, ui.NewBadge(string(in.Evidence)), ui.NewText(ui.Secondary, "as of "+ui.Here().Day(in.AsOf)).In(ui.ColorInk2)),
		ui.NewText(ui.Body, in.Source).Wrapped())
	if in.Note != "" {
		body.Add(ui.NewText(ui.Body, format.Sentence(in.Note)).In(ui.ColorInk2).Wrapped())
	}
	if in.Spread != nil {
		opt := p.entryOptions()
		write := func(v float64) string { return calc.FormatEntryWith(in, calc.Num(v), opt) }
		body.Add(ui.NewText(ui.Body, fmt.Sprintf("8 times in 10 between %s and %s.", write(in.Spread.Low), write(in.Spread.High))).In(ui.ColorInk2).Wrapped())
	}
	body.Add(ui.NewText(ui.Secondary, evidenceMeaning[in.Evidence]).In(ui.ColorInk3).Wrapped())
	ui.ShowDialog(c, 480, sourceTitle(in), body, func(d *ui.Dialog) []fyne.CanvasObject {
		return []fyne.CanvasObject{ui.NewButton(ui.Main, wordsClose, d.Close).WithKey("Esc")}
	})
}
