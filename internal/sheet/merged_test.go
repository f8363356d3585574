package sheet_test

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"

	"github.com/xuri/excelize/v2"

	"gongbao/internal/sheet"
)

func TestMergedCellsFillWhatTheyCover(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for at, text := range map[string]string{"A1": "目录", "A2": "公开事项", "C2": "公开主体", "A3": "一级", "B3": "二级", "A4": "规划", "B4": "甲", "C4": "某局", "B5": "乙"} {
		if err := f.SetCellStr("Sheet1", at, text); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range [][2]string{{"A1", "C1"}, {"A2", "B2"}, {"C2", "C3"}, {"A4", "A5"}, {"C4", "C5"}} {
		if err := f.MergeCell("Sheet1", m[0], m[1]); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	whole := spread(t, b.Bytes(), `ref="A4:A5"`, `ref="A4:XFD1048576"`)
	if _, err := sheet.ReadMerged(whole); err != nil {
		t.Errorf("a range of the whole sheet: %v", err)
	}
	want := [][]string{{"目录", "目录", "目录"}, {"公开事项", "公开事项", "公开主体"}, {"一级", "二级", "公开主体"}, {"规划", "甲", "某局"}, {"规划", "乙", "某局"}}
	got, err := sheet.ReadMerged(b.Bytes())
	if err != nil || len(got) != 1 || !equal(got[0].Rows, want) {
		t.Errorf("ReadMerged = %v, %v, want %v", got, err, want)
	}
	plain, err := sheet.ReadMerged([]byte("一级,二级\n规划,甲\n,乙\n"))
	if err != nil || !equal(plain[0].Rows, [][]string{{"一级", "二级"}, {"规划", "甲"}, {"", "乙"}}) {
		t.Errorf("CSV: %v, %v", plain, err)
	}
}

// spread replaces a text in the parts of a workbook.
func spread(t *testing.T, b []byte, old, new string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	found := false
	for _, p := range z.File {
		r, err := p.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		found = found || bytes.Contains(text, []byte(old))
		to, err := w.Create(p.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(bytes.ReplaceAll(text, []byte(old), []byte(new))); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil || !found {
		t.Fatalf("%v; %s found: %v", err, old, found)
	}
	return out.Bytes()
}
