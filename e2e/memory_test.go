//go:build e2e

package e2e

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Only anonymous memory is counted (RssAnon of /proc/PID/status): what the program has allocated, and what the driver
// keeps of pictures where there is no graphics card to keep them. The files that are mapped, as the driver's own code,
// are the same for every window.

// BenchmarkMemory uses every page again and again, as a person does in a long session, and reports how far the app's
// anonymous memory lies above that of an empty window of the same build: after the first round, at the most, at the
// end, and how much it rose in ten minutes of the second half. Each round takes about half a minute; -benchtime 20m
// makes it twenty minutes.
func BenchmarkMemory(b *testing.B) {
	empty := emptyWindow(b)
	home := NewHome(b)
	for _, template := range []string{"weekend-experiment", "research-lab", "saas-app", "enterprise-private-inference", "private-rag-prototype"} {
		home.Command("cases", "import", home.Write(template+".json", home.Command("template", template)))
	}
	app := OpenScreen(b, 1400, 900).Start(Options{Home: home})
	app.Resize(1280, 800)
	app.Settle()
	b.Logf("an empty window %.1f MB, the app at first %.1f MB above it", empty, app.anonymous()-empty)
	var at, above []float64
	start := time.Now()
	for round := 0; b.Loop(); round++ {
		app.useEverything(round)
		at, above = append(at, time.Since(start).Minutes()), append(above, app.anonymous()-empty)
		b.Logf("%.1f minutes: %.1f MB", at[round], above[round])
	}
	most := 0.0
	for _, mb := range above {
		most = max(most, mb)
	}
	half := len(above) / 2
	b.ReportMetric(empty, "empty-MB")
	b.ReportMetric(above[0], "first-MB-above")
	b.ReportMetric(most, "most-MB-above")
	b.ReportMetric(above[len(above)-1], "last-MB-above")
	b.ReportMetric(10*slope(at[half:], above[half:]), "rise-MB/10min")
	b.ReportMetric(0, "ns/op") // the pauses of the script
	app.Key("ctrl+q")
	app.WaitEnd(20 * time.Second)
}

// useEverything goes through all pages and tabs and uses them, with other numbers in each round.
func (a *App) useEverything(round int) {
	a.tb.Helper()
	a.Key("Escape")
	for page := 1; page <= 6; page++ {
		a.turnTo(fmt.Sprintf("ctrl+%d", page))
	}
	for i, question := range []string{"calls a month", "answer length"} {
		a.find(question)
		a.Key("ctrl+a")
		a.Type(fmt.Sprint(1_000 + 37*round + 13*i))
		a.Rest(still)
		a.Key("Tab")
	}
	a.turnTo("ctrl+2")
	for range 8 {
		a.turnTo("Right")
	}
	for range 7 {
		a.turnTo("Left")
	}
	a.Click(177, 206) // a slider of the what-if tab
	for range 10 {
		a.Key("Right")
	}
	a.Rest(still)
	for _, figure := range []string{"results what moves the answer", "results cost over time", "facts how accurate"} {
		a.find(figure)
		a.Rest(5 * still)
	}
	a.turnTo("ctrl+4")
	a.search("rag")
	a.turnTo("ctrl+6")
	a.search("ollama 70b")
	a.turnTo("ctrl+shift+l")
	a.turnTo("ctrl+shift+l")
	a.Key("ctrl+z", "ctrl+z")
	if round%4 == 3 {
		a.export()
	}
	a.Rest(rest)
}

// find goes by the finder without waiting for the page to be whole.
func (a *App) find(words string) {
	a.tb.Helper()
	a.turnTo("ctrl+k")
	a.Type(words)
	a.Rest(5 * still)
	a.turnTo("Return")
}

// turnTo presses a key and gives the window a moment to answer.
func (a *App) turnTo(key string) {
	a.tb.Helper()
	a.Key(key)
	a.Rest(5 * still)
}

// search types into the search of the page, then empties it.
func (a *App) search(words string) {
	a.tb.Helper()
	a.Key("slash")
	a.Type(words)
	a.Rest(5 * still)
	a.Key("ctrl+a", "BackSpace", "Escape")
}

// export writes every figure and removes them again.
func (a *App) export() {
	a.tb.Helper()
	a.turnTo("ctrl+2")
	a.turnTo("ctrl+e")
	a.Key("shift+Tab", "Return")
	pictures := func() []string {
		found, _ := filepath.Glob(a.Path("Hostwise/*.png")) // the pattern is well formed
		return found
	}
	waitFor(a.tb, 2*time.Minute, "the exported pictures", func() bool { return len(pictures()) > 0 })
	a.Rest(2 * time.Second)
	a.Key("Escape")
	a.Rest(rest)
	if err := os.RemoveAll(a.Path("Hostwise")); err != nil {
		a.tb.Fatal(err)
	}
}

// emptyWindow builds the empty window, opens it and returns its anonymous memory in MB.
func emptyWindow(b *testing.B) float64 {
	b.Helper()
	name := filepath.Join(b.TempDir(), "empty")
	build := exec.Command("go", "build", "-buildvcs=false", "-tags", "migrated_fynedo,no_emoji", "-o", name, "./testdata/empty")
	build.Env = append(os.Environ(), "CGO_ENABLED=1")
	if said, err := build.CombinedOutput(); err != nil {
		b.Fatalf("building the empty window: %v\n%s", err, said)
	}
	app := OpenScreen(b, 1400, 900).Start(Options{Program: name})
	app.Resize(1280, 800)
	app.Settle()
	return app.anonymous()
}

// anonymous is the app's anonymous memory in MB, of a million bytes.
func (a *App) anonymous() float64 {
	a.tb.Helper()
	status, err := os.Open(fmt.Sprintf("/proc/%d/status", a.cmd.Process.Pid))
	if err != nil {
		a.tb.Fatal(err)
	}
	defer func() { _ = status.Close() }()
	for lines := bufio.NewScanner(status); lines.Scan(); {
		if kib, ok := strings.CutPrefix(lines.Text(), "RssAnon:"); ok {
			var n float64
			if _, err := fmt.Sscan(kib, &n); err != nil {
				a.tb.Fatal(err)
			}
			return n * 1024 / 1e6
		}
	}
	a.tb.Fatal("the kernel does not say how much memory is anonymous")
	return 0
}

// slope is the rise of y by x, by least squares.
func slope(x, y []float64) float64 {
	var mx, my float64
	for i := range x {
		mx += x[i] / float64(len(x))
		my += y[i] / float64(len(y))
	}
	var up, across float64
	for i := range x {
		up += (x[i] - mx) * (y[i] - my)
		across += (x[i] - mx) * (x[i] - mx)
	}
	if across == 0 {
		return 0
	}
	return up / across
}
