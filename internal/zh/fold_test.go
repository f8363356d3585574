package zh_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"gongbao/internal/zh"
)

func TestFoldMakesSpellingsEqual(t *testing.T) {
	for _, line := range cases(t, "fold.txt") {
		if a, b, ok := strings.Cut(line, " ≠ "); ok {
			if zh.Fold(a) == zh.Fold(b) {
				t.Errorf("Fold(%q) = Fold(%q) = %q, want two keys", a, b, zh.Fold(a))
			}
			continue
		}
		spellings := strings.Split(line, " = ")
		for _, s := range spellings[1:] {
			if got, want := zh.Fold(s), zh.Fold(spellings[0]); got != want {
				t.Errorf("Fold(%q) = %q, want %q as of %q", s, got, want, spellings[0])
			}
		}
	}
}

func TestFoldGivesTheDocumentedKey(t *testing.T) {
	for in, want := range map[string]string{
		"":                     "",
		"关于印发〈Ａ 办法〉的通知":        "关于印发《a办法》的通知",
		"[甲]，“乙”——丙·丁。":        `(甲),"乙"-丙·丁.`,
		"二OO八年零售○":             "二〇〇八年零售〇",
		"\uFEFF总\u200B则\u00AD": "总则",
		"零零":                   "〇〇",
		"\xff甲":                "\uFFFD甲",
	} {
		if got := zh.Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestFoldIsIdempotentOnEveryCodePoint also covers the neighbours that the
// context rules look at.
func TestFoldIsIdempotentOnEveryCodePoint(t *testing.T) {
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		for _, s := range []string{string(r), "二" + string(r), "零" + string(r), "-" + string(r)} {
			once := zh.Fold(s)
			if twice := zh.Fold(once); twice != once {
				t.Fatalf("Fold(Fold(%q)) = %q, want %q", s, twice, once)
			}
		}
	}
}

func TestFoldAllocatesOnce(t *testing.T) {
	title := "示范市人民政府办公室关于印发《示范市公共停车场管理办法（试行）》的通知"
	if n := testing.AllocsPerRun(100, func() { zh.Fold(title) }); n > 1 {
		t.Errorf("Fold allocates %v times, want 1", n)
	}
}

func FuzzFold(f *testing.F) {
	for _, line := range cases(f, "fold.txt") {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := zh.Fold(s)
		if !utf8.ValidString(once) {
			t.Errorf("Fold(%q) = %q, want UTF-8", s, once)
		}
		if twice := zh.Fold(once); twice != once {
			t.Errorf("Fold(Fold(%q)) = %q, want %q", s, twice, once)
		}
		if strings.ContainsFunc(once, zh.IsSpace) {
			t.Errorf("Fold(%q) = %q has white space", s, once)
		}
	})
}

func BenchmarkFoldTitle(b *testing.B) {
	title := "示范市人民政府办公室关于印发《示范市公共停车场管理办法（试行）》的通知"
	b.SetBytes(int64(len(title)))
	b.ReportAllocs()
	for b.Loop() {
		zh.Fold(title)
	}
}

func BenchmarkFoldCorpus(b *testing.B) {
	text := corpus(b)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		zh.Fold(text)
	}
}
