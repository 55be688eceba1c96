package compare

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hostwise/app/cli"
	"hostwise/app/desktop/session"
	"hostwise/app/desktop/session/sessiontest"
	"hostwise/calc"
)

// answer is what the command `hostwise compare --json` prints, as far as the page shows it too.
type answer struct {
	Inputs []struct {
		Path, Label string
		Texts       []string
	}
	Outcomes []struct {
		Route   string
		Monthly *calc.Range `json:"monthly_usd"`
		PerCall *calc.Range `json:"usd_per_successful_call"`
		Upfront *float64    `json:"upfront_usd"`
		Chance  *float64    `json:"chance_kind_cheapest"`
	}
	Bridge []struct {
		Words   string
		Order   string
		FromUSD *float64 `json:"from_usd"`
		ToUSD   *float64 `json:"to_usd"`
		Steps   []struct {
			Label string
			USD   *float64
		}
	}
}

// command runs the command over the cases' files.
func command(t *testing.T, s *session.Session, ids []string) answer {
	t.Helper()
	folder := t.TempDir()
	args := []string{"compare", "--json", "--draws", fmt.Sprint(s.Draws()), "--today", sessiontest.Now.Format(time.DateOnly)}
	for i, id := range ids {
		path := filepath.Join(folder, letter(i)+".json")
		if err := s.ExportCases(path, id); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	var out, problems bytes.Buffer
	if code := cli.Run(t.Context(), args, cli.Streams{Out: &out, Err: &problems}, cli.Env{}); code != 0 {
		t.Fatalf("exit %d: %s", code, problems.String())
	}
	var got answer
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	return got
}

// near compares two figures that may be unknown; the command prints twelve digits.
func near(a, b *float64) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return math.Abs(*a-*b) <= 1e-9*max(1, math.Abs(*a))
}

func shown3(r *calc.Range) [3]*float64 {
	if r == nil {
		return [3]*float64{}
	}
	return [3]*float64{&r.Low, &r.Likely, &r.High}
}

// TestTheCommandGivesTheFiguresOfThePage sets an API case, one that must stay on site, one with another model, and one
// that has no route side by side in both.
func TestTheCommandGivesTheFiguresOfThePage(t *testing.T) {
	s, a, b := pair(t)
	c := sessiontest.Case(t, s, "private-rag-prototype", "Another model", nil)
	none := sessiontest.Case(t, s, "saas-app", "No way", map[string]calc.Value{
		"rules.data_may_leave_site": calc.No, "rules.operations_staff": calc.No})
	ids := []string{a, b, c, none}
	_, p := show(t, s)
	p.GoTo(strings.Join(ids, ","))
	want := command(t, s, ids)

	for i, o := range want.Outcomes {
		col := p.columns[i]
		if col.assessment.Verdict.Route != o.Route {
			t.Errorf("%s: the page says %s, the command %s", letter(i), col.assessment.Verdict.Route, o.Route)
		}
		var monthly, perCall *calc.Range
		if r := col.winner(); r != nil {
			monthly, perCall = r.Monthly, r.PerCall
		}
		for what, pair := range map[string][2][3]*float64{
			"a month": {shown3(monthly), shown3(o.Monthly)}, "per call": {shown3(perCall), shown3(o.PerCall)}} {
			for k := range 3 {
				if !near(pair[0][k], pair[1][k]) {
					t.Errorf("%s: %s the two differ", letter(i), what)
				}
			}
		}
		if !near(upfront(col.winner()), o.Upfront) {
			t.Errorf("%s: up front the two differ", letter(i))
		}
		if chance, known := col.assessment.KindChance(); known != (o.Chance != nil) || known && !near(&chance, o.Chance) {
			t.Errorf("%s: the chance differs", letter(i))
		}
	}
	if want.Outcomes[3].Route != "" || want.Outcomes[0].Route == want.Outcomes[1].Route {
		t.Fatalf("the cases do not differ as they should: %+v", want.Outcomes)
	}
	sameInputs(t, p, want)
	sameBridges(t, p, want)
}

// sameInputs holds the page's changed answers against the command's.
func sameInputs(t *testing.T, p *Page, want answer) {
	t.Helper()
	rows, _, _ := p.changedRows()
	cells := map[string][]string{}
	for _, in := range want.Inputs {
		if slices.Contains(notCompared, in.Path) {
			continue
		}
		texts := make([]string, len(in.Texts))
		for i, text := range in.Texts {
			texts[i] = named(p.session.Catalogue(), calc.LookupInput(in.Path), text)
		}
		cells[in.Label] = texts
	}
	if len(rows) != len(cells) || len(rows) < 4 {
		t.Fatalf("the page lists %d changed answers, the command %d", len(rows), len(cells))
	}
	for _, r := range rows {
		for i, c := range r.cells {
			text := c.text
			if c.faint {
				text = r.cells[0].text // "same"
			}
			if got := cells[r.label]; len(got) <= i || got[i] != text {
				t.Errorf("%s of %s: the page says %q, the command %q", r.label, letter(i), text, got)
			}
		}
	}
}

// sameBridges asks the page for the way from A to each other case.
func sameBridges(t *testing.T, p *Page, want answer) {
	t.Helper()
	for i, w := range want.Bridge {
		p.bridge.from, p.bridge.to = 0, i+1
		p.bridge.ask()
		got := p.bridge.result
		if got == nil || got.Words() != w.Words || got.Order != w.Order || !near(got.FromUSD, w.FromUSD) || !near(got.ToUSD, w.ToUSD) || len(got.Steps) != len(w.Steps) {
			t.Errorf("from A to %s the page says %+v, the command %+v", letter(i+1), got, w)
			continue
		}
		for k, st := range w.Steps {
			if got.Steps[k].Label != st.Label || !near(got.Steps[k].USD, st.USD) {
				t.Errorf("from A to %s, step %d: %+v and %+v", letter(i+1), k, got.Steps[k], st)
			}
		}
	}
}
