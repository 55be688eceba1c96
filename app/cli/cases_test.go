package cli

import (
	"archive/zip"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hostwise/calc"
	"hostwise/storage"
)

func TestCasesGoOutAndComeBack(t *testing.T) {
	home := t.TempDir()
	dir := folder(t, map[string]string{"all.jsonl": here(t, "", "template", "--all").well(t), "one.json": template(t, "saas-app")})
	if got := in(t, home, "", "cases", "list", "--json"); got.well(t) != "[]\n" || len(names(t, home)) != 0 {
		t.Errorf("before anything is saved: %q, %v", got.out, names(t, home))
	}
	saved := decode[[]caseRow](t, in(t, home, "", "cases", "import", filepath.Join(dir, "all.jsonl"), filepath.Join(dir, "one.json"), "--json").well(t))
	if len(saved) != len(calc.Templates)+1 {
		t.Fatalf("%d cases saved", len(saved))
	}
	for _, row := range saved {
		if row.ID == "" || row.Route == "" || row.Monthly == nil || row.Headline == "" {
			t.Errorf("a list would show too little of %+v", row)
		}
	}
	shown := in(t, home, "", "cases", "show", saved[0].ID).well(t)
	if s, problems := calc.Parse([]byte(shown), nil); problems != nil || !s.Equal(calc.Templates[0].Scenario()) {
		t.Errorf("the case is not what was imported: %v", problems)
	}
	for _, ending := range []string{"x.jsonl", "x.zip"} {
		out := filepath.Join(dir, ending)
		in(t, home, "", "cases", "export", "--out", out).well(t)
		other := decode[[]caseRow](t, in(t, home, "", "cases", "import", out, "--db", filepath.Join(dir, ending+".db"), "--json").well(t))
		if len(other) != len(saved) {
			t.Errorf("%s holds %d of %d cases", ending, len(other), len(saved))
		}
	}
	out := filepath.Join(dir, "x.json")
	in(t, home, "", "cases", "export", saved[0].ID, "--out", out).well(t)
	if read(t, out) != shown {
		t.Error("the exported file differs from the shown one")
	}
	if got := in(t, home, "", "cases", "export", "--out", out); got.code != exitWrong || read(t, out) != shown {
		t.Errorf("several cases in a .json file: exit code %d", got.code)
	}
}

func TestCasesAreFoundDeletedBackedUpAndChecked(t *testing.T) {
	home := t.TempDir()
	dir := folder(t, map[string]string{"a.json": `{"schema": 1, "name": "Autumn pilot"}`, "b.json": `{"schema": 1, "name": "Winter run"}`})
	in(t, home, "", "cases", "import", filepath.Join(dir, "a.json"), filepath.Join(dir, "b.json")).well(t)
	found := decode[[]caseRow](t, in(t, home, "", "cases", "list", "--search", "autumn", "--json").well(t))
	if len(found) != 1 || found[0].Name != "Autumn pilot" {
		t.Fatalf("found %+v", found)
	}
	if out := in(t, home, "", "cases", "check").well(t); !strings.Contains(out, "sound: 2 cases") {
		t.Errorf("check says %q", out)
	}
	backup := filepath.Join(dir, "backup.db")
	in(t, home, "", "cases", "backup", "--out", backup).well(t)
	if got := in(t, home, "", "cases", "delete", found[0].ID, "nobody"); got.code != exitWrong {
		t.Errorf("an unknown id among others: exit code %d", got.code)
	}
	in(t, home, "", "cases", "delete", found[0].ID).well(t)
	if left := decode[[]caseRow](t, in(t, home, "", "cases", "list", "--json").well(t)); len(left) != 1 || left[0].Name != "Winter run" {
		t.Errorf("left are %+v", left)
	}
	if kept := decode[[]caseRow](t, in(t, home, "", "cases", "list", "--db", backup, "--json").well(t)); len(kept) != 2 {
		t.Errorf("the backup holds %d cases", len(kept))
	}
	if got := in(t, home, "", "cases", "show", found[0].ID+"x"); got.code != exitWrong || got.out != "" {
		t.Errorf("exit code %d", got.code)
	}
	if got := in(t, home, "", "cases", "show", left(t, home), "--revision", "9"); got.code != exitWrong || !strings.Contains(got.err, "no such revision") {
		t.Errorf("exit code %d: %s", got.code, got.err)
	}
}

// left is the id of the only case.
func left(t *testing.T, home string) string {
	t.Helper()
	return decode[[]caseRow](t, in(t, home, "", "cases", "list", "--json").well(t))[0].ID
}

func TestAnImportIsWholeOrNothing(t *testing.T) {
	home := t.TempDir()
	dir := folder(t, map[string]string{
		"good.json": small, "bad.json": `{"schema": 1, "modle": 1}`, "mixed.jsonl": small + "\n{}\n", "empty.jsonl": "\n", "no.zip": "no archive",
	})
	pack(t, filepath.Join(dir, "mixed.zip"), map[string]string{"a/one.json": small, "b/two.json": `{"schema": "x"}`, "notes.txt": "passed over"})
	pack(t, filepath.Join(dir, "empty.zip"), map[string]string{"notes.txt": "nothing"})
	pack(t, filepath.Join(dir, "bomb.zip"), map[string]string{"big.json": strings.Repeat(" ", maxFile+1)})
	for files, says := range map[string]string{
		"good.json bad.json": "bad.json: modle", "mixed.jsonl": "line 2: schema", "empty.jsonl": "no scenario", "no.zip": "zip",
		"mixed.zip": "b/two.json: schema", "empty.zip": "no scenario", "bomb.zip": "4 MiB",
	} {
		args := []string{"cases", "import"}
		for _, name := range strings.Fields(files) {
			args = append(args, filepath.Join(dir, name))
		}
		got := in(t, home, "", args...)
		if got.code != exitWrong || got.out != "" || !strings.Contains(got.err, says) {
			t.Errorf("%s: exit code %d, %q; want 2 and %q", files, got.code, got.err, says)
		}
	}
	if left := names(t, home); len(left) != 0 {
		t.Errorf("something was saved: %v", left)
	}
}

func pack(t *testing.T, path string, files map[string]string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	for name, text := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// A price of the person's own changes the answer where --db names it, and nowhere else.
func TestOwnFactsCountWhereTheirFileIsNamed(t *testing.T) {
	db := filepath.Join(t.TempDir(), "own.db")
	store, err := storage.Open(context.Background(), db, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	row := `{"id": "my-quote", "provider": "Us", "provider_kind": "host", "model": "deepseek-r1", "model_label": "R1",
		"input_usd_per_mtok": 111, "output_usd_per_mtok": 222, "context_tokens": 128000, "as_of": "2026-11-20"}`
	if err := store.SetFact(context.Background(), "prices", "my-quote", json.RawMessage(row), "a quote"); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	file := `{"schema": 1, "api": {"price": "my-quote"}}`
	if got := here(t, file, "assess", "-", "--quick"); got.code != exitWrong || !strings.Contains(got.err, "api.price") {
		t.Errorf("without the database: exit code %d: %s", got.code, got.err)
	}
	a := decode[calc.Assessment](t, here(t, file, "assess", "-", "--quick", "--db", db).well(t))
	b := decode[calc.Assessment](t, here(t, small, "assess", "-", "--quick").well(t))
	if own, median := a.Route("api-direct").Monthly.Likely, b.Route("api-direct").Monthly.Likely; own < 10*median {
		t.Errorf("at 111 and 222 dollars the API costs %g a month, at the median %g", own, median)
	}
	if out := here(t, "", "facts", "prices", "--db", db).well(t); !strings.Contains(out, "my-quote") {
		t.Error("the own price is not listed")
	}
}

func TestFileNamesFitEverySystem(t *testing.T) {
	taken := map[string]bool{}
	for _, c := range [][2]string{
		{"Pilot: R&D / Köln", "pilot-r-d-köln"}, {"pilot r d köln", "pilot-r-d-köln-2"}, {"", "case"}, {"../../etc/passwd", "etc-passwd"},
		{strings.Repeat("x", 200), strings.Repeat("x", 60)},
	} {
		if got := freeName(c[0], taken); got != c[1] {
			t.Errorf("%q becomes %q, want %q", c[0], got, c[1])
		}
	}
}
