package main

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"gongbao/internal/build"
	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/render"
	"gongbao/internal/render/share"
)

// TestArticlesHaveTheTextOfThePage makes the article of every document of the
// corpus and of the sample: it has every character of the page's text in the
// page's order, in tags and styles that the editor of WeChat keeps. Pages of the
// sample have marks of later changes and attachments in their text, which is
// therefore compared as the page gets it.
func TestArticlesHaveTheTextOfThePage(t *testing.T) {
	t.Run("sample", func(t *testing.T) {
		sameText(t, "../..", func(l render.Loader, e *catalog.Entry) string {
			f, err := l.Fragment(e.Path)
			if err != nil {
				t.Fatal(err)
			}
			doc, err := html.Parse(bytes.NewReader(f.HTML))
			if err != nil {
				t.Fatal(err)
			}
			return text(doc)
		})
	})
	t.Run("corpus", func(t *testing.T) {
		root := readCorpus(t)
		sameText(t, root, func(_ render.Loader, e *catalog.Entry) string {
			return readPage(t, filepath.Join(root, "public", filepath.FromSlash(e.Address), "index.html")).body
		})
	})
}

func sameText(t *testing.T, root string, page func(render.Loader, *catalog.Entry) string) {
	t.Helper()
	s, err := build.Load(t.Context(), build.Options{Root: root, AsOf: gazette.NewDate(2026, 11, 23)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	p, _, _ := s.Press()
	l := s.Loader()
	n := 0
	for _, e := range s.Catalog.Documents {
		if e.Shelf == gazette.Withdrawn || e.Document.TextNone {
			continue
		}
		text, err := l.Text(e.Path)
		if err != nil {
			t.Fatal(err)
		}
		files, m, err := share.Make(share.Source{Entry: e, Tree: text.Tree, Config: &s.Config, Words: p.Words, File: l.File})
		if err != nil {
			t.Fatalf("%s: %v", e.Path, err)
		}
		article, short := "", ""
		for _, f := range files {
			switch f.Name {
			case share.ArticleFile:
				article = string(f.Bytes)
			case share.ShortFile:
				short = string(f.Bytes)
			}
		}
		body, whole := articleText(t, article)
		if got, want := squeeze(body), squeeze(strings.ReplaceAll(page(l, e), "↩", "")); got != want {
			t.Errorf("%s: article differs from its page %s", e.Path, firstDifference(got, want))
		}
		if !strings.Contains(short, e.Title()) || !strings.Contains(short, e.Document.Number) || !strings.Contains(short, m.Address) {
			t.Errorf("%s: %q lacks title, number or address", e.Path, short)
		}
		// What the document itself says may sound like a status.
		own := strings.NewReplacer(body, "", e.Title(), "", summaryOf(short), "")
		if w := statusWord.FindString(own.Replace(whole) + own.Replace(short)); w != "" {
			t.Errorf("%s: what is shared says %q", e.Path, w)
		}
		n++
	}
	if n < 50 {
		t.Errorf("%d articles", n)
	}
	t.Log(n, "articles")
}

// kept are the tags that the editor of WeChat keeps, and the properties of styles.
var (
	kept   = regexp.MustCompile(`^(section|p|span|strong|em|sup|br|img|table|thead|tbody|tr|td|ul|ol|li)$`)
	styles = regexp.MustCompile(`^(?:(?:margin|padding|border|border-bottom|border-top|border-left|border-collapse|background-color|color|font-size|font-weight|line-height|letter-spacing|text-align|text-indent|text-wrap|word-break|white-space|overflow-x|width|min-width|max-width|height|display):[^;:]+;?)+$`)
)

// statusWord are words of force in layouts/strings (design §4: never where they freeze).
var statusWord = regexp.MustCompile(`尚未施行|现行有效|已有更新文本|暂停执行|期满失效|宣布失效|已废止|待核实`)

// summaryOf is what a short text says between the title and where to find the rest.
func summaryOf(short string) string {
	_, rest, _ := strings.Cut(short, "】")
	rest, _, _ = strings.Cut(rest, "点击查看")
	return rest
}

// articleText is the text of a document in an article, and all that the article
// says. It reports what WeChat would not keep.
func articleText(t *testing.T, article string) (body, whole string) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(article))
	if err != nil {
		t.Fatal(err)
	}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode && n.Data != "html" && n.Data != "head" && n.Data != "body" { // which the parser adds
			if !kept.MatchString(n.Data) {
				t.Errorf("an article with <%s>", n.Data)
			}
			for _, a := range n.Attr {
				switch a.Key {
				case "src", "alt", "colspan", "rowspan":
				case "style":
					if !styles.MatchString(a.Val) {
						t.Errorf("an article with the style %q", a.Val)
					}
				default:
					t.Errorf("an article with the attribute %s=%q", a.Key, a.Val)
				}
			}
			if n.Data == "section" && len(n.Attr) == 0 && n.Parent.Parent.Data == "body" {
				body = text(n)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(doc)
	return body, text(doc)
}
