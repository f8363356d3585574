package markup

import (
	"bytes"

	east "github.com/yuin/goldmark/extension/ast"
)

// The signs of merged cells, alone in a cell: it goes on from the cell at its
// left, or from the one above. Escaped they are text.
const (
	fromLeft  = "<<"
	fromAbove = "^^"
)

// table reads a table. The signs of merged cells count where the cells together
// are a rectangle; where they are not, a finding says so and they stay text.
func (c *converter) table(n *east.Table, line int) *Block {
	b := &Block{Kind: Table, Line: line}
	var signs [][]sign
	merged := false
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []Cell
		var rowSigns []sign
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			tc, ok := cell.(*east.TableCell)
			if !ok {
				continue
			}
			a := ""
			if tc.Alignment != east.AlignNone {
				a = tc.Alignment.String()
			}
			var sg sign
			if lines := tc.Lines(); lines.Len() == 1 {
				at := lines.At(0)
				if s := string(bytes.TrimSpace(at.Value(c.src))); s == fromLeft || s == fromAbove {
					sg, merged = sign{s, at.Start}, true
				}
			}
			rowSigns = append(rowSigns, sg)
			cells = append(cells, Cell{Inlines: c.finish(c.inlines(tc), line, true), Align: a})
		}
		b.Rows, signs = append(b.Rows, cells), append(signs, rowSigns)
	}
	if merged {
		if at := merge(b.Rows, signs); at >= 0 {
			c.report("table-merge", c.places.place(at, at+len(fromLeft)))
		}
	}
	return b
}

// A sign is the sign of a merged cell and where it stands in the source; text is
// "" for other cells.
type sign struct {
	text string
	at   int
}

// merge merges the cells of a table by their signs. Where one of them is in no
// rectangle it merges none, and returns where the first such sign stands, else -1.
func merge(rows [][]Cell, signs [][]sign) int {
	wrong := -1
	fail := func(at int) {
		if wrong < 0 || at < wrong {
			wrong = at
		}
	}
	for r := range rows {
		for k := range rows[r] {
			x := &rows[r][k]
			switch sg := signs[r][k]; {
			case sg.text == "":
				continue
			case sg.text == fromLeft && k > 0:
				x.Up, x.Left = rows[r][k-1].Up, rows[r][k-1].Left+1
			case sg.text == fromAbove && r > 0 && k < len(rows[r-1]):
				x.Up, x.Left = rows[r-1][k].Up+1, rows[r-1][k].Left
			default:
				fail(sg.at)
				continue
			}
			owner := &rows[r-x.Up][k-x.Left]
			owner.Cols, owner.Rows = max(owner.Cols, x.Left+1), max(owner.Rows, x.Up+1)
		}
	}
	covered := map[[2]int]int{} // by owner
	for r := range rows {
		for k := range rows[r] {
			if x := &rows[r][k]; x.Covered() {
				covered[[2]int{r - x.Up, k - x.Left}]++
			}
		}
	}
	for r := range rows {
		for k := range rows[r] {
			x := &rows[r][k]
			if o := rows[r-x.Up][k-x.Left]; x.Covered() && covered[[2]int{r - x.Up, k - x.Left}] != o.Cols*o.Rows-1 {
				fail(signs[r][k].at)
			}
		}
	}
	for r := range rows {
		for k := range rows[r] {
			x := &rows[r][k]
			switch {
			case wrong >= 0:
				x.Cols, x.Rows, x.Up, x.Left = 0, 0, 0, 0
			case x.Covered():
				x.Inlines = nil
			}
		}
	}
	return wrong
}
