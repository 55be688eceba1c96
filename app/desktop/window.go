package desktop

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/library"
	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/storage"
)

// The sizes of the window in Fyne's units.
const (
	firstWidth, firstHeight = 1280, 800
	leastWidth, leastHeight = 960, 640
)

// window is the frame around the pages.
type window struct {
	app     fyne.App
	win     fyne.Window
	session *session.Session
	look    *ui.Theme
	opt     Options
	shell   *ui.Shell

	rail   *ui.NavRail
	top    *topBar
	status *ui.StatusLine
	toasts *ui.Toasts
	body   *fyne.Container
	frame  fyne.CanvasObject
	menu   *menu

	pages   map[string]ui.Page
	content map[string]fyne.CanvasObject
	current string
	forced  bool      // HOSTWISE_THEME outranks the setting
	region  ui.Region // the system's, which the setting may outrank

	after     func(time.Duration, func()) (stop func())
	scale     int    // of the text, as the keys have asked for; while stopStyle is set
	stopStyle func() // the change of the text's size that rests
}

// newWindow builds the frame and opens the last case and page.
func newWindow(a fyne.App, s *session.Session, look *ui.Theme, opt Options, run ui.Runner) *window {
	w := &window{app: a, session: s, look: look, opt: opt,
		pages: map[string]ui.Page{}, content: map[string]fyne.CanvasObject{}}
	if opt.Getenv == nil {
		w.opt.Getenv = func(string) string { return "" }
	}
	w.forced = modeFrom(w.opt.Getenv) != ""
	w.region = ui.Here()
	w.win = a.NewWindow("Hostwise")
	w.win.SetMaster()
	w.after = func(d time.Duration, f func()) func() {
		t := time.AfterFunc(d, func() { run.Do(f) })
		return func() { t.Stop() }
	}
	w.toasts = ui.NewToasts(w.after)
	w.shell = &ui.Shell{
		Window: w.win, Go: w.goTo, Toast: w.toasts.Show, Export: w.export, ExportCases: w.exportCases, Retitle: func() { w.top.update() }, Run: run,
	}
	w.build()
	s.OnChange(w.heard)
	if err := s.OpenLast(); err != nil {
		w.complain("The last case could not be opened.", err)
	}
	w.applySettings()
	w.show(w.firstPage())
	return w
}

func (w *window) build() {
	items := make([]ui.RailItem, len(pages))
	for i, p := range pages {
		items[i] = ui.RailItem{ID: p.id, Title: p.title, Icon: p.icon, Foot: p.foot}
	}
	w.rail = ui.NewNavRail(mark(), items, func(id string) { w.goTo(id, "") })
	w.top = newTopBar(w)
	w.status = ui.NewStatusLine()
	w.body = container.NewStack()
	w.menu = newMenu(w)
	w.win.SetMainMenu(w.menu.main)
	w.win.SetPadded(false)
	w.frame = ui.WithTips(container.New(&frameLayout{}, w.rail, w.top.bar, w.body, w.status, w.toasts.Layer()), w.win.Canvas())
	w.win.SetContent(w.frame)
	w.win.Canvas().SetOnTypedKey(w.typedKey)
	w.win.Canvas().SetOnTypedRune(w.typedRune)
	w.win.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { w.dropped(uris) })
	w.win.SetCloseIntercept(w.close)
	set := w.session.Settings()
	width, height := float32(firstWidth), float32(firstHeight)
	if set.WindowWidth >= leastWidth && set.WindowHeight >= leastHeight {
		width, height = float32(set.WindowWidth), float32(set.WindowHeight)
	}
	w.win.Resize(fyne.NewSize(width, height))
}

// firstPage is the page that was in view last, or that HOSTWISE_PAGE names.
func (w *window) firstPage() string {
	for _, id := range []string{w.opt.Getenv("HOSTWISE_PAGE"), w.session.Settings().Page} {
		if pageNamed(id) != nil {
			return id
		}
	}
	return pages[0].id
}

// goTo shows a page and a place in it.
func (w *window) goTo(id, place string) {
	if pageNamed(id) == nil {
		return
	}
	w.show(id)
	if g, ok := w.pages[id].(ui.Goer); ok && place != "" {
		g.GoTo(place)
	}
}

func (w *window) show(id string) {
	if w.current == id {
		w.pages[id].Shown()
		return
	}
	p, ok := w.pages[id]
	if !ok {
		p = pageNamed(id).make(w)
		w.pages[id], w.content[id] = p, p.Content()
	}
	if w.current != "" {
		w.session.LeaveField()
		w.session.SetPage(id)
	}
	w.win.Canvas().Unfocus()
	if h, ok := w.pages[w.current].(ui.Hider); ok {
		h.Hidden()
	}
	w.current = id
	w.rail.Select(id)
	w.body.Objects = []fyne.CanvasObject{w.content[id]}
	w.body.Refresh()
	w.top.update()
	w.menu.update()
	p.Shown()
}

// heard follows the session.
func (w *window) heard(e session.Event) {
	switch e.Kind {
	case session.ScenarioChanged, session.CaseOpened, session.SaveChanged, session.CasesChanged:
		w.top.update()
		w.menu.update()
	case session.AssessmentChanged:
		w.status.Set(w.statusParts())
	case session.SettingsChanged:
		w.applySettings()
	case session.Noticed:
		w.toasts.Show(noticeWords(e.Notice), e.Notice.Undo)
	}
	if e.Kind == session.CaseOpened {
		w.status.Set(w.statusParts())
	}
}

// noticeWords adds to a notice what the storage advises.
func noticeWords(n *session.Notice) string {
	if advice := storage.Advice(n.Err); advice != "" {
		return n.Text + " " + advice
	}
	return n.Text
}

// applySettings gives the theme the settings and draws everything anew.
func (w *window) applySettings() {
	set := w.session.Settings()
	ui.SetRegion(w.regionOf(set.Region))
	look := *w.look
	resized := look.Scale != set.TextScale
	look.Scale = set.TextScale
	if !w.forced {
		look.Mode = set.Theme
		if set.Theme == session.ThemeSystem {
			look.Mode = systemMode(runtime.GOOS, w.opt.Getenv, exists)
		}
	}
	w.look = &look
	w.app.Settings().SetTheme(&look)
	w.status.Set(w.statusParts())
	w.top.update()
	w.menu.update()
	if resized {
		w.menu.draw()
		// The menu bar has another height now, and the driver lays the content out below it only when it is set.
		w.win.SetContent(w.frame)
	}
}

// regionOf is how numbers and days are written under a setting.
func (w *window) regionOf(setting string) ui.Region {
	switch setting {
	case session.RegionPoint:
		return ui.Region{}
	case session.RegionMonthFirst:
		return ui.Region{MonthFirst: true}
	case session.RegionComma:
		return ui.Region{DecimalComma: true}
	}
	return w.region
}

// statusParts says what the answers rest on.
func (w *window) statusParts() (left, right []ui.StatusPart) {
	a, state := w.session.Assessment()
	cat := w.session.Catalogue()
	if cat != nil {
		left = append(left, ui.StatusPart{Text: "Catalogue " + ui.Here().Day(cat.Date) + ageWords(w.session.Now(), cat.Edition.Date())})
	}
	if a != nil && a.Catalogue.NewestPrice != "" {
		days := a.Catalogue.NewestPriceDays
		words := fmt.Sprintf("Newest API price %d days old", days)
		if days == 1 {
			words = "Newest API price 1 day old"
		}
		left = append(left, ui.StatusPart{Text: words, Warning: days > staleAfterDays})
	}
	if cat != nil {
		left = append(left, ui.StatusPart{Text: fmt.Sprintf("%d measured runs", len(cat.SpeedRuns)+len(cat.MemoryRuns))})
	}
	switch {
	case state.Computing == session.ComputeBase:
		right = append(right, ui.StatusPart{Text: "Working out the answer …"})
	case state.Computing == session.ComputeFull:
		right = append(right, ui.StatusPart{Text: "Working out the ranges …"})
	case a != nil && a.Draws > 0:
		right = append(right, ui.StatusPart{Text: whole(a.Draws) + " futures",
			Tip: fmt.Sprintf("Every range rests on %s futures, drawn with seed %d in %s.", whole(a.Draws), a.Seed, took(state.Took))})
	}
	right = append(right, ui.StatusPart{Text: "Hostwise " + w.opt.Version})
	return left, right
}

// staleAfterDays is the age from which prices are called out: design §3.
const staleAfterDays = 30

func took(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

func ageWords(now, day time.Time) string {
	if day.IsZero() {
		return ""
	}
	switch days := int(now.Sub(day).Hours() / 24); {
	case days <= 0:
		return " · today"
	case days == 1:
		return " · 1 day old"
	default:
		return fmt.Sprintf(" · %d days old", days)
	}
}

// whole writes a count with separators.
func whole(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// typedKey handles keys that nobody in focus used.
func (w *window) typedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyF1:
		w.showKeys()
	default:
		if !w.pageOwnsKeys() && ui.ScrollByKey(ui.LargestScroll(w.body), e.Name) {
			return
		}
		if k, ok := w.pages[w.current].(interface{ TypedKey(*fyne.KeyEvent) }); ok {
			k.TypedKey(e)
		}
	}
}

// typedRune handles characters that nobody in focus took. A character that moves the focus is handled here and not as a
// key: the driver tells of the key first, and would type the character into the field that has the focus by then.
func (w *window) typedRune(r rune) {
	if w.win.Canvas().Overlays().Top() != nil {
		return
	}
	page := w.pages[w.current]
	if f, ok := page.(interface{ FocusSearch() }); ok && r == '/' {
		f.FocusSearch()
	} else if t, ok := page.(interface{ TypedRune(rune) }); ok {
		t.TypedRune(r)
	}
}

// pageOwnsKeys reports whether what is in view walks by arrows itself.
func (w *window) pageOwnsKeys() bool {
	k, ok := w.pages[w.current].(interface{ OwnsKeys() bool })
	return w.current == ui.PageGuide || ok && k.OwnsKeys() // in the guide they go from question to question
}

// dropped imports scenario files that were dropped on the window.
func (w *window) dropped(uris []fyne.URI) {
	var paths []string
	for _, u := range uris {
		if u.Scheme() == "file" {
			paths = append(paths, u.Path())
		}
	}
	w.importFiles(paths)
}

func (w *window) importFiles(paths []string) {
	if len(paths) == 0 {
		return
	}
	library.Import(w.session, w.shell, paths, func(got session.Imported) {
		if got.Cases > 0 && w.current != ui.PageResults && w.current != ui.PageGuide && w.current != ui.PageLibrary {
			w.goTo(pages[0].id, "")
		}
	})
}

func (w *window) tell(title, words, detail string) {
	ui.Tell(w.win.Canvas(), title, words, detail)
}

// complain shows an error with what the person can do.
func (w *window) complain(words string, err error) {
	if err == nil {
		return
	}
	if advice := storage.Advice(err); advice != "" {
		words += " " + advice
	}
	w.tell("That did not work", words, err.Error())
}

// close saves and quits. If saving fails the person decides.
func (w *window) close() {
	size := w.win.Canvas().Size()
	w.session.SetWindowSize(int(size.Width), int(size.Height))
	if w.stopStyle != nil {
		w.stopStyle()
		w.stopStyle = nil
		w.session.SetTextScale(w.scale)
	}
	err := w.session.Close()
	if err == nil {
		w.win.SetCloseIntercept(nil)
		w.app.Quit()
		return
	}
	words := "The last changes could not be saved. Export the case to a file to keep them, or quit without them."
	if advice := storage.Advice(err); advice != "" && !errors.Is(err, storage.ErrInvalid) {
		words = strings.TrimSpace(advice) + " " + words
	}
	ui.Confirm(w.win.Canvas(), "Not saved", words, "Quit without saving", w.app.Quit)
}

// frameLayout lays rail, top bar, page, status line and toasts.
type frameLayout struct{}

func (frameLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	// The window's own least size; a page that needs more scrolls.
	return fyne.NewSize(leastWidth, leastHeight-28)
}

func (frameLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	rail, top, status := o[0].MinSize().Width, o[1].MinSize().Height, o[3].MinSize().Height
	place := func(x fyne.CanvasObject, left, above, width, height float32) {
		x.Move(fyne.NewPos(left, above))
		x.Resize(fyne.NewSize(width, height))
	}
	place(o[0], 0, 0, rail, s.Height-status)
	place(o[1], rail, 0, s.Width-rail, top)
	place(o[2], rail, top, s.Width-rail, s.Height-top-status)
	place(o[3], 0, s.Height-status, s.Width, status)
	place(o[4], rail, 0, s.Width-rail, s.Height)
}
