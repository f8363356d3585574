package zh_test

import (
	"strings"
	"testing"

	"gongbao/internal/zh"
)

func checkIndex(t *testing.T, s, word string) {
	t.Helper()
	if word == "" {
		return
	}
	if got, want := zh.Index(s, word), strings.Index(s, word); got != want {
		t.Errorf("Index(%q, %q) = %d, want %d", s, word, got, want)
	}
	if got, want := zh.Contains(s, word), strings.Contains(s, word); got != want {
		t.Errorf("Contains(%q, %q) = %v", s, word, got)
	}
}

func TestIndexIsThatOfStrings(t *testing.T) {
	text := "第一条　为了规范《示范市停车场管理办法》（示府发〔2020〕1号）的施行，aab、aaab。"
	for i := range text {
		for _, n := range []int{1, 2, 3, 4, 6, 9, 30, 200} {
			for _, word := range []string{text[i:min(i+n, len(text))], text[max(0, i-n):i] + "号"} {
				checkIndex(t, text, word)
				checkIndex(t, text+text, word)
				checkIndex(t, text[:i], word)
			}
		}
	}
}

func FuzzIndex(f *testing.F) {
	f.Add("甲乙丙甲乙丙", "丙甲")
	f.Add("aaab", "aab")
	f.Add("", "甲")
	f.Fuzz(checkIndex)
}

func BenchmarkContains(b *testing.B) {
	text := strings.Repeat("市住建部门应当负责卫生补助，期限不超过5日。市水务部门免费负责广告收费。", 2)
	b.Run("zh", func(b *testing.B) {
		for b.Loop() {
			zh.Contains(text, "《")
			zh.Contains(text, "号")
		}
	})
	b.Run("strings", func(b *testing.B) {
		for b.Loop() {
			strings.Contains(text, "《")
			strings.Contains(text, "号")
		}
	})
}
