package importer_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"gongbao/internal/importer"
	"gongbao/internal/markup"
	"gongbao/internal/source"
)

var update = flag.Bool("update", false, "write the content files into the cases")

// TestHeads holds what heads and feet as people paste them become: each case is
// a text and the whole content file.
func TestHeads(t *testing.T) {
	names, _ := filepath.Glob("testdata/heads/*.txtar")
	if len(names) < 10 {
		t.Fatalf("%d cases", len(names))
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			im := importer.Read(markup.NewParser(), "in.txt", a.Files[0].Data, importer.Options{})
			var b strings.Builder
			for _, e := range importer.Plan([]*importer.Imported{im}, importer.Site{Data: &source.Data{}, Exists: func(string) bool { return false }}) {
				if strings.HasPrefix(e.Path, "content/") || strings.HasPrefix(e.Path, "documents/") {
					for l := range strings.Lines(string(e.Bytes)) {
						if !strings.HasPrefix(l, "source = ") {
							b.WriteString(l)
						}
					}
				}
			}
			if *update {
				a.Files = append(a.Files[:1], txtar.File{Name: "out.md", Data: []byte(b.String())})
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if len(a.Files) < 2 || string(a.Files[1].Data) != b.String() {
				t.Errorf("got:\n%s", b.String())
			}
		})
	}
}
