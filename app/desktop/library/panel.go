package library

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// panel is the side panel: the picked case, its notes and tags, and its history.
type panel struct {
	page    *Page
	content fyne.CanvasObject
	column  *fyne.Container
	foot    *fyne.Container

	id      string
	version int // revision shown
	title   *ui.Text
	name    *ui.Field // in place of the title while the case is renamed
	heading *fyne.Container
	spark   *spark
	against *ui.Button
	notes   *ui.Field
	tags    *ui.Field
	history *fyne.Container
	count   *ui.Text
	restore *ui.Button
	cancel  context.CancelFunc
	chosen  *session.Revision
	newest  *session.Revision
	lines   []*ui.Pressable
}

func newPanel(p *Page) *panel {
	n := &panel{page: p}
	n.title = ui.NewText(ui.PanelTitle, "").Wrapped()
	n.name = ui.NewField("", nil)
	n.name.OnSubmit = func() { n.renamed(true) }
	n.name.OnLeave = func() { n.renamed(false) }
	n.name.OnKey = func(e *fyne.KeyEvent) bool {
		if e.Name != fyne.KeyEscape {
			return false
		}
		n.endRename() // before the focus leaves, which would keep what was typed
		p.shell.Canvas().Unfocus()
		return true
	}
	n.name.Hide()
	n.heading = ui.Row(4, ui.Grow(n.title), ui.NewIconButton(ui.IconPencil, "Rename (F2)", n.rename),
		ui.NewIconButton(ui.IconTrash, "Delete this case (Del)", func() { p.delete(n.id) }))
	n.spark = newSpark()
	n.notes = ui.NewField("", nil)
	n.notes.SetPlaceholder("Notes: who asked, what for, by when")
	n.notes.SetMultiLine(3)
	n.notes.OnChanged = func(string) { n.keepNotes() }
	n.notes.OnLeave = p.session.LeaveField
	n.tags = ui.NewField("", nil)
	n.tags.SetPlaceholder("Tags, with a comma between")
	n.tags.OnChanged = func(string) { n.keepTags() }
	n.tags.OnLeave = p.session.LeaveField
	n.tags.OnSubmit = p.session.LeaveField
	n.history = ui.Column(0)
	n.count = ui.NewText(ui.Secondary, "").In(ui.ColorInk3)
	n.restore = ui.NewButton(ui.Outline, "Restore", n.restoreChosen).WithIcon(ui.IconRestore).Small()
	n.restore.Disable()
	n.against = ui.NewButton(ui.Outline, "Compare", n.compareChosen).WithIcon(ui.IconCompare).Small()
	n.against.Disable()
	buttons := ui.Wrap(8, 8,
		ui.NewButton(ui.Main, "Open", func() { p.open(n.id) }).WithKey("Enter"),
		ui.NewButton(ui.Outline, "Duplicate", func() { p.duplicate(n.id) }).WithIcon(ui.IconDuplicate),
		ui.NewButton(ui.Outline, "Export", func() { p.exportCases([]string{n.id}) }).WithIcon(ui.IconExport))
	n.column = ui.Column(12, n.heading, n.name, buttons, n.notes, n.tags, ui.NewHairline(),
		ui.Row(8, ui.NewText(ui.BodyStrong, "History"), ui.Grow(n.count), ui.NewText(ui.Caption, "likely, a month").In(ui.ColorInk3)),
		n.spark, n.history, ui.Wrap(8, 8, n.against, n.restore))
	n.foot = container.NewStack()
	n.content = container.NewStack(ui.Scroll(ui.Inset(18, 20, 24, 20, n.column)), n.foot)
	return n
}

// show shows a case, or that none is picked.
func (n *panel) show(c *session.Case) {
	if c == nil {
		n.column.Hide()
		n.foot.Objects = nil
		n.id = ""
		return
	}
	n.column.Show()
	same := n.id == c.ID
	if !same && (n.notes.Focused() || n.tags.Focused() || n.name.Focused()) {
		n.page.shell.Canvas().Unfocus() // what was typed belongs to the case that was shown
	}
	n.id = c.ID
	n.title.SetText(c.Name)
	if c.Name == "" {
		n.title.SetText(session.Untitled)
	}
	n.notes.SetText(c.Notes)
	n.tags.SetText(strings.Join(c.Tags, ", "))
	if same && n.version == c.Revision {
		n.column.Refresh()
		return
	}
	n.version = c.Revision
	n.loadHistory(c.ID)
}

func (n *panel) keepNotes() {
	text := n.notes.Text()
	n.keep("Notes", "notes", calc.Str(text))
}

func (n *panel) keepTags() {
	var tags []string
	seen := map[string]bool{}
	for _, t := range strings.Split(n.tags.Text(), ",") {
		if t = strings.TrimSpace(t); t != "" && !seen[strings.ToLower(t)] {
			seen[strings.ToLower(t)] = true
			tags = append(tags, t)
		}
	}
	n.keep("Tags", "tags", calc.Value{Texts: tags})
}

// keep changes one text of the case in the panel at every key, where it differs: in the open case as an answer,
// which is written after a rest; in another one at once, so that the end of the program at any moment loses nothing.
func (n *panel) keep(label, path string, v calc.Value) {
	if n.id == "" {
		return
	}
	s := n.page.session
	if n.id == s.ID() {
		if !s.Scenario().Value(path).Equal(v) {
			s.Set(path, v)
		}
		return
	}
	old, err := s.CaseScenario(context.Background(), n.id)
	if err == nil && old.Value(path).Equal(v) {
		return
	}
	if err == nil {
		err = s.SetInCases(label, path, map[string]calc.Value{n.id: v})
	}
	if err != nil {
		s.Notify(session.Notice{Text: "The " + strings.ToLower(label) + " could not be kept.", Err: err})
	}
}

func (n *panel) loadHistory(id string) {
	if n.cancel != nil {
		n.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	n.cancel = cancel
	session.Work(ctx, n.page.session, func(ctx context.Context) ([]session.Revision, error) {
		return n.page.session.Revisions(ctx, id)
	}, func(r []session.Revision, err error) {
		if err != nil {
			n.page.session.Notify(session.Notice{Text: "The history could not be read.", Err: err})
			return
		}
		n.showHistory(r)
	})
}

// mostRevisions is how many revisions are listed; older ones stay in the file.
const mostRevisions = 60

func (n *panel) showHistory(r []session.Revision) {
	n.count.SetText(fmt.Sprintf("%d revisions", len(r)))
	if len(r) == 1 {
		n.count.SetText("1 revision")
	}
	n.chosen, n.newest, n.lines, n.history.Objects = nil, nil, nil, nil
	if len(r) > 0 {
		n.newest = &r[0]
	}
	n.spark.set(r[:min(len(r), mostRevisions)])
	n.restore.Disable()
	n.restore.SetWords("Restore")
	n.against.Disable()
	n.against.SetWords("Compare")
	for i := range min(len(r), mostRevisions) {
		var before *session.Revision
		if i+1 < len(r) {
			before = &r[i+1]
		}
		line := newTimeline(r[i], before, n.page.session.Now(), i+1 < min(len(r), mostRevisions))
		line.SetPress(func() { n.choose(r[i], i == 0, line) })
		n.lines = append(n.lines, line)
		n.history.Add(line)
	}
	n.history.Refresh()
	n.column.Refresh()
}

func (n *panel) choose(r session.Revision, newest bool, line *ui.Pressable) {
	for _, l := range n.lines {
		l.SetChosen(l == line)
	}
	n.chosen = &r
	n.against.SetEnabled(!newest)
	n.against.SetWords(fmt.Sprintf("Compare with %d", r.Number))
	n.restore.SetEnabled(!newest)
	n.restore.SetWords(fmt.Sprintf("Restore revision %d", r.Number))
	if newest {
		n.restore.SetWords("This is the newest")
	}
}

// compareChosen shows what is different between the chosen revision and the newest.
func (n *panel) compareChosen() {
	if n.chosen != nil && n.newest != nil {
		n.showDifferences(*n.chosen, *n.newest)
	}
}

// rename puts a field in place of the title.
func (n *panel) rename() {
	c := n.page.shell.Canvas()
	if n.id == "" || c == nil {
		return
	}
	n.name.Replace(n.title.Words())
	n.heading.Hide()
	n.name.Show()
	n.column.Refresh()
	c.Focus(n.name.Focusable())
}

// renamed keeps the name that was typed; Enter also leaves the field.
func (n *panel) renamed(leave bool) {
	if !n.name.Visible() {
		return
	}
	if leave {
		n.page.shell.Canvas().Unfocus() // which calls this again
		return
	}
	if name := strings.TrimSpace(n.name.Text()); name != "" {
		n.keep("Name", "name", calc.Str(name))
		n.page.session.LeaveField()
		n.title.SetText(name)
	}
	n.endRename()
}

func (n *panel) endRename() {
	n.name.Hide()
	n.heading.Show()
	n.column.Refresh()
}

func (n *panel) restoreChosen() {
	if n.chosen == nil {
		return
	}
	number := n.chosen.Number
	if err := n.page.session.Restore(n.id, *n.chosen); err != nil {
		n.page.session.Notify(session.Notice{Text: "The revision could not be restored.", Err: err})
		return
	}
	n.page.shell.Toast(fmt.Sprintf("Revision %d is the newest again", number), n.page.session.Undo)
}

// newTimeline draws one revision: when, a dot in the route's colour, what changed, and what it cost then.
func newTimeline(r session.Revision, before *session.Revision, now time.Time, more bool) *ui.Pressable {
	at := r.At.In(now.Location())
	when := at.Format("15:04")
	if at.Format(time.DateOnly) != now.Format(time.DateOnly) {
		when = at.Format("2 Jan")
	}
	title, detail := changeWords(r, before)
	cost := ""
	if m := r.Summary.Monthly; m != nil {
		cost = format.Money(m.Likely)
	}
	body := container.New(&timelineLayout{},
		ui.NewText(ui.Caption, when).In(ui.ColorInk3).Right(),
		ui.NewUpright(), ui.NewDot(string(r.Summary.Kind)),
		ui.NewText(ui.Secondary, title).Cut(), ui.NewText(ui.Caption, detail).In(ui.ColorInk3).Wrapped(),
		ui.NewText(ui.Secondary, cost).Right())
	body.Objects[1].(*ui.Hairline).Hidden = !more
	return ui.NewPressable(body, nil)
}

// changeWords says what a revision changed against the one before.
func changeWords(r session.Revision, before *session.Revision) (title, detail string) {
	if before == nil {
		return "First saved", r.Scenario.Name()
	}
	changes := calc.Diff(before.Scenario, r.Scenario)
	switch len(changes) {
	case 0:
		return "Saved again", ""
	case 1:
		return changes[0].Label, shortened(changes[0].FromText) + " to " + shortened(changes[0].ToText)
	}
	var rest []string
	for _, c := range changes[1:] {
		rest = append(rest, c.Label)
	}
	return fmt.Sprintf("%s, and %d more", changes[0].Label, len(rest)), shortened(strings.Join(rest, ", "))
}

func shortened(text string) string {
	const most = 80
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}

// timelineLayout places time, line, dot, words and cost.
type timelineLayout struct{}

// HeightAt implements ui.FlowLayout.
func (timelineLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	words := max(40, width-ui.Scaled(44)-20-ui.Scaled(64))
	h := ui.Scaled(18) + 12
	if t := o[4].(*ui.Text); t.Words() != "" {
		h += ui.HeightAt(t, words)
	}
	return h
}

func (l timelineLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(200, l.HeightAt(o, 312))
}

func (l timelineLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	left := ui.Scaled(44)
	line := ui.Scaled(18)
	ui.Place(o[0], 0, 6, left-8, line)
	ui.Place(o[1], left+5, 6+line/2, 1, s.Height)
	ui.Place(o[2], left, 6, 10, line)
	words := max(40, s.Width-left-20-ui.Scaled(64))
	ui.Place(o[3], left+20, 6, words, line)
	ui.Place(o[4], left+20, 6+line, words, max(0, s.Height-6-line))
	ui.Place(o[5], s.Width-ui.Scaled(60)-4, 6, ui.Scaled(60), line)
}
