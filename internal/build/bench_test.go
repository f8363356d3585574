package build

import (
	"context"
	"fmt"
	"testing"

	"gongbao/internal/catalog"
	"gongbao/internal/check"
	"gongbao/internal/corpus"
	"gongbao/internal/gazette"
)

// benchDay is a day on which the documents of corpus are partly in force.
var benchDay = gazette.Date{Year: 2026, Month: 11, Day: 23}

// BenchmarkResolve measures the passes over all documents, from digests in memory.
func BenchmarkResolve(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprintf("documents=%d", n), func(b *testing.B) {
			root := b.TempDir()
			if _, err := corpus.Write(root, corpus.Options{Seed: 1, Documents: n}); err != nil {
				b.Fatal(err)
			}
			s, err := Load(context.Background(), Options{Root: root, AsOf: benchDay, Details: true})
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			b.Run("resolve", func(b *testing.B) {
				for b.Loop() {
					catalog.Resolve(s.input())
				}
				b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/document")
			})
			b.Run("check", func(b *testing.B) {
				for b.Loop() {
					check.All(s.Catalog, s.load.findings)
				}
			})
			b.Run("views", func(b *testing.B) {
				for b.Loop() {
					s.Units()
				}
			})
		})
	}
}
