package compare

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
)

// mostOffered is how many cases are offered at once; typing narrows them.
const mostOffered = 9

// chooser asks for a case to add, found by typing.
type chooser struct {
	page   *Page
	cases  []session.Case // those not yet compared, newest edit first
	shown  []session.Case
	field  *ui.Field
	rows   *fyne.Container
	lines  []*ui.Pressable
	at     int
	dialog *ui.Dialog
}

// add offers the cases that are not yet here, newest first.
func (p *Page) add() {
	c := p.shell.Canvas()
	if c == nil {
		return
	}
	cases, err := p.session.Cases(context.Background(), "")
	if err != nil {
		p.session.Notify(session.Notice{Text: "The saved cases could not be listed.", Err: err})
		return
	}
	ch := &chooser{page: p, rows: ui.Column(2)}
	ch.cases = slices.DeleteFunc(cases, func(x session.Case) bool { return slices.Contains(p.ids(), x.ID) })
	ch.field = ui.NewSearchField("A name, a tag, a model …", func(string) { ch.search() })
	ch.field.OnSubmit = func() { ch.take(ch.at) }
	ch.field.OnKey = ch.key
	ch.field.OnEscape = func() { ch.dialog.Close() }
	body := ui.Column(10, ch.field, ui.Fixed(0, ui.Scaled(44)*mostOffered, ch.rows))
	ch.dialog = ui.ShowDialog(c, 560, "Add a case", body, func(d *ui.Dialog) []fyne.CanvasObject {
		return []fyne.CanvasObject{
			ui.NewButton(ui.Outline, "Duplicate the first case", func() { d.Close(); p.duplicateBase() }).WithIcon(ui.IconDuplicate),
			ui.NewButton(ui.Outline, "Close", d.Close).WithKey("Esc"),
		}
	})
	ch.search()
	c.Focus(ch.field.Focusable())
}

// search lists the cases that match every word, as the library does.
func (ch *chooser) search() {
	words := strings.TrimSpace(ch.field.Text())
	if words == "" {
		ch.show(ch.cases)
		return
	}
	s := ch.page.session
	session.Work(context.Background(), s, func(ctx context.Context) ([]string, error) {
		return s.FindCases(ctx, words)
	}, func(ids []string, err error) {
		if err != nil {
			s.Notify(session.Notice{Text: "The saved cases could not be searched.", Err: err})
			return
		}
		if strings.TrimSpace(ch.field.Text()) != words {
			return // a later key asks anew
		}
		match := make(map[string]bool, len(ids))
		for _, id := range ids {
			match[id] = true
		}
		var found []session.Case
		for _, c := range ch.cases {
			if match[c.ID] && len(found) < mostOffered {
				found = append(found, c)
			}
		}
		ch.show(found)
	})
}

func (ch *chooser) show(cases []session.Case) {
	ch.shown, ch.at = cases[:min(len(cases), mostOffered)], 0
	ch.rows.Objects, ch.lines = nil, nil
	for i, c := range ch.shown {
		name := c.Name
		if name == "" {
			name = "Untitled case"
		}
		words := ui.Column(0, ui.NewText(ui.Body, name).Cut(), ui.NewText(ui.Caption, c.Summary.Headline).In(ui.ColorInk3).Cut())
		line := ui.NewPressable(ui.Pad(4, 10, words), func() { ch.take(i) })
		ch.lines = append(ch.lines, line)
		ch.rows.Add(line)
	}
	if len(ch.shown) == 0 {
		ch.rows.Add(ui.NewText(ui.Body, "No other case matches").In(ui.ColorInk3))
	}
	ch.mark()
	ch.rows.Refresh()
}

func (ch *chooser) mark() {
	for i, l := range ch.lines {
		l.SetChosen(i == ch.at)
	}
	if ch.at < len(ch.lines) {
		ui.Reveal(ch.lines[ch.at])
	}
}

func (ch *chooser) key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyDown:
		ch.at = min(ch.at+1, len(ch.shown)-1)
	case fyne.KeyUp:
		ch.at = max(ch.at-1, 0)
	default:
		return false
	}
	ch.mark()
	return true
}

func (ch *chooser) take(i int) {
	if i < 0 || i >= len(ch.shown) {
		return
	}
	ch.dialog.Close()
	ch.page.set(append(ch.page.ids(), ch.shown[i].ID))
}
