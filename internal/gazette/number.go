package gazette

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"gongbao/internal/zh"
)

// A Number is a document number (发文字号): who numbers, the year, and the
// serial. Three forms are in use.
//
//   - 内府办函〔2023〕36号: Series is the 机关代字, 内府办函 (GB/T 9704-2012, 7.2.5).
//   - 国务院令第711号: Order is true, Series is 国务院令, and Year is 0 unless it is
//     written: 政府令〔2010〕第15号, 交通运输部令2021年第8号.
//   - 财政部公告2019年第39号: Annual is true, Series is 财政部公告. A 公告 numbered
//     without years is 全国人大常委会公告第5号, with Year 0.
//
// Series is "" in numbers that stand below the name of their issuer: 第327号
// (then Order is true) and 2020年第3号.
type Number struct {
	Raw    string // the spelling as found, never altered
	Series string // spaces gone, letters half width, inner brackets （）
	Year   int    // 0: the number has none
	Serial int
	Order  bool // 令
	Annual bool // the year is written as 2019年第39号, not as 〔2019〕39号
}

// maxNumberLen bounds a whole number in bytes; the longest known orders of joint
// issuers have half of it.
const maxNumberLen = 400

// ParseNumber reads s as one number and nothing else. It accepts every form of
// [Number] in every spelling seen in documents (reference/standards.md, §1.5):
// brackets of any kind, also mixed; full-width digits, Chinese numerals, zero
// padding; white space anywhere; 第 where it does not belong; 国务院第711号令 and
// 财政部2019年第39号公告; 市人民政府令（第16号）; 〔94〕财税字第89号; 原 and a year before an order.
//
// 〔2023〕36号 has no series and 国发〔2023〕 no serial: ok is false. So it is for
// registration numbers (ZJCC01-2020-0003), case numbers of courts, and a number
// with prose before it.
func ParseNumber(s string) (n Number, ok bool) {
	if len(s) > maxNumberLen {
		return Number{}, false
	}
	text := stripSpace(s)
	at := strings.LastIndex(text, "号")
	if at < 0 {
		return Number{}, false
	}
	f := finder{s: text, whole: true}
	m, ok := f.match(at)
	if !ok || m.End != len(text) || !mayLead(text[:m.Start], m.Number) {
		return Number{}, false
	}
	m.Number.Raw = s
	return m.Number, true
}

// mayLead reports whether lead may stand before the number n as a part of its
// spelling: 原 before an issuer that has ceased, the year before an order.
func mayLead(lead string, n Number) bool {
	if lead == "" || lead == "原" {
		return true
	}
	year, size := zh.ParseNumeral(lead)
	return n.Order && lead[size:] == "年" && isYear(year)
}

func stripSpace(s string) string {
	return strings.Map(func(r rune) rune {
		if zh.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// IsZero reports whether there is no number.
func (n Number) IsZero() bool { return n.Serial == 0 }

// String returns the canonical spelling: 内府办函〔2023〕36号, 国务院令第711号,
// 政府令〔2010〕第15号, 财政部公告2019年第39号; "" if n is zero. [ParseNumber] reads it back to a
// number with the same key.
func (n Number) String() string {
	if n.IsZero() {
		return ""
	}
	year, serial := strconv.Itoa(n.Year), strconv.Itoa(n.Serial)
	switch {
	case n.Year == 0:
		return n.Series + "第" + serial + "号"
	case n.Annual:
		return n.Series + year + "年第" + serial + "号"
	case n.Order:
		return n.Series + "〔" + year + "〕第" + serial + "号"
	}
	return n.Series + "〔" + year + "〕" + serial + "号"
}

// Key returns the key under which two spellings of a number are the same: the
// folded series, the year and the serial (内府办函2023-36); orders without a year
// have series and serial (国务院令711). In it 中华人民共和国 does not count, 人民政府 in orders
// and 公告 counts as 政府, and 国令 as 国务院令. It is "" if n is zero.
//
// A key says no more than the number does: 主席令第18号 recurs with every congress, and 市政府令
// means another city in every city. Numbers without series have keys, but
// no two documents are the same on account of them.
func (n Number) Key() string {
	if n.IsZero() {
		return ""
	}
	series := n.foldedSeries()
	switch {
	case series == "" && n.Order:
		series = "令"
	case n.Year != 0:
		return series + strconv.Itoa(n.Year) + "-" + strconv.Itoa(n.Serial)
	}
	return series + strconv.Itoa(n.Serial)
}

// foldedSeries returns the series as it counts in a key.
func (n Number) foldedSeries() string {
	series := strings.ReplaceAll(zh.Fold(n.Series), "、", "")
	if short := strings.ReplaceAll(series, "中华人民共和国", ""); short != "" && headWord(short) != short {
		series = short
	}
	if headWord(series) != "" {
		series = strings.ReplaceAll(series, "人民政府", "政府")
	}
	if series == "国令" {
		return "国务院令"
	}
	return series
}

// headWords name what an issuer numbers under its full name.
var headWords = [...]string{"令", "公告", "通告"}

// headWord returns the head word s ends with, or "".
func headWord(s string) string {
	for _, w := range headWords {
		if strings.HasSuffix(s, w) {
			return w
		}
	}
	return ""
}

// newNumber makes a number from parts; series is as written.
func newNumber(raw, series string, year, serial int, annual bool) Number {
	series = canonicalSeries(series)
	return Number{
		Raw:    raw,
		Series: series,
		Year:   year,
		Serial: serial,
		Order:  strings.HasSuffix(series, "令") || series == "" && year == 0,
		Annual: annual,
	}
}

// canonicalSeries removes white space and unifies widths and inner brackets.
func canonicalSeries(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case zh.IsSpace(r):
			return -1
		case zh.IsOpenBracket(r):
			return '（'
		case zh.IsCloseBracket(r):
			return '）'
		case r >= 'Ａ' && r <= 'Ｚ' || r >= 'ａ' && r <= 'ｚ':
			return r - 0xFEE0
		}
		return r
	}, s)
}

// isYear reports whether documents of that year may be numbered.
func isYear(n int) bool { return n >= 1900 && n <= 2199 }

// parseYear reads the inside of a year bracket: 2023, 二〇二三, 2023年, and the 94 of
// older numbers, which means 1994.
func parseYear(s string) (int, bool) {
	s = strings.TrimSuffix(stripSpace(s), "年")
	n, size := zh.ParseNumeral(s)
	if size == 0 || size != len(s) {
		return 0, false
	}
	if digits := utf8.RuneCountInString(s); digits == 2 && n >= 49 && n <= 99 {
		return 1900 + n, true
	}
	return n, isYear(n)
}
