package audit_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongbao/internal/audit"
	"gongbao/internal/build"
	"gongbao/internal/gazette"
)

// TestSearchKnowsEveryPage: a page that stands in the output, and that its search
// does not know, is found; one that was not built yet is not missed.
func TestSearchKnowsEveryPage(t *testing.T) {
	root := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		name = filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	page := func(n int) {
		write(fmt.Sprintf("content/pages/%d.md", n), fmt.Sprintf("+++\ntitle = \"说明%d\"\npublished = 2026-11-20T10:00:00+08:00\n+++\n\n说明。\n", n))
	}
	write("config.toml", "[site]\ntitle = \"示范市人民政府公报\"\n")
	page(1)
	page(2)
	o := build.Options{Root: root, AsOf: gazette.NewDate(2026, 11, 23), NoCache: true, Details: true}
	if r, err := build.Build(t.Context(), o); err != nil || !r.Published {
		t.Fatal(err, r.Findings)
	}
	page(3)
	s, err := build.Load(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	found := func() string {
		t.Helper()
		fs, err := audit.Site(audit.Input{Output: os.DirFS(filepath.Join(root, "public")), Name: "public", Root: os.DirFS(root), Catalog: s.Catalog})
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, f := range fs {
			if f.Rule == "audit-search" {
				out = append(out, f.Pos.String()+" "+f.Args[0])
			}
		}
		return strings.Join(out, "\n")
	}
	if got := found(); got != "" {
		t.Errorf("before: %s", got)
	}
	write("public/pages/3/index.html", "<h1>说明3</h1>")
	if got, want := found(), "public/pages/3/index.html 说明3"; got != want {
		t.Errorf("found %q, want %q", got, want)
	}
}
