package figure

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"hostwise/app/figure/format"
	"hostwise/calc"
)

// AccuracyOptions say what of the measured runs is drawn.
type AccuracyOptions struct {
	By       calc.AccuracyKey // what the marks tell apart
	Selected string           // id of the run to mark; "" marks none
	Named    int              // how many of the furthest rows are named; 0 = the usual six
	Version  string           // of the product and catalogue, for the brand line
}

// accuracyMarks are the marks of the groups, in the groups' order.
var accuracyMarks = []struct {
	shape  Shape
	hollow bool
}{
	{ShapeCircle, false}, {ShapeDiamond, true}, {ShapeTriangle, false}, {ShapeSquare, true},
	{ShapeDiamond, false}, {ShapeCircle, true}, {ShapeSquare, false}, {ShapeTriangle, true},
}

// AccuracyMark returns the mark of the group at a place in calc.GroupAccuracy; beyond the eighth they repeat.
func AccuracyMark(i int) (shape Shape, hollow bool) {
	m := accuracyMarks[i%len(accuracyMarks)]
	return m.shape, m.hollow
}

// AccuracyTitle is the finding of the rows: how many estimates are near their measurement.
func AccuracyTitle(rows []calc.AccuracyRow) string {
	s := calc.SummariseAccuracy("", rows)
	kind := ""
	if len(rows) > 0 {
		kind = string(rows[0].Kind) + " "
	}
	switch {
	case s.Compared == 0:
		return "No measured run here can be set beside an estimate"
	case s.Near == s.Compared:
		return fmt.Sprintf("All %d %sestimates are within 10 %% of the measurement", s.Compared, kind)
	}
	return fmt.Sprintf("%d of %d %sestimates are within 10 %% of the measurement", s.Near, s.Compared, kind)
}

// BuildAccuracy draws estimate against measurement on log scales, with the bands of 10 and 25 % and the furthest rows
// named. Rows of another unit than most are counted in the title and left out of the picture. The error says why there
// is nothing to draw.
func BuildAccuracy(rows []calc.AccuracyRow, opt AccuracyOptions) (Figure, error) {
	drawn, others := AccuracyDrawn(rows)
	if len(drawn) == 0 {
		return Figure{}, errors.New("no measured run here can be set beside an estimate")
	}
	s := calc.SummariseAccuracy("", rows)
	unit := accuracyUnit(drawn[0].Unit)
	low, high := accuracySpan(drawn)
	ends := []float64{low, high}
	band := func(paint Paint, off float64) Band {
		return Band{Paint: paint, X: ends, Low: []float64{low * (1 - off), high * (1 - off)}, High: []float64{low * (1 + off), high * (1 + off)}}
	}
	f := Figure{
		ID: "accuracy", Title: AccuracyTitle(rows), Subtitle: accuracyMeasure(drawn[0]) + ", estimate against measurement, both scales log; the bands are 10 % and 25 %.",
		Caption: accuracyCaption(s, others),
		X:       Axis{Title: "Measured", Scaling: Log, Unit: unit, Min: low, Max: high},
		Y:       Axis{Title: "Estimated", Scaling: Log, Unit: unit, Min: low, Max: high},
		Layers: []Layer{
			band(PaintNeutral, calc.RoughError), band(PaintNeutralStrong, calc.NearError),
			Line{Name: "estimate = measurement", Points: []XY{{low, low}, {high, high}}, Paint: PaintInk3, Thin: true},
		},
		Source: "Sources: each run's own, in the table", Brand: opt.Version,
		Twin: accuracyTwin(rows),
	}
	f.Alt = f.Title + ". " + f.Caption
	named := calc.WorstAccuracy(drawn, cmp.Or(opt.Named, mostNamed))
	for i, g := range calc.GroupAccuracy(drawn, opt.By) {
		shape, hollow := AccuracyMark(i)
		p := Points{Name: g.Name, Paint: PaintInk, Shape: shape, Hollow: hollow, Small: true}
		for j := range drawn {
			r := &drawn[j]
			if r.Key(opt.By) != g.Name {
				continue
			}
			p.At = append(p.At, XY{r.Measured, r.Estimate.Likely})
			p.Labels = append(p.Labels, outlierLabel(r, named))
		}
		f.Layers = append(f.Layers, p)
	}
	if i := slices.IndexFunc(drawn, func(r calc.AccuracyRow) bool { return r.ID == opt.Selected }); i >= 0 {
		f.Layers = append(f.Layers, Points{Name: "chosen", Paint: PaintAccent, Shape: ShapeCircle, Hollow: true, At: []XY{{drawn[i].Measured, drawn[i].Estimate.Likely}}})
	}
	return f, f.Check()
}

// mostNamed is how many rows are named in the picture, as far as they are off by more than a quarter.
const mostNamed = 6

func outlierLabel(r *calc.AccuracyRow, named []calc.AccuracyRow) string {
	off := math.Abs(r.Error)
	isNamed := slices.ContainsFunc(named, func(n calc.AccuracyRow) bool { return n.ID == r.ID && n.Quantity == r.Quantity })
	if !isNamed || off <= calc.RoughError {
		return ""
	}
	name := r.Device
	if r.Kind == calc.MemoryAccuracy {
		name = r.Quantity
	}
	return name + ", " + r.Engine + ": " + SignedShare(r.Error)
}

// SignedShare writes an error with its direction: "+18 %", "−4 %", "0.03 %" for what is next to nothing.
func SignedShare(share float64) string {
	percent := 100 * math.Abs(share)
	text := fmt.Sprintf("%.0f %%", percent)
	switch {
	case percent < 0.005:
		return "0 %"
	case percent < 1:
		text = fmt.Sprintf("%.2f %%", percent)
	case percent < 9.95:
		text = fmt.Sprintf("%.1f %%", percent)
	}
	if share < 0 {
		return "−" + text
	}
	return "+" + text
}

// AccuracyDrawn returns the rows that a picture of these rows shows: the compared ones of the unit that most of them
// have. others is how many compared rows have another unit.
func AccuracyDrawn(rows []calc.AccuracyRow) (drawn []calc.AccuracyRow, others int) {
	counts, most := map[string]int{}, ""
	for _, r := range rows {
		if r.Reason != "" {
			continue
		}
		counts[r.Unit]++
		if counts[r.Unit] > counts[most] {
			most = r.Unit
		}
	}
	for _, r := range rows {
		switch {
		case r.Reason != "":
		case r.Unit == most:
			drawn = append(drawn, r)
		default:
			others++
		}
	}
	return drawn, others
}

// accuracySpan is the common range of both axes, with a little room at the ends.
func accuracySpan(rows []calc.AccuracyRow) (low, high float64) {
	low, high = math.Inf(1), 0
	for _, r := range rows {
		low = min(low, r.Measured, r.Estimate.Likely)
		high = max(high, r.Measured, r.Estimate.Likely)
	}
	return low / 1.3, high * 1.3
}

func accuracyUnit(unit string) format.Unit {
	switch unit {
	case "bytes":
		return format.Unit{Kind: format.KindBytes}
	case "tok/s":
		return format.Unit{Kind: format.KindRate}
	}
	return format.Unit{Kind: format.KindCount}
}

func accuracyMeasure(r calc.AccuracyRow) string {
	switch r.Unit {
	case "bytes":
		return "Bytes of memory or file"
	case "tok/s":
		return "Tokens a second of the whole set-up"
	case "tokens":
		return "Tokens that the cache holds"
	}
	return "Parameters"
}

func accuracyCaption(s calc.AccuracySummary, others int) string {
	text := fmt.Sprintf("Median error %s, nine in ten within %s, worst %s; %d of %d measurements lie in our range.",
		plainShare(s.Median), plainShare(s.P90), SignedShare(s.Worst), s.Inside, s.Compared)
	if others > 0 {
		text += fmt.Sprintf(" %s counted in another unit: in the table, not in the picture.", rowsWord(others))
	}
	return text
}

// plainShare writes a share without its direction.
func plainShare(share float64) string {
	text := []rune(SignedShare(math.Abs(share)))
	if text[0] == '+' {
		text = text[1:]
	}
	return string(text)
}

// AccuracyAmount writes a measured or estimated amount in its unit.
func AccuracyAmount(v float64, unit string) string {
	switch unit {
	case "bytes":
		return format.Bytes(v)
	case "tok/s":
		return format.Unit{Kind: format.KindRate}.Value(v)
	}
	return format.Count(v) + " " + unit
}

func accuracyTwin(rows []calc.AccuracyRow) Table {
	t := Table{Headers: []string{"Run", "Hardware", "Model", "Precision", "Engine", "At once", "Quantity", "Measured", "Estimate", "Low", "High", "Unit",
		"Error", "In range", "Not compared because", "Source", "As of"}}
	for i := range rows {
		r := &rows[i]
		line := []string{r.ID, r.Hardware, r.Model, r.Precision, r.Engine, r.AtOnce, r.Quantity}
		if r.Reason != "" {
			line = append(line, "", "", "", "", r.Unit, "", "", r.Reason)
		} else {
			inside := "no"
			if r.Inside {
				inside = "yes"
			}
			number := func(v float64) string { return fmt.Sprintf("%.6g", v) }
			line = append(line, number(r.Measured), number(r.Estimate.Likely), number(r.Estimate.Low), number(r.Estimate.High), r.Unit,
				SignedShare(r.Error), inside, "")
		}
		t.Rows = append(t.Rows, append(line, r.Source, r.AsOf))
	}
	return t
}

func rowsWord(n int) string {
	if n == 1 {
		return "1 row is"
	}
	return fmt.Sprintf("%d rows are", n)
}
