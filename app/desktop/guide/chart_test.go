package guide

import (
	"context"
	"strings"
	"testing"
	"time"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/session/sessiontest"
	"hostwise/app/desktop/ui/uitest"
	"hostwise/assets"
	"hostwise/calc"
	"hostwise/storage"
)

// halting tells before the draws of an assessment begin, when the base answer is shown and the ranges are not in.
type halting struct {
	*calc.Assessor
	draws func()
}

func (h *halting) Assess(ctx context.Context, s calc.Scenario, opt calc.Options) (*calc.Assessment, error) {
	if !opt.Quick && h.draws != nil {
		h.draws()
	}
	return h.Assessor.Assess(ctx, s, opt)
}

// The small figure is drawn for the base answer, and does not wait for the ranges.
func TestTheFigureFollowsTheBaseAnswer(t *testing.T) {
	cat, err := assets.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	db, err := storage.Open(t.Context(), t.TempDir()+"/cases.db", storage.Options{Now: func() time.Time { return sessiontest.Now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	assessor := &halting{Assessor: calc.NewAssessor(cat)}
	v := showAt(t, session.New(session.Deps{
		Store: session.NewDatabase(db, cat, "test"), Assessor: assessor, Catalogue: cat, Draws: 40,
		Now: func() time.Time { return sessiontest.Now }, Go: func(f func()) { f() },
		After: func(time.Duration, func()) func() { return func() {} },
	}), 1216, 690)
	v.page.GoTo(pathCalls)
	uitest.Sees(t, v, held("you are at 10 k calls a month"))
	looked := 0
	assessor.draws = func() {
		looked++
		a, state := v.session.Assessment()
		if state.Computing != session.ComputeFull || a.Draws != 0 {
			t.Fatalf("the draws begin in phase %d with %d futures on the screen", state.Computing, a.Draws)
		}
		if _, _, drawn := v.page.side.cost.Layout(); !drawn || v.page.side.shown != a {
			t.Error("the figure does not show the base answer")
		}
		uitest.SeesNot(t, v, wordsRedrawing)
	}
	v.write(t, "5")
	uitest.Sees(t, v, "you are at 5 calls a month")
	v.write(t, "M")
	uitest.Sees(t, v, held("you are at 5 M calls a month"))
	if looked != 2 {
		t.Errorf("the draws of %d answers were looked at, want two", looked)
	}
}

// While the answer itself is being worked out the figure says that it belongs to the one before.
func TestTheFigureSaysThatItIsRedrawn(t *testing.T) {
	v := ask(t, pathCalls)
	v.page.side.cost.Set(v.page.side.cost.Figure(), nil)
	uitest.SeesNot(t, v, wordsRedrawing)
	seen := ""
	v.session.OnChange(func(e session.Event) {
		if _, state := v.session.Assessment(); state.Computing == session.ComputeBase && e.Kind == session.AssessmentChanged {
			seen = uitest.Screen(v)
		}
	})
	v.write(t, "7")
	if !strings.Contains(seen, wordsRedrawing) {
		t.Errorf("while the answer is worked out the screen says\n%s", seen)
	}
	uitest.SeesNot(t, v, wordsRedrawing)
}
