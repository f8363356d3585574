package scan_test

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"testing"

	"gongbao/internal/scan"
)

// rules are the rules of hits, each with what it masks.
func rules(hits []scan.Hit) string {
	var out []string
	for _, h := range hits {
		out = append(out, h.Rule+" "+h.Masked)
	}
	return strings.Join(out, "; ")
}

// TestWays holds ways to write that the cases of package check do not show.
func TestWays(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"000012\n机密★1年\n", "secrecy-mark 000012; secrecy-mark 机密★1年"},
		{"标题\n密级：机密", "secrecy-mark 机密"},
		{"密级：绝密、机密、秘密（选填）", ""},
		{"各级机关应当标注“秘密★5年”。", ""},
		{"机密★是国家秘密标志的一种。", ""},
		{"绝 密\n标题", "secrecy-mark 绝 密"},
		{"标题\n\n机密\n", "secrecy-mark 机密"},
		{strings.Repeat("正文。\n", 12) + "机密\n", ""},
		{"身份证：110105491231002", "personal-id 11*************"},
		{"110105491231002", ""},
		{"护照号码：E12345678", "personal-id E1*******"},
		{"批准号E12345678", ""},
		{"1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X", "personal-id 11***************"},
		{"姓名张某13800000000/13900000000", "personal-phone 13*********; personal-phone 13*********"},
		{"0138000000001", ""},
		{"138000000001", ""},
		{"AB13800000000", ""},
		{"13800000000X", ""},
		{"数据150 1234 5678", "personal-phone 15*********"},
		{"| 2021 | 150 | 1234 | 5678 |\n|---|---|---|---|", ""},
		{"学生张小明，男，2014年5月出生", "personal-minor 张**"},
		{"学生张某某，男，2014年5月出生", ""},
		{"教师张小明，男，1974年5月出生", ""},
		{"（内部资料，免费交流）", ""},
		{"见https://www.example.gov.cn/art/13800000000.html。", ""},
		{"见www.example.gov.cn/13800000000", ""},
		{"见https://www.example.gov.cn/，13800000000", "personal-phone 13*********"},
	} {
		if got := rules(scan.File("a.md", []byte(c.text)).Hits); got != c.want {
			t.Errorf("%q: %s, want %s", c.text, got, c.want)
		}
	}
}

// TestValuesAreCounted finds each of two values that look alike once masked, in
// every kind of file: who cleared one has not cleared the other.
func TestValuesAreCounted(t *testing.T) {
	const text = "值班手机13800000000、13900000000。"
	for name, raw := range map[string]string{
		"a.md": text, "a.txt": text, "a.csv": "甲\n" + text + "\n",
		"a.html": "<html><body><h1>示范市财政局关于值班的通知</h1><p>" + text + "</p></body></html>",
	} {
		if got := rules(scan.File(name, []byte(raw)).Hits); got != "personal-phone 13*********; personal-phone 13*********" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestPicturesInFilesAreNamed: what nobody read is said, in Word files too, with
// where it was taken.
func TestPicturesInFilesAreNamed(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range []struct{ name, data string }{
		{"word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>正文。</w:t></w:r></w:p></w:body></w:document>`},
		{"word/media/image1.png", "\x89PNG\r\n\x1a\n"},
	} {
		w, err := z.Create(f.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(f.data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if r := scan.File("a.docx", b.Bytes()); !slices.Equal(r.Skipped, []string{scan.Picture}) || r.Position {
		t.Errorf("%+v", r)
	}
}

// TestCellByCell finds a number of which each digit has its own cell.
func TestCellByCell(t *testing.T) {
	row := strings.Split("姓名,1,1,0,1,0,5,1,9,4,9,1,2,3,1,0,0,2,X", ",")
	if got := rules(scan.Table([][]string{row}, "", false)); !strings.HasPrefix(got, "personal-id") {
		t.Errorf("got %q", got)
	}
	if got := rules(scan.Table([][]string{strings.Split("1,2,3,4,5,6,7,8,9,10,11,12,13", ",")}, "", false)); got != "" {
		t.Errorf("got %q", got)
	}
}

// TestFrontMatterIsLookedAt finds in front matter, and counts the first lines of
// the text from its end.
func TestFrontMatterIsLookedAt(t *testing.T) {
	hits := scan.Markdown([]byte("+++\ntitle = \"甲\"\ncontact = \"13800000000\"\n+++\n\n机密\n\n正文。\n"))
	if got := rules(hits); got != "personal-phone 13*********; secrecy-mark 机密" || hits[0].Line != 2 || hits[0].Col != 12 || hits[1].Line != 5 {
		t.Errorf("%s %+v", got, hits)
	}
}

func FuzzFile(f *testing.F) {
	for _, s := range []string{"机密★10年", "| 姓名 | 病种 |\n|-|-|\n| 张某 | 甲 |", "11010519491231002X", "+++\n+++\n", "\xff\xd8\xff\xe1\x00\x10Exif\x00\x00II*\x00\x08\x00\x00\x00", "PK\x03\x04"} {
		for _, name := range []string{"a.md", "a.docx", "a.xlsx", "a.csv", "a.html", "a.jpg", "a.png", "a.txt"} {
			f.Add(name, []byte(s))
		}
	}
	f.Fuzz(func(t *testing.T, name string, b []byte) {
		for _, h := range scan.File(name, b).Hits {
			if h.Rule == "" || h.Line < 0 || h.Start > h.End {
				t.Fatalf("%+v", h)
			}
		}
	})
}

func BenchmarkMarkdown(b *testing.B) {
	text := []byte(strings.Repeat("第一条　为了规范停车管理，根据《示范省停车条例》（2020年3月1日），制定本办法。市住房和城乡建设部门负责住宅小区的停车管理。\n\n| 序号 | 项目 | 金额 |\n|---|---|---|\n| 1 | 道路 | 12345678 |\n\n", 40))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		scan.Markdown(text)
	}
}
