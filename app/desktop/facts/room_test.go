package facts

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
	"hostwise/app/desktop/ui/uitest"
)

// large sets all text to 200 %, in the window of the least height at which that has to do.
func large(t *testing.T, w fyne.Window) {
	t.Helper()
	fyne.CurrentApp().Settings().SetTheme(&ui.Theme{Mode: "light", Scale: 200})
	w.Resize(fyne.NewSize(1180, 620))
	w.Content().Refresh()
}

func TestRowsKeepTheirRoomAtLargeText(t *testing.T) {
	w, p, _ := show(t)
	if !p.strip.drawn() || uitest.CanPress(w, "Spread of the prices") {
		t.Fatal("the spread is not above the rows where there is room for it")
	}
	large(t, w)
	if room, least := p.grid.list.Size().Height, ui.Scaled(3*32); room < least {
		t.Errorf("the rows have %v, less than %v", room, least)
	}
	uitest.SeesNot(t, w, p.caption.Words())
	uitest.Press(t, w, "Spread of the prices")
	uitest.Sees(t, w, "Output prices of R1 671B", p.caption.Words(), "median of")
	uitest.Press(t, w, "Close")
	uitest.SeesNot(t, w, "Output prices of R1 671B")
}

// No label of the strip stands on another, whatever the size of the text and the prices.
func TestLabelsOfTheStripKeepApart(t *testing.T) {
	w := uitest.Show(t, nil, 600, 300)
	for _, scale := range []int{100, 150, 200} {
		fyne.CurrentApp().Settings().SetTheme(&ui.Theme{Mode: "light", Scale: scale})
		for _, flip := range []float64{0, 1.75, 2.3, 2.36, 2.5, 4, 6.9, 7.5} {
			s := newStrip()
			s.show([]offer{{1.7, true}, {2, true}, {2.35, true}, {2.4, false}, {5.4, true}, {7, true}}, 2.35, 5, flip, "Cloud endpoint")
			w.SetContent(s)
			s.Resize(fyne.NewSize(520, s.MinSize().Height))
			r := stripRenderer{s: s}
			r.draw(s.Size())
			var labels []*ui.Text
			for _, o := range r.objects {
				if l, ok := o.(*ui.Text); ok {
					labels = append(labels, l)
				}
			}
			if len(labels) < 3 {
				t.Fatalf("%d labels at %d %%", len(labels), scale)
			}
			for i, a := range labels {
				if a.Position().X < 0 || a.Position().X+a.Size().Width > 520.5 {
					t.Errorf("%d %%, flip %v: %q leaves the strip", scale, flip, a.Words())
				}
				for _, b := range labels[:i] {
					if overlap(a, b) {
						t.Errorf("%d %%, flip %v: %q stands on %q", scale, flip, a.Words(), b.Words())
					}
				}
			}
		}
	}
}

func overlap(a, b fyne.CanvasObject) bool {
	p, q := a.Position(), b.Position()
	return p.X < q.X+b.Size().Width && q.X < p.X+a.Size().Width && p.Y < q.Y+b.Size().Height-0.5 && q.Y < p.Y+a.Size().Height-0.5
}

// What a log prints is one step away from the sentence, and search finds it.
func TestTheLogsOwnLineIsOneStepAway(t *testing.T) {
	w, p, s := show(t)
	uitest.Press(t, w, "Measured memory")
	run := &s.Catalogue().MemoryRuns[0]
	for i := range s.Catalogue().MemoryRuns {
		if r := &s.Catalogue().MemoryRuns[i]; strings.Contains(r.Note, "N_ubatch") {
			run = r
			break
		}
	}
	p.pick(run.ID)
	uitest.SeesNot(t, w, run.Quote, run.Quantity, "N_ubatch")
	uitest.Press(t, w, "Show the log's own line")
	uitest.Sees(t, w, run.Quote, run.Quantity, run.ID, "N_ubatch")
	uitest.Press(t, w, "Hide it")
	uitest.SeesNot(t, w, run.Quote)
	uitest.Type(t, w, "Search this table", run.ID)
	if len(p.grid.rows) == 0 || p.grid.rows[0].id != run.ID {
		t.Errorf("%s is not found by its key", run.ID)
	}
}

// The figures of a row follow the region's signs, its keys and versions do not.
func TestNumbersFollowTheRegion(t *testing.T) {
	t.Cleanup(ui.SetRegion(ui.Region{DecimalComma: true}))
	w, _, _ := show(t)
	uitest.Sees(t, w, "2,50", "128.000", "median of 8 providers $2,35")
	uitest.Press(t, w, "Engines")
	uitest.Sees(t, w, "0.21.0")
}

// However narrow a table is, the name of a row can be read and its figure is in view.
func TestTheNameAndTheFigureOfARowStayInView(t *testing.T) {
	w, p, _ := show(t)
	for _, scale := range []int{100, 200} {
		fyne.CurrentApp().Settings().SetTheme(&ui.Theme{Mode: "light", Scale: scale})
		for _, title := range []string{"API prices", "Measured speed", "Measured memory", "Sources", "Devices"} {
			uitest.Press(t, w, title)
			for _, width := range []float32{1000, 640, 560} {
				_, widths := p.grid.places(width)
				if widths[0] < 140 {
					t.Errorf("%s at %v and %d %%: the name has %v", title, width, scale, widths[0])
				}
				for i, c := range p.grid.table.columns {
					if !c.spare && widths[i] == 0 {
						t.Errorf("%s at %v and %d %%: %q is left out", title, width, scale, c.title)
					}
				}
			}
		}
	}
}
