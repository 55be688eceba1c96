package ui

import "fyne.io/fyne/v2"

// InPicture turns a place in the view into one in its picture, 0..1 from the top left; ok is false outside it,
// as on the title.
func (v *FigureView) InPicture(at fyne.Position) (x, y float64, ok bool) {
	p, top := v.pictureSize(v.Size()), v.headHeight()
	if p.Width <= 0 || p.Height <= 0 || at.Y < top || at.X < 0 || at.X > p.Width || at.Y > top+p.Height {
		return 0, 0, false
	}
	return float64(at.X / p.Width), float64((at.Y - top) / p.Height), true
}
