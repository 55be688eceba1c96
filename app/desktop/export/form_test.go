package export

import (
	"context"
	"errors"
	"image"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/session/sessiontest"
	"hostwise/app/desktop/ui"
	"hostwise/app/desktop/ui/uitest"
	"hostwise/calc"
)

// recorder is a Writer that writes what it was asked for, and remembers it.
type recorder struct {
	mu       sync.Mutex
	previews []Picture
	fails    string // the id or ending that cannot be made
	each     func() // before each file
}

func (r *recorder) Figures() []Choice {
	return []Choice{{"memory", "Memory by precision"}, {"tornado", "What moves the answer"}}
}

func (r *recorder) Reports() []Choice {
	return []Choice{{".pptx", "Slides (.pptx)"}, {".json", "Assessment (.json)"}}
}

func (r *recorder) Finding(_ context.Context, id string, _ Case) (string, error) {
	return "The finding of " + id, nil
}

func (r *recorder) Preview(_ context.Context, id string, _ Case, p Picture) (image.Image, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	p.Format = id
	r.previews = append(r.previews, p)
	return image.NewRGBA(image.Rect(0, 0, p.Width, p.Height)), nil
}

// last is the newest preview, its figure in Format.
func (r *recorder) last(t *testing.T) Picture {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.previews) == 0 {
		t.Fatal("no preview was drawn")
	}
	return r.previews[len(r.previews)-1]
}

var errFull = errors.New("no space left on device")

func (r *recorder) Draw(_ context.Context, id string, c Case, p Picture) ([]byte, error) {
	if r.each != nil {
		r.each()
	}
	if id == r.fails {
		return nil, errFull
	}
	return []byte(strings.Join([]string{id, p.Theme, p.Title, c.Assessment.ScenarioName}, "|")), nil
}

func (r *recorder) Report(_ context.Context, ending string, cases []Case, d Document) ([]byte, error) {
	if r.each != nil {
		r.each()
	}
	d.Progress(0.5)
	words := []string{ending, strings.Join(d.Figures, "+")}
	for _, c := range cases {
		words = append(words, c.Assessment.ScenarioName)
	}
	return []byte(strings.Join(words, "|")), nil
}

// dialogIn opens the dialog over a window of the size the app has at first.
func dialogIn(t *testing.T, s *session.Session, w Writer, chosen ...string) (*Form, fyne.Window) {
	t.Helper()
	win := uitest.Show(t, ui.NewText(ui.Body, "page"), 1280, 800)
	shell := ui.Detached()
	shell.Window = win
	f := Open(s, shell, w, func(*url.URL) error { return nil }, chosen...)
	return f, win
}

func savedCase(t *testing.T) *session.Session {
	t.Helper()
	s := sessiontest.New(t)
	sessiontest.Case(t, s, "saas-app", "Support desk", nil)
	s.SetExportFolder(t.TempDir())
	return s
}

func written(t *testing.T, s *session.Session) []string {
	t.Helper()
	entries, err := os.ReadDir(s.Settings().ExportFolder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func read(t *testing.T, s *session.Session, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(s.Settings().ExportFolder, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func press(t *testing.T, w fyne.Window, words ...string) {
	t.Helper()
	for _, x := range words {
		uitest.Press(t, w, x)
	}
}

func TestExportAsksBeforeItReplaces(t *testing.T) {
	s := savedCase(t)
	_, w := dialogIn(t, s, &recorder{})
	uitest.Sees(t, w, "Support desk", "Memory by precision", "What moves the answer", "Scenario (.json)", "Slides (.pptx)")
	press(t, w, "Export")
	uitest.Sees(t, w, "3 files written to")
	if got := read(t, s, "support-desk-memory.png"); got != "memory|light||Support desk" {
		t.Errorf("%q", got)
	}
	back, err := (session.ScenarioFiles{Catalogue: s.Catalogue()}).Read(filepath.Join(s.Settings().ExportFolder, "support-desk.json"))
	if err != nil || !back[0].Equal(s.Scenario()) {
		t.Errorf("the scenario did not come back: %v", err)
	}
	precious := filepath.Join(s.Settings().ExportFolder, "support-desk-memory.png")
	if err := os.WriteFile(precious, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	press(t, w, "Export")
	uitest.Sees(t, w, "Replace files?", "3 of the 3 files")
	press(t, w, "Cancel")
	if read(t, s, "support-desk-memory.png") != "precious" {
		t.Error("a file was replaced without consent")
	}
	press(t, w, "Export", "Replace")
	if read(t, s, "support-desk-memory.png") == "precious" {
		t.Error("a file was not replaced with consent")
	}
}

func TestThePreviewFollowsWhatIsChosen(t *testing.T) {
	r := &recorder{}
	f, w := dialogIn(t, savedCase(t), r)
	uitest.Sees(t, w, "Memory by precision, 1 of 2")
	if p := r.last(t); p.Format != "memory" || p.Theme != "light" || p.Width*9 > p.Height*16+16 || p.Width*9 < p.Height*16-16 {
		t.Errorf("first %+v", p)
	}
	press(t, w, "The next figure")
	uitest.Sees(t, w, "What moves the answer, 2 of 2")
	f.theme.Pick("dark")
	if p := r.last(t); p.Format != "tornado" || p.Theme != "dark" {
		t.Errorf("after next and dark %+v", p)
	}
	f.size.Pick("1080x1080")
	if p := r.last(t); p.Width != p.Height {
		t.Errorf("a square is %d × %d", p.Width, p.Height)
	}
	press(t, w, "What moves the answer") // not wanted after all
	uitest.Sees(t, w, "Memory by precision, 1 of 1")
	press(t, w, "None")
	uitest.SeesNot(t, w, "1 of 1")
	press(t, w, "What moves the answer")
	uitest.Sees(t, w, "What moves the answer, 1 of 1")
}

func TestATitleOfOnesOwn(t *testing.T) {
	s, r := savedCase(t), &recorder{}
	_, w := dialogIn(t, s, r, "memory")
	uitest.Type(t, w, "The finding of memory", "What we need")
	if p := r.last(t); p.Title != "What we need" {
		t.Errorf("the preview is titled %q", p.Title)
	}
	press(t, w, "Export")
	if got := read(t, s, "support-desk-memory.png"); got != "memory|light|What we need|Support desk" {
		t.Errorf("%q", got)
	}
	if got := written(t, s); len(got) != 1 {
		t.Errorf("besides the one figure: %v", got)
	}
}

func TestASizeOfOnesOwn(t *testing.T) {
	s, r := savedCase(t), &recorder{}
	f, w := dialogIn(t, s, r)
	f.size.Pick(ownSize)
	uitest.Type(t, w, "1600 × 900", "1600 by 800")
	if p := r.last(t); p.Width < 2*p.Height-2 || p.Width > 2*p.Height+2 {
		t.Errorf("the preview is %d × %d", p.Width, p.Height)
	}
	uitest.Type(t, w, "1600 × 900", "12")
	uitest.Sees(t, w, "Two numbers from 200 to 8192.")
	if f.look.size != "1600x800" {
		t.Errorf("a size that cannot be read replaced %s", f.look.size)
	}
	again, _ := dialogIn(t, s, r)
	if again.look.size != "1600x800" || again.own.Text() != "1600 × 800" {
		t.Errorf("the look was not remembered: %v, %q", again.look, again.own.Text())
	}
}

func TestSeveralCasesAtOnce(t *testing.T) {
	s := savedCase(t)
	other := s.ID()
	sessiontest.Case(t, s, "research-lab", "Support desk", map[string]calc.Value{"workload.calls_per_month": calc.Num(5000)})
	f, w := dialogIn(t, s, &recorder{}, "memory")
	f.Add(other)
	f.Add(other)
	uitest.Sees(t, w, "Each case's picture has its own finding as its title.")
	if len(f.cases) != 3 {
		t.Fatalf("%d cases", len(f.cases))
	}
	press(t, w, "Leave out Support desk", "Slides (.pptx)", "Export")
	want := []string{"support-desk-2-memory.png", "support-desk-and-1-more.pptx", "support-desk-memory.png"}
	if got := written(t, s); !slices.Equal(got, want) {
		t.Errorf("written %v, want %v", got, want)
	}
	if got := read(t, s, "support-desk-and-1-more.pptx"); got != ".pptx|memory|Support desk|Support desk" {
		t.Errorf("%q", got)
	}
}

func TestOneFailureLeavesTheOthers(t *testing.T) {
	s := savedCase(t)
	_, w := dialogIn(t, s, &recorder{fails: "memory"})
	press(t, w, "Assessment (.json)", "Export")
	uitest.Sees(t, w, "Not everything could be exported", "support-desk-memory.png: no space left on device")
	press(t, w, "Close")
	uitest.Sees(t, w, "3 of 4 files written.")
	if got := written(t, s); !slices.Equal(got, []string{"support-desk-assessment.json", "support-desk-tornado.png", "support-desk.json"}) {
		t.Errorf("%v", got)
	}
}

func TestAFolderThatIsAFileIsRefused(t *testing.T) {
	s := savedCase(t)
	path := filepath.Join(s.Settings().ExportFolder, "file")
	if err := os.WriteFile(path, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, w := dialogIn(t, s, &recorder{})
	f.folder.Replace("relative/place")
	press(t, w, "Export")
	uitest.Sees(t, w, "Give the folder with its full path.")
	f.folder.Replace(path)
	press(t, w, "Export")
	uitest.Sees(t, w, "A part of this path is a file and no folder.", "Nothing was written.")
	if data, _ := os.ReadFile(path); string(data) != "precious" {
		t.Error("the file was touched")
	}
}

func TestStopLeavesWhatIsWhole(t *testing.T) {
	s := savedCase(t)
	r := &recorder{}
	f, w := dialogIn(t, s, r)
	n := 0
	r.each = func() {
		if n++; n == 2 {
			f.startOrStop() // as a press on Stop while the second file is made
		}
	}
	press(t, w, "Export")
	uitest.Sees(t, w, "Stopped.", "Export")
	if got := written(t, s); !slices.Equal(got, []string{"support-desk-memory.png"}) {
		t.Errorf("%v", got)
	}
}

func TestSizesAsTheyAreTyped(t *testing.T) {
	for text, want := range map[string][2]int{"1600x900": {1600, 900}, " 1600 × 900 px": {1600, 900}, "200 8192": {200, 8192}} {
		if w, h, ok := readSize(text); !ok || w != want[0] || h != want[1] {
			t.Errorf("%q is read as %d × %d, %v", text, w, h, ok)
		}
	}
	for _, text := range []string{"", "1600", "1600x900x2", "199x900", "1600x8193", "99999999999999999999x900"} {
		if w, h, ok := readSize(text); ok {
			t.Errorf("%q is read as %d × %d", text, w, h)
		}
	}
	for _, kept := range []string{"", "gif 1920x1080 light", "png 1x1 light", "png 1920x1080 pink", "png"} {
		if l := readLook(kept); l.String() != "png 1920x1080 light" {
			t.Errorf("%q is taken as %q", kept, l)
		}
	}
}
