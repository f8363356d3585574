package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWhatIsInternalStaysInside builds the sample and looks at every file of it
// for what must never be published: documents that are not public, reviews and
// who made them, why a finding was cleared. PDFs are packed; what they print is
// what the pages say (TestPaperAndPageAgree).
func TestWhatIsInternalStaysInside(t *testing.T) {
	public := buildSample(t)
	secret := []string{"申屠明月", "内部事务信息", "示府办函〔2026〕6号", "示府办函〔2026〕11号", "不属于个人", "withheld", "cleared"}
	for _, name := range []string{"content/data/cleared.toml", "content/data/ledger/withheld.ndjson", "content/documents/2026/yusuan-gonggao.md"} {
		b, err := os.ReadFile(filepath.Join("../..", name))
		if err != nil {
			t.Fatal(err)
		}
		if !containsAny(string(b), secret) {
			t.Fatalf("%s has nothing to look for", name)
		}
	}
	files := 0
	err := filepath.WalkDir(public, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		files++
		for _, s := range secret {
			if bytes.Contains(b, []byte(s)) {
				t.Errorf("%s has %s", strings.TrimPrefix(p, public), s)
			}
		}
		return nil
	})
	if err != nil || files < 100 {
		t.Fatal(files, err)
	}
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
