package typeset

// A slab is a part of the flow that is not divided: a line, a row of a table, a
// picture. Its parts are measured from the upper left corner, x from the left
// of the column.
type slab struct {
	before, after Length // white around it, dropped at the ends of a column
	height        Length
	ink           Length // of height: what must fit into the column
	keep          bool   // stands in the column in which the next one begins
	foot          bool
	end           bool // a Break
	breaks        Break
	mark          string
	runs          []Run
	rules         []Rule
	pictures      []PlacedPicture
	links         []Link
	notes         []*Note
	head          []slab // repeated above it where it begins a column
}

// rise is how far the baseline lies under the top of the em.
const rise = 880 // thousandths, as in most Chinese fonts

func (s *Setter) slabs(blocks []Block, column, depth Length) []slab {
	var out []slab
	for _, b := range blocks {
		switch b := b.(type) {
		case *Paragraph:
			out = s.paragraph(out, b, column)
		case *Picture:
			out = append(out, b.slab(column, depth))
		case *Drawing:
			out = append(out, slab{
				before: b.Before, after: b.After, height: b.Height, ink: b.Height, keep: b.Keep, foot: b.Foot, mark: b.Mark,
				runs: b.Runs, rules: b.Rules, pictures: b.Pictures, links: b.Links,
			})
		case *Table:
			out = s.table(out, b, column, depth)
		case Break:
			out = append(out, slab{end: true, breaks: b})
		}
	}
	return out
}

// paragraph appends the lines of a paragraph. A column neither ends after its
// first line nor begins with its last.
func (s *Setter) paragraph(out []slab, p *Paragraph, column Length) []slab {
	tail := s.Width(p.Tail)
	gs := s.text(p.Spans)
	ls := s.lines(p, gs, column, tail)
	first := len(out)
	for _, l := range ls {
		if l.from == l.to {
			continue
		}
		out = append(out, p.slab(s.compose(p, gs, l)))
	}
	n := len(out) - first
	if n == 0 {
		if p.Mark != "" || p.Leading > 0 && len(gs) == 0 {
			out = append(out, slab{before: p.Before, after: p.After, height: p.Leading, ink: 0, keep: p.Keep, mark: p.Mark})
		}
		return out
	}
	lines := out[first:]
	lines[0].before, lines[0].mark = p.Before, p.Mark
	lines[n-1].after, lines[n-1].keep = p.After, p.Keep
	for i := range lines[:n-1] {
		lines[i].keep = p.Whole || i == 0 || i == n-2
	}
	if len(p.Tail) > 0 {
		s.tail(p, &lines[n-1], column)
	}
	return out
}

// slab makes a slab of a composed line.
func (p *Paragraph) slab(st strip) slab {
	base := st.em * rise / 1000
	for i := range st.runs {
		st.runs[i].Y += base
	}
	for i := range st.links {
		st.links[i].Y += base
	}
	return slab{height: max(p.Leading, st.em), ink: st.em, runs: st.runs, links: st.links, notes: st.notes}
}

// tail sets what stands at the end of a last line, with leaders before it. Dots
// of all lines stand under each other.
func (s *Setter) tail(p *Paragraph, sl *slab, column Length) {
	if len(sl.runs) == 0 {
		return
	}
	sp := p.Tail[0]
	base := sl.runs[0].Y
	right := column - p.Right
	at := right - s.Width(p.Tail)
	left := Length(0)
	for i := range sl.runs {
		left = max(left, sl.runs[i].X+s.runWidth(&sl.runs[i]))
	}
	dot := Length(int64(s.Measure(sp.Font, '·')) * int64(sp.Size) / 1000)
	step := max(dot, sp.Size/2)
	var dots []rune
	begin := at - sp.Size/2
	for begin-step > left+sp.Size/2 {
		begin -= step
		dots = append(dots, '·')
	}
	if dots != nil {
		sl.runs = append(sl.runs, Run{X: begin, Y: base, Font: sp.Font, Size: sp.Size, Ink: sp.Ink, Track: step - dot, Text: string(dots)})
	}
	tail := s.Line(p.Tail, at, base)
	sl.runs = append(sl.runs, tail...)
	if sp.Link != "" {
		sl.links = append(sl.links, Link{X: at, Y: 0, Width: right - at, Height: sl.height, To: sp.Link})
	}
}

func (s *Setter) runWidth(r *Run) Length {
	var w Length
	for _, c := range r.Text {
		if r.Half {
			w += r.Size/2 + r.Track
			continue
		}
		w += Length(int64(s.Measure(r.Font, c))*int64(r.Size)/1000) + r.Track
	}
	return w
}

// slab scales a picture to the column, in proportion.
func (p *Picture) slab(column, depth Length) slab {
	w, h := max(1, p.Width), max(1, p.Height)
	if w > column {
		w, h = column, max(1, Length(int64(h)*int64(column)/int64(w)))
	}
	if h > depth {
		w, h = max(1, Length(int64(w)*int64(depth)/int64(h))), depth
	}
	return slab{
		before: p.Before, after: p.After, height: h, ink: h, keep: p.Keep, mark: p.Mark,
		pictures: []PlacedPicture{{X: (column - w) / 2, Width: w, Height: h, Name: p.Name}},
	}
}
