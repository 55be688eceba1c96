package results

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// obstacle is one rule that keeps routes out where none is left.
type obstacle struct {
	path  string // of the question behind the rule
	words string // the rule as a sentence
	kinds []calc.RouteKind
	// freed is the cheapest route that nothing else keeps out: lifting this one rule would be enough.
	freed *calc.Route
}

// obstacles lists the rules in the way, those that are enough to lift first, then those that keep out most.
func obstacles(a *calc.Assessment) []obstacle {
	var out []obstacle
	for i := range a.Routes {
		r := &a.Routes[i]
		if r.Feasible || r.Weaker {
			continue
		}
		paths := rulePaths(r)
		for path, words := range paths {
			at := slices.IndexFunc(out, func(o obstacle) bool { return o.path == path })
			if at < 0 {
				at = len(out)
				out = append(out, obstacle{path: path, words: words})
			}
			o := &out[at]
			if !slices.Contains(o.kinds, r.Kind) {
				o.kinds = append(o.kinds, r.Kind)
			}
			if len(paths) == 1 && r.Monthly != nil && (o.freed == nil || r.Monthly.Likely < o.freed.Monthly.Likely) {
				o.freed = r
			}
		}
	}
	slices.SortStableFunc(out, func(x, y obstacle) int {
		return cmp.Or(boolFirst(x.freed != nil, y.freed != nil), cmp.Compare(len(y.kinds), len(x.kinds)), cmp.Compare(x.path, y.path))
	})
	return out
}

func boolFirst(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return -1
	}
	return 1
}

// rulePaths are the questions that keep a route out, each with its reason in words. A reason that no question
// decides stands under "".
func rulePaths(r *calc.Route) map[string]string {
	paths := map[string]string{}
	for _, reason := range r.BlockedBy {
		path := ruleOf(reason).path
		if _, ok := paths[path]; !ok {
			paths[path] = reasonWords(reason)
		}
	}
	return paths
}

// blockedPanel says, where no route is left, which rules are in the way and what lifting each would free.
func (t *answerTab) blockedPanel(v view) fyne.CanvasObject {
	list := ui.Column(14)
	for _, o := range obstacles(v.a) {
		list.Add(t.obstacleRow(v, o))
	}
	return ui.Column(8, ui.NewText(ui.BodyStrong, "What stands in the way"), list)
}

func (t *answerTab) obstacleRow(v view, o obstacle) fyne.CanvasObject {
	kinds := ui.Wrap(12, 2, ui.NewText(ui.Secondary, "Keeps out").In(ui.ColorInk3))
	for _, k := range figure.KindOrder {
		if slices.Contains(o.kinds, k) {
			kinds.Add(ui.Row(6, ui.NewSwatch(string(k), false), ui.NewText(ui.Secondary, figure.KindNames[k]).In(ui.ColorInk2)))
		}
	}
	body := ui.Column(2, ui.NewText(ui.BodyStrong, o.words+".").Wrapped(), kinds)
	if o.freed != nil {
		body.Add(ui.NewText(ui.Secondary, held("Lifting this rule alone leaves "+format.Lowered(o.freed.Label)+", about "+v.cur.Money(o.freed.Monthly.Likely)+" a month.")).In(ui.ColorInk2).Wrapped())
	}
	if o.path != "" {
		body.Add(ui.Inset(0, 0, 0, -4, ui.Row(0, ui.NewButton(ui.Link, "Change: "+labelOf(o.path), func() { t.page.ask(o.path) }))))
	}
	return hanging(22, ui.NewSizedIcon(ui.IconLock, ui.ColorInk3, 13), body)
}
