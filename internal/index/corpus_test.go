package index_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gongbao/internal/index"
	"gongbao/internal/query"
	"gongbao/internal/zh"
)

// lawsDir is the shared corpus of laws, beside the repository.
const lawsDir = "../../../shared/corpus/laws"

func corpus(t *testing.T) site {
	t.Helper()
	if testing.Short() {
		t.Skip("skipped: the corpus takes seconds")
	}
	files, _ := filepath.Glob(lawsDir + "/*/*.md")
	if len(files) == 0 {
		t.Skip("skipped: the shared corpus of laws is not beside the repository")
	}
	s := site{t.TempDir()}
	s.write(t, "config.toml", "[site]\ntitle = \"文件库\"\nkind = \"library\"\n")
	for i, name := range files {
		if i%3 != 0 {
			continue // enough for several batches; with all of them it is as exact
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		s.write(t, fmt.Sprintf("content/documents/%04d.md", i), string(b))
	}
	return s
}

// TestSearchesOfTheCorpusAreExact compares 300 random pieces of texts, and single
// characters, ends of blocks and pieces that go over them, with what a look at
// every block of every text finds.
func TestSearchesOfTheCorpusAreExact(t *testing.T) {
	o := corpus(t).options(t, asOf)
	heads, bodies := map[string]string{}, map[string][]string{} // blocks by path
	var all []string
	for _, e := range o.Catalog.Searchable() {
		heads[e.Path] = zh.Stream(e.Title()) + "\n" + zh.Stream(e.Document.Number)
		f, err := o.Loader.Fragment(e.Path)
		if err != nil {
			t.Fatal(err)
		}
		f.Blocks(func(_ string, text []byte) { bodies[e.Path] = append(bodies[e.Path], zh.Stream(string(text))) })
		all = append(all, bodies[e.Path]...)
	}
	paths := slices.Sorted(maps.Keys(bodies))
	x := open(t, o)
	hits := 0
	for _, term := range pieces(rand.New(rand.NewPCG(20261124, 1)), all) {
		got, err := x.Holding(t.Context(), term)
		if err != nil {
			t.Fatal(err)
		}
		want := slices.DeleteFunc(slices.Clone(paths), func(path string) bool {
			return !slices.ContainsFunc(bodies[path], func(block string) bool { return strings.Contains(block, term) })
		})
		if hits += len(want); !slices.Equal(got, want) {
			t.Errorf("%q is found in %d texts, want %d", term, len(got), len(want))
		}
		// The whole search, with titles and numbers; it looks up what it shows. A
		// number or an article finds more than its letters.
		total := 0
		for path, head := range heads {
			if strings.Contains(head, term) || slices.Contains(want, path) {
				total++
			}
		}
		q := query.Parse(term)
		letters := q.Number == nil && q.Article == "" && q.Issue == nil
		if r := search(t, x, term, index.Search{Limit: 3}); r.Total != total && letters || r.Total < total {
			t.Errorf("Search(%q) has %d hits, want %d", term, r.Total, total)
		}
	}
	if hits < 300 {
		t.Errorf("%d hits are too few to say anything", hits)
	}
}

// pieces are what is searched for.
func pieces(r *rand.Rand, blocks []string) []string {
	var out []string
	take := func(n int, cut func(block, next []rune) []rune) {
		for len(out) < n {
			i := r.IntN(len(blocks) - 1)
			if p := cut([]rune(blocks[i]), []rune(blocks[i+1])); p != nil {
				out = append(out, string(p))
			}
		}
	}
	take(300, func(b, _ []rune) []rune {
		n := 2 + r.IntN(7)
		if len(b) < n {
			return nil
		}
		i := r.IntN(len(b) - n + 1)
		return b[i : i+n]
	})
	take(340, func(b, _ []rune) []rune { return last(b, 1) })
	take(380, func(b, _ []rune) []rune { return last(b, 4) })
	take(420, func(b, next []rune) []rune {
		if len(b) < 2 || len(next) < 2 {
			return nil
		}
		return append(slices.Clone(last(b, 2)), next[:2]...)
	})
	return out
}

func last(b []rune, n int) []rune {
	if len(b) < n {
		return nil
	}
	return b[len(b)-n:]
}
