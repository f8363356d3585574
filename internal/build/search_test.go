package build_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongbao/internal/build"
	"gongbao/internal/gazette"
)

// TestNewDocumentLeavesTheArchiveAlone: what came out in closed years has files
// that neither a new document nor a change of status touches.
func TestNewDocumentLeavesTheArchiveAlone(t *testing.T) {
	s, root := newSite(30), t.TempDir()
	s.write(t, root)
	o := build.Options{Root: root, AsOf: asOf}
	mustPublish(t, o)
	before := tree(t, filepath.Join(root, "public", "search"))

	s.add()
	repeal := s.docs[30]
	repeal.signed, repeal.relation, repeal.cites = gazette.NewDate(2026, 11, 20), "repeals", 3
	repeal.serial = 999
	s.write(t, root)
	mustPublish(t, o)
	after := tree(t, filepath.Join(root, "public", "search"))

	archived, changed := 0, 0
	for path, sum := range before {
		switch {
		case strings.HasPrefix(path, "archive/"):
			archived++
			if after[path] != sum {
				t.Errorf("%s changes with a new document", path)
			}
		case after[path] != sum:
			changed++
		}
	}
	if archived == 0 || changed == 0 {
		t.Errorf("%d files of the archive, %d others change", archived, changed)
	}
}

// TestBrokenSearchIsNotPublished puts a file that is not the search's in its
// place: the next build, which changes another, notices it and keeps the old site.
func TestBrokenSearchIsNotPublished(t *testing.T) {
	s, root := newSite(8), t.TempDir()
	s.write(t, root)
	o := build.Options{Root: root, AsOf: asOf}
	mustPublish(t, o)
	home := filepath.Join(root, "public", "index.html")
	old, err := os.ReadFile(home)
	if err != nil {
		t.Fatal(err)
	}
	metas, _ := filepath.Glob(filepath.Join(root, "public", "search", "archive", "meta", "*", "*.bin"))
	if len(metas) == 0 {
		t.Fatal("no meta")
	}
	if err := os.WriteFile(metas[0], []byte("<!DOCTYPE html>"), 0o644); err != nil {
		t.Fatal(err)
	}
	s.add()
	s.docs[8].signed = gazette.NewDate(2026, 11, 20)
	s.write(t, root)
	if _, err := build.Build(t.Context(), o); err == nil || !strings.Contains(err.Error(), "audit") {
		t.Errorf("the search is broken, and the build says %v", err)
	}
	if now, err := os.ReadFile(home); err != nil || string(now) != string(old) {
		t.Errorf("the site was changed: %v", err)
	}
}
