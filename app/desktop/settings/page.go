// Package settings is the page of the person's choices: theme, text size, how numbers are written, and where the cases
// are kept.
//
// It promises that a choice holds at once and after a restart, that each can be put back, and that nothing here changes
// an answer. A currency belongs to its case; the page says which it is and leads to its question.
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
	regions map[string]*ui.Chip
	amounts map[string]*ui.Chip
	percent *ui.Text
	money   *ui.Text
	reset   *ui.Button
	backup  *ui.Working
	button  *ui.Button
}

// New returns the page.
func New(s *session.Session, shell *ui.Shell) *Page {
	p := &Page{session: s, shell: shell, themes: map[string]*ui.Chip{}, sizes: map[int]*ui.Chip{},
		regions: map[string]*ui.Chip{}, amounts: map[string]*ui.Chip{}}
	p.build()
	s.OnChange(func(e session.Event) {
		switch e.Kind {
		case session.SettingsChanged, session.CaseOpened, session.ScenarioChanged:
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
	themes := choices(p.themes, []choice[string]{{session.ThemeSystem, "As the system"}, {session.ThemeLight, "Light"}, {session.ThemeDark, "Dark"}}, p.session.SetTheme)
	var steps []choice[int]
	for _, n := range textSizes {
		steps = append(steps, choice[int]{n, fmt.Sprintf("%d %%", n)})
	}
	sizes := choices(p.sizes, steps, p.session.SetTextScale)
	regions := choices(p.regions, []choice[string]{{session.RegionSystem, "As the system"}, {session.RegionPoint, "1,234.5 and 23 Nov 2026"},
		{session.RegionMonthFirst, "1,234.5 and Nov 23, 2026"}, {session.RegionComma, "1.234,5 and 23 Nov 2026"}}, p.session.SetRegion)
	amounts := choices(p.amounts, []choice[string]{{session.PerMonth, "A month"}, {session.PerDay, "A day"}, {session.PerCall, "A call"}}, p.session.SetAmountsPer)
	p.percent = ui.NewText(ui.Secondary, "").In(ui.ColorInk3).Wrapped()
	p.money = ui.NewText(ui.Secondary, "").In(ui.ColorInk2).Wrapped()
	p.reset = ui.NewButton(ui.Outline, "Use the defaults", p.putBack).WithIcon(ui.IconRestore)
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
		ui.NewText(ui.Secondary, "A backup is made once a day; the last 14 are kept beside the file. Deleted cases can be brought back for 30 days. To keep cases in another file, start the program with HOSTWISE_DB set to its path.").In(ui.ColorInk3).Wrapped())
	column := ui.Column(30,
		ui.Section("Theme", "Ctrl+Shift+L switches", themes),
		ui.Section("Text size", "Ctrl+= and Ctrl+−", ui.Column(8, sizes, p.percent)),
		ui.Section("Numbers and days", "", regions),
		ui.Section("Amounts of the routes", "on the Results page", amounts),
		ui.Section("Currency", "belongs to the case", ui.Column(8, p.money,
			ui.Wrap(8, 8, ui.NewButton(ui.Outline, "Change the currency", func() { p.shell.Go(ui.PageGuide, currency) })))),
		ui.Section("All of these choices", "", ui.Wrap(8, 8, p.reset)),
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
	for id, c := range p.regions {
		c.SetChosen(id == set.Region)
	}
	for id, c := range p.amounts {
		c.SetChosen(id == set.AmountsPer)
	}
	p.percent.SetText(fmt.Sprintf("Text is shown at %d %% of its usual size. For larger icons and spaces too, start the program with FYNE_SCALE set to 1.5 or 2.", set.TextScale))
	p.money.SetText(fmt.Sprintf("The amounts of “%s” are in %s.", p.session.Name(), p.session.Scenario().Text(currency)))
	p.reset.SetEnabled(!p.session.AtDefaults())
}

// currency is the question that a case's currency is the answer to.
const currency = "currency.code"

// choice is one of the values of a setting.
type choice[T comparable] struct {
	id    T
	title string
}

// choices sets the chips of a setting out and notes each by its value.
func choices[T comparable](chips map[T]*ui.Chip, list []choice[T], choose func(T)) *fyne.Container {
	row := ui.Wrap(8, 8)
	for _, c := range list {
		chips[c.id] = ui.NewChip(c.title, "", func() { choose(c.id) })
		row.Add(chips[c.id])
	}
	return row
}

// putBack takes every choice back to how it was at first.
func (p *Page) putBack() {
	undo := p.session.ResetSettings()
	p.shell.Toast("Every choice is as it was at first", undo)
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
