package desktop

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/calc"
)

// FigureChoice is a figure that can be exported.
type FigureChoice struct{ ID, Title string }

// Picture says how figures are written.
type Picture struct {
	Format        string // "png" or "svg"
	Width, Height int
	Theme         string // "light" or "dark"
	Transparent   bool
}

// Exporter draws figures and writes reports. It is called off the window's goroutine.
type Exporter interface {
	// Figures lists the figures in the order in which they are offered.
	Figures() []FigureChoice
	// Draw returns one figure as a file.
	Draw(ctx context.Context, id string, s calc.Scenario, a *calc.Assessment, p Picture) ([]byte, error)
	// Reports lists the endings of the reports that can be written, such as ".pptx", with their names.
	Reports() []FigureChoice
	// Report returns a report as a file.
	Report(ctx context.Context, ending string, s calc.Scenario, a *calc.Assessment) ([]byte, error)
}

func (w *window) figures() []FigureChoice {
	if w.opt.Exporter == nil {
		return nil
	}
	return w.opt.Exporter.Figures()
}

func (w *window) reports() []FigureChoice {
	if w.opt.Exporter == nil {
		return nil
	}
	return w.opt.Exporter.Reports()
}

// The sizes that are offered, in pixels.
var pictureSizes = []ui.Choice{
	{ID: "1920x1080", Title: "1920 × 1080, a slide"},
	{ID: "3840x2160", Title: "3840 × 2160, a slide at 2×"},
	{ID: "1200x900", Title: "1200 × 900, a page"},
}

// exportForm is the open export dialog.
type exportForm struct {
	w        *window
	dialog   *ui.Dialog
	figures  map[string]*ui.CheckBox
	reports  map[string]*ui.CheckBox
	scenario *ui.CheckBox
	format   *ui.Select
	size     *ui.Select
	theme    *ui.Select
	folder   *ui.Field
	working  *ui.Working
	start    *ui.Button
	open     *ui.Button
	cancel   context.CancelFunc
}

// export opens the export dialog. Without names every figure is chosen.
func (w *window) export(chosen ...string) {
	if w.win.Canvas().Overlays().Top() != nil {
		return
	}
	a, state := w.session.Assessment()
	f := &exportForm{w: w, figures: map[string]*ui.CheckBox{}, reports: map[string]*ui.CheckBox{}}
	left := ui.Column(4, ui.NewText(ui.BodyStrong, "Figures"))
	for _, c := range w.figures() {
		box := ui.NewCheckBox(c.Title, nil)
		box.SetOn(len(chosen) == 0 || slices.Contains(chosen, c.ID))
		f.figures[c.ID] = box
		left.Add(box)
	}
	if len(f.figures) == 0 {
		left.Add(ui.NewText(ui.Secondary, "No figures can be drawn here.").In(ui.ColorInk3))
	}
	files := ui.Column(4, ui.NewText(ui.BodyStrong, "Files"))
	for _, c := range w.reports() {
		f.reports[c.ID] = ui.NewCheckBox(c.Title, nil)
		files.Add(f.reports[c.ID])
	}
	f.scenario = ui.NewCheckBox("Scenario (.json)", nil)
	f.scenario.SetOn(len(chosen) == 0)
	files.Add(f.scenario)
	f.format = ui.NewSelect([]ui.Choice{{ID: "png", Title: "PNG"}, {ID: "svg", Title: "SVG"}}, "png", nil)
	f.size = ui.NewSelect(pictureSizes, pictureSizes[0].ID, nil)
	f.theme = ui.NewSelect([]ui.Choice{{ID: "light", Title: "Light"}, {ID: "dark", Title: "Dark"}, {ID: "transparent", Title: "Light, no ground"}}, "light", nil)
	row := func(words string, o fyne.CanvasObject) fyne.CanvasObject {
		return ui.Row(8, ui.Fixed(60, 0, ui.NewText(ui.Secondary, words).In(ui.ColorInk2)), o)
	}
	right := ui.Column(16, files,
		ui.Column(6, ui.NewText(ui.BodyStrong, "Pictures"), row("Format", f.format), row("Size", f.size), row("Theme", f.theme)))
	f.folder = ui.NewField("", nil)
	f.folder.Replace(w.exportFolder())
	where := ui.Column(6, ui.NewText(ui.BodyStrong, "Folder"),
		ui.Row(8, ui.Grow(f.folder), ui.NewButton(ui.Outline, "Choose …", f.chooseFolder)))
	f.working = ui.NewWorking()
	if a == nil || state.Err != nil {
		for _, box := range f.figures {
			box.SetOn(false)
			box.Disable()
		}
		f.working.Say("There is no answer to draw yet; only the scenario can be exported.", -1)
	} else if state.Computing != session.Idle {
		f.working.Say("The ranges are still being worked out; the figures show the base answer until then.", -1)
	}
	body := ui.Column(18, ui.Columns(32, left, right), where, f.working)
	f.dialog = ui.ShowDialog(w.win.Canvas(), 620, "Export", body, func(d *ui.Dialog) []fyne.CanvasObject {
		f.open = ui.NewButton(ui.Outline, "Open folder", f.openFolder).WithIcon(ui.IconFolder)
		f.start = ui.NewButton(ui.Main, "Export", f.begin)
		return []fyne.CanvasObject{f.open, ui.NewButton(ui.Outline, "Close", d.Close).WithKey("Esc"), f.start}
	})
	f.dialog.OnClose(func() {
		if f.cancel != nil {
			f.cancel()
		}
	})
}

// exportFolder is where exports went last, else a folder of its own in the documents or the home.
func (w *window) exportFolder() string {
	if folder := w.session.Settings().ExportFolder; folder != "" {
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

func (f *exportForm) chooseFolder() {
	d := dialog.NewFolderOpen(func(l fyne.ListableURI, err error) {
		if err == nil && l != nil {
			f.folder.Replace(l.Path())
		}
	}, f.w.win)
	f.w.startIn(d)
	ui.ShowFiles(f.w.win.Canvas(), d)
}

func (f *exportForm) openFolder() {
	u := &url.URL{Scheme: "file", Path: filepath.ToSlash(f.folder.Text())}
	if err := f.w.app.OpenURL(u); err != nil {
		f.working.Say("The folder could not be opened: "+f.folder.Text(), -1)
	}
}

// exportJob is one file to write.
type exportJob struct {
	name string
	make func(ctx context.Context) ([]byte, error)
}

// jobs lists the files that are ticked.
func (f *exportForm) jobs() []exportJob {
	w := f.w
	a, _ := w.session.Assessment()
	scenario := w.session.Scenario()
	base := session.FileName(w.session.Name())
	pic := f.picture()
	var jobs []exportJob
	if a != nil {
		for _, c := range w.figures() {
			if f.figures[c.ID].On() {
				jobs = append(jobs, exportJob{base + "-" + c.ID + "." + pic.Format, func(ctx context.Context) ([]byte, error) {
					return w.opt.Exporter.Draw(ctx, c.ID, scenario, a, pic)
				}})
			}
		}
		for _, c := range w.reports() {
			if f.reports[c.ID].On() {
				jobs = append(jobs, exportJob{base + c.ID, func(ctx context.Context) ([]byte, error) {
					return w.opt.Exporter.Report(ctx, c.ID, scenario, a)
				}})
			}
		}
	}
	if f.scenario.On() {
		jobs = append(jobs, exportJob{base + ".json", func(context.Context) ([]byte, error) { return scenario.JSON(), nil }})
	}
	return jobs
}

func (f *exportForm) picture() Picture {
	p := Picture{Format: f.format.Chosen(), Theme: f.theme.Chosen()}
	if p.Theme == "transparent" {
		p.Theme, p.Transparent = "light", true
	}
	_, _ = fmt.Sscanf(f.size.Chosen(), "%dx%d", &p.Width, &p.Height) // the list above is its only source
	return p
}

// begin asks before it overwrites, then writes.
func (f *exportForm) begin() {
	jobs, folder := f.jobs(), f.folder.Text()
	switch {
	case len(jobs) == 0:
		f.working.Say("Tick what to export.", -1)
		return
	case !filepath.IsAbs(folder):
		f.folder.SetProblem("Give the folder with its full path.")
		return
	}
	f.folder.SetProblem("")
	taken := 0
	for _, j := range jobs {
		if _, err := os.Lstat(filepath.Join(folder, j.name)); err == nil {
			taken++
		}
	}
	if taken == 0 {
		f.write(folder, jobs)
		return
	}
	words := fmt.Sprintf("%d of the %d files are in the folder already. The old ones are replaced.", taken, len(jobs))
	if len(jobs) == 1 {
		words = jobs[0].name + " is in the folder already. The old one is replaced."
	}
	ui.Confirm(f.w.win.Canvas(), "Replace files?", words, "Replace", func() { f.write(folder, jobs) })
}

func (f *exportForm) write(folder string, jobs []exportJob) {
	ctx, cancel := context.WithCancel(context.Background())
	f.cancel = cancel
	f.start.Disable()
	f.working.Say(fmt.Sprintf("Writing %d files …", len(jobs)), 0)
	run := f.w.shell.Run
	session.Work(ctx, f.w.session, func(ctx context.Context) (int, error) {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return 0, err
		}
		var failed []error
		done := 0
		for i, j := range jobs {
			if err := ctx.Err(); err != nil {
				return done, err
			}
			data, err := j.make(ctx)
			if err == nil && len(data) == 0 {
				err = errors.New("there was nothing to write")
			}
			if err == nil {
				err = session.WriteFile(filepath.Join(folder, j.name), data)
			}
			if err != nil {
				failed = append(failed, fmt.Errorf("%s: %w", j.name, err))
				continue
			}
			done++
			run.Do(func() { f.working.Say("Wrote "+j.name, float64(i+1)/float64(len(jobs))) })
		}
		return done, errors.Join(failed...)
	}, func(done int, err error) {
		f.start.Enable()
		f.w.session.SetExportFolder(folder)
		if err != nil {
			f.working.Say(fmt.Sprintf("%d of %d files written.", done, len(jobs)), -1)
			f.w.tell("Not everything could be exported", "The other files are in "+folder+".", err.Error())
			return
		}
		f.working.Say(fmt.Sprintf("%d files written to %s", done, folder), 1)
		if done == 1 {
			f.working.Say("1 file written to "+folder, 1)
		}
	})
}
