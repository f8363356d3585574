package search

import (
	"math/bits"
	"slices"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/gram"
	"gongbao/internal/query"
	"gongbao/internal/zh"
)

// rank orders what was found and reads the meta of the first limit. What a title
// was said to hold is held against the title itself; where that takes something
// away the order is made anew, and what is no hit goes out of docs.
func (r *Reader) rank(q query.Query, docs map[int32]*found, limit int) ([]Result, error) {
	order := make([]Result, 0, len(docs))
	for d, f := range docs {
		order = append(order, r.result(q, d, f))
	}
	for {
		slices.SortFunc(order, func(a, b Result) int {
			if n := b.Score - a.Score; n != 0 {
				return n
			}
			return int(b.Doc - a.Doc)
		})
		top := order[:min(limit, len(order))]
		if err := r.readMeta(top, docs); err != nil {
			return nil, err
		}
		changed := false
		kept := order[:0:0]
		for i := range order {
			f := docs[order[i].Doc]
			if i >= len(top) || f.checked {
				kept = append(kept, order[i])
				continue
			}
			f.checked = true
			if !f.check(q) {
				kept = append(kept, order[i])
				continue
			}
			changed = true
			if f.match.Number > 0 || f.article || f.heads|f.body == all(q) {
				kept = append(kept, r.result(q, order[i].Doc, f))
			} else {
				delete(docs, order[i].Doc)
			}
		}
		order = kept
		if !changed {
			top = order[:min(limit, len(order))]
			for i := range top {
				top[i].Meta = docs[top[i].Doc].meta
			}
			return top, nil
		}
	}
}

// check holds claims against the meta and reports whether one was false.
func (f *found) check(q query.Query) bool {
	heads := uint32(0)
	for i, t := range q.Terms {
		if f.meta.holds(t) {
			heads |= 1 << i
		}
	}
	title := zh.Stream(f.meta.Title)
	named := f.article && strings.Contains(title, q.Title)
	whole := title == q.Whole || named && title == q.Title
	f.maybe = 0
	if heads == f.heads && whole == f.title && named == f.article {
		return false
	}
	f.heads, f.title, f.article = heads, whole, named
	return true
}

func (r *Reader) result(q query.Query, doc int32, f *found) Result {
	force := r.state[doc]
	m := f.match
	m.Title = f.title
	m.Heads, m.Terms = bits.OnesCount32(f.heads), len(q.Terms)
	if f.article {
		m.Heads = m.Terms
	}
	m.Ended, m.Year = catalog.EndedCode(force), r.Year(int(doc))
	return Result{
		Doc: doc, Score: m.Score(), Match: m, Force: force,
		Certain: m.Number > 0 || f.heads&^f.maybe|f.body&^f.unsure == all(q),
	}
}

// readMeta reads the meta of results that have none yet, each file once.
func (r *Reader) readMeta(top []Result, docs map[int32]*found) error {
	files := map[string][]string{}
	for _, t := range top {
		f := docs[t.Doc]
		if f.meta != (Meta{}) {
			continue
		}
		path, line := r.MetaFile(int(t.Doc))
		lines, ok := files[path]
		if !ok {
			before := r.Cost.Bytes
			var err error
			if lines, err = r.lines(path); err != nil {
				return err
			}
			r.Cost.Meta += r.Cost.Bytes - before
			files[path] = lines
		}
		meta, ok := parseMeta(lines, line)
		if !ok {
			return gram.ErrDamaged
		}
		f.meta = meta
	}
	return nil
}

// MetaOf returns what results show of a document.
func (r *Reader) MetaOf(doc int) (Meta, error) {
	docs := map[int32]*found{int32(doc): {}}
	err := r.readMeta([]Result{{Doc: int32(doc)}}, docs)
	return docs[int32(doc)].meta, err
}
