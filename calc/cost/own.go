package cost

import "math"

// Packing is how replicas fill machines.
type Packing struct {
	DevicesPerReplica int
	SlotsPerServer    int  // most devices in one machine
	SoldWhole         bool // the machine comes with every slot filled (SXM boards)
}

// Servers returns the machines that hold this many replicas.
func (p Packing) Servers(replicas int) int {
	if replicas <= 0 {
		return 0
	}
	if p.DevicesPerReplica >= p.SlotsPerServer {
		return replicas * ceilDiv(p.DevicesPerReplica, p.SlotsPerServer)
	}
	return ceilDiv(replicas, p.SlotsPerServer/p.DevicesPerReplica)
}

// ReplicasPerServer returns the replicas that fill one machine, 1 where a replica takes a machine or more.
func (p Packing) ReplicasPerServer() int { return max(1, p.SlotsPerServer/max(1, p.DevicesPerReplica)) }

// Devices returns the devices that are paid for: whole machines where they are sold whole.
func (p Packing) Devices(replicas int) int {
	if p.SoldWhole {
		return p.Servers(replicas) * p.SlotsPerServer
	}
	return replicas * p.DevicesPerReplica
}

func ceilDiv(a, b int) int { return (a + b - 1) / b }

// PeopleTerms is who runs own or rented devices.
type PeopleTerms struct {
	FTE      float64 // for the first two servers
	PerExtra float64 // for each server beyond
	USD      float64 // a month, one full-time person, all in
}

// Heads returns the full-time people for this many servers.
func (p PeopleTerms) Heads(servers int) float64 {
	return p.FTE + p.PerExtra*math.Max(0, float64(servers-2))
}

// OwnTerms is what buying and running the machines of one set-up takes.
type OwnTerms struct {
	Packing
	CardUSD float64 // one device
	HostUSD float64 // one machine without devices
	// ServerUSD is the person's own price of a filled machine; 0 = cards + host.
	ServerUSD    float64
	AlreadyOwned int // devices, each with its share of a machine
	Install      float64
	Network      float64
	Residual     float64
	Months       int     // depreciation
	CapitalRate  float64 // a year, for the formula's words
	Recovery     Recovery
	Maintenance  float64 // share of the price a year
	CardKW       float64
	HostKW       float64
	ServerKW     float64 // the person's own; 0 = cards + host
	Colocated    bool
	PowerInSpace bool // the colocation price includes electricity
	PUE          float64
	LoadShare    float64
	KWhUSD       float64
	SpaceUSD     float64 // per kW and month
	People       PeopleTerms
	Implement    float64 // once
	Horizon      int

	// What a device and a server add to a month, worked out by Prepare; zero until then.
	prepared             bool
	deviceUSD, serverUSD float64
	// Where devices are already owned: what a month takes of each dollar bought, of each dollar in use, and of each kW.
	boughtUSD, usedUSD, perKW float64
}

// Prepare works out what each device and each server adds to a month, so that Monthly is two multiplications.
// It changes no figure.
func (t *OwnTerms) Prepare() {
	t.boughtUSD, t.usedUSD = (1+t.Install+t.Network)*t.Recovery.Capital-t.Residual*t.Recovery.Salvage, t.Maintenance/12
	perDollar := t.boughtUSD + t.usedUSD
	perKW := 0.0
	switch kwh := t.LoadShare * HoursPerMonth * t.KWhUSD; {
	case !t.Colocated:
		perKW = kwh * t.PUE
	case t.PowerInSpace:
		perKW = t.SpaceUSD
	default:
		perKW = kwh + t.SpaceUSD
	}
	t.perKW = perKW
	t.deviceUSD, t.serverUSD = t.CardUSD*perDollar, t.HostUSD*perDollar
	if t.ServerUSD > 0 {
		t.deviceUSD, t.serverUSD = 0, t.ServerUSD*perDollar
	}
	if t.ServerKW > 0 {
		t.serverUSD += t.ServerKW * perKW
	} else {
		t.deviceUSD += t.CardKW * perKW
		t.serverUSD += t.HostKW * perKW
	}
	t.prepared = true
}

// Slopes are what each device and each server adds to a month, people aside; ok is false where that is not all that a
// month depends on: before Prepare, and where devices are already owned.
func (t *OwnTerms) Slopes() (device, server float64, ok bool) {
	return t.deviceUSD, t.serverUSD, t.prepared && t.AlreadyOwned <= 0
}

// Purchase returns what the machines for this many replicas cost new, before installation and network.
func (t *OwnTerms) Purchase(replicas int) float64 {
	servers := float64(t.Servers(replicas))
	if t.ServerUSD > 0 {
		return servers * t.ServerUSD
	}
	return float64(t.Devices(replicas))*t.CardUSD + servers*t.HostUSD
}

// BoughtShare returns the share of the machines that is not already owned.
func (t *OwnTerms) BoughtShare(replicas int) float64 {
	n := t.Devices(replicas)
	if n == 0 || t.AlreadyOwned <= 0 {
		return 1
	}
	return math.Max(0, 1-float64(t.AlreadyOwned)/float64(n))
}

// Upfront returns the cash before the first call: what is bought, installed and connected, and the project.
func (t *OwnTerms) Upfront(replicas int) float64 {
	return t.Purchase(replicas)*t.BoughtShare(replicas)*(1+t.Install+t.Network) + t.Implement
}

// KW returns the power of the machines at full load, without cooling.
func (t *OwnTerms) KW(replicas int) float64 {
	servers := float64(t.Servers(replicas))
	if t.ServerKW > 0 {
		return servers * t.ServerKW
	}
	return float64(t.Devices(replicas))*t.CardKW + servers*t.HostKW
}

// Capital returns the monthly capital charge: the capital recovery of what was bought, with its residual back.
func (t *OwnTerms) Capital(replicas int) float64 {
	price := t.Purchase(replicas) * t.BoughtShare(replicas)
	return price * ((1+t.Install+t.Network)*t.Recovery.Capital - t.Residual*t.Recovery.Salvage)
}

// MaintenanceUSD returns support and spare parts a month: share / 12 × price.
func (t *OwnTerms) MaintenanceUSD(replicas int) float64 {
	return t.Maintenance / 12 * t.Purchase(replicas)
}

// Power returns electricity a month: kW × PUE × load × 730 h × price; colocation has no PUE of ours.
func (t *OwnTerms) Power(replicas int) float64 {
	kwh := t.KW(replicas) * t.LoadShare * HoursPerMonth
	switch {
	case !t.Colocated:
		return kwh * t.PUE * t.KWhUSD
	case t.PowerInSpace:
		return 0
	}
	return kwh * t.KWhUSD
}

// Space returns the colocation charge a month: kW × price.
func (t *OwnTerms) Space(replicas int) float64 {
	if !t.Colocated {
		return 0
	}
	return t.KW(replicas) * t.SpaceUSD
}

// PeopleUSD returns the people's cost a month.
func (t *OwnTerms) PeopleUSD(replicas int) float64 {
	return t.People.Heads(t.Servers(replicas)) * t.People.USD
}

// ImplementUSD returns the project's cost spread over the horizon.
func (t *OwnTerms) ImplementUSD() float64 {
	if t.Horizon <= 0 {
		return t.Implement
	}
	return t.Implement / float64(t.Horizon)
}

// Running returns the cash of a month beyond what was bought up front.
func (t *OwnTerms) Running(replicas int) float64 {
	return t.MaintenanceUSD(replicas) + t.Power(replicas) + t.Space(replicas) + t.PeopleUSD(replicas)
}

// Monthly returns the cost of a month with this many replicas, capital charge included.
func (t *OwnTerms) Monthly(replicas int) float64 {
	if t.prepared && t.AlreadyOwned > 0 {
		price := t.Purchase(replicas)
		return price*(t.BoughtShare(replicas)*t.boughtUSD+t.usedUSD) + t.KW(replicas)*t.perKW +
			t.People.Heads(t.Servers(replicas))*t.People.USD + t.ImplementUSD()
	}
	if t.prepared {
		servers := t.Servers(replicas)
		devices := replicas * t.DevicesPerReplica
		if t.SoldWhole {
			devices = servers * t.SlotsPerServer
		}
		return float64(devices)*t.deviceUSD + float64(servers)*t.serverUSD + t.People.Heads(servers)*t.People.USD + t.ImplementUSD()
	}
	return t.Capital(replicas) + t.Running(replicas) + t.ImplementUSD()
}

// RentTerms is what renting the devices of one set-up takes.
type RentTerms struct {
	Packing
	DeviceHourUSD float64
	HoursPerMonth float64 // switched on
	Storage       float64
	Egress        float64
	People        PeopleTerms
	Implement     float64
	Horizon       int
}

// DeviceHours returns the device hours that are billed a month.
func (t *RentTerms) DeviceHours(replicas int) float64 {
	return float64(t.Devices(replicas)) * t.HoursPerMonth
}

// PeopleUSD returns the people's cost a month.
func (t *RentTerms) PeopleUSD(replicas int) float64 {
	return t.People.Heads(t.Servers(replicas)) * t.People.USD
}

// ImplementUSD returns the project's cost spread over the horizon.
func (t *RentTerms) ImplementUSD() float64 {
	if t.Horizon <= 0 {
		return t.Implement
	}
	return t.Implement / float64(t.Horizon)
}

// Running returns the cash of a month.
func (t *RentTerms) Running(replicas int) float64 {
	return t.DeviceHours(replicas)*t.DeviceHourUSD + t.Storage + t.Egress + t.PeopleUSD(replicas)
}

// Monthly returns the cost of a month with this many replicas.
func (t *RentTerms) Monthly(replicas int) float64 { return t.Running(replicas) + t.ImplementUSD() }
