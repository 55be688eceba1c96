package report

import (
	"fmt"
	"strconv"

	"hostwise/calc"
)

// A slide is laid out in the pixels of a 1920 × 1080 picture; a pixel is 6,350 English Metric Units, 96 of them an
// inch at half size, so that a type size in pixels is half as many points.
const (
	emu         = 6350
	slideWidth  = 1920 * emu
	slideHeight = 1080 * emu
	language    = "en-GB"
)

// The grid of a slide, in pixels.
const (
	margin       = 96.0
	contentWidth = 1920 - 2*margin
	contentTop   = 256.0
	contentEnd   = 992.0
	titleSize    = 50.0
)

// box is a place on a slide, in pixels.
type box struct{ x, y, w, h float64 }

func (b box) frame(name string) *element {
	return el(name, el("a:off", num("x", toEMU(b.x)), num("y", toEMU(b.y))), el("a:ext", num("cx", toEMU(b.w)), num("cy", toEMU(b.h))))
}

func toEMU(px float64) int { return int(px*emu + 0.5) }

// ink names a colour of the theme.
type ink string

const (
	inkText   ink = "tx1"
	inkSecond ink = "tx2"
	inkLine   ink = "bg2"
)

// routeInk is the paint of a kind of route: fills only, never text.
func routeInk(kind calc.RouteKind) ink {
	switch kind {
	case calc.Rent:
		return "accent2"
	case calc.Own:
		return "accent3"
	case calc.Mixed:
		return "accent4"
	}
	return "accent1"
}

func (c ink) fill() *element { return el("a:solidFill", el("a:schemeClr", at("val", string(c)))) }

// textRun is some words in one style. Without a size and a colour the placeholder's count.
type textRun struct {
	text string
	size float64 // pixels
	bold bool
	ink  ink
}

func (r textRun) element() *element {
	p := el("a:rPr", at("lang", language))
	if r.size > 0 {
		num("sz", int(r.size*50+0.5)).putInto(p)
	}
	if r.bold {
		at("b", "1").putInto(p)
	}
	at("dirty", "0").putInto(p)
	if r.ink != "" {
		r.ink.fill().putInto(p)
	}
	return el("a:r", p, el("a:t", chars(legible(r.text))))
}

// paragraph is a line of runs, or several where it breaks.
type paragraph struct {
	runs   []textRun
	right  bool
	before float64 // pixels above
}

func words(text string, size float64, c ink) paragraph {
	return paragraph{runs: []textRun{{text: text, size: size, ink: c}}}
}

func strong(text string, size float64, c ink) paragraph {
	return paragraph{runs: []textRun{{text: text, size: size, bold: true, ink: c}}}
}

func (p paragraph) text() string {
	s := ""
	for _, r := range p.runs {
		s += r.text
	}
	return s
}

func (p paragraph) element() *element {
	props := el("a:pPr")
	rtl := rightToLeft(p.text())
	if p.right || rtl {
		at("algn", "r").putInto(props)
	}
	if rtl {
		at("rtl", "1").putInto(props)
	}
	if p.before > 0 {
		el("a:spcBef", el("a:spcPts", num("val", int(p.before*50)))).putInto(props)
	}
	e := el("a:p", props)
	if p.text() == "" {
		end := el("a:endParaRPr", at("lang", language))
		if len(p.runs) > 0 && p.runs[0].size > 0 {
			num("sz", int(p.runs[0].size*50+0.5)).putInto(end)
		}
		end.putInto(e)
		return e
	}
	for _, r := range p.runs {
		r.element().putInto(e)
	}
	return e
}

// textBody is the text of a shape.
func textBody(name string, of []paragraph, props ...part) *element {
	body := el(name, el("a:bodyPr", props...), el("a:lstStyle"))
	for _, p := range of {
		p.element().putInto(body)
	}
	if len(of) == 0 {
		paragraph{}.element().putInto(body)
	}
	return body
}

// placeholder is a text in a placeholder of the layout, at the layout's place unless at is given.
func placeholder(name, kind string, index int, place *box, of ...paragraph) *element {
	ph := el("p:ph")
	if kind != "" {
		at("type", kind).putInto(ph)
	}
	if index > 0 {
		num("idx", index).putInto(ph)
	}
	props := el("p:spPr")
	if place != nil {
		place.frame("a:xfrm").putInto(props)
	}
	return el("p:sp", shapeNames(name, "", el("p:cNvSpPr", el("a:spLocks", at("noGrp", "1"))), el("p:nvPr", ph), "p:nvSpPr"),
		props, textBody("p:txBody", of, el("a:normAutofit")))
}

// shapeNames is the head of a shape; numberShapes gives it its id.
func shapeNames(name, description string, kind, use *element, wrapper string) *element {
	head := el("p:cNvPr", at("id", ""), at("name", name))
	if description != "" {
		at("descr", description).putInto(head)
	}
	return el(wrapper, head, kind, use)
}

// numberShapes gives every shape of a tree its own id; the tree itself is 1.
func numberShapes(e *element) {
	next := 1
	var walk func(e *element)
	walk = func(e *element) {
		if e.name == "p:cNvPr" {
			e.attrs[0].value = strconv.Itoa(next)
			next++
		}
		for _, c := range e.children {
			if child, ok := c.(*element); ok {
				walk(child)
			}
		}
	}
	walk(e)
}

func emptyGroup() part {
	zero := func(name string) *element { return el(name, num("x", 0), num("y", 0)) }
	size := func(name string) *element { return el(name, num("cx", 0), num("cy", 0)) }
	return parts{
		shapeNames("", "", el("p:cNvGrpSpPr"), el("p:nvPr"), "p:nvGrpSpPr"),
		el("p:grpSpPr", el("a:xfrm", zero("a:off"), size("a:ext"), zero("a:chOff"), size("a:chExt"))),
	}
}

// slideTitle is the title of a slide, set smaller where it would take more than two lines, and cut where even that
// does not do.
func slideTitle(text string) *element {
	size := 0.0
	ruler, text := rulerFor(true), oneLine(text)
	for _, s := range []float64{titleSize, 43, 37} {
		if size = s; ruler.lines(text, s, contentWidth*0.98) <= 2 {
			break
		}
	}
	text = ruler.fit(text, size, contentWidth*0.98, 2)
	if size == titleSize {
		size = 0 // the layout's own
	}
	return placeholder("Title", "title", 0, nil, paragraph{runs: []textRun{{text: text, size: size}}})
}

// slideSubtitle is the line under the title: the measure, or what a table holds.
func slideSubtitle(text string) *element {
	text = rulerFor(false).fit(oneLine(text), 26, contentWidth, 1)
	return placeholder("Subtitle", "body", 13, nil, paragraph{runs: []textRun{{text: text}}})
}

func footer(text string) *element {
	return placeholder("Footer", "ftr", 11, nil, paragraph{runs: []textRun{{text: text}}})
}

func slideNumber(n int) *element {
	e := placeholder("Slide number", "sldNum", 12, nil)
	body := e.children[len(e.children)-1].(*element)
	body.children[len(body.children)-1] = el("a:p", el("a:fld", at("id", "{6B1D3C52-0F0B-4C0A-9D41-5C1F0A7E2D10}"), at("type", "slidenum"),
		el("a:rPr", at("lang", language)), el("a:t", chars(strconv.Itoa(n)))), el("a:endParaRPr", at("lang", language)))
	return e
}

// textBox is free text on a slide.
func textBox(name string, place box, of ...paragraph) *element {
	zero := parts{at("wrap", "square"), num("lIns", 0), num("tIns", 0), num("rIns", 0), num("bIns", 0)}
	return el("p:sp", shapeNames(name, "", el("p:cNvSpPr", at("txBox", "1")), el("p:nvPr"), "p:nvSpPr"),
		el("p:spPr", place.frame("a:xfrm"), rectangle(), el("a:noFill")),
		textBody("p:txBody", of, zero, el("a:noAutofit")))
}

func rectangle() *element { return el("a:prstGeom", at("prst", "rect"), el("a:avLst")) }

// slidePicture is a picture in the layout's place for one.
func slidePicture(name, alt, relation string, place box) *element {
	return el("p:pic", shapeNames(name, oneLine(alt), el("p:cNvPicPr", el("a:picLocks", at("noGrp", "1"), at("noChangeAspect", "1"))),
		el("p:nvPr", el("p:ph", at("type", "pic"), num("idx", 14))), "p:nvPicPr"),
		el("p:blipFill", el("a:blip", at("r:embed", relation)), el("a:stretch", el("a:fillRect"))),
		el("p:spPr", place.frame("a:xfrm"), rectangle()))
}

func notesImage() *element {
	return el("p:sp", shapeNames("Slide image", "", el("p:cNvSpPr", el("a:spLocks", at("noGrp", "1"), at("noRot", "1"), at("noChangeAspect", "1"))),
		el("p:nvPr", el("p:ph", at("type", "sldImg"))), "p:nvSpPr"), el("p:spPr"))
}

func notesText(notes []string) *element {
	var of []paragraph
	for _, n := range notes {
		of = append(of, paragraph{runs: []textRun{{text: n}}})
	}
	return el("p:sp", shapeNames("Notes", "", el("p:cNvSpPr", el("a:spLocks", at("noGrp", "1"))),
		el("p:nvPr", el("p:ph", at("type", "body"), num("idx", 1))), "p:nvSpPr"), el("p:spPr"), textBody("p:txBody", of))
}

// column is a column of a table.
type column struct {
	title string
	width float64 // pixels
	right bool
}

// cell is one cell of a table: lines of text, and perhaps a swatch of colour instead.
type cell struct {
	lines []paragraph
	paint ink // fills the cell
	span  int // columns it reaches over; 0 is 1. What stands in the others is not shown.
}

func plainCell(text string) cell { return cell{lines: []paragraph{words(text, cellSize, inkText)}} }
func softCell(text string) cell  { return cell{lines: []paragraph{words(text, cellSize, inkSecond)}} }
func boldCell(text string) cell  { return cell{lines: []paragraph{strong(text, cellSize, inkText)}} }

// The type sizes of tables and the padding of their cells, in pixels.
const (
	cellSize   = 23.0
	smallSize  = 19.0
	headSize   = 19.0
	cellPadX   = 10.0
	cellPadY   = 9.0
	lineFactor = 1.25
)

// height is the height of a row: what its highest cell takes.
func rowHeight(columns []column, row []cell) float64 {
	most := 0.0
	for i, c := range row {
		h, width := 0.0, -2*cellPadX
		for k := range max(1, c.span) {
			width += columns[i+k].width
		}
		for _, p := range c.lines {
			size, bold := cellSize, false
			if len(p.runs) > 0 {
				size, bold = p.runs[0].size, p.runs[0].bold
			}
			h += size * lineFactor * float64(rulerFor(bold).lines(p.text(), size, width*0.97))
		}
		most = max(most, h)
	}
	return most + 2*cellPadY
}

const headHeight = headSize*lineFactor + 2*cellPadY

// slideTable is a table that starts at a place; the widths are its columns'.
func slideTable(name string, x, y float64, columns []column, rows [][]cell) *element {
	grid, width, height := el("a:tblGrid"), 0.0, headHeight
	head := make([]cell, len(columns))
	for i, c := range columns {
		el("a:gridCol", num("w", toEMU(c.width))).putInto(grid)
		width += c.width
		head[i] = cell{lines: []paragraph{words(c.title, headSize, inkSecond)}}
	}
	table := el("a:tbl", el("a:tblPr", at("firstRow", "1"), el("a:tableStyleId", chars(noTableStyle))), grid, tableRow(columns, head, headHeight, true))
	for _, row := range rows {
		h := rowHeight(columns, row)
		height += h
		tableRow(columns, row, h, false).putInto(table)
	}
	place := box{x, y, width, height}
	return el("p:graphicFrame", shapeNames(name, "", el("p:cNvGraphicFramePr", el("a:graphicFrameLocks", at("noGrp", "1"))), el("p:nvPr"), "p:nvGraphicFramePr"),
		place.frame("p:xfrm"),
		el("a:graphic", el("a:graphicData", at("uri", "http://schemas.openxmlformats.org/drawingml/2006/table"), table)))
}

func tableRow(columns []column, row []cell, height float64, head bool) *element {
	tr, covered := el("a:tr", num("h", toEMU(height))), 0
	for i, c := range row {
		of := c.lines
		for k := range of {
			of[k].right = columns[i].right
		}
		if len(of) == 0 {
			of = []paragraph{{runs: []textRun{{text: "", size: 4}}}}
		}
		line := el("a:lnB", num("w", 9525), inkLine.fill())
		if head {
			line = el("a:lnB", num("w", 12700), inkSecond.fill())
		}
		none := func(name string) *element { return el(name, el("a:noFill")) }
		pad := cellPadX
		if columns[i].width < 2*cellPadX { // a column of colour: readers widen one that is narrower than its padding
			pad = 0
		}
		props := el("a:tcPr", num("marL", toEMU(pad)), num("marR", toEMU(pad)), num("marT", toEMU(cellPadY)), num("marB", toEMU(cellPadY)),
			none("a:lnL"), none("a:lnR"), none("a:lnT"), line)
		if c.paint != "" {
			c.paint.fill().putInto(props)
		} else {
			el("a:noFill").putInto(props)
		}
		one := el("a:tc", textBody("a:txBody", of), props)
		if c.span > 1 {
			num("gridSpan", c.span).putInto(one)
			covered = i + c.span
		} else if i < covered {
			at("hMerge", "1").putInto(one)
		}
		one.putInto(tr)
	}
	return tr
}

// pages breaks rows into pages of a height.
func pages(columns []column, rows [][]cell, room float64) [][][]cell {
	var out [][][]cell
	used := 0.0
	for _, row := range rows {
		h := rowHeight(columns, row)
		if len(out) == 0 || used+h > room-headHeight {
			out, used = append(out, nil), 0
		}
		out[len(out)-1] = append(out[len(out)-1], row)
		used += h
	}
	return out
}

// ofPages adds "1 of 3" to a title where a table takes several slides.
func ofPages(title string, i, n int) string {
	if n < 2 {
		return title
	}
	return fmt.Sprintf("%s (%d of %d)", title, i+1, n)
}
