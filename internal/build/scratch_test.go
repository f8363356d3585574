package build

import (
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"unicode/utf8"

	"gongbao/internal/corpus"
)

// longSite is a site of few documents that are so long that the search puts their
// texts aside.
func longSite(t *testing.T) (root string) {
	t.Helper()
	root = t.TempDir()
	made, err := corpus.Write(root, corpus.Options{Seed: 5, Documents: 12})
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(4, 4))
	for _, name := range made.Documents {
		name = filepath.Join(root, "content", filepath.FromSlash(name))
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for range 600 {
			b = append(b, '\n')
			for range 200 {
				b = utf8.AppendRune(b, '丐'+rune(r.IntN(60)*r.IntN(60)))
			}
			b = append(b, "。\n"...)
		}
		if err := os.WriteFile(name, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// aside are the temporary files in .gongbao/.
func aside(t *testing.T, root string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(root, stateFolder, "grams-*"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// TestTextsPutAsideAreGoneAfterARun, however it ends; what a killed run left goes
// with the next one, and what runs for other outputs have stays.
func TestTextsPutAsideAreGoneAfterARun(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: builds long documents")
	}
	root := longSite(t)
	var made atomic.Int64
	create := func(folder, pattern string) (*os.File, error) {
		made.Add(1)
		return os.CreateTemp(folder, pattern)
	}
	o := Options{Root: root, Output: filepath.Join(root, "public"), AsOf: benchDay, NoPDF: true, NoCache: true, createTemp: create}
	name, err := o.stateName("grams")
	if err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(root, stateFolder, "grams-0123456789ab-1")
	if err := os.MkdirAll(filepath.Dir(other), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, left := range []string{name + "-12345", other} {
		if err := os.WriteFile(left, []byte("left"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	left := func(when string) {
		t.Helper()
		if got := aside(t, root); len(got) != 1 || got[0] != other {
			t.Errorf("%s: %v are there, want %s alone", when, got, other)
		}
	}

	ctx, cancel := context.WithCancel(t.Context())
	o.Progress = func(stage string, done, total int) {
		if made.Load() > 0 {
			cancel()
		}
	}
	if _, err := Build(ctx, o); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
	left("canceled")
	o.Progress = nil

	broken := []struct {
		what   string
		create func(folder, pattern string) (*os.File, error)
	}{
		{"a folder that may not be written", func(string, string) (*os.File, error) { return nil, fs.ErrPermission }},
		{"a disk that is full", func(folder, pattern string) (*os.File, error) {
			f, err := os.CreateTemp(folder, pattern)
			if err != nil {
				return nil, err
			}
			name := f.Name()
			if err := f.Close(); err != nil {
				return nil, err
			}
			return os.Open(name) // writing fails
		}},
	}
	for _, c := range broken {
		o.createTemp = c.create
		if r, err := Build(t.Context(), o); err == nil || r.Published || !strings.Contains(err.Error(), "put texts aside") {
			t.Errorf("%s: published = %v, %v", c.what, r.Published, err)
		}
		left(c.what)
		if _, err := os.Stat(o.Output); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: there is an output: %v", c.what, err)
		}
	}

	o.createTemp = create
	made.Store(0)
	r, err := Build(t.Context(), o)
	if err != nil || !r.Published {
		t.Fatalf("Build = %v, %v", r.Findings, err)
	}
	if made.Load() != 1 {
		t.Errorf("texts were put aside %d times, want once", made.Load())
	}
	left("done")

	s, err := Load(t.Context(), Options{Root: root, Output: o.Output, AsOf: benchDay, NoPDF: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	units, _ := s.Units() // without scratches: in memory
	compared := 0
	for _, u := range units {
		if !strings.HasPrefix(u.Path, "search/archive/body/") {
			continue
		}
		if compared++; compared%8 != 0 {
			continue
		}
		out, found := u.Render(s.Loader())
		b, err := os.ReadFile(filepath.Join(o.Output, filepath.FromSlash(u.Path)))
		if err != nil || len(found) > 0 || string(b) != string(out.Bytes) {
			t.Fatalf("%s is another when its texts stay in memory (%v, %v)", u.Path, found, err)
		}
	}
	if compared == 0 {
		t.Error("nothing was compared")
	}
}
