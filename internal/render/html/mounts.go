package html

import (
	"gongbao/internal/catalog"
	"gongbao/internal/render"
)

// A Mount is another gazette whose documents the site shows: its list.
type Mount struct{ Title, Address string }

// Mounted makes the pages of a mount: in the frame of this site, with the words of
// this site, out of its own catalog.
func (s *Site) Mounted(in Input) *Site {
	n := s.For(in)
	n.chromes = s.chromes
	return n
}

// MountUnits are the pages of a mount: its documents with their files, the list of
// them, and what stands where documents have moved or are gone.
func (s *Site) MountUnits() []render.Unit {
	var units []render.Unit
	for _, e := range s.cat.Documents {
		units = append(units, s.EntryUnits(e)...)
	}
	units = append(units, s.listUnits()...)
	for _, r := range s.cat.Redirects {
		units = append(units, s.redirect(r))
	}
	for _, g := range s.cat.Graves {
		units = append(units, s.grave(g))
	}
	return units
}

// ofMount says on the page of a document of a mount whose it is, and leads search
// engines and readers to the page that counts.
func (s *Site) ofMount(p *Page, v *Document, file string, e *catalog.Entry) {
	m := s.cat.Mount
	if m == nil {
		return
	}
	p.Canonical = ""
	n := Notice{Kind: "info", Lasting: true, Text: s.strings.T("notice.mounted", m.Title)}
	if m.URL != "" {
		p.Canonical = m.URL + e.Address[len(m.Folder()):]
		n.Link = Link{s.strings.T("notice.mounted-at"), p.Canonical}
	}
	v.Notices = append([]Notice{n}, v.Notices...)
	p.Crumbs = s.crumbs(file, Link{m.Title, rel(file, m.Folder()+"index.html")}, e.Title())
}
