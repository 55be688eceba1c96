package figure

import (
	"math"
)

// arrange measures the labels around the plot and fixes the plot's box and scales. Labels at the ends of
// bars reach past the data, so the box is fixed in a few rounds.
func (pl *plot) arrange() error {
	var e extents
	for _, layer := range pl.f.Layers {
		layer.extend(&e)
	}
	pl.x = Scale{Scaling: pl.f.X.Scaling, Unit: pl.f.X.Unit}
	var err error
	if pl.x.min, pl.x.max, err = e.x.bounds(&pl.f.X, pl.wantedX()); err != nil {
		return err
	}
	if len(pl.f.Rows) == 0 {
		pl.y = Scale{Scaling: pl.f.Y.Scaling, Unit: pl.f.Y.Unit}
		if pl.y.min, pl.y.max, err = e.y.bounds(&pl.f.Y, pl.wantedY()); err != nil {
			return err
		}
	}
	if pl.f.Right != nil {
		pl.right = &Scale{Scaling: pl.f.Right.Scaling, Unit: pl.f.Right.Unit}
		if pl.right.min, pl.right.max, err = e.right.bounds(pl.f.Right, pl.wantedY()); err != nil {
			return err
		}
	}
	pl.chooseLegend()
	pl.fitBox()
	pl.fixed = true
	return nil
}

// wantedX and wantedY are how many labelled ticks an axis has room for.
func (pl *plot) wantedX() int {
	label := 8.5 // room for a labelled tick, in sizes of its text
	switch {
	case pl.f.X.Scaling == Log:
		label = 5.5
	case pl.opt.Compact:
		label = 5.8
	}
	return clamp(int(pl.area.width()*0.72/(pl.m.axis*label)), 2, 7)
}

func (pl *plot) wantedY() int {
	return clamp(int(pl.area.height()*0.8/(pl.m.axis*4.2)), 2, 7)
}

func clamp(v, low, high int) int { return max(low, min(high, v)) }

// fitBox fixes the box of the plot.
func (pl *plot) fitBox() {
	m := pl.m
	var top, bottom float64
	for pl.spare = 0; pl.spare <= 3; pl.spare++ { // in a small picture the plot comes before its words
		top, bottom = pl.area.y0+pl.topStrip(), pl.area.y1-pl.bottomStrip()
		if bottom-top >= 0.4*pl.area.height() {
			break
		}
	}
	if least := 0.3 * pl.area.height(); bottom-top < least {
		bottom = pl.area.y1 - 0.2*pl.area.height()
		top = bottom - least
	}
	if n := len(pl.f.Rows); n > 0 {
		pl.pitch = math.Min(m.rowPitch, (bottom-top)/float64(n))
		bottom = top + pl.pitch*float64(n)
	}
	leftGutter, rightGutter := pl.leftGutter(), pl.rightGutter()
	if len(pl.f.Columns) > 0 && pl.area.width()-leftGutter-rightGutter < pl.leastPlot()*pl.area.width() {
		pl.noColumns = true
	}
	pl.fitSides(top, bottom)
	if !pl.noColumns && len(pl.f.Columns) > 0 && pl.box.width() < 0.26*pl.area.width() { // words at the bars squeeze it
		pl.noColumns = true
		pl.fitSides(top, bottom)
	}
}

// fitSides fixes the left and right of the plot between two heights.
func (pl *plot) fitSides(top, bottom float64) {
	leftGutter, rightGutter := pl.leftGutter(), pl.rightGutter()
	moreLeft, moreRight := 0.0, 0.0
	for range 4 {
		pl.box = sharp(rect{pl.area.x0 + leftGutter + moreLeft, top, pl.area.x1 - rightGutter - moreRight, bottom})
		if pl.box.width() < 0.2*pl.area.width() {
			pl.box.x0 = math.Round(pl.area.x0 + math.Min(leftGutter+moreLeft, 0.5*pl.area.width()))
			pl.box.x1 = math.Round(pl.area.x1 - math.Min(rightGutter+moreRight, 0.25*pl.area.width()))
		}
		pl.setScales()
		overLeft, overRight := pl.overhang()
		if overLeft <= 0.5 && overRight <= 0.5 {
			break
		}
		moreLeft += math.Max(0, overLeft)
		moreRight = math.Min(moreRight+math.Max(0, overRight), 0.25*pl.area.width())
	}
}

// leastPlot is the share of the width that the plot keeps beside columns of words; a deck's reader has no table
// to turn to.
func (pl *plot) leastPlot() float64 {
	if pl.opt.Compact {
		return 0.45
	}
	return 0.34
}

func (pl *plot) setScales() {
	pl.x.p0, pl.x.p1 = pl.box.x0, pl.box.x1
	pl.y.p0, pl.y.p1 = pl.box.y1, pl.box.y0
	if pl.right != nil {
		pl.right.p0, pl.right.p1 = pl.box.y1, pl.box.y0
	}
}

// topStrip is the room above the plot for the labels of reference lines, of columns and of the Y axis.
func (pl *plot) topStrip() float64 {
	strip := 0.0
	if pl.spare < 3 && (pl.hasAbove() || pl.hasColumnTitles()) {
		strip = pl.m.header
	}
	if pl.spare < 2 && (pl.f.Y.Title != "" || (pl.f.Right != nil && pl.f.Right.Title != "")) {
		strip += pl.m.axis * 1.9
	}
	if strip == 0 && len(pl.f.Rows) == 0 {
		strip = pl.m.axis * 0.8 // the topmost tick label stands half above the plot
	}
	return strip
}

func (pl *plot) hasAbove() bool {
	for _, l := range pl.f.Layers {
		if r, ok := l.(RefLine); ok && r.Above {
			return true
		}
	}
	return false
}

func (pl *plot) hasColumnTitles() bool {
	for _, c := range pl.f.Columns {
		if c.Title != "" {
			return true
		}
	}
	return false
}

// titleY is the middle of the titles of the upright axes: above the plot, and above the labels of reference
// lines where there are some.
func (pl *plot) titleY() float64 {
	y := pl.box.y0 - pl.m.axis*1.25
	if pl.spare < 3 && pl.hasAbove() {
		y -= pl.m.header
	}
	return y
}

// bottomStrip is the room below the plot for tick labels, the title of the X axis and the legend.
func (pl *plot) bottomStrip() float64 {
	strip := pl.m.tick + pl.m.axis*1.75
	if pl.f.X.Title != "" && pl.spare < 2 {
		strip += pl.m.axis * 1.6
	}
	if len(pl.legend) > 0 && pl.spare < 1 {
		strip += pl.m.axis*0.5 + float64(len(pl.keyRows(pl.area.width())))*pl.m.axis*1.7
	}
	return strip
}

// leftGutter is the room for the labels of rows or of the Y axis.
func (pl *plot) leftGutter() float64 {
	if len(pl.f.Rows) > 0 {
		return pl.rowLabelWidth() + pl.m.gap*1.4
	}
	widest := 0.0
	for _, t := range pl.y.ticks(&pl.f.Y, pl.wantedY()) {
		widest = math.Max(widest, textWidth(t.text, regular, pl.m.axis))
	}
	return widest + pl.m.gap
}

// narrow is the width, in sizes of the rows' labels, below which labels get more than a third of a picture.
const narrow = 60

// rowLabelWidth is the width of the widest label, at most a third of the picture, of a narrow one two fifths.
func (pl *plot) rowLabelWidth() float64 {
	widest := 0.0
	for _, r := range pl.f.Rows {
		widest = math.Max(widest, textWidth(r.Label, r.weight(), pl.rowSize(pl.m.name))+pl.swatchRoom(r))
		widest = math.Max(widest, textWidth(r.Sub, regular, pl.m.nameSub))
	}
	most := 0.32
	switch {
	case !pl.opt.Compact && (pl.area.width() < 1.5*pl.area.height() || pl.area.width() < narrow*pl.m.name):
		most = 0.4
	case pl.opt.Compact && (pl.noColumns || len(pl.f.Columns) == 0):
		most = 0.44
	case pl.opt.Compact:
		most = 0.38
	}
	return math.Min(widest, pl.area.width()*most)
}

func (r Row) weight() weight {
	if r.Strong {
		return semiBold
	}
	return regular
}

// swatchRoom is what the swatch of a row's route takes.
func (pl *plot) swatchRoom(r Row) float64 {
	if r.Swatch.isRoute() {
		return pl.m.swatch + pl.m.gap*0.8
	}
	return 0
}

// rightGutter is the room for the names of lines, columns of words and the second axis.
func (pl *plot) rightGutter() float64 {
	room := 0.0
	for _, l := range pl.f.Layers {
		if line, ok := l.(Line); ok && line.Label != "" && pl.right == nil {
			room = math.Max(room, textWidth(line.end(pl), regular, pl.m.total)+pl.m.swatch+pl.m.gap*1.6+4*pl.u)
		}
	}
	room = math.Min(room, pl.area.width()*0.3)
	room += pl.columnsWidth() + pl.endRoom()
	if pl.right != nil {
		widest := 0.0
		for _, t := range pl.right.ticks(pl.f.Right, pl.wantedY()) {
			widest = math.Max(widest, textWidth(t.text, regular, pl.m.axis))
		}
		room += widest + pl.m.gap
	}
	return room
}

// columnsWidth is the room that the columns of words take in all.
func (pl *plot) columnsWidth() float64 {
	room := 0.0
	if !pl.noColumns {
		for i := range pl.f.Columns {
			room += pl.columnWidth(i) + pl.m.gap*2
		}
	}
	return room
}

func (pl *plot) columnWidth(i int) float64 {
	c := pl.f.Columns[i]
	widest := textWidth(c.Title, regular, pl.m.note)
	for _, cell := range c.Cells {
		widest = math.Max(widest, textWidth(cell.Text, cell.weight(), pl.rowSize(pl.m.name)))
	}
	return math.Min(widest, pl.area.width()*0.25)
}

// overhang is how far words at the ends of bars and ticks reach past the room they have.
func (pl *plot) overhang() (overLeft, overRight float64) {
	limitLeft, limitRight := pl.box.x0, pl.wordsLimit()
	for _, layer := range pl.f.Layers {
		var from, to float64
		switch l := layer.(type) {
		case Stacks:
			from, to = limitLeft, l.reach(pl)
		case Spans:
			from, to = l.reach(pl)
		case RangeMarks:
			from, to = l.reach(pl)
		case RefLine:
			if l.Above {
				from, to = l.reach(pl)
				from = math.Max(from, limitLeft) // may stand over the labels of rows
			} else {
				continue
			}
		default:
			continue
		}
		overLeft = math.Max(overLeft, limitLeft-from)
		overRight = math.Max(overRight, to-limitRight)
	}
	ticks := pl.x.ticks(&pl.f.X, pl.wantedX())
	for i, t := range ticks {
		if t.minor {
			continue
		}
		half := textWidth(t.text, regular, pl.m.axis) / 2
		if i == len(ticks)-1 {
			half += pl.suffixWidth()
		}
		overRight = math.Max(overRight, pl.x.Pixel(t.value)+half-pl.area.x1)
		overLeft = math.Max(overLeft, pl.area.x0-(pl.x.Pixel(t.value)-half))
	}
	return overLeft, overRight
}

// wordsLimit is how far to the right words in the rows may reach.
func (pl *plot) wordsLimit() float64 { return pl.area.x1 - pl.columnsWidth() }

func (pl *plot) suffixWidth() float64 {
	if s := pl.f.X.Unit.Suffix(); s != "" {
		return textWidth(" "+s, regular, pl.m.axis)
	}
	return 0
}

// grid draws the lines behind the data.
func (pl *plot) grid() {
	if !pl.f.X.NoGrid {
		for _, t := range pl.x.ticks(&pl.f.X, pl.wantedX()) {
			if !t.minor && !t.small {
				x := pl.x.Pixel(t.value)
				pl.rule(x, pl.box.y0, x, pl.box.y1, pl.m.hair, pl.theme.Grid)
			}
		}
	}
	if len(pl.f.Rows) == 0 && !pl.f.Y.NoGrid {
		for _, t := range pl.y.ticks(&pl.f.Y, pl.wantedY()) {
			if !t.minor && !t.small {
				y := pl.y.Pixel(t.value)
				pl.rule(pl.box.x0, y, pl.box.x1, y, pl.m.hair, pl.theme.Grid)
			}
		}
	}
}

// axes draws the axes with their ticks and titles.
func (pl *plot) axes() {
	pl.xAxis()
	if len(pl.f.Rows) == 0 {
		pl.yAxis()
	}
	if pl.right != nil {
		pl.rightAxis()
	}
}

func (pl *plot) xAxis() {
	m, y := pl.m, pl.box.y1
	pl.rule(pl.box.x0, y, pl.box.x1, y, m.hair, pl.theme.Border)
	lineY := y + m.tick + m.axis*0.95
	last := math.Inf(-1)
	ticks := pl.x.ticks(&pl.f.X, pl.wantedX())
	final := lastLabelled(ticks)
	for pass := range 2 { // decades first, then what still has room
		for i, t := range ticks {
			x := pl.x.Pixel(t.value)
			if pass == 0 {
				length := m.tick
				if t.minor {
					length *= 0.6
				}
				pl.rule(x, y, x, y+length, m.hair, pl.theme.Border)
			}
			if t.minor || t.small != (pass == 1) {
				continue
			}
			size := m.axis
			if t.small {
				size = m.axisSmall
			}
			half := textWidth(t.text, regular, size)/2 + m.gap*0.5
			box := rect{x - half, lineY - size*0.6, x + half, lineY + size*0.6}
			if (pass == 0 && box.x0 < last) || (pass == 1 && pl.labels.cost(box) > 0.01 && pl.taken(box)) {
				continue
			}
			last = box.x1
			pl.write(t.text, x, lineY, textStyle{size: size, color: pl.theme.Ink3, anchor: centre})
			if s := pl.f.X.Unit.Suffix(); s != "" && i == final {
				pl.write(" "+s, box.x1-m.gap*0.5, lineY, textStyle{size: size, color: pl.theme.Ink3})
				box.x1 += pl.suffixWidth()
			}
			pl.labels.take(box)
		}
	}
	if pl.f.X.Title != "" && pl.spare < 2 {
		size := m.axis
		box := pl.write(fitText(pl.f.X.Title, regular, size, pl.area.width()), (pl.box.x0+pl.box.x1)/2, lineY+m.axis*1.65, textStyle{size: size, color: pl.theme.Ink2, anchor: centre})
		pl.labels.take(box)
	}
}

// lastLabelled returns the index of the last tick with a full label.
func lastLabelled(ticks []tick) int {
	for i := len(ticks) - 1; i >= 0; i-- {
		if !ticks[i].minor {
			return i
		}
	}
	return -1
}

// taken reports whether words already stand in the box.
func (pl *plot) taken(box rect) bool {
	for _, b := range pl.labels.boxes {
		if b.overlap(box) > 0 {
			return true
		}
	}
	return false
}

func (pl *plot) yAxis() {
	m, x := pl.m, pl.box.x0
	if !pl.hasCells() {
		pl.rule(x, pl.box.y0, x, pl.box.y1, m.hair, pl.theme.Hairline)
	}
	pl.yTicks(&pl.y, &pl.f.Y, x, -1)
	if pl.f.Y.Title != "" && pl.spare < 2 {
		at := pl.titleY()
		width := textWidth(pl.f.Y.Title, regular, m.axis)
		start := math.Max(pl.area.x0, math.Min(x-m.gap, pl.area.x1-width))
		pl.labels.take(pl.write(fitText(pl.f.Y.Title, regular, m.axis, pl.box.width()), start, at, textStyle{size: m.axis, color: pl.theme.Ink2}))
	}
}

func (pl *plot) rightAxis() {
	pl.yTicks(pl.right, pl.f.Right, pl.box.x1, 1)
	if pl.f.Right.Title != "" && pl.spare < 2 {
		width := textWidth(pl.f.Right.Title, regular, pl.m.axis)
		end := math.Min(pl.area.x1, pl.box.x1+pl.rightTickWidth()+pl.m.gap)
		start := math.Max(pl.area.x0, end-width)
		pl.labels.take(pl.write(pl.f.Right.Title, start, pl.titleY(), textStyle{size: pl.m.axis, color: pl.theme.Ink2}))
	}
}

func (pl *plot) rightTickWidth() float64 {
	widest := 0.0
	for _, t := range pl.right.ticks(pl.f.Right, pl.wantedY()) {
		widest = math.Max(widest, textWidth(t.text, regular, pl.m.axis))
	}
	return widest
}

// yTicks draws the ticks and labels of an upright axis; side is -1 for the left, 1 for the right.
func (pl *plot) yTicks(s *Scale, axis *Axis, x, side float64) {
	m := pl.m
	where := right
	if side > 0 {
		where = left
	}
	for pass := range 2 {
		for _, t := range s.ticks(axis, pl.wantedY()) {
			y := s.Pixel(t.value)
			if t.minor {
				if pass == 0 && s.Scaling == Log {
					pl.rule(math.Min(x, x+side*m.tick*0.6), y, math.Max(x, x+side*m.tick*0.6), y, m.hair, pl.theme.Border)
				}
				continue
			}
			if t.small != (pass == 1) {
				continue
			}
			size := m.axis
			if t.small {
				size = m.axisSmall
			}
			at := x + side*m.gap*0.6
			width := textWidth(t.text, regular, size)
			box := rect{math.Min(at, at+side*width), y - size*0.62, math.Max(at, at+side*width), y + size*0.62}
			if t.small && pl.taken(box) {
				continue
			}
			pl.write(t.text, at, y, textStyle{size: size, color: pl.theme.Ink3, anchor: where})
			pl.labels.take(box)
		}
	}
}
