package press

import (
	"gongbao/internal/markup"
	"gongbao/internal/typeset"
)

var aligns = map[string]typeset.Align{"left": typeset.Start, "center": typeset.Center, "right": typeset.End}

// table sets a table: its head repeats on every page.
func (f *flow) table(b *markup.Block) {
	l := &f.style.Looks[CellPart]
	t := &typeset.Table{
		Leading: l.Leading, Pad: l.Size / 2, Line: 500,
		Before: l.Leading / 2, After: l.Leading * 3 / 4,
	}
	head := b.HeadRows()
	t.Head = head
	for r, row := range b.Rows {
		cells := make([]typeset.Cell, 0, len(row))
		for _, cell := range row {
			if cell.Covered() {
				continue
			}
			cells = append(cells, typeset.Cell{Cols: cell.Cols, Rows: cell.Rows})
			out := &cells[len(cells)-1]
			out.Align = aligns[cell.Align]
			switch {
			case r < head:
				out.Align = typeset.Center
			case cell.Align == "" && short(cell.Inlines):
				out.Align = typeset.Center
			}
			for _, spans := range f.spans(cell.Inlines, CellPart) {
				p := l.paragraph(spans)
				if r < head {
					for i := range p.Spans {
						p.Spans[i].Font = typeset.Font(f.style.Looks[Level1Part].Font)
						f.check(f.style.Looks[Level1Part].Font, p.Spans[i].Text)
					}
				}
				f.changed(p)
				t.Bar = t.Bar || p.Bar
				out.Text = append(out.Text, p)
			}
		}
		t.Rows = append(t.Rows, cells)
	}
	if len(t.Rows) > 0 {
		f.blocks = append(f.blocks, t)
	}
}

// short reports a cell of a few characters: figures and single words stand in
// the middle.
func short(in []markup.Inline) bool {
	n := 0
	for i := range in {
		if in[i].Kind == markup.HardBreak || in[i].Inside != nil {
			return false
		}
		n += len(in[i].Text)
	}
	return n <= 18
}
