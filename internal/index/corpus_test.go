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
	blocks := map[string][]string{} // by path; title and number are blocks, too
	var all []string
	for _, e := range o.Catalog.Searchable() {
		f, err := o.Loader.Fragment(e.Path)
		if err != nil {
			t.Fatal(err)
		}
		blocks[e.Path] = []string{zh.Stream(e.Title()), zh.Stream(e.Document.Number)}
		f.Blocks(func(_ string, text []byte) { blocks[e.Path] = append(blocks[e.Path], zh.Stream(string(text))) })
		all = append(all, blocks[e.Path][2:]...)
	}
	truth := func(term string) (paths []string) {
		for _, path := range slices.Sorted(maps.Keys(blocks)) {
			if slices.ContainsFunc(blocks[path], func(b string) bool { return strings.Contains(b, term) }) {
				paths = append(paths, path)
			}
		}
		return paths
	}
	x := open(t, o)
	r := rand.New(rand.NewPCG(20261124, 1))
	hits := 0
	for _, term := range pieces(r, all) {
		want, got := truth(term), []string(nil)
		for _, h := range search(t, x, term, index.Search{}).Hits {
			got = append(got, h.Path)
		}
		slices.Sort(got)
		got = slices.DeleteFunc(got, func(p string) bool { return !slices.Contains(want, p) && ofNumber(term) })
		if hits += len(want); !slices.Equal(got, want) {
			t.Errorf("Search(%q) finds %d texts, want %d", term, len(got), len(want))
		}
	}
	if hits < 300 {
		t.Errorf("%d hits are too few to say anything", hits)
	}
}

// ofNumber tells whether a term may be a number or an article, which finds more
// than its letters.
func ofNumber(term string) bool { return strings.ContainsAny(term, "号条期") }

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
