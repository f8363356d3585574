package typeset

import "slices"

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
	Bar           bool // changed since the last proof
}

// A Cell is a cell of a table. What it covers has no cells of its own: in a row
// of three columns a cell of two columns stands with one other. Places that no
// cell covers are empty cells.
type Cell struct {
	Text       []*Paragraph
	Cols, Rows int // 0 counts as 1
	Align      Align
}

// A box is a cell with its place.
type box struct {
	text                 []*Paragraph
	align                Align
	row, col, rows, cols int
	strips               []strip
	marks                []string
}

// A grid is a table on its way to the page. Its rows are divided into bands:
// slabs of one line each where a row is tall, else one slab for the row.
type grid struct {
	head      int
	leading   Length
	pad, line Length
	boxes     []box
	begins    []int // by row: the first of boxes that begins there, and one more at the end
	cols      int
	xs        []Length
	lines     []int  // by row: its height
	linked    []bool // by row: it stands with the next
	tall      Length // what is higher than this is divided
	bands     []slab
	first     []int // by row: its first band, and one more at the end
}

// table appends the rows of a table.
func (s *Setter) table(out []slab, t *Table, column, depth Length) []slab {
	g := newGrid(t)
	if len(g.boxes) == 0 {
		return out
	}
	g.tall = depth / 3
	inner := max(1, column-t.Line)
	g.xs = make([]Length, g.cols+1)
	for i, w := range s.fit(g, inner) {
		g.xs[i+1] = g.xs[i] + w
	}
	for i := range g.boxes {
		b := &g.boxes[i]
		s.cell(g, b, g.xs[b.col+b.cols]-g.xs[b.col])
	}
	g.measure()
	g.link()
	g.rule()
	for i := range g.boxes {
		g.place(&g.boxes[i])
	}
	g.heads(depth)
	first := len(out)
	out = append(out, g.bands...)
	if t.Bar {
		for i := range out[first:] {
			sl := &out[first+i]
			sl.more.rules = append(sl.more.rules, Rule{X: -barAway, Width: barWidth, Height: sl.height})
		}
	}
	out[first].before, out[first].mark = t.Before, t.Mark
	out[len(out)-1].after, out[len(out)-1].keep = t.After, false
	out[len(out)-1].more.ends = true
	return out
}

// cell sets the text of a box into its width.
func (s *Setter) cell(g *grid, b *box, width Length) {
	for _, p := range b.text {
		q := *p
		if b.align != Justified {
			q.Align = b.align
		}
		if len(q.Tail) > 0 {
			q.Spans = append(q.Spans[:len(q.Spans):len(q.Spans)], q.Tail...)
		}
		if q.Mark != "" {
			b.marks = append(b.marks, q.Mark)
		}
		gs := s.text(q.Spans)
		for _, l := range s.lines(&q, gs, width-2*g.pad, 0) {
			st := s.compose(&q, gs, l)
			g.leading = max(g.leading, st.em)
			b.strips = append(b.strips, st)
		}
	}
}

// measure finds the heights of the rows, in lines.
func (g *grid) measure() {
	g.lines = make([]int, len(g.begins)-1)
	for i := range g.lines {
		g.lines[i] = 1
	}
	var late [][]int // boxes of several rows, by their last row
	for i := range g.boxes {
		b := &g.boxes[i]
		if b.rows == 1 {
			g.lines[b.row] = max(g.lines[b.row], len(b.strips))
			continue
		}
		if late == nil {
			late = make([][]int, len(g.lines))
		}
		r := b.row + b.rows - 1
		late[r] = append(late[r], i)
	}
	sums := make([]int, len(g.lines)+1) // lines before each row
	for r := range g.lines {
		if late != nil {
			for _, i := range late[r] {
				b := &g.boxes[i]
				g.lines[r] = max(g.lines[r], len(b.strips)-(sums[r]-sums[b.row]))
			}
		}
		sums[r+1] = sums[r] + g.lines[r]
	}
}

func (g *grid) height(row int) Length {
	return plus(Length(min(int64(g.lines[row])*int64(g.leading), int64(endless))), g.pad)
}

// link finds rows that cells of several rows hold together. Where they are too
// high together, the text of such cells flows from row to row instead.
func (g *grid) link() {
	g.linked = make([]bool, len(g.lines))
	end := make([]int, len(g.lines))
	for i := range g.boxes {
		b := &g.boxes[i]
		if b.rows == 1 {
			continue
		}
		end[b.row] = max(end[b.row], b.row+b.rows-1)
	}
	last := 0 // row that cells of the rows before reach
	for r := range end {
		last = max(last, end[r])
		g.linked[r] = r < last
	}
	for r := 0; r < len(g.lines); {
		last, h := r, g.height(r)
		for g.linked[last] {
			last++
			h = plus(h, g.height(last))
		}
		for ; r < last; r++ {
			g.linked[r] = h <= g.tall
		}
		r++
	}
}

// heads gives the rows of the body their head, if that leaves room for them.
func (g *grid) heads(depth Length) {
	if g.head <= 0 || g.head >= len(g.lines) {
		return
	}
	at := g.first[g.head]
	if heightOf(g.bands[:at]) >= depth/2 {
		return
	}
	for i := range g.bands[:at] {
		g.bands[i].keep = true
	}
	head := slices.Clone(g.bands[:at])
	for i := range head {
		m := *head[i].more
		m.marks = nil // names have one place
		head[i].more = &m
	}
	for i := at; i < len(g.bands); i++ {
		g.bands[i].more.head = head
	}
}
