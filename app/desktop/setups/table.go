package setups

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure/format"
)

// table shows set-ups: a head that sorts, and a list of which only the rows in view exist.
type table struct {
	head   *fyne.Container
	cells  []*headCell
	list   *setupList
	rows   []*row // as shown
	apart  bool
	models bool
	cur    format.Currency
	at     string // id of the row that is open
	sort   string
	down   bool
	sorted func() // told when the person asks for another order
	pick   func(r *row)
	keys   func(e *fyne.KeyEvent) bool // beyond those of the list

	width float32 // that places were worked out for
	scale float32
	kind  [2]bool // apart, models
	cols  []*column
	x, w  []float32
}

func newTable(sorted func(), pick func(*row), keys func(*fyne.KeyEvent) bool) *table {
	t := &table{sort: "", sorted: sorted, pick: pick, keys: keys}
	t.head = container.New(&headLayout{t})
	for i := range columns {
		c := newHeadCell(t, &columns[i])
		t.cells = append(t.cells, c)
		t.head.Add(c)
	}
	t.head.Add(ui.NewHairline())
	t.list = newSetupList(t)
	return t
}

// show shows rows in the table's order.
func (t *table) show(rows []*row, apart, models bool, cur format.Currency) {
	t.rows, t.apart, t.models, t.cur = rows, apart, models, cur
	if c := columnAt(t.sort); c != nil {
		slices.SortStableFunc(t.rows, func(x, y *row) int {
			if t.down {
				return c.less(y, x)
			}
			return c.less(x, y)
		})
	}
	for _, c := range t.cells {
		c.refresh()
	}
	t.head.Refresh()
	t.list.Refresh()
}

// order sorts by a column; asked again, the other way round, and the third time in the search's own order.
func (t *table) order(c *column) {
	switch {
	case t.sort != c.id:
		t.sort, t.down = c.id, c.down
	case t.down == c.down:
		t.down = !t.down
	default:
		t.sort, t.down = "", false
	}
	t.sorted()
}

// turn sorts by the next column to the left or right of the present one.
func (t *table) turn(by int) {
	at := slices.IndexFunc(t.cols, func(c *column) bool { return c.id == t.sort })
	if at < 0 && by < 0 {
		at = len(t.cols)
	}
	if at += by; at >= 0 && at < len(t.cols) {
		t.sort, t.down = t.cols[at].id, t.cols[at].down
		t.sorted()
	}
}

// places are the columns for a width, worked out once.
func (t *table) places(width float32) ([]*column, []float32, []float32) {
	if kind := [2]bool{t.apart, t.models}; t.width != width || t.scale != ui.Scale() || t.kind != kind || t.cols == nil {
		t.width, t.scale, t.kind = width, ui.Scale(), kind
		t.cols, t.x, t.w = shownColumns(width, t.apart, t.models)
	}
	return t.cols, t.x, t.w
}

// index is the place of the open row, -1 where none is open.
func (t *table) index() int {
	return slices.IndexFunc(t.rows, func(r *row) bool { return r.o.ID == t.at })
}

// open opens a row and brings it into view.
func (t *table) open(i int) {
	if i < 0 || i >= len(t.rows) {
		return
	}
	t.at = t.rows[i].o.ID
	t.list.ScrollTo(i)
	t.list.Refresh()
	t.pick(t.rows[i])
}

// key answers the keys of the list: arrows go through rows and columns.
func (t *table) key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyUp:
		t.open(max(0, t.index()-1))
	case fyne.KeyDown:
		t.open(min(len(t.rows)-1, t.index()+1))
	case fyne.KeyHome:
		t.open(0)
	case fyne.KeyEnd:
		t.open(len(t.rows) - 1)
	case fyne.KeyPageDown:
		t.open(min(len(t.rows)-1, t.index()+pageOfRows))
	case fyne.KeyPageUp:
		t.open(max(0, t.index()-pageOfRows))
	case fyne.KeyLeft:
		t.turn(-1)
	case fyne.KeyRight:
		t.turn(+1)
	default:
		return t.keys(e)
	}
	return true
}

// pageOfRows is how far a page key goes.
const pageOfRows = 15

// headCell names a column and sorts by it.
type headCell struct {
	ui.Pressable
	t     *table
	c     *column
	words *ui.Text
}

func newHeadCell(t *table, c *column) *headCell {
	h := &headCell{t: t, c: c, words: ui.NewText(ui.Caption, c.title).In(ui.ColorInk3).Cut()}
	if c.right {
		h.words.Right()
	}
	h.Init(h, h.words, func() { t.order(c) })
	if c.tip != "" {
		h.SetTip(c.tip)
	}
	return h
}

// AccessibilityLabel says what a press does.
func (h *headCell) AccessibilityLabel() string { return "Sort by " + h.c.title }

// refresh marks the column that the rows are sorted by.
func (h *headCell) refresh() {
	words, ink := h.c.title, ui.ColorInk3
	if h.t.sort == h.c.id {
		words, ink = "▲ "+words, ui.ColorInk
		if h.t.down {
			words = "▼" + h.c.title
		}
	}
	h.words.SetText(words)
	h.words.SetColor(ink)
	h.Refresh()
}

type headLayout struct{ t *table }

func (l *headLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(300, ui.Scaled(24))
}

func (l *headLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	cols, x, w := l.t.places(s.Width)
	for _, c := range l.t.cells {
		at := slices.Index(cols, c.c)
		c.Hidden = at < 0
		if at >= 0 {
			ui.Place(c, x[at], 0, w[at], s.Height-3)
		}
	}
	ui.Place(o[len(o)-1], cellMargin, s.Height-1, s.Width-2*cellMargin, 1)
}

// setupList is the list of rows.
type setupList struct {
	ui.List
	t *table
}

func newSetupList(t *table) *setupList {
	l := &setupList{t: t}
	l.Init(l, func() int { return len(t.rows) },
		func() fyne.CanvasObject { return newSetupRow(t) },
		func(i widget.ListItemID, o fyne.CanvasObject) {
			if i < len(t.rows) {
				o.(*setupRow).set(t.rows[i])
			}
		})
	return l
}

// TypedKey implements fyne.Focusable.
func (l *setupList) TypedKey(e *fyne.KeyEvent) {
	if !l.t.key(e) {
		l.List.TypedKey(e)
	}
}

// setupRow is one set-up of the list.
type setupRow struct {
	ui.Pressable
	t     *table
	r     *row
	cells []*ui.Text // by column
	badge *ui.Badge
	body  *fyne.Container
}

func newSetupRow(t *table) *setupRow {
	r := &setupRow{t: t, badge: ui.NewBadge("likely")}
	r.body = container.New(&rowLayout{r})
	for i := range columns {
		words := ui.NewText(ui.Secondary, "").Cut()
		if columns[i].right {
			words.Right()
		}
		r.cells = append(r.cells, words)
		r.body.Add(words)
	}
	r.body.Add(r.badge)
	r.Init(r, r.body, func() {
		if r.r != nil {
			t.at = r.r.o.ID
			t.list.Refresh()
			t.pick(r.r)
		}
	})
	r.SetKey(t.key)
	return r
}

func (r *setupRow) set(x *row) {
	r.r = x
	for i := range columns {
		c := &columns[i]
		if c.id == "basis" {
			continue
		}
		r.cells[i].SetText(c.cell(x, r.t.cur))
		switch {
		case x.whyNot != "" && c.id != "why" && c.id != "devices":
			r.cells[i].SetColor(ui.ColorInk3)
		case c.id == "why":
			r.cells[i].SetColor(ui.ColorWarning)
		case c.right || c.id == "devices":
			r.cells[i].SetColor(ui.ColorInk)
		default:
			r.cells[i].SetColor(ui.ColorInk2)
		}
	}
	r.badge.Set(string(x.o.Evidence))
	r.SetChosen(x.o.ID == r.t.at)
	r.body.Refresh()
}

// rowHeight is the height of a row at 100 %.
const rowHeight = 27

type rowLayout struct{ r *setupRow }

func (l *rowLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(300, ui.Scaled(rowHeight))
}

func (l *rowLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	if len(o) <= len(columns) {
		return // while the row is being put together
	}
	cols, x, w := l.r.t.places(s.Width)
	for i := range columns {
		at := slices.Index(cols, &columns[i])
		switch {
		case at < 0:
			o[i].Move(fyne.NewPos(-4000, 0))
		case columns[i].id != "basis":
			ui.Place(o[i], x[at], 0, w[at], s.Height)
		default:
			ui.Place(l.r.badge, x[at], (s.Height-l.r.badge.MinSize().Height)/2, l.r.badge.MinSize().Width, l.r.badge.MinSize().Height)
		}
	}
	if !slices.Contains(cols, columnAt("basis")) {
		l.r.badge.Move(fyne.NewPos(-4000, 0))
	}
}
