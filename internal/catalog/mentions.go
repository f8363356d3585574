package catalog

import (
	"strings"

	"gongbao/internal/digest"
	"gongbao/internal/gazette"
)

// A title is a name of a document in a table of titles; the zero title is none.
type title struct {
	table *table[[]*Entry]
	key   string
}

// titles are the titles under which a document is found. A 印发通知 is found under
// the title of what it prints, too: they are one target.
func (c *Catalog) titles(d *digest.Digest) (out [3]title) {
	if d.Type != gazette.TypeDocument {
		return out
	}
	if d.Folded != "" {
		out[0] = title{c.byTitle, titleKey(d.Folded)}
	}
	if i := strings.Index(d.Folded, "关于"); i > 0 {
		out[1] = title{c.byShort, d.Folded[i:]}
	}
	if d.Inner != "" {
		out[2] = title{c.byTitle, titleKey(d.Inner)}
	}
	return out
}

// An ask says that a title was asked for while the catalog was resolved: the sum
// of the title in its table, and for whose mention that was.
type ask struct {
	sum uint32
	by  int32 // Entry.n, or other
}

// Who asks for titles that is no entry.
const (
	other  = -1 // a step of Resolve on which more depends than mentions
	nobody = -2 // who reads a catalog that is ready
)

// asks returns the entries of a title, and notes the question while the catalog
// is resolved: whatever asked for a title may turn out otherwise where the title
// comes to mean others, and nothing else does.
func (c *Catalog) asks(t *table[[]*Entry], key string) []*Entry {
	es, sum := t.look(key)
	if c.asker != nobody {
		c.asked = append(c.asked, ask{sum, c.asker})
	}
	return es
}

// consider notes that what texts say of others depends on what entries are, and
// returns them.
func (c *Catalog) consider(es []*Entry) []*Entry {
	for _, e := range es {
		e.judged = true
	}
	return es
}

// mentions resolves the mentions in the text of an entry.
func (c *Catalog) mentions(e *Entry, targets *slab[Target]) {
	last := c.asker
	c.asker = e.n
	refs := c.unpack.Refs(e.Digest)
	e.Refs = targets.take(len(refs))
	for i, r := range refs {
		t, _ := c.lookupFolded(e, r.Title, r.Number)
		t.Article = t.article(r.Article)
		if t.Entry == e && t.Article == "" {
			t = Target{} // a document does not link to itself
		}
		if t.Entry != nil {
			t.Entry.cited++
		}
		e.Refs[i] = t
	}
	c.asker = last
}

// article returns the anchor of an article that is named with a document: its
// own, else that of what it prints; "" where it has none.
func (t Target) article(id string) string {
	if id == "" {
		return ""
	}
	for _, anchor := range []string{id, "att_1__" + id} {
		if t.Entry != nil && t.Entry.HasAnchor(anchor) || t.External != nil && t.External.HasAnchor != nil && t.External.HasAnchor(anchor) {
			return anchor
		}
	}
	return ""
}
