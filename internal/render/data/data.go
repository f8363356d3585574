// Package data writes a table of the site as files that offices open: CSV,
// Word and a workbook. It knows nothing of what the table holds.
package data

import (
	"unicode/utf8"

	"gongbao/internal/diag"
	"gongbao/internal/docx"
	"gongbao/internal/render"
	"gongbao/internal/sheet"
)

// A Table is rows of text, the head first. All rows have the length of the
// head.
type Table struct {
	Title string
	Intro string
	Rows  [][]string
}

// Units are the files of a table: name.csv, name.docx and
// name.xlsx. There are none for a
// table without rows.
func Units(name string, t Table, version string) []render.Unit {
	if len(t.Rows) == 0 {
		return nil
	}
	unit := func(ending string, write func(Table) ([]byte, error)) render.Unit {
		return render.Unit{
			Path: name + ending, Wave: 2,
			Key: func() render.Key { return render.Hash(t, []byte(version), []byte(ending)) },
			Render: func(render.Loader) (render.Output, []diag.Finding) {
				b, err := write(t)
				if err != nil {
					return render.Output{}, []diag.Finding{diag.New("file-unreadable", diag.Pos{File: name + ending}, err.Error())}
				}
				return render.Output{Bytes: b}, nil
			},
		}
	}
	return []render.Unit{unit(".csv", writeCSV), unit(".docx", writeWord), unit(".xlsx", writeWorkbook)}
}

func writeCSV(t Table) ([]byte, error) { return sheet.CSV(t.Rows) }

// writeWorkbook gives columns of text the width that they need.
func writeWorkbook(t Table) ([]byte, error) {
	var w []float64
	for _, n := range widths(t.Rows) {
		w = append(w, float64(n+2))
	}
	return sheet.XLSX(sheet.Table{Name: t.Title, Rows: t.Rows, Widths: append(w, 40)})
}

// writeWord sets the table on A4 on its side. The last column, an address, is
// left out: paper has no use for it.
func writeWord(t Table) ([]byte, error) {
	table := &docx.Table{Header: 1, Widths: widths(t.Rows)}
	for _, row := range t.Rows {
		var cells []docx.Cell
		for _, text := range row[:len(row)-1] {
			cells = append(cells, docx.TextCell(text))
		}
		table.Rows = append(table.Rows, cells)
	}
	return docx.Write(docx.Document{Title: t.Title, Landscape: true, Blocks: []docx.Block{{Runs: docx.Text(t.Intro)}, {Table: table}}})
}

// widths are shares of the columns: what the longest cell takes, within bounds
// that keep a column of dates readable and one of titles from taking all.
func widths(rows [][]string) []int {
	out := make([]int, len(rows[0])-1)
	for _, row := range rows {
		for i := range out {
			n, run, longest := 0, 0, 0
			for _, r := range row[i] {
				if r < utf8.RuneSelf {
					n, run = n+1, run+1
				} else {
					n, run = n+2, 0
				}
				longest = max(longest, run)
			}
			// A day or a register number stays on one line.
			out[i] = max(out[i], min(n+4, 32), longest+9, 6)
		}
	}
	return out
}
