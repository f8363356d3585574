package pdf_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongbao/internal/font"
	"gongbao/internal/gazette"
	"gongbao/internal/press"
	"gongbao/internal/typeset"
)

// The roles as fonts of runs.
const (
	fangsong = typeset.Font(font.Fangsong)
	song     = typeset.Font(font.Song)
	kai      = typeset.Font(font.Kai)
	hei      = typeset.Font(font.Hei)
)

// fontSet opens some fonts of the system, and skips the test without them.
func fontSet(t testing.TB) *font.Set {
	t.Helper()
	var faces []*font.Face
	for _, name := range []string{
		"opentype/noto/NotoSerifCJK-Regular.ttc", "opentype/noto/NotoSansCJK-Regular.ttc",
		"truetype/arphic-gkai00mp/gkai00mp.ttf", "truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
	} {
		f, err := os.Open(filepath.Join("/usr/share/fonts", name))
		if err != nil {
			t.Skipf("the font %s is not installed", name)
		}
		t.Cleanup(func() { _ = f.Close() })
		info, err := f.Stat()
		if err != nil {
			t.Fatal(err)
		}
		opened, err := font.Open(name, f, info.Size())
		if err != nil {
			t.Fatal(err)
		}
		faces = append(faces, opened...)
	}
	set, _ := font.Assign(faces, nil)
	return set
}

// prose returns the characters of the documents of this repository.
func prose(t testing.TB) []rune {
	t.Helper()
	var out []rune
	err := filepath.WalkDir("../../../content", func(p string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(p) != ".md" {
			return err
		}
		b, err := os.ReadFile(p)
		for _, r := range string(b) {
			if r > ' ' {
				out = append(out, r)
			}
		}
		return err
	})
	if err != nil || len(out) == 0 {
		t.Fatalf("no text: %v", err)
	}
	return out
}

// A setter sets text in the simplest way.
type setter struct {
	set   *font.Set
	page  typeset.Page
	lines []string
}

func (s *setter) start() {
	s.page = typeset.Page{Width: typeset.MM(210), Height: typeset.MM(297)}
	s.lines = nil
}

// line sets parts of a line beside each other, and returns where it ends.
func (s *setter) line(x, y typeset.Length, parts ...typeset.Run) typeset.Length {
	text := ""
	for _, r := range parts {
		r.X, r.Y = x, y
		s.page.Runs = append(s.page.Runs, r)
		for _, c := range r.Text {
			advance := s.set.Advance(font.Role(r.Font), c)
			if r.Half {
				advance = 500
			}
			x += typeset.Length(int64(advance)*int64(r.Size)/1000) + r.Track
		}
		text += r.Text
	}
	s.lines = append(s.lines, text)
	return x
}

// volume returns a book of so many pages of 22 to 40 lines of 28 to 40
// characters, with the text of each page.
func volume(t testing.TB, set *font.Set, pages int) (*press.Book, []string) {
	return volumeOf(t, set, pages, func(p int) (lines, chars int) { return 22 + p%19, 28 + p%13 })
}

// volumeOf returns a book whose pages have so many lines of so many characters.
func volumeOf(t testing.TB, set *font.Set, pages int, grid func(p int) (lines, chars int)) (*press.Book, []string) {
	text := prose(t)
	s := setter{set: set}
	b := &press.Book{Purpose: press.Screen, Info: press.Info{
		Title: "示范市人民政府公报", Author: "示范市人民政府办公室", Subject: "公报", Keywords: "公报，政务公开",
		Language: "zh-CN", Date: gazette.NewDate(2023, 6, 30),
	}}
	at := 0
	take := func(n int) string {
		if at+n > len(text) {
			at %= 97
		}
		at += n
		return string(text[at-n : at])
	}
	var texts []string
	for p := range pages {
		s.start()
		lines, chars := grid(p)
		pitch := typeset.MM(225) / typeset.Length(lines)
		size := min(typeset.MM(156)/typeset.Length(chars), pitch)
		for l := range lines {
			n := 3 + (p+l)%4
			track := typeset.Length((l*37)%200 - 100)
			var parts []typeset.Run
			for i := range n {
				f := fangsong
				if i == 1 {
					f = []typeset.Font{song, fangsong, kai}[l%3]
				}
				parts = append(parts, typeset.Run{Font: f, Size: size, Track: track, Text: take(chars / n)})
			}
			s.line(typeset.MM(28), typeset.MM(37)+pitch*typeset.Length(l+1), parts...)
		}
		b.Pages = append(b.Pages, s.page)
		texts = append(texts, strings.Join(s.lines, "\n"))
		if p%10 == 0 {
			b.Outline = append(b.Outline, press.Bookmark{Title: "文件" + take(12), Level: p / 10 % 2, Page: p, Y: typeset.MM(37)})
		}
	}
	return b, texts
}
