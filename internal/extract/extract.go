// Package extract takes the content out of office files: for now the tables of
// Word files, workbooks and CSV, in which cleanup decisions list documents (清理目录). It has
// no knowledge of facts: what a table means is for its callers to say.
//
// Files come from people: sizes are bounded before anything is unpacked, and
// what cannot be read is an error, never a panic.
package extract

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"gongbao/internal/sheet"
)

// Bounds of what is read: a list of documents is never larger.
const (
	maxUnpacked = 64 << 20 // bytes of one part of an archive
	maxCells    = 200_000
)

// A Table is rows of text. Above is the running text right before it.
type Table struct {
	Above string
	Rows  [][]string
}

// ErrFormat says that a file has no format that Tables reads.
var ErrFormat = errors.New("no format with tables")

// Tables returns the tables of a file, told by the ending of its name: .docx,
// .xlsx and .csv. Other endings give ErrFormat.
func Tables(name string, b []byte) ([]Table, error) {
	switch strings.ToLower(path.Ext(name)) {
	case ".docx":
		return wordTables(b)
	case ".csv", ".xlsx":
		return sheets(b)
	}
	return nil, ErrFormat
}

// sheets are the sheets of a workbook, or the one table of a CSV file, with
// their names above them.
func sheets(b []byte) ([]Table, error) {
	tables, err := sheet.ReadAll(b)
	if err != nil {
		return nil, err
	}
	out := make([]Table, len(tables))
	for i, t := range tables {
		out[i] = Table{Above: t.Name, Rows: t.Rows}
	}
	return out, nil
}

// wordTables reads word/document.xml. Tables in tables count as text of their
// cell.
func wordTables(b []byte) ([]Table, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, err
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	w := &word{}
	d := xml.NewDecoder(io.LimitReader(f, maxUnpacked))
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return w.tables, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			w.start(t.Name.Local, t.Attr)
		case xml.EndElement:
			w.end(t.Name.Local)
		case xml.CharData:
			if w.inText {
				w.text.Write(t)
			}
		}
		if w.cells > maxCells {
			return nil, fmt.Errorf("more than %d cells", maxCells)
		}
	}
}

// word walks the elements of a Word document.
type word struct {
	tables []Table
	depth  int // tables that are open
	row    []string
	span   int  // columns of the open cell
	below  bool // the open cell goes on one from above
	text   strings.Builder
	above  string
	inText bool
	cells  int
}

func (w *word) start(name string, attrs []xml.Attr) {
	switch name {
	case "tbl":
		if w.depth++; w.depth == 1 {
			w.tables = append(w.tables, Table{Above: w.above})
			w.text.Reset()
		}
	case "tr":
		if w.depth == 1 {
			w.row = nil
		}
	case "tc":
		if w.depth == 1 {
			w.span, w.below = 1, false
			w.text.Reset()
		}
	case "gridSpan":
		for _, a := range attrs {
			if a.Name.Local == "val" {
				fmt.Sscan(a.Value, &w.span)
			}
		}
	case "vMerge":
		w.below = true
		for _, a := range attrs {
			if a.Name.Local == "val" && a.Value == "restart" {
				w.below = false
			}
		}
	case "t", "delText":
		w.inText = name == "t"
	case "tab", "br":
		w.text.WriteByte(' ')
	}
}

func (w *word) end(name string) {
	switch name {
	case "t":
		w.inText = false
	case "p":
		if w.depth == 0 {
			if s := strings.TrimSpace(w.text.String()); s != "" {
				w.above = s
			}
			w.text.Reset()
		}
	case "tc":
		if w.depth != 1 {
			return
		}
		text := strings.TrimSpace(w.text.String())
		if rows := w.tables[len(w.tables)-1].Rows; w.below && text == "" && len(rows) > 0 && len(w.row) < len(rows[len(rows)-1]) {
			text = rows[len(rows)-1][len(w.row)] // merged with the cell above
		}
		w.row = append(w.row, text)
		span := min(max(w.span, 1), 64)
		for range span - 1 {
			w.row = append(w.row, "")
		}
		w.cells += span
		w.text.Reset()
	case "tr":
		if w.depth == 1 {
			t := &w.tables[len(w.tables)-1]
			t.Rows = append(t.Rows, w.row)
		}
	case "tbl":
		if w.depth > 0 {
			w.depth--
		}
	}
}
