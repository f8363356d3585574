package typeset

// reach is the number of lines before the last that change to save it from
// being a single character, attempts that of the ends that are tried of each.
const (
	reach    = 6
	attempts = 16
)

// runt mends a last line of one character (and a mark): a line before takes one
// more character, so that it goes up, or ends one earlier, so that another
// comes down. The nearest line that can do it does.
func (s *Setter) runt(p *Paragraph, gs []glyph, ls []line, b *bounds, em Length) []line {
	n := len(ls)
	if !lone(gs[ls[n-1].from:ls[n-1].to]) {
		return ls
	}
	for k := n - 2; k >= max(0, n-1-reach); k-- {
		if out := s.shorter(p, gs, ls, k, b, em); out != nil {
			return out
		}
		if out := s.longer(p, gs, ls, k, b, em); out != nil {
			return out
		}
	}
	return ls
}

// shorter tries to press one more piece of text into line k, so that the last
// line is not needed.
func (s *Setter) shorter(p *Paragraph, gs []glyph, ls []line, k int, b *bounds, em Length) []line {
	l := ls[k]
	to := l.to
	for to < len(gs)-1 && !gs[to].last {
		to++
	}
	to = skip(gs, to+1)
	if over, press := s.excess(gs[l.from:to], l.width); over > press {
		return nil
	}
	l.to = to
	out := append(append(s.tried[:0], ls[:k]...), l)
	out = s.greedy(out, gs, to, b, em)
	s.tried = out
	if (len(out) < len(ls) || len(out) == len(ls) && !lone(gs[out[len(out)-1].from:])) && (p.Align != Justified || s.even(gs, out[k+1:])) {
		return s.take(ls, k, out)
	}
	return nil
}

// longer tries to end line k earlier, so that the last line gets more.
func (s *Setter) longer(p *Paragraph, gs []glyph, ls []line, k int, b *bounds, em Length) []line {
	l := ls[k]
	justified := p.Align == Justified
	tries := 0
	for i := l.to - 2; i > l.from && tries < attempts; i-- {
		if !gs[i].last {
			continue
		}
		tries++
		over, _ := s.excess(gs[l.from:i+1], l.width)
		if justified && spread(gs, l.from, i, -over) > stretched {
			return nil
		}
		l.to = skip(gs, i+1)
		if l.to >= ls[k].to {
			continue
		}
		out := append(append(s.tried[:0], ls[:k]...), l)
		out = s.greedy(out, gs, l.to, b, em)
		s.tried = out
		if len(out) == len(ls) && !lone(gs[out[len(out)-1].from:]) && (!justified || s.even(gs, out[k+1:])) {
			return s.take(ls, k, out)
		}
	}
	return nil
}

// even reports whether no line but the last is spread too far.
func (s *Setter) even(gs []glyph, ls []line) bool {
	for _, l := range ls[:max(0, len(ls)-1)] {
		if over, _ := s.excess(gs[l.from:l.to], l.width); spread(gs, l.from, l.to-1, -over) > stretched {
			return false
		}
	}
	return true
}

// take puts lines that were tried in the place of those that were found.
func (s *Setter) take(ls []line, k int, out []line) []line {
	return append(ls[:k], out[k:]...)
}

// lone reports a line of one character, marks aside.
func lone(gs []glyph) bool {
	n := 0
	for i := range gs {
		switch gs[i].class {
		case han, word, dash, dots:
			if n++; n > 1 {
				return false
			}
		}
	}
	return true
}
