package extract

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

func realPDF(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(wordRealDocs, "original", name+".pdf"))
	if err != nil {
		t.Skipf("corpus/realdocs is not beside the repository: %v", err)
	}
	return b
}

// TestRealPDFLoseNothing compares with what a person says the text is, page by
// page folios and all.
func TestRealPDFLoseNothing(t *testing.T) {
	folio := regexp.MustCompile(`(?m)^\s*(—\d+—|-\s*\d+\s*-|第\d页 共2页|2015年11月13日 11:48)\s*$`)
	for name, bound := range map[string]int{"038": 0, "040": 6, "042": 0} { // 040: Top stands elsewhere
		d, err := readPDF(realPDF(t, name), Options{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		b, err := os.ReadFile(filepath.Join(wordRealDocs, "text", name+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		want := folio.ReplaceAllString(string(b), "")
		if name == "040" {
			want = regexp.MustCompile(`深圳市社会保险基金管理局\s+http\S+`).ReplaceAllString(want, "")
		}
		lost, added := wordCharDiff(wordInked(want), wordInked(wordAllText(d)))
		if lost+added > bound {
			t.Errorf("%s: %d characters lost, %d added, of %d", name, lost, added, len(wordInked(want)))
		}
		if off, _ := readPDF(realPDF(t, name), Options{Off: []string{Furniture}}); len(off.Removed) != 0 || len(off.Blocks) != len(d.Blocks)+len(d.Removed) {
			t.Errorf("%s: furniture is taken out though switched off", name)
		}
	}
}

func TestRealPDFHaveForm(t *testing.T) {
	d, err := readPDF(realPDF(t, "038"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if b := d.Blocks[0]; PlainText(b.Runs) != "东 莞 市 人 民 政 府 令" || !b.Break || b.Page != 1 || !b.Center {
		t.Errorf("head: %+v", b)
	}
	if b := d.Blocks[5]; PlainText(b.Runs) != "东莞市人民政府" || !b.Right {
		t.Errorf("signature: %+v", b)
	}
	for _, b := range d.Blocks[:300] {
		text := PlainText(b.Runs)
		if strings.HasPrefix(text, "第") && strings.Contains(text, "条 ") && !b.Indent || strings.HasSuffix(text, "，") && !b.Full {
			t.Errorf("%q: indent %v, full %v", text, b.Indent, b.Full)
		}
	}
	if len(d.Removed) != 20 || d.Fields[0] != (Field{Label: "title", Value: "Microsoft Word - 东府令138号（已盖章）.doc"}) {
		t.Errorf("%d removed, %v", len(d.Removed), d.Fields)
	}
	if len(d.Problems) != 1 || d.Problems[0].Kind != PictureLost { // the signature of the mayor
		t.Errorf("problems: %v", d.Problems)
	}
}

// makePDF writes pages with content; font says what F1 is, in objects from 90 on.
func makePDF(font string, contents ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n")
	kids := ""
	for i, c := range contents {
		n := 10 + 2*i
		kids += fmt.Sprintf("%d 0 R ", n)
		fmt.Fprintf(&b, "%d 0 obj<</Type/Page/Parent 2 0 R/Contents %d 0 R>>endobj\n%d 0 obj<</Length %d>>stream\n%s\nendstream endobj\n", n, n+1, n+1, len(c), c)
	}
	fmt.Fprintf(&b, "2 0 obj<</Type/Pages/MediaBox[0 0 600 800]/Resources<</Font<</F1 9000 0 R>>/XObject<</P 9050 0 R/X 9051 0 R>>>>/Kids[%s]>>endobj\n", kids)
	fmt.Fprintf(&b, "9050 0 obj<</Subtype/Image/Length 0>>stream\n\nendstream endobj\n%s\ntrailer<</Root 1 0 R>>\n", font)
	return b.Bytes()
}

const (
	ucsFont = "9000 0 obj<</Type/Font/Subtype/Type0/Encoding/UniGB-UCS2-H/DescendantFonts[<</CIDSystemInfo<</Ordering(GB1)>>>>]>>endobj"
	gbkFont = "9000 0 obj<</Type/Font/Subtype/Type0/Encoding/GBK-EUC-H/DescendantFonts[<</CIDSystemInfo<</Ordering(GB1)>>>>]>>endobj"
	cidFont = "9000 0 obj<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</CIDSystemInfo<</Ordering(GB1)>>>>]>>endobj"
)

// at sets a line in UCS-2.
func at(x, y float64, s string) string {
	h := ""
	for _, u := range utf16.Encode([]rune(s)) {
		h += fmt.Sprintf("%04X", u)
	}
	return fmt.Sprintf("BT /F1 10 Tf %g %g Td <%s> Tj ET\n", x, y, h)
}

func pdfTexts(t testing.TB, b []byte) []string {
	t.Helper()
	d, err := readPDF(b, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, b := range d.Blocks {
		out = append(out, PlainText(b.Runs))
	}
	return out
}

func TestPDFLines(t *testing.T) {
	for _, c := range []struct {
		name, font string
		pages      []string
		want       []string
	}{
		{"order", ucsFont, []string{at(100, 500, "第二行") + at(120, 700, "行") + at(100, 700.5, "第一")}, []string{"第一行", "第二行"}},
		{"superscript", ucsFont, []string{at(100, 500, "面积") + "BT /F1 6 Tf 120 505 Td <0032> Tj ET " + at(126, 500, "以上")}, []string{"面积2以上"}},
		{"cells", ucsFont, []string{at(100, 500, "序号") + at(200, 500, "名称") + at(300, 500, "备注")}, []string{"序号 名称 备注"}},
		{"bold by two strokes", ucsFont, []string{at(100, 500, "人人有责") + at(100.4, 500, "人人有责")}, []string{"人人有责"}},
		{"squeezed marks", ucsFont, []string{at(100, 500, "一）") + at(115, 500, "、二")}, []string{"一）、二"}},
		{"spread line", ucsFont, []string{"4 Tc " + at(100, 500, "为了规范管理")}, []string{"为了规范管理"}},
		{"form", ucsFont + "\n9051 0 obj<</Subtype/Form/Matrix[1 0 0 1 0 100]/Length 60>>stream\n" + at(100, 500, "表单") + "endstream endobj", []string{at(100, 550, "文") + "/X Do"}, []string{"表单", "文"}},
		{"gbk", gbkFont, []string{"BT /F1 10 Tf 100 500 Td <D6D0B9FA41C6BDC4A3> Tj ET"}, []string{"中国A平模"}},
		{"glyphs of GB1", cidFont, []string{"BT /F1 10 Tf 100 500 Td <03AC03AD1257> Tj ET"}, []string{"啊阿亍"}},
		{"radicals", ucsFont, []string{at(100, 500, "⼀⼈")}, []string{"一人"}},
		{"latin", "9000 0 obj<</Type/Font/Subtype/Type1/BaseFont/Courier>>endobj", []string{`BT /F1 10 Tf 100 500 Td [(Hel) (lo wo) -300 (rld \(1\) \101)] TJ ET`}, []string{"Hello wo rld (1) A"}},
	} {
		if got := pdfTexts(t, makePDF(c.font, c.pages...)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

func TestPDFColumns(t *testing.T) {
	page, left, right := at(200, 760, "标题横跨两栏的一行字很长很长"), []string{}, []string{}
	for i := range 12 {
		l, r := fmt.Sprintf("左栏第%02d行的文字一直写到栏边", i), fmt.Sprintf("右栏第%02d行的文字一直写到栏边", i)
		left, right = append(left, l), append(right, r)
		page += at(50, 700-20*float64(i), l) + at(320, 700-20*float64(i), r)
	}
	got := pdfTexts(t, makePDF(ucsFont, page))
	squeeze := func(s []string) string { return strings.ReplaceAll(strings.Join(s, ""), " ", "") }
	if want := "标题横跨两栏的一行字很长很长" + squeeze(left) + squeeze(right); squeeze(got) != want {
		t.Errorf("%q", got)
	}
}

func TestPDFFurniture(t *testing.T) {
	var pages []string
	for i := range 6 {
		pages = append(pages, at(100, 760, "示范市人民政府公报")+at(60, 600, fmt.Sprintf("这一页的正文第%d行没有写完的句子接着", i))+at(60, 400, "2024")+at(300, 40, fmt.Sprint(i+1)))
	}
	d, err := readPDF(makePDF(ucsFont, pages...), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Removed) != 12 || len(d.Blocks) != 12 || !d.Blocks[2].Break || d.Blocks[3].Break || d.Removed[1].Line != 4 {
		t.Errorf("%+v\n%+v", d.Removed, d.Blocks)
	}
	// A table that goes on, and annexes, are text.
	got := pdfTexts(t, makePDF(ucsFont, at(60, 740, "附件1")+at(60, 600, "甲"), at(60, 740, "附件2")+at(60, 600, "乙"), at(60, 740, "附件3")+at(60, 600, "丙")))
	if len(got) != 6 {
		t.Errorf("%q", got)
	}
	got = pdfTexts(t, makePDF(ucsFont, at(20, 785, "某市政府网 https://www.example.cn/a/b.html")+at(60, 600, "正文见 https://www.example.cn 。")+at(20, 15, "第1页 共1页")+at(400, 15, "2024年3月5日 10:21")))
	if len(got) != 1 || !strings.HasPrefix(got[0], "正文") {
		t.Errorf("%q", got)
	}
}

func TestPDFProblems(t *testing.T) {
	picture := "q 500 0 0 700 50 50 cm /P Do Q "
	for _, c := range []struct {
		name string
		b    []byte
		want ProblemKind
	}{
		{"scan", makePDF(ucsFont, picture, picture), Scanned},
		{"scan with a stamp", makePDF(ucsFont, picture+at(10, 10, "扫描"), picture+at(10, 10, "扫描")), Scanned},
		{"outlines", makePDF(ucsFont, "0 0 m 10 10 l S"), Scanned},
		{"nothing", makePDF(ucsFont, ""), Broken},
		{"no pages", []byte("%PDF-1.4\n"), Broken},
		{"password", append(makePDF(ucsFont, at(1, 1, "密")), "trailer<</Encrypt 5 0 R>>"...), Encrypted},
		{"large", make([]byte, maxPDFBytes+1), Large},
		{"forms that show themselves", makePDF(ucsFont+"\n9051 0 obj<</Subtype/Form/Length 12>>stream\n"+strings.Repeat("/X Do ", 40)+"\nendstream endobj", "/X Do"), Large},
	} {
		_, err := readPDF(c.b, Options{})
		p, ok := errors.AsType[*Problem](err)
		if !ok || p.Kind != c.want {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	d, err := readPDF(makePDF(ucsFont, at(100, 500, "正文有足够多的字在这里写着"), at(100, 500, "图在下面")+"q 50 0 0 70 50 50 cm /P Do Q", picture), Options{})
	if err != nil || len(d.Problems) != 2 || d.Problems[0] != (Problem{PictureLost, "page 2", 2}) || d.Problems[1] != (Problem{Scanned, "page 3", 3}) {
		t.Errorf("%v %+v", err, d)
	}
}

// TestPDFObjectStreams reads objects that are packed, predicted, and named by a
// stream of references only.
func TestPDFObjectStreams(t *testing.T) {
	pack := func(s string) string {
		var b bytes.Buffer
		w := zlib.NewWriter(&b)
		_, _ = w.Write([]byte(s))
		_ = w.Close()
		return b.String()
	}
	objects := "1 0 2 30 3 130 " + fmt.Sprintf("%-30s%-100s%s", "<</Type/Catalog/Pages 2 0 R>>", "<</Kids[3 0 R]/MediaBox[0 0 600 800]/Resources<</Font<</F1 9000 0 R>>>>>>", "<</Type/Page/Contents 4 0 R>>")
	packed := pack(objects)
	text := pack(at(100, 500, "流中的对象"))
	b := fmt.Sprintf("%%PDF-1.5\n5 0 obj<</Type/ObjStm/N 3/First 15/Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\n", len(packed), packed) +
		fmt.Sprintf("4 0 obj<</Filter[/FlateDecode]/Length 6 0 R>>stream\r\n%s\r\nendstream endobj\n6 0 obj %d endobj\n%s\n", text, len(text), ucsFont) +
		"7 0 obj<</Type/XRef/Root 1 0 R/Length 0>>stream\n\nendstream endobj"
	if got := pdfTexts(t, []byte(b)); !slices.Equal(got, []string{"流中的对象"}) {
		t.Errorf("%q", got)
	}
}

func FuzzPDF(f *testing.F) {
	for _, b := range encrypted(f) {
		f.Add(b)
	}
	for _, s := range []string{
		"%PDF-1.4\n1 0 obj<</Pages 1 0 R/Kids[1 0 R]>>endobj trailer<</Root 1 0 R>>", "%PDF-1.4\n1 0 obj 1 0 R endobj",
		"%PDF 1 0 obj<</Type/ObjStm/N 99999999/First 0/Length 9>>stream\n1 0 1 0\nendstream",
		"%PDF 1 0 obj" + strings.Repeat("[", 5000), "%PDF 1 0 obj" + strings.Repeat("<<", 5000), "%PDF 1 0 obj(((\\",
		"%PDF 1 0 obj<</Type/Page/Contents 2 0 R/Rotate 90/MediaBox[0 0 1e30 -5]>>endobj 2 0 obj<<>>stream\nBT /F1 1e9 Tf 1 0 0 1e30 5 5 Tm (a) Tj BI ID x",
	} {
		f.Add([]byte(s))
	}
	whole := makePDF(gbkFont, "BT /F1 10 Tf 100 500 Td <D6D0B9FA41C6BDC4A3> Tj T* [(a) 5 (b)] TJ (x) ' 1 2 (y) \" ET q 1 0 0 1 5 5 cm /X Do Q", at(5, 5, "x"))
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte(strings.Replace(string(whole), "/GBK-EUC-H", " 11 0 R", 1)))
	for _, filter := range []string{"LZWDecode", "ASCII85Decode", "RunLengthDecode", "ASCIIHexDecode", "FlateDecode"} {
		f.Add([]byte(strings.ReplaceAll(string(whole), "/Length", "/Filter/"+filter+"/DecodeParms<</Predictor 12/Columns 3>>/Length")))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := readPDF(b, Options{})
		if err != nil {
			if p, ok := errors.AsType[*Problem](err); !ok || p.Detail == "panic" {
				t.Fatal(err)
			}
			return
		}
		line := 0
		for _, b := range d.Blocks {
			if b.Line <= line || PlainText(b.Runs) == "" || b.Page < 1 {
				t.Fatalf("%+v", b)
			}
			line = b.Line
		}
	})
}

// TestDamagedPDF cuts and scrambles real files.
func TestDamagedPDF(t *testing.T) {
	b := realPDF(t, "040")
	for i := range 24 {
		for _, bad := range [][]byte{b[:len(b)*i/24], scramble(b, i)} {
			if _, err := readPDF(bad, Options{}); err != nil {
				if p, ok := errors.AsType[*Problem](err); !ok || p.Detail == "panic" {
					t.Errorf("%d: %v", i, err)
				}
			}
		}
	}
}

func scramble(b []byte, seed int) []byte {
	b = bytes.Clone(b)
	n := uint32(seed + 1)
	for range 200 {
		n = n*1664525 + 1013904223
		b[int(n>>4)%len(b)] ^= byte(n >> 24)
	}
	return b
}

func BenchmarkPDF(b *testing.B) {
	files := [][]byte{realPDF(b, "038"), realPDF(b, "040"), realPDF(b, "042")}
	n := 0
	for b.Loop() {
		for _, f := range files {
			if _, err := readPDF(f, Options{}); err != nil {
				b.Fatal(err)
			}
			n++
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "docs/s")
}
