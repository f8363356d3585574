package index_test

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"gongbao/internal/index"
	"gongbao/internal/markup"
)

func indexFiles(t *testing.T, o index.Options) map[string]string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(o.Dir, "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range found {
		files[filepath.Base(f)] = f
	}
	return files
}

// damage are the ways in which an index is none, by the name of what is done.
func damage(t *testing.T, o index.Options, files map[string]string) map[string]func() {
	t.Helper()
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	edit := func(name string, f func([]byte) []byte) func() {
		return func() {
			b, err := os.ReadFile(name)
			must(err)
			must(os.WriteFile(name, f(b), 0o644))
		}
	}
	ways := map[string]func(){
		"gone":      func() { must(os.RemoveAll(o.Dir)) },
		"a file":    func() { must(os.RemoveAll(o.Dir)); must(os.WriteFile(o.Dir, []byte("x"), 0o644)) },
		"more":      func() { must(os.WriteFile(filepath.Join(filepath.Dir(files["seal"]), "00ff.zap"), []byte("x"), 0o644)) },
		"a version": func() { must(os.Rename(filepath.Dir(files["seal"]), filepath.Join(o.Dir, "0.1"))) },
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		path := files[name]
		ways[name+" gone"] = func() { must(os.Remove(path)) }
		ways[name+" empty"] = func() { must(os.WriteFile(path, nil, 0o644)) }
		ways[name+" half"] = edit(path, func(b []byte) []byte { return b[:len(b)/2] })
		ways[name+" flipped"] = edit(path, func(b []byte) []byte { b[len(b)/2] ^= 4; return b })
		ways[name+" longer"] = edit(path, func(b []byte) []byte { return append(b, "\n"...) })
		ways[name+" foreign"] = func() { must(os.WriteFile(path, []byte("gongbao index 1\nf x\n"), 0o644)) }
		ways[name+" a folder"] = func() { must(os.Remove(path)); must(os.Mkdir(path, 0o755)) }
	}
	return ways
}

func TestADamagedIndexIsMadeAnew(t *testing.T) {
	s := newSite(t)
	o := s.options(t, asOf)
	all := open(t, o).Indexed
	for _, way := range slices.Sorted(maps.Keys(damage(t, o, indexFiles(t, o)))) {
		x := open(t, o)
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
		hurt := damage(t, o, indexFiles(t, o))[way]
		if hurt == nil {
			continue // the new index has a file less
		}
		hurt()
		x = open(t, o)
		if x.Indexed != all {
			t.Errorf("%s: %d bodies indexed, want %d", way, x.Indexed, all)
		}
		sameAsScan(t, o, x)
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
		if other, _ := filepath.Glob(filepath.Join(o.Dir, "*")); len(other) != 1 {
			t.Errorf("%s: %q stand in the folder", way, other)
		}
	}
}

// A stopper is a Loader that ends with an error, and a context, at its nth body.
type stopper struct {
	index.Loader
	left   int
	cancel context.CancelFunc
}

var errStopped = errors.New("stopped")

func (s *stopper) Fragment(path string) (*markup.Fragment, error) {
	if s.left--; s.left == 0 {
		if s.cancel == nil {
			return nil, errStopped
		}
		s.cancel()
	}
	return s.Loader.Fragment(path)
}

func TestAnInterruptedRunIsDoneAgain(t *testing.T) {
	s := newSite(t)
	o := s.options(t, asOf)
	all := open(t, o).Indexed
	for left := 1; left <= all; left++ {
		for _, interrupt := range []bool{false, true} {
			if err := os.RemoveAll(o.Dir); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithCancel(t.Context())
			stop := &stopper{Loader: o.Loader, left: left}
			if interrupt {
				stop.cancel = cancel
			}
			o := o
			o.Loader = stop
			if _, err := index.Open(ctx, o); !errors.Is(err, errStopped) && !errors.Is(err, context.Canceled) {
				t.Fatalf("Open, stopped at body %d, = %v", left, err)
			}
			cancel()
		}
	}
	x := open(t, o)
	if x.Indexed != all {
		t.Errorf("%d bodies indexed, want %d", x.Indexed, all)
	}
	sameAsScan(t, o, x)
}

// A liar is a Loader that gives the body of another document while it lies.
type liar struct {
	index.Loader
	lies bool
}

func (l *liar) Fragment(path string) (*markup.Fragment, error) {
	if l.lies && path == "questions/hotline.md" {
		path = "documents/rare.md"
	}
	return l.Loader.Fragment(path)
}

func TestAnIndexThatIsWrongIsNotBelieved(t *testing.T) {
	s := newSite(t)
	o := s.options(t, asOf)
	l := &liar{o.Loader, true}
	o.Loader = l
	x := open(t, o)
	all := x.Indexed
	l.lies = false
	if got := names(search(t, x, "𠮷", index.Search{})); got != "rare" {
		t.Errorf("Search = %s, want rare", got)
	}
	if x = open(t, o); x.Indexed != all {
		t.Errorf("afterwards %d bodies indexed, want %d", x.Indexed, all)
	}
	sameAsScan(t, o, x)
}
