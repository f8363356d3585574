package sheet

import "github.com/xuri/excelize/v2"

// manyRows is from when on a table is written row by row, in a fraction of the
// time and memory. Such a sheet keeps its head in sight, and has neither filter nor
// choices nor a page to be printed on.
const manyRows = 5000

func streamTable(f *excelize.File, name string, t Table, s styles) error {
	w, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	for i, width := range t.Widths {
		if err := w.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	var cells []any
	for i, row := range t.Rows {
		style := s.cell
		if i == 0 {
			style = s.head
		}
		cells = cells[:0]
		for _, text := range row {
			if text == "" {
				cells = append(cells, nil)
				continue
			}
			cells = append(cells, excelize.Cell{StyleID: style, Value: clean(text)})
		}
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err == nil {
			err = w.SetRow(at, cells)
		}
		if err != nil {
			return err
		}
	}
	return w.Flush()
}
