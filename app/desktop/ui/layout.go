package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// Flowing is what needs another height at another width, such as wrapped text.
type Flowing interface {
	HeightAt(width float32) float32
}

// FlowLayout is a layout whose height depends on the width it is given.
type FlowLayout interface {
	HeightAt(objects []fyne.CanvasObject, width float32) float32
}

// HeightAt returns the height that an object needs at a width.
func HeightAt(o fyne.CanvasObject, width float32) float32 {
	if f, ok := o.(Flowing); ok {
		return f.HeightAt(width)
	}
	if c, ok := o.(*fyne.Container); ok {
		if f, ok := c.Layout.(FlowLayout); ok {
			return f.HeightAt(c.Objects, width)
		}
	}
	return o.MinSize().Height
}

// Column stacks objects from top to bottom with a gap, each as wide as the column.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&columnLayout{gap: gap}, objects...)
}

type columnLayout struct {
	gap   float32
	width float32
}

func (l *columnLayout) HeightAt(objects []fyne.CanvasObject, width float32) float32 {
	var h float32
	n := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		h += HeightAt(o, width)
		n++
	}
	return h + l.gap*float32(max(0, n-1))
}

func (l *columnLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var w float32
	for _, o := range objects {
		if o.Visible() {
			w = max(w, o.MinSize().Width)
		}
	}
	return fyne.NewSize(w, l.HeightAt(objects, max(w, l.width)))
}

func (l *columnLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	var y float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		h := HeightAt(o, size.Width)
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, h))
		y += h + l.gap
	}
}

// Row sets objects from left to right with a gap, each at its own width and in the middle of the height.
// A Spring takes what is left.
func Row(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&rowLayout{gap: gap}, objects...)
}

// Spring is empty space that takes what a Row leaves over.
func Spring() fyne.CanvasObject { return &spring{Rectangle: canvas.NewRectangle(nil)} }

type spring struct{ *canvas.Rectangle }

// Grow marks an object as the one that takes what a Row leaves over.
func Grow(o fyne.CanvasObject) fyne.CanvasObject { return container.New(growLayout{}, o) }

type growLayout struct{}

func (growLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }
func (growLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(size)
}
func (growLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	return HeightAt(o[0], width)
}

func grows(o fyne.CanvasObject) bool {
	if _, ok := o.(*spring); ok {
		return true
	}
	c, ok := o.(*fyne.Container)
	if !ok {
		return false
	}
	_, ok = c.Layout.(growLayout)
	return ok
}

type rowLayout struct{ gap float32 }

// widths returns the width of each visible object in a row of this width.
func (l *rowLayout) widths(objects []fyne.CanvasObject, width float32) []float32 {
	w := make([]float32, len(objects))
	var used float32
	growing, shown := 0, 0
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		shown++
		if grows(o) {
			growing++
			continue
		}
		w[i] = o.MinSize().Width
		used += w[i]
	}
	left := max(0, width-used-l.gap*float32(max(0, shown-1)))
	for i, o := range objects {
		if o.Visible() && grows(o) {
			w[i] = left / float32(growing)
		}
	}
	return w
}

func (l *rowLayout) HeightAt(objects []fyne.CanvasObject, width float32) float32 {
	var h float32
	for i, w := range l.widths(objects, width) {
		if objects[i].Visible() {
			h = max(h, HeightAt(objects[i], w))
		}
	}
	return h
}

func (l *rowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	shown := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		shown++
		m := o.MinSize()
		size.Width += m.Width
		size.Height = max(size.Height, m.Height)
	}
	size.Width += l.gap * float32(max(0, shown-1))
	return size
}

func (l *rowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var x float32
	for i, w := range l.widths(objects, size.Width) {
		o := objects[i]
		if !o.Visible() {
			continue
		}
		h := min(HeightAt(o, w), size.Height)
		o.Move(fyne.NewPos(x, (size.Height-h)/2))
		o.Resize(fyne.NewSize(w, h))
		x += w + l.gap
	}
}

// Inset puts empty space around an object.
func Inset(top, right, bottom, left float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&insetLayout{top, right, bottom, left}, o)
}

// Pad puts the same empty space at left and right, and at top and bottom.
func Pad(vertical, horizontal float32, o fyne.CanvasObject) *fyne.Container {
	return Inset(vertical, horizontal, vertical, horizontal, o)
}

type insetLayout struct{ top, right, bottom, left float32 }

func (l *insetLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	return HeightAt(o[0], width-l.left-l.right) + l.top + l.bottom
}

func (l *insetLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().AddWidthHeight(l.left+l.right, l.top+l.bottom)
}

func (l *insetLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.NewPos(l.left, l.top))
	o[0].Resize(fyne.NewSize(max(0, size.Width-l.left-l.right), max(0, size.Height-l.top-l.bottom)))
}

// Columns sets objects side by side in equal widths with a gutter, all from the top.
func Columns(gutter float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&columnsLayout{gutter: gutter}, objects...)
}

type columnsLayout struct{ gutter, width float32 }

func (l *columnsLayout) each(n int, width float32) float32 {
	return max(0, (width-l.gutter*float32(n-1))/float32(max(1, n)))
}

func (l *columnsLayout) HeightAt(objects []fyne.CanvasObject, width float32) float32 {
	w := l.each(len(objects), width)
	var h float32
	for _, o := range objects {
		h = max(h, HeightAt(o, w))
	}
	return h
}

func (l *columnsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var w float32
	for _, o := range objects {
		w = max(w, o.MinSize().Width)
	}
	w = w*float32(len(objects)) + l.gutter*float32(max(0, len(objects)-1))
	return fyne.NewSize(w, l.HeightAt(objects, max(w, l.width)))
}

func (l *columnsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	w := l.each(len(objects), size.Width)
	for i, o := range objects {
		o.Move(fyne.NewPos(float32(i)*(w+l.gutter), 0))
		o.Resize(fyne.NewSize(w, size.Height))
	}
}

// Fixed gives an object a width, and a height where it is not 0, that grow with the text.
func Fixed(width, height float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&fixedLayout{width, height}, o)
}

type fixedLayout struct{ width, height float32 }

func (l *fixedLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	if l.height > 0 {
		return Scaled(l.height)
	}
	return HeightAt(o[0], width)
}

func (l *fixedLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[0].MinSize()
	if l.width > 0 {
		m.Width = Scaled(l.width)
	}
	if l.height > 0 {
		m.Height = Scaled(l.height)
	} else {
		m.Height = HeightAt(o[0], m.Width)
	}
	return m
}

func (l *fixedLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(size)
}

// Wrap sets objects from left to right and goes on in the next line where the width ends.
func Wrap(gap, lineGap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&wrapLayout{gap: gap, lineGap: lineGap}, objects...)
}

type wrapLayout struct{ gap, lineGap, width float32 }

func (l *wrapLayout) place(objects []fyne.CanvasObject, width float32, put func(o fyne.CanvasObject, x, y, w, h float32)) float32 {
	var x, y, line float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if x > 0 && x+m.Width > width+0.5 {
			x, y, line = 0, y+line+l.lineGap, 0
		}
		if put != nil {
			put(o, x, y, min(m.Width, max(width, 1)), m.Height)
		}
		x += m.Width + l.gap
		line = max(line, m.Height)
	}
	return y + line
}

func (l *wrapLayout) HeightAt(objects []fyne.CanvasObject, width float32) float32 {
	return l.place(objects, width, nil)
}

func (l *wrapLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var w float32
	for _, o := range objects {
		if o.Visible() {
			w = max(w, o.MinSize().Width)
		}
	}
	return fyne.NewSize(w, l.place(objects, max(w, l.width), nil))
}

func (l *wrapLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.place(objects, size.Width, func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	})
}

// Scroll lets its content run below the edge. The content is as wide as the view.
func Scroll(content fyne.CanvasObject) *container.Scroll {
	return container.NewVScroll(container.New(&fitWidth{}, content))
}

// fitWidth answers with the height that the content needs at the width that the view has.
type fitWidth struct{ width float32 }

func (l *fitWidth) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[0].MinSize()
	return fyne.NewSize(m.Width, HeightAt(o[0], max(m.Width, l.width)))
}

// HeightAt implements FlowLayout.
func (l *fitWidth) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	return HeightAt(o[0], width)
}

func (l *fitWidth) Layout(o []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(size)
}

// NarrowColumn keeps an object to a width at 100 %, at the left: text wider than that is hard to read.
func NarrowColumn(width float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&narrowLayout{width}, o)
}

type narrowLayout struct{ width float32 }

func (l *narrowLayout) at(width float32) float32 { return min(width, Scaled(l.width)) }

// HeightAt implements FlowLayout.
func (l *narrowLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	return HeightAt(o[0], l.at(width))
}

func (l *narrowLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (l *narrowLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(l.at(s.Width), s.Height))
}
