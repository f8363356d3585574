package zh

import (
	"math/rand/v2"
	"slices"
	"testing"
	"unicode/utf8"
)

// plainStream is StreamEach without its table.
func plainStream(s string, f func(r rune, at int)) {
	for i, r := range s {
		switch {
		case r == utf8.RuneError || r >= utf8.RuneSelf && !isHan(r) && !isMark(r):
			streamSlow(r, i, f)
		case r >= 'A' && r <= 'Z':
			f(r+'a'-'A', i)
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			f(r, i)
		case isHan(r):
			f(streamHan(r), i)
		}
	}
}

func collect(each func(func(rune, int))) (out [][2]int) {
	each(func(r rune, at int) { out = append(out, [2]int{int(r), at}) })
	return out
}

func TestTheTableOfStreamsIsWhatItStandsFor(t *testing.T) {
	check := func(s string) {
		t.Helper()
		want := collect(func(f func(rune, int)) { plainStream(s, f) })
		if got := collect(func(f func(rune, int)) { StreamEach(s, f) }); !slices.Equal(got, want) {
			t.Fatalf("StreamEach(%q) = %v, want %v", s, got, want)
		}
		if got := collect(func(f func(rune, int)) { StreamEach([]byte(s), f) }); !slices.Equal(got, want) {
			t.Fatalf("StreamEach of the bytes of %q = %v, want %v", s, got, want)
		}
	}
	for r := range rune(utf8.MaxRune + 1) {
		check(string(r))
	}
	random := rand.New(rand.NewPCG(7, 8))
	for range 100_000 { // most are no UTF-8
		b := make([]byte, random.IntN(8))
		for i := range b {
			b[i] = []byte{0, 'a', 'Z', 0x80, 0xbf, 0xc2, 0xe0, 0xe4, 0xb8, 0x80, 0xed, 0xa0, 0xef, 0xf0, 0x9f, 0xff}[random.IntN(16)]
		}
		check(string(b))
	}
}
