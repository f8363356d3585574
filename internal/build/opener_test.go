package build

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAnOpenerReadsWhatRootReads(t *testing.T) {
	dir := t.TempDir()
	texts := map[string]string{"content/a.md": "甲", "content/x/b.md": strings.Repeat("乙", 5000), "content/x/empty.md": "", "content/y/z/c.md": "丙", "content/x/d.md": "丁"}
	for name, text := range texts {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	o := &opener{root: root}
	defer o.close()
	for range 2 {
		for name, text := range texts {
			for _, size := range []int64{0, 1, int64(len(text)), 1 << 16} { // it may have grown or shrunk
				if b, err := o.read(name, size); err != nil || string(b) != text {
					t.Errorf("read(%s, %d) = %d bytes, %v", name, size, len(b), err)
				}
			}
		}
	}
	for _, name := range []string{"content/x/nosuch.md", "content/nosuch/a.md", "content/x", "../a.md"} {
		if _, err := o.read(name, 0); err == nil {
			t.Errorf("read(%s) succeeds", name)
		}
	}
}
