package guide

import (
	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
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
	n.field.SetPlaceholder("Type any name: deepseek-r1:70b, 671b, ...")
	n.field.OnSubmit = b.q.enter
	n.field.OnLeave = b.q.left
	n.field.OnKey = b.q.fieldKey
	n.column = ui.Column(8, ui.NarrowColumn(420, n.field), n.meaning)
	n.meaning.Hide()
	return n
}

func (n *nameField) content() fyne.CanvasObject { return n.column }

// refresh empties the field where another answer than the typed one is in force.
func (n *nameField) refresh() {
	if n.body.q.setting || n.field.Text() == "" {
		return
	}
	if id, _ := readName(n.body.q.page.session.Catalogue(), n.field.Text()); id != n.body.now() {
		n.field.Replace("")
		n.say(nil)
		n.field.SetProblem("")
	}
}

// typed reads a name at every key.
func (n *nameField) typed(text string) {
	q := n.body.q
	defer q.relay()
	if text == "" {
		n.field.SetProblem("")
		n.say(nil)
		return
	}
	id, hint := readName(q.page.session.Catalogue(), text)
	n.say(hint)
	switch {
	case id != "":
		n.field.SetProblem("")
		q.set(n.body.in.Path, calc.Str(id))
	case hint != nil:
		n.field.SetProblem("This name is not one model. Choose one below.")
	default:
		n.field.SetProblem("No model of the catalogue goes by this name. Choose one below.")
	}
}

// say shows what a typed name means, what goes wrong when it is misread, and how sure that is.
func (n *nameField) say(hint *catalog.NameHint) {
	n.meaning.Objects = nil
	setVisible(n.meaning, hint != nil)
	if hint == nil {
		return
	}
	n.meaning.Add(ends(ui.NewText(ui.Body, sentence(hint.Meaning)).Wrapped(), ui.NewBadge(string(hint.Status))))
	if hint.Risk != "" {
		n.meaning.Add(ui.NewText(ui.Secondary, sentence(hint.Risk)).In(ui.ColorInk2).Wrapped())
	}
	n.meaning.Refresh()
}

// readName finds the model that a typed name means, and what the catalogue says of that name.
func readName(cat *catalog.Catalog, text string) (id string, hint *catalog.NameHint) {
	hint = cat.Resolve(text)
	if hint != nil && hint.Model != "" {
		return hint.Model, hint
	}
	if m := cat.Model(text); m != nil {
		return m.ID, hint
	}
	for i := range cat.Models {
		m := &cat.Models[i]
		if text == m.Name || text == m.ShortName || text == m.HuggingFace {
			return m.ID, hint
		}
	}
	return "", hint
}
