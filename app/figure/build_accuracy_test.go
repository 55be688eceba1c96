package figure

import (
	"strings"
	"testing"

	"hostwise/assets"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

func TestSignedShare(t *testing.T) {
	for share, want := range map[float64]string{
		0: "0 %", 0.00001: "0 %", -0.00001: "0 %", 0.0003: "+0.03 %", -0.0024: "−0.24 %", 0.018: "+1.8 %", -0.0994: "−9.9 %", 0.0996: "+10 %", 1.11: "+111 %",
	} {
		if got := SignedShare(share); got != want {
			t.Errorf("%v is %q, want %q", share, got, want)
		}
	}
}

// accuracyRow is a run of a unit, measured at 100 and estimated off by a share.
func accuracyRow(id, unit string, off float64) calc.AccuracyRow {
	return calc.AccuracyRow{Kind: calc.MemoryAccuracy, ID: id, Group: "g", Engine: "e", Device: "d", Quantity: "q", Unit: unit, Measured: 100,
		Estimate: catalog.Exact(100 * (1 + off)), Error: off, Fact: catalog.Fact{Source: "s", AsOf: "2026-01-01"}}
}

func TestAccuracySaysHowManyAreNear(t *testing.T) {
	left := calc.AccuracyRow{Kind: calc.MemoryAccuracy, ID: "x", Reason: "not ours"}
	rows := []calc.AccuracyRow{accuracyRow("a", "bytes", 0.02), accuracyRow("b", "bytes", -0.3), accuracyRow("c", "tokens", 0), left}
	if got, want := AccuracyTitle(rows), "2 of 3 memory estimates are within 10 % of the measurement"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := AccuracyTitle([]calc.AccuracyRow{rows[0]}); !strings.HasPrefix(got, "All 1 memory") {
		t.Errorf("%q", got)
	}
	f, err := BuildAccuracy(rows, AccuracyOptions{Selected: "a"})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(f.Caption, "1 row is counted in another unit") || !strings.Contains(f.Caption, "worst −30 %") {
		t.Errorf("the caption says %q", f.Caption)
	}
	if len(f.Twin.Rows) != len(rows) {
		t.Errorf("the twin has %d rows, want every one of %d", len(f.Twin.Rows), len(rows))
	}
	named, chosen := 0, false
	for _, l := range f.Layers {
		p, ok := l.(Points)
		if !ok {
			continue
		}
		chosen = chosen || p.Name == "chosen" && p.At[0] == XY{100, 102}
		for _, label := range p.Labels {
			if label != "" {
				named++
			}
		}
	}
	if named != 1 || !chosen {
		t.Errorf("%d rows are named, want the one that is off by more than a quarter; chosen %v", named, chosen)
	}
	if _, err := BuildAccuracy([]calc.AccuracyRow{left}, AccuracyOptions{}); err == nil {
		t.Error("nothing to compare, and it is drawn")
	}
}

func TestAccuracyOfTheCatalogueIsDrawn(t *testing.T) {
	cat, err := assets.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	all := calc.AccuracyOf(cat)
	for _, kind := range []calc.AccuracyKind{calc.SpeedAccuracy, calc.MemoryAccuracy} {
		f, err := BuildAccuracy(calc.AccuracyFilter{Kind: kind}.Pick(all), AccuracyOptions{By: calc.ByEngine})
		if err != nil {
			t.Fatal(err)
		}
		for _, opt := range []Options{{Width: 960, Height: 540}, {Width: 300, Height: 240, Compact: true, Theme: &Dark}} {
			d, err := Render(f, opt)
			if err != nil {
				t.Fatal(err)
			}
			if d.Report.String() != "" {
				t.Errorf("%s: %s", kind, d.Report)
			}
		}
	}
}
