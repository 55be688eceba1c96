package desktop

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
)

// topBar is the line above the page: the case's name and save state, or the page's title, then find, undo,
// redo and the page's action.
type topBar struct {
	w      *window
	bar    fyne.CanvasObject
	name   *ui.Button // the case's name; pressed, it becomes a field
	title  *ui.Text
	head   *fyne.Container
	beside *ui.Text
	field  *ui.Field
	edit   *fyne.Container
	undo   *ui.Button
	redo   *ui.Button
	action *ui.Button
	do     func()
}

func newTopBar(w *window) *topBar {
	t := &topBar{w: w}
	t.name = ui.NewButton(ui.Tool, "", t.rename).WithAfter(ui.IconPencil).Styled(ui.CaseName).Titled("Rename this case")
	t.title = ui.NewText(ui.CaseName, "")
	t.beside = ui.NewText(ui.Secondary, "").In(ui.ColorInk3).Cut()
	t.field = ui.NewField("", nil)
	t.field.OnSubmit = func() { w.win.Canvas().Unfocus() }
	t.field.OnLeave = t.renamed
	t.field.OnKey = func(e *fyne.KeyEvent) bool {
		if e.Name != fyne.KeyEscape {
			return false
		}
		t.endRename() // before the focus leaves, which would keep what was typed
		w.win.Canvas().Unfocus()
		return true
	}
	t.edit = ui.Fixed(320, 32, t.field)
	t.edit.Hide()
	find := ui.NewFindButton("Find anything", "Ctrl K", w.find)
	t.undo = ui.NewIconButton(ui.IconUndo, "Undo (Ctrl+Z)", w.undo)
	t.redo = ui.NewIconButton(ui.IconRedo, "Redo (Ctrl+Shift+Z)", w.redo)
	t.action = ui.NewButton(ui.Outline, "Export", func() { t.do() }).WithIcon(ui.IconExport)
	t.head = ui.Inset(0, 0, 0, 12, t.title)
	row := ui.Row(12, t.name, t.head, t.edit, ui.Grow(t.beside), find, ui.Row(4, t.undo, t.redo), t.action)
	t.bar = ui.TopBar(container.New(insetBar{left: 12, right: 16, fit: func(width float32) { t.fitName(row, width) }}, row))
	return t
}

// insetBar keeps the row of the bar away from the window's edges. Before it is laid out, fit may make it narrower.
type insetBar struct {
	left, right float32
	fit         func(width float32)
}

func (l insetBar) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().AddWidthHeight(l.left+l.right, 0)
}

func (l insetBar) Layout(o []fyne.CanvasObject, s fyne.Size) {
	l.fit(s.Width - l.left - l.right)
	o[0].Move(fyne.NewPos(l.left, 0))
	o[0].Resize(fyne.NewSize(s.Width-l.left-l.right, s.Height))
}

// fitName shortens the case's name to what the rest of the row leaves it.
func (t *topBar) fitName(row fyne.CanvasObject, width float32) {
	if !t.name.Visible() {
		return
	}
	name := []rune(t.w.session.Name())
	fits := func(words string) bool {
		if t.name.Words() != words {
			t.name.SetWords(words)
		}
		return row.MinSize().Width <= width
	}
	if fits(string(name)) {
		return
	}
	low, high := 0, len(name) // so many letters fit, and so many do not
	for high-low > 1 {
		if middle := (low + high) / 2; fits(shortened(name, middle)) {
			low = middle
		} else {
			high = middle
		}
	}
	fits(shortened(name, low))
}

// shortened is the beginning of a name.
func shortened(name []rune, letters int) string {
	return strings.TrimRight(string(name[:letters]), " ,") + "…"
}

// aboutCase reports whether the page in view is about the open case.
func (t *topBar) aboutCase() bool {
	return t.w.current == ui.PageGuide || t.w.current == ui.PageResults || t.w.current == ""
}

func (t *topBar) update() {
	t.undo.SetEnabled(second(t.w.session.CanUndo()))
	t.redo.SetEnabled(second(t.w.session.CanRedo()))
	editing := t.edit.Visible()
	if t.aboutCase() {
		t.name.SetWords(t.w.session.Name())
		t.head.Hide()
		if !editing {
			t.name.Show()
		}
		t.beside.SetText(saveWords(t.w.session))
	} else {
		p := t.w.pages[t.w.current]
		t.name.Hide()
		t.head.Show()
		t.title.SetText(p.Title())
		words := ""
		if sub, ok := p.(ui.Subtitled); ok {
			words = sub.Subtitle()
		}
		t.beside.SetText(words)
	}
	t.setAction()
	t.bar.Refresh()
}

func (t *topBar) setAction() {
	words, icon, do := "Export", ui.IconExport, func() { t.w.export() }
	if a, ok := t.w.pages[t.w.current].(ui.Actor); ok {
		words, icon, do = a.Action()
	}
	t.do = do
	t.action.Set(words, icon)
}

func second(_ string, ok bool) bool { return ok }

// saveWords says what of the case is on the disk.
func saveWords(s *session.Session) string {
	st := s.SaveState()
	switch {
	case st.Err != nil:
		return "Not saved: see the message"
	case st.Dirty:
		return "Saving …"
	case st.At.IsZero():
		return "Not saved yet"
	}
	at := st.At.In(s.Now().Location())
	words := "Saved " + at.Format("15:04")
	if at.Format("2006-01-02") != s.Now().Format("2006-01-02") {
		words = "Saved " + at.Format("2 Jan 2006")
	}
	return words + " · revision " + strconv.Itoa(st.Revision)
}

// rename turns the name into a field.
func (t *topBar) rename() {
	t.field.Replace(t.w.session.Scenario().Name())
	t.name.Hide()
	t.edit.Show()
	t.bar.Refresh()
	t.w.win.Canvas().Focus(t.field.Focusable())
}

func (t *topBar) renamed() {
	if !t.edit.Visible() {
		return
	}
	if name := t.field.Text(); name != "" {
		t.w.session.Rename(name)
	}
	t.endRename()
}

func (t *topBar) endRename() {
	t.edit.Hide()
	t.name.Show()
	t.update()
}

// undo takes back typing in the field that has the focus, else the last answer.
func (w *window) undo() {
	if u, ok := w.win.Canvas().Focused().(ui.Undoable); ok && u.UndoTyping() {
		return
	}
	w.alone(w.session.Undo)()
}

func (w *window) redo() {
	if u, ok := w.win.Canvas().Focused().(ui.Undoable); ok && u.RedoTyping() {
		return
	}
	w.alone(w.session.Redo)()
}
