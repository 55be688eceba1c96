package cost

// Crossing is a volume at which the cheaper of two routes changes.
type Crossing struct {
	Calls     float64 // the first whole call at which the other one is cheaper
	ToCheaper bool    // from here on the second route is the cheaper one
}

// MostCrossings is the number of crossings after which the search stops and says that it is not complete.
const MostCrossings = 4096

// Crossings finds every whole number of calls in [lo, hi] at which the cheaper of two routes changes. Both costs
// must not fall as volume grows, apart from a slope that is given beside each (human review may save money).
// It splits the interval and leaves out what cannot hold a crossing: a cost at the left end that is above the
// other's at the right end stays above in between. complete is false when it gave up after MostCrossings or
// budget evaluations.
func Crossings(from, to func(calls float64) float64, slopeFrom, slopeTo float64, lo, hi float64, budget int) (found []Crossing, complete bool) {
	type end struct{ v, a, b float64 }
	at := func(v float64) end {
		budget--
		return end{v, from(v), to(v)}
	}
	d := slopeTo - slopeFrom
	diff := func(e end) float64 { return e.b - e.a + d*e.v }
	complete = true
	var walk func(l, r end)
	walk = func(l, r end) {
		if len(found) >= MostCrossings || budget <= 0 {
			complete = false
			return
		}
		least := l.b - r.a + min(d*l.v, d*r.v)
		most := r.b - l.a + max(d*l.v, d*r.v)
		if least >= 0 || most < 0 { // never cheaper, or always
			return
		}
		if r.v-l.v <= 1 {
			if cheaper(diff(l)) != cheaper(diff(r)) {
				found = append(found, Crossing{Calls: r.v, ToCheaper: cheaper(diff(r))})
			}
			return
		}
		m := at(middle(l.v, r.v))
		walk(l, m)
		walk(m, r)
	}
	walk(at(lo), at(hi))
	return found, complete
}

// cheaper reports whether the second route is strictly cheaper, given second minus first.
func cheaper(diff float64) bool { return diff < 0 }
