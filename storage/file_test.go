package storage

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// raw runs statements on a database without any of our care.
func raw(t testing.TB, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	must(t, err)
	db.SetMaxOpenConns(1)
	for _, statement := range statements {
		if _, err := db.Exec(statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	must(t, db.Close())
}

// contents is every file under a folder with a hash of what it holds.
func contents(t testing.TB, folder string) map[string][32]byte {
	t.Helper()
	all := map[string][32]byte{}
	must(t, filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		all[path] = sha256.Sum256(text)
		return err
	}))
	return all
}

// stored makes a closed database with cases in it.
func stored(t testing.TB, names ...string) (path string, cases []Case) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "hostwise.db")
	s := open(t, path, Options{})
	for _, name := range names {
		cases = append(cases, save(t, s, sample(name)))
	}
	must(t, s.Close())
	return path, cases
}

func TestNewerVersionIsNotTouched(t *testing.T) {
	newer := fmt.Sprintf("PRAGMA user_version = %d", len(ownMigrations())+1)
	for name, prepare := range map[string]func(path string){
		"in its log's format":      func(path string) { raw(t, path, newer) },
		"with a rollback journal":  func(path string) { raw(t, path, "PRAGMA journal_mode = DELETE", newer) },
		"left behind with its log": func(path string) { leaveLog(t, path, newer) },
	} {
		t.Run(name, func(t *testing.T) {
			path, _ := stored(t, "A")
			prepare(path)
			before := contents(t, filepath.Dir(path))
			for _, readOnly := range []bool{false, true} {
				_, err := Open(t.Context(), path, Options{ReadOnly: readOnly})
				wantKind(t, err, ErrNewer)
			}
			after := contents(t, filepath.Dir(path))
			delete(after, path+"-shm") // an index of the log, made anew by whoever reads it
			delete(before, path+"-shm")
			if fmt.Sprint(before) != fmt.Sprint(after) {
				t.Fatalf("before %v\nafter %v", before, after)
			}
		})
	}
}

// leaveLog ends like a program that was killed: the change is in the log only.
func leaveLog(t testing.TB, path, statement string) {
	t.Helper()
	work := path + ".work"
	must(t, copyFile(path, work))
	db, err := sql.Open("sqlite", dsn(work, modeWrite, time.Second))
	must(t, err)
	db.SetMaxOpenConns(1)
	_, err = db.Exec(statement)
	must(t, err)
	must(t, copyFile(work, path))
	must(t, copyFile(work+"-wal", path+"-wal"))
	must(t, db.Close())
	must(t, os.Remove(work))
}

func TestForeignDatabaseIsNotTouched(t *testing.T) {
	path := filepath.Join(t.TempDir(), "other.db")
	raw(t, path, "CREATE TABLE bookmarks (url TEXT)", "INSERT INTO bookmarks VALUES ('x')")
	before := contents(t, filepath.Dir(path))
	for _, readOnly := range []bool{false, true} {
		_, err := Open(t.Context(), path, Options{ReadOnly: readOnly})
		wantKind(t, err, ErrForeign)
	}
	if after := contents(t, filepath.Dir(path)); fmt.Sprint(before) != fmt.Sprint(after) {
		t.Fatalf("before %v\nafter %v", before, after)
	}
}

func TestOnlyRegularFiles(t *testing.T) {
	folder := t.TempDir()
	s := openNew(t, Options{})
	link := filepath.Join(folder, "link")
	must(t, os.Symlink(filepath.Join(folder, "nowhere"), link))
	for _, path := range []string{folder, "/dev/null", link} {
		if _, err := Open(t.Context(), path, Options{}); err == nil {
			t.Fatalf("opened %s", path)
		}
		wantKind(t, s.Backup(t.Context(), path), ErrNotRegular)
	}
	_, err := Open(t.Context(), folder, Options{})
	wantKind(t, err, ErrNotRegular)
	_, err = Open(t.Context(), "", Options{})
	wantKind(t, err, ErrInvalid)
	blocked := filepath.Join(folder, "file")
	must(t, os.WriteFile(blocked, nil, 0o600))
	_, err = Open(t.Context(), filepath.Join(blocked, "h.db"), Options{})
	wantKind(t, err, ErrNotRegular)
}

func TestLinkToADatabase(t *testing.T) {
	path, cases := stored(t, "A")
	link := filepath.Join(t.TempDir(), "link.db")
	must(t, os.Symlink(path, link))
	s := open(t, link, Options{})
	get(t, s, cases[0].ID)
	real, err := filepath.EvalSymlinks(path)
	must(t, err)
	if s.Path() != real {
		t.Fatalf("path %s, want %s", s.Path(), real)
	}
}

func TestReadOnly(t *testing.T) {
	path, cases := stored(t, "A")
	before := contents(t, filepath.Dir(path))
	s := open(t, path, Options{ReadOnly: true})
	if got := get(t, s, cases[0].ID); got.Name != "A" {
		t.Fatalf("%+v", got)
	}
	_, err := s.Save(t.Context(), sample("B"))
	wantKind(t, err, ErrReadOnly)
	_, err = s.AutoBackup(t.Context(), BackupPolicy{})
	wantKind(t, err, ErrReadOnly)
	must(t, s.Backup(t.Context(), filepath.Join(t.TempDir(), "copy.db")))
	must(t, s.Close())
	if after := contents(t, filepath.Dir(path)); before[path] != after[path] {
		t.Fatal("the database was written to")
	}
	_, err = Open(t.Context(), path+"x", Options{ReadOnly: true})
	wantKind(t, err, ErrNotFound)
	raw(t, path, "PRAGMA user_version = 0")
	_, err = Open(t.Context(), path, Options{ReadOnly: true})
	wantKind(t, err, ErrOlder)
	must(t, os.WriteFile(path, bytes.Repeat([]byte("x"), 5000), 0o600))
	before = contents(t, filepath.Dir(path))
	_, err = Open(t.Context(), path, Options{ReadOnly: true})
	wantKind(t, err, ErrDamaged)
	if after := contents(t, filepath.Dir(path)); fmt.Sprint(before) != fmt.Sprint(after) {
		t.Fatal("a damaged file was touched")
	}
}

// damages are the ways in which a file breaks.
var damages = map[string]func(t *testing.T, path string){
	"header overwritten": func(t *testing.T, path string) { overwrite(t, path, 0, 100) },
	"first pages lost":   func(t *testing.T, path string) { overwrite(t, path, 0, 3*4096) },
	"a page torn":        func(t *testing.T, path string) { overwrite(t, path, 4096+8, 3000) },
	"cut short": func(t *testing.T, path string) {
		info, err := os.Stat(path)
		must(t, err)
		must(t, os.Truncate(path, info.Size()-4096))
	},
	"cut to nothing": func(t *testing.T, path string) { must(t, os.Truncate(path, 0)) },
	"not a database": func(t *testing.T, path string) { must(t, os.WriteFile(path, []byte("<html>not yet</html>"), 0o600)) },
}

func overwrite(t *testing.T, path string, at int64, n int) {
	t.Helper()
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	must(t, err)
	_, err = file.WriteAt(bytes.Repeat([]byte{0xa5}, n), at)
	must(t, errors.Join(err, file.Close()))
}

func TestDamagedFileIsKeptAsideAndBackupOpened(t *testing.T) {
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			path, cases := stored(t, "A")
			at := newClock()
			s := open(t, path, Options{Now: at.now})
			older, err := s.AutoBackup(t.Context(), BackupPolicy{})
			must(t, err)
			at.advance(48 * time.Hour)
			save(t, s, sample("B"))
			newest, err := s.AutoBackup(t.Context(), BackupPolicy{})
			must(t, err)
			save(t, s, sample("C"))
			must(t, s.Close())
			damage(t, path)
			broken, err := os.ReadFile(path)
			must(t, err)

			again := open(t, path, Options{Now: at.now})
			recovery := again.Recovered()
			want := []string{"A", "B", "C"}[:2+recovery.Rescued] // C is in the damaged file only
			if got := names(t, again, Query{Sort: SortName}); !slices.Equal(got, want) {
				t.Fatalf("opened with %q, %d rescued", got, recovery.Rescued)
			}
			if recovery == nil || recovery.Backup != newest || !recovery.TakenAt.Equal(at.at) || !strings.Contains(recovery.Advice(), recovery.Aside) {
				t.Fatalf("recovery %+v", recovery)
			}
			if kept, err := os.ReadFile(recovery.Aside); err != nil || !bytes.Equal(kept, broken) {
				t.Fatalf("the damaged file is not kept: %v", err)
			}
			save(t, again, get(t, again, cases[0].ID))
			must(t, again.Close())

			// Another time, with the newest backup damaged too.
			damage(t, path)
			overwrite(t, newest, 0, 5000)
			third := open(t, path, Options{Now: at.now})
			if r := third.Recovered(); r == nil || r.Backup != older || r.Aside == recovery.Aside {
				t.Fatalf("recovery %+v", r)
			}
			if got := names(t, third, Query{}); len(got) != 1+third.Recovered().Rescued || !slices.Contains(got, "A") {
				t.Fatalf("opened with %q, %d rescued", got, third.Recovered().Rescued)
			}
			must(t, third.Close())
			if fourth := open(t, path, Options{}); fourth.Recovered() != nil {
				t.Fatal("a sound database was recovered")
			}
		})
	}
}

func TestRescueFromDamagedFile(t *testing.T) {
	for name, damage := range map[string]func(path string, size int64){
		"a page in the middle": func(path string, size int64) { overwrite(t, path, size/2/4096*4096, 4096) },
		"the last pages":       func(path string, size int64) { must(t, os.Truncate(path, size-5*4096)) },
	} {
		t.Run(name, func(t *testing.T) {
			path, cases := stored(t, "old")
			s := open(t, path, Options{})
			_, err := s.AutoBackup(t.Context(), BackupPolicy{})
			must(t, err)
			time.Sleep(2 * time.Millisecond) // states of one moment count as the same
			cases[0].Notes = "changed after the backup"
			want := map[string]Case{cases[0].ID: save(t, s, cases[0])}
			for i := range 300 {
				c := sample(fmt.Sprint("case ", i))
				c.Scenario = json.RawMessage(`"` + strings.Repeat("x", 2500) + `"`)
				c = save(t, s, c)
				want[c.ID] = c
			}
			must(t, s.SetFact(t.Context(), "prices", "p", json.RawMessage(`{"usd": 1}`), "checked"))
			must(t, s.Close())
			info, err := os.Stat(path)
			must(t, err)
			damage(path, info.Size())

			again := open(t, path, Options{})
			if r := again.Recovered(); r == nil || r.Rescued < 250 || !strings.Contains(r.Advice(), fmt.Sprint(r.Rescued)) {
				t.Fatalf("recovery %+v", r)
			}
			t.Logf("%d of %d rescued", again.Recovered().Rescued, len(want))
			if facts, err := again.FactList(t.Context()); err != nil || len(facts) != 1 || facts[0].Reason != "checked" {
				t.Fatalf("rescued facts %+v %v", facts, err)
			}
			listed, err := again.List(t.Context(), Query{})
			must(t, err)
			for _, c := range listed {
				got := get(t, again, c.ID)
				if original := want[c.ID]; !got.equal(original) && c.ID != cases[0].ID {
					t.Fatalf("rescued\n%+v\nwas\n%+v", got, original)
				}
			}
			if problems, err := again.Check(t.Context()); err != nil || len(problems) > 0 {
				t.Fatalf("%q %v", problems, err)
			}
		})
	}
}

func TestDamagedWithoutBackup(t *testing.T) {
	path, _ := stored(t, "A")
	overwrite(t, path, 0, 100)
	s := open(t, path, Options{})
	if r := s.Recovered(); r == nil || r.Backup != "" || !strings.Contains(r.Advice(), "no backup") {
		t.Fatalf("recovery %+v", r)
	}
	if got := names(t, s, Query{}); len(got) != 0 {
		t.Fatalf("opened with %q", got)
	}
	save(t, s, sample("B"))
}

func TestDamageWhileOpenIsAnError(t *testing.T) {
	path, cases := stored(t, "A")
	s := open(t, path, Options{})
	raw(t, path, "PRAGMA writable_schema = ON", "PRAGMA ignore_check_constraints = ON",
		"UPDATE revisions SET scenario = '{'", "UPDATE cases SET revision = 4 WHERE id = '"+cases[0].ID+"'")
	problems, err := s.Check(t.Context())
	if err != nil || len(problems) < 2 || !strings.Contains(strings.Join(problems, "\n"), "is missing") {
		t.Fatalf("%q %v", problems, err)
	}
}

func TestMovedWhileOpen(t *testing.T) {
	path, _ := stored(t, "A")
	s := open(t, path, Options{})
	must(t, os.Rename(path, path+".elsewhere"))
	_, err := s.Save(t.Context(), sample("B"))
	wantKind(t, err, ErrMoved)
	must(t, os.WriteFile(path, nil, 0o600))
	_, err = s.Save(t.Context(), sample("B"))
	wantKind(t, err, ErrMoved)
}

func TestMigration(t *testing.T) {
	path, cases := stored(t, "A")
	second := migration{name: "0002_test", sql: `
		CREATE TABLE extra (case_row INTEGER REFERENCES cases (row), note TEXT) STRICT;
		INSERT INTO extra SELECT row, name FROM cases;`}
	broken := migration{name: "0003_broken", sql: "CREATE TABLE half (x) STRICT; CREATE TABLE half (x INTEGER) STRICT;"}
	dangling := migration{name: "0003_dangling", sql: "INSERT INTO extra VALUES (99, 'nobody');"}

	for _, bad := range []migration{broken, dangling} {
		_, err := openWith(t.Context(), path, Options{}, append(ownMigrations(), second, bad))
		var ours *Error
		if !errors.As(err, &ours) || !strings.Contains(err.Error(), bad.name) {
			t.Fatalf("got %v", err)
		}
		found, err := look(t.Context(), path, time.Second)
		if err != nil || found.version != 2 {
			t.Fatalf("after a broken third step: %+v %v", found, err)
		}
	}
	s, err := openWith(t.Context(), path, Options{}, append(ownMigrations(), second))
	must(t, err)
	var note string
	must(t, s.reader.QueryRow("SELECT note FROM extra").Scan(&note))
	backups := s.Backups()
	must(t, s.Close())
	if note != "A" {
		t.Fatalf("migrated %q", note)
	}
	if len(backups) != 3 || !backups[2].BeforeMigration {
		t.Fatalf("backups %+v, want one before each attempt", backups)
	}
	before := open(t, backups[2].Path, Options{})
	get(t, before, cases[0].ID)
	_, err = Open(t.Context(), path, Options{})
	wantKind(t, err, ErrNewer)
}

func TestNewerProgramMigratesWhileOpen(t *testing.T) {
	path, _ := stored(t, "A")
	s := open(t, path, Options{})
	newer, err := openWith(t.Context(), path, Options{}, append(ownMigrations(), migration{name: "0002_test", sql: "CREATE TABLE extra (x TEXT) STRICT"}))
	must(t, err)
	defer func() { must(t, newer.Close()) }()
	_, err = s.Save(t.Context(), sample("B"))
	wantKind(t, err, ErrNewer)
}

func TestBackup(t *testing.T) {
	s := openNew(t, Options{})
	c := save(t, s, sample("A"))
	target := filepath.Join(t.TempDir(), "a copy's name?.db")
	must(t, os.WriteFile(target, []byte("old"), 0o600))
	must(t, s.Backup(t.Context(), target))
	if got := get(t, open(t, target, Options{ReadOnly: true}), c.ID); string(got.Scenario) != string(c.Scenario) {
		t.Fatalf("%+v", got)
	}
	if entries, _ := os.ReadDir(filepath.Dir(target)); slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return strings.HasSuffix(e.Name(), ".part") }) {
		t.Fatalf("left over: %v", entries)
	}
	wantKind(t, s.Backup(t.Context(), s.Path()), ErrInvalid)
	wantKind(t, s.Backup(t.Context(), s.Path()+"-wal"), ErrInvalid)
	wantKind(t, s.Backup(t.Context(), s.Path()+"-journal"), ErrInvalid)
	wantKind(t, s.Backup(t.Context(), filepath.Join(target, "under a file")), ErrNotRegular)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	before, err := os.ReadFile(target)
	must(t, err)
	if err := s.Backup(ctx, target); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	if after, _ := os.ReadFile(target); !bytes.Equal(before, after) {
		t.Fatal("a backup that failed changed the old one")
	}
}

func TestAutoBackupKeepsSome(t *testing.T) {
	at := newClock()
	s := openNew(t, Options{Now: at.now})
	save(t, s, sample("A"))
	stranger := filepath.Join(s.BackupFolder(), "my notes.txt")
	var made []string
	for range 6 {
		for _, wanted := range []bool{true, false} {
			path, err := s.AutoBackup(t.Context(), BackupPolicy{Every: 24 * time.Hour, Keep: 3})
			if err != nil || (path != "") != wanted {
				t.Fatalf("%q %v, wanted one: %v", path, err, wanted)
			}
			if wanted {
				made = append(made, path)
			}
		}
		must(t, os.WriteFile(stranger, []byte("keep"), 0o600))
		at.advance(24 * time.Hour)
	}
	var left []string
	for _, backup := range s.Backups() {
		left = append(left, backup.Path)
	}
	if want := []string{made[5], made[4], made[3]}; !slices.Equal(left, want) {
		t.Fatalf("left %q, want %q", left, want)
	}
	if _, err := os.Stat(stranger); err != nil {
		t.Fatal("a file that is no backup was removed")
	}
	at.advance(-365 * 24 * time.Hour) // a clock that was a year ahead
	if path, err := s.AutoBackup(t.Context(), BackupPolicy{}); err != nil || path == "" {
		t.Fatalf("a backup from the future stopped today's: %v", err)
	}
}

func TestLockedByAnotherProgram(t *testing.T) {
	path, _ := stored(t, "A")
	s := open(t, path, Options{BusyTimeout: 50 * time.Millisecond})
	db, err := sql.Open("sqlite", "file:"+path+"?_txlock=immediate")
	must(t, err)
	defer func() { must(t, db.Close()) }()
	tx, err := db.Begin()
	must(t, err)
	_, err = s.Save(t.Context(), sample("B"))
	wantKind(t, err, ErrLocked)
	if got := names(t, s, Query{}); !slices.Equal(got, []string{"A"}) {
		t.Fatalf("reading while another writes: %q", got)
	}
	must(t, tx.Rollback())
	save(t, s, sample("B"))
}

func TestManyWritersInOneProgram(t *testing.T) {
	path := filepath.Join(t.TempDir(), "h.db")
	stores := []*Store{open(t, path, Options{}), open(t, path, Options{})}
	var group sync.WaitGroup
	for n := range 8 {
		group.Go(func() {
			for i := range 10 {
				if _, err := stores[n%2].Save(context.Background(), sample(fmt.Sprintf("%d/%d", n, i))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if n, err := stores[0].Count(t.Context(), Query{}); err != nil || n != 80 {
		t.Fatalf("%d cases, want 80 (%v)", n, err)
	}
}

// The variables that turn the test program into one that writes.
const (
	writerDB   = "STORAGE_TEST_DB"
	writerName = "STORAGE_TEST_NAME"
	writerMost = "STORAGE_TEST_MOST"
)

// TestMain also serves as the other program of the tests below: it saves cases
// and prints each id once Save has returned.
func TestMain(m *testing.M) {
	path := os.Getenv(writerDB)
	if path == "" {
		os.Exit(m.Run())
	}
	var most int
	_, _ = fmt.Sscan(os.Getenv(writerMost), &most)
	if err := writeLoop(path, os.Getenv(writerName), most); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func writeLoop(path, name string, most int) error {
	ctx := context.Background()
	s, err := Open(ctx, path, Options{MergeWithin: time.Hour})
	if err != nil {
		return err
	}
	for i := 0; most == 0 || i < most; i++ {
		c, err := s.Save(ctx, Case{Name: fmt.Sprint(name, " ", i), Scenario: json.RawMessage(fmt.Sprintf(`{"n": %d, "pad": %q}`, i, strings.Repeat("x", i%5000)))})
		if err != nil {
			return err
		}
		c.Scenario = json.RawMessage(fmt.Sprintf(`{"again": %d}`, i))
		if c, err = s.Save(ctx, c); err != nil {
			return err
		}
		fmt.Println(c.ID, i)
	}
	return s.Close()
}

// program starts this test program as another one that writes into path.
func program(t *testing.T, path, name string, most int) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), writerDB+"="+path, writerName+"="+name, fmt.Sprint(writerMost, "=", most))
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, os.Stderr
	must(t, command.Start())
	return command, &out
}

// acknowledged reads what a writer printed, leaving out a line cut short.
func acknowledged(out string) map[string]int {
	all := map[string]int{}
	for line := range strings.Lines(out) {
		var id string
		var n int
		if _, err := fmt.Sscan(line, &id, &n); err == nil && strings.HasSuffix(line, "\n") {
			all[id] = n
		}
	}
	return all
}

func TestKilledProgramLosesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "h.db")
	total := map[string]int{}
	for round := range 5 {
		command, out := program(t, path, fmt.Sprint("round ", round), 0)
		time.Sleep(time.Duration(300+70*round) * time.Millisecond)
		must(t, command.Process.Kill())
		_ = command.Wait() // it was killed, so it says so
		for id, n := range acknowledged(out.String()) {
			total[id] = n
		}
	}
	if len(total) < 20 {
		t.Fatalf("only %d cases were saved before the kills", len(total))
	}
	s := open(t, path, Options{})
	if s.Recovered() != nil {
		t.Fatalf("the kill damaged the file: %+v", s.Recovered())
	}
	for id, n := range total {
		if c := get(t, s, id); string(c.Scenario) != fmt.Sprintf(`{"again": %d}`, n) {
			t.Fatalf("case %d is %s", n, c.Scenario)
		}
	}
	if problems, err := s.Check(t.Context()); err != nil || len(problems) > 0 {
		t.Fatalf("%q %v", problems, err)
	}
	t.Logf("%d acknowledged saves found", len(total))
}

func TestTwoProgramsShareADatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "h.db")
	var commands []*exec.Cmd
	var outs []*bytes.Buffer
	for n := range 3 { // all three may be the one that makes the file
		command, out := program(t, path, fmt.Sprint("program ", n), 40)
		commands, outs = append(commands, command), append(outs, out)
	}
	total := map[string]int{}
	for n, command := range commands {
		must(t, command.Wait())
		for id, i := range acknowledged(outs[n].String()) {
			total[id] = i
		}
	}
	s := open(t, path, Options{})
	if n, err := s.Count(t.Context(), Query{}); err != nil || n != 120 || len(total) != 120 {
		t.Fatalf("%d cases, %d acknowledged, want 120 (%v)", n, len(total), err)
	}
	for id := range total {
		get(t, s, id)
	}
}
