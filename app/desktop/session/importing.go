package session

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hostwise/calc"
)

// Imported is what an import did.
type Imported struct {
	Cases   int       // new cases
	Files   int       // that they came from
	Refused []Refusal // files of which nothing was taken
	Left    int       // files that were not looked at any more after the import was cancelled
	Undo    func()    // takes the new cases away again; nil where there are none
}

// Refusal is a file, or a folder, that was refused, and why.
type Refusal struct {
	File string
	Err  error
}

// Importing says how far an import is.
type Importing struct {
	Done, Of int   // files
	Bytes    int64 // of all files
}

// batched is how many files are written at once: a write waits for the disk, however little it writes.
const batched = 50

// Import adds the cases of scenario files, and of folders that hold some, and opens the first. Files that are wrong are
// refused whole; the others are taken in all the same. It works off the window's goroutine and tells progress and the
// end on it. After ctx is cancelled the file at hand is the last one; what was imported by then stays.
func (s *Session) Import(ctx context.Context, paths []string, progress func(Importing), done func(Imported)) {
	if err := s.leave(); err != nil {
		done(Imported{Refused: refuseAll(paths, err)})
		return
	}
	m := &importer{store: s.deps.Store, files: s.deps.Files}
	tell := func(at Importing) {
		s.deps.Do(func() {
			if ctx.Err() == nil {
				progress(at)
			}
		})
	}
	Work(context.Background(), s, func(context.Context) (struct{}, error) {
		m.run(ctx, paths, tell)
		return struct{}{}, nil
	}, func(struct{}, error) { done(s.imported(m)) })
}

func refuseAll(paths []string, err error) []Refusal {
	var out []Refusal
	for _, p := range paths {
		out = append(out, Refusal{filepath.Base(p), err})
	}
	return out
}

// imported takes in what an import did: the first new case is opened, and all can be taken back as one step.
func (s *Session) imported(m *importer) Imported {
	out := m.out
	out.Cases = len(m.made)
	if out.Cases == 0 || s.closed {
		return out
	}
	made, before := m.made, s.id
	s.touch(made...)
	label := "Import 1 case"
	if out.Cases > 1 {
		label = fmt.Sprintf("Import %d cases", out.Cases)
	}
	act := &action{
		undo: func() error { return s.discard(made, before) },
		redo: func() error { return s.undelete(made, made[0]) },
	}
	s.did(label, "", act)
	out.Undo = func() { s.undoAction(act) }
	s.emit(Event{Kind: CasesChanged})
	if err := s.OpenCase(made[0]); err != nil {
		s.Notify(Notice{Text: "The first of the imported cases could not be opened. It is in the library.", Err: err})
	}
	return out
}

// undoAction takes one action back, once, whatever was done since.
func (s *Session) undoAction(a *action) {
	if !s.history.holds(a) {
		return
	}
	if n := s.history.at; s.history.steps[n-1].act == a {
		s.Undo()
		return
	}
	i := slices.IndexFunc(s.history.steps, func(st step) bool { return st.act == a })
	st := s.history.steps[i]
	s.history.drop(a)
	s.walk(st, a.undo)
}

// importer reads files and writes their cases.
type importer struct {
	store Store
	files Files
	out   Imported
	made  []string
	batch []parsedFile
}

// parsedFile is a file that was read and is not yet written.
type parsedFile struct {
	name      string
	scenarios []calc.Scenario
}

func (m *importer) run(ctx context.Context, paths []string, tell func(Importing)) {
	files := m.filesIn(paths)
	at := Importing{Of: len(files)}
	for _, f := range files {
		if info, err := os.Stat(f); err == nil {
			at.Bytes += info.Size()
		}
	}
	tell(at)
	for i, path := range files {
		if ctx.Err() != nil {
			m.out.Left = len(files) - i
			break
		}
		m.read(path)
		if len(m.batch) == batched {
			m.write(m.batch)
			m.batch = nil
		}
		at.Done = i + 1
		tell(at)
	}
	m.write(m.batch)
}

func (m *importer) refuse(name string, err error) {
	m.out.Refused = append(m.out.Refused, Refusal{name, err})
}

// read reads one file. A case without a name is called like its file.
func (m *importer) read(path string) {
	base := filepath.Base(path)
	scenarios, err := m.files.Read(path)
	if err != nil {
		m.refuse(base, err)
		return
	}
	for i := range scenarios {
		if scenarios[i].Name() == "" {
			scenarios[i] = scenarios[i].With("name", calc.Str(strings.TrimSuffix(base, filepath.Ext(base))))
		}
	}
	m.batch = append(m.batch, parsedFile{base, scenarios})
}

// write writes files at once; where one of them is refused, each by itself.
func (m *importer) write(files []parsedFile) {
	if len(files) == 0 {
		return
	}
	var all []calc.Scenario
	for _, f := range files {
		all = append(all, f.scenarios...)
	}
	saved, err := m.store.SaveMany(context.Background(), all)
	switch {
	case err == nil:
		for _, c := range saved {
			m.made = append(m.made, c.ID)
		}
		m.out.Files += len(files)
	case len(files) == 1:
		m.refuse(files[0].name, err)
	default:
		for _, f := range files {
			m.write([]parsedFile{f})
		}
	}
}

// filesIn puts the scenario files that lie in a folder in its place, in the order of their names; it does not look into
// the folders below. A folder without one is refused.
func (m *importer) filesIn(paths []string) (files []string) {
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil || !info.IsDir() {
			files = append(files, path) // reading it says what is wrong
			continue
		}
		entries, err := os.ReadDir(path)
		if err != nil {
			m.refuse(filepath.Base(path), err)
			continue
		}
		before := len(files)
		for _, e := range entries {
			if e.Type().IsRegular() && slices.Contains(scenarioEndings, strings.ToLower(filepath.Ext(e.Name()))) {
				files = append(files, filepath.Join(path, e.Name()))
			}
		}
		if len(files) == before {
			m.refuse(filepath.Base(path), errors.New("the folder holds no .json, .jsonl or .zip file"))
		}
	}
	return files
}

// scenarioEndings are the endings of the files that Import reads.
var scenarioEndings = []string{".json", ".jsonl", ".zip"}
