package figure

import (
	"math"

	"hostwise/app/figure/format"
)

// The samples exercise every layer. Their numbers are made up; only their shapes matter.

var sampleFoot = []Fact{
	{"A call", "2,000 tokens in, 600 out, 1,400 thinking"}, {"Retries", "10 %"}, {"Peak hour", "2.5 × the average"},
	{"API", "$0.70 in, $2.50 out a million"}, {"Own", "$350 k over 48 months, 0.5 FTE"},
}

const (
	sampleSource = "Sources: 46 listings, newest 2026-08-21 (94 days old); street price of the server, June 2026; speed modelled from 37 measured runs."
	sampleBrand  = "Hostwise 1.0 · catalogue 2026-11-23"
)

var samples = map[string]func() Figure{
	"memory": sampleMemory, "monthly-cost": sampleCost, "tornado": sampleTornado, "over-time": sampleOverTime,
	"capacity": sampleCapacity, "win-map": sampleWinMap, "quality-cost": sampleQuality, "break-even": sampleBreakEven,
	"cost-per-call": sampleCostPerCall, "distribution": sampleDistribution, "accuracy": sampleAccuracy, "bridge": sampleBridge,
}

func sampleMemory() Figure {
	gb := func(v ...float64) []float64 {
		for i := range v {
			v[i] *= 1e9
		}
		return v
	}
	rows := []struct {
		label, sub string
		parts      []float64
		low, high  float64
		text       string
	}{
		{"BF16, converted", "16 devices", gb(1375, 22, 276, 68, 36), 1720, 1802, "1,777"},
		{"FP8, as released", "8 devices", gb(683, 18, 129, 35, 18), 855, 895, "883"},
		{"Q8_0", "8 devices", gb(713, 18, 0, 30, 4), 745, 803, "765"},
		{"NVFP4", "8 Blackwell devices", gb(406, 20, 129, 34, 19), 578, 620, "608"},
		{"AWQ 4-bit", "8 devices", gb(364, 18, 129, 35, 18), 535, 578, "564"},
		{"Q4_K_M", "8 devices", gb(404, 18, 0, 30, 4), 438, 495, "456"},
		{"UD-IQ1_S, 1.58-bit", "2 devices", gb(138, 20, 0, 8, 2), 160, 182, "168"},
	}
	f := Figure{
		ID: "memory", Title: "R1 in FP8 fits one 8 × H200 and misses 8 × H100 by 243 GB",
		Subtitle: "Memory over all devices by precision, GB, eight requests of 32,768 tokens at once. Bars likely, whiskers 8 of 10.",
		X:        Axis{Unit: format.Unit{Kind: format.KindBytes}},
		Foot: []Fact{{"Model", "DeepSeek-R1, 671B"}, {"Cache", "BF16, copied on every device in vLLM"}, {"Engines", "vLLM 0.11, SGLang, llama.cpp"},
			{"GB", "decimal"}, {"Evidence", "weights measured, totals likely"}},
		Source: "Sources: tensor inventory of the published weights; 184 measured memory cases.", Brand: sampleBrand,
		Alt: "Stacked bars of memory by precision.",
	}
	s := Stacks{NameParts: true, Parts: []Part{{"weights", PaintWeights, false}, {"cache", PaintCache, false}, {"its copies", PaintCache, true},
		{"compute", PaintCompute, false}, {"runtime", PaintRuntime, false}}}
	for i, r := range rows {
		strong := i == 1
		f.Rows = append(f.Rows, Row{Label: r.label, Sub: r.sub, Strong: strong})
		s.Bars = append(s.Bars, Bar{Row: i, Values: r.parts, Range: &Span{r.low * 1e9, r.high * 1e9}, Label: r.text, Strong: strong})
	}
	f.Layers = []Layer{s,
		RefLine{At: 640e9, Label: "8 × H100 holds 640", Above: true}, RefLine{At: 1128e9, Label: "8 × H200 holds 1,128", Above: true},
		Note{At: XY{895e9, 1}, Text: "243 GB too much for 8 × H100, 245 GB to spare on 8 × H200"}}
	return f
}

// sampleCurve returns an API line, an owned step line and a rented one.
func sampleCurve() (calls, api, own, rent, mixed []float64) {
	for i := 0; i <= 74; i++ {
		v := math.Pow(10, 5+2.301*float64(i)/74)
		steps := math.Ceil(v / 3.6e6)
		calls, api = append(calls, v), append(api, 700+0.0077*v)
		own, rent = append(own, 7000+12000*steps), append(rent, 15500+12500*steps)
		mixed = append(mixed, math.Min(20200+0.006*math.Max(0, v-2.6e6), 7800+12200*steps))
	}
	return calls, api, own, rent, mixed
}

func xys(x, y []float64) []XY {
	out := make([]XY, len(x))
	for i := range x {
		out[i] = XY{x[i], y[i]}
	}
	return out
}

func scaledBy(v []float64, f float64) []float64 {
	out := make([]float64, len(v))
	for i := range v {
		out[i] = v[i] * f
	}
	return out
}

func sampleCost() Figure {
	calls, api, own, rent, mixed := sampleCurve()
	return Figure{
		ID: "monthly-cost", Title: "The API is cheaper below 2.6 M calls a month",
		Subtitle: "Monthly cost by calls a month, USD, both scales log. Lines likely, bands 8 of 10 futures for API and own.",
		X:        Axis{Title: "Calls a month", Scaling: Log, Unit: format.Unit{Kind: format.KindCount}, Min: 1e5, Max: 2e7},
		Y:        Axis{Scaling: Log, Unit: format.Unit{Kind: format.KindMoney}, Min: 1000, Max: 300_000},
		Layers: []Layer{
			Tint{Low: 7e5, High: 2e6, Paint: PaintAccent, Label: "your range, 0.7 to 2 M"},
			Band{Paint: PaintAPI, X: calls, Low: scaledBy(api, 0.66), High: scaledBy(api, 1.75)},
			Band{Paint: PaintOwn, X: calls, Low: scaledBy(own, 0.77), High: scaledBy(own, 1.28)},
			Line{Name: "Mixed", Points: xys(calls, mixed), Paint: PaintMixed, Label: "Mixed"},
			Line{Name: "Rent", Points: xys(calls, rent), Paint: PaintRent, Step: true, Label: "Rent", Inline: "Rent 8 × H200"},
			Line{Name: "Own", Points: xys(calls, own), Paint: PaintOwn, Step: true, Label: "Own", Inline: "Own 8 × H200"},
			Line{Name: "API", Points: xys(calls, api), Paint: PaintAPI, Label: "API", Inline: "API, market median"},
			RefLine{At: 1.2e6, Label: "you are here", Sub: "1.2 M, API $9.6 k", Dash: Dotted, Dot: true, DotAt: 700 + 0.0077*1.2e6, DotPaint: PaintAPI, Side: SideLeft},
			Marker{At: XY{2.37e6, 19000}, Label: "Owning pays from 2.4 M", Sub: "8 of 10 futures: 1.4 to 4.4 M", Range: &Span{1.4e6, 4.4e6}},
			Note{At: XY{3.6e6, 25000}, Text: "8 × H200 is full at 3.6 M: a second replica is bought"},
		},
		Foot: sampleFoot, Source: sampleSource, Brand: sampleBrand, Alt: "Cost lines of four routes.",
	}
}

func sampleTornado() Figure {
	rows := []struct {
		label, low, high, flips string
		a, b                    float64
	}{
		{"Calls a month", "700 k", "2 M", "2.6 M", 13300, 4200}, {"API output price", "$1.70", "$4.00", "$5.60", 12550, 4800},
		{"Staff to run the server", "0.25 FTE", "0.75 FTE", "never", 6050, 13550}, {"Thinking tokens a call", "800", "2,400", "4,400", 11800, 6500},
		{"Server life", "36 months", "72 months", "never", 12000, 7650}, {"Server price", "$300 k", "$420 k", "never", 8300, 11900},
		{"Cost of capital", "5 %", "15 %", "never", 9050, 11000}, {"Electricity, a kWh", "$0.08", "$0.25", "never", 9400, 10450},
		{"Retries", "5 %", "18 %", "never", 10200, 9200},
	}
	f := Figure{
		ID: "tornado", Title: "No single assumption overturns the API at 1.2 M calls",
		Subtitle: "How much cheaper the API is than owning, USD a month, when one answer moves from its low to its high value.",
		X:        Axis{Unit: format.Unit{Kind: format.KindMoney}, Min: -1500, Max: 15500},
		Foot:     sampleFoot, Source: sampleSource, Brand: sampleBrand,
	}
	s := Spans{Above: PaintAPI, Below: PaintOwn, Split: true}
	col := Column{Title: "owning wins at"}
	for i, r := range rows {
		f.Rows = append(f.Rows, Row{Label: r.label})
		s.Bars = append(s.Bars, FromTo{Row: i, Low: r.a, High: r.b, LowText: r.low, HighText: r.high})
		col.Cells = append(col.Cells, Cell{r.flips, r.flips != "never"})
	}
	f.Columns = []Column{col}
	f.Layers = []Layer{Tint{Low: -1500, High: 0, Paint: PaintOwn}, s,
		RefLine{At: 0, Dash: Dashed, Label: "own wins", Other: "API wins", Above: true},
		RefLine{At: 9800, Label: "now $9.8 k", Above: true}}
	return f
}

func sampleOverTime() Figure {
	var months, own, rent []float64
	for m := 0; m <= 60; m++ {
		months = append(months, float64(m))
		own = append(own, 720_000+19_000*float64(m))
		rent = append(rent, 52_000*float64(m))
	}
	return Figure{
		ID: "over-time", Title: "Owning overtakes renting in month 22",
		Subtitle: "Money spent since the start, USD, with growth and price change.",
		X:        Axis{Title: "Months from the start", Unit: format.Unit{Kind: format.KindMonths}},
		Y:        Axis{Unit: format.Unit{Kind: format.KindMoney}},
		Layers: []Layer{
			Band{Paint: PaintRent, X: months, Low: scaledBy(rent, 0.8), High: scaledBy(rent, 1.3)},
			Band{Paint: PaintOwn, X: months, Low: scaledBy(own, 0.88), High: scaledBy(own, 1.2)},
			Line{Name: "Rent", Points: xys(months, rent), Paint: PaintRent, Label: "Rent"},
			Line{Name: "Own", Points: xys(months, own), Paint: PaintOwn, Label: "Own"},
			Marker{At: XY{22, 1_138_000}, Label: "month 22", Sub: "8 of 10 futures: month 16 to 31"},
		},
		Foot: sampleFoot, Source: sampleSource, Brand: sampleBrand,
	}
}

func sampleCapacity() Figure {
	var n, total, user []float64
	for c := 1.0; c <= 256; c *= math.Sqrt2 {
		speed := 62 / (1 + c/40)
		n, total, user = append(n, c), append(total, speed*c), append(user, speed)
	}
	return Figure{
		ID: "capacity", Title: "One 8 × H200 answers 54 people at once at 26 tokens a second",
		Subtitle: "Speed of one replica by requests at once, tokens a second: in all on the left, for each person on the right.",
		X:        Axis{Title: "Requests at once", Scaling: Log, Unit: format.Unit{Kind: format.KindCount}},
		Y:        Axis{Title: "In all, tok/s", Unit: format.Unit{Kind: format.KindRate}},
		Right:    &Axis{Title: "Each person, tok/s", Unit: format.Unit{Kind: format.KindRate}},
		Layers: []Layer{
			Line{Name: "In all", Points: xys(n, total), Paint: PaintNeutralStrong, Label: "in all"},
			Line{Name: "Each person", Points: xys(n, user), Paint: PaintInk, Right: true, Label: "each person"},
			RefLine{At: 20, Label: "your busiest hour", Sub: "20 at once", Dash: Dotted},
			RefLine{At: 54, Label: "memory is full", Sub: "54 at once"},
		},
		Foot: sampleFoot, Source: sampleSource, Brand: sampleBrand,
	}
}

func sampleWinMap() Figure {
	var c Cells
	const nx, ny = 40, 28
	for i := range nx {
		c.X = append(c.X, math.Pow(10, 5+2.301*(float64(i)+0.5)/nx))
	}
	for j := range ny {
		c.Y = append(c.Y, 3*math.Pow(20, (float64(j)+0.5)/ny))
	}
	for _, months := range c.Y {
		var who []Paint
		var deep []int
		for _, calls := range c.X {
			api, own, rent := 0.0077*calls, 8000+700_000/months*0.5+0.0012*calls, 22_000+0.0013*calls
			mixed := 0.93*math.Min(own, rent) + 5000*math.Abs(math.Log(calls/5e6))
			best, second, paint := math.Inf(1), math.Inf(1), PaintAPI
			for p, v := range map[Paint]float64{PaintAPI: api, PaintOwn: own, PaintRent: rent, PaintMixed: mixed} {
				if v < best {
					best, second, paint = v, best, p
				} else if v < second {
					second = v
				}
			}
			who, deep = append(who, paint), append(deep, DepthOfChance(0.5+(second-best)/best))
		}
		c.Winner, c.Depth = append(c.Winner, who), append(c.Depth, deep)
	}
	f := Figure{
		ID: "win-map", Title: "You sit well inside the API’s ground",
		Subtitle: "Cheapest route by calls a month and months you need it, both scales log; colour depth is the chance that it is the cheapest.",
		X:        Axis{Title: "Calls a month", Scaling: Log, Unit: format.Unit{Kind: format.KindCount}, Min: 1e5, Max: 2e7},
		Y:        Axis{Title: "Months you need it", Scaling: Log, Unit: format.Unit{Kind: format.KindMonths}, Min: 3, Max: 60, Ticks: []float64{3, 6, 12, 24, 36, 48, 60}},
		Layers: []Layer{c,
			Cross{At: XY{1.2e6, 48}, X: &Span{7e5, 2e6}, Y: &Span{36, 60}, Paint: PaintAPI, Label: "You are here", Sub: "1.2 M, 48 months"},
			Plate{At: XY{3e5, 8}, Label: "API", Sub: "cheapest however long you need it"},
			Plate{At: XY{9e6, 6}, Label: "Rent", Sub: "when it ends sooner"},
			Plate{At: XY{1e7, 45}, Label: "Own", Sub: "when it lasts three years or more"},
		},
		Foot: sampleFoot, Source: sampleSource, Brand: sampleBrand,
	}
	routes := []Paint{PaintAPI, PaintRent, PaintOwn}
	for depth, text := range map[int]string{4: "90 and more of 100", 3: "75 to 90", 2: "60 to 75", 1: "under 60, a toss-up"} {
		f.Keys = append(f.Keys, Key{Depths: routes, Depth: depth, Text: text})
	}
	for i := range f.Keys { // a map has no order
		for j := i + 1; j < len(f.Keys); j++ {
			if f.Keys[j].Depth > f.Keys[i].Depth {
				f.Keys[i], f.Keys[j] = f.Keys[j], f.Keys[i]
			}
		}
	}
	return f
}

func sampleQuality() Figure {
	at := []XY{{9600, 79.8}, {4200, 72.6}, {2100, 69.7}, {900, 55.5}, {12000, 70.0}, {19000, 79.8}}
	return Figure{
		ID: "quality-cost", Title: "R1 costs twice the 32B distill and solves 7 more of 100",
		Subtitle: "AIME 2024, solved of 100, by monthly cost, USD, log. The line joins what nothing beats on both.",
		X:        Axis{Title: "Monthly cost", Scaling: Log, Unit: format.Unit{Kind: format.KindMoney}},
		Y:        Axis{Min: 50, Max: 85},
		Layers: []Layer{
			Line{Name: "frontier", Points: []XY{{900, 55.5}, {2100, 69.7}, {4200, 72.6}, {9600, 79.8}}, Step: true, Thin: true, Paint: PaintInk3},
			Points{Name: "API", Paint: PaintAPI, At: at[:2], Labels: []string{"R1, API", "32B, API"}, Strong: []bool{true, false}},
			Points{Name: "Own", Paint: PaintOwn, At: at[2:4], Labels: []string{"14B, own", "7B, own"}},
			Points{Name: "Rent", Paint: PaintRent, At: at[4:5], Labels: []string{"70B, rent"}},
			Points{Name: "Ruled out", Paint: PaintOwn, Hollow: true, At: at[5:], Labels: []string{"R1, own: over the limit"}},
		},
		Foot: sampleFoot, Source: sampleSource, Brand: sampleBrand,
	}
}

func sampleBreakEven() Figure {
	return Figure{
		ID: "break-even", Title: "Owning pays from 2.6 M calls a month, twice your volume",
		Subtitle: "Calls a month from which each route is cheaper than the API, log. Dots likely, bars 8 of 10 futures.",
		X:        Axis{Title: "Calls a month", Scaling: Log, Unit: format.Unit{Kind: format.KindCount}, Min: 1e5, Max: 1e8},
		Rows: []Row{{Label: "Own 8 × H200", Swatch: PaintOwn, Strong: true}, {Label: "Own one, spill to API", Swatch: PaintMixed},
			{Label: "Rent 8 × H200", Swatch: PaintRent}, {Label: "Own 16 × H100", Swatch: PaintOwn, Muted: true}},
		Columns: []Column{{Title: "from", Cells: []Cell{{"2.6 M", true}, {"2.9 M", true}, {"4.1 M", true}, {"–", false}}}},
		Layers: []Layer{
			RangeMarks{[]RangeMark{{Row: 0, Low: 1.4e6, Likely: 2.6e6, High: 4.4e6, Paint: PaintOwn}, {Row: 1, Low: 1.9e6, Likely: 2.9e6, High: 5e6, Paint: PaintMixed},
				{Row: 2, Low: 2.2e6, Likely: 4.1e6, High: 9e6, Paint: PaintRent, Text: "in 71 of 100 futures"}, {Row: 3, NoDot: true, Text: "never: the API stays cheaper"}}},
			RefLine{At: 1.2e6, Label: "you are here, 1.2 M", Dash: Dotted, Above: true},
		},
		Foot: sampleFoot, Source: sampleSource, Brand: sampleBrand,
	}
}

func sampleCostPerCall() Figure {
	return Figure{
		ID: "cost-per-call", Title: "A successful call costs 0.80 ¢ by API, twice that owned",
		Subtitle: "Cost of one successful call, log. Dots likely, bars 8 of 10 futures.",
		X:        Axis{Scaling: Log, Unit: format.Unit{Kind: format.KindMoney}},
		Rows: []Row{{Label: "API, market median", Sub: "DeepSeek-R1", Swatch: PaintAPI, Strong: true}, {Label: "Own 8 × H200", Sub: "DeepSeek-R1, FP8", Swatch: PaintOwn},
			{Label: "Rent 8 × H200", Sub: "DeepSeek-R1, FP8", Swatch: PaintRent}, {Label: "Own, 32B distill", Sub: "weaker", Swatch: PaintOwn, Muted: true}},
		Columns: []Column{{Title: "a call", Cells: []Cell{{"0.80 ¢", true}, {"1.6 ¢", false}, {"2.3 ¢", false}, {"0.65 ¢", false}}},
			{Title: "a month", Cells: []Cell{{"$9.6 k", true}, {"$19 k", false}, {"$28 k", false}, {"$7.8 k", false}}}},
		Layers: []Layer{RangeMarks{[]RangeMark{
			{Row: 0, Low: 0.0041, Likely: 0.008, High: 0.0158, Paint: PaintAPI}, {Row: 1, Low: 0.0125, Likely: 0.016, High: 0.02, Paint: PaintOwn},
			{Row: 2, Low: 0.019, Likely: 0.023, High: 0.029, Paint: PaintRent}, {Row: 3, Low: 0.005, Likely: 0.0065, High: 0.0081, Paint: PaintOwn, Hollow: true, Faint: true}}}},
		Foot: sampleFoot, Source: sampleSource, Brand: sampleBrand,
	}
}

func sampleDistribution() Figure {
	h := Histogram{Paint: PaintNeutral, Edges: []float64{0}}
	for i := range 24 {
		h.Edges = append(h.Edges, float64(i+1)*1250)
		h.Counts = append(h.Counts, math.Round(160*math.Exp(-math.Pow(float64(i)-8, 2)/30)))
	}
	return Figure{
		ID: "distribution", Title: "In 8 of 10 futures the API costs $4.9 k to $19 k a month",
		Subtitle: "1,000 futures drawn from your ranges, by monthly cost of the API, USD.",
		X:        Axis{Title: "Monthly cost", Unit: format.Unit{Kind: format.KindMoney}}, Y: Axis{Unit: format.Unit{Kind: format.KindCount}},
		Layers: []Layer{Tint{Low: 4900, High: 19000, Paint: PaintAccent, Label: "8 of 10"}, h,
			RefLine{At: 9600, Label: "likely $9.6 k", Above: true}, RefLine{At: 19000, Label: "owning is cheaper", Dash: Dashed, Above: true}},
		Foot: sampleFoot, Source: sampleSource, Brand: sampleBrand,
	}
}

func sampleAccuracy() Figure {
	x := []float64{12, 2000}
	rates := format.Unit{Kind: format.KindRate}
	return Figure{
		ID: "accuracy", Title: "10 of 12 speed estimates are within 10 % of the measurement",
		Subtitle: "Estimated by measured output tokens a second for each device, both scales log.",
		X:        Axis{Title: "Measured", Scaling: Log, Unit: rates, Min: 12, Max: 2000}, Y: Axis{Title: "Estimated", Scaling: Log, Unit: rates, Min: 12, Max: 2000},
		Layers: []Layer{
			Band{Paint: PaintNeutral, X: x, Low: scaledBy(x, 0.75), High: scaledBy(x, 1.25)}, Band{Paint: PaintNeutralStrong, X: x, Low: scaledBy(x, 0.9), High: scaledBy(x, 1.1)},
			Line{Name: "exact", Points: xys(x, x), Paint: PaintInk, Thin: true},
			Points{Paint: PaintInk, Shape: ShapeCircle, Small: true, At: []XY{{24, 24}, {44, 46}, {60, 61}, {220, 224}, {300, 310}}},
			Points{Paint: PaintInk, Shape: ShapeDiamond, Small: true, Hollow: true, At: []XY{{42, 34}, {70, 65}, {520, 455}}, Labels: []string{"B300 FP4, 1 stream: −18 %", "", ""}},
			Points{Paint: PaintInk, Shape: ShapeTriangle, Small: true, At: []XY{{150, 152}, {780, 940}, {320, 460}}, Labels: []string{"", "MI355X, drafting: +20 %", "B200 FP4, 64 streams: +46 %"}},
		},
	}
}

func sampleBridge() Figure {
	return Figure{
		ID: "bridge", Title: "Twice the calls cost $9.6 k more; caching gives $2.1 k back",
		Subtitle: "From case A to case B, USD a month, one change after the other.",
		X:        Axis{Unit: format.Unit{Kind: format.KindMoney}},
		Rows:     []Row{{Label: "Case A", Strong: true}, {Label: "Calls a month", Sub: "1.2 M → 2.4 M"}, {Label: "Repeated input", Sub: "0 % → 40 %"}, {Label: "Retries", Sub: "10 % → 5 %"}, {Label: "Case B", Strong: true}},
		Layers: []Layer{Spans{Above: PaintNeutral, Bars: []FromTo{
			{Row: 0, Low: 0, High: 9600, HighText: "$9.6 k", Paint: PaintNeutralStrong, OwnPaint: true, Connect: true},
			{Row: 1, Low: 9600, High: 19200, HighText: "+$9.6 k", Connect: true}, {Row: 2, Low: 17100, High: 19200, HighText: "−$2.1 k", Connect: true, ConnectLow: true},
			{Row: 3, Low: 16300, High: 17100, HighText: "−$800", Connect: true, ConnectLow: true},
			{Row: 4, Low: 0, High: 16300, HighText: "$16.3 k", Paint: PaintNeutralStrong, OwnPaint: true}}}},
		Foot: sampleFoot, Source: sampleSource, Brand: sampleBrand,
	}
}
