package library

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/calc"
)

// tagged is how many of some cases bear a tag.
type tagged struct {
	tag string
	n   int
}

// tagsOf counts the tags of the cases with these ids, and lists after them those that only others bear; the most
// frequent first.
func tagsOf(all []session.Case, ids map[string]bool) []tagged {
	count := map[string]int{}
	for _, c := range all {
		for _, t := range c.Tags {
			if ids[c.ID] {
				count[t]++
			} else {
				count[t] += 0
			}
		}
	}
	out := make([]tagged, 0, len(count))
	for t, n := range count {
		out = append(out, tagged{t, n})
	}
	slices.SortFunc(out, func(a, b tagged) int { return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.tag, b.tag)) })
	return out
}

// tagMarked asks which tags the marked cases shall bear.
func (p *Page) tagMarked() {
	c := p.shell.Canvas()
	if c == nil || len(p.marked) == 0 {
		return
	}
	chips := ui.Wrap(8, 8)
	var dialog *ui.Dialog
	var show func()
	show = func() {
		chips.Objects = nil
		for _, t := range tagsOf(p.every, p.marked)[:min(len(tagsOf(p.every, p.marked)), mostOffered)] {
			on := t.n == len(p.marked)
			chip := ui.NewChip(t.tag, fmt.Sprintf("%d of %d", t.n, len(p.marked)), func() { p.setTag(t.tag, !on); show() })
			chip.SetChosen(on)
			chips.Add(chip)
		}
		chips.Refresh()
		if dialog != nil {
			dialog.Refresh()
		}
	}
	show()
	field := ui.NewField("", nil)
	field.SetPlaceholder("A new tag, then Enter")
	field.OnSubmit = func() {
		if t := strings.TrimSpace(field.Text()); t != "" {
			p.setTag(t, true)
			field.Replace("")
			show()
		}
	}
	body := ui.Column(12, ui.NewText(ui.Secondary, "A tag that is pressed is given to every marked case; pressed again, it is taken from them.").In(ui.ColorInk2).Wrapped(),
		chips, field)
	dialog = ui.ShowDialog(c, 480, fmt.Sprintf("Tags of %d cases", len(p.marked)), body, func(d *ui.Dialog) []fyne.CanvasObject {
		return []fyne.CanvasObject{ui.NewButton(ui.Main, "Done", d.Close).WithKey("Esc")}
	})
	p.shell.Run.Do(func() { c.Focus(field.Focusable()) }) // after the letter that opened this, which would be typed there
}

// mostOffered is how many tags the dialog offers; others are typed.
const mostOffered = 24

// setTag gives a tag to every marked case, or takes it from them, as one step of undo.
func (p *Page) setTag(tag string, on bool) {
	changed, every := map[string]calc.Value{}, slices.Clone(p.every)
	for _, id := range p.markedIDs() {
		i := slices.IndexFunc(p.every, func(c session.Case) bool { return c.ID == id })
		if i < 0 {
			continue
		}
		has := slices.ContainsFunc(p.every[i].Tags, func(t string) bool { return strings.EqualFold(t, tag) })
		if has == on {
			continue
		}
		tags := slices.DeleteFunc(slices.Clone(p.every[i].Tags), func(t string) bool { return strings.EqualFold(t, tag) })
		if on {
			tags = append(tags, tag)
		}
		changed[id] = calc.Value{Texts: tags}
		every[i].Tags = tags
	}
	if len(changed) == 0 {
		return
	}
	p.every = every
	p.session.LeaveField()
	if err := p.session.SetInCases("Tags", "tags", changed); err != nil {
		p.session.Notify(session.Notice{Text: "The tag could not be kept.", Err: err})
		p.load()
		return
	}
	p.session.LeaveField()
	p.find()
}
