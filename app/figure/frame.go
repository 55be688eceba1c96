package figure

import (
	"math"
)

// framing is what stands around the plot in a deck picture, measured before it is drawn.
type framing struct {
	inner                rect
	titleSize, titleLine float64
	title, subtitle      []string
	facts                [][]Fact
	sources              []string
	sourceBase           float64 // of the last line of sources
	air                  float64 // gaps, as a share of the usual ones
	top, bottom          float64 // where the heading ends and the foot begins
}

// least is the share of the picture's height that the plot has to have before the frame gives way.
const least = 0.46

// frame draws what stands around the plot in a deck picture, and returns the room that is left. In a small
// picture the frame gives way step by step: first its gaps, then assumptions beyond one row, then all of them,
// at last lines of the heading. What is left out stands in the description and the twin table.
func (pl *plot) frame() rect {
	var fr framing
	for tight := 0; tight <= 4; tight++ {
		fr = pl.framing(tight)
		if fr.bottom-fr.top >= least*float64(pl.opt.Height) {
			break
		}
	}
	pl.heading(&fr)
	pl.foot(&fr)
	return rect{fr.inner.x0, fr.top, fr.inner.x1, fr.bottom}
}

func (pl *plot) framing(tight int) framing {
	m, width := pl.m, float64(pl.opt.Width)
	fr := framing{air: 1}
	titleLines, subtitleLines, factRows, sourceLines := 2, 2, 2, 2
	if tight >= 1 {
		fr.air = 0.55
	}
	if tight >= 2 {
		factRows, sourceLines = 1, 1
	}
	if tight >= 3 {
		factRows, subtitleLines = 0, 1
	}
	if tight >= 4 {
		titleLines = 1
	}
	fr.inner = rect{m.margin * fr.air, m.top * fr.air, width - m.margin*fr.air, float64(pl.opt.Height)}
	// A long title is set smaller, then broken, then cut: a finding of more than two lines is not one.
	fr.titleSize, fr.titleLine = m.title, m.titleLine
	if fr.title = wrapText(pl.f.Title, semiBold, m.title, fr.inner.width(), 2); len(fr.title) > 1 {
		fr.titleSize, fr.titleLine = m.title*0.82, m.titleLine*0.84
		fr.title = balance(pl.f.Title, semiBold, fr.titleSize, fr.inner.width(), titleLines)
	}
	fr.subtitle = balance(pl.f.Subtitle, regular, m.subtitle, fr.inner.width(), subtitleLines)
	fr.top = fr.inner.y0 + fr.titleLine*float64(len(fr.title)) + 28*pl.u*fr.air
	if len(fr.subtitle) > 0 {
		fr.top += 8*pl.u*fr.air + m.subtitleLine*float64(len(fr.subtitle))
	}
	fr.sourceBase = fr.inner.y1 - 57*pl.u*fr.air
	if room := pl.brandLeft(fr.inner.x1) - fr.inner.x0 - 30*pl.u; room > 8*m.source {
		fr.sources = wrapText(pl.f.Source, regular, m.source, room, sourceLines)
	}
	fr.facts = pl.footRows(fr.inner.width(), factRows)
	fr.bottom = fr.rule(pl) - 34*pl.u*fr.air
	return fr
}

// factsY is the middle of the first row of assumptions.
func (fr *framing) factsY(pl *plot) float64 {
	first := fr.sourceBase - 1.35*pl.m.source*float64(max(0, len(fr.sources)-1))
	if len(fr.facts) == 0 {
		return first
	}
	return first - 35*pl.u - pl.m.footLine*float64(len(fr.facts)-1)
}

// rule is where the line above the foot lies.
func (fr *framing) rule(pl *plot) float64 { return fr.factsY(pl) - 34*pl.u*math.Sqrt(fr.air) }

// heading draws title and subtitle.
func (pl *plot) heading(fr *framing) {
	y := fr.inner.y0
	for _, text := range fr.title {
		pl.write(text, fr.inner.x0-fr.titleSize*0.045, y+fr.titleLine/2, textStyle{size: fr.titleSize, weight: semiBold, color: pl.theme.Ink})
		y += fr.titleLine
	}
	y += 8 * pl.u * fr.air
	for _, text := range fr.subtitle {
		pl.write(text, fr.inner.x0, y+pl.m.subtitleLine/2, textStyle{size: pl.m.subtitle, color: pl.theme.Ink2})
		y += pl.m.subtitleLine
	}
}

// foot draws the strip of assumptions, the sources and the brand.
func (pl *plot) foot(fr *framing) {
	m := pl.m
	if pl.f.Brand != "" {
		pl.brand(fr.inner.x1, fr.sourceBase)
	}
	for i, text := range fr.sources {
		y := fr.sourceBase - 1.35*m.source*float64(len(fr.sources)-1-i)
		pl.write(text, fr.inner.x0, y, textStyle{size: m.source, color: pl.theme.Ink3})
	}
	rule := fr.rule(pl)
	pl.rule(fr.inner.x0, rule, fr.inner.x1, rule, m.hair, pl.theme.Hairline)
	y := fr.factsY(pl)
	for _, row := range fr.facts {
		pl.footRow(row, fr.inner, y)
		y += m.footLine
	}
}

// footGap is the least distance between two facts, keyGap that between the name of a fact and its value.
const (
	footGap = 34
	keyGap  = 9
)

func (pl *plot) factWidth(f Fact) float64 {
	return textWidth(f.Key, regular, pl.m.foot) + keyGap*pl.u + textWidth(f.Value, regular, pl.m.foot)
}

// footRows breaks the facts into at most so many rows. What does not fit is left to the twin table.
func (pl *plot) footRows(width float64, most int) [][]Fact {
	var rows [][]Fact
	used := 0.0
	for _, f := range pl.f.Foot {
		w := pl.factWidth(f)
		if len(rows) > 0 && used+footGap*pl.u+w <= width {
			rows[len(rows)-1] = append(rows[len(rows)-1], f)
			used += footGap*pl.u + w
			continue
		}
		if len(rows) == most {
			break
		}
		if w > width {
			f.Value = fitText(f.Value, regular, pl.m.foot, width-textWidth(f.Key, regular, pl.m.foot)-keyGap*pl.u)
			w = pl.factWidth(f)
		}
		rows, used = append(rows, []Fact{f}), w
	}
	return rows
}

func (pl *plot) footRow(facts []Fact, inner rect, y float64) {
	total := 0.0
	for _, f := range facts {
		total += pl.factWidth(f)
	}
	gap := footGap * pl.u
	if len(facts) > 1 {
		gap = math.Min((inner.width()-total)/float64(len(facts)-1), 72*pl.u)
	}
	x := inner.x0
	for _, f := range facts {
		pl.write(f.Key, x, y, textStyle{size: pl.m.foot, color: pl.theme.Ink3})
		pl.write(f.Value, x+textWidth(f.Key, regular, pl.m.foot)+keyGap*pl.u, y, textStyle{size: pl.m.foot, color: pl.theme.Ink})
		x += pl.factWidth(f) + gap
	}
}

// brandText is the brand cut to what a narrow picture has room for.
func (pl *plot) brandText() string {
	return fitText(pl.f.Brand, regular, pl.m.source, float64(pl.opt.Width)*0.7)
}

// brandLeft is where the brand begins that ends at x.
func (pl *plot) brandLeft(x float64) float64 {
	if pl.f.Brand == "" {
		return x
	}
	return x - textWidth(pl.brandText(), regular, pl.m.source) - 12*pl.u - brandSign*pl.u
}

// brandSign is the side of the product's sign.
const brandSign = 22

// brand writes the product, its version and the catalogue's date at the lower right, after the product's sign.
func (pl *plot) brand(x, y float64) {
	size := pl.m.source
	box := pl.write(pl.brandText(), x, y, textStyle{size: size, color: pl.theme.Ink3, anchor: right})
	side := brandSign * pl.u
	at := rect{box.x0 - 12*pl.u - side, y - side/2, box.x0 - 12*pl.u, y + side/2}
	var plate, sign path
	plate.rounded(at, side*0.26)
	pl.pen.fill(&plate, pl.theme.Ink)
	bar := func(x0, y0, x1, y1 float64) {
		sign.move(at.x0+x0*side, at.y0+y0*side)
		sign.line(at.x0+x1*side, at.y0+y1*side)
	}
	bar(0.28, 0.27, 0.28, 0.73)
	bar(0.28, 0.5, 0.53, 0.5)
	bar(0.53, 0.27, 0.53, 0.73)
	bar(0.66, 0.73, 0.77, 0.27)
	pl.pen.stroke(&sign, stroke{color: pl.theme.Page, width: side * 0.085})
}
