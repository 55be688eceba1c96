package figure

import (
	"errors"
	"fmt"
	"image/color"
	"math"
)

// Stacks.

func (s Stacks) check(f *Figure) error {
	if f.X.Scaling == Log || f.X.Min != 0 {
		return errors.New("stacked bars begin at zero: the axis has to be linear and to start there")
	}
	for _, b := range s.Bars {
		if err := checkRow(f, b.Row); err != nil {
			return err
		}
		if len(b.Values) != len(s.Parts) {
			return fmt.Errorf("row %d has %d values for %d parts", b.Row, len(b.Values), len(s.Parts))
		}
		for i, v := range b.Values {
			if v < 0 {
				return fmt.Errorf("row %d: %s is below zero", b.Row, s.Parts[i].Name)
			}
		}
	}
	return nil
}

func (s Stacks) extend(e *extents) {
	e.x.add(0)
	for _, b := range s.Bars {
		e.x.add(b.end())
	}
}

func (b Bar) total() float64 {
	sum := 0.0
	for _, v := range b.Values {
		sum += v
	}
	return sum
}

// end is where bar and whisker end.
func (b Bar) end() float64 {
	if b.Range != nil {
		return math.Max(b.total(), b.Range.High)
	}
	return b.total()
}

// labelStart is where the words of a bar begin: past its end, and past a reference line that would run
// through them.
func (pl *plot) labelStart(end float64, text string, size float64, w weight, row int) float64 {
	x := end + pl.m.gap
	width := textWidth(text, w, size)
	for range len(pl.f.Layers) {
		moved := false
		for _, layer := range pl.f.Layers {
			ref, ok := layer.(RefLine)
			if !ok || ref.Across {
				continue
			}
			if at := pl.x.Pixel(ref.At); at > x-pl.m.gap*0.6 && at < x+width+pl.m.gap*0.6 {
				x, moved = at+pl.m.gap, true
			}
		}
		if !moved {
			break
		}
	}
	return x
}

// labelEnd is where words before a mark end: left of it, and left of a reference line that would run through
// them.
func (pl *plot) labelEnd(start float64, text string, size float64) float64 {
	x, width := start-pl.m.gap, textWidth(text, regular, size)
	for range pl.f.Layers {
		moved := false
		for _, layer := range pl.f.Layers {
			ref, ok := layer.(RefLine)
			if !ok || ref.Across {
				continue
			}
			if at := pl.x.Pixel(ref.At); at < x+pl.m.gap*0.6 && at > x-width-pl.m.gap*0.6 {
				x, moved = at-pl.m.gap, true
			}
		}
		if !moved {
			break
		}
	}
	return x
}

func (b Bar) weight() weight {
	if b.Strong {
		return semiBold
	}
	return regular
}

func (s Stacks) reach(pl *plot) float64 {
	farthest := 0.0
	for _, b := range s.Bars {
		size := pl.rowSize(pl.m.total)
		start := pl.labelStart(pl.x.Pixel(b.end()), b.Label, size, b.weight(), b.Row)
		farthest = math.Max(farthest, start+textWidth(b.Label, b.weight(), size))
	}
	return farthest
}

func (s Stacks) paint(pl *plot, at depth) {
	switch at {
	case depthMark:
		for _, b := range s.Bars {
			s.bar(pl, b)
		}
	case depthOver:
		for _, b := range s.Bars {
			if b.Range != nil {
				pl.casedWhisker(pl.x.Pixel(b.Range.Low), pl.x.Pixel(b.Range.High), pl.rowY(b.Row), pl.barHeight()*0.5)
			}
		}
	case depthWords:
		s.words(pl)
	}
}

// bar draws the parts of one bar, two pixels apart where both are wide enough to see.
func (s Stacks) bar(pl *plot, b Bar) {
	height, y := pl.barHeight(), pl.rowY(b.Row)
	from := 0.0
	gap := math.Round(1.5*pl.u + 0.5)
	for i, v := range b.Values {
		x0, x1 := math.Round(pl.x.Pixel(from)), math.Round(pl.x.Pixel(from+v))
		from += v
		if x1 <= x0 {
			continue
		}
		if i > 0 && x1-x0 > gap+1 && x0 > pl.box.x0+gap {
			x0 += gap
		}
		box := sharp(rect{x0, y - height/2, x1, y + height/2})
		pl.part(box, s.Parts[i], b.style())
	}
	pl.labels.take(rect{pl.box.x0, y - height/2, pl.x.Pixel(b.end()), y + height/2})
}

// partStyle says how a part of a bar is drawn.
type partStyle int

const (
	partPlain partStyle = iota
	partDashed
	partFaint
)

func (b Bar) style() partStyle {
	switch {
	case b.Dashed:
		return partDashed
	case b.Faint:
		return partFaint
	}
	return partPlain
}

// part draws one part of a bar: filled, hatched where it is a copy of another, or as a dashed outline where
// its amount has no source.
func (pl *plot) part(box rect, part Part, how partStyle) {
	c := pl.theme.Color(part.Paint)
	if how == partFaint {
		c = fade(c, 0.4)
	}
	var outline path
	switch {
	case how == partDashed:
		w := pl.m.thin
		outline.rectangle(rect{box.x0 + w/2, box.y0 + w/2, box.x1 - w/2, box.y1 - w/2})
		pl.pen.fill(&outline, fade(c, 0.12))
		pl.pen.stroke(&outline, stroke{color: pl.theme.Edge(part.Paint), width: w, dash: []float64{4 * w, 2.4 * w}})
	case part.Hatch:
		pl.hatch(box, c)
	default:
		outline.rounded(box, math.Min(pl.m.radius, box.width()/2))
		pl.pen.fill(&outline, c)
		if edge := pl.theme.Edge(part.Paint); edge != c && how != partFaint {
			w := thickness(pl.m.hair)
			var rim path
			rim.rectangle(rect{box.x0 + w/2, box.y0 + w/2, box.x1 - w/2, box.y1 - w/2})
			pl.pen.stroke(&rim, stroke{color: edge, width: w})
		}
	}
}

// hatch fills a box with rising lines and a rim.
func (pl *plot) hatch(box rect, c color.NRGBA) {
	width := math.Max(1, 2.6*pl.u*pl.hatchScale())
	pitch := width * 3.2
	var lines path
	for x := box.x0 - box.height(); x < box.x1; x += pitch {
		a, b, ok := clipSegment(point{x, box.y1}, point{x + box.height(), box.y0}, box)
		if ok && math.Hypot(b.x-a.x, b.y-a.y) > 0.5 {
			lines.move(a.x, a.y)
			lines.line(b.x, b.y)
		}
	}
	if !pl.opt.Transparent {
		pl.fillBox(box, pl.theme.Page)
	}
	pl.pen.stroke(&lines, stroke{color: c, width: width})
	w := thickness(pl.m.thin * 0.9)
	var rim path
	rim.rectangle(rect{box.x0 + w/2, box.y0 + w/2, box.x1 - w/2, box.y1 - w/2})
	pl.pen.stroke(&rim, stroke{color: c, width: w})
}

func (pl *plot) hatchScale() float64 {
	if pl.opt.Compact {
		return 0.62
	}
	return 1
}

// whisker draws a range with end ticks.
func (pl *plot) whisker(x0, x1, y, height float64, c color.NRGBA) {
	w := thickness(pl.m.whisker)
	pl.rule(x0, y, x1, y, w, c)
	pl.rule(x0, y-height/2, x0, y+height/2, w, c)
	pl.rule(x1, y-height/2, x1, y+height/2, w, c)
}

// casedWhisker is a whisker with a rim in the colour of the page, so that it is seen on a bar of its own shade.
func (pl *plot) casedWhisker(x0, x1, y, height float64) {
	if !pl.opt.Transparent {
		w, rim := thickness(pl.m.whisker), thickness(pl.m.hair)
		pl.rule(x0, y, x1, y, w+2*rim, pl.theme.Page)
		for _, x := range [...]float64{x0, x1} {
			pl.rule(x, y-height/2-rim, x, y+height/2+rim, w+2*rim, pl.theme.Page)
		}
	}
	pl.whisker(x0, x1, y, height, pl.theme.Ink)
}

func (s Stacks) words(pl *plot) {
	longest := -1
	for i, b := range s.Bars {
		size := pl.rowSize(pl.m.total)
		x := pl.labelStart(pl.x.Pixel(b.end()), b.Label, size, b.weight(), b.Row)
		pl.labels.take(pl.write(b.Label, x, pl.rowY(b.Row), textStyle{size: size, weight: b.weight(), color: pl.theme.Ink}))
		if longest < 0 || b.total() > s.Bars[longest].total() {
			longest = i
		}
	}
	if s.NameParts && longest >= 0 && len(pl.legend) == 0 {
		s.nameParts(pl, s.Bars[longest])
	}
}

// nameParts writes the names of the parts on one bar: inside where there is room, else below or above it.
func (s Stacks) nameParts(pl *plot, b Bar) {
	height, y, size := pl.barHeight(), pl.rowY(b.Row), pl.m.nameSub
	outside := pl.namesFit()
	// The bar itself may carry words here; only other words are in the way.
	var others []rect
	for _, taken := range pl.labels.boxes {
		if math.Abs((taken.y0+taken.y1)/2-y) > 1 {
			others = append(others, taken)
		}
	}
	room := labeller{bounds: pl.labels.bounds, boxes: others, texts: pl.labels.texts}
	from := 0.0
	for i, v := range b.Values {
		x0, x1 := pl.x.Pixel(from), pl.x.Pixel(from+v)
		from += v
		if x1-x0 < 1 {
			continue
		}
		name := s.Parts[i].Name
		width := textWidth(name, regular, size) + pl.m.gap*0.6
		within := math.Min(size*1.1, height*0.8) // no taller than the bar
		if inside := textWidth(name, semiBold, within); !s.Parts[i].Hatch && x1-x0 > inside*1.6 && within >= size*0.75 {
			pl.write(name, x0+pl.m.gap*1.3, y, textStyle{size: within, weight: semiBold, color: readable(pl.theme, s.Parts[i].Paint)})
			continue
		}
		if !outside {
			continue
		}
		mid := (x0 + x1) / 2
		line := size * 1.35
		under, over := y+height/2+line*0.62, y-height/2-line*0.62
		var places []candidate
		for k := range 9 {
			shift := width * 0.16 * float64((k+1)/2) * float64(1-2*(k%2))
			places = append(places,
				candidate{rect{mid - width/2 + shift, under - line/2, mid + width/2 + shift, under + line/2}, 0.12 * float64(k)},
				candidate{rect{mid - width/2 + shift, over - line/2, mid + width/2 + shift, over + line/2}, 0.12*float64(k) + 0.1})
		}
		box, ok := room.placeIfRoom(places)
		if !ok {
			continue
		}
		pl.labels.take(box)
		pl.write(name, box.x0+pl.m.gap*0.3, (box.y0+box.y1)/2, textStyle{size: size, color: pl.theme.Ink2})
	}
}

// readable is the colour of words on a paint: page, ink or white, whichever stands out first at 4.5:1, else most.
func readable(t *Theme, p Paint) color.NRGBA {
	c, best := t.Color(p), t.Page
	for _, ink := range [...]color.NRGBA{t.Page, t.Ink, rgb(0xFFFFFF)} {
		if contrast(c, best) < 4.5 && contrast(c, ink) > contrast(c, best) {
			best = ink
		}
	}
	return best
}

// contrast is the ratio of WCAG 2, 1 to 21.
func contrast(a, b color.NRGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (math.Max(la, lb) + 0.05) / (math.Min(la, lb) + 0.05)
}

func luminance(c color.NRGBA) float64 {
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}
