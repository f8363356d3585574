package zh

import (
	"strings"
	"unicode/utf8"
)

// A DateMatch is a date found in text: s[Start:End] is its spelling. Month and
// Day are 0 when only 2018年 or 2018年5月 is written. Valid is false when the
// calendar has no such day (2月30日): the place is then reported all the same,
// because a wrong date in a document is worth a finding.
type DateMatch struct {
	Start, End       int
	Year, Month, Day int
	Valid            bool
}

// ScanDate reads the date at the start of s. ok is false if there is none.
//
// Accepted are years 1000 to 2999 in
//   - 2023年5月18日, 2023年5月18号, 2023年5月, 2023年, with ASCII or full-width digits
//     or positional Chinese years and Chinese months and days (二○○四年十月一日,
//     二OO八年, 二零零三年二月一日), with white space between the parts, but at most
//     one line break in a gap;
//   - 2023-05-18, 2023/5/18, 2023.5.18 and their full-width forms, the two
//     separators alike, not followed by another digit or by the separator and a digit.
//
// A month or day that cannot be read leaves the shorter date. The caller must
// know that no digit stands before s; [FindDates] sees to that itself.
func ScanDate(s string) (m DateMatch, ok bool) {
	year, i, han := scanYear(s)
	if i == 0 {
		return DateMatch{}, false
	}
	if m, ok = scanYMD(s, year, i); ok {
		return m, true
	}
	if han {
		return DateMatch{}, false
	}
	return scanSeparated(s, year, i)
}

// scanYear reads a year of four digits, all Chinese or all not, that no digit follows.
func scanYear(s string) (year, size int, han bool) {
	for k := 0; k < 4; k++ {
		d, w := arabic(s[size:])
		if k > 0 && han {
			w = 0
		}
		if w == 0 {
			var r rune
			r, w = utf8.DecodeRuneInString(s[size:])
			switch {
			case k > 0 && !han:
				return 0, 0, false
			case k > 0 && isLatinZero(r):
				d = 0
			case r == '两':
				return 0, 0, false
			default:
				if d = digitOf(r); d < 0 {
					return 0, 0, false
				}
			}
			han = true
		}
		if k == 0 && d != 1 && d != 2 {
			return 0, 0, false
		}
		year = year*10 + d
		size += w
	}
	if r, _ := utf8.DecodeRuneInString(s[size:]); isDigitRune(r) || isNumeralRune(r) {
		return 0, 0, false
	}
	return year, size, han
}

// scanYMD reads 年, and 月 and 日 as far as they go, after a year of i bytes.
func scanYMD(s string, year, i int) (DateMatch, bool) {
	i = skipGap(s, i)
	if !strings.HasPrefix(s[i:], "年") {
		return DateMatch{}, false
	}
	i += len("年")
	m := DateMatch{End: i, Year: year, Valid: true}
	month, i := scanPart(s, i)
	if i == 0 || !strings.HasPrefix(s[i:], "月") {
		return m, true
	}
	i += len("月")
	m.End, m.Month, m.Valid = i, month, validDay(year, month, 1)
	day, i := scanPart(s, i)
	if i == 0 || !strings.HasPrefix(s[i:], "日") && !strings.HasPrefix(s[i:], "号") {
		return m, true
	}
	m.End, m.Day, m.Valid = i+len("日"), day, validDay(year, month, day)
	return m, true
}

// scanPart reads a gap, a numeral of one or two digits and a gap; end is 0 if
// that is not there.
func scanPart(s string, i int) (n, end int) {
	i = skipGap(s, i)
	n, size := ParseNumeral(s[i:])
	if size == 0 || n > 99 {
		return 0, 0
	}
	return n, skipGap(s, i+size)
}

// skipGap skips up to eight white space characters with at most one line break.
func skipGap(s string, i int) int {
	start, breaks := i, 0
	for k := 0; k <= 8; k++ {
		r, w := utf8.DecodeRuneInString(s[i:])
		if w == 0 || !IsSpace(r) {
			return i
		}
		if r == '\n' {
			breaks++
		}
		if breaks > 1 {
			return start
		}
		i += w
	}
	return start
}

// scanSeparated reads -05-18 after a year of i bytes.
func scanSeparated(s string, year, i int) (DateMatch, bool) {
	sep, w := separator(s[i:])
	if sep == 0 {
		return DateMatch{}, false
	}
	month, i := shortNumber(s, i+w)
	if i == 0 {
		return DateMatch{}, false
	}
	again, w := separator(s[i:])
	if again != sep {
		return DateMatch{}, false
	}
	day, i := shortNumber(s, i+w)
	if i == 0 {
		return DateMatch{}, false
	}
	if more, w := separator(s[i:]); more != 0 {
		if _, d := arabic(s[i+w:]); d > 0 {
			return DateMatch{}, false
		}
	}
	return DateMatch{End: i, Year: year, Month: month, Day: day, Valid: validDay(year, month, day)}, true
}

// separator returns the separator at the start of s in its ASCII form.
func separator(s string) (byte, int) {
	r, w := utf8.DecodeRuneInString(s)
	switch r {
	case '-', '－', '–', '‐', '‑':
		return '-', w
	case '/', '／':
		return '/', w
	case '.', '．':
		return '.', w
	}
	return 0, 0
}

// shortNumber reads one or two digits at i that no digit follows.
func shortNumber(s string, i int) (n, end int) {
	k := 0
	for ; k < 3; k++ {
		d, w := arabic(s[i:])
		if w == 0 {
			break
		}
		n = n*10 + d
		i += w
	}
	if k == 0 || k > 2 {
		return 0, 0
	}
	return n, i
}

// ScanCompactDate reads a date of eight digits, 20150213, at the start of s.
// Only real dates that no further digit follows are accepted, because most
// runs of eight digits are something else.
func ScanCompactDate(s string) (m DateMatch, ok bool) {
	n, size := 0, 0
	for k := 0; k < 8; k++ {
		d, w := arabic(s[size:])
		if w == 0 {
			return DateMatch{}, false
		}
		n = n*10 + d
		size += w
	}
	if _, w := arabic(s[size:]); w > 0 {
		return DateMatch{}, false
	}
	m = DateMatch{End: size, Year: n / 10000, Month: n / 100 % 100, Day: n % 100, Valid: true}
	if m.Year < 1000 || m.Year > 2999 || !validDay(m.Year, m.Month, m.Day) {
		return DateMatch{}, false
	}
	return m, true
}

// FindDates returns the dates of s in order. They are those of [ScanDate] that
// are not the tail of a longer number, code or path: no digit or Chinese
// numeral stands before them, and before 2023-05-18 no letter or separator.
func FindDates(s string) []DateMatch {
	var found []DateMatch
	for i := 0; i < len(s); {
		if !mayBeginYear(s, i) {
			i++
			continue
		}
		m, ok := ScanDate(s[i:])
		if !ok || !freeBefore(s[:i], m, s[i:]) {
			i++
			continue
		}
		m.Start, m.End = i, i+m.End
		found = append(found, m)
		i = m.End
	}
	return found
}

// mayBeginYear reports whether a 1 or 2 of any writing stands at i.
func mayBeginYear(s string, i int) bool {
	switch s[i] {
	case '1', '2':
		return true
	case 0xEF:
		return i+2 < len(s) && s[i+1] == 0xBC && (s[i+2] == 0x91 || s[i+2] == 0x92)
	case 0xE4:
		return strings.HasPrefix(s[i:], "一") || strings.HasPrefix(s[i:], "二")
	}
	return false
}

// freeBefore reports whether before may stand before the date m of text.
func freeBefore(before string, m DateMatch, text string) bool {
	r, _ := utf8.DecodeLastRuneInString(before)
	if before == "" {
		return true
	}
	if isDigitRune(r) || isNumeralRune(r) {
		return false
	}
	if strings.Contains(text[:m.End], "年") {
		return true
	}
	sep, _ := separator(string(r))
	return sep == 0 && r != '_' && (r >= utf8.RuneSelf || !isAlnum(byte(r)))
}

func isDigitRune(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }

// validDay reports whether the Gregorian calendar has the day.
func validDay(year, month, day int) bool {
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return false
	}
	switch month {
	case 4, 6, 9, 11:
		return day <= 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return day <= 29
		}
		return day <= 28
	}
	return true
}
