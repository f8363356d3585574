package html

import (
	"slices"
	"strings"
	"sync"

	"gongbao/internal/catalog"
)

// near are the documents of the same subject that stand next to a work in time,
// two before it and two after, and the way to all of them. Its neighbours change
// only when one comes between them, so a new document changes the pages beside it
// and not those of all its subject.
func (s *Site) near(file string, e *catalog.Entry) ([]DocLink, Link) {
	e = e.Newest() // lists have no other
	list, beside := s.beside(e)
	if list == nil {
		return nil, Link{}
	}
	beside = slices.Clone(beside)
	slices.SortStableFunc(beside, func(a, b *catalog.Entry) int { // what has ended comes last
		switch ended := a.State.Force.Ended(); {
		case ended == b.State.Force.Ended():
			return 0
		case ended:
			return 1
		}
		return -1
	})
	var out []DocLink
	for _, o := range beside {
		if o != e {
			out = append(out, s.docLink(file, o))
		}
	}
	more := Link{}
	if len(list.Entries) > len(out)+1 {
		more = Link{s.strings.T("doc.near-more", list.Name), rel(file, list.Address+"index.html")}
	}
	return out, more
}

// beside is the list of the subject of a work, and the part of it that stands
// around the work; nil where there is none.
func (s *Site) beside(e *catalog.Entry) (*catalog.List, []*catalog.Entry) {
	list := s.subject(e)
	if list == nil {
		return nil, nil
	}
	i, ok := s.places.of(list)[e]
	if !ok {
		return nil, nil
	}
	return list, list.Entries[max(i-2, 0):min(i+3, len(list.Entries))]
}

// subject is the list of the first topic of a document that has others.
func (s *Site) subject(e *catalog.Entry) *catalog.List {
	for _, name := range e.Document.Topics {
		if l := s.cat.Term("topics", strings.ReplaceAll(name, "\\", "/")); l != nil && len(l.Entries) > 1 {
			return l
		}
	}
	return nil
}

// A places knows where documents stand in lists. It looks through a list when one
// of its documents is asked for.
type places struct {
	mu    sync.Mutex
	lists map[*catalog.List]map[*catalog.Entry]int
}

// of says where the entries of a list stand in it.
func (p *places) of(l *catalog.List) map[*catalog.Entry]int {
	p.mu.Lock()
	defer p.mu.Unlock()
	at, ok := p.lists[l]
	if !ok {
		at = make(map[*catalog.Entry]int, len(l.Entries))
		for i, e := range l.Entries {
			at[e] = i
		}
		if p.lists == nil {
			p.lists = map[*catalog.List]map[*catalog.Entry]int{}
		}
		p.lists[l] = at
	}
	return at
}

// citing are the documents that name this one and stand on its page for nothing
// else yet, and the way to all of them where they are many.
func (s *Site) citing(file string, e *catalog.Entry) (out []DocLink, all Link) {
	for _, by := range e.CitedBy {
		if slices.ContainsFunc(e.Inverse, func(r catalog.Inverse) bool { return r.By == by }) {
			continue
		}
		if len(out) == most {
			break
		}
		out = append(out, s.docLink(file, by))
	}
	if len(e.CitedBy) > most {
		all = Link{s.strings.T("doc.cited-by-more", itoa(len(e.CitedBy))), rel(file, e.Address+"cited-by/index.html")}
	}
	return out, all
}
