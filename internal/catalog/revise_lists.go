package catalog

import (
	"slices"

	"gongbao/internal/gazette"
	"gongbao/internal/markup"
)

// A move is a list that an entry comes into or leaves.
type move struct {
	list *List
	adds bool
}

// findLists finds the lists that the entry comes into and leaves. It reports
// whether no list comes or goes, is another one, or is asked for by the
// directory.
func (r *revision) findLists() bool {
	e, after := r.e, &r.after
	if e.Type != gazette.TypeDocument {
		return true
	}
	after.Level = r.level(after.Digest)
	a, b := e.Document, after.Document
	sorted := a.Kind == b.Kind && a.Form == b.Form && e.Level == after.Level && slices.Equal(a.Topics, b.Topics)
	if !sorted && len(r.Data.Items) > 0 {
		return false
	}
	if e.Shelf == gazette.Withdrawn || e != e.Newest() {
		return true
	}
	was, now := newLister(len(r.Data.Columns)), newLister(len(r.Data.Columns))
	r.listDocument(was, e)
	r.listDocument(now, after)
	if slices.EqualFunc(was.lists, now.lists, (*List).same) {
		return true
	}
	for _, x := range now.lists {
		l := r.Term(x.Taxonomy, x.Name)
		if l == nil || !l.same(x) || l.shared || x.shared {
			return false
		}
		if was.byAddress[x.Address] == nil {
			r.move(l, true)
		}
	}
	for _, x := range was.lists {
		if now.byAddress[x.Address] != nil {
			continue
		}
		l := r.Term(x.Taxonomy, x.Name)
		if l == nil || !l.same(x) || l.shared || len(l.Entries) == 1 {
			return false
		}
		r.move(l, false)
	}
	return true
}

func (r *revision) move(l *List, adds bool) {
	if l.Taxonomy == "columns" { // it mixes types
		r.columns = append(r.columns, l)
		return
	}
	r.moves = append(r.moves, move{l, adds})
}

// same reports whether two lists are the same, whatever is in them.
func (l *List) same(o *List) bool {
	return l.Taxonomy == o.Taxonomy && l.Name == o.Name && l.Key == o.Key && l.Address == o.Address && l.Level == o.Level && l.Order == o.Order
}

func sameLink(a, b markup.ContentLink) bool { return a.Dest == b.Dest }

func sameFile(a, b markup.FileRef) bool { return a.Path == b.Path && a.Image == b.Image }
