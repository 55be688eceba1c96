package compare

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/session/sessiontest"
	"hostwise/app/desktop/ui"
	"hostwise/app/desktop/ui/uitest"
	"hostwise/calc"
)

// six compares six cases in a window of a size.
func six(t *testing.T, width, height float32, scale int) (fyne.Window, *Page) {
	t.Helper()
	s := sessiontest.New(t)
	var ids []string
	for i := range 6 {
		ids = append(ids, sessiontest.Case(t, s, "saas-app", fmt.Sprintf("Support desk %d", i), map[string]calc.Value{
			"workload.calls_per_month": calc.Num(float64(1000 * (i + 1)))}))
	}
	w, p := show(t, s)
	fyne.CurrentApp().Settings().SetTheme(&ui.Theme{Mode: "light", Scale: scale})
	w.Resize(fyne.NewSize(width, height))
	p.GoTo(strings.Join(ids, ","))
	return w, p
}

func (p *Page) scroll() *container.Scroll { return p.main.Objects[0].(*container.Scroll) }

func TestSixCasesStandSideBySide(t *testing.T) {
	for _, c := range []struct {
		width, height float32
		scale         int
		sideways      bool // the table is wider than its view
	}{
		{1216, 690, 100, false}, {896, 530, 100, false}, {1172, 610, 200, true},
	} {
		w, p := six(t, c.width, c.height, c.scale)
		uitest.Sees(t, w, "Support desk 0", "Support desk 5", "only differences", "From", "Calls a month adds")
		if !p.stacked || p.side.Visible() {
			t.Errorf("%v: the bridge takes room beside six cases", c)
		}
		if got := p.sheet.Size().Width > p.scroll().Size().Width; got != c.sideways {
			t.Errorf("%v: the table is %v wide in a view of %v", c, p.sheet.Size().Width, p.scroll().Size().Width)
		}
	}
}

// TestHeadsAndLabelsStayInView scrolls to the far corner by pointer and by key, and looks where the head, a label and
// what is not made of columns stand.
func TestHeadsAndLabelsStayInView(t *testing.T) {
	_, p := six(t, 1172, 610, 200)
	d := fyne.CurrentApp().Driver()
	origin := d.AbsolutePositionForObject(p.scroll())
	var row, pinned fyne.CanvasObject
	for _, l := range p.sheet.lines {
		if l.pinned {
			pinned = l.object
		} else {
			c := l.object.(*fyne.Container)
			row = c.Objects[len(c.Objects)-1]
		}
	}
	for name, scroll := range map[string]func(){
		"by pointer": func() {
			p.scroll().Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(-300, -500)})
		},
		"by key": func() { p.scroll().ScrollToOffset(fyne.NewPos(300, 500)) },
		"by arrow": func() {
			p.scroll().ScrollToOffset(fyne.NewPos(0, 0))
			p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
			if p.scroll().Offset.X == 0 {
				t.Error("an arrow does not move the table")
			}
		},
		"back": func() { p.scroll().ScrollToOffset(fyne.NewPos(0, 0)) },
	} {
		scroll()
		if at := d.AbsolutePositionForObject(p.sheet.head).Subtract(origin); at.Y != 0 {
			t.Errorf("%s: the head stands at %v", name, at)
		}
		for what, o := range map[string]fyne.CanvasObject{"label": row, "finding": pinned} {
			if at := d.AbsolutePositionForObject(o).Subtract(origin); at.X != sheetLeft {
				t.Errorf("%s: the %s stands at %v", name, what, at)
			}
		}
		if width := pinned.Size().Width; width > p.scroll().Size().Width {
			t.Errorf("%s: what has no columns is %v wide", name, width)
		}
	}
}

func TestTheBridgeComesBackBesideTwoCases(t *testing.T) {
	w, p := six(t, 1216, 690, 100)
	for len(p.columns) > 2 {
		p.remove(len(p.columns) - 1)
	}
	if p.stacked || !p.side.Visible() {
		t.Error("two cases leave the bridge below")
	}
	uitest.Sees(t, w, "From", "Make B the base")
}
