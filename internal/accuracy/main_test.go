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
