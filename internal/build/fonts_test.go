package build_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"gongbao/internal/build"
	"gongbao/internal/diag"
	"gongbao/internal/font"
)

const notoSerif = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"

// smallFont returns a font of a few Chinese characters.
func smallFont(t *testing.T) []byte {
	t.Helper()
	if _, err := os.Stat(notoSerif); err != nil {
		t.Skip("fonts-noto-cjk is not installed")
	}
	t.Setenv("GONGBAO_FONTS", filepath.Dir(notoSerif))
	s, _, release, err := build.Fonts(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = release() }()
	b, err := s.Make(font.Song, false, []rune("国务发门甲乙"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func write(t *testing.T, name string, b []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

func rules(fs []diag.Finding) []string {
	var out []string
	for _, f := range fs {
		out = append(out, f.Severity.String()+" "+f.Rule+" "+f.Pos.File)
	}
	return out
}

func TestTheSitesFontsComeBeforeTheSystems(t *testing.T) {
	small := smallFont(t)
	root := t.TempDir()
	write(t, filepath.Join(root, "fonts", "deep", "kai.ttf"), small)
	write(t, filepath.Join(root, "fonts", "text.ttf"), []byte("no font"))
	write(t, filepath.Join(root, "fonts", "readme.txt"), []byte("no font"))
	if err := os.Symlink(notoSerif, filepath.Join(root, "fonts", "link.ttc")); err != nil {
		t.Log(err)
	}
	s, findings, release, err := build.Fonts(root, map[font.Role]string{font.Kai: "fonts/deep/kai.ttf", font.Hei: "text.ttf"})
	if err != nil {
		t.Fatal(err)
	}
	kai := s.Served()[font.Kai]
	if kai.Face.File() != "fonts/deep/kai.ttf" || !kai.Configured || !s.Has(font.Kai, '乙') || !s.Has(font.Kai, '丙') {
		t.Errorf("kai is served by %s", kai.Face.File())
	}
	got := rules(findings)
	if !slices.Contains(got, "error font-broken fonts/text.ttf") || slices.Contains(got, "error font-missing config.toml") {
		t.Errorf("findings %q", got)
	}
	if err := release(); err != nil {
		t.Error(err)
	}
}

func TestTheSameFontsGiveTheSameSum(t *testing.T) {
	small := smallFont(t)
	root := t.TempDir()
	sum := func() []byte {
		s, _, release, err := build.Fonts(root, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = release() }()
		return s.Sum()
	}
	before := sum()
	if !bytes.Equal(before, sum()) {
		t.Error("two runs gave two sums")
	}
	write(t, filepath.Join(root, "fonts", "方正小标宋.ttf"), small)
	if bytes.Equal(before, sum()) {
		t.Error("a font more left the sum")
	}
}

func TestWithoutFontsThereIsOneError(t *testing.T) {
	t.Setenv("GONGBAO_FONTS", "")
	s, findings, release, err := build.Fonts(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := rules(findings); !slices.Equal(got, []string{"error font-none config.toml"}) || s.Served()[0].Face != nil {
		t.Errorf("findings %q", got)
	}
	if err := release(); err != nil {
		t.Error(err)
	}
}

func BenchmarkFonts(b *testing.B) {
	root := b.TempDir()
	for b.Loop() {
		_, _, release, err := build.Fonts(root, nil)
		if err != nil {
			b.Fatal(err)
		}
		if err := release(); err != nil {
			b.Fatal(err)
		}
	}
}
