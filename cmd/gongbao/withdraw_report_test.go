package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestGitPaths(t *testing.T) {
	top := t.TempDir()
	site := filepath.Join(top, "子站")
	if err := os.MkdirAll(site, 0o755); err != nil {
		t.Fatal(err)
	}
	paths := []string{"content/a.md"}
	if git, got := gitPaths(site, paths); git != "" {
		t.Skipf("skipped: the folder for temporary files stands in a working tree: %s %q", git, got)
	}
	if err := os.WriteFile(filepath.Join(top, ".git"), []byte("gitdir: elsewhere\n"), 0o644); err != nil { // of a worktree
		t.Fatal(err)
	}
	want := []string{"子站/content/a.md"}
	if git, got := gitPaths(site, paths); git != "git -C '"+top+"'" || !slices.Equal(got, want) {
		t.Errorf("gitPaths = %q, %q", git, got)
	}
	t.Chdir(top)
	if git, got := gitPaths("子站", paths); git != "git" || !slices.Equal(got, want) {
		t.Errorf("gitPaths in the top of the tree = %q, %q", git, got)
	}
}
