package calc

import (
	"hostwise/calc/catalog"
	"hostwise/calc/risk"
)

// dimension is one quantity that may be uncertain: an input of the table, or a fact of the catalogue that has a
// spread of its own. All routes share one draw of each.
type dimension struct {
	path  string // the input's path, or a name such as "catalogue.server_price"
	label string
	unit  Unit
	r     Range
	plain bool // on the plain scale: the key may be negative
	min   float64
	max   float64
	from  string // "you", "default" or "catalogue"
	fact  catalog.Fact
	input *Input // nil for a fact of the catalogue
	null  bool   // an input that stands at "from the catalogue"
	// ofModel is set where the person gave a range for single models: their answers vary with this dimension's
	// draw even where the common answer is exact.
	ofModel bool
}

// at returns the dimension's value at z of a standard normal, clipped to its limits.
func (d *dimension) at(z float64) float64 {
	v := risk.At(d.r, z, d.plain)
	if d.max > d.min {
		v = min(max(v, d.min), d.max)
	}
	return v
}

// uncertain reports whether the dimension has a spread.
func (d *dimension) uncertain() bool { return !d.r.IsExact() || d.ofModel }

// The dimensions that stand for facts of the catalogue. Prices are dollars per million tokens; the others are
// positions z on a standard normal, applied to each row's own range, so that one draw moves all devices alike.
const (
	dimMarketInput  = "catalogue.api_input_price"
	dimMarketCached = "catalogue.api_cached_price"
	dimMarketOutput = "catalogue.api_output_price"
	dimCloudInput   = "catalogue.cloud_input_price"
	dimCloudCached  = "catalogue.cloud_cached_price"
	dimCloudOutput  = "catalogue.cloud_output_price"
	dimServerPrice  = "catalogue.server_price"
	dimRentPrice    = "catalogue.rent_price"
	dimSpeed        = "catalogue.speed"
	dimReasoning    = "catalogue.reasoning_tokens"
)

// axes are the dimensions of one scenario and where to find them.
type axes struct {
	dims []dimension
	of   map[string]int

	calls, perTask, input, output, reasoning, cached, retry, fallback, peak int
	growth, ttft, perUser, reviewMinutes, reviewUSD                         int
	priceIn, priceHit, priceOut, peakShare, peakMult, batchShare, batchDisc int
	markup, platform, logging, apiFTE, apiChange                            int
	rentUSD, rentHours, storage, egress, serverUSD, install, network        int
	residual, capital, maintenance, kwh, pue, serverKW, load, space         int
	fte, ftePer, pay, implement, cap, baseShare                             int
	marketIn, marketHit, marketOut, hardware, rent, speed, thinking         int
	cloudIn, cloudHit, cloudOut                                             int
}

// point is one state of the world: a value for every dimension, and the z it came from.
type point struct {
	x []float64
	z []float64
	// apiTimes multiplies every API price, 0 = 1: what a fall of all of them together does.
	apiTimes float64
	forced   [2]int // places of inputs that are given here although the scenario leaves them to the catalogue; -1 = none
}

// newAxes lists the number inputs of a scenario; the catalogue's dimensions are added by the world.
func newAxes(s Scenario) *axes {
	a := &axes{of: map[string]int{}}
	for i := range Inputs {
		in := &Inputs[i]
		if in.Kind != Number {
			continue
		}
		v, given := s.Given(in.Path)
		d := dimension{
			path: in.Path, label: in.Label, unit: in.Unit, min: in.Min, max: in.Max,
			plain: in.Min < 0, from: "default", fact: in.Fact, input: in,
		}
		switch {
		case given:
			d.r, d.from = v.Number, "you"
			d.fact = catalog.Fact{Evidence: catalog.Yours, Source: "your answer"}
			if q, ok := s.Quote(in.Path); ok {
				d.fact = q.fact()
			}
		case in.Spread != nil:
			d.r = *in.Spread
		default:
			d.r = in.Default.Number
		}
		if given && v.Null || !given && in.Default.Null {
			d.from, d.fact, d.null = "catalogue", catalog.Fact{}, true
		}
		a.add(d)
	}
	for path, at := range map[string]*int{
		"workload.calls_per_month": &a.calls, "workload.calls_per_task": &a.perTask,
		"workload.input_tokens_per_call": &a.input, "workload.output_tokens_per_call": &a.output,
		"workload.reasoning_tokens_per_call": &a.reasoning, "workload.cached_input_share": &a.cached,
		"workload.retry_rate": &a.retry, "workload.fallback_rate": &a.fallback,
		"workload.peak_to_average": &a.peak, "workload.growth_per_month": &a.growth,
		"workload.max_ttft_seconds": &a.ttft, "workload.min_tokens_per_second_per_user": &a.perUser,
		"workload.review_minutes_per_call": &a.reviewMinutes, "workload.review_usd_per_hour": &a.reviewUSD,
		"api.input_usd_per_mtok": &a.priceIn, "api.cached_input_usd_per_mtok": &a.priceHit,
		"api.output_usd_per_mtok": &a.priceOut, "api.peak_hours_share": &a.peakShare,
		"api.peak_multiplier": &a.peakMult, "api.batch_share": &a.batchShare,
		"api.batch_discount": &a.batchDisc, "api.gateway_markup": &a.markup,
		"api.platform_usd_per_month": &a.platform, "api.logging_usd_per_month": &a.logging,
		"api.staff_fte": &a.apiFTE, "api.change_per_year": &a.apiChange,
		"finance.rent_usd_per_device_hour": &a.rentUSD, "finance.rent_hours_per_week": &a.rentHours,
		"finance.storage_usd_per_month": &a.storage, "finance.egress_usd_per_month": &a.egress,
		"finance.server_usd": &a.serverUSD, "finance.install_share": &a.install,
		"finance.network_share": &a.network, "finance.residual_share": &a.residual,
		"finance.cost_of_capital_per_year": &a.capital, "finance.maintenance_share_per_year": &a.maintenance,
		"finance.electricity_usd_per_kwh": &a.kwh, "finance.pue": &a.pue, "finance.server_kw": &a.serverKW,
		"finance.power_load_share": &a.load, "finance.space_usd_per_kw_month": &a.space,
		"finance.staff_fte": &a.fte, "finance.staff_fte_per_extra_server": &a.ftePer,
		"finance.staff_usd_per_month": &a.pay, "finance.implementation_usd": &a.implement,
		"finance.utilisation_cap": &a.cap, "mixed.base_share": &a.baseShare,
	} {
		i, ok := a.of[path]
		if !ok {
			panic("calc: no number input " + path)
		}
		*at = i
	}
	return a
}

// add appends a dimension and returns its place.
func (a *axes) add(d dimension) int {
	a.of[d.path] = len(a.dims)
	a.dims = append(a.dims, d)
	return len(a.dims) - 1
}

// likely returns the state with everything at its likely value.
func (a *axes) likely() *point {
	return a.reset(&point{x: make([]float64, len(a.dims)), z: make([]float64, len(a.dims))})
}

// reset makes a state the likely one.
func (a *axes) reset(p *point) *point {
	for i := range a.dims {
		p.x[i] = a.dims[i].r.Likely
	}
	clear(p.z)
	p.apiTimes, p.forced = 0, [2]int{-1, -1}
	return p
}

// moved returns the likely state with one dimension at z.
func (a *axes) moved(i int, z float64) *point {
	p := a.likely()
	p.z[i], p.x[i] = z, a.dims[i].at(z)
	return p
}

// given reports whether an input has a number of its own at this state.
func (a *axes) given(p *point, i int) bool {
	return !a.dims[i].null || p.forced[0] == i || p.forced[1] == i
}

// set returns the likely state with one dimension at a value.
func (a *axes) set(i int, v float64) *point { return a.put(a.likely(), i, v) }

// put moves one dimension of a state to a value, and returns the state.
func (a *axes) put(p *point, i int, v float64) *point {
	p.x[i] = v
	if a.dims[i].null {
		p.forced[1] = p.forced[0]
		p.forced[0] = i
	}
	return p
}

// draw fills p from one row of standard normals, a column for each place in cols.
func (a *axes) draw(p *point, cols []int, row []float64) {
	for j, i := range cols {
		p.z[i], p.x[i] = row[j], a.dims[i].at(row[j])
	}
}

// spreads reports whether a dimension has a spread.
func (a *axes) spreads(i int) bool { return a.dims[i].uncertain() }

// uncertain returns the places of the dimensions that have a spread.
func (a *axes) uncertain() []int {
	var cols []int
	for i := range a.dims {
		if a.dims[i].uncertain() {
			cols = append(cols, i)
		}
	}
	return cols
}
