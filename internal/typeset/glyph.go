package typeset

import "unicode/utf8"

// longWord is the number of characters from which a Latin word may be parted
// after its own marks: addresses of pages.
const longWord = 16

// A glyph is one character with its place in a line still to be found.
type glyph struct {
	r      rune
	span   int32
	at     int32 // bytes of the span before it
	class  class
	half   bool // stands without its white
	white  bool // its white could go
	last   bool // a line may end after it
	soft   bool // the end of a number: a line may end after it rather than be torn apart
	raised bool
	other  bool   // its span has another form of it
	em     Length // size
	width  Length // advance, with what half and gap say
	gap    Length // of width: white towards the next, between Chinese and Latin
}

// endless is more than any line is long: sums stop there, so that a megabyte
// of spaces is as good as ten.
const endless Length = 1 << 29

func plus(a, b Length) Length { return min(a+b, endless) }

// advance is the width of a character.
func (s *Setter) advance(f Font, size Length, r rune) Length {
	return Length(min(max(0, int64(s.Measure(f, r))*int64(size)/1000), int64(endless)))
}

// text turns the spans of a paragraph into glyphs, which last until the next
// call.
func (s *Setter) text(spans []Span) []glyph {
	gs := s.glyphs[:0]
	numeric := false
	for i := range spans {
		sp := &spans[i]
		for at, r := range sp.Text {
			c := classOf(r)
			g := glyph{r: r, span: int32(i), at: int32(at), class: c, em: sp.Size, raised: sp.Raise != 0, other: r == utf8.RuneError}
			if c == blank && (r < ' ' || r == 0x7f || r == 0x85 || r == 0x2028 || r == 0x2029) {
				g.r, g.other = ' ', true
			}
			if c != wish && c != joiner {
				g.width = s.advance(sp.Font, sp.Size, g.r)
			}
			numeric = numeric || c == word || c == han && digit(r)
			gs = append(gs, g)
		}
	}
	s.glyphs = gs
	for i := range gs {
		if c := gs[i].class; c >= open && c <= mark {
			s.marks(gs, i)
		}
	}
	breaks(gs)
	if numeric {
		numbers(gs)
		longWords(gs)
		if s.Gap > 0 {
			s.gaps(gs)
		}
	}
	return gs
}

// wide reports whether a mark has white that can go: fonts have Chinese marks on
// a whole em.
func (g *glyph) wide() bool { return g.width >= g.em/10*9 }

// marks takes the white between two marks in a row: a closing one loses its own
// where any mark follows, an opening one where an opening one stands before.
func (s *Setter) marks(gs []glyph, i int) {
	g := &gs[i]
	if !g.wide() {
		return
	}
	switch g.class {
	case closer, stop, mark:
		if i+1 < len(gs) {
			switch n := &gs[i+1]; n.class {
			case closer, stop, mark, open:
				if n.wide() || n.half {
					g.cut()
					return
				}
			}
		}
		g.white = true
	case open:
		if i > 0 && gs[i-1].class == open && (gs[i-1].half || gs[i-1].wide()) {
			g.cut()
			return
		}
		g.white = i > 0
	}
}

// cut takes the white of a mark.
func (g *glyph) cut() {
	g.half, g.white = true, false
	g.width -= g.em / 2
}

// numbers keeps numbers with what they count, also behind a space.
func numbers(gs []glyph) {
	for i := range gs {
		if !digit(gs[i].r) || i+1 < len(gs) && (digit(gs[i+1].r) || gs[i+1].r == '.' || gs[i+1].r == ',') {
			continue
		}
		at := i + 1
		spaced := at+1 < len(gs) && gs[at].class == blank
		if spaced {
			at++
		}
		n := unitLength(gs[at:])
		if n == 0 && spaced {
			n = latinUnit(gs[at:])
		}
		for j := i; n > 0 && j < at+n-1; j++ {
			gs[j].last = false
		}
		gs[at-1].soft = n > 0
		for i >= 0 && digit(gs[i].r) {
			i--
		}
		if i > 0 && gs[i].class == blank && gs[i-1].r == '第' {
			gs[i].last = false
		}
	}
}

// longWords lets long words end a line after their own marks.
func longWords(gs []glyph) {
	for i := 0; i < len(gs); {
		if !latin(&gs[i]) {
			i++
			continue
		}
		j := i
		for j < len(gs) && latin(&gs[j]) {
			j++
		}
		for k := i; k < j-1 && j-i >= longWord; k++ {
			switch gs[k].r {
			case '/', '?', '&', '=', '_', '-', '.', '%', '#', ':':
				gs[k].last = gs[k].last || letter(gs[k+1].r) || digit(gs[k+1].r)
			}
		}
		i = j
	}
}

// gaps adds the white between Chinese characters and Latin words.
func (s *Setter) gaps(gs []glyph) {
	for i := 0; i+1 < len(gs); i++ {
		a, b := &gs[i], &gs[i+1]
		if a.raised || b.raised || a.em != b.em {
			continue
		}
		if ideograph(a.r) && alnum(b) || alnum(a) && ideograph(b.r) {
			a.gap = a.em * Length(s.Gap) / 1000
			a.width += a.gap
		}
	}
}

func ideograph(r rune) bool { return r >= 0x3400 && r <= 0x9fff || r >= 0x20000 }

func alnum(g *glyph) bool {
	return g.r < 0x80 && (letter(g.r) || digit(g.r)) || g.class == word && g.r > 0xc0 || g.r == '%' || g.r == '‰'
}
