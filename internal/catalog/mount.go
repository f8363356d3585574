package catalog

import (
	"gongbao/internal/config"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/source"
)

// A Mount is another gazette whose documents a site shows as a series of their own.
// Its catalog is made by the rules of that gazette, from its documents alone; to
// the site it is a register of documents elsewhere (Externals): nothing in the site
// changes what the other says of its documents, and they count in none of its lists.
type Mount struct {
	Code  string
	Title string
	URL   string // base address of its own site, "" where it has none
}

// Folder is where the pages of a mount stand, with a final slash.
func (m *Mount) Folder() string { return config.MirrorFolder + "/" + m.Code + "/" }

// under is the folder in which all addresses of the catalog stand.
func (c *Catalog) under() string {
	if c.Mount == nil {
		return ""
	}
	return c.Mount.Folder()
}

// In is a path or an id of a gazette as it is told from those of others: under the
// folder of the mount; that of the site itself, which is no mount, as it is.
func (m *Mount) In(name string) string {
	if m == nil {
		return name
	}
	return m.Folder() + name
}

// Source is the path of the content file as render.Loaders know it: in content/, or
// for a document of a mount in content/ of its mirror, under the folder of the mount.
func (e *Entry) Source() string { return e.Mount.In(e.Path) }

// Gazette is the name of the gazette that published an entry.
func (c *Catalog) Gazette(e *Entry) string {
	if e.Mount != nil {
		return e.Mount.Title
	}
	return c.Config.GazetteName()
}

// aside leaves what a mount shows of its gazette: the documents, in one list.
func (c *Catalog) aside() {
	for _, e := range c.Entries {
		e.Mount = c.Mount
	}
	list := &List{Name: c.Mount.Title, Address: c.under()}
	for _, e := range c.Documents {
		e.Issue, e.IssuePage, e.IssueLast, e.Prev, e.Next = nil, 0, 0, nil, nil
		if e.Shelf != gazette.Withdrawn && e == e.Newest() {
			list.Entries = append(list.Entries, e)
		}
	}
	c.Issues = nil
	if len(list.Entries) > 0 {
		c.Lists = []*List{list}
	}
	c.Externals = c.asExternals()
}

// asExternals are the documents of a mount as the site that shows them knows them, by
// path: those that readers should be led to.
func (c *Catalog) asExternals() (out []*source.External) {
	for _, e := range c.Entries {
		if e.Type != gazette.TypeDocument || e.Shelf == gazette.Withdrawn || e != e.Newest() {
			continue
		}
		x := c.asExternal(e)
		x.ID = c.Mount.Code + "/" + e.ID
		x.Pos = diag.Pos{File: c.under() + source.Name(e.Path)}
		if c.Mount.URL != "" {
			x.Source = c.Mount.URL + e.Address[len(c.under()):]
		}
		out = append(out, x)
	}
	return out
}

func (c *Catalog) asExternal(e *Entry) *source.External {
	x := &source.External{
		ID: e.ID, Title: e.Title(), Number: e.Document.Number, Force: c.ForceCode(e), Address: e.Address, HasAnchor: e.HasAnchor, Inner: e.Inner,
	}
	if len(e.Document.Issuers) > 0 {
		x.Issuer = e.Document.Issuers[0]
	}
	return x
}

// Bridge leads the mentions and relations of a mount that it cannot lead anywhere
// itself to documents of the site that shows it. It is for links: what the site's
// documents do to those of the mount, their own gazette says.
func (c *Catalog) Bridge(site *Catalog) {
	made := map[*Entry]*source.External{}
	to := func(t Target, n int) Target {
		if n != 1 || t.Entry == nil || t.Entry.Shelf == gazette.Withdrawn {
			return Target{}
		}
		x := made[t.Entry]
		if x == nil {
			x = site.asExternal(t.Entry)
			made[t.Entry] = x
		}
		return Target{External: x}
	}
	for _, e := range c.Documents {
		refs := c.unpack.Refs(e.Digest)
		for i, r := range refs {
			if e.Refs[i].Entry != nil || r.Number == "" && anonymous(r.Title) {
				continue
			}
			if t := to(site.lookupFolded(nil, r.Title, r.Number)); t.External != nil {
				t.Article = t.article(r.Article)
				e.Refs[i] = t
			}
		}
		for i, r := range e.Relations {
			if r.Entry != nil || r.Read != nil {
				continue
			}
			if t := to(site.Find(nil, r.Relation.Target)); t.External != nil {
				e.Relations[i].Target = t
			}
		}
	}
}
