package facts

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
)

// commonAge is the day that most of the prices in view were read on. It is said once above them; beside a row stands
// only an age that differs.
type commonAge struct {
	day     string // as the catalogue has it; "" = there is none
	days    int    // since then
	of, all int    // prices of that day, and prices in view
}

// leastCommon is how many rows of one day are worth a line of their own.
const leastCommon = 4

// commonAgeOf finds the day that more than half of the prices in view share.
func commonAgeOf(rows []record, now time.Time) commonAge {
	counts, all := map[string]int{}, 0
	for _, r := range rows {
		if r.aged && !r.gone {
			counts[r.fact.AsOf]++
			all++
		}
	}
	for day, n := range counts {
		if n >= leastCommon && 2*n > all {
			for _, r := range rows {
				if r.aged && !r.gone && r.fact.AsOf == day {
					return commonAge{day, age(r.fact, now), n, all}
				}
			}
		}
	}
	return commonAge{}
}

// words say how many of the prices the day holds for. A fact's day may be a month or a year.
func (c commonAge) words() string {
	on := "on"
	if len(c.day) < len(time.DateOnly) {
		on = "in"
	}
	count := fmt.Sprintf("%d of %d prices", c.of, c.all)
	if c.of == c.all {
		count = fmt.Sprintf("All %d prices", c.all)
	}
	return fmt.Sprintf("%s were read %s %s", count, on, ui.Here().Day(c.day))
}

// ageNote is the line of the common age, and the way to what is worth checking.
type ageNote struct {
	row   *fyne.Container
	badge *ui.Badge
	words *ui.Text
}

func newAgeNote(recheck func()) *ageNote {
	n := &ageNote{badge: ui.NewAgeBadge(0), words: ui.NewText(ui.Secondary, "").In(ui.ColorInk2)}
	n.row = ui.Wrap(8, 4, n.badge, n.words, ui.NewButton(ui.Link, "What to recheck", recheck).Small())
	return n
}

// show says the common age where it is an old one.
func (n *ageNote) show(c commonAge) {
	if n.row.Hidden = c.day == "" || c.days <= staleDays; n.row.Hidden {
		return
	}
	n.badge.SetDays(c.days)
	n.words.SetText(c.words())
}
