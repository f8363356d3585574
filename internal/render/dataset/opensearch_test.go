package dataset_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"gongbao/internal/render/dataset"
)

// OpenSearch refuses an _id of more than 512 bytes (Bulk API, since 2.9).
func TestActionsOfLongIDs(t *testing.T) {
	ids := []string{"documents/2023/a", strings.Repeat("长", 170) + "ab", strings.Repeat("长", 171), strings.Repeat("长", 171) + "甲"}
	seen := map[string]bool{}
	for _, id := range ids {
		var b bytes.Buffer
		a := dataset.NewSearchActions(&b, "gongbao")
		if err := a.Put(&dataset.SearchDocument{ID: id}); err != nil {
			t.Fatal(err)
		}
		if err := a.Delete(id); err != nil {
			t.Fatal(err)
		}
		var put, del map[string]struct {
			ID string `json:"_id"`
		}
		lines := bytes.Split(b.Bytes(), []byte{'\n'})
		if len(lines) != 4 || json.Unmarshal(lines[0], &put) != nil || json.Unmarshal(lines[2], &del) != nil {
			t.Fatalf("%s", b.Bytes())
		}
		name := put["index"].ID
		if name != del["delete"].ID || name == "" || len(name) > 512 || seen[name] || len(id) <= 512 && name != id {
			t.Errorf("%q is put as %q and deleted as %q", id, name, del["delete"].ID)
		}
		seen[name] = true
	}
}

func TestIndexNames(t *testing.T) {
	for name, want := range map[string]bool{
		"gongbao": true, "gongbao-2026.v1": true, "示范市公报": true, "": false, ".": false, "..": false, "Gongbao": false, "_a": false, "-a": false, "+a": false,
		"a b": false, "a,b": false, "a/b": false, `a\b`: false, "a*": false, "a#": false, "a\n": false, `a"`: false, "a:b": false, "a|b": false, "a?": false, "<a": false, "a>": false,
		strings.Repeat("a", 255): true, strings.Repeat("a", 256): false,
	} {
		if got := dataset.IsIndexName(name); got != want {
			t.Errorf("IsIndexName(%q) = %v", name, got)
		}
	}
}
