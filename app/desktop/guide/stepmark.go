package guide

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"hostwise/app/desktop/ui"
)

// stepMark is the numbered circle before a step; a tick where its essential questions are answered.
type stepMark struct {
	widget.BaseWidget
	number         int
	open, finished bool
}

func newStepMark(number int, open, finished bool) *stepMark {
	m := &stepMark{number: number, open: open, finished: finished}
	m.ExtendBaseWidget(m)
	return m
}

// CreateRenderer implements fyne.Widget.
func (m *stepMark) CreateRenderer() fyne.WidgetRenderer {
	r := &stepMarkRenderer{mark: m, disc: canvas.NewCircle(color.Transparent),
		number: ui.NewText(ui.Style{Size: 11, Line: 16, Bold: true}, fmt.Sprint(m.number)).Centred(), tick: ui.NewSizedIcon(ui.IconCheck, ui.ColorInk2, 10)}
	r.Refresh()
	return r
}

type stepMarkRenderer struct {
	mark   *stepMark
	disc   *canvas.Circle
	number *ui.Text
	tick   *ui.Icon
}

func (r *stepMarkRenderer) Destroy()           {}
func (r *stepMarkRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(ui.Scaled(18)) }
func (r *stepMarkRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.disc, r.number, r.tick}
}

func (r *stepMarkRenderer) Layout(s fyne.Size) {
	d := min(s.Width, s.Height)
	ui.Place(r.disc, 0, (s.Height-d)/2, d, d)
	h := r.number.MinSize().Height
	ui.Place(r.number, 0, (s.Height-h)/2, d, h)
	t := r.tick.MinSize()
	ui.Place(r.tick, (d-t.Width)/2, (s.Height-t.Height)/2, t.Width, t.Height)
}

func (r *stepMarkRenderer) Refresh() {
	ticked := r.mark.finished && !r.mark.open
	ui.SetShown(r.number, !ticked)
	ui.SetShown(r.tick, ticked)
	r.disc.StrokeWidth, r.disc.StrokeColor, r.disc.FillColor = 1, ui.Color(ui.ColorControlBorder), ui.Color(ui.ColorPage)
	r.number.SetColor(ui.ColorInk2)
	switch {
	case r.mark.open:
		r.disc.FillColor, r.disc.StrokeColor = ui.Color(ui.ColorAccent), ui.Color(ui.ColorAccent)
		r.number.SetColor(ui.ColorOnAccent)
	case ticked:
		r.disc.FillColor, r.disc.StrokeColor = ui.Color(ui.ColorChip), ui.Color(ui.ColorChip)
	}
	r.disc.Refresh()
	r.number.Refresh()
	r.tick.Refresh()
}

// listLayout lays the questions above the legend, which hides where there is no room for it.
type listLayout struct{}

func (listLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(120, 120) }

func (listLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	foot := o[1].MinSize().Height
	ui.SetShown(o[1], s.Height > ui.Scaled(460))
	if !o[1].Visible() {
		foot = 0
	}
	ui.Place(o[0], 0, 0, s.Width, s.Height-foot)
	ui.Place(o[1], 0, s.Height-foot, s.Width, foot)
}

// listRowLayout lays a question of the list: mark, label, whether it turns the verdict, and the answer. An answer that
// has no room beside its label stands below it.
type listRowLayout struct{}

// listRowHigh is the height of a row at 100 %, and listRowMore what an answer below its label adds.
const (
	listRowHigh = 26
	listRowMore = 18
)

func (listRowLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(ui.Scaled(100), ui.Scaled(listRowHigh))
}

// HeightAt implements ui.FlowLayout.
func (l listRowLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	if l.stacked(o, width) {
		return ui.Scaled(listRowHigh + listRowMore)
	}
	return ui.Scaled(listRowHigh)
}

// room is what a row of a width leaves to the label and the answer.
func (listRowLayout) room(o []fyne.CanvasObject, width float32) float32 {
	room := width - 10 - ui.Scaled(20) - 8
	if mark := o[2].MinSize(); mark.Width > 0 {
		room -= mark.Width + 6
	}
	return room
}

func (l listRowLayout) stacked(o []fyne.CanvasObject, width float32) bool {
	label, answer := o[1].(*ui.Text), o[3].(*ui.Text)
	return label.FullWidth()+answer.FullWidth()+10 > l.room(o, width)
}

func (l listRowLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	line := ui.Scaled(listRowHigh)
	icon := o[0].MinSize()
	ui.Place(o[0], 10+(ui.Scaled(11)-icon.Width)/2, (line-icon.Height)/2, icon.Width, icon.Height)
	left := 10 + ui.Scaled(20)
	label, answer := o[1].(*ui.Text), o[3].(*ui.Text)
	mark, room := o[2].MinSize(), l.room(o, s.Width)
	need, wide := min(label.FullWidth()+1, room), min(answer.FullWidth()+1, s.Width-left-8)
	h := label.MinSize().Height
	ui.Place(label, left, (line-h)/2, need, h)
	ui.Place(o[2], left+need+6, (line-mark.Height)/2, mark.Width, mark.Height)
	if l.stacked(o, s.Width) {
		ui.Place(answer, left, line-(line-h)/2, wide, h)
		return
	}
	ui.Place(answer, s.Width-8-wide, (line-h)/2, wide, h)
}

// stepRowLayout lays a step: number, name, and its answers in a few words.
type stepRowLayout struct{}

func (stepRowLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(ui.Scaled(100), ui.Scaled(32))
}

func (stepRowLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	m := o[0].MinSize()
	ui.Place(o[0], 6, (s.Height-m.Height)/2, m.Width, m.Height)
	left := 6 + m.Width + 10
	name, words := o[1].(*ui.Text), o[2].(*ui.Text)
	w := min(name.FullWidth()+1, s.Width-left-8)
	ui.Place(name, left, (s.Height-name.MinSize().Height)/2, w, name.MinSize().Height)
	wide := min(words.FullWidth()+1, max(0, s.Width-left-w-20))
	ui.Place(words, s.Width-8-wide, (s.Height-words.MinSize().Height)/2, wide, words.MinSize().Height)
}
