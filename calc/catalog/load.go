package catalog

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"reflect"
	"strings"
	"sync"
)

// Problem is one thing wrong with one row of the catalogue.
type Problem struct {
	File  string // the table's file, "models.json"
	Row   string // the row's id, or "row 7" where it has none
	Field string // the JSON key, "" where the whole row is meant
	Text  string // what is wrong and what is allowed
}

// String is the problem in one line: file, row, field, text.
func (p Problem) String() string {
	where := p.File
	if p.Row != "" {
		where += ": " + p.Row
	}
	if p.Field != "" {
		where += ": " + p.Field
	}
	return where + ": " + p.Text
}

// InvalidError says that the catalogue was refused. It holds every problem found, not only the first.
type InvalidError struct {
	Problems []Problem
}

// Error says what a person can do, then one line a problem for whoever mends the table.
func (e *InvalidError) Error() string {
	var b strings.Builder
	b.WriteString("the catalogue of facts is not usable; install the program again, or mend these rows:")
	for _, p := range e.Problems {
		b.WriteString("\n  ")
		b.WriteString(p.String())
	}
	return b.String()
}

// Folder is where Load looks for the tables in the file system it is given.
const Folder = "catalogue"

// edition is the one row of catalogue.json.
type edition struct {
	Version string `json:"version"`
	Date    string `json:"date"`
	Fact
}

// table is one file of the catalogue and where its rows go.
type table struct {
	file string
	rows any // pointer to a slice of row structs
}

func (c *Catalog) tables(editions *[]edition) []table {
	// The big ones come first, so that they are read while the others wait.
	return []table{
		{"memory-runs.json", &c.MemoryRuns},
		{"prices.json", &c.Prices},
		{"speed-runs.json", &c.SpeedRuns},
		{"devices.json", &c.Devices},
		{"claims.json", &c.Claims},
		{"catalogue.json", editions},
		{"models.json", &c.Models},
		{"precisions.json", &c.Precisions},
		{"hosts.json", &c.Hosts},
		{"engines.json", &c.Engines},
		{"price-history.json", &c.PriceHistory},
		{"batch-discounts.json", &c.BatchDiscounts},
		{"gateway-fees.json", &c.GatewayFees},
		{"monitoring.json", &c.Monitoring},
		{"glossary.json", &c.Glossary},
		{"intents.json", &c.Intents},
		{"names.json", &c.Names},
		{"workload-advice.json", &c.WorkloadAdvice},
		{"decision-rules.json", &c.DecisionRules},
		{"serving-options.json", &c.ServingOptions},
		{"cost-components.json", &c.CostComponents},
		{"non-claims.json", &c.NonClaims},
		{"caveats.json", &c.Caveats},
		{"volume-readings.json", &c.VolumeReadings},
		{"questions.json", &c.Questions},
		{"sources.json", &c.Sources},
	}
}

// Tables returns the names of the files that Load reads from Folder.
func Tables() []string {
	var names []string
	for _, t := range new(Catalog).tables(new([]edition)) {
		names = append(names, t.file)
	}
	return names
}

// Load reads every table of the catalogue from Folder in fsys, one JSON array of rows a file, and checks every
// row. It returns an InvalidError that names all problems where there are any, and no catalogue then.
func Load(fsys fs.FS) (*Catalog, error) {
	c := &Catalog{}
	var editions []edition
	problems := readTables(fsys, c.tables(&editions))
	if len(editions) == 1 {
		c.Version, c.Date, c.Edition = editions[0].Version, editions[0].Date, editions[0].Fact
	}
	c.index()
	problems = append(problems, check(c, editions)...)
	if len(problems) > 0 {
		return nil, &InvalidError{problems}
	}
	return c, nil
}

// readTables decodes the tables side by side: decoding is most of what starting costs.
func readTables(fsys fs.FS, tables []table) []Problem {
	found := make([][]Problem, len(tables))
	var all sync.WaitGroup
	for i, t := range tables {
		all.Go(func() { found[i] = readTable(fsys, t) })
	}
	all.Wait()
	var problems []Problem
	for _, some := range found {
		problems = append(problems, some...)
	}
	return problems
}

func readTable(fsys fs.FS, t table) []Problem {
	data, err := fs.ReadFile(fsys, Folder+"/"+t.file)
	if err != nil {
		return []Problem{{File: t.file, Text: "cannot be read: " + err.Error()}}
	}
	decoder := strict(data)
	if err := decoder.Decode(t.rows); err != nil {
		return malformed(data, t)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return []Problem{{File: t.file, Text: "something follows the list of rows"}}
	}
	return nil
}

func strict(data []byte) *json.Decoder {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	return decoder
}

// malformed reads a table that did not decode again, row by row, and names every row that is of the wrong form
// by its line. It stops where the text is no JSON any more, since nothing after that can be trusted.
func malformed(data []byte, t table) []Problem {
	decoder := strict(data)
	if open, err := decoder.Token(); err != nil || open != json.Delim('[') {
		return []Problem{{File: t.file, Row: lineAt(data, 0), Text: "is not a list of rows"}}
	}
	var problems []Problem
	kind := reflect.TypeOf(t.rows).Elem().Elem()
	for decoder.More() {
		start := decoder.InputOffset()
		err := decoder.Decode(reflect.New(kind).Interface())
		if err == nil {
			continue
		}
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return append(problems, Problem{File: t.file, Row: lineAt(data, syntax.Offset), Text: err.Error()})
		}
		problems = append(problems, Problem{File: t.file, Row: lineAt(data, rowStart(data, start)), Text: err.Error()})
		if errors.Is(err, io.ErrUnexpectedEOF) {
			return problems
		}
	}
	if len(problems) == 0 {
		problems = []Problem{{File: t.file, Row: lineAt(data, decoder.InputOffset()), Text: "the list of rows does not end"}}
	}
	return problems
}

// rowStart skips what parts two rows.
func rowStart(data []byte, offset int64) int64 {
	for offset < int64(len(data)) && bytes.IndexByte([]byte(", \t\r\n"), data[offset]) >= 0 {
		offset++
	}
	return offset
}

// lineAt names the line of an offset. A line is a row, so that is the row to mend.
func lineAt(data []byte, offset int64) string {
	offset = min(max(offset, 0), int64(len(data)))
	return fmt.Sprintf("line %d", 1+bytes.Count(data[:offset], []byte("\n")))
}
