package typeset

import "math"

// A Length is a distance in thousandths of a point (72 points an inch).
// Lengths are whole numbers: the same text breaks into the same lines on every
// machine.
type Length int32

// Point is one point.
const Point Length = 1000

// MM returns a distance in millimetres.
func MM(mm float64) Length { return Length(math.Round(mm * 72000 / 25.4)) }

// Pt returns a distance in points.
func Pt(pt float64) Length { return Length(math.Round(pt * 1000)) }

// Points returns the distance in points.
func (l Length) Points() float64 { return float64(l) / 1000 }

// A Font is one of the typefaces of a book. The caller gives the numbers their
// meaning; typeset only asks Measure for widths.
type Font uint8

// An Ink is what something is printed with.
type Ink uint8

// The inks. Red is that of GB/T 9704-2012, M80 Y80; Gray is for what is not
// part of the text: line numbers of proofs, cover decoration.
const (
	Black Ink = iota
	Red
	Gray
	White
)

// A Page is a page as it is printed. All places are measured from the upper
// left corner of the trimmed paper.
type Page struct {
	Width, Height Length
	Runs          []Run
	Rules         []Rule
	Pictures      []PlacedPicture
	Links         []Link
	Marks         []Mark
}

// A Run is text on one line in one font. X is where its first character
// begins, Y its baseline.
type Run struct {
	X, Y  Length
	Font  Font
	Half  bool   // every character is punctuation cut to half an em
	Size  Length // of the em
	Track Length // added after every character
	Ink   Ink
	Text  string
}

// A Rule is a filled rectangle; X and Y are its upper left corner.
type Rule struct {
	X, Y, Width, Height Length
	Ink                 Ink
}

// A PlacedPicture is a picture with its place; Name is what the caller calls
// it.
type PlacedPicture struct {
	X, Y, Width, Height Length
	Name                string
}

// A Link is a place that leads elsewhere: to the Mark "#name", or to an
// absolute address.
type Link struct {
	X, Y, Width, Height Length
	To                  string
}

// A Mark is a place that links and bookmarks lead to; Y is its upper edge.
type Mark struct {
	Name string
	Y    Length
}
