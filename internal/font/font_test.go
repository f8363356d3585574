package font_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/signintech/gopdf"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"gongbao/internal/diag"
	"gongbao/internal/font"
)

// system is where the tests look for fonts.
const system = "/usr/share/fonts"

// The fonts that the tests know.
const (
	serif    = "opentype/noto/NotoSerifCJK-Regular.ttc"
	semibold = "opentype/noto/NotoSerifCJK-SemiBold.ttc"
	sans     = "opentype/noto/NotoSansCJK-Regular.ttc"
	ming     = "truetype/arphic/uming.ttc"
	oldSong  = "truetype/arphic-gbsn00lp/gbsn00lp.ttf"
	oldKai   = "truetype/arphic-gkai00mp/gkai00mp.ttf"
	wenkai   = "truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf"
	dejavu   = "truetype/dejavu/DejaVuSans.ttf"
)

// open opens system fonts, and skips the test where one is not installed.
func open(t testing.TB, names ...string) []*font.Face {
	t.Helper()
	var out []*font.Face
	for _, name := range names {
		f, err := os.Open(filepath.Join(system, name))
		if err != nil {
			t.Skipf("the font %s is not installed", name)
		}
		t.Cleanup(func() { _ = f.Close() })
		info, err := f.Stat()
		if err != nil {
			t.Fatal(err)
		}
		faces, err := font.Open(name, f, info.Size())
		if err != nil {
			t.Fatalf("Open(%s): %v", name, err)
		}
		out = append(out, faces...)
	}
	return out
}

func assign(t testing.TB, want map[font.Role]string, names ...string) (*font.Set, []string) {
	t.Helper()
	s, findings := font.Assign(open(t, names...), want)
	return s, lines(findings)
}

func lines(fs []diag.Finding) []string {
	var out []string
	for _, f := range fs {
		out = append(out, f.Rule+" "+strings.Join(f.Args, "|"))
	}
	return out
}

func faceOf(s *font.Set, r font.Role) string {
	f := s.Served()[r].Face
	if f == nil {
		return ""
	}
	return f.Name()
}

func TestOpenReadsEveryFaceOfACollection(t *testing.T) {
	faces := open(t, serif)
	var names []string
	for i, f := range faces {
		if f.Index() != i || f.File() != serif || f.Weight() != 400 || f.Italic() || !f.Embeddable() {
			t.Errorf("face %d: %s %d, weight %d", i, f.File(), f.Index(), f.Weight())
		}
		names = append(names, f.Name())
	}
	want := []string{"Noto Serif CJK JP", "Noto Serif CJK KR", "Noto Serif CJK SC", "Noto Serif CJK TC", "Noto Serif CJK HK"}
	if !slices.Equal(names, want) {
		t.Errorf("faces %q, want %q", names, want)
	}
	if faces[1].Sum() == faces[2].Sum() {
		t.Error("two faces have the same sum")
	}
}

func TestNamesAreReadInAllLanguages(t *testing.T) {
	for name, want := range map[string]string{oldSong: "文鼎ＰＬ简报宋", wenkai: "霞鹜文楷", ming: "AR PL UMing CN"} {
		if f := open(t, name); !slices.Contains(f[0].Families(), want) {
			t.Errorf("%s: families %q, want %q among them", name, f[0].Families(), want)
		}
	}
}

func TestMetricsAreThousandths(t *testing.T) {
	for _, name := range []string{serif, ming, oldSong, wenkai} {
		f := open(t, name)[0]
		if !f.Has('国') || f.Has(0x10FFFF) || f.Has(-1) || f.Advance('国') != 1000 || f.Advance(0x10FFFF) != 0 {
			t.Errorf("%s: Has(国) = %v, Advance(国) = %d", name, f.Has('国'), f.Advance('国'))
		}
	}
}

func TestRolesAreServedByTheirOwnFamilies(t *testing.T) {
	s, findings := assign(t, nil, dejavu, sans, serif, semibold, oldKai, oldSong)
	for r, want := range map[font.Role]string{
		font.Song: "Noto Serif CJK SC", font.Fangsong: "Noto Serif CJK SC", font.Hei: "Noto Sans CJK SC",
		font.Kai: "AR PL KaitiM GB", font.Biaosong: "Noto Serif CJK SC SemiBold",
	} {
		if got := faceOf(s, r); got != want {
			t.Errorf("%v is served by %q, want %q", r, got, want)
		}
	}
	want := []string{"font-standin type.font-biaosong|Noto Serif CJK SC SemiBold|biaosong", "font-standin type.font-fangsong|Noto Serif CJK SC|fangsong"}
	if !slices.Equal(findings, want) {
		t.Errorf("findings %q, want %q", findings, want)
	}
	if !s.Served()[font.Fangsong].Standin || s.Served()[font.Song].Standin {
		t.Error("a stand-in is not marked, or a true face is")
	}
}

func TestConfigNamesFamiliesAndFiles(t *testing.T) {
	s, findings := assign(t, map[font.Role]string{
		font.Song: "文鼎PL简报宋", font.Fangsong: "LXGWWenKai-Regular.ttf", font.Hei: "NotoSansCJK-Regular.ttc#0",
		font.Kai: "lxgw wenkai", font.Biaosong: "Noto Serif CJK SC",
	}, sans, serif, semibold, wenkai)
	for r, want := range map[font.Role]string{
		font.Song: "Noto Serif CJK SC", font.Fangsong: "LXGW WenKai", font.Hei: "Noto Sans CJK JP",
		font.Kai: "LXGW WenKai", font.Biaosong: "Noto Serif CJK SC SemiBold",
	} {
		if got := faceOf(s, r); got != want {
			t.Errorf("%v is served by %q, want %q", r, got, want)
		}
	}
	if want := []string{"font-missing song|文鼎PL简报宋|fonts/"}; !slices.Equal(findings, want) {
		t.Errorf("findings %q, want %q", findings, want)
	}
}

func TestNoChineseFontIsOneError(t *testing.T) {
	s, findings := assign(t, nil, dejavu)
	if want := []string{"font-none "}; !slices.Equal(findings, want) {
		t.Errorf("findings %q, want %q", findings, want)
	}
	if faceOf(s, font.Song) != "" || !s.Has(font.Song, 'A') || s.Has(font.Song, '国') || s.Advance(font.Song, '国') != 1000 {
		t.Error("without Chinese fonts, Latin ones must still serve")
	}
	s, _ = font.Assign(nil, nil)
	if b, err := s.Make(font.Kai, false, []rune("国a")); err != nil || len(b) == 0 || s.Advance(font.Kai, 'a') != 500 {
		t.Errorf("Make without faces: %v", err)
	}
}

func TestChoiceDoesNotDependOnTheOrderOfOtherFiles(t *testing.T) {
	a, _ := assign(t, nil, sans, serif, wenkai)
	b, _ := assign(t, nil, wenkai, serif, sans)
	if faceOf(a, font.Kai) != faceOf(b, font.Kai) || faceOf(a, font.Song) != faceOf(b, font.Song) {
		t.Error("the order of files changed the choice")
	}
}

// patched returns a copy of a font with its licence bits set.
func patched(t *testing.T, name string, fsType byte) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(system, name))
	if err != nil {
		t.Skipf("the font %s is not installed", name)
	}
	row := b[bytes.Index(b, []byte("OS/2")):]
	at := int(row[8])<<24 | int(row[9])<<16 | int(row[10])<<8 | int(row[11])
	b[at+8], b[at+9] = 0, fsType
	return b
}

func TestRestrictedLicencesAreRefused(t *testing.T) {
	for fsType, want := range map[byte]bool{0: true, 2: false, 4: true, 8: true, 6: true} {
		b := patched(t, wenkai, fsType)
		faces, err := font.Open("fonts/a.ttf", bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		if got := faces[0].Embeddable(); got != want {
			t.Errorf("fsType %d: Embeddable() = %v, want %v", fsType, got, want)
		}
		if want {
			continue
		}
		all := append(faces, open(t, serif)...)
		s, findings := font.Assign(all, map[font.Role]string{font.Song: "a.ttf"})
		if got := lines(findings); !slices.Contains(got, "font-licence LXGW WenKai|fonts/a.ttf") || slices.ContainsFunc(got, func(l string) bool { return strings.HasPrefix(l, "font-missing") }) {
			t.Errorf("findings %q", got)
		}
		for _, served := range s.Served() {
			if served.Face == faces[0] || slices.Contains(served.Fallbacks, faces[0]) {
				t.Errorf("%v uses a face that must not be embedded", served.Role)
			}
		}
	}
}

const sample = "中华人民共和国公报，《办法》（2023）“第6期”：——…… A b 1 ①℃"

// TestMadeFontsAreTakenByGopdf sets text in made fonts of every kind of source.
func TestMadeFontsAreTakenByGopdf(t *testing.T) {
	for _, name := range []string{serif, sans, ming, oldSong, oldKai, wenkai} {
		t.Run(filepath.Base(name), func(t *testing.T) {
			s, _ := assign(t, nil, name, serif)
			for _, half := range []bool{false, true} {
				b, err := s.Make(font.Song, half, []rune(sample))
				if err != nil {
					t.Fatal(err)
				}
				var pdf gopdf.GoPdf
				pdf.Start(gopdf.Config{PageSize: *gopdf.PageSizeA4})
				pdf.AddPage()
				if err := pdf.AddTTFFontData("f", b); err != nil {
					t.Fatalf("AddTTFFontData: %v", err)
				}
				if err := pdf.SetFont("f", "", 16); err != nil {
					t.Fatal(err)
				}
				if w, err := pdf.MeasureTextWidth("国（"); err != nil || !half && w != 32 || half && w != 16 {
					t.Errorf("width %v, %v", w, err)
				}
				if err := pdf.Text(sample); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// TestMadeFontsAreOpenedAgain reads what was written with the same reader.
func TestMadeFontsAreOpenedAgain(t *testing.T) {
	s, _ := assign(t, nil, serif, wenkai)
	text := []rune("法法规 A，。𠮷\U000F0001")
	b, err := s.Make(font.Song, false, text)
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.Make(font.Song, false, text)
	if err != nil || !bytes.Equal(b, again) {
		t.Errorf("the same characters gave other bytes, %v", err)
	}
	faces, err := font.Open("made", bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	f := faces[0]
	if f.Glyphs() != 9 { // 法规 A，。𠮷, the missing one, .notdef
		t.Errorf("%d glyphs, want 9", f.Glyphs())
	}
	for _, c := range text {
		if !f.Has(c) || f.Advance(c) != s.Advance(font.Song, c) {
			t.Errorf("U+%04X: Has = %v, Advance = %d, want %d", c, f.Has(c), f.Advance(c), s.Advance(font.Song, c))
		}
	}
	if missing := s.Missing(font.Song, text); string(missing) != "\U000F0001" {
		t.Errorf("Missing = %q", string(missing))
	}
	if !slices.Contains(f.Families(), "NotoSerifCJKsc-Regular") {
		t.Errorf("families of the made font: %q", f.Families())
	}
}

// TestMadeFontsAreStrictlyFormed reads small and large fonts, whose tables of
// places differ, with a reader that insists on every length.
func TestMadeFontsAreStrictlyFormed(t *testing.T) {
	s, _ := assign(t, nil, ming, serif)
	for _, n := range []int{0, 1, 100, 3000} {
		b, err := s.Make(font.Song, false, append(han(n), '𠮷'))
		if err != nil {
			t.Fatal(err)
		}
		f, err := sfnt.Parse(b)
		if err != nil {
			t.Fatalf("%d characters: %v", n, err)
		}
		if f.NumGlyphs() != n+2 || f.UnitsPerEm() != 1000 {
			t.Errorf("%d glyphs of %d characters, %d units", f.NumGlyphs(), n+1, f.UnitsPerEm())
		}
		for i := range f.NumGlyphs() {
			segs, err := f.LoadGlyph(nil, sfnt.GlyphIndex(i), 1000, nil)
			if err != nil || len(segs) == 0 && i > 0 {
				t.Fatalf("glyph %d of %d: %d segments, %v", i, n, len(segs), err)
			}
		}
		if g, err := f.GlyphIndex(nil, '𠮷'); err != nil || int(g) != n+1 {
			t.Errorf("GlyphIndex(𠮷) = %d, %v, want %d", g, err, n+1)
		}
	}
}

// TestOutlinesAreThoseOfTheSource compares the extents of glyphs.
func TestOutlinesAreThoseOfTheSource(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(system, oldSong))
	if err != nil {
		t.Skip("no font to compare with")
	}
	source, err := sfnt.Parse(b)
	if err != nil {
		t.Skip("the font cannot be read without preparation")
	}
	s, _ := assign(t, nil, oldSong)
	text := slices.DeleteFunc(han(500), func(r rune) bool { return !s.Has(font.Song, r) })
	if b, err = s.Make(font.Song, false, text); err != nil {
		t.Fatal(err)
	}
	made, err := sfnt.Parse(b)
	if err != nil {
		t.Fatal(err)
	}
	extent := func(f *sfnt.Font, r rune) fixed.Rectangle26_6 {
		g, err := f.GlyphIndex(nil, r)
		if err != nil {
			t.Fatal(err)
		}
		segs, err := f.LoadGlyph(nil, g, 1000, nil)
		if err != nil {
			t.Fatal(err)
		}
		return segs.Bounds()
	}
	for _, r := range text {
		a, b := extent(source, r), extent(made, r)
		for _, d := range []fixed.Int26_6{a.Min.X - b.Min.X, a.Min.Y - b.Min.Y, a.Max.X - b.Max.X, a.Max.Y - b.Max.Y} {
			if d < -2 || d > 2 {
				t.Errorf("%c: extent %v, in the source %v", r, b, a)
			}
		}
	}
}

func TestRareCharactersComeFromTheChain(t *testing.T) {
	s, _ := assign(t, nil, oldSong, serif, wenkai)
	rare := []rune("𠮷㙍𬭊龦〇⑳")
	if missing := s.Missing(font.Song, rare); len(missing) > 0 {
		t.Errorf("Missing = %q", string(missing))
	}
}

func TestASetIsForManyGoroutines(t *testing.T) {
	s, _ := assign(t, nil, serif, oldKai)
	want, err := s.Make(font.Kai, false, []rune(sample))
	if err != nil {
		t.Fatal(err)
	}
	fresh, _ := assign(t, nil, serif, oldKai)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for _, c := range sample {
				fresh.Advance(font.Kai, c)
			}
			if b, err := fresh.Make(font.Kai, false, []rune(sample)); err != nil || !bytes.Equal(b, want) {
				t.Errorf("Make: %v", err)
			}
		})
	}
	wg.Wait()
}

// han returns the n first characters of the square grid.
func han(n int) []rune {
	var out []rune
	for i := range n {
		out = append(out, rune(0x4E00+i))
	}
	return out
}

func TestMadeFontsAreSmall(t *testing.T) {
	for name, limit := range map[string]int{serif: 210_000, sans: 170_000, wenkai: 230_000, ming: 290_000} {
		s, _ := assign(t, nil, name)
		b, err := s.Make(font.Song, false, han(600))
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d bytes", filepath.Base(name), len(b))
		if len(b) > limit {
			t.Errorf("%s: 600 characters take %d bytes, want %d or fewer", name, len(b), limit)
		}
	}
}
