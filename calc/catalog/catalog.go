package catalog

import (
	"slices"
	"strconv"
	"strings"
)

// Catalog is every fact the program ships with. It is read-only after Load: look-ups return pointers into it,
// so a caller that wants another value copies the row first, or uses With for the person's own rows.
type Catalog struct {
	Version string // of the catalogue, not of the program
	Date    string // YYYY-MM-DD, the day the catalogue was put together
	Edition Fact   // evidence for Version and Date

	Models     []Model
	Precisions []Precision
	Devices    []Device
	Hosts      []Host
	Engines    []Engine

	Prices         []Price
	PriceHistory   []Price
	BatchDiscounts []BatchDiscount
	GatewayFees    []GatewayFee

	Claims     []Claim
	Monitoring []Monitoring
	Glossary   []Term
	Intents    []Intent
	Names      []NameHint

	WorkloadAdvice []WorkloadAdvice
	DecisionRules  []DecisionRule
	ServingOptions []ServingOption
	CostComponents []CostComponent
	NonClaims      []NonClaim
	Caveats        []Caveat
	VolumeReadings []VolumeReading
	Questions      []Question
	Sources        []Source

	MemoryRuns []MemoryRun
	SpeedRuns  []SpeedRun

	models     map[string]int
	precisions map[string]int
	devices    map[string]int
	hosts      map[string]int
	engines    map[string]int
	prices     map[string]int
}

// Model returns the model with this id, nil when there is none.
func (c *Catalog) Model(id string) *Model {
	return find(c.Models, c.models, id, func(m *Model) string { return m.ID })
}

// Precision returns the precision with this id, nil when there is none.
func (c *Catalog) Precision(id string) *Precision {
	return find(c.Precisions, c.precisions, id, func(p *Precision) string { return p.ID })
}

// Device returns the device with this id, nil when there is none.
func (c *Catalog) Device(id string) *Device {
	return find(c.Devices, c.devices, id, func(d *Device) string { return d.ID })
}

// Host returns the host with this id, nil when there is none.
func (c *Catalog) Host(id string) *Host {
	return find(c.Hosts, c.hosts, id, func(h *Host) string { return h.ID })
}

// Engine returns the engine with this id, nil when there is none.
func (c *Catalog) Engine(id string) *Engine {
	return find(c.Engines, c.engines, id, func(e *Engine) string { return e.ID })
}

// Price returns the listing with this id, nil when there is none. Rows of PriceHistory
// are found by Past.
func (c *Catalog) Price(id string) *Price {
	return find(c.Prices, c.prices, id, func(p *Price) string { return p.ID })
}

// HostFor returns the smallest host that takes cards of this device, the cheaper one of two of a size.
// Where more cards are asked for than one host of this device takes, it is the host for a full one.
// It returns nil for a whole machine, which needs no host, and where no host takes the device.
func (c *Catalog) HostFor(device *Device, cards int) *Host {
	if device == nil || device.WholeMachine {
		return nil
	}
	if device.MaxPerHost > 0 {
		cards = min(cards, device.MaxPerHost)
	}
	var best *Host
	for i := range c.Hosts {
		h := &c.Hosts[i]
		if h.Slots < cards || !h.Takes(device) {
			continue
		}
		if best == nil || h.Slots < best.Slots ||
			h.Slots == best.Slots && h.PriceUSD.Likely < best.PriceUSD.Likely {
			best = h
		}
	}
	return best
}

// Takes reports whether cards of this device go into the host.
func (h *Host) Takes(device *Device) bool {
	if !slices.Contains(h.DeviceKinds, device.Kind) {
		return false
	}
	return len(h.Devices) == 0 || slices.Contains(h.Devices, device.ID)
}

// In reports whether the precision is made for this model, by its id or by its family.
func (p *Precision) In(model *Model) bool {
	return model != nil && (slices.Contains(p.Models, model.ID) || slices.Contains(p.Models, model.Family))
}

// PrecisionsOf returns the precisions that a model is made in, raw views first, in the catalogue's order.
func (c *Catalog) PrecisionsOf(model *Model) []*Precision {
	var raw, deploy []*Precision
	for i := range c.Precisions {
		p := &c.Precisions[i]
		switch {
		case !p.In(model):
		case p.Kind == "raw":
			raw = append(raw, p)
		default:
			deploy = append(deploy, p)
		}
	}
	return append(raw, deploy...)
}

// Build returns the defaults of a version: the newest build that is not newer than the one named, the oldest
// one known where the named version is older still, and the newest known for "". Versions compare by their
// leading numbers. It returns nil only where the engine has no builds.
func (e *Engine) Build(version string) *EngineBuild {
	var newest, oldest, best *EngineBuild
	for i := range e.Version {
		b := &e.Version[i]
		if newest == nil || CompareVersions(b.Version, newest.Version) > 0 {
			newest = b
		}
		if oldest == nil || CompareVersions(b.Version, oldest.Version) < 0 {
			oldest = b
		}
		if CompareVersions(b.Version, version) <= 0 && (best == nil || CompareVersions(b.Version, best.Version) > 0) {
			best = b
		}
	}
	switch {
	case len(versionNumbers(version)) == 0:
		return newest
	case best == nil:
		return oldest
	}
	return best
}

// Supports reports whether the engine is known to run a precision with a KV type on a device architecture, and
// the row that says so. A row with evidence "false" says that it does not run: then the answer is false with
// that row, which holds the reason. With no row at all the answer is false and nil: not known to run.
// An empty kv and a nil model match every row.
func (e *Engine) Supports(precision, kv, deviceArchitecture string, model *Model) (bool, *EngineSupport) {
	var against *EngineSupport
	for i := range e.Support {
		s := &e.Support[i]
		if !s.matches(precision, kv, deviceArchitecture, model) {
			continue
		}
		if s.Evidence != False {
			return true, s
		}
		if against == nil {
			against = s
		}
	}
	return false, against
}

func (s *EngineSupport) matches(precision, kv, architecture string, model *Model) bool {
	if !slices.ContainsFunc(s.Precisions, func(pattern string) bool { return matchesID(pattern, precision) }) {
		return false
	}
	if !slices.Contains(s.Architectures, architecture) {
		return false
	}
	if kv != "" && !slices.Contains(s.KV, kv) {
		return false
	}
	return model == nil || len(s.Models) == 0 ||
		slices.Contains(s.Models, model.ID) || slices.Contains(s.Models, model.Family)
}

// matchesID compares an id with a pattern: an id, or a prefix that ends in "*".
func matchesID(pattern, id string) bool {
	if prefix, ok := strings.CutSuffix(pattern, "*"); ok {
		return strings.HasPrefix(id, prefix)
	}
	return pattern == id
}

// CompareVersions orders two versions by their leading numbers, -1, 0 or +1: "0.11.2+vendor" is 0.11.2,
// "v0.9" is 0.9.0 and "b4500" is 4500. What has no number at all is older than everything.
func CompareVersions(a, b string) int {
	x, y := versionNumbers(a), versionNumbers(b)
	if len(x) == 0 || len(y) == 0 {
		return min(len(x), 1) - min(len(y), 1)
	}
	for i := range max(len(x), len(y)) {
		if d := at(x, i) - at(y, i); d != 0 {
			return d / max(d, -d)
		}
	}
	return 0
}

// versionNumbers reads the dotted numbers a version begins with, after an optional "v" or "b".
func versionNumbers(version string) []int {
	rest := strings.TrimLeft(strings.TrimSpace(version), "vVbB")
	var numbers []int
	for {
		end := strings.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
		if end < 0 {
			end = len(rest)
		}
		n, err := strconv.Atoi(rest[:end])
		if err != nil {
			return numbers
		}
		numbers = append(numbers, n)
		if end == len(rest) || rest[end] != '.' {
			return numbers
		}
		rest = rest[end+1:]
	}
}

func at(numbers []int, i int) int {
	if i < len(numbers) {
		return numbers[i]
	}
	return 0
}

// find looks a row up by id through the index, and one by one where the index does not know it or is of other
// rows: so a Catalog that was put together by hand, or copied and given other rows, answers rightly too.
func find[T any](rows []T, index map[string]int, id string, key func(*T) string) *T {
	if i, ok := index[id]; ok && i < len(rows) && key(&rows[i]) == id {
		return &rows[i]
	}
	for i := range rows {
		if key(&rows[i]) == id {
			return &rows[i]
		}
	}
	return nil
}

// index builds the maps that look-ups go through. The first row of an id wins; validation refuses a second one.
func (c *Catalog) index() {
	c.models = indexBy(c.Models, func(m *Model) string { return m.ID })
	c.precisions = indexBy(c.Precisions, func(p *Precision) string { return p.ID })
	c.devices = indexBy(c.Devices, func(d *Device) string { return d.ID })
	c.hosts = indexBy(c.Hosts, func(h *Host) string { return h.ID })
	c.engines = indexBy(c.Engines, func(e *Engine) string { return e.ID })
	c.prices = indexBy(c.Prices, func(p *Price) string { return p.ID })
}

func indexBy[T any](rows []T, key func(*T) string) map[string]int {
	index := make(map[string]int, len(rows))
	for i := range rows {
		if _, taken := index[key(&rows[i])]; !taken {
			index[key(&rows[i])] = i
		}
	}
	return index
}
