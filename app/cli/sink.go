package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"hostwise/internal/intact"
)

// encode writes a value as JSON: keys in order, no HTML escapes, two spaces of indent or all on one line.
func encode(v any, oneLine bool) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if !oneLine {
		e.SetIndent("", "  ")
	}
	if err := e.Encode(v); err != nil {
		return nil, couldNot("the result", "cannot be written as JSON", err)
	}
	return b.Bytes(), nil
}

// printJSON puts a value on standard output.
func (p *program) printJSON(v any) error {
	data, err := encode(v, false)
	p.out.Write(data)
	return err
}

// printLine puts a line on standard output.
func (p *program) printLine(words ...string) {
	p.out.WriteString(strings.Join(words, " "))
	p.out.WriteByte('\n')
}

// note tells something that is no error.
func (p *program) note(words string) {
	_, _ = fmt.Fprintln(p.std.Err, clean(words)) // nobody is left to tell when this fails
}

// writable refuses a place where a file must not go, before any work is done.
func writable(path string) error { return asFailure(intact.Check(path)) }

// asFailure says in this command's way that a file could not be written.
func asFailure(err error) error {
	var at *intact.Error
	if errors.As(err, &at) {
		return couldNot(at.Path, at.What, at.Err)
	}
	return err
}

// folderFor refuses a place for a folder of files: something that is no folder, or whose own folder is not there.
func folderFor(path string) error {
	switch info, err := os.Stat(path); {
	case err == nil && info.IsDir():
		return nil
	case err == nil:
		return couldNot(path, "is there and is not a folder: choose another name", nil)
	case !errors.Is(err, fs.ErrNotExist):
		return couldNot(path, "cannot be written to", err)
	}
	return writable(path)
}

// writeFile writes one file whole or not at all.
func writeFile(path string, data []byte) error { return asFailure(intact.Write(path, data)) }

// writeFiles writes every file or none. A folder that is named is made where it is missing, and taken away again on
// an error.
func writeFiles(files []intact.File, folder string) (err error) {
	if folder != "" {
		switch made := os.Mkdir(folder, 0o755); {
		case made == nil:
			defer func() {
				if err != nil {
					_ = os.Remove(folder) // stays where it is not empty
				}
			}()
		case !errors.Is(made, fs.ErrExist):
			return couldNot(folder, "cannot be made", made)
		}
	}
	return asFailure(intact.WriteAll(files))
}

// grid is a table for people: columns of equal width, numbers on the right.
type grid struct {
	titles []string
	right  map[int]bool
	rows   [][]string
}

// newGrid takes the titles; one that begins with ">" heads a column of numbers.
func newGrid(titles ...string) *grid {
	g := &grid{right: map[int]bool{}}
	for i, title := range titles {
		title, g.right[i] = strings.CutPrefix(title, ">")
		g.titles = append(g.titles, title)
	}
	return g
}

func (g *grid) add(cells ...string) {
	for i := range cells {
		cells[i] = clean(cells[i])
	}
	g.rows = append(g.rows, cells)
}

// printGrid puts a table on standard output.
func (p *program) printGrid(g *grid) {
	widths := make([]int, len(g.titles))
	all := append([][]string{g.titles}, g.rows...)
	for _, row := range all {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range all {
		var line strings.Builder
		for i, cell := range row {
			if i > 0 {
				line.WriteString("  ")
			}
			gap := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if g.right[i] {
				line.WriteString(gap + cell)
			} else {
				line.WriteString(cell + gap)
			}
		}
		p.printLine(strings.TrimRight(line.String(), " "))
	}
}

// digits rounds to twelve significant digits, the most that any output has.
func digits(v float64) float64 {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 12, 64), 64)
	if err != nil {
		return v
	}
	return rounded
}

// roundFigures cuts every number that v points to to twelve significant digits, so that output agrees between machines.
func roundFigures(v any) { roundValue(reflect.ValueOf(v)) }

func roundValue(v reflect.Value) {
	switch v.Kind() {
	case reflect.Float64:
		if cut := digits(v.Float()); cut != v.Float() && v.CanSet() { // what is right already may be shared with others
			v.SetFloat(cut)
		}
	case reflect.Interface:
		if !v.IsNil() && v.CanSet() {
			held := reflect.New(v.Elem().Type()).Elem()
			held.Set(v.Elem())
			roundValue(held)
			v.Set(held)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			roundValue(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			roundValue(v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			roundValue(v.Index(i))
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			roundValue(v.MapIndex(key))
		}
	}
}
