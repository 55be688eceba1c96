package results

import (
	"fmt"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
)

// part is a paragraph of an explanation: words, or a formula with the numbers filled in.
type part struct {
	title   string
	words   string
	formula string
}

func (p part) object() fyne.CanvasObject {
	body := ui.Column(4)
	if p.title != "" {
		body.Add(ui.NewText(ui.BodyStrong, p.title).Wrapped())
	}
	if p.words != "" {
		body.Add(ui.NewText(ui.Secondary, p.words).In(ui.ColorInk2).Wrapped())
	}
	if p.formula != "" {
		body.Add(ui.NewText(ui.Code, p.formula).In(ui.ColorInk2).Wrapped())
	}
	return body
}

// explain says how a figure's numbers come about, with this case's own.
func explain(id string, v view) []part {
	switch id {
	case "memory":
		return explainMemory(v)
	case "tornado":
		return []part{
			{words: "Each bar moves one answer from the low end of its range to the high end (its tenth and its ninetieth part in a hundred) and leaves all others at their likely value."},
			{title: "What is measured", formula: "cheapest route of another kind − the verdict's route, dollars a month", words: "Left of zero the verdict changes. Only the kind of route counts, not which of its routes."},
			{words: "Set-ups are kept as chosen at the likely values; demand, replicas and cost are worked out anew."},
		}
	case "over-time":
		return []part{
			{title: "Money spent since the start", formula: "up front + the sum of every month so far", words: "Growth and yearly price changes act from the second month on. What is bought counts in full when it is bought."},
			{title: "Horizon", words: fmt.Sprintf("%.0f months. What devices are still worth at the end is taken off then.", v.scenario.Likely("finance.horizon_months"))},
		}
	case "capacity":
		return []part{{words: "Output speed of one replica as more requests run at once. Measured runs anchor the line; between them it is interpolated, beyond them it is marked as extrapolated."},
			{title: "Nearest measured run", words: v.a.Throughput.Nearest}}
	case figure.LoadDurationID:
		return explainMix(v)
	case "break-even":
		return []part{{words: "For every volume both routes are priced on whole devices. A crossing is the volume at which the cheaper one changes; both sides were checked."}}
	case "cost-per-call":
		return []part{{formula: "dollars a month / successful calls", words: "Failed attempts are paid for but do not count."}}
	case "quality-cost":
		return []part{{words: "What each model scores on the benchmarks that both cite, against what a month costs. Scores are the vendors' own unless a badge says otherwise."}}
	}
	return explainMonthly(v)
}

func explainMix(v view) []part {
	m := v.a.Mix
	parts := []part{{words: "The hours of the month stand from the busiest to the quietest. Own devices carry every hour up to what they hold; only what is above them goes to the API, so they stay busy and the API pays for the peaks."}}
	if m.Replicas > 0 {
		parts = append(parts, part{title: "The best split", formula: fmt.Sprintf("%s on own devices: %s of the calls", replicas(m.Replicas), format.Share(m.OwnShare)),
			words: "Every number of replicas from none to what owning alone would need was priced; this one costs least."})
		saving := "It saves " + v.cur.Money(m.SavingUSD) + " a month against the cheaper of owning alone and the API alone."
		if m.SavingUSD <= 0 {
			saving = "It costs " + v.cur.Money(-m.SavingUSD) + " a month more than the cheaper of owning alone and the API alone, so it is no route here."
		}
		parts = append(parts, part{title: "Saving", words: saving})
	}
	return append(parts, part{title: "Shape of the load", formula: "load at a share u of hours = mean × peak × (1 − u) ^ (peak − 1)", words: "Or your own week, hour by hour, sorted."})
}

func explainMonthly(v view) []part {
	parts := []part{{words: "At every volume each route is priced anew: whole servers and replicas for the busiest hour of a month of 730 hours, every token of every attempt for an API."}}
	for _, id := range []string{v.a.Verdict.Route} {
		r := v.a.Route(id)
		if r == nil || r.Monthly == nil {
			continue
		}
		for _, l := range r.Lines {
			if l.USD > 0 {
				parts = append(parts, part{title: l.Label + ", " + v.cur.Total(l.USD), formula: l.Formula})
			}
		}
	}
	return append(parts,
		part{title: "Bands", words: "Between the edges of a band lie 8 of 10 futures, drawn from the ranges of every uncertain answer."},
		part{title: "Lines", words: "The verdict's route and the cheapest feasible route of each kind. The lines themselves are the likely values; they do not hang on the draws."})
}

func explainMemory(v view) []part {
	d := v.a.Deployment
	parts := []part{{words: "Weights come from the exact list of tensors of each precision, not from one number of bytes a parameter. The cache is reserved for the longest request of every sequence."}}
	for _, o := range d.Overheads {
		parts = append(parts, part{title: o.Part + ", " + format.Bytes(o.Bytes), formula: o.Formula, words: o.Why})
	}
	return append(parts, part{title: "Raw views", words: "Parameters × bits, weights only: what articles print. No engine runs on that alone, so they stand apart."})
}
