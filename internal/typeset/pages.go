package typeset

import "slices"

// noteRule is the line above footnotes, and the white around it.
const (
	noteRule  = 500
	noteWhite = 9000
)

// A frame is a column that is being filled.
type frame struct {
	slabs []slab
	heads int // of slabs: the repeated head of a table
	notes []slab
}

// Set breaks blocks into pages. Nothing is lost: what does not fit into a
// column even alone stands over its edge. Blocks are not changed; runs share
// the text of their spans.
func (s *Setter) Set(blocks []Block, g Geometry) []Page {
	column := g.Column()
	rest := s.slabs(blocks, column, g.Depth)
	s.feet(rest, column)
	var pages []Page
	number := max(1, g.First)
	col := 0
	var page *Page
	var carry []slab // of notes
	open := func() {
		pages = append(pages, Page{Width: g.Width, Height: g.Height})
		page = &pages[len(pages)-1]
	}
	for len(rest) > 0 || len(carry) > 0 {
		if len(rest) > 0 && rest[0].end && len(carry) == 0 {
			kind := rest[0].breaks
			rest = rest[1:]
			if col > 0 && kind != NewColumn {
				col, page, number = 0, nil, number+1
			}
			if kind == NewRecto && number%2 == 0 && len(rest) > 0 {
				open()
				page, number = nil, number+1
			}
			continue
		}
		var f frame
		f, rest, carry = fill(rest, carry, g.Depth)
		if page == nil {
			open()
		}
		page.put(f, g.Left(number)+Length(col)*(column+g.Gutter), g.Top, g.Depth, column)
		if col++; col >= max(1, g.Columns) {
			col, page, number = 0, nil, number+1
		}
	}
	return pages
}

// fill takes as many slabs as a column holds.
func fill(rest, carry []slab, depth Length) (frame, []slab, []slab) {
	var f frame
	var y, after, notes Length
	f.notes, carry, notes = carried(carry, depth)
	late, lead := carry, len(f.notes)
	head := repeated(rest, depth-notes)
	y = heightOf(head)
	n, cut := 0, -1 // cut: the slab the notes of which go on in the next column
	for n < len(rest) && !rest[n].end {
		sl := &rest[n]
		var before Length
		if n > 0 {
			before = sl.before + after
		}
		own := sl.feet()
		room := depth - y - before - sl.ink - notes
		if len(own) > 0 && notes == 0 {
			room -= noteWhite
		}
		alone := n == 0 && lead == 0
		if more := heightOf(own); more > room || len(carry) > 0 && more > 0 {
			now := whole(own, room)
			if !alone && (now == 0 || len(carry) > 0) {
				break
			}
			if now < len(own) {
				own, carry, cut = own[:now], own[now:], n
			}
		}
		if len(own) > 0 && notes == 0 {
			notes = noteWhite
		}
		notes += heightOf(own)
		y += before + sl.height
		after = sl.after
		f.notes = append(f.notes, own...)
		n++
		if sl.foot {
			break
		}
	}
	if k := together(rest, n, lead > 0); k < n {
		n = k
		if cut < 0 || cut >= n {
			f.notes, carry = f.notes[:lead+feetOf(rest[:n])], late
		}
	}
	switch {
	case n == 0:
	case head == nil:
		f.slabs = rest[:n]
	default:
		f.slabs, f.heads = slices.Concat(head, rest[:n]), len(head)
	}
	return f, rest[n:], carry
}

// repeated returns the head of a table that is repeated at the top of a column,
// where the row fits under it.
func repeated(rest []slab, room Length) []slab {
	if len(rest) == 0 || rest[0].more == nil {
		return nil
	}
	head := rest[0].more.head
	if heightOf(head)+rest[0].ink > room {
		return nil
	}
	return head
}

// together returns how many of n slabs stand in a column, so that the last of
// them does not want to stand with the next. What is longer than a column is
// divided where it is least bad.
func together(rest []slab, n int, begun bool) int {
	if n == 0 || n == len(rest) || rest[n].end || rest[n-1].foot {
		return n
	}
	k := n
	for k > 0 && rest[k-1].keep {
		k--
	}
	if k > 0 || begun {
		return k
	}
	k = n
	for k > 0 && rest[k-1].tight {
		k--
	}
	if k > 0 {
		return k
	}
	return n
}

// carried takes what fits of notes that did not fit before.
func carried(carry []slab, depth Length) (now, later []slab, height Length) {
	if len(carry) == 0 {
		return nil, nil, 0
	}
	n := max(1, whole(carry, depth/4*3-noteWhite))
	return carry[:n:n], carry[n:], noteWhite + heightOf(carry[:n])
}

// whole returns how many lines of notes fit into a room, so that they may end
// there.
func whole(notes []slab, room Length) int {
	n := 0
	for n < len(notes) && notes[n].height <= room {
		room -= notes[n].height
		n++
	}
	if n == len(notes) {
		return n
	}
	for n > 0 && notes[n-1].keep {
		n--
	}
	return n
}

func heightOf(slabs []slab) Length {
	var h Length
	for i := range slabs {
		h = plus(h, slabs[i].height)
	}
	return h
}

func feetOf(slabs []slab) int {
	n := 0
	for i := range slabs {
		n += len(slabs[i].feet())
	}
	return n
}

// feet sets the footnotes of all slabs, each at its first mark; notes of notes
// stand behind them.
func (s *Setter) feet(slabs []slab, column Length) {
	seen := map[*Note]bool{}
	for i := range slabs {
		m := slabs[i].more
		if m == nil || len(m.notes) == 0 {
			continue
		}
		wait := slices.Clone(m.notes)
		for len(wait) > 0 {
			n := wait[0]
			wait = wait[1:]
			if n == nil || seen[n] {
				continue
			}
			seen[n] = true
			for _, p := range n.Blocks {
				first := len(m.feet)
				m.feet = s.paragraph(m.feet, p, column)
				for j := first; j < len(m.feet); j++ {
					if f := m.feet[j].more; f != nil {
						wait = append(wait, f.notes...)
					}
				}
			}
		}
	}
}

// put prints a column on a page.
func (p *Page) put(f frame, x, top, depth, column Length) {
	foot := top + depth
	if len(f.notes) > 0 {
		foot -= heightOf(f.notes) + noteWhite
	}
	p.room(f)
	y := top
	for i := range f.slabs {
		sl := &f.slabs[i]
		if i > 0 {
			y += sl.before + f.slabs[i-1].after
		}
		if sl.foot {
			y = max(y, foot-sl.height)
		}
		p.slab(sl, x, y)
		if sl.more != nil && sl.more.box > 0 {
			p.close(sl.more, x, y, sl.height, i == 0 || i == f.heads, i+1 == len(f.slabs))
		}
		y += sl.height
	}
	if len(f.notes) == 0 {
		return
	}
	y = foot + noteWhite
	p.Rules = append(p.Rules, Rule{X: x, Y: y - noteWhite/2, Width: column / 3, Height: noteRule})
	for i := range f.notes {
		p.slab(&f.notes[i], x, y)
		y += f.notes[i].height
	}
}

// close draws the edges of a table where a column begins and ends in it.
func (p *Page) close(m *parts, x, y, height Length, first, last bool) {
	if first && m.open {
		p.Rules = append(p.Rules, Rule{X: x, Y: y, Width: m.box, Height: m.line})
	}
	if last || m.ends {
		p.Rules = append(p.Rules, Rule{X: x, Y: y + height, Width: m.box, Height: m.line})
	}
}

// room makes room for the runs of a column.
func (p *Page) room(f frame) {
	n := 0
	for i := range f.slabs {
		n += len(f.slabs[i].runs)
	}
	for i := range f.notes {
		n += len(f.notes[i].runs)
	}
	p.Runs = slices.Grow(p.Runs, n)
}

func (p *Page) slab(sl *slab, x, y Length) {
	for _, r := range sl.runs {
		r.X, r.Y = r.X+x, r.Y+y
		p.Runs = append(p.Runs, r)
	}
	if sl.mark != "" {
		p.Marks = append(p.Marks, Mark{sl.mark, y})
	}
	if sl.more == nil {
		return
	}
	for _, r := range sl.more.rules {
		r.X, r.Y = r.X+x, r.Y+y
		p.Rules = append(p.Rules, r)
	}
	for _, c := range sl.more.pictures {
		c.X, c.Y = c.X+x, c.Y+y
		p.Pictures = append(p.Pictures, c)
	}
	for _, l := range sl.more.links {
		l.X, l.Y = l.X+x, l.Y+y
		p.Links = append(p.Links, l)
	}
	for _, m := range sl.more.marks {
		m.Y += y
		p.Marks = append(p.Marks, m)
	}
}
