package press

import (
	"slices"
	"strconv"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/typeset"
)

// imprintRoles are the 版记, which belongs to the paper as it was sent: copies
// for the public leave it out.
var imprintRoles = map[markup.Role]bool{markup.CopyTo: true, markup.PrintedBy: true}

// Document lays out the public form of a document: no red head, no 版记, the
// whole text with its disclosure line, its source, and its address.
func (p *Press) Document(e *catalog.Entry, o Options) (*Laid, []diag.Finding, error) {
	s := p.setting(DocumentStyle(), o)
	it, err := s.text(e, "d", imprintRoles)
	if err != nil {
		return nil, nil, err
	}
	s.disclosure(it)
	s.source(it)
	s.ending(it)
	pages := s.setter.Set(it.blocks, s.style.Geometry)
	for i := range pages {
		s.folio(&pages[i], i+1, false)
	}
	s.proof(pages)
	s.coarse(pages)
	b := &Book{
		Purpose: o.Purpose, Pages: pages, Pictures: used(s.pictures, pages), Info: s.info(e),
		Labels: []Label{{Page: 0, Style: "D", Start: 1}}, Crop: o.Crop,
	}
	b.Outline = it.bookmarks(0, where(pages), 0)
	s.sweep(name(e), b)
	return &Laid{Book: b, Texts: s.texts}, s.findings, nil
}

// disclosure adds the disclosure line that the front matter has and the text
// has not.
func (s *setting) disclosure(it *item) {
	doc := it.entry.Document
	if it.entry.Type != gazette.TypeDocument || doc.Disclosure == "" {
		return
	}
	tree, err := s.parse(it.entry)
	if err != nil {
		return
	}
	said := false
	tree.Walk(func(b *markup.Block) { said = said || b.Role == markup.Disclosure })
	if said {
		return
	}
	l := &s.style.Looks[NotePart]
	p := l.paragraph(l.span(s.Words("print.disclosure", string(doc.Disclosure))))
	p.Before = l.Leading / 2
	it.blocks = append(it.blocks, p)
}

// source adds where the text comes from, and which text counts: 立法法第九十七条
// makes the text of the gazette the standard one.
func (s *setting) source(it *item) {
	e := it.entry
	l := &s.style.Looks[SourcePart]
	var lines []string
	switch {
	case e.Document.Origin.Name != "":
		lines = append(lines, s.Words("print.origin", e.Document.Origin.Name))
	case s.Catalog.Config.Site.Title != "":
		lines = append(lines, s.Words("print.origin", s.Catalog.Config.Site.Title))
	}
	if e.Issue != nil {
		text := s.Words("print.standard", s.gazetteName(), s.shortNumber(e.Issue))
		if e.IssuePage > 0 {
			text = s.Words("print.standard-page", s.gazetteName(), s.shortNumber(e.Issue), strconv.Itoa(e.IssuePage))
		}
		lines = append(lines, text)
	}
	for i, text := range lines {
		p := l.paragraph(l.span(text))
		p.Keep = true
		if i == 0 {
			p.Before = s.style.Looks[BodyPart].Leading
			it.blocks = append(it.blocks, &typeset.Drawing{
				Before: p.Before, Height: l.Leading / 2, Keep: true,
				Rules: []typeset.Rule{{Width: s.style.Geometry.Column(), Height: 500}},
			})
			p.Before = 0
		}
		it.blocks = append(it.blocks, p)
	}
}

func (p *Press) gazetteName() string { return p.Catalog.Config.GazetteName() }

// dashRise is how far the dashes beside a folio stand above its baseline: they,
// not the figures, are 7 mm under the text.
const dashRise = 288

// folio prints a page's number: — 1 — of GB/T 9704-2012 on papers, in the
// middle on copies for the public.
func (s *setting) folio(p *typeset.Page, number int, official bool) {
	g := s.style.Geometry
	l := &s.style.Looks[FolioPart]
	y := g.Top + g.Depth + typeset.MM(7) + l.Size*dashRise/1000
	text := "— " + strconv.Itoa(number) + " —"
	switch {
	case !official:
		s.line(p, l, text, typeset.Center, g.Width/2, y)
	case number%2 == 1:
		s.line(p, l, text, typeset.End, g.Left(number)+g.Text-l.Size, y)
	default:
		s.line(p, l, text, typeset.Start, g.Left(number)+l.Size, y)
	}
}

// info is what the file says about itself. Its date is that of the text.
func (s *setting) info(e *catalog.Entry) Info {
	doc := e.Document
	in := Info{Title: e.Title(), Subject: doc.Number, Language: "zh-CN", Date: e.Date}
	for _, i := range doc.Issuers {
		in.Author = join("、", in.Author, i)
	}
	words := slices.Clone(doc.Keywords)
	in.Keywords = join(" ", words...)
	return in
}
