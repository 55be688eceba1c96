package serving

import (
	"fmt"
	"math"

	"hostwise/calc/catalog"
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

// prepareWide takes a wide cluster's speed from the measured table. The step between one user and the measured
// point is a straight line from what a single server's step costs; the table has too few points for a curve.
func (m *Model) prepareWide(s *Server, o Options) {
	p := &s.Plan
	n := float64(p.Devices)
	one := *p
	one.Devices, one.TensorParallel, one.PipelineParallel = 8, 8, 1
	s.model = stepOf(&one, o, &physics)
	s.model.stages = 1
	decode := m.nearestWide(s, DecodeQuantity)
	prompt := m.nearestWide(s, PromptQuantity)
	s.Basis = ExtrapolatedBasis
	s.Spread = spreadOf(0.35)
	s.PromptSpread = s.Spread
	s.Why = append(s.Why, fmt.Sprintf("%d devices work as one wide cluster: only published runs say how fast that is, so the speed is the nearest run's per device, not a computation", p.Devices))
	if decode == nil {
		s.Why = append(s.Why, "no published run is near this cluster; the figures stretch one server's step and can be far off")
		s.model.perSequence *= 8 / n
		s.model.perContext *= 8 / n
		s.model.promptToken *= 8 / n
		s.model.promptContext *= 8 / n
		return
	}
	s.Run, s.Nearest = decode.run, sentence(decode.run)
	// Runs that state no load were at full load: 256 requests a device is what the ones that state it used.
	perDevice := decode.concurrency
	if perDevice == 0 {
		perDevice = 256
	}
	b := perDevice * n
	target := perDevice / decode.perDevice * s.model.accepted
	context := max(decode.context, 1024)
	// What is left of a step for a lone user is its layers' launches and waits; the rest of the measured step
	// grows with the requests, two fifths of it with their context. The shares do not depend on the device, so that
	// a table cannot make a better device look worse.
	s.model.experts = 0
	s.model.fixed = min(float64(p.Model.Architecture.Layers)*layerSeconds(&one, shapeOf(p.Model), 8, &physics), target/2)
	rest := (target - s.model.fixed) / b
	s.model.perContext = 0.4 * rest / context
	s.model.perSequence = 0.6 * rest
	s.model.free = 0
	if decode.device.ID == p.Device.ID {
		s.Basis = ScaledBasis
		s.Spread = spreadOf(0.25)
		if near(decode.devices, n, 0.02) && decode.bits == expertBits[p.Precision] && decode.run.ParsedEngine == p.Engine {
			s.Basis, s.widest = InterpolatedBasis, decode
			s.Spread = spreadOf(0.15)
		}
	}
	if prompt != nil {
		s.model.promptToken = 1 / (prompt.perDevice * n)
		s.model.promptContext = 0
	} else {
		s.model.promptToken *= 8 / n
		s.model.promptContext *= 8 / n
	}
	s.model.promptShared, s.model.promptMix = 1, 1 // prompts run apart from the decode steps
	s.Why = append(s.Why, "DeepSeek's own service: 73.7k input tokens (cache hits included) and 14.8k output tokens a second a server of eight H800, averaged over a day (2025-02)")
}

// nearestWide is the run that is most like the server: the same device first, then the same generation, then the
// precision, then the size.
func (m *Model) nearestWide(s *Server, q Quantity) *wideRun {
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
	if least > 2.5 {
		return nil
	}
	return best
}
