// Package settings is the page of the person's choices: theme, text size, and where the cases are kept.
//
// It promises that a choice holds at once and after a restart, and that nothing here changes an answer.
package settings

import (
	"context"
	"fmt"
	"net/url"
	"path/filepath"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
)

// Page shows the settings.
type Page struct {
	session *session.Session
	shell   *ui.Shell
	content fyne.CanvasObject
	themes  map[string]*ui.Chip
	sizes   map[int]*ui.Chip
	percent *ui.Text
	backup  *ui.Working
	button  *ui.Button
}

// New returns the page.
func New(s *session.Session, shell *ui.Shell) *Page {
	p := &Page{session: s, shell: shell, themes: map[string]*ui.Chip{}, sizes: map[int]*ui.Chip{}}
	p.build()
	s.OnChange(func(e session.Event) {
		if e.Kind == session.SettingsChanged {
			p.update()
		}
	})
	p.update()
	return p
}

// Title implements ui.Page.
func (p *Page) Title() string { return "Settings" }

// Content implements ui.Page.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Shown implements ui.Page.
func (p *Page) Shown() { p.update() }

// textSizes are the sizes that are offered; the keys go in steps of ten.
var textSizes = []int{100, 110, 125, 150, 175, 200}

func (p *Page) build() {
	themes := ui.Wrap(8, 8)
	for _, t := range []struct{ id, title string }{
		{session.ThemeSystem, "As the system"}, {session.ThemeLight, "Light"}, {session.ThemeDark, "Dark"},
	} {
		p.themes[t.id] = ui.NewChip(t.title, "", func() { p.session.SetTheme(t.id) })
		themes.Add(p.themes[t.id])
	}
	sizes := ui.Wrap(8, 8)
	for _, n := range textSizes {
		p.sizes[n] = ui.NewChip(fmt.Sprintf("%d %%", n), "", func() { p.session.SetTextScale(n) })
		sizes.Add(p.sizes[n])
	}
	p.percent = ui.NewText(ui.Secondary, "").In(ui.ColorInk3).Wrapped()
	path := p.session.DatabasePath()
	p.backup = ui.NewWorking()
	p.button = ui.NewButton(ui.Outline, "Back up now", p.backUp).WithIcon(ui.IconDuplicate)
	files := ui.Column(8,
		ui.NewText(ui.Body, "All cases, their history and these settings are in one file on this computer:").In(ui.ColorInk2).Wrapped(),
		ui.NewText(ui.Code, path).Wrapped(),
		ui.Wrap(8, 8,
			ui.NewButton(ui.Outline, "Open the folder", func() { p.openFolder(filepath.Dir(path)) }).WithIcon(ui.IconFolder),
			ui.NewButton(ui.Outline, "Copy the path", func() { p.shell.Copy(path, "The path is on the clipboard") }).WithIcon(ui.IconCopy),
			p.button),
		p.backup,
		ui.NewText(ui.Secondary, "A backup is made once a day; the last 14 are kept beside the file. Deleted cases can be brought back for 30 days. HOSTWISE_DB names another file.").In(ui.ColorInk3).Wrapped())
	column := ui.Column(30,
		ui.Section("Theme", "Ctrl+Shift+L switches", themes),
		ui.Section("Text size", "Ctrl+= and Ctrl+−", ui.Column(8, sizes, p.percent)),
		ui.Section("Saved cases", "", files))
	p.content = ui.Scroll(ui.Inset(28, 32, 32, 32, ui.NarrowColumn(620, column)))
}

func (p *Page) update() {
	set := p.session.Settings()
	for id, c := range p.themes {
		c.SetChosen(id == set.Theme)
	}
	for n, c := range p.sizes {
		c.SetChosen(n == set.TextScale)
	}
	p.percent.SetText(fmt.Sprintf("Text is shown at %d %% of its usual size. The whole window can be scaled with FYNE_SCALE.", set.TextScale))
}

func (p *Page) backUp() {
	p.button.Disable()
	p.backup.Say("Writing a copy …", -1)
	session.Work(context.Background(), p.session, p.session.Backup, func(path string, err error) {
		p.button.Enable()
		if err != nil {
			p.backup.Say("", -1)
			p.session.Notify(session.Notice{Text: "The backup could not be written.", Err: err})
			return
		}
		p.backup.Say("Backed up to "+path, -1)
	})
}

func (p *Page) openFolder(folder string) {
	if err := fyne.CurrentApp().OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(folder)}); err != nil {
		p.shell.Toast("The folder could not be opened: "+folder, nil)
	}
}
