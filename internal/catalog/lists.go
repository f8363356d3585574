package catalog

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/gazette"
	"gongbao/internal/pinyin"
	"gongbao/internal/source"
)

// expiringMonths is how far the list of what will expire looks ahead: the six
// months before the end in which an evaluation is due (standards §5.1).
const expiringMonths = 6

// A List is a list of entries with an address of its own. A list without
// entries does not exist.
type List struct {
	Taxonomy string // "years", "kinds" …; "" for a list that stands alone
	Name     string // the term, or a strings key where Taxonomy is ""
	Key      string // strings key of the name, where the name is a word of the tool
	Address  string
	Entries  []*Entry // newest first
	Level    int      // 1 for a child topic
	Order    int      // position among the terms of its taxonomy
	shared   bool     // several names have its address
}

// Taxonomies are the ways of sorting documents, in the order of the site.
func Taxonomies() []string {
	return []string{"columns", "years", "classes", "kinds", "forms", "levels", "issuers", "topics", "statuses"}
}

// makeLists sorts every document into its lists in one pass.
func (c *Catalog) makeLists() {
	b := newLister(len(c.Data.Columns))
	for _, e := range c.Documents {
		if e.Shelf == gazette.Withdrawn || e != e.Newest() {
			continue
		}
		b.alone("list.documents", "documents/", 0, e)
		c.listDocument(b, e)
	}
	for _, t := range gazette.Types() {
		key, address := "list."+t.Folder(), t.Folder()+"/"
		for _, e := range c.Articles[t] {
			if t == gazette.TypePage || e.Shelf == gazette.Withdrawn {
				continue
			}
			b.alone(key, address, 0, e)
			c.columns(b, e)
		}
	}
	for _, e := range c.Issues {
		b.alone("list.issues", "issues/", 0, e)
	}
	slices.SortStableFunc(b.lists, func(x, y *List) int {
		if n := taxonomyRank(x.Taxonomy) - taxonomyRank(y.Taxonomy); n != 0 {
			return n
		}
		if x.Order != y.Order {
			return x.Order - y.Order
		}
		return strings.Compare(x.Address, y.Address)
	})
	for _, l := range b.lists {
		if l.Taxonomy == "columns" {
			slices.SortStableFunc(l.Entries, newestFirst) // it mixes types
		}
	}
	c.Lists = b.lists
	c.terms = make(map[string]*List, len(b.lists))
	for _, l := range b.lists {
		c.terms[l.Taxonomy+"/"+l.Name] = l
	}
}

// Term returns the list of a term of a taxonomy, or nil.
func (c *Catalog) Term(taxonomy, name string) *List { return c.terms[taxonomy+"/"+name] }

func taxonomyRank(t string) int {
	if t == "" {
		return -1
	}
	return slices.Index(Taxonomies(), t)
}

// A lister finds the lists of documents. Where a term has its list is worked out
// once a term, not once a document.
type lister struct {
	lists     []*List
	byAddress map[string]*List
	terms     map[string]map[string]*List // by taxonomy and name; nil for a name without a list
	years     map[int16]*List
	columns   []*List // by index of the register; nil before they have entries
}

func newLister(columns int) *lister {
	b := &lister{byAddress: map[string]*List{}, terms: map[string]map[string]*List{"": {}}, years: map[int16]*List{}, columns: make([]*List, columns)}
	for _, t := range Taxonomies() {
		b.terms[t] = map[string]*List{}
	}
	return b
}

// list returns the list at an address, which is made where there is none.
func (b *lister) list(taxonomy, name, key, address string, order int) *List {
	l := b.byAddress[address]
	if l == nil {
		l = &List{Taxonomy: taxonomy, Name: name, Key: key, Address: address, Order: order}
		b.byAddress[address] = l
		b.lists = append(b.lists, l)
	} else {
		l.shared = true // who asks once a name asks for another
	}
	return l
}

// term lists an entry under a name of a taxonomy. What the list is, where asks
// tells once: its address, or "" for none, and its place among the others.
func (b *lister) term(taxonomy, name string, e *Entry, where func() (address string, order int)) *List {
	terms := b.terms[taxonomy]
	l, known := terms[name]
	if !known {
		if address, order := where(); address != "" {
			l = b.list(taxonomy, name, "", address, order)
		}
		terms[name] = l
	}
	if l != nil {
		l.add(e)
	}
	return l
}

// alone lists an entry in a list of the tool's own.
func (b *lister) alone(key, address string, order int, e *Entry) {
	terms := b.terms[""]
	l := terms[key]
	if l == nil {
		l = b.list("", key, key, address, order)
		terms[key] = l
	}
	l.add(e)
}

func (l *List) add(e *Entry) {
	if n := len(l.Entries); n == 0 || l.Entries[n-1] != e {
		l.Entries = append(l.Entries, e)
	}
}

func (c *Catalog) listDocument(b *lister, e *Entry) {
	doc := e.Document
	if !e.Date.IsZero() {
		b.year(e)
	}
	if doc.Class != "" {
		b.term("classes", string(doc.Class), e, func() (string, int) {
			return folder("classes/", doc.Class.Code()), slices.Index(gazette.Classes(), doc.Class)
		})
	}
	if doc.Kind != "" {
		b.term("kinds", doc.Kind, e, func() (string, int) {
			return folder("kinds/", gazette.KindCode(doc.Kind)), slices.Index(gazette.Kinds(), doc.Kind)
		})
	}
	if doc.Form != "" {
		b.term("forms", doc.Form, e, func() (string, int) {
			return folder("forms/", cmp.Or(gazette.FormCode(doc.Form), pinyin.Slug(doc.Form))), 0
		})
	}
	if e.Level != "" {
		b.term("levels", e.Level, e, func() (string, int) {
			return folder("levels/", gazette.LevelCode(e.Level)), slices.Index(gazette.Levels(), e.Level)
		})
	}
	for _, name := range doc.Issuers {
		b.term("issuers", name, e, func() (string, int) { return c.issuerFolder(name) })
	}
	c.listTopics(b, e)
	c.listForce(b, e)
	if e.Answers {
		b.alone("list.replies", "replies/", 5, e)
	}
	c.columns(b, e)
}

// folder is the address of a list with a code, "" where the code is.
func folder(parent, code string) string {
	if code == "" {
		return ""
	}
	return parent + code + "/"
}

func (b *lister) year(e *Entry) {
	l := b.years[e.Date.Year]
	if l == nil {
		y := strconv.Itoa(int(e.Date.Year))
		l = b.list("years", y, "", "years/"+y+"/", -int(e.Date.Year))
		b.years[e.Date.Year] = l
	}
	l.add(e)
}

func (c *Catalog) issuerFolder(name string) (address string, order int) {
	if i := c.issuers[name]; i != nil && i.Code != "" {
		return "issuers/" + i.Code + "/", slices.IndexFunc(c.Data.Issuers, func(x source.Issuer) bool { return x.Name == name })
	}
	return "issuers/" + pinyin.Slug(name) + "/", len(c.Data.Issuers)
}

// listForce lists a document under its status.
func (c *Catalog) listForce(b *lister, e *Entry) {
	f := e.State.Force
	if f == gazette.NoForce {
		return
	}
	l := b.term("statuses", string(f), e, func() (string, int) {
		return "statuses/" + string(f) + "/", slices.Index(gazette.Forces(), f)
	})
	l.Key = "force." + string(f)
	switch {
	case f.Ended():
		b.alone("list.not-in-force", "not-in-force/", 2, e)
	case f == gazette.InForce:
		b.alone("list.in-force", "in-force/", 1, e)
		if end := e.State.Interval.To; c.Config.Site.Expiring && !end.IsZero() && !end.After(c.AsOf.AddMonths(expiringMonths)) {
			b.alone("list.expiring", "expiring/", 4, e)
		}
	case f == gazette.Pending:
		b.alone("list.upcoming", "upcoming/", 3, e)
	}
}

// listTopics lists a document under its topics and their parents.
func (c *Catalog) listTopics(b *lister, e *Entry) {
	for _, t := range e.Document.Topics {
		t = strings.ReplaceAll(t, "\\", "/")
		level := 0
		if parent, _, ok := strings.Cut(t, "/"); ok {
			c.listTopic(b, e, parent, 0)
			level = 1
		}
		c.listTopic(b, e, t, level)
	}
}

func (c *Catalog) listTopic(b *lister, e *Entry, name string, level int) {
	l := b.term("topics", name, e, func() (string, int) {
		if i := slices.IndexFunc(c.Data.Topics, func(x source.Topic) bool { return x.Name == name }); i >= 0 && c.Data.Topics[i].Code != "" {
			return "topics/" + c.Data.Topics[i].Code + "/", i
		}
		return "topics/" + pinyin.Slug(name) + "/", len(c.Data.Topics)
	})
	l.Level = level
}

// column are the entries of a column, as makeLists finds them.
func (c *Catalog) column(col *source.Column) []*Entry {
	var out []*Entry
	for _, e := range c.Documents {
		if e.Shelf != gazette.Withdrawn && e == e.Newest() && e.passes(col) {
			out = append(out, e)
		}
	}
	for _, t := range gazette.Types() {
		for _, e := range c.Articles[t] {
			if t != gazette.TypePage && e.Shelf != gazette.Withdrawn && e.passes(col) {
				out = append(out, e)
			}
		}
	}
	slices.SortStableFunc(out, newestFirst)
	return out
}

// columns lists an entry in the columns whose filters it passes.
func (c *Catalog) columns(b *lister, e *Entry) {
	for i := range c.Data.Columns {
		col := &c.Data.Columns[i]
		if col.Code == "" || !e.passes(col) {
			continue
		}
		if b.columns[i] == nil {
			b.columns[i] = b.list("columns", col.Name, "", "columns/"+col.Code+"/", i)
		}
		b.columns[i].add(e)
	}
}

// passes reports whether an entry passes all filters that are given. Those of
// documents alone let nothing else through.
func (e *Entry) passes(f *source.Column) bool {
	if !passes(f.Types, string(e.Type)) {
		return false
	}
	if e.Type != gazette.TypeDocument {
		return len(f.Classes)+len(f.Kinds)+len(f.Forms)+len(f.Levels)+len(f.Topics) == 0 && passes(f.Issuers, e.Article.Issuers...)
	}
	doc := e.Document
	return passes(f.Classes, string(doc.Class)) && passes(f.Kinds, doc.Kind) && passes(f.Forms, doc.Form) &&
		passes(f.Levels, e.Level) && passes(f.Issuers, doc.Issuers...) && passesTopic(f.Topics, doc.Topics)
}

func passes(filter []string, values ...string) bool {
	if len(filter) == 0 {
		return true
	}
	for _, v := range values {
		if slices.Contains(filter, v) {
			return true
		}
	}
	return false
}

func passesTopic(filter, topics []string) bool {
	if len(filter) == 0 {
		return true
	}
	for _, t := range topics {
		parent, _, _ := strings.Cut(t, "/")
		if slices.Contains(filter, t) || slices.Contains(filter, parent) {
			return true
		}
	}
	return false
}
