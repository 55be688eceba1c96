package export

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"net/url"
	"os"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/report"
)

// Form is the open dialog.
type Form struct {
	session *session.Session
	shell   *ui.Shell
	writer  Writer
	openURL func(*url.URL) error

	cases  []Case
	titles map[string]string // typed, by figure
	at     string            // the figure in the preview

	dialog    *ui.Dialog
	chips     *fyne.Container
	figures   []*tick
	reports   []*tick
	scenario  *ui.CheckBox
	preview   *ui.FigureView
	where     *ui.Text
	title     *ui.Field
	titleNote *ui.Text
	format    *ui.Select
	size      *ui.Select
	own       *ui.Field // the size that is typed
	ownBox    *fyne.Container
	theme     *ui.Select
	folder    *ui.Field
	working   *ui.Working
	start     *ui.Button
	cancel    context.CancelFunc // of the writing, nil at rest
	look      look
}

// tick is one thing to write.
type tick struct {
	choice Choice
	box    *ui.CheckBox
}

// Open shows the dialog for the open case. Without names every figure is ticked, with names only those.
func Open(s *session.Session, shell *ui.Shell, w Writer, openURL func(*url.URL) error, chosen ...string) *Form {
	a, state := s.Assessment()
	f := &Form{session: s, shell: shell, writer: w, openURL: openURL, titles: map[string]string{},
		cases: []Case{{Scenario: s.Scenario(), Assessment: a}}, look: readLook(s.Settings().ExportLook)}
	f.build(chosen)
	switch {
	case a == nil || state.Err != nil:
		f.onlyScenario()
	case state.Computing != session.Idle:
		f.working.Say("The ranges are still being worked out; the figures show the base answer until then.", -1)
	}
	f.dialog.OnClose(f.stop)
	f.show(f.first())
	return f
}

func (f *Form) build(chosen []string) {
	for _, c := range f.writer.Figures() {
		t := &tick{choice: c}
		t.box = ui.NewCheckBox(c.Title, func(on bool) { f.ticked(c.ID, on) })
		t.box.SetOn(len(chosen) == 0 || slices.Contains(chosen, c.ID))
		f.figures = append(f.figures, t)
	}
	for _, c := range f.writer.Reports() {
		f.reports = append(f.reports, &tick{c, ui.NewCheckBox(c.Title, nil)})
	}
	f.scenario = ui.NewCheckBox("Scenario (.json)", nil)
	f.scenario.SetOn(len(chosen) == 0)
	f.folder = ui.NewField("", nil).Named("Folder")
	f.folder.Replace(f.firstFolder())
	f.working = ui.NewWorking()
	where := ui.Column(6, ui.NewText(ui.BodyStrong, "Folder"),
		ui.Row(8, ui.Grow(f.folder), ui.NewButton(ui.Outline, "Choose …", f.chooseFolder), ui.NewButton(ui.Outline, "Open folder", f.openFolder).WithIcon(ui.IconFolder)))
	canvas := f.shell.Canvas()
	// What is to be written scrolls; the picture takes the height that is left.
	height := max(ui.Scaled(200), min(ui.Scaled(430), canvas.Size().Height-ui.Scaled(250)))
	left := ui.Scroll(f.what())
	body := ui.Column(14, container.New(&besideLayout{left: 232, gap: 24, height: height}, left, f.how()), where, f.working)
	f.dialog = ui.ShowDialog(canvas, 880, "Export", body, func(d *ui.Dialog) []fyne.CanvasObject {
		f.start = ui.NewButton(ui.Main, wordExport, f.startOrStop)
		return []fyne.CanvasObject{ui.NewButton(ui.Outline, "Close", d.Close).WithKey("Esc"), f.start}
	})
}

// The words on the button that begins and ends the writing.
const (
	wordExport = "Export"
	wordStop   = "Stop"
)

// what is the column of things to write.
func (f *Form) what() fyne.CanvasObject {
	f.chips = ui.Column(4)
	f.listCases()
	column := ui.Column(4, ui.NewText(ui.BodyStrong, "Cases"), f.chips, ui.Fixed(1, 8, ui.Spring()), ui.NewText(ui.BodyStrong, "Figures"))
	for _, t := range f.figures {
		column.Add(t.box)
	}
	if len(f.figures) == 0 {
		column.Add(ui.NewText(ui.Secondary, "No figures can be drawn here.").In(ui.ColorInk3))
	} else {
		column.Add(ui.Row(8, ui.NewButton(ui.Link, "All", func() { f.tickAll(true) }), ui.NewButton(ui.Link, "None", func() { f.tickAll(false) })))
	}
	column.Add(ui.Fixed(1, 8, ui.Spring()))
	column.Add(ui.NewText(ui.BodyStrong, "Files"))
	for _, t := range f.reports {
		column.Add(t.box)
	}
	column.Add(f.scenario)
	return ui.Inset(2, 8, 2, 3, column)
}

// how is the preview and the look of the pictures.
func (f *Form) how() fyne.CanvasObject {
	f.preview = ui.NewFigureView(fyne.NewSize(ui.Scaled(280), ui.Scaled(120)), f.shell.Run, nil)
	f.where = ui.NewText(ui.Secondary, "").In(ui.ColorInk2).Cut()
	f.title = ui.NewField("", f.retitled).Named("Title of the picture")
	f.titleNote = ui.NewText(ui.Caption, "").In(ui.ColorInk3).Wrapped()
	picked := func(string) { f.relook() }
	f.format = ui.NewSelect(formats, f.look.format, picked)
	f.theme = ui.NewSelect(themes, f.look.theme, picked)
	size := f.look.size
	if !among(sizes, size) {
		size = ownSize
	}
	f.size = ui.NewSelect(sizes, size, func(id string) { f.pickSize(id) })
	f.own = ui.NewField("px", func(string) { f.relook() }).Named("Size of the picture")
	f.own.SetPlaceholder("1600 × 900")
	f.own.Replace(f.look.words())
	f.ownBox = ui.Fixed(130, 0, f.own)
	if size != ownSize {
		f.ownBox.Hide()
	}
	step := ui.Row(4, ui.NewIconButton(ui.IconLeft, "The figure before", func() { f.step(-1) }),
		ui.NewIconButton(ui.IconRight, "The next figure", func() { f.step(+1) }), ui.Grow(f.where))
	return container.New(previewLayout{}, step, f.preview, ui.Column(2, f.title, f.titleNote), ui.Wrap(8, 8, f.format, f.size, f.ownBox, f.theme))
}

// onlyScenario leaves nothing to choose but the scenario, where there is no answer to draw.
func (f *Form) onlyScenario() {
	for _, t := range slices.Concat(f.figures, f.reports) {
		t.box.SetOn(false)
		t.box.Disable()
	}
	f.working.Say("There is no answer to draw yet; only the scenario can be exported.", -1)
}

// firstFolder is where exports went last, else a folder of its own in the documents or the home.
func (f *Form) firstFolder() string {
	if folder := f.session.Settings().ExportFolder; folder != "" {
		return folder
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	if docs := filepath.Join(home, "Documents"); isFolder(docs) {
		home = docs
	}
	return filepath.Join(home, "Hostwise")
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// first is the figure that the preview begins with.
func (f *Form) first() string {
	for _, t := range f.figures {
		if t.box.On() {
			return t.choice.ID
		}
	}
	return ""
}

// ticked follows a box: the figure that was just chosen is the one to see.
func (f *Form) ticked(id string, on bool) {
	if on {
		f.show(id)
		return
	}
	if id == f.at {
		f.show(f.first())
	}
}

func (f *Form) tickAll(on bool) {
	for _, t := range f.figures {
		t.box.SetOn(on)
	}
	f.show(f.first())
}

// step shows the next ticked figure in a direction.
func (f *Form) step(by int) {
	on := f.chosen(f.figures)
	if i := slices.Index(on, f.at) + by; i >= 0 && i < len(on) {
		f.show(on[i])
	}
}

func (f *Form) chosen(list []*tick) []string {
	var out []string
	for _, t := range list {
		if t.box.On() {
			out = append(out, t.choice.ID)
		}
	}
	return out
}

// show puts a figure into the preview; "" empties it.
func (f *Form) show(id string) {
	f.at = id
	on := f.chosen(f.figures)
	if id == "" {
		f.where.SetText("")
		f.preview.SetNote("No figure is ticked.")
	} else {
		i := slices.IndexFunc(f.figures, func(t *tick) bool { return t.choice.ID == id })
		f.where.SetText(fmt.Sprintf("%s, %d of %d", f.figures[i].choice.Title, slices.Index(on, id)+1, len(on)))
	}
	f.title.SetPlaceholder("")
	f.title.Replace(f.titles[id])
	f.noteTitle()
	f.redraw()
	if id == "" || f.cases[0].Assessment == nil {
		return
	}
	one := f.cases[0]
	session.Work(context.Background(), f.session, func(ctx context.Context) (string, error) {
		return f.writer.Finding(ctx, id, one)
	}, func(finding string, err error) {
		if err == nil && f.at == id {
			f.title.SetPlaceholder(finding)
		}
	})
}

// noteTitle says what the field of the title does, and takes it away where it would do nothing.
func (f *Form) noteTitle() {
	switch {
	case f.at == "":
		f.title.Hide()
		f.titleNote.SetText("")
	case len(f.cases) > 1:
		f.title.Hide()
		f.titleNote.SetText("Each case's picture has its own finding as its title.")
	default:
		f.title.Show()
		f.titleNote.SetText("The title. Empty: the finding.")
	}
}

// retitled takes the title as it is typed.
func (f *Form) retitled(text string) {
	if f.at == "" {
		return
	}
	if text == "" {
		delete(f.titles, f.at)
	} else {
		f.titles[f.at] = text
	}
	f.redraw()
}

func (f *Form) pickSize(id string) {
	if id == ownSize {
		f.ownBox.Show()
		f.dialog.Refresh()
		f.shell.Canvas().Focus(f.own.Focusable())
	} else {
		f.ownBox.Hide()
		f.dialog.Refresh()
	}
	f.relook()
}

// relook reads the look off the form, keeps it, and draws with it. A size that cannot be read is told beside it.
func (f *Form) relook() {
	f.own.SetProblem("")
	l := look{f.format.Chosen(), f.size.Chosen(), f.theme.Chosen()}
	if l.size == ownSize {
		w, h, ok := readSize(f.own.Text())
		if !ok {
			f.own.SetProblem(fmt.Sprintf("Two numbers from %d to %d.", leastSide, mostSide))
			f.dialog.Refresh()
			return
		}
		l.size = fmt.Sprintf("%dx%d", w, h)
	}
	f.look = l
	f.session.SetExportLook(l.String())
	f.redraw()
}

// redraw asks for the preview of what the form says now.
func (f *Form) redraw() {
	id, one, p := f.at, f.cases[0], f.look.picture()
	if len(f.cases) == 1 {
		p.Title = f.titles[id]
	}
	if id == "" || one.Assessment == nil {
		f.preview.SetRender(func(context.Context, int, int, float32) (image.Image, error) { return nil, nil })
		return
	}
	f.preview.SetRender(func(ctx context.Context, width, height int, _ float32) (image.Image, error) {
		return fitted(width, height, p, func(p Picture) (image.Image, error) { return f.writer.Preview(ctx, id, one, p) })
	})
}

// fitted draws a picture of the shape of p as large as it fits, in the middle.
func fitted(width, height int, p Picture, preview func(Picture) (image.Image, error)) (image.Image, error) {
	share := min(float64(width-2)/float64(p.Width), float64(height-2)/float64(p.Height))
	p.Width, p.Height = max(1, int(float64(p.Width)*share)), max(1, int(float64(p.Height)*share))
	drawn, err := preview(p)
	if err != nil || drawn == nil {
		return nil, err
	}
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	at := image.Pt((width-p.Width)/2, (height-p.Height)/2)
	edge := image.Rectangle{at, at.Add(image.Pt(p.Width, p.Height))}.Inset(-1) // where the paper ends, on a ground of its own colour
	draw.Draw(out, edge, image.NewUniform(ui.Color(ui.ColorHairline)), image.Point{}, draw.Src)
	draw.Draw(out, edge.Inset(1), image.Transparent, image.Point{}, draw.Src)
	draw.Draw(out, image.Rectangle{at, at.Add(image.Pt(p.Width, p.Height))}, drawn, drawn.Bounds().Min, draw.Src)
	return out, nil
}

// listCases shows the cases that are exported.
func (f *Form) listCases() {
	f.chips.Objects = nil
	for i, c := range f.cases {
		row := ui.Row(4, ui.Grow(ui.NewText(ui.Body, nameOf(c.Scenario)).Cut()))
		if i > 0 {
			row.Add(ui.NewIconButton(ui.IconClose, "Leave out "+nameOf(c.Scenario), func() { f.drop(i) }))
		}
		f.chips.Add(row)
	}
	if len(f.cases) < report.MaxCases {
		add := ui.NewButton(ui.Link, "Add a case", nil).WithIcon(ui.IconPlus)
		add.OnPress(func() { f.offerCases(add) })
		f.chips.Add(ui.Row(0, add))
	}
	f.chips.Refresh()
}

// mostOffered is how many saved cases the menu lists, newest first.
const mostOffered = 14

// offerCases lists the saved cases that can be exported beside the open one.
func (f *Form) offerCases(below fyne.CanvasObject) {
	cases, err := f.session.Cases(context.Background(), "")
	if err != nil {
		f.working.Say("The saved cases could not be listed.", -1)
		return
	}
	var items []*fyne.MenuItem
	for _, c := range cases {
		if c.ID == f.session.ID() || len(items) == mostOffered {
			continue
		}
		items = append(items, fyne.NewMenuItem(c.Name, func() { f.Add(c.ID) }))
	}
	if len(items) == 0 {
		none := fyne.NewMenuItem("There is no other saved case", nil)
		none.Disabled = true
		items = append(items, none)
	}
	ui.ShowMenu(below, items...)
}

// Add puts a saved case beside the open one: the documents compare them, and each has its own pictures.
func (f *Form) Add(id string) {
	if len(f.cases) == report.MaxCases || id == f.session.ID() {
		return
	}
	s, err := f.session.CaseScenario(context.Background(), id)
	if err != nil {
		f.working.Say("This case could not be read.", -1)
		return
	}
	f.setCases(append(slices.Clone(f.cases), Case{Scenario: s}))
}

// Only puts these saved cases in place of those that are chosen, in their order and as many as a document takes.
func (f *Form) Only(ids ...string) {
	var cases []Case
	for _, id := range ids[:min(len(ids), report.MaxCases)] {
		if id == f.session.ID() { // it has its assessment at hand
			a, _ := f.session.Assessment()
			cases = append(cases, Case{Scenario: f.session.Scenario(), Assessment: a})
			continue
		}
		s, err := f.session.CaseScenario(context.Background(), id)
		if err != nil {
			f.working.Say("A case could not be read, and is left out.", -1)
			continue
		}
		cases = append(cases, Case{Scenario: s})
	}
	if len(cases) > 0 {
		f.setCases(cases)
	}
}

func (f *Form) drop(i int) { f.setCases(slices.Delete(slices.Clone(f.cases), i, i+1)) }

func (f *Form) setCases(cases []Case) {
	f.cases = cases
	f.listCases()
	f.noteTitle()
	f.redraw()
	f.dialog.Refresh()
}

func (f *Form) chooseFolder() {
	d := dialog.NewFolderOpen(func(l fyne.ListableURI, err error) {
		if err == nil && l != nil {
			f.folder.Replace(l.Path())
		}
	}, f.shell.Window)
	ui.StartIn(d, f.folder.Text())
	ui.ShowFiles(f.shell.Canvas(), d)
}

func (f *Form) openFolder() {
	folder := inHome(f.folder.Text())
	switch {
	case !isFolder(folder):
		f.refuse("This folder is not there yet; the first export makes it.")
	case f.openURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(folder)}) != nil:
		f.working.Say("The folder could not be opened: "+folder, -1)
	}
}

// startOrStop begins the writing, or ends it while it is under way.
func (f *Form) startOrStop() {
	if f.cancel != nil {
		f.stop()
		f.start.SetWords(wordExport)
		f.working.Say("Stopped. The files that were whole are in the folder.", -1)
		return
	}
	f.begin()
}

func (f *Form) stop() {
	if f.cancel != nil {
		f.cancel()
		f.cancel = nil
	}
}

// begin asks before it overwrites, then writes.
func (f *Form) begin() {
	folder := inHome(f.folder.Text())
	list := jobs(f.writer, &sheaf{session: f.session, cases: slices.Clone(f.cases)},
		want{f.chosen(f.figures), f.chosen(f.reports), f.scenario.On(), f.look, f.titles})
	switch {
	case len(list) == 0:
		f.working.Say("Tick what to export.", -1)
		return
	case !filepath.IsAbs(folder):
		f.refuse("Give the folder with its full path.")
		return
	}
	f.refuse("")
	n := taken(folder, list)
	if n == 0 {
		f.write(folder, list)
		return
	}
	words := fmt.Sprintf("%d of the %d files are in the folder already. The old ones are replaced.", n, len(list))
	if len(list) == 1 {
		words = list[0].name + " is in the folder already. The old one is replaced."
	}
	ui.Confirm(f.shell.Canvas(), "Replace files?", words, "Replace", func() { f.write(folder, list) })
}

func (f *Form) write(folder string, list []job) {
	ctx, cancel := context.WithCancel(context.Background())
	f.cancel = cancel
	f.start.SetWords(wordStop)
	run := f.shell.Run
	session.Work(ctx, f.session, func(ctx context.Context) (int, error) {
		return writeAll(ctx, folder, list, func(name string, done float64) {
			run.Do(func() {
				if ctx.Err() == nil {
					f.working.Say("Writing "+name, done)
				}
			})
		})
	}, func(written int, err error) { f.wrote(folder, len(list), written, err) })
}

// refuse says beside the folder what is wrong with it, "" for nothing.
func (f *Form) refuse(words string) {
	f.folder.SetProblem(words)
	f.dialog.Refresh()
}

// wrote says what became of the writing.
func (f *Form) wrote(folder string, wished, written int, err error) {
	f.stop()
	f.start.SetWords(wordExport)
	if written > 0 {
		f.session.SetExportFolder(folder)
	}
	var folderErr *folderError
	switch {
	case errors.As(err, &folderErr):
		f.working.Say("Nothing was written.", -1)
		f.refuse(folderErr.words())
		f.shell.Canvas().Focus(f.folder.Focusable())
	case err != nil:
		f.working.Say(fmt.Sprintf("%d of %d files written.", written, wished), -1)
		words := "The others are in " + folder + ". Check that there is room, that the folder is yours to write to, and that no other program has the file open."
		if written == 0 {
			words = "Nothing was written to " + folder + ". Check that there is room, that the folder is yours to write to, and that no other program has the files open."
		}
		ui.Tell(f.shell.Canvas(), "Not everything could be exported", words, err.Error())
	case written == 1:
		f.working.Say("1 file written to "+folder, 1)
	default:
		f.working.Say(fmt.Sprintf("%d files written to %s", written, folder), 1)
	}
}
