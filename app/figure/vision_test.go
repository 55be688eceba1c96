package figure

import (
	"image/color"
	"math"
	"testing"
)

// cone is a matrix on linear RGB.
type cone [3][3]float64

// The full forms of the three kinds of colour blindness: Machado, Oliveira and Fernandes, "A Physiologically-based
// Model for Simulation of Color Vision Deficiency", IEEE TVCG 15 (2009), severity 1.0.
var deficiencies = map[string]cone{
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

func linear(v uint8) float64 {
	s := float64(v) / 255
	if s <= 0.04045 {
		return s / 12.92
	}
	return math.Pow((s+0.055)/1.055, 2.4)
}

// seen is a colour as somebody with the deficiency sees it, in linear RGB.
func (c cone) seen(p color.NRGBA) [3]float64 {
	in := [3]float64{linear(p.R), linear(p.G), linear(p.B)}
	var out [3]float64
	for i, row := range c {
		for j, k := range row {
			out[i] += k * in[j]
		}
		out[i] = math.Max(0, math.Min(1, out[i]))
	}
	return out
}

// lab is CIE L*a*b* under D65 (CIE 15:2004) of a colour in linear sRGB (IEC 61966-2-1).
func lab(c [3]float64) [3]float64 {
	f := func(t float64) float64 {
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	x := f((0.4124*c[0] + 0.3576*c[1] + 0.1805*c[2]) / 0.95047)
	y := f(0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2])
	z := f((0.0193*c[0] + 0.1192*c[1] + 0.9505*c[2]) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func distance(a, b [3]float64) float64 {
	return math.Hypot(math.Hypot(a[0]-b[0], a[1]-b[1]), a[2]-b[2])
}

// leastDistance is the CIE76 difference that two paints keep to every eye: more than six just noticeable
// differences of 2.3 (Mahy, Van Eycken and Oosterlinck, 1994). Shape and dash say the rest.
const leastDistance = 15

// Routes are told apart by everybody: each pair differs to every kind of eye, or in shape and dash, which never
// coincide.
func TestRoutesDifferToEveryEye(t *testing.T) {
	paints := []Paint{PaintAPI, PaintRent, PaintOwn, PaintMixed}
	if d := distance(lab([3]float64{1, 1, 1}), lab([3]float64{})); math.Abs(d-100) > 0.1 {
		t.Fatalf("white and black are %g apart, want 100", d)
	}
	for _, theme := range []*Theme{&Light, &Dark} {
		for name, eye := range deficiencies {
			for i, a := range paints {
				for _, b := range paints[:i] {
					if d := distance(lab(eye.seen(theme.Color(a))), lab(eye.seen(theme.Color(b)))); d < leastDistance {
						t.Errorf("%s, %s: routes %d and %d are only %.0f apart", theme.Name, name, a, b, d)
					}
				}
			}
		}
	}
	for i, a := range paints {
		for _, b := range paints[:i] {
			if a.Shape() == b.Shape() {
				t.Errorf("routes %d and %d have one shape", a, b)
			}
			if sameDash(a.dash(), b.dash()) {
				t.Errorf("routes %d and %d have one dash", a, b)
			}
		}
	}
}

// sameDash reports whether two patterns cannot be told apart: their longest dashes are within a third.
func sameDash(a, b []float64) bool {
	if len(a) != len(b) {
		return false
	}
	return len(a) == 0 || math.Max(a[0], b[0])/math.Min(a[0], b[0]) < 1.34
}

// The parts of a bar are a ramp of one grey: each step is seen by every eye, since only lightness changes.
func TestPartsAreALightnessRamp(t *testing.T) {
	for _, theme := range []*Theme{&Light, &Dark} {
		ramp := []color.NRGBA{theme.Weights, theme.Cache, theme.Compute, theme.Runtime}
		for name, eye := range deficiencies {
			for i := 1; i < len(ramp); i++ {
				if step := math.Abs(lab(eye.seen(ramp[i]))[0] - lab(eye.seen(ramp[i-1]))[0]); step < 9 {
					t.Errorf("%s, %s: parts %d and %d differ by %.1f in lightness", theme.Name, name, i-1, i, step)
				}
			}
		}
	}
}

// Words over a map stand on plates and words in bars on paint: both read at 4.5:1 (WCAG 2.2, 1.4.3).
func TestWordsOnPaintRead(t *testing.T) {
	for _, theme := range []*Theme{&Light, &Dark} {
		for _, p := range []Paint{PaintWeights, PaintCache, PaintCompute, PaintRuntime, PaintAPI, PaintRent, PaintOwn, PaintMixed} {
			ground := theme.Color(p)
			if c := contrast(readable(theme, p), ground); c < 4.5 {
				t.Errorf("%s: words on paint %d have a contrast of %.2f", theme.Name, p, c)
			}
		}
		for kind, p := range map[string]Paint{"api": PaintAPI, "rent": PaintRent, "own": PaintOwn, "mixed": PaintMixed} {
			tint := over(fade(theme.Color(p), 0.12), theme.Page)
			for name, ink := range map[string]color.NRGBA{"ink": theme.Ink, "second ink": theme.Ink2} {
				if c := contrast(ink, tint); c < 4.5 {
					t.Errorf("%s: %s on the tint of %s has a contrast of %.2f", theme.Name, name, kind, c)
				}
			}
			plate := over(fade(theme.Page, 0.94), theme.Color(p))
			if c := contrast(theme.Ink2, plate); c < 4.5 {
				t.Errorf("%s: second ink on a plate over %s has a contrast of %.2f", theme.Name, kind, c)
			}
		}
	}
}

// over lays a colour over an opaque ground.
func over(c, ground color.NRGBA) color.NRGBA {
	mix := func(a, b uint8) uint8 {
		return uint8((float64(a)*float64(c.A) + float64(b)*float64(255-c.A)) / 255)
	}
	return color.NRGBA{mix(c.R, ground.R), mix(c.G, ground.G), mix(c.B, ground.B), 255}
}
