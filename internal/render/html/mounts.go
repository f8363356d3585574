package html

import (
	"gongbao/internal/catalog"
	"gongbao/internal/config"
	"gongbao/internal/render"
)

// A Mount is another gazette whose documents the site shows: its list.
type Mount struct {
	Title, Address string
	Count          int // of documents
}

// mountsAddress is the page of all mounts, which there is where they are several.
const mountsAddress = config.MirrorFolder + "/"

// Mounted makes the pages of a mount: in the frame of this site, with the words of
// this site, out of its own catalog.
func (s *Site) Mounted(in Input) *Site {
	in.Mounts = s.in.Mounts
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
	for _, l := range s.cat.Lists {
		units = append(units, s.mountList(l)...)
	}
	for _, r := range s.cat.Redirects {
		units = append(units, s.redirect(r))
	}
	for _, g := range s.cat.Graves {
		units = append(units, s.grave(g))
	}
	return units
}

// mountList is the list of the documents of a mount, which says whose they are.
func (s *Site) mountList(l *catalog.List) []render.Unit {
	m := s.cat.Mount
	return s.pages(l.Address, l.Name, s.mountParent, l.Entries, func(p *Page, _ string) {
		p.List.Intro = s.strings.T("mounts.intro", m.Title)
		if m.URL != "" {
			p.List.Siblings = []Link{{s.strings.T("mounts.site"), m.URL}}
		}
	})
}

// mountParent is the page above the list of a mount; none where there is only one.
func (s *Site) mountParent(file string) Link {
	if len(s.in.Mounts) < 2 {
		return Link{}
	}
	return Link{s.strings.T("mounts.title"), rel(file, mountsAddress+"index.html")}
}

// mountsUnit is the page of all mounts; none where there is only one.
func (s *Site) mountsUnit() []render.Unit {
	if len(s.in.Mounts) < 2 {
		return nil
	}
	const file = mountsAddress + "index.html"
	return []render.Unit{s.unit(file, func() *Page {
		name := s.strings.T("mounts.title")
		p := s.page("terms", file, name)
		s.columnMetas(p, name)
		p.Crumbs = s.crumbs(file, Link{}, name)
		p.Terms = &Terms{Title: name}
		for _, m := range s.in.Mounts {
			p.Terms.Terms = append(p.Terms.Terms, Term{Name: m.Title, Href: rel(file, m.Address+"index.html"), Count: m.Count})
		}
		return p
	})}
}

// mountsLink leads to the only mount, which has n documents, or to the page of all n
// of them; n is 0 where there are none.
func (s *Site) mountsLink() (l Link, n int) {
	switch n = len(s.in.Mounts); n {
	case 0:
		return Link{}, 0
	case 1:
		m := s.in.Mounts[0]
		return Link{m.Title, m.Address + "index.html"}, m.Count
	}
	return Link{s.strings.T("mounts.title"), mountsAddress + "index.html"}, n
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
