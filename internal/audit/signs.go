package audit

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// full are the half-width signs that Chinese prose has in full width
// (GB/T 15834-2011), and those.
var full = map[byte]string{',': "，", ';': "；", ':': "：", '?': "？", '!': "！", '(': "（", ')': "）"}

var isSign = func() (t [utf8.RuneSelf]bool) {
	for c := range full {
		t[c] = true
	}
	return t
}()

// sign counts a half-width sign that belongs to Chinese text: one that follows a
// Chinese character, a bracket that holds Chinese. Between figures, Latin words and
// in addresses it is right.
func (r *reading) sign(i int) {
	c := r.text[i]
	switch c {
	case '(':
		if !chinese(following(r.text, i+1)) {
			return
		}
	case ')':
		open := bytes.LastIndexByte(r.text[:i], '(')
		if !chinese(previous(r.text, i)) || open >= 0 && open > bytes.LastIndex(r.text[:i], []byte("（")) {
			return // counted with the one that opens
		}
	default:
		if !chinese(previous(r.text, i)) || i+1 < len(r.text) && r.text[i+1] == '/' {
			return
		}
	}
	if m := r.signs[c]; m != nil {
		m.n++
		return
	}
	r.signs[c] = &mark{r.place(i, i+1), 1}
}

// previous is the last character that is seen before a place; marks of emphasis do
// not count.
func previous(text []byte, i int) rune {
	for i > 0 {
		ch, size := utf8.DecodeLastRune(text[:i])
		if ch != 0 && ch != '*' && ch != '_' {
			return ch
		}
		i -= size
	}
	return 0
}

// following is the first character that is seen from a place on.
func following(text []byte, i int) rune {
	for i < len(text) {
		ch, size := utf8.DecodeRune(text[i:])
		if ch != 0 && ch != '*' && ch != '_' {
			return ch
		}
		i += size
	}
	return 0
}

// chinese reports whether a character is Han or a sign that closes or opens
// Chinese words.
func chinese(r rune) bool {
	return r >= 0x3400 && r <= 0x9FFF || strings.ContainsRune("〇《》〈〉“”‘’（）〔〕【】", r) && r != 0 || r > 0xFFFF && unicode.Is(unicode.Han, r)
}

// years are the brackets that a year of a document number stands in instead of 〔〕.
var years = [][2]string{{"[", "]"}, {"(", ")"}, {"（", "）"}, {"【", "】"}, {"［", "］"}}

// number looks back from a 号 for a number of a document whose year stands in
// other brackets than 〔〕 (GB/T 9704-2012 7.2.5): 示府办发[2023]12号. Numbers of
// cases have words behind the year.
func (r *reading) number(end int) {
	b := bytes.TrimRight(r.text[:end], "0123456789")
	if len(b) == end || end-len(b) > 5 {
		return
	}
	b = bytes.TrimSuffix(bytes.TrimSuffix(b, []byte("第")), []byte{0})
	for _, pair := range years {
		rest, ok := bytes.CutSuffix(b, []byte(pair[1]))
		if !ok {
			continue
		}
		rest = bytes.TrimSuffix(rest, []byte{0})
		if len(rest) < 4 || !isYear(rest[len(rest)-4:]) {
			return
		}
		year := rest[len(rest)-4:]
		head, ok := bytes.CutSuffix(rest[:len(rest)-4], []byte(pair[0]))
		if !ok {
			return
		}
		head = bytes.TrimRight(head, "\x00 ")
		if last, _ := utf8.DecodeLastRune(head); last < 0x3400 || last > 0x9FFF {
			return
		}
		from := len(rest) - 4 - len(pair[0])
		written := strings.ReplaceAll(string(r.text[from:end]), "\x00", "") + "号"
		if r.years[written] {
			return
		}
		r.years[written] = true
		digits := string(r.text[len(bytes.TrimRight(r.text[:end], "0123456789")):end])
		r.a.add("audit-bracket", r.place(from, end+len("号")), r.entry, written, "〔"+string(year)+"〕"+digits+"号")
		return
	}
}

func isYear(b []byte) bool {
	return (b[0] == '1' && b[1] == '9' || b[0] == '2' && b[1] == '0') && b[2] >= '0' && b[2] <= '9' && b[3] >= '0' && b[3] <= '9'
}
