package report

import (
	"bytes"
	"context"
	"fmt"
	"image/color"
	"io"

	"codeberg.org/go-pdf/fpdf"

	"hostwise/app/figure"
	"hostwise/assets/fonts"
)

// PDF writes the report: for each case at most four pages, of which the last ends in the decision record; with
// several cases the comparison first. Text is text, in our own typeface, and the headings are bookmarks.
func PDF(ctx context.Context, w io.Writer, cases []Case, opt Options) error {
	j, err := begin(ctx, cases, opt)
	if err != nil {
		return err
	}
	j.expect(j.paperSteps())
	b, err := j.paper()
	if err != nil {
		return err
	}
	return send(w, b)
}

// paperSteps is how many steps a report takes: a case is five.
func (j *job) paperSteps() int { return 5*len(j.cases) + 1 }

// paper returns the finished report.
func (j *job) paper() (*bytes.Buffer, error) {
	s := j.newSheet()
	if len(j.cases) > 1 {
		if err := s.comparisonPage(); err != nil {
			return nil, err
		}
	}
	for i := range j.cases {
		if err := s.casePages(i); err != nil {
			return nil, err
		}
	}
	var b bytes.Buffer
	if err := s.pdf.Output(&b); err != nil {
		return nil, fmt.Errorf("report: the PDF cannot be put together: %w", err)
	}
	return &b, j.step()
}

// The page in millimetres: A4, with one column of text.
const (
	pageWidth, pageHeight = 210.0, 297.0
	pageMargin            = 16.0
	pageTop, pageBottom   = 22.0, 18.0
	columnWidth           = pageWidth - 2*pageMargin
	pointMM               = 25.4 / 72 // a point in millimetres
)

// The type sizes of the page, in points.
const (
	sizeAnswer  = 17.0
	sizeHeading = 11.5
	sizeBody    = 9.0
	sizeTable   = 7.8
	sizeSmall   = 6.9
)

// leading is the distance of lines by the size of the type.
const leading = 1.32

// family is our typeface in the file.
const family = "Hostwise"

// sheet is the report being written, with a cursor that moves down the page.
type sheet struct {
	job    *job
	pdf    *fpdf.Fpdf
	y      float64
	about  Case // whose pages are being written
	page   Case // whose page it is, which the footer names when the next one begins
	images int  // pictures so far
}

func (j *job) newSheet() *sheet {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.AddUTF8FontFromBytes(family, "", fonts.Regular)
	pdf.AddUTF8FontFromBytes(family, "B", fonts.SemiBold)
	pdf.AddUTF8FontFromBytes("HostwiseMono", "", fonts.Mono)
	pdf.SetCatalogSort(true) // the same report gives the same bytes
	pdf.SetCreationDate(j.today)
	pdf.SetModificationDate(j.today)
	pdf.SetTitle(j.title(), true)
	pdf.SetSubject(j.cases[0].question(), true)
	pdf.SetAuthor("Hostwise", true)
	pdf.SetCreator(j.brand(), true)
	pdf.SetProducer("Hostwise", true)
	pdf.SetKeywords("DeepSeek R1, API, hosting, cost, decision", true)
	pdf.SetLang("en-GB")
	pdf.SetDisplayMode("fullpage", "single")
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.SetCellMargin(0)
	pdf.AliasNbPages("{pages}")
	s := &sheet{job: j, pdf: pdf, about: j.cases[0]}
	pdf.SetFooterFunc(s.footer)
	return s
}

// footer stands on every page: whose case, from which facts, which page.
func (s *sheet) footer() {
	y := pageHeight - 11
	s.rule(y-4.5, figure.Light.Hairline)
	facts := " · " + s.job.brand() + " · " + s.job.day() + " · " + s.page.code() + " before tax"
	const number = 26.0 // millimetres
	ruler := rulerFor(false)
	room := (columnWidth-number)/pointMM - ruler.width(facts, sizeSmall)
	s.line(pageMargin, y, ruler.fit(s.page.name(), sizeSmall, room, 1)+facts, sizeSmall, false, figure.Light.Ink3)
	// The number of pages is filled in when the file is closed: what is known before is how many digits it has.
	all := "0"
	if len(s.job.cases) > 2 {
		all = "00"
	}
	text := fmt.Sprintf("Page %d of ", s.pdf.PageNo())
	s.pdf.Text(pageWidth-pageMargin-ruler.width(text+all, sizeSmall)*pointMM, y, text+"{pages}")
}

// newPage starts a page with the name of the case on top.
func (s *sheet) newPage() {
	s.pdf.AddPage()
	s.y, s.page = pageTop, s.about
	s.fillBox(pageMargin, 11.2, 5, 0.9, figure.Light.Accent)
	s.line(pageMargin+7, 13.2, cut(s.about.name(), 90), sizeSmall+0.6, false, figure.Light.Ink2)
}

// room is what is left of the page.
func (s *sheet) room() float64 { return pageHeight - pageBottom - s.y }

// need starts a new page where there is less room than this.
func (s *sheet) need(height float64) {
	if s.room() < height {
		s.newPage()
	}
}

func (s *sheet) ink(c color.NRGBA)  { s.pdf.SetTextColor(int(c.R), int(c.G), int(c.B)) }
func (s *sheet) fill(c color.NRGBA) { s.pdf.SetFillColor(int(c.R), int(c.G), int(c.B)) }
func (s *sheet) draw(c color.NRGBA) { s.pdf.SetDrawColor(int(c.R), int(c.G), int(c.B)) }

func (s *sheet) fillBox(x, y, w, h float64, c color.NRGBA) {
	s.fill(c)
	s.pdf.Rect(x, y, w, h, "F")
}

func (s *sheet) rule(y float64, c color.NRGBA) {
	s.draw(c)
	s.pdf.SetLineWidth(0.2)
	s.pdf.Line(pageMargin, y, pageWidth-pageMargin, y)
}

// line writes one line of text with its baseline at y.
func (s *sheet) line(x, y float64, text string, size float64, bold bool, c color.NRGBA) {
	style := ""
	if bold {
		style = "B"
	}
	s.pdf.SetFont(family, style, size)
	s.ink(c)
	s.pdf.Text(x, y, rulerFor(bold).drawable(legible(text)))
}

// textStyle is how a block of text is set.
type textStyle struct {
	size  float64
	bold  bool
	right bool
	color color.NRGBA
	most  int // lines; 0 is any number
}

// block is text broken into lines for a width in millimetres.
type block struct {
	style textStyle
	lines []string
}

func (st textStyle) block(text string, width float64) block {
	r := rulerFor(st.bold)
	text = r.drawable(oneLine(text))
	points := width / pointMM
	if st.most > 0 {
		text = r.fit(text, st.size, points, st.most)
	}
	return block{st, r.wrap(text, st.size, points)}
}

func (b block) height() float64 { return float64(len(b.lines)) * b.style.size * leading * pointMM }

// put writes a block with its upper edge at y.
func (s *sheet) put(b block, x, y, width float64) {
	r := rulerFor(b.style.bold)
	for i, text := range b.lines {
		at := x
		if b.style.right != rightToLeft(text) {
			at = x + width - r.width(text, b.style.size)*pointMM
		}
		base := y + (float64(i)*leading+1)*b.style.size*pointMM
		s.line(at, base, text, b.style.size, b.style.bold, b.style.color)
	}
}

// say writes a block at the cursor over the whole column and moves on.
func (s *sheet) say(text string, st textStyle, after float64) {
	b := st.block(text, columnWidth)
	s.need(b.height())
	s.put(b, pageMargin, s.y, columnWidth)
	s.y += b.height() + after
}

// The styles of the page.
var (
	answerStyle  = textStyle{size: sizeAnswer, bold: true, color: figure.Light.Ink, most: 3}
	headingStyle = textStyle{size: sizeHeading, bold: true, color: figure.Light.Ink, most: 2}
	bodyStyle    = textStyle{size: sizeBody, color: figure.Light.Ink}
	softStyle    = textStyle{size: sizeBody, color: figure.Light.Ink2}
	noteStyle    = textStyle{size: sizeTable, color: figure.Light.Ink2}
)

// heading starts a part of the report: a bookmark of the given level, and the words. With room it also keeps the
// heading together with what follows.
func (s *sheet) heading(text string, level int, keep float64) {
	b := headingStyle.block(text, columnWidth)
	s.need(b.height() + keep)
	s.pdf.SetFont(family, "B", sizeHeading)
	s.pdf.Bookmark(rulerFor(true).drawable(cut(oneLine(text), 100)), level, s.y)
	s.put(b, pageMargin, s.y, columnWidth)
	s.y += b.height() + 1.6
}

// field is one cell of a paper table.
type field struct {
	text  string
	below string // in small type
	bold  bool
	soft  bool
	paint *color.NRGBA // fills the cell; no text
	span  int          // columns it reaches over; 0 is 1. What stands in the others is not shown.
}

// paperColumn is a column of a paper table, in millimetres.
type paperColumn struct {
	title string
	width float64
	right bool
	most  int // lines of a cell; 0 is three
	head  int // lines of its title; 0 is one
}

func (c paperColumn) blocks(f field) (top, below block) {
	st := textStyle{size: sizeTable, bold: f.bold, right: c.right, color: figure.Light.Ink, most: c.most}
	if f.soft {
		st.color = figure.Light.Ink2
	}
	if st.most == 0 {
		st.most = 3
	}
	top = st.block(f.text, c.width-2*fieldPad)
	if f.below != "" {
		small := textStyle{size: sizeSmall, right: c.right, color: figure.Light.Ink2, most: 2}
		below = small.block(f.below, c.width-2*fieldPad)
	}
	return top, below
}

// The padding of a field, and the height of a table's head.
const (
	fieldPad  = 1.0
	fieldPadY = 0.85
)

// table writes rows at the cursor, breaking over pages with the head repeated. limit bounds how many rows are
// written; it returns how many were.
func (s *sheet) table(columns []paperColumn, rows [][]field) {
	head := func() {
		x, height := pageMargin, 0.0
		for _, c := range columns {
			b := textStyle{size: sizeSmall, right: c.right, color: figure.Light.Ink3, most: max(1, c.head)}.block(c.title, c.width-2*fieldPad)
			s.put(b, x+fieldPad, s.y, c.width-2*fieldPad)
			x, height = x+c.width, max(height, b.height())
		}
		s.y += height + 0.6
		s.rule(s.y, figure.Light.Ink3)
	}
	s.need(14)
	head()
	for _, row := range rows {
		h := rowOf(columns, row)
		if s.room() < h {
			s.newPage()
			head()
		}
		s.paperRow(columns, row, h)
	}
	s.y += 4
}

func rowOf(columns []paperColumn, row []field) float64 {
	most := 0.0
	for i, f := range row {
		top, below := spanned(columns, i, f).blocks(f)
		most = max(most, top.height()+below.height())
	}
	return most + 2*fieldPadY
}

// spanned is the column that a field fills: its own, or several together.
func spanned(columns []paperColumn, i int, f field) paperColumn {
	c := columns[i]
	for k := 1; k < f.span; k++ {
		c.width += columns[i+k].width
	}
	return c
}

func (s *sheet) paperRow(columns []paperColumn, row []field, h float64) {
	x := pageMargin
	covered := 0
	for i, f := range row {
		c := spanned(columns, i, f)
		if i < covered {
			continue
		}
		covered = i + f.span
		if f.paint != nil {
			s.fillBox(x, s.y+0.5, c.width, h-1, *f.paint)
		} else {
			top, below := c.blocks(f)
			s.put(top, x+fieldPad, s.y+fieldPadY, c.width-2*fieldPad)
			if f.below != "" {
				s.put(below, x+fieldPad, s.y+fieldPadY+top.height(), c.width-2*fieldPad)
			}
		}
		x += c.width
	}
	s.y += h
	s.rule(s.y, figure.Light.Hairline)
}

// image writes a figure's picture at a place.
func (s *sheet) image(of int, id string, x, y, w, h float64) error {
	// 2.74 units of a panel in a millimetre set its type at seven and a half points; three pixels a unit print well.
	const units, pixels = 4.35, 3.0
	// Pictures are put into the file in the order of their widths: one pixel more for each keeps the order, and with it
	// the bytes, the same every time.
	s.images++
	l := paperLook(int(w*units*pixels)+s.images, int(h*units*pixels), pixels)
	data, err := s.job.draw(of, id, l)
	if err != nil {
		return err
	}
	name := fmt.Sprintf("%d-%s-%s", of, id, l.name)
	opt := fpdf.ImageOptions{ImageType: "PNG"}
	s.pdf.RegisterImageOptionsReader(name, opt, bytes.NewReader(data))
	s.pdf.ImageOptions(name, x, y, w, h, false, opt, 0, "")
	return nil
}
