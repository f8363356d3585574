package epub

import (
	"fmt"
	"html"
	"strconv"
	"strings"

	"gongbao/internal/render"
)

// title is what the issue is called: 示范市人民政府公报 2023年第6期.
func (b *book) title() string { return strings.TrimSpace(b.name() + " " + b.issueTitle()) }

func (b *book) name() string { return b.Catalog.Config.GazetteName() }

func (b *book) issueTitle() string {
	i := b.issue.Digest.Issue
	if i.Title != "" {
		return i.Title
	}
	return b.Words("issue.title", strconv.Itoa(i.Year), strconv.Itoa(i.No))
}

// opf is the package document: what the book is and what it holds.
func (b *book) opf() string {
	var w strings.Builder
	text := html.EscapeString
	c, i := b.Catalog.Config, b.issue.Digest.Issue
	id := "gongbao:" + b.issue.ID
	if c.BaseURL != "" {
		id = c.BaseURL + b.issue.Address
	}
	day := i.Date.String()
	modified := day
	if day == "" {
		modified = "2000-01-01" // EPUB wants one: the day of the making is not said
	}
	w.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	w.WriteString(`<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="` + text(c.Site.Language) + `">` + "\n")
	w.WriteString(`<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">` + "\n")
	w.WriteString(`<dc:identifier id="id">` + text(id) + "</dc:identifier>\n<dc:title>" + text(b.title()) + "</dc:title>\n")
	w.WriteString("<dc:language>" + text(c.Site.Language) + "</dc:language>\n")
	if c.Site.Sponsor != "" {
		w.WriteString("<dc:publisher>" + text(c.Site.Sponsor) + "</dc:publisher>\n")
	}
	if day != "" {
		w.WriteString("<dc:date>" + day + "</dc:date>\n")
	}
	w.WriteString(`<meta property="dcterms:modified">` + modified + "T00:00:00Z</meta>\n")
	for _, f := range [][2]string{
		{"accessMode", "textual"}, {"accessModeSufficient", "textual"}, {"accessibilityFeature", "tableOfContents"}, {"accessibilityFeature", "structuralNavigation"},
		{"accessibilityHazard", "none"},
	} {
		w.WriteString(`<meta property="schema:` + f[0] + `">` + f[1] + "</meta>\n")
	}
	w.WriteString("</metadata>\n<manifest>\n")
	w.WriteString(`<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>` + "\n")
	w.WriteString(`<item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>` + "\n" + `<item id="style" href="style.css" media-type="text/css"/>` + "\n")
	for n, c := range b.chapters {
		fmt.Fprintf(&w, "<item id=\"d%d\" href=\"%s\" media-type=\"application/xhtml+xml\"/>\n", n+1, c.file)
		for k, name := range pictures(c.e) {
			fmt.Fprintf(&w, "<item id=\"p%d-%d\" href=\"%s\" media-type=\"%s\"/>\n", n+1, k+1, picture(n, k, name), render.MediaType(name))
		}
	}
	w.WriteString("</manifest>\n<spine>\n<itemref idref=\"cover\"/>\n<itemref idref=\"nav\"/>\n")
	for n := range b.chapters {
		fmt.Fprintf(&w, "<itemref idref=\"d%d\"/>\n", n+1)
	}
	w.WriteString("</spine>\n</package>\n")
	return w.String()
}

// cover is the first page.
func (b *book) cover() string {
	var w strings.Builder
	i := b.issue.Digest.Issue
	b.open(&w, b.title(), "cover")
	w.WriteString(`<section class="cover"><p class="gazette">` + html.EscapeString(b.name()) + "</p>\n<h1>" + html.EscapeString(b.issueTitle()) + "</h1>\n")
	if i.Running > 0 {
		w.WriteString("<p>" + html.EscapeString(b.Words("issue.running", strconv.Itoa(i.Running))) + "</p>\n")
	}
	if !i.Date.IsZero() {
		w.WriteString("<p>" + i.Date.String() + "</p>\n")
	}
	w.WriteString("</section>\n</body>\n</html>\n")
	return w.String()
}

// nav is the contents, section by section, as the issue has them. What has no text
// here stands by its name.
func (b *book) nav() string {
	var w strings.Builder
	b.open(&w, b.title(), "")
	title := html.EscapeString(b.Words("issue.contents"))
	w.WriteString(`<nav epub:type="toc" id="toc"><h1>` + title + "</h1>\n<ol>\n")
	for i, s := range b.issue.Digest.Issue.Sections {
		var lines []string
		for _, e := range b.issue.IssueEntries[i] {
			for _, c := range b.chapters {
				if c.e == e {
					lines = append(lines, "<li>"+link(c.file, e.Title())+"</li>\n")
				}
			}
		}
		switch {
		case len(lines) == 0:
		case s.Title == "":
			w.WriteString(strings.Join(lines, ""))
		default:
			w.WriteString("<li><span>" + html.EscapeString(s.Title) + "</span>\n<ol>\n" + strings.Join(lines, "") + "</ol></li>\n")
		}
	}
	w.WriteString("</ol></nav>\n</body>\n</html>\n")
	return w.String()
}

// style follows the page: indentation of two characters, headings in 黑体.
const style = `body { line-height: 1.7; margin: 0 1em; }
h1, h2, h3, h4, h5, h6 { font-family: sans-serif; line-height: 1.4; }
h1 { text-align: center; font-size: 1.4em; }
h2.att, h2.title, h2.part, h2.chapter, h3.chapter, h3.section, h4.section { text-align: center; }
p { text-indent: 2em; margin: 0.3em 0; }
p.number, p.amend, section.cover p { text-align: center; text-indent: 0; }
p.addr, p.num, td p, th p { text-indent: 0; }
p.sign, p.date { text-align: right; margin-right: 2em; }
p.status { margin-top: 2em; text-indent: 0; font-size: 0.9em; word-break: break-all; }
section.cover { margin-top: 30%; }
section.cover .gazette { font-size: 1.6em; font-weight: bold; }
table { border-collapse: collapse; width: 100%; font-size: 0.9em; }
td, th { border: 1px solid; padding: 0.2em 0.4em; }
img { max-width: 100%; }
nav ol { list-style: none; padding-left: 1em; }
nav span { font-weight: bold; }
`
