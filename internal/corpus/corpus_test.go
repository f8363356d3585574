package corpus

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"unicode/utf8"
)

func TestSameSeedSameFiles(t *testing.T) {
	read := func(root string) map[string]string {
		files := map[string]string{}
		err := filepath.WalkDir(root, func(p string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := os.ReadFile(p)
			name, _ := filepath.Rel(root, p)
			files[name] = string(b)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return files
	}
	a, b := t.TempDir(), t.TempDir()
	for _, root := range []string{a, b} {
		if _, err := Write(root, Options{Seed: 7, Documents: 120}); err != nil {
			t.Fatal(err)
		}
	}
	x, y := read(a), read(b)
	if len(x) != len(y) {
		t.Fatalf("%d files, then %d", len(x), len(y))
	}
	for name := range x {
		if x[name] != y[name] {
			t.Errorf("%s differs", name)
		}
	}
}

// The lengths are those that were measured on laws, within a tenth.
func TestLengths(t *testing.T) {
	root := t.TempDir()
	c, err := Write(root, Options{Seed: 1, Documents: 1500})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(c.Documents) + len(c.Interpretations); n != 1500 {
		t.Errorf("%d documents", n)
	}
	var sizes []int
	for _, p := range c.Documents {
		b, err := os.ReadFile(filepath.Join(root, "content", p))
		if err != nil {
			t.Fatal(err)
		}
		sizes = append(sizes, utf8.RuneCount(b))
	}
	slices.Sort(sizes)
	for _, q := range []struct {
		at   float64
		want int
	}{{.5, 4644}, {.9, 10_099}} {
		got := sizes[int(q.at*float64(len(sizes)))]
		if got < q.want*88/100 || got > q.want*115/100 {
			t.Errorf("quantile %v = %d characters, want about %d", q.at, got, q.want)
		}
	}
}

func TestNumeral(t *testing.T) {
	for n, want := range map[int]string{1: "一", 10: "十", 15: "十五", 20: "二十", 101: "一百零一", 110: "一百一十", 215: "二百一十五"} {
		if got := numeral(n); got != want {
			t.Errorf("numeral(%d) = %s, want %s", n, got, want)
		}
	}
}
