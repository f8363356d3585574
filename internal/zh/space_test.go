package zh_test

import (
	"testing"
	"unicode/utf8"

	"gongbao/internal/zh"
)

func TestCollapseSpaceKeepsSpaceBetweenWords(t *testing.T) {
	for in, want := range map[string]string{
		"":                  "",
		" \u3000 ":          "",
		"总 则":               "总则",
		"总\u3000\u3000则":    "总则",
		"  关于\n印发 的通知  ":    "关于印发的通知",
		"甲 ， 乙":             "甲，乙",
		"（ 试行 ）":            "（试行）",
		"open   data":       "open data",
		"open\u00A0\n data": "open data",
		"使用 Go  语言":         "使用 Go 语言",
		"2023 年":            "2023 年",
		"总\u200B则":          "总则",
		"da\u200Bta":        "data",
		"\uFEFFdata":        "data",
		"“ 一件事 ”":           "“一件事”",
		"示府发 〔2018〕 3 号":    "示府发〔2018〕 3 号",
	} {
		got := zh.CollapseSpace(in)
		if got != want {
			t.Errorf("CollapseSpace(%q) = %q, want %q", in, got, want)
		}
		if again := zh.CollapseSpace(got); again != got {
			t.Errorf("CollapseSpace(%q) = %q, want no change", got, again)
		}
	}
}

func TestJoinLinesPutsSpaceBetweenWordsOnly(t *testing.T) {
	for _, c := range []struct {
		lines []string
		want  string
	}{
		{nil, ""},
		{[]string{"", " "}, ""},
		{[]string{"关于印发停车", "办法的通知"}, "关于印发停车办法的通知"},
		{[]string{"\u3000\u3000关于印发停车 ", " 办法的通知\r\n"}, "关于印发停车办法的通知"},
		{[]string{"open", "data"}, "open data"},
		{[]string{"自2023", "年起"}, "自2023年起"},
		{[]string{"使用", "Go 语言"}, "使用Go 语言"},
		{[]string{"甲，", "", "乙"}, "甲，乙"},
		{[]string{"see", "（附件）"}, "see（附件）"},
	} {
		if got := zh.JoinLines(c.lines); got != c.want {
			t.Errorf("JoinLines(%q) = %q, want %q", c.lines, got, c.want)
		}
	}
}

func TestClassesOfCharacters(t *testing.T) {
	for _, r := range "一龥〇々㐀𠮷\uFA0E鿕" {
		if !zh.IsHan(r) {
			t.Errorf("IsHan(%q) = false, want true", r)
		}
	}
	for _, r := range "a1，。《○⼀あ한\u3000\uFFFD\uFAFF" {
		if zh.IsHan(r) {
			t.Errorf("IsHan(%q) = true, want false", r)
		}
	}
	for _, r := range " \t\n\r\u3000\u00A0\u200B\u200C\u200D\u2060\uFEFF\u2003\u2028\u202F\u00AD\u200E" {
		if !zh.IsSpace(r) {
			t.Errorf("IsSpace(%U) = false, want true", r)
		}
	}
	for _, r := range "a一，\x00·\u2010" {
		if zh.IsSpace(r) {
			t.Errorf("IsSpace(%U) = true, want false", r)
		}
	}
	for i, r := range []rune("([（［〔【〖﹝") {
		if c := []rune(")]）］〕】〗﹞")[i]; !zh.IsOpenBracket(r) || zh.IsCloseBracket(r) || !zh.IsCloseBracket(c) || zh.IsOpenBracket(c) {
			t.Errorf("%q and %q must open and close", r, c)
		}
	}
}

func FuzzSpace(f *testing.F) {
	f.Add("总 则 open  data\u200B")
	f.Add("\xff \xfe")
	f.Fuzz(func(t *testing.T, s string) {
		once := zh.CollapseSpace(s)
		if again := zh.CollapseSpace(once); again != once || !utf8.ValidString(once) {
			t.Errorf("CollapseSpace(%q) = %q, then %q", s, once, again)
		}
		zh.JoinLines([]string{s, s})
	})
}
