package house

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"hostwise/app/cli/answers"
	"hostwise/assets"
	"hostwise/calc"
)

// The article's sections and how many of its rows and facts each has. A row that is dropped from the map is missed.
var articleRows = []struct {
	section string
	rows    int
}{
	{"Quick verdict", 8},
	{"Official model facts", 9},
	{"Raw memory math", 6},
	{"Distill against full R1", 6},
	{"VRAM and RAM caveats", 8},
	{"Serving options", 6},
	{"Cost math", 8},
	{"Search intent map", 6},
	{"Cost per task", 11},
	{"Decision matrix", 8},
	{"Monitoring checklist", 8},
	{"Non-claims and caveats", 8},
	{"Final recommendation", 2},
	{"FAQ", 7},
	{"Sources", 9},
}

// What the article states in figures or as a status, as the row that holds it has to say it.
var articleFigures = map[string]string{
	"claims/r1-total": "671 billion", "claims/r1-active": "37 billion", "claims/r1-context": "128K",
	"claims/raw-fp32": "2.68 TB", "claims/fp16-raw": "1.34 TB", "claims/raw-fp8": "671 GB", "claims/raw-int4": "335 GB", "claims/raw-2bit": "168 GB",
	"claims/scenario-fp16": "1.342 trillion", "claims/scenario-4bit": "335.5 GB", "claims/retry-1.1": "1.1 times",
	"monitoring/429 rate": "over 2 %", "monitoring/Retry multiplier": "over 1.1", "monitoring/Fallback rate": "over 10 %",
	"monitoring/Output to input ratio": "doubling", "monitoring/Cost per successful task": "week to week",
	"monitoring/Errors by model": "any rise on one model", "monitoring/Spend by user": "5 times the median",
	"volume-readings/volume-1k": "1 million tokens in, 0.3 million out", "volume-readings/volume-10k": "20 million tokens in, 6 million out",
	"volume-readings/volume-100k": "400 million tokens in, 100 million out", "volume-readings/volume-1m": "2 billion tokens in, 500 million out",
}

// The status that the article gives, where a reader decides by it.
var articleStatus = map[string]string{
	"claims/70b-is-r1": "false", "claims/one-vram-number": "false", "claims/fp16-raw": "likely", "claims/most-use-api": "likely",
	"claims/raw-2bit": "speculation", "names/deepseek-r1:7b": "confirmed", "names/deepseek-r1:70b": "confirmed", "names/37b active": "confirmed",
	"names/runs on my laptop": "likely", "serving-options/gateway": "likely", "serving-options/full-local": "likely",
	"cost-components/retries": "likely", "cost-components/review": "likely", "cost-components/infrastructure": "confirmed",
	"decision-rules/user-traffic": "confirmed", "decision-rules/compliance": "likely", "non-claims/best-everywhere": "false",
	"non-claims/free-forever": "speculation", "non-claims/access-everywhere": "false", "non-claims/refunds": "speculation",
	"non-claims/same-price": "false", "non-claims/safe-from-docs": "confirmed", "monitoring/429 rate": "confirmed",
	"monitoring/Retry multiplier": "likely", "monitoring/Fallback rate": "likely", "monitoring/Output to input ratio": "likely",
	"monitoring/Cost per successful task": "confirmed", "monitoring/Errors by model": "confirmed", "monitoring/Spend by user": "likely",
}

// mapRow is one row of the map: what the article says, the catalogue's rows, and where a person meets them.
type mapRow struct {
	says, where string
	ids         []string
}

// articleMap reads docs/article-map.md: its rows by section.
func articleMap(t *testing.T) (sections []string, rows map[string][]mapRow) {
	t.Helper()
	quoted := regexp.MustCompile("`([^`]+)`")
	rows = map[string][]mapRow{}
	for line := range strings.Lines(read(t, "docs/article-map.md")) {
		line = strings.TrimSpace(line)
		if title, ok := strings.CutPrefix(line, "## "); ok {
			sections = append(sections, title)
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		if !strings.HasPrefix(line, "|") || strings.Contains(line, "---") || strings.Contains(line, "| Catalogue |") {
			continue
		}
		if len(cells) != 3 || len(sections) == 0 {
			t.Errorf("docs/article-map.md: not a row of three cells: %s", line)
			continue
		}
		row := mapRow{says: strings.TrimSpace(cells[0]), where: strings.TrimSpace(cells[2])}
		for _, m := range quoted.FindAllStringSubmatch(cells[1], -1) {
			row.ids = append(row.ids, m[1])
		}
		section := sections[len(sections)-1]
		rows[section] = append(rows[section], row)
	}
	return sections, rows
}

// Each row and fact of the article is somewhere in the product, and can be asked for.
func TestArticleIsWholeInTheProduct(t *testing.T) {
	cat, err := assets.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	entries := map[string]answers.Entry{}
	for _, e := range answers.Of(cat) {
		entries[e.ID] = e
	}
	sections, rows := articleMap(t)
	if len(sections) != len(articleRows) {
		t.Errorf("the map has %d sections, the article %d", len(sections), len(articleRows))
	}
	named := map[string]bool{}
	for _, want := range articleRows {
		if got := len(rows[want.section]); got != want.rows {
			t.Errorf("%s: the map has %d rows, the article %d", want.section, got, want.rows)
		}
		for _, row := range rows[want.section] {
			if len(row.ids) == 0 || row.says == "" {
				t.Errorf("%s: %q names no row of the catalogue", want.section, row.says)
			}
			for _, id := range row.ids {
				named[id] = true
				if _, ok := entries[id]; !ok {
					t.Errorf("%s: %q: there is no row %s", want.section, row.says, id)
				}
			}
			whereItIs(t, want.section, row)
		}
	}
	for id, figure := range articleFigures {
		if !named[id] || !strings.Contains(entries[id].Text, figure) {
			t.Errorf("%s does not say %q, or is not in the map: %s", id, figure, entries[id].Text)
		}
	}
	for id, status := range articleStatus {
		if !named[id] || string(entries[id].Status) != status {
			t.Errorf("%s is %q, the article has %q, or it is not in the map", id, entries[id].Status, status)
		}
	}
}

// whereItIs checks that the pages and commands that a row names exist.
func whereItIs(t *testing.T, section string, row mapRow) {
	t.Helper()
	place := regexp.MustCompile("^(Guide|Results|Compare|Library|Facts|Help|`(ask|assess|chart|facts|template) ?([a-z0-9-]*)[^`]*`)")
	for _, where := range strings.Split(row.where, ", ") {
		m := place.FindStringSubmatch(where)
		if m == nil {
			t.Errorf("%s: %q is met at %q, which is no page and no command", section, row.says, where)
			continue
		}
		if m[2] == "template" {
			if _, ok := calc.TemplateNamed(m[3]); !ok {
				t.Errorf("%s: %q: there is no template %q", section, row.says, m[3])
			}
		}
	}
}

// What the article says is not only kept but found: the words of each question of its FAQ find their answer.
func TestArticleQuestionsFindTheirAnswers(t *testing.T) {
	cat, err := assets.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	library, err := answers.NewLibrary(context.Background(), cat)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := library.Close(); err != nil {
			t.Error(err)
		}
	}()
	_, rows := articleMap(t)
	for _, row := range rows["FAQ"] {
		found, err := library.Find(context.Background(), row.says, 3)
		if err != nil {
			t.Fatal(err)
		}
		ok := false
		for _, e := range found.Entries {
			ok = ok || e.ID == row.ids[0]
		}
		if !ok {
			t.Errorf("%q does not find %s", row.says, row.ids[0])
		}
	}
}
