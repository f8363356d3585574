package font

import (
	"fmt"
	"math"
	"slices"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// em is the number of units per em of every font that is made: widths of PDF
// are thousandths.
const em = 1000

// How far a made outline may be from its source, in thousandths of an em: at
// 16 pt a hundredth of a point. cubicTolerance is for turning cubic curves
// into quadratic ones, impliedTolerance for leaving out points that a reader
// puts halfway between two control points by itself.
const (
	cubicTolerance   = 0.6
	impliedTolerance = 0.75
	maxPoints        = 10_000 // of a glyph; more is no character
)

// A point is a point of an outline, on the curve or a control point.
type point struct {
	x, y float64
	on   bool
}

// An outline is the ink of a character: closed contours, y upwards, in
// thousandths of an em.
type outline [][]point

// outline reads the outline of a glyph.
func (f *Face) outline(g uint16) (outline, error) {
	m := f.load()
	if f.broken != nil {
		return nil, f.broken
	}
	if f.outlines == nil {
		o, err := f.openOutlines()
		if err != nil {
			return nil, err
		}
		f.outlines = o
	}
	segs, err := f.outlines.load(g, m.upem)
	if err != nil {
		return nil, err
	}
	t := tracer{scale: em / float64(m.upem)}
	for _, s := range segs {
		t.segment(s)
		if t.points > maxPoints {
			return nil, fmt.Errorf("a glyph of more than %d points", maxPoints)
		}
	}
	t.close()
	if f.table("CFF ").length > 0 {
		for _, c := range t.out {
			slices.Reverse(c[1:]) // PostScript goes round the other way
		}
	}
	return t.out, nil
}

// A tracer makes contours of segments.
type tracer struct {
	scale   float64
	contour []point
	points  int
	out     outline
}

func (t *tracer) point(p fixed.Point26_6, on bool) point {
	return point{float64(p.X) * t.scale, -float64(p.Y) * t.scale, on}
}

func (t *tracer) segment(s sfnt.Segment) {
	switch s.Op {
	case sfnt.SegmentOpMoveTo:
		t.close()
		t.contour = []point{t.point(s.Args[0], true)}
	case sfnt.SegmentOpLineTo:
		t.add(t.point(s.Args[0], true))
	case sfnt.SegmentOpQuadTo:
		t.add(t.point(s.Args[0], false), t.point(s.Args[1], true))
	case sfnt.SegmentOpCubeTo:
		t.cubic(t.point(s.Args[0], false), t.point(s.Args[1], false), t.point(s.Args[2], true))
	}
}

func (t *tracer) add(ps ...point) {
	if len(t.contour) > 0 {
		t.contour = append(t.contour, ps...)
		t.points += len(ps)
	}
}

func (t *tracer) close() {
	c := t.contour
	if n := len(c); n > 1 && c[n-1] == c[0] {
		c = c[:n-1]
	}
	if c = simplify(c); len(c) > 2 {
		t.out = append(t.out, c)
	}
	t.contour = nil
}

// cubic adds a cubic curve from the last point as quadratic ones. The distance
// of a cubic from the best quadratic is √3/36 times its third difference, and
// falls with the cube of the number of pieces.
func (t *tracer) cubic(p1, p2, p3 point) {
	if len(t.contour) == 0 {
		return
	}
	p0 := t.contour[len(t.contour)-1]
	d := math.Hypot(p3.x-3*p2.x+3*p1.x-p0.x, p3.y-3*p2.y+3*p1.y-p0.y)
	n := max(1, math.Ceil(math.Cbrt(d*math.Sqrt(3)/36/cubicTolerance)))
	if n > 50 {
		n = 50
	}
	at := func(a, b, c, d, s float64) (v, dv float64) {
		r := 1 - s
		return r*r*r*a + 3*r*r*s*b + 3*r*s*s*c + s*s*s*d, 3 * (r*r*(b-a) + 2*r*s*(c-b) + s*s*(d-c))
	}
	x0, dx0 := at(p0.x, p1.x, p2.x, p3.x, 0)
	y0, dy0 := at(p0.y, p1.y, p2.y, p3.y, 0)
	for k := 1.0; k <= n; k++ {
		x1, dx1 := at(p0.x, p1.x, p2.x, p3.x, k/n)
		y1, dy1 := at(p0.y, p1.y, p2.y, p3.y, k/n)
		t.add(point{(x0+x1)/2 + (dx0-dx1)/(4*n), (y0+y1)/2 + (dy0-dy1)/(4*n), false}, point{x1, y1, true})
		x0, dx0, y0, dy0 = x1, dx1, y1, dy1
	}
	t.contour[len(t.contour)-1] = p3
}

// simplify puts a contour on the grid and leaves out the points that do not
// change it. The first point stays: it is on the curve.
func simplify(c []point) []point {
	if len(c) < 3 {
		return nil
	}
	out := make([]point, 0, len(c))
	for i, p := range c {
		q := point{math.Round(p.x), math.Round(p.y), p.on}
		before, after := c[(i+len(c)-1)%len(c)], c[(i+1)%len(c)]
		if i > 0 && p.on && !before.on && !after.on && halfway(before, p, after) {
			continue
		}
		out = append(out, q)
	}
	for changed := true; changed; {
		changed = false
		kept := out[:1]
		for i := 1; i < len(out); i++ {
			before, p, after := kept[len(kept)-1], out[i], out[(i+1)%len(out)]
			if superfluous(before, p, after) {
				changed = true
				continue
			}
			kept = append(kept, p)
		}
		out = kept
	}
	return out
}

// halfway reports whether p is where a reader of TrueType puts a point between
// the control points a and b, which are on the grid by then.
func halfway(a, p, b point) bool {
	x, y := (math.Round(a.x)+math.Round(b.x))/2, (math.Round(a.y)+math.Round(b.y))/2
	return math.Abs(x-p.x) <= impliedTolerance && math.Abs(y-p.y) <= impliedTolerance
}

// superfluous reports whether the contour is the same without p.
func superfluous(a, p, b point) bool {
	same := func(p, q point) bool { return p.x == q.x && p.y == q.y }
	switch {
	case !p.on: // a control point at an end of its curve makes a line
		return a.on && b.on && (same(a, p) || same(p, b) || between(a, p, b))
	case a.on && same(a, p), b.on && same(p, b):
		return true
	}
	return a.on && b.on && between(a, p, b)
}

// between reports whether p lies on the line from a to b.
func between(a, p, b point) bool {
	dx, dy := b.x-a.x, b.y-a.y
	px, py := p.x-a.x, p.y-a.y
	return dx*py == dy*px && px*dx+py*dy >= 0 && px*px+py*py <= dx*dx+dy*dy
}
