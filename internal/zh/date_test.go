package zh_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"gongbao/internal/zh"
)

func TestFindDatesReadsEveryForm(t *testing.T) {
	for _, line := range cases(t, "date.txt") {
		in, want, _ := strings.Cut(line, " | ")
		var got []string
		for _, m := range zh.FindDates(in) {
			mark := "!"
			if m.Valid {
				mark = ""
			}
			got = append(got, fmt.Sprintf("%s%s=%d-%d-%d", mark, in[m.Start:m.End], m.Year, m.Month, m.Day))
		}
		if got := strings.Join(got, " ; "); got != want && !(got == "" && want == "-") {
			t.Errorf("FindDates(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestScanCompactDateReadsRealDaysOnly(t *testing.T) {
	for in, want := range map[string]string{
		"20150213": "2015-2-13", "20150213 ": "2015-2-13", "２０１５０２１３": "2015-2-13",
		"20150230": "", "201502130": "", "2015021": "", "99990101": "", "2015年": "", "": "",
	} {
		got := ""
		if m, ok := zh.ScanCompactDate(in); ok {
			got = fmt.Sprintf("%d-%d-%d", m.Year, m.Month, m.Day)
		}
		if got != want {
			t.Errorf("ScanCompactDate(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzDates(f *testing.F) {
	for _, line := range cases(f, "date.txt") {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, s string) {
		zh.ScanCompactDate(s)
		low := 0
		for _, m := range zh.FindDates(s) {
			if m.Start < low || m.End <= m.Start || m.End > len(s) {
				t.Fatalf("FindDates(%q): span %d:%d after %d", s, m.Start, m.End, low)
			}
			low = m.End
			again, ok := zh.ScanDate(s[m.Start:])
			again.Start, again.End = m.Start, m.Start+again.End
			if !ok || again != m {
				t.Errorf("ScanDate(%q) = %+v, want %+v", s[m.Start:], again, m)
			}
			if utf8.ValidString(s) && !utf8.ValidString(s[m.Start:m.End]) {
				t.Errorf("FindDates(%q) cuts a character at %d:%d", s, m.Start, m.End)
			}
		}
	})
}

func BenchmarkFindDates(b *testing.B) {
	text := corpus(b)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		zh.FindDates(text)
	}
}
