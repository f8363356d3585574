package zh_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// cases reads a table of testdata and replaces the visible marks for white space.
func cases(t testing.TB, name string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	marks := strings.NewReplacer("␣", " ", "␤", "\n", "⇥", "\u3000", "∅", "\u200B")
	var lines []string
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\n")
		if line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, marks.Replace(line))
		}
	}
	return lines
}

// corpus returns the regulations under shared/corpus, which lies beside the repository.
func corpus(t testing.TB) string {
	t.Helper()
	root := filepath.Join("..", "..", "..", "shared", "corpus", "laws")
	if _, err := os.Stat(root); err != nil {
		t.Skipf("no corpus: %v", err)
	}
	var b strings.Builder
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		b.Write(text)
		b.WriteByte('\n')
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}
