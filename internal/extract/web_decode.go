package extract

import (
	"bytes"
	"regexp"
	"unicode/utf8"

	"gongbao/internal/zh"
)

var webCharset = regexp.MustCompile(`(?i)charset\s*=\s*["']?\s*([a-z0-9_-]+)`)

// decodeWeb returns a page as UTF-8, and whether every character was read. What a page
// says about its encoding is often wrong, so what decodes without an error
// comes first; the declaration decides only about damaged pages.
func decodeWeb(b []byte) (text []byte, whole bool) {
	text, _, bad := zh.Decode(b)
	if bad < 0 {
		return text, true
	}
	m := webCharset.FindSubmatch(b[:min(len(b), 4096)])
	if m == nil || len(m[1]) < 2 || !bytes.EqualFold(m[1][:2], []byte("gb")) {
		return text, false
	}
	if better := decodePieces(b); bytes.Count(better, []byte("\uFFFD")) < bytes.Count(text, []byte("\uFFFD")) {
		return better, false
	}
	return text, false
}

// decodePieces decodes GB18030 between tags and line ends, bytes that occur in
// no character, so that damage stays in its piece.
func decodePieces(b []byte) []byte {
	// Each piece follows characters that are no UTF-8, so that it is not taken for that.
	lead := bytes.Repeat([]byte{0xB0, 0xA1}, 8)
	out := make([]byte, 0, len(b)*3/2)
	budget := 100_000 // characters that are decoded alone
	for len(b) > 0 {
		n := bytes.IndexAny(b[1:], "<>\n") + 1
		if n == 0 {
			n = len(b)
		}
		piece := b[:n]
		b = b[n:]
		if isASCII(piece) {
			out = append(out, piece...)
			continue
		}
		if text, enc, _ := zh.Decode(append(lead[:len(lead):len(lead)], piece...)); enc == zh.GB18030 {
			out = append(out, text[len(lead)/2*len("啊"):]...)
			continue
		}
		for len(piece) > 0 {
			n := 1
			if piece[0] >= utf8.RuneSelf && len(piece) > 1 && piece[1] >= 0x40 {
				n = 2
			}
			pair := piece[:n]
			piece = piece[n:]
			if pair[0] < utf8.RuneSelf {
				out = append(out, pair...)
				continue
			}
			budget--
			if text, enc, _ := zh.Decode(append(lead[:len(lead):len(lead)], pair...)); enc == zh.GB18030 && n == 2 && budget > 0 {
				out = append(out, text[len(lead)/2*len("啊"):]...)
			} else if r := userDefined(pair); r > 0 {
				out = utf8.AppendRune(out, r)
			} else {
				out = append(out, "\uFFFD"...)
			}
		}
	}
	return out
}

// userDefined returns the private character that two bytes stand for: marks
// and rare characters of a font that the page does not name.
func userDefined(pair []byte) rune {
	if len(pair) < 2 {
		return 0
	}
	hi, lo := rune(pair[0]), rune(pair[1])
	switch {
	case hi >= 0xAA && hi <= 0xAF && lo >= 0xA1 && lo <= 0xFE:
		return 0xE000 + (hi-0xAA)*94 + lo - 0xA1
	case hi >= 0xF8 && hi <= 0xFE && lo >= 0xA1 && lo <= 0xFE:
		return 0xE234 + (hi-0xF8)*94 + lo - 0xA1
	case hi >= 0xA1 && hi <= 0xA7 && lo >= 0x40 && lo <= 0xA0 && lo != 0x7F:
		if lo > 0x7F {
			lo--
		}
		return 0xE4C6 + (hi-0xA1)*96 + lo - 0x40
	}
	return 0
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
