package guide

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
	"hostwise/calc/memory"
)

// mostEffects is how many rows of a long list stand in the panel; the table of the question has them all.
const mostEffects = 6

// showEffect says what the question in view does: what would win, and cost, at other answers, and where it turns.
func (s *side) showEffect() {
	s.doing.Objects = nil
	e := s.page.effect
	if q := s.page.question; q != nil && e.known && len(e.Rows) > 0 {
		s.doing.Add(ui.NewText(ui.BodyStrong, wordsDoes))
		cur := figure.CurrencyOf(s.page.session.Scenario())
		for _, row := range shownEffects(e.Rows) {
			s.doing.Add(effectRow(s.page, q.in, row, cur))
		}
		switch {
		case e.Flip != nil:
			s.doing.Add(flipRow(q.in, e.Flip, nowKind(e.Rows), cur))
		case oneWinner(e.Rows):
			s.doing.Add(ui.NewText(ui.Secondary, wordsNoTurn).In(ui.ColorInk3).Wrapped())
		}
	}
	ui.SetShown(s.doing, len(s.doing.Objects) > 0)
	s.scroll.Refresh()
}

// nowKind is the kind that wins at the answer in force.
func nowKind(rows []calc.EffectRow) calc.RouteKind {
	for _, r := range rows {
		if r.Now {
			return r.Kind
		}
	}
	return ""
}

// oneWinner reports whether the same route wins at every answer that was tried.
func oneWinner(rows []calc.EffectRow) bool {
	return !slices.ContainsFunc(rows, func(r calc.EffectRow) bool { return r.Route != rows[0].Route })
}

// shownEffects keeps a long list to the answer in force and the cheapest ones.
func shownEffects(rows []calc.EffectRow) []calc.EffectRow {
	if len(rows) <= mostEffects {
		return rows
	}
	byCost := slices.Clone(rows)
	usd := func(r calc.EffectRow) float64 {
		least := 0.0
		switch {
		case r.Setup != nil && r.Setup.OwnUSD != nil:
			return *r.Setup.OwnUSD
		case r.Setup != nil:
			return 1e18
		case r.USD != nil:
			least = *r.USD
		}
		return least
	}
	slices.SortStableFunc(byCost, func(a, b calc.EffectRow) int { return cmp.Compare(usd(a), usd(b)) })
	keep := byCost[:mostEffects]
	if i := slices.IndexFunc(byCost, func(r calc.EffectRow) bool { return r.Now }); i >= mostEffects {
		keep = append(slices.Clone(keep[:mostEffects-1]), byCost[i])
	}
	return keep
}

// effectColumns are the columns of an answer: what it is, its value, the costs, what wins. A narrow panel gives up the
// first, since the answer in force is bold as well.
var effectColumns = ui.TableColumns{Widths: []float32{44, 56, 0, 60}, Drop: []int{0}, Least: 124}

// effectRow is one answer: what it is, what the two cheapest kinds would cost, and which one wins.
func effectRow(p *Page, in *calc.Input, r calc.EffectRow, cur format.Currency) fyne.CanvasObject {
	name, value := r.Name, ""
	switch in.Kind {
	case calc.Number, calc.Integer:
		value = estimate(in, r.Value.Number.Likely, cur)
		if r.Value.Null {
			value = "catalogue"
		}
		if !slices.Contains([]string{"low", "likely", "high", "half", "now", "double"}, name) {
			name = "if"
		}
	default:
		name = ""
		value = short(in, r.Value, p.session.CaseCatalogue(), cur)
	}
	style := ui.Secondary
	if r.Now {
		style.Bold = true
	}
	winner := ui.Row(6, ui.NewSwatch(string(r.Kind), false), ui.Grow(ui.NewText(style, figure.KindNames[r.Kind]).Wrapped()))
	if r.Route == "" {
		winner = ui.Row(6, ui.NewSizedIcon(ui.IconLock, ui.ColorInk3, 10), ui.Grow(ui.NewText(style, "none")))
	}
	costs := ui.NewText(ui.Secondary, held(costWords(r, cur))).In(ui.ColorInk2).Wrapped()
	if in.Kind == calc.Number || in.Kind == calc.Integer {
		return effectColumns.Row(24, ui.NewText(ui.Secondary, name).In(ui.ColorInk3), ui.NewText(style, value).Cut(), costs, winner)
	}
	return ui.TableColumns{Widths: []float32{110, 0, 60}}.Row(24, ui.NewText(style, value).Wrapped(), costs, winner)
}

// costWords are the costs of the two cheapest kinds, or of the set-up that the row is about.
func costWords(r calc.EffectRow, cur format.Currency) string {
	if r.Setup != nil {
		if r.Setup.OwnUSD == nil {
			return setupProblem(r.Setup)
		}
		return "own " + money(cur, *r.Setup.OwnUSD)
	}
	kinds := slices.Clone(figure.KindOrder)
	kinds = slices.DeleteFunc(kinds, func(k calc.RouteKind) bool { _, ok := r.ByKind[k]; return !ok })
	slices.SortStableFunc(kinds, func(a, b calc.RouteKind) int { return cmp.Compare(r.ByKind[a], r.ByKind[b]) })
	var words []string
	for i, k := range kinds {
		if i < 2 {
			words = append(words, strings.ToLower(figure.KindNames[k])+" "+money(cur, r.ByKind[k]))
		}
	}
	text := strings.Join(words, ", ")
	text = strings.Replace(text, "api ", "API ", 1)
	return text
}

// flipRow is the nearest value at which the verdict changes.
func flipRow(in *calc.Input, f *calc.EffectFlip, now calc.RouteKind, cur format.Currency) fyne.CanvasObject {
	strong := ui.Style{Size: ui.Secondary.Size, Line: ui.Secondary.Line, Bold: true}
	winner := ui.Row(6, ui.NewSwatch(string(f.Kind), false), ui.Grow(ui.NewText(strong, winnerName(f.Becomes, f.Kind, now)).Wrapped()))
	if f.Becomes == "" {
		winner = ui.Row(6, ui.NewSizedIcon(ui.IconLock, ui.ColorInk3, 10), ui.Grow(ui.NewText(strong, "none")))
	}
	return effectColumns.Row(24, ui.Row(0, ui.NewSizedIcon(ui.IconSwap, ui.ColorInk2, 12)),
		ui.NewText(strong, estimate(in, f.At, cur)).Cut(), ui.NewText(ui.Secondary, wordsVerdictChanges).In(ui.ColorInk2).Wrapped(), winner)
}

// setupProblem says in a word or two why a set-up has no cost.
func setupProblem(s *calc.EffectSetup) string {
	switch {
	case !s.Supported:
		return wordsUnsupported
	case s.Fit == memory.No:
		return wordsNoRoom
	case s.Replicas == 0:
		return wordsTooSlow
	}
	return wordsUnpriced
}
