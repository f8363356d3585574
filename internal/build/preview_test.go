package build

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gongbao/internal/corpus"
	"gongbao/internal/diag"
	"gongbao/internal/render"
)

// TestPreviewEqualsReadingAnew changes a site at random and compares, after each
// change, what the preview shows with a site that is read anew.
func TestPreviewEqualsReadingAnew(t *testing.T) {
	root := t.TempDir()
	made, err := corpus.Write(root, corpus.Options{Seed: 6, Documents: 40})
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Root: root, AsOf: benchDay, Drafts: true}
	p, err := OpenPreview(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if _, err := p.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	steps := 24
	if testing.Short() || underRace {
		steps = 6
	}
	r := rand.New(rand.NewPCG(4, 4))
	all := slices.Concat(made.Documents, made.Interpretations)
	gone := map[string][]byte{}
	texts := 0
	for range steps {
		name := "content/" + all[r.IntN(len(all))]
		file := filepath.Join(root, filepath.FromSlash(name))
		b, err := os.ReadFile(file)
		what, changed := "", []string{name}
		switch n := r.IntN(len(changes) + 5); {
		case err != nil:
			what, b = "back", gone[name]
		case n < len(changes):
			what, b = changes[n].name, []byte(changes[n].do(string(b), r))
		case n == len(changes):
			what, o.AsOf, o.Drafts = "day", o.AsOf.AddDays(r.IntN(800)-400), r.IntN(2) == 0
			if err := p.Switch(o.AsOf, o.Drafts); err != nil {
				t.Fatal(err)
			}
		case n == len(changes)+1:
			what, gone[name], b = "delete", b, nil
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
		case n == len(changes)+2:
			what, name, changed = "config", "config.toml", []string{"config.toml"}
			file = filepath.Join(root, name)
			if b, err = os.ReadFile(file); err != nil {
				t.Fatal(err)
			}
			b = append(b, fmt.Sprintf("# %d\n", r.IntN(100))...)
		case n == len(changes)+3:
			what, changed = "anything", nil
			b = append(b, "\n又一段。\n"...)
		default: // in a paragraph: nothing that Resolve reads moves
			what = "text"
			b = bytes.Replace(b, []byte("部门应当"), []byte("部门依法应当"), 1)
		}
		if b != nil {
			if err := os.WriteFile(file, b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		before := p.site
		if _, err := p.Update(t.Context(), changed); err != nil {
			t.Fatalf("%s %s: %v", what, name, err)
		}
		if before == p.site && what == "text" {
			texts++
		}
		if r.IntN(3) == 0 { // pages are asked for before the site is judged, too
			comparePreview(t, what+" "+name, p, o, false)
		}
		findings, err := p.Check(t.Context())
		if err != nil {
			t.Fatalf("%s %s: %v", what, name, err)
		}
		comparePreview(t, what+" "+name, p, o, true, findings...)
		if t.Failed() {
			return
		}
	}
	if texts == 0 && steps > 20 {
		t.Error("no change of a text was taken up without Resolve")
	}
}

// comparePreview compares all files but PDFs. Pages that tell folios are right
// only once the site was judged.
func comparePreview(t *testing.T, what string, p *Preview, o Options, judged bool, findings ...diag.Finding) {
	t.Helper()
	o.Folios, o.NoCache, o.Details, o.Preview = true, true, true, true
	s, err := Load(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	units, more := s.Units()
	s.know(units, func(string) (render.Facts, bool) { return render.Facts{}, true })
	seen := map[string]bool{}
	for _, u := range units {
		seen[u.Path] = true
		if strings.HasSuffix(u.Path, ".pdf") || !judged && (!strings.HasPrefix(u.Path, "search/") || strings.Contains(u.Path, "/issues/")) {
			continue
		}
		want, _ := u.Render(s.Loader())
		path, got, found := p.Render(u.Path)
		if path != u.Path || len(found) > 0 || !bytes.Equal(got.Bytes, want.Bytes) {
			t.Errorf("after %s: %s is another in the preview (%q, %v)\n%s", what, u.Path, path, found, firstDifference(got, want))
			return
		}
	}
	p.mu.Lock()
	p.list()
	for _, units := range []map[string]*render.Unit{p.units, p.found} {
		for path := range units {
			if !seen[path] {
				t.Errorf("after %s: the preview has %s, which is not of the site", what, path)
			}
		}
	}
	p.mu.Unlock()
	if judged {
		all := diag.Sort(append(s.Findings, more...))
		if !slices.EqualFunc(findings, all, func(a, b diag.Finding) bool { return a.Rule == b.Rule && a.Pos == b.Pos }) {
			t.Errorf("after %s: %d findings, want %d", what, len(findings), len(all))
		}
	}
}

func firstDifference(got, want render.Output) string {
	a, b := bytes.Split(got.Bytes, []byte("\n")), bytes.Split(want.Bytes, []byte("\n"))
	for i := range min(len(a), len(b)) {
		if !bytes.Equal(a[i], b[i]) {
			return fmt.Sprintf("line %d\n got %s\nwant %s", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d and %d lines", len(a), len(b))
}

// TestPreviewOfFilesBesideFolders saves files whose names begin like those of
// folders beside them, which a walk lists in another order than that of their paths.
func TestPreviewOfFilesBesideFolders(t *testing.T) {
	root := t.TempDir()
	writeFile(t, filepath.Join(root, "config.toml"), "[site]\ntitle = \"示范市人民政府公报\"\n")
	names := []string{"content/documents/abc/index.md", "content/documents/abc-2/index.md", "content/documents/abc.md", "content/documents/abd.md"}
	text := func(name string, n int) string {
		return fmt.Sprintf("+++\ntitle = %q\nslug = %q\n+++\n\n第%d稿。\n", "关于"+name+"的通知", strings.NewReplacer("/", "-", ".", "-").Replace(name), n)
	}
	for _, name := range names {
		writeFile(t, filepath.Join(root, filepath.FromSlash(name)), text(name, 0))
	}
	p, err := OpenPreview(t.Context(), Options{Root: root, AsOf: benchDay})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	for i, name := range slices.Concat(names, names) {
		s := text(name, i+1)
		if i >= len(names) {
			s = strings.Replace(s, "的通知", "的新通知", 1)
		}
		writeFile(t, filepath.Join(root, filepath.FromSlash(name)), s)
		if _, err := p.Update(t.Context(), []string{name}); err != nil {
			t.Fatal(err)
		}
		comparePreview(t, name, p, Options{Root: root, AsOf: benchDay}, false)
		p.Read(func(s *Site) {
			for path, key := range s.load.keys {
				if at, ok := s.load.find(path); !ok || s.load.digests[at].Path != path {
					t.Errorf("after %s: %s (%x) is not found", name, path, key[:4])
				}
			}
		})
	}
}
