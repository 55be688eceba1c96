package results

import (
	"bytes"
	"encoding/csv"
	"errors"
	"path/filepath"
	"strings"

	"hostwise/app/desktop/export"
	"hostwise/app/figure/format"
	"hostwise/calc"
	"hostwise/calc/catalog"
	"hostwise/internal/intact"
)

// traceQuestion is the question of the catalogue that every cost has to be able to answer before the workload grows.
const traceQuestion = "trace-cost"

var errChecklistEnding = errors.New("end the name in .md or .csv")

// checklist is the monitoring plan of a case with its log fields, the facts to check again and the next steps: what a
// team ticks off.
type checklist struct {
	name  string
	a     *calc.Assessment
	trace *catalog.Question // nil where the catalogue has none
}

// checklist gathers what the assessment in view asks to be done.
func (p *Page) checklist(v view) checklist {
	return checklist{name: p.session.Name(), a: v.a, trace: p.traceQuestion()}
}

// traceQuestion is the operational test in the catalogue's words, nil where it has none.
func (p *Page) traceQuestion() *catalog.Question {
	if cat := p.session.Catalogue(); cat != nil {
		for i := range cat.Questions {
			if cat.Questions[i].ID == traceQuestion {
				return &cat.Questions[i]
			}
		}
	}
	return nil
}

// oneLine keeps a text from breaking out of its list item or cell.
var oneLine = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ")

// markdown writes the list with a box before everything that is to be done.
func (c checklist) markdown() string {
	var b strings.Builder
	line := func(parts ...string) { b.WriteString(oneLine.Replace(strings.Join(parts, ""))); b.WriteByte('\n') }
	under := func(name, words string) {
		if words != "" {
			line("  - ", name, ": ", words)
		}
	}
	line("# Checklist: ", c.name)
	line("")
	line("Verdict on ", c.a.Today, ": ", c.a.Verdict.Headline, " Catalogue ", c.a.Catalogue.Date, ".")
	line("")
	line("## Next steps")
	line("")
	for _, s := range c.a.Verdict.NextSteps {
		line("- [ ] By ", s.By, ": ", s.What)
		under("Why", s.Why)
	}
	line("")
	line("## Recheck before procurement")
	line("")
	for _, r := range oldestFirst(c.a.Verdict.Recheck) {
		line("- [ ] ", r.What, ": ", r.Value)
		line("  - ", string(r.Evidence), ", as of ", r.AsOf, " (", days(r.AgeDays), "), ", r.Source)
		under("Why", r.Why)
	}
	line("")
	line("## Watch once it runs")
	line("")
	for _, m := range c.a.Monitoring {
		line("- [ ] ", format.Capital(m.Metric), ": ", m.Threshold)
		under("Why", m.Why)
		under("Here", m.ForYou)
		under("Log", m.Log)
	}
	if c.trace != nil {
		line("")
		line("## The test before the workload grows")
		line("")
		line("- [ ] ", c.trace.Text)
		line("  - ", c.trace.Answer)
	}
	return b.String()
}

// csv writes the same as a table: one row for everything that is to be done.
func (c checklist) csv() ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	rows := [][]string{{"list", "done", "item", "value or threshold", "why", "in this case", "log", "evidence", "source", "as of or by"}}
	for _, s := range c.a.Verdict.NextSteps {
		rows = append(rows, []string{"next step", "", s.What, "", s.Why, "", "", "", "", s.By})
	}
	for _, r := range oldestFirst(c.a.Verdict.Recheck) {
		rows = append(rows, []string{"recheck", "", r.What, r.Value, r.Why, days(r.AgeDays), "", string(r.Evidence), r.Source, r.AsOf})
	}
	for _, m := range c.a.Monitoring {
		rows = append(rows, []string{"watch", "", format.Capital(m.Metric), m.Threshold, m.Why, m.ForYou, m.Log, string(m.Evidence), "", ""})
	}
	if c.trace != nil {
		rows = append(rows, []string{"test", "", c.trace.Text, "", c.trace.Answer, "", "", string(c.trace.Status), c.trace.Source, c.trace.AsOf})
	}
	for _, row := range rows {
		for i := range row {
			row[i] = oneLine.Replace(row[i])
		}
	}
	err := w.WriteAll(rows)
	return b.Bytes(), err
}

// writeTo writes the list as Markdown or CSV by the ending of the path.
func (c checklist) writeTo(path string) error {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".md":
		return intact.Write(path, []byte(c.markdown()))
	case ".csv":
		text, err := c.csv()
		if err != nil {
			return err
		}
		return intact.Write(path, text)
	}
	return errChecklistEnding
}

// saveChecklist asks where to put the list.
func (t *nextTab) saveChecklist() {
	c := t.page.checklist(t.page.view())
	export.SaveFile(t.page.session, t.page.shell, "checklist.md", func(path string) { t.writeChecklist(path, c) }, ".md", ".csv")
}

func (t *nextTab) writeChecklist(path string, c checklist) {
	export.WriteFile(t.page.session, t.page.shell, path, "The checklist", func() error { return c.writeTo(path) })
}

func (t *nextTab) copyChecklist() {
	t.page.shell.Copy(t.page.checklist(t.page.view()).markdown(), "The checklist is on the clipboard as Markdown.")
}
