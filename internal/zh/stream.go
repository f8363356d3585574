package zh

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Stream returns what a search sees of a text: its letters and numbers, and
// nothing of how they are written. A query finds a text if the query's stream is
// a part of the text's.
//
// Each code point by itself is brought to NFKC and to lower case, then from
// traditional to simplified, and the digits 〇 to 九 to 0 to 9 (二〇二三年 is 2023年; 十
// and the greater numerals stay). Only letters (L) and numbers (N) are
// kept: white space, punctuation, brackets and accents written apart do not
// count. The same table of cases holds for the reader in the browser
// (testdata/stream.txt), which looks at one code point at a time, too.
func Stream(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	StreamEach(s, func(r rune, _ int) { b.WriteRune(r) })
	return b.String()
}

// StreamEach calls f for each character of the stream, with the offset in
// bytes of the code point of s that it comes from. One code point may give
// several (㈠ no brackets, but ㍻ two), or none.
func StreamEach[T string | []byte](s T, f func(r rune, at int)) {
	table := streamTable()
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			switch {
			case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
				f(rune(c), i)
			case c >= 'A' && c <= 'Z':
				f(rune(c)+'a'-'A', i)
			}
			i++
			continue
		}
		if c > 0xE0 && c <= 0xEF && c != 0xED && i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80 {
			r := rune(c&0x0F)<<12 | rune(s[i+1]&0x3F)<<6 | rune(s[i+2]&0x3F)
			switch t := table[r]; t {
			case streamNothing:
			case streamUnknown:
				streamSlow(r, i, f)
			default:
				f(rune(t), i)
			}
			i += 3
			continue
		}
		r, size := utf8.DecodeRuneInString(string(s[i:min(i+utf8.UTFMax, len(s))]))
		if !isMark(r) {
			streamSlow(r, i, f)
		}
		i += size
	}
}

// What the table of streams has for code points that do not give one character.
const (
	streamUnknown = 0 // streamSlow knows
	streamNothing = 1
)

// streamTable is what the usual code points of three bytes give: Han and marks.
var streamTable = sync.OnceValue(func() *[1 << 16]uint16 {
	t := new([1 << 16]uint16)
	for r := rune(0x3400); r <= 0x9FFF; r++ {
		if isHan(r) {
			t[r] = uint16(streamHan(r))
		}
	}
	for r := range rune(len(t)) {
		if isMark(r) { // every tenth character of a text
			t[r] = streamNothing
		}
	}
	return t
})

func isHan(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF }

// streamHan maps one Han character.
func streamHan(r rune) rune {
	if t := simplified[r-simplifiedFirst]; t != 0 {
		r = rune(t)
	}
	if d := digitOf(r); d >= 0 && isPlainDigit(r) {
		return rune('0' + d)
	}
	return r
}

// isPlainDigit tells 一 to 九 from the other characters that have the value of a
// digit (两, 壹), which are words of their own.
func isPlainDigit(r rune) bool {
	switch r {
	case '零', '一', '二', '三', '四', '五', '六', '七', '八', '九':
		return true
	}
	return false
}

// isMark tells the usual punctuation, of which nothing is kept.
func isMark(r rune) bool {
	switch r {
	case '，', '。', '、', '；', '：', '？', '！', '（', '）', '《', '》', '〈', '〉', '“', '”', '‘', '’', '〔', '〕', '【', '】', '［', '］', '—', '…', '·', '　', '\u00A0', '％':
		return true
	}
	return false
}

func streamSlow(r rune, at int, f func(rune, int)) {
	var in [utf8.UTFMax]byte
	var buf [64]byte
	n := utf8.EncodeRune(in[:], r)
	for _, p := range string(norm.NFKC.Append(buf[:0], in[:n]...)) {
		p = unicode.ToLower(p)
		switch {
		case p == '〇' || p == '○' || p == '◯':
			f('0', at)
		case isHan(p):
			f(streamHan(p), at)
		case unicode.IsLetter(p) || unicode.IsNumber(p):
			f(p, at)
		}
	}
}

const (
	simplifiedFirst = 0x3400
	simplifiedLast  = 0x9FFF
)

// SimplifiedTable has a line for each simplified character: it, and the
// traditional ones that are written with it. The pairs are those of OpenCC's
// table of single characters (TSCharacters, first reading, Basic Multilingual
// Plane).
//
//go:embed simplified.txt
var SimplifiedTable string

// simplified maps traditional characters to simplified ones; 0 for itself.
var simplified = func() (t [simplifiedLast - simplifiedFirst + 1]uint16) {
	for line := range strings.Lines(SimplifiedTable) {
		to, size := utf8.DecodeRuneInString(line)
		for _, r := range strings.TrimSpace(line[size:]) {
			if r >= simplifiedFirst && r <= simplifiedLast {
				t[r-simplifiedFirst] = uint16(to)
			}
		}
	}
	return t
}()

// StreamEachChange calls f for each code point that stands in a stream as something
// else, with what that is: "" for one that is dropped though it is a letter or a
// number. Of what is neither, only what stands for one is told. A program elsewhere
// that replaces these, and then drops all that is neither letter nor number, sees what
// Stream sees.
func StreamEachChange(f func(from rune, to string)) {
	for r := rune(1); r <= unicode.MaxRune; r++ {
		if r >= 0xD800 && r <= 0xDFFF {
			continue // half a character of UTF-16
		}
		to := Stream(string(r))
		if kept := unicode.IsLetter(r) || unicode.IsNumber(r); to != "" && to != string(r) || to == "" && kept {
			f(r, to)
		}
	}
}
