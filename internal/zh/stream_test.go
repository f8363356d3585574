package zh_test

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"gongbao/internal/zh"
)

// streamCases reads testdata/stream.txt.
func streamCases(t testing.TB) [][2]string {
	raw, err := os.ReadFile("testdata/stream.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out [][2]string
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimRight(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		text, want, ok := strings.Cut(line, " | ")
		if !ok {
			text, want = strings.TrimSuffix(line, " |"), ""
		}
		text = strings.NewReplacer("␣", " ", "⇥", "\u3000").Replace(text)
		out = append(out, [2]string{text, strings.TrimSpace(want)})
	}
	return out
}

func TestStreamSeesLettersAndNumbersOnly(t *testing.T) {
	for _, c := range streamCases(t) {
		if got := zh.Stream(c[0]); got != c[1] {
			t.Errorf("Stream(%q) = %q, want %q", c[0], got, c[1])
		}
	}
}

// TestStreamIsOneCodePointAtATime holds the browser's reader to nothing more:
// the stream of two texts behind each other is that of one and of the other.
func TestStreamIsOneCodePointAtATime(t *testing.T) {
	cases := streamCases(t)
	for i, c := range cases {
		d := cases[(i+1)%len(cases)]
		if got := zh.Stream(c[0] + d[0]); got != zh.Stream(c[0])+zh.Stream(d[0]) {
			t.Errorf("Stream(%q + %q) = %q", c[0], d[0], got)
		}
	}
}

func TestStreamIsStable(t *testing.T) {
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		once := zh.Stream(string(r))
		if again := zh.Stream(once); again != once {
			t.Errorf("U+%04X: %q, then %q", r, once, again)
		}
	}
}

func FuzzStream(f *testing.F) {
	for _, c := range streamCases(f) {
		f.Add(c[0])
	}
	f.Fuzz(func(t *testing.T, s string) {
		var b strings.Builder
		last := -1
		zh.StreamEach(s, func(r rune, at int) {
			if at < last || at >= len(s) {
				t.Fatalf("%q: offset %d after %d", s, at, last)
			}
			last = at
			b.WriteRune(r)
		})
		if b.String() != zh.Stream(s) {
			t.Errorf("%q: %q and %q", s, b.String(), zh.Stream(s))
		}
	})
}

func BenchmarkStream(b *testing.B) {
	text := strings.Repeat("第三条　公共停车场应当按照国家标准（GB 50067）设置无障碍停车位，并在2023年6月18日前完成改造。", 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		zh.Stream(text)
	}
}
