package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// library is a set of cases that searches run over.
func library(t testing.TB) *Store {
	at := newClock()
	s := openNew(t, Options{Now: at.now})
	for _, c := range []Case{
		{Name: "Private RAG prototype", Notes: "ask Élodie about C++ clients", Tags: []string{"Budget 2027"}, Model: "deepseek-r1"},
		{Name: "Laptop test", Notes: "deepseek-r1:70b on Ollama, 100% local", Tags: []string{"ollama", "draft_1"}, Model: "r1-distill-llama-70b"},
		{Name: "Größe 10", Notes: "it's \"quoted\"; 模型内存 很大", Model: "r1-distill-qwen-14b"},
		{Name: "Größe 9", Notes: "växthus", Tags: []string{"budget 2027"}, Model: "r1-distill-qwen-14b"},
	} {
		c.Scenario = json.RawMessage("{}")
		at.advance(time.Second)
		save(t, s, c)
	}
	return s
}

func TestSearch(t *testing.T) {
	s := library(t)
	const rag, laptop, ten, nine = "Private RAG prototype", "Laptop test", "Größe 10", "Größe 9"
	for typed, want := range map[string][]string{
		"":                   {nine, ten, laptop, rag},
		"rag":                {rag},
		"RAG proto":          {rag},
		"proto RAG":          {rag},
		"rag laptop":         {},
		"elodie":             {rag},
		"ÉLODIE":             {rag},
		"grosse":             {},
		"gro":                {ten, nine},
		"größe 10":           {ten},
		"c++":                {rag},
		"C++ cli":            {rag},
		"deepseek-r1":        {laptop, rag},
		"deepseek-r1:70b":    {laptop},
		"deepseek-r1:":       {laptop},
		"deepseek-r1:7":      {laptop},
		"r1-distill":         {laptop, nine, ten},
		"budget":             {nine, rag},
		"budget 2027 rag":    {rag},
		"100%":               {laptop},
		"%":                  {laptop},
		"_":                  {laptop},
		"draft_1":            {laptop},
		"'":                  {ten},
		"it's":               {ten},
		`"quoted"`:           {ten},
		`"`:                  {ten},
		`"rag" (prototype)`:  {rag},
		"内存":                 {ten},
		"模型 10":              {ten},
		"vaxt":               {nine},
		"växt":               {nine},
		"NOT rag":            {},
		"rag OR laptop":      {},
		"name:rag":           {},
		"rag*":               {},
		"zebra":              {},
		"\x00rag\x00":        {rag},
		"rag\xff":            {},
		"   rag   ":          {rag},
		"olla ollama OLLAMA": {laptop},
	} {
		got := names(t, s, Query{Search: typed})
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%q found %q, want %q", typed, got, want)
		}
		if n, err := s.Count(t.Context(), Query{Search: typed}); err != nil || n != len(want) {
			t.Errorf("%q counted %d, want %d (%v)", typed, n, len(want), err)
		}
	}
}

func TestSearchForPastedText(t *testing.T) {
	s := library(t)
	var signs strings.Builder
	for r := '一'; r < '一'+3000; r++ {
		signs.WriteRune(r)
	}
	for name, pasted := range map[string]string{
		"many signs":  signs.String(),
		"many words":  strings.Repeat("word ", 5000),
		"a long word": strings.Repeat("x", 100_000),
		"many quotes": strings.Repeat(`"`, 5000),
		"many dashes": strings.Repeat("a-", 5000),
	} {
		if got := names(t, s, Query{Search: pasted}); len(got) > 0 {
			t.Errorf("%s found %q", name, got)
		}
	}
	noted := save(t, s, Case{Name: "noted", Notes: signs.String(), Scenario: json.RawMessage("{}")})
	if got := names(t, s, Query{Search: signs.String()}); !slices.Equal(got, []string{noted.Name}) {
		t.Fatalf("found %q", got)
	}
}

func TestSearchFollowsChanges(t *testing.T) {
	s := library(t)
	c := save(t, s, Case{Name: "before", Scenario: json.RawMessage("{}")})
	c.Name, c.Tags = "after", []string{"fresh"}
	save(t, s, c)
	if got := names(t, s, Query{Search: "before"}); len(got) > 0 {
		t.Fatalf("the old name finds %q", got)
	}
	if got := names(t, s, Query{Search: "aft fre"}); !slices.Equal(got, []string{"after"}) {
		t.Fatalf("the new name finds %q", got)
	}
	if problems, err := s.Check(t.Context()); err != nil || len(problems) > 0 {
		t.Fatalf("%q %v", problems, err)
	}
}

func TestTags(t *testing.T) {
	s := library(t)
	tags, err := s.Tags(t.Context())
	want := []TagCount{{"Budget 2027", 2}, {"draft_1", 1}, {"ollama", 1}}
	if err != nil || !slices.Equal(tags, want) {
		t.Fatalf("%v %v, want %v", tags, err, want)
	}
	if got := names(t, s, Query{Tag: " BUDGET 2027"}); !slices.Equal(got, []string{"Größe 9", "Private RAG prototype"}) {
		t.Fatalf("tagged %q", got)
	}
	if got := names(t, s, Query{Tag: "budget"}); len(got) > 0 {
		t.Fatalf("half a tag finds %q", got)
	}
}

func TestSortAndPages(t *testing.T) {
	at := newClock()
	s := openNew(t, Options{Now: at.now})
	for i, money := range []*float64{figure(20), nil, figure(3), figure(20)} {
		c := Case{Name: []string{"case 10", "Case 2", "álpha", "Case 2"}[i], Scenario: json.RawMessage("{}"), Draft: i == 3}
		c.Notes = fmt.Sprint(i)
		c.Summary.MonthlyLikelyUSD = money
		at.advance(time.Second)
		save(t, s, c)
	}
	order := func(q Query) string {
		cases, err := s.List(t.Context(), q)
		must(t, err)
		var b strings.Builder
		for _, c := range cases {
			b.WriteString(c.Notes)
		}
		return b.String()
	}
	yes, no := true, false
	for _, c := range []struct {
		q    Query
		want string
	}{
		{Query{}, "3210"},
		{Query{Sort: SortUpdated}, "0123"},
		{Query{Sort: SortCreated, Desc: true}, "3210"},
		{Query{Sort: SortName}, "2130"},
		{Query{Sort: SortName, Desc: true}, "0312"},
		{Query{Sort: SortMonthly}, "2031"},
		{Query{Sort: SortMonthly, Desc: true}, "3021"},
		{Query{Sort: SortModel}, "0123"},
		{Query{Sort: "row; DROP TABLE cases"}, "3210"},
		{Query{Limit: 2}, "32"},
		{Query{Limit: 2, Offset: 2}, "10"},
		{Query{Offset: 3}, "0"},
		{Query{Offset: -1}, "3210"},
		{Query{Offset: 9}, ""},
		{Query{Drafts: &yes}, "3"},
		{Query{Drafts: &no}, "210"},
		{Query{Search: "case", Sort: SortName, Limit: 2}, "13"},
	} {
		if got := order(c.q); got != c.want {
			t.Errorf("%+v: %s, want %s", c.q, got, c.want)
		}
	}
}

func TestSortKey(t *testing.T) {
	ordered := []string{"", "0", "1", "02", "9", "10", "99", "123456789012", "2345678901234", "a", "Á 1", "a 2", "a 10", "b"}
	for i := 1; i < len(ordered); i++ {
		if sortKey(ordered[i-1]) >= sortKey(ordered[i]) {
			t.Errorf("%q does not come before %q", ordered[i-1], ordered[i])
		}
	}
}

// FuzzSearch: whatever is typed, a search answers, and a case is found by its
// own name.
func FuzzSearch(f *testing.F) {
	for _, typed := range []string{"deepseek-r1:70b", "c++", `"`, "%", "_", "'; DROP TABLE cases --", "NEAR(a b)", "name:", "^", "*", "-a",
		"\x00", "\xff", "AND", "OR NOT", "ﬁ", "İ", "ß", "\u0301", "模型", "١٢", "ⅷ", "\ue000", "a\u00adb", "ǅ", "𝐦", "{", "+", "ª", "ͺ", "ſ"} {
		f.Add(typed)
	}
	s, err := Open(context.Background(), filepath.Join(f.TempDir(), "h.db"), Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = s.Close() })
	f.Fuzz(func(t *testing.T, typed string) {
		if _, err := s.List(t.Context(), Query{Search: typed, Tag: typed, Limit: 3}); err != nil {
			t.Fatalf("%q: %v", typed, err)
		}
		c := Case{ID: "one", Name: typed, Scenario: json.RawMessage("{}")}
		if textProblem("", strings.TrimSpace(typed), MaxName) != nil || !utf8.ValidString(typed) {
			return
		}
		save(t, s, c)
		if got := names(t, s, Query{Search: typed}); !slices.Equal(got, []string{strings.TrimSpace(typed)}) {
			t.Fatalf("%q does not find itself, but %q", typed, got)
		}
	})
}

// manyCases makes a library of 10,000 cases as a heavy user's.
func manyCases(b *testing.B) (*Store, []string) {
	b.Helper()
	s := openNew(b, Options{})
	scenario := json.RawMessage(`{"notes": "` + strings.Repeat("x", 3000) + `"}`)
	var cases []Case
	for i := range 10_000 {
		c := sample(fmt.Sprintf("Case %d for team %d", i, i%37))
		c.Notes = fmt.Sprintf("Asked on day %d. %s", i%365, strings.Repeat("We compare prices, memory and speed. ", 10))
		c.Tags = []string{fmt.Sprintf("team-%d", i%37), "budget"}
		c.Scenario = scenario
		c.Summary.MonthlyLikelyUSD = figure(float64(i * 7919 % 10_007))
		cases = append(cases, c)
	}
	cases, err := s.SaveMany(b.Context(), cases)
	must(b, err)
	var ids []string
	for _, c := range cases {
		ids = append(ids, c.ID)
	}
	return s, ids
}

func BenchmarkTenThousandCases(b *testing.B) {
	s, ids := manyCases(b)
	for name, q := range map[string]Query{
		"List/first page":          {Limit: 100},
		"List/last page":           {Limit: 100, Offset: 9900},
		"List/by name":             {Sort: SortName, Limit: 100},
		"List/by cost":             {Sort: SortMonthly, Desc: true, Limit: 100},
		"List/by tag":              {Tag: "team-5", Limit: 100},
		"Search/one letter":        {Search: "c", Limit: 100},
		"Search/in all":            {Search: "memory pri", Limit: 100},
		"Search/in one":            {Search: "9876", Limit: 100},
		"Search/in all by cost":    {Search: "memory", Sort: SortMonthly, Limit: 100},
		"Search/nowhere":           {Search: "zebra", Limit: 100},
		"Search/sign in all":       {Search: "team-5", Limit: 100},
		"Search/sign nowhere":      {Search: "%", Limit: 100},
		"Search/other script":      {Search: "模型", Limit: 100},
		"Search/sign in all, none": {Search: "memory+", Limit: 100},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := s.List(b.Context(), q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("Count", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Count(b.Context(), Query{Search: "memory"}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Tags", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Tags(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Get", func(b *testing.B) {
		i := 0
		for b.Loop() {
			if _, err := s.Get(b.Context(), ids[i*7919%len(ids)]); err != nil {
				b.Fatal(err)
			}
			i++
		}
	})
	b.Run("Save", func(b *testing.B) {
		c, err := s.Get(b.Context(), ids[0])
		must(b, err)
		i := 0
		for b.Loop() {
			i++
			c.Scenario = fmt.Appendf(nil, `{"n": %d, "notes": "%s"}`, i, strings.Repeat("x", 3000))
			if c, err = s.Save(b.Context(), c); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Open", func(b *testing.B) {
		for b.Loop() {
			again, err := Open(b.Context(), s.Path(), Options{})
			if err != nil {
				b.Fatal(err)
			}
			must(b, again.Close())
		}
	})
	b.Run("Backup", func(b *testing.B) {
		target := filepath.Join(b.TempDir(), "copy.db")
		for b.Loop() {
			must(b, s.Backup(b.Context(), target))
		}
	})
}

func TestMatchingFindsWhatListLists(t *testing.T) {
	s := library(t)
	for _, words := range []string{"", "rag", "elodie", "budget", "none at all", `"`, "100%", "模型", "größe 9"} {
		list, err := s.List(t.Context(), Query{Search: words})
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, c := range list {
			want = append(want, c.ID)
		}
		got, err := s.Matching(t.Context(), Query{Search: words})
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%q: matching %v, listed %v", words, got, want)
		}
	}
}
