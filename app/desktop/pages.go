package desktop

import (
	"fyne.io/fyne/v2"

	"hostwise/app/desktop/compare"
	"hostwise/app/desktop/facts"
	"hostwise/app/desktop/guide"
	"hostwise/app/desktop/help"
	"hostwise/app/desktop/library"
	"hostwise/app/desktop/results"
	"hostwise/app/desktop/settings"
	"hostwise/app/desktop/setups"
	"hostwise/app/desktop/ui"
	"hostwise/app/desktop/whatif"
	"hostwise/assets"
)

// pageEntry is one page of the window and how it is made.
type pageEntry struct {
	id, title string
	icon      ui.Glyph
	foot      bool
	make      func(w *window) ui.Page
}

// pages are the pages in the order of the rail, which is the order of Ctrl+1 to Ctrl+6.
var pages = []pageEntry{
	{id: ui.PageGuide, title: "Guide", icon: ui.IconGuide, make: func(w *window) ui.Page { return guide.New(w.session, w.shell) }},
	{id: ui.PageResults, title: "Results", icon: ui.IconResults, make: func(w *window) ui.Page {
		return results.New(w.session, w.shell, append(whatif.Parts(w.session, w.shell),
			results.Part{ID: "setups", Title: "Set-ups", Make: func() ui.Page { return setups.New(w.session, w.shell) }},
		)...)
	}},
	{id: ui.PageCompare, title: "Compare", icon: ui.IconCompare, make: func(w *window) ui.Page { return compare.New(w.session, w.shell) }},
	{id: ui.PageLibrary, title: "Library", icon: ui.IconLibrary, make: func(w *window) ui.Page { return library.New(w.session, w.shell) }},
	{id: ui.PageFacts, title: "Facts", icon: ui.IconFacts, make: func(w *window) ui.Page { return facts.New(w.session, w.shell) }},
	{id: ui.PageHelp, title: "Help", icon: ui.IconHelp, make: func(w *window) ui.Page { return help.New(w.session, w.shell, w.showKeys) }},
	{id: ui.PageSettings, title: "Settings", icon: ui.IconSettings, foot: true, make: func(w *window) ui.Page { return settings.New(w.session, w.shell) }},
}

func pageNamed(id string) *pageEntry {
	for i := range pages {
		if pages[i].id == id {
			return &pages[i]
		}
	}
	return nil
}

// mark is the program's mark on top of the rail and on the window.
func mark() fyne.Resource { return fyne.NewStaticResource("hostwise.png", assets.IconPNG) }
