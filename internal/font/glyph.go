package font

import (
	"encoding/binary"
	"math"
)

// A glyph is a character as the table glyf has it.
type glyph struct {
	data                   []byte // nil without ink
	advance                int
	xMin, yMin, xMax, yMax int
	points, contours       int
}

// maxGlyphs bounds the glyphs that a face keeps: those of a volume of laws,
// about 2 MB.
const maxGlyphs = 8000

// glyph returns a glyph for print. It keeps what it made: the documents of a
// site use the same characters.
func (f *Face) glyph(g uint16) (glyph, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if made, ok := f.glyphs[g]; ok {
		return made, nil
	}
	o, err := f.outline(g)
	if err != nil {
		return glyph{}, err
	}
	made := encode(o, f.load().advance(g))
	if f.glyphs == nil {
		f.glyphs = map[uint16]glyph{}
	}
	if len(f.glyphs) < maxGlyphs {
		f.glyphs[g] = made
	}
	return made, nil
}

// halfGlyph returns a glyph cut to half an em.
func (f *Face) halfGlyph(g uint16) (glyph, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	o, err := f.outline(g)
	if err != nil {
		return glyph{}, err
	}
	halve(o, f.load().advance(g))
	return encode(o, em/2), nil
}

// bounds returns the extent of an outline on x.
func (o outline) bounds() (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, c := range o {
		for _, p := range c {
			low, high = min(low, p.x), max(high, p.x)
		}
	}
	return low, high
}

// sideBearing is the white that a halved mark keeps towards its neighbours,
// where it has that much to give.
const sideBearing = 20

// halve moves the ink of a mark into half an em: ink of the left half stays,
// that of the right half comes over, and what stands in the middle is centred.
// Only ink that is too wide is made narrower.
func halve(o outline, advance int) {
	low, high := o.bounds()
	if len(o) == 0 {
		return
	}
	const half = em / 2
	scale, shift := 1.0, 0.0
	width, middle := high-low, (low+high)/2
	white := min(sideBearing, (half-width)/2)
	switch {
	case width > half:
		scale = (half - 2*sideBearing) / width
		shift = sideBearing - low*scale
	case advance <= half*5/4: // narrow already
		shift = float64(half-advance) / 2
	case low >= 0 && high <= half:
	case low >= half && high <= em:
		shift = -half
	case middle < half-em/8:
		shift = half - white - high
	case middle > half+em/8:
		shift = white - low
	default:
		shift = half/2 - middle
	}
	shift = math.Round(shift)
	for _, c := range o {
		for i := range c {
			c[i].x = math.Round(c[i].x*scale + shift)
		}
	}
}

// The flags of a point of the table glyf.
const (
	onCurve, xShort, yShort, repeat = 1, 2, 4, 8
	xSame, ySame                    = 16, 32 // with xShort, yShort: a positive step
)

// encode writes an outline as a simple glyph without instructions.
func encode(o outline, advance int) glyph {
	g := glyph{advance: advance, contours: len(o)}
	if len(o) == 0 {
		return g
	}
	g.xMin, g.yMin, g.xMax, g.yMax = math.MaxInt16, math.MaxInt16, math.MinInt16, math.MinInt16
	for _, c := range o {
		g.points += len(c)
	}
	var ends, flags, xs, ys []byte
	last, x0, y0 := -1, 0, 0
	for _, c := range o {
		last += len(c)
		ends = binary.BigEndian.AppendUint16(ends, uint16(last))
		for _, p := range c {
			x, y := clamp(p.x), clamp(p.y)
			g.xMin, g.xMax, g.yMin, g.yMax = min(g.xMin, x), max(g.xMax, x), min(g.yMin, y), max(g.yMax, y)
			var flag byte
			if p.on {
				flag = onCurve
			}
			xs, flag = step(xs, x-x0, flag, xShort, xSame)
			ys, flag = step(ys, y-y0, flag, yShort, ySame)
			flags = append(flags, flag)
			x0, y0 = x, y
		}
	}
	b := make([]byte, 0, 12+len(ends)+len(flags)+len(xs)+len(ys)+1)
	for _, v := range []int{len(o), g.xMin, g.yMin, g.xMax, g.yMax} {
		b = binary.BigEndian.AppendUint16(b, uint16(v))
	}
	b = append(b, ends...)
	b = append(b, 0, 0)
	b = append(b, packFlags(flags)...)
	b = append(b, xs...)
	b = append(b, ys...)
	if len(b)%2 != 0 {
		b = append(b, 0)
	}
	g.data = b
	return g
}

// clamp keeps a coordinate where steps between two of them fit 16 bits.
func clamp(v float64) int { return int(max(-16000, min(16000, math.Round(v)))) }

func step(b []byte, d int, flag, short, same byte) ([]byte, byte) {
	switch {
	case d == 0:
		return b, flag | same
	case d > 0 && d < 256:
		return append(b, byte(d)), flag | short | same
	case d < 0 && d > -256:
		return append(b, byte(-d)), flag | short
	}
	return binary.BigEndian.AppendUint16(b, uint16(int16(d))), flag
}

func packFlags(flags []byte) []byte {
	out := flags[:0]
	for i := 0; i < len(flags); {
		n := 1
		for i+n < len(flags) && flags[i+n] == flags[i] && n < 256 {
			n++
		}
		f := flags[i]
		i += n
		switch {
		case n == 1:
			out = append(out, f)
		case n == 2:
			out = append(out, f, f)
		default:
			out = append(out, f|repeat, byte(n-1))
		}
	}
	return out
}
