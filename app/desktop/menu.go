package desktop

import (
	"fmt"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
)

// menu is the menu bar. The application's keys are its items, since only those reach past a focused field.
type menu struct {
	w          *window
	main       *fyne.MainMenu
	lines      map[*fyne.Menu][]*menuLine
	undo, redo *menuLine
	themes     map[string]*fyne.MenuItem // by the setting that they choose
	last       [3]string                 // what undo and redo said, and the theme that was marked
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
	m := &menu{w: w, lines: map[*fyne.Menu][]*menuLine{}, themes: map[string]*fyne.MenuItem{}}
	m.main = fyne.NewMainMenu(m.caseMenu(), m.editMenu(), m.viewMenu(), m.helpMenu())
	return m
}

// add puts an item under a menu. Its key does the same.
func (m *menu) add(to *fyne.Menu, words string, key chord, do func()) *menuLine {
	l := &menuLine{item: fyne.NewMenuItem(words, do), words: words, chord: key}
	l.item.Shortcut = key.shortcut()
	to.Items = append(to.Items, l.item)
	m.lines[to] = append(m.lines[to], l)
	return l
}

func part(of *fyne.Menu) { of.Items = append(of.Items, fyne.NewMenuItemSeparator()) }

func (m *menu) caseMenu() *fyne.Menu {
	w, menu := m.w, fyne.NewMenu("Case")
	m.add(menu, "New …", chord{fyne.KeyN, ctrl}, w.alone(w.newCase))
	m.add(menu, "Import …", chord{fyne.KeyO, ctrl}, w.alone(w.importDialog))
	m.add(menu, "Save now", chord{fyne.KeyS, ctrl}, w.saveNow)
	m.add(menu, "Duplicate", chord{fyne.KeyD, ctrl}, w.alone(w.duplicate))
	part(menu)
	m.add(menu, "Export …", chord{fyne.KeyE, ctrl}, func() { w.export() })
	m.add(menu, "Export the scenario …", chord{fyne.KeyE, ctrl | shift}, w.alone(w.exportScenario))
	part(menu)
	m.add(menu, "Quit", chord{fyne.KeyQ, ctrl}, w.close).item.IsQuit = true
	return menu
}

func (m *menu) editMenu() *fyne.Menu {
	menu := fyne.NewMenu("Edit")
	m.undo = m.add(menu, "Undo", chord{fyne.KeyZ, ctrl}, m.w.undo)
	m.redo = m.add(menu, "Redo", chord{fyne.KeyZ, ctrl | shift}, m.w.redo)
	part(menu)
	m.add(menu, "Find anything …", chord{fyne.KeyK, ctrl}, m.w.find)
	return menu
}

// pageKeys are the keys of the pages in the order of the rail, and of the one at its foot.
var pageKeys = []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6}

func (m *menu) viewMenu() *fyne.Menu {
	w, menu := m.w, fyne.NewMenu("View")
	for i, p := range pages {
		key := chord{fyne.KeyComma, ctrl}
		if !p.foot {
			key.key = pageKeys[i]
		}
		m.add(menu, p.title, key, w.alone(func() { w.goTo(p.id, "") }))
	}
	part(menu)
	m.add(menu, "Larger text", chord{fyne.KeyEqual, ctrl}, func() { w.textSize(+10) })
	m.add(menu, "Smaller text", chord{fyne.KeyMinus, ctrl}, func() { w.textSize(-10) })
	m.add(menu, "Normal text", chord{fyne.Key0, ctrl}, func() { w.textSize(session.MinTextScale - w.wantedScale()) })
	part(menu)
	for _, t := range []struct{ words, mode string }{
		{"Theme of the system", session.ThemeSystem}, {"Light", session.ThemeLight}, {"Dark", session.ThemeDark},
	} {
		m.themes[t.mode] = m.add(menu, t.words, chord{}, func() { w.session.SetTheme(t.mode) }).item
	}
	m.add(menu, "Switch light and dark", chord{fyne.KeyL, ctrl | shift}, w.switchTheme)
	return menu
}

func (m *menu) helpMenu() *fyne.Menu {
	w, menu := m.w, fyne.NewMenu("Help")
	m.add(menu, "Keys", chord{key: fyne.KeyF1}, w.showKeys)
	m.add(menu, "Questions and answers", chord{}, w.alone(func() { w.goTo(ui.PageHelp, "") }))
	m.add(menu, "About Hostwise", chord{}, w.alone(w.about))
	return menu
}

// update says in the menu what undo and redo would do and which theme is chosen. The bar is built anew only when that
// changed.
func (m *menu) update() {
	undo, canUndo := m.w.session.CanUndo()
	redo, canRedo := m.w.session.CanRedo()
	now := [3]string{undo, redo, m.w.session.Settings().Theme}
	if m.last == now {
		return
	}
	m.last = now
	// The items stay enabled: in a field the same key undoes typing.
	m.undo.words, m.redo.words = "Undo", "Redo"
	if canUndo {
		m.undo.words += " " + undo
	}
	if canRedo {
		m.redo.words += " " + redo
	}
	for mode, item := range m.themes {
		item.Checked = mode == now[2]
	}
	m.draw()
}

// draw sets the keys in line and builds the bar anew.
func (m *menu) draw() {
	for _, menu := range m.main.Items {
		alignKeys(m.lines[menu])
	}
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
