package catalog

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/diag"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/ledger"
	"gongbao/internal/pinyin"
	"gongbao/internal/source"
)

// assignAddresses gives every entry its permanent address (design §6). What the
// ledger has stays; the texts of one work share the work's address, the newest
// at it and the others in a folder of their date.
func (c *Catalog) assignAddresses(l *ledger.Ledger) {
	for _, e := range c.Entries {
		if e != e.Newest() {
			continue // after its work
		}
		address := c.under() + c.compute(e)
		if r := record(l, e); r != nil && len(e.Versions) == 0 && r.Last.Address != address {
			c.report("address-moved", e.Start(), r.Last.Address, address)
			address = r.Last.Address
		}
		c.claim(e, address)
	}
	if c.joined {
		for _, e := range c.Entries {
			if n := e.Newest(); e != n {
				c.claim(e, n.Address+textFolder(e))
			}
		}
	}
	c.oldAddresses(l)
	if c.joined {
		c.ownAddresses()
	}
}

func textFolder(e *Entry) string {
	if date := e.TextDay(); !date.IsZero() {
		return date.String() + "/"
	}
	return "undated/"
}

// ownAddresses gives the newest of several texts the address that it will have
// once a newer one stands at the work's: whoever cites this text has an address
// of it from the first day. Until then a redirect stands there.
func (c *Catalog) ownAddresses() {
	taken := map[string]bool{}
	for _, r := range c.Redirects {
		taken[r.From] = true
	}
	for _, e := range c.Entries {
		if len(e.Versions) == 0 || e != e.Newest() {
			continue
		}
		own := e.Address + textFolder(e)
		if c.addresses.get(own) != nil || taken[own] {
			continue
		}
		e.Own = own
		c.Redirects = append(c.Redirects, Redirect{From: own, To: e})
	}
}

func record(l *ledger.Ledger, e *Entry) *ledger.Record {
	if l == nil {
		return nil
	}
	return l.Get(e.ID)
}

// claim gives an address to an entry. Two documents of one order share its
// number: the later one gets its slug behind it. Anything else that falls on
// one address is an error.
func (c *Catalog) claim(e *Entry, address string) {
	if first := c.addresses.get(address); first != nil && e.Number.Order && first.Number.Order {
		address = strings.TrimSuffix(address, "/") + "-" + slugOf(e) + "/"
	}
	if first := c.addresses.get(address); first != nil {
		f := diag.New("address-duplicate", e.Start(), address)
		f.Related = []diag.Related{{Pos: first.Start()}}
		c.Findings = append(c.Findings, f)
		address = strings.TrimSuffix(address, "/") + "-" + pinyin.Slug(e.Path) + "/"
	}
	e.Address = address
	c.addresses.set(address, e)
}

func (c *Catalog) compute(e *Entry) string {
	switch e.Type {
	case gazette.TypeIssue:
		return fmt.Sprintf("issues/%d/%02d/", e.Digest.Issue.Year, e.Digest.Issue.No)
	case gazette.TypePage:
		return "pages/" + slugOf(e) + "/"
	case gazette.TypeDocument:
		return c.documentAddress(e)
	}
	return e.Type.Folder() + "/" + yearOr(e.Published().Date, e.Article.Opens) + "/" + slugOf(e) + "/"
}

func yearOr(dates ...gazette.Date) string {
	for _, d := range dates {
		if !d.IsZero() {
			return strconv.Itoa(int(d.Year))
		}
	}
	return "undated"
}

func (c *Catalog) documentAddress(e *Entry) string {
	n := e.Number
	doc := e.Document
	year := yearOr(doc.Signed, doc.Promulgated, doc.Printed)
	switch {
	case n.IsZero() || n.Series == "" && !n.Order:
		return "documents/" + year + "/" + slugOf(e) + "/"
	case n.Order:
		if n.Year != 0 && year == "undated" {
			year = strconv.Itoa(n.Year)
		}
		return "documents/" + c.orderCode(e) + "-ling/" + year + "/" + strconv.Itoa(n.Serial) + slugSuffix(e) + "/"
	}
	if n.Year != 0 {
		year = strconv.Itoa(n.Year)
	}
	return "documents/" + c.seriesCode(e) + "/" + year + "/" + strconv.Itoa(n.Serial) + slugSuffix(e) + "/"
}

// slugSuffix tells apart documents that share a number on purpose.
func slugSuffix(e *Entry) string {
	if e.Document.Slug == "" {
		return ""
	}
	return "-" + e.Document.Slug
}

// seriesCode is pinned in data/series.toml: a code that follows from the name
// would change when another name takes it first.
func (c *Catalog) seriesCode(e *Entry) string {
	if s := c.series[e.Number.Series]; s != nil && s.Code != "" {
		return s.Code
	}
	code := pinyin.Initials(e.Number.Series)
	c.report("series-unpinned", e.Pos("number"), e.Number.Series, code)
	return code
}

// orderCode is the code of the issuer in issuers.toml; the initials of the
// order's own name where the register has none.
func (c *Catalog) orderCode(e *Entry) string {
	for _, name := range e.Document.Issuers {
		if i := c.issuers[name]; i != nil && i.Code != "" {
			return i.Code
		}
	}
	if s := strings.TrimSuffix(e.Number.Series, "令"); s != "" {
		return pinyin.Initials(s)
	}
	for _, name := range e.Document.Issuers {
		return pinyin.Initials(name)
	}
	return "unknown"
}

// slugOf is the slug of front matter, the name of the file where that is plain
// ASCII, or initials and hash of the title.
func slugOf(e *Entry) string {
	for _, s := range []string{e.Document.Slug, e.Article.Slug} {
		if s != "" {
			return s
		}
	}
	name := path.Base(PathID(e.Path))
	if e.Type != gazette.TypeDocument && plain(name) {
		return name
	}
	return pinyin.Slug(e.Title())
}

func plain(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '_' && r != '.' {
			return false
		}
	}
	return s != ""
}

// oldAddresses makes redirects from the ledger's earlier addresses and the
// aliases, and graves for what the ledger had and content/ has no more.
func (c *Catalog) oldAddresses(l *ledger.Ledger) {
	taken := map[string]*Entry{}
	entries := c.Entries
	if l == nil || l.Len() == 0 {
		entries = c.special
	}
	for _, e := range entries {
		if r := record(l, e); r != nil {
			for _, a := range r.Addresses {
				if c.addresses.get(a) == nil {
					c.redirect(taken, Redirect{a, e, a, r.Pos(a)})
				}
			}
		}
		if e.Bare() {
			continue
		}
		for i, a := range e.Aliases() {
			c.redirect(taken, Redirect{c.under() + aliasAddress(a), e, a, e.Pos("aliases." + strconv.Itoa(i))})
		}
	}
	if l == nil {
		return
	}
	for _, r := range c.unknown(l) {
		last, left := r.Last, c.skipped(r.Last.ID)
		if left != nil && !left.Draft() {
			continue // published again, on a day to come
		}
		c.Gone = append(c.Gone, r)
		if c.addresses.get(last.Address) != nil {
			continue
		}
		switch name := cmp.Or(last.Number, last.Title); {
		case last.Event == ledger.Withdrawn:
		case left != nil:
			f := diag.New("ledger-draft", left.Start(), name, last.Address)
			f.Related = []diag.Related{{Pos: last.Pos}}
			c.Findings = append(c.Findings, f)
		default:
			c.report("ledger-lost", last.Pos, name, last.Address)
		}
		c.bury(r, taken)
	}
}

// aliasAddress is an alias as an address: a folder with a final slash, or a
// file that is not the index.html of a folder. Only the site's own index.html
// has no folder.
func aliasAddress(alias string) string {
	a := strings.TrimPrefix(alias, "/")
	if path.Base(a) == "index.html" && a != "index.html" {
		a = strings.TrimSuffix(a, "index.html")
	}
	if path.Ext(a) == "" {
		a = strings.TrimSuffix(a, "/") + "/"
	}
	return a
}

// redirect adds a redirect unless its address is taken. Pages that are not of
// an entry are not known here: build reports redirects that fall on those.
func (c *Catalog) redirect(taken map[string]*Entry, r Redirect) {
	if r.From == r.To.Address {
		return
	}
	other := c.addresses.get(r.From)
	if other == nil && taken[r.From] != r.To {
		other = taken[r.From]
	}
	if other != nil {
		f := diag.New("alias-conflict", r.Pos, r.Written, source.Name(other.Path))
		f.Related = []diag.Related{{Pos: other.Start()}}
		c.Findings = append(c.Findings, f)
		return
	}
	if taken[r.From] == nil {
		taken[r.From] = r.To
		c.Redirects = append(c.Redirects, r)
	}
}

// bury leaves a page at every address that a lost document had and that nobody
// took over.
func (c *Catalog) bury(r *ledger.Record, taken map[string]*Entry) {
	last := r.Last
	date := "" // not known before it is on record
	if last.Event == ledger.Withdrawn {
		date, _, _ = strings.Cut(last.At, "T")
	}
	for _, a := range r.Addresses {
		free := c.addresses.get(a) == nil && taken[a] == nil &&
			!slices.ContainsFunc(c.Graves, func(g Grave) bool { return g.Address == a })
		if free {
			c.Graves = append(c.Graves, Grave{Address: a, Title: last.Title, Number: last.Number, Date: date, Pos: r.Pos(a)})
		}
	}
}

// skipped is the draft or embargoed file with an id, or nil.
func (c *Catalog) skipped(id string) *digest.Digest {
	for _, d := range c.Skipped {
		if PathID(d.Path) == id {
			return d
		}
	}
	return nil
}
