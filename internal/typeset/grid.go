package typeset

// wide bounds the columns that one cell may cover.
const wide = 256

// newGrid places the cells of a table on its rows and columns. What reaches
// over another cell, over the end of the head or over that of the table is cut.
func newGrid(t *Table) *grid {
	g := &grid{
		head: min(max(0, t.Head), len(t.Rows)), leading: max(1, t.Leading), pad: max(0, t.Pad), line: max(0, t.Line),
		begins: make([]int, 0, len(t.Rows)+1),
	}
	var until []int // by column: the first row that is free
	for r, row := range t.Rows {
		g.begins = append(g.begins, len(g.boxes))
		c := 0
		for i := range row {
			cell := &row[i]
			for c < len(until) && until[c] > r {
				c++
			}
			b := box{text: cell.Text, align: cell.Align, row: r, col: c, rows: g.rows(r, cell.Rows)}
			for b.cols < min(max(1, cell.Cols), wide) && (c+b.cols == len(until) || until[c+b.cols] <= r) {
				if c+b.cols == len(until) {
					until = append(until, 0)
				}
				until[c+b.cols] = r + min(max(1, cell.Rows), len(t.Rows)-r)
				b.cols++
			}
			c += b.cols
			g.boxes = append(g.boxes, b)
		}
	}
	g.begins = append(g.begins, len(g.boxes))
	g.cols = len(until)
	g.narrow()
	g.holes()
	return g
}

// rows returns how many rows a cell covers: those of the head end with it.
func (g *grid) rows(row, want int) int {
	last := cap(g.begins) - 1
	if row < g.head {
		last = g.head
	}
	return min(max(1, want), last-row)
}

// narrow drops the columns in which nothing begins.
func (g *grid) narrow() {
	begin := make([]int, g.cols+1) // columns in which something begins, before each
	for i := range g.boxes {
		begin[g.boxes[i].col+1] = 1
	}
	for c := range g.cols {
		begin[c+1] += begin[c]
	}
	for i := range g.boxes {
		b := &g.boxes[i]
		b.col, b.cols = begin[b.col], begin[b.col+b.cols]-begin[b.col]
	}
	g.cols = begin[g.cols]
}

// holes puts empty boxes where no cell is; where many are missing, one.
func (g *grid) holes() {
	const many = 16
	out := make([]box, 0, len(g.boxes))
	until := make([]int, g.cols)
	for r := range len(g.begins) - 1 {
		row := g.boxes[g.begins[r]:g.begins[r+1]]
		g.begins[r] = len(out)
		for c := 0; c < g.cols; {
			switch {
			case len(row) > 0 && row[0].col == c:
				for k := range row[0].cols {
					until[c+k] = r + row[0].rows
				}
				c += row[0].cols
				out, row = append(out, row[0]), row[1:]
			case until[c] > r:
				c++
			default:
				end := c + 1
				for end < g.cols && until[end] <= r && (len(row) == 0 || row[0].col > end) {
					end++
				}
				if end-c < many {
					end = c + 1
				}
				out = append(out, box{row: r, col: c, rows: 1, cols: end - c})
				c = end
			}
		}
	}
	g.begins[len(g.begins)-1] = len(out)
	g.boxes = out
}

// rule makes the bands of all rows with their lines. A line under a row is the
// one above the next; page draws those at the ends of a column.
func (g *grid) rule() {
	g.first = make([]int, 0, len(g.lines)+1)
	over := make([]int, g.cols) // by column: where the box over it begins
	width := g.xs[g.cols] + g.line
	for r := range g.lines {
		g.first = append(g.first, len(g.bands))
		var above []Rule
		for i := g.begins[r]; i < g.begins[r+1]; i++ {
			b := &g.boxes[i]
			for k := range b.cols {
				over[b.col+k] = b.col
			}
			x, end := g.xs[b.col], g.xs[b.col+b.cols]+g.line
			if n := len(above); n > 0 && above[n-1].X+above[n-1].Width >= x {
				above[n-1].Width = end - above[n-1].X
				continue
			}
			above = append(above, Rule{X: x, Width: end - x, Height: g.line})
		}
		n := 1
		if g.height(r) > g.tall {
			n = g.lines[r]
		}
		for k := range n {
			sl := slab{height: g.leading, keep: k == 0 && n > 1 || k == n-2, more: &parts{box: width, line: g.line}}
			if k == 0 {
				sl.height += g.pad / 2
				sl.more.rules = above
			}
			sl.more.open = k > 0 || len(above) != 1 || above[0].Width != width
			if k == n-1 {
				sl.height += g.pad - g.pad/2
				sl.keep = g.linked[r]
			}
			if n == 1 {
				sl.height = g.height(r)
			}
			sl.ink = sl.height + g.line
			for c := range g.cols {
				if over[c] == c {
					sl.more.rules = append(sl.more.rules, Rule{X: g.xs[c], Width: g.line, Height: sl.height + g.line})
				}
			}
			sl.more.rules = append(sl.more.rules, Rule{X: g.xs[g.cols], Width: g.line, Height: sl.height + g.line})
			g.bands = append(g.bands, sl)
		}
	}
	g.first = append(g.first, len(g.bands))
}

// place sets the lines of a box into the bands of its rows: in the middle of
// rows that stand together, else from the top, so that no line lies across the
// end of a band.
func (g *grid) place(b *box) {
	at, end := g.first[b.row], g.first[b.row+b.rows]
	for _, m := range b.marks {
		g.bands[at].more.marks = append(g.bands[at].more.marks, Mark{Name: m})
	}
	x := g.xs[b.col] + g.pad
	if end-at == 1 || g.linked[b.row] {
		y := (heightOf(g.bands[at:end]) - Length(len(b.strips))*g.leading) / 2
		for i := range b.strips {
			for at+1 < end && y+g.leading/2 >= g.bands[at].height {
				y -= g.bands[at].height
				at++
			}
			g.strip(&g.bands[at], &b.strips[i], x, y)
			y += g.leading
		}
		return
	}
	r, y := b.row, g.pad/2
	room := g.roomOf(r) // lines that the band still takes
	for i := range b.strips {
		for room == 0 && at+1 < end {
			at++
			y = 0
			if at == g.first[r+1] {
				r++
				y = g.pad / 2
			}
			room = g.roomOf(r)
		}
		g.strip(&g.bands[at], &b.strips[i], x, y)
		y += g.leading
		room--
	}
}

// roomOf is the number of lines in a band of a row.
func (g *grid) roomOf(r int) int {
	if g.first[r+1]-g.first[r] > 1 {
		return 1
	}
	return g.lines[r]
}

// strip sets a composed line into a band, in the middle of its leading.
func (g *grid) strip(sl *slab, st *strip, x, y Length) {
	y += (g.leading-st.em)/2 + st.em*rise/1000
	for _, r := range st.runs {
		r.X, r.Y = r.X+x, r.Y+y
		sl.runs = append(sl.runs, r)
	}
	for _, l := range st.links {
		l.X, l.Y = l.X+x, l.Y+y
		sl.more.links = append(sl.more.links, l)
	}
	sl.more.notes = append(sl.more.notes, st.notes...)
}
