package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"gongbao/internal/search"
	"gongbao/internal/zh"
)

// underRace is set where the race detector runs, which takes ten times as long.
var underRace bool

// slow skips a test of one goroutine and much text under the race detector;
// `make measure` runs it without.
func slow(t *testing.T) {
	t.Helper()
	if underRace {
		t.Skip("skipped under the race detector: make measure runs it")
	}
}

// openSearch returns a reader of the search of a built site.
func openSearch(tb testing.TB, public string) *search.Reader {
	tb.Helper()
	page, err := os.ReadFile(filepath.Join(public, "search", "index.html"))
	if err != nil {
		tb.Fatal(err)
	}
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		tb.Fatal(err)
	}
	r := &search.Reader{Fetch: func(path string, from, size int) ([]byte, error) {
		f, err := os.Open(filepath.Join(public, filepath.FromSlash(path)))
		if err != nil {
			return nil, err
		}
		defer f.Close()
		if size < 0 {
			return io.ReadAll(f)
		}
		b := make([]byte, size)
		n, err := f.ReadAt(b, int64(from))
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		return b[:n], nil
	}}
	for n := range doc.Descendants() {
		if c := attr(n, "data-config"); c != "" {
			if err := json.Unmarshal([]byte(c), &r.Config); err != nil {
				tb.Fatal(err)
			}
		}
	}
	if r.N == 0 {
		tb.Fatal("the page of the search has no config")
	}
	return r
}

// A searchText is what may be found of a document: streams of the blocks of its
// text, its title and its number.
type searchText struct {
	meta  search.Meta
	parts []string
	whole string // parts, a line each
	units int    // of the text
}

// phrasing are the elements that text runs through, as HTML has them.
var phrasingElements = []string{"a", "b", "strong", "em", "code", "sup", "sub", "span", "br", "img"}

// textBlocks are the streams of the blocks of a page's text.
func textBlocks(tb testing.TB, name string) []string {
	tb.Helper()
	doc := parsed(tb, name)
	var out []string
	var b strings.Builder
	flush := func() {
		if s := zh.Stream(b.String()); s != "" {
			out = append(out, s)
		}
		b.Reset()
	}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := range n.ChildNodes() {
			switch {
			case c.Type == html.TextNode:
				b.WriteString(c.Data)
			case c.Data == "sup" && attr(c, "class") == "fn":
			case slices.Contains(phrasingElements, c.Data):
				walk(c)
			default:
				flush()
				walk(c)
				flush()
			}
		}
	}
	for n := range doc.Descendants() {
		if n.Data == "article" && attr(n, "class") == "text" {
			walk(n)
			flush()
			return out
		}
	}
	return nil
}

// searchTexts reads all documents of a built site from their pages.
func searchTexts(tb testing.TB, public string, r *search.Reader) []searchText {
	tb.Helper()
	out := make([]searchText, r.N)
	for i := range out {
		m, err := r.MetaOf(i)
		if err != nil {
			tb.Fatal(err)
		}
		t := searchText{meta: m, parts: textBlocks(tb, filepath.Join(public, m.Address, "index.html"))}
		for _, p := range t.parts {
			t.units += len([]rune(p))
		}
		t.parts = append(t.parts, zh.Stream(m.Title), zh.Stream(m.Number))
		t.whole = strings.Join(t.parts, "\n")
		out[i] = t
	}
	return out
}

func (t searchText) has(stream string) bool { return strings.Contains(t.whole, stream) }

// randomSubstrings are n pieces of 2 to 8 characters of the texts.
func randomSubstrings(texts []searchText, n int) []string {
	r := rand.New(rand.NewPCG(20261124, 300))
	var out []string
	for len(out) < n {
		parts := texts[r.IntN(len(texts))].parts
		block := []rune(parts[r.IntN(len(parts))])
		size := 2 + r.IntN(7)
		if len(block) < size {
			continue
		}
		at := r.IntN(len(block) - size + 1)
		out = append(out, string(block[at:at+size]))
	}
	return out
}

// searchFigures are what reading costs and finds.
type searchFigures struct {
	index, meta, requests []int // bytes of index and of meta, requests: for each query
	lost, wrong, hits     int
	candidates            int
	first                 []int // candidates that must be looked at for the first ten hits, less those
}

func (f searchFigures) String() string {
	return fmt.Sprintf("index bytes %s, meta bytes %s, requests %s; hits %d, candidates %d, lost %d; false among the first ten %s",
		spread(f.index), spread(f.meta), spread(f.requests), f.hits, f.candidates, f.lost, spread(f.first))
}

// spread is median, ninth decile and greatest.
func spread(x []int) string {
	return fmt.Sprintf("p50 %d p90 %d max %d", quantile(x, .5), quantile(x, .9), quantile(x, 1))
}

func quantile(x []int, q float64) int {
	s := slices.Sorted(slices.Values(x))
	return s[min(len(s)-1, int(math.Floor(q*float64(len(s)))))]
}

// measureSearch looks queries up, cold each time, and holds what comes back
// against the texts.
func measureSearch(tb testing.TB, r *search.Reader, texts []searchText, queries []string) searchFigures {
	tb.Helper()
	var f searchFigures
	kept := &search.Reader{Config: r.Config, Fetch: r.Fetch}
	kept.Keep()
	for _, q := range queries {
		cold := &search.Reader{Config: r.Config, Fetch: r.Fetch}
		if _, err := cold.Search(q, 10); err != nil {
			tb.Fatalf("%q: %v", q, err)
		}
		f.index = append(f.index, cold.Cost.Bytes-cold.Cost.Meta)
		f.meta = append(f.meta, cold.Cost.Meta)
		f.requests = append(f.requests, cold.Cost.Requests)
		all, err := kept.Search(q, r.N)
		if err != nil {
			tb.Fatal(err)
		}
		f.candidates += len(all.Top)
		found := make([]bool, r.N)
		hits, wrong := 0, 0
		for _, d := range all.Top {
			found[d.Doc] = true
			switch is := texts[d.Doc].has(q); {
			case is:
				hits++
			case d.Certain:
				f.wrong++
				tb.Errorf("%q: document %d is said to hold it for certain", q, d.Doc)
			case hits < 10:
				wrong++
			}
		}
		f.first = append(f.first, wrong)
		for d := range texts {
			if texts[d].has(q) {
				f.hits++
				if !found[d] {
					f.lost++
					tb.Errorf("%q: document %d is not found", q, d)
				}
			}
		}
	}
	return f
}

// searchFiles are number and bytes of the files under search/, without the
// lists for readers without a script.
func searchFiles(tb testing.TB, public string) (files, size int) {
	tb.Helper()
	err := filepath.WalkDir(filepath.Join(public, "search"), func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(p) == ".html" {
			return err
		}
		info, err := d.Info()
		if err == nil {
			files++
			size += int(info.Size())
		}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return files, size
}

// TestSearchFindsEveryPhraseOfTheCorpus is the measure of the search: nothing
// is lost, nothing certain is wrong, and what it costs stays within the figures
// that were set for it.
func TestSearchFindsEveryPhraseOfTheCorpus(t *testing.T) {
	slow(t)
	public := filepath.Join(importCorpus(t), "public")
	r := openSearch(t, public)
	texts := searchTexts(t, public, r)
	units := 0
	for _, x := range texts {
		units += x.units
	}
	f := measureSearch(t, r, texts, randomSubstrings(texts, 300))
	files, size := searchFiles(t, public)
	t.Logf("%d documents, %d characters: %d files, %d bytes, %.2f bytes a character", r.N, units, files, size, float64(size)/float64(units))
	t.Log(f)
	for _, c := range []struct {
		what      string
		got, most float64
	}{
		{"median of index bytes", float64(quantile(f.index, .5)), 30_000},
		{"ninth decile of index bytes", float64(quantile(f.index, .9)), 80_000},
		{"bytes a character", float64(size) / float64(units), 1.6},
		{"files", float64(files), 6000},
	} {
		if c.got > c.most {
			t.Errorf("%s: %.2f, want at most %.2f", c.what, c.got, c.most)
		}
	}
	t.Run("titles", func(t *testing.T) { titlesFindThemselves(t, r, texts) })
	t.Run("numbers", func(t *testing.T) { numbersFindThemselves(t, r, texts) })
}

// titlesFindThemselves looks up every title: it, or another of the same title,
// must be among the first ten.
func titlesFindThemselves(t *testing.T, r *search.Reader, texts []searchText) {
	for _, x := range texts {
		res, err := r.Search(x.meta.Title, 10)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(res.Top, func(d search.Result) bool { return zh.Stream(d.Meta.Title) == zh.Stream(x.meta.Title) }) {
			t.Errorf("%s: its title does not find it", x.meta.Title)
		}
	}
}

// numbersFindThemselves looks up every number in three spellings.
func numbersFindThemselves(t *testing.T, r *search.Reader, texts []searchText) {
	for _, x := range texts {
		if x.meta.Number == "" {
			continue
		}
		for _, typed := range []string{x.meta.Number, zh.Stream(x.meta.Number), strings.NewReplacer("〔", "[", "〕", "]").Replace(x.meta.Number)} {
			cold := &search.Reader{Config: r.Config, Fetch: r.Fetch}
			res, err := cold.Search(typed, 10)
			if err != nil {
				t.Fatal(err)
			}
			if len(res.Top) == 0 || zh.Stream(res.Top[0].Meta.Number) != zh.Stream(x.meta.Number) {
				t.Errorf("%s: typed as %q it is not first", x.meta.Number, typed)
			}
		}
	}
}
