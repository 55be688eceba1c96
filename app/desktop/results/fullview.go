package results

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
)

// stepOfCalls is how far an arrow key moves along the cost curve: a tenth of a decade.
var stepOfCalls = math.Pow(10, 0.1)

// roundCalls keeps two digits of a volume that was pointed at: no more can be meant.
func roundCalls(v float64) float64 {
	if v <= 0 {
		return 0
	}
	unit := math.Pow(10, math.Floor(math.Log10(v))-1)
	return math.Round(v/unit) * unit
}

// fullView is one figure at full size, with how it was worked out and its numbers beside it.
type fullView struct {
	page    *Page
	pane    *pane
	title   *ui.Text
	caption *ui.Text
	side    *fyne.Container
	body    fyne.CanvasObject
}

func newFullView(p *Page, id string) *fullView {
	f := &fullView{page: p, pane: newLargePane(p, id), side: ui.Column(14)}
	f.title = ui.NewText(ui.Finding, "").Wrapped()
	f.caption = ui.NewText(ui.Secondary, "").In(ui.ColorInk3).Wrapped()
	back := ui.NewButton(ui.Outline, "Back", p.closeFigure).WithIcon(ui.IconLeft).WithKey("Esc")
	tools := ui.Row(4, back, ui.Spring(),
		ui.NewIconButton(ui.IconCopy, "Copy the numbers", f.pane.copy),
		ui.NewIconButton(ui.IconImport, "Save this figure", f.pane.save))
	head := ui.Column(4, tools, f.title, f.caption)
	main := ui.Headed(12, head, f.pane)
	panel := ui.SidePanel(360, ui.Scroll(ui.Pad(20, 24, f.side)))
	f.body = container.New(&sideLayout{least: 460}, ui.Pad(16, margin, main), panel)
	return f
}

func (f *fullView) content() fyne.CanvasObject { return f.body }

func (f *fullView) show(v view) {
	f.pane.show(v)
	fig := f.pane.chart.Figure()
	title := fig.Title
	if title == "" {
		title = nameOf(f.pane.id)
	}
	f.title.SetText(title)
	f.caption.SetText(fig.Subtitle)
	f.side.Objects = []fyne.CanvasObject{ui.NewText(ui.PanelTitle, "How it is worked out").Wrapped()}
	for _, part := range explain(f.pane.id, v) {
		f.side.Add(part.object())
	}
	if f.pane.id == "monthly-cost" && f.pane.chart.Has() {
		f.side.Add(ui.NewText(ui.Caption, "Press in the plot, or use the arrow keys on the figure, to move “you are here”. Undo takes it back.").In(ui.ColorInk3).Wrapped())
	}
	if table := twinTable(fig.Twin); table != nil {
		f.side.Add(ui.NewHairline())
		f.side.Add(ui.NewText(ui.BodyStrong, "The numbers"))
		f.side.Add(table)
	}
	f.body.Refresh()
}

// mostTwinRows bounds the table beside the figure; all rows are on the clipboard.
const mostTwinRows = 40

// twinTable is the figure's data in words: the first column at the left, the others at the right.
func twinTable(t figure.Table) fyne.CanvasObject {
	if len(t.Rows) == 0 || len(t.Headers) == 0 {
		return nil
	}
	n := min(len(t.Headers), 4)
	shape := ui.TableColumns{Gap: cellGap, Least: leastGrowing, Widths: make([]float32, n)}
	for i := 1; i < n; i++ {
		shape.Widths[i] = 66
	}
	line := func(style ui.Style, data []string, color fyne.ThemeColorName) fyne.CanvasObject {
		objects := make([]fyne.CanvasObject, n)
		for i := range n {
			text := ""
			if i < len(data) {
				text = data[i]
			}
			words := ui.NewText(style, text).In(color).Cut()
			if i > 0 {
				words.Right()
			}
			objects[i] = words
		}
		return shape.Row(20, objects...)
	}
	table := ui.Column(0, line(ui.Caption, t.Headers, ui.ColorInk3))
	for i, row := range t.Rows {
		if i == mostTwinRows {
			table.Add(ui.NewText(ui.Caption, "Copy the numbers for the rest.").In(ui.ColorInk3))
			break
		}
		table.Add(line(ui.Caption, row, ui.ColorInk2))
	}
	return table
}

// sideLayout sets a side panel at the right; where the main part would be narrower than it needs, the panel goes
// below it and takes two fifths of the height; or it goes, where the main part holds the same inline.
type sideLayout struct {
	least  float32
	inline fyne.CanvasObject // nil = none
	turned func(inline bool) // told when the panel goes or comes back; nil = nobody asks
	wanted func() bool       // below the main part the panel is only there while it has something to show; nil = always
}

func (l *sideLayout) stacked(width, side float32) bool {
	return width-side < ui.Scaled(l.least)
}

func (l *sideLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(ui.Scaled(280), ui.Scaled(200))
}

func (l *sideLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	side := min(o[1].MinSize().Width, s.Width*0.42)
	stacked := l.stacked(s.Width, side)
	if l.inline != nil {
		turn := l.inline.Visible() != stacked
		ui.SetShown(l.inline, stacked)
		ui.SetShown(o[1], !stacked)
		if turn && l.turned != nil {
			l.turned(stacked)
		}
		if stacked {
			ui.Place(o[0], 0, 0, s.Width, s.Height)
			return
		}
	}
	if l.wanted != nil {
		ui.SetShown(o[1], !stacked || l.wanted())
		if stacked && !l.wanted() {
			ui.Place(o[0], 0, 0, s.Width, s.Height)
			return
		}
	}
	if stacked {
		h := s.Height * 0.6
		ui.Place(o[0], 0, 0, s.Width, h)
		ui.Place(o[1], 0, h, s.Width, s.Height-h)
		return
	}
	ui.Place(o[0], 0, 0, s.Width-side, s.Height)
	ui.Place(o[1], s.Width-side, 0, side, s.Height)
}
