package whatif

import (
	"hostwise/app/desktop/ui"
	"hostwise/calc"
)

// pickInput opens a search over inputs by their labels, questions and help. taken says why an input cannot be chosen, ""
// where it can.
func pickInput(shell *ui.Shell, title string, from []*calc.Input, taken func(path string) string, done func(path string)) {
	known := ui.NewIndex(from, func(in *calc.Input) (string, string) {
		return in.Label, in.Question + " " + in.Help + " " + in.Path
	})
	ui.ShowSearch(shell.Canvas(), ui.Search{
		Title: title, Placeholder: "Calls, price, tokens, staff …", Empty: "No number of this case has that name", Width: 520,
		Find: func(l *ui.SearchList, typed string) {
			titled, rest := known.Find(typed, len(from))
			rows := make([]ui.SearchRow, 0, len(titled)+len(rest))
			for _, in := range append(titled, rest...) {
				rows = append(rows, ui.SearchRow{Title: in.Label, Detail: in.Question, WhyNot: taken(in.Path),
					Take: func() { done(in.Path) }})
			}
			l.Offer(rows, false)
		},
	})
}
