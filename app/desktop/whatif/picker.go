package whatif

import (
	"strings"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
	"hostwise/calc"
)

// mostPicked is how many inputs the search shows at once.
const mostPicked = 8

// pickInput opens a search over inputs. Words find labels and questions; arrows choose, Enter takes, Escape leaves.
func pickInput(shell *ui.Shell, title string, from []*calc.Input, taken func(path string) string, done func(path string)) {
	c := shell.Canvas()
	if c == nil || c.Overlays().Top() != nil {
		return
	}
	p := &picker{from: from, taken: taken, done: done, rows: ui.Column(2)}
	p.field = ui.NewSearchField("Calls, price, tokens, staff …", func(string) { p.search() })
	p.field.OnSubmit = func() { p.pick(p.at) }
	p.field.OnKey = p.key
	p.field.OnEscape = func() { p.dialog.Close() }
	p.dialog = ui.ShowDialog(c, 520, title, ui.Column(10, p.field, ui.Fixed(0, 46*mostPicked, p.rows)), func(d *ui.Dialog) []fyne.CanvasObject {
		return []fyne.CanvasObject{ui.NewButton(ui.Outline, "Close", d.Close).WithKey("Esc")}
	})
	p.search()
	c.Focus(p.field.Focusable())
}

// picker is the state of an open search.
type picker struct {
	dialog *ui.Dialog
	field  *ui.Field
	from   []*calc.Input
	found  []*calc.Input
	taken  func(path string) string // why an input cannot be taken, "" where it can
	done   func(path string)
	rows   *fyne.Container
	lines  []*ui.Pressable
	at     int
}

func (p *picker) search() {
	p.found, p.at = matching(p.from, p.field.Text()), 0
	p.found = p.found[:min(len(p.found), mostPicked)]
	for p.at+1 < len(p.found) && p.taken(p.found[p.at].Path) != "" {
		p.at++
	}
	p.rows.Objects, p.lines = nil, nil
	for i, in := range p.found {
		detail := in.Question
		if why := p.taken(in.Path); why != "" {
			detail = why
		}
		line := ui.NewPressable(ui.Pad(3, 10, ui.Column(0,
			ui.NewText(ui.Body, in.Label).Cut(), ui.NewText(ui.Caption, detail).In(ui.ColorInk3).Cut())), func() { p.pick(i) })
		p.lines = append(p.lines, line)
		p.rows.Add(line)
	}
	if len(p.found) == 0 {
		p.rows.Add(ui.NewText(ui.Body, "No number of this case has that name").In(ui.ColorInk3))
	}
	p.mark()
	p.rows.Refresh()
}

func (p *picker) mark() {
	for i, l := range p.lines {
		l.SetChosen(i == p.at)
	}
}

func (p *picker) key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyDown:
		p.at = min(p.at+1, len(p.found)-1)
	case fyne.KeyUp:
		p.at = max(p.at-1, 0)
	default:
		return false
	}
	p.mark()
	return true
}

func (p *picker) pick(i int) {
	if i < 0 || i >= len(p.found) || p.taken(p.found[i].Path) != "" {
		return
	}
	p.dialog.Close()
	p.done(p.found[i].Path)
}

// matching are the inputs in which every word typed begins a word, those with the words in their label first.
func matching(from []*calc.Input, typed string) []*calc.Input {
	words := strings.Fields(strings.ToLower(typed))
	var first, rest []*calc.Input
	for _, in := range from {
		switch {
		case beginsAll(in.Label, words):
			first = append(first, in)
		case beginsAll(in.Label+" "+in.Question+" "+in.Help+" "+in.Path, words):
			rest = append(rest, in)
		}
	}
	return append(first, rest...)
}

// beginsAll reports whether each word begins a word of the text.
func beginsAll(text string, words []string) bool {
	parts := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" ,.;:?()/_-\"", r) })
	for _, w := range words {
		found := false
		for _, p := range parts {
			found = found || strings.HasPrefix(p, w)
		}
		if !found {
			return false
		}
	}
	return true
}
