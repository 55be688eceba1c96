package cost

import (
	"fmt"
	"math"

	"hostwise/calc/catalog"
)

// ServiceDay is one published day of a whole service: what ran, what was answered, and what its operator says that it
// cost and would have earned. It checks the arithmetic of the routes against figures that somebody else worked out.
type ServiceDay struct {
	Nodes                     float64 // mean over the day
	DevicesPerNode            int
	DeviceHourUSD             float64
	InputTokens, CachedTokens float64 // a day; the cached are part of the input
	OutputTokens              float64
	Price                     TokenPrice
	PublishedCost             float64 // USD a day
	PublishedRevenue          float64
	catalog.Fact
}

// DeepSeekDay is the day that DeepSeek published of its R1 and V3 service: 27 to 28 February 2025, all traffic priced
// at R1's list price of the time.
func DeepSeekDay() ServiceDay {
	return ServiceDay{
		Nodes: 226.75, DevicesPerNode: 8, DeviceHourUSD: 2,
		InputTokens: 608e9, CachedTokens: 342e9, OutputTokens: 168e9,
		Price:         TokenPrice{Input: 0.55, Cached: 0.14, Output: 2.19},
		PublishedCost: 87072, PublishedRevenue: 562027,
		Fact: catalog.Fact{Evidence: catalog.Confirmed, Source: "deepseek-ai/open-infra-index, day 6 overview", AsOf: "2025-03-01"},
	}
}

// hoursPerDay is what a day is billed for.
const hoursPerDay = 24

// DayCheck is one published amount beside what our own formulas make of the same figures.
type DayCheck struct {
	Name      string
	Lines     []Line
	Ours      float64 // USD a day
	Published float64
	Words     string // what the two have to do with each other
}

// Gap is ours less the published amount.
func (c DayCheck) Gap() float64 { return c.Ours - c.Published }

// Checks works the day out with the code that prices the routes: the devices as rented by the hour, the tokens as
// billed by an API.
func (d ServiceDay) Checks() []DayCheck {
	return []DayCheck{d.rented(), d.wholeNodes(), d.billed()}
}

func (d ServiceDay) rented() DayCheck {
	devices := d.Nodes * float64(d.DevicesPerNode)
	line := Line{
		ID: "devices", Label: "Devices by the hour", Unit: "device hours", Quantity: devices * hoursPerDay, UnitUSD: d.DeviceHourUSD,
		Formula:  fmt.Sprintf("%g nodes × %d devices × %d h × $%g", d.Nodes, d.DevicesPerNode, hoursPerDay, d.DeviceHourUSD),
		Evidence: d.Evidence, Source: d.Source,
	}
	return DayCheck{Name: "What the day cost", Lines: []Line{line}, Ours: line.USD(), Published: d.PublishedCost,
		Words: fmt.Sprintf("The published mean of %g nodes gives the published amount exactly.", d.Nodes)}
}

// wholeNodes prices the same day as our rented route does: nodes are bought whole.
func (d ServiceDay) wholeNodes() DayCheck {
	nodes := int(math.Ceil(d.Nodes))
	terms := RentTerms{
		Packing:       Packing{DevicesPerReplica: d.DevicesPerNode, SlotsPerServer: d.DevicesPerNode, SoldWhole: true},
		DeviceHourUSD: d.DeviceHourUSD, HoursPerMonth: hoursPerDay,
	}
	line := Line{
		ID: "whole-nodes", Label: "The same, in whole nodes", Unit: "device hours", Quantity: terms.DeviceHours(nodes), UnitUSD: d.DeviceHourUSD,
		Formula:  fmt.Sprintf("%d nodes × %d devices × %d h × $%g", nodes, d.DevicesPerNode, hoursPerDay, d.DeviceHourUSD),
		Evidence: d.Evidence, Source: d.Source,
	}
	return DayCheck{Name: "The same day in whole nodes", Lines: []Line{line}, Ours: line.USD(), Published: d.PublishedCost,
		Words: fmt.Sprintf("A rented route buys whole nodes, %d of them for a mean of %g: that is why it says more.", nodes, d.Nodes)}
}

func (d ServiceDay) billed() DayCheck {
	misses := d.InputTokens - d.CachedTokens
	line := func(id, label string, tokens, price float64) Line {
		return Line{ID: id, Label: label, Unit: "million tokens", Quantity: tokens / 1e6, UnitUSD: price,
			Formula:  fmt.Sprintf("%g bn tokens × $%g a million", tokens/1e9, price),
			Evidence: d.Evidence, Source: d.Source}
	}
	day := Work{Calls: 1, Input: d.InputTokens, Output: d.OutputTokens, CacheHits: d.CachedTokens / d.InputTokens}
	return DayCheck{
		Name: "What the tokens would have earned",
		Lines: []Line{
			line("misses", "Input, not cached", misses, d.Price.Input),
			line("hits", "Input, cached", d.CachedTokens, d.Price.Cached),
			line("output", "Output", d.OutputTokens, d.Price.Output),
		},
		Ours: APITerms{Price: d.Price}.Monthly(day), Published: d.PublishedRevenue,
		Words: "The published token counts are rounded to whole thousand millions. The gap is that rounding.",
	}
}

// RoundingUSD is the most by which rounding of the three token counts to whole thousand millions can move the revenue:
// half of one at each price.
func (d ServiceDay) RoundingUSD() float64 {
	const half = 0.5e9 / 1e6
	return half * (d.Price.Input + math.Abs(d.Price.Input-d.Price.Cached) + d.Price.Output)
}
