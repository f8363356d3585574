package pwa

import (
	"bytes"
	"flag"
	"image/color"
	"os"
	"path"
	"testing"
)

var update = flag.Bool("update", false, "draw the icons anew")

var (
	ground = color.NRGBA{0xb3, 0x13, 0x1b, 0xff}
	line   = color.NRGBA{0x5b, 0x61, 0x69, 0xff}
)

// TestSheetsAreDrawn draws the icons of sites without an emblem.
func TestSheetsAreDrawn(t *testing.T) {
	for _, x := range (Input{}).icons() {
		want, err := encoded(x.draw(x.sheet))
		if err != nil {
			t.Fatal(err)
		}
		if *update {
			if err := os.WriteFile("icons/"+path.Base(x.path), want, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if got, err := x.bytes(nil); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what is drawn (%v); -update draws it anew", x.path, err)
		}
	}
}

// sheet is the colour of a point of a square of a side: all in whole numbers, so
// that no machine draws another icon.
func (x iconFile) sheet(px, py, side int) color.NRGBA {
	u, v := px*1000/side, py*1000/side
	if x.purpose != maskable && outside(u, v, 0, 1000, 160) {
		return color.NRGBA{}
	}
	if u < 285 || u >= 715 || v < 215 || v >= 785 {
		return ground
	}
	if u-v >= 715-215-130 { // the folded corner
		return ground
	}
	if u-v >= 715-215-260 && v < 345 && u >= 585 {
		return line
	}
	switch {
	case v >= 410 && v < 462 && u >= 345 && u < 655:
		return ground
	case v >= 528 && v < 556 && u >= 345 && u < 655,
		v >= 606 && v < 634 && u >= 345 && u < 655,
		v >= 684 && v < 712 && u >= 345 && u < 540:
		return line
	}
	return white
}

// outside reports whether a point lies outside of a square with round corners.
func outside(u, v, from, to, radius int) bool {
	dx := max(from+radius-u, u-(to-radius), 0)
	dy := max(from+radius-v, v-(to-radius), 0)
	return dx*dx+dy*dy > radius*radius
}
