//go:build e2e

package e2e

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"time"
)

// A hand presses keys on a display, through the X server's own extension for
// tests (XTEST). It speaks the few requests of the X protocol that this takes,
// because a benchmark has to know to the microsecond when a key went down: a
// program started for each key, as xdotool is, takes longer than the answer
// that is measured.
type hand struct {
	mu      sync.Mutex
	conn    net.Conn
	xtest   byte              // the extension's opcode
	keycode map[uint32]stroke // by keysym
}

// stroke is the key that gives a keysym, and whether Shift has to be down.
type stroke struct {
	code  byte
	shift bool
}

// Requests and events of the X protocol, version 11, and of XTEST 2.2.
const (
	opGetInputFocus      = 43
	opQueryExtension     = 98
	opGetKeyboardMapping = 101
	xtestFakeInput       = 2
	eventKeyPress        = 2
	eventKeyRelease      = 3
	eventMotion          = 6
)

// keysyms are the keys that a name is needed for; a letter or a sign is its own
// keysym (X11/keysymdef.h: Latin-1 characters have their own code).
var keysyms = map[string]uint32{
	"BackSpace": 0xff08, "Tab": 0xff09, "Return": 0xff0d, "Escape": 0xff1b, "Delete": 0xffff, "space": ' ',
	"Home": 0xff50, "Left": 0xff51, "Up": 0xff52, "Right": 0xff53, "Down": 0xff54, "Prior": 0xff55, "Next": 0xff56, "End": 0xff57,
	"F1": 0xffbe, "F2": 0xffbf, "F4": 0xffc1, "comma": ',', "equal": '=', "minus": '-', "slash": '/', "period": '.',
	"shift": 0xffe1, "ctrl": 0xffe3, "alt": 0xffe9,
}

// newHand connects to a display, as in the variable DISPLAY.
func newHand(display string) (*hand, error) {
	conn, err := net.Dial("unix", "/tmp/.X11-unix/X"+strings.TrimPrefix(display, ":"))
	if err != nil {
		return nil, fmt.Errorf("connecting to the display %s: %w", display, err)
	}
	h := &hand{conn: conn, keycode: map[uint32]stroke{}}
	if err := h.open(); err != nil {
		return nil, errors.Join(fmt.Errorf("speaking to the display %s: %w", display, err), conn.Close())
	}
	return h, nil
}

// open shakes hands, finds the extension and reads which key gives which sign.
func (h *hand) open() error {
	if err := h.conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		return err
	}
	// Little-endian, protocol 11.0, no authority: the display is ours.
	if _, err := h.conn.Write([]byte{'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0}); err != nil {
		return err
	}
	var head [8]byte
	if _, err := io.ReadFull(h.conn, head[:]); err != nil {
		return err
	}
	setup := make([]byte, 4*int(binary.LittleEndian.Uint16(head[6:])))
	if _, err := io.ReadFull(h.conn, setup); err != nil {
		return err
	}
	if head[0] != 1 || len(setup) < 28 {
		return fmt.Errorf("the server refused: %q", setup)
	}
	if err := h.findExtension("XTEST"); err != nil {
		return err
	}
	if err := h.readKeyboard(setup[26], setup[27]); err != nil {
		return err
	}
	return h.conn.SetDeadline(time.Time{})
}

func (h *hand) findExtension(name string) error {
	ask := request(opQueryExtension, 0, 4+len(name))
	binary.LittleEndian.PutUint16(ask[4:], uint16(len(name)))
	copy(ask[8:], name)
	answer, err := h.ask(ask)
	if err != nil {
		return err
	}
	if answer[8] == 0 {
		return fmt.Errorf("the server has no %s", name)
	}
	h.xtest = answer[9]
	return nil
}

func (h *hand) readKeyboard(first, last byte) error {
	ask := request(opGetKeyboardMapping, 0, 4)
	ask[4], ask[5] = first, last-first+1
	answer, err := h.ask(ask)
	if err != nil {
		return err
	}
	each := int(answer[1]) // keysyms a key: plain, with Shift, and more that are not used
	for i := 0; 32+4*(i+1)*each <= len(answer); i++ {
		for level := range min(each, 2) {
			sym := binary.LittleEndian.Uint32(answer[32+4*(i*each+level):])
			if _, known := h.keycode[sym]; sym != 0 && !known {
				h.keycode[sym] = stroke{code: first + byte(i), shift: level == 1}
			}
		}
	}
	return nil
}

// press presses and releases a key with its modifiers, named as "ctrl+shift+l".
// It returns the moment at which the key went down, after its modifiers.
func (h *hand) press(name string) (time.Time, error) {
	parts := strings.Split(name, "+")
	key, held := parts[len(parts)-1], parts[:len(parts)-1]
	sym, ok := keysyms[key]
	if !ok {
		letters := []rune(key)
		if len(letters) != 1 {
			return time.Time{}, fmt.Errorf("no key is called %q", key)
		}
		sym = uint32(letters[0])
	}
	s, ok := h.keycode[sym]
	if !ok {
		return time.Time{}, fmt.Errorf("the keyboard has no key for %q", key)
	}
	if s.shift {
		held = append(held, "shift")
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, m := range held {
		if _, err := h.fake(eventKeyPress, h.keycode[keysyms[m]].code); err != nil {
			return time.Time{}, err
		}
	}
	down, err := h.fake(eventKeyPress, s.code)
	if err == nil {
		_, err = h.fake(eventKeyRelease, s.code)
	}
	for _, m := range held {
		if err == nil {
			_, err = h.fake(eventKeyRelease, h.keycode[keysyms[m]].code)
		}
	}
	if err == nil {
		err = h.done()
	}
	return down, err
}

// move puts the pointer at a place of the screen.
func (h *hand) move(x, y int) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	event := request(h.xtest, xtestFakeInput, 32)
	event[4] = eventMotion
	binary.LittleEndian.PutUint16(event[24:], uint16(x))
	binary.LittleEndian.PutUint16(event[26:], uint16(y))
	if _, err := h.conn.Write(event); err != nil {
		return err
	}
	return h.done()
}

// fake sends a key's event and returns the moment before it was sent.
func (h *hand) fake(kind, code byte) (time.Time, error) {
	event := request(h.xtest, xtestFakeInput, 32)
	event[4], event[5] = kind, code
	at := time.Now()
	_, err := h.conn.Write(event)
	return at, err
}

// done waits until the server has done what was asked: it answers in turn.
func (h *hand) done() error {
	_, err := h.ask(request(opGetInputFocus, 0, 0))
	return err
}

// request makes a request of the given length after its four first bytes.
func request(op, minor byte, length int) []byte {
	words := 1 + (length+3)/4
	r := make([]byte, 4*words)
	r[0], r[1] = op, minor
	binary.LittleEndian.PutUint16(r[2:], uint16(words))
	return r
}

// ask sends a request and reads its reply, passing over events.
func (h *hand) ask(r []byte) ([]byte, error) {
	if _, err := h.conn.Write(r); err != nil {
		return nil, err
	}
	for {
		answer := make([]byte, 32)
		if _, err := io.ReadFull(h.conn, answer); err != nil {
			return nil, err
		}
		switch answer[0] {
		case 0:
			return nil, fmt.Errorf("the X server reports error %d of request %d", answer[1], answer[10])
		case 1:
			more := make([]byte, 4*binary.LittleEndian.Uint32(answer[4:]))
			_, err := io.ReadFull(h.conn, more)
			return append(answer, more...), err
		}
	}
}

func (h *hand) close() { _ = h.conn.Close() }
