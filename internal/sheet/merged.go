package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"
)

// maxFilled bounds the cells that ReadMerged fills.
const maxFilled = 1_000_000

// ReadMerged is ReadAll with the text of a merged cell in every cell that it
// covers: in tables with heads of two rows and groups of rows nobody can tell
// otherwise what an empty cell means. A CSV file merges nothing.
func ReadMerged(b []byte) ([]Table, error) {
	tables, err := ReadAll(b)
	if err != nil || !bytes.HasPrefix(b, []byte("PK")) {
		return tables, err
	}
	if err := fillMerged(b, tables); err != nil {
		return nil, err
	}
	return tables, nil
}

// fillMerged reads the merged cells of each sheet. The library is not asked: it
// lays every range out cell by cell, and a range can be a whole sheet.
func fillMerged(b []byte, tables []Table) error {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return fmt.Errorf("%w: %v", ErrBroken, err)
	}
	parts := sheetParts(z)
	filled := 0
	for i := range tables {
		var failed error
		elements(z, parts[tables[i].Name], "mergeCell", func(attr func(string) string) {
			from, to, _ := strings.Cut(attr("ref"), ":")
			left, top, err1 := excelize.CellNameToCoordinates(from)
			right, bottom, err2 := excelize.CellNameToCoordinates(to)
			if err1 != nil || err2 != nil || failed != nil {
				return
			}
			n, err := tables[i].fill(left-1, top-1, min(right, MaxColumns), bottom)
			if filled += n; err != nil || filled > maxFilled {
				failed = ErrLarge
			}
		})
		if failed != nil {
			return failed
		}
	}
	return nil
}

// sheetParts returns the part of the archive that each sheet is, by its name.
func sheetParts(z *zip.Reader) map[string]string {
	target := map[string]string{}
	elements(z, "xl/_rels/workbook.xml.rels", "Relationship", func(attr func(string) string) {
		to := attr("Target")
		if !strings.HasPrefix(to, "/") {
			to = "xl/" + to
		}
		target[attr("Id")] = strings.TrimPrefix(path.Clean(to), "/")
	})
	out := map[string]string{}
	elements(z, "xl/workbook.xml", "sheet", func(attr func(string) string) {
		out[attr("name")] = target[attr("id")]
	})
	return out
}

// elements calls f with the attributes of each element of a name in a part. A
// part that is not there, or breaks off, has no more of them.
func elements(z *zip.Reader, part, name string, f func(attr func(string) string)) {
	r, err := z.Open(part)
	if err != nil {
		return
	}
	defer r.Close()
	d := xml.NewDecoder(io.LimitReader(r, maxUnzip))
	for {
		tok, err := d.Token()
		if err != nil {
			return
		}
		if e, ok := tok.(xml.StartElement); ok && e.Name.Local == name {
			f(func(key string) string {
				for _, a := range e.Attr {
					if a.Name.Local == key {
						return a.Value
					}
				}
				return ""
			})
		}
	}
}

// fill writes the text of the first cell of a range into all others, in rows
// that there are.
func (t *Table) fill(left, top, right, bottom int) (n int, err error) {
	if top >= len(t.Rows) || left >= len(t.Rows[top]) {
		return 0, nil
	}
	text := t.Rows[top][left]
	bottom = min(bottom, len(t.Rows))
	if (bottom-top)*(right-left) > maxFilled {
		return 0, ErrLarge
	}
	for y := top; y < bottom; y++ {
		for len(t.Rows[y]) < right {
			t.Rows[y] = append(t.Rows[y], "")
		}
		for x := left; x < right; x++ {
			t.Rows[y][x] = text
			n++
		}
	}
	return n, nil
}
