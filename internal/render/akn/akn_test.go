package akn_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gongbao/internal/catalog"
	"gongbao/internal/config"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/render/akn"
	"gongbao/internal/source"
)

// schema is that of Akoma Ntoso 3.0 (OASIS), beside the repository.
const schema = "../../../../shared/schemas/akn/akomantoso30.xsd"

// valid fails for every file that the schema does not allow.
func valid(t *testing.T, files map[string][]byte) {
	t.Helper()
	dir := t.TempDir()
	var names []string
	for name, b := range files {
		names = append(names, filepath.Join(dir, name))
		if err := os.WriteFile(names[len(names)-1], b, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := wellFormed(b); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := os.Stat(schema); err != nil {
		t.Skip("skipped: the schema is not beside the repository")
	}
	lint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("skipped: xmllint is not installed")
	}
	out, err := exec.Command(lint, append([]string{"--nonet", "--noout", "--schema", schema}, names...)...).CombinedOutput()
	if err != nil {
		for line := range strings.Lines(string(out)) {
			if !strings.HasSuffix(strings.TrimSpace(line), " validates") {
				t.Error(strings.TrimSpace(line))
			}
		}
	}
}

func wellFormed(b []byte) error {
	d := xml.NewDecoder(strings.NewReader(string(b)))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// siteOf resolves content files in memory.
func siteOf(cfg string, files map[string]string) (*catalog.Catalog, map[string]*markup.Tree) {
	in := catalog.Input{Data: &source.Data{}, AsOf: gazette.NewDate(2026, 11, 27), HasFile: func(string) bool { return true }}
	in.Config, _ = config.Parse([]byte(cfg))
	trees := map[string]*markup.Tree{}
	p := markup.NewParser()
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		d, _ := digest.New(p, name, []byte(files[name]))
		in.Digests = append(in.Digests, d)
		f := source.Read(name, []byte(files[name]))
		trees[name] = p.Parse(f.Body, markup.Options{Official: true, Title: f.Document.Title, FirstLine: f.BodyLine})
	}
	return catalog.Resolve(in), trees
}

func words(key string, args ...any) string { return fmt.Sprint(append([]any{key}, args...)...) }

// pieces are what texts of people are made of, in no order.
var pieces = []string{
	"# 标题", "## 第一章　总则", "### 第一节　目的", "第一条　为了加强管理，制定本办法。", "第二条　下列情形适用：", "（一）甲；", "（二）乙：", "1.丙；", "第三条　附则。",
	"一、总体要求", "（一）任务。说明。", "1．第一项", "（1）小项", "①更小", "各县（市、区）人民政府：", "示范市人民政府", "2023年5月18日", "（此件公开发布）", "附件：1.甲\n2.乙", "附件1", "附件",
	"# 示范市停车办法", "- 甲\n  - 乙\n    1. 丙\n- \n- > 引", "> 引文\n>\n> 第九条　引文里的条", "```\na < b && c\n```", "| 甲 | 乙 |\n|---|---|\n| 1 | **2** |\n| 3<br>4 | 《示范办法》第五条 |",
	"![图](a.png)", "文字![图](a.png)文字", "[文件](b.pdf)和[外](https://example.com/?a=1&b=\"<)", "脚注[^1]再[^1]。", "[^1]: 注\n\n    - 注里的列\n    - 又一", "[^9]: 没有人引",
	"**粗*斜*《示范办法》**", "---", "\x01\x0b控制\u2028字符\ufffe", "抄送：市委办公室。", "示范市人民政府办公室　2023年5月18日印发", "第二条之一　插入。", "第一编　总则", "（2020年1月1日公布　2021年2月2日修正）",
	"示府办发〔2023〕12号", "《示范办法》第三条和示府发〔2022〕1号", "", "a  \nb", "`c<d`", "<script>alert(1)</script>", "第一百条　跳号。",
}

// Bodies of any pieces in any order are allowed by the schema, and lose no text.
func TestAnyBodyIsValid(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	contents := map[string]string{"documents/2022/shifan.md": "+++\ntitle = \"示范办法\"\nclass = \"规章\"\nsigned = 2022-01-01\n+++\n第一条　甲。\n"}
	for i := range 300 {
		var body []string
		for range 1 + r.IntN(14) {
			body = append(body, pieces[r.IntN(len(pieces))])
		}
		class := []string{"规章", "其他文件", "行政规范性文件", "法规"}[r.IntN(4)]
		front := fmt.Sprintf("+++\ntitle = \"文件 & <%d>\"\nclass = \"%s\"\nissuers = [\"示范市人民政府\"]\n", i, class)
		if r.IntN(3) > 0 {
			front += "signed = 2023-05-18\neffective = 2023-06-01\nexpires = 2028-05-31\n"
		}
		if r.IntN(4) == 0 {
			front += "keywords = [\"甲\\u0001\", \"乙\"]\n[[relations]]\nkind = \"repeals\"\ntarget = \"《示范办法》\"\n"
		}
		contents[fmt.Sprintf("documents/2023/d%03d.md", i)] = front + "+++\n" + strings.Join(body, "\n\n") + "\n"
	}
	c, trees := siteOf("[site]\nsite_id = \"5100000001\"\n", contents)
	s := akn.Source{Catalog: c, Words: words}
	files := map[string][]byte{}
	for _, e := range c.Documents {
		b := s.Document(e, trees[e.Path])
		files[strings.ReplaceAll(e.ID, "/", "-")+".xml"] = b
		text := squeeze(string(b))
		trees[e.Path].Walk(func(x *markup.Block) {
			for _, run := range plainRuns(x) {
				if !strings.Contains(text, squeeze(run)) {
					t.Errorf("%s lost %q", e.Path, run)
				}
			}
		})
	}
	valid(t, files)
}

// plainRuns are the stretches of a block's text without marks inside them.
func plainRuns(b *markup.Block) []string {
	if b.Role == markup.TitleLine && b.Kind == markup.Heading {
		return nil
	}
	var out []string
	for i, x := range b.Inlines {
		if x.Kind == markup.Text && i > 0 {
			out = append(out, escape(x.Text))
		}
	}
	return out
}

func escape(s string) string {
	s = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xfffe {
			return 0xfffd
		}
		return r
	}, s)
}

func squeeze(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "　", " ")), "")
}

// An issue has its contents with pages; what it lists and nobody has stands by
// its name.
func TestIssue(t *testing.T) {
	c, _ := siteOf("[gazette]\nname = \"示范市人民政府公报\"\n[site]\nsite_id = \"5100000001\"\n", map[string]string{
		"documents/2023/a.md": "+++\ntitle = \"甲办法\"\nclass = \"规章\"\nnumber = \"示府令〔2023〕1号\"\nsigned = 2023-05-18\n+++\n第一条　甲。\n",
		"issues/2023-06.md":   "+++\nyear = 2023\nno = 6\nrunning = 123\ndate = 2023-06-30\n[[sections]]\ntitle = \"市政府文件\"\ndocuments = [{ document = \"documents/2023/a.md\", page = 3 }, \"示府发〔2019〕9号\"]\n+++\n",
		"issues/2023-07.md":   "+++\nyear = 2023\nno = 7\n+++\n",
	})
	s := akn.Source{Catalog: c, Words: words}
	for _, issue := range c.Issues {
		b := s.Issue(issue)
		if len(issue.IssueEntries) == 0 {
			if b != nil {
				t.Error("an issue without contents has a file")
			}
			continue
		}
		for _, want := range []string{
			`href="#component_1" level="2">甲办法 3<`, `<documentRef href="/akn/cn-510000/act/`, `zho@2023-05-18" showAs="示府令〔2023〕1号"/>`,
			`<interstitial><p>示府发〔2019〕9号</p></interstitial>`, `name="总期号"`,
		} {
			if !strings.Contains(string(b), want) {
				t.Errorf("no %s in\n%s", want, b)
			}
		}
		valid(t, map[string][]byte{"issue.xml": b})
	}
}
