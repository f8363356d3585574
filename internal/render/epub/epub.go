// Package epub writes an issue as an EPUB 3.3 publication: a cover, the contents,
// and every document whose text is at hand, for readers of books on phones.
//
// A book is kept for years, so it never says whether a document is in force: each
// carries the address where that can be looked up (design §4).
package epub

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"io"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/klauspost/compress/flate"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/render"
	"gongbao/internal/source"
)

// A Source is what books are written from.
type Source struct {
	Catalog *catalog.Catalog
	Words   func(key string, args ...any) string // of the site's language
	Version string
	Content func(contentPath string) digest.Hash // of a content file
	Hash    func(path string) []byte             // of a file that is copied, by its path from the site's root
}

// Of is the book of an issue; none for a scan, and where no text is at hand.
func (s Source) Of(issue *catalog.Entry) []render.Unit {
	if issue.Type != gazette.TypeIssue || issue.Digest.Issue.PDF != "" || len(issue.IssueTexts()) == 0 {
		return nil
	}
	return []render.Unit{{
		Path: issue.Address + render.EPUB.File, Wave: 1,
		Key: func() render.Key { return s.key(issue) },
		Render: func(l render.Loader) (render.Output, []diag.Finding) {
			b, err := s.Issue(issue, l)
			if err != nil {
				return render.Output{}, []diag.Finding{diag.New("file-unreadable", issue.Start(), err.Error())}
			}
			return render.Output{Bytes: b}, nil
		},
	}}
}

// key is the hash of all that a book is made of.
func (s Source) key(issue *catalog.Entry) render.Key {
	b := s.book(issue)
	var with [][]byte
	for _, c := range b.chapters {
		content := s.Content(c.e.Path)
		with = append(with, content[:])
		for _, name := range pictures(c.e) {
			with = append(with, []byte(name), s.Hash(source.Name(path.Join(path.Dir(c.e.Path), name))))
		}
		for i := range c.e.Refs {
			with = append(with, []byte(b.href(c.e, markup.Slot{Index: i})))
		}
		for i := range c.e.Links {
			with = append(with, []byte(b.href(c.e, markup.Slot{Index: i, Link: true})))
		}
	}
	return render.Hash([]string{b.cover(), b.nav(), b.opf()}, append(with, []byte(s.Version))...)
}

// compressor compresses one file after the other in the same memory.
func compressor() zip.Compressor {
	var w *flate.Writer
	return func(out io.Writer) (_ io.WriteCloser, err error) {
		if w == nil {
			w, err = flate.NewWriter(out, 6)
			return w, err
		}
		w.Reset(out)
		return w, nil
	}
}

// pictures are those of a text that a book can hold.
func pictures(e *catalog.Entry) []string {
	var out []string
	for _, f := range e.Files {
		if f.Image && strings.HasPrefix(render.MediaType(f.Path), "image/") && !slices.Contains(out, f.Path) {
			out = append(out, f.Path)
		}
	}
	return out
}

// A chapter is a document of the book.
type chapter struct {
	e    *catalog.Entry
	file string
}

type book struct {
	Source
	issue    *catalog.Entry
	chapters []chapter
}

func (s Source) book(issue *catalog.Entry) *book {
	b := &book{Source: s, issue: issue}
	for i, e := range issue.IssueTexts() {
		b.chapters = append(b.chapters, chapter{e, fmt.Sprintf("d%03d.xhtml", i+1)})
	}
	return b
}

// Issue writes the book of an issue. The same issue is the same bytes.
func (s Source) Issue(issue *catalog.Entry, l render.Loader) ([]byte, error) {
	b := s.book(issue)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	z.RegisterCompressor(zip.Deflate, compressor())
	put := func(name string, method uint16, data []byte) error {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method}) // no time: nothing is said of the making
		if err == nil {
			_, err = w.Write(data)
		}
		return err
	}
	// The type comes first and as it is, so that others know the file by it (OCF 4.3).
	if err := put("mimetype", zip.Store, []byte("application/epub+zip")); err != nil {
		return nil, err
	}
	for _, f := range [][2]string{
		{"META-INF/container.xml", container}, {"EPUB/package.opf", b.opf()}, {"EPUB/nav.xhtml", b.nav()},
		{"EPUB/cover.xhtml", b.cover()}, {"EPUB/style.css", style},
	} {
		if err := put(f[0], zip.Deflate, clean(f[1])); err != nil {
			return nil, err
		}
	}
	for i, c := range b.chapters {
		f, err := l.Fragment(c.e.Path)
		if err != nil {
			return nil, err
		}
		if err := put("EPUB/"+c.file, zip.Deflate, clean(b.chapter(i, f))); err != nil {
			return nil, err
		}
		for k, name := range pictures(c.e) {
			data, err := l.File(source.Name(path.Join(path.Dir(c.e.Path), name)))
			if err != nil {
				return nil, err
			}
			if err := put("EPUB/"+picture(i, k, name), zip.Store, data); err != nil {
				return nil, err
			}
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// clean is a text in which U+FFFD stands for what XML has no place for (XML 1.0, Char).
func clean(s string) []byte {
	return []byte(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
			return 0xfffd
		}
		return r
	}, s))
}

// picture is the place of the k-th picture of the i-th chapter. Its own name may have
// characters that readers of books stumble over.
func picture(i, k int, name string) string {
	return fmt.Sprintf("pictures/d%03d-%d%s", i+1, k+1, strings.ToLower(path.Ext(name)))
}

const container = `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
`

// voids are the elements that XHTML closes and HTML does not.
var voids = regexp.MustCompile(`<(br|hr|img)((?: [a-z]+="[^"]*")*)>`)

// shown and linked are the pictures and files beside the page, as texts name them.
var (
	shown  = regexp.MustCompile(`<img src="files/([^"]*)" alt="([^"]*)"/>`)
	linked = regexp.MustCompile(`<a href="files/[^"]*"`)
)

// lazy is an attribute of pictures that books do not know.
const lazy = ` loading="lazy"`

// chapter is a document as XHTML.
func (b *book) chapter(i int, f *markup.Fragment) string {
	e := b.chapters[i].e
	body := string(f.Fill(func(slot markup.Slot) string { return b.href(e, slot) }))
	body = voids.ReplaceAllString(strings.ReplaceAll(body, lazy, ""), "<$1$2/>")
	names := pictures(e)
	body = shown.ReplaceAllStringFunc(body, func(tag string) string {
		m := shown.FindStringSubmatch(tag)
		if k := slices.Index(names, unescape(m[1])); k >= 0 {
			return `<img src="` + picture(i, k, names[k]) + `" alt="` + m[2] + `"/>`
		}
		return "[" + m[2] + "]" // of a kind that books do not hold
	})
	body = linked.ReplaceAllStringFunc(body, func(string) string { // to files that are beside the page only
		if b.Catalog.Config.BaseURL == "" {
			return "<a"
		}
		return `<a href="` + html.EscapeString(b.page(e)) + `"`
	})
	var w strings.Builder
	b.open(&w, e.Title(), "")
	w.WriteString("<h1>" + html.EscapeString(e.Title()) + "</h1>\n")
	if n := e.Document.Number; n != "" {
		w.WriteString(`<p class="number">` + html.EscapeString(n) + "</p>\n")
	}
	w.WriteString(body)
	if b.Catalog.Config.BaseURL != "" {
		w.WriteString(`<p class="status">` + html.EscapeString(b.Words("print.status")) + link(b.page(e), b.page(e)) + "</p>\n")
	}
	w.WriteString("</body>\n</html>\n")
	return w.String()
}

func link(to, text string) string {
	return `<a href="` + html.EscapeString(to) + `">` + html.EscapeString(text) + "</a>"
}

// unescape is the name in an address of a text.
func unescape(s string) string {
	s = html.UnescapeString(s)
	if name, err := url.PathUnescape(s); err == nil {
		return name
	}
	return s
}

// page is the address of the page of an entry: absolute, as a book has no site
// around it.
func (b *book) page(e *catalog.Entry) string {
	return b.Catalog.Config.BaseURL + e.Address + "index.html"
}

// href is what a slot of a text leads to: another chapter, else a page of the site;
// "" for what has no address outside the site.
func (b *book) href(e *catalog.Entry, slot markup.Slot) string {
	if slot.Link {
		if slot.Index >= len(e.Links) || e.Links[slot.Index] == "" {
			return ""
		}
		to := e.Links[slot.Index]
		if strings.HasPrefix(to, "#") {
			return to
		}
		address, anchor, _ := strings.Cut(to, "#")
		return b.to(b.Catalog.At(strings.TrimSuffix(address, "index.html")), anchor)
	}
	if slot.Index >= len(e.Refs) {
		return ""
	}
	t := e.Refs[slot.Index]
	if t.Entry == nil {
		if t.External != nil && strings.Contains(t.External.Source, "://") {
			return t.External.Source
		}
		return ""
	}
	return b.to(t.Entry, t.Article)
}

// to is the way to a place of an entry.
func (b *book) to(e *catalog.Entry, anchor string) string {
	if e == nil {
		return ""
	}
	at := ""
	for _, c := range b.chapters {
		if c.e == e {
			at = c.file
		}
	}
	switch {
	case at != "":
	case b.Catalog.Config.BaseURL == "":
		return ""
	default:
		at = b.page(e)
	}
	if anchor != "" {
		at += "#" + anchor
	}
	return at
}

func (b *book) open(w *strings.Builder, title, kind string) {
	lang := html.EscapeString(b.Catalog.Config.Site.Language)
	w.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n<!DOCTYPE html>\n")
	w.WriteString(`<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="` + lang + `" lang="` + lang + `">` + "\n")
	w.WriteString("<head><title>" + html.EscapeString(title) + `</title><link rel="stylesheet" href="style.css" type="text/css"/></head>` + "\n")
	if kind != "" {
		kind = ` epub:type="` + kind + `"`
	}
	w.WriteString("<body" + kind + ">\n")
}
