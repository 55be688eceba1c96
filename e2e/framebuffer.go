//go:build e2e

package e2e

import (
	"encoding/binary"
	"fmt"
	"image"
	"os"
	"syscall"
)

// A framebuffer is the memory that the X server draws the screen in, shared
// through a file. Reading it costs nothing and asks nobody, so that a change of
// the screen is seen within a fraction of a millisecond and a screen that is
// watched is not slowed down. It holds the pointer too, where that is visible.
type framebuffer struct {
	data          []byte // of the whole file
	start, stride int    // of the pixels, in bytes
	width, height int
}

// openFramebuffer maps the file that Xvfb keeps, in the format of xwd
// (X11/XWDFile.h): a header of big-endian words, a table of colours, pixels.
func openFramebuffer(name string) (*framebuffer, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	data, err := syscall.Mmap(int(file.Fd()), 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return nil, fmt.Errorf("mapping %s: %w", name, err)
	}
	word := func(i int) int { return int(binary.BigEndian.Uint32(data[4*i:])) }
	const bytesAPixel, bytesAColour = 4, 12
	f := &framebuffer{data: data, width: word(4), height: word(5), stride: word(12)}
	f.start = word(0) + bytesAColour*word(19)
	if bits := word(11); bits != 8*bytesAPixel || f.start+f.height*f.stride > len(data) {
		return nil, fmt.Errorf("%s holds %d×%d pixels of %d bits in %d bytes, which cannot be", name, f.width, f.height, bits, len(data))
	}
	return f, nil
}

// view copies a part of the screen into into, which is made where it is nil,
// and returns it. Parts beside the screen are left out.
func (f *framebuffer) view(part image.Rectangle, into []byte) []byte {
	part = part.Intersect(image.Rect(0, 0, f.width, f.height))
	into = into[:0]
	for y := part.Min.Y; y < part.Max.Y; y++ {
		line := f.start + y*f.stride
		into = append(into, f.data[line+4*part.Min.X:line+4*part.Max.X]...)
	}
	return into
}

func (f *framebuffer) close() { _ = syscall.Munmap(f.data) }

// unlike counts the pixels in which two views of the same part differ.
func unlike(a, b []byte) int {
	if len(a) != len(b) {
		return max(len(a), len(b)) / 4
	}
	count := 0
	for i := 0; i+8 <= len(a); i += 8 { // two pixels at a time: nearly all are alike
		x, y := binary.LittleEndian.Uint64(a[i:]), binary.LittleEndian.Uint64(b[i:])
		if x == y {
			continue
		}
		if uint32(x) != uint32(y) {
			count++
		}
		if x>>32 != y>>32 {
			count++
		}
	}
	return count
}
