package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongbao/internal/ledger"
)

// An editor who took away the last line end must not lose two lines.
func TestLinesOfTheLedgerStayLines(t *testing.T) {
	root := t.TempDir()
	name := filepath.Join(root, "content", "data", "ledger", "2026.ndjson")
	for i, id := range []string{"documents/a", "documents/b"} {
		if err := appendLedger(root, "2026-01-02T00:00:00+08:00", []ledger.Line{{V: 1, ID: id, Address: id + "/"}}); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var l ledger.Ledger
		if found := l.Read("content/data/ledger/2026.ndjson", b); len(found) > 0 || l.Len() != i+1 {
			t.Fatalf("%d documents on record, %v:\n%s", l.Len(), found, b)
		}
		if err := os.WriteFile(name, []byte(strings.TrimRight(string(b), "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
