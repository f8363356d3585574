// Package qr makes QR codes (GB/T 18284) as black squares on a grid. It is the
// home of the library.
package qr

import "rsc.io/qr"

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

// A Bar is a stretch of black modules in one row.
type Bar struct{ X, Y, Width int }

// Bars returns the black modules, row by row, joined where they touch.
func (c Code) Bars() []Bar {
	var out []Bar
	for y := range c.Size {
		for x := 0; x < c.Size; x++ {
			if !c.Black(x, y) {
				continue
			}
			from := x
			for x < c.Size && c.Black(x, y) {
				x++
			}
			out = append(out, Bar{from, y, x - from})
		}
	}
	return out
}
