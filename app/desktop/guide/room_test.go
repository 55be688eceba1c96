package guide

import (
	"testing"

	"hostwise/app/desktop/session/sessiontest"
	"hostwise/app/desktop/ui/uitest"
	"hostwise/calc"
)

// Whatever is asked, at the sizes of the window no caption, name or figure ends in "…": the page's room is that of the
// window without its frame.
func TestNothingIsCut(t *testing.T) {
	for _, size := range []struct{ width, height float32 }{{1216, 690}, {960, 620}, {896, 540}} {
		for _, tpl := range []string{"", "saas-app"} {
			s := sessiontest.New(t)
			if tpl != "" {
				sessiontest.Case(t, s, tpl, "Support desk", map[string]calc.Value{pathCalls: calc.Num(2.5e6)})
			}
			v := showAt(t, s, size.width, size.height)
			v.page.more = map[calc.Step]bool{}
			for _, step := range calc.Steps {
				v.page.more[step] = true
			}
			for _, place := range []string{placeStart, pathCalls, "workload.retry_rate", "rules.compliance", "model", "api.price", "finance.rent_usd_per_device_hour", "deployment.device", "deployment.precision", placeReview, placeAll} {
				v.page.GoTo(place)
				cut := uitest.Shortened(v)
				if v.page.layout.narrow() {
					v.page.showAnswer(true)
					cut = append(cut, uitest.Shortened(v)...)
					v.page.showAnswer(false)
				}
				for _, words := range cut {
					t.Errorf("%q at %s in %g × %g: %q is cut", tpl, place, size.width, size.height, words)
				}
			}
		}
	}
}
