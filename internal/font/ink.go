package font

import (
	"image"
	"image/draw"
	"math"

	"golang.org/x/image/vector"
)

// Ink returns the ink of a character as the share of each pixel that it covers,
// for pictures of size pixels an em. The mask's bounds are measured from the
// pixel in which its origin lies, the left end of its baseline; x and y, from 0 to
// 1, say where in that pixel. With half, a mark stands on half an em, as in Make.
// A character without ink, or that no face has, has an empty mask.
func (s *Set) Ink(r Role, half bool, c rune, size, x, y float64) (*image.Alpha, error) {
	f, id := s.face(r, c)
	if f == nil {
		return &image.Alpha{}, nil
	}
	o, err := f.ink(id, half)
	if err != nil || len(o) == 0 {
		return &image.Alpha{}, err
	}
	size = min(size, maxInk)
	left, right, top, bottom := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, contour := range o {
		for i := range contour {
			p := &contour[i]
			p.x, p.y = x+p.x*size/em, y-p.y*size/em
			left, right, top, bottom = min(left, p.x), max(right, p.x), min(top, p.y), max(bottom, p.y)
		}
	}
	far := 4 * size // a hostile glyph is cut, real ones stay within two ems
	box := image.Rect(int(math.Floor(max(left, -far))), int(math.Floor(max(top, -far))), int(math.Ceil(min(right, far))), int(math.Ceil(min(bottom, far))))
	if box.Empty() {
		return &image.Alpha{}, nil
	}
	z := vector.NewRasterizer(box.Dx(), box.Dy())
	for _, contour := range o {
		trace(z, contour, float64(box.Min.X), float64(box.Min.Y))
	}
	mask := image.NewAlpha(box)
	z.DrawOp = draw.Src
	z.Draw(mask, box, image.Opaque, image.Point{})
	return mask, nil
}

// maxInk is the largest size of a character in a picture, in pixels.
const maxInk = 1024

// ink returns the outline of a glyph, as Make prints it.
func (f *Face) ink(g uint16, half bool) (outline, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	o, err := f.outline(g)
	if err == nil && half {
		halve(o, f.load().advance(g))
	}
	return o, err
}

// trace draws a contour of quadratic curves. It begins on the curve; between two
// control points a point of the curve goes without saying.
func trace(z *vector.Rasterizer, contour []point, left, top float64) {
	at := func(p point) (x, y float32) { return float32(p.x - left), float32(p.y - top) }
	z.MoveTo(at(contour[0]))
	for i, p := range contour[1:] {
		next := contour[(i+2)%len(contour)]
		switch {
		case p.on:
			z.LineTo(at(p))
			continue
		case !next.on:
			next = point{x: (p.x + next.x) / 2, y: (p.y + next.y) / 2}
		}
		cx, cy := at(p)
		x, y := at(next)
		z.QuadTo(cx, cy, x, y)
	}
	z.ClosePath()
}
