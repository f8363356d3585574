package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/bits"
	"path/filepath"
	"slices"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/query"
	"gongbao/internal/zh"
)

// A Search says which hits to return.
type Search struct {
	Filter map[catalog.Facet][]string // a hit has one of the values of every facet that is here
	Limit  int                        // hits returned at most; 0 for all
}

// A Result is what was found.
type Result struct {
	Found  int   // hits without the filter
	Total  int   // hits
	Hits   []Hit // the first of them
	Facets []FacetCount
}

// A Hit is a document that was found.
type Hit struct {
	*catalog.Entry
	Score   int
	Title   Passage
	Anchor  string  // of the passage, or of the article that was asked for; "" for none
	Passage Passage // of the body; empty where no term stands there
}

// A FacetCount tells how many of all hits have each value of a facet, the most
// frequent first.
type FacetCount struct {
	Facet  catalog.Facet
	Values []Count
}

// A Count is the number of hits with a value.
type Count struct {
	Value string
	Hits  int
}

// Search answers a query. With the same catalog and bodies the answer is the same,
// whatever the index holds.
func (x *Index) Search(ctx context.Context, q query.Query, s Search) (Result, error) {
	r, err := x.search(ctx, q, s)
	if x.store == nil || !errors.Is(err, errDamaged) {
		return r, err
	}
	// The next Open makes it anew.
	err = errors.Join(x.Close(), removeSeal(filepath.Join(x.options.Dir, version())))
	if err != nil {
		return Result{}, err
	}
	return x.search(ctx, q, s)
}

// A match is a hit by its place in texts.
type match struct {
	place, score int
	heads        uint8 // terms that the title or number holds, by bit
	body         uint8 // terms that a block of the body holds
	article      bool  // its title is the one whose article was asked for
}

func (x *Index) search(ctx context.Context, q query.Query, s Search) (Result, error) {
	bodies, err := x.bodies(ctx, q.Terms)
	if err != nil {
		return Result{}, err
	}
	articles, err := x.articles(q)
	if err != nil {
		return Result{}, err
	}
	printed := x.printed(q.Issue)
	var r Result
	var hits []match
	for i, t := range x.texts {
		m, ok := x.match(q, t, bodies[i], articles[i], printed[t.Source()])
		if !ok {
			continue
		}
		r.Found++
		if m.place = i; x.passes(t.Entry, s.Filter) {
			hits = append(hits, m)
		}
	}
	r.Total, r.Facets = len(hits), x.facets(hits)
	slices.SortFunc(hits, func(a, b match) int { return cmp.Or(b.score-a.score, b.place-a.place) })
	if s.Limit > 0 && len(hits) > s.Limit {
		hits = hits[:s.Limit]
	}
	for _, m := range hits {
		h, err := x.hit(q, m)
		if err != nil {
			return Result{}, err
		}
		r.Hits = append(r.Hits, h)
	}
	return r, nil
}

// bodies returns for every text which of the terms its body holds in one block.
func (x *Index) bodies(ctx context.Context, terms []string) ([]uint8, error) {
	held := make([]uint8, len(x.texts))
	if x.store == nil {
		return held, x.scan(ctx, terms, held)
	}
	for k, term := range terms {
		err := x.store.holding(ctx, term, func(path string) {
			if i, ok := x.places[path]; ok {
				held[i] |= 1 << k
			}
		})
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil:
			return nil, fmt.Errorf("%w: %w", errDamaged, err)
		}
	}
	return held, nil
}

func (x *Index) scan(ctx context.Context, terms []string, held []uint8) error {
	for i, t := range x.texts {
		if err := ctx.Err(); err != nil || !t.HasBody {
			if err != nil {
				return err
			}
			continue
		}
		streams, err := x.streams(t.Source())
		if err != nil {
			return err
		}
		held[i] = holds(string(streams), terms)
	}
	return nil
}

// holds returns which of the terms a stream holds, by bit.
func holds(stream string, terms []string) uint8 {
	var mask uint8
	for k, term := range terms {
		if strings.Contains(stream, term) {
			mask |= 1 << k
		}
	}
	return mask
}

// match tells whether and how a text answers a query.
func (x *Index) match(q query.Query, t text, body uint8, article, printed bool) (match, bool) {
	m := match{body: body, heads: holds(t.title, q.Terms) | holds(t.number, q.Terms), article: article}
	code := x.options.Catalog.ForceCode(t.Entry)
	is := query.Match{
		Title: q.Whole == t.title || article && q.Title == t.title, Heads: bits.OnesCount8(m.heads), Terms: len(q.Terms),
		Ended: catalog.EndedCode(code), Year: int(t.Since().Year),
	}
	if n := q.Number; n != nil && t.Entry.Number.Serial == n.Serial && t.Entry.Number.Year == n.Year {
		is.Number = n.Fit(zh.Stream(t.Entry.Number.Series))
	}
	if m.article || printed {
		is.Heads = is.Terms
	}
	m.score = is.Score()
	all := uint8(1)<<len(q.Terms) - 1
	return m, len(q.Terms) > 0 && m.heads|m.body == all || m.article || printed || is.Number > 0
}

// printed returns the documents that an issue printed, by path; of a page those
// that stand on it, and all where nothing is known to.
func (x *Index) printed(want *query.Issue) map[string]bool {
	if want == nil {
		return nil
	}
	var issue *catalog.Entry // without a year, the newest of that number
	for _, t := range x.texts {
		if t.Issue == nil {
			continue
		}
		s := t.Issue.Digest.Issue
		if s.No == want.No && (s.Year == want.Year || want.Year == 0 && (issue == nil || issue.Digest.Issue.Year < s.Year)) {
			issue = t.Issue
		}
	}
	all, on := map[string]bool{}, map[string]bool{}
	for _, t := range x.texts {
		e := t.Entry
		if issue == nil || e.Issue != issue {
			continue
		}
		all[e.Source()] = true
		if e.IssuePage > 0 && e.IssuePage <= want.Page && want.Page <= max(e.IssuePage, e.IssueLast) {
			on[e.Source()] = true
		}
	}
	if len(on) > 0 {
		return on
	}
	return all
}

// passes tells whether an entry passes a filter. A topic stands for those below
// it, too.
func (x *Index) passes(e *catalog.Entry, filter map[catalog.Facet][]string) bool {
	for facet, wanted := range filter {
		has := x.options.Catalog.FacetValues(e, facet)
		if len(wanted) > 0 && !slices.ContainsFunc(has, func(v string) bool {
			return slices.ContainsFunc(wanted, func(w string) bool {
				return v == w || facet == "topic" && strings.HasPrefix(v, w+"/")
			})
		}) {
			return false
		}
	}
	return true
}

func (x *Index) facets(hits []match) []FacetCount {
	var all []FacetCount
	for _, f := range x.options.Catalog.Facets() {
		counts := map[string]int{}
		for _, m := range hits {
			values := slices.Clone(x.options.Catalog.FacetValues(x.texts[m.place].Entry, f))
			slices.Sort(values)
			for _, v := range slices.Compact(values) {
				counts[v]++
			}
		}
		c := FacetCount{Facet: f}
		for v, n := range counts {
			c.Values = append(c.Values, Count{v, n})
		}
		slices.SortFunc(c.Values, func(a, b Count) int { return cmp.Or(b.Hits-a.Hits, strings.Compare(a.Value, b.Value)) })
		all = append(all, c)
	}
	return all
}
