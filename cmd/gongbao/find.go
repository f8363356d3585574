package main

import (
	"fmt"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/source"
)

// nearTitles is how many titles are offered in place of a name that stands for
// nothing.
const nearTitles = 5

// find returns the documents that a name stands for. Where there is none it
// says so, with the nearest titles, and returns errFindings.
func (a *app) find(c *catalog.Catalog, name string) ([]*catalog.Entry, error) {
	found := c.Matches(name)
	if len(found) > 0 {
		return found, nil
	}
	fmt.Fprintln(a.stderr, a.strings.T("find.none", name))
	if near := c.Near(name, nearTitles); len(near) > 0 {
		fmt.Fprintln(a.stderr, a.strings.T("find.near"))
		a.offer(near)
	}
	return nil, errFindings
}

// inMounts returns the documents of the mount that a name stands for where it stands
// for none of the site, with the catalog that holds them; else that of the site.
func inMounts(c *catalog.Catalog, name string) (*catalog.Catalog, []*catalog.Entry) {
	if len(c.Matches(name)) > 0 {
		return c, nil
	}
	for _, m := range c.Mounts {
		if found := m.Matches(strings.TrimPrefix(name, m.Mount.Folder())); len(found) > 0 {
			return m, found
		}
	}
	return c, nil
}

// contentFile is the file of an entry, from the site's root.
func contentFile(e *catalog.Entry) string { return e.Mount.In(source.Name(e.Path)) }

// findOne returns the document that a name stands for. Where there are several it
// lists them and returns errFindings.
func (a *app) findOne(c *catalog.Catalog, name string) (*catalog.Entry, error) {
	es, err := a.find(c, name)
	if err != nil {
		return nil, err
	}
	if len(es) > 1 {
		fmt.Fprintln(a.stderr, a.strings.T("find.several", name))
		a.offer(es)
		return nil, errFindings
	}
	return es[0], nil
}

// offer lists documents to choose from.
func (a *app) offer(es []*catalog.Entry) {
	for _, e := range es {
		fmt.Fprintf(a.stderr, "  %s  %s  %s\n", source.Name(e.Path), e.Document.Number, e.Title())
	}
}
