package zh_test

import (
	"strconv"
	"strings"
	"testing"

	"gongbao/internal/zh"
)

func TestParseNumeralReadsBothSystems(t *testing.T) {
	for _, line := range cases(t, "numeral.txt") {
		row := strings.Split(line, " | ")
		in := row[0]
		n, size := zh.ParseNumeral(in)
		if strings.HasPrefix(row[1], "-") {
			if size != 0 {
				t.Errorf("ParseNumeral(%q) = %d, %q, want none", in, n, in[:size])
			}
			continue
		}
		if want, _ := strconv.Atoi(row[1]); n != want || in[:size] != row[2] {
			t.Errorf("ParseNumeral(%q) = %d, %q, want %s, %q", in, n, in[:size], row[1], row[2])
		}
	}
}

func TestNumeralPrintsAsArticlesAreNumbered(t *testing.T) {
	for n, want := range map[int]string{
		0: "零", 5: "五", 10: "十", 11: "十一", 20: "二十", 21: "二十一", 100: "一百", 101: "一百零一", 110: "一百一十",
		111: "一百一十一", 1000: "一千", 1001: "一千零一", 1010: "一千零一十", 1100: "一千一百", 2023: "二千零二十三",
		10_000: "一万", 10_001: "一万零一", 10_100: "一万零一百", 12_345: "一万二千三百四十五", 100_000: "十万", 110_000: "十一万",
		100_300_000: "一亿零三十万", 100_000_001: "一亿零一", 1_000_000_000_000: "一〇〇〇〇〇〇〇〇〇〇〇〇", -12: "负十二",
	} {
		if got := zh.Numeral(n); got != want {
			t.Errorf("Numeral(%d) = %q, want %q", n, got, want)
		}
	}
	if got := zh.Digits(2023); got != "二〇二三" {
		t.Errorf("Digits(2023) = %q, want 二〇二三", got)
	}
}

func TestNumeralRoundTrip(t *testing.T) {
	for n := range 120_000 {
		checkNumeral(t, n)
	}
}

func checkNumeral(t *testing.T, n int) {
	t.Helper()
	for _, s := range []string{zh.Numeral(n), zh.Digits(n), strconv.Itoa(n)} {
		if got, size := zh.ParseNumeral(s); got != n || size != len(s) {
			t.Fatalf("ParseNumeral(%q) = %d, %d, want %d, %d", s, got, size, n, len(s))
		}
	}
}

func FuzzNumeral(f *testing.F) {
	for i, line := range cases(f, "numeral.txt") {
		f.Add(line, i*7919)
	}
	f.Fuzz(func(t *testing.T, s string, n int) {
		v, size := zh.ParseNumeral(s)
		if size < 0 || size > len(s) || v < 0 || size == 0 && v != 0 {
			t.Errorf("ParseNumeral(%q) = %d, %d", s, v, size)
		}
		zh.Numeral(n)
		if n %= 1_000_000_000_000; n >= 0 {
			checkNumeral(t, n)
		}
	})
}
