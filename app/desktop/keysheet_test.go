package desktop

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

// sheetKeys are the keys of a row of the sheet, one by one: "Ctrl+1 to 3" is three, "Ctrl+= and −" is two.
func sheetKeys(row string) []string {
	row = strings.ReplaceAll(row, "−", "-")
	prefix := ""
	if i := strings.LastIndex(row, "+"); i > 0 {
		prefix = row[:i+1]
	}
	if from, to, ok := strings.Cut(row, " to "); ok {
		var out []string
		for k := from[len(from)-1]; k <= to[0]; k++ {
			out = append(out, from[:len(from)-1]+string(k))
		}
		return out
	}
	if a, b, ok := strings.Cut(row, " and "); ok {
		return []string{a, prefix + b}
	}
	return []string{row}
}

// typed is a shortcut as the sheet writes it: Fyne names it "CustomDesktop:Shift+Control+E".
func typed(s fyne.Shortcut) string {
	name, custom := strings.CutPrefix(s.ShortcutName(), "CustomDesktop:")
	if !custom {
		return map[string]string{"Undo": "Ctrl+Z"}[name]
	}
	words, parts := "", strings.Split(name, "+")
	if slices.Contains(parts, "Control") {
		words += "Ctrl+"
	}
	if slices.Contains(parts, "Shift") {
		words += "Shift+"
	}
	return words + parts[len(parts)-1]
}

// Every key of the menu bar is on the sheet, and every key with Ctrl on the sheet is in the menu bar.
func TestTheKeySheetSaysWhatTheMenuDoes(t *testing.T) {
	w := open(t, saved(t))
	inMenu := map[string]string{}
	for _, m := range w.menu.main.Items {
		for _, i := range m.Items {
			if i.Shortcut != nil {
				inMenu[typed(i.Shortcut)] = i.Label
			}
		}
	}
	onSheet := map[string]bool{}
	for _, g := range KeySheet {
		for _, r := range g.Rows {
			if r.Does == "" {
				t.Errorf("%s: %s does nothing", g.Group, r.Key)
			}
			for _, k := range sheetKeys(r.Key) {
				onSheet[k] = true
				if strings.HasPrefix(k, "Ctrl+") && inMenu[k] == "" {
					t.Errorf("the sheet has %s, and no item of the menu does", k)
				}
			}
		}
	}
	for k, label := range inMenu {
		if !onSheet[k] {
			t.Errorf("%s does %q, and is not on the sheet", k, label)
		}
	}
	if len(inMenu) < 15 {
		t.Errorf("only %d keys are in the menu", len(inMenu))
	}
}
