package guide

import (
	"cmp"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
	"hostwise/calc/memory"
)

// tabled reports whether the answers to a question are set-ups, shown as a table.
func tabled(in *calc.Input) bool {
	return in.Kind == calc.DeviceRef && in.Path != "deployment.second_device" || in.Kind == calc.PrecisionRef
}

// setupColumns are the columns of a table of set-ups beside the name: memory, speed, a month of owning.
var setupColumns = ui.TableColumns{Widths: []float32{126, 92, 80}}

// setupHead names the columns of a table of set-ups.
func setupHead(in *calc.Input) fyne.CanvasObject {
	first := wordsDevice
	if in.Kind == calc.PrecisionRef {
		first = wordsPrecision
	}
	head := func(words string, right bool) fyne.CanvasObject {
		t := ui.NewText(ui.Caption, words).In(ui.ColorInk3).Cut()
		if right {
			t.Right()
		}
		return t
	}
	return ui.Pad(0, 12, besideOrBelow(ui.Inset(0, 0, 0, 28, head(first, false)),
		ui.Fixed(setupWidth, 0, setupColumns.Row(18, head(wordsMemoryNeeded, false), head(wordsTokensASecond, true), head(wordsOwnAMonth, true)))))
}

// setupWidth is the width of the columns of a table of set-ups, gaps included.
const setupWidth = 126 + 92 + 80 + 2*ui.CellGap

// setupCells is what stands beside the name of a set-up.
func setupCells(s *calc.EffectSetup, cur format.Currency) fyne.CanvasObject {
	used, capacity := s.Memory.Used*float64(s.Devices), s.Memory.Capacity*float64(s.Devices)
	bar := ui.Column(2, newFitBar(s), ui.NewText(ui.Caption, sizeWords(used, capacity)).In(ui.ColorInk3).Cut())
	speed := ui.Column(2, ui.NewText(ui.Body, speedWords(s.TokS)).Right())
	if s.TokS > 0 {
		speed.Add(ui.Row(0, ui.Spring(), basisBadge(s.Basis)))
	}
	cost := ui.NewText(ui.BodyStrong, "").Right()
	if s.OwnUSD != nil {
		cost.SetText(money(cur, *s.OwnUSD))
	} else {
		cost = ui.NewText(ui.Secondary, setupProblem(s)).In(ui.ColorWarning).Right()
	}
	return ui.Fixed(setupWidth, 0, setupColumns.Row(40, bar, speed, cost))
}

func sizeWords(used, capacity float64) string {
	if used <= 0 || capacity <= 0 {
		return ""
	}
	return fmt.Sprintf("%s of %s GB", format.Gigabytes(used), format.Gigabytes(capacity))
}

func speedWords(v float64) string {
	if v <= 0 {
		return ""
	}
	return format.Count(v)
}

// basisBadge is the evidence behind a speed: measured, near a measured run, or modelled.
func basisBadge(basis string) fyne.CanvasObject {
	switch basis {
	case "measured":
		return ui.NewBadge("measured")
	case "interpolated", "scaled":
		return ui.NewBadge("likely")
	}
	return ui.NewBadge("speculation")
}

// setupOptions are the answers as rows: those that serve first, the cheapest first, then those that fail.
func (p *Page) setupOptions(in *calc.Input) []option {
	rows := slices.Clone(p.effect.Rows)
	if p.effect.Path != in.Path || !p.effect.known {
		return nil
	}
	cat, cur := p.session.CaseCatalogue(), figure.CurrencyOf(p.session.Scenario())
	slices.SortStableFunc(rows, func(a, b calc.EffectRow) int {
		return cmp.Compare(setupRank(a.Setup), setupRank(b.Setup))
	})
	var out []option
	for _, r := range rows {
		if r.Setup == nil {
			continue
		}
		o := option{id: r.Value.Text, cells: setupCells(r.Setup, cur)}
		switch in.Kind {
		case calc.DeviceRef:
			if d := cat.Device(r.Value.Text); d != nil {
				o.title = fmt.Sprintf("%d × %s", r.Setup.Devices, d.ShortName)
				o.detail = fmt.Sprintf("%s GB each", format.Number(d.MemoryGB, 4))
			}
		default:
			o.title = short(in, r.Value, cat, cur)
			if q := cat.Precision(r.Value.Text); q != nil {
				o.detail = fmt.Sprintf("%s bits a weight", format.Number(q.BitsPerWeight, 3))
			}
		}
		if r.Setup.OwnUSD == nil {
			o.faded = true
			if r.Setup.Replicas == 0 {
				o.problem = format.Sentence(r.Setup.Why)
			}
		}
		out = append(out, o)
	}
	return out
}

// setupRank orders set-ups: by cost, and behind them those that are not priced, too slow, or do not fit.
func setupRank(s *calc.EffectSetup) float64 {
	const fails = 1e15
	switch {
	case s == nil || !s.Supported:
		return 5 * fails
	case s.Fit == memory.No:
		return 4 * fails
	case s.Replicas == 0:
		return 3 * fails
	case s.OwnUSD == nil:
		return 2 * fails
	}
	return *s.OwnUSD
}
