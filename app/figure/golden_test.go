package figure

import (
	"bytes"
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

var update = flag.Bool("update", false, "write the golden pictures anew")

// golden compares a picture with its golden file, pixel for pixel. On a difference the new picture is left
// beside the golden one, ending in .got.png.
func golden(t *testing.T, name string, got *image.RGBA) {
	t.Helper()
	if runtime.GOARCH != "amd64" {
		t.Skip("goldens hold on amd64: elsewhere the compiler may fuse multiplications and additions")
	}
	file := filepath.Join("testdata", name+".png")
	gotFile := filepath.Join("testdata", name+".got.png")
	if *update {
		writePicture(t, file, got)
		return
	}
	want, err := readPicture(file)
	if err != nil {
		t.Fatalf("%v (run the test with -update to make it)", err)
	}
	if want.Bounds() != got.Bounds() || !bytes.Equal(want.Pix, got.Pix) {
		writePicture(t, gotFile, got)
		t.Errorf("%s differs from its golden picture: compare it with %s, then run the test with -update if the change is meant", name, gotFile)
		return
	}
	if err := os.Remove(gotFile); err != nil && !os.IsNotExist(err) {
		t.Error(err)
	}
}

func writePicture(t *testing.T, file string, picture *image.RGBA) {
	t.Helper()
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&b, picture); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func readPicture(file string) (*image.RGBA, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	decoded, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	out := image.NewRGBA(decoded.Bounds())
	for y := out.Rect.Min.Y; y < out.Rect.Max.Y; y++ {
		for x := out.Rect.Min.X; x < out.Rect.Max.X; x++ {
			out.Set(x, y, decoded.At(x, y))
		}
	}
	return out, nil
}

func TestGoldens(t *testing.T) {
	for name, sample := range samples {
		t.Run(name, func(t *testing.T) {
			for suffix, opt := range map[string]Options{
				"":       {Width: 1280, Height: 720},
				"-panel": {Width: 360, Height: 260, Compact: true, Theme: &Dark},
			} {
				got, err := Draw(sample(), opt)
				if err != nil {
					t.Fatal(err)
				}
				golden(t, name+suffix, got)
			}
		})
	}
}
