//go:build e2e

package e2e

import (
	"errors"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Picture returns what the window shows now, and the pointer where it is over it.
func (a *App) Picture() *image.RGBA {
	a.tb.Helper()
	a.locate()
	return a.screen.picture(a.place)
}

// picture copies a part of the screen.
func (s *Screen) picture(part image.Rectangle) *image.RGBA {
	part = part.Intersect(image.Rect(0, 0, s.pixels.width, s.pixels.height))
	pixels := s.pixels.view(part, nil)
	for i := 0; i < len(pixels); i += 4 { // the server's order is blue, green, red and a byte without meaning
		pixels[i], pixels[i+2], pixels[i+3] = pixels[i+2], pixels[i], 0xff
	}
	return &image.RGBA{Pix: pixels, Stride: 4 * part.Dx(), Rect: image.Rectangle{Max: part.Size()}}
}

// caret is how many pixels may differ on a screen at rest: a text cursor that
// blinks, two pixels wide and a line high.
const caret = 80

// view reads a part of the window, in its own pixels, from the X server's memory; an empty part is all of it. into is
// used again where it is not nil.
func (a *App) view(part image.Rectangle, into []byte) []byte {
	a.tb.Helper()
	a.locate()
	if part.Empty() {
		part = image.Rectangle{Max: a.place.Size()}
	}
	return a.screen.pixels.view(part.Add(a.place.Min).Intersect(a.place), into)
}

// locate asks where the window is, unless that is known.
func (a *App) locate() {
	a.tb.Helper()
	if a.place.Empty() {
		a.place = a.geometry()
	}
}

// rest is how long a window does not change before it counts as being at rest: longer than figures that are worked out
// behind the page take to arrive.
const rest = 900 * time.Millisecond

// Settle waits until the window has not changed for a while and returns what it shows.
func (a *App) Settle() *image.RGBA {
	a.tb.Helper()
	a.Rest(rest)
	return a.Picture()
}

// Rest waits until the window has not changed for so long.
func (a *App) Rest(quiet time.Duration) {
	a.tb.Helper()
	const limit = 30 * time.Second
	before, since := a.view(image.Rectangle{}, nil), time.Now()
	var now []byte
	for end := since.Add(limit); time.Now().Before(end); {
		time.Sleep(25 * time.Millisecond)
		now = a.view(image.Rectangle{}, now)
		if unlike(before, now) > caret {
			before, now, since = now, before, time.Now()
		}
		if time.Since(since) >= quiet {
			return
		}
	}
	a.tb.Fatalf("the window still changes after %v", limit)
}

// WaitChange waits until the window differs from an earlier picture by more
// than a cursor's blink, then until it rests, and returns what it shows.
func (a *App) WaitChange(before *image.RGBA, what string) *image.RGBA {
	a.tb.Helper()
	waitFor(a.tb, 20*time.Second, what, func() bool { return Differ(before, a.Picture()) > caret })
	return a.Settle()
}

// Differ counts the pixels in which two pictures differ. Pictures of unlike
// size differ in every pixel of the larger one.
func Differ(a, b *image.RGBA) int {
	if a.Bounds() != b.Bounds() {
		return max(a.Bounds().Dx()*a.Bounds().Dy(), b.Bounds().Dx()*b.Bounds().Dy())
	}
	count := 0
	for i := 0; i < len(a.Pix); i += 4 {
		if a.Pix[i] != b.Pix[i] || a.Pix[i+1] != b.Pix[i+1] || a.Pix[i+2] != b.Pix[i+2] {
			count++
		}
	}
	return count
}

// Content describes a picture in two numbers: how many colours it has, and the
// share of its pixels that its most frequent colour takes. A window that drew
// nothing has one colour and a share of 1.
func Content(picture *image.RGBA) (colours int, ground float64) {
	count := map[color.RGBA]int{}
	most := 0
	for y := picture.Rect.Min.Y; y < picture.Rect.Max.Y; y++ {
		for x := picture.Rect.Min.X; x < picture.Rect.Max.X; x++ {
			c := picture.RGBAAt(x, y)
			count[c]++
			most = max(most, count[c])
		}
	}
	return len(count), float64(most) / float64(picture.Rect.Dx()*picture.Rect.Dy())
}

// Save writes a picture as PNG, as small as it gets, making its folder.
func Save(tb testing.TB, name string, picture image.Image) {
	tb.Helper()
	if err := save(name, picture, png.BestCompression); err != nil {
		tb.Fatal(err)
	}
}

func save(name string, picture image.Image, level png.CompressionLevel) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	out, err := os.Create(name)
	if err != nil {
		return err
	}
	encoder := png.Encoder{CompressionLevel: level}
	return errors.Join(encoder.Encode(out, picture), out.Close())
}
