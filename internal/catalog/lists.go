package catalog

import (
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
}

// Taxonomies are the ways of sorting documents, in the order of the site.
func Taxonomies() []string {
	return []string{"columns", "years", "classes", "kinds", "forms", "levels", "issuers", "topics", "statuses"}
}

// makeLists sorts every document into its lists in one pass.
func (c *Catalog) makeLists() {
	b := &lister{byAddress: map[string]*List{}}
	for _, e := range c.Documents {
		if e.Shelf == gazette.Withdrawn || e != e.Newest() {
			continue
		}
		b.add("", "list.documents", "list.documents", "documents/", 0, e)
		c.listDocument(b, e)
	}
	for _, t := range gazette.Types() {
		for _, e := range c.Articles[t] {
			if t == gazette.TypePage || e.Shelf == gazette.Withdrawn {
				continue
			}
			b.add("", "list."+t.Folder(), "list."+t.Folder(), t.Folder()+"/", 0, e)
			c.columns(b, e)
		}
	}
	for _, e := range c.Issues {
		b.add("", "list.issues", "list.issues", "issues/", 0, e)
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

type lister struct {
	lists     []*List
	byAddress map[string]*List
}

func (b *lister) add(taxonomy, name, key, address string, order int, e *Entry) *List {
	l := b.byAddress[address]
	if l == nil {
		l = &List{Taxonomy: taxonomy, Name: name, Key: key, Address: address, Order: order}
		b.byAddress[address] = l
		b.lists = append(b.lists, l)
	}
	if n := len(l.Entries); n == 0 || l.Entries[n-1] != e {
		l.Entries = append(l.Entries, e)
	}
	return l
}

func (c *Catalog) listDocument(b *lister, e *Entry) {
	doc := e.Document
	if !e.Date.IsZero() {
		y := strconv.Itoa(int(e.Date.Year))
		b.add("years", y, "", "years/"+y+"/", -int(e.Date.Year), e)
	}
	if code := doc.Class.Code(); code != "" {
		b.add("classes", string(doc.Class), "", "classes/"+code+"/", slices.Index(gazette.Classes(), doc.Class), e)
	}
	if code := gazette.KindCode(doc.Kind); code != "" {
		b.add("kinds", doc.Kind, "", "kinds/"+code+"/", slices.Index(gazette.Kinds(), doc.Kind), e)
	}
	if doc.Form != "" {
		code := gazette.FormCode(doc.Form)
		if code == "" {
			code = pinyin.Slug(doc.Form)
		}
		b.add("forms", doc.Form, "", "forms/"+code+"/", 0, e)
	}
	if code := gazette.LevelCode(e.Level); code != "" {
		b.add("levels", e.Level, "", "levels/"+code+"/", slices.Index(gazette.Levels(), e.Level), e)
	}
	for _, name := range doc.Issuers {
		var code string
		order := len(c.Data.Issuers)
		if i := c.issuers[name]; i == nil || i.Code == "" {
			code = pinyin.Slug(name)
		} else {
			code = i.Code
			order = slices.IndexFunc(c.Data.Issuers, func(x source.Issuer) bool { return x.Name == name })
		}
		b.add("issuers", name, "", "issuers/"+code+"/", order, e)
	}
	c.listTopics(b, e)
	if f := e.State.Force; f != gazette.NoForce {
		order := slices.Index(gazette.Forces(), f)
		b.add("statuses", string(f), "force."+string(f), "statuses/"+string(f)+"/", order, e)
		switch {
		case f.Ended():
			b.add("", "list.not-in-force", "list.not-in-force", "not-in-force/", 2, e)
		case f == gazette.InForce:
			b.add("", "list.in-force", "list.in-force", "in-force/", 1, e)
			if end := e.State.Interval.To; c.Config.Site.Expiring && !end.IsZero() && !end.After(c.AsOf.AddMonths(expiringMonths)) {
				b.add("", "list.expiring", "list.expiring", "expiring/", 4, e)
			}
		case f == gazette.Pending:
			b.add("", "list.upcoming", "list.upcoming", "upcoming/", 3, e)
		}
	}
	if _, ok := doc.Answered(); ok {
		b.add("", "list.replies", "list.replies", "replies/", 5, e)
	}
	c.columns(b, e)
}

// listTopics lists a document under its topics and their parents.
func (c *Catalog) listTopics(b *lister, e *Entry) {
	for _, t := range e.Document.Topics {
		t = strings.ReplaceAll(t, "\\", "/")
		names := []string{t}
		if parent, _, ok := strings.Cut(t, "/"); ok {
			names = []string{parent, t}
		}
		for level, name := range names {
			var code string
			order := len(c.Data.Topics)
			if i := slices.IndexFunc(c.Data.Topics, func(x source.Topic) bool { return x.Name == name }); i >= 0 && c.Data.Topics[i].Code != "" {
				code, order = c.Data.Topics[i].Code, i
			} else {
				code = pinyin.Slug(name)
			}
			l := b.add("topics", name, "", "topics/"+code+"/", order, e)
			l.Level = level
		}
	}
}

// columns lists an entry in the columns whose filters it passes.
func (c *Catalog) columns(b *lister, e *Entry) {
	for i := range c.Data.Columns {
		if col := &c.Data.Columns[i]; col.Code != "" && e.passes(col) {
			b.add("columns", col.Name, "", "columns/"+col.Code+"/", i, e)
		}
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
