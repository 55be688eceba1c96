package figure

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"strings"
	"sync"
	"testing"

	"github.com/wcharczuk/go-chart/v2"

	"hostwise/app/figure/format"
)

// svgOf returns a figure's SVG after checking that it is well-formed XML.
func svgOf(t *testing.T, f Figure, opt Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := SVG(&b, f, opt); err != nil {
		t.Fatal(err)
	}
	decoder := xml.NewDecoder(bytes.NewReader(b.Bytes()))
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return b.String()
		} else if err != nil {
			t.Fatalf("the SVG of %s is not well-formed: %v", f.ID, err)
		}
	}
}

func TestEveryKindDrawsAtEverySizeAndGround(t *testing.T) {
	sizes := []Options{{}, {Width: 640, Height: 360}, {Width: 800, Height: 1000}, {Width: 2400, Height: 500},
		{Width: 360, Height: 260, Compact: true}, {Width: 700, Height: 420, Compact: true, Scale: 2}, {Width: 120, Height: 60, Compact: true},
		{Width: 40, Height: 40}}
	for name, sample := range samples {
		for i, opt := range sizes {
			for _, theme := range []*Theme{&Light, &Dark} {
				opt.Theme, opt.Transparent = theme, i%2 == 1
				d, err := Render(sample(), opt)
				if err != nil {
					t.Fatalf("%s, size %d: %v", name, i, err)
				}
				if l := d.Layout; l.Left >= l.RightEdge || l.Top >= l.Bottom {
					t.Errorf("%s, size %d: the plot is empty: %+v", name, i, l)
				}
				svgOf(t, sample(), opt)
			}
		}
	}
}

func TestSameFigureSameBytes(t *testing.T) {
	for name, sample := range samples {
		var first, second bytes.Buffer
		if err := PNG(&first, sample(), Options{}); err != nil {
			t.Fatal(err)
		}
		if err := PNG(&second, sample(), Options{}); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("%s: two PNG files of one figure differ", name)
		}
		if one, two := svgOf(t, sample(), Options{}), svgOf(t, sample(), Options{}); one != two {
			t.Errorf("%s: two SVG files of one figure differ", name)
		}
	}
}

func TestDrawingIsSafeForConcurrentUse(t *testing.T) {
	want, err := Draw(sampleCost(), Options{Width: 700, Height: 420, Compact: true})
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			got, err := Draw(sampleCost(), Options{Width: 700, Height: 420, Compact: true})
			if err != nil || !bytes.Equal(got.Pix, want.Pix) {
				t.Errorf("a figure drawn beside others differs (%v)", err)
			}
		})
	}
	group.Wait()
}

func TestNumbersThatAreNotFiniteAreRefused(t *testing.T) {
	for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		for where, f := range map[string]Figure{
			"Layers[0].Points[1].Y":        {ID: "x", Layers: []Layer{Line{Points: []XY{{1, 1}, {2, bad}}}}},
			"Layers[0].Bars[0].Values[0]":  {ID: "x", Rows: []Row{{}}, Layers: []Layer{Stacks{Parts: []Part{{}}, Bars: []Bar{{Values: []float64{bad}}}}}},
			"Layers[0].Bars[0].Range.High": {ID: "x", Rows: []Row{{}}, Layers: []Layer{Stacks{Parts: []Part{{}}, Bars: []Bar{{Values: []float64{1}, Range: &Span{0, bad}}}}}},
			"X.Max":                        {ID: "x", X: Axis{Max: bad}, Layers: []Layer{Line{Points: []XY{{1, 1}, {2, 2}}}}},
			"Layers[0].High[0]":            {ID: "x", Layers: []Layer{Band{X: []float64{1}, High: []float64{bad}}}},
			"Layers[0].At":                 {ID: "x", Layers: []Layer{RefLine{At: bad}}},
			"Layers[0].Marks[0].Likely":    {ID: "x", Rows: []Row{{}}, Layers: []Layer{RangeMarks{[]RangeMark{{Likely: bad}}}}},
			"Layers[0].Counts[0]":          {ID: "x", Layers: []Layer{Histogram{Edges: []float64{0, 1}, Counts: []float64{bad}}}},
		} {
			_, err := Draw(f, Options{})
			if err == nil || !strings.Contains(err.Error(), where) {
				t.Errorf("%v at %s: got error %v", bad, where, err)
			}
			if err := SVG(io.Discard, f, Options{}); err == nil {
				t.Errorf("%v at %s: the SVG was written", bad, where)
			}
		}
	}
}

func TestWhatCannotBeDrawnTruthfullyIsRefused(t *testing.T) {
	row := []Row{{Label: "a"}}
	line := Line{Points: []XY{{1, 1}, {2, 2}}}
	for name, f := range map[string]Figure{
		"nothing":                {},
		"empty line":             {Layers: []Layer{Line{}}},
		"nil layer":              {Layers: []Layer{nil}},
		"line that goes back":    {Layers: []Layer{Line{Points: []XY{{2, 1}, {1, 2}}}}},
		"no right axis":          {Layers: []Layer{Line{Points: line.Points, Right: true}}},
		"band of unequal length": {Layers: []Layer{Band{X: []float64{1, 2}, Low: []float64{1}, High: []float64{1, 2}}}},
		"row that is not there":  {Rows: row, Layers: []Layer{RangeMarks{[]RangeMark{{Row: 1}}}}},
		"range out of order":     {Rows: row, Layers: []Layer{RangeMarks{[]RangeMark{{Low: 3, Likely: 2, High: 4}}}}},
		"bars on a log axis":     {Rows: row, X: Axis{Scaling: Log}, Layers: []Layer{Stacks{Parts: []Part{{}}, Bars: []Bar{{Values: []float64{1}}}}}},
		"bars not from zero":     {Rows: row, X: Axis{Min: 1, Max: 2}, Layers: []Layer{Stacks{Parts: []Part{{}}, Bars: []Bar{{Values: []float64{1}}}}}},
		"part below zero":        {Rows: row, Layers: []Layer{Stacks{Parts: []Part{{}}, Bars: []Bar{{Values: []float64{-1}}}}}},
		"values without parts":   {Rows: row, Layers: []Layer{Stacks{Bars: []Bar{{Values: []float64{1}}}}}},
		"log axis without data":  {X: Axis{Scaling: Log}, Layers: []Layer{Line{Points: []XY{{0, 1}}}}},
		"axis back to front":     {X: Axis{Min: 3, Max: 2}, Layers: []Layer{line}},
		"log axis from zero":     {X: Axis{Scaling: Log, Min: 0, Max: 2}, Layers: []Layer{line}},
		"histogram edges":        {Layers: []Layer{Histogram{Edges: []float64{1}, Counts: []float64{1}}}},
		"labels without points":  {Layers: []Layer{Points{At: []XY{{1, 1}}, Labels: []string{"a", "b"}}}},
		"map of one cell":        {Layers: []Layer{Cells{X: []float64{1}, Y: []float64{1}}}},
		"silent note":            {Layers: []Layer{line, Note{Text: " "}}},
		"tint back to front":     {Layers: []Layer{line, Tint{Low: 2, High: 1}}},
		"ridge without edges":    {Rows: row, Layers: []Layer{Ridges{[]Ridge{{Shares: []float64{1}}}}}},
		"ridge below zero":       {Rows: row, Layers: []Layer{Ridges{[]Ridge{{Edges: []float64{1, 2}, Shares: []float64{-1}}}}}},
		"ridge of no row":        {Rows: row, Layers: []Layer{Ridges{[]Ridge{{Row: 2, Edges: []float64{1, 2}, Shares: []float64{1}}}}}},
		"end out of order":       {Layers: []Layer{line, EndRanges{X: 2, Ends: []EndRange{{Low: 3, Likely: 2, High: 4}}}}},
		"band on no right axis":  {Layers: []Layer{line, Band{X: []float64{1}, High: []float64{1}, Right: true}}},
		"point on no right axis": {Layers: []Layer{Points{At: []XY{{1, 1}}, Right: true}}},
	} {
		if _, err := Draw(f, Options{}); err == nil {
			t.Errorf("%s was drawn", name)
		}
	}
	for _, opt := range []Options{{Width: -1, Height: 10}, {Width: 39, Height: 400}, {Width: 100_000, Height: 100}, {Width: 500}} {
		if _, err := Draw(sampleCost(), opt); err == nil {
			t.Errorf("a picture of %d × %d was drawn", opt.Width, opt.Height)
		}
	}
}

func TestOddDataIsDrawn(t *testing.T) {
	long := strings.Repeat("A very long name of a route ", 11)[:300]
	money := format.Unit{Kind: format.KindMoney}
	decades := Line{Name: "a", Label: "a", Paint: PaintAPI}
	for k := -3; k <= 9; k++ {
		decades.Points = append(decades.Points, XY{math.Pow(10, float64(k)), math.Pow(10, float64(k)/2)})
	}
	for name, f := range map[string]Figure{
		"one series": {Layers: []Layer{Line{Points: []XY{{1, 5}, {2, 7}}, Label: "one"}}},
		"one point":  {Layers: []Layer{Line{Points: []XY{{3, 5}}, Label: "one"}}},
		"all zero": {Rows: []Row{{Label: "a"}}, Layers: []Layer{Stacks{Parts: []Part{{Name: "p"}}, NameParts: true,
			Bars: []Bar{{Values: []float64{0}, Label: "0"}}}}},
		"flat at zero":    {Layers: []Layer{Line{Points: []XY{{0, 0}, {1, 0}}}}},
		"zero on a log":   {X: Axis{Scaling: Log}, Y: Axis{Scaling: Log}, Layers: []Layer{Line{Points: []XY{{0, 0}, {1, 2}, {100, 500}}}}},
		"twelve decades":  {X: Axis{Scaling: Log, Unit: money}, Y: Axis{Scaling: Log, Unit: money}, Layers: []Layer{decades}},
		"below zero":      {Layers: []Layer{Line{Points: []XY{{-5, -3}, {5, -1}}}}},
		"tiny span":       {Y: Axis{Min: 1e6, Max: 1e6 + 1}, Layers: []Layer{Line{Points: []XY{{0, 1e6}, {1, 1e6 + 1}}}}},
		"huge":            {Y: Axis{Unit: money}, Layers: []Layer{Line{Points: []XY{{0, 1e300}, {1, 1e301}}}}},
		"long names":      {Title: long, Subtitle: long, Source: long, Brand: long, Foot: []Fact{{long, long}, {"k", long}, {"x", "y"}}, Rows: []Row{{Label: long, Sub: long, Strong: true, Selected: true}}, Columns: []Column{{long, []Cell{{long, true}}}}, Layers: []Layer{Stacks{Parts: []Part{{Name: long}}, NameParts: true, Bars: []Bar{{Values: []float64{1}, Label: long}}}, RefLine{At: 0.5, Label: long, Above: true}, Note{At: XY{0.2, 0}, Text: long}}},
		"long line names": {Title: long, X: Axis{Title: long}, Y: Axis{Title: long}, Layers: []Layer{Line{Points: []XY{{1, 5}, {2, 7}}, Label: long, Inline: long}, RefLine{At: 1.5, Label: long, Sub: long}, Marker{At: XY{1.2, 6}, Label: long, Sub: long, Range: &Span{1, 2}}, Tint{Low: 1, High: 2, Label: long}}},
		"no words":        {Title: "", Layers: []Layer{Line{Points: []XY{{1, 5}, {2, 7}}}}},
		"200 rows":        manyRows(200),
	} {
		for _, opt := range []Options{{}, {Width: 360, Height: 260, Compact: true}} {
			d, err := Render(f, opt)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if blank(d.Image) {
				t.Errorf("%s: the picture is empty", name)
			}
			svgOf(t, f, opt)
		}
	}
}

func manyRows(n int) Figure {
	var f Figure
	s := Stacks{Parts: []Part{{Name: "p", Paint: PaintWeights}}}
	for i := range n {
		f.Rows = append(f.Rows, Row{Label: fmt.Sprintf("row %d", i), Sub: "sub"})
		s.Bars = append(s.Bars, Bar{Row: i, Values: []float64{float64(i)}, Label: fmt.Sprint(i)})
	}
	f.Layers = []Layer{s}
	return f
}

// blank reports whether a picture has one colour only.
func blank(p *image.RGBA) bool {
	for i := 4; i < len(p.Pix); i += 4 {
		if !bytes.Equal(p.Pix[:4], p.Pix[i:i+4]) {
			return false
		}
	}
	return true
}

// Words in an SVG are outlines; only title and description hold text, and that is escaped.
func TestSVGEscapesNamesAndUsesAttributesOnly(t *testing.T) {
	f := sampleCost()
	f.Title, f.Alt = `<b>&"Müller's" ]]> route`, "a < b & c\x01"
	svg := svgOf(t, f, Options{})
	var doc struct {
		Width  string `xml:"width,attr"`
		Height string `xml:"height,attr"`
		Box    string `xml:"viewBox,attr"`
		Title  string `xml:"title"`
		Desc   string `xml:"desc"`
	}
	if err := xml.Unmarshal([]byte(svg), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Title != f.Title || !strings.HasPrefix(doc.Desc, "a < b & c") {
		t.Errorf("title %q and description %q do not come back", doc.Title, doc.Desc)
	}
	if doc.Width != "1920" || doc.Height != "1080" || doc.Box != "0 0 1920 1080" {
		t.Errorf("width %s, height %s, viewBox %s", doc.Width, doc.Height, doc.Box)
	}
	for _, foreign := range []string{"<text", "style=", "rgba(", "class=", "NaN", "Inf", "href", "font"} {
		if body := svg[strings.Index(svg, "</desc>"):]; strings.Contains(body, foreign) {
			t.Errorf("the SVG contains %q", foreign)
		}
	}
	if !strings.Contains(svg, `fill-opacity="0.1`) {
		t.Error("the bands have no opacity attribute")
	}
}

func TestTransparentHasNoGround(t *testing.T) {
	for _, theme := range []*Theme{&Light, &Dark} {
		p, err := Draw(sampleWinMap(), Options{Theme: theme, Transparent: true})
		if err != nil {
			t.Fatal(err)
		}
		if c := p.RGBAAt(2, 2); c.A != 0 {
			t.Errorf("%s: the corner of a transparent picture is %v", theme.Name, c)
		}
		var b bytes.Buffer
		if err := PNG(&b, sampleCost(), Options{Theme: theme, Transparent: true}); err != nil {
			t.Fatal(err)
		}
		decoded, err := png.Decode(&b)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, _, a := decoded.At(2, 2).RGBA(); a != 0 {
			t.Errorf("%s: the PNG has a ground", theme.Name)
		}
	}
	if p, _ := Draw(sampleCost(), Options{Theme: &Dark}); p.RGBAAt(2, 2) != (color.RGBA{0x13, 0x16, 0x1C, 0xFF}) {
		t.Errorf("the dark ground is %v", p.RGBAAt(2, 2))
	}
}

func TestMissingCharactersAreReportedOnce(t *testing.T) {
	f := sampleMemory()
	f.Title, f.Subtitle = "模型 R1 模", "عربي"
	var fromPNG, fromSVG Report
	if err := PNG(io.Discard, f, Options{Report: &fromPNG}); err != nil {
		t.Fatal(err)
	}
	if err := SVG(io.Discard, f, Options{Report: &fromSVG}); err != nil {
		t.Fatal(err)
	}
	if want := "برعي型模"; string(fromPNG.Missing) != want || string(fromSVG.Missing) != want {
		t.Errorf("missing: PNG %q, SVG %q, want %q", string(fromPNG.Missing), string(fromSVG.Missing), want)
	}
	if s := fromPNG.String(); !strings.Contains(s, "6 characters") {
		t.Errorf("the report says %q", s)
	}
	var clean Report
	if err := PNG(io.Discard, sampleMemory(), Options{Report: &clean}); err != nil || clean.String() != "" {
		t.Errorf("%v, %q", err, clean.String())
	}
}

// The SVG pen is a whole go-chart Renderer: a stock series draws on it, with names that need escaping.
func TestStockSeriesDrawOnTheSVGPen(t *testing.T) {
	s := newSVGPen(300, 200, `<&"'`, "", Light.Page, func(rune) {})
	series := chart.ContinuousSeries{Name: "a < b", XValues: []float64{1, 10, 100}, YValues: []float64{1, 2, 3}}
	x := &Scale{Scaling: Log, min: 1, max: 100, p0: 0, p1: 300}
	y := &Scale{min: 0, max: 3, p0: 200, p1: 0}
	series.Render(s, chart.Box{Top: 0, Left: 0, Right: 300, Bottom: 200}, x, y, chart.Style{StrokeColor: chart.ColorBlue, StrokeWidth: 1.5})
	s.SetFontSize(12)
	s.SetFontColor(chart.ColorBlack)
	s.Text("a & b", 20, 30)
	if box := s.MeasureText("a & b"); box.Width() < 20 || box.Width() > 60 {
		t.Errorf("measured width %d", box.Width())
	}
	s.Circle(5, 50, 50)
	s.ArcTo(100, 100, 20, 20, 0, math.Pi)
	s.SetFillColor(chart.ColorRed)
	s.FillStroke()
	var b bytes.Buffer
	if err := s.Save(&b); err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal(b.Bytes(), new(struct{})); err != nil {
		t.Fatal(err)
	}
	if out := b.String(); !strings.Contains(out, `stroke-width="1.5"`) || !strings.Contains(out, "M0 133.33") && !strings.Contains(out, "M0 133") {
		t.Errorf("the line is not where it belongs: %s", out)
	}
}

func BenchmarkDraw(b *testing.B) {
	for name, sample := range samples {
		f := sample()
		b.Run(name+"/window1280", func(b *testing.B) {
			for b.Loop() {
				if _, err := Draw(f, Options{Width: 1280, Height: 720}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	f := sampleCost()
	b.Run("panel360", func(b *testing.B) {
		for b.Loop() {
			if _, err := Draw(f, Options{Width: 360, Height: 260, Compact: true}); err != nil {
				b.Fatal(err)
			}
		}
	})
	for name, sample := range samples {
		f := sample()
		b.Run(name+"/draw1080", func(b *testing.B) {
			for b.Loop() {
				if _, err := Draw(f, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/png1080", func(b *testing.B) {
			for b.Loop() {
				if err := PNG(io.Discard, f, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/svg", func(b *testing.B) {
			for b.Loop() {
				if err := SVG(io.Discard, f, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
