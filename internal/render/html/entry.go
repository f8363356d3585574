package html

import (
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/render"
)

// An entryPage is the page of an entry with a body. There is one for every
// document, hence one small struct and no closures.
type entryPage struct {
	site *Site
	e    *catalog.Entry
	file string
	view func(s *Site, file string, e *catalog.Entry) *Page
}

// EntryUnits are the units of one entry: its page and what stands in its folder.
func (s *Site) EntryUnits(e *catalog.Entry) []render.Unit {
	switch e.Type {
	case gazette.TypeDocument:
		return s.documentUnits(e)
	case gazette.TypeIssue:
		return append(s.fileUnits(e), s.entryUnit(e, "index.html", (*Site).issuePage))
	}
	return append(s.fileUnits(e), s.entryUnit(e, "index.html", (*Site).articlePage))
}

func (s *Site) entryUnit(e *catalog.Entry, name string, view func(s *Site, file string, e *catalog.Entry) *Page) render.Unit {
	p := &entryPage{s, e, e.Address + name, view}
	u := render.Unit{Path: p.file, Wave: 2, Key: p.key, Render: p.render, Make: p.make}
	if s.prints != nil {
		u.Inputs = p.inputs
	}
	return u
}

func (p *entryPage) page() *Page {
	page := p.view(p.site, p.file, p.e)
	page.Embed = strings.HasSuffix(p.file, "/embed.html")
	page.NoIndex = page.NoIndex || page.Embed
	return page
}

func (p *entryPage) key() render.Key { return p.keyOf(p.page()) }

func (p *entryPage) keyOf(page *Page) render.Key {
	return render.Hash(struct {
		Page     *Page
		Body     digest.Hash
		Slots    []string
		Pictures [][2]int
	}{page, p.e.BodyHash, p.site.slotTargets(p.file, p.e), p.e.Pictures}, p.site.seed)
}

func (p *entryPage) render(l render.Loader) (render.Output, []diag.Finding) {
	return p.site.render(p.file, p.page(), p.e, l)
}

func (p *entryPage) make(l render.Loader) (render.Key, render.Output, []diag.Finding) {
	page := p.page()
	key := p.keyOf(page) // before the page has its body
	out, findings := p.site.render(p.file, page, p.e, l)
	return key, out, findings
}
