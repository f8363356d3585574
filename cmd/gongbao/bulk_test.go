package main

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/xuri/excelize/v2"

	"gongbao/internal/render/dataset"
)

// The files of the whole gazette hold the documents of their pages: the years
// index.json of each, the catalogue the same fields in all its forms, the schema
// allows them, and the list of the files has their hashes.
func TestBulkIsTheDocuments(t *testing.T) {
	for name, public := range map[string]func(t *testing.T) string{
		"sample": buildSample,
		"corpus": func(t *testing.T) string { return filepath.Join(readCorpus(t), "public") },
	} {
		t.Run(name, func(t *testing.T) {
			public := public(t)
			documents := map[string]dataset.Document{}
			lines := map[string]string{}
			for _, dir := range pagesOf(t, public) {
				name := filepath.Join(dir, "index.json")
				b, err := os.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				d := readDocument(t, name)
				documents[d.ID], lines[d.ID] = d, string(b)
			}
			sameYears(t, public, lines)
			sameRows(t, "csv", readCSV(t, public), documents)
			sameRows(t, "xlsx", readWorkbook(t, public), documents)
			sameDatabase(t, public, documents)
			for id, line := range lines {
				allowed(t, public, "document", id, line)
			}
			allowed(t, public, "gazette", "gazette.json", readFile(t, public, "data/gazette.json"))
			allowed(t, public, "head", "head.json", readFile(t, public, "changes/head.json"))
			if name == "sample" {
				for line := range strings.Lines(readFile(t, public, "data/issues.ndjson")) {
					allowed(t, public, "issue", "issues.ndjson", line)
				}
			}
			hashed(t, public)
		})
	}
}

func sameYears(t *testing.T, public string, lines map[string]string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(public, "data", "documents", "*.ndjson"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	seen := 0
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(b) {
			var d dataset.Document
			if err := json.Unmarshal(line, &d); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if lines[d.ID] != string(line) {
				t.Errorf("%s: %s is not its index.json", name, d.ID)
			}
			seen++
		}
	}
	if seen != len(lines) {
		t.Errorf("%d of %d documents", seen, len(lines))
	}
}

// rows are by id, each by the names of the columns.
type rows map[string]map[string]string

func keyed(table [][]string, names []string) rows {
	out := rows{}
	for _, line := range table[1:] {
		row := map[string]string{}
		for i, name := range names {
			if i < len(line) {
				row[name] = line[i]
			}
		}
		out[row["id"]] = row
	}
	return out
}

func readCSV(t *testing.T, public string) rows {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(public, "data", "documents.csv"))
	if err != nil {
		t.Fatal(err)
	}
	text, ok := bytes.CutPrefix(b, []byte("\ufeff"))
	if !ok {
		t.Error("the CSV has no byte order mark, by which Excel knows UTF-8")
	}
	table, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return keyed(table, table[0])
}

// readWorkbook reads the workbook; its head has Chinese words, its columns are those
// of the CSV, and it says the status in words.
func readWorkbook(t *testing.T, public string) rows {
	t.Helper()
	f, err := excelize.OpenFile(filepath.Join(public, "data", "documents.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	table, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	names := []string{
		"id", "title", "number", "issuers", "class", "kind", "form", "level", "signed", "printed", "promulgated", "published", "first_day", "last_day",
		"", "force_from", "force_to", "", "", "disclosure", "registration", "index", "topics", "keywords", "drafter",
	}
	if table[0][1] != "标题" || table[0][2] != "发文字号" || table[0][14] != "效力状态" {
		t.Errorf("the head is %q", table[0])
	}
	return keyed(table, names)
}

func sameRows(t *testing.T, form string, got rows, documents map[string]dataset.Document) {
	t.Helper()
	if len(got) != len(documents) {
		t.Errorf("%s: %d of %d documents", form, len(got), len(documents))
	}
	for id, d := range documents {
		row, ok := got[id]
		if !ok {
			t.Errorf("%s: no %s", form, id)
			continue
		}
		want := map[string]string{
			"title": d.Title, "number": d.Number, "issuers": strings.Join(d.Issuers, "；"), "class": d.Class, "kind": d.Kind, "form": d.Form, "level": d.Level,
			"signed": d.Signed, "printed": d.Printed, "promulgated": d.Promulgated, "published": d.Published, "force": d.Status.Force,
			"force_from": d.Status.From, "force_to": d.Status.To, "text": d.Status.Text, "shelf": d.Status.Shelf, "disclosure": d.Disclosure,
			"registration": d.Registration, "index": d.Index, "topics": strings.Join(d.Topics, "；"), "keywords": strings.Join(d.Keywords, "；"), "drafter": d.Drafter,
		}
		for name, value := range want {
			if has, ok := row[name]; ok && has != value {
				t.Errorf("%s: %s of %s is %q, in index.json %q", form, name, id, has, value)
			}
		}
	}
}

func sameDatabase(t *testing.T, public string, documents map[string]dataset.Document) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(public, "data", "documents.sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	read := func(query string) [][]string {
		t.Helper()
		rs, err := db.Query(query)
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		defer rs.Close()
		names, _ := rs.Columns()
		out := [][]string{names}
		for rs.Next() {
			values, to := make([]sql.NullString, len(names)), make([]any, len(names))
			for i := range values {
				to[i] = &values[i]
			}
			if err := rs.Scan(to...); err != nil {
				t.Fatal(err)
			}
			row := make([]string, len(names))
			for i, v := range values {
				row[i] = v.String
			}
			out = append(out, row)
		}
		return out
	}
	table := read(`SELECT * FROM documents`)
	sameRows(t, "sqlite", keyed(table, table[0]), documents)
	lists := map[string][]string{}
	add := func(table string, d dataset.Document, n int, values ...any) {
		lists[table] = append(lists[table], d.ID+"|"+fmt.Sprint(n+1)+"|"+strings.TrimSuffix(fmt.Sprintln(values...), "\n"))
	}
	for _, d := range documents {
		for i, x := range d.Issuers {
			add("issuers", d, i, x)
		}
		for i, x := range d.Intervals {
			add("intervals", d, i, x.Force, x.From, x.To)
		}
		for i, x := range d.Relations {
			to := ""
			if x.Document != nil {
				to = x.Document.ID
			}
			add("relations", d, i, x.Kind, x.Target, to)
		}
	}
	for table, columns := range map[string]string{"issuers": "name", "intervals": `force, "from", "to"`, "relations": "kind, target, target_document"} {
		has := map[string]bool{}
		for _, row := range read(`SELECT document, n, ` + columns + ` FROM ` + table)[1:] {
			has[row[0]+"|"+row[1]+"|"+strings.Join(row[2:], " ")] = true
		}
		if len(has) != len(lists[table]) {
			t.Errorf("%s: %d rows, want %d", table, len(has), len(lists[table]))
		}
		for _, row := range lists[table] {
			if !has[row] {
				t.Errorf("%s: no %s", table, row)
			}
		}
	}
}

func readFile(t *testing.T, public, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(public, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// schemas are those that were compiled, by their files.
var schemas sync.Map

// allowed fails where the published schema of an object does not allow what stands
// there. Whatever the schemas do not name counts as wrong here.
func allowed(t *testing.T, public, object, what, text string) {
	t.Helper()
	name := filepath.Join(public, "data", object+".schema.json")
	known, ok := schemas.Load(name)
	if !ok {
		strict := filepath.Join(t.TempDir(), object+".json")
		b := strings.ReplaceAll(readFile(t, public, "data/"+object+".schema.json"), `"type": "object",`, `"type": "object", "unevaluatedProperties": false,`)
		if err := os.WriteFile(strict, []byte(b), 0o644); err != nil {
			t.Fatal(err)
		}
		s, err := jsonschema.NewCompiler().Compile(strict)
		if err != nil {
			t.Fatal(err)
		}
		known = s
		schemas.Store(name, s)
	}
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err == nil {
		err = known.(*jsonschema.Schema).Validate(v)
	}
	if err != nil {
		t.Errorf("%s: %v", what, err)
	}
}

func hashed(t *testing.T, public string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(public, "data", "index.json"))
	if err != nil {
		t.Fatal(err)
	}
	var index struct {
		Distribution []struct {
			Name        string
			ContentSize int
			SHA256      string
		}
	}
	if err := json.Unmarshal(b, &index); err != nil {
		t.Fatal(err)
	}
	for _, f := range index.Distribution {
		b, err := os.ReadFile(filepath.Join(public, "data", filepath.FromSlash(f.Name)))
		sum := sha256.Sum256(b)
		if err != nil || hex.EncodeToString(sum[:]) != f.SHA256 || len(b) != f.ContentSize {
			t.Errorf("%s is not what the list says: %v", f.Name, err)
		}
	}
	if len(index.Distribution) < 6 {
		t.Errorf("%d files are listed", len(index.Distribution))
	}
}
