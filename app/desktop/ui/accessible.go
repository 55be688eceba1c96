package ui

import (
	"strings"

	"fyne.io/fyne/v2"
)

// What a screen reader is told. Fyne reads it only in a build with the tag "accessibility", and there only on macOS and
// Windows; it has four roles, so that what is a switch or a tab says so in its words. Without the tag these cost nothing.

var (
	_ fyne.Accessible = (*Button)(nil)
	_ fyne.Accessible = (*Chip)(nil)
	_ fyne.Accessible = (*Select)(nil)
	_ fyne.Accessible = (*Switch)(nil)
	_ fyne.Accessible = (*CheckBox)(nil)
	_ fyne.Accessible = (*Slider)(nil)
	_ fyne.Accessible = (*Pressable)(nil)
	_ fyne.Accessible = (*FindButton)(nil)
	_ fyne.Accessible = (*railButton)(nil)
	_ fyne.Accessible = (*tabButton)(nil)
	_ fyne.Accessible = (*choiceRow)(nil)
	_ fyne.Accessible = (*Entry)(nil)
	_ fyne.Accessible = (*Text)(nil)
	_ fyne.Accessible = (*Badge)(nil)
	_ fyne.Accessible = (*FigureView)(nil)
)

// AccessibilityRole implements fyne.Accessible: whatever can be pressed is a button.
func (c *control) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// spoken joins what a control says of itself, without what is empty.
func spoken(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, ", ")
}

// state is a word for what holds now, "" where it does not.
func state(on bool, word string) string {
	if on {
		return word
	}
	return ""
}

// AccessibilityLabel says the words of the chip and whether it is the one in force.
func (c *Chip) AccessibilityLabel() string {
	return spoken(c.words.Words(), c.hint.Words(), state(c.chosen, "chosen"))
}

// AccessibilityLabel says the words of the switch and whether it is on.
func (s *Switch) AccessibilityLabel() string {
	return spoken(s.words.Words(), s.detail.Words(), onOff(s.on))
}

// AccessibilityLabel says the words of the box and whether it is ticked; a box without words marks its row.
func (c *CheckBox) AccessibilityLabel() string {
	words := c.words.Words()
	if words == "" {
		words = "Mark this row"
	}
	if c.on {
		return words + ", ticked"
	}
	return words + ", not ticked"
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// AccessibilityLabel says what stands in the row, in the order in which it is read.
func (p *Pressable) AccessibilityLabel() string {
	return spoken(append(wordsIn(p.Content), state(p.chosen, "chosen"))...)
}

// wordsIn are the visible texts inside an object.
func wordsIn(o fyne.CanvasObject) []string {
	switch x := o.(type) {
	case nil:
		return nil
	case *Text:
		return []string{x.Words()}
	case *Badge:
		return []string{x.words}
	}
	if !o.Visible() {
		return nil
	}
	var out []string
	for _, inside := range parts(o) {
		if inside != nil && inside.Visible() {
			out = append(out, wordsIn(inside)...)
		}
	}
	return out
}

// AccessibilityLabel says what is found and by which key.
func (f *FindButton) AccessibilityLabel() string {
	return spoken(f.words.Words(), f.hint.words.Words())
}

// AccessibilityLabel says the page that the button opens.
func (b *railButton) AccessibilityLabel() string { return b.item.Title }

// AccessibilityLabel says the title of the tab, that it is one, and whether it is in view.
func (b *tabButton) AccessibilityLabel() string {
	return spoken(b.tab.Title, b.tab.Count, "tab", state(b.chosen, "in view"))
}

// AccessibilityLabel says the answer, what speaks for or against it, and whether it is chosen.
func (r *choiceRow) AccessibilityLabel() string {
	return spoken(r.choice.Title, r.choice.Detail, r.choice.Right, r.choice.Problem, r.choice.Badge, state(r.chosen, "chosen"))
}

// Named gives a field the words that stand above or beside it, for a screen reader.
func (f *Field) Named(label string) *Field {
	f.entry.name = label
	return f
}

// AccessibilityLabel says what the field is for and what stands in it.
func (e *Entry) AccessibilityLabel() string {
	name := e.name
	if name == "" {
		name = e.PlaceHolder
	}
	if name == "" {
		name = "Field"
	}
	return spoken(name, e.Text)
}

// AccessibilityRole implements fyne.Accessible, which knows no role for a field.
func (e *Entry) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// AccessibilityLabel is the text as it is read.
func (t *Text) AccessibilityLabel() string { return t.Words() }

// AccessibilityRole implements fyne.Accessible.
func (t *Text) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// AccessibilityLabel is the word on the badge.
func (b *Badge) AccessibilityLabel() string { return b.words }

// AccessibilityRole implements fyne.Accessible.
func (b *Badge) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// Say gives the picture its words: the finding, and what is measured.
func (v *FigureView) Say(words string) { v.said = words }

// AccessibilityLabel says the picture in words; its numbers are in the table that is copied beside it.
func (v *FigureView) AccessibilityLabel() string {
	if v.said == "" {
		return spoken("Picture", v.title.Words(), v.note.Words())
	}
	return v.said
}

// AccessibilityRole implements fyne.Accessible, which knows no role for a picture.
func (v *FigureView) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }
