package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"gongbao/internal/press"
	"gongbao/internal/render/pdf"
)

// regulations is how many laws of the corpus BenchmarkPrint sets.
const regulations = 100

// BenchmarkPrint lays out an issue of 100 regulations and writes it, for the
// screen and for the archive; characters are those of the sources. The figures
// are those of issue 5.
func BenchmarkPrint(b *testing.B) {
	root, characters := bigIssue(b)
	p := openPrinter(b, root)
	issue := p.site.Catalog.Issues[0]
	for _, purpose := range []press.Purpose{press.Screen, press.Archive} {
		b.Run(string(purpose), func(b *testing.B) {
			pages, size := 0, 0
			before := cpu(b)
			for b.Loop() {
				laid, _, err := p.press.Issue(issue, press.Options{Purpose: purpose})
				if err != nil {
					b.Fatal(err)
				}
				out, err := pdf.Write(laid.Book, p.fonts)
				if err != nil {
					b.Fatal(err)
				}
				pages, size = len(laid.Book.Pages), len(out)
			}
			used := (cpu(b) - before) / float64(b.N)
			b.ReportMetric(float64(pages), "pages")
			b.ReportMetric(float64(pages)/used, "pages/cpu-s")
			b.ReportMetric(float64(characters)/used, "characters/cpu-s")
			b.ReportMetric(float64(size)/float64(pages), "B/page")
		})
	}
}

// cpu is the time that the process has used so far.
func cpu(b *testing.B) float64 {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}

// bigIssue makes a site of the laws of the corpus with one issue of them.
func bigIssue(b *testing.B) (root string, characters int) {
	b.Helper()
	laws, _ := filepath.Glob(corpusDir + "/laws/*/*.md")
	if len(laws) == 0 {
		b.Skip("skipped: the shared corpus is not beside the repository")
	}
	root = b.TempDir()
	write := func(name, text string) {
		name = filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	write("config.toml", "base_url = \"https://example.gov.cn/\"\n[site]\ntitle = \"公报\"\n[gazette]\nname = \"示例公报\"\n")
	var list []string
	for i := 0; i < len(laws) && len(list) < regulations; i += len(laws) / (regulations + 20) {
		text, err := os.ReadFile(laws[i])
		if err != nil {
			b.Fatal(err)
		}
		if len(text) < 3000 {
			continue
		}
		name := fmt.Sprintf("documents/%03d.md", i)
		title := strings.TrimSuffix(filepath.Base(laws[i]), ".md")
		write("content/"+name, fmt.Sprintf("+++\ntitle = %q\ndisclosure = \"主动公开\"\n+++\n%s", title, text))
		characters += len([]rune(string(text)))
		list = append(list, fmt.Sprintf("%q", name))
	}
	write("content/issues/2023-01.md", "+++\nyear = 2023\nno = 1\ndate = 2023-06-30\nsections = [{ title = \"法规\", documents = ["+strings.Join(list, ",\n")+"] }]\n+++\n")
	return root, characters
}
