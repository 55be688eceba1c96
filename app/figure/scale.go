package figure

import (
	"fmt"
	"math"

	"github.com/wcharczuk/go-chart/v2"

	"hostwise/app/figure/format"
)

// Scale turns the values of one axis into pixels and back. It is a go-chart Range whose logarithmic form is
// true: go-chart's own puts 200 at 0.40 of an axis from 100 to 100,000, where it belongs at 0.10.
type Scale struct {
	Scaling  Scaling
	Unit     format.Unit
	min, max float64
	p0, p1   float64 // pixels at min and max
}

var _ chart.Range = (*Scale)(nil)

// Pixel returns the place of a value. Values that a logarithmic axis cannot show lie at its lower end.
func (s *Scale) Pixel(v float64) float64 { return s.p0 + s.share(v)*(s.p1-s.p0) }

// share returns where between the ends of the axis a value lies: 0 at the lower, 1 at the upper.
func (s *Scale) share(v float64) float64 {
	if s.max == s.min {
		return 0.5
	}
	if s.Scaling == Log {
		if v <= 0 {
			return 0
		}
		return math.Log10(v/s.min) / math.Log10(s.max/s.min)
	}
	return (v - s.min) / (s.max - s.min)
}

// Value returns the value at a pixel.
func (s *Scale) Value(pixel float64) float64 {
	t := (pixel - s.p0) / (s.p1 - s.p0)
	if s.Scaling == Log {
		return s.min * math.Pow(s.max/s.min, t)
	}
	return s.min + t*(s.max-s.min)
}

// Text writes a value in the unit of the axis.
func (s *Scale) Text(v float64) string { return s.Unit.Value(v) }

// String implements chart.Range.
func (s *Scale) String() string { return fmt.Sprintf("Scale [%g, %g] => %g", s.min, s.max, s.p1-s.p0) }

// IsZero implements chart.Range.
func (s *Scale) IsZero() bool { return s.min == 0 && s.max == 0 }

// GetMin implements chart.Range.
func (s *Scale) GetMin() float64 { return s.min }

// SetMin implements chart.Range.
func (s *Scale) SetMin(v float64) { s.min = v }

// GetMax implements chart.Range.
func (s *Scale) GetMax() float64 { return s.max }

// SetMax implements chart.Range.
func (s *Scale) SetMax(v float64) { s.max = v }

// GetDelta implements chart.Range.
func (s *Scale) GetDelta() float64 { return s.max - s.min }

// GetDomain implements chart.Range: the length of the axis in whole pixels.
func (s *Scale) GetDomain() int { return int(math.Round(math.Abs(s.p1 - s.p0))) }

// SetDomain implements chart.Range.
func (s *Scale) SetDomain(pixels int) { s.p1 = s.p0 + math.Copysign(float64(pixels), s.p1-s.p0) }

// IsDescending implements chart.Range.
func (s *Scale) IsDescending() bool { return false }

// Translate implements chart.Range: the distance of a value from the start of the axis in whole pixels.
func (s *Scale) Translate(v float64) int {
	return int(math.Round(s.share(v) * math.Abs(s.p1-s.p0)))
}

// tick is one place on an axis. Small ticks lie between decades, minor ticks have no text.
type tick struct {
	value float64
	text  string
	small bool
	minor bool
}

// ticks returns the ticks of the axis, about as many labelled ones as asked for.
func (s *Scale) ticks(axis *Axis, wanted int) []tick {
	if len(axis.Ticks) > 0 {
		var out []tick
		for _, v := range axis.Ticks {
			if v >= s.min && v <= s.max {
				out = append(out, tick{value: v, text: s.Unit.Tick(v)})
			}
		}
		return out
	}
	if s.Scaling == Log {
		return s.logTicks(wanted)
	}
	return s.linearTicks(wanted)
}

// niceStep returns 1, 2, 2.5 or 5 times a power of ten so that the span holds about n steps.
func niceStep(span float64, n int) float64 {
	raw := span / float64(max(1, n))
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, m := range [...]float64{1, 2, 2.5, 5} {
		if raw <= m*power*1.0001 {
			return m * power
		}
	}
	return 10 * power
}

func (s *Scale) step(wanted int) float64 {
	if s.Unit.Kind == format.KindMonths {
		for _, m := range [...]float64{1, 2, 3, 6, 12, 24, 36, 60} {
			if (s.max-s.min)/m <= float64(wanted)+0.5 {
				return m
			}
		}
	}
	return niceStep((s.max-s.min)*s.Unit.Shown(), wanted) / s.Unit.Shown()
}

func (s *Scale) linearTicks(wanted int) []tick {
	step := s.step(wanted)
	minor := step / 5
	shown := step * s.Unit.Shown()
	switch m := shown / math.Pow(10, math.Floor(math.Log10(shown)+1e-9)); {
	case s.Unit.Kind == format.KindMonths:
		minor = step / 3
	case m > 1.9 && m < 2.1:
		minor = step / 4
	}
	var out []tick
	first := math.Ceil(s.min/minor - 1e-9)
	for i := 0; i <= 500; i++ {
		v := (first + float64(i)) * minor
		if v > s.max+minor*1e-6 {
			break
		}
		if k := v / step; math.Abs(k-math.Round(k)) < 1e-6 {
			v = math.Round(k) * step
			out = append(out, tick{value: v, text: s.Unit.Tick(v)})
		} else {
			out = append(out, tick{value: v, minor: true})
		}
	}
	return out
}

// logTicks labels decades, and between them 3 (or 2 and 5) where there are few; where there are many decades
// it labels every second or third.
func (s *Scale) logTicks(wanted int) []tick {
	decades := math.Log10(s.max / s.min)
	every := max(1, int(math.Ceil(decades/float64(max(2, wanted)))))
	var between []float64
	switch {
	case decades <= 1.2:
		between = []float64{2, 3, 5}
	case decades <= 2.05 && wanted >= 4:
		between = []float64{2, 5}
	case decades*2 <= float64(wanted)+1:
		between = []float64{3}
	}
	var out []tick
	edge, rate := 1e-9, s.Unit.Shown()
	for k := int(math.Floor(math.Log10(s.min * rate))); k <= int(math.Ceil(math.Log10(s.max*rate))); k++ {
		for m := 1; m <= 9; m++ {
			v := float64(m) * math.Pow(10, float64(k)) / rate
			if v < s.min*(1-edge) || v > s.max*(1+edge) {
				continue
			}
			t := tick{value: v, minor: true}
			switch {
			case m == 1 && k%every == 0:
				t = tick{value: v, text: s.Unit.Tick(v)}
			case contains(between, float64(m)):
				t = tick{value: v, text: s.Unit.Tick(v), small: true}
			case decades > 8 && m > 1:
				continue
			}
			out = append(out, t)
		}
	}
	return s.withEnds(out, decades)
}

// withEnds labels the ends of a log axis that fall between labelled ticks, where there is room.
func (s *Scale) withEnds(ticks []tick, decades float64) []tick {
	for _, end := range [...]float64{s.min, s.max} {
		nearest := math.Inf(1)
		at := -1
		for i, t := range ticks {
			if t.minor {
				if math.Abs(math.Log10(t.value/end)) < 1e-6 {
					at = i
				}
				continue
			}
			nearest = math.Min(nearest, math.Abs(math.Log10(t.value/end)))
		}
		if nearest/decades > 0.08 && at >= 0 {
			ticks[at] = tick{value: end, text: s.Unit.Tick(end), small: true}
		}
	}
	return ticks
}

func contains(list []float64, v float64) bool {
	for _, x := range list {
		if x == v {
			return true
		}
	}
	return false
}

// extents gathers the range of the data.
type extents struct {
	x, y, right interval
}

// interval is a range that grows with what it is shown. Log axes count only what is above zero.
type interval struct {
	low, high float64
	positive  float64 // smallest value above zero
	seen      bool
}

func (i *interval) add(values ...float64) {
	for _, v := range values {
		if !i.seen {
			i.low, i.high, i.positive, i.seen = v, v, math.Inf(1), true
		}
		i.low, i.high = math.Min(i.low, v), math.Max(i.high, v)
		if v > 0 {
			i.positive = math.Min(i.positive, v)
		}
	}
}

// bounds returns the ends of an axis for the data it has to show.
func (i *interval) bounds(axis *Axis, wanted int) (low, high float64, err error) {
	if axis.Min != 0 || axis.Max != 0 {
		if axis.Max <= axis.Min || (axis.Scaling == Log && axis.Min <= 0) {
			return 0, 0, fmt.Errorf("figure: axis %q runs from %g to %g", axis.Title, axis.Min, axis.Max)
		}
		return axis.Min, axis.Max, nil
	}
	if axis.Scaling == Log {
		return i.logBounds(axis)
	}
	low, high = math.Min(0, i.low), math.Max(0, i.high)
	if low == high {
		return 0, 1, nil
	}
	rate := axis.Unit.Shown()
	step := niceStep((high-low)*rate, wanted) / 5 / rate
	if axis.Unit.Kind == format.KindMonths {
		return low, high, nil
	}
	return outward(low, step), outward(high, step), nil
}

// outward rounds away from zero: to a labelled tick where that is near, else to a minor one.
func outward(v, minor float64) float64 {
	sign, v := math.Copysign(1, v), math.Abs(v)
	if full := math.Ceil(v/(minor*5)-1e-9) * minor * 5; full <= v*1.16 {
		return sign*full + 0 // never −0
	}
	return sign*math.Ceil(v/minor-1e-9)*minor + 0
}

func (i *interval) logBounds(axis *Axis) (low, high float64, err error) {
	if !i.seen || i.high <= 0 {
		return 0, 0, fmt.Errorf("figure: a log axis (%q) needs a value above zero", axis.Title)
	}
	rate := axis.Unit.Shown()
	low, high = loosen(i.positive*rate, false), loosen(i.high*rate, true)
	if high/low < 4 {
		low, high = loosen(low/2, false), loosen(high*2, true)
	}
	return low / rate, high / rate, nil
}

// loosen rounds outwards to 1, 2, 3 or 5 times a power of ten.
func loosen(v float64, up bool) float64 {
	power := math.Pow(10, math.Floor(math.Log10(v)))
	best := power
	for _, m := range [...]float64{1, 2, 3, 5, 10} {
		switch at := m * power; {
		case up && at >= v*(1-1e-9):
			return at
		case !up && at <= v*(1+1e-9):
			best = at
		}
	}
	return best
}
