package figure

import (
	"bufio"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"reflect"
	"slices"
	"strings"

	"github.com/wcharczuk/go-chart/v2"
)

// Options say where and how large a figure is drawn.
type Options struct {
	Width, Height int    // pixels; 0 is 1920 × 1080
	Theme         *Theme // nil is Light
	Transparent   bool   // no ground
	Compact       bool   // a panel of the window: no title, subtitle, foot, source or brand
	// Scale is the number of pixels in a unit of the type sizes. 0 follows from the size of a deck picture,
	// and is 1 for a panel; a panel on a screen of double density takes 2.
	Scale float64
	// Report receives what could not be drawn as given, when it is not nil.
	Report *Report
}

// Report says what could not be drawn as given.
type Report struct {
	// Missing are the characters that the fonts lack, each once, in order. They are drawn as □.
	Missing []rune
}

// String says it in one sentence, or returns "" when there is nothing to say.
func (r Report) String() string {
	if len(r.Missing) == 0 {
		return ""
	}
	return fmt.Sprintf("%d characters have no picture in the font and are drawn as □: %s", len(r.Missing), string(r.Missing))
}

// Drawing is a figure in pixels and what is needed to point into it.
type Drawing struct {
	Image  *image.RGBA
	Layout Layout
	Report Report
}

// maxSide bounds a picture: 16,384 pixels a side are a gigabyte.
const maxSide = 16384

// Draw draws a figure in pixels. It touches no screen and is safe for concurrent use.
func Draw(f Figure, opt Options) (*image.RGBA, error) {
	d, err := Render(f, opt)
	if err != nil {
		return nil, err
	}
	return d.Image, nil
}

// Render draws a figure in pixels, and says where everything lies.
func Render(f Figure, opt Options) (*Drawing, error) {
	opt, err := prepare(&f, opt)
	if err != nil {
		return nil, err
	}
	ink, err := newRasterPen(opt.Width, opt.Height, opt.ground())
	if err != nil {
		return nil, fmt.Errorf("figure: %w", err)
	}
	pl := newPlot(&f, opt, ink)
	if err := pl.draw(); err != nil {
		return nil, err
	}
	var writer chart.ImageWriter
	if err := ink.Save(&writer); err != nil {
		return nil, fmt.Errorf("figure: %w", err)
	}
	return &Drawing{Image: ink.image, Layout: pl.layout(), Report: pl.finish()}, nil
}

// PNG writes a figure as a PNG file.
func PNG(w io.Writer, f Figure, opt Options) error {
	d, err := Render(f, opt)
	if err != nil {
		return err
	}
	var picture image.Image = d.Image
	if opt.Transparent {
		picture = straight(d.Image)
	}
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(w, picture); err != nil {
		return fmt.Errorf("figure: write PNG: %w", err)
	}
	return nil
}

// straight returns the picture with colours that are not multiplied by their opacity, as PNG stores them; the
// encoder would do the same pixel by pixel through interfaces.
func straight(p *image.RGBA) *image.NRGBA {
	out := image.NewNRGBA(p.Rect)
	for i := 0; i < len(p.Pix); i += 4 {
		a := uint32(p.Pix[i+3])
		if a == 0 {
			continue
		}
		for k := range 3 {
			out.Pix[i+k] = uint8(min(255, (uint32(p.Pix[i+k])*255+a/2)/a))
		}
		out.Pix[i+3] = uint8(a)
	}
	return out
}

// SVG writes a figure as an SVG 1.1 document: attributes only, text as outlines, a title and a description.
func SVG(w io.Writer, f Figure, opt Options) error {
	opt, err := prepare(&f, opt)
	if err != nil {
		return err
	}
	pl := newPlot(&f, opt, nil)
	ink := newSVGPen(opt.Width, opt.Height, f.Title, f.words(), opt.ground(), pl.noteMissing)
	pl.pen = ink
	if err := pl.draw(); err != nil {
		return err
	}
	pl.finish()
	buffered := bufio.NewWriter(w)
	if err := ink.Save(buffered); err != nil {
		return fmt.Errorf("figure: write SVG: %w", err)
	}
	if err := buffered.Flush(); err != nil {
		return fmt.Errorf("figure: write SVG: %w", err)
	}
	return nil
}

// words is the picture in words, for those who do not see it.
func (f *Figure) words() string {
	parts := []string{f.Alt}
	if f.Alt == "" {
		parts = []string{f.Subtitle}
	}
	for _, fact := range f.Foot {
		parts = append(parts, fact.Key+": "+fact.Value+".")
	}
	return strings.TrimSpace(strings.Join(append(parts, f.Source, f.Brand), " "))
}

// prepare fills the options in and refuses what cannot be drawn truthfully.
func prepare(f *Figure, opt Options) (Options, error) {
	if opt.Width == 0 && opt.Height == 0 {
		opt.Width, opt.Height = 1920, 1080
	}
	if opt.Width < 40 || opt.Height < 40 || opt.Width > maxSide || opt.Height > maxSide {
		return opt, fmt.Errorf("figure: a picture of %d × %d pixels: each side takes 40 to %d", opt.Width, opt.Height, maxSide)
	}
	if opt.Theme == nil {
		opt.Theme = &Light
	}
	if opt.Scale <= 0 {
		opt.Scale = 1
		if !opt.Compact {
			opt.Scale = deckScale(float64(opt.Width), float64(opt.Height))
		}
	}
	return opt, f.Check()
}

// deckScale is the size of type for a picture: that of a 16:9 one as large in area, within a third of what its
// shorter side alone would give, since in a square there is room for larger words; in small pictures never so
// small that the words of axes cannot be read, down to 640 by 360.
func deckScale(width, height float64) float64 {
	side := math.Min(width/1920, height/1080)
	scale := math.Min(math.Sqrt(width*height/(1920*1080)), side*1.35)
	return math.Max(scale, math.Min(0.46, 1.38*side))
}

func (o Options) ground() color.NRGBA {
	if o.Transparent {
		return color.NRGBA{}
	}
	return o.Theme.Page
}

// Check refuses a figure that cannot be drawn truthfully: a number that is not finite, lists of unequal
// length, a row that does not exist, nothing to show.
func (f *Figure) Check() error {
	if len(f.Layers) == 0 {
		return fmt.Errorf("figure %s: there is nothing to draw", f.ID)
	}
	if where := notFinite(reflect.ValueOf(f).Elem(), "figure "+f.ID); where != "" {
		return fmt.Errorf("%s is not a finite number; leave out what is not known", where)
	}
	var problems []error
	for i, layer := range f.Layers {
		if layer == nil {
			problems = append(problems, fmt.Errorf("figure %s: layer %d is empty", f.ID, i))
			continue
		}
		if err := layer.check(f); err != nil {
			problems = append(problems, fmt.Errorf("figure %s: layer %d (%T): %w", f.ID, i, layer, err))
		}
	}
	return errors.Join(problems...)
}

// notFinite returns where in a value the first NaN or infinity is, or "".
func notFinite(v reflect.Value, where string) string {
	switch v.Kind() {
	case reflect.Float64:
		if x := v.Float(); math.IsNaN(x) || math.IsInf(x, 0) {
			return where
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if at := notFinite(v.Field(i), where+"."+v.Type().Field(i).Name); at != "" {
				return at
			}
		}
	case reflect.Slice:
		return notFiniteIn(v, where)
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return notFinite(v.Elem(), where)
		}
	}
	return ""
}

func notFiniteIn(v reflect.Value, where string) string {
	switch v.Type().Elem().Kind() {
	case reflect.String, reflect.Int, reflect.Bool:
		return ""
	}
	for i := range v.Len() {
		// The index is written only when something is found: figures hold thousands of numbers.
		if at := notFinite(v.Index(i), "\x00"); at != "" {
			return fmt.Sprintf("%s[%d]%s", where, i, at[1:])
		}
	}
	return ""
}

// finish returns the report of what was drawn, and hands it to who asked.
func (pl *plot) finish() Report {
	var report Report
	for r := range pl.missing {
		report.Missing = append(report.Missing, r)
	}
	slices.Sort(report.Missing)
	if pl.opt.Report != nil {
		*pl.opt.Report = report
	}
	return report
}
