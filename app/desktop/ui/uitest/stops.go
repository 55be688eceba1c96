package uitest

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"hostwise/app/desktop/ui"
)

// Stop is something that Tab comes to, with its place in the window and the innermost scroll around it.
type Stop struct {
	Of     fyne.Focusable
	At     fyne.Position
	Size   fyne.Size
	Scroll *container.Scroll // nil = none
}

// Stops returns what Tab comes to in the window, or in the dialog over it, in the order of the tree.
func Stops(w fyne.Window) []Stop {
	var out []Stop
	stops(roots(w), fyne.Position{}, nil, &out)
	return out
}

func stops(o fyne.CanvasObject, parent fyne.Position, in *container.Scroll, out *[]Stop) {
	if o == nil || !o.Visible() {
		return
	}
	at := parent.Add(o.Position())
	if f, ok := o.(fyne.Focusable); ok && !disabled(o) {
		*out = append(*out, Stop{f, at, o.Size(), in})
	}
	if s, ok := o.(*container.Scroll); ok {
		in = s
	}
	switch x := o.(type) {
	case *fyne.Container:
		for _, child := range x.Objects {
			stops(child, at, in, out)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(x).Objects() {
			stops(child, at, in, out)
		}
	}
}

func disabled(o fyne.CanvasObject) bool {
	d, ok := o.(interface{ Disabled() bool })
	return ok && d.Disabled()
}

// Pictures returns every figure in view.
func Pictures(w fyne.Window) []*ui.FigureView {
	var out []*ui.FigureView
	walk(roots(w), func(o fyne.CanvasObject) bool {
		if v, ok := o.(*ui.FigureView); ok {
			out = append(out, v)
		}
		return true
	})
	return out
}
