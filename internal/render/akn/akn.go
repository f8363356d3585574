// Package akn writes documents and issues as Akoma Ntoso 3.0 (OASIS LegalDocML),
// the form in which law databases exchange texts.
//
// The structure is that of the page: eIds are its anchors, so that a citation of
// art_5 finds the same article in both. 条 款 项 目 become article, paragraph, point
// and indent; 一、（一）1. become level (reference/publishing.md §6.3). What the
// body has and no element of Akoma Ntoso takes where it stands goes into an
// hcontainer: no text is lost. Statuses are intervals of days, as on the page.
//
// Names are FRBR URIs made of the permanent address of the work:
//
//	/akn/cn-510000/act/sfbf/2023/12                     the work
//	/akn/cn-510000/act/sfbf/2023/12/zho@2023-05-18      this text of it
//	/akn/cn-510000/act/sfbf/2023/12/~art_5              an article
package akn

import (
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/config"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
)

// Namespace is that of gongbao's own elements inside proprietary: what Akoma Ntoso
// has no word for.
const Namespace = "https://gongbao/ns/1"

const namespace = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

// noDate stands where the schema wants a date and none is known; the name beside
// it says so.
const noDate = "0001-01-01"

// A Source is what documents are written from.
type Source struct {
	Catalog *catalog.Catalog
	Words   func(key string, args ...any) string // of the site's language
}

// A scheme names the works of a site.
type scheme struct {
	country  string // cn, or cn- and the code of GB/T 2260
	language string // ISO 639-2
}

func schemeOf(c config.Site) scheme {
	s := scheme{"cn", "zho"}
	if code := c.Division(); code != "" {
		s.country += "-" + code
	}
	return s
}

// isAct reports whether a document is an act: law as such, not a paper of some 文种
// about it. It is part of the name of the work, so it must not depend on the text.
func isAct(e *catalog.Entry) bool {
	switch e.Document.Class {
	case gazette.Statute, gazette.Rule:
		return true
	case gazette.Normative:
		return e.Document.Kind == ""
	}
	return false
}

func kindOf(e *catalog.Entry) string {
	if isAct(e) {
		return "act"
	}
	return "doc"
}

// work is the URI of the work that an entry is a text of.
func (s scheme) work(e *catalog.Entry) string {
	e = e.Newest()
	return "/akn/" + s.country + "/" + kindOf(e) + "/" + tail(e)
}

// tail is the address of an entry without its first folder.
func tail(e *catalog.Entry) string {
	_, rest, _ := strings.Cut(strings.TrimSuffix(e.Address, "/"), "/")
	return rest
}

// expression is the URI of a text.
func (s scheme) expression(e *catalog.Entry) string {
	return s.work(e) + "/" + s.language + "@" + textDate(e)
}

// textDate is the day of a text of a work; noDate where none is known.
func textDate(e *catalog.Entry) string {
	for _, d := range []gazette.Date{e.TextDay(), e.Date} {
		if !d.IsZero() {
			return d.String()
		}
	}
	return noDate
}

// target is the address of what a name stands for: the work in the catalog, or
// where a register says that the text can be found; "" for neither.
func (s scheme) target(t catalog.Target) string {
	switch {
	case t.Entry != nil && t.Entry.Type == gazette.TypeDocument:
		u := s.work(t.Entry)
		if t.Article != "" {
			u += "/~" + t.Article
		}
		return u
	case t.External != nil && strings.Contains(t.External.Source, "://"):
		return uri(t.External.Source)
	}
	return ""
}

// Document writes a document. tree is its body.
func (s Source) Document(e *catalog.Entry, tree *markup.Tree) []byte {
	b, _ := s.document(nil, e, tree)
	return b
}

// document is Document, into the room of buf. head is how many bytes come before
// the text.
func (s Source) document(buf []byte, e *catalog.Entry, tree *markup.Tree) (b []byte, head int) {
	d := &document{
		Source: s, scheme: schemeOf(s.Catalog.Config.Site), e: e, tree: tree, writer: writer{buf},
	}
	d.notes = make(map[int]*markup.Footnote, len(tree.Footnotes))
	for i := range tree.Footnotes {
		d.notes[tree.Footnotes[i].Number] = &tree.Footnotes[i]
	}
	d.head()
	kind := kindOf(e)
	d.open(kind, "name", name(e), "contains", contains(e))
	d.line()
	d.meta()
	head = len(d.writer.b)
	d.text()
	d.close(kind)
	d.line()
	d.close("akomaNtoso")
	d.line()
	return d.writer.b, head
}

func (w *writer) head() {
	w.b = append(w.b, `<?xml version="1.0" encoding="UTF-8"?>`+"\n"...)
	w.open("akomaNtoso", "xmlns", namespace, "xmlns:gb", Namespace)
	w.line()
}

// name says what kind of text it is, in the words of its own front matter.
func name(e *catalog.Entry) string {
	d := e.Document
	for _, s := range []string{d.Kind, d.Form, string(d.Class)} {
		if s != "" {
			return s
		}
	}
	return "公文"
}

// contains says whether a text is the first of its work.
func contains(e *catalog.Entry) string {
	if n := len(e.Versions); n > 0 && e.Versions[n-1] != e {
		return "singleVersion"
	}
	return "originalVersion"
}
