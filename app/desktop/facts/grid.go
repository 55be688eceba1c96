package facts

import (
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"hostwise/app/desktop/ui"
)

// The widths of the two columns that every table ends in: date or age, and evidence.
const (
	ageWidth      = 92
	evidenceWidth = 96
	mostColumns   = 7
)

// grid is the table in view: a header and a list of rows of which only those in view exist.
type grid struct {
	head  *fyne.Container
	list  *rowList
	table *table
	rows  []record
	at    string
	now   time.Time
	usual string  // the day that most prices in view were read on, which is said above them
	least float32 // the width at 100 % below which a column of words is no use: spare columns give way first
}

func newGrid(pick func(id string)) *grid {
	g := &grid{}
	g.head = container.New(&gridLayout{g: g, head: true})
	for range mostColumns + 2 {
		g.head.Add(ui.NewText(ui.Caption, "").In(ui.ColorInk3).Cut())
	}
	g.head.Add(ui.NewHairline())
	g.list = newRowList(g, pick)
	return g
}

// rowList is the list of rows; Space or Enter opens the one that the arrows are on.
type rowList struct {
	ui.List
	g    *grid
	pick func(id string)
	at   int
}

func newRowList(g *grid, pick func(id string)) *rowList {
	l := &rowList{g: g, pick: pick}
	l.OnHighlighted = func(i widget.ListItemID) { l.at = i }
	l.Init(l, func() int { return len(g.rows) },
		func() fyne.CanvasObject { return newGridRow(g, pick) },
		func(i widget.ListItemID, o fyne.CanvasObject) {
			if i < len(g.rows) {
				o.(*gridRow).set(g.rows[i])
			}
		})
	return l
}

// TypedKey implements fyne.Focusable: Fyne's arrows walk, Enter and Space open, and what a list has no use for goes to
// the window.
func (l *rowList) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if l.at >= 0 && l.at < len(l.g.rows) {
			l.pick(l.g.rows[l.at].id)
		}
	case fyne.KeyUp, fyne.KeyDown:
		l.List.TypedKey(e)
	default:
		if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil && c.OnTypedKey() != nil {
			c.OnTypedKey()(e)
		}
	}
}

// show shows rows of a table.
func (g *grid) show(t *table, rows []record, at string, now time.Time) {
	g.table, g.rows, g.at, g.now = t, rows, at, now
	g.usual, g.least = commonAgeOf(rows, now).day, leastFor(t, rows)
	for i := range mostColumns {
		words := g.head.Objects[i].(*ui.Text)
		words.Hidden = i >= len(t.columns)
		if !words.Hidden {
			words.SetText(t.columns[i].title)
			words.SetAlign(t.columns[i].right)
		}
	}
	g.head.Objects[mostColumns].(*ui.Text).SetText("As of")
	g.head.Objects[mostColumns+1].(*ui.Text).SetText("Evidence")
	g.head.Refresh()
	g.list.Refresh()
}

// The least width at 100 % of a column of words, and what it may ask for at most: a name that is longer is cut.
const (
	leastGrowing = 110
	mostGrowing  = 216
	letterWidth  = 6.6
)

// leastFor is what the names of a table need. Where several columns of words share the room, each has to do with less.
func leastFor(t *table, rows []record) float32 {
	words, longest := 0, 0
	for _, c := range t.columns {
		if c.width == 0 {
			words++
		}
	}
	for _, r := range rows {
		longest = max(longest, utf8.RuneCountInString(r.cells[0]))
	}
	most := float32(mostGrowing)
	if words > 1 {
		most = 150
	}
	return max(leastGrowing, min(most, float32(longest)*letterWidth))
}

// places returns the left edge and width of each column, then of date and evidence; width 0 = left out.
func (g *grid) places(width float32) (x, w []float32) {
	n := len(g.table.columns)
	out := make([]bool, n+2)
	x, w, growing := g.measure(width, out)
	for _, i := range g.spares() {
		if growing >= ui.Scaled(g.least) {
			break
		}
		out[i] = true
		x, w, growing = g.measure(width, out)
	}
	return x, w
}

// spares are the columns that can be left out, in the order in which they go: those of a width of their own from the
// right, then the date, then those of words, and last the evidence. What is left out stands in the side panel.
func (g *grid) spares() []int {
	n := len(g.table.columns)
	var fixed, words []int
	for i, c := range g.table.columns {
		switch {
		case c.spare && c.width > 0:
			fixed = append([]int{i}, fixed...)
		case c.spare:
			words = append(words, i)
		}
	}
	return append(append(append(fixed, n), words...), n+1)
}

// measure sets out the columns that are not left out; growing is what each column of words gets.
func (g *grid) measure(width float32, out []bool) (x, w []float32, growing float32) {
	const gap = 14
	n := len(g.table.columns)
	k := min(ui.Scale(), 1.7)
	x, w = make([]float32, n+2), make([]float32, n+2)
	left, count := width-16+gap, float32(0)
	for i := range x {
		if out[i] {
			continue
		}
		left -= gap
		switch {
		case i == n:
			w[i] = ageWidth * k
		case i == n+1:
			w[i] = evidenceWidth * k
		default:
			w[i] = g.table.columns[i].width * k
		}
		if w[i] == 0 {
			count++
		}
		left -= w[i]
	}
	growing = max(60, left/max(1, count))
	at := float32(8)
	for i := range x {
		if out[i] {
			continue
		}
		if w[i] == 0 {
			w[i] = growing
		}
		x[i] = at
		at += w[i] + gap
	}
	return x, w, growing
}

// gridLayout places the cells of a row, or the header's words.
type gridLayout struct {
	g    *grid
	head bool
}

func (l *gridLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(300, ui.Scaled(28))
}

func (l *gridLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	if l.g.table == nil || len(o) < mostColumns+3 {
		return // while the row is being put together
	}
	x, w := l.g.places(s.Width)
	n := len(l.g.table.columns)
	for i := range n {
		if w[i] == 0 {
			o[i].Move(fyne.NewPos(-4000, 0))
			continue
		}
		ui.Place(o[i], x[i], 0, w[i], s.Height)
	}
	for _, i := range []int{n, n + 1} {
		if w[i] == 0 {
			x[i] = -4000
		}
	}
	ui.Place(o[mostColumns], x[n], 0, w[n], s.Height)
	if l.head {
		ui.Place(o[mostColumns+1], x[n+1], 0, w[n+1], s.Height)
		ui.Place(o[mostColumns+2], 8, s.Height-1, s.Width-16, 1)
		return
	}
	// the age badge, then the evidence badge, at their own widths
	ui.Place(o[mostColumns+1], x[n], 0, o[mostColumns+1].MinSize().Width, s.Height)
	ui.Place(o[mostColumns+2], x[n+1], 0, o[mostColumns+2].MinSize().Width, s.Height)
}

// gridRow is one record.
type gridRow struct {
	ui.Pressable
	g        *grid
	id       string
	cells    []*ui.Text
	date     *ui.Text
	age      *ui.Badge
	evidence *ui.Badge
}

func newGridRow(g *grid, pick func(string)) *gridRow {
	r := &gridRow{g: g, date: ui.NewText(ui.Secondary, "").In(ui.ColorInk3), age: ui.NewAgeBadge(0), evidence: ui.NewBadge("likely")}
	body := container.New(&gridLayout{g: g})
	for range mostColumns {
		t := ui.NewText(ui.Secondary, "").Cut()
		r.cells = append(r.cells, t)
		body.Add(t)
	}
	body.Add(r.date)
	body.Add(r.age)
	body.Add(r.evidence)
	r.Init(r, body, func() { pick(r.id) })
	return r
}

func (r *gridRow) set(x record) {
	r.id = x.id
	columns := r.g.table.columns
	for i, c := range r.cells {
		c.Hidden = i >= len(columns) || i >= len(x.cells)
		if c.Hidden {
			continue
		}
		c.SetText(x.cells[i])
		c.SetAlign(columns[i].right)
		switch {
		case x.gone:
			c.SetColor(ui.ColorInk3)
		case i == 0 || columns[i].right:
			c.SetColor(ui.ColorInk)
		default:
			c.SetColor(ui.ColorInk2)
		}
	}
	days := age(x.fact, r.g.now)
	old := x.aged && !x.gone && days > staleDays && x.fact.AsOf != r.g.usual
	r.date.Hidden, r.age.Hidden = old, !old
	r.date.SetText(orDash(ui.Here().Day(x.fact.AsOf)))
	r.age.SetDays(days)
	r.evidence.Set(string(x.fact.Evidence))
	r.SetChosen(x.id == r.g.at)
	r.Refresh()
}
