package serving

import (
	"strings"

	"hostwise/calc/catalog"
	"hostwise/calc/memory"
)

// hostOf completes a run's plan with the host that holds part of the model. It returns a reason where the run
// does not fit on its devices and does not say enough about the rest.
func hostOf(cat *catalog.Catalog, run *catalog.SpeedRun, p *memory.Plan) string {
	if p.Device.Kind == "cpu" {
		return ""
	}
	if host := cat.Device(run.ParsedHost); host != nil {
		p.Host = &catalog.Host{ID: host.ID, Name: host.Name, BandwidthGBs: host.BandwidthGBs, Sockets: host.Sockets, Fact: host.Fact}
		if host.Sockets > 1 && strings.Contains(strings.ToLower(run.Engine), "single-socket") {
			p.Host.BandwidthGBs, p.Host.Sockets = host.BandwidthGBs/float64(host.Sockets), 1
		}
	}
	weights := weightBytes(p)
	room := float64(p.Devices) * float64(p.Device.VisibleBytes)
	if p.ExpertsInHostMemory {
		p.HostBytes = weights
		if p.Host == nil {
			return "names no host memory, which most of its time is spent on"
		}
		return ""
	}
	if weights <= room || room == 0 {
		return ""
	}
	return "does not fit on the devices it names"
}
