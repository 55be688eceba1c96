// Package figure draws every chart of the product: in the window, as a picture for a deck, and as SVG.
//
// A Figure is a description of what is shown: a finding as its title, axes, layers of data, labels, and the
// assumptions it rests on. One drawing code turns it into pixels or SVG at any size, on a light, dark or
// transparent ground, on go-chart's Renderer as painter. The package promises that the same description and
// options give the same bytes; that a number which is not finite is refused with its place named; that bars
// begin at zero and log axes are true; and that a character which the fonts lack is drawn as □ and reported.
// It draws what it is given: no figure computes a cost or a size, and nothing here knows a screen.
//
// The files build_*.go turn an assessment into the nine figures of the product; the rest knows nothing of
// models or money.
package figure

import (
	"hostwise/app/figure/format"
)

// Figure describes one picture.
type Figure struct {
	ID       string // one of IDs, or the caller's own
	Title    string // the finding
	Subtitle string // the measure and its unit
	Caption  string // how to read it, one line in the page's small type; not drawn
	X, Y     Axis
	Right    *Axis // a second scale for Y, on the right; lines say whether they use it
	Rows     []Row // from the top; a figure with rows has no Y axis
	Columns  []Column
	Layers   []Layer // painted in this order within each depth
	Keys     []Key   // a legend below the plot, for what has no room for a label of its own
	Foot     []Fact  // the assumptions, in order of weight
	Source   string
	Brand    string // product, version and catalogue date
	Alt      string // the picture in words
	Twin     Table  // the figure's data, for copying and for those who do not see it
}

// Scaling says how an axis turns values into places.
type Scaling int

// The two scalings. A logarithmic axis is base ten and true: equal ratios are equal lengths.
const (
	Linear Scaling = iota
	Log
)

// Axis describes one axis. With Min and Max both zero the range follows from the data, and a linear axis
// includes zero.
type Axis struct {
	Title    string
	Unit     format.Unit
	Scaling  Scaling
	Min, Max float64
	Ticks    []float64 // values to label; nil chooses them
	NoGrid   bool
}

// Row is one line of a figure of rows: a precision, a route, an input.
type Row struct {
	Label    string
	Sub      string // second line, in small type
	Swatch   Paint  // drawn before the label where it is a route's
	Strong   bool   // set in bold: the row the finding is about
	Muted    bool   // ruled out
	Selected bool   // the row a person has chosen: on the accent ground
}

// Column is a column of words at the right of the rows, one cell a row.
type Column struct {
	Title string
	Cells []Cell
}

// Cell is a word in a column.
type Cell struct {
	Text   string
	Strong bool
}

// Key is one entry of the legend.
type Key struct {
	Paint  Paint
	Hatch  bool
	Range  bool    // the mark of a range instead of a swatch
	Depths []Paint // several paints at one depth, for the win map
	Depth  int     // 1 (palest) to 4
	Text   string
}

// Fact is one assumption in the strip at the foot.
type Fact struct{ Key, Value string }

// Table is the figure's data as text.
type Table struct {
	Headers []string
	Rows    [][]string
}

// XY is a place in the units of the axes. In a figure of rows Y is the row's number, from 0.
type XY struct{ X, Y float64 }

// Layer is one kind of mark. The set is closed: Line, Band, Histogram, Points, RefLine, Tint, Marker, Note,
// Stacks, Spans, RangeMarks, Ridges, EndRanges, Cells, Plate and Cross.
type Layer interface {
	paint(p *plot, at depth)
	extend(e *extents)
	check(f *Figure) error
}

// Line is a series of points joined in order of X. The caller breaks it into several lines where there is
// nothing to show.
type Line struct {
	Name   string // in readings and in the twin
	Points []XY
	Paint  Paint
	Step   bool   // hold each value until the next X, for what is bought in whole pieces
	Right  bool   // on the right-hand scale
	Ghost  bool   // the saved answer, an unlikely case: thin and dotted
	Thin   bool   // a frontier or a bound
	Label  string // at the end of the line
	Short  string // the same in a small panel; empty is Label
	Inline string // on the line
}

// Band is the area between two lines: the range of a series. With Low nil it reaches down to the axis.
type Band struct {
	Paint     Paint
	X         []float64
	Low, High []float64
	Opacity   float64 // 0 is the usual 0.15
	Right     bool    // on the right-hand scale
}

// Histogram is a row of bars that share edges, from the axis upwards.
type Histogram struct {
	Paint  Paint
	Edges  []float64 // one more than Counts
	Counts []float64
}

// Points are single observations.
type Points struct {
	Name   string
	Paint  Paint
	Shape  Shape
	Hollow bool
	Small  bool
	Right  bool // on the right-hand scale
	At     []XY
	Labels []string // nil, or one a point; "" leaves a point bare
	Strong []bool   // nil, or which labels are bold
}

// Dash is the pattern of a reference line.
type Dash int

// The patterns of reference lines: what a thing holds is solid, a border between verdicts is dashed, and
// "you are here" is dotted.
const (
	Solid Dash = iota
	Dashed
	Dotted
)

// RefLine is a line across the plot at one value.
type RefLine struct {
	At       float64
	Across   bool // at a value of Y; otherwise at a value of X
	Right    bool // with Across: on the right-hand scale
	Label    string
	Other    string // a label on the far side of a line between two verdicts; Label then stands on the left
	Sub      string
	Dash     Dash
	Above    bool // the label stands above the plot
	Muted    bool
	Side     Side    // where the label stands from the line
	DotAt    float64 // with Dot: the value of the other axis that carries a mark
	DotPaint Paint
	Dot      bool
}

// Side says where a label stands.
type Side int

// The sides of a label. SideAuto takes the emptiest.
const (
	SideAuto Side = iota
	SideLeft
	SideRight
)

// Tint is a ground behind the plot between two values of X.
type Tint struct {
	Low, High float64
	Paint     Paint // PaintAccent for the person's own range; a route where that route wins
	Label     string
}

// Marker is a hollow ink dot at a place that matters, with words and the range it may lie in.
type Marker struct {
	At    XY
	Label string
	Sub   string
	Range *Span // of X
	Right bool
	Plate bool // the words stand on a plate, over a map
}

// Span is a range of values.
type Span struct{ Low, High float64 }

// Note is a remark with a thin line to its place. In a figure of rows it stands to the right of the row.
type Note struct {
	At   XY
	Text string
}

// Part is one part of every stacked bar.
type Part struct {
	Name  string
	Paint Paint
	Hatch bool
}

// Stacks are horizontal bars from zero, one a row at most, each the sum of its parts.
type Stacks struct {
	Parts []Part
	Bars  []Bar
	// Name writes the parts' names on the longest bar, where there is room; otherwise use Keys.
	NameParts bool
}

// Bar is one stacked bar.
type Bar struct {
	Row    int
	Values []float64 // one a part
	Range  *Span     // of the total
	Label  string    // at the end
	Strong bool
	Dashed bool // an amount with no source: outline only
	Faint  bool // ruled out
}

// Spans are horizontal bars between two values, one a row: tornado and bridge.
type Spans struct {
	Bars []FromTo
	// Below and Above paint the two sides of Zero; without Split everything takes Above.
	Below, Above Paint
	Split        bool
	Zero         float64
}

// FromTo is one span with the words at its ends.
type FromTo struct {
	Row        int
	Low, High  float64
	LowText    string
	HighText   string
	Paint      Paint
	OwnPaint   bool // Paint counts, not the layer's
	Connect    bool // a thin line from this bar's High to the next row, for a bridge
	ConnectLow bool
}

// RangeMarks are likely values as dots with P10 to P90 as a thick pale line, one a row.
type RangeMarks struct{ Marks []RangeMark }

// RangeMark is one likely value with its range.
type RangeMark struct {
	Row               int
	Low, Likely, High float64
	Paint             Paint
	Hollow            bool // ruled out
	Faint             bool
	Text              string // beside the mark
	Strong            bool   // Text is in bold
	NoDot             bool   // only words: nothing to show
}

// Ridges are small histograms, one a row at most, that stand on the row's marks: how a value is spread. All share
// one scale, so that their heights can be compared. Where the rows are too low for them they are left out.
type Ridges struct{ Ridges []Ridge }

// Ridge is the spread of one row.
type Ridge struct {
	Row    int
	Paint  Paint
	Edges  []float64 // one more than Shares, ascending, of equal length on the axis
	Shares []float64
	Faint  bool
}

// EndRanges are ranges beyond the ends of lines: where each stands after what happens at the end, and its P10 to
// P90.
type EndRanges struct {
	X    float64 // where the lines end
	Ends []EndRange
}

// EndRange is one range beyond the end of a line.
type EndRange struct {
	Paint             Paint
	From              float64 // where the line ends
	Low, Likely, High float64
}

// Cells paint a map: who wins at each place and how surely.
type Cells struct {
	X, Y   []float64 // centres, ascending
	Winner [][]Paint // [row of Y][column of X]
	Depth  [][]int   // 1 (toss-up) to 4 (near certain); 0 leaves the cell empty
}

// Plate is a label on a plate over a map.
type Plate struct {
	At    XY
	Label string
	Sub   string
}

// Cross is the person's own place and range on a map.
type Cross struct {
	At    XY
	X, Y  *Span
	Paint Paint
	Label string
	Sub   string
}
