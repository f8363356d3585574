package sqlite_test

import (
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"gongbao/internal/sqlite"
)

func tables(n int) []sqlite.Table {
	return []sqlite.Table{{
		Name: "documents", Columns: []sqlite.Column{{Name: "id", Type: "TEXT"}, {Name: "title", Type: "TEXT"}, {Name: "page", Type: "INTEGER"}},
		Primary: []string{"id"}, Index: []string{"title"},
		Rows: func(yield func([]any) bool) {
			for i := range n {
				if !yield([]any{string(rune('a' + i)), "示范市'; DROP TABLE documents; --", i}) {
					return
				}
			}
		},
	}, {
		Name: "issuers", Columns: []sqlite.Column{{Name: "from", Type: "TEXT"}}, Rows: slices.Values([][]any{{""}, {"\x00乙"}}),
	}}
}

// A database is the same bytes every time, and any program reads it from a file.
func TestWrite(t *testing.T) {
	one, err := sqlite.Write(tables(20))
	if err != nil {
		t.Fatal(err)
	}
	two, err := sqlite.Write(tables(20))
	if err != nil || !bytes.Equal(one, two) {
		t.Fatalf("written twice it differs: %v", err)
	}
	name := filepath.Join(t.TempDir(), "a.sqlite")
	if err := os.WriteFile(name, one, 0o644); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", name)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var count, pages, none int
	var title, check string
	err = db.QueryRow(`SELECT count(*), sum(page), max(title) FROM documents`).Scan(&count, &pages, &title)
	if err != nil || count != 20 || pages != 190 || title != "示范市'; DROP TABLE documents; --" {
		t.Errorf("%d rows, %d pages, %q, %v", count, pages, title, err)
	}
	if err := db.QueryRow(`SELECT count(*) FROM issuers WHERE "from" IS NULL`).Scan(&none); err != nil || none != 1 {
		t.Errorf("%d without a text, %v", none, err)
	}
	if err := db.QueryRow(`PRAGMA integrity_check`).Scan(&check); err != nil || check != "ok" {
		t.Errorf("integrity: %s, %v", check, err)
	}
}

// What is wrong in a table is told with its name.
func TestWriteFails(t *testing.T) {
	bad := tables(2)
	bad[0].Rows = slices.Values([][]any{{"a", "", 1}, {"a", "", 2}})
	if _, err := sqlite.Write(bad); err == nil {
		t.Error("two rows of one key are written")
	}
}
