//go:build e2e

package e2e

import (
	"cmp"
	"fmt"
	"image"
	"os"
	"slices"
	"testing"
	"time"

	"hostwise/app/desktop/session/sessiontest"
)

// How the benchmarks measure: a key goes down by a request to the X server, and the clock starts just before it is
// sent. From then on the memory that the server draws the screen in is read again and again, about every half
// millisecond, in the rectangle that the text stands in. The clock stops at the last change of a pixel in it before it
// rests for still; the rest itself is not counted. What is measured is therefore everything that a person waits for but
// the keyboard and the monitor: the server's queue, the driver's event loop, the assessment, layout and drawing without
// a graphics card. Each answer is shown before the next key is pressed, and the next key comes while the ranges are
// still being worked out, as it does when a person types.

// still is how long a rectangle does not change before it counts as painted. The next picture of a window that is still
// being drawn comes sooner.
const still = 60 * time.Millisecond

// Where the words stand in a window of 1280×800, in pixels.
var (
	body           = image.Rect(66, 72, 1272, 770)   // the page
	guideHeadline  = image.Rect(914, 108, 1262, 200) // "Call an API. At …" beside the question
	whatIfHeadline = image.Rect(460, 165, 940, 226)  // the same over the sliders' figures
	answerHeadline = image.Rect(90, 128, 850, 204)   // the same on top of the results
)

// crowded starts the app on a database of ten thousand cases, with a prototype open, in a window of 1280×800.
func crowded(b *testing.B) *App {
	b.Helper()
	home := NewHome(b)
	if err := os.Rename(sessiontest.Crowded(b), home.Database()); err != nil {
		b.Fatal(err)
	}
	home.Command("cases", "import", home.Write("case.json", home.Command("template", "private-rag-prototype")))
	app := OpenScreen(b, 1400, 900).Start(Options{Home: home, Env: []string{"HOSTWISE_THEME=light"}})
	app.Resize(1280, 800)
	app.Settle()
	return app
}

// A painting is how long a rectangle took from a key to its first change and to its last before it was still, and how
// much of that the app's main thread waited for a processor, which on an idle machine is next to nothing.
type painting struct{ first, last, queued time.Duration }

// painted presses a key and watches a rectangle.
func (a *App) painted(key string, part image.Rectangle) painting {
	a.tb.Helper()
	const limit = 10 * time.Second
	seen := a.view(part, nil)
	var now []byte
	var p painting
	queued := a.queued()
	down := a.Press(key)
	for {
		at := time.Now()
		now = a.view(part, now)
		switch {
		case unlike(seen, now) > 0:
			seen, now, p.last = now, seen, at.Sub(down)
			p.queued = a.queued() - queued
			if p.first == 0 {
				p.first = p.last
			}
		case p.first > 0 && at.Sub(down)-p.last > still:
			return p
		case at.Sub(down) > limit:
			a.keepLastPicture()
			a.tb.Fatalf("%v after %s nothing has changed at %v", limit, key, part)
		}
		time.Sleep(500 * time.Microsecond)
	}
}

// queued is how long the app's main thread has waited for a processor so far (the second number of the kernel's
// schedstat, in nanoseconds).
func (a *App) queued() time.Duration {
	a.tb.Helper()
	pid := a.cmd.Process.Pid
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/schedstat", pid, pid))
	if err != nil {
		a.tb.Fatal(err)
	}
	var ran, waited int64
	if _, err := fmt.Sscan(string(text), &ran, &waited); err != nil {
		a.tb.Fatalf("schedstat says %q: %v", text, err)
	}
	return time.Duration(waited)
}

// report tells the middle and the 95th percentile of what was measured, in milliseconds.
func report(b *testing.B, took []painting) {
	b.Helper()
	tell := func(name string, of func(painting) time.Duration) {
		all := make([]time.Duration, len(took))
		for i, p := range took {
			all[i] = of(p)
		}
		slices.Sort(all)
		for _, share := range []int{50, 95} {
			at := all[share*(len(all)-1)/100]
			b.ReportMetric(float64(at.Microseconds())/1000, fmt.Sprintf("%sp%d-ms", name, share))
		}
	}
	tell("first-", func(p painting) time.Duration { return p.first })
	tell("", func(p painting) time.Duration { return p.last })
	tell("queued-", func(p painting) time.Duration { return p.queued })
	b.ReportMetric(0, "ns/op") // which would be the pauses between the keys
}

// pause is how long a person takes from seeing an answer to the next key.
const pause = 120 * time.Millisecond

// BenchmarkTypedAnswer types numbers into a question of the guide and measures, for each digit, from the key to the
// verdict beside it.
func BenchmarkTypedAnswer(b *testing.B) {
	app := crowded(b)
	app.find("calls a month")
	app.Settle()
	var took []painting
	next, at := "", 0
	for b.Loop() {
		if at == len(next) {
			next, at = fmt.Sprint(1_234+len(took)*577%8_000), 0
			app.Key("ctrl+a")
		}
		took = append(took, app.painted(next[at:at+1], guideHeadline))
		at++
		time.Sleep(pause)
	}
	report(b, took)
}

// BenchmarkSlider moves a slider of the what-if tab by ten steps, there and back, and measures from the key to the
// verdict.
func BenchmarkSlider(b *testing.B) {
	app := crowded(b)
	app.find("results what if")
	app.Click(177, 206) // the knob of the calls a month: it has the focus now
	app.Settle()
	var took []painting
	for i := 0; b.Loop(); i++ {
		took = append(took, app.painted([]string{"Prior", "Prior", "Next"}[i%3], whatIfHeadline))
		if i%3 == 2 {
			app.Press("Next")
			app.Rest(still * 2)
		}
		time.Sleep(pause)
	}
	report(b, took)
}

// BenchmarkUndoOnResults takes an answer back and again, and measures from the key to the verdict on the results page,
// which has all its figures in view.
func BenchmarkUndoOnResults(b *testing.B) {
	app := crowded(b)
	app.find("calls a month")
	app.Settle()
	app.Key("ctrl+a")
	app.Type("4321")
	app.Key("Tab")
	app.Key("ctrl+2")
	app.Settle()
	var took []painting
	for i := 0; b.Loop(); i++ {
		took = append(took, app.painted([]string{"ctrl+z", "ctrl+shift+z"}[i%2], answerHeadline))
		time.Sleep(pause)
	}
	report(b, took)
}

// BenchmarkPageSwitch goes from page to page, each opened before, and measures from the key to the first picture of the
// page and to the last before it is still; figures that arrive later are not waited for.
func BenchmarkPageSwitch(b *testing.B) {
	app := crowded(b)
	keys := []string{"ctrl+1", "ctrl+2", "ctrl+3", "ctrl+4", "ctrl+5", "ctrl+6"}
	for _, key := range keys {
		app.Key(key)
		app.Settle()
	}
	var took []painting
	each := make([][]painting, len(keys))
	for i := 0; b.Loop(); i++ {
		n := i % len(keys)
		p := app.painted(keys[n], body)
		took, each[n] = append(took, p), append(each[n], p)
		app.Rest(rest / 2)
	}
	report(b, took)
	for n, list := range each {
		slices.SortFunc(list, func(x, y painting) int { return cmp.Compare(x.last, y.last) })
		if len(list) > 0 {
			b.Logf("page %d: middle %v, longest %v", n+1, list[len(list)/2].last, list[len(list)-1].last)
		}
	}
}
