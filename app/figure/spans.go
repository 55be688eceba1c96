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

// spanWord is the words at one end of a bar: beside it, past a reference line that would run through them, or
// within the bar where they would land far from its end.
type spanWord struct {
	text   string
	x      float64
	anchor anchor
	inside bool
}

// words are those at the left and right end on the picture.
func (b FromTo) words(pl *plot) [2]spanWord {
	x0, x1 := pl.x.Pixel(b.Low), pl.x.Pixel(b.High)
	leftText, rightText := b.LowText, b.HighText
	if x1 < x0 {
		x0, x1, leftText, rightText = x1, x0, rightText, leftText
	}
	size, near := pl.rowSize(pl.m.note), pl.m.gap*0.8
	leftX, rightX := pl.labelEnd(x0+pl.m.gap*0.2, leftText, size), pl.labelStart(x1-pl.m.gap*0.2, rightText, size, regular, b.Row)
	leftWidth, rightWidth := textWidth(leftText, regular, size), textWidth(rightText, regular, size)
	out := [2]spanWord{{leftText, leftX, right, false}, {rightText, rightX, left, false}}
	// Within the bar there has to be room for both, and for their height.
	within := x1-x0 >= leftWidth+rightWidth+6*near && pl.barHeight() >= size*1.05
	// Words that moved far are read better within the bar.
	if within && x0-leftX > near+leftWidth*0.5 {
		out[0] = spanWord{leftText, x0 + near, left, true}
	}
	if noRoom := pl.fixed && rightX+rightWidth > pl.wordsLimit()+1; within && (noRoom || rightX-x1 > near+rightWidth*0.5) {
		out[1] = spanWord{rightText, x1 - near, right, true}
	}
	return out
}

func (s Spans) reach(pl *plot) (from, to float64) {
	from, to = math.Inf(1), math.Inf(-1)
	size := pl.rowSize(pl.m.note)
	for _, b := range s.Bars {
		words := b.words(pl)
		from = math.Min(from, words[0].x-textWidth(words[0].text, regular, size))
		to = math.Max(to, words[1].x+textWidth(words[1].text, regular, size))
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
		for _, b := range s.Bars {
			for _, w := range b.words(pl) {
				style := textStyle{size: pl.rowSize(pl.m.note), color: pl.theme.Ink2, halo: true, anchor: w.anchor}
				if w.inside {
					style.color, style.halo, style.weight = readable(pl.theme, s.paintAt(b, w.anchor == left)), false, semiBold
				}
				pl.labels.take(pl.write(w.text, w.x, pl.rowY(b.Row), style))
			}
		}
	}
}

// paintAt is the paint at the left or right end of a bar.
func (s Spans) paintAt(b FromTo, atLeft bool) Paint {
	end := math.Max(b.Low, b.High)
	if atLeft {
		end = math.Min(b.Low, b.High)
	}
	switch {
	case b.OwnPaint:
		return b.Paint
	case s.Split && end < s.Zero:
		return s.Below
	}
	return s.Above
}

func (s Spans) bar(pl *plot, b FromTo) {
	height, y := pl.barHeight()*1.0, pl.rowY(b.Row)
	low, high := math.Min(b.Low, b.High), math.Max(b.Low, b.High)
	piece := func(from, to float64, p Paint) {
		if to < from {
			return
		}
		x0, x1 := pl.x.Pixel(from), pl.x.Pixel(to)
		pl.part(sharp(rect{x0, y - height/2, math.Max(x1, x0+1), y + height/2}), Part{Paint: p}, partPlain)
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
	switch {
	case m.NoDot && m.High > 0: // past a ridge that has no mark
		return pl.x.Pixel(m.High) + pl.m.gap
	case m.NoDot:
		return pl.box.x0 + pl.m.gap
	}
	return pl.x.Pixel(m.High) + pl.m.gap + pl.m.dot*0.4
}

// textY is the middle of the words: those past a ridge stand above its tail.
func (m RangeMark) textY(pl *plot) float64 {
	if m.NoDot && m.High > 0 && pl.ridgeRoom() > 0 {
		return pl.markY(m.Row) - pl.rowSize(pl.m.note)*0.8
	}
	return pl.markY(m.Row)
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
			pl.labels.take(pl.write(m.text(pl), x, m.textY(pl), textStyle{size: size, weight: m.weight(), color: ink, halo: true}))
		}
	}
}

// rangeMark draws likely as a dot and P10 to P90 as a thick pale line with end ticks.
func (pl *plot) rangeMark(m RangeMark) {
	y := pl.markY(m.Row)
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
