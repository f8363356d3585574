package build

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongbao/internal/gazette"
)

// copySample copies the sample site, without what stands beside its content.
func copySample(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	for _, name := range []string{"content", "layouts"} {
		if err := os.CopyFS(filepath.Join(root, name), os.DirFS(filepath.Join("../..", name))); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile("../../config.toml")
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(root, "config.toml"), string(b))
	return root
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// built builds, and compares the site and the findings with those of a build
// that knows nothing of earlier ones.
func built(t *testing.T, what string, o Options) Result {
	t.Helper()
	got, err := Build(t.Context(), o)
	if err != nil || !got.Published {
		t.Fatalf("after %s: Build = %v, %v", what, got.Findings, err)
	}
	clean := o
	clean.Output, clean.NoCache = t.TempDir(), true
	want, err := Build(t.Context(), clean)
	if err != nil || !want.Published {
		t.Fatalf("after %s: clean Build = %v, %v", what, want.Findings, err)
	}
	if d := differ(t, filepath.Join(o.Root, "public"), clean.Output); d != "" {
		t.Fatalf("after %s (texts alone: %v): %s", what, got.Texts, d)
	}
	if a, b := said(got), said(want); a != b {
		t.Fatalf("after %s (texts alone: %v): findings are\n%s\nwant\n%s", what, got.Texts, a, b)
	}
	return got
}

func said(r Result) string {
	var b strings.Builder
	for _, f := range r.Findings {
		fmt.Fprintln(&b, f.Pos, f.Severity, f.Rule, f.Args)
	}
	return b.String()
}

// TestOnlyTexts edits the texts of the sample, which has everything that may be
// made of a text: the site is what a clean build makes, and where nothing else
// follows from the edit, nothing else is looked at.
func TestOnlyTexts(t *testing.T) {
	o := Options{Root: copySample(t), AsOf: gazette.NewDate(2026, 11, 23), NoPDF: true}
	built(t, "nothing", o)
	var names []string
	for _, dir := range []string{"documents", "interpretations", "pages"} {
		found, err := filepath.Glob(filepath.Join(o.Root, "content", dir, "*.md"))
		if err != nil {
			t.Fatal(err)
		}
		deeper, err := filepath.Glob(filepath.Join(o.Root, "content", dir, "*", "*.md"))
		if err != nil {
			t.Fatal(err)
		}
		names = append(append(names, found...), deeper...)
	}
	steps := 12
	if testing.Short() || underRace {
		steps = 3
	}
	r := rand.New(rand.NewPCG(3, 9))
	quick := 0
	for range steps {
		name := names[r.IntN(len(names))]
		s := readFile(t, name)
		switch r.IntN(4) {
		case 0:
			s = strings.Replace(s, "应当", "应当及时", 1)
		case 1:
			s = strings.Replace(s, "，", "，并且，", 1)
		case 2:
			s = strings.TrimRight(s, "\n") + "\n\n此外另有一段。\n"
		default: // another article, another address inside
			s = strings.TrimRight(s, "\n") + "\n\n第九十九条　本条是后加的，见《示范市城市绿化管理办法》。\n"
		}
		writeFile(t, name, s)
		if built(t, "an edit of "+name, o).Texts {
			quick++
		}
	}
	if quick < steps/3 {
		t.Errorf("%d of %d edits were seen to change nothing but texts", quick, steps)
	}
}

// TestOnlyTextsInPrint edits texts that PDFs show: with PDFs they are made anew,
// and the pages that speak of their size; without, those that stand are spoken of
// as before. The whole pass afterwards finds nothing to write.
func TestOnlyTextsInPrint(t *testing.T) {
	o := Options{Root: copySample(t), AsOf: gazette.NewDate(2026, 11, 23)}
	built(t, "nothing", o)
	s, err := Load(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	var printed []string
	for _, e := range s.Catalog.Documents {
		if e.Issue != nil && e.Issue.Lock == nil {
			printed = append(printed, filepath.Join(o.Root, "content", filepath.FromSlash(e.Path)))
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for i, without := range []bool{false, true, true, false, false} {
		if underRace && i > 0 {
			break
		}
		o.NoPDF = without
		name := printed[i*7%len(printed)]
		writeFile(t, name, strings.Replace(readFile(t, name), "，", fmt.Sprintf("，第%d次，", i), 1))
		r, err := Build(t.Context(), o)
		if err != nil || !r.Published {
			t.Fatalf("Build = %v, %v", r.Findings, err)
		}
		pdfs := glob(t, filepath.Join(o.Root, "public", "issues", "*", "*", "issue.pdf"))
		if want := i%2 == 0; r.Texts != want {
			t.Errorf("step %d, %s: texts alone = %v, want %v", i, name, r.Texts, want)
		}
		if len(pdfs) == 0 {
			t.Fatalf("step %d: no PDFs stand", i)
		}
		before := filesOf(t, filepath.Join(o.Root, "public"))
		for _, edition := range glob(t, filepath.Join(o.Root, stateFolder, "edition-*")) {
			writeFile(t, edition, "")
		}
		again, err := Build(t.Context(), o)
		if err != nil || again.Texts || again.Written+again.Deleted > 0 {
			for name, b := range filesOf(t, filepath.Join(o.Root, "public")) {
				if before[name] != b {
					t.Log(name)
				}
			}
			t.Fatalf("step %d: the whole pass afterwards wrote %d and deleted %d files (%v)", i, again.Written, again.Deleted, err)
		}
	}
}

// TestMoreThanTexts changes a text and something else: the whole pass is taken,
// and the site is what a clean build makes.
func TestMoreThanTexts(t *testing.T) {
	root := copySample(t)
	o := Options{Root: root, AsOf: gazette.NewDate(2026, 11, 23), NoPDF: true}
	built(t, "nothing", o)
	at := func(name string) string { return filepath.Join(root, filepath.FromSlash(name)) }
	one := func(pattern string) string {
		t.Helper()
		found, err := filepath.Glob(at(pattern))
		if err != nil || len(found) == 0 {
			t.Fatalf("nothing is called %s (%v)", pattern, err)
		}
		return found[0]
	}
	state := func(kind string) string {
		t.Helper()
		name, err := Options{Root: root, Output: at("public")}.stateName(kind)
		if err != nil {
			t.Fatal(err)
		}
		return name
	}
	text := ""
	for _, name := range glob(t, at("content/documents/*/*.md")) {
		if s := readFile(t, name); strings.Contains(s, "应当") && !strings.Contains(s, "废止") {
			text = name
		}
	}
	titled, edition := "", ""
	for i, c := range []struct {
		name string
		do   func()
		want bool
	}{
		{"nothing else", func() {}, true},
		{"the day", func() { o.AsOf = o.AsOf.AddDays(40) }, false},
		{"the config", func() {
			writeFile(t, at("config.toml"), strings.Replace(readFile(t, at("config.toml")), `title = "`, `title = "新版`, 1))
		}, false},
		{"a register", func() {
			writeFile(t, at("content/data/topics.toml"), strings.Replace(readFile(t, at("content/data/topics.toml")), "综合政务", "综合政务类", 1))
		}, false},
		{"a template", func() {
			writeFile(t, at("layouts/strings/zh-CN.toml"), readFile(t, "../../layouts/strings/zh-CN.toml")+"\n# 新\n")
		}, false},
		{"a title", func() {
			name := one("content/interpretations/*/*.md")
			titled, edition = readFile(t, name), readFile(t, state("edition"))
			writeFile(t, name, strings.Replace(titled, `title = "`, `title = "再论`, 1))
		}, false},
		{"the title back, beside the edition of before", func() {
			writeFile(t, one("content/interpretations/*/*.md"), titled)
			writeFile(t, state("edition"), edition)
		}, false},
		{"an attachment", func() {
			name := ""
			for _, x := range append(glob(t, at("content/documents/*/*/*.csv")), glob(t, at("content/documents/*/*/*.xlsx"))...) {
				name = x
			}
			if name == "" {
				name = one("content/documents/*/*/*.p*")
			}
			writeFile(t, name, readFile(t, name)+" ")
		}, false},
		{"a file that is gone", func() {
			if err := os.Remove(one("public/documents/*/*/index.html")); err != nil {
				t.Fatal(err)
			}
		}, false},
		{"a manifest that is gone", func() {
			for _, name := range glob(t, at(".gongbao/manifest-*")) {
				if err := os.Remove(name); err != nil {
					t.Fatal(err)
				}
			}
		}, false},
		{"a torn edition", func() { writeFile(t, state("edition"), readFile(t, state("edition"))[:100]) }, false},
		{"drafts", func() { o.Drafts = !o.Drafts }, false},
		{"nothing else again", func() {}, true},
	} {
		if underRace && i > 2 {
			break
		}
		writeFile(t, text, strings.Replace(readFile(t, text), "应当", fmt.Sprintf("应当第%d次", i), 1))
		c.do()
		if got := built(t, c.name, o); got.Texts != c.want {
			t.Errorf("%s: texts alone = %v, want %v (%v)", c.name, got.Texts, c.want, got.Why)
		}
	}
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	found, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	return found
}
