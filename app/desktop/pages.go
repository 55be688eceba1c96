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
	"hostwise/app/desktop/ui"
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
	{id: ui.PageResults, title: "Results", icon: ui.IconResults, make: func(w *window) ui.Page { return results.New(w.session, w.shell) }},
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

// mark is the program's mark on top of the rail: two rising cost lines that cross.
func mark() fyne.Resource {
	return fyne.NewStaticResource("hostwise-mark.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48" viewBox="0 0 48 48">`+
		`<rect width="48" height="48" rx="11" fill="#14171F"/>`+
		`<path d="M9 35L39 11" stroke="#FFFFFF" stroke-width="5" stroke-linecap="round" fill="none"/>`+
		`<path d="M9 27L39 19" stroke="#958FF7" stroke-width="5" stroke-linecap="round" fill="none"/>`+
		`<circle cx="24" cy="23" r="5.500" fill="#14171F"/><circle cx="24" cy="23" r="3.500" fill="#FFFFFF"/></svg>`))
}
