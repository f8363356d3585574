// Package scan finds what must not be published: marks of secrecy, and data of
// persons (保守国家秘密法第三十五条; 政府信息公开条例第十四条、第十五条; 个人信息保护法
// 第二十五条、第二十八条). It looks at plain text and at tables, and at nothing else:
// who reads files gives it their text.
//
// Marks count by where they stand, never by the word alone: a regulation on
// secrecy is full of its words. Numbers count by their form, their check digit
// where they have one, and by what stands beside them where they have none.
package scan

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The rules.
const (
	Mark      = "secrecy-mark"       // 密级: 机密★10年
	Internal  = "secrecy-internal"   // 内部资料 注意保存
	Identity  = "personal-id"        // 公民身份号码, 护照
	Phone     = "personal-phone"     // 手机
	Card      = "personal-card"      // 银行卡
	Address   = "personal-address"   // 家庭住址
	Minor     = "personal-minor"     // 未成年人
	Sensitive = "personal-sensitive" // 病情, 残疾, 困难原因 beside a name
	Contact   = "personal-contact"   // 私人邮箱, 号牌 beside a name
)

// A Hit is a place in a text that must be looked at. Masked is what stands there
// in a form that tells nobody the value: reports show it and never the value.
type Hit struct {
	Rule       string
	Line       int // from 0
	Start, End int // bytes of the line
	Masked     string

	Col, ColEnd int // Start and End in characters, from 1; Markdown only
}

// topLines are the first lines of a text that are not blank, in which 密级 and 份号
// stand (GB/T 9704-2012 7.2.1, 7.2.2).
const topLines = 10

// Lines finds in a text, given as lines or paragraphs. Rows of Markdown tables
// count as tables. The text of an official document begins at line top: only
// there and in the next lines do marks stand without a star.
func Lines(lines []string, top int) []Hit { return linesOf(lines, top, typed) }

// linesOf finds in lines of which some may be the rows of a table: gap parts its
// columns.
func linesOf(lines []string, top int, gap *regexp.Regexp) []Hit {
	var out []Hit
	seen := 0
	for i := 0; i < len(lines); i++ {
		if isBlank(lines[i]) {
			continue
		}
		early := i >= top && seen < topLines
		if isRow(lines[i]) {
			n := i
			for n < len(lines) && isRow(lines[n]) {
				n++
			}
			out = append(out, tableIn(lines, i, n, early, split)...)
			seen += n - i
			i = n - 1
			continue
		}
		if n := columnsFrom(lines, i, gap); n > i {
			out = append(out, tableIn(lines, i, n, early, func(s string) ([]string, []int) { return columns(s, gap) })...)
		}
		if i >= top {
			seen++
		}
		c := context{top: early, first: i >= top && seen <= 3}
		if i > 0 {
			c.before = tail(lines[i-1], 45)
		}
		for _, h := range line(lines[i], c) {
			h.Line = i
			out = append(out, h)
		}
	}
	return distinct(out)
}

// isBlank reports a line of nothing but white space.
func isBlank(s string) bool {
	if s != "" && (s[0] >= 0xE4 && s[0] <= 0xE9 || s[0] > ' ' && s[0] < utf8.RuneSelf) { // Han, ASCII
		return false
	}
	return strings.TrimSpace(s) == ""
}

// distinct drops hits that another of the same rule covers, in the order of lines.
func distinct(hits []Hit) []Hit {
	slices.SortStableFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	var out []Hit
	for _, h := range hits {
		if !slices.ContainsFunc(out[max(0, len(out)-40):], func(o Hit) bool {
			return o.Rule == h.Rule && o.Line == h.Line && o.Start <= h.Start && h.End <= o.End
		}) {
			out = append(out, h)
		}
	}
	return out
}

// A context is what stands around a text: the head of its column, and where in
// the document it stands.
type context struct {
	head   string // of the column, the row or the form
	before string // the end of the line before
	top    bool   // among the first lines
	first  bool   // among the first three
	cell   bool
	left   string // the cell at the left
	alone  bool   // the other cells of the row are empty, or say how urgent it is
	named  bool   // persons are named in the same row
}

// line finds in one line, paragraph or cell.
func line(s string, c context) []Hit {
	var out []Hit
	f, digits := looksOf(s)
	if f&hasSecret != 0 || len(s) < mostOfMark {
		out = marks(s, c)
	}
	if digits >= fewestDigits {
		out = append(out, numbers(s, digits, c)...)
	}
	if f&hasHome != 0 && f&hasDoor != 0 {
		out = append(out, homes(s, c)...)
	}
	if f&hasPerson != 0 {
		out = append(out, persons(s)...)
	}
	slices.SortStableFunc(out, func(a, b Hit) int { return cmp.Compare(a.Start, b.Start) })
	return out
}

// mask is a value that tells no more than what kind of value it is: its first
// two characters, and stars.
func mask(s string) string {
	n := 0
	for i := range s {
		if n == 2 {
			return s[:i] + strings.Repeat("*", min(utf8.RuneCountInString(s[i:]), 16))
		}
		n++
	}
	return strings.Repeat("*", n)
}

// compact is a text without white space.
func compact(s string) string {
	if strings.IndexFunc(s, unicode.IsSpace) < 0 {
		return s
	}
	return strings.Join(strings.Fields(s), "")
}

// maskName keeps the first character of a name.
func maskName(s string) string {
	_, w := utf8.DecodeRuneInString(s)
	return s[:w] + strings.Repeat("*", min(utf8.RuneCountInString(s[w:]), 17))
}
