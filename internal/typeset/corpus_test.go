package typeset_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"gongbao/internal/typeset"
)

const corpus = "../../../shared/corpus/laws"

// A law is a paragraph of a law of the corpus.
type law struct{ name, text string }

var laws = sync.OnceValues(func() (out []law, err error) {
	err = filepath.WalkDir(corpus, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(p) != ".md" {
			return err
		}
		b, err := os.ReadFile(p)
		for line := range strings.Lines(string(b)) {
			if line = strings.TrimSpace(line); line != "" {
				out = append(out, law{filepath.Base(p), line})
			}
		}
		return err
	})
	return out, err
})

// eachLaw returns every paragraph of the laws of the corpus.
func eachLaw(t testing.TB) []law {
	t.Helper()
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("the corpus is not here: " + corpus)
	}
	out, err := laws()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestNoLineOfTheLawsBreaksARule sets all laws on the lines of an official
// paper, of a column and of a gazette, without and with white between Chinese
// and Latin. In a column of 20 ems ten numbers stand before a line that would
// have 0.3 em between its characters if they were kept with their units.
func TestNoLineOfTheLawsBreaksARule(t *testing.T) {
	laws := eachLaw(t)
	for _, c := range []struct{ width, gap, alone, parted int }{
		{28, 0, 1, 0}, {20, 0, 2, 10}, {38, 0, 0, 0}, {28, 83, 1, 0}, {20, 83, 4, 10}, {38, 83, 0, 0},
	} {
		t.Run(fmt.Sprintf("%d ems, gap %d", c.width, c.gap), func(t *testing.T) {
			t.Parallel()
			n, bad, alone, parted := 0, 0, 0, 0
			for _, l := range laws {
				p := para(l.text)
				p.First = em(2)
				ls := linesOf(set(t, c.width, c.gap, p))
				n += len(ls)
				for _, v := range violations(ls, em(c.width)) {
					if strings.HasPrefix(v, "parted: ") && parted < c.parted { // where the line would be torn apart
						parted++
						continue
					}
					if bad++; bad < 20 {
						t.Errorf("%s: %s", l.name, v)
					}
				}
				if last := len(ls) - 1; last > 0 && characters(ls[last].text) < 2 {
					if alone++; alone > c.alone {
						t.Errorf("%s: alone: %s | %s", l.name, ls[last-1].text, ls[last].text)
					}
				}
				if got := strings.Join(texts(ls), ""); squash(got) != squash(l.text) {
					t.Errorf("%s: text changed:\n%s\n%s", l.name, l.text, got)
				}
			}
			t.Logf("%d lines, %d wrong, %d of one character", n, bad, alone)
		})
	}
}

// TestNoColumnOfTheLawsEndsBadly sets all laws in columns: none ends with the
// first line of a paragraph or begins with its last.
func TestNoColumnOfTheLawsEndsBadly(t *testing.T) {
	var blocks []typeset.Block
	for i, l := range eachLaw(t) {
		p := para(l.text)
		p.First, p.Spans[0].Font = em(2), typeset.Font(i%200)
		blocks = append(blocks, p)
	}
	s := typeset.Setter{Measure: widths, Gap: 83}
	pages := s.Set(blocks, typeset.Geometry{Width: em(60), Height: em(60), Text: em(58), Depth: 21*15000 + 10000, Columns: 2, Gutter: em(2)})
	type place struct {
		font      typeset.Font
		page, col int
	}
	var ls []place
	for i := range pages {
		last := typeset.Length(-1)
		for _, r := range pages[i].Runs {
			if r.Y != last {
				col := 0
				if r.X >= em(29) {
					col = 1
				}
				ls, last = append(ls, place{r.Font, i, col}), r.Y
			}
		}
	}
	for i := 1; i+1 < len(ls); i++ {
		before, l, next := ls[i-1], ls[i], ls[i+1]
		switch ends, begins := l.page != next.page || l.col != next.col, l.page != before.page || l.col != before.col; {
		case ends && before.font != l.font && next.font == l.font:
			t.Errorf("page %d, column %d ends with the first line of a paragraph", l.page+1, l.col+1)
		case begins && before.font == l.font && next.font != l.font:
			t.Errorf("page %d, column %d begins with the last line of a paragraph", l.page+1, l.col+1)
		}
	}
	t.Logf("%d lines on %d pages", len(ls), len(pages))
}
