package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"gongbao/internal/render/dataset"
	"gongbao/internal/zh"
)

// The bulk format (OpenSearch documentation, Bulk API): each line is one JSON object
// and ends with \n, the last one too; an action names its index and its id; behind
// index stands the document, behind delete nothing. Nothing else is used here.
func bulkActions(t *testing.T, name string, b []byte, do func(action, id string, source []byte)) {
	t.Helper()
	if len(b) == 0 || b[len(b)-1] != '\n' {
		t.Fatalf("%s does not end with a line end", name)
	}
	object := func(line []byte) map[string]json.RawMessage {
		var o map[string]json.RawMessage
		if bytes.ContainsRune(line, '\r') || json.Unmarshal(line, &o) != nil {
			t.Fatalf("%s: no object on one line: %.200s", name, line)
		}
		return o
	}
	lines := bytes.Split(b[:len(b)-1], []byte{'\n'})
	for i := 0; i < len(lines); i++ {
		action := object(lines[i])
		if len(action) != 1 {
			t.Fatalf("%s:%d: %d actions", name, i+1, len(action))
		}
		for verb, raw := range action {
			var target struct {
				Index string `json:"_index"`
				ID    string `json:"_id"`
			}
			d := json.NewDecoder(bytes.NewReader(raw))
			d.DisallowUnknownFields()
			if err := d.Decode(&target); err != nil || target.Index != "gongbao" || target.ID == "" || len(target.ID) > 512 {
				t.Fatalf("%s:%d: %s %v", name, i+1, raw, err)
			}
			switch verb {
			case "index":
				if i++; i == len(lines) {
					t.Fatalf("%s: no document behind the last action", name)
				}
				object(lines[i])
				do(verb, target.ID, lines[i])
			case "delete":
				do(verb, target.ID, nil)
			default:
				t.Fatalf("%s:%d: action %q", name, i+1, verb)
			}
		}
	}
}

// applied is an index that takes the files of an export in the order of their names.
func applied(t *testing.T, dir string, index map[string]string) int {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "bulk-*.ndjson"))
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(files)
	actions := 0
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if len(b) > actionsSize*2 {
			t.Errorf("%s has %d bytes", name, len(b))
		}
		bulkActions(t, name, b, func(action, id string, source []byte) {
			if actions++; action == "delete" {
				delete(index, id)
				return
			}
			index[id] = string(source)
		})
	}
	return actions
}

// The mapping is strict: a document with a field that it does not have, or of another
// type, would be refused.
func TestSearchDocumentsFitTheMapping(t *testing.T) {
	root := readCorpus(t)
	dir := t.TempDir()
	gongbao(t, "-C", root, "export", "opensearch", "-o", dir)
	index := map[string]string{}
	if n := applied(t, dir, index); n < 1000 || n != len(index) {
		t.Errorf("%d actions, %d documents", n, len(index))
	}
	var body struct {
		Mappings property `json:"mappings"`
	}
	b, err := os.ReadFile(filepath.Join(dir, "index.json"))
	if err == nil {
		err = json.Unmarshal(b, &body)
	}
	if err != nil {
		t.Fatal(err)
	}
	for id, source := range index {
		var v any
		if err := json.Unmarshal([]byte(source), &v); err != nil {
			t.Fatal(err)
		}
		if wrong := body.Mappings.refuses("", v); wrong != "" {
			t.Errorf("%s: %s", id, wrong)
		}
	}
}

// A property is one of a mapping.
type property struct {
	Type       string              `json:"type"`
	Properties map[string]property `json:"properties"`
}

var dayForm = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)

func (p property) refuses(path string, v any) string {
	if many, ok := v.([]any); ok {
		for _, x := range many {
			if wrong := p.refuses(path, x); wrong != "" {
				return wrong
			}
		}
		return ""
	}
	switch v := v.(type) {
	case string:
		if p.Type == "date" && !dayForm.MatchString(v) || p.Type != "keyword" && p.Type != "text" && p.Type != "date" {
			return path + " is no " + p.Type + ": " + v
		}
	case float64:
		if p.Type != "integer" {
			return path + " is no number in the mapping"
		}
	case bool:
		if p.Type != "boolean" {
			return path + " is no boolean in the mapping"
		}
	case map[string]any:
		for key, x := range v {
			inner, ok := p.Properties[key]
			if p.Type == "date_range" {
				inner, ok = property{Type: "date"}, key == "gte" || key == "lte"
			}
			if !ok {
				return path + "." + key + " is not in the mapping"
			}
			if wrong := inner.refuses(path+"."+key, x); wrong != "" {
				return wrong
			}
		}
	}
	return ""
}

// The filters of the index do to a text what the search of the site does: this reads
// them out of the body that creates it.
func TestSearchIndexFoldsAsTheSiteDoes(t *testing.T) {
	b, err := dataset.SearchIndex()
	if err != nil {
		t.Fatal(err)
	}
	var body struct {
		Settings struct {
			Analysis struct {
				Filters map[string]struct {
					Type, Pattern, Replacement string
					Mappings                   []string
				} `json:"char_filter"`
				Analyzers map[string]struct {
					Filters []string `json:"char_filter"`
				} `json:"analyzer"`
			} `json:"analysis"`
		} `json:"settings"`
	}
	if err := json.Unmarshal(b, &body); err != nil {
		t.Fatal(err)
	}
	fold := map[rune]string{}
	for _, line := range body.Settings.Analysis.Filters["gongbao_fold"].Mappings {
		from, to, ok := strings.Cut(line, " => ")
		if rs := []rune(from); ok && len(rs) == 1 {
			fold[rs[0]] = to
			continue
		}
		t.Fatalf("mapping %q", line)
	}
	if p := body.Settings.Analysis.Filters["gongbao_marks"].Pattern; p != `[^\p{L}\p{N}]+` {
		t.Fatalf("marks are %q", p)
	}
	for name, a := range body.Settings.Analysis.Analyzers {
		if !slices.Equal(a.Filters, []string{"gongbao_fold", "gongbao_marks"}) {
			t.Errorf("%s has the filters %q", name, a.Filters)
		}
	}
	analyzed := func(text string) string {
		var out strings.Builder
		for _, r := range text {
			to, ok := fold[r]
			if !ok {
				to = string(r)
			}
			for _, r := range to {
				if unicode.IsLetter(r) || unicode.IsNumber(r) {
					out.WriteRune(r)
				}
			}
		}
		return out.String()
	}
	texts := []string{"示府办发〔2023〕12号", "二〇二三年　Ａｂc", "㈠ ㍻ ﬁ ① é", "國務院辦公廳關於", "○一二◯"}
	for r := rune(1); r < 0x30000; r++ {
		if r < 0xD800 || r > 0xDFFF {
			texts = append(texts, string(r))
		}
	}
	for _, text := range texts {
		if got, want := analyzed(text), zh.Stream(text); got != want {
			t.Errorf("%q (%U) becomes %q, want %q", text, []rune(text)[0], got, want)
		}
	}
}

// After edits, an index that got only what the ledger recorded since is the one that
// gets everything.
func TestExportsSinceAreTheWhole(t *testing.T) {
	root := filepath.Join(t.TempDir(), "site")
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
	record := func() {
		t.Helper()
		gongbao(t, "-C", root, "build", "--no-pdf")
		gongbao(t, "-C", root, "record")
	}
	record()
	steps, index := t.TempDir(), map[string]string{}
	gongbao(t, "-C", root, "export", "opensearch", "-o", steps)
	applied(t, steps, index)
	file := func(name string) string { return filepath.Join(root, "content", "documents", filepath.FromSlash(name)) }
	edits := []func() error{
		func() error { return os.Remove(file("2021/scgg-6.md")) },
		func() error {
			b, err := os.ReadFile(file("2018/sff-6.md"))
			if err != nil {
				return err
			}
			b = bytes.Replace(b, []byte("+++\n\n"), []byte("\n[[corrections]]\ndate = 2099-01-01\nwhat = \"文字\"\n+++\n\n新的一段。\n\n"), 1)
			return os.WriteFile(file("2018/sff-6.md"), b, 0o644)
		},
		func() error {
			return os.WriteFile(file("2026/xin.md"), []byte("+++\ntitle = \"示范市新文件\"\nsigned = 2020-11-01\ndisclosure = \"主动公开\"\n+++\n\n正文。\n"), 0o644)
		},
	}
	for i, edit := range edits {
		if err := edit(); err != nil {
			t.Fatal(err)
		}
		record()
		var o openSearchObject
		if err := json.Unmarshal([]byte(gongbao(t, "-C", root, "export", "opensearch", "-o", steps, "--format", "json")), &o); err != nil {
			t.Fatal(err)
		}
		if o.Whole || o.Put+o.Delete == 0 || o.Put > 20 {
			t.Errorf("edit %d: %+v, want few actions", i, o)
		}
	}
	public := filepath.Join(root, "public")
	gongbao(t, "-C", root, "build", "--no-pdf")
	logs, err := filepath.Glob(filepath.Join(public, "changes", "*", "*.ndjson"))
	if err != nil || len(logs) == 0 {
		t.Fatal(logs, err)
	}
	for _, name := range logs {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(b)) {
			allowed(t, public, "change", name, line)
		}
	}
	allowed(t, public, "head", "head.json", readFile(t, public, "changes/head.json"))
	clear(index)
	applied(t, steps, index)
	whole, want := t.TempDir(), map[string]string{}
	gongbao(t, "-C", root, "export", "opensearch", "-o", whole)
	applied(t, whole, want)
	if !maps.Equal(index, want) {
		t.Errorf("%d documents step by step, %d at once", len(index), len(want))
	}
	if err := os.WriteFile(filepath.Join(steps, "export.json"), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	gongbao(t, "-C", root, "export", "opensearch", "-o", steps)
	clear(index)
	if applied(t, steps, index); !maps.Equal(index, want) {
		t.Error("an export that lost its place is not the whole again")
	}

	// One that was interrupted while it wrote the whole does not go on from before.
	stuck := filepath.Join(steps, "bulk-stuck.ndjson")
	if err := os.MkdirAll(filepath.Join(stuck, "file"), 0o755); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if code := run([]string{"-C", root, "export", "opensearch", "-o", steps, "--whole"}, &out, &out); code != exitFailed {
		t.Fatalf("export = %d: %s", code, out.String())
	}
	if err := os.RemoveAll(stuck); err != nil {
		t.Fatal(err)
	}
	gongbao(t, "-C", root, "export", "opensearch", "-o", steps)
	clear(index)
	if applied(t, steps, index); !maps.Equal(index, want) {
		t.Error("an export that was interrupted is not the whole again")
	}
}
