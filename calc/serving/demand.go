package serving

import (
	"math"

	"hostwise/calc/cost"
)

// Wish is what the people who wait would like; 0 = no wish.
type Wish struct {
	MaxTTFT    float64 // seconds to the first token, without queue
	MinPerUser float64 // tokens a second a user sees
}

// Demand is what arrives.
type Demand struct {
	Calls           float64 // attempts a month, retries included
	PeakToAverage   float64 // busiest hour over average hour, at least 1
	LatencyFlexible bool    // work that may wait is sized on the average hour
}

// BusiestHour is the attempts of the hour that the machines are sized for.
func (d Demand) BusiestHour() float64 {
	mean := d.Calls / cost.HoursPerMonth
	if d.LatencyFlexible {
		return mean
	}
	return mean * max(1, d.PeakToAverage)
}

// SequencesMax is how many sequences the cache of one replica holds at once:
// 1 + (pool tokens - context) / live tokens, and 0 where not even one longest request fits.
func (s *Server) SequencesMax(load Load) float64 {
	room := s.Plan.KVCapacityTokens - float64(s.Plan.ContextTokens)
	if room < 0 || s.Plan.KVCapacityTokens <= 0 {
		return 0
	}
	return 1 + room/max(1, load.LiveTokens())
}

// Sequences is the most sequences at once that fit and keep the wishes, and what holds it there: "weights" where
// they leave no room at all, "kv" the room for the cache, "latency" a wish, "compute" where the room is there but
// the devices are so busy that more sequences would add no speed.
func (s *Server) Sequences(load Load, wish Wish) (n float64, binds string) {
	room := s.SequencesMax(load)
	if s.idle || room < 1 && s.Plan.KVCapacityTokens <= 0 {
		return 0, "weights"
	}
	if room < 1 {
		return 0, "kv"
	}
	kept := func(c float64) bool {
		speed := s.At(load, c)
		return (wish.MaxTTFT <= 0 || speed.TTFT <= wish.MaxTTFT) &&
			(wish.MinPerUser <= 0 || speed.PerUser >= wish.MinPerUser || load.Decoded() <= 0)
	}
	if kept(room) {
		return room, s.atRoom(load, room)
	}
	if !kept(1) {
		return 0, "latency"
	}
	low, high := 1.0, room
	for range 60 {
		mid := (low + high) / 2
		if kept(mid) {
			low = mid
		} else {
			high = mid
		}
		if high-low <= 1e-9*high {
			break
		}
	}
	return low, "latency"
}

// atRoom says what limits a replica whose memory is full: its arithmetic where twice the sequences would add
// under a tenth of speed, else the room itself.
func (s *Server) atRoom(load Load, room float64) string {
	if s.At(load, 2*room).Output < 1.1*s.At(load, room).Output {
		return "compute"
	}
	return "kv"
}

// Saturated is as many sequences, within n, as help throughput: the fewest that reach 95 % of the output at n.
// Past it requests only slow each other.
func (s *Server) Saturated(load Load, n float64) float64 {
	if n <= 1 {
		return n
	}
	target := 0.95 * s.At(load, n).Output
	low, high := 1.0, n
	if s.At(load, low).Output >= target {
		return low
	}
	for range 50 {
		if mid := (low + high) / 2; s.At(load, mid).Output < target {
			low = mid
		} else {
			high = mid
		}
	}
	return high
}

// Capacity is what one replica can take.
type Capacity struct {
	Sequences       float64 // most at once, within memory and wishes
	Allowed         float64 // of these, what the utilisation cap lets be used
	Binds           string
	AttemptsPerHour float64
	Speed           Speed // at Allowed
}

// Capacity is what one replica takes under a utilisation cap (0..1]: with N = sequences x cap in flight, Little's
// law gives N x 3600 / answer time attempts an hour.
func (s *Server) Capacity(load Load, wish Wish, utilisationCap float64) Capacity {
	var c Capacity
	c.Sequences, c.Binds = s.Sequences(load, wish)
	c.Allowed = c.Sequences * min(1, max(0, utilisationCap))
	if c.Allowed <= 0 {
		return c
	}
	c.Speed = s.At(load, c.Allowed)
	if c.Speed.Answer > 0 {
		c.AttemptsPerHour = c.Allowed * 3600 / c.Speed.Answer
	}
	return c
}

// Replicas is how many replicas a busiest hour needs, at least one. A demand that fills r replicas exactly needs
// r: rounding in the last digits does not buy a machine. It returns 0 where a replica takes nothing.
func Replicas(attemptsBusiestHour, perReplicaHour float64) int {
	if !(perReplicaHour > 0) {
		return 0
	}
	r := attemptsBusiestHour / perReplicaHour
	if !(r > 1) {
		return 1
	}
	n := math.Ceil(r * (1 - cost.Rounding))
	if n > math.MaxInt32 {
		return math.MaxInt32
	}
	return int(n)
}

// Running is the steady state of replicas under an hour's attempts.
type Running struct {
	Replicas   int
	PerReplica float64 // sequences in flight on each
	Sequences  float64 // on all
	Speed      Speed   // at PerReplica
	BusyShare  float64 // of the attempts all replicas could take at full use
	P50, P90   float64 // answer seconds with queue; infinite where the slots cannot keep up
	Slots      int     // of the queue
}

// Steady solves an hour's attempts on a number of replicas: sequences in flight = arrivals x answer time, and the
// answer time depends on the sequences in flight. Attempts per hour rise with sequences (the total never falls),
// so the point is unique and bisection finds it; past what a replica can take it is the replica's most.
func (s *Server) Steady(load Load, wish Wish, attemptsPerHour float64, replicas int) Running {
	r := Running{Replicas: replicas}
	if replicas < 1 || attemptsPerHour <= 0 {
		return r
	}
	full := s.Capacity(load, wish, 1)
	if full.AttemptsPerHour <= 0 {
		return r
	}
	each := attemptsPerHour / float64(replicas)
	r.BusyShare = each / full.AttemptsPerHour
	r.PerReplica = s.inFlight(load, each, full.Sequences)
	r.Sequences = r.PerReplica * float64(replicas)
	r.Speed = s.At(load, r.PerReplica)
	// Each replica has its own queue: requests do not move between replicas once they are placed, but a router
	// places them where there is room, so the slots of all replicas stand before one queue.
	r.Slots = max(1, int(full.Sequences+1e-9)) * replicas
	r.P50, r.P90 = Queue(attemptsPerHour/3600, s.At(load, max(1, r.PerReplica)).Answer, r.Slots)
	return r
}

// inFlight is the concurrency at which one replica completes so many attempts an hour, at most n.
func (s *Server) inFlight(load Load, perHour, n float64) float64 {
	rate := func(c float64) float64 { return c * 3600 / s.At(load, c).Answer }
	if rate(n) <= perHour {
		return n
	}
	low, high := 0.0, n
	for range 60 {
		if mid := (low + high) / 2; rate(mid) < perHour {
			low = mid
		} else {
			high = mid
		}
		if high-low <= 1e-12*high {
			break
		}
	}
	return high
}

// FullIn is the month, from 0 for now, in which a busiest hour that grows by a share a month is more than what
// the replicas take. It reports false where it never is.
func FullIn(attemptsBusiestHour, takenPerHour, growthPerMonth float64) (month int, ever bool) {
	if attemptsBusiestHour > takenPerHour {
		return 0, true
	}
	if !(growthPerMonth > 0) || !(attemptsBusiestHour > 0) {
		return 0, false
	}
	n := math.Log(takenPerHour/attemptsBusiestHour) / math.Log1p(growthPerMonth)
	if n > 1200 {
		return 0, false // a century is never
	}
	return int(math.Floor(n+1e-9)) + 1, true
}

// Point is a measured point on a server's curve, for the figure.
type Point struct {
	Concurrency float64
	Output      float64 // tokens a second, all requests
	PerUser     float64
	Load        Load
	Words       string
}

// Points are the runs of this very set-up whose request shape is like the load's (within a factor of two).
func (s *Server) Points(load Load) []Point {
	var points []Point
	for _, o := range s.same {
		if o.quantity != OutputQuantity || likeness(load, o.load) <= 0 {
			continue
		}
		points = append(points, Point{
			Concurrency: o.c, Output: o.measured, PerUser: o.measured / o.c, Load: o.load, Words: o.words(),
		})
	}
	return points
}
