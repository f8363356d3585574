package typeset_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const corpus = "../../../shared/corpus/laws"

// eachLaw calls f with every paragraph of the laws of the corpus.
func eachLaw(t testing.TB, f func(name, paragraph string)) {
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("the corpus is not here: " + corpus)
	}
	err := filepath.WalkDir(corpus, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(p) != ".md" {
			return err
		}
		b, err := os.ReadFile(p)
		for line := range strings.Lines(string(b)) {
			if line = strings.TrimSpace(line); line != "" {
				f(filepath.Base(p), line)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestNoLineOfTheLawsBreaksARule(t *testing.T) {
	n, bad := 0, 0
	for _, width := range []int{28, 20} {
		eachLaw(t, func(name, text string) {
			p := para(text)
			p.First = em(2)
			ls := linesOf(set(t, width, p))
			n += len(ls)
			for _, v := range violations(ls, em(width)) {
				if bad++; bad < 20 {
					t.Errorf("%s: %s", name, v)
				}
			}
			if got := strings.Join(texts(ls), ""); squash(got) != squash(text) {
				t.Errorf("%s: text changed:\n%s\n%s", name, text, got)
			}
		})
	}
	t.Logf("%d lines, %d wrong", n, bad)
}
