package desktop

import (
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
)

// chord is a key with its modifiers. The zero chord is no key.
type chord struct {
	key fyne.KeyName
	mod fyne.KeyModifier
}

const (
	ctrl  = fyne.KeyModifierControl
	shift = fyne.KeyModifierShift
)

// words names the chord as the key sheet does.
func (c chord) words() string {
	if c.key == "" {
		return ""
	}
	var b strings.Builder
	if c.mod&ctrl != 0 {
		b.WriteString("Ctrl+")
	}
	if c.mod&shift != 0 {
		b.WriteString("Shift+")
	}
	if c.key == fyne.KeyMinus {
		return b.String() + "−"
	}
	return b.String() + string(c.key)
}

// shortcut is what the driver compares a pressed chord with; nil for a key without a modifier, which the window itself
// answers.
func (c chord) shortcut() fyne.Shortcut {
	var s fyne.Shortcut
	switch {
	case c.mod == 0:
		return nil
	case c == chord{fyne.KeyZ, ctrl}: // the driver names this one by what it does
		s = &fyne.ShortcutUndo{}
	default:
		s = &desktop.CustomShortcut{KeyName: c.key, Modifier: c.mod}
	}
	if systemMenu() {
		return s
	}
	return unseen{s}
}

// systemMenu reports whether the system draws the menus, and their keys with them.
func systemMenu() bool { return runtime.GOOS == "darwin" }

// unseen is a shortcut whose key Fyne's menu does not write: it would, at a fifth of the ink, which nobody can read. The
// item's label has the key instead.
type unseen struct{ fyne.Shortcut }

// menuLine is an item of the menu with what it says and its key.
type menuLine struct {
	item  *fyne.MenuItem
	words string
	chord chord
}

// keyGap is the least distance between the words of a menu and its keys, at 100 %.
const keyGap = 28

// alignKeys writes the keys of a menu's lines into their labels, flush right.
func alignKeys(lines []*menuLine) {
	if systemMenu() {
		for _, l := range lines {
			l.item.Label = l.words
		}
		return
	}
	size := theme.TextSize()
	measure := func(s string) float32 { return fyne.MeasureText(s, size, fyne.TextStyle{}).Width }
	var words, keys float32
	for _, l := range lines {
		words, keys = max(words, measure(l.words)), max(keys, measure(l.chord.words()))
	}
	width := words + keys + keyGap*size/13
	for _, l := range lines {
		key := l.chord.words()
		if key == "" {
			l.item.Label = l.words
			continue
		}
		l.item.Label = l.words + " " + blank(width-measure(l.words+" ")-measure(key), measure) + key
	}
}

// blank is white space of a width, to about a pixel: a menu item has one text, in which only spaces of several widths
// can set something at its right end.
func blank(width float32, measure func(string) float32) string {
	var b strings.Builder
	for _, space := range []string{"\u2003", "\u2006", "\u200a"} { // an em, a sixth of it, a hair
		if each := measure("|"+space+"|") - measure("||"); each > 0 {
			n := max(int(width/each), 0)
			b.WriteString(strings.Repeat(space, n))
			width -= float32(n) * each
		}
	}
	return b.String()
}
