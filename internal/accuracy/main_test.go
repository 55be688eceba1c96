package main

import (
	"errors"
	"io"
	"strings"
	"testing"

	"hostwise/assets"
)

// Leaving a run out would be the easiest way to look accurate.
func TestEveryRunIsPrinted(t *testing.T) {
	cat, err := assets.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := run(&out); err != nil {
		t.Fatal(err)
	}
	printed := out.String()
	for i := range cat.MemoryRuns {
		if id := cat.MemoryRuns[i].ID; !strings.Contains(printed, "| "+id+" |") {
			t.Errorf("memory run %s is not printed", id)
		}
	}
	for i := range cat.SpeedRuns {
		if id := cat.SpeedRuns[i].ID; !strings.Contains(printed, "| "+id+" |") {
			t.Errorf("speed run %s is not printed", id)
		}
	}
}

func TestFailureToWriteIsTold(t *testing.T) {
	want := errors.New("disk full")
	reader, writer := io.Pipe()
	reader.CloseWithError(want)
	if err := run(writer); !errors.Is(err, want) {
		t.Errorf("run on a full disk = %v, want %v", err, want)
	}
}

// The worst are the furthest off in either direction, at most ten, and none without an estimate.
func TestWorstAreTheFurthestOff(t *testing.T) {
	var out strings.Builder
	missed := []float64{0.01, -0.9, 0.5, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 7}
	worst(page{&out}, missed, func(v float64) (entry, bool) { return entry{"run", "", v}, v < 7 })
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if n := len(lines); n != 14 || !strings.Contains(lines[4], "-90 %") || !strings.Contains(lines[5], "+50 %") {
		t.Errorf("%d lines:\n%s", n, out.String())
	}
	if strings.Contains(out.String(), "+1 %") || strings.Contains(out.String(), "+700 %") {
		t.Errorf("a small one or one without an estimate is listed:\n%s", out.String())
	}
}
