package zh

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxNumeral bounds what ParseNumeral returns, so that sums and products of
// numerals cannot overflow. No document counts further.
const maxNumeral = 1_000_000_000_000

// ParseNumeral reads the numeral at the start of s and returns its value and
// its length in bytes; size is 0 if there is none. Leading space is not skipped.
//
// Digits may be ASCII or full-width, also mixed. A Chinese numeral is either
// positional (二〇二三, 二○○四, 二OO八, 二零零三: O and 0 count as zeros after a
// Chinese digit) or counted (一百零五, 十二, 廿一, 两千零四十, 三万五千); 一百五 is 105,
// as in numbers of articles. The whole run of numeral characters must be one
// numeral: 二三十 and 十五六 are estimates and give 0. Values of 10^12 and more
// give 0.
func ParseNumeral(s string) (n, size int) {
	if s == "" {
		return 0, 0
	}
	if d, w := arabic(s); w > 0 {
		return parseArabic(s, d, w)
	}
	return parseHan(s)
}

// parseArabic reads a run of digits whose first, of width w, is d.
func parseArabic(s string, d, w int) (int, int) {
	n, size := d, w
	for {
		d, w = arabic(s[size:])
		if w == 0 {
			return n, size
		}
		n = n*10 + d
		size += w
		if n >= maxNumeral {
			return 0, 0
		}
	}
}

// arabic returns the ASCII or full-width digit at the start of s and its width.
func arabic(s string) (d, width int) {
	if s == "" {
		return 0, 0
	}
	if c := s[0]; c < utf8.RuneSelf {
		if c >= '0' && c <= '9' {
			return int(c - '0'), 1
		}
		return 0, 0
	}
	if len(s) >= 3 && s[0] == 0xEF && s[1] == 0xBC && s[2] >= 0x90 && s[2] <= 0x99 {
		return int(s[2] - 0x90), 3
	}
	return 0, 0
}

// parseHan reads a Chinese numeral. It collects the run of numeral characters
// first and then decides which of the two systems it is.
func parseHan(s string) (int, int) {
	var run [24]rune // the longest numeral below 10^12 has 23 characters
	k, size, units := 0, 0, false
	for size < len(s) {
		r, w := utf8.DecodeRuneInString(s[size:])
		if isLatinZero(r) {
			if k == 0 || !zerosFit(s[size:]) {
				break
			}
			r = '〇'
		}
		if !isNumeralRune(r) {
			break
		}
		if k == len(run) {
			return 0, 0
		}
		units = units || digitOf(r) < 0
		run[k] = r
		k++
		size += w
	}
	var n int
	var ok bool
	if units {
		n, ok = counted(run[:k])
	} else {
		n, ok = positional(run[:k])
	}
	if !ok {
		return 0, 0
	}
	return n, size
}

// isLatinZero reports whether r is what people type for 〇.
func isLatinZero(r rune) bool {
	switch r {
	case 'O', 'o', '0', 'Ｏ', 'ｏ', '０', 'Ο', 'О': // the last two are Greek and Cyrillic
		return true
	}
	return false
}

// zerosFit reports whether the Latin zeros at the start of s end where a
// Chinese numeral goes on or ends, not in a word or a number.
func zerosFit(s string) bool {
	for i, r := range s {
		if isLatinZero(r) {
			continue
		}
		_, w := arabic(s[i:])
		return w == 0 && (r >= utf8.RuneSelf || !isAlnum(byte(r)))
	}
	return true
}

// positional reads digits without units: 二〇二三.
func positional(run []rune) (int, bool) {
	n := 0
	for _, r := range run {
		if r == '两' && len(run) > 1 {
			return 0, false
		}
		n = n*10 + digitOf(r)
		if n >= maxNumeral {
			return 0, false
		}
	}
	return n, len(run) > 0
}

// counted reads digits with units: 一百零五, 三万五千. Units must fall within a
// section, and sections (亿, 万) must fall within the number.
func counted(run []rune) (int, bool) {
	total, section := 0, 0
	digit, lastUnit, lastSection := -1, 10_000, maxNumeral
	for i, r := range run {
		if d := digitOf(r); d >= 0 {
			switch {
			case d == 0 && (digit >= 0 || i == 0 || i == len(run)-1 || digitOf(run[i-1]) == 0):
				return 0, false
			case d == 0:
				continue
			case digit >= 0:
				return 0, false
			}
			digit = d
			continue
		}
		u := unitOf(r)
		switch {
		case r == '廿' || r == '卅':
			if digit >= 0 || lastUnit <= 10 {
				return 0, false
			}
			section += tens(r)
			lastUnit = 10
		case u >= 10_000:
			if digit > 0 {
				section += digit
			}
			if section == 0 || u >= lastSection {
				return 0, false
			}
			total += section * u
			section, lastUnit, lastSection = 0, 10_000, u
		case u >= lastUnit:
			return 0, false
		default:
			if digit < 0 {
				if u != 10 {
					return 0, false
				}
				digit = 1
			}
			section += digit * u
			lastUnit = u
		}
		digit = -1
	}
	if digit > 0 {
		section += digit
	}
	n := total + section
	return n, n > 0 && n < maxNumeral
}

func tens(r rune) int {
	if r == '廿' {
		return 20
	}
	return 30
}

// digitOf returns the value of a Chinese digit, or -1.
func digitOf(r rune) int {
	switch r {
	case '〇', '○', '◯', '零':
		return 0
	case '一':
		return 1
	case '二', '两':
		return 2
	case '三':
		return 3
	case '四':
		return 4
	case '五':
		return 5
	case '六':
		return 6
	case '七':
		return 7
	case '八':
		return 8
	case '九':
		return 9
	}
	return -1
}

// unitOf returns the value of a Chinese unit, or 0.
func unitOf(r rune) int {
	switch r {
	case '十':
		return 10
	case '百':
		return 100
	case '千':
		return 1000
	case '万':
		return 10_000
	case '亿':
		return 100_000_000
	}
	return 0
}

const hanDigits = "〇一二三四五六七八九"

// hanDigit returns the Chinese digit d, which must be 0 to 9.
func hanDigit(d int) string { return hanDigits[3*d : 3*d+3] }

// Digits returns n digit by digit as years are written in Chinese: 二〇二三.
// A negative n has 负 before it.
func Digits(n int) string {
	var b strings.Builder
	for _, c := range strconv.Itoa(n) {
		if c == '-' {
			b.WriteString("负")
			continue
		}
		b.WriteString(hanDigit(int(c - '0')))
	}
	return b.String()
}

// Numeral returns n as articles and annexes are numbered: 零, 九, 十, 十二, 一百零五,
// 一千零二十, 三万五千. From 10^12 on it prints like [Digits]; a negative n has 负
// before it.
func Numeral(n int) string {
	switch {
	case n == 0:
		return "零"
	case n >= maxNumeral || n <= -maxNumeral:
		return Digits(n)
	case n < 0:
		return "负" + Numeral(-n)
	}
	var b strings.Builder
	gap := false // a zero stands between what is written and what follows
	for _, section := range []struct {
		value int
		name  string
	}{{100_000_000, "亿"}, {10_000, "万"}, {1, ""}} {
		part := n / section.value % 10_000
		if part == 0 {
			gap = b.Len() > 0
			continue
		}
		if b.Len() > 0 && (gap || part < 1000) {
			b.WriteString("零")
		}
		gap = false
		writeSection(&b, part)
		b.WriteString(section.name)
	}
	return b.String()
}

// writeSection writes 1 to 9999.
func writeSection(b *strings.Builder, n int) {
	gap, begun := false, false
	for _, unit := range []struct {
		value int
		name  string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		d := n / unit.value % 10
		if d == 0 {
			gap = begun
			continue
		}
		if gap {
			b.WriteString("零")
			gap = false
		}
		if !(d == 1 && unit.value == 10 && b.Len() == 0) { // 十二, but 一百一十二
			b.WriteString(hanDigit(d))
		}
		b.WriteString(unit.name)
		begun = true
	}
}
