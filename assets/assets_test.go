package assets

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"testing"

	"hostwise/calc/catalog"
)

func TestCatalogueLoadsOnce(t *testing.T) {
	c, err := Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := Catalogue(); again != c {
		t.Error("a second call reads the tables again")
	}
	if len(c.Models) != 9 || len(c.Devices) != 51 || len(c.Prices) != 245 {
		t.Errorf("%d models, %d devices, %d prices; want 9, 51, 245", len(c.Models), len(c.Devices), len(c.Prices))
	}
}

func TestVersionIsThatOfTheTables(t *testing.T) {
	edition, err := Version()
	if err != nil {
		t.Fatal(err)
	}
	var rows []Edition
	data, err := FS.ReadFile("catalogue/catalogue.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &rows); err != nil || len(rows) != 1 || rows[0] != edition {
		t.Errorf("the version is %+v; catalogue.json has %+v (%v)", edition, rows, err)
	}
}

// Only tables that Load reads are shipped, so that nothing unchecked is in the program.
func TestEveryEmbeddedFileIsATable(t *testing.T) {
	tables := catalog.Tables()
	names := embedded(t)
	if len(names) != len(tables) {
		t.Errorf("%d files are embedded, %d tables are read", len(names), len(tables))
	}
	for _, name := range names {
		if !slices.Contains(tables, path.Base(name)) {
			t.Errorf("%s is embedded and never read", name)
		}
	}
}

// A table keeps one row on a line, so that a change to a fact is a change to one line.
func TestTablesHaveOneRowOnALine(t *testing.T) {
	for _, name := range embedded(t) {
		data, err := FS.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		lines := bytes.Split(bytes.TrimSuffix(data, []byte("\n")), []byte("\n"))
		for i, line := range lines {
			switch {
			case i == 0 && string(line) == "[", i == len(lines)-1 && string(line) == "]":
			case i > 0 && i < len(lines)-1 && json.Valid(bytes.TrimSuffix(line, []byte(","))):
			default:
				t.Errorf("%s: line %d is not one row", name, i+1)
			}
		}
	}
}

// encoding/json takes a key twice and in another case. The tables may have neither.
func TestTablesHaveEachKeyOnce(t *testing.T) {
	plain := regexp.MustCompile(`^[a-z0-9][a-z0-9_.-]*$`)
	for _, name := range embedded(t) {
		data, err := FS.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		walkKeys(t, json.NewDecoder(bytes.NewReader(data)), func(key string, twice bool) {
			if twice || !plain.MatchString(key) {
				t.Errorf("%s: key %q is there twice or is not in lower case", name, key)
			}
		})
	}
}

// walkKeys reads one value and reports every key in it, and whether its object has it already.
func walkKeys(t *testing.T, decoder *json.Decoder, report func(key string, twice bool)) {
	t.Helper()
	token, err := decoder.Token()
	if err != nil {
		t.Fatal(err)
	}
	delim, nested := token.(json.Delim)
	if !nested {
		return
	}
	seen := map[string]bool{}
	for decoder.More() {
		if delim == '{' {
			token, err := decoder.Token()
			if err != nil {
				t.Fatal(err)
			}
			key := token.(string)
			report(key, seen[key])
			seen[key] = true
		}
		walkKeys(t, decoder, report)
	}
	if _, err := decoder.Token(); err != nil {
		t.Fatal(err)
	}
}

func embedded(t *testing.T) []string {
	t.Helper()
	names, err := fs.Glob(FS, "catalogue/*")
	if err != nil || len(names) == 0 {
		t.Fatalf("nothing is embedded: %v", err)
	}
	return names
}

func BenchmarkCatalogue(b *testing.B) {
	for b.Loop() {
		if _, err := catalog.Load(FS); err != nil {
			b.Fatal(err)
		}
	}
}
