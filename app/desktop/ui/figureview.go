package ui

import (
	"context"
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Render draws a figure at a size in pixels; scale is pixels per unit of the window, for the size of the text.
// It runs off the window's goroutine. A nil image means that there is nothing to draw yet.
type Render func(ctx context.Context, width, height int, scale float32) (image.Image, error)

// Runner says how work leaves the window's goroutine and how its result comes back.
type Runner struct {
	Go func(func())
	Do func(func())
}

// Background is the Runner of the app; tests use Inline.
var (
	Background = Runner{Go: func(f func()) { go f() }, Do: fyne.Do}
	Inline     = Runner{Go: func(f func()) { f() }, Do: func(f func()) { f() }}
)

// Reading is what a figure says at a point under the pointer.
type Reading struct {
	X     float64  // where the crosshair stands, 0..1 of the picture's width
	Lines []string // what is read there
}

// FigureView shows a figure drawn to the pixels it has: title, caption, the picture and its actions. It asks
// for a new picture whenever its size, the theme or the figure changes; the latest wins, and the old one stays
// until the new one is there.
type FigureView struct {
	widget.BaseWidget
	render  Render
	run     Runner
	title   *Text
	caption *Text
	note    *Text
	buttons *fyne.Container
	image   *canvas.Image
	probe   func(x, y float64) (Reading, bool)
	least   fyne.Size
	said    string // the picture in words

	pixels    image.Point
	scale     float32
	dark      bool
	text      float32 // the text's factor at the last drawing
	busy      bool
	again     bool
	hidden    bool // it is out of sight
	waits     bool // a drawing is wanted once it comes into sight
	cancel    context.CancelFunc
	pointer   fyne.Position // where it was last
	hair      *canvas.Rectangle
	readGound *Ground
	reading   *Text
}

var _ desktop.Hoverable = (*FigureView)(nil)

// NewFigureView returns a view of at least this size, without title and caption until SetTitle.
func NewFigureView(least fyne.Size, run Runner, render Render) *FigureView {
	v := &FigureView{render: render, run: run, least: least}
	v.title = NewText(BodyStrong, "").Wrapped()
	v.caption = NewText(Caption, "").In(ColorInk3).Wrapped()
	v.note = NewText(Secondary, "").In(ColorInk3).Centred()
	v.buttons = Row(2)
	v.image = canvas.NewImageFromImage(nil)
	v.image.FillMode = canvas.ImageFillStretch
	v.image.ScaleMode = canvas.ImageScaleSmooth
	v.hair = canvas.NewRectangle(color.Transparent)
	v.readGound = NewGround(ColorFloat, 5)
	v.reading = NewText(Caption, "").In(ColorOnFloat).Wrapped()
	v.hideReading()
	v.ExtendBaseWidget(v)
	return v
}

// SetTitle sets the finding and, below it, the measure and unit.
func (v *FigureView) SetTitle(finding, measure string) {
	v.title.SetText(finding)
	v.caption.SetText(measure)
	v.Refresh()
}

// SetNote shows words in place of the picture while there is none: why there is nothing to draw.
func (v *FigureView) SetNote(words string) { v.note.SetText(words) }

// SetActions puts the explain, copy and save buttons at the right of the title; a nil action has no button.
func (v *FigureView) SetActions(explain, copyText, save func()) {
	v.buttons.Objects = nil
	add := func(g Glyph, name string, f func()) {
		if f != nil {
			v.buttons.Add(NewIconButton(g, name, f))
		}
	}
	add(IconFormula, "Explain this figure", explain)
	add(IconCopy, "Copy the numbers", copyText)
	add(IconImport, "Save this figure", save)
	v.Refresh()
}

// SetProbe sets what the pointer reads off the figure; x and y run 0..1 from the picture's top left.
func (v *FigureView) SetProbe(probe func(x, y float64) (Reading, bool)) { v.probe = probe }

// SetRender changes what is drawn, and draws it.
func (v *FigureView) SetRender(render Render) {
	v.render = render
	v.Redraw()
}

// Redraw asks for a new picture of the present size.
func (v *FigureView) Redraw() {
	if v.pixels.X > 0 {
		v.ask()
	}
}

// SetInSight says whether the view can be seen, for one that scrolls; a new view can. Out of sight nothing is drawn: a
// picture that no longer holds is given up, and the new one drawn when the view comes into sight.
func (v *FigureView) SetInSight(in bool) {
	v.hidden = !in
	if in && v.waits {
		v.waits = false
		v.ask()
	}
}

// Picture returns what is shown, nil before the first drawing.
func (v *FigureView) Picture() image.Image { return v.image.Image }

// Resize learns the size in units; the raster behind corrects it to the true pixels when it is painted.
func (v *FigureView) Resize(size fyne.Size) {
	v.BaseWidget.Resize(size)
	scale := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		scale = c.Scale()
	}
	p := v.pictureSize(size)
	v.learn(int(p.Width*scale+0.5), int(p.Height*scale+0.5), scale)
}

// headHeight is the height of title and caption at the view's width; a long finding takes another line.
func (v *FigureView) headHeight() float32 {
	if v.title.Words() == "" && v.caption.Words() == "" && len(v.buttons.Objects) == 0 {
		return 0
	}
	h := v.title.HeightAt(v.wordsWidth())
	if v.caption.Words() != "" {
		h += v.caption.HeightAt(v.captionWidth(h))
	}
	return max(h, v.buttons.MinSize().Height) + 4
}

// wordsWidth is what the buttons leave to the title.
func (v *FigureView) wordsWidth() float32 {
	width := v.Size().Width
	if width == 0 {
		width = v.least.Width
	}
	if b := v.buttons.MinSize().Width; b > 0 {
		width -= b + 8
	}
	return max(1, width)
}

// captionWidth is the whole width below a finding of two lines, since the buttons end there, else what they leave.
func (v *FigureView) captionWidth(above float32) float32 {
	if above < v.buttons.MinSize().Height {
		return v.wordsWidth()
	}
	return max(v.wordsWidth(), v.Size().Width)
}

func (v *FigureView) pictureSize(size fyne.Size) fyne.Size {
	return fyne.NewSize(size.Width, max(0, size.Height-v.headHeight()))
}

// learn notes the pixels there are, and asks for a picture where they changed.
func (v *FigureView) learn(width, height int, scale float32) {
	if width < 8 || height < 8 {
		return
	}
	near := func(a, b int) bool { return a-b <= 1 && b-a <= 1 }
	if near(v.pixels.X, width) && near(v.pixels.Y, height) && v.dark == IsDark() && v.text == Scale() {
		return
	}
	v.pixels, v.scale, v.dark, v.text = image.Pt(width, height), scale, IsDark(), Scale()
	v.ask()
}

// ask starts a drawing, or notes that another is wanted after the one under way.
func (v *FigureView) ask() {
	if v.render == nil {
		return
	}
	if v.busy {
		v.again = true
		v.cancel()
		return
	}
	if v.hidden {
		v.waits = true
		if v.image.Image != nil {
			v.image.Image = nil
			v.image.Refresh()
		}
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	v.busy, v.cancel = true, cancel
	render, size, scale := v.render, v.pixels, v.scale*Scale()
	v.run.Go(func() {
		img, err := render(ctx, size.X, size.Y, scale)
		v.run.Do(func() { v.took(img, err) })
	})
}

func (v *FigureView) took(img image.Image, err error) {
	v.cancel()
	v.busy = false
	if v.again {
		v.again = false
		v.ask()
		return
	}
	switch {
	case err != nil:
		v.note.SetText("This figure cannot be drawn.")
		v.note.Show()
	case img != nil:
		v.image.Image = img
		v.image.Refresh()
		v.note.Hide()
		if v.reading.Visible() { // what is read there may have changed
			v.read(v.pointer)
		}
	default:
		v.image.Image = nil
		v.image.Refresh()
		v.note.Show()
	}
}

// MouseIn implements desktop.Hoverable.
func (v *FigureView) MouseIn(e *desktop.MouseEvent) { v.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (v *FigureView) MouseMoved(e *desktop.MouseEvent) { v.read(e.Position) }

// read shows what the figure says at a place of the view.
func (v *FigureView) read(at fyne.Position) {
	v.pointer = at
	p, top := v.pictureSize(v.Size()), v.headHeight()
	if v.probe == nil || p.Width <= 0 || p.Height <= 0 || at.Y < top {
		v.hideReading()
		return
	}
	r, ok := v.probe(float64(at.X/p.Width), float64((at.Y-top)/p.Height))
	if !ok {
		v.hideReading()
		return
	}
	v.showReading(r, p, top)
}

// MouseOut implements desktop.Hoverable.
func (v *FigureView) MouseOut() { v.hideReading() }

func (v *FigureView) showReading(r Reading, p fyne.Size, top float32) {
	x := float32(r.X) * p.Width
	v.hair.FillColor = Color(ColorInk3)
	place(v.hair, x, top, 1, p.Height)
	var words string
	var width float32
	for i, line := range r.Lines {
		if i > 0 {
			words += "\n"
		}
		words += line
		width = max(width, NewText(Caption, line).FullWidth())
	}
	v.reading.SetText(words)
	h := v.reading.HeightAt(width + 1)
	left := x + 10
	if left+width+16 > p.Width {
		left = max(0, x-10-width-16)
	}
	place(v.readGound, left, top+8, width+16, h+8)
	place(v.reading, left+8, top+12, width+1, h)
	v.hair.Show()
	v.readGound.Show()
	v.reading.Show()
	canvas.Refresh(v.hair)
}

func (v *FigureView) hideReading() {
	v.hair.Hide()
	v.readGound.Hide()
	v.reading.Hide()
}

// CreateRenderer implements fyne.Widget.
func (v *FigureView) CreateRenderer() fyne.WidgetRenderer {
	var view fyne.Size
	ruler := canvas.NewRaster(func(w, h int) image.Image {
		// This runs while painting: only note the size here, and draw later.
		if view.Width > 0 {
			scale := float32(w) / view.Width
			v.run.Do(func() { v.learn(w, h, scale) })
		}
		return image.NewNRGBA(image.Rect(0, 0, 1, 1))
	})
	var p *painter
	p = &painter{
		objects: []fyne.CanvasObject{ruler, v.image, v.note, v.title, v.caption, v.buttons, v.hair, v.readGound, v.reading},
		min: func() fyne.Size {
			return v.least.AddWidthHeight(0, v.headHeight())
		},
		layout: func(s fyne.Size) {
			top := v.headHeight()
			p := v.pictureSize(s)
			view = p
			b := v.buttons.MinSize()
			place(v.buttons, s.Width-b.Width, 0, b.Width, b.Height)
			words := v.wordsWidth()
			height := v.title.HeightAt(words)
			place(v.title, 0, 0, words, height)
			wide := v.captionWidth(height)
			place(v.caption, 0, height, wide, v.caption.HeightAt(wide))
			place(ruler, 0, top, p.Width, p.Height)
			place(v.image, 0, top, p.Width, p.Height)
			place(v.note, 0, top+p.Height/2-Scaled(10), p.Width, Scaled(20))
		},
		refresh: func() {
			if (v.dark != IsDark() || v.text != Scale()) && v.pixels.X > 0 {
				v.dark, v.text = IsDark(), Scale()
				v.ask()
			}
			if size := v.Size(); size.Width > 0 { // other words may take another height
				p.layout(size)
			}
		},
	}
	return newPainter(p)
}
