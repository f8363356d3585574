package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"
)

// corpusDir is the shared corpus, beside the repository.
const corpusDir = "../../../shared/corpus"

// realCorpus is the site of the whole corpus: made once, by the first test that
// needs it, and removed by TestMain. Tests must not change it.
var realCorpus struct {
	once sync.Once
	root string
	said string // why there is none
}

// importCorpus returns the site of the seed and all laws, built.
func importCorpus(t *testing.T) (root string) {
	t.Helper()
	if testing.Short() {
		t.Skip("skipped: the corpus takes seconds")
	}
	if _, err := os.Stat(corpusDir); err != nil {
		t.Skip("skipped: the shared corpus is not beside the repository")
	}
	realCorpus.once.Do(func() { realCorpus.root, realCorpus.said = makeCorpus() })
	if realCorpus.said != "" {
		t.Fatal(realCorpus.said)
	}
	return realCorpus.root
}

// readCorpus is importCorpus for tests that read every file of it themselves: the race
// detector would have nothing to see but them, ten times as slowly.
func readCorpus(t *testing.T) (root string) {
	t.Helper()
	if underRace {
		t.Skip("skipped under the race detector: see make measure")
	}
	return importCorpus(t)
}

func makeCorpus() (root, failure string) {
	root, err := os.MkdirTemp("", "gongbao-corpus-")
	if err == nil {
		err = os.MkdirAll(filepath.Join(root, "content", "data"), 0o755)
	}
	if err == nil {
		config := "base_url = \"https://gongbao.example/\"\n[site]\ntitle = \"文件库\"\nkind = \"library\"\nembed = false\n[pdf]\ndocuments = \"none\"\n"
		err = os.WriteFile(filepath.Join(root, "config.toml"), []byte(config), 0o644)
	}
	if err != nil {
		return root, err.Error()
	}
	seed, _ := filepath.Glob(corpusDir + "/seed/*.txt")
	laws, _ := filepath.Glob(corpusDir + "/laws/*")
	var out bytes.Buffer
	if code := run(append([]string{"-C", root, "import"}, append(seed, laws...)...), &out, &out); code != exitDone {
		return root, fmt.Sprintf("import = %d:\n%s", code, out.String())
	}
	out.Reset()
	if code := run([]string{"-C", root, "-q", "build", "--as-of", "2026-11-23"}, &out, &out); code != exitDone {
		return root, fmt.Sprintf("build = %d:\n%s", code, out.String())
	}
	return root, ""
}

var spaces = regexp.MustCompile(`[\s\p{Z}\x{200b}\x{feff}]+`)

func squeeze(s string) string { return spaces.ReplaceAllString(s, "") }

// A pageText is what a document's page shows: title, number, text, and the
// articles with their anchors.
type pageText struct {
	title, number, body string
	articles            map[string]string // id → text of the number
	ids                 map[string]int
}

// parsed is the tree of a page.
func parsed(tb testing.TB, name string) *html.Node {
	tb.Helper()
	f, err := os.Open(name)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	doc, err := html.Parse(f)
	if err != nil {
		tb.Fatal(err)
	}
	return doc
}

func readPage(t *testing.T, name string) pageText {
	t.Helper()
	doc := parsed(t, name)
	p := pageText{articles: map[string]string{}, ids: map[string]int{}}
	var walk func(n *html.Node, in bool)
	walk = func(n *html.Node, in bool) {
		class := attr(n, "class")
		switch {
		case n.Data == "h1" && n.Type == html.ElementNode:
			p.title = text(n)
		case class == "docnumber":
			p.number = text(n)
		case class == "sheet-body":
			p.body = text(n)
			in = true
		}
		if id := attr(n, "id"); id != "" {
			p.ids[id]++
			if in && class == "art" {
				p.articles[id] = strings.TrimSpace(text(n))
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, in)
		}
	}
	walk(doc, false)
	return p
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func text(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(text(c))
	}
	return b.String()
}

var (
	markdownMark = regexp.MustCompile(`(?m)^#+ `)
	articleOpen  = regexp.MustCompile(`(?m)^(第[一二三四五六七八九十百千零〇]+条(?:之[一二三四五六七八九十]+)?)[ 　]`)
)

// TestEveryLawBecomesAPageWithItsText imports the whole corpus and compares
// each page with its source: the text after white space folding, and the
// articles with their anchors.
func TestEveryLawBecomesAPageWithItsText(t *testing.T) {
	root := importCorpus(t)
	sources := map[string]string{} // sha256 → file
	pages := 0
	err := filepath.WalkDir(corpusDir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && (strings.Contains(p, "/laws/") || strings.Contains(p, "/seed/")) {
			sources[fileSum(t, p)] = p
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range addresses(t, root) {
		src := sources[address.sum]
		if src == "" {
			t.Errorf("%s: no source with this hash", address.file)
			continue
		}
		delete(sources, address.sum)
		pages++
		raw, err := os.ReadFile(src)
		if err != nil {
			t.Fatal(err)
		}
		p := readPage(t, filepath.Join(root, "public", address.path, "index.html"))
		want := markdownMark.ReplaceAllString(strings.ReplaceAll(string(raw), "<!-- INFO END -->", ""), "")
		got := p.title + p.body
		if strings.HasSuffix(src, ".txt") {
			// The issuer's line above the number stands in the table of facts.
			want = strings.Replace(want, "内江市人民政府办公室", "", 1)
			got = p.number + got
		}
		if g, w := squeeze(got), squeeze(want); g != w {
			t.Errorf("%s: page differs from its source %s", src, firstDifference(g, w))
		}
		for id, n := range p.ids {
			if n > 1 {
				t.Errorf("%s: id %q stands %d times", src, id, n)
			}
		}
		opened := articleOpen.FindAllStringSubmatch(string(raw), -1)
		if len(opened) != len(p.articles) {
			t.Errorf("%s: %d articles with anchors, want %d", src, len(p.articles), len(opened))
		}
		for _, m := range opened {
			found := false
			for _, a := range p.articles {
				found = found || strings.HasPrefix(a, m[1])
			}
			if !found {
				t.Errorf("%s: %s has no anchor", src, m[1])
			}
		}
	}
	if pages != 1133 || len(sources) != 0 {
		t.Errorf("%d pages, %d sources without a page, want 1133 and 0", pages, len(sources))
	}
}

type addressOf struct{ file, path, sum string }

var sumLine = regexp.MustCompile(`sha256 = "([0-9a-f]{64})"`)

// addresses returns every imported document with the address of its page, as
// the ledger would record it.
func addresses(t *testing.T, root string) []addressOf {
	t.Helper()
	var out bytes.Buffer
	if code := run([]string{"-C", root, "record", "--as-of", "2026-11-23"}, &out, &out); code != exitDone {
		t.Fatalf("record = %d:\n%s", code, out.String())
	}
	b, err := os.ReadFile(filepath.Join(root, "content/data/ledger/2026.ndjson"))
	if err != nil {
		t.Fatal(err)
	}
	var all []addressOf
	for line := range bytes.Lines(b) {
		var l struct{ ID, Address string }
		if err := json.Unmarshal(line, &l); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(root, "content", l.ID+".md")
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		m := sumLine.FindSubmatch(raw)
		if m == nil {
			t.Fatalf("%s: no source", file)
		}
		all = append(all, addressOf{file, l.Address, string(m[1])})
	}
	return all
}

func firstDifference(got, want string) string {
	g, w := []rune(got), []rune(want)
	i := 0
	for i < len(g) && i < len(w) && g[i] == w[i] {
		i++
	}
	return "at " + string(w[max(0, i-12):i]) + "| got " + string(g[i:min(len(g), i+24)]) + " want " + string(w[i:min(len(w), i+24)])
}
