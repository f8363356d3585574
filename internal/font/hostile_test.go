package font_test

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"gongbao/internal/font"
)

// tiny returns a font of a few characters, with ink where the system has a
// font to take it from.
func tiny(t testing.TB) []byte {
	t.Helper()
	var faces []*font.Face
	if f, err := os.Open(filepath.Join(system, serif)); err == nil {
		defer func() { _ = f.Close() }()
		info, err := f.Stat()
		if err != nil {
			t.Fatal(err)
		}
		if faces, err = font.Open(serif, f, info.Size()); err != nil {
			t.Fatal(err)
		}
	}
	s, _ := font.Assign(faces, nil)
	b, err := s.Make(font.Song, false, []rune("国务发门A，"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// use does with a font's bytes what a build does.
func use(b []byte) {
	faces, err := font.Open("fonts/a.ttf", bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return
	}
	s, _ := font.Assign(faces, map[font.Role]string{font.Kai: "a.ttf"})
	var runes []rune
	for r := rune(0); r < 0x30000 && len(runes) < 20; r++ {
		if s.Has(font.Kai, r) {
			runes = append(runes, r)
		}
	}
	for _, r := range font.Roles() {
		_, _ = s.Make(r, false, runes)
		_, _ = s.Make(r, true, runes)
	}
	_, _ = s.Sum(), s.Missing(font.Song, runes)
}

func TestDamagedFilesAreErrors(t *testing.T) {
	whole := tiny(t)
	collection := append([]byte("ttcf\x00\x01\x00\x00\x00\x00\x00\x02\x00\x00\x00\x14\xff\xff\xff\x00"), whole...)
	for name, b := range map[string][]byte{
		"empty": {}, "text": []byte("不是字体文件，只是一些文字"), "cut in the directory": whole[:40], "cut": whole[:len(whole)/2],
		"too many faces":  []byte("ttcf\x00\x01\x00\x00\xff\xff\xff\xff"),
		"too many tables": append([]byte("\x00\x01\x00\x00\xff\xff"), make([]byte, 100)...),
		"no face inside":  collection,
	} {
		if faces, err := font.Open(name, bytes.NewReader(b), int64(len(b))); err == nil || len(faces) > 0 {
			t.Errorf("%s: Open = %d faces, %v, want an error", name, len(faces), err)
		}
	}
}

func TestEveryCutAndFlipIsSurvived(t *testing.T) {
	whole := tiny(t)
	for i := 0; i < len(whole); i += 7 {
		use(whole[:i])
		b := bytes.Clone(whole)
		b[i] ^= 0xff
		use(b)
	}
}

// TestGlyphsOfGlyphsEnd has glyphs that consist of each other many times over.
func TestGlyphsOfGlyphsEnd(t *testing.T) {
	whole := tiny(t)
	table := func(tag string) []byte {
		row := whole[bytes.Index(whole[:200], []byte(tag)):]
		at, n := binary.BigEndian.Uint32(row[8:]), binary.BigEndian.Uint32(row[12:])
		return whole[at : at+n]
	}
	glyf, loca := table("glyf"), table("loca")
	if len(glyf) < 400 {
		t.Skip("no system font to take glyphs from")
	}
	// Every glyph is eight times the next.
	const glyphs, size = 7, 10 + 8*6
	for g := range glyphs {
		b := glyf[g*size : (g+1)*size]
		clear(b)
		binary.BigEndian.PutUint16(b, 0xFFFF)
		for k := range 8 {
			c := b[10+6*k:]
			flags := uint16(0x02)
			if k < 7 {
				flags |= 0x20
			}
			binary.BigEndian.PutUint16(c, flags)
			binary.BigEndian.PutUint16(c[2:], uint16((g+1)%glyphs))
		}
		binary.BigEndian.PutUint16(loca[2*g:], uint16(g*size/2))
		binary.BigEndian.PutUint16(loca[2*g+2:], uint16((g+1)*size/2))
	}
	start := time.Now()
	use(whole)
	if d := time.Since(start); d > 5*time.Second {
		t.Errorf("took %v", d)
	}
}

// TestLargeCountsTakeNoMemory has the counts of a font without its bytes.
func TestLargeCountsTakeNoMemory(t *testing.T) {
	whole := tiny(t)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for at := 12; at+16 <= 12+16*10; at += 16 {
		for _, n := range []uint32{0xFFFFFFFF, 0x7FFFFFFF, 1 << 29} {
			b := bytes.Clone(whole)
			binary.BigEndian.PutUint32(b[at+12:], n)
			use(b)
		}
	}
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 200<<20 {
		t.Errorf("%d MB were allocated", grown>>20)
	}
}

func FuzzOpen(f *testing.F) {
	whole := tiny(f)
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add(append([]byte("ttcf\x00\x01\x00\x00\x00\x00\x00\x01\x00\x00\x00\x10"), whole...))
	f.Add(append([]byte("OTTO"), whole[4:]...))
	f.Fuzz(func(t *testing.T, b []byte) { use(b) })
}
