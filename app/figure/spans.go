package figure

import (
	"fmt"
	"math"
)

// Spans.

func (s Spans) check(f *Figure) error {
	for _, b := range s.Bars {
		if err := checkRow(f, b.Row); err != nil {
			return err
		}
	}
	return nil
}

func (s Spans) extend(e *extents) {
	for _, b := range s.Bars {
		e.x.add(b.Low, b.High)
	}
	if s.Split {
		e.x.add(s.Zero)
	}
}

// texts are the words at the ends with their places, left and right on the picture.
func (b FromTo) texts(pl *plot) (leftText, rightText string, leftX, rightX float64) {
	x0, x1 := pl.x.Pixel(b.Low), pl.x.Pixel(b.High)
	leftText, rightText = b.LowText, b.HighText
	if x1 < x0 {
		x0, x1, leftText, rightText = x1, x0, rightText, leftText
	}
	return leftText, rightText, x0 - pl.m.gap*0.8, x1 + pl.m.gap*0.8
}

func (s Spans) reach(pl *plot) (from, to float64) {
	from, to = math.Inf(1), math.Inf(-1)
	size := pl.rowSize(pl.m.note)
	for _, b := range s.Bars {
		leftText, rightText, x0, x1 := b.texts(pl)
		from = math.Min(from, x0-textWidth(leftText, regular, size))
		to = math.Max(to, x1+textWidth(rightText, regular, size))
	}
	return from, to
}

func (s Spans) paint(pl *plot, at depth) {
	switch at {
	case depthMark:
		for _, b := range s.Bars {
			s.bar(pl, b)
		}
	case depthWords:
		size := pl.rowSize(pl.m.note)
		for _, b := range s.Bars {
			leftText, rightText, x0, x1 := b.texts(pl)
			y := pl.rowY(b.Row)
			style := textStyle{size: size, color: pl.theme.Ink2, halo: true}
			pl.write(rightText, x1, y, style)
			style.anchor = right
			pl.write(leftText, x0, y, style)
		}
	}
}

func (s Spans) bar(pl *plot, b FromTo) {
	height, y := pl.barHeight()*1.0, pl.rowY(b.Row)
	low, high := math.Min(b.Low, b.High), math.Max(b.Low, b.High)
	piece := func(from, to float64, p Paint) {
		if to < from {
			return
		}
		x0, x1 := pl.x.Pixel(from), pl.x.Pixel(to)
		pl.part(sharp(rect{x0, y - height/2, math.Max(x1, x0+1), y + height/2}), Part{Paint: p}, false)
	}
	switch {
	case b.OwnPaint:
		piece(low, high, b.Paint)
	case s.Split && low < s.Zero && high > s.Zero:
		piece(low, s.Zero, s.Below)
		piece(s.Zero, high, s.Above)
	case s.Split && high <= s.Zero:
		piece(low, high, s.Below)
	default:
		piece(low, high, s.Above)
	}
	if b.Connect {
		at := pl.x.Pixel(b.High)
		if b.ConnectLow {
			at = pl.x.Pixel(b.Low)
		}
		pl.rule(at, y+height/2, at, y+pl.pitch-height/2, pl.m.hair, pl.theme.Ink3)
	}
}

// RangeMarks.

func (r RangeMarks) check(f *Figure) error {
	for _, m := range r.Marks {
		if err := checkRow(f, m.Row); err != nil {
			return err
		}
		if !m.NoDot && (m.Low > m.Likely || m.Likely > m.High) {
			return fmt.Errorf("row %d: %g, %g, %g are out of order", m.Row, m.Low, m.Likely, m.High)
		}
	}
	return nil
}

func (r RangeMarks) extend(e *extents) {
	for _, m := range r.Marks {
		if !m.NoDot {
			e.x.add(m.Low, m.Likely, m.High)
		}
	}
}

func (m RangeMark) textX(pl *plot) float64 {
	if m.NoDot {
		return pl.box.x0 + pl.m.gap
	}
	return pl.x.Pixel(m.High) + pl.m.gap + pl.m.dot*0.4
}

func (m RangeMark) weight() weight {
	if m.Strong {
		return semiBold
	}
	return regular
}

// text is what stands beside the mark: in a small panel only what stands in its place.
func (m RangeMark) text(pl *plot) string {
	if pl.small() && (!m.NoDot || len(pl.f.Columns) > 0) {
		return ""
	}
	return m.Text
}

func (r RangeMarks) reach(pl *plot) (from, to float64) {
	from, to = math.Inf(1), math.Inf(-1)
	for _, m := range r.Marks {
		size := pl.rowSize(pl.m.note)
		x := pl.labelStart(m.textX(pl)-pl.m.gap, m.text(pl), size, m.weight(), m.Row)
		to = math.Max(to, x+textWidth(m.text(pl), m.weight(), size))
	}
	return from, to
}

func (r RangeMarks) paint(pl *plot, at depth) {
	for _, m := range r.Marks {
		switch at {
		case depthMark:
			if !m.NoDot {
				pl.rangeMark(m)
			}
		case depthWords:
			size := pl.rowSize(pl.m.note)
			x := pl.labelStart(m.textX(pl)-pl.m.gap, m.text(pl), size, m.weight(), m.Row)
			if x+textWidth(m.Text, m.weight(), size) > pl.wordsLimit()+pl.m.gap {
				continue
			}
			ink := pl.theme.Ink2
			if m.Strong {
				ink = pl.theme.Ink
			}
			pl.labels.take(pl.write(m.text(pl), x, pl.rowY(m.Row), textStyle{size: size, weight: m.weight(), color: ink, halo: true}))
		}
	}
}

// rangeMark draws likely as a dot and P10 to P90 as a thick pale line with end ticks.
func (pl *plot) rangeMark(m RangeMark) {
	y := pl.rowY(m.Row)
	paint, edge := pl.theme.Color(m.Paint), pl.theme.Edge(m.Paint)
	strength := 1.0
	if m.Faint {
		strength = 0.4
	}
	x0, x1 := pl.x.Pixel(m.Low), pl.x.Pixel(m.High)
	if x1-x0 > 1 {
		pl.rule(x0, y, x1, y, pl.m.dot*0.95, fade(paint, 0.45*strength))
		pl.rule(x0, y-pl.m.dot*1.25, x0, y+pl.m.dot*1.25, pl.m.whisker, fade(edge, 0.9*strength))
		pl.rule(x1, y-pl.m.dot*1.25, x1, y+pl.m.dot*1.25, pl.m.whisker, fade(edge, 0.9*strength))
	}
	pl.mark(m.Paint.Shape(), pl.x.Pixel(m.Likely), y, pl.m.dot, fade(paint, strength), fade(edge, strength), m.Hollow)
	pl.labels.take(rect{x0, y - pl.m.dot*1.3, x1, y + pl.m.dot*1.3})
}
