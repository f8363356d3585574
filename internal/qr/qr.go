// Package qr makes QR codes (GB/T 18284) as grids of black and white. It is the
// home of the library.
package qr

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"strings"

	"rsc.io/qr"
)

// A Code is a QR code without its quiet zone, which is four modules wide.
type Code struct {
	Size    int // modules of a side
	modules *qr.Code
}

// Quiet is the width of the white border in modules.
const Quiet = 4

// New encodes text with error correction M (15 %), enough for print; a text of
// more than about two thousand bytes is an error.
func New(text string) (Code, error) {
	c, err := qr.Encode(text, qr.M)
	if err != nil {
		return Code{}, err
	}
	return Code{c.Size, c}, nil
}

// Black reports whether a module is black.
func (c Code) Black(x, y int) bool { return c.modules.Black(x, y) }

// PNG returns the code as a picture of one pixel a module, black on white,
// without the quiet zone. It scales without loss.
func (c Code) PNG() []byte {
	img := image.NewPaletted(image.Rect(0, 0, c.Size, c.Size), color.Palette{color.White, color.Black})
	for y := range c.Size {
		for x := range c.Size {
			if c.Black(x, y) {
				img.SetColorIndex(x, y, 1)
			}
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return nil // a buffer takes everything
	}
	return b.Bytes()
}

// Text draws a code with half blocks of a terminal, light on dark, with its
// margin: lines that end in a newline.
func (c Code) Text() string {
	const margin = Quiet
	white := func(x, y int) bool {
		return x >= -margin && y >= -margin && x < c.Size+margin && y < c.Size+margin && !(x >= 0 && y >= 0 && x < c.Size && y < c.Size && c.Black(x, y))
	}
	var b strings.Builder
	for y := -margin; y < c.Size+margin; y += 2 {
		for x := -margin; x < c.Size+margin; x++ {
			switch upper, lower := white(x, y), white(x, y+1); {
			case upper && lower:
				b.WriteRune('█')
			case upper:
				b.WriteRune('▀')
			case lower:
				b.WriteRune('▄')
			default:
				b.WriteByte(' ')
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}
