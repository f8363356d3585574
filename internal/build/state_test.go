package build

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"gongbao/internal/corpus"
)

// TestStateOfOutputsThatAreGone builds for two outputs and deletes one: the next
// run for the other forgets it, and nothing else.
func TestStateOfOutputsThatAreGone(t *testing.T) {
	root, other := t.TempDir(), filepath.Join(t.TempDir(), "other")
	if _, err := corpus.Write(root, corpus.Options{Seed: 3, Documents: 12}); err != nil {
		t.Fatal(err)
	}
	build := func(output string) {
		t.Helper()
		r, err := Build(t.Context(), Options{Root: root, AsOf: benchDay, NoPDF: true, Output: output})
		if err != nil || !r.Published {
			t.Fatalf("Build = %v, %v", r.Findings, err)
		}
	}
	state := func() []string {
		t.Helper()
		var out []string
		for _, pattern := range []string{"last-*", "search-*", "edition-*", "folders-*", "manifest-*"} {
			out = append(out, glob(t, filepath.Join(root, stateFolder, pattern))...)
		}
		return out
	}
	build("")
	own := state()
	if len(own) != 5 {
		t.Fatalf("a build leaves %v", own)
	}
	build(other)
	build("")
	if both := state(); len(both) != 10 {
		t.Fatalf("builds of two outputs leave %v", both)
	}
	if err := os.RemoveAll(other); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(root, "content", "pages", "about.md"), "+++\ntitle = \"关于\"\n+++\n\n另一段。\n")
	build("")
	if left := state(); !slices.Equal(left, own) {
		t.Errorf("left are %v, want %v", left, own)
	}
}
