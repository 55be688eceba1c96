package serving

import (
	"fmt"
	"math"

	"hostwise/calc/catalog"
	"hostwise/calc/memory"
	"hostwise/calc/runwords"
)

// wideRun is a run of a wide cluster: a rate a device, kept as it was published.
type wideRun struct {
	run          *catalog.SpeedRun
	device       *catalog.Device
	bits         float64 // nominal, of the weights
	devices      float64
	perDevice    float64 // tokens a second a device
	concurrency  float64 // requests a device, 0 where not stated
	context      float64
	quantity     Quantity
	architecture string
}

// wideOf reads a run of R1 on a wide cluster.
func wideOf(cat *catalog.Catalog, run *catalog.SpeedRun) (wideRun, bool) {
	model, device := cat.Model(run.ParsedModel), cat.Device(run.ParsedDevice)
	if model == nil || device == nil || !model.Architecture.IsMoE() || !isWide(run) {
		return wideRun{}, false
	}
	w := wideRun{run: run, device: device, devices: max(1, float64(run.GPUs)), architecture: device.Architecture}
	w.bits = expertBits[run.ParsedPrecision]
	w.context = float64(run.ISL) + float64(run.OSL)/2
	w.quantity = DecodeQuantity
	rate := run.OutputTokS
	if run.Phase == "prefill" {
		w.quantity, rate = PromptQuantity, wholeRate(run)
	} else if rate <= 0 {
		rate = wholeRate(run)
	}
	w.perDevice = rate / w.devices
	if run.ParsedConcurrency > 0 {
		w.concurrency = float64(run.ParsedConcurrency) / w.devices
	}
	return w, w.perDevice > 0
}

// firstPartyDay is what the model's makers published of their own service.
const firstPartyDay = "DeepSeek's own service: 73.7k input tokens (cache hits included) and 14.8k output tokens a second a server of eight H800, averaged over a day (2025-02)"

// fullLoad is the requests a device that runs which state no load are taken to have had: what the runs of wide
// clusters that do state it used.
const fullLoad = 256

// prepareWide takes a wide cluster's speed from the measured table.
func (m *Model) prepareWide(s *Server, o Options) {
	p := &s.Plan
	one := *p
	one.Devices, one.TensorParallel, one.PipelineParallel = 8, 8, 1
	s.model = stepOf(&one, o, &physics)
	s.model.stages, s.model.free = 1, 0
	s.model.promptShared, s.model.promptMix = 1, 1 // prompts run apart from the decode steps
	s.Basis = ExtrapolatedBasis
	s.Spread = spreadOf(0.35)
	s.PromptSpread = s.Spread
	if !p.DataParallelAttention {
		s.Why = append(s.Why, "those runs keep each request on one device and spread the experts over all; a chain of servers, which pipeline parallel asks for, is slower")
	}
	s.Why = append(s.Why, fmt.Sprintf("%d devices work as one wide cluster: only published runs say how fast that is, so the speed is the nearest run's per device, not a computation", p.Devices))
	decode, near := m.nearestWide(s, DecodeQuantity)
	if decode == nil {
		s.idle = true
		s.Why = append(s.Why, "no run of a wide cluster is known, so there is no speed")
		return
	}
	prompt, promptNear := m.nearestWide(s, PromptQuantity)
	s.Run, s.Nearest = decode.run, runwords.Cited(m.cat, decode.run)
	s.decodeAs(decode, &one, near)
	s.promptAs(prompt, promptNear)
	if near {
		s.trustAs(decode)
	} else {
		s.Spread = spreadOf(farSpread)
		s.PromptSpread = s.Spread
		s.Why = append(s.Why, fmt.Sprintf("no published run of a wide cluster is on a device of this kind: the speed is that of %s, taken down by memory bandwidth and arithmetic, and can be far off", decode.device.ShortName))
	}
	s.Why = append(s.Why, firstPartyDay)
}

// farSpread is how far off a wide cluster's speed may be where only another generation's was measured, as a standard
// deviation of the logarithm: runs of one generation in the table differ by a factor of two to five a device.
const farSpread = 0.6

// slower is the share of a run's rate a device that a cluster of another generation is credited with: never more
// than the run showed.
func (s *Server) slower(run *wideRun, near bool) float64 {
	if near {
		return 1
	}
	return min(1, bandwidth(s.Plan.Device)/bandwidth(run.device), peakOps(s.Plan.Device, 16)/peakOps(run.device, 16))
}

// decodeAs draws a straight line from what is left of a step for a lone user, its layers' launches and waits, to
// the measured step at the measured load: the table has too few points for a curve. Two fifths of what grows are
// the context's. None of it depends on the device, so a table cannot make a better device look worse.
func (s *Server) decodeAs(run *wideRun, server *memory.Plan, near bool) {
	n := float64(s.Plan.Devices)
	load := run.concurrency
	if load == 0 {
		load = fullLoad
	}
	target := load / (run.perDevice * s.slower(run, near)) * s.model.accepted
	layers := float64(server.Model.Architecture.Layers)
	s.model.experts = 0
	s.model.fixed = min(layers*layerSeconds(server, shapeOf(server.Model), 8, &physics), target/2)
	rest := (target - s.model.fixed) / (load * n)
	s.model.perContext = 0.4 * rest / max(run.context, 1024)
	s.model.perSequence = 0.6 * rest
}

// promptAs takes the prompt rate from a run. Where none is known every server reads its own prompts, which is what
// they can do at the least.
func (s *Server) promptAs(run *wideRun, near bool) {
	n := float64(s.Plan.Devices)
	if run == nil {
		s.model.promptToken *= 8 / n
		s.model.promptContext *= 8 / n
		return
	}
	s.model.promptToken, s.model.promptContext = 1/(run.perDevice*s.slower(run, near)*n), 0
}

// trustAs sets the rung that a run gives.
func (s *Server) trustAs(run *wideRun) {
	p := &s.Plan
	if run.device.ID != p.Device.ID {
		return
	}
	s.Basis = ScaledBasis
	s.Spread = spreadOf(0.25)
	if near(run.devices, float64(p.Devices), 0.02) && run.bits == expertBits[p.Precision] && run.run.ParsedEngine == p.Engine {
		s.Basis, s.widest = InterpolatedBasis, run
		s.Spread = spreadOf(0.15)
	}
}

// nearestWide is the run that is most like the server: the same device first, then the same generation, then the
// precision, then the size. It reports whether that run is near: at least of the same generation.
func (m *Model) nearestWide(s *Server, q Quantity) (nearest *wideRun, near bool) {
	var best *wideRun
	least := math.Inf(1)
	for i := range m.wide {
		w := &m.wide[i]
		if w.quantity != q {
			continue
		}
		d := 0.3 * math.Abs(math.Log(w.devices/float64(s.Plan.Devices)))
		if w.device.ID != s.Plan.Device.ID {
			d++
		}
		if w.architecture != s.Plan.Device.Architecture {
			d += 3
		}
		if b := expertBits[s.Plan.Precision]; b > 0 && w.bits > 0 {
			d += math.Abs(math.Log(b / w.bits))
		}
		if w.run.Evidence == catalog.Yours {
			d -= 2
		}
		if d < least {
			least, best = d, w
		}
	}
	return best, least <= 2.5
}
