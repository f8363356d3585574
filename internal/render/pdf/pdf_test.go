package pdf_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gongbao/internal/font"
	"gongbao/internal/press"
	"gongbao/internal/render/pdf"
	"gongbao/internal/typeset"
)

var purposes = []press.Purpose{press.Screen, press.Print, press.Archive, press.Proof}

// strange is text that is written or found with difficulty.
var strange = []string{
	"第一条 为了  规范，制定本办法。", "𠮷野家𬭊字", "㙍龦〇⑳", "(括号) \\反斜线\\ <尖>", "全　角　空　格",
	"“引号”——破折号……省略", "100%％ A-Z a.b,c", "一一一一一一一一",
}

// oddBook is a book with all that there is on few pages.
func oddBook(t testing.TB, fonts pdf.Fonts) (*press.Book, []string) {
	set := fontSet(t)
	b, texts := volume(t, set, 3)
	s := setter{set: set}
	s.start()
	y := typeset.MM(40)
	for i, text := range strange {
		s.line(typeset.MM(28), y, typeset.Run{Font: song, Size: 16 * typeset.Point, Track: typeset.Length(100 * i), Text: text})
		y += 30 * typeset.Point
	}
	s.line(typeset.MM(28), y,
		typeset.Run{Font: hei, Size: 16 * typeset.Point, Ink: typeset.Red, Text: "红字"},
		typeset.Run{Font: kai, Size: 9 * typeset.Point, Ink: typeset.Gray, Text: "灰字"},
		typeset.Run{Font: song, Half: true, Size: 16 * typeset.Point, Text: "，。"},
		typeset.Run{Font: song, Size: 16 * typeset.Point},
		typeset.Run{Font: song, Size: 16 * typeset.Point, Track: -206, Text: "收紧"})
	s.page.Runs = append(s.page.Runs, typeset.Run{X: typeset.MM(29), Y: y + 38*typeset.Point, Font: hei, Size: 16 * typeset.Point, Ink: typeset.White, Text: "反白"})
	s.lines = append(s.lines, "反白")
	s.page.Rules = []typeset.Rule{
		{X: typeset.MM(28), Y: y + 20*typeset.Point, Width: typeset.MM(40), Height: 26 * typeset.Point, Ink: typeset.Red},
		{X: typeset.MM(28), Y: typeset.MM(30), Width: typeset.MM(156), Height: typeset.Point, Ink: typeset.Red},
		{X: typeset.MM(28), Y: typeset.MM(32), Width: typeset.MM(156), Height: 250},
	}
	s.page.Links = []typeset.Link{
		{X: typeset.MM(28), Y: typeset.MM(35), Width: typeset.MM(50), Height: typeset.MM(6), To: "#head"},
		{X: typeset.MM(28), Y: typeset.MM(45), Width: typeset.MM(50), Height: typeset.MM(6), To: "https://example.cn/文件?a=(1)"},
		{X: typeset.MM(28), Y: typeset.MM(55), Width: typeset.MM(50), Height: typeset.MM(6), To: "#nowhere"},
		{X: typeset.MM(28), Y: typeset.MM(55), Width: typeset.MM(50), Height: typeset.MM(6), To: "javascript:alert(1)"},
	}
	b.Pages[1].Marks = []typeset.Mark{{Name: "head", Y: typeset.MM(50)}}
	b.Pages = append(b.Pages, s.page, typeset.Page{Width: typeset.MM(210), Height: typeset.MM(285)})
	b.Outline = []press.Bookmark{
		{Title: "目录", Page: 0}, {Title: "市政府文件\n（一）", Page: 1, Y: typeset.MM(37)},
		{Title: "办法𠮷", Level: 1, Page: 1}, {Title: "第一章", Level: 2, Page: 2}, {Title: "第一条", Level: 3, Page: 2},
		{Title: "第二章", Level: 2, Page: 3}, {Title: "规定", Level: 1, Page: 3}, {Title: "附录", Level: 0, Page: 4},
	}
	b.Labels = []press.Label{{Page: 2, Style: "D", Start: 5}, {Page: 0, Style: "r"}, {Page: 4, Prefix: "封底"}}
	return b, append(texts, strings.Join(s.lines, "\n"), "")
}

// words returns a text with one space for several of any kind, as pdftotext
// has it. Lines stay.
func words(s string) string {
	lines := strings.Split(strings.TrimSuffix(s, "\n"), "\n")
	for i, l := range lines {
		lines[i] = strings.Join(strings.Fields(l), " ")
	}
	return strings.Join(lines, "\n")
}

func TestTextIsExact(t *testing.T) {
	set := fontSet(t)
	b, want := oddBook(t, set)
	for _, b.Purpose = range purposes {
		got := strings.Split(tool(t, write(t, b, set), "pdftotext", "-raw", "FILE", "-"), "\f")
		if len(got) != len(want)+1 {
			t.Fatalf("%s: %d pages, want %d", b.Purpose, len(got)-1, len(want))
		}
		for i := range want {
			if g, w := words(got[i]), words(want[i]); g != w {
				t.Errorf("%s: page %d is\n%s\nwant\n%s", b.Purpose, i+1, g, w)
			}
		}
	}
}

func TestSameBookSameBytes(t *testing.T) {
	set := fontSet(t)
	b, _ := oddBook(t, set)
	b.Pictures = testPictures(t)
	placePictures(b, 3)
	for _, b.Purpose = range purposes {
		if !bytes.Equal(write(t, b, set), write(t, b, set)) {
			t.Errorf("%s: two runs differ", b.Purpose)
		}
	}
}

// TestProgramsFindNothing asks other programs.
func TestProgramsFindNothing(t *testing.T) {
	set := fontSet(t)
	b, _ := oddBook(t, set)
	b.Pictures = testPictures(t)
	placePictures(b, 3)
	b.Bleed, b.Crop = typeset.MM(3), true
	for _, p := range purposes {
		b.Purpose = p
		data := write(t, b, set)
		t.Run(string(p)+"/qpdf", func(t *testing.T) {
			if out := tool(t, data, "qpdf", "--check", "FILE"); !strings.Contains(out, "No syntax or stream encoding errors") {
				t.Error(out)
			}
		})
		t.Run(string(p)+"/mutool", func(t *testing.T) {
			out := tool(t, data, "mutool", "show", "FILE", "trailer", "outline") + tool(t, data, "mutool", "draw", "-r", "30", "-F", "pgm", "-o", os.DevNull, "FILE")
			out = strings.ReplaceAll(out, "warning: ICC support is not available", "") // of the program itself
			if strings.Contains(out, "warning") || strings.Contains(out, "error") {
				t.Error(out)
			}
		})
		t.Run(string(p)+"/pdffonts", func(t *testing.T) {
			lines := strings.Split(strings.TrimSpace(tool(t, data, "pdffonts", "FILE")), "\n")[2:]
			if len(lines) < 3 {
				t.Errorf("%d fonts", len(lines))
			}
			for _, l := range lines {
				if !strings.Contains(l, "+") || !strings.Contains(l, "yes yes yes") {
					t.Error(l)
				}
			}
		})
	}
}

// jars are what Apache PDFBox Preflight needs, in Debian's libpdfbox2-java.
var jars = strings.Fields("preflight pdfbox2 fontbox2 xmpbox commons-logging jaxb-api javax.activation")

func TestArchiveIsPDFA(t *testing.T) {
	java, err := exec.LookPath("java")
	if err != nil {
		t.Skip("no java: PDF/A is not checked")
	}
	var path []string
	for _, j := range jars {
		file := filepath.Join("/usr/share/java", j+".jar")
		if _, err := os.Stat(file); err != nil {
			t.Skipf("%s is not installed (libpdfbox2-java): PDF/A is not checked", file)
		}
		path = append(path, file)
	}
	set := fontSet(t)
	b, _ := oddBook(t, set)
	b.Purpose = press.Archive
	b.Pictures = testPictures(t)
	placePictures(b, 3)
	big, _ := volume(t, set, 130)
	big.Purpose = press.Archive
	for i, b := range []*press.Book{b, big} {
		file := filepath.Join(t.TempDir(), fmt.Sprintf("book%d.pdf", i))
		if err := os.WriteFile(file, write(t, b, set), 0o644); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(java, "-cp", strings.Join(path, ":"), "org.apache.pdfbox.preflight.Validator_A1b", file).CombinedOutput()
		if err != nil || !strings.Contains(string(out), "is a valid PDF/A-1b file") {
			t.Errorf("%v: %s", err, out)
		}
	}
}

func TestOddBooksAreErrors(t *testing.T) {
	set := fontSet(t)
	page := typeset.Page{Width: typeset.MM(210), Height: typeset.MM(297)}
	with := func(f func(b *press.Book)) *press.Book {
		b := &press.Book{Pages: []typeset.Page{page}}
		f(b)
		return b
	}
	for name, b := range map[string]*press.Book{
		"no pages":       {},
		"no paper":       {Pages: []typeset.Page{{}}},
		"huge paper":     {Pages: []typeset.Page{{Width: 1 << 30, Height: 1}}},
		"no size":        with(func(b *press.Book) { b.Pages[0].Runs = []typeset.Run{{Text: "字"}} }),
		"bleed":          with(func(b *press.Book) { b.Bleed = -1 }),
		"bookmark":       with(func(b *press.Book) { b.Outline = []press.Bookmark{{Title: "x", Page: 1}} }),
		"label":          with(func(b *press.Book) { b.Labels = []press.Label{{Page: -1}} }),
		"flat picture":   with(func(b *press.Book) { b.Pages[0].Pictures = []typeset.PlacedPicture{{Name: "x"}} }),
		"no such a file": with(func(b *press.Book) { b.Pages[0].Pictures = []typeset.PlacedPicture{{Name: "x", Width: 9, Height: 9}} }),
	} {
		if out, err := pdf.Write(b, set); err == nil {
			t.Errorf("%s: %d bytes and no error", name, len(out))
		}
	}
}

// noFont is what serves no role.
type noFont []byte

func (n noFont) Make(font.Role, bool, []rune) ([]byte, error) { return n, nil }

func TestBadFontsAreErrors(t *testing.T) {
	set := fontSet(t)
	good, err := set.Make(0, false, []rune("字"))
	if err != nil {
		t.Fatal(err)
	}
	b := &press.Book{Pages: []typeset.Page{{Width: 1e5, Height: 1e5, Runs: []typeset.Run{{Size: 1e4, Text: "字文"}}}}}
	for n := 0; n <= len(good); n += 7 {
		if _, err := pdf.Write(b, noFont(good[:n])); err == nil {
			t.Fatalf("a font cut at %d makes a book", n)
		}
	}
	_, err = pdf.Write(b, noFont(good))
	if err == nil || !strings.Contains(err.Error(), "U+6587") {
		t.Errorf("a missing glyph: %v", err)
	}
}
