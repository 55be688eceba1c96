package library

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure/format"
)

var sorts = []ui.Choice{
	{ID: sortEdited, Title: "last edited"},
	{ID: sortName, Title: "name"},
	{ID: sortCost, Title: "cost a month"},
	{ID: sortChance, Title: "chance it holds"},
}

// mostTags is how many tags are offered as chips; the rest are found by the search.
const mostTags = 8

// Page is the library.
type Page struct {
	session *session.Session
	shell   *ui.Shell

	content  fyne.CanvasObject
	main     *fyne.Container
	search   *ui.Field
	sort     *ui.Select
	chips    *fyne.Container
	list     *caseList
	empty    *fyne.Container
	head     *header
	bar      *fyne.Container
	barWords *ui.Text
	compare  *ui.Button
	imports  *ui.Button
	panel    *panel

	every   []session.Case // newest edit first; shared with the session, so never changed in place
	listed  bool           // every has been read
	all     []session.Case // what matches the search
	shown   []session.Case // of these, those with the tag, sorted
	tag     string
	marked  map[string]bool
	at      string // id of the case in the side panel
	cancel  context.CancelFunc
	visible bool
}

// New returns the page.
func New(s *session.Session, shell *ui.Shell) *Page {
	p := &Page{session: s, shell: shell, marked: map[string]bool{}}
	p.build()
	s.OnChange(func(e session.Event) {
		if p.visible && (e.Kind == session.CasesChanged || e.Kind == session.CaseOpened) {
			p.load()
		}
	})
	return p
}

// Title implements ui.Page.
func (p *Page) Title() string { return "Library" }

// Subtitle implements ui.Subtitled.
func (p *Page) Subtitle() string {
	if len(p.every) == 1 {
		return "1 case on this computer"
	}
	return format.Whole(float64(len(p.every))) + " cases on this computer"
}

// Action implements ui.Actor.
func (p *Page) Action() (string, ui.Glyph, func()) {
	return "Export all", ui.IconExport, func() { p.exportCases(ids(p.all)) }
}

// Content implements ui.Page.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Shown implements ui.Page.
func (p *Page) Shown() {
	p.visible = true
	p.load()
}

// Hidden implements ui.Hider: what changes meanwhile is read when the page is shown again.
func (p *Page) Hidden() { p.visible = false }

// FocusSearch puts the cursor into the search field.
func (p *Page) FocusSearch() {
	if c := p.shell.Canvas(); c != nil {
		c.Focus(p.search.Focusable())
	}
}

// TypedKey answers keys while nothing has the focus: C compares what is marked, T tags it; Delete deletes what is
// marked or else the highlighted case, and F2 renames that.
func (p *Page) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyC:
		p.compareMarked()
	case fyne.KeyT:
		p.tagMarked()
	case fyne.KeyF2:
		p.panel.rename()
	case fyne.KeyDelete:
		p.deletePicked()
	case fyne.KeyEscape:
		p.unmark()
	}
}

func (p *Page) build() {
	p.search = ui.NewSearchField("Search names, notes, tags, models", func(string) { p.find() })
	p.sort = ui.NewSelect(sorts, sortEdited, func(string) { p.arrange() })
	p.chips = ui.Wrap(8, 8)
	p.head = newHeader()
	p.list = newCaseList(p)
	p.empty = container.NewStack()
	p.panel = newPanel(p)
	p.barWords = ui.NewText(ui.BodyStrong, "").In(ui.ColorOnFloat)
	p.compare = ui.NewButton(ui.OnFloat, "Compare", p.compareMarked).WithIcon(ui.IconCompare).WithKey("C")
	p.bar = ui.Floating(ui.Pad(6, 14, ui.Row(6, ui.Grow(p.barWords), p.compare,
		ui.NewButton(ui.OnFloat, "Tags", p.tagMarked).WithIcon(ui.IconPencil).WithKey("T"),
		ui.NewButton(ui.OnFloat, "Duplicate", p.duplicateMarked).WithIcon(ui.IconDuplicate),
		ui.NewButton(ui.OnFloat, "Export", func() { p.exportCases(p.markedIDs()) }).WithIcon(ui.IconExport),
		ui.NewButton(ui.OnFloat, "Delete", p.deleteMarked).WithIcon(ui.IconTrash),
		ui.NewButton(ui.OnFloat, "", p.unmark).WithIcon(ui.IconClose).Titled("Clear the selection"))))
	p.bar.Hide()
	p.imports = ui.NewButton(ui.Outline, "Import", func() {
		ui.ShowMenu(p.imports, fyne.NewMenuItem("A file …", p.importFile), fyne.NewMenuItem("All files of a folder …", p.importFolder))
	}).WithIcon(ui.IconImport)
	tools := ui.Row(8, ui.Grow(ui.NarrowColumn(300, p.search)), ui.NewIcon(ui.IconSort, ui.ColorInk3), p.sort,
		p.imports, ui.NewButton(ui.Main, "New case", p.newCase).WithIcon(ui.IconPlus))
	p.main = container.New(&mainLayout{}, tools, p.chips, p.head, container.NewStack(p.list, p.list.Ring(), p.empty), p.bar)
	p.content = container.New(&sideLayout{least: 620}, p.main, ui.SidePanel(352, p.panel.content))
}

// load brings the list up to date, and finds in it. What is at hand stays in view until then.
func (p *Page) load() {
	p.session.ListCases(func(cases []session.Case, err error) {
		switch {
		case err != nil:
			p.session.Notify(session.Notice{Text: "The saved cases could not be listed.", Err: err})
		case p.listed && sameList(cases, p.every):
			p.list.Refresh() // what says "today" may be older by now
			p.panel.show(p.caseAt())
		default:
			p.every, p.listed = cases, true
			p.forgetGone()
			p.find()
		}
	})
}

// sameList reports whether two lists are one: a list that was given out is never changed in place.
func sameList(a, b []session.Case) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// newest is the context of a question that takes the place of the one before.
func (p *Page) newest() context.Context {
	if p.cancel != nil {
		p.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	p.cancel = cancel
	return ctx
}

// find narrows the list to the cases that the search matches.
func (p *Page) find() {
	words := strings.TrimSpace(p.search.Text())
	if words == "" {
		p.newest()
		p.all = p.every
		p.arrange()
		return
	}
	session.Work(p.newest(), p.session, func(ctx context.Context) ([]string, error) {
		return p.session.FindCases(ctx, words)
	}, func(ids []string, err error) {
		if err != nil {
			p.session.Notify(session.Notice{Text: "The saved cases could not be searched.", Err: err})
			return
		}
		match := make(map[string]bool, len(ids))
		for _, id := range ids {
			match[id] = true
		}
		p.all = make([]session.Case, 0, len(ids))
		for _, c := range p.every {
			if match[c.ID] {
				p.all = append(p.all, c)
			}
		}
		p.arrange()
	})
}

// forgetGone takes marks off cases that are no longer there.
func (p *Page) forgetGone() {
	there := map[string]bool{}
	for _, c := range p.every {
		there[c.ID] = true
	}
	for id := range p.marked {
		if !there[id] {
			delete(p.marked, id)
		}
	}
}

// arrange filters by tag, sorts, and shows the rows.
func (p *Page) arrange() {
	p.showChips()
	p.shown = p.shown[:0]
	for _, c := range p.all {
		if p.tag == "" || slices.Contains(c.Tags, p.tag) {
			p.shown = append(p.shown, c)
		}
	}
	inOrder(p.shown, p.sort.Chosen())
	if !slices.ContainsFunc(p.shown, func(c session.Case) bool { return c.ID == p.at }) {
		p.at = ""
		if len(p.shown) > 0 {
			p.at = p.shown[0].ID
			if i := slices.IndexFunc(p.shown, func(c session.Case) bool { return c.ID == p.session.ID() }); i >= 0 {
				p.at = p.shown[i].ID
			}
		}
	}
	p.showEmpty()
	p.list.Refresh()
	p.showBar()
	p.panel.show(p.caseAt())
	p.shell.Retitle()
}

// showChips offers the tags that occur, most frequent first, each with its count.
func (p *Page) showChips() {
	counts := map[string]int{}
	for _, c := range p.all {
		for _, t := range c.Tags {
			counts[t]++
		}
	}
	if counts[p.tag] == 0 {
		p.tag = ""
	}
	tags := make([]string, 0, len(counts))
	for t := range counts {
		tags = append(tags, t)
	}
	slices.SortFunc(tags, func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	tags = tags[:min(len(tags), mostTags)]
	chip := func(words, tag string, n int) fyne.CanvasObject {
		c := ui.NewChip(words, format.Whole(float64(n)), func() { p.tag = tag; p.arrange() })
		c.SetChosen(p.tag == tag)
		return c
	}
	p.chips.Objects = []fyne.CanvasObject{chip("All", "", len(p.all))}
	for _, t := range tags {
		p.chips.Add(chip(t, t, counts[t]))
	}
	p.chips.Refresh()
	p.main.Refresh() // the chips may need another line
}

// showEmpty says what belongs here where there is nothing to show.
func (p *Page) showEmpty() {
	p.empty.Objects = nil
	switch {
	case len(p.shown) > 0:
	case strings.TrimSpace(p.search.Text()) != "" || p.tag != "":
		p.empty.Objects = []fyne.CanvasObject{ui.EmptyState(ui.IconSearch, "No case matches",
			"Search looks at names, notes, tags and models; every word has to begin a word there.",
			ui.NewButton(ui.Outline, "Show all cases", func() { p.tag = ""; p.search.Replace(""); p.find() }))}
	default:
		p.empty.Objects = []fyne.CanvasObject{ui.EmptyState(ui.IconLibrary, "Your cases are kept here",
			"A case is one set of answers with its verdict. It is saved as you type, with every earlier state. Start from a template, mark two cases, and Compare shows what each changed answer costs.",
			ui.NewButton(ui.Main, "New case", p.newCase).WithIcon(ui.IconPlus),
			ui.NewButton(ui.Outline, "Import", p.importFile).WithIcon(ui.IconImport))}
	}
	p.empty.Refresh()
	p.head.Hidden = len(p.shown) == 0
	p.list.Hidden = len(p.shown) == 0
}

func (p *Page) showBar() {
	n := len(p.marked)
	p.bar.Hidden = n == 0
	p.barWords.SetText(fmt.Sprintf("%d selected", n))
	p.compare.SetEnabled(n >= 2 && n <= 6)
	p.bar.Refresh()
}

func (p *Page) caseAt() *session.Case {
	for i := range p.shown {
		if p.shown[i].ID == p.at {
			return &p.shown[i]
		}
	}
	return nil
}

// pick shows a case in the side panel.
func (p *Page) pick(i int) {
	if i < 0 || i >= len(p.shown) || p.at == p.shown[i].ID {
		return
	}
	p.at = p.shown[i].ID
	p.list.Refresh()
	p.panel.show(p.caseAt())
}

func (p *Page) mark(id string, on bool) {
	if on {
		p.marked[id] = true
	} else {
		delete(p.marked, id)
	}
	p.showBar()
	p.list.Refresh()
}

func (p *Page) unmark() {
	clear(p.marked)
	p.showBar()
	p.list.Refresh()
}

// markedIDs are the marked cases in the order of the list, then those the search hides.
func (p *Page) markedIDs() []string {
	var out []string
	for _, c := range p.shown {
		if p.marked[c.ID] {
			out = append(out, c.ID)
		}
	}
	var hidden []string
	for id := range p.marked {
		if !slices.Contains(out, id) {
			hidden = append(hidden, id)
		}
	}
	slices.Sort(hidden)
	return append(out, hidden...)
}

func ids(cases []session.Case) []string {
	out := make([]string, len(cases))
	for i, c := range cases {
		out[i] = c.ID
	}
	return out
}

// open opens a case and goes to its answers.
func (p *Page) open(id string) {
	if err := p.session.OpenCase(id); err != nil {
		p.session.Notify(session.Notice{Text: "The case could not be opened.", Err: err})
		return
	}
	p.shell.Go(ui.PageResults, "")
}

func (p *Page) compareMarked() {
	n := len(p.marked)
	if n < 2 || n > 6 {
		p.shell.Toast("Mark two to six cases to compare.", nil)
		return
	}
	p.shell.Go(ui.PageCompare, strings.Join(p.markedIDs(), ","))
}

func (p *Page) duplicateMarked() { p.duplicate(p.markedIDs()...) }

func (p *Page) duplicate(ids ...string) {
	made, err := p.session.Duplicate(ids...)
	if err != nil {
		p.session.Notify(session.Notice{Text: "Not everything could be duplicated.", Err: err})
		return
	}
	if len(made) == 1 {
		p.at = made[0]
	}
	p.unmark()
	p.load()
}

// deletePicked deletes what is marked, else the case that is highlighted.
func (p *Page) deletePicked() {
	switch {
	case len(p.marked) > 0:
		p.deleteMarked()
	case p.at != "":
		p.delete(p.at)
	}
}

func (p *Page) deleteMarked() {
	if len(p.marked) > 0 {
		p.delete(p.markedIDs()...)
	}
}

func (p *Page) delete(ids ...string) {
	clear(p.marked)
	if err := p.session.Delete(ids...); err != nil {
		p.session.Notify(session.Notice{Text: "Not everything could be deleted.", Err: err})
	}
	p.load()
}

// newCase offers the templates.
func (p *Page) newCase() {
	c := p.shell.Canvas()
	if c == nil {
		return
	}
	choices := []ui.Choice{{ID: "", Title: "Blank case", Detail: "Every answer at its default"}}
	for _, t := range p.session.Templates() {
		choices = append(choices, ui.Choice{ID: t.Name, Title: t.Title, Detail: t.Words})
	}
	list := ui.NewChoiceList(choices, "", nil)
	scroll := ui.Scroll(list)
	scroll.SetMinSize(fyne.NewSize(300, 400))
	ui.ShowDialog(c, 560, "New case", scroll, func(d *ui.Dialog) []fyne.CanvasObject {
		return []fyne.CanvasObject{
			ui.NewButton(ui.Outline, "Cancel", d.Close).WithKey("Esc"),
			ui.NewButton(ui.Main, "Create", func() { d.Close(); p.create(list.Chosen()) }),
		}
	})
}

func (p *Page) create(template string) {
	if err := p.session.NewCase(template); err != nil {
		p.session.Notify(session.Notice{Text: "The case could not be created.", Err: err})
		return
	}
	p.shell.Go(ui.PageGuide, "")
}

func (p *Page) importFile() {
	if p.shell.Window == nil {
		return
	}
	d := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		if err != nil || f == nil {
			return
		}
		path := f.URI().Path()
		_ = f.Close()
		p.importPaths(path)
	}, p.shell.Window)
	d.SetFilter(storage.NewExtensionFileFilter([]string{".json", ".jsonl", ".zip"}))
	ui.StartIn(d, p.session.Settings().ExportFolder)
	ui.ShowFiles(p.shell.Window.Canvas(), d)
}

// importFolder imports every scenario file that lies in a folder.
func (p *Page) importFolder() {
	if p.shell.Window == nil {
		return
	}
	d := dialog.NewFolderOpen(func(folder fyne.ListableURI, err error) {
		if err == nil && folder != nil {
			p.importPaths(folder.Path())
		}
	}, p.shell.Window)
	ui.StartIn(d, p.session.Settings().ExportFolder)
	ui.ShowFiles(p.shell.Window.Canvas(), d)
}

func (p *Page) importPaths(paths ...string) {
	Import(p.session, p.shell, paths, func(got session.Imported) {
		if got.Cases > 0 {
			p.at = p.session.ID()
			p.load()
		}
	})
}

// exportCases asks where to write cases: one as .json, several as .zip.
func (p *Page) exportCases(ids []string) {
	if p.shell.Window == nil || len(ids) == 0 {
		return
	}
	d := dialog.NewFileSave(func(f fyne.URIWriteCloser, err error) {
		if err != nil || f == nil {
			return
		}
		path := f.URI().Path()
		_ = f.Close()
		if err := p.session.ExportCases(path, ids...); err != nil {
			p.session.Notify(session.Notice{Text: "The cases could not be written: " + err.Error(), Err: err})
			return
		}
		p.session.SetExportFolder(filepath.Dir(path))
		p.shell.Toast("Written to "+path, nil)
	}, p.shell.Window)
	name := "hostwise-cases.zip"
	if len(ids) == 1 {
		if s, err := p.session.CaseScenario(context.Background(), ids[0]); err == nil {
			name = session.FileName(s.Name()) + ".json"
		}
	}
	d.SetFileName(name)
	ui.ShowFiles(p.shell.Window.Canvas(), d)
}
