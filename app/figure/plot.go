package figure

import (
	"image/color"
	"math"
)

// depth is the order in which the layers are painted: every layer is asked at every depth.
type depth int

const (
	depthGround depth = iota // tints, maps, the chosen row
	depthBand                // ranges of series
	depthMark                // lines and bars
	depthOver                // reference lines, whiskers, points
	depthWords               // labels
	depths
)

// plot is one figure being drawn.
type plot struct {
	f     *Figure
	opt   Options
	pen   pen
	theme *Theme
	m     metrics
	u     float64 // pixels in a unit

	area  rect // what the frame leaves for the plot and its labels
	box   rect // the plot itself
	x, y  Scale
	right *Scale
	pitch float64 // between rows

	labels  labeller
	words   []word // everything written, in order
	ends    []endLabel
	missing map[rune]bool
	curves  []curve

	legend    []Key // the figure's, or the names of parts that have no room on their bar
	fixed     bool  // the box of the plot is found: what still reaches past it has to move
	noColumns bool  // no room for the columns of words
	spare     int   // what a small picture leaves out: 1 the legend, 2 titles of axes, 3 labels above the plot
}

// curve is a line as it can be read off under the pointer.
type curve struct {
	line  *Line
	scale *Scale
}

// word is a line of text as it stands on the picture.
type word struct {
	text string
	size float64
	box  rect
}

// endLabel is a name waiting for its place at the end of a line.
type endLabel struct {
	text  string
	paint Paint
	at    point
	ghost bool
}

func newPlot(f *Figure, opt Options, ink pen) *plot {
	m := deckMetrics
	if opt.Compact {
		m = panelMetrics
	}
	return &plot{
		f: f, opt: opt, pen: ink, theme: opt.Theme, u: opt.Scale, m: m.scaled(opt.Scale),
		missing: map[rune]bool{},
	}
}

func (pl *plot) noteMissing(r rune) { pl.missing[r] = true }

// draw draws the whole figure.
func (pl *plot) draw() error {
	f := pl.f
	if pl.opt.Compact {
		pad, side := 2*pl.u, 0.0
		if len(f.Rows) > 0 {
			side = 8 * pl.u // for the ground of the chosen row
		}
		pl.area = rect{side, pad, float64(pl.opt.Width) - side, float64(pl.opt.Height) - pad}
	} else {
		pl.area = pl.frame()
	}
	pl.labels.bounds = pl.area
	if err := pl.arrange(); err != nil {
		return err
	}
	pl.paintSelected()
	for at := depth(0); at < depths; at++ {
		if at == depthBand && !pl.hasCells() {
			pl.grid()
		}
		if at == depthWords {
			pl.placeEnds()
			pl.wordsAbove()
		}
		for _, layer := range f.Layers {
			layer.paint(pl, at)
		}
		if at == depthMark {
			pl.axes()
		}
	}
	pl.rowLabels()
	pl.columns()
	if pl.spare < 1 {
		pl.keys()
	}
	return nil
}

// small reports whether the picture is a small panel, which shows marks and leaves remarks to the page.
func (pl *plot) small() bool { return pl.opt.Compact && pl.area.width() < 450*pl.u }

func (pl *plot) hasCells() bool {
	for _, l := range pl.f.Layers {
		if _, ok := l.(Cells); ok {
			return true
		}
	}
	return false
}

// Primitives.

// anchor is the part of a text that stands at its place.
type anchor int

const (
	left anchor = iota
	centre
	right
)

// textStyle says how a text is set.
type textStyle struct {
	size   float64
	weight weight
	color  color.NRGBA
	anchor anchor
	halo   bool // a rim in the colour of the page, where lines run behind
}

// write sets one line of text, centred vertically on y, and returns its box.
func (pl *plot) write(text string, x, y float64, s textStyle) rect {
	if text == "" {
		return rect{x, y, x, y}
	}
	width := textWidth(text, s.weight, s.size)
	switch s.anchor {
	case centre:
		x -= width / 2
	case right:
		x -= width
	}
	baseline := math.Round(y + s.size*capHeight/2)
	outline := textPath(text, s.weight, s.size, x, baseline, pl.noteMissing)
	if s.halo && !pl.opt.Transparent {
		pl.pen.stroke(outline, stroke{color: pl.theme.Page, width: math.Max(2.5, s.size*0.26)})
	}
	pl.pen.fill(outline, s.color)
	box := rect{x, y - s.size*0.62, x + width, y + s.size*0.62}
	pl.words = append(pl.words, word{text, s.size, box})
	pl.labels.texts = append(pl.labels.texts, rect{x, y - s.size*0.4, x + width, y + s.size*0.42})
	return box
}

// box fills an upright box whose edges lie on whole pixels, so that it is sharp.
func (pl *plot) fillBox(r rect, c color.NRGBA) {
	r = sharp(r)
	if r.width() <= 0 || r.height() <= 0 {
		return
	}
	var p path
	p.rectangle(r)
	pl.pen.fill(&p, c)
}

func sharp(r rect) rect {
	return rect{math.Round(r.x0), math.Round(r.y0), math.Round(r.x1), math.Round(r.y1)}
}

// thickness returns a width in whole pixels, at least one.
func thickness(w float64) float64 { return math.Max(1, math.Round(w)) }

// rule draws an upright or level line as a sharp box.
func (pl *plot) rule(x0, y0, x1, y1, width float64, c color.NRGBA) {
	w := thickness(width)
	if x0 == x1 {
		x := math.Round(x0 - w/2)
		pl.fillBox(rect{x, y0, x + w, y1}, c)
		return
	}
	y := math.Round(y0 - w/2)
	pl.fillBox(rect{x0, y, x1, y + w}, c)
}

// mark draws a point with a rim in the colour of the page.
func (pl *plot) mark(shape Shape, x, y, radius float64, fill, edge color.NRGBA, hollow bool) {
	var rim, body path
	rim.mark(shape, x, y, radius+pl.m.hair*1.4)
	body.mark(shape, x, y, radius)
	if !pl.opt.Transparent {
		pl.pen.fill(&rim, pl.theme.Page)
	}
	if hollow {
		var inside path
		inside.mark(shape, x, y, radius-pl.m.whisker/2)
		if !pl.opt.Transparent {
			pl.pen.fill(&inside, pl.theme.Page)
		}
		pl.pen.stroke(&inside, stroke{color: edge, width: pl.m.whisker})
		return
	}
	pl.pen.fill(&body, fill)
	if edge != fill {
		pl.pen.stroke(&body, stroke{color: edge, width: pl.m.hair})
	}
}

// rowsHeight and rowY place the rows of the figure.
func (pl *plot) rowY(row int) float64 { return pl.box.y0 + pl.pitch*(float64(row)+0.5) }

// barHeight is the height of a bar in a row.
func (pl *plot) barHeight() float64 {
	share := 0.52
	if pl.opt.Compact {
		share = 0.42
	}
	return math.Min(pl.m.bar, pl.pitch*share)
}

// rowSize shrinks a text that is larger than its row allows.
func (pl *plot) rowSize(size float64) float64 { return math.Min(size, pl.pitch*0.78) }

// place turns a place in the units of the axes into pixels.
func (pl *plot) place(at XY, useRight bool) point {
	y := 0.0
	switch {
	case len(pl.f.Rows) > 0:
		y = pl.box.y0 + pl.pitch*(at.Y+0.5)
	case useRight && pl.right != nil:
		y = pl.right.Pixel(at.Y)
	default:
		y = pl.y.Pixel(at.Y)
	}
	return point{pl.x.Pixel(at.X), y}
}
