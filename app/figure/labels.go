package figure

import (
	"math"
	"sort"
)

// labeller finds room for words. It knows the boxes that are taken and the lines that words should not cross.
type labeller struct {
	bounds rect
	boxes  []rect
	texts  []rect // where letters stand
	lines  [][]point
}

// candidate is one place for a label; penalty is how much worse it is than the best, in units of one
// line height crossed by one line.
type candidate struct {
	box     rect
	penalty float64
}

// take marks a box as taken.
func (l *labeller) take(r rect) { l.boxes = append(l.boxes, r) }

// cross marks a line as one that words should avoid.
func (l *labeller) cross(points []point) { l.lines = append(l.lines, points) }

// cost says how bad a box is: words over words are worst, then words outside the picture, then words over
// lines.
func (l *labeller) cost(r rect) float64 {
	area := math.Max(1, r.width()*r.height())
	cost := 0.0
	near := rect{r.x0 - r.height()*0.2, r.y0, r.x1 + r.height()*0.2, r.y1} // words side by side run together
	for _, b := range l.boxes {
		cost += 40*r.overlap(b)/area + 8*near.overlap(b)/area
	}
	for _, b := range l.texts {
		if r.overlap(b) > 0.5 {
			cost += illegible
			break
		}
	}
	if inside := r.overlap(l.bounds); inside < area*0.999 {
		cost += illegible + 60*(1-inside/area)
	}
	return cost + l.crossed(r)
}

// crossed is the length of all lines inside the box, in heights of the box.
func (l *labeller) crossed(r rect) float64 {
	sum := 0.0
	for _, line := range l.lines {
		sum += l.crossing(line, r)
	}
	return sum
}

// crossing is the length of a line inside the box, in heights of the box.
func (l *labeller) crossing(line []point, r rect) float64 {
	length := 0.0
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		if math.Max(a.x, b.x) < r.x0 || math.Min(a.x, b.x) > r.x1 || math.Max(a.y, b.y) < r.y0 || math.Min(a.y, b.y) > r.y1 {
			continue
		}
		if from, to, ok := clipSegment(a, b, r); ok {
			length += math.Hypot(to.x-from.x, to.y-from.y)
		}
	}
	return length / r.height()
}

// illegible is what it costs that letters stand on letters or run out of the picture, however little.
const illegible = 4

// place takes the best of the candidates; the first wins a tie.
func (l *labeller) place(candidates []candidate) rect {
	at, _ := l.best(candidates)
	l.take(candidates[at].box)
	return candidates[at].box
}

// placeIfRoom takes the best of the candidates unless words would stand on words or outside the picture.
func (l *labeller) placeIfRoom(candidates []candidate) (rect, bool) {
	if len(candidates) == 0 {
		return rect{}, false
	}
	at, cost := l.best(candidates)
	if cost-candidates[at].penalty > crowded {
		return rect{}, false
	}
	l.take(candidates[at].box)
	return candidates[at].box, true
}

// crowded is the cost from which a remark does more harm than good: a twenty-fifth of it on other words, or
// more than one line running through it.
const crowded = 1.6

func (l *labeller) best(candidates []candidate) (at int, cost float64) {
	cost = math.Inf(1)
	for i, c := range candidates {
		if full := l.cost(c.box) + c.penalty; full < cost-1e-9 {
			cost, at = full, i
		}
	}
	return at, cost
}

// around returns boxes of the given size around a place, at growing distance, preferring the right and above.
func around(x, y, w, h, gap float64) []candidate {
	var out []candidate
	for ring := 0; ring < 4; ring++ {
		d := gap * (1 + 1.6*float64(ring))
		far := 0.6 * float64(ring)
		out = append(out,
			candidate{rect{x + d, y - h/2, x + d + w, y + h/2}, far},
			candidate{rect{x - d - w, y - h/2, x - d, y + h/2}, far + 0.1},
			candidate{rect{x - w/2, y - d - h, x + w/2, y - d}, far + 0.2},
			candidate{rect{x - w/2, y + d, x + w/2, y + d + h}, far + 0.25},
			candidate{rect{x + d*0.7, y - d*0.7 - h, x + d*0.7 + w, y - d*0.7}, far + 0.15},
			candidate{rect{x + d*0.7, y + d*0.7, x + d*0.7 + w, y + d*0.7 + h}, far + 0.3},
			candidate{rect{x - d*0.7 - w, y - d*0.7 - h, x - d*0.7, y - d*0.7}, far + 0.35},
			candidate{rect{x - d*0.7 - w, y + d*0.7, x - d*0.7, y + d*0.7 + h}, far + 0.4},
		)
	}
	return out
}

// spread moves the centres of labels apart so that neighbours are at least the given distance from each
// other and all lie between low and high, moving each as little as possible in order. It returns the new
// centres in the order given.
func spread(centres []float64, distance, low, high float64) []float64 {
	n := len(centres)
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return centres[order[i]] < centres[order[j]] })

	// Labels that touch form a block that stands on the mean of where its members want to be.
	type block struct {
		members int
		sum     float64 // of (wanted centre - offset within the block)
	}
	top := func(b block) float64 {
		t := b.sum / float64(b.members)
		return math.Max(low, math.Min(t, high-distance*float64(b.members-1)))
	}
	var blocks []block
	for _, i := range order {
		blocks = append(blocks, block{1, centres[i]})
		for len(blocks) > 1 {
			a, b := blocks[len(blocks)-2], blocks[len(blocks)-1]
			if top(a)+distance*float64(a.members) <= top(b) {
				break
			}
			merged := block{a.members + b.members, a.sum + b.sum - distance*float64(a.members*b.members)}
			blocks = append(blocks[:len(blocks)-2], merged)
		}
	}
	out := make([]float64, n)
	k := 0
	for _, b := range blocks {
		at := top(b)
		for m := range b.members {
			out[order[k]] = at + distance*float64(m)
			k++
		}
	}
	return out
}
