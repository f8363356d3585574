package typeset

// A Table is set as wide as its column, and goes on over pages row by row; its
// head is repeated.
type Table struct {
	Head          int // rows of the head
	Rows          [][]Cell
	Leading       Length
	Pad           Length // white between text and line, left and right; half of it above and below
	Line          Length // thickness of the lines
	Before, After Length
	Mark          string
}

// A Cell is a cell of a table. What it covers has no cells of its own: in a row
// of three columns a cell of two columns stands with one other.
type Cell struct {
	Text       []*Paragraph
	Cols, Rows int // 0 counts as 1
	Align      Align
}

// A box is a cell with its place.
type box struct {
	*Cell
	row, col, rows, cols int
	strips               []strip
}

// table appends the rows of a table.
func (s *Setter) table(out []slab, t *Table, column, depth Length) []slab {
	boxes, cols := t.boxes()
	if len(boxes) == 0 {
		return out
	}
	widths := s.fit(t, boxes, cols, column)
	xs := make([]Length, cols+1)
	for i, w := range widths {
		xs[i+1] = xs[i] + w
	}
	for i := range boxes {
		b := &boxes[i]
		s.cell(t, b, xs[b.col+b.cols]-xs[b.col])
	}
	heights := t.heights(boxes)
	first := len(out)
	var head []slab
	for r := range t.Rows {
		rows := t.row(boxes, xs, heights, r, depth)
		if r < t.Head {
			for i := range rows {
				rows[i].keep = true
			}
			head = append(head, rows...)
		} else if headHeight(head) < depth/2 {
			for i := range rows {
				rows[i].head = head
			}
		}
		out = append(out, rows...)
	}
	if len(out) > first {
		out[first].before, out[first].mark = t.Before, t.Mark
		out[len(out)-1].after = t.After
	}
	return out
}

func headHeight(head []slab) Length {
	var h Length
	for i := range head {
		h += head[i].height
	}
	return h
}

// boxes places the cells on the grid of rows and columns.
func (t *Table) boxes() (boxes []box, cols int) {
	var until []int // by column: the first row that is free
	for r, row := range t.Rows {
		c := 0
		for i := range row {
			for c < len(until) && until[c] > r {
				c++
			}
			b := box{Cell: &row[i], row: r, col: c, rows: min(max(1, row[i].Rows), len(t.Rows)-r), cols: max(1, row[i].Cols)}
			for k := range b.cols {
				if c+k == len(until) {
					until = append(until, 0)
				}
				until[c+k] = r + b.rows
			}
			c += b.cols
			boxes = append(boxes, b)
		}
	}
	return boxes, len(until)
}

// fit finds the widths of the columns from what stands in them; a table that is
// too wide even at its narrowest is set smaller, down to six tenths.
func (s *Setter) fit(t *Table, boxes []box, cols int, column Length) []Length {
	for scale := 10; ; scale-- {
		least, most := make([]Length, cols), make([]Length, cols)
		for pass := range 2 { // cells of several columns after the others
			for i := range boxes {
				if (boxes[i].cols > 1) == (pass == 1) {
					s.need(t, &boxes[i], least, most)
				}
			}
		}
		var least0, most0 Length
		for c := range cols {
			least0, most0 = least0+least[c], most0+most[c]
		}
		if least0 <= column || scale == 6 {
			return share(least, most, least0, most0, column)
		}
		for i := range boxes {
			for _, p := range boxes[i].Text {
				p.shrink(scale)
			}
		}
		t.Leading = t.Leading * Length(scale-1) / Length(scale)
	}
}

func (p *Paragraph) shrink(scale int) {
	for i := range p.Spans {
		p.Spans[i].Size = p.Spans[i].Size * Length(scale-1) / Length(scale)
	}
}

// need widens the columns of a box to its narrowest and its widest form.
func (s *Setter) need(t *Table, b *box, least, most []Length) {
	var lo, hi Length
	for _, p := range b.Text {
		gs := s.text(p.Spans)
		var all, word Length
		for i := range gs {
			all += gs[i].width
			word += gs[i].width
			if gs[i].last || i+1 == len(gs) {
				lo = max(lo, word)
				word = 0
			}
		}
		hi = max(hi, all)
		if len(gs) > 0 {
			lo = max(lo, min(all, 4*largest(gs)))
		}
	}
	spread := func(w Length, have []Length) {
		w += 2 * t.Pad
		var sum Length
		for c := b.col; c < b.col+b.cols; c++ {
			sum += have[c]
		}
		for c := b.col; c < b.col+b.cols && w > sum; c++ {
			have[c] += (w - sum) / Length(b.cols)
		}
	}
	spread(lo, least)
	spread(hi, most)
}

// share gives each column its narrowest width and a part of what is left.
func share(least, most []Length, least0, most0, column Length) []Length {
	out := make([]Length, len(least))
	var used Length
	for c := range out {
		switch {
		case least0 >= column: // too wide even so
			out[c] = Length(int64(column) * int64(least[c]) / int64(max(1, least0)))
		case most0 <= column:
			out[c] = most[c] + Length(int64(column-most0)*int64(most[c])/int64(max(1, most0)))
		default:
			out[c] = least[c] + Length(int64(column-least0)*int64(most[c]-least[c])/int64(max(1, most0-least0)))
		}
		used += out[c]
	}
	if len(out) > 0 {
		out[len(out)-1] += column - used
	}
	return out
}

// cell sets the text of a box into its width.
func (s *Setter) cell(t *Table, b *box, width Length) {
	for _, p := range b.Text {
		q := *p
		if b.Align != Justified {
			q.Align = b.Align
		}
		gs := s.text(q.Spans)
		for _, l := range s.lines(&q, gs, width-2*t.Pad, 0) {
			if l.to > l.from {
				b.strips = append(b.strips, s.compose(&q, gs, l))
			}
		}
	}
}

// height is the height of a box that stands alone.
func (t *Table) height(b *box) Length {
	return Length(max(1, len(b.strips)))*t.Leading + t.Pad
}

func (t *Table) heights(boxes []box) []Length {
	hs := make([]Length, len(t.Rows))
	for i := range boxes {
		if b := &boxes[i]; b.rows == 1 {
			hs[b.row] = max(hs[b.row], t.height(b))
		}
	}
	for i := range boxes {
		b := &boxes[i]
		var sum Length
		for r := b.row; r < b.row+b.rows; r++ {
			hs[r] = max(hs[r], t.Leading+t.Pad)
			sum += hs[r]
		}
		if h := t.height(b); h > sum {
			hs[b.row+b.rows-1] += h - sum
		}
	}
	return hs
}

// row makes the slabs of a row: one, or one for each line where the row would
// fill a third of a column.
func (t *Table) row(boxes []box, xs, heights []Length, r int, depth Length) []slab {
	h := heights[r]
	sl := slab{height: h, ink: h + t.Line}
	tall := h > depth/3
	most := 1
	for i := range boxes {
		b := &boxes[i]
		if r < b.row || r >= b.row+b.rows {
			continue
		}
		x, right := xs[b.col], xs[b.col+b.cols]
		if r == b.row {
			sl.rules = append(sl.rules, Rule{X: x, Width: right - x + t.Line, Height: t.Line})
			if b.rows > 1 || !tall {
				t.place(&sl, b, x, heights)
			}
			if b.rows == 1 {
				most = max(most, len(b.strips))
			}
		}
		var below Length
		for k := b.row; k <= r; k++ {
			below += heights[k]
		}
		if r == b.row+b.rows-1 {
			sl.rules = append(sl.rules, Rule{X: x, Y: h, Width: right - x + t.Line, Height: t.Line})
		} else if t.height(b) > below || !tall && r+1 < b.row+b.rows && r == b.row {
			sl.keep = true
		}
		sl.rules = append(sl.rules, Rule{X: x, Width: t.Line, Height: h}, Rule{X: right, Width: t.Line, Height: h + t.Line})
	}
	if !tall || most == 1 {
		return []slab{sl}
	}
	return t.bands(sl, boxes, xs, r, most)
}

// place sets the strips of a box, in the middle of its height.
func (t *Table) place(sl *slab, b *box, x Length, heights []Length) {
	var h Length
	for r := b.row; r < b.row+b.rows; r++ {
		h += heights[r]
	}
	y := (h - Length(len(b.strips))*t.Leading) / 2
	for i := range b.strips {
		t.strip(sl, &b.strips[i], x+t.Pad, y)
		y += t.Leading
	}
}

// strip sets a composed line into a slab, in the middle of its leading.
func (t *Table) strip(sl *slab, st *strip, x, y Length) {
	y += (t.Leading-st.em)/2 + st.em*rise/1000
	for _, r := range st.runs {
		r.X, r.Y = r.X+x, r.Y+y
		sl.runs = append(sl.runs, r)
	}
	for _, l := range st.links {
		l.X, l.Y = l.X+x, l.Y+y
		sl.links = append(sl.links, l)
	}
	sl.notes = append(sl.notes, st.notes...)
}

// bands divides a tall row line by line.
func (t *Table) bands(whole slab, boxes []box, xs []Length, r, n int) []slab {
	out := make([]slab, n)
	for k := range out {
		sl := &out[k]
		sl.height = t.Leading
		top := Length(0)
		if k == 0 {
			top = t.Pad / 2
			sl.height += top
			sl.runs, sl.notes, sl.links = whole.runs, whole.notes, whole.links // of cells over several rows
		}
		if k == n-1 {
			sl.height += whole.height - Length(n)*t.Leading - t.Pad/2
		}
		sl.ink = sl.height + t.Line
		for _, u := range whole.rules {
			switch {
			case u.Width == t.Line:
				sl.rules = append(sl.rules, Rule{X: u.X, Width: u.Width, Height: sl.height})
			case u.Y == 0 && k == 0:
				sl.rules = append(sl.rules, u)
			case u.Y > 0 && k == n-1:
				u.Y = sl.height
				sl.rules = append(sl.rules, u)
			}
		}
		for i := range boxes {
			if b := &boxes[i]; b.row == r && b.rows == 1 && k < len(b.strips) {
				t.strip(sl, &b.strips[k], xs[b.col]+t.Pad, top)
			}
		}
		sl.keep = k == 0 || k == n-2
	}
	out[n-1].keep = whole.keep
	return out
}
