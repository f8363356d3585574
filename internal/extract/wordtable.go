package extract

import (
	"strconv"
	"strings"
)

const wordColumns = 63 // of a table, as in Word

// A wordTable is a table as it grows.
type wordTable struct {
	rows  [][]Cell
	above map[int][2]int // cells that go on below, by column: row and place in it
	here  map[int][2]int // of the row that is read
	at    int            // column
	inked bool
	flow  []Block // all that stands in its cells
	row   int     // cells with text in the row that is read
	wide  bool    // a row has several of them
	long  bool    // a cell has several paragraphs
}

// table reads w:tbl. A table with no two texts beside each other, of which one
// is several paragraphs, only places text on the page: its paragraphs count.
func (r *wordReader) table(f *wordFlow, n *wordNode) error {
	if f.text.inked { // a paragraph without its end
		r.finish(f, f.style)
	}
	line := r.line + 1
	t := &wordTable{}
	if err := r.tableRows(f, t, n); err != nil {
		return err
	}
	switch {
	case t.long && !t.wide:
		r.flushTOC(f)
		if len(t.flow) > 0 {
			t.flow[0].Break = f.pageBreak
			f.pageBreak = false
		}
		f.blocks, f.after = append(f.blocks, t.flow...), nil
	case t.inked:
		r.flushTOC(f)
		f.blocks = append(f.blocks, Block{Kind: TableBlock, Rows: t.rows, Line: line, Break: f.pageBreak})
		f.pageBreak = false
	}
	f.blocks = append(f.blocks, f.after...)
	f.after = nil
	return nil
}

func (r *wordReader) tableRows(f *wordFlow, t *wordTable, n *wordNode) error {
	for k := n.first; k != nil; k = k.next {
		var err error
		switch k.name {
		case "w:tr":
			err = r.tableRow(f, t, k)
		case "w:sdt":
			if content := k.child("w:sdtContent"); content != nil {
				err = r.tableRows(f, t, content)
			}
		case "w:customXml", "w:ins", "w:moveTo":
			err = r.tableRows(f, t, k)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *wordReader) tableRow(f *wordFlow, t *wordTable, n *wordNode) error {
	props := n.child("w:trPr")
	for _, name := range []string{"w:ins", "w:del"} {
		if k := props.child(name); k != nil {
			r.change(n)
			if name == "w:del" {
				return nil
			}
		}
	}
	t.here, t.at, t.row = map[int][2]int{}, 0, 0
	t.rows = append(t.rows, nil)
	if skip := columnCount(props.val("w:gridBefore")); skip > 0 {
		t.put(Cell{Cols: skip})
		t.at += skip
	}
	outer := f.hidden
	f.hidden = f.hidden || toggled(props.child("w:hidden")) == turnedOn
	err := r.tableCells(f, t, n)
	f.hidden = outer
	t.above = t.here
	return err
}

func (r *wordReader) tableCells(f *wordFlow, t *wordTable, n *wordNode) error {
	for k := n.first; k != nil; k = k.next {
		var err error
		switch k.name {
		case "w:tc":
			err = r.tableCell(f, t, k)
		case "w:sdt":
			if content := k.child("w:sdtContent"); content != nil {
				err = r.tableCells(f, t, content)
			}
		case "w:customXml":
			err = r.tableCells(f, t, k)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *wordReader) tableCell(f *wordFlow, t *wordTable, n *wordNode) error {
	props := n.child("w:tcPr")
	cols := max(columnCount(props.val("w:gridSpan")), 1)
	for _, name := range []string{"w:cellIns", "w:cellDel", "w:cellMerge"} {
		if props.child(name) != nil {
			r.change(n)
			if name == "w:cellDel" {
				return nil
			}
		}
	}
	inner := f.inside()
	owner := t.covered(props)
	inner.hidden = inner.hidden || owner != nil
	if err := r.blocks(inner, n); err != nil {
		return err
	}
	runs, pictures := r.flatten(inner)
	f.after = append(f.after, pictures...)
	t.flow = append(t.flow, inner.blocks...)
	if len(runs) > 0 {
		t.row++
		t.wide = t.wide || t.row > 1
		t.long = t.long || len(inner.blocks)-len(pictures) > 1
	}
	switch {
	case owner == nil:
		c := Cell{Runs: runs}
		if cols > 1 {
			c.Cols = cols
		}
		if props.val("w:vMerge") == "restart" {
			t.here[t.at] = [2]int{len(t.rows) - 1, len(t.rows[len(t.rows)-1])}
		}
		t.put(c)
	case props.child("w:vMerge") == nil || props.val("w:vMerge") == "restart": // w:hMerge
		owner.Cols = max(owner.Cols, 1) + 1
	default:
		owner.Rows = max(owner.Rows, 1) + 1
		t.here[t.at] = t.above[t.at]
	}
	if owner != nil && len(runs) > 0 { // hidden text is to stay
		t.inked = true
		owner.Runs = append(append(owner.Runs, Run{Text: "\n"}), runs...)
	}
	t.at += cols
	return nil
}

// covered is the cell that a cell is merged into, or nil.
func (t *wordTable) covered(props *wordNode) *Cell {
	if h := props.child("w:hMerge"); h != nil && h.attr("w:val") != "restart" {
		if row := t.rows[len(t.rows)-1]; len(row) > 0 {
			return &row[len(row)-1]
		}
	}
	if v := props.child("w:vMerge"); v != nil && v.attr("w:val") != "restart" {
		if at, ok := t.above[t.at]; ok {
			return &t.rows[at[0]][at[1]]
		}
	}
	return nil
}

func (t *wordTable) put(c Cell) {
	for _, run := range c.Runs {
		t.inked = t.inked || run.Note > 0 || strings.TrimSpace(run.Text) != ""
	}
	last := len(t.rows) - 1
	t.rows[last] = append(t.rows[last], c)
}

func columnCount(s string) int {
	n, _ := strconv.Atoi(s)
	return min(max(n, 0), wordColumns)
}
