package importer_test

import (
	"strings"
	"testing"

	"gongbao/internal/importer"
	"gongbao/internal/markup"
	"gongbao/internal/source"
)

// TestEscapedTextReadsBackAsItself checks that no character of an imported
// text is taken for mark-up.
func TestEscapedTextReadsBackAsItself(t *testing.T) {
	p := markup.NewParser()
	for _, s := range []string{
		"甲*乙*丙", "甲_乙_丙", "（1）a<b>c", "国发[2015]68号", "见[附件](表)", "A&amp;B", "C:\\目录\\", "`代码`", "3～5~10天~", "https://a.example/",
		"1. 甲", "2.乙", "丙|丁", "！[图](甲)", "*甲", "- 乙", "+ 丙", "# 丁", "> 戊", "=== 己", "第一条[^1]甲",
	} {
		im := importer.Read(p, "a.txt", []byte("示范市甲办法\n\n第一条 前文。\n\n"+s+"。\n"), importer.Options{})
		tree := p.Parse([]byte(im.Markdown), markup.Options{Official: true})
		if got := tree.PlainText(); !strings.Contains(got, s) {
			t.Errorf("%q came back as %q", s, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("示范市人民政府办公室\n\n示府办函〔2023〕36号\n\n关于做好\n清点的通知\n\n各县：\n\n一、甲\n乙，\n\n丙。\n\n2023年5月6日\n"))
	f.Add([]byte("# 条例\n\n2019年3月1日 某某通过\n\n<!-- INFO END -->\n\n## 第一章　总则\n\n第一条 甲。\n"))
	f.Add([]byte("\xef\xbb\xbf# \r\n\r\n*_`<a>\r\n"))
	f.Add([]byte("\xff\xfe\x00"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		p := markup.NewParser()
		im := importer.Read(p, "a.txt", raw, importer.Options{})
		edits := importer.Plan([]*importer.Imported{im}, importer.Site{Data: &source.Data{}, Exists: func(string) bool { return false }})
		for _, e := range edits {
			name, ok := strings.CutPrefix(e.Path, "content/")
			if !ok || strings.Contains(name, "..") {
				t.Fatalf("writes to %q", e.Path)
			}
			if strings.HasSuffix(name, ".md") {
				for _, x := range source.Read(name, e.Bytes).Findings {
					if x.Rule == "toml-syntax" || x.Rule == "front-matter-open" {
						t.Fatalf("front matter does not read back: %v\n%s", x, e.Bytes)
					}
				}
			}
		}
	})
}

func TestMarkdownKeepsTablesAndPairsOfStars(t *testing.T) {
	p := markup.NewParser()
	for in, want := range map[string]string{
		"有效期至**2025年12月31日**。": "有效期至**2025年12月31日**。",
		"| 1 | 甲 | 乙 |":        "| 1 | 甲 | 乙 |",
		"5**3 是幂。":             `5\*\*3 是幂。`,
		"**粗**与<b>标签</b>":      `**粗**与\<b>标签\</b>`,
		"***三星***":             `\*\*\*三星\*\*\*`,
	} {
		im := importer.Read(p, "a.md", []byte("# 示范市甲办法\n\n"+in+"\n"), importer.Options{})
		if !strings.Contains(im.Markdown, want) {
			t.Errorf("%q became %q, want %q", in, im.Markdown, want)
		}
	}
}
