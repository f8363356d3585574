package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	titleLine  = regexp.MustCompile(`(?m)^title = "(.*)"$`)
	ownLines   = regexp.MustCompile(`(?m)^(number|slug) = .*\n`)
	versionOf  = regexp.MustCompile(`(?m)^version_of = "(.*)\.md"$`)
	commonWord = "社会"
)

// benchSite imports the corpus and multiplies it: a copy has a title of its
// own, no number, and a changed character wherever a common word stands, so
// that no two bodies are the same.
func benchSite(b *testing.B, copies int) (root string, documents []string) {
	b.Helper()
	if _, err := os.Stat(corpusDir); err != nil {
		b.Skip("skipped: the shared corpus is not beside the repository")
	}
	root = b.TempDir()
	must := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	must(os.MkdirAll(filepath.Join(root, "content", "data"), 0o755))
	must(os.WriteFile(filepath.Join(root, "config.toml"), []byte("base_url = \"https://gongbao.example/\"\n[site]\ntitle = \"文件库\"\nkind = \"library\"\nembed = false\n"), 0o644))
	seed, _ := filepath.Glob(corpusDir + "/seed/*.txt")
	laws, _ := filepath.Glob(corpusDir + "/laws/*")
	if code := run(append([]string{"-C", root, "-q", "import"}, append(seed, laws...)...), io.Discard, io.Discard); code != exitDone {
		b.Fatalf("import = %d", code)
	}
	documents, _ = filepath.Glob(filepath.Join(root, "content/documents/*/*.md"))
	r := rand.New(rand.NewPCG(1, 2))
	for _, name := range documents {
		raw, err := os.ReadFile(name)
		must(err)
		for k := 1; k < copies; k++ {
			s := titleLine.ReplaceAllString(string(raw), fmt.Sprintf(`title = "$1（样本%d）"`, k))
			s = ownLines.ReplaceAllString(s, "")
			s = versionOf.ReplaceAllString(s, fmt.Sprintf(`version_of = "$1-c%d.md"`, k))
			s = strings.ReplaceAll(s, commonWord, string(rune(0x4e00+r.IntN(3000)))+commonWord)
			must(os.WriteFile(fmt.Sprintf("%s-c%d.md", strings.TrimSuffix(name, ".md"), k), []byte(s), 0o644))
		}
	}
	return root, documents
}

// BenchmarkBuild measures whole builds of 1,133 real documents and ten times
// as many: cold, with nothing changed, and after one edit.
func BenchmarkBuild(b *testing.B) {
	for _, copies := range []int{1, 10} {
		b.Run(fmt.Sprintf("documents=%d", 1133*copies), func(b *testing.B) {
			root, documents := benchSite(b, copies)
			build := func(b *testing.B) {
				b.Helper()
				if code := run([]string{"-C", root, "-q", "build", "--as-of", "2026-11-23"}, io.Discard, io.Discard); code != exitDone {
					b.Fatalf("build = %d", code)
				}
			}
			b.Run("cold", func(b *testing.B) {
				for b.Loop() {
					b.StopTimer()
					for _, dir := range []string{"public", ".gongbao"} {
						if err := os.RemoveAll(filepath.Join(root, dir)); err != nil {
							b.Fatal(err)
						}
					}
					b.StartTimer()
					build(b)
				}
				b.ReportMetric(float64(1133*copies*b.N)/b.Elapsed().Seconds(), "documents/s")
			})
			b.Run("unchanged", func(b *testing.B) {
				for b.Loop() {
					build(b)
				}
			})
			b.Run("edit", func(b *testing.B) {
				f, err := os.OpenFile(documents[len(documents)/2], os.O_WRONLY|os.O_APPEND, 0o644)
				if err != nil {
					b.Fatal(err)
				}
				defer f.Close()
				for b.Loop() {
					if _, err := f.WriteString("\n补一句。\n"); err != nil {
						b.Fatal(err)
					}
					build(b)
				}
			})
		})
	}
}
