package answers_test

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"hostwise/app/cli/answers"
	"hostwise/assets"
	"hostwise/calc/catalog"
	"hostwise/storage/search"
)

func facts(t *testing.T) *catalog.Catalog {
	t.Helper()
	cat, err := assets.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	return cat
}

func TestEveryEntryIsWholeAndItsIdItsOwn(t *testing.T) {
	seen, kinds := map[string]bool{}, map[string]int{}
	for _, e := range answers.Of(facts(t)) {
		if e.ID == "" || seen[e.ID] {
			t.Errorf("the id %q is empty or taken", e.ID)
		}
		seen[e.ID] = true
		kinds[e.Kind]++
		if e.Title == "" || e.Text == "" || e.Status == "" || e.Source == "" || e.AsOf == "" {
			t.Errorf("%s lacks a part: %+v", e.ID, e)
		}
	}
	for _, kind := range []string{answers.Answer, answers.Claim, answers.Word, answers.Name, answers.Advice, answers.Cost, answers.Limit,
		answers.Watch, answers.Input, answers.Row} {
		if kinds[kind] == 0 {
			t.Errorf("there is no entry of the kind %q", kind)
		}
	}
}

// Whatever a name hint spells is answered first by that hint, in each of its spellings.
func TestANameIsAnsweredByWhatItMeans(t *testing.T) {
	cat := facts(t)
	lib := library(t)
	for _, hint := range cat.Names {
		for _, spelling := range append([]string{hint.Query}, hint.Also...) {
			found, err := lib.Find(context.Background(), spelling, 3)
			if err != nil {
				t.Fatal(err)
			}
			if len(found.Entries) == 0 || len(found.Entries) > 3 || found.Entries[0].Title != hint.Query {
				t.Errorf("%q is not answered by %q first: %d entries", spelling, hint.Query, len(found.Entries))
			}
			for i, e := range found.Entries {
				for _, other := range found.Entries[:i] {
					if e.ID == other.ID {
						t.Errorf("%q is answered twice by %s", spelling, e.ID)
					}
				}
			}
		}
	}
}

func library(t testing.TB) *answers.Library {
	t.Helper()
	cat, err := assets.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	lib, err := answers.NewLibrary(context.Background(), cat)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := lib.Close(); err != nil {
			t.Error(err)
		}
	})
	return lib
}

// What people type finds a right answer within the first three.
func TestWhatPeopleTypeIsAnswered(t *testing.T) {
	lib := library(t)
	known := map[string]bool{}
	for _, e := range lib.Entries() {
		known[e.ID] = true
	}
	for _, file := range []string{"testdata/phrases.txt", "testdata/later.txt", "testdata/money-and-limits.txt"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		asked, passed := 0, 0
		for line := range strings.Lines(string(text)) {
			words, ids, ok := strings.Cut(strings.TrimSpace(line), " | ")
			if !ok || strings.HasPrefix(line, "#") {
				continue
			}
			asked++
			found, err := lib.Find(context.Background(), words, 3)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range found.Entries {
				got = append(got, e.ID)
			}
			right := false
			for _, id := range strings.Split(ids, "; ") {
				if !known[id] {
					t.Errorf("%s: %q: there is no entry %s", file, words, id)
				}
				right = right || slices.Contains(got, id)
			}
			if !right {
				t.Errorf("%s: %q finds %v, want one of %s", file, words, got, ids)
				continue
			}
			passed++
		}
		if asked < 40 {
			t.Errorf("%s holds %d phrases", file, asked)
		}
		t.Logf("%s: %d of %d", file, passed, asked)
	}
}

// Whatever is typed is answered or is nothing; it is never a mistake of the person's.
func TestAnyInputIsTaken(t *testing.T) {
	lib := library(t)
	for _, words := range []string{"", " ", "?!", "\"", "'*(", "a\x00b", "\xff\xfe", "NEAR(a b)", "title:x", "🤖", strings.Repeat("vram ", 5000), "the of and"} {
		if _, err := lib.Find(context.Background(), words, 5); err != nil {
			t.Errorf("%.20q: %v", words, err)
		}
	}
}

// A misspelt word is looked for as the word it is near, and the answer says so.
func TestMisspeltWordsAreMended(t *testing.T) {
	found, err := library(t).Find(context.Background(), "electrcity", 3)
	if err != nil {
		t.Fatal(err)
	}
	if found.Corrected["electrcity"] != "electricity" || len(found.Entries) == 0 || found.Entries[0].ID != "questions/electricity" {
		t.Errorf("%+v", found)
	}
}

// What says nothing finds nothing, and a word of a query language is not taken for a misspelt one.
func TestWhatSaysNothingFindsNothing(t *testing.T) {
	lib := library(t)
	for _, words := range []string{"🙂", "🙂🙂 ?!", "—", "( )", "NEAR(", "near"} {
		found, err := lib.Find(context.Background(), words, 3)
		if err != nil || len(found.Entries) > 0 && found.Match != search.AllWords || len(found.Corrected) > 0 {
			t.Errorf("%q finds %d entries, mended %v, %v", words, len(found.Entries), found.Corrected, err)
		}
	}
	for _, words := range []string{"🙂", "—", "( )"} {
		if found, _ := lib.Find(context.Background(), words, 3); len(found.Entries) > 0 {
			t.Errorf("%q finds %s", words, found.Entries[0].ID)
		}
	}
}

// A number apart from its unit is the same question as the two in one word.
func TestANumberApartFromItsUnit(t *testing.T) {
	lib := library(t)
	for apart, together := range map[string]string{"deepseek r1 32 b": "deepseek r1 32b", "80 gb card": "80gb card", "128 K context": "128k context"} {
		var ids [2][]string
		for i, words := range []string{apart, together} {
			found, err := lib.Find(context.Background(), words, 5)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range found.Entries {
				ids[i] = append(ids[i], e.ID)
			}
		}
		if len(ids[0]) == 0 || !slices.Equal(ids[0], ids[1]) {
			t.Errorf("%q finds %v, %q %v", apart, ids[0], together, ids[1])
		}
	}
}

// A card's answer has its price by the hour, with the days of the listings.
func TestACardSaysWhatAnHourCosts(t *testing.T) {
	for _, e := range library(t).Entries() {
		if e.ID == "devices/h100-sxm" && !strings.Contains(e.Text, "an hour (20") {
			t.Errorf("no price of an hour: %s", e.Text)
		}
	}
}

// Whatever is typed is taken, answered at most as often as asked for, and the same each time.
func FuzzFind(f *testing.F) {
	cat, err := assets.Catalogue()
	if err != nil {
		f.Fatal(err)
	}
	lib, err := answers.NewLibrary(context.Background(), cat)
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = lib.Close() })
	for _, seed := range []string{"npv", "deepseek r1 32 b", "NEAR(a b, 3)", "🙂", "title:x OR \"", "8x h100", "\xff b", "1.5 b 80 gb", "ｎｐｖ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, words string) {
		one, err := lib.Find(context.Background(), words, 3)
		if err != nil || len(one.Entries) > 3 {
			t.Fatalf("%q: %d entries, %v", words, len(one.Entries), err)
		}
		two, _ := lib.Find(context.Background(), words, 3)
		for i := range one.Entries {
			if one.Entries[i].ID != two.Entries[i].ID {
				t.Fatalf("%q is answered one way and then another", words)
			}
		}
	})
}

func BenchmarkNewLibrary(b *testing.B) {
	for b.Loop() {
		library(b)
	}
}

func BenchmarkFind(b *testing.B) {
	lib := library(b)
	for b.Loop() {
		if _, err := lib.Find(context.Background(), "how much vram does deepseek r1 70b need with 128k context on h100", 5); err != nil {
			b.Fatal(err)
		}
	}
}
