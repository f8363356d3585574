package publish_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"gongbao/internal/publish"
	"gongbao/internal/render"
)

// TestCommitSome changes some files of a site again and again: all others stay, in
// the output and in the manifest, which says the same when it is read.
func TestCommitSome(t *testing.T) {
	s := newSite(t)
	files := map[string]string{}
	for i := range 300 {
		files[fmt.Sprintf("documents/%03d/index.html", i)] = "first"
	}
	s.publish(files)
	r := rand.New(rand.NewPCG(1, 7))
	for round := range 60 {
		p := s.open()
		some := map[string]string{}
		for range r.IntN(20) {
			some[fmt.Sprintf("documents/%03d/index.html", r.IntN(301+round/20))] = fmt.Sprint(r.IntN(3))
		}
		units, staged := s.stage(p, some)
		if round%7 == 0 { // a key may change where the bytes stay
			units["documents/001/index.html"] = publish.File{Key: render.Hash(files["documents/001/index.html"]), Inputs: [16]byte{byte(round)}}
			delete(some, "documents/001/index.html")
			staged = staged[:0]
			for name := range some {
				staged = append(staged, name)
				if err := p.Stage(name, []byte(some[name])); err != nil {
					t.Fatal(err)
				}
			}
		}
		maps.Copy(files, some)
		got, err := p.CommitSome(units, staged)
		if err != nil {
			t.Fatal(err)
		}
		if want := (publish.Result{Written: len(staged), Kept: len(files) - len(staged)}); got != want {
			t.Fatalf("round %d: CommitSome = %+v, want %+v", round, got, want)
		}
		if tree := s.tree(s.out); !maps.Equal(tree, files) {
			t.Fatalf("round %d: the output is another", round)
		}
		known := map[string]publish.File{}
		for name := range files {
			f, ok := p.Known(name)
			if !ok || f.Key != render.Hash(files[name]) {
				t.Fatalf("round %d: of %s, %v is known", round, name, f)
			}
			known[name] = f
		}
		names, err := filepath.Glob(filepath.Join(s.state, "manifest-*"))
		if err != nil || len(names) != 1 {
			t.Fatalf("manifests are %v, %v", names, err)
		}
		if read, err := publish.ReadManifest(names[0]); err != nil || !maps.Equal(read, known) {
			t.Fatalf("round %d: the manifest says another thing (%v)", round, err)
		}
		if s.open().Sum() != p.Sum() {
			t.Fatalf("round %d: Sum is not that of the manifest", round)
		}
	}
}
