package share

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestLengthIsThatOfWeibo(t *testing.T) {
	for text, want := range map[string]int{"": 0, "a": 1, "ab": 1, "abc": 2, "公报": 2, "公报a": 3, "〔2023〕12号": 6, "𠮷": 1} {
		if got := Length(text); got != want {
			t.Errorf("Length(%q) = %d, want %d", text, got, want)
		}
	}
}

func TestTextsAreCutAtSensiblePlaces(t *testing.T) {
	for _, c := range []struct {
		text string
		room int
		want string
	}{
		{"全市一盘棋。", 6, "全市一盘棋。"},
		{"第一句说完。第二句很长很长很长。", 10, "第一句说完。"},
		{"经市政府同意，现就有关事项通知如下，请认真贯彻执行", 21, "经市政府同意，现就有关事项通知如下……"},
		{"经市政府同意，现就有关事项通知如下", 10, ""},       // a few words say nothing
		{"现将《办法。（试行），第一版》印发给你们", 12, ""},    // not within 《》
		{"根据示府办发〔2023〕12号文件要求抓好落实", 10, ""}, // not within a number
		{"〔2023，12〕号等十二件文件一并公布，请遵照执行", 20, "〔2023，12〕号等十二件文件一并公布……"},
		{"》多出的括号不算。后面的话很长很长。", 10, "》多出的括号不算。"},
		{"没有任何标点的一段很长的话", 5, ""},
		{"任何话", 0, ""},
		{"任何话。", -3, ""},
	} {
		if got := cut(c.text, c.room, Length); got != c.want {
			t.Errorf("cut(%q, %d) = %q, want %q", c.text, c.room, got, c.want)
		}
	}
}

// FuzzCut: what is cut fits, begins as the text does, and ends outside of brackets.
func FuzzCut(f *testing.F) {
	f.Add("经市政府同意，现将《办法》印发给你们。请认真执行。", 12)
	f.Add("《（〔“”〕）》，。", 3)
	f.Add("\xff，a。", 2)
	f.Fuzz(func(t *testing.T, text string, room int) {
		got := cut(text, room, Length)
		if got == "" || got == text {
			return
		}
		if Length(got) > room {
			t.Errorf("cut(%q, %d) = %q: %d", text, room, got, Length(got))
		}
		kept := strings.TrimSuffix(got, "……")
		if !strings.HasPrefix(text, kept) && !strings.HasPrefix(text, got) {
			t.Errorf("cut(%q, %d) = %q, which is not its beginning", text, room, got)
		}
		depth := 0
		for _, r := range kept {
			switch {
			case strings.ContainsRune(opening, r):
				depth++
			case strings.ContainsRune(closing, r):
				depth = max(0, depth-1)
			}
		}
		if depth > 0 && utf8.ValidString(text) {
			t.Errorf("cut(%q, %d) = %q ends within brackets", text, room, got)
		}
	})
}
