// Package help is the page that answers the words a person has: a model's tag, an error, "free".
//
// It promises an answer to any input, best first, each with its status, source and date, and says when it
// looked for another spelling. The answers are the catalogue's; nothing is asked of a network.
package help

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/cli/answers"
	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/storage/search"
)

// mostAnswers is how many answers are shown for a question.
const mostAnswers = 12

// Page answers questions.
type Page struct {
	session *session.Session
	shell   *ui.Shell
	keys    func()

	content fyne.CanvasObject
	field   *ui.Field
	said    *ui.Text
	results *fyne.Container
	scroll  *container.Scroll

	all     []answers.Entry
	library *answers.Library // the same that the command line asks
	err     error
}

// New returns the page. keys opens the key sheet.
func New(s *session.Session, shell *ui.Shell, keys func()) *Page {
	p := &Page{session: s, shell: shell, keys: keys}
	if p.library, p.err = answers.NewLibrary(context.Background(), s.Catalogue()); p.err == nil {
		p.all = p.library.Entries()
	}
	p.build()
	p.ask("")
	return p
}

// Title implements ui.Page.
func (p *Page) Title() string { return "Help" }

// Subtitle implements ui.Subtitled.
func (p *Page) Subtitle() string { return fmt.Sprintf("%d answers, all on this computer", len(p.all)) }

// Action implements ui.Actor.
func (p *Page) Action() (string, ui.Glyph, func()) { return "Keys", ui.IconMore, p.keys }

// Content implements ui.Page.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Shown implements ui.Page.
func (p *Page) Shown() { p.FocusSearch() }

// GoTo implements ui.Goer: the words to ask.
func (p *Page) GoTo(words string) {
	p.field.Replace(words)
	p.ask(words)
}

// FocusSearch puts the cursor into the question.
func (p *Page) FocusSearch() {
	if c := p.shell.Canvas(); c != nil {
		c.Focus(p.field.Focusable())
	}
}

// examples are questions that show what can be asked.
var examples = []string{"ollama run deepseek-r1:70b", "free", "CUDA out of memory", "37B active", "break-even", "KV cache", "batch discount"}

func (p *Page) build() {
	p.field = ui.NewSearchField("A model's name, an error, a question, a word …", p.ask)
	p.said = ui.NewText(ui.Secondary, "").In(ui.ColorInk3).Wrapped()
	chips := ui.Wrap(8, 8)
	for _, x := range examples {
		chips.Add(ui.NewChip(x, "", func() { p.GoTo(x) }))
	}
	p.results = ui.Column(0)
	p.scroll = ui.Scroll(ui.Inset(0, 32, 32, 32, ui.NarrowColumn(800, p.results)))
	head := ui.Column(12, ui.NewText(ui.Question, "What would you like to know?"), p.field, chips, p.said)
	p.content = container.New(&readingLayout{}, head, p.scroll)
}

// ask shows the answers to words, or the questions that people ask for none.
func (p *Page) ask(words string) {
	words = strings.TrimSpace(words)
	p.results.Objects = nil
	p.scroll.Offset = fyne.Position{}
	switch {
	case p.err != nil:
		p.said.SetText("Help cannot be searched: " + p.err.Error())
	case words == "":
		p.said.SetText("Type, or pick an example. Below are the questions that are asked most.")
		n := 0
		for _, e := range p.all {
			if e.Kind == answers.Answer && n < mostAnswers {
				p.results.Add(p.answer(e))
				n++
			}
		}
	default:
		p.find(words)
	}
	p.results.Refresh()
	p.scroll.Refresh()
	p.content.Refresh()
}

func (p *Page) find(words string) {
	found, err := p.library.Find(context.Background(), words, mostAnswers)
	if err != nil {
		p.said.SetText("Help cannot be searched: " + err.Error())
		return
	}
	p.said.SetText(foundWords(found))
	for _, e := range found.Entries {
		p.results.Add(p.answer(e))
	}
}

// foundWords says how the answers were found.
func foundWords(found answers.Found) string {
	if len(found.Entries) == 0 {
		return "Nothing is known of these words. Try a single word, or a model's name."
	}
	words := fmt.Sprintf("%d answers", len(found.Entries))
	if len(found.Entries) == 1 {
		words = "1 answer"
	}
	switch found.Match {
	case search.SomeWords:
		words += " with some of your words"
	case search.NearWords:
		var fixed []string
		for typed, meant := range found.Corrected {
			fixed = append(fixed, meant+" for "+typed)
		}
		slices.Sort(fixed)
		words += ", looking for " + strings.Join(fixed, ", ")
	}
	return words + ", best first"
}

func (p *Page) answer(e answers.Entry) fyne.CanvasObject {
	source := strings.TrimSuffix(e.Source, ".")
	if e.AsOf != "" {
		source += ", " + ui.Here().Day(e.AsOf)
	}
	foot := ui.Row(10, ui.NewBadge(string(e.Status)), ui.NewTag(e.Kind), ui.Grow(ui.NewText(ui.Caption, source).In(ui.ColorInk3).Cut()))
	if at, ok := PlaceOf(e); ok {
		foot.Add(ui.NewButton(ui.Link, at.Name, func() { p.shell.Go(at.Page, at.At) }).WithAfter(ui.IconRight))
	}
	body := ui.Column(4, ui.NewText(ui.BodyStrong, e.Title).Wrapped())
	if e.Text != "" && e.Text != e.Title+"." && e.Text != e.Title {
		body.Add(ui.NewText(ui.Body, e.Text).In(ui.ColorInk2).Wrapped())
	}
	body.Add(foot)
	return ui.Column(0, ui.Pad(14, 0, body), ui.NewHairline())
}

// readingLayout keeps the text to a width that can be read.
type readingLayout struct{}

func (readingLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(400, 300) }

func (readingLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	w := min(s.Width, ui.Scaled(800)+64)
	h := ui.HeightAt(o[0], w-64)
	o[0].Move(fyne.NewPos(32, 24))
	o[0].Resize(fyne.NewSize(w-64, h))
	o[1].Move(fyne.NewPos(0, 24+h+8))
	o[1].Resize(fyne.NewSize(s.Width, max(0, s.Height-h-32)))
}
