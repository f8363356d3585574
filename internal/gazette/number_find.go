package gazette

import (
	"strings"
	"unicode/utf8"

	"gongbao/internal/zh"
)

// A NumberMatch is a number found in text: s[Start:End] is its spelling, also in
// Number.Raw.
type NumberMatch struct {
	Start, End int
	Number     Number
}

// FindNumbers returns the numbers in s in order, without overlap. The forms
// are those of [ParseNumber], except that what stands without an issuer is
// found only where it cannot be anything else: 2020年第3号 alone in brackets,
// or joined by 、 or 和 to such a number before it, whose series it then
// shares; a bare 第327号 never.
//
// A series begins where the run of Han and letters before the year begins,
// less the prose in front of it; what counts as prose is the closed list in
// number_prose.go. One line break or some spaces may stand between the parts
// of a number, so that numbers broken by typesetting are found.
//
// Finding starts at each 号 and goes left: text without numbers costs a byte
// search.
func FindNumbers(s string) []NumberMatch {
	f := finder{s: s}
	var found []NumberMatch
	for at := 0; ; {
		i := zh.Index(s[at:], "号")
		if i < 0 {
			return found
		}
		at += i
		if m, ok := f.match(at); ok {
			m.Number.Raw = s[m.Start:m.End]
			found = append(found, m)
			f.low, f.last = m.End, m.Number
		}
		at = max(at+len("号"), f.low)
	}
}

// A finder matches numbers leftwards from their 号.
type finder struct {
	s     string
	low   int    // where the last match ended: no match may begin before
	last  Number // the last match
	whole bool   // s is to be one number: a series may be missing, joined by 、, unusual
}

// match matches the number whose 号 stands at byte at.
func (f *finder) match(at int) (NumberMatch, bool) {
	end := at + len("号")
	at = f.gapLeft(at)
	i, serial := f.numeralLeft(at)
	if serial < 1 || serial > 999_999 {
		return NumberMatch{}, false
	}
	i = f.gapLeft(i)
	ordinal := strings.HasSuffix(f.s[f.low:i], "第")
	if ordinal {
		i = f.gapLeft(i - len("第"))
	}
	p := part{at: i, end: end, serial: serial, ordinal: ordinal}
	before := f.s[f.low:i]
	r, _ := utf8.DecodeLastRuneInString(before)
	switch {
	case zh.IsCloseBracket(r):
		return f.bracketed(p)
	case r == '年':
		return f.annual(p)
	case ordinal && zh.IsOpenBracket(r):
		return f.inBrackets(p)
	case headWord(before) != "":
		return f.headed(p, i, 0)
	case before == "" && f.whole && ordinal && end == len(f.s):
		return NumberMatch{End: end, Number: newNumber("", "", 0, serial, false)}, true
	}
	if m, ok := f.inverted(p, i, 0); ok {
		return m, true
	}
	return f.yearFirst(p)
}

// A part is the tail of a number that has been read: the serial, with 第 or not.
type part struct {
	at, end int // what precedes ends at at; the number ends at end
	serial  int
	ordinal bool // 第 is written
}

// bracketed matches 国发〔2019〕5号; p.at is behind the closing bracket.
func (f *finder) bracketed(p part) (NumberMatch, bool) {
	open, year := f.yearLeft(p.at)
	if open < 0 {
		return NumberMatch{}, false
	}
	i := f.gapLeft(open)
	if headWord(f.s[f.low:i]) != "" {
		return f.headed(part{at: i, end: p.end, serial: p.serial}, i, year)
	}
	start := f.series(open)
	series := f.s[start:open]
	if n := utf8.RuneCountInString(stripSpace(series)); n < 1 || n > f.maxSeries() || !endsInHanOrLetters(series) {
		return NumberMatch{}, false
	}
	return NumberMatch{Start: start, End: p.end, Number: newNumber("", series, year, p.serial, false)}, true
}

// annual matches 财政部公告2019年第39号 and 财政部2019年第39号公告; p.at is behind 年.
func (f *finder) annual(p part) (NumberMatch, bool) {
	i, year := f.numeralLeft(f.gapLeft(p.at - len("年")))
	if !p.ordinal || !isYear(year) {
		return NumberMatch{}, false
	}
	i = f.gapLeft(i)
	if headWord(f.s[f.low:i]) != "" {
		m, ok := f.headed(p, i, year)
		m.Number.Annual = true
		return m, ok
	}
	if m, ok := f.inverted(p, i, year); ok {
		m.Number.Annual = true
		return m, true
	}
	before, start := f.s[f.low:i], f.s[:p.at]
	first := yearStart(start)
	bare := NumberMatch{Start: first, End: p.end, Number: newNumber("", "", year, p.serial, true)}
	switch {
	case f.whole && p.end == len(f.s):
		start := f.series(first)
		bare.Start = start
		bare.Number = newNumber("", f.s[start:first], year, p.serial, true)
		return bare, true
	case f.last.Annual && isJoint(f.s[f.low:first]):
		bare.Number.Series, bare.Number.Order = f.last.Series, f.last.Order
		return bare, true
	}
	left, _ := utf8.DecodeLastRuneInString(before)
	right, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(f.s[p.end:], zh.IsSpace))
	return bare, zh.IsOpenBracket(left) && zh.IsCloseBracket(right)
}

// yearStart returns where the year begins that s ends with, before its 年.
func yearStart(s string) int {
	f := finder{s: s}
	i, _ := f.numeralLeft(f.gapLeft(len(s) - len("年")))
	return i
}

// isJoint reports whether s only joins two numbers.
func isJoint(s string) bool {
	switch stripSpace(s) {
	case "、", "和", "及", "与", "以及":
		return true
	}
	return false
}

// inBrackets matches 市人民政府令（第16号）; p.at is behind the opening bracket.
func (f *finder) inBrackets(p part) (NumberMatch, bool) {
	rest := strings.TrimLeftFunc(f.s[p.end:], zh.IsSpace)
	r, w := utf8.DecodeRuneInString(rest)
	if !zh.IsCloseBracket(r) {
		return NumberMatch{}, false
	}
	_, open := utf8.DecodeLastRuneInString(f.s[:p.at])
	p.at = f.gapLeft(p.at - open)
	p.end = len(f.s) - len(rest) + w
	if headWord(f.s[f.low:p.at]) == "" {
		return NumberMatch{}, false
	}
	return f.headed(p, p.at, 0)
}

// headed matches 国务院令第711号: a head word and its issuer end at i.
func (f *finder) headed(p part, i, year int) (NumberMatch, bool) {
	word := headWord(f.s[f.low:i])
	head := i - len(word)
	start := f.issuer(head, word)
	if !f.isIssuer(f.s[start:head]) {
		return NumberMatch{}, false
	}
	return NumberMatch{Start: start, End: p.end, Number: newNumber("", f.s[start:i], year, p.serial, false)}, true
}

// inverted matches 国务院第711号令, whose issuer ends at i.
func (f *finder) inverted(p part, i, year int) (NumberMatch, bool) {
	for _, word := range headWords {
		if !strings.HasPrefix(f.s[p.end:], word) {
			continue
		}
		start := f.issuer(i, word)
		if !f.isIssuer(f.s[start:i]) {
			return NumberMatch{}, false
		}
		n := newNumber("", f.s[start:i]+word, year, p.serial, false)
		return NumberMatch{Start: start, End: p.end + len(word), Number: n}, true
	}
	return NumberMatch{}, false
}

// yearFirst matches 〔94〕财税字第89号, the form of the eighties and nineties. The
// numbers of court cases, （2015）民初字第3号, look the same and are refused.
func (f *finder) yearFirst(p part) (NumberMatch, bool) {
	const maxRunes = 10
	i := p.at
	for k := 0; k <= maxRunes; k++ {
		r, w := utf8.DecodeLastRuneInString(f.s[f.low:i])
		if zh.IsCloseBracket(r) {
			break
		}
		if !zh.IsHan(r) {
			return NumberMatch{}, false
		}
		i -= w
	}
	series := f.s[i:p.at]
	if !strings.HasSuffix(series, "字") || series == "字" || isCaseSeries(series) || proseEnd(series) > 0 {
		return NumberMatch{}, false
	}
	open, year := f.yearLeft(i)
	if open < 0 {
		return NumberMatch{}, false
	}
	return NumberMatch{Start: open, End: p.end, Number: newNumber("", series, year, p.serial, false)}, true
}

// isCaseSeries reports whether series counts court cases: 民初字, 刑终字, 执字.
func isCaseSeries(series string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimSuffix(series, "字"))
	return strings.ContainsRune("初终再监执审申赔破特裁他复辖提抗仲", r)
}

// yearLeft reads the year in brackets that ends at i. open is -1 if there is none.
func (f *finder) yearLeft(i int) (open, year int) {
	const maxRunes = 12
	_, w := utf8.DecodeLastRuneInString(f.s[f.low:i])
	end := i - w
	if w == 0 {
		return -1, 0
	}
	i = end
	for k := 0; k <= maxRunes; k++ {
		r, w := utf8.DecodeLastRuneInString(f.s[f.low:i])
		if w == 0 {
			return -1, 0
		}
		if zh.IsOpenBracket(r) {
			year, ok := parseYear(f.s[i:end])
			if !ok {
				return -1, 0
			}
			return i - w, year
		}
		i -= w
	}
	return -1, 0
}

// numeralLeft reads the numeral that ends at i. value is 0 if there is none.
func (f *finder) numeralLeft(i int) (start, value int) {
	const maxRunes = 9
	end := i
	for k := 0; ; k++ {
		r, w := utf8.DecodeLastRuneInString(f.s[f.low:i])
		if !isNumeral(r) {
			break
		}
		if k == maxRunes {
			return end, 0
		}
		i -= w
	}
	if i == end {
		return end, 0
	}
	n, size := zh.ParseNumeral(f.s[i:end])
	if size != end-i {
		return end, 0
	}
	return i, n
}

// isNumeral reports whether serials and years are written with r.
func isNumeral(r rune) bool {
	switch {
	case r >= '0' && r <= '9' || r >= '０' && r <= '９':
		return true
	case r < 0x3000:
		return r == '○'
	}
	return strings.ContainsRune("〇零一二三四五六七八九十百千两廿卅", r)
}

// gapLeft skips the white space that ends at i, with at most one line break.
func (f *finder) gapLeft(i int) int {
	const maxRunes = 8
	from, breaks := i, 0
	for k := 0; k <= maxRunes; k++ {
		r, w := utf8.DecodeLastRuneInString(f.s[f.low:i])
		if w == 0 || !zh.IsSpace(r) {
			return i
		}
		if r == '\n' {
			breaks++
		}
		if breaks > 1 {
			return from
		}
		i -= w
	}
	return from
}
