package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"testing"
)

// inspected counts the findings of the inspection of a site by their rules.
func inspected(t *testing.T, root string) map[string]int {
	t.Helper()
	var out, said bytes.Buffer
	if code := run([]string{"-C", root, "audit", "--as-of", "2026-11-23", "--format", "json"}, &out, &said); code > exitFindings || said.Len() > 0 {
		t.Fatalf("audit = %d: %s", code, said.String())
	}
	var findings []struct{ Rule string }
	if err := json.Unmarshal(out.Bytes(), &findings); err != nil {
		t.Fatal(err)
	}
	n := map[string]int{}
	for _, f := range findings {
		n[f.Rule]++
	}
	return n
}

// TestSampleInspection builds the sample and inspects it: it has nothing but what
// its invented site leaves empty, days without a time, and one rare character.
func TestSampleInspection(t *testing.T) {
	root := t.TempDir()
	if err := os.CopyFS(filepath.Join(root, "content"), os.DirFS("../../content")); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile("../../config.toml")
	if err == nil {
		err = os.WriteFile(filepath.Join(root, "config.toml"), b, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if code := run([]string{"-C", root, "-q", "build", "--no-pdf", "--as-of", "2026-11-23"}, &out, &out); code != exitDone {
		t.Fatalf("build = %d:\n%s", code, out.String())
	}
	n := inspected(t, root)
	if n["audit-meta-time"] == 0 {
		t.Error("the sample has no document whose day of publication has no time")
	}
	delete(n, "audit-meta-time")
	if want := map[string]int{"audit-footer": 3, "audit-character": 4}; !maps.Equal(n, want) {
		t.Errorf("found %v, want %v", n, want)
	}
}

// TestCorpusInspection inspects the site of all laws. Their page says nothing of
// its owner, no law says when it was put online, and the newest are old; half of
// them have brackets of half width, as their collection does. Three characters are
// outside the table: 䑩 of 敲䑩, twice, and a traditional 諮.
func TestCorpusInspection(t *testing.T) {
	n := inspected(t, importCorpus(t))
	if n["audit-punctuation"] < 600 || n["audit-punctuation"] > 700 || n["audit-undated"] < 1100 {
		t.Errorf("%d texts and signs of half width, %d documents without a day", n["audit-punctuation"], n["audit-undated"])
	}
	delete(n, "audit-punctuation")
	delete(n, "audit-undated")
	if want := map[string]int{"audit-bracket": 4, "audit-character": 3, "audit-footer": 6, "audit-home-stale": 1, "audit-meta": 1}; !maps.Equal(n, want) {
		t.Errorf("found %v, want %v", n, want)
	}
}
