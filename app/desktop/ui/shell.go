package ui

import "fyne.io/fyne/v2"

// Page is one page of the window. It is built once, when it is first shown, and lives as long as the window.
//
// A page may also be a Goer, a Hider, a Subtitled and an Actor.
type Page interface {
	// Title is the page's name on top where the case's name does not stand there.
	Title() string
	// Content is what the page shows; it is asked for once.
	Content() fyne.CanvasObject
	// Shown is called each time the page comes into view.
	Shown()
}

// Goer is a page with places of its own to go to, such as a question or a tab.
type Goer interface{ GoTo(place string) }

// Hider is a page that is told when another one comes into view, so that it need not follow what nobody sees.
type Hider interface{ Hidden() }

// Subtitled is a page that says something beside its title.
type Subtitled interface{ Subtitle() string }

// Actor is a page with a main action of its own at the upper right, in place of Export.
type Actor interface {
	Action() (words string, icon Glyph, do func())
}

// The pages' ids, in the order of the rail.
const (
	PageGuide    = "guide"
	PageResults  = "results"
	PageCompare  = "compare"
	PageLibrary  = "library"
	PageFacts    = "facts"
	PageHelp     = "help"
	PageSettings = "settings"
)

// Shell is what a page may ask of the window around it. Every function is set by the window.
type Shell struct {
	// Window is for dialogs, the clipboard and focus; nil only in tests of a page alone.
	Window fyne.Window
	// Go shows a page; place is where in it, "" = wherever it is. In the guide a place is an input's path, in
	// Results a tab or a figure's id, in Compare case ids with a comma between, in Facts a table, in Help words.
	Go func(page, place string)
	// Toast shows a short message; undo, if any, is offered beside it.
	Toast func(words string, undo func())
	// Export opens the export dialog with these figures chosen, all of them for none.
	Export func(figures ...string)
	// ExportCases opens the export dialog with these saved cases, in their order.
	ExportCases func(ids ...string)
	// Retitle shows the page's Title and Subtitle anew after they changed.
	Retitle func()
	// Run says how work leaves the window's goroutine.
	Run Runner
}

// Canvas is the canvas of the window, nil in tests of a page alone.
func (s *Shell) Canvas() fyne.Canvas {
	if s.Window == nil {
		return nil
	}
	return s.Window.Canvas()
}

// Copy puts text on the clipboard and says so.
func (s *Shell) Copy(text, said string) {
	fyne.CurrentApp().Clipboard().SetContent(text)
	s.Toast(said, nil)
}

// Detached returns a shell whose functions do nothing, for tests of a page alone.
func Detached() *Shell {
	return &Shell{
		Go: func(string, string) {}, Toast: func(string, func()) {}, Export: func(...string) {}, ExportCases: func(...string) {},
		Retitle: func() {}, Run: Inline,
	}
}
