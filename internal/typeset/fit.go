package typeset

// A fitting is a way to make a table narrower: smaller, with narrower columns,
// with longer words divided.
type fitting struct {
	scale int64 // hundredths
	ems   int64 // what every column has at least, if it needs that much
	word  int64 // ems up to which a word is not divided
}

var fittings = []fitting{
	{100, 4, 14}, {90, 4, 14}, {80, 4, 14}, {80, 2, 8}, {70, 2, 8}, {60, 2, 8}, {60, 1, 4},
	{50, 1, 1}, {40, 1, 1}, {30, 1, 1}, {20, 1, 1}, {10, 1, 1},
}

// A need is the width that the text of a box wants.
type need struct {
	word  Length // its longest word
	whole Length // its longest paragraph on one line
	sum   Length // all paragraphs
	em    Length
}

// fit finds the widths of the columns from what stands in them, and makes a
// table smaller that is too wide even at its narrowest.
func (s *Setter) fit(g *grid, column Length) []Length {
	needs := make([]need, len(g.boxes))
	for i := range g.boxes {
		needs[i] = s.need(&g.boxes[i])
	}
	var c columns
	for _, f := range fittings {
		c = g.columns(needs, f)
		if c.least0 <= int64(column) || f == fittings[len(fittings)-1] {
			g.shrink(f.scale)
			break
		}
	}
	return c.share(int64(column), g.stock(needs, c.scale))
}

func (s *Setter) need(b *box) need {
	n := need{em: 1}
	for _, p := range b.text {
		gs := s.text(p.Spans)
		var all, word Length
		for i := range gs {
			all = plus(all, gs[i].width)
			if gs[i].class != blank {
				word = plus(word, gs[i].width)
			}
			if gs[i].last || i+1 == len(gs) {
				n.word = max(n.word, word-gs[i].gap)
				word = 0
			}
		}
		all = plus(all, p.Indent+max(0, p.First)+p.Right)
		n.whole, n.sum = max(n.whole, all), plus(n.sum, all)
		n.em = max(n.em, largest(gs))
	}
	return n
}

// shrink makes the text of a table smaller. What the caller has stays as it is.
func (g *grid) shrink(scale int64) {
	if scale == 100 {
		return
	}
	by := func(l Length) Length { return Length(int64(l) * scale / 100) }
	g.leading, g.pad = max(1, by(g.leading)), by(g.pad)
	for i := range g.boxes {
		b := &g.boxes[i]
		text := make([]*Paragraph, len(b.text))
		for k, p := range b.text {
			q := *p
			q.Indent, q.First, q.Right = by(p.Indent), by(p.First), by(p.Right)
			q.Spans = smaller(p.Spans, by)
			q.Tail = smaller(p.Tail, by)
			text[k] = &q
		}
		b.text = text
	}
}

func smaller(spans []Span, by func(Length) Length) []Span {
	out := make([]Span, len(spans))
	for i, sp := range spans {
		sp.Size, sp.Raise = max(1, by(sp.Size)), by(sp.Raise)
		out[i] = sp
	}
	return out
}
