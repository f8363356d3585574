package typeset

// longWord is the number of characters from which a Latin word may be parted
// after its own marks: addresses of pages.
const longWord = 16

// A glyph is one character with its place in a line still to be found.
type glyph struct {
	r      rune
	span   int32
	class  class
	half   bool // stands without its white
	white  bool // its white could go
	last   bool // a line may end after it
	raised bool
	em     Length // size
	width  Length // advance, with what half and gap say
	gap    Length // of width: white towards the next, between Chinese and Latin
}

// text turns the spans of a paragraph into glyphs.
func (s *Setter) text(spans []Span) []glyph {
	gs := s.glyphs[:0]
	for i := range spans {
		sp := &spans[i]
		for _, r := range sp.Text {
			c := classOf(r)
			if c == blank && (r == '\t' || r == '\n') {
				r = ' '
			}
			g := glyph{r: r, span: int32(i), class: c, em: sp.Size, raised: sp.Raise != 0}
			if c != wish && c != joiner {
				g.width = Length(int64(s.Measure(sp.Font, r)) * int64(sp.Size) / 1000)
			}
			gs = append(gs, g)
		}
	}
	s.glyphs = gs
	for i := range gs {
		s.marks(gs, i)
	}
	for i := range gs {
		if i+1 < len(gs) {
			gs[i].last = breakable(&gs[i], &gs[i+1])
		}
	}
	numbers(gs)
	longWords(gs)
	if s.Gap > 0 {
		s.gaps(gs)
	}
	return gs
}

// wide reports whether a mark has white that can go: fonts have Chinese marks on
// a whole em.
func (g *glyph) wide() bool { return g.width*10 >= g.em*9 }

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

// numbers keeps numbers with what they count.
func numbers(gs []glyph) {
	for i := range gs {
		if !digit(gs[i].r) || i+1 < len(gs) && (digit(gs[i+1].r) || gs[i+1].r == '.' || gs[i+1].r == ',') {
			continue
		}
		at := i + 1
		if n := unitLength(gs[at:]); n > 0 {
			for j := i; j < i+n; j++ {
				gs[j].last = false
			}
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
