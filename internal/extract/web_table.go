package extract

import "strings"

// tableRows returns the rows of a table as nodes; rows of tables in its cells
// are not among them.
func tableRows(t *webNode) (rows []*webNode) {
	for _, k := range t.kids {
		switch k.tag {
		case "tr":
			rows = append(rows, k)
		case "tbody", "thead", "tfoot":
			rows = append(rows, tableRows(k)...)
		}
	}
	return rows
}

func isCell(n *webNode) bool { return n.tag == "td" || n.tag == "th" }

// isData reports whether a table is one for its reader, not for the layout of
// the page: no table in it, several columns in several rows, and either lines
// around its cells or short cells in nearly all places.
func (p *webPage) isData(t *webNode) bool {
	if t.data == 0 {
		t.data = 'n'
		if !t.nested && p.looksLikeData(t) {
			t.data = 'y'
		}
	}
	return t.data == 'y'
}

func (p *webPage) looksLikeData(t *webNode) bool {
	border, wide, full, cells, longest := t.border, 0, 0, 0, 0
	for _, r := range tableRows(t) {
		texts, kids := 0, 0
		for _, c := range r.kids {
			if !isCell(c) {
				continue
			}
			kids++
			cells++
			border = border || c.border
			n := 0
			for _, g := range p.segs[c.from:c.to] {
				n += g.n
			}
			if n > 0 {
				texts++
				full++
			}
			longest = max(longest, n)
		}
		if kids >= 2 && texts >= 1 {
			wide++
			if texts >= 2 {
				wide += 1000
			}
		}
	}
	rows := wide % 1000
	switch {
	case rows < 2 || wide < 1000 || border && wide < 2000 && rows < 3:
		return false
	case border:
		return longest <= 3000
	}
	return wide >= 2000 && longest <= 80 && full*10 >= cells*6
}

// tableOf returns the table that a segment is a cell of, if it is a data table.
func (p *webPage) tableOf(i int) *webNode {
	t := p.segs[i].node.in("table")
	if t == nil || p.segs[i].node.in("td", "th") == nil || !p.isData(t) {
		return nil
	}
	return t
}

// rowsOf returns the cells of a table.
func (p *webPage) rowsOf(t *webNode, space bool) (rows [][]Cell) {
	for _, r := range tableRows(t) {
		var row []Cell
		for _, c := range r.kids {
			if !isCell(c) {
				continue
			}
			cell := Cell{Cols: c.cols, Rows: c.rows}
			for _, g := range p.segs[c.from:c.to] {
				if g.hidden {
					continue
				}
				if runs := spaced(g.runs, space); len(runs) > 0 {
					if len(cell.Runs) > 0 {
						cell.Runs[len(cell.Runs)-1].Text += "\n"
					}
					cell.Runs = append(cell.Runs, runs...)
				}
			}
			row = append(row, cell)
		}
		if len(row) > 0 {
			rows = append(rows, row)
		}
	}
	return rows
}

func rowsText(rows [][]Cell) string {
	var b strings.Builder
	for _, row := range rows {
		for i, c := range row {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(strings.ReplaceAll(PlainText(c.Runs), "\n", " "))
		}
		b.WriteByte('\n')
	}
	return strings.TrimRight(b.String(), "\n")
}
