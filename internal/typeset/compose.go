package typeset

// widest is the white that is put between two characters at most, as a part of
// the em: a line that would need more stays short.
const widest = 2

// A strip is a composed line: its runs stand on a baseline at 0.
type strip struct {
	runs  []Run
	links []Link
	notes []*Note
	em    Length // the largest
	width Length
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
		if gaps := printed(gs) - 1; gaps > 0 {
			track = min(-over/Length(gaps), largest(gs)/widest)
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
	st.width = s.runs(p, gs, x, track, &st)
	return st
}

func printed(gs []glyph) int {
	n := 0
	for i := range gs {
		if gs[i].prints() {
			n++
		}
	}
	return n
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
		half := gs[s.order[0]].em / 2
		k := min(m, int((over+half-1)/half))
		for j := range k {
			g := &gs[s.order[(2*j+1)*m/(2*k)]]
			g.cut()
			over -= g.em / 2
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

// runs makes runs of the glyphs of a line; it returns where the line ends.
func (s *Setter) runs(p *Paragraph, gs []glyph, x, track Length, st *strip) Length {
	var text []rune
	start, from := x, x
	at := 0
	flush := func(end Length, next int) {
		g := &gs[at]
		sp := &p.Spans[g.span]
		if len(text) > 0 {
			st.runs = append(st.runs, Run{
				X: start, Y: -sp.Raise, Font: sp.Font, Half: g.half, Size: sp.Size, Track: track, Ink: sp.Ink, Text: string(text),
			})
		}
		if sp.Link != "" && end > start {
			st.links = append(st.links, Link{X: start, Y: -sp.Size * 9 / 10, Width: end - start, Height: sp.Size * 11 / 10, To: sp.Link})
		}
		text, at, start = text[:0], next, end
	}
	for i := range gs {
		g := &gs[i]
		if i > at && (g.span != gs[at].span || g.half != gs[at].half || gs[i-1].gap > 0) {
			flush(x, i)
		}
		if len(text) == 0 {
			start, at = x, i
		}
		if !g.prints() {
			continue
		}
		text = append(text, g.r)
		x += g.width + track
		if n := p.Spans[g.span].Note; n != nil && (len(st.notes) == 0 || st.notes[len(st.notes)-1] != n) {
			st.notes = append(st.notes, n)
		}
	}
	flush(x-gs[len(gs)-1].gap, len(gs)-1)
	return x - track - from
}

// Line sets spans on one line that begins at x, its baseline at y.
func (s *Setter) Line(spans []Span, x, y Length) []Run {
	p := &Paragraph{Spans: spans, Align: Start}
	gs := s.text(spans)
	if len(gs) == 0 {
		return nil
	}
	st := s.compose(p, gs, line{to: len(gs), x: x, width: 1 << 30, last: true})
	for i := range st.runs {
		st.runs[i].Y += y
	}
	return st.runs
}
