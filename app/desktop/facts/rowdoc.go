package facts

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"hostwise/calc"
	"hostwise/calc/catalog"
)

// A person's own row is put together as it stands in a case's file, and read back by the file's own reader: so the form
// and the file accept the same rows, for the same reasons.

// listOf is the list of the file that a table's rows are kept in: a rental price belongs to its device.
func listOf(table string) string {
	if table == "rents" {
		return "devices"
	}
	return table
}

// factsDoc is the person's rows as the file has them.
func factsDoc(f calc.Facts) (map[string]any, error) {
	var file map[string]any
	d := json.NewDecoder(bytes.NewReader(calc.Scenario{}.WithFacts(f).JSON()))
	d.UseNumber()
	if err := d.Decode(&file); err != nil {
		return nil, fmt.Errorf("facts: reading what was just written: %w", err)
	}
	doc, _ := file["facts"].(map[string]any)
	if doc == nil {
		doc = map[string]any{}
	}
	return doc, nil
}

// only returns the facts with one row of the catalogue in them, by table and id.
func only(cat *catalog.Catalog, table, id string) calc.Facts {
	var f calc.Facts
	switch listOf(table) {
	case "models":
		if x := cat.Model(id); x != nil {
			f.Models = []catalog.Model{*x}
		}
	case "devices":
		if x := cat.Device(id); x != nil {
			f.Devices = []catalog.Device{*x}
		}
	case "hosts":
		if x := cat.Host(id); x != nil {
			f.Hosts = []catalog.Host{*x}
		}
	case "prices":
		if x := cat.Price(id); x != nil {
			f.Prices = []catalog.Price{*x}
		}
	case "measured":
		if x := findRun(cat, id); x != nil {
			f.Measured = []catalog.SpeedRun{*x}
		}
	}
	return f
}

// rowDoc is one row as the file has it, nil where there is none.
func rowDoc(cat *catalog.Catalog, table, id string) (map[string]any, error) {
	doc, err := factsDoc(only(cat, table, id))
	if err != nil {
		return nil, err
	}
	rows, _ := doc[listOf(table)].([]any)
	if len(rows) == 0 {
		return nil, nil
	}
	return rows[0].(map[string]any), nil
}

// withRow reads the person's facts with one row replaced or added. The problems are those of that row, each with the
// path inside the row.
func withRow(cat *catalog.Catalog, f calc.Facts, list string, row map[string]any) (calc.Facts, calc.Problems, error) {
	doc, err := factsDoc(f)
	if err != nil {
		return f, nil, err
	}
	rows, _ := doc[list].([]any)
	at := slices.IndexFunc(rows, func(x any) bool { return x.(map[string]any)["id"] == row["id"] })
	if at < 0 {
		at, rows = len(rows), append(rows, row)
	}
	rows[at] = row
	doc[list] = rows
	data, err := json.Marshal(map[string]any{"schema": calc.FileSchema, "facts": doc})
	if err != nil {
		return f, nil, fmt.Errorf("facts: writing the row: %w", err)
	}
	s, problems := calc.Parse(data, cat)
	prefix := fmt.Sprintf("facts.%s[%d].", list, at)
	var mine calc.Problems
	for _, p := range problems {
		if key, ok := strings.CutPrefix(p.Path, prefix); ok {
			p.Path = key
		}
		mine = append(mine, p)
	}
	return s.Facts(), mine, nil
}

// withoutRow returns the facts without one row.
func withoutRow(f calc.Facts, table, id string) calc.Facts {
	switch listOf(table) {
	case "models":
		f.Models = slices.DeleteFunc(slices.Clone(f.Models), func(x catalog.Model) bool { return x.ID == id })
	case "devices":
		f.Devices = slices.DeleteFunc(slices.Clone(f.Devices), func(x catalog.Device) bool { return x.ID == id })
	case "hosts":
		f.Hosts = slices.DeleteFunc(slices.Clone(f.Hosts), func(x catalog.Host) bool { return x.ID == id })
	case "prices":
		f.Prices = slices.DeleteFunc(slices.Clone(f.Prices), func(x catalog.Price) bool { return x.ID == id })
	case "measured":
		f.Measured = slices.DeleteFunc(slices.Clone(f.Measured), func(x catalog.SpeedRun) bool { return x.ID == id })
	}
	return f
}

// at reads a key of a row; "architecture.layers" is one inside another.
func at(row map[string]any, key string) any {
	outer, inner, nested := strings.Cut(key, ".")
	if !nested {
		return row[key]
	}
	in, _ := row[outer].(map[string]any)
	return in[inner]
}

// set writes a key of a row.
func set(row map[string]any, key string, v any) {
	outer, inner, nested := strings.Cut(key, ".")
	if !nested {
		row[key] = v
		return
	}
	in, _ := row[outer].(map[string]any)
	if in == nil {
		in = map[string]any{}
	}
	in[inner] = v
	row[outer] = in
}

// unset takes a key of a row away.
func unset(row map[string]any, key string) {
	outer, inner, nested := strings.Cut(key, ".")
	if !nested {
		delete(row, key)
		return
	}
	if in, _ := row[outer].(map[string]any); in != nil {
		delete(in, inner)
	}
}

// slug makes an id of words: lower case, digits and hyphens.
func slug(words ...string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(strings.Join(words, " ")) {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) || r == '.':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	const longest = 60
	id := b.String()
	return strings.Trim(id[:min(len(id), longest)], "-.")
}

// freeID returns an id that neither the catalogue nor the case has.
func freeID(taken func(id string) bool, words ...string) string {
	base := "yours-" + slug(words...)
	id := base
	for n := 2; taken(id); n++ {
		id = fmt.Sprintf("%s-%d", base, n)
	}
	return id
}
