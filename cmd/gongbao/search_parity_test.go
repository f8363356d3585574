package main

import (
	"path/filepath"
	"slices"
	"testing"

	"gongbao/internal/build"
	"gongbao/internal/gazette"
	"gongbao/internal/index"
	"gongbao/internal/query"
	"gongbao/internal/search"
)

// TestSearchOfTheCommandAgreesWithTheSite compares the two searches over the
// corpus: the index of the command and the files of the site find the same
// documents in the same order with the same scores.
func TestSearchOfTheCommandAgreesWithTheSite(t *testing.T) {
	slow(t)
	root := importCorpus(t)
	public := filepath.Join(root, "public")
	r := openSearch(t, public)
	texts := searchTexts(t, public, r)
	r.Keep()
	s, err := build.Load(t.Context(), build.Options{Root: root, AsOf: gazette.NewDate(2026, 11, 23)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	x, err := index.Open(t.Context(), index.Options{Dir: t.TempDir(), Catalog: s.Catalog, Loader: s.Loader()})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	for _, typed := range queriesOf(texts, 250) {
		q := query.Parse(typed)
		if q.Article != "" {
			continue // the site knows only from the page whether the article is there
		}
		of, err := r.Search(typed, r.N)
		if err != nil {
			t.Fatal(err)
		}
		got, err := x.Search(t.Context(), q, index.Search{Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		var want []search.Result // without the candidates that the page takes away
		for _, d := range of.Top {
			if d.Certain || !slices.ContainsFunc(q.Terms, func(term string) bool { return !texts[d.Doc].has(term) }) {
				want = append(want, d)
			}
		}
		if len(want) != got.Total {
			t.Errorf("%q: the site finds %d, the command %d", typed, len(want), got.Total)
		}
		for i, h := range got.Hits {
			if i >= len(want) || want[i].Meta.Address != h.Address || want[i].Score != h.Score {
				t.Errorf("%q: result %d is %s (%d) for the command, for the site %+v", typed, i, h.Address, h.Score, want[i:min(i+1, len(want))])
				break
			}
		}
	}
}
