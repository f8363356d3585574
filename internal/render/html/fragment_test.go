package html_test

import (
	"html/template"
	"io/fs"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"gongbao/internal/render/html"
	"gongbao/layouts"
)

// slowly makes the fragments' templates such that no short cut is taken.
func slowly(t *testing.T) fs.FS {
	t.Helper()
	over := fstest.MapFS{}
	for name, field := range map[string]string{"partials/doclinks.html": ".Title", "partials/rows.html": ".Key"} {
		text := string(mustRead(t, layouts.FS, name))
		text = regexp.MustCompile(`(\{\{define "(doclink|row)"\}\})`).ReplaceAllString(text, "$1{{if eq "+field+" `never`}}x{{end}}")
		over[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return html.Overlay(over, layouts.FS)
}

func TestTheShortCutOfListsChangesNothing(t *testing.T) {
	fast, slow := parse(t, layouts.FS), parse(t, slowly(t))
	words := []string{"", "甲", "a & b", "<b>", `"引"`, "1+1", "100%", "{{.}}", "a\x00b", "\xff", "'", "`", "〔2023〕12号", "gongbaoslota"}
	hrefs := []string{"", "../a/index.html", "javascript:alert(1)", "?q=甲", "a b", "https://example.org/", "x#art_5", `"><b>`, "a//b"}
	items := []html.DocLink{}
	rows := []html.Row{{Key: "meta.number"}, {Key: "nosuch", Values: []html.Link{{}}}}
	for i, w := range words {
		for j, h := range hrefs {
			d := html.DocLink{Title: w, Href: h, Number: words[(i+j)%len(words)], Date: words[(i+2*j)%len(words)], Issuer: words[(i*j)%len(words)], Note: w}
			if i%3 == 0 {
				d.Badge = &html.Badge{Class: "in-force", Label: w, Detail: "x", Reason: strconv.Itoa(j)}
			}
			items = append(items, d)
			rows = append(rows, html.Row{Key: "meta.issuers", Values: []html.Link{{Text: w, Href: h}, {Text: d.Number}}})
		}
	}
	for range 2 { // once to learn the shapes, once from memory
		p := &html.Page{Layout: "document", Chrome: &html.Chrome{Lang: "zh-CN"}, Document: &html.Document{Title: "x", Rows: rows, CitedBy: items}}
		if got, want := render(t, fast, p), render(t, slow, p); got != want {
			a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
			for i := range a {
				if a[i] != b[i] {
					t.Fatalf("the short cut writes\n%s\nwant\n%s", a[i], b[i])
				}
			}
		}
	}
}

// A site's own template may look into the words or put them where they must be
// changed; then there is no short cut.
func TestASitesOwnFragmentsMayLookAtWords(t *testing.T) {
	for text, want := range map[string]string{
		`{{define "doclink"}}<li>{{if eq .Note "外部"}}ext{{end}}{{.Title}}</li>{{end}}`: "<li>ext甲 1</li>",
		`{{define "doclink"}}<li><a href="?q={{.Title}}">{{.Note}}</a></li>{{end}}`:    `<a href="?q=%e7%94%b2%201">外部</a>`,
		`{{define "doclink"}}<li><a title={{.Title}}>{{.Note}}</a></li>{{end}}`:        "<a title=甲&#32;1>外部</a>",
		`{{define "doclink"}}<li>{{with .Badge}}{{.Reason}}{{end}}</li>{{end}}`:        "<li>因为</li>",
	} {
		text = `{{define "doclinks"}}{{doclist .}}{{end}}` + text
		tmpl := parse(t, html.Overlay(fstest.MapFS{"partials/doclinks.html": {Data: []byte(text)}}, layouts.FS))
		list := &html.List{Title: "x", Items: []html.DocLink{{Title: "乙", Note: "b", Badge: &html.Badge{Class: "a", Label: "b"}}, {Title: "甲 1", Note: "外部", Badge: &html.Badge{Class: "a", Label: "b", Reason: "因为"}}}}
		if out := render(t, tmpl, &html.Page{Layout: "list", Chrome: &html.Chrome{}, List: list}); !strings.Contains(out, want) {
			t.Errorf("page lacks %q:\n%s", want, out[strings.Index(out, "<main"):])
		}
	}
}

// A document as most are: 14 facts, six links, one attachment, 16 KB of text.
func BenchmarkRenderTypicalDocument(b *testing.B) {
	tmpl := parse(b, layouts.FS)
	p, d := fullPages()[1], fixtureDocument()
	p.Body = template.HTML(strings.Repeat(string(p.Body), 4))
	p.Document = &html.Document{Title: d.Title, Number: d.Number, Badge: d.Badge, Intervals: d.Intervals, Rows: d.Rows[:14],
		Attachments: d.Attachments, Relations: []html.Group{{Key: "relation.cites", Items: append(fixtureDocs[:4:4], fixtureDocs[:2]...)}}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := tmpl.Render(p); err != nil {
			b.Fatal(err)
		}
	}
}
