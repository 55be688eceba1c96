//go:build e2e

package e2e

import (
	"bytes"
	"image"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// An App is the running program and its window.
type App struct {
	*Home

	screen *Screen
	cmd    *exec.Cmd
	window string          // xdotool's id
	place  image.Rectangle // of the window on the screen; empty where that has to be asked
	keys   int             // pressed so far, and letters typed
	said   *log
	ended  chan struct{}
	result error // of Wait, once ended is closed
}

// Options are what a test may set before the app starts.
type Options struct {
	// Home continues with the files of an earlier start; nil is a new home.
	Home *Home
	// Program is what is started; empty is the built app.
	Program string
	// Env adds variables, each NAME=value.
	Env []string
	// Patience is how long the window may take to appear; 0 is 60 s, which
	// allows for a machine that draws without a graphics card.
	Patience time.Duration
}

// Start runs the app without arguments and waits for its window.
func (s *Screen) Start(o Options) *App {
	s.tb.Helper()
	a := &App{Home: o.Home, screen: s, said: &log{}, ended: make(chan struct{})}
	if a.Home == nil {
		a.Home = NewHome(s.tb)
	}
	if o.Program == "" {
		o.Program = program
	}
	a.cmd = exec.Command(absolute(s.tb, o.Program))
	a.cmd.Env = append(a.environment(), "DISPLAY="+s.name)
	a.cmd.Env = append(a.cmd.Env, o.Env...)
	a.cmd.Dir = a.Folder
	a.cmd.Stdout, a.cmd.Stderr = a.said, a.said
	a.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if err := a.cmd.Start(); err != nil {
		s.tb.Fatalf("starting the app: %v", err)
	}
	go func() {
		a.result = a.cmd.Wait()
		close(a.ended)
	}()
	s.tb.Cleanup(a.stop)
	a.waitForWindow(o.Patience)
	return a
}

func (a *App) waitForWindow(patience time.Duration) {
	a.tb.Helper()
	if patience == 0 {
		patience = 60 * time.Second
	}
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		select {
		case <-a.ended:
			a.tb.Fatalf("the app ended before its window appeared: %v\n%s", a.result, a.said)
		default:
		}
		out, err := a.screen.tool("xdotool", "search", "--onlyvisible", "--name", "Hostwise")
		if ids := strings.Fields(out); err == nil && len(ids) > 0 {
			a.window = ids[0]
			a.Focus()
			a.waitForContent(patience)
			return
		}
	}
	a.tb.Fatalf("no window within %v; the app said:\n%s", patience, a.said)
}

// waitForContent waits until something is drawn in the window.
func (a *App) waitForContent(patience time.Duration) {
	a.tb.Helper()
	waitFor(a.tb, patience, "the first picture", func() bool {
		a.place = a.geometry() // the window manager still moves it
		pixels := a.view(image.Rectangle{}, nil)
		return !bytes.Equal(pixels[:len(pixels)-4], pixels[4:])
	})
}

// Focus gives the window the keyboard.
func (a *App) Focus() {
	a.tb.Helper()
	a.xdotool("windowactivate", "--sync", a.window)
}

// Key presses keys one after the other, named as X does: "ctrl+s", "Tab".
func (a *App) Key(keys ...string) {
	a.tb.Helper()
	for _, key := range keys {
		a.Press(key)
		// The app handles one event a frame; a person is no faster either.
		time.Sleep(40 * time.Millisecond)
	}
}

// Type types text as a person would. It has the keys of a US keyboard only;
// other characters have no key to press.
func (a *App) Type(text string) {
	a.tb.Helper()
	for _, letter := range text {
		a.Press(string(letter))
		time.Sleep(25 * time.Millisecond)
	}
}

// Press presses one key and returns the moment at which it went down.
func (a *App) Press(key string) time.Time {
	a.tb.Helper()
	a.keys++
	down, err := a.screen.hand.press(key)
	if err != nil {
		a.tb.Fatalf("pressing %s: %v", key, err)
	}
	return down
}

// Click presses the left button at a place in the window, in pixels from its
// upper left corner.
func (a *App) Click(x, y int) {
	a.tb.Helper()
	a.Point(x, y)
	time.Sleep(60 * time.Millisecond)
	a.xdotool("click", "1")
}

// Point moves the pointer to a place in the window without pressing.
func (a *App) Point(x, y int) {
	a.tb.Helper()
	a.xdotool("mousemove", "--window", a.window, strconv.Itoa(x), strconv.Itoa(y))
}

// Scroll turns the wheel by so many notches, down where positive, at the pointer.
func (a *App) Scroll(notches int) {
	a.tb.Helper()
	button := "5"
	if notches < 0 {
		button, notches = "4", -notches
	}
	a.xdotool("click", "--repeat", strconv.Itoa(notches), "--delay", "30", button)
}

// Resize sets the window's size in pixels and waits until it has it.
func (a *App) Resize(width, height int) {
	a.tb.Helper()
	waitFor(a.tb, 20*time.Second, "the window's new size", func() bool {
		if w, h := a.Size(); w == width && h == height {
			return true
		}
		// Asked anew each time: what is asked while the app still sets its own first size is overruled by that.
		a.xdotool("windowsize", a.window, strconv.Itoa(width), strconv.Itoa(height))
		return false
	})
	a.xdotool("windowmove", "--sync", a.window, "0", "0")
	a.place = image.Rectangle{}
}

var geometry = regexp.MustCompile(`(?s)Absolute upper-left X: +(-?\d+).*Absolute upper-left Y: +(-?\d+).*Width: +(\d+).*Height: +(\d+)`)

// Size returns the window's width and height in pixels.
func (a *App) Size() (width, height int) {
	a.tb.Helper()
	at := a.geometry()
	return at.Dx(), at.Dy()
}

// geometry asks where the window is on the screen. It asks xwininfo, since xdotool counts a frame's edge twice.
func (a *App) geometry() image.Rectangle {
	a.tb.Helper()
	out, err := a.screen.tool("xwininfo", "-id", a.window)
	if err != nil {
		a.tb.Fatalf("%v; the app said:\n%s", err, a.said)
	}
	found := geometry.FindStringSubmatch(out)
	if found == nil {
		a.tb.Fatalf("xwininfo gave no geometry for the window:\n%s", out)
	}
	var n [4]int
	for i := range n {
		n[i], _ = strconv.Atoi(found[i+1]) // digits by the expression
	}
	return image.Rect(n[0], n[1], n[0]+n[2], n[1]+n[3])
}

// Title returns the window's title.
func (a *App) Title() string {
	a.tb.Helper()
	return strings.TrimSpace(a.xdotool("getwindowname", a.window))
}

// CloseWindow asks the window manager to close the window, as its button does.
func (a *App) CloseWindow() {
	a.tb.Helper()
	a.Key("alt+F4")
}

// WaitEnd waits until the program is gone and fails the test where it was slow
// or ended with an error.
func (a *App) WaitEnd(limit time.Duration) {
	a.tb.Helper()
	select {
	case <-a.ended:
		if a.result != nil {
			a.tb.Errorf("the app ended with %v; it said:\n%s", a.result, a.said)
		}
	case <-time.After(limit):
		a.tb.Fatalf("the app still runs %v after it was asked to end; it said:\n%s", limit, a.said)
	}
}

// Running reports whether the program is still there.
func (a *App) Running() bool {
	select {
	case <-a.ended:
		return false
	default:
		return true
	}
}

// Said returns what the program has printed so far.
func (a *App) Said() string { return a.said.String() }

// stop leaves a last picture of a failed test and ends the program.
func (a *App) stop() {
	if a.tb.Failed() {
		a.tb.Logf("the app said:\n%s", a.said)
		a.keepLastPicture()
	}
	_ = syscall.Kill(-a.cmd.Process.Pid, syscall.SIGKILL)
	<-a.ended
}

func (a *App) keepLastPicture() {
	name := filepath.Join("testdata", "failed", strings.ReplaceAll(a.tb.Name(), "/", "_")+".png")
	Save(a.tb, name, a.screen.picture(image.Rect(0, 0, a.screen.pixels.width, a.screen.pixels.height)))
	a.tb.Logf("the screen as the test failed: e2e/%s", filepath.ToSlash(name))
}

// xdotool runs one of its commands and fails the test where it fails.
func (a *App) xdotool(args ...string) string {
	a.tb.Helper()
	out, err := a.screen.tool("xdotool", args...)
	if err != nil {
		a.tb.Fatalf("%v; the app said:\n%s", err, a.said)
	}
	return out
}

// A log collects what the program prints while the test reads it.
type log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
