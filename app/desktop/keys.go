package desktop

import (
	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
)

// KeyRow is one key and what it does.
type KeyRow struct{ Key, Does string }

// KeySheet lists every key of the window, by group.
var KeySheet = []struct {
	Group string
	Rows  []KeyRow
}{
	{"Case", []KeyRow{
		{"Ctrl+N", "New case, blank or from a template"},
		{"Ctrl+O", "Import a scenario file"},
		{"Ctrl+S", "Save now (saving happens by itself)"},
		{"Ctrl+D", "Duplicate the case"},
		{"Ctrl+E", "Export pictures and files"},
		{"Ctrl+Shift+E", "Export the scenario alone"},
		{"Ctrl+Q", "Quit"},
	}},
	{"Edit", []KeyRow{
		{"Ctrl+Z", "Undo; in a field, typing first"},
		{"Ctrl+Shift+Z", "Redo"},
		{"Ctrl+K", "Find anything"},
		{"/", "Search on this page"},
		{"Esc", "Leave a field, close a message"},
	}},
	{"View", []KeyRow{
		{"Ctrl+1 to 6", "Guide, Results, Compare, Library, Facts, Help"},
		{"Ctrl+,", "Settings"},
		{"Ctrl+= and −", "Larger and smaller text"},
		{"Ctrl+0", "Normal text"},
		{"Ctrl+Shift+L", "Switch light and dark"},
		{"F1", "This sheet"},
	}},
	{"Guide", []KeyRow{
		{"Enter", "Next question"},
		{"Shift+Enter", "Question before"},
		{"Alt+→ and ←", "Next question, question before"},
		{"Alt+↓ and ↑", "Next step, step before"},
		{"1 to 9", "Choose an answer"},
	}},
	{"Library", []KeyRow{
		{"Enter", "Open the case"},
		{"Space", "Mark the case"},
		{"F2", "Rename the case"},
		{"C, T, Del", "Compare, tag, delete what is marked"},
	}},
	{"Results", []KeyRow{
		{"← and →", "Tab before, next tab"},
		{"Esc", "Leave a figure at full size"},
	}},
	{"Facts", []KeyRow{
		{"↑ and ↓", "Row before, next row"},
		{"Enter", "Open the row; in a form, use it"},
		{"← and →", "In How accurate?: run before, next run"},
	}},
	{"Everywhere", []KeyRow{
		{"Tab", "Next control"},
		{"Shift+Tab", "Control before"},
		{"Space, Enter", "Press"},
		{"Arrows", "Move in tabs, lists and choices; scroll"},
		{"PgUp, PgDn", "Scroll by a page; Home and End to its ends"},
	}},
	{"What if, Win map", []KeyRow{
		{"← and →", "Move a slider, or over the map"},
		{"PgUp, PgDn", "The same by ten steps"},
		{"Home, End", "Ends of a slider; Home: you on the map"},
		{"Digits, Enter", "Type a slider's value"},
		{"Delete", "Back to the saved answer"},
		{"Enter", "Try a place of the map"},
	}},
}

// showKeys opens the key sheet.
func (w *window) showKeys() {
	if w.win.Canvas().Overlays().Top() != nil {
		return
	}
	left, right := ui.Column(14), ui.Column(14)
	for i, g := range KeySheet {
		part := ui.Column(6, ui.NewText(ui.BodyStrong, g.Group))
		for _, r := range g.Rows {
			part.Add(ui.Row(12, ui.Fixed(110, 0, ui.Row(0, ui.NewKeyHint(r.Key))), ui.Grow(ui.NewText(ui.Secondary, r.Does).In(ui.ColorInk2).Wrapped())))
		}
		if i%2 == 0 {
			left.Add(part)
		} else {
			right.Add(part)
		}
	}
	ui.ShowDialog(w.win.Canvas(), 760, "Keys", ui.Columns(32, left, right), func(d *ui.Dialog) []fyne.CanvasObject {
		return []fyne.CanvasObject{ui.NewButton(ui.Main, "Close", d.Close).WithKey("Esc")}
	})
}
