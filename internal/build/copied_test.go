package build_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gongbao/internal/build"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
)

// What an interpretation copies is kept: a second run says the same, and a change
// of either text is seen.
func TestCopiedIsKept(t *testing.T) {
	root := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var text strings.Builder
	for i := range 40 {
		text.WriteString("第" + strings.Repeat("甲", i+1) + "类停车场应当在入口处公示收费标准和投诉电话。")
	}
	write("config.toml", "[site]\ntitle = \"示范市人民政府公报\"\n")
	write("content/documents/a.md", "+++\ntitle = \"示范市停车办法\"\ndisclosure = \"主动公开\"\n+++\n\n"+text.String()+"\n")
	const head = "+++\ntitle = \"停车办法解读\"\nabout = [\"documents/a.md\"]\n+++\n\n"
	copied := func() []diag.Finding {
		t.Helper()
		s, err := build.Load(t.Context(), build.Options{Root: root, AsOf: gazette.NewDate(2026, 11, 27)})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		return slices.DeleteFunc(slices.Clone(s.Findings), func(f diag.Finding) bool { return f.Rule != "interpretation-copied" })
	}
	write("content/interpretations/i.md", head+text.String()+"\n")
	first := copied()
	if len(first) != 1 || first[0].Pos.Line != 6 || len(first[0].Related) == 0 {
		t.Fatalf("%+v", first)
	}
	again := copied()
	if len(again) != 1 || again[0].Pos != first[0].Pos || again[0].Severity != first[0].Severity || !slices.Equal(again[0].Args, first[0].Args) || !slices.Equal(again[0].Related, first[0].Related) {
		t.Errorf("from the memo: %+v, want %+v", again, first)
	}
	write("content/interpretations/i.md", head+strings.Repeat("以前开车最怕到了门口才知道要收多少钱，现在不用再担心了。", 20)+"\n")
	if now := copied(); len(now) != 0 {
		t.Errorf("after the change: %+v", now)
	}
}
