package build_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gongbao/internal/build"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/search"
)

const mountOfCounty = "\n[[mounts]]\ncode = \"xian\"\n"

// newCounty is a site with other names than the others.
func newCounty(n int) *site {
	s := newSite(n)
	s.title, s.names = "示范县人民政府公报", strings.NewReplacer("示范市", "示范县", "示府办发", "示县府办发", "第二条　", "第二条　依据《示范市第2号事项办法》第二条，", "gongbao.example", "xian.example", "name = \"公报\"", "name = \"示范县人民政府公报\"")
	return s
}

// writeMounted writes a site that shows a county, and the mirror of it.
func writeMounted(t *testing.T, city, county *site, root string) {
	t.Helper()
	city.write(t, root)
	county.write(t, filepath.Join(root, "mirror", "xian"))
	config := filepath.Join(root, "config.toml")
	if text := textOf(t, config); !strings.Contains(text, mountOfCounty) {
		put(t, config, text+mountOfCounty)
	}
}

// A site with a mount is edited at random, on both sides; what an incremental build
// leaves is what a clean one makes, whatever the mirror holds.
func TestIncrementalEqualsCleanWithMounts(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 0))
	root, clean := t.TempDir(), t.TempDir()
	city, county := newSite(6), newCounty(8)
	for i, d := range city.docs {
		d.body = fmt.Sprintf("见《示范县第%d号事项办法》第一条和示县府办发〔2023〕%d号第二条。", i+1, i+2)
	}
	writeMounted(t, city, county, root)
	mustPublish(t, build.Options{Root: root, AsOf: city.asOf})
	if page := textOf(t, filepath.Join(root, "public/mirror/xian/documents/sfbf/2023/3/index.html")); !strings.Contains(page, "documents/sfbf/2023/2/index.html#art_2") {
		t.Error("a mention of the county does not lead to the city")
	}
	var done []string
	published, texts, steps := 0, 0, 2*len(edits)
	if testing.Short() || build.UnderRace() {
		steps = 6
	}
	for step := range steps {
		s, name := county, "county"
		if step%3 == 0 {
			s, name = city, "city"
		}
		e := edits[r.IntN(len(edits))]
		if step%4 == 1 {
			e = edits[0] // a text, which the quick way takes
		}
		e.do(s, s.docs[r.IntN(len(s.docs))], r)
		done = append(done, name+" "+e.name)
		writeMounted(t, city, county, root)
		o := build.Options{Root: root, AsOf: city.asOf, Doubt: step%5 == 4}
		got := run(t, o)
		o.Output, o.NoCache, o.Doubt = filepath.Join(clean, fmt.Sprint(step)), true, false
		want := run(t, o)
		if got.Published != want.Published {
			t.Fatalf("after %q: published %v, clean %v", done, got.Published, want.Published)
		}
		if !got.Published {
			continue
		}
		published++
		if got.Texts {
			texts++
		}
		if d := difference(tree(t, filepath.Join(root, "public")), tree(t, o.Output)); d != "" {
			t.Fatalf("after %q:\n%s", done, d)
		}
		if again := run(t, build.Options{Root: root, AsOf: city.asOf}); again.Written != 0 || again.Deleted != 0 {
			t.Fatalf("after %q: a second run wrote %d and deleted %d", done, again.Written, again.Deleted)
		}
	}
	if published < steps/2 || steps > 6 && texts == 0 {
		t.Errorf("published %d of %d steps, %d of them looked at texts alone", published, steps, texts)
	}
}

// Nothing in a mirror keeps a site from being built: neither what is half there, nor
// what is at odds with itself.
func TestMirrorsDoNotStopTheSite(t *testing.T) {
	at := func(root, name string) string { return filepath.Join(root, "mirror", "xian", filepath.FromSlash(name)) }
	line := func(id, address string) string {
		return fmt.Sprintf("{\"v\":1,\"at\":\"2026-01-01T00:00:00+08:00\",\"event\":\"published\",\"id\":\"documents/2023/%s\",\"address\":%q,\"text_hash\":\"\"}\n", id, address)
	}
	for name, c := range map[string]struct {
		harm  func(t *testing.T, root string)
		empty bool // it is told that nothing is there
	}{
		"gone":       {func(t *testing.T, root string) { remove(t, filepath.Join(root, "mirror")) }, true},
		"no config":  {func(t *testing.T, root string) { remove(t, at(root, "config.toml")) }, true},
		"no content": {func(t *testing.T, root string) { remove(t, at(root, "content")) }, true},
		"a file": {func(t *testing.T, root string) {
			remove(t, filepath.Join(root, "mirror"))
			put(t, filepath.Join(root, "mirror"), "x")
		}, true},
		"broken config": {func(t *testing.T, root string) { put(t, at(root, "config.toml"), "[site\ntitle = 3") }, false},
		"broken data":   {func(t *testing.T, root string) { put(t, at(root, "content/data/issuers.toml"), "[[issuer") }, false},
		"broken ledger": {func(t *testing.T, root string) {
			putLedger(t, root, "<<<<<<< HEAD\n{\n")
		}, false},
		"one address": {func(t *testing.T, root string) {
			putLedger(t, root, line("d1", "documents/a/")+line("d2", "documents/a/")+line("d3", "documents/A/")+line("d5", "documents/a/files/"))
		}, false},
		"in the way": {func(t *testing.T, root string) {
			putLedger(t, root, line("d4", "documents/a/")+line("d5", "documents/a/index.html/")+line("d6", "documents/a/files/表4.csv/")+line("gone", "page/1/"))
		}, false},
		"bad document": {func(t *testing.T, root string) {
			put(t, at(root, "content/documents/2023/d1.md"), "+++\ntitle = [\n+++\n\xff\xfe")
		}, false},
		"no text": {func(t *testing.T, root string) { put(t, at(root, "content/documents/2023/d1.md"), "") }, false},
		"no documents": {func(t *testing.T, root string) {
			remove(t, at(root, "content/documents"))
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := t.TempDir()
			city, county := newSite(3), newCounty(8)
			city.docs[0].body = "见《示范县第1号事项办法》第一条。"
			writeMounted(t, city, county, root)
			mustPublish(t, build.Options{Root: root, AsOf: asOf})
			c.harm(t, root)
			r := mustPublish(t, build.Options{Root: root, AsOf: asOf})
			told := slices.ContainsFunc(r.Findings, func(f diag.Finding) bool { return f.Rule == "mount-empty" })
			if told != c.empty {
				t.Errorf("it is told that nothing is there: %v", told)
			}
			for _, f := range r.Findings {
				if f.Severity != diag.Info && strings.HasPrefix(f.Pos.File, "mirror/") {
					t.Errorf("%s is told of the mirror, %s", f.Rule, f.Pos.File)
				}
			}
			o := build.Options{Root: root, AsOf: asOf, Output: filepath.Join(t.TempDir(), "clean"), NoCache: true}
			mustPublish(t, o)
			if d := difference(tree(t, filepath.Join(root, "public")), tree(t, o.Output)); d != "" {
				t.Error(d)
			}
		})
	}
}

// The search of a site finds what its mounts show, by number, title, article and text,
// also where files of the two have the same paths, and says whose it is.
func TestSearchFindsMounts(t *testing.T) {
	root := t.TempDir()
	city, county := newSite(3), newCounty(6)
	city.docs[0].body, county.docs[0].body = "城里的独有条款。", "乡里的独有条款。"
	writeMounted(t, city, county, root)
	mustPublish(t, build.Options{Root: root, AsOf: asOf})
	r := readSearch(t, filepath.Join(root, "public"))
	const own, mounted = "documents/sfbf/2023/1/", "mirror/xian/documents/sfbf/2023/1/"
	for typed, want := range map[string]string{
		"示府办发〔2023〕1号": own, "示县府办发〔2023〕1号": mounted,
		"示范市第1号事项办法": own, "示范县第1号事项办法": mounted,
		"城里的独有条款": own, "乡里的独有条款": mounted, "示范县第1号事项办法第一条": mounted,
	} {
		found, err := r.Search(typed, 10)
		if err != nil || len(found.Top) == 0 {
			t.Errorf("%s finds nothing, %v", typed, err)
			continue
		}
		m := found.Top[0].Meta
		if m.Address != want {
			t.Errorf("%s finds %s first, want %s", typed, m.Address, want)
		}
		if of := strings.HasSuffix(m.Issuers, " · 示范县人民政府公报"); of != (want == mounted) {
			t.Errorf("%s is of %s", m.Address, m.Issuers)
		}
		if found.Top[0].Force == "" {
			t.Errorf("%s has no status", m.Address)
		}
	}
	b, err := os.ReadFile(filepath.Join(root, "public/search/recent/facets/gazette.bin"))
	if err != nil || !bytes.Contains(b, []byte("示范县人民政府公报")) || !slices.Contains(r.Facets, "gazette") {
		t.Errorf("whose gazette a document is from cannot be chosen: %v, facets %v", err, r.Facets)
	}
	before := tree(t, filepath.Join(root, "public/search"))
	county.add()
	county.docs[6].signed = gazette.NewDate(2026, 11, 20)
	writeMounted(t, city, county, root)
	mustPublish(t, build.Options{Root: root, AsOf: asOf})
	after := tree(t, filepath.Join(root, "public/search"))
	if maps.Equal(before, after) {
		t.Error("a new document of a mount leaves the search as it was")
	}
	for name, sum := range before {
		if strings.HasPrefix(name, "archive/") && after[name] != sum {
			t.Errorf("%s changes with a new document of a mount", name)
		}
	}
	remove(t, filepath.Join(root, "mirror"))
	mustPublish(t, build.Options{Root: root, AsOf: asOf})
	if r := readSearch(t, filepath.Join(root, "public")); r.N != 7 || slices.Contains(r.Facets, "gazette") {
		t.Errorf("without the mirror %d are found, want 7; facets %v", r.N, r.Facets)
	}
	if _, err := os.Stat(filepath.Join(root, "public/search/recent/facets/gazette.bin")); err == nil {
		t.Error("without the mirror the facet stays")
	}
}

// readSearch reads the search of a built site.
func readSearch(t *testing.T, public string) *search.Reader {
	t.Helper()
	_, config, _ := strings.Cut(textOf(t, filepath.Join(public, "search/index.html")), `data-config="`)
	config, _, _ = strings.Cut(config, `"`)
	r := &search.Reader{Fetch: func(path string, from, size int) ([]byte, error) {
		b, err := os.ReadFile(filepath.Join(public, filepath.FromSlash(path)))
		if err == nil && size >= 0 {
			b = b[min(from, len(b)):min(from+size, len(b))]
		}
		return b, err
	}}
	if err := json.Unmarshal([]byte(html.UnescapeString(config)), &r.Config); err != nil {
		t.Fatal(err)
	}
	return r
}

func putLedger(t *testing.T, root, text string) {
	t.Helper()
	dir := filepath.Join(root, "mirror/xian/content/data/ledger")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, "pulled.ndjson"), text)
}

func textOf(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, name string) {
	t.Helper()
	if err := os.RemoveAll(name); err != nil {
		t.Fatal(err)
	}
}
