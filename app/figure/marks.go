package figure

import (
	"errors"
	"fmt"
	"image/color"
	"math"
	"slices"
	"sort"
	"strings"
)

// RefLine.

func (r RefLine) check(f *Figure) error {
	if r.Right && f.Right == nil {
		return errNoRight
	}
	return nil
}

// level is the place of a line across the plot.
func (r RefLine) level(pl *plot) float64 { return pl.place(XY{Y: r.At}, r.Right).y }

func (r RefLine) extend(e *extents) {
	switch {
	case r.Across && r.Right:
		e.right.add(r.At)
		return
	case r.Across:
		e.y.add(r.At)
		return
	}
	e.x.add(r.At)
	if r.Dot {
		e.y.add(r.DotAt)
	}
}

func (r RefLine) color(pl *plot) color.NRGBA {
	if r.Muted {
		return pl.theme.Ink3
	}
	return pl.theme.Ink
}

// names are the words above the line with the side that each stands on.
func (r RefLine) names() []aboveName {
	if r.Other != "" {
		return []aboveName{{r.Label, SideLeft, r, false}, {r.Other, SideRight, r, true}}
	}
	return []aboveName{{r.Label, r.Side, r, false}}
}

// aboveName is one label above the plot.
type aboveName struct {
	text   string
	side   Side
	line   RefLine
	second bool // the name of the far side, which follows from that of the near one
}

// crowdedAbove reports whether a label would touch one of another line.
func (pl *plot) crowdedAbove(a aboveName, names []aboveName) bool {
	from, to := a.start(pl), a.start(pl)+textWidth(a.text, a.line.weight(), pl.m.lead)+pl.m.gap
	for _, b := range names {
		start := b.start(pl)
		if b.line.At != a.line.At && start < to && start+textWidth(b.text, b.line.weight(), pl.m.lead) > from {
			return true
		}
	}
	return false
}

// start is where the label would best begin.
func (a aboveName) start(pl *plot) float64 {
	x, width := pl.x.Pixel(a.line.At), textWidth(a.text, a.line.weight(), pl.m.lead)
	switch a.side {
	case SideLeft:
		return x - width - pl.m.gap*0.5
	case SideRight:
		return x + pl.m.gap*0.5
	}
	return x - width/2
}

func (r RefLine) weight() weight {
	if r.Muted {
		return regular
	}
	return semiBold
}

// reach is how far the labels above the plot stretch.
func (r RefLine) reach(pl *plot) (from, to float64) {
	from, to = math.Inf(1), math.Inf(-1)
	for _, a := range r.names() {
		x := a.start(pl)
		from, to = math.Min(from, x), math.Max(to, x+textWidth(a.text, r.weight(), pl.m.lead))
	}
	return from, to
}

// aboveY is the middle of the labels above the plot.
func (pl *plot) aboveY() float64 { return pl.box.y0 - pl.m.gap - pl.m.lead*0.95 }

// wordsAbove writes the labels of the reference lines above the plot, moved apart where they would touch.
func (pl *plot) wordsAbove() {
	if pl.spare >= 3 {
		return
	}
	var names []aboveName
	for _, layer := range pl.f.Layers {
		if r, ok := layer.(RefLine); ok && r.Above && !r.Across {
			names = append(names, r.names()...)
		}
	}
	sort.SliceStable(names, func(i, j int) bool { return names[i].start(pl) < names[j].start(pl) })
	names = slices.DeleteFunc(slices.Clone(names), func(a aboveName) bool { return a.second && pl.crowdedAbove(a, names) })
	starts, widths := make([]float64, len(names)), make([]float64, len(names))
	gap, at := pl.m.gap*1.2, pl.area.x0
	for i, a := range names {
		widths[i] = textWidth(a.text, a.line.weight(), pl.m.lead)
		starts[i] = math.Max(a.start(pl), at)
		at = starts[i] + widths[i] + gap
	}
	end := pl.wordsLimit()
	for i := len(names) - 1; i >= 0; i-- { // push back what runs over the edge
		starts[i] = math.Min(starts[i], end-widths[i])
		end = starts[i] - gap
	}
	// Two neighbours that had to move share the shift.
	for i := 1; i < len(names); i++ {
		over := starts[i] - names[i].start(pl)
		if room := starts[i-1] - pl.area.x0; over > 1 && room > over/2 && (i == 1 || starts[i-2]+widths[i-2]+gap < starts[i-1]-over/2) {
			starts[i-1] -= over / 2
			starts[i] -= over / 2
		}
	}
	for i, a := range names {
		if starts[i] < pl.area.x0-1 {
			continue // no room: the line stands without its words, which the twin table has
		}
		style := textStyle{size: pl.m.lead, weight: a.line.weight(), color: a.line.color(pl), halo: true}
		pl.labels.take(pl.write(a.text, starts[i], pl.aboveY(), style))
	}
}

func (r RefLine) paint(pl *plot, at depth) {
	switch at {
	case depthOver:
		r.line(pl)
	case depthWords:
		r.words(pl)
	}
}

func (r RefLine) line(pl *plot) {
	a, b := point{pl.box.x0, 0}, point{pl.box.x1, 0}
	if r.Across {
		a.y = r.level(pl)
		b.y = a.y
	} else {
		x := pl.x.Pixel(r.At)
		a, b = point{x, pl.box.y0}, point{x, pl.box.y1}
		if r.Above {
			a.y -= pl.m.gap
		}
	}
	pl.labels.cross([]point{a, b})
	c := r.color(pl)
	if r.Dash == Solid {
		pl.rule(a.x, a.y, b.x, b.y, pl.m.ref, c)
	} else {
		w := thickness(pl.m.ref * 0.85)
		dash := []float64{w * 3, w * 2}
		if r.Dash == Dotted {
			dash = []float64{w * 1.3, w * 1.7}
		}
		// On the pixel grid, so that the dots are sharp.
		var p path
		if r.Across {
			y := math.Round(a.y-w/2) + w/2
			p.polyline([]point{{a.x, y}, {b.x, y}})
		} else {
			x := math.Round(a.x-w/2) + w/2
			p.polyline([]point{{x, a.y}, {x, b.y}})
		}
		pl.pen.stroke(&p, stroke{color: c, width: w, dash: dash})
	}
	if r.Dot {
		q := pl.place(XY{r.At, r.DotAt}, false)
		pl.mark(r.DotPaint.Shape(), q.x, q.y, pl.m.dot, pl.theme.Color(r.DotPaint), pl.theme.Edge(r.DotPaint), false)
		pl.labels.take(rect{q.x, q.y, q.x, q.y}.grow(pl.m.dot * 1.3))
	}
}

func (r RefLine) words(pl *plot) {
	if r.Label == "" {
		return
	}
	lead := textStyle{size: pl.m.lead, weight: semiBold, color: r.color(pl), halo: true}
	if r.Muted {
		lead.weight = regular
	}
	if r.Above && !r.Across {
		return // wordsAbove has written it
	}
	places := r.besides(pl, lead)
	for i := range places {
		if pl.anotherThrough(r, places[i].box) {
			places[i].penalty += illegible / 2
		}
	}
	box := pl.labels.place(places)
	if !r.Across && box.x1 <= pl.x.Pixel(r.At) {
		lead.anchor = right
	}
	pl.twoLinesAt(r.Label, r.Sub, lead, box)
}

// anotherThrough reports whether another upright reference line runs through a box.
func (pl *plot) anotherThrough(r RefLine, box rect) bool {
	return slices.ContainsFunc(pl.f.Layers, func(layer Layer) bool {
		other, ok := layer.(RefLine)
		if !ok || other.Across || other.At == r.At {
			return false
		}
		x := pl.x.Pixel(other.At)
		return x > box.x0-pl.m.gap*0.3 && x < box.x1+pl.m.gap*0.3
	})
}

// besides returns places along the line for its label.
func (r RefLine) besides(pl *plot, lead textStyle) []candidate {
	width, height := pl.twoLineSize(r.Label, r.Sub, lead)
	gap := pl.m.gap * 0.8
	var out []candidate
	if r.Across {
		y := r.level(pl)
		for k := range 10 {
			x := pl.box.x1 - gap - width - (pl.box.width()-width-2*gap)*float64(k)/9
			out = append(out,
				candidate{rect{x, y - height - gap*0.4, x + width, y - gap*0.4}, 0.06 * float64(k)},
				candidate{rect{x, y + gap*0.4, x + width, y + height + gap*0.4}, 0.06*float64(k) + 0.2})
		}
		return out
	}
	x := pl.x.Pixel(r.At)
	for k := range 12 {
		y := pl.box.y0 + gap*0.5 + (pl.box.height()-height-gap)*float64(k)/11
		far := 0.25 * float64(k)
		if r.Side != SideRight {
			out = append(out, candidate{rect{x - gap - width, y, x - gap, y + height}, far})
		}
		if r.Side != SideLeft {
			out = append(out, candidate{rect{x + gap, y, x + gap + width, y + height}, far + 0.05})
		}
	}
	return out
}

// twoLineSize is the size of a label with its second line.
func (pl *plot) twoLineSize(label, sub string, lead textStyle) (width, height float64) {
	width, height = textWidth(label, lead.weight, lead.size), lead.size*1.2
	if sub != "" {
		width = math.Max(width, textWidth(sub, regular, pl.m.note))
		height += pl.m.note * 1.3
	}
	return width, height
}

// twoLinesAt writes a label and its second line in a box. Left of a thing they are set flush right, so that they
// stay near it.
func (pl *plot) twoLinesAt(label, sub string, lead textStyle, box rect) {
	x := box.x0
	switch lead.anchor {
	case right:
		x = box.x1
	case centre:
		x = (box.x0 + box.x1) / 2
	}
	pl.write(label, x, box.y0+lead.size*0.6, lead)
	if sub != "" {
		pl.write(sub, x, box.y1-pl.m.note*0.62, textStyle{size: pl.m.note, color: pl.theme.Ink2, halo: lead.halo, anchor: lead.anchor})
	}
}

// Tint.

func (t Tint) check(*Figure) error {
	if t.Low > t.High {
		return fmt.Errorf("from %g to %g", t.Low, t.High)
	}
	return nil
}

func (t Tint) extend(*extents) {}

func (t Tint) paint(pl *plot, at depth) {
	x0 := math.Max(pl.box.x0, math.Min(pl.box.x1, pl.x.Pixel(t.Low)))
	x1 := math.Max(pl.box.x0, math.Min(pl.box.x1, pl.x.Pixel(t.High)))
	if x1 <= x0 {
		return
	}
	switch at {
	case depthGround:
		c := fade(pl.theme.Color(t.Paint), 0.12)
		if t.Paint == PaintAccent {
			c = fade(pl.theme.Accent, 0.085)
		}
		pl.fillBox(rect{x0, pl.box.y0, x1, pl.box.y1}, c)
	case depthWords:
		width, height := textWidth(t.Label, regular, pl.m.note), pl.m.note*1.3
		if t.Label == "" || width > pl.box.width()*0.6 {
			return
		}
		mid := math.Max(pl.box.x0+width/2, math.Min((x0+x1)/2, pl.box.x1-width/2))
		var candidates []candidate
		for k := range 6 {
			y := pl.box.y1 - pl.m.gap*0.6 - height*(1+float64(k))
			candidates = append(candidates,
				candidate{rect{x0 + pl.m.gap*0.6, y, x0 + pl.m.gap*0.6 + width, y + height}, 0.3 * float64(k)},
				candidate{rect{mid - width/2, y, mid + width/2, y + height}, 0.3*float64(k) + 0.05},
				candidate{rect{x1 - pl.m.gap*0.6 - width, y, x1 - pl.m.gap*0.6, y + height}, 0.3*float64(k) + 0.1})
		}
		for k := range 3 {
			y := pl.box.y0 + pl.m.gap*0.6 + height*float64(k)
			candidates = append(candidates, candidate{rect{x0 + pl.m.gap*0.6, y, x0 + pl.m.gap*0.6 + width, y + height}, 0.5 + 0.3*float64(k)})
		}
		box, ok := pl.labels.placeIfRoom(candidates)
		if !ok {
			return
		}
		pl.write(t.Label, box.x0, (box.y0+box.y1)/2, textStyle{size: pl.m.note, color: pl.theme.Ink2, halo: true})
	}
}

// Marker.

func (m Marker) check(*Figure) error {
	if m.Range != nil && m.Range.Low > m.Range.High {
		return fmt.Errorf("from %g to %g", m.Range.Low, m.Range.High)
	}
	return nil
}

func (m Marker) extend(e *extents) {
	e.x.add(m.At.X)
	if m.Right {
		e.right.add(m.At.Y)
	} else {
		e.y.add(m.At.Y)
	}
}

func (m Marker) paint(pl *plot, at depth) {
	if at != depthWords {
		return
	}
	q := pl.place(m.At, m.Right)
	if m.Range != nil && !pl.opt.Compact && pl.box.y1-q.y > pl.m.lead*6 && m.hanging(pl, q) {
		return
	}
	pl.hollowDot(q)
	if m.Label == "" {
		return
	}
	lead := textStyle{size: pl.m.lead, weight: semiBold, color: pl.theme.Ink, halo: true}
	sub := m.Sub
	if pl.opt.Compact {
		sub = ""
	}
	if m.Plate {
		width, height := pl.twoLineSize(m.Label, sub, lead)
		pl.plate(q, m.Label, sub, around(q.x, q.y, width+pl.m.gap*3, height+pl.m.gap*1.4, pl.m.dot*2))
		return
	}
	width, height := pl.twoLineSize(m.Label, sub, lead)
	places := around(q.x, q.y, width, height, pl.m.dot*1.2+pl.m.gap*0.4)
	for i := range places { // a finding is read best below and to the right of its place
		if places[i].box.x0 >= q.x && places[i].box.y0 >= q.y {
			places[i].penalty -= 0.45
		}
		if places[i].box.y1 > pl.box.y1 { // on the axis
			places[i].penalty += illegible
		}
	}
	box, ok := pl.labels.placeIfRoom(places)
	if !ok && sub != "" { // the finding before its range
		width, height = pl.twoLineSize(m.Label, "", lead)
		sub, places = "", around(q.x, q.y, width, height, pl.m.dot*1.2+pl.m.gap*0.4)
		box, ok = pl.labels.placeIfRoom(places)
	}
	if !ok {
		return
	}
	pl.twoLinesAt(m.Label, sub, lead, box)
	pl.leader(q, box, pl.m.dot*1.6)
}

func (pl *plot) hollowDot(q point) {
	pl.mark(ShapeCircle, q.x, q.y, pl.m.dot, pl.theme.Page, pl.theme.Ink, true)
	pl.labels.take(rect{q.x, q.y, q.x, q.y}.grow(pl.m.dot * 1.3))
}

// hanging draws the range of a marker below it, where the lines leave room, with the words under it.
func (m Marker) hanging(pl *plot, q point) bool {
	lead := textStyle{size: pl.m.lead, weight: semiBold, color: pl.theme.Ink, halo: true, anchor: centre}
	width, height := pl.twoLineSize(m.Label, m.Sub, lead)
	x0 := math.Max(pl.box.x0, pl.x.Pixel(m.Range.Low))
	x1 := math.Min(pl.box.x1, pl.x.Pixel(m.Range.High))
	half := pl.m.dot * 1.3
	block := math.Max(width, x1-x0)
	var candidates []candidate
	low := q.y + pl.m.lead*2.2
	high := pl.box.y1 - half - pl.m.gap - height - pl.m.gap
	for k := range 10 {
		y := low + (high-low)*float64(k)/9
		cx := math.Max(pl.box.x0+block/2, math.Min(q.x, pl.box.x1-block/2))
		candidates = append(candidates, candidate{rect{cx - block/2, y - half, cx + block/2, y + half + pl.m.gap*0.5 + height}, 0.22 * float64(k)})
	}
	box, ok := pl.labels.placeIfRoom(candidates)
	if !ok {
		return false
	}
	y := box.y0 + half
	pl.rule(q.x, q.y+pl.m.dot, q.x, y, pl.m.thin, pl.theme.Ink)
	pl.whisker(x0, x1, y, half*1.6, pl.theme.Ink)
	var dot path
	dot.circle(q.x, y, pl.m.dot*0.72)
	pl.pen.fill(&dot, pl.theme.Ink)
	pl.hollowDot(q)
	text := rect{q.x - width/2, box.y1 - height, q.x + width/2, box.y1}
	for _, start := range [...]float64{x0, q.x - width*0.12, x1 - width, q.x - width*0.88} { // clear of what runs there
		if moved := (rect{start, text.y0, start + width, text.y1}); start >= pl.box.x0 && moved.x1 <= pl.box.x1 && pl.labels.crossed(moved) < pl.labels.crossed(text)-0.5 {
			text = moved
		}
	}
	if over := text.x1 - pl.box.x1; over > 0 {
		text.x0, text.x1 = text.x0-over, text.x1-over
	}
	if under := pl.box.x0 - text.x0; under > 0 {
		text.x0, text.x1 = text.x0+under, text.x1+under
	}
	pl.twoLinesAt(m.Label, m.Sub, lead, text)
	return true
}

// Note.

func (n Note) check(*Figure) error {
	if strings.TrimSpace(n.Text) == "" {
		return errors.New("a note says nothing")
	}
	return nil
}

func (n Note) extend(e *extents) {
	e.x.add(n.At.X)
}

func (n Note) paint(pl *plot, at depth) {
	if at != depthWords || pl.small() {
		return
	}
	size := pl.m.note
	lines := balance(n.Text, regular, size, math.Max(pl.box.width()*0.24, size*14), 3)
	width := 0.0
	for _, l := range lines {
		width = math.Max(width, textWidth(l, regular, size))
	}
	height := size * 1.35 * float64(len(lines))
	q := pl.place(n.At, false)
	if q.x < pl.box.x0 || q.x > pl.box.x1 {
		return
	}
	gap := pl.m.gap * 2.2
	if len(pl.f.Rows) > 0 {
		n.inRow(pl, q, lines, width, height)
		return
	}
	var candidates []candidate
	for ring := range 5 {
		d := gap * (1 + float64(ring))
		far := 0.35 * float64(ring)
		candidates = append(candidates,
			candidate{rect{q.x + d*0.7, q.y + d, q.x + d*0.7 + width, q.y + d + height}, far},
			candidate{rect{q.x + d*0.7, q.y - d - height, q.x + d*0.7 + width, q.y - d}, far + 0.1},
			candidate{rect{q.x - d*0.7 - width, q.y - d - height, q.x - d*0.7, q.y - d}, far + 0.2},
			candidate{rect{q.x - d*0.7 - width, q.y + d, q.x - d*0.7, q.y + d + height}, far + 0.2},
			candidate{rect{q.x + d, q.y - height/2, q.x + d + width, q.y + height/2}, far + 0.15})
	}
	if box, ok := pl.labels.placeIfRoom(candidates); ok {
		pl.leader(q, box, pl.m.gap*0.5)
		pl.remark(lines, box)
	}
}

// inRow writes the remark beside its row, clear of the words and the reference lines there.
func (n Note) inRow(pl *plot, q point, lines []string, width, height float64) {
	starts := []float64{q.x + pl.m.gap*1.5}
	for _, taken := range pl.labels.boxes {
		if taken.y0 < q.y && taken.y1 > q.y && taken.x1 > q.x {
			starts = append(starts, taken.x1+pl.m.gap*1.5)
		}
	}
	for _, layer := range pl.f.Layers {
		if ref, ok := layer.(RefLine); ok && !ref.Across && pl.x.Pixel(ref.At) > q.x {
			starts = append(starts, pl.x.Pixel(ref.At)+pl.m.gap*1.1)
		}
	}
	var candidates []candidate
	for _, x := range starts {
		for k := range 3 {
			y := q.y + height*0.25*float64(k)
			candidates = append(candidates, candidate{rect{x, y - height/2, x + width, y + height/2}, 0.2*float64(k) + (x-q.x)/pl.box.width()})
		}
	}
	if box, ok := pl.labels.placeIfRoom(candidates); ok {
		pl.remark(lines, box)
	}
}

func (pl *plot) remark(lines []string, box rect) {
	size := pl.m.note
	for i, l := range lines {
		pl.write(l, box.x0, box.y0+size*1.35*(float64(i)+0.5), textStyle{size: size, color: pl.theme.Ink2, halo: true})
	}
}
