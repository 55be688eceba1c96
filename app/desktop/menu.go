package desktop

import (
	"fmt"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/storage"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
)

// menu is the menu bar. The application's keys are its items, since only those reach past a focused field.
type menu struct {
	w          *window
	main       *fyne.MainMenu
	undo, redo *fyne.MenuItem
	themes     map[string]*fyne.MenuItem
	last       [2]string // what undo and redo said
}

const (
	ctrl  = fyne.KeyModifierControl
	shift = fyne.KeyModifierShift
)

func key(name fyne.KeyName, mod fyne.KeyModifier) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: name, Modifier: mod}
}

func item(label string, shortcut fyne.Shortcut, do func()) *fyne.MenuItem {
	i := fyne.NewMenuItem(label, do)
	i.Shortcut = shortcut
	return i
}

// alone runs an action only where no dialog is open: what a key changes behind a dialog is not seen, and the dialog may
// be about what it changes.
func (w *window) alone(do func()) func() {
	return func() {
		if w.win.Canvas().Overlays().Top() == nil {
			do()
		}
	}
}

func newMenu(w *window) *menu {
	m := &menu{w: w, themes: map[string]*fyne.MenuItem{}}
	m.undo = item("Undo", &fyne.ShortcutUndo{}, w.undo)
	m.redo = item("Redo", key(fyne.KeyZ, ctrl|shift), w.redo)
	m.main = fyne.NewMainMenu(m.caseMenu(), m.editMenu(), m.viewMenu(), m.helpMenu())
	return m
}

func (m *menu) caseMenu() *fyne.Menu {
	w := m.w
	quit := item("Quit", key(fyne.KeyQ, ctrl), w.close)
	quit.IsQuit = true
	return fyne.NewMenu("Case",
		item("New …", key(fyne.KeyN, ctrl), w.alone(w.newCase)),
		item("Import …", key(fyne.KeyO, ctrl), w.alone(w.importDialog)),
		item("Save now", key(fyne.KeyS, ctrl), w.saveNow),
		item("Duplicate", key(fyne.KeyD, ctrl), w.alone(w.duplicate)),
		fyne.NewMenuItemSeparator(),
		item("Export …", key(fyne.KeyE, ctrl), func() { w.export() }),
		item("Export the scenario …", key(fyne.KeyE, ctrl|shift), w.alone(w.exportScenario)),
		fyne.NewMenuItemSeparator(),
		quit)
}

func (m *menu) editMenu() *fyne.Menu {
	return fyne.NewMenu("Edit", m.undo, m.redo,
		fyne.NewMenuItemSeparator(),
		item("Find anything …", key(fyne.KeyK, ctrl), m.w.find))
}

func (m *menu) viewMenu() *fyne.Menu {
	w := m.w
	view := fyne.NewMenu("View")
	keys := []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6}
	n := 0
	for _, p := range pages {
		var shortcut fyne.Shortcut
		if !p.foot && n < len(keys) {
			shortcut = key(keys[n], ctrl)
			n++
		} else if p.id == ui.PageSettings {
			shortcut = key(fyne.KeyComma, ctrl)
		}
		view.Items = append(view.Items, item(p.title, shortcut, w.alone(func() { w.goTo(p.id, "") })))
	}
	theme := func(label, mode string) *fyne.MenuItem {
		i := fyne.NewMenuItem(label, func() { w.session.SetTheme(mode) })
		m.themes[mode] = i
		return i
	}
	view.Items = append(view.Items,
		fyne.NewMenuItemSeparator(),
		item("Larger text", key(fyne.KeyEqual, ctrl), func() { w.textSize(+10) }),
		item("Smaller text", key(fyne.KeyMinus, ctrl), func() { w.textSize(-10) }),
		item("Normal text", key(fyne.Key0, ctrl), func() { w.textSize(session.MinTextScale - w.wantedScale()) }),
		fyne.NewMenuItemSeparator(),
		theme("Theme of the system", session.ThemeSystem), theme("Light", session.ThemeLight), theme("Dark", session.ThemeDark),
		item("Switch light and dark", key(fyne.KeyL, ctrl|shift), w.switchTheme))
	return view
}

func (m *menu) helpMenu() *fyne.Menu {
	w := m.w
	help := fyne.NewMenu("Help", item("Keys (F1)", nil, w.showKeys))
	if pageNamed(ui.PageHelp) != nil {
		help.Items = append(help.Items, item("Questions and answers", nil, w.alone(func() { w.goTo(ui.PageHelp, "") })))
	}
	help.Items = append(help.Items, item("About Hostwise", nil, w.alone(w.about)))
	return help
}

// update says in the menu what undo and redo would do. The bar is built anew only when that changed.
func (m *menu) update() {
	undo, canUndo := m.w.session.CanUndo()
	redo, canRedo := m.w.session.CanRedo()
	if m.last == [2]string{undo, redo} {
		return
	}
	m.last = [2]string{undo, redo}
	set := func(i *fyne.MenuItem, verb, what string, can bool) {
		i.Label = verb
		if can {
			i.Label = verb + " " + what
		}
	}
	// The items stay enabled: in a field the same key undoes typing.
	set(m.undo, "Undo", undo, canUndo)
	set(m.redo, "Redo", redo, canRedo)
	m.main.Refresh()
}

// styleRest is how long the size of the text rests before the window is drawn anew: a key held down is one change.
const styleRest = 180 * time.Millisecond

// textSize moves the size of the text. Repeats are collected, since laying a page out anew takes far longer than a key
// takes to repeat; the size that is wanted is said at once.
func (w *window) textSize(by int) {
	want := min(max(w.wantedScale()+by, session.MinTextScale), session.MaxTextScale)
	if w.stopStyle != nil {
		w.stopStyle()
	}
	w.scale = want
	w.status.Set([]ui.StatusPart{{Text: fmt.Sprintf("Text at %d %%", want)}}, nil)
	w.stopStyle = w.after(styleRest, func() {
		w.stopStyle = nil
		w.session.SetTextScale(want)
		w.status.Set(w.statusParts())
	})
}

// wantedScale is the size of the text that the keys have asked for so far.
func (w *window) wantedScale() int {
	if w.stopStyle != nil {
		return w.scale
	}
	return w.session.Settings().TextScale
}

func (w *window) switchTheme() {
	if ui.IsDark() {
		w.session.SetTheme(session.ThemeLight)
	} else {
		w.session.SetTheme(session.ThemeDark)
	}
}

func (w *window) saveNow() {
	if err := w.session.SaveNow(); err == nil {
		w.toasts.Show(saveWords(w.session), nil)
	}
}

func (w *window) duplicate() {
	if w.session.ID() == "" {
		if err := w.session.SaveNow(); err != nil {
			return // the session has said so
		}
	}
	ids, err := w.session.Duplicate(w.session.ID())
	if err != nil {
		w.complain("The case could not be duplicated.", err)
		return
	}
	if err := w.session.OpenCase(ids[0]); err != nil {
		w.complain("The copy could not be opened.", err)
		return
	}
	w.toasts.Show("The copy is open: "+w.session.Name(), nil)
}

// newCase offers a blank case and the templates.
func (w *window) newCase() {
	choices := []ui.Choice{{ID: "", Title: "Blank case", Detail: "Every answer at its default"}}
	for _, t := range w.session.Templates() {
		choices = append(choices, ui.Choice{ID: t.Name, Title: t.Title, Detail: t.Words})
	}
	list := ui.NewChoiceList(choices, "", nil)
	scroll := ui.Scroll(list)
	scroll.SetMinSize(fyne.NewSize(300, 380))
	ui.ShowDialog(w.win.Canvas(), 560, "New case", scroll, func(d *ui.Dialog) []fyne.CanvasObject {
		return []fyne.CanvasObject{
			ui.NewButton(ui.Outline, "Cancel", d.Close).WithKey("Esc"),
			ui.NewButton(ui.Main, "Create", func() {
				d.Close()
				if err := w.session.NewCase(list.Chosen()); err != nil {
					w.complain("The case could not be created.", err)
					return
				}
				w.goTo(pages[0].id, "")
			}),
		}
	})
}

// importDialog asks for a scenario file.
func (w *window) importDialog() {
	d := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		if err != nil {
			w.complain("The file could not be opened.", err)
			return
		}
		if f == nil {
			return
		}
		path := f.URI().Path()
		_ = f.Close()
		w.importFiles([]string{path})
	}, w.win)
	d.SetFilter(storage.NewExtensionFileFilter([]string{".json", ".jsonl", ".zip"}))
	ui.StartIn(d, w.session.Settings().ExportFolder)
	ui.ShowFiles(w.win.Canvas(), d)
}

// exportScenario asks where to write the open scenario.
func (w *window) exportScenario() {
	d := dialog.NewFileSave(func(f fyne.URIWriteCloser, err error) {
		if err != nil {
			w.complain("The file could not be written.", err)
			return
		}
		if f == nil {
			return
		}
		path := f.URI().Path()
		_ = f.Close()
		if err := w.session.ExportScenario(path); err != nil {
			w.complain("The scenario could not be written.", err)
			return
		}
		w.session.SetExportFolder(filepath.Dir(path))
		w.toasts.Show("Written to "+path, nil)
	}, w.win)
	d.SetFileName(session.FileName(w.session.Name()) + ".json")
	ui.StartIn(d, w.session.Settings().ExportFolder)
	ui.ShowFiles(w.win.Canvas(), d)
}

func (w *window) about() {
	cat := w.session.Catalogue()
	words := "Hostwise " + w.opt.Version + " helps to decide whether to call an API for DeepSeek R1 or to host it. It needs no network and sends nothing anywhere."
	body := ui.Column(10, ui.NewText(ui.Body, words).In(ui.ColorInk2).Wrapped())
	if cat != nil {
		body.Add(ui.NewText(ui.Secondary, fmt.Sprintf("Catalogue %s of %s: %d prices, %d devices, %d measured runs.",
			cat.Version, cat.Date, len(cat.Prices), len(cat.Devices), len(cat.SpeedRuns)+len(cat.MemoryRuns))).In(ui.ColorInk3).Wrapped())
	}
	body.Add(ui.NewText(ui.Secondary, "Typefaces: Hostwise Sans, a cut of Inter, and Hostwise Mono, a cut of JetBrains Mono, both under the SIL Open Font License.").In(ui.ColorInk3).Wrapped())
	ui.ShowDialog(w.win.Canvas(), 460, "About Hostwise", body, func(d *ui.Dialog) []fyne.CanvasObject {
		return []fyne.CanvasObject{ui.NewButton(ui.Main, "Close", d.Close).WithKey("Esc")}
	})
}
