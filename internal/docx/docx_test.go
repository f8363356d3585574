package docx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gongbao/internal/docx"
)

var update = flag.Bool("update", false, "rewrite testdata")

// sample uses everything that a document can hold.
func sample() docx.Document {
	return docx.Document{
		Title: "示范市人民政府现行有效规范性文件目录", Landscape: true,
		Blocks: []docx.Block{
			{Level: 1, Runs: docx.Text("一、规章")},
			{Level: 2, Runs: docx.Text("（一）政府规章")},
			{Runs: []docx.Run{{Text: "原文"}, {Text: "删去 的", Strike: true, Color: "C00000"}, {Text: "增加的", Underline: true, Bold: true}, {Text: "a\tb\nc\x01<&>"}}},
			{Runs: docx.Text("示范市人民政府"), Align: docx.Right, Keep: true, Line: 60},
			{Runs: docx.Text("顶格"), Flush: true},
			{Runs: docx.Text("左\t右"), Flush: true, Tail: true, Over: docx.Rule{Color: "000000", Width: 8}, Rule: docx.Rule{Color: "000000", Width: 6}},
			{Table: &docx.Table{Header: 1, Widths: []int{1, 4, 2}, Rows: [][]docx.Cell{
				{docx.TextCell("序号"), docx.TextCell("标题"), docx.TextCell("文号")},
				{{Paragraphs: [][]docx.Run{docx.Text("合并"), docx.Text("两段")}, Span: 2, Align: docx.Center}, docx.TextCell("示府办发〔2023〕12号")},
				{docx.TextCell("短行")},
			}}},
			{Table: &docx.Table{}},
			{Table: &docx.Table{Rows: [][]docx.Cell{{docx.TextCell("另一张表"), docx.TextCell("")}}}},
		},
	}
}

func write(t *testing.T, d docx.Document) []byte {
	t.Helper()
	b, err := docx.Write(d)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func partsOf(t *testing.T, b []byte) (names []string, parts map[string][]byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	parts = map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if parts[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		names = append(names, f.Name)
	}
	return names, parts
}

func TestDocumentIsAsInTheGolden(t *testing.T) {
	_, parts := partsOf(t, write(t, sample()))
	// One element a line, so that a diff can be read.
	got := strings.ReplaceAll(string(parts["word/document.xml"]), "><", ">\n<") + "\n"
	name := filepath.Join("testdata", "document.xml")
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("document.xml differs from %s; run with -update and read the diff\n%s", name, got)
	}
}

func TestPartsAreWellFormedAndNamed(t *testing.T) {
	names, parts := partsOf(t, write(t, sample()))
	if !slices.IsSorted(names) {
		t.Errorf("parts are not in order: %q", names)
	}
	for name, b := range parts {
		d := xml.NewDecoder(bytes.NewReader(b))
		for {
			_, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Errorf("%s: %v", name, err)
				break
			}
		}
		if strings.HasPrefix(name, "word/") && strings.HasSuffix(name, ".xml") && !bytes.Contains(parts["[Content_Types].xml"], []byte(`"/`+name+`"`)) {
			t.Errorf("[Content_Types].xml does not name %s", name)
		}
	}
	for _, style := range []string{"Title", "BodyText", "Cell", "Grid", "Heading1", "Heading4"} {
		if !bytes.Contains(parts["word/styles.xml"], []byte(`w:styleId="`+style+`"`)) {
			t.Errorf("styles.xml has no style %s", style)
		}
	}
	for _, face := range []string{"仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体"} {
		if !bytes.Contains(parts["word/styles.xml"], []byte(face)) || !bytes.Contains(parts["word/fontTable.xml"], []byte(`"`+face+`"`)) {
			t.Errorf("%s is not named in styles.xml and fontTable.xml", face)
		}
	}
	if !bytes.Contains(parts["word/styles.xml"], []byte(`w:line="579" w:lineRule="exact"`)) {
		t.Error("running text does not stand on the pitch of 28.95 pt")
	}
}

func TestSameDocumentGivesSameBytes(t *testing.T) {
	if !bytes.Equal(write(t, sample()), write(t, sample())) {
		t.Error("two writes differ")
	}
	if bytes.Equal(write(t, sample()), write(t, docx.Document{Title: "别的"})) {
		t.Error("different documents are equal")
	}
}

func TestEmptyDocumentIsOne(t *testing.T) {
	_, parts := partsOf(t, write(t, docx.Document{}))
	if b := parts["word/document.xml"]; !bytes.Contains(b, []byte("<w:sectPr>")) || bytes.Contains(b, []byte("<w:p>")) {
		t.Errorf("document.xml = %s", b)
	}
}

// TestEveryRowHasCells: Word refuses a row without any, and a cell without a
// paragraph.
func TestEveryRowHasCells(t *testing.T) {
	d := docx.Document{Blocks: []docx.Block{{Table: &docx.Table{Rows: [][]docx.Cell{{}, {{}}}}}}}
	_, parts := partsOf(t, write(t, d))
	b := string(parts["word/document.xml"])
	if rows, cells := strings.Count(b, "<w:tr>"), strings.Count(b, "<w:tc>"); rows != 2 || cells != 2 || strings.Count(b, "<w:p>") != cells+1 {
		t.Errorf("%d rows, %d cells in %s", rows, cells, b)
	}
}

// TestOfficeOpensIt converts the sample with LibreOffice, where there is one.
func TestOfficeOpensIt(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("no soffice here")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.docx"), write(t, sample()), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), office, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", dir, filepath.Join(dir, "a.docx"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	b, err := os.ReadFile(filepath.Join(dir, "a.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"目录", "删去 的", "示府办发〔2023〕12号", "另一张表"} {
		if !strings.Contains(string(b), want) {
			t.Errorf("the text has no %q", want)
		}
	}
}
