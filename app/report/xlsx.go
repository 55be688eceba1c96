package report

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// XLSX writes the workbook: for each case ten sheets whose costs are live formulas. Change a price, a volume or a
// rate on the sheet Inputs and every total follows. What needs the serving model (how many machines the demand
// takes) is copied from the case, locked, and says so; a check beside each route tells when it no longer holds.
// Values are written beside the formulas, so that previewers show them. Amounts are in US dollars.
func XLSX(ctx context.Context, w io.Writer, cases []Case, opt Options) error {
	j, err := begin(ctx, cases, opt)
	if err != nil {
		return err
	}
	j.expect(j.bookSteps())
	b, err := j.book()
	if err != nil {
		return err
	}
	return send(w, b)
}

// bookSteps is how many steps a workbook takes: a case is two.
func (j *job) bookSteps() int { return 2*len(j.cases) + 1 }

// Sheet names, in their order. Those of a further case carry its number.
const (
	sheetAnswer      = "Answer"
	sheetInputs      = "Inputs"
	sheetAssumptions = "Assumptions"
	sheetMemory      = "Memory"
	sheetCapacity    = "Capacity"
	sheetCosts       = "Costs"
	sheetCurve       = "Curve"
	sheetBreakEven   = "Break-even"
	sheetOverTime    = "Over time"
	sheetSources     = "Sources"
)

var sheetNames = []string{
	sheetAnswer, sheetInputs, sheetAssumptions, sheetMemory, sheetCapacity, sheetCosts, sheetCurve, sheetBreakEven, sheetOverTime, sheetSources,
}

// workbook is the file being written.
type workbook struct {
	job    *job
	file   *excelize.File
	styles map[style]int
	said   []string // the values of formulas that give words; their cells hold a mark until repack
	err    error    // the first thing that went wrong; everything after it does nothing
}

// book returns the finished workbook.
func (j *job) book() (*bytes.Buffer, error) {
	b := &workbook{job: j, file: excelize.NewFile(), styles: map[style]int{}}
	defer func() { b.keep(b.file.Close()) }()
	b.keep(b.file.SetDefaultFont(sheetFont))
	for i := range j.cases {
		b.caseSheets(i)
		if b.err == nil {
			b.keep(j.step())
		}
	}
	b.keep(b.file.DeleteSheet("Sheet1"))
	b.properties()
	if b.err != nil {
		return nil, b.failed()
	}
	raw, err := b.file.WriteToBuffer()
	if err != nil {
		return nil, fmt.Errorf("report: the workbook cannot be put together: %w", err)
	}
	done, err := b.repack(raw.Bytes())
	if err != nil {
		return nil, err
	}
	return done, j.step()
}

// failed is the first error: a cancelled context as it is, anything else with what it means.
func (b *workbook) failed() error {
	if errors.Is(b.err, context.Canceled) || errors.Is(b.err, context.DeadlineExceeded) {
		return b.err
	}
	return fmt.Errorf("report: the workbook cannot be put together: %w", b.err)
}

func (b *workbook) keep(err error) {
	if b.err == nil {
		b.err = err
	}
}

func (b *workbook) properties() {
	stamp := b.job.today.Format("2006-01-02T15:04:05Z")
	b.keep(b.file.SetDocProps(&excelize.DocProperties{Title: b.job.title(), Subject: b.job.cases[0].question(), Creator: "Hostwise",
		LastModifiedBy: "Hostwise", Description: b.job.brand(), Created: stamp, Modified: stamp, Language: "en-GB"}))
	b.keep(b.file.SetAppProps(&excelize.AppProperties{Application: "Hostwise"}))
	all := true
	b.keep(b.file.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &all}))
	b.file.SetActiveSheet(0)
}

// repack brings the workbook's parts into one order with one time stamp, and mends what the library
// leaves: a formula whose value is a number is marked as text, which hides it from previewers, and one whose value is
// text has none.
func (b *workbook) repack(raw []byte) (*bytes.Buffer, error) {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, fmt.Errorf("report: the workbook cannot be read back: %w", err)
	}
	files := map[string][]byte{}
	for _, f := range z.File {
		data, err := readPart(f)
		if err != nil {
			return nil, fmt.Errorf("report: the workbook cannot be read back: %w", err)
		}
		if strings.HasPrefix(f.Name, "xl/worksheets/sheet") {
			data = b.values(data)
		}
		if strings.HasPrefix(f.Name, "xl/charts/chart") && bytes.Contains(data, []byte("<scatterChart>")) {
			data = logAcross(data)
		}
		if f.Name == contentTypesName {
			data = sortedTypes(data)
		}
		files[f.Name] = data
	}
	return zipped(files, b.job.today, contentTypesName)
}

func readPart(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(r)
	return data, errors.Join(err, r.Close())
}

var formulaCell = regexp.MustCompile(`<c ([^>]*?) ?t="str"([^>]*)>(<f[^>]*>[^<]*</f>)<v>([^<]*)</v></c>`)

var contentType = regexp.MustCompile(`<Default [^>]*></Default>|<Override [^>]*></Override>`)

// sortedTypes brings the content types into one order: the library lists some of them as a map gives them.
func sortedTypes(data []byte) []byte {
	lines := contentType.FindAll(data, -1)
	slices.SortFunc(lines, bytes.Compare)
	next := -1
	return contentType.ReplaceAllFunc(data, func([]byte) []byte {
		next++
		return bytes.Clone(lines[next])
	})
}

// logAcross makes the lower axis of a chart of points logarithmic, and its values numbers: the library writes a linear
// axis and texts. Every such chart of ours is over orders of magnitude.
func logAcross(chart []byte) []byte {
	chart = bytes.ReplaceAll(chart, []byte("<xVal><strRef>"), []byte("<xVal><numRef>"))
	chart = bytes.ReplaceAll(chart, []byte("</strRef></xVal>"), []byte("</numRef></xVal>"))
	return bytes.Replace(chart, []byte("<scaling><orientation"), []byte(`<scaling><logBase val="10"></logBase><orientation`), 1)
}

// textMark is the first of the numbers that stand for texts; the others lie below it.
const textMark int64 = -990_000_000_000

// values mends the values of a sheet's formulas.
func (b *workbook) values(sheet []byte) []byte {
	return formulaCell.ReplaceAllFunc(sheet, func(cell []byte) []byte {
		m := formulaCell.FindSubmatch(cell)
		if mark, err := strconv.ParseInt(string(m[4]), 10, 64); err == nil && mark <= textMark && textMark-mark < int64(len(b.said)) {
			var words bytes.Buffer
			escape(&words, b.said[textMark-mark])
			return fmt.Appendf(nil, `<c %s t="str"%s>%s<v>%s</v></c>`, m[1], m[2], m[3], words.Bytes())
		}
		return fmt.Appendf(nil, `<c %s%s>%s<v>%s</v></c>`, m[1], m[2], m[3], m[4])
	})
}

// neutral makes text from outside harmless in a cell: what a spreadsheet would take for a formula once somebody edits
// the cell or saves it as text gets an apostrophe in front.
func neutral(s string) string {
	s = oneLine(s)
	if s != "" && strings.ContainsRune("=+-@", []rune(s)[0]) {
		return "'" + s
	}
	return cut(s, excelize.TotalCellChars)
}

// style is how a cell looks.
type style struct {
	bold, wrap, live, head, soft, title bool
	right, indent                       bool
	format                              string // of numbers
}

// sheetFont is the typeface of the product; where it is not installed, a spreadsheet takes its own.
const sheetFont = "Inter"

// The number formats in use.
const (
	formatMoney = `#,##0.00;[Red]-#,##0.00`
	formatPrice = `#,##0.00####`
	formatCount = `#,##0.######`
	formatShare = `0.0###%`
	formatGB    = `#,##0.0`
)

// id returns the style's number in the file.
func (b *workbook) id(s style) int {
	if id, ok := b.styles[s]; ok {
		return id
	}
	x := &excelize.Style{Font: &excelize.Font{Family: sheetFont, Size: 10, Color: "14171F"}, Alignment: &excelize.Alignment{Vertical: "top"},
		Protection: &excelize.Protection{Locked: !s.live}}
	x.Font.Bold = s.bold || s.head || s.title
	x.Alignment.WrapText = s.wrap
	switch {
	case s.title:
		x.Font.Size = 15
	case s.head:
		x.Font.Color = "4A5162"
		x.Border = []excelize.Border{{Type: "bottom", Color: "4A5162", Style: 1}}
	case s.soft:
		x.Font.Color = "697182"
	case s.live: // what may be changed stands out: the accent's ground, as a person's own values do in the window
		x.Font.Color = "3F37B0"
		x.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EEEDFB"}}
	}
	switch {
	case s.right:
		x.Alignment.Horizontal = "right"
	case s.indent:
		x.Alignment.Horizontal, x.Alignment.Indent = "left", 1
	}
	if s.format != "" {
		x.CustomNumFmt = &s.format
	}
	id, err := b.file.NewStyle(x)
	b.keep(err)
	b.styles[s] = id
	return id
}

// page is one sheet with the row that is written next.
type page struct {
	book *workbook
	name string
	row  int
}

// page adds a sheet with the widths of its columns.
func (b *workbook) page(name string, widths ...float64) *page {
	_, err := b.file.NewSheet(name)
	b.keep(err)
	for i, w := range widths {
		col, err := excelize.ColumnNumberToName(i + 1)
		b.keep(err)
		b.keep(b.file.SetColWidth(name, col, col, w))
	}
	hide := false
	b.keep(b.file.SetSheetView(name, 0, &excelize.ViewOptions{ShowGridLines: &hide}))
	fits := true
	b.keep(b.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fits}))
	const a4 = 9 // ECMA-376 part 1, 18.3.1.63
	landscape, fit, tall, paper := "landscape", 1, 0, a4
	b.keep(b.file.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &paper, Orientation: &landscape, FitToWidth: &fit, FitToHeight: &tall}))
	return &page{book: b, name: name, row: 1}
}

// ref is a cell's place on its sheet; col counts from 1.
func ref(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		panic("report: " + err.Error()) // columns and rows are counted here, never taken from outside
	}
	return name
}

// fixed is a cell's place from any sheet.
func (p *page) fixed(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row, true)
	if err != nil {
		panic("report: " + err.Error())
	}
	return "'" + p.name + "'!" + name
}

// text writes words. Beyond the first column they are set in a little, away from the numbers before them.
func (p *page) text(col int, s string, st style) {
	b := p.book
	st.indent = col > 1 && !st.right
	b.keep(b.file.SetCellStr(p.name, ref(col, p.row), neutral(s)))
	b.keep(b.file.SetCellStyle(p.name, ref(col, p.row), ref(col, p.row), b.id(st)))
}

// number writes a number; nothing where it is not known.
func (p *page) number(col int, v *float64, st style) {
	b := p.book
	if v != nil {
		b.keep(b.file.SetCellFloat(p.name, ref(col, p.row), *v, -1, 64))
	} else {
		b.keep(b.file.SetCellStr(p.name, ref(col, p.row), "not known"))
		st.soft, st.live, st.right = true, false, true
	}
	b.keep(b.file.SetCellStyle(p.name, ref(col, p.row), ref(col, p.row), b.id(st)))
}

func (p *page) value(col int, v float64, st style) { p.number(col, &v, st) }

// formula writes a live formula and the value it has now; the value first, since writing it would remove the formula.
func (p *page) formula(col int, expr string, now any, st style) {
	b := p.book
	switch v := now.(type) {
	case float64:
		b.keep(b.file.SetCellFloat(p.name, ref(col, p.row), v, -1, 64))
	case string:
		// The library keeps no text beside a formula: a number that nothing else has stands for it.
		b.keep(b.file.SetCellInt(p.name, ref(col, p.row), textMark-int64(len(b.said))))
		b.said = append(b.said, v)
	}
	b.keep(b.file.SetCellFormula(p.name, ref(col, p.row), expr))
	b.keep(b.file.SetCellStyle(p.name, ref(col, p.row), ref(col, p.row), b.id(st)))
}

// title writes the sheet's heading and what it is about.
func (p *page) title(title, about string) {
	p.text(1, title, style{title: true})
	p.book.keep(p.book.file.SetRowHeight(p.name, p.row, 24))
	p.row++
	p.text(1, about, style{soft: true})
	p.row += 2
}

// head writes the titles of columns and freezes them in view where freeze is set. A title that begins with ">" heads a
// column of numbers.
func (p *page) head(freeze bool, titles ...string) {
	for i, t := range titles {
		t, right := strings.CutPrefix(t, ">")
		p.text(i+1, t, style{head: true, right: right})
	}
	p.row++
	if freeze {
		p.book.keep(p.book.file.SetPanes(p.name, &excelize.Panes{Freeze: true, YSplit: p.row - 1, TopLeftCell: ref(1, p.row), ActivePane: "bottomLeft"}))
	}
}

// protect locks what is not to be changed. There is no password: it guards against slips, not against people.
func (p *page) protect() {
	p.book.keep(p.book.file.ProtectSheet(p.name, &excelize.SheetProtectionOptions{SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true, FormatRows: true}))
}
