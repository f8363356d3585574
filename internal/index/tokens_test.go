package index_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gongbao/internal/index"
	"gongbao/internal/markup"
	"gongbao/internal/zh"
)

// TestTokens holds on to the form of what is stored. Whoever changes it raises
// formatVersion, too.
func TestTokens(t *testing.T) {
	f := markup.NewParser().Parse([]byte("第一条 停車〔场〕𠮷。\n\nA\n\n…\n\n| 甲乙 | 丙 |\n|--|--|\n"), markup.Options{Official: true}).HTML(2)
	var b strings.Builder
	f.Blocks(func(_ string, text []byte) { b.WriteString(zh.Stream(string(text)) + "\n") })
	terms, places := index.Tokens(b.String())
	got := fmt.Sprint(index.Version()[:2], terms, places)
	want := "1.[第1 1条 条停 停车 车场 场𠮷 𠮷 a 甲乙 乙 丙] [1 2 3 4 5 6 7 8 9 10 11]"
	if got != want {
		t.Errorf("tokens\n%s, want\n%s", got, want)
	}
}

func FuzzTokens(f *testing.F) {
	f.Add("停车场\n\n𠮷\n")
	f.Fuzz(func(t *testing.T, s string) {
		var lines []string
		for _, l := range strings.Split(s, "\n") {
			lines = append(lines, zh.Stream(l))
		}
		terms, _ := index.Tokens(strings.Join(lines, "\n") + "\n")
		if want := len([]rune(strings.Join(lines, ""))); len(terms) != want {
			t.Errorf("%d tokens of %q, want %d", len(terms), lines, want)
		}
	})
}

func FuzzMarks(f *testing.F) {
	f.Add("停 車〔場〕停车场", "停车")
	f.Add("㍻㍻", "成平")
	f.Add("a\xffb", "ab")
	f.Fuzz(func(t *testing.T, text, typed string) {
		term := zh.Stream(typed)
		runes := []rune(text)
		marks := index.Marks(text, []string{term})
		if found := strings.Contains(zh.Stream(text), term) && term != ""; found != (len(marks) > 0) {
			t.Errorf("%d marks of %q in %q", len(marks), term, text)
		}
		last := 0
		for _, m := range marks {
			if m[0] < last || m[1] <= m[0] || m[1] > len(runes) {
				t.Fatalf("marks %v of %q in %q", marks, term, text)
			}
			if s := zh.Stream(string(runes[m[0]:m[1]])); !strings.Contains(s, term) {
				t.Errorf("%q is marked for %q", s, term)
			}
			last = m[1]
		}
		if !slices.IsSortedFunc(marks, func(a, b [2]int) int { return a[0] - b[0] }) {
			t.Errorf("marks %v are not in order", marks)
		}
	})
}
