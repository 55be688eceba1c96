package guide

import (
	"strings"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure/format"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

// nameField takes a model by the name that people type, and says what that name really is.
type nameField struct {
	body    *refBody
	field   *ui.Field
	meaning *fyne.Container
	column  *fyne.Container
}

func newNameField(b *refBody) *nameField {
	n := &nameField{body: b, meaning: ui.Column(6)}
	n.field = ui.NewField("", n.typed)
	n.field.SetPlaceholder(wordsAnyName)
	n.field.OnSubmit = b.q.enter
	n.field.OnLeave = b.q.left
	n.field.OnKey = b.q.fieldKey
	n.column = ui.Column(8, ui.NarrowColumn(420, n.field), n.meaning)
	n.meaning.Hide()
	return n
}

func (n *nameField) content() fyne.CanvasObject { return n.column }

// focus takes the keyboard to the field, where the letter that is being typed then lands.
func (n *nameField) focus() bool {
	n.body.q.page.focusOn(n.field.Focusable())
	return true
}

// refresh empties the field where another answer than the typed one is in force.
func (n *nameField) refresh() {
	if n.body.q.setting {
		return
	}
	if d, held := n.body.q.page.draftOf(n.body.in); held {
		n.body.q.showDraft(n.field, d.texts[0], d.problems[0])
		_, hint := readName(n.body.q.page.session.CaseCatalogue(), d.texts[0])
		n.say(hint)
		return
	}
	if n.field.Text() == "" {
		return
	}
	if id, _ := readName(n.body.q.page.session.CaseCatalogue(), n.field.Text()); id != n.body.now() {
		n.field.Replace("")
		n.say(nil)
		n.field.SetProblem("")
	}
}

// typed reads a name at every key.
func (n *nameField) typed(text string) {
	q := n.body.q
	q.page.begin(n.body.in)
	defer q.relay()
	if strings.TrimSpace(text) == "" {
		n.field.SetProblem("")
		n.say(nil)
		q.page.drop(n.body.in)
		return
	}
	cat := q.page.session.CaseCatalogue()
	id, hint := readName(cat, text)
	n.say(hint)
	problem := ""
	switch {
	case id == "" && hint != nil:
		problem = wordsNotOneModel
	case id == "":
		problem = wordsNoSuchModel
	}
	n.field.SetProblem(problem)
	if problem == "" {
		q.page.drop(n.body.in)
		q.set(n.body.in.Path, calc.Str(id))
		return
	}
	q.setting = true
	q.page.hold(n.body.in, []string{text}, []string{problem})
	q.setting = false
}

// say shows what a typed name means, what goes wrong when it is misread, and how sure that is.
func (n *nameField) say(hint *catalog.NameHint) {
	n.meaning.Objects = nil
	ui.SetShown(n.meaning, hint != nil)
	if hint == nil {
		return
	}
	n.meaning.Add(ui.Ends(10, ui.NewText(ui.Body, format.Sentence(hint.Meaning)).Wrapped(), ui.NewBadge(string(hint.Status))))
	if hint.Risk != "" {
		n.meaning.Add(hanging(20, ui.NewSizedIcon(ui.IconWarning, ui.ColorInk2, 13), ui.NewText(ui.Secondary, format.Sentence(hint.Risk)).In(ui.ColorInk2).Wrapped()))
	}
	n.meaning.Refresh()
}

// readName finds the model that a typed name means, and what is to be said of that name: the catalogue's hint, or
// for a name that is short for one of its models what that model is. No name is taken without a word.
func readName(cat *catalog.Catalog, text string) (id string, hint *catalog.NameHint) {
	hint = cat.Resolve(text)
	if hint != nil {
		return hint.Model, hint
	}
	m := cat.ShortFor(text)
	if m == nil {
		return "", nil
	}
	return m.ID, &catalog.NameHint{Model: m.ID, Status: catalog.Likely, Meaning: takenAs(m), Risk: modelDetail(m)}
}
