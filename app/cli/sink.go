package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"
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

// writable refuses a place where a file must not go, before any work is done: something that is no regular file, or a
// folder that is not there.
func writable(path string) error {
	switch info, err := os.Lstat(path); {
	case err == nil && !info.Mode().IsRegular():
		return couldNot(path, "is there and is not a regular file: choose another name", nil)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return couldNot(path, "cannot be written", err)
	}
	folder := filepath.Dir(path)
	switch info, err := os.Stat(folder); {
	case err != nil:
		return couldNot(folder, "cannot be written to", err)
	case !info.IsDir():
		return couldNot(folder, "is not a folder", nil)
	}
	return nil
}

// writeFile writes beside the place and renames, so that the old file stays whole on an error.
func writeFile(path string, data []byte) error {
	if err := writable(path); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".hostwise-*")
	if err != nil {
		return couldNot(path, "cannot be written", err)
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(modeOf(path)), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return couldNot(path, "cannot be written", errors.Join(err, os.Remove(f.Name())))
	}
	return nil
}

// modeOf is the mode of the file that is replaced; a new file can be read by everybody.
func modeOf(path string) fs.FileMode {
	if info, err := os.Stat(path); err == nil {
		return info.Mode().Perm()
	}
	return 0o644
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
