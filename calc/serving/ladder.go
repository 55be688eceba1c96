package serving

import "math"

// parts a correction acts on: what a step costs whatever the batch, what a sequence adds, what a prompt costs.
const (
	fixedPart = iota
	sequencePart
	promptPart
	partCount
)

// priorSpread is how far off the physics may be before any run is seen, as a standard deviation of the logarithm
// of each part's time.
var priorSpread = [families][partCount]float64{
	mixtureOnCards: {0.16, 0.20, 0.30},
	denseOnCards:   {0.20, 0.25, 0.35},
	oneUser:        {0.12, 0.35, 0.22},
	onProcessors:   {0.25, 0.35, 0.40},
	inHostMemory:   {0.22, 0.35, 0.40},
}

// unseen is how far off a set-up's next run still is when everything near it is known: another build, another
// host, another clock. It keeps a range honest where many runs of one source agree with each other.
var unseen = [families]float64{mixtureOnCards: 0.09, denseOnCards: 0.12, oneUser: 0.07, onProcessors: 0.10, inHostMemory: 0.10}

// unseenPrompt is the same for prompts, which depend on chunk sizes and kernels that no run states.
var unseenPrompt = [families]float64{mixtureOnCards: 0.2, denseOnCards: 0.2, oneUser: 0.1, onProcessors: 0.12, inHostMemory: 0.15}

// runNoise is how far two runs of one set-up differ, as a standard deviation of the logarithm.
var runNoise = [families]float64{mixtureOnCards: 0.06, denseOnCards: 0.06, oneUser: 0.05, onProcessors: 0.10, inHostMemory: 0.10}

// correct returns the step with every part's time multiplied by e to the correction.
func (m engineModel) corrected(by [partCount]float64) engineModel {
	fixed, sequence, prompt := math.Exp(by[fixedPart]), math.Exp(by[sequencePart]), math.Exp(by[promptPart])
	m.fixed *= fixed
	m.experts *= fixed
	m.perSequence *= sequence
	m.perContext *= sequence
	m.promptToken *= prompt
	m.promptContext *= prompt
	return m.bounded()
}

// shares are the parts' shares of a quantity's time: by how much, in logarithms, the time grows with each part.
func shares(o *observation, m *engineModel) [partCount]float64 {
	const h = 1e-3
	var s [partCount]float64
	at := math.Log(o.predict(m))
	for part := range s {
		var by [partCount]float64
		by[part] = h
		moved := m.corrected(by)
		s[part] = (at - math.Log(o.predict(&moved))) / h
	}
	return s
}

// field is the corrections of one family: a Gaussian process over set-ups (kriging), with the measured runs as
// its data. A run far from everything else changes little elsewhere; many runs of one set-up fix that set-up.
type field struct {
	rows   []fieldRow
	chol   []float64 // lower triangle of covariance plus noise, row by row
	weight []float64 // inverse covariance times residuals
}

type fieldRow struct {
	o        *observation
	share    [partCount]float64
	residual float64 // log time, measured over physics
	noise    float64
	doubted  bool // its neighbours contradict it
}

// covariance of two quantities' log times, at set-ups that are alike so much.
func covariance(f family, a, b *[partCount]float64, near float64) float64 {
	sum := 0.0
	for part := range a {
		sum += a[part] * b[part] * priorSpread[f][part] * priorSpread[f][part]
	}
	return sum * near
}

// fit solves a family's field. The shares are those of the physics, then twice again those of the corrected
// step, because a run that is far off moves them.
func fit(f family, found []*observation) *field {
	fl := &field{}
	for _, o := range found {
		noise := runNoise[f]
		if o.setup.yours {
			noise = 0.02
		} else if outranked(o, found) {
			noise *= 6
		} else if o.assumed {
			noise = max(noise, assumedNoise)
		}
		fl.rows = append(fl.rows, fieldRow{o: o, noise: noise})
	}
	near, room := make([]float64, len(fl.rows)), make([]float64, len(fl.rows))
	for range 3 {
		for i := range fl.rows {
			r := &fl.rows[i]
			v := fl.from(f, &r.o.setup, near, room)
			by := v.correction()
			m := r.o.base.corrected(by)
			share := shares(r.o, &m)
			r.residual = math.Log(r.o.predict(&m) / r.o.measured)
			for part := range by {
				r.residual += share[part] * (by[part] - early[f]*r.o.setup.age*r.o.setup.age)
			}
			r.share = share
		}
		fl.solve(f)
	}
	if fl.doubt(f) {
		fl.solve(f)
	}
	return fl
}

// outranked reports whether the person measured the same set-up.
func outranked(o *observation, all []*observation) bool {
	for _, other := range all {
		if other.setup.yours && other.quantity == o.quantity && sameSetup(&other.setup, &o.setup) {
			return true
		}
	}
	return false
}

// sameSetup reports whether two runs are of one set-up, engine age aside.
func sameSetup(a, b *features) bool {
	return a.device == b.device && a.second == b.second && a.engine == b.engine && a.precision == b.precision && a.logDevices == b.logDevices &&
		a.drafts == b.drafts && a.spread == b.spread && a.logSize == b.logSize
}

// sameAge reports whether two engines are of one generation. The first months of R1 are not today's.
func sameAge(a, b *features) bool { return ageWeight[a.family]*math.Abs(a.age-b.age) < 0.7 }

// solve factors the covariance and weighs the residuals.
func (fl *field) solve(f family) {
	n := len(fl.rows)
	fl.chol = make([]float64, n*n)
	fl.weight = make([]float64, n)
	for i := range n {
		for j := range i + 1 {
			a, b := &fl.rows[i], &fl.rows[j]
			v := covariance(f, &a.share, &b.share, alike(&a.o.setup, &b.o.setup))
			if i == j {
				v += a.noise * a.noise
			}
			fl.chol[i*n+j] = v
		}
	}
	cholesky(fl.chol, n)
	for i := range n {
		fl.weight[i] = fl.rows[i].residual
	}
	forward(fl.chol, n, fl.weight)
	backward(fl.chol, n, fl.weight)
}

// assumedNoise is the noise of a run whose lengths are assumed: from 512 to 4,096 tokens of context the decoding of a
// small model by 32 users changes by a factor of two, of the others by a fifth.
const assumedNoise = 0.2

// doubt widens the noise of runs that their neighbours contradict by more than three standard deviations (a
// warm-up, a mis-stated length), and reports whether there are any. The person's own runs are never doubted.
func (fl *field) doubt(f family) bool {
	n := len(fl.rows)
	found := false
	column := make([]float64, n)
	for i := range n {
		clear(column)
		column[i] = 1
		forward(fl.chol, n, column)
		inverse := 0.0
		for _, v := range column {
			inverse += v * v
		}
		leftOut := fl.weight[i] / inverse // residual less what the others predict for it
		if z := math.Abs(leftOut) * math.Sqrt(inverse); z > 2.5 && !fl.rows[i].o.setup.yours {
			fl.rows[i].noise = max(fl.rows[i].noise, 3*math.Abs(leftOut))
			fl.rows[i].doubted, found = true, true
		}
	}
	return found
}

// early is how much slower engines were at age 1 (mid 2025), as a logarithm; it grows with the square of age:
// runs of early 2025 are 2.3 to 3.1 times below a step that fits 2026, those of summer 2025 1.1 to 1.3 times.
// Layer engines show no such step.
var early = [families]float64{mixtureOnCards: 0.22, denseOnCards: 0.1}

// view is a field seen from one set-up: how much each run has to say about it.
type view struct {
	fl   *field
	f    family
	x    *features
	near []float64 // how alike, a run each
	room []float64
}

// from takes the distances once; both slices have a place for each run.
func (fl *field) from(f family, x *features, near, room []float64) view {
	v := view{fl: fl, f: f, x: x, near: near[:len(fl.rows)], room: room[:len(fl.rows)]}
	for i := range fl.rows {
		v.near[i] = alike(x, &fl.rows[i].o.setup)
	}
	return v
}

// correction is the correction of each part for the set-up.
func (v *view) correction() (by [partCount]float64) {
	for i, e := range v.near {
		if v.fl.weight == nil {
			break
		}
		r := &v.fl.rows[i]
		e *= v.fl.weight[i]
		for part := range by {
			by[part] += e * r.share[part]
		}
	}
	for part := range by {
		by[part] *= priorSpread[v.f][part] * priorSpread[v.f][part]
		by[part] += early[v.f] * v.x.age * v.x.age
	}
	return by
}

// variance is what is left of a quantity's log time at the set-up, given the parts' shares in it.
func (v *view) variance(share *[partCount]float64) float64 {
	prior := covariance(v.f, share, share, 1)
	for i := range v.fl.rows {
		v.room[i] = covariance(v.f, share, &v.fl.rows[i].share, v.near[i])
	}
	forward(v.fl.chol, len(v.room), v.room)
	for _, k := range v.room {
		prior -= k * k
	}
	return max(prior, 0)
}

// cholesky factors a symmetric positive matrix, held as rows of n, in place into its lower triangle.
func cholesky(a []float64, n int) {
	for i := range n {
		row := a[i*n : i*n+n]
		for j := range i + 1 {
			other := a[j*n : j*n+n]
			sum := row[j]
			for k := range j {
				sum -= row[k] * other[k]
			}
			if i == j {
				row[j] = math.Sqrt(max(sum, 1e-12))
			} else {
				row[j] = sum / other[j]
			}
		}
	}
}

// forward solves L x = b in place.
func forward(l []float64, n int, b []float64) {
	for i := range n {
		row := l[i*n : i*n+i]
		sum := b[i]
		for k, v := range row {
			sum -= v * b[k]
		}
		b[i] = sum / l[i*n+i]
	}
}

// backward solves L' x = b in place.
func backward(l []float64, n int, b []float64) {
	for i := n - 1; i >= 0; i-- {
		sum := b[i]
		for k := i + 1; k < n; k++ {
			sum -= l[k*n+i] * b[k]
		}
		b[i] = sum / l[i*n+i]
	}
}
