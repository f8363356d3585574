package typeset

import (
	"strings"
	"unicode/utf8"
)

// widest is the white that is put between two characters at most, as a part of
// the em: a line that would need more stays short.
const widest = 2

// A strip is a composed line: its runs stand on a baseline at 0.
type strip struct {
	runs  []Run
	links []Link
	notes []*Note
	em    Length // the largest
}

// compose sets one line of a paragraph.
func (s *Setter) compose(p *Paragraph, all []glyph, l line) strip {
	gs := all[l.from:l.to]
	for len(gs) > 0 && (gs[len(gs)-1].class == blank || gs[len(gs)-1].class == wish) {
		gs = gs[:len(gs)-1]
	}
	if len(gs) == 0 {
		return strip{}
	}
	over, _ := s.excess(gs, l.width)
	if over > 0 {
		over = s.press(gs, over)
	}
	var track Length
	if p.Align == Justified && !l.last && over < 0 {
		if n := gaps(gs); n > 0 {
			track = min(-over/Length(n), largest(gs)/widest)
		}
	}
	st := strip{em: largest(gs)}
	x := l.x
	switch p.Align {
	case Center, Balanced:
		x += max(0, -over) / 2
	case End:
		x += max(0, -over)
	}
	s.runs(p, gs, x, track, &st)
	return st
}

// gaps counts the places in a line that can be spread: not those in Latin words
// and numbers.
func gaps(gs []glyph) int {
	n := -1
	for i := range gs {
		if gs[i].prints() && !tied(gs, i) {
			n++
		}
	}
	return n
}

// tied reports whether a glyph and the next are of one Latin word.
func tied(gs []glyph, i int) bool {
	return i+1 < len(gs) && latin(&gs[i]) && latin(&gs[i+1])
}

func (g *glyph) prints() bool { return g.class != wish && g.class != joiner }

// press cuts as many marks as a line is too long for, and returns by how much
// it then is; the mark at the end is cut first, 。！？ last.
func (s *Setter) press(gs []glyph, over Length) Length {
	if g := &gs[len(gs)-1]; g.white && g.class != open && !(s.Hang && g.class == stop) {
		g.cut()
		over -= g.em / 2
	}
	for rank := range 3 {
		if over <= 0 {
			break
		}
		s.order = s.order[:0]
		for i := range gs[:len(gs)-1] {
			if gs[i].white && rankOf(&gs[i]) == rank {
				s.order = append(s.order, i)
			}
		}
		m := len(s.order)
		if m == 0 {
			continue
		}
		half := max(1, gs[s.order[0]].em/2)
		k := min(m, int((over+half-1)/half))
		for j := range k {
			g := &gs[s.order[(2*j+1)*m/(2*k)]]
			g.cut()
			over -= g.em / 2
		}
		for _, i := range s.order { // marks of small type give less
			if g := &gs[i]; over > 0 && g.white {
				g.cut()
				over -= g.em / 2
			}
		}
	}
	return over
}

func rankOf(g *glyph) int {
	switch g.r {
	case '。', '！', '？':
		return 2
	case '；', '：':
		return 1
	}
	return 0
}

// runs makes runs of the glyphs of a line.
func (s *Setter) runs(p *Paragraph, gs []glyph, x, track Length, st *strip) {
	first := len(s.made)
	for at := 0; at < len(gs); {
		g := &gs[at]
		sp := &p.Spans[g.span]
		start, end := x, x // end: of what is printed
		next, whole, some := at, true, false
		word := track != 0 && tied(gs, at)
		for next < len(gs) && joins(gs, at, next, track, word) {
			c := &gs[next]
			whole = whole && !c.other && c.prints()
			if c.prints() {
				some = true
				x = plus(x, c.width)
				end = x - c.gap
				if track != 0 && !tied(gs, next) {
					x = plus(x, track)
				}
			}
			next++
		}
		if some {
			r := Run{X: start, Y: -sp.Raise, Font: sp.Font, Half: g.half, Size: sp.Size, Track: track, Ink: sp.Ink, Text: text(sp, gs[at:next], whole)}
			if word {
				r.Track = 0
			}
			s.made = append(s.made, r)
			st.mark(sp, start, end)
		}
		at = next
	}
	st.runs = s.keep(first)
}

// joins reports whether a glyph stands in the run that begins at another. word
// says that the run is a Latin word, which is not spread.
func joins(gs []glyph, at, i int, track Length, word bool) bool {
	g, c := &gs[at], &gs[i]
	switch {
	case i == at:
		return true
	case c.span != g.span, c.half != g.half && c.prints(), gs[i-1].gap > 0:
		return false
	case track == 0:
		return true
	case word:
		return tied(gs, i-1)
	}
	return !tied(gs, i)
}

// mark adds the link and the note of a span that has been set.
func (st *strip) mark(sp *Span, start, end Length) {
	if sp.Link != "" && end > start {
		st.links = append(st.links, Link{X: start, Y: -sp.Size * 9 / 10, Width: end - start, Height: sp.Size * 11 / 10, To: sp.Link})
	}
	if sp.Note != nil && (len(st.notes) == 0 || st.notes[len(st.notes)-1] != sp.Note) {
		st.notes = append(st.notes, sp.Note)
	}
}

// text returns the characters of glyphs of one span: a part of the span's own
// text where that is the same.
func text(sp *Span, gs []glyph, whole bool) string {
	if whole {
		last := &gs[len(gs)-1]
		return sp.Text[gs[0].at : int(last.at)+utf8.RuneLen(last.r)]
	}
	var b strings.Builder
	for i := range gs {
		if gs[i].prints() {
			b.WriteRune(gs[i].r)
		}
	}
	return b.String()
}

// keep returns the runs that were made from first on. They share one array,
// which is left to them when it is full.
func (s *Setter) keep(first int) []Run {
	const many = 512
	out := s.made[first:len(s.made):len(s.made)]
	if n := cap(s.made); n-len(s.made) < n/8+1 {
		s.made = make([]Run, 0, min(many, max(8, 2*n)))
	}
	return out
}

// Line sets spans on one line that begins at x, its baseline at y.
func (s *Setter) Line(spans []Span, x, y Length) []Run {
	p := &Paragraph{Spans: spans, Align: Start}
	gs := s.text(spans)
	if len(gs) == 0 {
		return nil
	}
	st := s.compose(p, gs, line{to: len(gs), x: x, width: endless, last: true})
	for i := range st.runs {
		st.runs[i].Y += y
	}
	return st.runs
}
