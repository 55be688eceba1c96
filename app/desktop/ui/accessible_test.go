package ui

import (
	"testing"

	"fyne.io/fyne/v2"
)

func TestAScreenReaderIsToldWhatAControlIsAndWhatHolds(t *testing.T) {
	chip := NewChip("Dark", "3", nil)
	chip.SetChosen(true)
	box := NewCheckBox("Scenario (.json)", nil)
	box.SetOn(true)
	field := NewField("px", nil).Named("Size of the picture")
	field.Replace("1600 × 900")
	nameless := NewField("px", nil)
	nameless.SetPlaceholder("1600 × 900")
	row := NewPressable(Row(8, NewText(Body, "API prices"), NewBadge("likely"), NewText(Secondary, "255")), nil)
	hidden := NewText(Body, "not to be seen")
	hidden.Hide()
	part := NewPressable(Row(8, NewText(Body, "Devices"), hidden), nil)
	picture := NewFigureView(fyne.NewSize(10, 10), Inline, nil)
	picture.Say("The API is cheaper. Cost a month.")
	for _, c := range []struct {
		of   fyne.Accessible
		want string
	}{
		{NewButton(Main, "Export", nil), "Export"},
		{NewIconButton(IconClose, "Close", nil), "Close"},
		{chip, "Dark, 3, chosen"},
		{NewSwitch("Ranges", "low to high", false, nil), "Ranges, low to high, off"},
		{NewSwitch("Ranges", "", true, nil), "Ranges, on"},
		{box, "Scenario (.json), ticked"},
		{NewCheckBox("", nil), "Mark this row, not ticked"},
		{row, "API prices, likely, 255"},
		{part, "Devices"},
		{NewFindButton("Find anything", "Ctrl K", nil), "Find anything, Ctrl K"},
		{newTabButton(Tab{Title: "Memory", Count: "3"}, nil), "Memory, 3, tab"},
		{field.Entry(), "Size of the picture, 1600 × 900"},
		{nameless.Entry(), "1600 × 900"},
		{NewText(Body, "A verdict"), "A verdict"},
		{NewBadge("speculation"), "speculation"},
		{NewSelect([]Choice{{ID: "a", Title: "any evidence"}}, "a", nil), "any evidence"},
		{picture, "The API is cheaper. Cost a month."},
	} {
		if got := c.of.AccessibilityLabel(); got != c.want {
			t.Errorf("%T says %q, want %q", c.of, got, c.want)
		}
		if c.of.AccessibilityRole() == "" {
			t.Errorf("%T has no role", c.of)
		}
	}
}
