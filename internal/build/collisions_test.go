package build_test

import (
	"os"
	"path/filepath"
	"testing"

	"gongbao/internal/build"
	"gongbao/internal/diag"
)

// writeFile writes one file of a site.
func writeFile(t *testing.T, root, name, text string) {
	t.Helper()
	file := filepath.Join(root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestAnAliasOnAMadePageSaysWhich reports the alias as it is written, where it
// is written, with the page that it falls on.
func TestAnAliasOnAMadePageSaysWhich(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, dir, "config.toml", "[site]\ntitle = \"示范市人民政府公报\"\n")
	writeFile(t, dir, "content/documents/a.md", "+++\ntitle = \"示范市甲文件\"\nslug = \"jia\"\nsigned = 2023-01-01\ndisclosure = \"主动公开\"\naliases = [\"/old.html\", \"/Documents\"]\n+++\n正文。\n")
	s, err := build.Load(t.Context(), build.Options{Root: dir, AsOf: asOf, NoCache: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, findings := s.Units()
	want := diag.New("alias-conflict", diag.Pos{File: "content/documents/a.md", Line: 6, Col: 25}, "/Documents", "documents/index.html")
	if len(findings) != 1 || diag.Compare(findings[0], want) != 0 {
		t.Errorf("findings %v, want %v", findings, want)
	}
}
