package html_test

import (
	"flag"
	"fmt"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files")

var (
	svgs  = regexp.MustCompile(`(?s)<svg.*?</svg>`)
	ids   = regexp.MustCompile(` id="([^"]+)"`)
	named = regexp.MustCompile(` (?:aria-labelledby|aria-describedby)="([^"]+)"`)
	links = regexp.MustCompile(`<a [^>]*href="([^"]*)"`)
)

// sound checks what every page with pictures must be.
func sound(t *testing.T, name string, pages map[string]string) string {
	t.Helper()
	page, ok := pages[name]
	if !ok {
		t.Fatalf("no %s", name)
	}
	if bad := defect.FindString(page); bad != "" {
		t.Errorf("%s holds %q", name, bad)
	}
	has := map[string]bool{}
	for _, m := range ids.FindAllStringSubmatch(page, -1) {
		if has[m[1]] {
			t.Errorf("%s has the id %s twice", name, m[1])
		}
		has[m[1]] = true
	}
	for _, m := range named.FindAllStringSubmatch(page, -1) {
		for _, id := range strings.Fields(m[1]) {
			if !has[id] {
				t.Errorf("%s: nothing has the id %s", name, id)
			}
		}
	}
	for _, m := range regexp.MustCompile(`url\(#([^)]+)\)`).FindAllStringSubmatch(page, -1) {
		if !has[m[1]] {
			t.Errorf("%s: no pattern %s", name, m[1])
		}
	}
	for _, m := range links.FindAllStringSubmatch(page, -1) {
		to, fragment, _ := strings.Cut(m[1], "#")
		if to == "" && !has[fragment] {
			t.Errorf("%s: no #%s", name, fragment)
		}
		if to != "" && strings.HasSuffix(to, ".html") && !strings.Contains(to, "://") && pages[path.Join(path.Dir(name), to)] == "" {
			t.Errorf("%s leads to %s, which is not there", name, to)
		}
	}
	for _, svg := range svgs.FindAllString(page, -1) {
		open, _, _ := strings.Cut(svg, ">")
		if !strings.Contains(open, "aria-labelledby") && !strings.Contains(open, `aria-hidden="true"`) && !strings.Contains(svg, "<defs>") {
			t.Errorf("%s: a picture without a name: %s", name, open)
		}
		if strings.Contains(open, `role="img"`) && strings.Contains(svg, "<a ") {
			t.Errorf("%s: links in a picture with role img cannot be reached", name)
		}
	}
	return page
}

const site = "[site]\ntitle = \"示范市公报\"\n"

// history is a site from one year to another, with n documents in each that is
// not a multiple of 7.
func history(from, to, n int) map[string]string {
	files := map[string]string{}
	for y := from; y <= to; y++ {
		for i := range n {
			if y%7 > 0 {
				files[fmt.Sprintf("documents/%d/%d.md", y, i)] = fmt.Sprintf("title = \"第%d号办法\"\nslug = \"d%d-%d\"\nclass = \"行政规范性文件\"\nsigned = %d-05-01\n%s", i, y, i, y,
					[]string{"effective = 2010-01-01\n", "effective = 2010-01-01\nexpires = 2020-01-01\n", "effective = 2030-01-01\n", ""}[i%4])
			}
		}
	}
	return files
}

func TestDataPageCountsWhatListsHave(t *testing.T) {
	files := history(2018, 2026, 6)
	files["documents/x.md"] = "title = \"没有日期的函\"\nclass = \"其他文件\"\n"
	pages := pagesFrom(t, site, files)
	page := sound(t, "data/index.html", pages)
	for _, want := range []string{
		"收录的49件文件", "其中8件的效力待核实", `href="../years/2025/index.html"`, "现行有效2件，尚未施行或暂停执行1件，待核实1件，已失效或废止2件",
		"<th scope=\"row\">日期不详</th><td>1</td>", "2018年至2026年各年文件数", "不标注效力1件",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if title := regexp.MustCompile(`<title>.*?</title>`).FindString(page); title != "<title>公报数据 - 示范市公报</title>" {
		t.Error(title)
	}
	if strings.Contains(page, "2026-11-23") {
		t.Error("the page has the day of the build")
	}
	for _, from := range []string{"index.html", "years/index.html", "sitemap/index.html"} {
		if !strings.Contains(pages[from], `data/index.html"`) {
			t.Errorf("%s does not lead there", from)
		}
	}
}

func TestDataPageOfOneYearAndOfMany(t *testing.T) {
	one := sound(t, "data/index.html", pagesFrom(t, site, history(2025, 2025, 3)))
	if strings.Contains(one, `class="overview"`) || strings.Contains(one, `class="decade"><summary>2`) || strings.Count(one, `class="bar"`) != 1 {
		t.Error("one year has a single bar, nothing folded, and no overview")
	}
	many := sound(t, "data/index.html", pagesFrom(t, site, history(1949, 2026, 4)))
	if n := strings.Count(many, `<details class="decade">`); n != 8 {
		t.Errorf("%d decades are folded, want 8", n)
	}
	open, _, _ := strings.Cut(many, `<details class="decade">`)
	if n := strings.Count(open, `class="bar"`); n != 10 {
		t.Errorf("%d years stand open, want 10", n)
	}
	if !strings.Contains(many, "<summary>2010年至2014年，20件</summary>") {
		t.Error("a fold does not say what is in it")
	}
	slip := history(2015, 2026, 1)
	slip["documents/slip.md"] = "title = \"错年份的通知\"\nsigned = 0203-05-01\n"
	if strings.Contains(sound(t, "data/index.html", pagesFrom(t, site, slip)), `class="overview"`) {
		t.Error("a slip of the pen squeezes the overview")
	}
	if pages := pagesFrom(t, site, nil); pages["data/index.html"] != "" || strings.Contains(pages["index.html"], "data/index.html") {
		t.Error("a site without documents has a page of figures")
	}
}

func TestIssueCalendarShowsHoles(t *testing.T) {
	files := map[string]string{}
	issue := func(year int, nos ...int) {
		for _, no := range nos {
			files[fmt.Sprintf("issues/%d-%02d.md", year, no)] = fmt.Sprintf("year = %d\nno = %d\ndate = %d-%02d-15\n", year, no, year, 1+(no-1)%12)
		}
	}
	issue(2026, 1, 3)
	issue(2025, 12)
	issue(2024, 5)
	for y := 1955; y < 2024; y++ {
		issue(y, 1)
	}
	files["issues/2026-03.md"] = "year = 2026\nno = 3\n"
	pages := pagesFrom(t, site, files)
	page := sound(t, "issues/index.html", pages)
	for _, want := range []string{
		`<a href="2026/01/index.html"><span class="sr">2026年</span>第1期 <time datetime="2026-01-15">01-15</time></a>`,
		`<span class="hole"><span class="sr">2026年</span>第2期 <small>暂缺</small></span>`,
		`<a href="2026/03/index.html"><span class="sr">2026年</span>第3期</a>`,
		`<li class="wide-hole"><span class="hole"><span class="sr">2025年</span>第1–11期`,
		"共1期，缺11期", "<summary>1955年至1959年，共5期</summary>", "共73期",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	for year := 1955; year <= 2026; year++ {
		if n := strings.Count(page, fmt.Sprintf("<h2>%d年 ", year)); n != 1 {
			t.Errorf("%d stands %d times", year, n)
		}
	}
	if strings.Contains(pages["documents/index.html"]+pages["issues/page/1/index.html"], `class="issues-of"`) {
		t.Error("other pages have a calendar")
	}
	one := sound(t, "issues/index.html", pagesFrom(t, site, map[string]string{"issues/2026-09.md": "year = 2026\nno = 9\ndate = 2026-09-01\n"}))
	if strings.Contains(one, `"hole"`) || strings.Contains(one, `class="decade"`) || !strings.Contains(one, "第9期") {
		t.Error("what came before the first issue here is not known to be missing")
	}
}

// around is a document with others on every side.
func around() map[string]string {
	files := map[string]string{
		"documents/2023/me.md":       "title = \"示范市人民政府关于印发<停车>&管理办法的通知\"\nnumber = \"示府发〔2023〕12号\"\nsigned = 2023-05-18\neffective = 2023-06-01\n[[relations]]\nkind = \"based-on\"\ntarget = \"示府发〔2010〕1号\"\n[[relations]]\nkind = \"repeals\"\ntarget = \"示府发〔2018〕1号\"\n[[relations]]\nkind = \"replaces\"\ntarget = \"示府发〔2018〕1号\"\n[[relations]]\nkind = \"cites\"\ntarget = \"示府发〔2010〕1号\"\n",
		"documents/2010/base.md":     "title = \"示范市停车条例\"\nnumber = \"示府发〔2010〕1号\"\nsigned = 2010-01-01\n",
		"documents/2018/old.md":      "title = \"示范市停车暂行办法\\\"><script>alert(1)</script>\"\nnumber = \"示府发〔2018〕1号\"\nsigned = 2018-01-01\n",
		"documents/2025/amends.md":   "title = \"关于修改停车管理办法的决定\"\nnumber = \"示府发〔2025〕3号\"\nsigned = 2025-01-01\neffective = 2025-02-01\n[[relations]]\nkind = \"amends\"\ntarget = \"示府发〔2023〕12号\"\narticles = [\"第三条\"]\n",
		"interpretations/2023/i.md":  "title = \"停车办法解读\"\nabout = [\"示府发〔2023〕12号\"]\npublished = 2023-06-01\n",
		"documents/2024/lonely.md":   "title = \"一个函\"\nnumber = \"示府发〔2024〕9号\"\nsigned = 2024-01-01\n[[relations]]\nkind = \"replies-to\"\ntarget = \"示府发〔2010〕1号\"\n",
		"documents/2024/outside.md":  "title = \"引用外部文件\"\nnumber = \"示府发〔2024〕10号\"\nsigned = 2024-01-01\n[[relations]]\nkind = \"based-on\"\ntarget = \"国发〔2001〕1号\"\n[[relations]]\nkind = \"implements\"\ntarget = \"《某条例》\"\n",
		"documents/2024/crowded.md":  "title = \"清理决定\"\nnumber = \"示府发〔2024〕11号\"\nsigned = 2024-01-01\neffective = 2024-01-01\n",
		"questions/2024/crowded.md":  "title = \"清理问答\"\nabout = [\"示府发〔2024〕11号\"]\npublished = 2024-02-01\n",
		"responses/2024/crowded.md":  "title = \"清理回应\"\nabout = [\"示府发〔2024〕11号\"]\npublished = 2024-02-02\n",
		"documents/2024/crowd-by.md": "title = \"延长\"\nnumber = \"示府发〔2024〕12号\"\nsigned = 2024-03-01\neffective = 2024-03-01\n[[relations]]\nkind = \"continues\"\ntarget = \"示府发〔2024〕11号\"\n",
	}
	for i := range 20 {
		files[fmt.Sprintf("documents/2001/o%02d.md", i)] = fmt.Sprintf("title = \"旧文%d\"\nnumber = \"示府发〔2001〕%d号\"\nsigned = 2001-01-01\n", i, i+1)
		files["documents/2024/crowded.md"] += fmt.Sprintf("[[relations]]\nkind = \"repeals\"\ntarget = \"示府发〔2001〕%d号\"\n", i+1)
	}
	return files
}

var graphs = regexp.MustCompile(`(?s)<figure class="graph">.*?</figure>`)

func TestGraphOfADocument(t *testing.T) {
	pages := pagesFrom(t, site, around())
	page := sound(t, "documents/sff/2023/12/index.html", pages)
	graph := graphs.FindString(page)
	for _, want := range []string{
		`role="group" aria-labelledby="graph" aria-describedby="related relations"`,
		`<title>依据：示范市停车条例</title>`, `<title>修改本文件：关于修改停车管理办法的决定</title>`, `<title>政策解读：停车办法解读</title>`,
		`<title>本文件废止、本文件替代：示范市停车暂行办法&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;</title>`,
		`href="../../../../documents/sff/2010/1/index.html"`,
	} {
		if !strings.Contains(graph, want) {
			t.Errorf("the picture lacks %s", want)
		}
	}
	if n := strings.Count(graph, "<a "); n != 4 {
		t.Errorf("%d links, want one a document, however many relations it has", n)
	}
	golden(t, "graph.svg", graph)
	for name, has := range map[string]bool{"2024/9": false, "2024/10": true, "2024/11": true} {
		name = "documents/sff/" + name + "/index.html"
		if got := graphs.MatchString(sound(t, name, pages)); got != has {
			t.Errorf("%s has a picture: %v", name, got)
		}
	}
	if g := graphs.FindString(pages["documents/sff/2024/10/index.html"]); strings.Contains(g, "<a ") || !strings.Contains(g, `<g role="img"><title>依据：国发〔2001〕1号</title>`) {
		t.Errorf("what is not here has no link: %s", g)
	}
	crowded := graphs.FindString(pages["documents/sff/2024/11/index.html"])
	if n := strings.Count(crowded, "<rect"); n != 1+5+1+2 || !strings.Contains(crowded, `<a href="#relations"><title>其余16件，见下面的列表</title>`) {
		t.Errorf("%d boxes: %s", n, crowded)
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := "testdata/" + name
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is another; -update writes it\n%s", name, got)
	}
}

func TestFeedsAreFoundFromTheirPages(t *testing.T) {
	files := around()
	files["documents/2020/first.md"] = "title = \"养犬条例\"\nslug = \"dogs\"\nsigned = 2020-01-01\npublished = 2020-01-02\n"
	files["documents/2024/second.md"] = "title = \"养犬条例\"\nslug = \"dogs\"\nsigned = 2024-01-01\npublished = 2024-01-02\nversion_of = \"documents/2020/first.md\"\n"
	for i := range 30 {
		files[fmt.Sprintf("documents/2001/o%02d.md", i)] = fmt.Sprintf("title = \"旧文%d\"\nnumber = \"示府发〔2001〕%d号\"\nsigned = 2001-01-01\nissuers = [\"示范市人民政府\"]\ntopics = [\"交通\"]\n", i, i+1)
	}
	const based = "base_url = \"https://x.example.gov.cn/\"\n[site]\ntitle = \"示范市公报\"\nlist_size = 10\n"
	pages := pagesFrom(t, based, files)
	head := regexp.MustCompile(`<link rel="alternate" type="application/atom(?:\+|&#43;)xml" title="[^"]+" href="([^"]+)">`)
	feed := func(name string) string {
		body, ok := pages[name]
		if !ok {
			t.Fatalf("no %s", name)
		}
		var own []string
		for _, m := range head.FindAllStringSubmatch(body, -1) {
			if p := path.Join(path.Dir(name), m[1]); p != "atom.xml" {
				own = append(own, p)
			}
		}
		visible := strings.Count(body, `<div class="follow no-print">`)
		if len(own) > 1 || visible != len(own) {
			t.Errorf("%s: feeds %q, %d links on the page", name, own, visible)
		}
		return strings.Join(own, " ")
	}
	topic := ""
	for name := range pages {
		if strings.HasPrefix(name, "topics/") && strings.Count(name, "/") == 2 {
			topic = path.Dir(name)
		}
	}
	for name, want := range map[string]string{
		"documents/index.html": "documents/atom.xml", "documents/page/1/index.html": "", "interpretations/index.html": "interpretations/atom.xml",
		topic + "/index.html": topic + "/atom.xml", topic + "/page/1/index.html": "", "years/2001/index.html": "", "topics/index.html": "", "index.html": "", "data/index.html": "",
		"documents/sff/2023/12/index.html": "documents/sff/2023/12/atom.xml", "documents/2024/dogs/index.html": "documents/2024/dogs/atom.xml",
		"documents/2024/dogs/2020-01-01/index.html": "documents/2024/dogs/atom.xml", "interpretations/2023/i/index.html": "",
	} {
		if got := feed(name); got != want {
			t.Errorf("%s: feed %q, want %q", name, got, want)
		}
	}
	pages = pagesFrom(t, based+"[feeds]\ndocuments = false\n", files)
	if feed("documents/sff/2023/12/index.html") != "" || feed("documents/index.html") == "" {
		t.Error("documents = false is of documents")
	}
	pages = pagesFrom(t, site, files)
	if feed("documents/index.html")+feed("documents/sff/2023/12/index.html") != "" {
		t.Error("a feed without an address of the site")
	}
}
