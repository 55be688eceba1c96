package calc

import (
	"fmt"
	"math"

	"hostwise/calc/memory"
	"hostwise/calc/notation"
	"hostwise/calc/serving"
)

// sized is the scenario's own deployment, worked out.
type sized struct {
	plan       memory.Plan
	candidate  *candidate
	load       serving.Load
	capacity   serving.Capacity
	running    serving.Running
	busiest    float64
	replicas   int
	concurrent float64
}

// size works out the scenario's deployment: one replica, and how many of it the demand needs.
func (w *world) size(f *frame) sized {
	setup := w.statedMemorySetup()
	s := sized{plan: memory.Solve(w.cat, setup), load: loadOf(f.works[0])}
	s.candidate = w.a.candidateWith(s.plan, w.servingOptions())
	s.busiest = f.busiest(0, f.p.x[w.axes.calls])
	s.measure(f)
	stated := w.s.Int("deployment.concurrent_sequences")
	switch {
	case stated > 0:
		s.concurrent = float64(stated)
	case w.s.Bool("deployment.saturated"):
		s.concurrent = math.Max(1, math.Round(s.candidate.server.Saturated(s.load, s.capacity.Sequences)))
	default:
		s.concurrent = math.Max(1, math.Ceil(s.running.PerReplica-1e-9))
	}
	if stated == 0 {
		setup.Sequences = s.longest(setup.ContextTokens)
		setup.Devices = s.plan.Devices // the demand fills replicas, it does not make one larger
		held := s.plan.Fit != memory.No
		s.plan = memory.Solve(w.cat, setup)
		// Rounding up to whole requests of the longest kind must not be what does not fit.
		for held && s.plan.Fit == memory.No && setup.Sequences > 1 {
			setup.Sequences--
			s.plan = memory.Solve(w.cat, setup)
		}
	}
	return s
}

// longest is how many requests of the longest kind hold as many tokens as the demand's sequences do: what has to be
// reserved when the sequences come from demand and most of them are shorter.
func (s *sized) longest(context int) int {
	n := math.Ceil(s.concurrent*s.load.LiveTokens()/float64(max(1, context)) - 1e-9)
	return int(math.Min(math.Max(1, n), math.Ceil(s.concurrent)))
}

// slots are the requests one replica is started for: as many as were stated or help, else as many as the wishes and
// the memory allow, and never fewer than run at once.
func (w *world) slots(s sized) serving.Slots {
	n := math.Ceil(s.concurrent - 1e-9)
	if w.s.Int("deployment.concurrent_sequences") == 0 && !w.s.Bool("deployment.saturated") {
		n = math.Max(n, math.Floor(s.capacity.Sequences+1e-9))
	}
	return serving.Slots{Requests: int(math.Max(1, n)), LiveTokens: s.load.LiveTokens()}
}

// servingOptions is what the person says of speculative decoding.
func (w *world) servingOptions() serving.Options {
	if v, given := w.typed("deployment.draft_acceptance"); given {
		return serving.Options{DraftAcceptance: v.Likely}
	}
	return serving.Options{}
}

// measure asks the server what one replica takes and how many are needed.
func (s *sized) measure(f *frame) {
	s.capacity = s.candidate.server.Capacity(s.load, f.wish, f.cap)
	s.replicas = serving.Replicas(s.busiest, s.capacity.AttemptsPerHour)
	s.running = s.candidate.server.Steady(s.load, f.wish, s.busiest, max(1, s.replicas))
}

func (w *world) deployment(f *frame, s sized) Deployment {
	p := memory.Detail(w.cat, s.plan.Setup)
	c := s.candidate
	d := Deployment{
		Engine: p.Engine, EngineVersion: p.EngineVersion, Precision: p.Precision, KVPrecision: p.KV,
		Device: p.Device.ID, DeviceLabel: cardsLabel(p), Devices: p.Devices, Cards: []memory.CardShare{},
		Replicas:       max(1, s.replicas) + w.spare,
		TensorParallel: p.TensorParallel, PipelineParallel: p.PipelineParallel, ExpertParallel: p.ExpertParallel,
		ContextParallel: p.ContextParallel, DataParallel: p.DataParallelAttention,
		ArtifactBytes: p.ArtifactBytes, WeightsBytes: p.WeightsBytes, KVBytesPerToken: p.KVBytesPerToken,
		KVBytes: p.KVBytes, PerDevice: p.PerDevice, Overheads: p.Overheads, Parts: p.Explain(), DeviceParts: p.DeviceParts(), DeviceTotals: p.DeviceTotals(), KVCapacity: p.KVCapacityTokens,
		HostBytes: p.HostBytes, TotalBytes: p.Total,
		SequencesPerReplica: s.candidate.server.SequencesMax(s.load), Binds: s.capacity.Binds,
		Fit: p.Fit, Fits: p.Runs(), Why: p.Why,
		Evidence:      w.setupEvidence(c),
		LaunchCommand: serving.LaunchCommand(p, w.slots(s)),
	}
	if s.capacity.Sequences > 0 {
		d.SequencesAtWishes = known(s.capacity.Sequences)
	}
	d.SequencesWords = w.sequencesWords(s, d.SequencesPerReplica, f.wish)
	if d.Binds == "" || p.Fit == memory.No {
		d.Binds = p.Binds
	}
	if s.replicas > 1 && d.Binds == "compute" {
		d.Binds = "devices"
	}
	if p.Seconds > 0 {
		d.SecondDevice, d.SecondDevices, d.Cards = p.Second.ID, p.Seconds, p.Shares
	}
	d.Servers = c.packing.Servers(d.Replicas)
	if c.host != nil {
		d.Host = c.host.ID
	}
	smaller, larger := memory.Neighbours(w.cat, s.plan)
	d.NextSmaller, d.NextLarger = neighbour(smaller), neighbour(larger)
	return d
}

func neighbour(p *memory.Plan) *Neighbour {
	if p == nil {
		return nil
	}
	words := map[memory.Fit]string{memory.Fits: "holds it", memory.Tight: "holds it with no room to spare", memory.No: "does not hold it"}[p.Fit]
	return &Neighbour{Device: p.Device.ID, Devices: p.Devices, Fit: p.Fit, TotalBytes: p.Total.Likely, Capacity: cardBytes(*p),
		Words: cardsLabel(*p) + " " + words}
}

func (w *world) throughput(f *frame, s sized) Throughput {
	server := s.candidate.server
	sp := server.At(s.load, s.concurrent)
	spread := server.Spread
	rate := func(v float64, by Range) Range { return Range{Low: v * by.Low, Likely: v, High: v * by.High} }
	span := func(v float64, by Range) Range { return Range{Low: v / by.High, Likely: v, High: v / by.Low} }
	// What the deployment takes a month in successful calls: its busiest hour at the cap, over the peak.
	var perMonth *Range
	if one := f.busiest(0, 1); one > 0 && s.capacity.AttemptsPerHour > 0 {
		r := rate(s.capacity.AttemptsPerHour*float64(max(1, s.replicas))/one, spread)
		perMonth = &r
	}
	t := Throughput{
		ConcurrentSequences: s.concurrent,
		OutputTokS:          rate(sp.Output, spread), DecodeTokS: rate(sp.Decode, spread), PrefillTokS: rate(sp.Prefill, server.PromptSpread),
		PerUserTokS: rate(sp.PerUser, spread), TPOT: span(sp.TPOT, spread), TTFT: span(sp.TTFT, server.PromptSpread), CallsPerMonth: perMonth,
		Basis: server.BasisAt(s.load, s.concurrent), Nearest: server.NearestAt(s.load, s.concurrent), Curve: []SpeedPoint{},
		Measured: []MeasuredPoint{},
	}
	for _, m := range server.Points(s.load) {
		t.Measured = append(t.Measured, MeasuredPoint{SpeedPoint{Concurrency: m.Concurrency, OutputTokS: m.Output, PerUserTokS: m.PerUser}, m.Words})
	}
	t.Curve = s.speedCurve(math.Max(server.SequencesMax(s.load), math.Max(1, s.concurrent)))
	return t
}

func (w *world) capacityOf(f *frame, s sized) Capacity {
	working := max(1, s.replicas)
	rate := s.capacity.AttemptsPerHour
	c := Capacity{
		AttemptsBusiestHour: s.busiest, Replicas: working + w.spare, Spare: w.spare,
		QueueModel: serving.QueueModel, MaxTTFT: f.wish.MaxTTFT, MinPerUser: f.wish.MinPerUser,
	}
	alone := s.candidate.server.At(s.load, 1)
	if alone.Answer > 0 {
		c.Alone = &AloneSpeed{PerUserTokS: alone.PerUser, TTFT: alone.TTFT, AnswerSeconds: alone.Answer}
	}
	if rate > 0 {
		c.Sequences = known(s.running.Sequences)
		c.AnswerSeconds = P50P90{P50: known(s.running.P50), P90: known(s.running.P90)}
		if s.busiest <= 0 { // nobody asks, so nobody waits
			p50, p90 := serving.Queue(0, alone.Answer, 1)
			c.AnswerSeconds = P50P90{P50: known(p50), P90: known(p90)}
		}
		c.BusyShare = known(math.Min(1, s.busiest/f.peak/(float64(working)*rate/f.cap)))
		c.HeadroomShare = known(math.Max(0, 1-s.busiest/(float64(working)*rate)))
		c.FullInMonth = w.fullInMonth(f, float64(working)*rate)
	} else {
		c.CannotServe = w.unmet(f.wish, s.capacity.Binds, alone)
	}
	c.OneMoreDevice = w.oneMore(f, s)
	return c
}

// fullInMonth is the month in which growth fills the working replicas, nil when it does not within the horizon.
func (w *world) fullInMonth(f *frame, capacity float64) *int {
	growth, h := f.p.x[w.axes.growth], w.horizon
	for m := range h {
		if f.busiest(0, f.p.x[w.axes.calls]*math.Pow(1+growth, float64(m))) > capacity*(1+1e-9) {
			month := m + 1
			return &month
		}
	}
	return nil
}

// oneMore says what the next larger set-up would take.
func (w *world) oneMore(f *frame, s sized) string {
	_, larger := memory.Neighbours(w.cat, s.plan)
	if larger == nil {
		return "no larger set-up of this device is known"
	}
	c := w.a.candidate(*larger)
	now, then := s.capacity.AttemptsPerHour, c.perReplicaHour(s.load, f.wish, f.cap)
	label := cardsLabel(*larger)
	switch {
	case then <= 0:
		return fmt.Sprintf("%s would not answer as fast as wished either", label)
	case now <= 0:
		return fmt.Sprintf("%s would take %s calls in the busiest hour, the present one none", label, notation.Count(then))
	}
	return fmt.Sprintf("%s would take %s calls in the busiest hour instead of %s", label, notation.Count(then), notation.Count(now))
}

// memoryByPrecision is the memory of the model in every precision at the deployment's load.
func (w *world) memoryByPrecision(s sized) MemoryResult {
	rows := memory.ByPrecision(w.cat, s.plan.Setup)
	m := MemoryResult{ByPrecision: rows, ByModel: w.memoryByModel(s), ContextTokens: s.plan.ContextTokens, Sequences: s.plan.Sequences, RoomWords: w.roomWords(s), Capacities: []CapacityLine{}}
	line := func(p memory.Plan) {
		label := cardsLabel(p)
		for _, c := range m.Capacities {
			if c.Label == label {
				return
			}
		}
		m.Capacities = append(m.Capacities, CapacityLine{Label: label, Bytes: cardBytes(p)})
	}
	line(s.plan)
	smaller, larger := memory.Neighbours(w.cat, s.plan)
	for _, p := range []*memory.Plan{smaller, larger} {
		if p != nil {
			line(*p)
		}
	}
	return m
}
