// Package catalog resolves digests into the catalog (总目): all documents that
// are public on the day of the build, linked with each other and dated. It
// holds digests, never bodies, so its memory does not grow with text.
//
// Resolve is one pass of named steps over all entries; nothing is computed per
// page over all pages. The catalog is immutable afterwards.
package catalog

import (
	"slices"
	"strings"
	"sync"

	"gongbao/internal/config"
	"gongbao/internal/diag"
	"gongbao/internal/digest"
	"gongbao/internal/effect"
	"gongbao/internal/gazette"
	"gongbao/internal/ledger"
	"gongbao/internal/source"
)

// Input is what Resolve depends on.
type Input struct {
	Digests []*digest.Digest // ordered by path
	Data    *source.Data
	Ledger  *ledger.Ledger
	Config  config.Config
	AsOf    gazette.Date
	Drafts  bool
	HasFile func(contentPath string) bool // is there such a file in content/?
	Locks   map[string]*gazette.Lock      // of sealed issues, by the issue's path in content/

	Mount  *Mount     // of a mirror that another site shows; nil for a site of its own
	Mounts []*Catalog // of the mounts that the site shows
}

// An Entry is one content file that is published.
type Entry struct {
	*digest.Digest
	ID      string       // fixed by the ledger; else the path without its ending
	Mount   *Mount       // that it is of; nil for the site's own
	Address string       // folder in the site with a final slash: "documents/sfbf/2023/12/"
	Date    gazette.Date // by which lists order it
	Level   string

	Effects   []gazette.Effect
	Intervals []gazette.Interval
	State     gazette.State
	Shelf     gazette.Shelf
	Amended   []effect.Amendment // lines of its 题注

	Refs      []Target   // of Digest.Refs, by index
	Pictures  [][2]int   // width and height of Digest.Files, by index; 0 for what is no picture or not known
	Links     []string   // of Digest.Links: address with fragment, "" if broken
	Relations []Relation // what it does to others
	Inverse   []Inverse  // what others do to it, newest first
	About     []Target   // of articles
	AboutBy   []*Entry   // articles about this document, newest first
	Own       string     // address of this text alone, for the newest of several; else ""

	// Together, because a mention asks for all of them.
	CitedBy  []*Entry // newest first
	Versions []*Entry // all texts of the work, newest first; nil for a single text
	cited    int32    // mentions of it: no more than that are in CitedBy
	n        int32    // where it stands in Catalog.Entries
	rank     int32    // where a document stands in Catalog.Documents
	judged   bool     // readEffects has looked at what it is, as author or as what a text may mean
	Holds    bool     // of a withdrawn document: content/ still has its text, or files that it names

	Issue        *Entry
	IssuePage    int           // its first page there, 0 where unknown
	IssueLast    int           // its last
	IssueEntries [][]*Entry    // of an issue: by section
	IssuePages   [][][2]int    // first and last page of each of IssueEntries, 0 where unknown
	Lock         *gazette.Lock // of a sealed issue
	Prev, Next   *Entry        // in the issue, else in the series; articles: in time

	Projects []*Project // that it is about, in the order of the register
	sets     []*set     // of items that show it
}

// A Target is what a name stands for: an entry, an external document, or
// neither.
type Target struct {
	Entry    *Entry
	External *source.External
	Article  string // anchor in the entry, or ""
}

// Known reports whether the name stands for something.
func (t Target) Known() bool { return t.Entry != nil || t.External != nil }

// A Relation is a resolved [[relations]] entry.
type Relation struct {
	gazette.Relation
	Target
	From gazette.Date // the day it works from; zero if not known
	Read *ReadEffect  // of one read out of the text; nil for front matter
}

// An Inverse is a relation seen from its target.
type Inverse struct {
	Kind     gazette.RelationKind
	By       *Entry
	Articles []string
	From     gazette.Date
}

// A Catalog is the resolved graph.
type Catalog struct {
	Entries   []*Entry // ordered by path
	Documents []*Entry // newest first
	Issues    []*Entry // newest first
	Articles  map[gazette.Type][]*Entry
	Skipped   []*digest.Digest // drafts and embargoed files
	Lists     []*List          // every list with entries, in the order of the site map
	Items     []*Item          // of the directory, in the order of the register
	Projects  []*Project       // in the order of the register
	Redirects []Redirect
	Graves    []Grave
	Gone      []*ledger.Record // of documents that content/ has no more, by id
	Config    config.Config
	Data      *source.Data
	Ledger    *ledger.Ledger     // may be nil
	Mount     *Mount             // nil for a site of its own
	Externals []*source.External // documents of a mount, as the site that shows them knows them
	Mounts    []*Catalog         // of the mounts that the site shows
	AsOf      gazette.Date
	Read      []*ReadEffect // what texts say of others, by date of their authors
	Findings  []diag.Finding

	sorting    sync.Once // guards searchable
	searchable []*Entry
	byPath     *table[*Entry]
	byID       *table[*Entry]
	addresses  *table[*Entry]
	byNumber   *table[[]*Entry]
	byTitle    *table[[]*Entry]
	byShort    *table[[]*Entry] // by title without the issuer before 关于
	external   externals
	issuers    map[string]*source.Issuer
	series     map[string]*source.Series
	attached   map[string]*digest.Digest // attachments that may list documents
	terms      map[string]*List
	special    []*Entry        // not Bare, ordered by path
	derived    []*Entry        // documents that say of what they are a version, newest first
	authors    []*Entry        // documents whose text or attachments may say something of others
	suspends   bool            // some effect suspends
	joined     bool            // some work has several texts
	renames    bool            // files were looked for that the ledger has under other names
	asker      int32           // who asks for titles: see asks
	asked      []ask           // what Revise must know
	unpack     digest.Unpacker // of Resolve
}

// A Redirect is an address that moved.
type Redirect struct {
	From    string // folder with a final slash, or a file
	To      *Entry
	Written string   // as the alias or the ledger says it
	Pos     diag.Pos // where it is written
}

// A Grave is the address of a document that is gone.
type Grave struct {
	Address, Title, Number, Date, Reason string
	Pos                                  diag.Pos // its line of the ledger
}

// Resolve makes the catalog.
func Resolve(in Input) *Catalog {
	n := len(in.Digests)
	c := &Catalog{
		Config: in.Config, Data: in.Data, Ledger: in.Ledger, Mount: in.Mount, Mounts: in.Mounts, AsOf: in.AsOf, Articles: map[gazette.Type][]*Entry{},
		byPath: newTable[*Entry](n), byID: newTable[*Entry](n), addresses: newTable[*Entry](n),
		byNumber: newTable[[]*Entry](n), byTitle: newTable[[]*Entry](n), byShort: newTable[[]*Entry](n),
		issuers: map[string]*source.Issuer{}, series: map[string]*source.Series{}, attached: map[string]*digest.Digest{},
		asker: other,
	}
	c.registers()
	c.elsewhere()
	c.admit(in)
	c.identify(in.Ledger)
	c.works()
	c.assignAddresses(in.Ledger)
	c.resolveNames()
	c.resolveFiles(in.HasFile)
	c.assignIssues(in)
	c.applyEffects()
	c.readEffects()
	c.status()
	c.linkBack()
	if c.Mount != nil {
		c.aside()
	} else {
		c.neighbours()
		c.makeLists()
		c.items()
		c.projects()
	}
	c.unpack, c.asker = digest.Unpacker{}, nobody
	return c
}

func (c *Catalog) report(rule string, pos diag.Pos, args ...string) {
	c.Findings = append(c.Findings, diag.New(rule, pos, args...))
}

// registers indexes data/*.toml.
func (c *Catalog) registers() {
	for i := range c.Data.Issuers {
		c.issuers[c.Data.Issuers[i].Name] = &c.Data.Issuers[i]
	}
	for i := range c.Data.Series {
		c.series[c.Data.Series[i].Name] = &c.Data.Series[i]
	}
}

// admit takes the digests that are public on the day; the others are said
// aloud, because editors think that a future file was lost. It looks at all of a
// file, so that later steps need to look at those only that have something for
// them.
func (c *Catalog) admit(in Input) {
	var entries slab[Entry]
	c.Entries = make([]*Entry, 0, len(in.Digests)) // names lie in it (index)
	for _, d := range in.Digests {
		if d.Type == "" {
			c.attached[d.Path] = d // a list beside a document
			continue
		}
		switch {
		case d.Type != gazette.TypeIssue && d.Title() == "":
			continue // what cannot be named has been reported
		case d.Draft() && !in.Drafts:
			c.report("draft-skipped", d.Start())
			c.Skipped = append(c.Skipped, d)
			continue
		case !in.Drafts && d.Published().Date.After(in.AsOf):
			c.report("embargo-skipped", d.Pos("published"), d.Published().String())
			c.Skipped = append(c.Skipped, d)
			continue
		}
		e := &entries.take(1)[0]
		e.Digest, e.Shelf, e.Date, e.n = d, gazette.Online, dateOf(d), int32(len(c.Entries))
		if d.Type == gazette.TypeDocument {
			e.Level = c.level(d)
			if e.Shelf = shelf(d.Document.Withdrawn.Date, d.Document.Archived, in.AsOf); e.Shelf == gazette.Withdrawn {
				e.Holds = d.HasBody || len(d.Attachments())+len(d.Files) > 0
				d = d.Withdrawn()
				e.Digest = d
			}
		} else if !d.Article.Archived.IsZero() && !d.Article.Archived.After(in.AsOf) {
			e.Shelf = gazette.Archived
		}
		c.Entries = append(c.Entries, e)
		c.byPath.set(d.Path, e)
		e.ID = PathID(d.Path)
		c.byID.set(e.ID, e)
		c.index(len(c.Entries) - 1)
		if !d.Bare() {
			c.special = append(c.special, e)
		}
		switch d.Type {
		case gazette.TypeDocument:
			c.Documents = append(c.Documents, e)
			if d.Document.VersionOf != "" {
				c.derived = append(c.derived, e)
			}
			if d.Speaks || len(d.Document.Attachments) > 0 {
				c.authors = append(c.authors, e)
			}
		case gazette.TypeIssue:
			c.Issues = append(c.Issues, e)
		default:
			c.Articles[d.Type] = append(c.Articles[d.Type], e)
		}
	}
	sortNewestFirst(c.Documents)
	sortNewestFirst(c.derived)
	slices.SortStableFunc(c.Issues, func(a, b *Entry) int {
		if n := b.Digest.Issue.Year - a.Digest.Issue.Year; n != 0 {
			return n
		}
		return b.Digest.Issue.No - a.Digest.Issue.No
	})
	for _, es := range c.Articles {
		sortNewestFirst(es)
	}
}

// sortNewestFirst sorts many entries by newestFirst, looking into few of them.
func sortNewestFirst(es []*Entry) {
	type dated struct {
		date      gazette.Date
		published gazette.DateTime
		series    string
		serial    int
		e         *Entry
	}
	list := make([]dated, len(es))
	for i, e := range es {
		list[i] = dated{e.Date, e.Published(), e.Number.Series, e.Number.Serial, e}
	}
	slices.SortFunc(list, func(a, b dated) int {
		if n := b.date.Compare(a.date); n != 0 {
			return n
		}
		if n := b.published.Compare(a.published); n != 0 {
			return n
		}
		if a.serial != b.serial && a.series == b.series {
			return b.serial - a.serial
		}
		return strings.Compare(a.e.Path, b.e.Path)
	})
	for i, x := range list {
		es[i] = x.e
	}
}

func shelf(withdrawn, archived, on gazette.Date) gazette.Shelf {
	switch {
	case !withdrawn.IsZero() && !withdrawn.After(on):
		return gazette.Withdrawn
	case !archived.IsZero() && !archived.After(on):
		return gazette.Archived
	}
	return gazette.Online
}

// dateOf is the day by which lists order an entry: when it was made, or else
// the nearest day that is known.
func dateOf(d *digest.Digest) gazette.Date {
	doc := d.Document
	for _, x := range []gazette.Date{doc.Signed, doc.Promulgated, doc.Printed, d.Published().Date, doc.Effective, d.Article.Opens, d.Issue.Date} {
		if !x.IsZero() {
			return x
		}
	}
	return gazette.Date{}
}

// newestFirst orders by date, then serial, then path: a total order.
func newestFirst(a, b *Entry) int {
	if n := b.Date.Compare(a.Date); n != 0 {
		return n
	}
	if n := b.Published().Compare(a.Published()); n != 0 {
		return n
	}
	if a.Number.Series == b.Number.Series && a.Number.Serial != b.Number.Serial {
		return b.Number.Serial - a.Number.Serial
	}
	return strings.Compare(a.Path, b.Path)
}

// level is the front matter's, or that of the first issuer.
func (c *Catalog) level(d *digest.Digest) string {
	if d.Document.Level != "" {
		return d.Document.Level
	}
	for _, name := range d.Document.Issuers {
		if i := c.issuers[name]; i != nil && i.Level != "" {
			return i.Level
		}
	}
	return ""
}

// Own reports whether one of the site's own issuers made the document.
func (c *Catalog) Own(e *Entry) bool {
	return slices.ContainsFunc(e.Document.Issuers, func(i string) bool { return slices.Contains(c.Config.Site.Issuers, i) })
}

// Entry returns the entry of a path in content/, or nil.
func (c *Catalog) Entry(path string) *Entry { return c.byPath.get(path) }

// At returns the entry at an address, a folder with a final slash, or nil.
func (c *Catalog) At(address string) *Entry { return c.addresses.get(address) }

// Issuer returns the register's entry of an issuer, or nil.
func (c *Catalog) Issuer(name string) *source.Issuer { return c.issuers[name] }

// Series returns the register's entry of a series, or nil.
func (c *Catalog) Series(name string) *source.Series { return c.series[name] }

// ByNumber returns the entries with a number, in any spelling.
func (c *Catalog) ByNumber(key string) []*Entry { return c.byNumber.get(key) }
