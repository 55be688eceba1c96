package figure

import (
	"image"
	"image/color"
	"image/draw"

	"github.com/wcharczuk/go-chart/v2"
	"github.com/wcharczuk/go-chart/v2/drawing"
)

// pen is what figures are drawn with: go-chart's Renderer, and beside it the two strokes that its whole
// pixels are too coarse for. Curves and letters need parts of a pixel.
type pen interface {
	chart.Renderer
	// fill paints the inside of the path; overlapping parts count once.
	fill(p *path, c color.NRGBA)
	// stroke paints along the path.
	stroke(p *path, s stroke)
}

// stroke says how a line is drawn. Lengths are pixels.
type stroke struct {
	color color.NRGBA
	width float64
	dash  []float64 // lengths of dashes and gaps; nil is solid
}

// rasterPen draws pixels with go-chart's raster renderer and its drawing context, both on one image.
type rasterPen struct {
	chart.Renderer
	image   *image.RGBA
	context *drawing.RasterGraphicContext
}

// newRasterPen returns a pen on a new picture, which is filled with the ground unless that is transparent.
func newRasterPen(width, height int, ground color.NRGBA) (*rasterPen, error) {
	renderer, err := chart.PNG(width, height)
	if err != nil {
		return nil, err
	}
	// Saving to an ImageWriter hands over the renderer's own image, with no encoding and no copy.
	var writer chart.ImageWriter
	if err := renderer.Save(&writer); err != nil {
		return nil, err
	}
	picture, err := writer.Image()
	if err != nil {
		return nil, err
	}
	rgba := picture.(*image.RGBA) // chart.PNG draws on nothing else
	if ground.A > 0 {
		draw.Draw(rgba, rgba.Bounds(), image.NewUniform(ground), image.Point{}, draw.Src)
	}
	context, err := drawing.NewRasterGraphicContext(rgba)
	if err != nil {
		return nil, err
	}
	context.SetFillRule(drawing.FillRuleWinding)
	return &rasterPen{Renderer: renderer, image: rgba, context: context}, nil
}

func (r *rasterPen) fill(p *path, c color.NRGBA) {
	if p.empty() || c.A == 0 {
		return
	}
	r.context.SetFillColor(c)
	pending := 0
	p.flattenGroups(func(points []point, _ bool) {
		pending += len(points)
		for i, q := range points {
			q.x, q.y = bounded(q.x), bounded(q.y)
			if i == 0 {
				r.context.MoveTo(q.x, q.y)
			} else {
				r.context.LineTo(q.x, q.y)
			}
		}
		r.context.Close()
	}, func() {
		if pending > groupPoints {
			r.context.Fill()
			pending = 0
		}
	})
	r.context.Fill()
}

// groupPoints is how many points are gathered before a break is worth a pass of the rasterizer.
const groupPoints = 60

// bounded keeps a coordinate where the rasterizer's fixed-point numbers hold it.
func bounded(v float64) float64 { return max(-maxSide, min(v, 2*maxSide)) }

func (r *rasterPen) stroke(p *path, s stroke) {
	if s.width <= 0 || s.color.A == 0 || p.empty() {
		return
	}
	if len(s.dash) > 0 {
		p = p.dashed(s.dash)
	}
	r.fill(p.stroked(s.width), s.color)
}
