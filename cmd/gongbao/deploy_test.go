package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gongbao/internal/corpus"
)

// TestDeliveredSitesEqualTheBuilt edits a gazette at random, builds it and brings it to
// three folders: by bundles, by deployment, and by copying the output whole. They are
// the same, byte for byte, after each of the edits.
func TestDeliveredSitesEqualTheBuilt(t *testing.T) {
	root, r := t.TempDir(), rand.New(rand.NewPCG(2026, 10))
	made, err := corpus.Write(root, corpus.Options{Seed: 10, Documents: 40})
	if err != nil || len(made.Interpretations) == 0 {
		t.Fatalf("%d interpretations, %v", len(made.Interpretations), err)
	}
	bundled, deployed := filepath.Join(t.TempDir(), "web"), filepath.Join(t.TempDir(), "web")
	gongbao := func(args ...string) string {
		t.Helper()
		var out, said bytes.Buffer
		if code := run(append([]string{"-C", root}, args...), &out, &said); code != exitDone {
			t.Fatalf("%s = %d: %s", strings.Join(args, " "), code, said.String())
		}
		return strings.TrimSpace(out.String())
	}
	last := ""
	rounds := 32
	if underRace {
		rounds = 6
	}
	for round := range rounds {
		if round > 0 {
			editContent(t, r, root, made, round)
		}
		gongbao("-q", "build", "--no-pdf", "--as-of", fmt.Sprintf("2026-12-%02d", 1+round/4))
		args := []string{"-q", "bundle", "-o", filepath.Join(t.TempDir(), "b.zip")}
		if last != "" && round%7 > 0 {
			args = append(args, "--since", last)
		}
		if name := gongbao(args...); name != "" { // nothing changed
			gongbao("-q", "apply", bundled, name)
			last = name
		}
		gongbao("-q", "deploy", deployed)
		want := treeOf(t, filepath.Join(root, "public"))
		for what, dir := range map[string]string{"bundles": bundled, "deployment": deployed} {
			if got := treeOf(t, dir); !slices.Equal(got, want) {
				t.Fatalf("round %d: by %s the site is another: %d files, want %d", round, what, len(got), len(want))
			}
		}
	}
	gongbao("verify", bundled, "--bundle", last)
	gongbao("verify", deployed)
}

// editContent changes texts and titles of documents; interpretations, on which nothing
// depends, it also takes away and puts back.
func editContent(t *testing.T, r *rand.Rand, root string, made *corpus.Corpus, round int) {
	t.Helper()
	for range 1 + r.IntN(3) {
		from, loose := made.Documents, false
		if r.IntN(2) == 0 {
			from, loose = made.Interpretations, true
		}
		name := filepath.Join(root, "content", filepath.FromSlash(from[r.IntN(len(from))]))
		b, err := os.ReadFile(name)
		switch {
		case err != nil:
			err = os.Rename(name+".off", name)
		case loose && r.IntN(2) == 0:
			err = os.Rename(name, name+".off")
		case r.IntN(2) == 0:
			err = os.WriteFile(name, bytes.Replace(b, []byte("title = \""), []byte(fmt.Sprintf("title = \"第%d次修改的", round)), 1), 0o644)
		default:
			err = os.WriteFile(name, fmt.Appendf(b, "\n第%d次修改。\n", round), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// treeOf is the files of a folder as lines of path and bytes, but for what deliveries
// keep there.
func treeOf(t *testing.T, dir string) (out []string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(p, ".gongbao-") {
			return err
		}
		b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(p)))
		out = append(out, p+"\n"+string(b))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
