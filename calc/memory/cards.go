package memory

import (
	"fmt"
	"math"

	"hostwise/calc/catalog"
)

// CardShare is what one card of a layer-split set-up with unlike cards holds, in bytes.
type CardShare struct {
	Device   *catalog.Device `json:"-"`
	ID       string          `json:"device"`
	Layers   int             `json:"layers"`
	Weights  float64         `json:"weights_bytes"`
	KV       float64         `json:"kv_bytes"`
	Used     float64         `json:"used_bytes"`
	Capacity float64         `json:"capacity_bytes"`
}

// takesUnlikeCards reports whether an engine shares layers among cards of unlike size.
func (f family) takesUnlikeCards() bool { return f.layerSplit() && f != famMLX }

// isCard reports a device that is put into a machine, as against one that is the machine.
func isCard(d *catalog.Device) bool {
	return d != nil && d.VisibleBytes > 0 && !d.WholeMachine && d.Kind != "cpu" && d.Kind != "unified"
}

// setSecond takes the further cards of another device on where the engine can use them.
func (c *solver) setSecond() {
	s := c.stated
	if s.Second == nil || s.Seconds <= 0 || !c.fam.takesUnlikeCards() || !isCard(c.device) || !isCard(s.Second) {
		return
	}
	c.seconds, c.secondVisible = s.Seconds, float64(s.Second.VisibleBytes)
}

// cards is the number of all cards of a size.
func (c *solver) cards(devices int) int { return devices + c.seconds }

// visibleAt is what the driver shows of the card of stage j: the stated device's come first.
func (c *solver) visibleAt(l layout, j int) float64 {
	if c.seconds > 0 && j >= l.devices {
		return c.secondVisible
	}
	return c.visible
}

// before is the share of all cards' memory that lies on those before stage j.
func (c *solver) before(l layout, j int) float64 {
	first, second := min(j, l.devices), max(0, j-l.devices)
	all := float64(l.devices)*c.visible + float64(c.seconds)*c.secondVisible
	return (float64(first)*c.visible + float64(second)*c.secondVisible) / all
}

// unlikeStage is llama.cpp's cut between cards of unlike size: in proportion to the free memory of each
// (llama-model.cpp, the default of --tensor-split), a layer to the first card whose running share exceeds its own.
func (c *solver) unlikeStage(l layout, j, placed int) int {
	return int(math.Ceil(c.before(l, j)*float64(placed) - 1e-9))
}

// fuller reports whether rank r says more about the set-up than the one kept so far: the one with the largest
// weights, and among unlike cards the one that is fullest.
func (c *solver) fuller(r, kept rank) bool {
	if c.seconds > 0 {
		return kept.visible == 0 || r.filled() > kept.filled()
	}
	return r.weights > kept.weights
}

// filled is the share of a card that is taken.
func (r rank) filled() float64 { return (r.weights + r.need + r.over.beside()) / r.visible }

// beside is what a layer-split card needs beside weights and cache.
func (o overhead) beside() float64 { return o.activation.Likely + o.framework.Likely }

// cardShares lists what every card holds, nil where all cards are alike.
func (c *solver) cardShares(l layout) []CardShare {
	if c.seconds == 0 {
		return nil
	}
	shares := make([]CardShare, l.pp)
	for j := range shares {
		device := c.device
		if j >= l.devices {
			device = c.stated.Second
		}
		r := c.rankOf(l, j)
		from, to := c.stage(l, j)
		shares[j] = CardShare{Device: device, ID: device.ID, Layers: to - from, Weights: r.weights, KV: r.need,
			Used: r.weights + r.need + r.over.beside(), Capacity: r.visible}
	}
	return shares
}

// warnOfCards says how unlike cards share the model, or that they cannot.
func (c *solver) warnOfCards(p *Plan) {
	s := c.stated
	switch {
	case s.Second == nil && s.Seconds > 0, s.Second != nil && s.Seconds <= 0:
		p.add("A second kind of card needs both its name and how many there are; it was left out.")
	case s.Second == nil:
	case c.seconds > 0:
		p.add("Cards of unlike size hold layers in proportion to their memory and work in turn, so the slower cards set the pace for their share.")
	case c.fam.layerSplit():
		p.add("A second kind of device only adds to cards in one machine; it was left out.")
	default:
		p.add("This engine gives every card an equal part of each layer, so unlike cards do not add up; the second kind was left out. llama.cpp and ollama can use both.")
	}
}

// Cards is the number of all cards of the plan, of both kinds.
func (p Plan) Cards() int { return p.Devices + p.Seconds }

// cardWords names how many cards share the model.
func (p Plan) cardWords() string {
	if p.Seconds > 0 {
		return fmt.Sprintf("%d unlike cards", p.Cards())
	}
	return counted(p.Devices, "device")
}
