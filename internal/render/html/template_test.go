package html_test

import (
	"bytes"
	"html/template"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"gongbao/internal/render/html"
	"gongbao/layouts"
)

func parse(t testing.TB, fsys fs.FS) *html.Templates {
	t.Helper()
	s, err := html.LoadStrings(fsys, "zh-CN")
	if err != nil {
		t.Fatal(err)
	}
	tmpl, err := html.ParseTemplates(fsys, s)
	if err != nil {
		t.Fatal(err)
	}
	return tmpl
}

func render(t testing.TB, tmpl *html.Templates, p *html.Page) string {
	t.Helper()
	out, err := tmpl.Render(new(bytes.Buffer), p)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

var defect = regexp.MustCompile(`<no value>|ZgotmplZ|「|%!|&lt;p&gt;|style="| on[a-z]+="|<script>`)

// With -artifacts the pages stay in the artifact directory, to be looked at.
func TestEveryLayoutShowsAFullView(t *testing.T) {
	tmpl, dir := parse(t, layouts.FS), t.ArtifactDir()
	for _, p := range fullPages() {
		out := render(t, tmpl, p)
		if bad := defect.FindString(out); bad != "" {
			t.Errorf("layout %s holds %q", p.Layout, bad)
		}
		if n := strings.Count(out, "<h1"); n != 1 {
			t.Errorf("layout %s has %d h1, want 1", p.Layout, n)
		}
		if err := os.WriteFile(filepath.Join(dir, p.Layout+".html"), []byte(out), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.CopyFS(dir, mustSub(t, "assets", dir)); err != nil {
		t.Fatal(err)
	}
}

// mustSub gives layouts.FS cut down to one folder, or nothing where dir has it.
func mustSub(t *testing.T, folder, dir string) fs.FS {
	t.Helper()
	out := fstest.MapFS{}
	if _, err := os.Stat(filepath.Join(dir, folder)); err == nil {
		return out
	}
	names, err := fs.Glob(layouts.FS, folder+"/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(layouts.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = &fstest.MapFile{Data: data}
	}
	return out
}

var (
	tag       = regexp.MustCompile(`(?s)<style>.*?</style>|<!--.*?-->|<[^>]*>`)
	attrEmpty = regexp.MustCompile(`(href|src|content|data-[a-z]+|datetime)=""`)
	hollow    = regexp.MustCompile(`<(p|dl|dt|dd|li|time|h2|h3|section|nav|aside|b|strong|a)( [^>]*)?>\s*</`)
)

// What a site has not configured and a document does not have must leave no
// trace: no empty attribute, no empty element, no label without its value.
func TestEmptyViewsLeaveNoTrace(t *testing.T) {
	tmpl := parse(t, layouts.FS)
	allowed := map[string]string{
		"notfound":  "跳到正文 没有找到这个页面 地址可能有误，或者页面已经移动。可以从下面的入口查找。",
		"redirect":  "跳到正文 页面已移动 本页已有新地址，正在前往。如果没有自动跳转，请点击下面的链接。",
		"withdrawn": "跳到正文 文件已撤下 本文件已从本站撤下。",
		"sitemap":   "跳到正文 站点地图",
	}
	for _, p := range emptyPages() {
		out := render(t, tmpl, p)
		for _, re := range []*regexp.Regexp{defect, attrEmpty} {
			if bad := re.FindString(strings.Replace(out, `lang=""`, "", 1)); bad != "" {
				t.Errorf("layout %s holds %q", p.Layout, bad)
			}
		}
		want := allowed[p.Layout]
		if want == "" {
			want = "跳到正文"
		}
		for _, word := range strings.Fields(tag.ReplaceAllString(out, " ")) {
			if !strings.Contains(want, word) {
				t.Errorf("layout %s shows %q with nothing set", p.Layout, word)
			}
		}
	}
	// Unset fields of views that are otherwise full.
	d := &html.Document{Title: "标题"}
	a := &html.Article{Title: "标题", Type: "page"}
	for _, p := range []*html.Page{
		{Layout: "document", Document: d}, {Layout: "article", Article: a},
		{Layout: "list", List: &html.List{Title: "列表", Items: []html.DocLink{{Title: "甲"}}}},
		{Layout: "issue", Issue: &html.Issue{Title: "2023年第6期", Sections: []html.Section{{Entries: []html.Entry{{DocLink: html.DocLink{Title: "甲"}}}}}}},
	} {
		p.Chrome = &html.Chrome{Lang: "zh-CN", SiteTitle: "公报"}
		out := render(t, tmpl, p)
		out = out[strings.Index(out, "<main") : strings.Index(out, "</main>")+7]
		for _, re := range []*regexp.Regexp{attrEmpty, hollow} {
			if bad := re.FindString(out); bad != "" {
				t.Errorf("layout %s holds %q in\n%s", p.Layout, bad, out)
			}
		}
	}
}

func TestTextIsEscapedAndDangerousLinksAreNot(t *testing.T) {
	tmpl := parse(t, layouts.FS)
	p := &html.Page{Layout: "document", Title: "<b>", Metas: []html.Meta{{Name: `"><script>alert(2)`, Content: `"><script>alert(3)</script>`}},
		Chrome: &html.Chrome{Lang: "zh-CN"}, Document: &html.Document{
			Title: "<script>alert(1)</script>", Intervals: `[{"label":"\"'<"}]`, Badge: badge("in-force", "现行有效"),
			Rows: []html.Row{{Key: "meta.number", Values: []html.Link{{Text: "x", Href: "javascript:alert(1)"}}}}}}
	out := render(t, tmpl, p)
	for _, bad := range []string{"<script>alert", "javascript:alert", `"label":"`} {
		if strings.Contains(out, bad) {
			t.Errorf("page holds %q", bad)
		}
	}
}

func TestEmbedHasNoHeadAndFoot(t *testing.T) {
	p := fullPages()[1]
	p.Embed = true
	out := render(t, parse(t, layouts.FS), p)
	for _, bad := range []string{"<header class=\"mast", "<footer", "class=\"crumbs"} {
		if strings.Contains(out, bad) {
			t.Errorf("embedded page holds %q", bad)
		}
	}
	for _, want := range []string{`rel="stylesheet"`, `href="index.html"`, "第一章"} {
		if !strings.Contains(out, want) {
			t.Errorf("embedded page lacks %q", want)
		}
	}
}

func TestRedirectAndTitleKeepTheirPromises(t *testing.T) {
	tmpl := parse(t, layouts.FS)
	for _, p := range fullPages() {
		out := render(t, tmpl, p)
		head := out[:strings.Index(out, "</head>")]
		switch {
		case p.Layout == "redirect" && !strings.Contains(head, `content="0; url=../12/index.html"`):
			t.Errorf("redirect does not go to its target:\n%s", head)
		case p.Layout == "notfound" && strings.Contains(head, "stylesheet"):
			t.Error("404 page needs a style sheet, whose relative address it cannot know")
		case p.Layout == "document" && !strings.Contains(head, `{"@context":"https://schema.org","name":"\u003cx\u003e"}`):
			t.Errorf("JSON-LD is not as given:\n%s", head)
		}
	}
}

func TestOneChromeServesManyGoroutines(t *testing.T) {
	tmpl := parse(t, layouts.FS)
	pages := fullPages()
	want := make([]string, len(pages))
	for i, p := range pages {
		want[i] = render(t, parse(t, layouts.FS), p)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i, p := range pages {
				if got, err := tmpl.Render(new(bytes.Buffer), p); err != nil || string(got) != want[i] {
					t.Errorf("layout %s differs under concurrency: %v", p.Layout, err)
				}
			}
		})
	}
	wg.Wait()
}

func TestUnknownLayoutIsAnError(t *testing.T) {
	if _, err := parse(t, layouts.FS).Render(new(bytes.Buffer), &html.Page{Layout: "poster"}); err == nil || !strings.Contains(err.Error(), `"poster"`) {
		t.Errorf("Render = %v, want an error that names the layout", err)
	}
}

func TestErrorsOfASitesLayoutsNameFileAndLine(t *testing.T) {
	for _, c := range []struct{ file, text, want string }{
		{"document.html", "{{define \"main\"}}\n{{if}}{{end}}{{end}}", "document.html:2"},
		{"partials/rows.html", "{{define \"rows\"}}\n\n{{nosuch .}}{{end}}", "partials/rows.html:3"},
		{"article.html", "{{define \"main\"}}\n{{.Nosuch}}{{end}}", "article.html:2"},
		{"list.html", "{{define \"main\"}}\n<a href='{{if .Title}}x\"{{end}}>{{end}}", "list.html"},
		{"base.html", "x\n{{template \"nosuch\"}}", "base.html"},
	} {
		fsys := html.Overlay(fstest.MapFS{c.file: {Data: []byte(c.text)}}, layouts.FS)
		_, err := html.ParseTemplates(fsys, html.Strings{})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("ParseTemplates with a bad %s = %v, want it to name %s", c.file, err, c.want)
		}
	}
	if _, err := html.ParseTemplates(fstest.MapFS{}, nil); err == nil || !strings.Contains(err.Error(), "base.html") {
		t.Errorf("ParseTemplates of nothing = %v, want it to name base.html", err)
	}
}

func TestOverlay(t *testing.T) {
	base := fstest.MapFS{"base.html": {Data: []byte("base")}, "partials/a.html": {Data: []byte("a")}, "partials/b.html": {Data: []byte("b")}, "assets/site.css": {Data: []byte("css")}}
	over := fstest.MapFS{"partials/b.html": {Data: []byte("B")}, "partials/c.html": {Data: []byte("C")}, "home.html": {Data: []byte("H")}}
	fsys := html.Overlay(over, base)
	for name, want := range map[string]string{"base.html": "base", "partials/a.html": "a", "partials/b.html": "B", "partials/c.html": "C", "home.html": "H"} {
		if got, err := fs.ReadFile(fsys, name); err != nil || string(got) != want {
			t.Errorf("ReadFile(%q) = %q, %v, want %q", name, got, err, want)
		}
	}
	if err := fstest.TestFS(fsys, "base.html", "home.html", "assets/site.css", "partials/a.html", "partials/b.html", "partials/c.html"); err != nil {
		t.Error(err)
	}
	for _, name := range []string{"../base.html", "/base.html", "partials//a.html", ""} {
		if _, err := fsys.Open(name); err == nil {
			t.Errorf("Open(%q) succeeds", name)
		}
	}
	if got := html.Overlay(nil, base); !bytes.Equal(mustRead(t, got, "base.html"), []byte("base")) {
		t.Error("Overlay(nil, base) is not base")
	}
}

func mustRead(t *testing.T, fsys fs.FS, name string) []byte {
	t.Helper()
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func BenchmarkRenderDocument(b *testing.B) {
	tmpl := parse(b, layouts.FS)
	p := fullPages()[1]
	p.Body = template.HTML(strings.Repeat(string(p.Body), 4)) // 16 KB
	b.ReportAllocs()
	for b.Loop() {
		if _, err := tmpl.Render(new(bytes.Buffer), p); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRenderList(b *testing.B) {
	tmpl := parse(b, layouts.FS)
	p := fullPages()[3]
	for range 9 {
		p.List.Items = append(p.List.Items, fixtureDocs...) // 50 items
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := tmpl.Render(new(bytes.Buffer), p); err != nil {
			b.Fatal(err)
		}
	}
}
