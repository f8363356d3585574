package synopsis

import (
	"strings"

	"gongbao/internal/compare"
	"gongbao/internal/docx"
)

// The colours of deletions and insertions, beside their strokes.
const (
	deleted  = "8C1D12"
	inserted = "0B3D7A"
)

// Docx returns the comparison as a Word file, with every row in full.
func Docx(in Input) ([]byte, error) {
	t := in.Texts
	title := in.Table.Title
	table := &docx.Table{Header: 1, Widths: []int{5, 5, 1}, Rows: [][]docx.Cell{{
		side(compare.Side{Num: t.T("diff.old"), Pieces: title.Old.Pieces}, docx.Run{Strike: true, Color: deleted}, in.Old.details()),
		side(compare.Side{Num: t.T("diff.new"), Pieces: title.New.Pieces}, docx.Run{Underline: true, Color: inserted}, in.New.details()),
		docx.TextCell(t.T("diff.kind")),
	}}}
	for _, r := range in.Table.Rows {
		table.Rows = append(table.Rows, []docx.Cell{
			side(r.Old, docx.Run{Strike: true, Color: deleted}, ""),
			side(r.New, docx.Run{Underline: true, Color: inserted}, ""),
			docx.TextCell(t.T("diff.kind." + string(r.Kind))),
		})
	}
	return docx.Write(docx.Document{Title: t.T("diff.title"), Landscape: true, Blocks: []docx.Block{
		{Runs: docx.Text(in.summary()), Flush: true}, {Runs: docx.Text(t.T("diff.note")), Flush: true}, {Table: table},
	}})
}

// side is a cell: the number, then the pieces, those that changed in a dress
// of their own, a line a paragraph.
func side(s compare.Side, dress docx.Run, below string) docx.Cell {
	if len(s.Pieces) == 0 {
		return docx.TextCell("")
	}
	var c docx.Cell
	var runs []docx.Run
	if s.Num != "" {
		runs = append(runs, docx.Run{Text: s.Num, Bold: true}, docx.Run{Text: "　"})
	}
	for _, p := range s.Pieces {
		for i, line := range strings.Split(p.Text, "\n") {
			if i > 0 {
				c.Paragraphs = append(c.Paragraphs, runs)
				runs = nil
			}
			r := docx.Run{}
			if p.Changed {
				r = dress
			}
			if r.Text = line; line != "" {
				runs = append(runs, r)
			}
		}
	}
	c.Paragraphs = append(c.Paragraphs, runs)
	if below != "" {
		c.Paragraphs = append(c.Paragraphs, docx.Text(below))
	}
	return c
}
