package extract_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"gongbao/internal/docx"
	"gongbao/internal/extract"
)

// TestTablesOfWordFilesComeBack reads what docx writes.
func TestTablesOfWordFilesComeBack(t *testing.T) {
	row := func(ss ...string) (cells []docx.Cell) {
		for _, s := range ss {
			cells = append(cells, docx.TextCell(s))
		}
		return cells
	}
	b, err := docx.Write(docx.Document{Blocks: []docx.Block{
		{Runs: docx.Text("附件1　废止的文件目录")},
		{Table: &docx.Table{Header: 1, Rows: [][]docx.Cell{row("序号", "文件名称"), row("1", "示范市甲办法")}}},
		{Runs: docx.Text("附件2　继续有效的文件目录")},
		{Table: &docx.Table{Rows: [][]docx.Cell{{{Span: 2, Paragraphs: docx.TextCell("合并").Paragraphs}}, row("1", "乙")}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	got, err := extract.Tables("附件.docx", b)
	if err != nil {
		t.Fatal(err)
	}
	want := "[{附件1　废止的文件目录 [[序号 文件名称] [1 示范市甲办法]]} {附件2　继续有效的文件目录 [[合并 ] [1 乙]]}]"
	if fmt.Sprint(got) != want {
		t.Errorf("Tables = %v\nwant %s", got, want)
	}
}

// TestMergedCellsRepeatTheirText reads cells merged downwards.
func TestMergedCellsRepeatTheirText(t *testing.T) {
	const cell = `<w:tc><w:tcPr>%s</w:tcPr><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:tc>`
	body := "<w:tbl><w:tr>" + fmt.Sprintf(cell, `<w:vMerge w:val="restart"/>`, "废止") + fmt.Sprintf(cell, "", "甲") + "</w:tr><w:tr>" +
		fmt.Sprintf(cell, `<w:vMerge/>`, "") + fmt.Sprintf(cell, "", "乙") + "</w:tr></w:tbl>"
	got, err := extract.Tables("a.docx", archive(t, body))
	if err != nil || fmt.Sprint(got[0].Rows) != "[[废止 甲] [废止 乙]]" {
		t.Errorf("rows %v, %v", got, err)
	}
}

func archive(t testing.TB, body string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(w, `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>`, body)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestHostileFilesAreErrors feeds what is no office file, and one that unpacks
// to far more than it is.
func TestHostileFilesAreErrors(t *testing.T) {
	for name, b := range map[string][]byte{
		"empty.docx": {},
		"text.docx":  []byte("不是文档"),
		"open.docx":  archive(t, "<w:tbl><w:tr>"),
		"bomb.docx":  archive(t, strings.Repeat(" ", 80<<20)),
		"cells.docx": archive(t, "<w:tbl><w:tr>"+strings.Repeat("<w:tc></w:tc>", 300_000)+"</w:tr></w:tbl>"),
		"spans.docx": archive(t, "<w:tbl><w:tr>"+strings.Repeat(`<w:tc><w:tcPr><w:gridSpan w:val="-9"/></w:tcPr></w:tc>`, 300_000)+"</w:tr></w:tbl>"),
		"binary.csv": {0xff, 0xff, 0x80, 0x81},
	} {
		if tables, err := extract.Tables(name, b); err == nil {
			t.Errorf("%s: %d tables and no error", name, len(tables))
		}
	}
	if _, err := extract.Tables("a.pdf", nil); !errors.Is(err, extract.ErrFormat) {
		t.Errorf("a.pdf: %v, want ErrFormat", err)
	}
}

func FuzzTables(f *testing.F) {
	f.Add("a.csv", []byte("序号,名称\n1,\"甲\n乙\"\n"))
	f.Add("a.docx", archive(f, "<w:p><w:r><w:t>x</w:t></w:r></w:p><w:tbl><w:tr><w:tc/></w:tr></w:tbl>"))
	f.Fuzz(func(t *testing.T, name string, b []byte) {
		tables, err := extract.Tables(name, b)
		if err != nil && tables != nil {
			t.Error("both tables and an error")
		}
	})
}
