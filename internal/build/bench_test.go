package build

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gongbao/internal/catalog"
	"gongbao/internal/check"
	"gongbao/internal/corpus"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
)

// benchRevise measures a Resolve after the title of one document has changed, of
// documents all over the site: by Revise, or whole where it does not take the
// change.
func benchRevise(b *testing.B, s *Site, n int) {
	type change struct{ was, now *digest.Digest }
	var changes []change
	parser := markup.NewParser()
	for i := range 500 {
		was := s.load.digests[i*len(s.load.digests)/500]
		raw, err := s.load.root.ReadFile("content/" + was.Path)
		if err != nil {
			b.Fatal(err)
		}
		if was.Type == gazette.TypeDocument {
			now, _ := digest.New(parser, was.Path, bytes.Replace(raw, []byte("title = \""), []byte("title = \"（修）"), 1))
			changes = append(changes, change{was, now})
		}
	}
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(changes), func(i, j int) { changes[i], changes[j] = changes[j], changes[i] })
	in := s.input()
	in.Digests = slices.Clone(in.Digests)
	c := catalog.Resolve(in)
	i, whole := 0, 0
	for b.Loop() {
		x := changes[i/2%len(changes)]
		d := x.now
		if i%2 == 1 {
			d = x.was
		}
		at, _ := slices.BinarySearchFunc(in.Digests, d.Path, func(d *digest.Digest, path string) int { return strings.Compare(d.Path, path) })
		in.Digests[at] = d
		if i++; !c.Revise(d) {
			c = catalog.Resolve(in)
			whole++
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(i)/float64(n), "ns/document")
	b.ReportMetric(100*float64(whole)/float64(i), "%whole")
}

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
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/document")
			})
			b.Run("resolve-after-a-title", func(b *testing.B) { benchRevise(b, s, n) })
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
