package markup_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gongbao/internal/markup"
)

// lawsDir is the shared corpus of laws, beside the repository.
const lawsDir = "../../../shared/corpus/laws"

func laws(t testing.TB) map[string][]byte {
	t.Helper()
	files, _ := filepath.Glob(lawsDir + "/*/*.md")
	if len(files) == 0 {
		t.Skip("skipped: the shared corpus of laws is not beside the repository")
	}
	out := map[string][]byte{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(f)] = b
	}
	return out
}

var articleLine = regexp.MustCompile(`(?m)^(第[一二三四五六七八九十百千零〇]+条(?:之[一二三四五六七八九十]+)?)[ 　]`)

// TestArticlesOfTheCorpusHaveAnchors checks that every 第…条 that opens a
// paragraph is an article with an anchor of its own, and that nothing else is.
func TestArticlesOfTheCorpusHaveAnchors(t *testing.T) {
	p := markup.NewParser()
	total := 0
	for name, body := range laws(t) {
		tree := p.Parse(body, markup.Options{File: name, Official: true})
		var want, got []string
		for _, m := range articleLine.FindAllSubmatch(body, -1) {
			want = append(want, string(m[1]))
		}
		seen := map[string]bool{}
		tree.Walk(func(b *markup.Block) {
			if b.ID != "" && seen[b.ID] {
				t.Errorf("%s: anchor %q twice", name, b.ID)
			}
			seen[b.ID] = true
			if b.Unit == markup.Article {
				got = append(got, b.Num)
			}
		})
		total += len(got)
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s: %d articles, want %d", name, len(got), len(want))
		}
	}
	t.Logf("%d articles", total)
}

// TestMentionsOfTheCorpusHaveTheirPlace checks that what stands at the place of
// a mention is the mention.
func TestMentionsOfTheCorpusHaveTheirPlace(t *testing.T) {
	p := markup.NewParser()
	total := 0
	for name, body := range laws(t) {
		lines := strings.Split(string(body), "\n")
		for _, r := range p.Parse(body, markup.Options{File: name, Official: true}).Refs {
			at := r.At.In(name)
			if at.Col == 0 || at.End == 0 {
				t.Errorf("%s: %+v has no column", at, r)
				continue
			}
			want := r.Number
			if want == "" || strings.HasPrefix(want, "〔") {
				want = r.Title
			}
			got := string([]rune(lines[at.Line-1])[at.Col-1 : at.End-1])
			if !strings.Contains(got, want) && !strings.Contains(got, r.Title) {
				t.Errorf("%s-%d holds %q, want %+v", at, at.End, got, r)
			}
			total++
		}
	}
	t.Logf("%d mentions", total)
}

func BenchmarkParse(b *testing.B) {
	files := laws(b)
	size := 0
	for _, f := range files {
		size += len(f)
	}
	b.SetBytes(int64(size))
	p := markup.NewParser()
	for b.Loop() {
		for name, body := range files {
			tree := p.Parse(body, markup.Options{File: name, Official: true})
			tree.HTML(2)
		}
	}
}
