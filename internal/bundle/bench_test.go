package bundle_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"gongbao/internal/bundle"
	"gongbao/internal/deploy"
	"gongbao/internal/inventory"
	"gongbao/internal/render"
)

// BenchmarkLarge writes and loads a site of GONGBAO_BENCH documents, eight files each
// (default 1,000), of texts that compress as pages do.
func BenchmarkLarge(b *testing.B) {
	documents, err := strconv.Atoi(os.Getenv("GONGBAO_BENCH"))
	if err != nil {
		documents = 1000
	}
	text := func(i int) string {
		r := rand.New(rand.NewPCG(uint64(i), 1))
		return strings.Repeat(noise(r, 1500), 1+r.IntN(8))
	}
	files := make([]inventory.File, 8*documents)
	for i := range files {
		t := text(i)
		name := []string{"index.html", "index.json", "index.akn.xml", "index.md", "index.txt", "atom.xml", "embed.html", "document.pdf"}[i%8]
		files[i] = inventory.File{Path: fmt.Sprintf("documents/%06d/%s", i/8, name), Size: int64(len(t)), Sum: render.SumOf([]byte(t))}
	}
	at := map[string]int{}
	for i, f := range files {
		at[f.Path] = i
	}
	l, err := inventory.New(files)
	if err != nil {
		b.Fatal(err)
	}
	source := func(p string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text(at[p]))), nil }
	name := filepath.Join(b.TempDir(), "b.zip")
	b.Run("write", func(b *testing.B) {
		for b.Loop() {
			if _, _, err := bundle.Write(b.Context(), bundle.Options{Name: name, Site: l, Source: source, Readme: func(bundle.Manifest) string { return "" }}); err != nil {
				b.Fatal(err)
			}
		}
		b.SetBytes(l.Bytes())
	})
	b.Run("apply", func(b *testing.B) {
		for b.Loop() {
			if _, err := apply(b, filepath.Join(b.TempDir(), "web"), deploy.Options{}, name); err != nil {
				b.Fatal(err)
			}
		}
		b.SetBytes(l.Bytes())
	})
}
