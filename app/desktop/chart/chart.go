// Package chart shows a figure in the window: drawn to the pixels there are and in the window's colours, its values read
// under the pointer, its numbers copied and its picture saved. It computes nothing and knows no page.
package chart

import (
	"cmp"
	"context"
	"image"
	"strings"
	"sync"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/export"
	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
)

// Chart is a figure and the view that shows it. Its fields are set before the first figure.
type Chart struct {
	// View is what stands in the page.
	View *ui.FigureView

	// Trim changes what is drawn, for a picture so wide in the text's units; numbers and saved pictures stay whole. It
	// runs off the window's goroutine. nil changes nothing.
	Trim func(fig *figure.Figure, width float32)

	// Drew is told on the window's goroutine after each drawing; nil = nobody asks.
	Drew func()

	// Transparent leaves the ground to what lies behind the picture.
	Transparent bool

	run ui.Runner

	mu    sync.Mutex
	fig   figure.Figure
	drawn *figure.Drawing
}

// New returns a chart without a figure, its picture at least this large.
func New(least fyne.Size, run ui.Runner) *Chart {
	c := &Chart{run: run}
	c.View = ui.NewFigureView(least, run, c.render)
	return c
}

// Set shows a figure, or why there is none.
func (c *Chart) Set(fig figure.Figure, err error) {
	note := ""
	if err != nil {
		note, fig.Layers = format.Sentence(ui.Reason(err)), nil
	}
	c.mu.Lock()
	c.fig, c.drawn = fig, nil
	c.mu.Unlock()
	c.View.SetNote(note)
	c.View.Say(cmp.Or(fig.Alt, fig.Title))
	c.View.Redraw()
}

// Figure returns the figure that was set last.
func (c *Chart) Figure() figure.Figure {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.fig
}

// Has reports whether there is something to draw.
func (c *Chart) Has() bool { return len(c.Figure().Layers) > 0 }

// Layout returns where the parts of the last picture lie, and the figure that it shows.
func (c *Chart) Layout() (*figure.Layout, figure.Figure, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.drawn == nil {
		return nil, c.fig, false
	}
	return &c.drawn.Layout, c.fig, true
}

// render draws off the window's goroutine.
func (c *Chart) render(ctx context.Context, width, height int, scale float32) (image.Image, error) {
	fig := c.Figure()
	if len(fig.Layers) == 0 || ctx.Err() != nil {
		return nil, nil
	}
	if c.Trim != nil {
		c.Trim(&fig, float32(width)/scale)
	}
	theme := &figure.Light
	if ui.IsDark() {
		theme = &figure.Dark
	}
	d, err := figure.Render(fig, figure.Options{Width: width, Height: height, Theme: theme, Compact: true, Transparent: c.Transparent, Scale: float64(scale)})
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	if ctx.Err() != nil { // another figure was set meanwhile: this picture is never shown
		c.mu.Unlock()
		return nil, ctx.Err()
	}
	c.drawn = d
	c.mu.Unlock()
	if c.Drew != nil {
		c.run.Do(c.Drew)
	}
	return d.Image, nil
}

// Read says what the figure shows at a place of the picture, 0..1 from its top left: the lines' values there, or the
// row's data. It is what a view's probe wants.
func (c *Chart) Read(x, y float64) (ui.Reading, bool) {
	l, fig, ok := c.Layout()
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

// mostReadings is how many cells of a row are shown under the pointer.
const mostReadings = 7

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

// Copy puts the figure's table on the clipboard, a tab between the columns, and says so.
func (c *Chart) Copy(shell *ui.Shell) {
	text := c.Figure().Twin.Tabbed()
	if text == "" || !c.Has() {
		shell.Toast("There are no numbers to copy yet.", nil)
		return
	}
	shell.Copy(text, "The numbers are on the clipboard; paste them into a sheet.")
}

// Save asks where to put the figure, and writes it. suffix ends the name that is offered.
func (c *Chart) Save(s *session.Session, shell *ui.Shell, suffix string) {
	if !c.Has() {
		shell.Toast("There is no picture to save yet.", nil)
		return
	}
	export.SaveFigure(s, shell, suffix, c.Figure())
}
