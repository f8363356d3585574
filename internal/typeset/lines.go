package typeset

// loose is the white between two characters, in thousandths of the em, up to
// which a line is rather spread than pressed; stretched is what lines are
// spread to at most to save the last one from being a single character.
const (
	loose     = 25
	ragged    = 250 // likewise, where the edge is not straight
	stretched = 150
)

// A line is a stretch of a paragraph's glyphs.
type line struct {
	from, to int    // glyphs
	x, width Length // where it begins, and how long it may be
	last     bool
}

// bounds are the widths of the lines of a paragraph.
type bounds struct {
	first, full Length
	tail        Length // that the last line leaves free
	loose       int
}

func (b *bounds) width(line int) Length {
	if line == 0 {
		return b.first
	}
	return b.full
}

// lines breaks the glyphs of a paragraph, for a column of the given width. tail
// is the width of what stands at the end of the last line. The lines last until
// the next call.
func (s *Setter) lines(p *Paragraph, gs []glyph, column, tail Length) []line {
	if len(gs) == 0 {
		return nil
	}
	em := largest(gs)
	b := bounds{full: max(em, column-p.Indent-p.Right), loose: loose}
	if p.Align != Justified {
		b.loose = ragged
	}
	b.first = max(em, b.full-p.First)
	if tail > 0 {
		b.tail = plus(tail, em*3/2)
	}
	var out []line
	if p.Align == Balanced {
		out = balance(gs, b.full)
	}
	if out == nil {
		out = s.greedy(s.found[:0], gs, 0, &b, em)
		if n := len(out); n > 1 && tail == 0 {
			out = s.runt(p, gs, out, &b, em)
		}
		s.found = out
	}
	for i := range out {
		x := p.Indent
		if i == 0 {
			x += p.First
		}
		out[i].x = min(x, max(0, column-out[i].width))
	}
	if len(out) > 0 {
		out[len(out)-1].last = true
	}
	return out
}

// greedy appends lines, each as full as it can be, from a glyph to the end.
func (s *Setter) greedy(out []line, gs []glyph, at int, b *bounds, em Length) []line {
	for at < len(gs) {
		width := b.width(len(out))
		end := s.end(gs, at, width, max(em, width-b.tail), b.loose)
		out = append(out, line{from: at, to: end, width: width})
		at = end
	}
	return out
}

func largest(gs []glyph) Length {
	em := Length(1)
	for i := range gs {
		em = max(em, gs[i].em)
	}
	return em
}

// trim is what does not count behind the last glyph of a line.
func (s *Setter) trim(g *glyph) (gone, press Length) {
	gone = g.gap
	if g.white && g.class != open {
		press = g.em / 2
	}
	if s.Hang && g.class == stop {
		gone, press = g.width, 0
	}
	return gone, press
}

// torn is the white between two characters, in thousandths of the em, from which
// a number is rather parted from its unit.
const torn = 300

// end returns where the line that begins at from ends. The last line of a
// paragraph must fit into short.
func (s *Setter) end(gs []glyph, from int, width, short Length, loose int) int {
	var w, press Length                 // of all glyphs so far
	fits, solid, clean := -1, -1, -1    // glyphs: the last at which a line may end, that fits, after which one may begin
	number := -1                        // the last that ends a number before its unit
	before, at, fit := -1, w, Length(0) // the last that is no blank, the width up to it, and to fits
	for i := from; i < len(gs); i++ {
		g := &gs[i]
		w = plus(w, g.width)
		final := i+1 == len(gs)
		if g.class == blank && !final {
			if g.last && before >= 0 && before == solid {
				fits, fit = i, at
			}
			continue
		}
		if w > width || final {
			gone, own := s.trim(g)
			over := w - gone - own - width
			if over > press && i > from {
				break
			}
			if final && short < width && over > short-width {
				return s.end(gs, from, short, width, loose) // room for what stands at the end
			}
			if over > 0 {
				if (g.last || final) && (fits < 0 || spread(gs, from, fits, width-fit) > loose) {
					return skip(gs, i+1)
				}
				before, at = i, w
				if g.white {
					press += g.em / 2
				}
				continue
			}
		}
		before, at, solid = i, w-g.gap, i
		if g.last || final {
			fits, fit = i, at
		}
		if !final && g.class != open && gs[i+1].begins() {
			clean = i
		}
		if g.soft {
			number = i
		}
		if g.white {
			press += g.em / 2
		}
	}
	if fits >= 0 && number > fits && spread(gs, from, fits, width-fit) > torn {
		return skip(gs, number+1)
	}
	switch {
	case fits >= 0 && !(clean > fits && s.endless(gs, fits+1, width)):
		return skip(gs, fits+1)
	case clean >= 0:
		return skip(gs, clean+1)
	case solid >= 0:
		return skip(gs, solid+1)
	}
	return skip(gs, from+1)
}

// endless reports whether what begins at a glyph fits into no line: it is
// divided where it stands, instead of leaving a hole before it.
func (s *Setter) endless(gs []glyph, from int, width Length) bool {
	var w Length
	for i := from; i < len(gs); i++ {
		w = plus(w, gs[i].width)
		if gone, own := s.trim(&gs[i]); w-gone-own > width {
			return true
		}
		if gs[i].last {
			return false
		}
	}
	return false
}

// skip passes what is not printed and belongs to the line before.
func skip(gs []glyph, i int) int {
	for i < len(gs) && gs[i].class == attach {
		i++
	}
	for i < len(gs) && (gs[i].class == blank || gs[i].class == wish) {
		i++
	}
	return i
}

// spread returns the white between the characters of a line that is short, in
// thousandths of the em.
func spread(gs []glyph, from, to int, short Length) int {
	if short <= 0 || to <= from {
		return 0
	}
	return int(int64(short) * 1000 / (int64(max(1, gs[from].em)) * int64(to-from)))
}

// excess returns by how much a line is too long, and how much can be pressed.
func (s *Setter) excess(gs []glyph, width Length) (over, press Length) {
	for len(gs) > 0 && (gs[len(gs)-1].class == blank || gs[len(gs)-1].class == wish) {
		gs = gs[:len(gs)-1]
	}
	for i := range gs {
		over = plus(over, gs[i].width)
		if gs[i].white && i+1 < len(gs) {
			press = plus(press, gs[i].em/2)
		}
	}
	if len(gs) > 0 {
		gone, own := s.trim(&gs[len(gs)-1])
		over -= gone
		press += own
	}
	return over - width, press
}

// Width returns the width of spans set on one line.
func (s *Setter) Width(spans []Span) Length {
	var w Length
	for _, g := range s.text(spans) {
		w = plus(w, g.width)
	}
	return w
}
