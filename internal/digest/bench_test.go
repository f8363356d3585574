package digest_test

import (
	"os"
	"path/filepath"
	"testing"

	"gongbao/internal/corpus"
	"gongbao/internal/digest"
	"gongbao/internal/markup"
)

// BenchmarkNew reads generated documents, and the laws of the shared corpus.
func BenchmarkNew(b *testing.B) {
	root := b.TempDir()
	if _, err := corpus.Write(root, corpus.Options{Seed: 1, Documents: 500}); err != nil {
		b.Fatal(err)
	}
	generated, _ := filepath.Glob(root + "/content/documents/*/*.md")
	laws, _ := filepath.Glob("../../../shared/corpus/laws/*/*.md")
	for _, set := range []struct {
		name  string
		files []string
	}{{"generated", generated}, {"laws", laws}} {
		b.Run(set.name, func(b *testing.B) {
			if len(set.files) == 0 {
				b.Skip("skipped: the shared corpus is not beside the repository")
			}
			var raws [][]byte
			size := 0
			for _, name := range set.files {
				raw, err := os.ReadFile(name)
				if err != nil {
					b.Fatal(err)
				}
				raws, size = append(raws, raw), size+len(raw)
			}
			b.SetBytes(int64(size))
			b.ReportAllocs()
			p := markup.NewParser()
			for b.Loop() {
				for i, raw := range raws {
					digest.New(p, "documents/"+filepath.Base(set.files[i]), raw)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(raws)), "µs/document")
		})
	}
}
