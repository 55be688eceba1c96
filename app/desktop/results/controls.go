package results

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// memoryControls are the three answers that memory hangs on most, to be tried in place. Each change is one step of
// undo, like an answer in the guide.
type memoryControls struct {
	page     *Page
	context  *ui.Select
	requests *ui.Select
	cache    *ui.Select
	row      *fyne.Container
}

// What is offered; the guide takes any number.
var (
	contextsOffered = []int{4096, 8192, 16384, 32768, 65536, 131072}
	requestsOffered = []int{1, 2, 4, 8, 16, 32, 64, 128, 256}
)

const (
	pathContext  = "deployment.max_context_tokens"
	pathRequests = "deployment.concurrent_sequences"
	pathCache    = "deployment.kv_precision"
)

func newMemoryControls(p *Page) *memoryControls {
	c := &memoryControls{page: p}
	number := func(path string) func(string) {
		return func(id string) {
			if n, err := strconv.Atoi(id); err == nil {
				c.answer(path, calc.Num(float64(n)))
			}
		}
	}
	c.context = ui.NewSelect(nil, "", number(pathContext))
	c.requests = ui.NewSelect(nil, "", number(pathRequests))
	c.cache = ui.NewSelect(nil, "", func(id string) { c.answer(pathCache, calc.Str(id)) })
	named := func(words string, s *ui.Select) fyne.CanvasObject {
		return ui.Row(8, ui.NewText(ui.Secondary, words).In(ui.ColorInk2), s)
	}
	c.row = ui.Wrap(24, 8, named("Context", c.context), named("Requests at once", c.requests), named("Cache", c.cache))
	return c
}

func (c *memoryControls) answer(path string, v calc.Value) {
	s := c.page.session
	s.LeaveField()
	s.Set(path, v)
	s.LeaveField()
}

// show offers the usual values and what the case has now.
func (c *memoryControls) show(v view) {
	stated := strconv.Itoa(v.scenario.Int(pathContext))
	c.context.SetOptions(offers(contextsOffered, v.scenario.Int(pathContext), "as stated: "+format.Whole(float64(v.scenario.Int("workload.context_tokens")))), stated)
	c.requests.SetOptions(offers(requestsOffered, v.scenario.Int(pathRequests), "from demand: "+strconv.Itoa(v.a.Memory.Sequences)), strconv.Itoa(v.scenario.Int(pathRequests)))
	var caches []ui.Choice
	for _, o := range calc.InputAt(pathCache).Choices {
		caches = append(caches, ui.Choice{ID: o.ID, Title: o.Label})
	}
	c.cache.SetOptions(caches, v.scenario.Text(pathCache))
}

// offers lists numbers with the present one among them; 0 leaves it to the program and says what that gives.
func offers(numbers []int, now int, left string) []ui.Choice {
	all := slices.Clone(numbers)
	if now != 0 && !slices.Contains(all, now) {
		all = append(all, now)
		slices.Sort(all)
	}
	choices := []ui.Choice{{ID: "0", Title: left}}
	for _, n := range all {
		choices = append(choices, ui.Choice{ID: strconv.Itoa(n), Title: format.Whole(float64(n))})
	}
	return choices
}
