package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"gongbao/internal/search"
)

var (
	frontLines = regexp.MustCompile(`(?m)^(class|kind|form|issuers|level) = .*\n`)
	titleOf    = regexp.MustCompile(`(?m)^title = "(.*)"$`)
)

// perturbedSite imports the corpus and makes copies of every document that are
// documents of their own: one character in a hundred is another one, drawn as the
// corpus draws them, the day is any of 1990 to 2026, and each has a number.
func perturbedSite(b *testing.B, copies int) (root string) {
	b.Helper()
	root, documents := benchSite(b, 1)
	if copies == 1 {
		return root
	}
	must := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	r := rand.New(rand.NewPCG(35, 123))
	raw := make([]string, len(documents))
	var pool []rune
	for i, name := range documents {
		text, err := os.ReadFile(name)
		must(err)
		raw[i] = string(text)
		for _, c := range raw[i] {
			if unicode.Is(unicode.Han, c) && r.IntN(10) == 0 {
				pool = append(pool, c)
			}
		}
		must(os.Remove(name))
	}
	perturb := func(s string) string {
		return strings.Map(func(c rune) rune {
			if unicode.Is(unicode.Han, c) && r.IntN(100) == 0 {
				return pool[r.IntN(len(pool))]
			}
			return c
		}, s)
	}
	n := 0
	for i := range documents {
		front, body, _ := strings.Cut(strings.TrimPrefix(raw[i], "+++\n"), "\n+++\n")
		for range copies {
			n++
			day := fmt.Sprintf("%d-%02d-%02d", 1990+r.IntN(37), 1+r.IntN(11), 1+r.IntN(22))
			head := fmt.Sprintf("title = %q\nnumber = \"示例发〔%s〕%d号\"\nsigned = %s\nslug = \"s%d\"\n", perturb(titleOf.FindStringSubmatch(front)[1]), day[:4], n, day, n)
			head += strings.Join(frontLines.FindAllString(front+"\n", -1), "")
			name := filepath.Join(root, "content", "documents", day[:4], fmt.Sprintf("s%d.md", n))
			must(os.MkdirAll(filepath.Dir(name), 0o755))
			must(os.WriteFile(name, []byte("+++\n"+head+"+++\n"+perturb(body)), 0o644))
		}
	}
	must(os.WriteFile(filepath.Join(root, "content", "data", "series.toml"), []byte(exampleSeries), 0o644))
	return root
}

const exampleSeries = "[[series]]\nname = \"示例发\"\ncode = \"slf\"\n"

// BenchmarkSearch builds the site of the corpus, and one of 35,123 perturbed
// documents, looks 300 random substrings up in it, and publishes one document
// more. The figures are those of issue 4.
func BenchmarkSearch(b *testing.B) {
	for _, copies := range []int{1, 31} {
		b.Run(fmt.Sprintf("documents=%d", 1133*copies), func(b *testing.B) {
			root := perturbedSite(b, copies)
			build := func() {
				b.Helper()
				if code := run([]string{"-C", root, "-q", "build", "--as-of", "2026-11-23"}, io.Discard, io.Discard); code != exitDone {
					b.Fatalf("build = %d", code)
				}
			}
			for b.Loop() {
				build()
			}
			public := filepath.Join(root, "public")
			r := openSearch(b, public)
			texts := searchTexts(b, public, r)
			units := 0
			for _, x := range texts {
				units += x.units
			}
			files, size := searchFiles(b, public)
			b.Logf("%d documents (%d recent), %d characters; archive %+v, recent %+v, heads %+v", r.N, r.N-r.A, units, r.Archive, r.Recent, r.Heads)
			b.Log(measureSearch(b, r, texts, randomSubstrings(texts, 300)))
			b.ReportMetric(float64(size)/float64(units), "B/character")
			b.ReportMetric(float64(files), "files")
			number(b, r, texts)
			published(b, root, build)
		})
	}
}

// number reports what the lookup of a number costs.
func number(b *testing.B, r *search.Reader, texts []searchText) {
	b.Helper()
	var requests, size []int
	for i := range texts {
		if i%29 != 0 || texts[i].meta.Number == "" {
			continue
		}
		cold := &search.Reader{Config: r.Config, Fetch: r.Fetch}
		found, err := cold.Number(texts[i].meta.Number)
		if err != nil || len(found) == 0 {
			b.Errorf("%s: %v, %d found", texts[i].meta.Number, err, len(found))
		}
		requests, size = append(requests, cold.Cost.Requests), append(size, cold.Cost.Bytes)
	}
	b.Logf("numbers: requests %s, bytes %s", spread(requests), spread(size))
}

// published adds a document and reports which files of the search change.
func published(b *testing.B, root string, build func()) {
	b.Helper()
	before := searchSums(b, filepath.Join(root, "public"))
	doc := "+++\ntitle = \"示范市人民政府办公室关于印发新文件管理办法的通知\"\nnumber = \"示例发〔2026〕99999号\"\nsigned = 2026-11-23\nslug = \"new\"\n+++\n第一条　为了规范新文件的管理，制定本办法。\n\n第二条　本办法自2026年12月1日起施行。\n"
	name := filepath.Join(root, "content", "documents", "2026", "new.md")
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(doc), 0o644); err != nil {
		b.Fatal(err)
	}
	series := filepath.Join(root, "content", "data", "series.toml")
	if known, _ := os.ReadFile(series); !strings.Contains(string(known), exampleSeries) {
		if err := os.WriteFile(series, append(known, exampleSeries...), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	build()
	total, changed, files := 0, 0, 0
	for path, f := range searchSums(b, filepath.Join(root, "public")) {
		total += f.size
		if before[path] != f {
			changed += f.size
			files++
			if strings.HasPrefix(path, "archive/") {
				b.Errorf("%s changes with a new document", path)
			}
		}
	}
	b.Logf("one document more: %d files of %d bytes change, %.2f percent of the index", files, changed, 100*float64(changed)/float64(total))
}

type fileState struct {
	size int
	sum  [32]byte
}

// searchSums are the files of an index by their path under search/.
func searchSums(tb testing.TB, public string) map[string]fileState {
	tb.Helper()
	out := map[string]fileState{}
	dir := filepath.Join(public, "search")
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(p) == ".html" {
			return err
		}
		raw, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		out[filepath.ToSlash(rel)] = fileState{len(raw), sha256.Sum256(raw)}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return out
}
