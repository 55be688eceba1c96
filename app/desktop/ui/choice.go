package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Choice is one row of a ChoiceList.
type Choice struct {
	ID     string
	Title  string
	Detail string // second line, fainter
	Right  string // at the right end
	// Problem says why this choice will not do; the row stays visible and can still be chosen.
	Problem string
	Badge   string // evidence word, "" = none
}

// ChoiceList offers answers as rows, one of them chosen. Arrow keys move the choice.
type ChoiceList struct {
	widget.BaseWidget
	rows   []*choiceRow
	chosen string
	change func(id string)
	column *fyne.Container
}

// NewChoiceList returns rows with the chosen one marked.
func NewChoiceList(choices []Choice, chosen string, change func(id string)) *ChoiceList {
	l := &ChoiceList{change: change, column: Column(2)}
	l.ExtendBaseWidget(l)
	l.SetChoices(choices, chosen)
	return l
}

// SetChoices replaces the rows.
func (l *ChoiceList) SetChoices(choices []Choice, chosen string) {
	l.rows, l.chosen = nil, chosen
	l.column.Objects = nil
	for i, c := range choices {
		r := &choiceRow{choice: c, chosen: c.ID == chosen}
		r.press = func() { l.pick(c.ID) }
		r.key = func(e *fyne.KeyEvent) bool { return l.arrow(i, e) }
		r.ExtendBaseWidget(r)
		l.rows = append(l.rows, r)
		l.column.Add(r)
	}
	l.Refresh()
}

func (l *ChoiceList) arrow(i int, e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyUp:
		i--
	case fyne.KeyDown:
		i++
	default:
		return false
	}
	if i >= 0 && i < len(l.rows) {
		l.pick(l.rows[i].choice.ID)
		if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
			c.Focus(l.rows[i])
		}
	}
	return true
}

func (l *ChoiceList) pick(id string) {
	if id == l.chosen {
		return
	}
	l.SetChosen(id)
	if l.change != nil {
		l.change(id)
	}
}

// SetChosen marks a row without telling anyone.
func (l *ChoiceList) SetChosen(id string) {
	l.chosen = id
	for _, r := range l.rows {
		if on := r.choice.ID == id; on != r.chosen {
			r.chosen = on
			r.Refresh()
		}
	}
}

// Chosen returns the id of the chosen row.
func (l *ChoiceList) Chosen() string { return l.chosen }

// HeightAt implements Flowing.
func (l *ChoiceList) HeightAt(width float32) float32 { return HeightAt(l.column, width) }

// CreateRenderer implements fyne.Widget.
func (l *ChoiceList) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(l.column)
}

type choiceRow struct {
	control
	choice Choice
	chosen bool
}

func (r *choiceRow) CreateRenderer() fyne.WidgetRenderer {
	paper, ring := rectangle(ColorPage, 6), newRing(6)
	outer, inner := canvas.NewCircle(color.Transparent), canvas.NewCircle(color.Transparent)
	outer.StrokeWidth = 1.5
	title, detail := NewText(Body, r.choice.Title).Cut(), NewText(Caption, r.choice.Detail).In(ColorInk3).Cut()
	right := NewText(Body, r.choice.Right).Right()
	problem := NewText(Caption, r.choice.Problem).In(ColorWarning)
	objects := []fyne.CanvasObject{paper, ring, outer, inner, title, detail, right, problem}
	var badge *Badge
	if r.choice.Badge != "" {
		badge = NewBadge(r.choice.Badge)
		objects = append(objects, badge)
	}
	two := r.choice.Detail != ""
	return newPainter(&painter{
		objects: objects,
		min: func() fyne.Size {
			h := float32(32)
			if two {
				h = 48
			}
			return fyne.NewSize(160, Scaled(h))
		},
		layout: func(s fyne.Size) {
			place(paper, 0, 0, s.Width, s.Height)
			placeRing(ring, s)
			place(outer, 12, s.Height/2-8, 16, 16)
			place(inner, 17, s.Height/2-3, 6, 6)
			end := s.Width - 12
			if w := right.MinSize().Width; w > 0 {
				middle(right, end-w, s.Height)
				end -= w + 12
			}
			if w := problem.MinSize().Width; w > 0 {
				middle(problem, end-w, s.Height)
				end -= w + 12
			}
			if badge != nil {
				w := badge.MinSize().Width
				middle(badge, end-w, s.Height)
				end -= w + 12
			}
			width := max(1, end-40)
			th, dh := title.MinSize().Height, detail.MinSize().Height
			if !two {
				place(title, 40, (s.Height-th)/2, width, th)
				return
			}
			top := (s.Height - th - dh) / 2
			place(title, 40, top, width, th)
			place(detail, 40, top+th, width, dh)
		},
		refresh: func() {
			paper.FillColor = color.Transparent
			outer.StrokeColor, outer.FillColor, inner.FillColor = Color(ColorControlEdge), color.Transparent, color.Transparent
			title.style.Bold = r.chosen
			title.color = ColorInk
			if r.choice.Problem != "" && !r.chosen {
				title.color = ColorInk3
			}
			switch {
			case r.chosen:
				paper.FillColor = Color(ColorAccentGround)
				outer.FillColor, outer.StrokeColor = Color(ColorAccent), Color(ColorAccent)
				inner.FillColor = Color(ColorOnAccent)
			case r.hovered:
				paper.FillColor = Color(ColorHover)
			}
			detail.color = ColorInk3
			if r.chosen {
				detail.color = ColorInk2
			}
			paintRing(ring, r.focused)
		},
	})
}

// Words returns the title of the row.
func (r *choiceRow) Words() string { return r.choice.Title }

// Select is a small button that shows the chosen answer and opens a menu of the others.
type Select struct {
	Button
	options []Choice
	chosen  string
	change  func(id string)
}

// NewSelect returns a select with the chosen option shown.
func NewSelect(options []Choice, chosen string, change func(id string)) *Select {
	s := &Select{options: options, chosen: chosen, change: change}
	s.look, s.words, s.small = Outline, NewText(Secondary, ""), true
	s.after = NewSizedIcon(IconDown, ColorInk2, 12)
	s.press = s.open
	s.words.spans = []Span{{Text: s.title(chosen)}}
	s.ExtendBaseWidget(s)
	return s
}

func (s *Select) title(id string) string {
	for _, o := range s.options {
		if o.ID == id {
			return o.Title
		}
	}
	return "Choose"
}

func (s *Select) open() {
	c := fyne.CurrentApp().Driver().CanvasForObject(s)
	if c == nil {
		return
	}
	items := make([]*fyne.MenuItem, len(s.options))
	for i, o := range s.options {
		items[i] = fyne.NewMenuItem(o.Title, func() { s.Pick(o.ID) })
		items[i].Checked = o.ID == s.chosen
	}
	pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(s)
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c, pos.AddXY(0, s.Size().Height+4))
}

// Pick chooses an option as a person would.
func (s *Select) Pick(id string) {
	if id == s.chosen {
		return
	}
	s.SetChosen(id)
	if s.change != nil {
		s.change(id)
	}
}

// SetChosen shows an option without telling anyone.
func (s *Select) SetChosen(id string) {
	s.chosen = id
	s.SetWords(s.title(id))
}

// SetOptions replaces the options.
func (s *Select) SetOptions(options []Choice, chosen string) {
	s.options = options
	s.SetChosen(chosen)
}

// Chosen returns the id of the chosen option.
func (s *Select) Chosen() string { return s.chosen }

// ShowMenu opens a menu below an object.
func ShowMenu(below fyne.CanvasObject, items ...*fyne.MenuItem) {
	c := fyne.CurrentApp().Driver().CanvasForObject(below)
	if c == nil {
		return
	}
	pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(below)
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c, pos.AddXY(0, below.Size().Height+4))
}
