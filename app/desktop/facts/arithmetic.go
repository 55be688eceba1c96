package facts

import (
	"fmt"
	"math"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure/format"
	"hostwise/calc/catalog"
	"hostwise/calc/cost"
)

// publishedDayRun is the row of the measured table that holds the day's speeds.
const publishedDayRun = "deepseek-prod-h800-decode"

// fillSums shows the published day beside what our own formulas make of it.
func (v *accuracyView) fillSums() {
	day := cost.DeepSeekDay()
	checks := day.Checks()
	v.finding.SetText(fmt.Sprintf("DeepSeek's published day comes out at %s, to the dollar", dollars(checks[0].Ours)))
	v.measure.SetText("One published day of a whole service, worked out by the code that prices the routes: devices by the hour, tokens by the million. " +
		day.Source + ", " + day.AsOf + ".")
	v.sums.Objects = nil
	for _, c := range checks {
		v.sums.Add(dayCheck(c))
	}
	v.sums.Add(ui.NewText(ui.Secondary, fmt.Sprintf("Rounding of the three token counts to whole thousand millions can move the revenue by up to %s; the gap of %s lies within it.",
		dollars(day.RoundingUSD()), dollars(checks[2].Gap()))).In(ui.ColorInk2).Wrapped())
	if run := findRun(v.page.session.Catalogue(), publishedDayRun); run != nil {
		v.sums.Add(ui.Section("How fast it ran", "from the table of measured speed", ui.Column(6,
			ui.NewText(ui.Body, run.Quote).In(ui.ColorInk2).Wrapped(),
			ui.NewText(ui.Caption, run.Hardware+", "+run.Engine+" · "+run.Source+", "+run.AsOf).In(ui.ColorInk3).Wrapped(),
			ui.NewText(ui.Secondary, "It is one part of a wide cluster, so the app shows it from the table and computes nothing from it.").In(ui.ColorInk2).Wrapped(),
			ui.Wrap(8, 8, ui.NewButton(ui.Outline, "Open this row", func() { v.page.GoTo("measured/" + run.ID) }).Small()))))
	}
	v.sums.Refresh()
}

func findRun(cat *catalog.Catalog, id string) *catalog.SpeedRun {
	if cat == nil {
		return nil
	}
	for i := range cat.SpeedRuns {
		if cat.SpeedRuns[i].ID == id {
			return &cat.SpeedRuns[i]
		}
	}
	return nil
}

// dollars writes an amount of the published day, whose figures are whole dollars.
func dollars(usd float64) string { return "$" + format.Whole(math.Round(usd)) }

// dayCheck is one published amount beside ours, with the formula of each line.
func dayCheck(c cost.DayCheck) fyne.CanvasObject {
	col := ui.Column(6)
	for _, l := range c.Lines {
		col.Add(ui.Row(12, ui.Grow(ui.Column(0, ui.NewText(ui.Body, l.Label).Wrapped(), ui.NewText(ui.Code, l.Formula).In(ui.ColorInk2).Wrapped())),
			ui.NewText(ui.Body, dollars(l.USD()))))
	}
	col.Add(ui.NewHairline())
	gap := "exactly the published amount"
	if math.Abs(c.Gap()) >= 0.5 {
		more := "more"
		if c.Gap() < 0 {
			more = "less"
		}
		gap = fmt.Sprintf("%s %s than the published %s", dollars(math.Abs(c.Gap())), more, dollars(c.Published))
	}
	col.Add(ui.Row(12, ui.Grow(ui.Column(0, ui.NewText(ui.BodyStrong, "A day, ours"), ui.NewText(ui.Secondary, gap).In(ui.ColorInk2).Wrapped())),
		ui.NewText(ui.BodyStrong, dollars(c.Ours))))
	col.Add(ui.NewText(ui.Secondary, c.Words).In(ui.ColorInk2).Wrapped())
	return ui.NarrowColumn(520, ui.Section(c.Name, "", col))
}
