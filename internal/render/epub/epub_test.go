package epub_test

import (
	"archive/zip"
	"bytes"
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
	"gongbao/internal/render"
	"gongbao/internal/render/epub"
	"gongbao/internal/source"
)

// A site is content in memory, and the Loader of its files.
type site struct {
	fragments map[string]*markup.Fragment
	catalog   *catalog.Catalog
}

func (s *site) Fragment(path string) (*markup.Fragment, error) { return s.fragments[path], nil }
func (s *site) Text(string) (*render.Text, error)              { return nil, errors.New("no text") }
func (s *site) Buffer() *bytes.Buffer                          { return &bytes.Buffer{} }
func (s *site) File(path string) ([]byte, error) {
	if strings.HasSuffix(path, ".png") {
		return os.ReadFile("../pwa/icons/icon-192.png")
	}
	return nil, errors.New("no file")
}

func siteOf(cfg string, files map[string]string) *site {
	s := &site{fragments: map[string]*markup.Fragment{}}
	in := catalog.Input{Data: &source.Data{}, AsOf: gazette.NewDate(2026, 11, 27), HasFile: func(string) bool { return true }}
	in.Config, _ = config.Parse([]byte(cfg))
	p := markup.NewParser()
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		d, f := digest.New(p, name, []byte(files[name]))
		in.Digests = append(in.Digests, d)
		s.fragments[name] = f
	}
	s.catalog = catalog.Resolve(in)
	return s
}

func (s *site) source() epub.Source {
	return epub.Source{
		Catalog: s.catalog, Words: func(key string, args ...any) string { return fmt.Sprint(append([]any{key}, args...)...) },
		Content: func(string) digest.Hash { return digest.Hash{} }, Hash: func(string) []byte { return nil },
	}
}

func (s *site) book(t *testing.T) []byte {
	t.Helper()
	b, err := s.source().Issue(s.catalog.Issues[0], s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// check has epubcheck look at a book.
func check(t *testing.T, b []byte) {
	t.Helper()
	const jar = "/usr/share/java/epubcheck.jar"
	if _, err := os.Stat(jar); err != nil {
		t.Log("not checked: epubcheck is not installed")
		return
	}
	name := filepath.Join(t.TempDir(), "issue.epub")
	if err := os.WriteFile(name, b, 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("java", "-jar", jar, "--failonwarnings", name).CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// pieces are what texts of people are made of.
var pieces = []string{
	"# 示范市停车办法", "## 第一章　总则", "第一条　为了加强管理，制定本办法。", "（一）甲；", "1.丙；", "一、总体要求", "各县人民政府：", "示范市人民政府", "2023年5月18日", "附件1",
	"- 甲\n  - 乙\n- > 引", "> 引文", "```\na < b && c\n```", "| 甲 | 乙 |\n|---|:-:|\n| 1<br>2 | **2** |", "![图 & 表](图1.png \"说明\")", "![多](a,b;c.png)和![旧](x.bmp)", "[附](a+b,c.pdf)", "[文件](b.pdf)和[外](https://example.com/?a=1&b=2)",
	"脚注[^1]再[^1]。", "[^1]: 注", "**粗*斜***", "---", "\x01控制 & < > \" '", "a  \nb", "`c<d`", "<script>alert(1)</script>", "《甲办法》第一条", "[甲](../2022/a.md)", "[本](#art_1)\n\n第一条　有。",
}

// A book of any texts is one that epubcheck finds nothing in.
func TestAnyTextsMakeABook(t *testing.T) {
	for _, base := range []string{"", "base_url = \"https://gongbao.example/\"\n"} {
		r := rand.New(rand.NewPCG(3, 5))
		files := map[string]string{"documents/2022/a.md": "+++\ntitle = \"甲办法\"\nclass = \"规章\"\nsigned = 2022-01-01\n+++\n第一条　甲。\n"}
		issue := "+++\nyear = 2023\nno = 6\nrunning = 9\ndate = 2023-06-30\n[[sections]]\ntitle = \"政府 & 文件\"\ndocuments = [\"documents/2022/a.md\""
		for i := range 60 {
			var body []string
			for range 1 + r.IntN(10) {
				body = append(body, pieces[r.IntN(len(pieces))])
			}
			name := fmt.Sprintf("documents/2023/d%02d.md", i)
			files[name] = fmt.Sprintf("+++\ntitle = \"文件 <%d> & 其他\"\nclass = \"其他文件\"\nsigned = 2023-05-18\n+++\n%s\n", i, strings.Join(body, "\n\n"))
			issue += ", \"" + name + "\""
		}
		files["issues/2023-06.md"] = issue + ", \"示府发〔2019〕9号\"]\n+++\n"
		s := siteOf(base+"[site]\ntitle = \"示范市人民政府公报\"\nsponsor = \"示范市\"\n", files)
		b := s.book(t)
		if again := s.book(t); !bytes.Equal(b, again) {
			t.Error("the same issue is another book")
		}
		check(t, b)
	}
}

func read(t *testing.T, b []byte) (first string, files map[string]string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	files = map[string]string{}
	for i, f := range z.File {
		if i == 0 {
			first = fmt.Sprintf("%s %d", f.Name, f.Method)
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(text)
	}
	return first, files
}

// A book has the texts in the order of the issue; documents in it lead to each other,
// others to their pages; it never says what is in force.
func TestBook(t *testing.T) {
	s := siteOf("base_url = \"https://gongbao.example/\"\n[site]\ntitle = \"公报\"\n", map[string]string{
		"documents/2022/a.md":  "+++\ntitle = \"甲办法\"\nclass = \"规章\"\nnumber = \"示府令〔2022〕1号\"\nsigned = 2022-01-01\neffective = 2022-02-01\n+++\n第一条　甲。\n",
		"documents/2023/b.md":  "+++\ntitle = \"乙\"\nclass = \"其他文件\"\nsigned = 2023-05-18\n+++\n按《甲办法》第一条和《丙办法》办理。\n\n![图](图%201.png)\n",
		"documents/2021/c.md":  "+++\ntitle = \"丙办法\"\nclass = \"规章\"\nsigned = 2021-05-18\n+++\n第一条　丙。\n",
		"documents/2023/no.md": "+++\ntitle = \"无\"\nclass = \"其他文件\"\ntext = \"none\"\nsigned = 2023-05-18\n+++\n",
		"issues/2023-06.md":    "+++\nyear = 2023\nno = 6\n[[sections]]\ntitle = \"文件\"\ndocuments = [\"documents/2023/b.md\", \"documents/2022/a.md\", \"documents/2023/no.md\"]\n+++\n",
	})
	first, files := read(t, s.book(t))
	if first != "mimetype 0" || files["mimetype"] != "application/epub+zip" {
		t.Errorf("the first file is %q", first)
	}
	b := files["EPUB/d001.xhtml"]
	for _, want := range []string{
		`<a class="ref" href="d002.xhtml#art_1">`, `<a class="ref" href="https://gongbao.example/documents/2021/`, `src="pictures/d001-1.png"`, "print.status",
	} {
		if !strings.Contains(b, want) {
			t.Errorf("no %s in\n%s", want, b)
		}
	}
	if files["EPUB/pictures/d001-1.png"] == "" || len(files["EPUB/d003.xhtml"]) > 0 {
		t.Errorf("files: %q", slices.Sorted(func(yield func(string) bool) {
			for n := range files {
				if !yield(n) {
					return
				}
			}
		}))
	}
	for name, text := range files {
		for _, word := range []string{"in-force", "force.", "现行有效", "badge"} {
			if strings.Contains(text, word) {
				t.Errorf("%s says %q", name, word)
			}
		}
	}
	check(t, s.book(t))
}

// There is no book of a scan, nor of an issue without texts.
func TestNoBook(t *testing.T) {
	s := siteOf("", map[string]string{
		"documents/2023/no.md": "+++\ntitle = \"无\"\nclass = \"其他文件\"\ntext = \"none\"\nsigned = 2023-05-18\n+++\n",
		"documents/2023/a.md":  "+++\ntitle = \"甲\"\nclass = \"其他文件\"\nsigned = 2023-05-18\n+++\n文。\n",
		"issues/2023-06.md":    "+++\nyear = 2023\nno = 6\n[[sections]]\ndocuments = [\"documents/2023/no.md\"]\n+++\n",
		"issues/2023-07.md":    "+++\nyear = 2023\nno = 7\npdf = \"a.pdf\"\n[[sections]]\ndocuments = [\"documents/2023/a.md\"]\n+++\n",
	})
	for _, issue := range s.catalog.Issues {
		if units := s.source().Of(issue); units != nil {
			t.Errorf("%s has a book", issue.Path)
		}
	}
}
