package desktop

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/export"
	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/assets"
	"hostwise/assets/fonts"
	"hostwise/calc"
	"hostwise/storage"
)

// Options are what the window is opened with.
type Options struct {
	Version  string              // of the program
	Database string              // path; "" = the default place
	Writer   export.Writer       // of exports; nil = the app's own
	Getenv   func(string) string // nil = os.Getenv
}

// memoryLimit is where the garbage collector works harder, in bytes, unless GOMEMLIMIT says otherwise. Some 65 MB live
// with ten thousand cases. At 96 MB the collector took half of the time in which a verdict is awaited; without a limit
// the garbage of the draws would stay with the process for minutes.
const memoryLimit = 128 << 20

// settle is the pause before the draws start after an answer, so that typing never competes with sampling.
const settle = 60 * time.Millisecond

// patience is how long a change waits for its base answer: no longer than the picture before it stands anyway.
const patience = 16 * time.Millisecond

// errNoDisplay says what to do where there is nothing to open a window on.
var errNoDisplay = errors.New("there is no display to open a window on; the sub-commands need none: hostwise help")

// Run opens the window and returns when it is closed. An error has been shown to the person already, on standard
// error where there is no window to show it in.
func Run(a fyne.App, opt Options) error {
	if opt.Getenv == nil {
		opt.Getenv = os.Getenv
	}
	if displayMissing(runtime.GOOS, opt.Getenv) {
		fmt.Fprintln(os.Stderr, "hostwise:", errNoDisplay)
		return errNoDisplay
	}
	if opt.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
	look := &ui.Theme{Mode: modeFrom(opt.Getenv), Fonts: Faces()}
	a.Settings().SetTheme(look)
	a.SetIcon(mark())

	db, err := openDatabase(opt)
	if err != nil {
		showFailure(a, err)
		return err
	}
	defer func() { _ = db.Close() }() // everything saved is on the disk already
	cat, err := assets.Catalogue()
	if err != nil {
		showFailure(a, err)
		return err
	}
	assessor := calc.NewAssessor(cat)
	if opt.Writer == nil {
		opt.Writer = export.NewWriter(assessor, opt.Version, time.Now)
	}
	s := session.New(session.Deps{
		Store:     session.NewDatabase(db, cat, opt.Version),
		Assessor:  assessor,
		Catalogue: cat,
		Files:     session.ScenarioFiles{Catalogue: cat},
		Do:        fyne.Do,
		Settle:    settle,
		Patience:  patience,
	})
	w := newWindow(a, s, look, opt, ui.Background)
	if r := db.Recovered(); r != nil {
		w.tell("The saved cases were damaged", r.Advice(), "")
	}
	go func() { _, _ = db.AutoBackup(context.Background(), storage.BackupPolicy{}) }()
	w.win.ShowAndRun()
	return nil
}

// displayMissing reports whether no window can be opened: on Linux and the BSDs a display is named in the environment.
func displayMissing(goos string, getenv func(string) string) bool {
	switch goos {
	case "windows", "darwin", "android", "ios":
		return false
	}
	return getenv("DISPLAY") == "" && getenv("WAYLAND_DISPLAY") == ""
}

// Faces are the fonts of the window.
func Faces() ui.Fonts {
	return ui.Fonts{
		Regular:  fyne.NewStaticResource("HostwiseSans-Regular.ttf", fonts.Regular),
		SemiBold: fyne.NewStaticResource("HostwiseSans-SemiBold.ttf", fonts.SemiBold),
		Mono:     fyne.NewStaticResource("HostwiseMono-Regular.ttf", fonts.Mono),
	}
}

// modeFrom reads HOSTWISE_THEME, which outranks the setting: light, dark or nothing.
func modeFrom(getenv func(string) string) string {
	switch mode := getenv("HOSTWISE_THEME"); mode {
	case session.ThemeLight, session.ThemeDark:
		return mode
	}
	return ""
}

func openDatabase(opt Options) (*storage.Store, error) {
	path := opt.Database
	if path == "" {
		var err error
		if path, err = storage.DefaultPath(opt.Getenv, runtime.GOOS); err != nil {
			return nil, err
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the saved cases: %w", err)
	}
	return storage.Open(context.Background(), path, storage.Options{MergeWithin: storage.AutosaveMerge})
}

// showFailure opens a window that says why the app cannot start and what to do.
func showFailure(a fyne.App, err error) {
	w := a.NewWindow("Hostwise")
	words := storage.Advice(err)
	if words == "" {
		words = "Hostwise could not start: " + err.Error()
	}
	quit := ui.NewButton(ui.Main, "Quit", a.Quit)
	w.SetContent(ui.EmptyState(ui.IconWarning, "The saved cases could not be opened", words, quit))
	w.Resize(fyne.NewSize(640, 360))
	w.CenterOnScreen()
	w.ShowAndRun()
}
