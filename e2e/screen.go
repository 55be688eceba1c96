//go:build e2e

package e2e

import (
	"bufio"
	"bytes"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// windowManager is openbox's configuration: no key of its own but the one that
// closes a window, so that every other key reaches the app, and no frame, so
// that a window of 1280×800 shows 1280×800.
//
//go:embed openbox.xml
var windowManager []byte

// A Screen is a display that no monitor shows, with a window manager on it.
type Screen struct {
	tb   testing.TB
	name string // as in the variable DISPLAY

	hand   *hand
	pixels *framebuffer
}

// OpenScreen starts a display of the given size in pixels, with the pointer in
// its lower right corner. It closes at the test's end.
func OpenScreen(tb testing.TB, width, height int) *Screen {
	tb.Helper()
	s := &Screen{tb: tb}
	s.startServer(width, height)
	s.startWindowManager()
	var err error
	if s.hand, err = newHand(s.name); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(s.hand.close)
	// Into the corner, so that no page shows what it does under the pointer.
	if err := s.hand.move(width-1, height-1); err != nil {
		tb.Fatalf("moving the pointer: %v", err)
	}
	return s
}

// startServer lets the X server choose a free display number and reads it back
// through a pipe: it writes there once it answers, so there is nothing to poll.
func (s *Screen) startServer(width, height int) {
	s.tb.Helper()
	fromServer, toUs, err := os.Pipe()
	if err != nil {
		s.tb.Fatalf("opening a pipe to the X server: %v", err)
	}
	defer fromServer.Close()
	memory := s.tb.TempDir()
	server := exec.Command("Xvfb", "-displayfd", "3", "-nolisten", "tcp", "-noreset", "-fbdir", memory,
		"-screen", "0", fmt.Sprintf("%dx%dx24", width, height))
	server.ExtraFiles = []*os.File{toUs}
	start(s.tb, server)
	toUs.Close()
	if err := fromServer.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		s.tb.Fatalf("waiting for the X server: %v", err)
	}
	// The whole line: the server writes its end on its own, and dies if by then nobody reads.
	number, err := bufio.NewReader(fromServer).ReadString('\n')
	if err != nil {
		s.tb.Fatalf("the X server did not say which display it opened: %v", err)
	}
	s.name = ":" + strings.TrimSpace(number)
	if s.pixels, err = openFramebuffer(filepath.Join(memory, "Xvfb_screen0")); err != nil {
		s.tb.Fatalf("opening the X server's memory: %v", err)
	}
	s.tb.Cleanup(s.pixels.close)
}

func (s *Screen) startWindowManager() {
	s.tb.Helper()
	config := filepath.Join(s.tb.TempDir(), "openbox.xml")
	if err := os.WriteFile(config, windowManager, 0o600); err != nil {
		s.tb.Fatalf("writing the window manager's configuration: %v", err)
	}
	manager := exec.Command("openbox", "--config-file", config)
	manager.Env = append(os.Environ(), "DISPLAY="+s.name)
	start(s.tb, manager)
	// A manager that is ready has named itself on the root window.
	waitFor(s.tb, 20*time.Second, "the window manager", func() bool {
		out, err := s.tool("xprop", "-root", "_NET_SUPPORTING_WM_CHECK")
		return err == nil && strings.Contains(out, "window id")
	})
}

// tool runs a program on this display and returns what it printed.
func (s *Screen) tool(name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+s.name)
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, complaint.String())
	}
	return out.String(), nil
}

// start runs a program in a process group of its own and ends the whole group
// with the test; the kernel ends it if the test itself is killed.
func start(tb testing.TB, cmd *exec.Cmd) {
	tb.Helper()
	said := &log{}
	cmd.Stdout, cmd.Stderr = said, said
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		tb.Fatalf("starting %s: %v", cmd.Path, err)
	}
	tb.Cleanup(func() {
		if tb.Failed() {
			tb.Logf("%s said:\n%s", filepath.Base(cmd.Path), said)
		}
		// It may be gone already; that is as good.
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		_ = cmd.Wait()
	})
}

// waitFor asks again and again until the answer is yes or the time is up.
func waitFor(tb testing.TB, limit time.Duration, what string, ready func() bool) {
	tb.Helper()
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if ready() {
			return
		}
	}
	tb.Fatalf("waited %v for %s in vain", limit, what)
}
