package sheet_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/xuri/excelize/v2"

	"gongbao/internal/sheet"
)

var rows = [][]string{
	{"序号", "文件名称", "新有效期至"},
	{"0001", "示范市〈停车〉办法 & \"附件\"\n第二行", "2028-12-31"},
	{"2", "=1+1", ""},
}

func equal(a, b [][]string) bool {
	return slices.EqualFunc(a, b, func(x, y []string) bool {
		n := max(len(x), len(y)) // a row's empty end is not kept
		for i := range n {
			if at(x, i) != at(y, i) {
				return false
			}
		}
		return true
	})
}

func at(row []string, i int) string {
	if i < len(row) {
		return row[i]
	}
	return ""
}

func workbook(t testing.TB, rows [][]string) []byte {
	t.Helper()
	b, err := sheet.XLSX(sheet.Table{Name: "清理意见", Rows: rows, Widths: []float64{6, 40, 12}, Choices: map[int][]string{2: {"2028-12-31", "甲"}, 1: {"乙"}}}, sheet.Table{Name: "a/b", Rows: rows[:1]})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	text, err := sheet.CSV(rows)
	if err != nil || !bytes.HasPrefix(text, []byte("\xEF\xBB\xBF序号,")) {
		t.Fatalf("CSV = %q, %v", text, err)
	}
	for name, b := range map[string][]byte{"xlsx": workbook(t, rows), "csv": text} {
		got, err := sheet.Read(b)
		if err != nil || !equal(got, rows) {
			t.Errorf("%s: %q, %v, want %q", name, got, err, rows)
		}
	}
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes(bytes.TrimPrefix(text, []byte("\xEF\xBB\xBF")))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := sheet.Read(gb); err != nil || !equal(got, rows) {
		t.Errorf("GB18030: %q, %v", got, err)
	}
	if got, err := sheet.Read([]byte("序号\t名称\r\n1\t甲,乙\r\n")); err != nil || !equal(got, [][]string{{"序号", "名称"}, {"1", "甲,乙"}}) {
		t.Errorf("tabs: %q, %v", got, err)
	}
}

func TestSameRowsSameBytes(t *testing.T) {
	if !bytes.Equal(workbook(t, rows), workbook(t, rows)) {
		t.Error("two workbooks of the same rows differ")
	}
	z, err := zip.NewReader(bytes.NewReader(workbook(t, rows)), int64(len(workbook(t, rows))))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range z.File {
		if p.Name != "docProps/core.xml" {
			continue
		}
		r, err := p.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, _ := io.ReadAll(r)
		if n := strings.Count(string(b), "2000-01-01T00:00:00Z"); n != 2 {
			t.Errorf("core.xml states %d fixed times, want 2: %s", n, b)
		}
	}
}

func TestSheetsPrintAsWideAsAPage(t *testing.T) {
	b := workbook(t, [][]string{{"序号", "文件名称"}, {"1", "甲办法"}})
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	xml, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`fitToPage="true"`, `fitToWidth="1"`, `orientation="landscape"`} {
		if !strings.Contains(string(xml), want) {
			t.Errorf("the sheet has no %s", want)
		}
	}
}

func TestColumnsOfferTheirWords(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(workbook(t, rows)))
	if err != nil {
		t.Fatal(err)
	}
	vs, err := f.GetDataValidations("清理意见")
	if err != nil || len(vs) != 2 || vs[1].Sqref != "C2:C3" || vs[1].Formula1 != `"2028-12-31,甲"` {
		t.Errorf("%d validations, %v, last %+v", len(vs), err, vs[len(vs)-1])
	}
}

func TestDateCellsComeAsSerialNumbers(t *testing.T) {
	f := excelize.NewFile()
	style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	f.SetCellValue("Sheet1", "A1", 46350)
	f.SetCellStyle("Sheet1", "A1", "A1", style)
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := sheet.Read(b.Bytes()); err != nil || !equal(got, [][]string{{"46350"}}) {
		t.Errorf("%q, %v", got, err)
	}
}

// bomb packs many zero bytes in place of a part of a workbook.
func bomb(t *testing.T, part string, size int) []byte {
	t.Helper()
	good := workbook(t, rows)
	z, err := zip.NewReader(bytes.NewReader(good), int64(len(good)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range z.File {
		out, err := w.Create(p.Name)
		if err != nil {
			t.Fatal(err)
		}
		if p.Name == part {
			chunk := make([]byte, 1<<20)
			for range size >> 20 {
				out.Write(chunk)
			}
			continue
		}
		r, err := p.Open()
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(out, r)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestHostileFilesAreErrors(t *testing.T) {
	good := workbook(t, rows)
	many := &bytes.Buffer{}
	w := zip.NewWriter(many)
	for i := range 3000 {
		w.Create(strings.Repeat("a", i%50+1))
	}
	w.Close()
	for name, x := range map[string]struct {
		b    []byte
		want error
	}{
		"a bomb":        {bomb(t, "xl/worksheets/sheet1.xml", 200<<20), sheet.ErrLarge},
		"many parts":    {many.Bytes(), sheet.ErrLarge},
		"cut off":       {good[:len(good)/2], sheet.ErrBroken},
		"no workbook":   {[]byte("PK\x03\x04 not a zip"), sheet.ErrBroken},
		"zero bytes":    {bomb(t, "xl/worksheets/sheet1.xml", 1<<20), sheet.ErrBroken},
		"binary":        {[]byte("\x00\x01\x02"), sheet.ErrBroken},
		"too large":     {make([]byte, sheet.MaxSize+1), sheet.ErrLarge},
		"too many rows": {bytes.Repeat([]byte("a,b\n"), sheet.MaxRows+1), sheet.ErrLarge},
	} {
		if got, err := sheet.Read(x.b); !errors.Is(err, x.want) {
			t.Errorf("%s: %d rows, %v, want %v", name, len(got), err, x.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(workbook(f, rows))
	f.Add([]byte("\xEF\xBB\xBFa,\"b\nc\"\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := sheet.Read(b)
		if err != nil && got != nil {
			t.Error("rows with an error")
		}
		for _, r := range got {
			if len(r) > sheet.MaxColumns {
				t.Errorf("%d columns", len(r))
			}
		}
	})
}

// A long table is written another way, and read back the same.
func TestLongTables(t *testing.T) {
	long := [][]string{rows[0]}
	for i := range 6000 {
		long = append(long, []string{strconv.Itoa(i), rows[1][1], "", rows[2][1]})
	}
	write := func() []byte {
		b, err := sheet.XLSX(sheet.Table{Name: "总目", Rows: long, Widths: []float64{8, 40}})
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	b := write()
	if !bytes.Equal(b, write()) {
		t.Error("the same rows are other bytes")
	}
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := f.GetRows("总目")
	if err != nil || !equal(got, long) {
		t.Errorf("%d rows of %d come back, or others: %v", len(got), len(long), err)
	}
	for _, at := range []string{"B2", "D6001"} {
		if formula, err := f.GetCellFormula("总目", at); formula != "" || err != nil {
			t.Errorf("%s is a formula: %s %v", at, formula, err)
		}
	}
	if panes, err := f.GetPanes("总目"); err != nil || !panes.Freeze {
		t.Errorf("the head does not stay: %v %v", panes, err)
	}
}
