package export

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
	"hostwise/app/desktop/ui/uitest"
)

func TestAFolderThatCannotBeUsedIsSaidInPlainWords(t *testing.T) {
	for err, want := range map[error]string{
		fs.ErrPermission: "not yours to write to",
		syscall.EROFS:    "not yours to write to",
		syscall.ENOSPC:   "disk is full",
		syscall.ENOTDIR:  "is a file and no folder",
		syscall.EINVAL:   "no folder of this name",
		syscall.ENOTCONN: "does not let this folder be used",
	} {
		e := &folderError{"/there", &fs.PathError{Op: "mkdir", Path: "/there", Err: err}}
		if got := e.words(); !strings.Contains(got, want) {
			t.Errorf("%v is told as %q", err, got)
		}
		if !strings.Contains(e.Error(), "/there") {
			t.Errorf("%v does not name the folder", e)
		}
	}
}

func TestTheHomeCanBeTyped(t *testing.T) {
	t.Setenv("HOME", "/home/she")
	for typed, want := range map[string]string{
		"~": "/home/she", "~/decks": "/home/she/decks", " /srv/x ": "/srv/x", "~other/x": "~other/x", "decks": "decks",
	} {
		if got := inHome(typed); got != want {
			t.Errorf("%q is %q, want %q", typed, got, want)
		}
	}
}

func TestAFolderIsTriedAndLeftAsItWas(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new", "deep")
	made, err := prepare(folder)
	if err != nil || !made {
		t.Fatalf("made %v, %v", made, err)
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 0 {
		t.Errorf("trying left %v, %v", entries, err)
	}
	if made, err = prepare(folder); err != nil || made {
		t.Errorf("again: made %v, %v", made, err)
	}
}

// A path through a file is refused beside its field, the words stay, and nothing is left behind.
func TestAPathThroughAFileIsSaidAtTheField(t *testing.T) {
	s := savedCase(t)
	file := filepath.Join(s.Settings().ExportFolder, "plan.txt")
	if err := os.WriteFile(file, []byte("kept"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, win := dialogIn(t, s, &recorder{})
	f.folder.Replace(file)
	uitest.Press(t, win, wordExport)
	uitest.Sees(t, win, "is a file and no folder")
	f.folder.Replace("decks")
	uitest.Press(t, win, wordExport)
	uitest.Sees(t, win, "Give the folder with its full path.")
	if f.folder.Text() != "decks" {
		t.Errorf("the field holds %q", f.folder.Text())
	}
	f.folder.Replace(filepath.Join(s.Settings().ExportFolder, "decks"))
	uitest.Press(t, win, wordExport)
	uitest.SeesNot(t, win, "full path", "no folder")
	uitest.Sees(t, win, "files written to")
	if data, err := os.ReadFile(file); err != nil || string(data) != "kept" {
		t.Errorf("the file holds %q, %v", data, err)
	}
}

// Where nothing could be written, the folder that was made for it goes too.
func TestAnEmptyFolderIsNotLeftBehind(t *testing.T) {
	s := savedCase(t)
	f, win := dialogIn(t, s, &recorder{fails: "memory"}, "memory")
	folder := filepath.Join(s.Settings().ExportFolder, "decks")
	f.folder.Replace(folder)
	uitest.Press(t, win, wordExport)
	uitest.Sees(t, win, "Nothing was written to")
	if _, err := os.Stat(folder); err == nil {
		t.Error("an empty folder is left")
	}
}

// The picture keeps its room whatever the size of the window and of the text.
func TestThePreviewHasRoom(t *testing.T) {
	for _, c := range []struct {
		width, height float32
		scale         int
		least         float32
	}{
		{1280, 772, 100, 200}, {960, 612, 100, 200}, {1280, 760, 200, 290}, {960, 600, 200, 290}, {1920, 1052, 100, 200},
	} {
		t.Run(fmt.Sprintf("%vx%v at %d", c.width, c.height, c.scale), func(t *testing.T) {
			win := uitest.Show(t, ui.NewText(ui.Body, "page"), c.width, c.height)
			fyne.CurrentApp().Settings().SetTheme(&ui.Theme{Mode: "light", Scale: c.scale})
			shell := ui.Detached()
			shell.Window = win
			f := Open(savedCase(t), shell, &recorder{}, nil)
			if got := f.preview.Size(); got.Height < c.least || got.Width < c.least {
				t.Errorf("the picture has %v", got)
			}
			for _, o := range []fyne.CanvasObject{f.where, f.title, f.format} {
				at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
				below := fyne.CurrentApp().Driver().AbsolutePositionForObject(f.preview)
				if at.Y < below.Y+f.preview.Size().Height && below.Y < at.Y+o.Size().Height {
					t.Errorf("%T at %v lies over the picture at %v", o, at, below)
				}
			}
		})
	}
}
