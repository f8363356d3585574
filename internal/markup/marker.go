package markup

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongbao/internal/zh"
)

// A marker is the number at the start of a paragraph: 第五条之一, （三）, 1. ….
type marker struct {
	unit Unit
	n    int
	sub  int    // 之N
	text string // as written
	size int    // bytes of text, without the space after it
}

// id returns the last part of the eId of the marker's unit.
func (m marker) id() string {
	unit, n, sub := m.words()
	return unit + n + sub
}

// words returns the three parts of id.
func (m marker) words() (unit, n, sub string) {
	if m.sub > 0 {
		sub = "-" + strconv.Itoa(m.sub)
	}
	return idWord(m.unit), strconv.Itoa(m.n), sub
}

func idWord(u Unit) string {
	switch u {
	case Part:
		return "part_"
	case Subpart:
		return "subpart_"
	case Chapter:
		return "chp_"
	case Section:
		return "sec_"
	case Article:
		return "art_"
	case Point:
		return "point_"
	case Indent:
		return "indent_"
	}
	return "lvl_"
}

// ordinals are the units written 第N….
var ordinals = []struct {
	word string
	unit Unit
}{
	{"条", Article}, {"章", Chapter}, {"节", Section}, {"分编", Subpart}, {"编", Part},
}

// parseOrdinal reads 第N编, 第N分编, 第N章, 第N节, 第N条 and 第N条之M.
func parseOrdinal(s string) (marker, bool) {
	rest, ok := strings.CutPrefix(s, "第")
	if !ok {
		return marker{}, false
	}
	trimmed := trimSpaces(rest)
	n, size := zh.ParseNumeral(trimmed)
	if size == 0 || n <= 0 {
		return marker{}, false
	}
	after := trimSpaces(trimmed[size:])
	for _, o := range ordinals {
		tail, ok := strings.CutPrefix(after, o.word)
		if !ok {
			continue
		}
		m := marker{unit: o.unit, n: n}
		if sub, ok := strings.CutPrefix(tail, "之"); ok {
			if k, size := zh.ParseNumeral(sub); size > 0 && k > 0 {
				m.sub, tail = k, sub[size:]
			}
		}
		m.size = len(s) - len(tail)
		m.text = s[:m.size]
		return m, true
	}
	return marker{}, false
}

// Numbered reports whether a text begins with official numbering: 第N条, 一、,
// （一）, 1., （1）.
func Numbered(s string) bool {
	_, ok := parseMarker(s)
	return ok
}

// parseMarker reads the official numbering at the start of a text: 第N条 …,
// 一、 （一） 1. （1） ①.
func parseMarker(s string) (marker, bool) {
	lead := len(s) - len(trimIndent(s))
	t := s[lead:]
	r, size := utf8.DecodeRuneInString(t)
	var m marker
	var ok bool
	switch {
	case r == '第':
		m, ok = parseOrdinal(t)
	case r == '（' || r == '(':
		m, ok = parseBracketed(t, size)
	case r >= '①' && r <= '⑳':
		m, ok = marker{unit: Level5, n: int(r-'①') + 1, size: size}, true
	case r >= '㈠' && r <= '㈩':
		m, ok = marker{unit: Level2, n: int(r-'㈠') + 1, size: size}, true
	case r >= '0' && r <= '9' || r >= '０' && r <= '９':
		m, ok = parseArabic(t)
	default:
		m, ok = parseChinese(t)
	}
	if !ok {
		return marker{}, false
	}
	m.size += lead
	m.text = trimIndent(s[:m.size])
	return m, true
}

// trimSpaces drops half-width and full-width spaces from the start of a text,
// trimIndent tabs too.
func trimSpaces(s string) string {
	for {
		switch {
		case strings.HasPrefix(s, " "):
			s = s[1:]
		case strings.HasPrefix(s, "　"):
			s = s[len("　"):]
		default:
			return s
		}
	}
}

func trimIndent(s string) string {
	for s = trimSpaces(s); strings.HasPrefix(s, "\t"); s = trimSpaces(s) {
		s = s[1:]
	}
	return s
}

// parseBracketed reads （一） and （1）, with half-width brackets too.
func parseBracketed(t string, open int) (marker, bool) {
	inner := trimSpaces(t[open:])
	n, size := zh.ParseNumeral(inner)
	if size == 0 || n <= 0 || n > 99 {
		return marker{}, false
	}
	after := trimSpaces(inner[size:])
	r, closing := utf8.DecodeRuneInString(after)
	if r != '）' && r != ')' {
		return marker{}, false
	}
	unit := Level2
	if first, _ := utf8.DecodeRuneInString(inner); unicode.IsDigit(first) {
		unit = Level4
	}
	return marker{unit: unit, n: n, size: len(t) - len(after) + closing}, true
}

// parseArabic reads 1. 1． 1、 — not 1.5 and not 2023年.
func parseArabic(t string) (marker, bool) {
	n, size := zh.ParseNumeral(t)
	if size == 0 || n <= 0 || n > 99 || !allDigits(t[:size]) {
		return marker{}, false
	}
	r, dot := utf8.DecodeRuneInString(t[size:])
	if r != '.' && r != '．' && r != '、' {
		return marker{}, false
	}
	if next, _ := utf8.DecodeRuneInString(t[size+dot:]); unicode.IsDigit(next) {
		return marker{}, false
	}
	return marker{unit: Level3, n: n, size: size + dot}, true
}

func allDigits(s string) bool {
	for _, r := range s {
		if !unicode.IsDigit(r) {
			return false
		}
	}
	return true
}

// parseChinese reads 一、 — not 一、二级公路, which goes on counting.
func parseChinese(t string) (marker, bool) {
	if r, _ := utf8.DecodeRuneInString(t); !strings.ContainsRune("一二三四五六七八九十百", r) {
		return marker{}, false
	}
	n, size := zh.ParseNumeral(t)
	if size == 0 || n <= 0 || n > 199 || !strings.HasPrefix(t[size:], "、") {
		return marker{}, false
	}
	after := t[size+len("、"):]
	if _, more := zh.ParseNumeral(after); more > 0 {
		tail := after[more:]
		for _, w := range []string{"、", "级", "类", "是", "等", "和", "及", "届", "年"} {
			if strings.HasPrefix(tail, w) {
				return marker{}, false
			}
		}
	}
	return marker{unit: Level1, n: n, size: size + len("、")}, true
}
