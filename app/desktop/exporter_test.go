package desktop

import (
	"bytes"
	"image/png"
	"strings"
	"testing"
	"time"

	"hostwise/app/desktop/session/sessiontest"
	"hostwise/calc"
)

func newDrawer(t *testing.T) (*drawer, calc.Scenario, *calc.Assessment) {
	t.Helper()
	s := sessiontest.New(t)
	sessiontest.Case(t, s, "saas-app", "Support desk", nil)
	a, state := s.Assessment()
	if state.Err != nil {
		t.Fatal(state.Err)
	}
	return &drawer{assessor: s.Assessor().(*calc.Assessor), version: "1.2.3", now: func() time.Time { return sessiontest.Now }}, s.Scenario(), a
}

func TestEveryFigureThatIsOfferedIsDrawn(t *testing.T) {
	d, s, a := newDrawer(t)
	for _, f := range d.Figures() {
		if f.Title == "" {
			t.Errorf("%s has no title", f.ID)
		}
		if f.ID == "win-map" && testing.Short() {
			continue
		}
		data, err := d.Draw(t.Context(), f.ID, s, a, Picture{Format: "png", Width: 480, Height: 270, Theme: "dark"})
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
	d, s, a := newDrawer(t)
	data, err := d.Draw(t.Context(), "memory", s, a, Picture{Format: "svg", Width: 1920, Height: 1080, Theme: "light"})
	if err != nil || !strings.Contains(string(data[:200]), "<svg") {
		t.Errorf("%.80q, %v", data, err)
	}
}

func TestEveryReportThatIsOfferedIsWritten(t *testing.T) {
	d, s, a := newDrawer(t)
	for _, r := range d.Reports() {
		data, err := d.Report(t.Context(), r.ID, s, a)
		if err != nil || len(data) < 1000 {
			t.Errorf("%s: %d bytes, %v", r.ID, len(data), err)
		}
	}
	if _, err := d.Report(t.Context(), ".exe", s, a); err == nil {
		t.Error("an ending that nobody knows was written")
	}
}
