package typeset

// columns are the narrowest and the widest widths of the columns of a table.
type columns struct {
	least, most   []int64
	least0, most0 int64
	scale, pad    int64
}

func (g *grid) columns(needs []need, f fitting) columns {
	c := columns{least: make([]int64, g.cols), most: make([]int64, g.cols), scale: f.scale, pad: 2 * int64(g.pad) * f.scale / 100}
	for pass := range 2 { // cells of several columns after the others
		for i := range g.boxes {
			b, n := &g.boxes[i], &needs[i]
			if (b.cols > 1) != (pass == 1) || n.whole == 0 {
				continue
			}
			em := int64(n.em)
			lo := max(min(int64(n.word), em*f.word), min(int64(n.whole), em*f.ems))
			widen(c.least[b.col:b.col+b.cols], (lo*f.scale+99)/100+c.pad)
			widen(c.most[b.col:b.col+b.cols], (int64(n.whole)*f.scale+99)/100+c.pad)
		}
	}
	for i := range g.cols {
		c.least[i] = max(c.least[i], c.pad+1)
		c.most[i] = max(c.most[i], c.least[i])
		c.least0, c.most0 = c.least0+c.least[i], c.most0+c.most[i]
	}
	return c
}

// widen widens columns until they are as wide as w together.
func widen(have []int64, w int64) {
	for _, h := range have {
		w -= h
	}
	n := int64(len(have))
	for i := range have {
		if w > 0 {
			have[i] += (w + n - 1) / n
		}
	}
}

// share gives each column its narrowest width and a part of what is left, so
// that the table becomes short.
func (c *columns) share(column int64, st stock) []Length {
	out := make([]Length, len(c.least))
	if len(out) == 0 {
		return out
	}
	var used int64
	give := func(i int, w int64) {
		used += w
		out[i] += Length(w)
	}
	switch {
	case c.least0 >= column: // too wide even so
		for i := range out {
			give(i, column*c.least[i]/c.least0)
		}
	case c.most0 <= column:
		for i := range out {
			give(i, c.most[i]+(column-c.most0)*c.most[i]/c.most0)
		}
	default:
		for i := range out {
			give(i, c.least[i])
		}
		c.modest(column, out, give)
		c.shorten(column, &used, out, st)
	}
	out[len(out)-1] += Length(column - used)
	return out
}

// modest gives what they need to columns that are content with their part of
// what there is: what is long in others is divided anyhow.
func (c *columns) modest(column int64, out []Length, give func(int, int64)) {
	left, many := column, int64(len(out))
	done := make([]bool, len(out))
	least := c.least0
	for again := true; again && many > 0; {
		again = false
		for i := range out {
			rest := least - c.least[i] // of the others that are left
			if done[i] || c.most[i] > left/many || left-c.most[i] < rest {
				continue
			}
			give(i, c.most[i]-int64(out[i]))
			done[i], again = true, true
			left, least, many = left-c.most[i], rest, many-1
			if many == 0 {
				return
			}
		}
	}
}

// A stock is what stands in the rows of a table, or in some of them: by row and
// column, the width of its text on one line.
type stock [][]int64

// stock looks at no more than some hundreds of rows.
func (g *grid) stock(needs []need, scale int64) stock {
	const rows = 300
	var st stock
	every := 1 + (len(g.begins)-1)/rows
	for r := 0; r < len(g.begins)-1; r += every {
		row := make([]int64, g.cols)
		for i := g.begins[r]; i < g.begins[r+1]; i++ {
			if b := &g.boxes[i]; b.cols == 1 {
				row[b.col] = int64(needs[i].sum) * scale / 100 / int64(b.rows)
			}
		}
		st = append(st, row)
	}
	return st
}

// shorten hands out what is left in small pieces, each to the column that
// makes the table shortest by it.
func (c *columns) shorten(column int64, used *int64, out []Length, st stock) {
	const pieces = 40
	step := max(1, (column-*used+pieces-1)/pieces)
	for *used < column {
		best, most, second := -1, int64(-1), int64(-1)
		gain, own := c.gains(step, out, st)
		for i := range out {
			if int64(out[i]) < c.most[i] && (gain[i] > most || gain[i] == most && own[i] > second) {
				best, most, second = i, gain[i], own[i]
			}
		}
		if best < 0 {
			return
		}
		w := min(step, column-*used, c.most[best]-int64(out[best]))
		out[best] += Length(w)
		*used += w
	}
}

// gains returns by how much each column would make the rows shorter with a step
// more, in thousandths of a line, and by how much its own cells.
func (c *columns) gains(step int64, out []Length, st stock) (gain, own []int64) {
	gain, own = make([]int64, len(out)), make([]int64, len(out))
	for _, row := range st {
		top, next, at := int64(1000), int64(1000), -1
		for i, n := range row {
			lines := linesOf(n, int64(out[i])-c.pad)
			own[i] += lines - linesOf(n, int64(out[i])+step-c.pad)
			switch {
			case lines > top:
				top, next, at = lines, top, i
			case lines > next:
				next = lines
			}
		}
		if at >= 0 {
			gain[at] += top - max(next, linesOf(row[at], int64(out[at])+step-c.pad))
		}
	}
	return gain, own
}

// linesOf guesses the lines of a text, in thousandths: half way between whole
// lines, which are what counts, and parts of them, by which a step is felt.
func linesOf(text, width int64) int64 {
	width = max(1, width)
	if text <= width {
		return 1000
	}
	return ((text+width-1)/width*1000 + text*1000/width) / 2
}
