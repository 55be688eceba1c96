//go:build e2e

package e2e

import (
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Picture returns what the window shows now.
func (a *App) Picture() *image.RGBA {
	a.tb.Helper()
	out, err := a.screen.tool("import", "-silent", "-window", a.window, "png:-")
	if err != nil {
		a.tb.Fatalf("taking a picture of the window: %v", err)
	}
	decoded, err := png.Decode(strings.NewReader(out))
	if err != nil {
		a.tb.Fatalf("reading the window's picture: %v", err)
	}
	picture := image.NewRGBA(decoded.Bounds())
	draw.Draw(picture, picture.Bounds(), decoded, decoded.Bounds().Min, draw.Src)
	return picture
}

// caret is how many pixels may differ on a screen at rest: a text cursor that
// blinks, two pixels wide and a line high.
const caret = 80

// Settle waits until the window has not changed for a while, which leaves time
// for figures that are worked out behind the page, and returns what it shows.
func (a *App) Settle() *image.RGBA {
	a.tb.Helper()
	const limit, rest = 30 * time.Second, 900 * time.Millisecond
	before, since := a.Picture(), time.Now()
	for end := since.Add(limit); time.Now().Before(end); {
		time.Sleep(100 * time.Millisecond)
		now := a.Picture()
		if Differ(before, now) > caret {
			before, since = now, time.Now()
		}
		if time.Since(since) >= rest {
			return now
		}
	}
	a.tb.Fatalf("the window still changes after %v", limit)
	return nil
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

// Save writes a picture as PNG, making its folder.
func Save(tb testing.TB, name string, picture image.Image) {
	tb.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		tb.Fatal(err)
	}
	out, err := os.Create(name)
	if err != nil {
		tb.Fatal(err)
	}
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(out, picture); err != nil {
		tb.Fatal(err)
	}
	if err := out.Close(); err != nil {
		tb.Fatal(err)
	}
}
