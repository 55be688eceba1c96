package session

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"hostwise/calc"
	"hostwise/calc/catalog"
	"hostwise/internal/intact"
)

// The largest files that are read: a scenario's limit is the contract's, and a list may hold many of them.
const (
	maxScenario = 4 << 20
	maxList     = 256 << 20
)

// ScenarioFiles reads and writes scenario files, checked against a catalogue.
type ScenarioFiles struct{ Catalogue *catalog.Catalog }

var _ Files = ScenarioFiles{}

// Read implements Files.
func (f ScenarioFiles) Read(path string) ([]calc.Scenario, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".json":
		data, err := readLimited(path, maxScenario)
		if err != nil {
			return nil, err
		}
		s, err := f.parse(data)
		if err != nil {
			return nil, err
		}
		return []calc.Scenario{s}, nil
	case ".jsonl":
		return f.readLines(path)
	case ".zip":
		return f.readZip(path)
	}
	return nil, errors.New("this is not a scenario file: choose a .json, .jsonl or .zip file")
}

func (f ScenarioFiles) parse(data []byte) (calc.Scenario, error) {
	s, problems := calc.Parse(data, f.Catalogue)
	return s, problems.Err()
}

func readLimited(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("this is not a file")
	}
	if info.Size() > limit {
		return nil, fmt.Errorf("the file is %d bytes long; %d are allowed", info.Size(), limit)
	}
	return os.ReadFile(path)
}

// readLines reads a scenario a line; an empty line is passed over.
func (f ScenarioFiles) readLines(path string) ([]calc.Scenario, error) {
	data, err := readLimited(path, maxList)
	if err != nil {
		return nil, err
	}
	var scenarios []calc.Scenario
	var wrong []error
	for i, line := range bytes.Split(data, []byte("\n")) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		s, err := f.parse(line)
		if err != nil {
			wrong = append(wrong, fmt.Errorf("line %d: %w", i+1, err))
			continue
		}
		scenarios = append(scenarios, s)
	}
	if err := errors.Join(wrong...); err != nil {
		return nil, err
	}
	return scenarios, nil
}

// readZip reads every .json file of an archive, wherever it lies in it.
func (f ScenarioFiles) readZip(path string) ([]calc.Scenario, error) {
	archive, err := zip.OpenReader(path)
	if err != nil {
		return nil, err
	}
	defer archive.Close()
	var scenarios []calc.Scenario
	var wrong []error
	for _, entry := range archive.File {
		if entry.FileInfo().IsDir() || strings.ToLower(filepath.Ext(entry.Name)) != ".json" {
			continue
		}
		s, err := f.readEntry(entry)
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", entry.Name, err))
			continue
		}
		scenarios = append(scenarios, s)
	}
	if err := errors.Join(wrong...); err != nil {
		return nil, err
	}
	if len(scenarios) == 0 {
		return nil, errors.New("the archive holds no scenario")
	}
	return scenarios, nil
}

func (f ScenarioFiles) readEntry(entry *zip.File) (calc.Scenario, error) {
	r, err := entry.Open()
	if err != nil {
		return calc.Scenario{}, err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, maxScenario+1))
	if err != nil {
		return calc.Scenario{}, err
	}
	return f.parse(data)
}

// Write implements Files: one scenario as .json, any number as .jsonl or .zip.
func (f ScenarioFiles) Write(path string, scenarios []calc.Scenario) error {
	var out bytes.Buffer
	switch ext := strings.ToLower(filepath.Ext(path)); {
	case ext == ".json" && len(scenarios) == 1:
		out.Write(scenarios[0].JSON())
	case ext == ".json":
		return errors.New("a .json file holds one case: choose .jsonl or .zip for several")
	case ext == ".jsonl":
		for _, s := range scenarios {
			out.Write(oneLine(s.JSON()))
		}
	case ext == ".zip":
		if err := writeZip(&out, scenarios); err != nil {
			return err
		}
	default:
		return errors.New("choose a name that ends in .json, .jsonl or .zip")
	}
	return intact.Write(path, out.Bytes())
}

func writeZip(out io.Writer, scenarios []calc.Scenario) error {
	archive := zip.NewWriter(out)
	taken := map[string]bool{}
	for _, s := range scenarios {
		w, err := archive.Create(unique(FileName(s.Name()), taken) + ".json")
		if err != nil {
			return err
		}
		if _, err := w.Write(s.JSON()); err != nil {
			return err
		}
	}
	return archive.Close()
}

// oneLine puts a scenario on one line: strings hold no raw newlines in JSON, so only the layout goes.
func oneLine(text []byte) []byte {
	var b bytes.Buffer
	for line := range bytes.Lines(text) {
		b.Write(bytes.TrimSpace(line))
	}
	b.WriteByte('\n')
	return b.Bytes()
}

// unique returns the name, numbered where it is taken, and takes it.
func unique(name string, taken map[string]bool) string {
	free := name
	for n := 2; taken[strings.ToLower(free)]; n++ {
		free = fmt.Sprintf("%s-%d", name, n)
	}
	taken[strings.ToLower(free)] = true
	return free
}

// FileName returns a name that every file system takes: letters, digits and hyphens.
func FileName(name string) string {
	var b strings.Builder
	hyphen := false
	for _, r := range strings.ToLower(name) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127:
			if hyphen && b.Len() > 0 {
				b.WriteByte('-')
			}
			hyphen = false
			b.WriteRune(r)
		default:
			hyphen = true
		}
	}
	if b.Len() == 0 {
		return "case"
	}
	if r := []rune(b.String()); len(r) > 60 {
		return string(r[:60])
	}
	return b.String()
}

// Templates implements Files.
func (f ScenarioFiles) Templates() []Template {
	out := make([]Template, len(calc.Templates))
	for i, t := range calc.Templates {
		out[i] = Template{Name: t.Name, Title: t.Label, Words: t.Description}
	}
	return out
}

// Template implements Files.
func (f ScenarioFiles) Template(name string) (calc.Scenario, error) {
	t, ok := calc.TemplateNamed(name)
	if !ok {
		return calc.Scenario{}, fmt.Errorf("there is no template %q", name)
	}
	return t.Scenario(), nil
}
