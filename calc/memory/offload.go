package memory

import "hostwise/calc/catalog"

// Offloaded is the set-up as its engine would start it: ollama asks what the devices hold and keeps the other layers in
// host memory, in every version (its own estimator until 2025-11, llama-server's fitting since). Any other set-up, and
// one that fits or that states its layers, is returned as it is.
func Offloaded(cat *catalog.Catalog, s Setup) Setup {
	if s.Engine != "ollama" || s.Model == nil || s.Devices <= 0 || s.LayersOnDevice >= 0 || s.ExpertsInHostMemory || !isCard(s.Device) {
		return s
	}
	c := newSolver(cat, s)
	if c.devicesHold() {
		return s
	}
	for n := s.Model.Architecture.Layers - 1; n > 0; n-- {
		s.LayersOnDevice, s.EngineOffloads = n, true
		if c := newSolver(cat, s); c.devicesHold() {
			return s
		}
	}
	s.LayersOnDevice, s.EngineOffloads = -1, false
	return s
}

// devicesHold reports whether the stated devices hold their share, whatever the host holds.
func (c *solver) devicesHold() bool {
	return c.place(c.layoutFor(c.statedDevices())).worst.shortBy() <= 0
}
