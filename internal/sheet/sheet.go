// Package sheet reads and writes tables of text: xlsx workbooks and CSV files.
// It is the home of the spreadsheet library. Bytes in, bytes out: it knows no
// disk and no clock, and the same rows give the same bytes.
//
//	b, err := sheet.XLSX(sheet.Table{Name: "清理", Rows: rows})
//	rows, err := sheet.Read(b)
//
// What comes back from people may be anything: a broken or hostile file is an
// error, never a panic, and costs bounded memory.
package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"gongbao/internal/zh"
)

// The bounds of what Read takes in: of the file, of what it unpacks to, and of
// the table.
const (
	MaxSize    = 20 << 20
	maxUnzip   = 100 << 20
	maxParts   = 2000
	MaxRows    = 50_000
	MaxColumns = 100
)

// The reasons for which Read refuses a file.
var (
	ErrLarge  = errors.New("the file is too large, or unpacks to too much")
	ErrBroken = errors.New("the file is no xlsx workbook and no CSV table")
)

// A Table is one sheet of a workbook. The first row is its head.
type Table struct {
	Name   string
	Rows   [][]string
	Widths []float64 // of the columns, in characters; absent: left to the program

	// Choices are the words that the cells of a column may hold, by its index:
	// the program offers them, and refuses others.
	Choices map[int][]string
}

// XLSX writes a workbook. All cells are text: a number such as 0001 stays as
// it is, and no cell is a formula.
func XLSX(tables ...Table) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	// A fixed time: same input, same bytes.
	const epoch = "2000-01-01T00:00:00Z"
	if err := f.SetDocProps(&excelize.DocProperties{Created: epoch, Modified: epoch, Creator: "gongbao", LastModifiedBy: "gongbao"}); err != nil {
		return nil, err
	}
	styles, err := newStyles(f)
	if err != nil {
		return nil, err
	}
	for i, t := range tables {
		name := sheetName(t.Name, i)
		if i == 0 {
			err = f.SetSheetName("Sheet1", name)
		} else {
			_, err = f.NewSheet(name)
		}
		if err == nil {
			err = writeTable(f, name, t, styles)
		}
		if err != nil {
			return nil, fmt.Errorf("sheet %s: %w", name, err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// styles are the looks of cells. Text format (@) keeps the program from turning
// 2026-11-24 or 0001 into something else when the cell is edited.
type styles struct{ head, cell int }

const textFormat = 49 // "@"

func newStyles(f *excelize.File) (s styles, err error) {
	wrap := &excelize.Alignment{WrapText: true, Vertical: "top"}
	if s.head, err = f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: wrap, NumFmt: textFormat}); err != nil {
		return s, err
	}
	s.cell, err = f.NewStyle(&excelize.Style{Alignment: wrap, NumFmt: textFormat})
	return s, err
}

func writeTable(f *excelize.File, name string, t Table, s styles) error {
	if len(t.Rows) > manyRows && t.Choices == nil {
		return streamTable(f, name, t, s)
	}
	columns := 0
	for i, row := range t.Rows {
		style := s.cell
		if i == 0 {
			style = s.head
		}
		columns = max(columns, len(row))
		for j, text := range row {
			at, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err == nil {
				err = errors.Join(f.SetCellStr(name, at, clean(text)), f.SetCellStyle(name, at, at, style))
			}
			if err != nil {
				return err
			}
		}
	}
	for i, width := range t.Widths {
		col, err := excelize.ColumnNumberToName(i + 1)
		if err == nil {
			err = f.SetColWidth(name, col, col, width)
		}
		if err != nil {
			return err
		}
	}
	if columns == 0 {
		return nil
	}
	return errors.Join(ease(f, name, t, columns), choices(f, name, t), printed(f, name))
}

// printed puts a sheet on A4 on its side, as wide as the page. It comes last:
// a filter sets the sheet's properties anew.
func printed(f *excelize.File, name string) error {
	fit, wide, high, side, a4 := true, 1, 0, "landscape", 9
	return errors.Join(
		f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}),
		f.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &side, FitToWidth: &wide, FitToHeight: &high}),
	)
}

// ease keeps the head in sight and lets people filter.
func ease(f *excelize.File, name string, t Table, columns int) error {
	last, err := excelize.CoordinatesToCellName(columns, len(t.Rows))
	if err != nil {
		return err
	}
	return errors.Join(
		f.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}),
		f.AutoFilter(name, "A1:"+last, nil),
	)
}

// choices gives the cells of a column the words that may stand in them.
func choices(f *excelize.File, name string, t Table) error {
	for _, c := range slices.Sorted(maps.Keys(t.Choices)) {
		col, err := excelize.ColumnNumberToName(c + 1)
		if err != nil || len(t.Rows) < 2 {
			return err
		}
		v := excelize.NewDataValidation(true)
		v.SetSqref(fmt.Sprintf("%s2:%s%d", col, col, len(t.Rows)))
		if err := errors.Join(v.SetDropList(t.Choices[c]), f.AddDataValidation(name, v)); err != nil {
			return err
		}
	}
	return nil
}

// clean drops what XML cannot hold.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s)
}

// sheetName keeps to what programs allow: 31 characters, none of []:*?/\.
func sheetName(name string, i int) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) || r < ' ' {
			return -1
		}
		return r
	}, name)
	if rs := []rune(name); len(rs) > 31 {
		name = string(rs[:31])
	}
	if name == "" {
		return fmt.Sprintf("Sheet%d", i+1)
	}
	return name
}

// CSV writes a table with a byte order mark, without which the usual program
// takes Chinese for something else.
func CSV(rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("\uFEFF")
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	if err := w.WriteAll(rows); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Read returns the rows of the first sheet of a workbook, or of a CSV file in
// any encoding that zh knows. Days come as the program keeps them: text as
// written, a date cell as its serial number.
func Read(b []byte) ([][]string, error) {
	tables, err := read(b)
	if err != nil {
		return nil, err
	}
	if len(tables) == 0 || len(tables[0].Rows) == 0 && tables[0].Name != "" {
		return nil, ErrBroken // the library passes over XML that it cannot read
	}
	return tables[0].Rows, nil
}

// ReadAll returns every sheet of a workbook that holds anything, or the one
// table of a CSV file, as Read does. There is at least one.
func ReadAll(b []byte) ([]Table, error) {
	tables, err := read(b)
	if err != nil {
		return nil, err
	}
	tables = slices.DeleteFunc(tables, func(t Table) bool { return len(t.Rows) == 0 })
	if len(tables) == 0 {
		return nil, ErrBroken
	}
	return tables, nil
}

// read returns every sheet, empty ones too.
func read(b []byte) ([]Table, error) {
	if len(b) > MaxSize {
		return nil, ErrLarge
	}
	if bytes.HasPrefix(b, []byte("PK")) {
		return readXLSX(b)
	}
	rows, err := readCSV(b)
	if err != nil {
		return nil, err
	}
	return []Table{{Rows: rows}}, nil
}

func readCSV(b []byte) ([][]string, error) {
	text, _, bad := zh.Decode(b)
	if bad >= 0 || bytes.IndexByte(text, 0) >= 0 {
		return nil, ErrBroken
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	if first, _, _ := bytes.Cut(text, []byte("\n")); bytes.Count(first, []byte("\t")) > bytes.Count(first, []byte(",")) {
		r.Comma = '\t'
	}
	var rows [][]string
	for {
		row, err := r.Read()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %v", ErrBroken, err)
		}
		if len(rows) == MaxRows {
			return nil, ErrLarge
		}
		rows = append(rows, row[:min(len(row), MaxColumns)])
	}
}

// readXLSX turns a panic of the library on a broken file into an error.
func readXLSX(b []byte) (tables []Table, err error) {
	defer func() {
		if recover() != nil {
			tables, err = nil, ErrBroken
		}
	}()
	if err := bounded(b); err != nil {
		return nil, err
	}
	// Equal limits keep the library from unpacking to the disk.
	f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnzip, UnzipXMLSizeLimit: maxUnzip})
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrBroken, err)
	}
	defer f.Close()
	total := 0
	for _, name := range f.GetSheetList() {
		rows, err := readSheet(f, name)
		if err != nil {
			return nil, err
		}
		if total += len(rows); total > MaxRows {
			return nil, ErrLarge
		}
		tables = append(tables, Table{Name: name, Rows: rows})
	}
	return tables, nil
}

func readSheet(f *excelize.File, name string) (rows [][]string, err error) {
	it, err := f.Rows(name)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrBroken, err)
	}
	defer it.Close()
	for it.Next() {
		if len(rows) == MaxRows {
			return nil, ErrLarge
		}
		row, err := it.Columns()
		if err != nil {
			return nil, fmt.Errorf("%w: %v", ErrBroken, err)
		}
		rows = append(rows, append([]string(nil), row[:min(len(row), MaxColumns)]...))
	}
	if err := it.Error(); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrBroken, err)
	}
	for len(rows) > 0 && len(rows[len(rows)-1]) == 0 {
		rows = rows[:len(rows)-1]
	}
	return rows, nil
}

// bounded looks at the parts of a workbook before anything unpacks them: at
// what they say, and at what they are, since a bomb lies.
func bounded(b []byte) error {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return fmt.Errorf("%w: %v", ErrBroken, err)
	}
	if len(z.File) > maxParts {
		return ErrLarge
	}
	total := int64(0)
	for _, p := range z.File {
		if p.UncompressedSize64 > maxUnzip {
			return ErrLarge
		}
		r, err := p.Open()
		if err != nil {
			return fmt.Errorf("%w: %v", ErrBroken, err)
		}
		n, err := io.Copy(io.Discard, io.LimitReader(r, maxUnzip-total+1))
		r.Close()
		if err != nil {
			return fmt.Errorf("%w: %v", ErrBroken, err)
		}
		if total += n; total > maxUnzip {
			return ErrLarge
		}
	}
	return nil
}
