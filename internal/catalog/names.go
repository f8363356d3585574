package catalog

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/ledger"
	"gongbao/internal/zh"
)

// identify gives entries the ids of the ledger; before it each has that of its
// path. The ledger's stays; a renamed file is known by the path that is on record, its
// text or its number, one that comes back after it was withdrawn by its text only: its
// number may have been given again.
func (c *Catalog) identify(l *ledger.Ledger) {
	if l == nil {
		return
	}
	var lost, withdrawn []*ledger.Record
	for _, r := range c.unknown(l) {
		switch {
		case r.Last.Event == ledger.Withdrawn:
			withdrawn = append(withdrawn, r)
		default:
			lost = append(lost, r)
		}
	}
	lost = append(lost, withdrawn...)
	if c.renames = len(lost) > 0; !c.renames {
		return
	}
	fresh := map[string]*Entry{}
	for _, e := range c.Entries {
		if l.Get(e.ID) == nil {
			fresh["path:"+e.Path] = e
			fresh["text:"+e.TextHash.String()] = e
			if !e.Number.IsZero() {
				fresh["number:"+e.NumberKey()] = e
			}
		}
	}
	for _, r := range lost {
		e := fresh["path:"+r.Last.Path]
		if e == nil {
			e = fresh["text:"+r.Last.TextHash]
		}
		if e == nil && r.Last.Number != "" && r.Last.Event != ledger.Withdrawn {
			if n, ok := gazette.ParseNumber(r.Last.Number); ok {
				e = fresh["number:"+n.Key()]
			}
		}
		if e != nil && l.Get(e.ID) == nil {
			c.byID.set(e.ID, nil)
			e.ID = r.Last.ID
			c.byID.set(e.ID, e)
		}
	}
}

// unknown are the records of the ledger whose id no entry has, by id.
func (c *Catalog) unknown(l *ledger.Ledger) []*ledger.Record {
	return l.Without(func(id string) bool { return c.byID.get(id) != nil })
}

// PathID is the id of a file in content/ that the ledger does not know yet.
func PathID(p string) string {
	p = strings.TrimSuffix(p, ".md")
	return strings.TrimSuffix(p, "/index")
}

// index enters the i-th entry in the tables of numbers and titles.
func (c *Catalog) index(i int) {
	e, own := c.Entries[i], c.Entries[i:i+1:i+1]
	if e.Type != gazette.TypeDocument {
		return
	}
	if !e.Number.IsZero() && e.Number.Series != "" {
		addName(c.byNumber, e.NumberKey(), own)
	}
	for _, n := range c.titles(e.Digest) {
		if n.table != nil {
			addName(n.table, n.key, own)
		}
	}
}

// addName adds an entry, the only one of own, to those of a name. Most names have
// one entry and need no memory for their list.
func addName(t *table[[]*Entry], key string, own []*Entry) {
	es := t.put(key)
	switch {
	case *es == nil:
		*es = own
	case (*es)[len(*es)-1] != own[0]:
		*es = append(*es, own[0])
	}
}

// titleKey drops what titles are cited with and without.
func titleKey(folded string) string {
	return strings.TrimPrefix(folded, "中华人民共和国")
}

// lookup finds what a number and a title, either of which may be empty, stand
// for: the number first, then the title. n is how many works fit; the target
// is set only if it is one. from is the entry that names them.
func (c *Catalog) lookup(from *Entry, title, number string) (t Target, n int) {
	key := ""
	if number != "" {
		if num, ok := gazette.ParseNumber(number); ok {
			key = num.Key()
		}
	}
	return c.lookupFolded(from, zh.Fold(title), key)
}

// lookupFolded is lookup with a folded title and the key of a number.
func (c *Catalog) lookupFolded(from *Entry, title, number string) (t Target, n int) {
	if number != "" {
		if t, n := c.one(from, c.byNumber.get(number), title); n > 0 {
			return t, n
		}
		if x := c.external.byNumber[number]; x != nil {
			return Target{External: x}, 1
		}
	}
	if title == "" {
		return Target{}, 0
	}
	k := titleKey(title)
	if t, n := c.one(from, c.asks(c.byTitle, k), ""); n > 0 {
		return t, n
	}
	if x := c.external.byTitle[k]; x != nil {
		return Target{External: x}, 1
	}
	return Target{}, 0
}

// one chooses among entries of one name: texts of one work count as one, and
// those of the same issuer as the naming document come before others'. The title
// is folded.
func (c *Catalog) one(from *Entry, es []*Entry, title string) (Target, int) {
	if len(es) > 1 && title != "" {
		named := c.asks(c.byTitle, titleKey(title))
		if both := filter(es, func(e *Entry) bool { return slices.Contains(named, e) }); len(both) > 0 {
			es = both
		}
	}
	if len(es) > 1 && from != nil {
		if own := filter(es, func(e *Entry) bool { return shareIssuer(from, e) }); len(own) > 0 {
			es = own
		}
	}
	switch {
	case len(es) == 0:
		return Target{}, 0
	case allOneWork(es):
		return Target{Entry: es[0].Newest()}, 1
	}
	return Target{}, len(es)
}

func filter(es []*Entry, f func(*Entry) bool) []*Entry {
	var out []*Entry
	for _, e := range es {
		if f(e) {
			out = append(out, e)
		}
	}
	return out
}

func shareIssuer(a, b *Entry) bool {
	for _, x := range a.Document.Issuers {
		if slices.Contains(b.Document.Issuers, x) {
			return true
		}
	}
	return false
}

func allOneWork(es []*Entry) bool {
	for _, e := range es[1:] {
		if !es[0].SameWork(e) {
			return false
		}
	}
	return true
}

// Find resolves a target as front matter writes it: a path in content/,
// 《title》, an external id, a number, or a bare title.
func (c *Catalog) Find(from *Entry, target string) (Target, int) {
	return c.find(from, target, func() string { return digest.TargetKey(target) })
}

// find is Find with the digest.TargetKey of the target, which it asks for once at
// most.
func (c *Catalog) find(from *Entry, target string, key func() string) (Target, int) {
	p := digest.TargetName(target)
	if strings.HasSuffix(p, ".md") {
		if from != nil && strings.HasPrefix(p, ".") {
			p = path.Join(path.Dir(from.Path), p)
		}
		if e := c.byPath.get(p); e != nil {
			return Target{Entry: e}, 1
		}
		return Target{}, 0
	}
	if e := c.byID.get(p); e != nil {
		return Target{Entry: e}, 1
	}
	if x := c.external.byID[p]; x != nil {
		return Target{External: x}, 1
	}
	if title, ok := strings.CutPrefix(p, "《"); ok {
		title = strings.TrimSuffix(title, "》")
		return c.lookup(from, title, "")
	}
	if t, n := c.lookupFolded(from, "", key()); n > 0 {
		return t, n
	}
	return c.lookup(from, p, "")
}

// resolveNames resolves the mentions in texts, the relations, and what
// articles are about.
func (c *Catalog) resolveNames() {
	var targets slab[Target]
	for _, e := range c.Entries {
		c.mentions(e, &targets)
		if e.Bare() {
			continue
		}
		for i, r := range e.Document.Relations {
			e.Relations = append(e.Relations, c.relation(e, i, r))
		}
		for i, a := range e.Article.About {
			t, n := c.Find(e, a)
			if n != 1 {
				c.unresolved(e, "about."+strconv.Itoa(i), a, n)
			}
			e.About = append(e.About, t)
		}
		if f := e.Article.Feedback; f != "" {
			if t, _ := c.Find(e, f); t.Entry == nil {
				c.report("link-broken", e.Pos("feedback"), f)
			}
		}
	}
}

func (c *Catalog) relation(e *Entry, i int, r gazette.Relation) Relation {
	key := "relations." + strconv.Itoa(i) + ".target"
	t, n := c.Find(e, r.Target)
	switch {
	case n != 1:
		c.unresolved(e, key, r.Target, n)
	case t.Entry == e:
		c.report("relation-self", e.Pos(key))
		t = Target{}
	}
	return Relation{Relation: r, Target: t}
}

func (c *Catalog) unresolved(e *Entry, key, name string, n int) {
	if n > 1 {
		c.report("target-ambiguous", e.Pos(key), name, strconv.Itoa(n))
		return
	}
	c.report("relation-unresolved", e.Pos(key), name)
}

// resolveFiles checks the files and content links that bodies and front matter
// name.
func (c *Catalog) resolveFiles(has func(string) bool) {
	for _, e := range c.special {
		dir := path.Dir(e.Path)
		for i, a := range e.Attachments() {
			if !has(path.Join(dir, a.File)) {
				c.report("attachment-missing", e.Pos("attachments."+strconv.Itoa(i)+".file"), a.File)
			}
		}
		if pdf := e.Digest.Issue.PDF; pdf != "" && !has(path.Join(dir, pdf)) {
			c.report("attachment-missing", e.Pos("pdf"), pdf)
		}
		for _, f := range e.Files {
			var size [2]int
			if d := c.attached[path.Join(dir, f.Path)]; d != nil {
				size = [2]int{d.Width, d.Height}
			}
			e.Pictures = append(e.Pictures, size)
			if !has(path.Join(dir, f.Path)) {
				c.report("attachment-missing", e.Place(f.At), f.Path)
			}
		}
		for _, l := range e.Digest.Links {
			to := c.contentLink(e, l.Dest)
			if to == "" {
				c.report("link-broken", e.Place(l.At), l.Dest)
			}
			e.Links = append(e.Links, to)
		}
	}
}

// PictureSize returns width and height of a picture that the body shows, by its
// path beside the text; 0 where they are not known.
func (e *Entry) PictureSize(name string) (width, height int) {
	for i, f := range e.Files {
		if f.Path == name && i < len(e.Pictures) {
			return e.Pictures[i][0], e.Pictures[i][1]
		}
	}
	return 0, 0
}

// contentLink resolves a Markdown link to another content file, relative to
// the file or from content/ with a leading slash; "" if there is none.
func (c *Catalog) contentLink(e *Entry, dest string) string {
	name, fragment, _ := strings.Cut(dest, "#")
	if name == "" {
		if !e.HasAnchor(fragment) {
			return ""
		}
		return "#" + fragment
	}
	p := strings.TrimPrefix(name, "/")
	if p == name {
		p = path.Join(path.Dir(e.Path), name)
	}
	to := c.byPath.get(p)
	if to == nil && strings.HasPrefix(name, "/") {
		to = c.addresses.get(c.under() + strings.TrimSuffix(strings.TrimSuffix(p, "index.html"), "/") + "/")
	}
	if to == nil {
		return ""
	}
	if fragment == "" {
		return to.Address + "index.html"
	}
	if !to.HasAnchor(fragment) {
		return ""
	}
	return to.Address + "index.html#" + fragment
}

// Name is how the front matter of an entry names a target so that Find comes
// back to it: by its number, else its 《title》, else its path. It is "" for a
// target that is not known.
func (c *Catalog) Name(from *Entry, t Target) string {
	var names []string
	switch {
	case t.External != nil:
		names = []string{t.External.Number, "《" + t.External.Title + "》", t.External.ID}
	case t.Entry != nil:
		names = []string{t.Entry.Document.Number, "《" + t.Entry.Title() + "》", t.Entry.Path}
	}
	for _, name := range names {
		if name == "" {
			continue
		}
		got, n := c.Find(from, name)
		if n == 1 && got.External == t.External && (got.Entry == t.Entry || got.Entry != nil && t.Entry != nil && got.Entry.SameWork(t.Entry)) {
			return name
		}
	}
	return ""
}

// Beside returns the first file of a folder of content/ that was read and is no
// document; "" where there is none.
func (c *Catalog) Beside(folder string) string {
	found := ""
	for p := range c.attached {
		if strings.HasPrefix(p, folder+"/") && (found == "" || p < found) {
			found = p
		}
	}
	return found
}
