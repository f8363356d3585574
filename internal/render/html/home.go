package html

import (
	"gongbao/internal/gazette"
	"gongbao/internal/render"
)

// IssueUnits are the pages that speak of the files of printed issues: theirs, and
// the home page.
func (s *Site) IssueUnits() []render.Unit {
	units := []render.Unit{s.homeUnit()}
	for _, e := range s.cat.Issues {
		units = append(units, s.EntryUnits(e)...)
	}
	return units
}

func (s *Site) homeUnit() render.Unit {
	view := func() *Page {
		const file = "index.html"
		p := s.page("home", file, "")
		v := &Home{}
		if len(s.cat.Issues) > 0 {
			newest := s.cat.Issues[0]
			v.Issue = s.issueView(file, newest)
			v.Issue.Imprint = nil
			v.Cover = link(file, newest, v.Issue.Title)
			for _, e := range s.cat.Issues[1:min(len(s.cat.Issues), 7)] {
				v.Issues = append(v.Issues, link(file, e, s.issueTitle(e)))
			}
		}
		for _, e := range s.cat.Documents[:min(len(s.cat.Documents), 15)] {
			if e.Shelf == gazette.Online && len(v.Latest.Items) < 10 {
				v.Latest.Items = append(v.Latest.Items, s.docLink(file, e))
			}
		}
		if s.index["documents/"] {
			v.Latest.Pager.Older = Link{Href: "documents/index.html"}
		}
		for _, l := range s.cat.Lists {
			switch {
			case l.Taxonomy == "columns":
				c := HomeColumn{Title: Link{l.Name, l.Address + "index.html"}}
				for _, e := range l.Entries[:min(len(l.Entries), 5)] {
					c.Items = append(c.Items, s.docLink(file, e))
				}
				v.Columns = append(v.Columns, c)
			case l.Taxonomy == "":
				v.Entrance = append(v.Entrance, Term{Name: s.strings.T(l.Key), Href: l.Address + "index.html", Count: len(l.Entries)})
			}
		}
		for _, w := range s.ways() {
			v.Entrance = append(v.Entrance, Term{Name: s.strings.T(w.key), Href: w.address + "index.html", Count: w.count})
		}
		for _, t := range s.taxonomies() {
			v.Entrance = append(v.Entrance, Term{Name: s.strings.T("list." + t), Href: t + "/index.html", Count: s.count(t)})
		}
		if l, n := s.mountsLink(); n > 0 {
			v.Entrance = append(v.Entrance, Term{Name: l.Text, Href: l.Href, Count: n})
		}
		p.Home = v
		return p
	}
	return s.unit("index.html", view)
}

func (s *Site) count(taxonomy string) int {
	n := 0
	for _, l := range s.cat.Lists {
		if l.Taxonomy == taxonomy {
			n++
		}
	}
	return n
}

func (s *Site) siteMapUnit() render.Unit {
	const file = "sitemap/index.html"
	view := func() *Page {
		p := s.page("sitemap", file, s.strings.T("sitemap.title"))
		p.Crumbs = s.crumbs(file, Link{}, s.strings.T("sitemap.title"))
		v := &SiteMap{}
		lists := SiteMapGroup{Title: Link{Text: s.cat.Config.Site.Title, Href: "../index.html"}}
		for _, l := range s.cat.Lists {
			if l.Taxonomy == "" {
				lists.Links = append(lists.Links, Link{s.strings.T(l.Key), "../" + l.Address + "index.html"})
			}
		}
		for _, w := range s.ways() {
			lists.Links = append(lists.Links, Link{s.strings.T(w.key), "../" + w.address + "index.html"})
		}
		if s.hasComplete() {
			lists.Links = append(lists.Links, Link{s.strings.T("complete.title"), "../" + completeAddress + "index.html"})
		}
		if s.in.Search != nil {
			lists.Links = append(lists.Links, Link{s.strings.T("search.title"), "../" + searchAddress + "index.html"})
		}
		if s.offline() {
			lists.Links = append(lists.Links, Link{s.strings.T("offline.title"), "../" + OfflinePage})
		}
		for _, m := range s.in.Mounts {
			lists.Links = append(lists.Links, Link{m.Title, "../" + m.Address + "index.html"})
		}
		for _, e := range s.cat.Articles[gazette.TypePage] {
			lists.Links = append(lists.Links, link(file, e, e.Title()))
		}
		v.Groups = append(v.Groups, lists)
		for _, t := range s.taxonomies() {
			g := SiteMapGroup{Title: Link{s.strings.T("list." + t), "../" + t + "/index.html"}}
			for _, l := range s.cat.Lists {
				if l.Taxonomy == t {
					g.Links = append(g.Links, Link{s.listName(l), "../" + l.Address + "index.html"})
				}
			}
			v.Groups = append(v.Groups, g)
		}
		p.SiteMap = v
		return p
	}
	return s.unit(file, view)
}
