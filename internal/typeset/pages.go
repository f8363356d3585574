package typeset

// noteRule is the line above footnotes, and the white around it.
const (
	noteRule  = 500
	noteWhite = 6000
)

// A frame is a column that is being filled.
type frame struct {
	slabs []slab
	notes []slab
	full  bool // a Break ended it
	kind  Break
}

// Set breaks blocks into pages. Nothing is lost: what does not fit into a
// column even alone stands over its edge.
func (s *Setter) Set(blocks []Block, g Geometry) []Page {
	column := g.Column()
	rest := s.slabs(blocks, column, g.Depth)
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
		f, rest, carry = s.fill(rest, carry, g.Depth, column)
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
func (s *Setter) fill(rest, carry []slab, depth, column Length) (frame, []slab, []slab) {
	var f frame
	var y, after, notes Length
	f.notes, carry, notes = carried(carry, depth)
	if len(rest) > 0 && len(rest[0].head) > 0 {
		f.slabs = append(f.slabs, rest[0].head...)
		y = headHeight(rest[0].head)
	}
	n := 0
	var marks []int // how many notes stand after each slab
	for n < len(rest) && !rest[n].end && len(carry) == 0 {
		sl := &rest[n]
		var before Length
		if n > 0 {
			before = sl.before + after
		}
		own := s.notes(sl.notes, column)
		more := heightOf(own)
		if more > 0 && notes == 0 {
			more += noteWhite
		}
		if y+before+sl.ink+notes+more > depth {
			if n == 0 && notes == 0 { // too tall even alone, or its notes are
				f.notes, carry = splitNotes(own, depth-y-sl.ink-noteWhite)
				n = 1
			}
			break
		}
		y += before + sl.height
		after = sl.after
		notes += more
		f.notes = append(f.notes, own...)
		marks = append(marks, len(f.notes))
		n++
	}
	if n < len(rest) && !rest[n].end && len(carry) == 0 {
		k := n
		for k > 0 && rest[k-1].keep {
			k--
		}
		if k > 0 && k < n {
			n = k
			f.notes = f.notes[:marks[n-1]]
		}
	}
	f.slabs = append(f.slabs, rest[:n]...)
	return f, rest[n:], carry
}

// carried takes what fits of notes that did not fit before.
func carried(carry []slab, depth Length) (now, later []slab, height Length) {
	if len(carry) == 0 {
		return nil, nil, 0
	}
	height = noteWhite
	n := 0
	for n < len(carry) && (n == 0 || height+carry[n].height <= depth*3/4) {
		height += carry[n].height
		n++
	}
	return carry[:n:n], carry[n:], height
}

func splitNotes(own []slab, room Length) (now, later []slab) {
	n := 0
	for n < len(own) && own[n].height <= room {
		room -= own[n].height
		n++
	}
	return own[:n:n], own[n:]
}

func heightOf(slabs []slab) Length {
	var h Length
	for i := range slabs {
		h += slabs[i].height
	}
	return h
}

// notes sets the footnotes of a line.
func (s *Setter) notes(ns []*Note, column Length) []slab {
	var out []slab
	for _, n := range ns {
		for _, p := range n.Blocks {
			out = s.paragraph(out, p, column)
		}
	}
	return out
}

// put prints a column on a page.
func (p *Page) put(f frame, x, top, depth, column Length) {
	y := top
	for i := range f.slabs {
		sl := &f.slabs[i]
		if i > 0 {
			y += sl.before + f.slabs[i-1].after
		}
		if sl.foot {
			y = max(y, top+depth-sl.height)
		}
		p.slab(sl, x, y)
		y += sl.height
	}
	if len(f.notes) == 0 {
		return
	}
	y = top + depth - heightOf(f.notes)
	p.Rules = append(p.Rules, Rule{X: x, Y: y - noteWhite/2, Width: column / 3, Height: noteRule})
	for i := range f.notes {
		p.slab(&f.notes[i], x, y)
		y += f.notes[i].height
	}
}

func (p *Page) slab(sl *slab, x, y Length) {
	for _, r := range sl.runs {
		r.X, r.Y = r.X+x, r.Y+y
		p.Runs = append(p.Runs, r)
	}
	for _, r := range sl.rules {
		r.X, r.Y = r.X+x, r.Y+y
		p.Rules = append(p.Rules, r)
	}
	for _, c := range sl.pictures {
		c.X, c.Y = c.X+x, c.Y+y
		p.Pictures = append(p.Pictures, c)
	}
	for _, l := range sl.links {
		l.X, l.Y = l.X+x, l.Y+y
		p.Links = append(p.Links, l)
	}
	if sl.mark != "" {
		p.Marks = append(p.Marks, Mark{sl.mark, y})
	}
}
