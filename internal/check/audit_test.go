package check_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongbao/internal/audit"
	"gongbao/internal/build"
	"gongbao/internal/diag"
)

// auditFindings are those of the inspection of the built site, where a case has a
// file audit. Its lines "remove PATH" take files out of the output first.
func auditFindings(t *testing.T, root string, r build.Result) []diag.Finding {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, "audit"))
	if err != nil {
		return nil
	}
	if !r.Published {
		t.Fatalf("nothing was built: %v", r.Findings)
	}
	for line := range strings.Lines(string(b)) {
		name, ok := strings.CutPrefix(strings.TrimSpace(line), "remove ")
		if !ok {
			t.Fatalf("audit: %q is no command", line)
		}
		if err := os.Remove(filepath.Join(root, "public", name)); err != nil {
			t.Fatal(err)
		}
	}
	found, err := audit.Site(audit.Input{
		Output: os.DirFS(filepath.Join(root, "public")), Name: "public", Root: os.DirFS(root), Catalog: r.Catalog,
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
