package figure

import (
	"encoding/xml"
	"image/color"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/golang/freetype/truetype"
	"github.com/wcharczuk/go-chart/v2"
	"github.com/wcharczuk/go-chart/v2/drawing"
)

// svgPen is a go-chart Renderer that writes SVG 1.1 which office programs read without loss: attributes
// only, colours as #rrggbb with their opacity beside them, decimal widths, and text as outlines, so that no
// font is needed. The same calls give the same bytes.
type svgPen struct {
	width, height int
	title, desc   string
	body          []byte
	missing       func(rune)

	dpi       float64
	fillColor color.NRGBA
	line      stroke
	current   path
	text      struct {
		color  color.NRGBA
		size   float64 // points
		weight weight
		turn   float64 // radians
	}
}

var _ pen = (*svgPen)(nil)

func newSVGPen(width, height int, title, desc string, ground color.NRGBA, missing func(rune)) *svgPen {
	s := &svgPen{width: width, height: height, title: title, desc: desc, missing: missing, dpi: chart.DefaultDPI}
	s.body = make([]byte, 0, 256<<10)
	if ground.A > 0 {
		var page path
		page.rectangle(rect{0, 0, float64(width), float64(height)})
		s.fill(&page, ground)
	}
	return s
}

func (s *svgPen) fill(p *path, c color.NRGBA) {
	if p.empty() || c.A == 0 {
		return
	}
	s.open(p)
	s.paint("fill", c)
	s.body = append(s.body, "/>\n"...)
}

func (s *svgPen) stroke(p *path, st stroke) {
	if p.empty() || st.width <= 0 || st.color.A == 0 {
		return
	}
	s.open(p)
	s.body = append(s.body, ` fill="none"`...)
	s.strokeAttributes(st)
	s.body = append(s.body, "/>\n"...)
}

func (s *svgPen) strokeAttributes(st stroke) {
	s.paint("stroke", st.color)
	s.body = append(s.body, ` stroke-width="`...)
	s.number(st.width)
	s.body = append(s.body, '"')
	if len(st.dash) > 0 {
		s.body = append(s.body, ` stroke-dasharray="`...)
		for i, d := range st.dash {
			if i > 0 {
				s.body = append(s.body, ',')
			}
			s.number(d)
		}
		s.body = append(s.body, '"')
	}
}

// paint writes a colour and, where it is not full, its opacity.
func (s *svgPen) paint(attribute string, c color.NRGBA) {
	const hex = "0123456789abcdef"
	s.body = append(s.body, ' ')
	s.body = append(s.body, attribute...)
	s.body = append(s.body, `="#`...)
	for _, v := range [3]uint8{c.R, c.G, c.B} {
		s.body = append(s.body, hex[v>>4], hex[v&15])
	}
	s.body = append(s.body, '"')
	if c.A < 0xFF {
		s.body = append(s.body, ' ')
		s.body = append(s.body, attribute...)
		s.body = append(s.body, `-opacity="`...)
		s.body = strconv.AppendFloat(s.body, math.Round(float64(c.A)/255*1000)/1000, 'f', -1, 64)
		s.body = append(s.body, '"')
	}
}

// open begins a path element and writes its outline.
func (s *svgPen) open(p *path) {
	s.body = append(s.body, `<path d="`...)
	i := 0
	for _, v := range p.verbs {
		switch v {
		case moveTo:
			s.body = append(s.body, 'M')
			s.pair(p.points[i])
			i++
		case lineTo:
			s.body = append(s.body, 'L')
			s.pair(p.points[i])
			i++
		case quadTo:
			s.body = append(s.body, 'Q')
			s.pair(p.points[i])
			s.body = append(s.body, ' ')
			s.pair(p.points[i+1])
			i += 2
		case closeIt:
			s.body = append(s.body, 'Z')
		}
	}
	s.body = append(s.body, '"')
}

func (s *svgPen) pair(p point) {
	s.number(p.x)
	s.body = append(s.body, ' ')
	s.number(p.y)
}

// number writes a coordinate to a hundredth of a pixel, without trailing zeros. Whole-number arithmetic is
// many times faster than strconv here, and half of a figure's SVG is coordinates.
func (s *svgPen) number(v float64) {
	n := int64(math.Round(v * 100))
	if n < 0 {
		s.body = append(s.body, '-')
		n = -n
	}
	s.body = strconv.AppendInt(s.body, n/100, 10)
	if cents := n % 100; cents != 0 {
		s.body = append(s.body, '.', byte('0'+cents/10))
		if cents%10 != 0 {
			s.body = append(s.body, byte('0'+cents%10))
		}
	}
}

// Save implements chart.Renderer: it writes the whole document.
func (s *svgPen) Save(w io.Writer) error {
	var head strings.Builder
	size := strconv.Itoa(s.width) + `" height="` + strconv.Itoa(s.height)
	head.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	head.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="` + size +
		`" viewBox="0 0 ` + strconv.Itoa(s.width) + " " + strconv.Itoa(s.height) + "\">\n")
	head.WriteString("<title>")
	if err := xml.EscapeText(&head, []byte(s.title)); err != nil {
		return err
	}
	head.WriteString("</title>\n<desc>")
	if err := xml.EscapeText(&head, []byte(s.desc)); err != nil {
		return err
	}
	head.WriteString("</desc>\n")
	for _, part := range [][]byte{[]byte(head.String()), s.body, []byte("</svg>\n")} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// The rest of chart.Renderer, so that a go-chart series can be drawn on the same document.

// ResetStyle implements chart.Renderer.
func (s *svgPen) ResetStyle() {
	s.fillColor, s.line = color.NRGBA{}, stroke{}
	s.text.color, s.text.size, s.text.weight, s.text.turn = color.NRGBA{}, 0, regular, 0
}

// GetDPI implements chart.Renderer.
func (s *svgPen) GetDPI() float64 { return s.dpi }

// SetDPI implements chart.Renderer.
func (s *svgPen) SetDPI(dpi float64) { s.dpi = dpi }

// SetClassName implements chart.Renderer. Classes need a style sheet, which office programs ignore.
func (s *svgPen) SetClassName(string) {}

// SetStrokeColor implements chart.Renderer.
func (s *svgPen) SetStrokeColor(c drawing.Color) { s.line.color = fromDrawing(c) }

// SetFillColor implements chart.Renderer.
func (s *svgPen) SetFillColor(c drawing.Color) { s.fillColor = fromDrawing(c) }

// SetStrokeWidth implements chart.Renderer.
func (s *svgPen) SetStrokeWidth(width float64) { s.line.width = width }

// SetStrokeDashArray implements chart.Renderer.
func (s *svgPen) SetStrokeDashArray(dash []float64) { s.line.dash = dash }

// MoveTo implements chart.Renderer.
func (s *svgPen) MoveTo(x, y int) { s.current.move(float64(x), float64(y)) }

// LineTo implements chart.Renderer.
func (s *svgPen) LineTo(x, y int) {
	if s.current.empty() {
		s.MoveTo(x, y)
		return
	}
	s.current.line(float64(x), float64(y))
}

// QuadCurveTo implements chart.Renderer.
func (s *svgPen) QuadCurveTo(cx, cy, x, y int) {
	s.current.quad(float64(cx), float64(cy), float64(x), float64(y))
}

// ArcTo implements chart.Renderer, as chords of five degrees.
func (s *svgPen) ArcTo(cx, cy int, rx, ry, start, delta float64) {
	n := max(1, int(math.Ceil(math.Abs(delta)/(math.Pi/36))))
	for i := 0; i <= n; i++ {
		a := start + delta*float64(i)/float64(n)
		x, y := float64(cx)+rx*math.Cos(a), float64(cy)+ry*math.Sin(a)
		if s.current.empty() {
			s.current.move(x, y)
		} else {
			s.current.line(x, y)
		}
	}
}

// Close implements chart.Renderer.
func (s *svgPen) Close() { s.current.close() }

// Stroke implements chart.Renderer.
func (s *svgPen) Stroke() {
	s.stroke(&s.current, s.line)
	s.current = path{}
}

// Fill implements chart.Renderer.
func (s *svgPen) Fill() {
	s.fill(&s.current, s.fillColor)
	s.current = path{}
}

// FillStroke implements chart.Renderer.
func (s *svgPen) FillStroke() {
	s.fill(&s.current, s.fillColor)
	s.Stroke()
}

// Circle implements chart.Renderer.
func (s *svgPen) Circle(radius float64, x, y int) { s.current.circle(float64(x), float64(y), radius) }

// SetFont implements chart.Renderer. The figures have one family; a font only chooses the weight.
func (s *svgPen) SetFont(f *truetype.Font) {
	s.text.weight = regular
	if f != nil && strings.Contains(f.Name(truetype.NameIDFontFullName), "Bold") {
		s.text.weight = semiBold
	}
}

// SetFontColor implements chart.Renderer.
func (s *svgPen) SetFontColor(c drawing.Color) { s.text.color = fromDrawing(c) }

// SetFontSize implements chart.Renderer.
func (s *svgPen) SetFontSize(size float64) { s.text.size = size }

// Text implements chart.Renderer.
func (s *svgPen) Text(body string, x, y int) {
	p := textPath(body, s.text.weight, s.pixels(), 0, 0, s.missing)
	sin, cos := math.Sincos(s.text.turn)
	for i, q := range p.points {
		p.points[i] = point{float64(x) + q.x*cos - q.y*sin, float64(y) + q.x*sin + q.y*cos}
	}
	s.fill(p, s.text.color)
}

// MeasureText implements chart.Renderer.
func (s *svgPen) MeasureText(body string) chart.Box {
	size := s.pixels()
	box := chart.Box{Right: int(math.Ceil(textWidth(body, s.text.weight, size))), Bottom: int(math.Ceil(size * capHeight))}
	if s.text.turn == 0 {
		return box
	}
	return box.Corners().Rotate(chart.RadiansToDegrees(s.text.turn)).Box()
}

func (s *svgPen) pixels() float64 { return s.text.size * s.dpi / 72 }

// SetTextRotation implements chart.Renderer.
func (s *svgPen) SetTextRotation(radians float64) { s.text.turn = radians }

// ClearTextRotation implements chart.Renderer.
func (s *svgPen) ClearTextRotation() { s.text.turn = 0 }

func fromDrawing(c drawing.Color) color.NRGBA { return color.NRGBA{R: c.R, G: c.G, B: c.B, A: c.A} }
