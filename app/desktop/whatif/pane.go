package whatif

import (
	"bytes"
	"context"
	"errors"
	"image"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/internal/intact"
)

// pane is one figure: its picture, drawn off the window's goroutine, the values under the pointer, and what can be done
// with it.
type pane struct {
	session *session.Session
	shell   *ui.Shell
	view    *ui.FigureView
	have    bool // there is something to draw
	trim    func(*figure.Figure)
	explain func() []paragraph
	drew    func() // after each drawing, on the window's goroutine; nil = nobody asks

	mu    sync.Mutex
	fig   figure.Figure
	drawn *figure.Drawing
}

// paragraph is a part of an explanation.
type paragraph struct{ title, words, formula string }

// newPane returns the pane of a figure, its picture at least this large.
func newPane(s *session.Session, shell *ui.Shell, least fyne.Size, explain func() []paragraph) *pane {
	p := &pane{session: s, shell: shell, explain: explain}
	p.view = ui.NewFigureView(least, shell.Run, p.render)
	p.view.SetProbe(p.probe)
	return p
}

// withActions puts the actions beside the figure's title.
func (p *pane) withActions() *pane {
	p.view.SetActions(p.explained, p.copy, p.save)
	return p
}

// show shows a figure, or why there is none.
func (p *pane) show(fig figure.Figure, err error) {
	p.mu.Lock()
	p.fig, p.drawn = fig, nil
	p.mu.Unlock()
	p.have = err == nil
	p.view.SetNote("")
	if err != nil {
		p.view.SetNote(sentence(reason(err)))
	}
	p.view.Redraw()
}

// reason is an error's innermost words: what it was doing is for the developer.
func reason(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err.Error()
		}
		err = inner
	}
}

// figure returns the figure as it was shown last.
func (p *pane) figure() figure.Figure {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.fig
}

// render draws off the window's goroutine.
func (p *pane) render(ctx context.Context, width, height int, scale float32) (image.Image, error) {
	fig := p.figure()
	if len(fig.Layers) == 0 || ctx.Err() != nil {
		return nil, nil
	}
	if p.trim != nil {
		p.trim(&fig)
	}
	theme := &figure.Light
	if ui.IsDark() {
		theme = &figure.Dark
	}
	d, err := figure.Render(fig, figure.Options{Width: width, Height: height, Theme: theme, Compact: true, Scale: float64(scale)})
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	p.drawn = d
	p.mu.Unlock()
	if p.drew != nil {
		p.shell.Run.Do(p.drew)
	}
	return d.Image, nil
}

// layout returns where the parts of the last picture lie.
func (p *pane) layout() (*figure.Layout, figure.Figure, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.drawn == nil {
		return nil, p.fig, false
	}
	return &p.drawn.Layout, p.fig, true
}

// mostReadings is how many cells of a row are shown under the pointer.
const mostReadings = 7

// probe says what the figure shows under the pointer: the lines' values, or the row's data.
func (p *pane) probe(x, y float64) (ui.Reading, bool) {
	l, fig, ok := p.layout()
	if !ok {
		return ui.Reading{}, false
	}
	px, py := x*float64(l.Width), y*float64(l.Height)
	if l.Rows > 0 {
		row := l.Row(px, py)
		if row < 0 || row >= len(fig.Rows) {
			return ui.Reading{}, false
		}
		return ui.Reading{X: x, Lines: rowLines(fig, row)}, true
	}
	readings := l.ReadAt(px)
	if !l.Inside(px, py) || len(readings) == 0 {
		return ui.Reading{}, false
	}
	lines := []string{readings[0].XText + " " + strings.ToLower(fig.X.Title)}
	for _, r := range readings {
		lines = append(lines, r.Name+"  "+r.YText)
	}
	return ui.Reading{X: x, Lines: lines}, true
}

// rowLines are the data of one row of the figure's table, each cell with its header.
func rowLines(fig figure.Figure, row int) []string {
	lines := []string{fig.Rows[row].Label}
	for _, data := range fig.Twin.Rows {
		if len(data) == 0 || data[0] != fig.Rows[row].Label {
			continue
		}
		for i := 1; i < len(data) && i < len(fig.Twin.Headers) && len(lines) <= mostReadings; i++ {
			if data[i] != "" {
				lines = append(lines, fig.Twin.Headers[i]+"  "+data[i])
			}
		}
		break
	}
	return lines
}

// explained says how the figure is worked out, and its finding in words.
func (p *pane) explained() {
	c := p.shell.Canvas()
	if c == nil {
		return
	}
	body := ui.Column(12)
	for _, x := range p.explain() {
		part := ui.Column(3)
		if x.title != "" {
			part.Add(ui.NewText(ui.BodyStrong, x.title).Wrapped())
		}
		if x.words != "" {
			part.Add(ui.NewText(ui.Secondary, x.words).In(ui.ColorInk2).Wrapped())
		}
		if x.formula != "" {
			part.Add(ui.NewText(ui.Code, x.formula).In(ui.ColorInk2).Wrapped())
		}
		body.Add(part)
	}
	if alt := p.figure().Alt; alt != "" && p.have {
		body.Add(ui.Column(3, ui.NewText(ui.BodyStrong, "The picture in words"), ui.NewText(ui.Secondary, alt).In(ui.ColorInk2).Wrapped()))
	}
	scroll := ui.Scroll(ui.Inset(0, 14, 0, 0, body))
	scroll.SetMinSize(fyne.NewSize(100, min(ui.Scaled(360), c.Size().Height-220, body.MinSize().Height+ui.Scaled(120))))
	ui.ShowDialog(c, 560, "How it is worked out", scroll, func(d *ui.Dialog) []fyne.CanvasObject {
		return []fyne.CanvasObject{ui.NewButton(ui.Main, "Close", d.Close).WithKey("Esc")}
	})
}

// copy puts the figure's table on the clipboard.
func (p *pane) copy() {
	text := tsv(p.figure().Twin)
	if text == "" || !p.have {
		p.shell.Toast("There are no numbers to copy yet.", nil)
		return
	}
	p.shell.Copy(text, "The numbers are on the clipboard; paste them into a sheet.")
}

// tsv writes a table with tabs between its columns, as sheets take it.
func tsv(t figure.Table) string {
	if len(t.Rows) == 0 {
		return ""
	}
	clean := strings.NewReplacer("\t", " ", "\n", " ")
	var b strings.Builder
	for _, row := range append([][]string{t.Headers}, t.Rows...) {
		for i, cell := range row {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(clean.Replace(cell))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// save asks where to put the figure and writes it as a deck picture, PNG or SVG by the name's ending.
func (p *pane) save() {
	if !p.have {
		p.shell.Toast("There is no picture to save yet.", nil)
		return
	}
	w := p.shell.Window
	if w == nil {
		return
	}
	d := dialog.NewFileSave(func(out fyne.URIWriteCloser, err error) {
		if err != nil || out == nil {
			return
		}
		path := out.URI().Path()
		_ = out.Close() // the picture is written beside it and renamed
		p.saveTo(path)
	}, w)
	d.SetFileName(session.FileName(p.session.Name()) + "-what-if-" + p.figure().ID + ".png")
	d.SetFilter(storage.NewExtensionFileFilter([]string{".png", ".svg"}))
	if folder := p.session.Settings().ExportFolder; folder != "" {
		if l, err := storage.ListerForURI(storage.NewFileURI(folder)); err == nil {
			d.SetLocation(l)
		}
	}
	ui.ShowFiles(w.Canvas(), d)
}

var errEnding = errors.New("end the name in .png or .svg")

// saveTo draws and writes off the window's goroutine, and says where the picture is.
func (p *pane) saveTo(path string) {
	fig := p.figure()
	session.Work(context.Background(), p.session, func(context.Context) (struct{}, error) {
		return struct{}{}, writePicture(path, fig)
	}, func(_ struct{}, err error) {
		if err != nil {
			if info, gone := os.Stat(path); gone == nil && info.Size() == 0 && info.Mode().IsRegular() {
				_ = os.Remove(path) // the empty file that the dialog made; the person is told of the failure
			}
			p.session.Notify(session.Notice{Text: "The picture could not be written to " + path + ": " + err.Error() + ".", Err: err})
			return
		}
		p.session.SetExportFolder(filepath.Dir(path))
		p.shell.Toast("Written to "+path, nil)
	})
}

// writePicture writes a figure on a light ground in the size of a slide.
func writePicture(path string, fig figure.Figure) error {
	var b bytes.Buffer
	var err error
	switch strings.ToLower(filepath.Ext(path)) {
	case ".png":
		err = figure.PNG(&b, fig, figure.Options{})
	case ".svg":
		err = figure.SVG(&b, fig, figure.Options{})
	default:
		err = errEnding
	}
	if err != nil {
		return err
	}
	return intact.Write(path, b.Bytes())
}
