package library

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure/format"
)

// rowHeight is the height of a row of two lines at 100 %.
const rowHeight = 50 // and the list's own gap of 4

// columns are the places of the columns in a row of a width, shared by the header and the rows.
type columns struct {
	mark, name, verdict, month, chance, edited, end float32
	narrow                                          bool
}

// columnsAt gives the name what the other columns leave.
func columnsAt(width float32) columns {
	k := ui.Scale()
	end := width - 8
	c := columns{mark: 8, name: 20 + 15*min(k, 1.6), end: end}
	if c.narrow = width < 700*k; c.narrow { // the bar and part of the verdict give way to the name
		c.edited = end - 78*k
		c.chance = c.edited - 48*k
		c.month = c.chance - 80*k
		c.verdict = c.month - min(130*k, width*0.2)
		return c
	}
	c.edited = end - 92*k
	c.chance = c.edited - 100*k
	c.month = c.chance - 92*k
	c.verdict = c.month - max(176*k, min(270*k, width*0.28))
	return c
}

// header names the columns.
type header struct {
	widget.BaseWidget
	names [5]*ui.Text
	line  *ui.Hairline
}

func newHeader() *header {
	h := &header{line: ui.NewHairline()}
	for i, n := range []string{"Case", "Verdict", "A month", "Chance it holds", "Edited"} {
		h.names[i] = ui.NewText(ui.Caption, n).In(ui.ColorInk3).Cut()
		if i >= 2 {
			h.names[i].Right()
		}
	}
	h.ExtendBaseWidget(h)
	return h
}

func (h *header) CreateRenderer() fyne.WidgetRenderer {
	box := container.New(headerLayout{}, h.names[0], h.names[1], h.names[2], h.names[3], h.names[4], h.line)
	return widget.NewSimpleRenderer(box)
}

type headerLayout struct{}

func (headerLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(480, ui.Scaled(24))
}

func (headerLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	c := columnsAt(s.Width)
	h := s.Height - 4
	ui.Place(o[0], c.name, 0, c.verdict-c.name-8, h)
	ui.Place(o[1], c.verdict, 0, c.month-c.verdict-8, h)
	ui.Place(o[2], c.month, 0, c.chance-c.month-16, h)
	holds := o[3].(*ui.Text)
	holds.SetText("Chance it holds")
	if c.narrow {
		holds.SetText("Holds")
	}
	ui.Place(holds, c.chance-16, 0, c.edited-c.chance+8, h)
	ui.Place(o[4], c.edited, 0, c.end-c.edited, h)
	ui.Place(o[5], 8, s.Height-1, s.Width-16, 1)
}

// caseList is the list of rows; only those in view exist. Enter opens a case.
type caseList struct {
	ui.List
	page *Page
	at   int
}

func newCaseList(p *Page) *caseList {
	l := &caseList{page: p, at: -1}
	l.Init(l, func() int { return len(p.shown) },
		func() fyne.CanvasObject { return newCaseRow(p) },
		func(i widget.ListItemID, o fyne.CanvasObject) {
			if i < len(p.shown) {
				o.(*caseRow).set(i, p.shown[i])
			}
		})
	return l
}

// TypedKey implements fyne.Focusable: arrows pick, Space marks, Enter opens, F2 renames.
func (l *caseList) TypedKey(e *fyne.KeyEvent) {
	p := l.page
	i := 0
	for n, c := range p.shown {
		if c.ID == p.at {
			i = n
		}
	}
	switch e.Name {
	case fyne.KeyUp:
		i--
	case fyne.KeyDown:
		i++
	case fyne.KeyReturn, fyne.KeyEnter:
		if i < len(p.shown) {
			p.open(p.shown[i].ID)
		}
		return
	case fyne.KeySpace:
		if i < len(p.shown) {
			p.mark(p.shown[i].ID, !p.marked[p.shown[i].ID])
		}
		return
	case fyne.KeyF2:
		p.panel.rename()
		return
	default:
		p.TypedKey(e)
		return
	}
	if i >= 0 && i < len(p.shown) {
		p.pick(i)
		l.ScrollTo(i)
	}
}

// caseRow is one case: mark, name with tags over its answers, verdict, cost with range, chance, edit.
type caseRow struct {
	ui.Pressable
	page  *Page
	id    string
	index int

	box     *ui.CheckBox
	name    *ui.Text
	tags    [2]*ui.Badge
	detail  *ui.Text
	swatch  *ui.Swatch
	verdict *ui.Text
	month   *ui.Text
	span    *ui.Text
	chance  *ui.Text
	bar     *ui.ChanceBar
	edited  *ui.Text
}

func newCaseRow(p *Page) *caseRow {
	r := &caseRow{page: p}
	r.box = ui.NewCheckBox("", func(on bool) { p.mark(r.id, on) })
	r.name = ui.NewText(ui.BodyStrong, "").Cut()
	r.tags = [2]*ui.Badge{ui.NewTag(""), ui.NewTag("")}
	r.detail = ui.NewText(ui.Secondary, "").In(ui.ColorInk3).Cut()
	r.swatch = ui.NewSwatch("", false)
	r.verdict = ui.NewText(ui.Secondary, "").Cut()
	r.month = ui.NewText(ui.BodyStrong, "").Right()
	r.span = ui.NewText(ui.Caption, "").In(ui.ColorInk3).Right()
	r.chance = ui.NewText(ui.Secondary, "").Right()
	r.bar = ui.NewChanceBar(6)
	r.edited = ui.NewText(ui.Secondary, "").In(ui.ColorInk3).Right()
	body := container.New(&rowLayout{r}, r.box, r.name, r.tags[0], r.tags[1], r.detail, r.swatch, r.verdict,
		r.month, r.span, r.chance, r.bar, r.edited)
	r.Init(r, body, func() { p.pick(r.index) })
	return r
}

// DoubleTapped implements fyne.DoubleTappable: it opens the case.
func (r *caseRow) DoubleTapped(*fyne.PointEvent) { r.page.open(r.id) }

func (r *caseRow) set(i int, c session.Case) {
	r.index, r.id = i, c.ID
	r.box.SetOn(r.page.marked[c.ID])
	r.name.SetText(c.Name)
	if c.Name == "" {
		r.name.SetText("Untitled case")
	}
	for n, b := range r.tags {
		b.Hidden = n >= len(c.Tags)
		if !b.Hidden {
			b.SetTag(c.Tags[n])
		}
	}
	r.detail.SetText(detailWords(r.page.session, c))
	s := c.Summary
	r.swatch.Hidden = s.Kind == ""
	r.swatch.Set(string(s.Kind), false)
	r.verdict.SetText(VerdictWords(s))
	r.page.session.Seen(c)
	r.month.SetText("")
	r.span.SetText("")
	if m := s.Monthly; m != nil {
		r.month.SetText(format.Money(m.Likely))
		if m.Low != m.High {
			r.span.SetText(format.Between(format.Money(m.Low), format.Money(m.High)))
		}
	}
	r.chance.SetText("")
	r.bar.Hidden = s.Chance == nil
	if s.Chance != nil {
		r.chance.SetText(format.Share(*s.Chance))
		r.bar.SetShares(ui.Share{Kind: string(s.Kind), Share: *s.Chance})
	}
	r.edited.SetText(When(c.Edited, r.page.session.Now()))
	r.SetChosen(r.page.at == c.ID)
	r.Refresh()
}

// VerdictWords is the verdict as a row shows it: the first sentence of its headline.
func VerdictWords(s session.Summary) string {
	if !s.Known {
		return "not yet worked out"
	}
	if s.Kind == "" {
		return "nothing is feasible"
	}
	first, _, _ := strings.Cut(s.Headline, ". ")
	return strings.TrimSuffix(first, ".")
}

// detailWords names the model and the volume.
func detailWords(s *session.Session, c session.Case) string {
	name := c.Model
	if cat := s.Catalogue(); cat != nil {
		if m := cat.Model(c.Model); m != nil {
			name = m.ShortName
		}
	}
	if c.Calls != nil {
		return fmt.Sprintf("%s · %s calls a month", name, format.Count(*c.Calls))
	}
	return name
}

// When writes a moment as a list does: today with the time, else the day.
func When(at, now time.Time) string {
	at = at.In(now.Location())
	switch {
	case at.IsZero():
		return ""
	case at.Format(time.DateOnly) == now.Format(time.DateOnly):
		return "today " + at.Format("15:04")
	case at.Year() == now.Year():
		return at.Format("2 Jan")
	}
	return at.Format("2 Jan 2006")
}

// rowLayout places the parts of a row on its columns.
type rowLayout struct{ r *caseRow }

func (l *rowLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(480, ui.Scaled(rowHeight))
}

func (l *rowLayout) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	r, c := l.r, columnsAt(s.Width)
	top, second := s.Height/2-ui.Scaled(19), s.Height/2+ui.Scaled(1)
	line, small := ui.Scaled(20), ui.Scaled(18)
	ui.Place(r.box, c.mark, (s.Height-ui.Scaled(20))/2, r.box.MinSize().Width, ui.Scaled(20))
	width := c.verdict - c.name - 12
	room := width
	name := min(r.name.FullWidth()+1, room) // the name first; a tag stands where the whole of it has room
	ui.Place(r.name, c.name, top, name, line)
	x := c.name + name + 6
	for _, b := range r.tags {
		w := b.MinSize().Width
		if x+w > c.name+width {
			outOfSight(b) // the side panel lists all tags
			x += width
			continue
		}
		ui.Place(b, x, top+1, w, small)
		x += w + 6
	}
	ui.Place(r.detail, c.name, second, width, small)
	ui.Place(r.swatch, c.verdict, 0, 10, s.Height)
	ui.Place(r.verdict, c.verdict+18, 0, c.month-c.verdict-26, s.Height)
	ui.Place(r.month, c.month, top, c.chance-c.month-16, line)
	ui.Place(r.span, c.month-30, second, c.chance-c.month+14, small)
	bar := float32(44)
	if c.narrow {
		bar = 0
	}
	ui.Place(r.chance, c.chance-16, 0, c.edited-c.chance-bar, s.Height)
	ui.Place(r.bar, c.edited-bar-6, 0, bar, s.Height)
	if bar == 0 {
		outOfSight(r.bar)
	}
	ui.Place(r.edited, c.edited, 0, c.end-c.edited, s.Height)
}

// outOfSight takes a part away for which there is no room, without touching whether it is hidden: that the
// row's case decides.
func outOfSight(o fyne.CanvasObject) { o.Move(fyne.NewPos(-4000, 0)) }

// mainLayout stacks tools, chips, header and list; the selection bar floats over the list's foot.
type mainLayout struct{}

const margin = 24

func (l *mainLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(480, 300)
}

func (l *mainLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	w := s.Width - 2*margin
	y := float32(18)
	tools := ui.HeightAt(o[0], w)
	ui.Place(o[0], margin, y, w, tools)
	y += tools + 14
	chips := ui.HeightAt(o[1], w)
	ui.Place(o[1], margin, y, w, chips)
	y += chips + 12
	head := o[2].MinSize().Height
	ui.Place(o[2], margin-8, y, w+16, head)
	y += head + 2
	ui.Place(o[3], margin-8, y, w+16, s.Height-y)
	bar := ui.HeightAt(o[4], w)
	ui.Place(o[4], margin, s.Height-bar-14, w, bar)
}

// sideLayout sets a page's main part beside its side panel, or above it where the window is narrow for the
// size of its text.
type sideLayout struct{ least float32 }

// stackBelow is the width at 100 % under which the panel stands below; the list then keeps most of the height, and the
// panel scrolls.
const (
	stackBelow = 800
	listShare  = 0.72
)

func (l *sideLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (l *sideLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	if s.Width < ui.Scaled(stackBelow) {
		top := s.Height * listShare
		ui.Place(o[0], 0, 0, s.Width, top)
		ui.Place(o[1], 0, top, s.Width, s.Height-top)
		return
	}
	side := o[1].MinSize().Width
	if s.Width-side < l.least {
		side = max(272, s.Width-l.least)
	}
	ui.Place(o[0], 0, 0, s.Width-side, s.Height)
	ui.Place(o[1], s.Width-side, 0, side, s.Height)
}
