package html

import (
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/render"
)

func (s *Site) listName(l *catalog.List) string {
	switch {
	case l.Key != "":
		return s.strings.T(l.Key)
	case l.Taxonomy == "years":
		return s.strings.T("list.year", l.Name)
	}
	return l.Name
}

// listUnits are the pages of all lists and of the taxonomies.
func (s *Site) listUnits() []render.Unit {
	var out []render.Unit
	for _, l := range s.cat.Lists {
		out = append(out, s.pages(l.Address, s.listName(l), s.listParent(l), l.Entries, func(p *Page, file string) {
			p.List.Siblings, p.Feed = s.siblings(l)(file), s.listFeed(file, l)
			if l.Address == "issues/" {
				p.List.Calendar = s.issueCalendar(file)
			}
		})...)
	}
	for _, t := range s.taxonomies() {
		file := t + "/index.html"
		out = append(out, s.unit(file, func() *Page {
			name := s.strings.T("list." + t)
			p := s.page("terms", file, name)
			s.columnMetas(p, name)
			p.Crumbs = s.crumbs(file, Link{}, name)
			v := &Terms{Title: name}
			for _, l := range s.cat.Lists {
				if l.Taxonomy == t {
					name := s.listName(l)
					if _, leaf, ok := strings.Cut(name, "/"); ok && l.Level > 0 {
						name = leaf
					}
					term := Term{Name: name, Href: rel(file, l.Address+"index.html"), Count: len(l.Entries), Level: l.Level}
					if t == "statuses" {
						term.Note = s.strings.T(l.Key + ".means")
					}
					v.Terms = append(v.Terms, term)
				}
			}
			if t == "years" {
				v.More = []Link{{s.strings.T("chart.title"), rel(file, dataAddress+"index.html")}}
			}
			p.Terms = v
			return p
		}))
	}
	return out
}

// columnMetas adds the tags of column pages (standards §2.3).
func (s *Site) columnMetas(p *Page, name string) {
	p.Metas = append(p.Metas, Meta{"ColumnName", name}, Meta{"ColumnDescription", name}, Meta{"ColumnKeywords", name}, Meta{"ColumnType", name})
}

func (s *Site) listParent(l *catalog.List) func(file string) Link {
	return func(file string) Link {
		if l.Taxonomy == "" {
			return Link{}
		}
		return Link{s.strings.T("list." + l.Taxonomy), rel(file, l.Taxonomy+"/index.html")}
	}
}

// siblings are the other years; other taxonomies have a page of their own.
func (s *Site) siblings(l *catalog.List) func(file string) []Link {
	return func(file string) []Link {
		if l.Address == "in-force/" && len(s.cat.InForce()) > 0 {
			return []Link{{s.strings.T("directory.title"), rel(file, directoryAddress+"index.html")}}
		}
		if l.Address == "issues/" && s.hasComplete() {
			return []Link{{s.strings.T("complete.title"), rel(file, completeAddress+"index.html")}}
		}
		if l.Taxonomy != "years" {
			return nil
		}
		var out []Link
		for _, o := range s.cat.Lists {
			if o.Taxonomy == "years" {
				x := Link{s.listName(o), rel(file, o.Address+"index.html")}
				if o == l {
					x.Href = ""
				}
				out = append(out, x)
			}
		}
		return out
	}
}

// innerPages is how many pages a list of n has below its index.html.
func (s *Site) innerPages(n int) int { return max(n/s.cat.Config.Site.ListSize-1, 0) }

func pageFile(address string, n int) string { return address + "page/" + itoa(n) + "/index.html" }

// pages cuts a list, newest first, into pages. Pages are counted from the
// oldest entry and are full for ever, so that a new document changes the
// newest page only, however long the list: index.html shows what does not fill
// a page yet and the newest full page; page/N/ the others. first adds to
// index.html what it alone has.
func (s *Site) pages(address, name string, parent func(string) Link, es []*catalog.Entry, first func(p *Page, file string)) []render.Unit {
	size, inner := s.cat.Config.Site.ListSize, s.innerPages(len(es))
	newest := len(es) - inner*size
	var out []render.Unit
	add := func(file string, part []*catalog.Entry, pager func(file string) Pager, index bool) {
		u := s.unit(file, func() *Page {
			p := s.page("list", file, name)
			s.columnMetas(p, name)
			p.Crumbs = s.crumbs(file, parent(file), name)
			v := &List{Title: name, Pager: pager(file)}
			if index {
				v.Count = len(es)
				v.Take = s.take(file)
			}
			for _, e := range part {
				v.Items = append(v.Items, s.docLink(file, e))
			}
			if inner > 0 {
				v.Pager.Range = dates(part)
			}
			p.List = v
			if index && first != nil {
				first(p, file)
			}
			return p
		})
		if !index {
			u.Inputs = func() catalog.Print {
				return s.innerInputs(part, []any{file, name, parent(file), pager(file), dates(part)})
			}
		}
		out = append(out, u)
	}
	number := func(n int) string { return pageFile(address, n) }
	index := address + "index.html"
	add(index, es[:newest], func(file string) Pager {
		if inner == 0 {
			return Pager{}
		}
		return Pager{Older: Link{Href: rel(file, number(inner))}, Last: Link{Href: rel(file, number(1))}}
	}, true)
	for n := inner; n >= 1; n-- {
		at := newest + (inner-n)*size
		add(number(n), es[at:at+size], func(file string) Pager {
			p := Pager{First: Link{Href: rel(file, index)}, Newer: Link{Href: rel(file, index)}, Last: Link{Href: rel(file, number(1))}}
			if n < inner {
				p.Newer.Href = rel(file, number(n+1))
			}
			if n > 1 {
				p.Older.Href = rel(file, number(n-1))
			} else {
				p.Last.Href = ""
			}
			return p
		}, false)
	}
	return out
}

// dates is the stretch of time that a page shows, oldest first.
func dates(es []*catalog.Entry) string {
	a, b := "", ""
	for _, e := range es {
		if d := e.Date.String(); d != "" {
			if b == "" {
				b = d
			}
			a = d
		}
	}
	if a == b {
		return a
	}
	return a + "—" + b
}

// citedUnits list all documents that cite an entry.
func (s *Site) citedUnits(e *catalog.Entry) []render.Unit {
	parent := func(file string) Link { return link(file, e, e.Title()) }
	return s.pages(e.Address+"cited-by/", s.strings.T("list.cited-by", e.Title()), parent, e.CitedBy, nil)
}
