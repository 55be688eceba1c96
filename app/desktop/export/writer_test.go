package export

import (
	"bytes"
	"image/png"
	"strings"
	"testing"
	"time"

	"hostwise/app/desktop/session/sessiontest"
	"hostwise/calc"
)

func newDrawer(t *testing.T) (Writer, Case) {
	t.Helper()
	s := sessiontest.New(t)
	sessiontest.Case(t, s, "saas-app", "Support desk", nil)
	a, state := s.Assessment()
	if state.Err != nil {
		t.Fatal(state.Err)
	}
	w := NewWriter(s.Assessor().(*calc.Assessor), "1.2.3", func() time.Time { return sessiontest.Now })
	return w, Case{Scenario: s.Scenario(), Assessment: a}
}

func TestEveryFigureThatIsOfferedIsDrawn(t *testing.T) {
	d, c := newDrawer(t)
	for _, f := range d.Figures() {
		if f.Title == "" {
			t.Errorf("%s has no title", f.ID)
		}
		data, err := d.Draw(t.Context(), f.ID, c, Picture{Format: "png", Width: 480, Height: 270, Theme: "dark"})
		if err != nil {
			t.Errorf("%s: %v", f.ID, err)
			continue
		}
		img, err := png.Decode(bytes.NewReader(data))
		if err != nil || img.Bounds().Dx() != 480 || img.Bounds().Dy() != 270 {
			t.Errorf("%s: %v, %v", f.ID, img.Bounds(), err)
		}
	}
}

func TestAFigureAsSVG(t *testing.T) {
	d, c := newDrawer(t)
	data, err := d.Draw(t.Context(), "memory", c, Picture{Format: "svg", Width: 1920, Height: 1080, Theme: "light"})
	if err != nil || !strings.Contains(string(data[:200]), "<svg") {
		t.Errorf("%.80q, %v", data, err)
	}
}

func TestEveryReportThatIsOfferedIsWritten(t *testing.T) {
	d, c := newDrawer(t)
	for _, r := range d.Reports() {
		data, err := d.Report(t.Context(), r.ID, []Case{c}, Document{})
		if err != nil || len(data) < 1000 {
			t.Errorf("%s: %d bytes, %v", r.ID, len(data), err)
		}
	}
	if _, err := d.Report(t.Context(), ".exe", []Case{c}, Document{}); err == nil {
		t.Error("an ending that nobody knows was written")
	}
}
