package session

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"hostwise/calc"
)

// imports runs an import to its end.
func (w *world) imports(paths ...string) (got Imported) {
	w.Import(context.Background(), paths, func(Importing) {}, func(i Imported) { got = i })
	return got
}

// folderOf writes n scenario files.
func folderOf(t *testing.T, n int) string {
	t.Helper()
	folder := t.TempDir()
	for i := range n {
		write(t, filepath.Join(folder, fmt.Sprintf("%03d.json", i)), fmt.Sprintf(`{"schema": 1, "workload": {"calls_per_month": %d}}`, 100+i))
	}
	return folder
}

func TestAnImportTellsHowFarItIs(t *testing.T) {
	w := newWorld(t)
	var told []Importing
	var got Imported
	w.Import(t.Context(), []string{folderOf(t, 120)}, func(at Importing) { told = append(told, at) }, func(i Imported) { got = i })
	if len(told) != 121 || told[0].Of != 120 || told[0].Done != 0 || told[0].Bytes < 120*40 || told[120].Done != 120 {
		t.Errorf("told %d times, first %+v, last %+v", len(told), told[0], told[len(told)-1])
	}
	if got.Cases != 120 || got.Files != 120 || got.Left != 0 || w.Name() != "000" {
		t.Errorf("%+v, %q is open", got, w.Name())
	}
	if cases := w.listed(t); len(cases) < 120 {
		t.Errorf("the list has %d cases", len(cases))
	}
}

func TestACancelledImportKeepsWhatItHas(t *testing.T) {
	w := newWorld(t)
	ctx, cancel := context.WithCancel(t.Context())
	var got Imported
	w.Import(ctx, []string{folderOf(t, 80)}, func(at Importing) {
		if at.Done == 60 {
			cancel()
		}
	}, func(i Imported) { got = i })
	if got.Cases != 60 || got.Left != 20 {
		t.Errorf("%d cases imported, %d files left; want 60 and 20", got.Cases, got.Left)
	}
}

func TestAnImportIsOneStepOfUndo(t *testing.T) {
	w := newWorld(t)
	if err := w.NewCase("saas-app"); err != nil {
		t.Fatal(err)
	}
	id := w.ID()
	got := w.imports(folderOf(t, 5))
	if label, _ := w.CanUndo(); label != "Import 5 cases" {
		t.Errorf("undo would take back %q", label)
	}
	got.Undo()
	if cases := w.listed(t); len(cases) != 1 || w.ID() != id {
		t.Errorf("after undo there are %d cases, %q is open", len(cases), w.Name())
	}
	got.Undo() // the toast's button, pressed again
	w.Redo()
	if cases := w.listed(t); len(cases) != 6 || w.Name() != "000" {
		t.Errorf("after redo there are %d cases, %q is open", len(cases), w.Name())
	}
	w.Set(calls, calc.Num(7)) // something done since
	got.Undo()
	if cases := w.listed(t); len(cases) != 1 {
		t.Errorf("undone out of its turn: %d cases", len(cases))
	}
}

// refusing is a store that refuses scenarios of a name, and all that are written with them.
type refusing struct {
	Store
	name string
}

func (r refusing) SaveMany(ctx context.Context, s []calc.Scenario) ([]Saved, error) {
	for _, x := range s {
		if x.Name() == r.name {
			return nil, errors.New("too long")
		}
	}
	return r.Store.SaveMany(ctx, s)
}

func TestAFileThatCannotBeWrittenDoesNotTakeOthersAlong(t *testing.T) {
	w := newWorld(t)
	w.deps.Store = refusing{w.deps.Store, "003"}
	got := w.imports(folderOf(t, 6))
	if got.Cases != 5 || len(got.Refused) != 1 || got.Refused[0].File != "003.json" || !strings.Contains(got.Refused[0].Err.Error(), "too long") {
		t.Errorf("%+v", got)
	}
}

func TestDeletingManyAtOnceNamesWhatIsNotThere(t *testing.T) {
	w := newWorld(t)
	w.imports(folderOf(t, 3))
	var ids []string
	for _, c := range w.listed(t) {
		ids = append(ids, c.ID)
	}
	n := len(ids)
	if err := w.deps.Store.Delete(t.Context(), append([]string{"nosuchcase"}, ids[:2]...)); err == nil {
		t.Error("a case that is not there was deleted")
	}
	if left, err := w.Cases(t.Context(), ""); err != nil || len(left) != n-2 {
		t.Errorf("%d cases of %d are left, %v", len(left), n, err)
	}
}
