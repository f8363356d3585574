package typeset

// loose is the white between two characters, in thousandths of the em, up to
// which a line is rather spread than pressed.
const loose = 25

// A line is a stretch of a paragraph's glyphs.
type line struct {
	from, to int    // glyphs
	x, width Length // where it begins, and how long it may be
	last     bool
}

// lines breaks the glyphs of a paragraph, for a column of the given width. tail
// is the width of what stands at the end of the last line.
func (s *Setter) lines(p *Paragraph, gs []glyph, column, tail Length) []line {
	if len(gs) == 0 {
		return nil
	}
	em := largest(gs)
	full := max(em, column-p.Indent-p.Right)
	first := max(em, full-p.First)
	if tail > 0 {
		tail += em * 3 / 2
	}
	if p.Align == Balanced {
		if ls := balance(gs, full); ls != nil {
			return place(p, ls)
		}
	}
	var out []line
	for at := 0; at < len(gs); {
		width := full
		if len(out) == 0 {
			width = first
		} else {
			for at < len(gs) && gs[at].class == blank {
				at++
			}
		}
		end := s.end(gs, at, width, max(em, width-tail))
		out = append(out, line{from: at, to: end, width: width, last: end == len(gs)})
		at = end
	}
	if out[len(out)-1].from == len(gs) {
		out = out[:len(out)-1]
	}
	if len(out) == 0 {
		return nil
	}
	out[len(out)-1].last = true
	if len(out) > 1 && tail == 0 {
		s.runt(gs, out)
	}
	return place(p, out)
}

func place(p *Paragraph, ls []line) []line {
	for i := range ls {
		ls[i].x = p.Indent
		if i == 0 {
			ls[i].x += p.First
		}
	}
	return ls
}

func largest(gs []glyph) Length {
	em := Length(1)
	for i := range gs {
		em = max(em, gs[i].em)
	}
	return em
}

// A fill is how full a line is when it ends behind a glyph.
type fill struct {
	width Length // as it stands
	press Length // the white that may go: of the last mark first
}

// trim is what does not count behind the last glyph of a line.
func (s *Setter) trim(g *glyph) (gone, press Length) {
	gone = g.gap
	if g.white && g.class != open {
		press = g.em / 2
	}
	if s.Hang && g.class == stop {
		gone, press = gone+g.width-g.gap, 0
	}
	return gone, press
}

// end returns where the line that begins at from ends. The last line of a
// paragraph must fit into short.
func (s *Setter) end(gs []glyph, from int, width, short Length) int {
	var w, press Length                   // of all glyphs so far
	fits, emergency, before := -1, -1, -1 // glyphs; before: the last that is no blank
	var at Length                         // width up to it
	fit := fill{}
	for i := from; i < len(gs); i++ {
		g := &gs[i]
		w += g.width
		if g.class == blank && i+1 < len(gs) {
			if g.last && before >= 0 && before == emergency {
				fits, fit = i, fill{at, 0}
			}
			continue
		}
		gone, own := s.trim(g)
		over := w - gone - own - width
		if over-press > 0 && i > from {
			break
		}
		final := i+1 == len(gs)
		if final && w-gone-own > short {
			if short < width {
				return s.end(gs[:i+1], from, short, width) // room for what stands at the end
			}
		}
		before, at = i, w-gone
		if over <= 0 {
			emergency = i
			if g.last || final {
				fits, fit = i, fill{w - gone, own}
			}
		} else if (g.last || final) && (fits < 0 || spread(gs, from, fits, width-fit.width) > loose) {
			return skip(gs, i+1)
		}
		if g.white {
			press += g.em / 2
		}
	}
	switch {
	case fits >= 0:
		return skip(gs, fits+1)
	case emergency >= 0:
		return skip(gs, emergency+1)
	}
	return skip(gs, from+1)
}

// skip passes what is not printed and belongs to the line before.
func skip(gs []glyph, i int) int {
	for i < len(gs) && (gs[i].class == blank || gs[i].class == wish || gs[i].class == attach) {
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
	return int(short) * 1000 / (int(gs[from].em) * (to - from))
}

// runt mends a last line of one character (and a mark): it goes up where the
// line before can be pressed, else another comes down.
func (s *Setter) runt(gs []glyph, ls []line) {
	n := len(ls)
	last, prev := &ls[n-1], &ls[n-2]
	if letters(gs[last.from:last.to]) > 1 {
		return
	}
	if over, press := s.excess(gs[prev.from:last.to], prev.width); over <= press {
		prev.to, prev.last = last.to, true
		ls[n-1] = line{from: last.to, to: last.to}
		return
	}
	for i := prev.to - 2; i > prev.from+2; i-- {
		if !gs[i].last || letters(gs[i+1:last.to]) < 2 {
			continue
		}
		over, _ := s.excess(gs[prev.from:i+1], prev.width)
		if spread(gs, prev.from, i, -over) > 150 {
			return
		}
		prev.to = skip(gs, i+1)
		last.from = prev.to
		return
	}
}

// letters counts the characters that are more than marks, a word as one.
func letters(gs []glyph) int {
	n := 0
	for i := range gs {
		switch gs[i].class {
		case han, dash, dots:
			n++
		case word:
			if i == 0 || !latin(&gs[i-1]) {
				n += 2
			}
		}
	}
	return n
}

// excess returns by how much a line is too long, and how much can be pressed.
func (s *Setter) excess(gs []glyph, width Length) (over, press Length) {
	for len(gs) > 0 && gs[len(gs)-1].class == blank {
		gs = gs[:len(gs)-1]
	}
	for i := range gs {
		over += gs[i].width
		if gs[i].white && i+1 < len(gs) {
			press += gs[i].em / 2
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
		w += g.width
	}
	return w
}
