package effect_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongbao/internal/effect"
	"gongbao/internal/markup"
)

// BenchmarkRead reads the effects of the laws of the shared corpus, parsed
// before, and parses them for comparison.
func BenchmarkRead(b *testing.B) {
	files, _ := filepath.Glob("../../../shared/corpus/laws/*/*.md")
	if len(files) == 0 {
		b.Skip("skipped: the shared corpus is not beside the repository")
	}
	p := markup.NewParser()
	var trees []*markup.Tree
	var titles []string
	var bodies [][]byte
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		head, body, _ := strings.Cut(string(raw), "\n")
		titles = append(titles, strings.TrimPrefix(head, "# "))
		bodies = append(bodies, []byte(body))
		trees = append(trees, p.Parse([]byte(body), markup.Options{Official: true, Title: titles[len(titles)-1]}))
	}
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			for i, t := range trees {
				effect.Read(t, titles[i])
			}
		}
	})
	b.Run("parse", func(b *testing.B) {
		for b.Loop() {
			for i := range bodies {
				p.Parse(bodies[i], markup.Options{Official: true, Title: titles[i]})
			}
		}
	})
}
