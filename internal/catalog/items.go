package catalog

import (
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/source"
	"gongbao/internal/zh"
)

// An Item (公开事项) is a row of the directory with what is published under it.
type Item struct {
	*source.Item
	Address string   // folder in the site: "items/gfxwj/"
	Entries []*Entry // newest first; shared by items that ask for the same
	List    *List    // the column that shows exactly Entries, or nil
	Outside []*source.External
	Bases   []Basis
	Missing bool // a document that it names is not in the catalog
}

// Published reports whether anything is published under the item, here or in
// another system.
func (x *Item) Published() bool {
	return len(x.Entries) > 0 || len(x.Outside) > 0 || x.URL.Text != ""
}

// OnRequest reports whether its content is given on request only (依申请公开), so
// that there is nothing to publish.
func (x *Item) OnRequest() bool { return len(x.Method) == 1 && x.Method[0] == "依申请" }

// A Basis is one basis of an item (公开依据): the text between two semicolons, and
// the first document that it names.
type Basis struct {
	Text string
	Target
	Number string // as the text writes it, or ""
	Pos    diag.Pos
}

// Outdated reports whether a basis gives another number than the document that
// its title stands for: that of an earlier text.
func (b Basis) Outdated() (now string, outdated bool) {
	n, ok := gazette.ParseNumber(b.Number)
	if !ok {
		return "", false
	}
	switch {
	case b.Entry != nil:
		now = b.Entry.Document.Number
	case b.External != nil:
		now = b.External.Number
	}
	m, ok := gazette.ParseNumber(now)
	return now, ok && m.Key() != n.Key()
}

// items resolves the items of the register that have a code, in its order. It
// must run after the lists were made.
func (c *Catalog) items() {
	if len(c.Data.Items) == 0 {
		return
	}
	r := newResolver(c)
	codes := map[string]*source.Item{}
	for i := range c.Data.Items {
		src := &c.Data.Items[i]
		if src.Code == "" || src.Name == "" {
			continue // reported
		}
		if first := codes[src.Code]; first != nil {
			f := diag.New("item-duplicate", src.Pos, src.Code, src.Name)
			f.Related = []diag.Related{{Pos: first.Pos}}
			c.Findings = append(c.Findings, f)
			continue
		}
		codes[src.Code] = src
		x := &Item{Item: src, Address: "items/" + src.Code + "/"}
		x.Bases = r.bases(src.Basis)
		r.fill(x)
		c.Items = append(c.Items, x)
	}
}

// A resolver finds what items ask for. Items that ask for the same share the
// answer, and each question looks only at the shortest list that can hold it.
type resolver struct {
	*Catalog
	parser   *markup.Parser
	columns  map[string]*source.Column
	articles map[string][]*Entry // by issuer
	sets     map[string]*set
	read     map[string][]Basis // of texts; directories say the same basis everywhere
}

// A set is the answer to one question.
type set struct {
	entries []*Entry
	items   []*Item
}

func newResolver(c *Catalog) *resolver {
	r := &resolver{Catalog: c, parser: markup.NewParser(), columns: map[string]*source.Column{}, articles: map[string][]*Entry{}, sets: map[string]*set{}, read: map[string][]Basis{}}
	for i := range c.Data.Columns {
		r.columns[c.Data.Columns[i].Code] = &c.Data.Columns[i]
	}
	for _, t := range gazette.Types() {
		for _, e := range c.Articles[t] {
			for _, name := range e.Article.Issuers {
				r.articles[name] = append(r.articles[name], e)
			}
		}
	}
	return r
}

// fill finds the content of an item: what passes its filters, and the documents
// that it names.
func (r *resolver) fill(x *Item) {
	var named []*Entry
	for _, n := range x.Documents {
		t, count := r.named(n, "item-document-missing", x.Name)
		switch {
		case t.External != nil:
			x.Outside = append(x.Outside, t.External)
		case t.Entry != nil:
			named = append(named, t.Entry)
		default:
			x.Missing = x.Missing || count != 1
		}
	}
	col := r.columns[x.Column.Text]
	if x.Column.Text != "" && col == nil {
		r.report("item-column-unknown", x.Column.Pos, x.Column.Text)
		x.Missing = true
		return // its other filters alone would show more than was asked for
	}
	if col != nil {
		if unfiltered(&x.Filter) && len(named) == 0 {
			x.List = r.Term("columns", col.Name)
		}
	} else if unfiltered(&x.Filter) && len(named) == 0 {
		return
	}
	key := x.Column.Text + "\x00" + filterKey(&x.Filter)
	for _, e := range named {
		key += "\x00" + e.Path
	}
	s := r.sets[key]
	if s == nil {
		s = &set{}
		if col != nil || !unfiltered(&x.Filter) {
			s.entries = r.ask(col, &x.Filter)
		}
		if len(named) > 0 {
			s.entries = slices.Clone(s.entries)
			for _, e := range named {
				if !slices.Contains(s.entries, e) {
					s.entries = append(s.entries, e)
				}
			}
			slices.SortStableFunc(s.entries, newestFirst)
		}
		for _, e := range s.entries {
			e.sets = append(e.sets, s)
		}
		r.sets[key] = s
	}
	x.Entries = s.entries
	s.items = append(s.items, x)
}

// named resolves a name of a register. What was withdrawn is no content; an
// issue is none either.
func (r *resolver) named(n source.Named, rule, of string) (Target, int) {
	t, count := r.Find(nil, n.Text)
	switch {
	case count > 1:
		r.report("target-ambiguous", n.Pos, n.Text, strconv.Itoa(count))
	case count == 0:
		r.report(rule, n.Pos, n.Text, of)
	case t.Entry != nil && t.Entry.Shelf == gazette.Withdrawn:
		r.report(rule, n.Pos, n.Text, of)
		return Target{}, 0
	}
	return t, count
}

func unfiltered(f *source.Column) bool {
	return len(f.Types)+len(f.Classes)+len(f.Kinds)+len(f.Forms)+len(f.Issuers)+len(f.Topics) == 0
}

func filterKey(f *source.Column) string {
	var b strings.Builder
	for _, words := range [][]string{f.Types, f.Classes, f.Kinds, f.Forms, f.Issuers, f.Topics} {
		b.WriteString(strings.Join(words, "\x01"))
		b.WriteByte('\x02')
	}
	return b.String()
}

// ask returns what passes a column and a filter, newest first.
func (r *resolver) ask(col *source.Column, f *source.Column) []*Entry {
	var best []*Entry
	found := false
	shorter := func(lists ...[]*Entry) {
		n := 0
		for _, l := range lists {
			n += len(l)
		}
		if found && n >= len(best) {
			return
		}
		best, found = slices.Concat(lists...), true
	}
	if col != nil {
		if l := r.Term("columns", col.Name); l == nil {
			return nil
		} else if unfiltered(f) {
			return l.Entries
		} else {
			shorter(l.Entries)
		}
	}
	terms := func(taxonomy string, names []string, more map[string][]*Entry) {
		if len(names) == 0 {
			return
		}
		var lists [][]*Entry
		for _, name := range names {
			if l := r.Term(taxonomy, name); l != nil {
				lists = append(lists, l.Entries)
			}
			lists = append(lists, more[name])
		}
		shorter(lists...)
	}
	terms("classes", f.Classes, nil)
	terms("kinds", f.Kinds, nil)
	terms("forms", f.Forms, nil)
	terms("topics", f.Topics, nil)
	terms("issuers", f.Issuers, r.articles)
	if len(f.Types) > 0 {
		var lists [][]*Entry
		for _, t := range f.Types {
			if l := r.Term("", "list."+gazette.Type(t).Folder()); l != nil {
				lists = append(lists, l.Entries)
			}
		}
		shorter(lists...)
	}
	var out []*Entry
	seen := make(map[*Entry]bool, len(best))
	for _, e := range best {
		if !seen[e] && e.Shelf != gazette.Withdrawn && e.passes(f) && (col == nil || e.passes(col)) {
			seen[e] = true
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, newestFirst)
	return out
}

// bases finds the documents that texts name. Semicolons part the bases of one
// text.
func (r *resolver) bases(texts []source.Named) []Basis {
	var out []Basis
	for _, n := range texts {
		bs, ok := r.read[n.Text]
		if !ok {
			for part := range strings.FieldsFuncSeq(n.Text, func(c rune) bool { return c == '；' || c == ';' || c == '\n' }) {
				if part = strings.TrimSpace(part); part != "" {
					bs = append(bs, r.basis(part))
				}
			}
			r.read[n.Text] = bs
		}
		for _, b := range bs {
			b.Pos = n.Pos
			out = append(out, b)
		}
	}
	return out
}

// basis finds the first document that a text names: by its title, else by its
// number, since a title outlives the numbers of its texts.
func (r *resolver) basis(text string) Basis {
	b := Basis{Text: text}
	for _, ref := range r.parser.Parse([]byte(text), markup.Options{}).Refs {
		t, n := r.lookup(nil, ref.Title, "")
		if n != 1 {
			t, n = r.lookup(nil, ref.Title, ref.Number)
		}
		if n != 1 {
			continue
		}
		t.Article = t.article(ref.Article)
		b.Target, b.Number = t, ref.Number
		if ref.Title == "" || !t.called(ref.Title) {
			b.Number = "" // it was found by this number
		}
		break
	}
	return b
}

// called reports whether a title is that of the target, and not only what its
// number led to.
func (t Target) called(title string) bool {
	k := titleKey(zh.Fold(title))
	if t.External != nil {
		return titleKey(zh.Fold(t.External.Title)) == k
	}
	return titleKey(t.Entry.Folded) == k || titleKey(t.Entry.Inner) == k
}

// Items returns the items under which an entry is published, at most n, and
// how many there are.
func (e *Entry) Items(n int) (items []*Item, count int) {
	for _, s := range e.sets {
		count += len(s.items)
		items = append(items, s.items[:min(len(s.items), max(n-len(items), 0))]...)
	}
	return items, count
}
