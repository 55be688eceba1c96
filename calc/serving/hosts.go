package serving

import (
	"strings"

	"hostwise/calc/catalog"
	"hostwise/calc/memory"
)

// namedHosts are the host memories that measured runs name, in GB/s over all sockets: channels x transfers a
// second x 8 bytes, from the processors' specifications. Two channels of DDR5-5600 stand for a desktop.
var namedHosts = []struct {
	words   string
	gbs     float64
	sockets int
}{
	{"2x xeon gold 6454s", 614.4, 2}, // 8 channels DDR5-4800 a socket
	{"xeon gold 6454s", 614.4, 2},
	{"epyc 9654", 460.8, 1},  // 12 channels DDR5-4800
	{"xeon 8352y", 204.8, 1}, // 8 channels DDR4-3200
	{"7965wx", 225, 1},       // as the run measured it; 307 listed
	{"xeon 6 + mrdimm", 844.8, 1},
	{"ryzen 7900x", 83, 1},
}

// hostOf completes a run's plan where part of the model was in host memory: which host, and what lay there.
// It returns a reason where the run does not say enough.
func hostOf(cat *catalog.Catalog, run *catalog.SpeedRun, p *memory.Plan) string {
	text := strings.ToLower(run.Hardware + " " + run.Engine)
	if p.Device.Kind == "cpu" {
		return ""
	}
	for _, h := range namedHosts {
		if strings.Contains(text, h.words) {
			p.Host = &catalog.Host{ID: h.words, BandwidthGBs: h.gbs}
			if h.sockets == 2 && strings.Contains(text, "single-socket") {
				p.Host.BandwidthGBs = h.gbs / 2
			}
			break
		}
	}
	weights := weightBytes(p)
	room := float64(p.Devices) * float64(p.Device.VisibleBytes)
	if room == 0 {
		room = float64(p.Devices) * p.Device.MemoryGB * 1e9
	}
	if weights <= room || p.Device.MemoryClass == "unified" {
		return ""
	}
	switch {
	case !isLayerEngine(p.Engine):
		return "does not fit on the devices it names"
	case strings.Contains(text, "ssd"):
		return "reads the model from a disk, which the step does not model"
	case p.Model.Architecture.IsMoE() && p.Host == nil:
		return "names no host memory, which most of its time is spent on"
	case p.Model.Architecture.IsMoE():
		p.ExpertsInHostMemory = true
		p.HostBytes = weights
		return ""
	}
	if p.Host == nil {
		p.Host = &catalog.Host{ID: "desktop", BandwidthGBs: 83}
	}
	// A card keeps about a tenth for its context, buffers and cache; the rest holds whole layers.
	layers := p.Model.Architecture.Layers
	p.LayersOnDevice = int(0.88 * room / weights * float64(layers))
	p.HostBytes = weights * (1 - float64(p.LayersOnDevice)/float64(layers))
	return ""
}
