package build

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongbao/internal/corpus"
)

// TestEditedTextsChangeFewFiles edits texts of closed years and of this year: the
// site is what a clean build makes, and few files were written.
func TestEditedTextsChangeFewFiles(t *testing.T) {
	root := filepath.Join(t.TempDir(), "last-year") // a name as files of .gongbao have it
	made, err := corpus.Write(root, corpus.Options{Seed: 13, Documents: 220})
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Root: root, AsOf: benchDay, NoPDF: true}
	build := func(o Options) Result {
		t.Helper()
		r, err := Build(t.Context(), o)
		if err != nil || !r.Published {
			t.Fatalf("Build = %v, %v", r.Findings, err)
		}
		return r
	}
	build(o)
	r := rand.New(rand.NewPCG(5, 5))
	rounds := 8
	if testing.Short() || underRace {
		rounds = 2
	}
	for round := range rounds {
		n := 1 + round%3
		for range n {
			name := filepath.Join(root, "content", filepath.FromSlash(made.Documents[r.IntN(len(made.Documents))]))
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			s := string(b)
			switch r.IntN(3) {
			case 0:
				s = strings.Replace(s, "第一条　", fmt.Sprintf("第一条　为了第%d次改动，", round), 1)
			case 1:
				s = strings.Replace(s, "部门应当", "部门", 1)
			default:
				i := strings.LastIndex(s, "第三条　")
				if i < 0 {
					continue
				}
				s = s[:i] + "第三条　市罕见部门負責龘事。\n\n" + s[i:]
			}
			if err := os.WriteFile(name, []byte(s), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got := build(o)
		if got.Written > 60*n {
			t.Errorf("round %d: %d edits wrote %d files", round, n, got.Written)
		}
		clean := o
		clean.Output, clean.NoCache = t.TempDir(), true
		build(clean)
		if d := differ(t, filepath.Join(root, "public"), clean.Output); d != "" {
			t.Fatalf("round %d: %s", round, d)
		}
	}
}
