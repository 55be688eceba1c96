package results

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// staleAfterDays is the age from which a price is called out, and checkAfterDays that from which the verdict asks
// to have it checked.
const (
	staleAfterDays = 30
	checkAfterDays = 90
)

// verdictHead is the verdict as a sentence with its range, and beside it how sure it is.
func (t *answerTab) verdictHead(v view) fyne.CanvasObject {
	a := v.a
	left := ui.Column(6, ui.NewText(ui.VerdictText, held(a.Verdict.Headline)).Wrapped())
	if line := t.rangeLine(v); len(line.Objects) > 0 {
		left.Add(line)
	}
	left.Add(ruleOfThumb(a.Verdict))
	if w := a.Verdict.CheaperIfWeaker; w != nil {
		left.Add(hanging(18, ui.NewSwatch(string(kindOf(a, w.Route)), true), ui.NewText(ui.Secondary, held(w.Words)).In(ui.ColorInk2).Wrapped()))
	}
	return beside(16, left, t.chanceBlock(v))
}

func kindOf(a *calc.Assessment, route string) calc.RouteKind {
	if r := a.Route(route); r != nil {
		return r.Kind
	}
	return ""
}

// rangeLine says between what the cost lies, how old the prices are, and how many routes the rules leave out.
func (t *answerTab) rangeLine(v view) *fyne.Container {
	a := v.a
	line := ui.Wrap(12, 4)
	if m := costOf(a.Route(a.Verdict.Route), v.per); m != nil && a.Draws > 0 {
		words := fmt.Sprintf("8 times in 10 between %s and %s", v.cur.Money(m.Low), v.cur.Money(m.High))
		if v.per != session.PerMonth { // the sentence above is about a month
			words += perWords(v.per)
		}
		line.Add(ui.NewText(ui.Body, words).In(ui.ColorInk2))
	}
	if v.state.Computing == session.ComputeFull {
		line.Add(ui.NewText(ui.Body, wordsRanges).In(ui.ColorInk3))
	}
	if d := a.Catalogue.NewestPriceDays; d > staleAfterDays && a.Catalogue.NewestPrice != "" {
		line.Add(ui.NewWarningBadge(fmt.Sprintf("newest price %s old", days(d))))
		if r, old := priceToCheck(a); old && d > checkAfterDays {
			line.Add(ui.Inset(0, 0, 0, -4, ui.NewButton(ui.Link, "I checked this price", func() { t.page.confirm(r) }).Titled("I checked this price: "+r.What)))
			line.Add(ui.Inset(0, 0, 0, -4, ui.NewButton(ui.Link, "It has changed", func() { t.page.correct(v, r) })))
		}
	}
	if n := ruledOut(a); n > 0 {
		words := fmt.Sprintf("%d routes ruled out by your rules", n)
		if n == 1 {
			words = "1 route ruled out by your rules"
		}
		line.Add(ui.Row(5, ui.NewSizedIcon(ui.IconLock, ui.ColorInk3, 13), ui.NewText(ui.Body, words).In(ui.ColorInk2)))
	}
	return line
}

// priceToCheck is the price that the verdict's API route is billed at, and whether it is old enough to be asked about.
func priceToCheck(a *calc.Assessment) (calc.Recheck, bool) {
	cloud := a.Verdict.Route == "cloud-endpoint"
	if a.Verdict.Kind != calc.API {
		return calc.Recheck{}, false
	}
	for _, r := range a.Verdict.Recheck {
		if r.Table == "prices" && strings.HasSuffix(r.ID, "/cloud") == cloud {
			return r, r.AgeDays > staleAfterDays
		}
	}
	return calc.Recheck{}, false
}

// ruledOut counts the routes of the same model that a rule keeps out; the weaker ones stand in their own
// sentence, and a mix that saves nothing is no rule.
func ruledOut(a *calc.Assessment) int {
	n := 0
	for _, r := range a.Routes {
		if !r.Feasible && !r.Weaker && slices.ContainsFunc(r.BlockedBy, func(b string) bool {
			switch ruleOf(b).path {
			case "rules.data_may_leave_site", "rules.operations_staff", "rules.compliance", "rules.upfront_usd_limit",
				"rules.monthly_usd_limit", "rules.site_kw_limit", "rules.needed_within_weeks", "rules.needs_pinned_weights":
				return true
			}
			return false
		}) {
			n++
		}
	}
	return n
}

func ruleOfThumb(v calc.Verdict) fyne.CanvasObject {
	words := held("Rule of thumb: " + v.RuleWords + ".")
	spans := []ui.Span{{Text: words}}
	if v.RuleDiffersBecause != "" {
		spans = append(spans, ui.Span{Text: " " + v.RuleDiffersBecause, Color: ui.ColorInk3})
	}
	if u := v.UsualChoice; u != nil && u.Because != "" { // where the two agree there is nothing to explain
		spans = append(spans, ui.Span{Text: " " + u.Because, Color: ui.ColorInk3})
	}
	return ui.NewSpans(ui.Secondary, spans...).In(ui.ColorInk2).Wrapped()
}

// chanceBlock is the chance that the verdict's kind of route is the cheapest, as a number and a bar, and the
// confidence with its reason.
func (t *answerTab) chanceBlock(v view) fyne.CanvasObject {
	a := v.a
	if a.Verdict.Route == "" {
		return ui.Column(4, ui.NewText(ui.Secondary, "No route is left").In(ui.ColorInk2),
			ui.NewText(ui.Secondary, "Change a rule below, and the cost of keeping it shows at once.").In(ui.ColorInk3).Wrapped())
	}
	shares := chances(a)
	head := ui.Wrap(16, 2, ui.NewText(ui.Secondary, format.Capital(figure.ChanceWords(a.Verdict.Kind))).In(ui.ColorInk2))
	big, reason := ui.NewText(ui.PageNumber, "…").In(ui.ColorInk3), wordsDrawn
	if chance, known := a.KindChance(); known {
		head.Add(confidenceMark(a.Verdict.Confidence))
		big, reason = ui.NewText(ui.PageNumber, format.Chance(chance)), format.Sentence(a.Verdict.ConfidenceBecause)
	}
	var bar []ui.Share
	for _, s := range shares {
		bar = append(bar, ui.Share{Kind: string(s.kind), Share: s.share})
	}
	side := ui.Column(4, ui.NewChanceBar(10, bar...), ui.NewText(ui.Caption, chanceWords(shares)).In(ui.ColorInk3).Wrapped())
	return ui.Column(2, head, container.New(chanceLayout{}, big, side), ui.NewText(ui.Caption, reason).In(ui.ColorInk3).Wrapped())
}

type kindShare struct {
	kind  calc.RouteKind
	share float64
}

// chances are the kinds that are ever the cheapest, the likeliest first; none before the draws are there.
func chances(a *calc.Assessment) []kindShare {
	var out []kindShare
	if a.Draws == 0 {
		return nil
	}
	for _, k := range figure.KindOrder {
		if s := a.Verdict.ChanceByKind[k]; s > 0 {
			out = append(out, kindShare{k, s})
		}
	}
	slices.SortStableFunc(out, func(x, y kindShare) int {
		switch {
		case x.share > y.share:
			return -1
		case x.share < y.share:
			return 1
		}
		return 0
	})
	return out
}

func chanceWords(shares []kindShare) string {
	var parts []string
	for _, s := range shares {
		parts = append(parts, strings.ReplaceAll(figure.KindNames[s.kind]+" "+strings.TrimSuffix(format.Chance(s.share), " %"), " ", noBreak))
	}
	return strings.Join(parts, " · ")
}

// chanceLayout sets the number at the left and the bar with its words beside it, in the middle of the number.
type chanceLayout struct{}

// HeightAt implements ui.FlowLayout.
func (chanceLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	n := o[0].MinSize()
	return max(n.Height, ui.HeightAt(o[1], width-n.Width-12)+ui.Scaled(9))
}

func (l chanceLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	n := o[0].MinSize()
	return fyne.NewSize(n.Width+12+ui.Scaled(60), n.Height)
}

func (l chanceLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	n := o[0].MinSize()
	ui.Place(o[0], 0, 0, n.Width, n.Height)
	w := s.Width - n.Width - 12
	ui.Place(o[1], n.Width+12, ui.Scaled(9), w, ui.HeightAt(o[1], w))
}

// confidenceMark is three rising bars, filled by how sure the verdict is, and the word.
func confidenceMark(confidence string) fyne.CanvasObject {
	return ui.Row(6, newLevelBars(map[string]int{"low": 1, "medium": 2, "high": 3}[confidence]),
		ui.NewText(ui.Secondary, confidence+" confidence").In(ui.ColorInk2))
}

// levelBars are three small bars of which some are filled.
type levelBars struct {
	widget.BaseWidget
	level int
}

func newLevelBars(level int) *levelBars {
	b := &levelBars{level: level}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer implements fyne.Widget.
func (b *levelBars) CreateRenderer() fyne.WidgetRenderer {
	r := &levelRenderer{bars: b}
	for range 3 {
		r.objects = append(r.objects, canvas.NewRectangle(nil))
	}
	r.Refresh()
	return r
}

type levelRenderer struct {
	bars    *levelBars
	objects []fyne.CanvasObject
}

func (r *levelRenderer) Destroy()                     {}
func (r *levelRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *levelRenderer) MinSize() fyne.Size           { return fyne.NewSize(ui.Scaled(18), ui.Scaled(12)) }
func (r *levelRenderer) Layout(s fyne.Size) {
	for i, o := range r.objects {
		h := ui.Scaled(float32(5 + 3*i))
		ui.Place(o, ui.Scaled(float32(i)*6), s.Height/2+ui.Scaled(5.5)-h, ui.Scaled(5), h)
	}
}
func (r *levelRenderer) Refresh() {
	for i, o := range r.objects {
		c := ui.Color(ui.ColorControlBorder)
		if i < r.bars.level {
			c = ui.Color(ui.ColorInk)
		}
		o.(*canvas.Rectangle).FillColor = c
		canvas.Refresh(o)
	}
}
