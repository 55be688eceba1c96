package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestTheRailFitsALowWindowAtTwiceTheText(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(&Theme{Mode: "light", Scale: 200})
	items := make([]RailItem, 7)
	for i := range items {
		items[i] = RailItem{ID: string(rune('a' + i)), Title: "Page", Icon: IconGuide, Foot: i == 6}
	}
	rail := NewNavRail(nil, items, func(string) {})
	w := test.NewTempWindow(t, rail)
	for _, height := range []float32{560, 720, 1000} {
		w.Resize(fyne.NewSize(120, height))
		rail.Resize(fyne.NewSize(120, height))
		end := float32(0)
		for i, b := range rail.buttons {
			if top := b.Position().Y; top < end-0.5 {
				t.Errorf("%v high: button %d begins at %v, before the end of the one above at %v", height, i, top, end)
			}
			end = b.Position().Y + b.Size().Height
			if b.Size().Height < railLeast() {
				t.Errorf("%v high: button %d has %v, its icon and word need %v", height, i, b.Size().Height, railLeast())
			}
		}
		if end > height {
			t.Errorf("%v high: the last button ends at %v", height, end)
		}
	}
}
