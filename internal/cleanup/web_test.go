package cleanup_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"gongbao/internal/cleanup"
	"gongbao/internal/source"
)

func webSite(t *testing.T) (root, want string) {
	t.Helper()
	a, err := txtar.ParseFile("testdata/web.txtar")
	if err != nil {
		t.Fatal(err)
	}
	root = t.TempDir()
	for _, f := range a.Files {
		if f.Name == "want" {
			want = string(f.Data)
			continue
		}
		write(t, filepath.Join(root, f.Name), string(f.Data))
	}
	return root, want
}

func TestWebFindsWhatIsStale(t *testing.T) {
	root, want := webSite(t)
	var b strings.Builder
	for _, s := range cleanup.Web(load(t, root).Catalog) {
		fmt.Fprintln(&b, s.Action, s.Reason.Rule, s.Path())
	}
	if b.String() != want {
		t.Errorf("found:\n%swant:\n%s", b.String(), want)
	}
}

// TestArchivedIsNoLongerStale applies the sheet: only archived is written, and
// what waits for feedback is left.
func TestArchivedIsNoLongerStale(t *testing.T) {
	root, _ := webSite(t)
	c := load(t, root).Catalog
	w := words(t)
	paths, findings := cleanup.ApplyWeb(c, "sheet", cleanup.WebSheet(cleanup.Web(c), w), w)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	for _, p := range paths {
		name := filepath.Join(root, "content", p)
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out, err := source.SetDate(b, "archived", day)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(out), "\n") - strings.Count(string(b), "\n"); n != 1 || !strings.Contains(string(out), "\narchived = 2026-11-24\n") {
			t.Errorf("%s: %q", p, out)
		}
		write(t, name, string(out))
	}
	before := map[string]string{}
	for _, e := range c.Documents {
		before[e.Path] = string(e.State.Force)
	}
	c = load(t, root).Catalog
	for _, e := range c.Documents {
		if before[e.Path] != string(e.State.Force) {
			t.Errorf("%s is %s now", e.Path, e.State.Force)
		}
	}
	var left []string
	for _, s := range cleanup.Web(c) {
		left = append(left, s.Path())
	}
	if !slices.Equal(left, []string{"consultations/silent.md"}) {
		t.Errorf("left: %q", left)
	}
}

func TestWebSheetErrorsNameTheirRows(t *testing.T) {
	root, _ := webSite(t)
	c := load(t, root).Catalog
	rows := [][]string{
		{"文件", "清理意见"},
		{"documents/year.md", "归档"}, {"documents/years.md", "保留"}, {"content/pages/plan.md", "archive"}, {},
		{"documents/none.md", "归档"}, {"documents/year.md", "废止"},
	}
	paths, findings := cleanup.ApplyWeb(c, "sheet", rows, words(t))
	if !slices.Equal(paths, []string{"documents/year.md", "pages/plan.md"}) || len(findings) != 2 ||
		findings[0].Pos.Line != 6 || findings[0].Rule != "sheet-document" || findings[1].Pos.Line != 7 || findings[1].Rule != "sheet-disposition" {
		t.Errorf("%q, %v", paths, findings)
	}
}
