package audit

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"gongbao/internal/catalog"
	"gongbao/internal/config"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/source"
)

// asOf is the day of the inspections.
var asOf = gazette.NewDate(2026, 11, 23)

// inspect returns the findings "place rule" on an output and a text, in lines.
func inspect(t *testing.T, cfg, content string, output fstest.MapFS) string {
	t.Helper()
	c, found := config.Parse([]byte(cfg))
	if len(found) > 0 {
		t.Fatal(found)
	}
	const name = "documents/2026/a.md"
	d, _ := digest.New(markup.NewParser(), name, []byte(content))
	in := Input{
		Output: output, Name: "public", Root: fstest.MapFS{"content/" + name: {Data: []byte(content)}},
		Catalog: catalog.Resolve(catalog.Input{Digests: []*digest.Digest{d}, Data: &source.Data{}, Config: c, AsOf: asOf, HasFile: func(string) bool { return true }}),
	}
	fs, err := Site(in)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, f := range fs {
		if f.Rule != "audit-footer" && f.Rule != "audit-meta" {
			lines = append(lines, f.Pos.String()+" "+f.Rule)
		}
	}
	return strings.Join(lines, "\n")
}

const front = "+++\ntitle = \"示范市人民政府关于停车的通告\"\nnumber = \"示府发〔2020〕1号\"\nsigned = 2020-05-01\npublished = 2020-05-02T10:00:00+08:00\nIGNORE\n+++\n\n"

func TestSilence(t *testing.T) {
	const text = "各县(市)人民政府，諮询。"
	const both = "content/documents/2026/a.md:9:3 audit-punctuation\ncontent/documents/2026/a.md:9:11 audit-character"
	for _, c := range []struct{ name, config, ignore, want string }{
		{"nothing", "", "", both},
		{"a rule for the site", "[check]\ndisable = [\"audit-punctuation\"]", "", "content/documents/2026/a.md:9:11 audit-character"},
		{"a rule for the document", "", "ignore = [\"audit-character\"]", "content/documents/2026/a.md:9:3 audit-punctuation"},
		{"warnings before since", "[check]\nsince = 2020-05-02", "", "content/documents/2026/a.md:9:11 audit-character"},
	} {
		if got := inspect(t, c.config, strings.Replace(front, "IGNORE", c.ignore, 1)+text, nil); got != c.want {
			t.Errorf("%s:\n%s\nwant:\n%s", c.name, got, c.want)
		}
	}
}

// TestSilenceOfPages: a document silences what its own folder in the output has,
// nothing silences an error.
func TestSilenceOfPages(t *testing.T) {
	c, _ := config.Parse(nil)
	const name = "documents/2026/a.md"
	for _, ignore := range []string{"", `ignore = ["audit-attachment", "audit-attachment-empty"]`} {
		d, _ := digest.New(markup.NewParser(), name, []byte(strings.Replace(front, "IGNORE", ignore, 1)+"正文。"))
		cat := catalog.Resolve(catalog.Input{Digests: []*digest.Digest{d}, Data: &source.Data{}, Config: c, AsOf: asOf, HasFile: func(string) bool { return true }})
		dir := cat.Entries[0].Address + "files/"
		found, err := Site(Input{Output: fstest.MapFS{dir + "a.pdf": {Data: []byte("文")}, dir + "b.pdf": {}}, Name: "public", Root: fstest.MapFS{}, Catalog: cat})
		if err != nil {
			t.Fatal(err)
		}
		var rules []string
		for _, f := range found {
			if strings.HasPrefix(f.Rule, "audit-attachment") {
				rules = append(rules, f.Rule)
				if len(f.Related) != 1 || f.Related[0].Pos.File != "content/"+name {
					t.Errorf("%s does not name the document: %v", f.Rule, f.Related)
				}
			}
		}
		want := "audit-attachment audit-attachment-empty"
		if ignore != "" {
			want = "audit-attachment-empty"
		}
		if got := strings.Join(rules, " "); got != want {
			t.Errorf("with %q: %s, want %s", ignore, got, want)
		}
	}
}

func zipOf(t *testing.T, names ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, n := range names {
		if _, err := z.Create(n); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAttachments(t *testing.T) {
	docx := zipOf(t, "[Content_Types].xml", "word/document.xml")
	for _, c := range []struct {
		name, data string
		fits       bool
	}{
		{"a.docx", docx, true},
		{"a.DOCX", docx, true},
		{"a.xlsx", docx, false},
		{"a.zip", docx, true},
		{"a.docx", docx[:len(docx)-30], false},
		{"a.docx", ole + "…", false},
		{"a.doc", ole + "…", true},
		{"a.doc", docx, false},
		{"a.doc", "<html><body><p>文</p></body></html>", false},
		{"a.ofd", zipOf(t, "OFD.xml"), true},
		{"a.ofd", zipOf(t, "Doc_0/x"), false},
		{"a.pdf", "\r\n%PDF-1.4", true},
		{"a.pdf", "<html>404</html>", false},
		{"a.png", "\x89PNG\r\n\x1a\n…", true},
		{"a.png", "\xFF\xD8\xFF\xE0", false},
		{"a.jpeg", "\xFF\xD8\xFF\xE0", true},
		{"a.mp4", "\x00\x00\x00\x18ftypmp42\x00\x00", true},
		{"a.mp4", "ftyp", false},
		{"a.webp", "RIFF\x00\x00\x00\x00WEBPVP8 ", true},
		{"a.webp", "RIFF\x00\x00\x00\x00WAVEfmt ", false},
		{"a.txt", "文字", true},
		{"a.txt", "\xFF\xFE\x87\x65", true},
		{"a.txt", "\xce\xc4\xd7\xd6", true}, // GB18030
		{"a.csv", "名称\x00\x01", false},
		{"a.txt", strings.Repeat("文", headSize), true}, // cut inside of a character
		{"a.xyz", "\x00", true},                        // nobody knows what it should be
		{".well/a.pdf", "", true},                      // not of the site
	} {
		output := fstest.MapFS{c.name: {Data: []byte(c.data)}}
		if got := inspect(t, "", strings.Replace(front, "IGNORE", "", 1)+"正文。", output) == ""; got != c.fits {
			t.Errorf("%s %.20q: fits %v, want %v", c.name, c.data, got, c.fits)
		}
	}
}

func TestLinks(t *testing.T) {
	const cfg = "base_url = \"https://www.example.gov.cn/gongbao/\"\n"
	for _, c := range []struct{ link, want string }{
		{`<a href="b/index.html#x">`, ""},
		{`<a href="b/#x">`, ""},
		{`<a href="b#x">`, ""},
		{`<a href="/gongbao/b/">`, ""},
		{`<a href="https://www.example.gov.cn/gongbao/b/?q=1">`, ""},
		{`<a href="https://www.example.gov.cn/gongbao/c/">`, "audit-link"},
		{`<a href="/other/">`, ""}, // the portal's
		{`<a href="../other/">`, ""},
		{`<a href="b/index.html#y">`, "audit-anchor"},
		{`<a href="b/%E6%96%87.txt">`, ""},
		{`<a href="b/%zz">`, "audit-link"},
		{`<a href="#x">`, "audit-anchor"},
		{`<a id=x href="#x">`, ""},
		{`<a name="%E6">`, ""},
		{`<img src="b/none.png">`, "audit-link"},
		{`<img srcset="b/文.txt 1x, none.png 2x">`, "audit-link"},
		{`<img src="data:image/png;base64,AAAA">`, ""},
		{`<img src="//cdn.example.com/a.png">`, "audit-resource"},
		{`<link rel="preload icon" href="https://cdn.example.com/a.ico">`, "audit-resource"},
		{`<link rel="canonical" href="https://www.example.com/">`, "audit-host"},
		{`<a href="HTTP://www.example.com">`, "audit-host audit-http"},
		{`<a href="http://zf.example.gov.cn/a">`, "audit-http"},
		{`<a href="javascript:void(0)">`, ""},
		{`<meta http-equiv="Refresh" content="0; url=none/">`, "audit-link"},
		{`<!-- <a href="none/"> -->`, ""},
		{`<script>"<a href='none/'>"</script>`, ""},
	} {
		output := fstest.MapFS{"a.html": {Data: []byte(c.link)}, "b/index.html": {Data: []byte(`<p id="x"><a name="">`)}, "b/文.txt": {Data: []byte("文")}}
		got := inspect(t, cfg, strings.Replace(front, "IGNORE", "", 1)+"正文。", output)
		var rules []string
		for line := range strings.Lines(got) {
			place, rule, _ := strings.Cut(strings.TrimSpace(line), " ")
			if !strings.HasPrefix(rule, "audit-meta") && !strings.HasPrefix(rule, "audit-foot") {
				rules = append(rules, rule)
				if place != "public/a.html:1:1" {
					t.Errorf("%s at %s", rule, place)
				}
			}
		}
		if got := strings.Join(rules, " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.link, got, c.want)
		}
	}
}

// TestPubDate looks at the page of a document: what it must have is the page's, the
// day of publication the document's, and a day to come nobody's.
func TestPubDate(t *testing.T) {
	const tags = `<meta name="SiteName" content="a"><meta name="SiteDomain" content="a"><meta name="SiteIDCode" content="a"><meta name="ColumnName" content="a">` +
		`<meta name="ColumnDescription" content="a"><meta name="ColumnKeywords" content="a"><meta name="ColumnType" content="a"><meta name="ArticleTitle" content="a">`
	const file = "documents/a/2020/1/index.html"
	for _, c := range []struct{ head, want string }{
		{`<meta name="ContentSource" content="a"><meta name="PubDate" content="2020-05-02 10:00">`, ""},
		{`<meta name="ContentSource" content="a"><meta name="PubDate" content="2027-05-02 10:00">`, "audit-date"},
		{`<meta name="ContentSource" content="a"><meta name="PubDate" content="2020-5-2">`, "audit-meta-form"},
		{`<meta name="ContentSource" content="a">`, "audit-meta-lost"},
		{`<meta name="ContentSource" content=" "><meta name="PubDate" content="2020-05-02 10:00">`, "audit-meta-lost"},
		{`<meta http-equiv="refresh" content="0; url=index.html">`, ""},
	} {
		data := &source.Data{Series: []source.Series{{Name: "示府发", Code: "a"}}}
		d, _ := digest.New(markup.NewParser(), "documents/a.md", []byte(strings.Replace(front, "IGNORE", "", 1)+"正文。"))
		cat := catalog.Resolve(catalog.Input{Digests: []*digest.Digest{d}, Data: data, AsOf: asOf, HasFile: func(string) bool { return true }})
		found, err := Site(Input{Output: fstest.MapFS{file: {Data: []byte(tags + c.head)}}, Name: "public", Root: fstest.MapFS{}, Catalog: cat})
		if err != nil {
			t.Fatal(err)
		}
		var rules []string
		for _, f := range found {
			if !strings.HasPrefix(f.Rule, "audit-foot") {
				rules = append(rules, f.Rule)
			}
		}
		if got := strings.Join(rules, " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.head, got, c.want)
		}
	}
}

func TestStyles(t *testing.T) {
	output := fstest.MapFS{
		"css/a.css": {Data: []byte("@import \"b.css\";\n.x { background: url( 'none.png' ) }\n.y { background: url(../a.png) }\n.z { src: url(https://fonts.example.com/a.woff2) }")},
		"css/b.css": {Data: []byte(".x { background: url(data:image/png;base64,AAAA) }")}, "a.png": {Data: []byte("\x89PNG\r\n\x1a\n")},
	}
	want := "public/css/a.css:2:24 audit-link\npublic/css/a.css:4:15 audit-resource"
	if got := inspect(t, "", strings.Replace(front, "IGNORE", "", 1)+"正文。", output); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestPeriods(t *testing.T) {
	for frequency, want := range map[string]int{"周刊": 7, "旬刊": 11, "半月刊": 16, "月刊": 31, "双月刊": 62, "季刊": 92, "半年刊": 183, "年刊": 366, "不定期": 183, "": 183} {
		if got := period(frequency); got != want {
			t.Errorf("period(%s) = %d, want %d", frequency, got, want)
		}
	}
}

// TestVeto counts the columns of a portal: one less than what fails, and what fails.
func TestVeto(t *testing.T) {
	for _, c := range []struct {
		news, others, empty int
		kind, published     string
		want                string
	}{
		{4, 5, 4, "portal", "2020-01-01", ""},
		{5, 0, 0, "portal", "2020-01-01", "veto.news 5"},
		{0, 10, 0, "portal", "2020-01-01", "veto.stale 10"},
		{5, 5, 5, "portal", "2020-01-01", "veto.empty 5,veto.news 5,veto.stale 10"},
		{5, 5, 5, "library", "2020-01-01", ""},
		{5, 5, 0, "portal", "2026-11-20", ""},
	} {
		data := &source.Data{}
		add := func(n int, class, kind string) {
			for range n {
				data.Columns = append(data.Columns, source.Column{Name: class, Code: fmt.Sprintf("c%d", len(data.Columns)), Class: class, Types: []string{kind}, UpdateDays: 3000})
			}
		}
		add(c.news, "政策文件", "document")
		add(c.others, "其他", "document")
		add(c.empty, "其他", "question")
		cfg, _ := config.Parse([]byte("[site]\nkind = \"" + c.kind + "\"\n"))
		d, _ := digest.New(markup.NewParser(), "documents/a.md", []byte("+++\ntitle = \"通告\"\nslug = \"a\"\nsigned = 2020-01-01\npublished = "+c.published+"\n+++\n\n正文。"))
		cat := catalog.Resolve(catalog.Input{Digests: []*digest.Digest{d}, Data: data, Config: cfg, AsOf: asOf, HasFile: func(string) bool { return true }})
		found, err := Site(Input{Output: fstest.MapFS{}, Name: "public", Root: fstest.MapFS{}, Catalog: cat})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range found {
			switch f.Rule {
			case "audit-veto":
				got = append(got, f.Args[0]+" "+f.Args[1])
			case "audit-column-stale":
				t.Errorf("%v: a column keeps its own period of 3,000 days", c)
			}
		}
		if s := strings.Join(got, ","); s != c.want {
			t.Errorf("%v: %s, want %s", c, s, c.want)
		}
	}
}
