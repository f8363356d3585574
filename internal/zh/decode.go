package zh

import (
	"bytes"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// An Encoding names the character encoding a file was found in. Anything but
// [UTF8] deserves a remark to the editor; GB18030 covers GBK and GB2312.
type Encoding string

// The encodings that [Decode] tells apart.
const (
	UTF8    Encoding = "UTF-8"
	UTF8BOM Encoding = "UTF-8 with BOM"
	GB18030 Encoding = "GB18030"
	UTF16LE Encoding = "UTF-16LE"
	UTF16BE Encoding = "UTF-16BE"
)

// Decode returns b as valid UTF-8 with LF line ends, the encoding it was in,
// and the byte offset in text of the first place that could not be decoded
// (there text has U+FFFD), or -1.
//
// A byte order mark decides, and is removed. Without one, valid UTF-8 is UTF-8;
// if it has no CR, text is b itself, not a copy. Other bytes are GB18030 when
// they decode without a single error, control or private-use character and do
// not look like damaged UTF-8 (more whole three-byte sequences than broken
// bytes); otherwise they are taken as damaged UTF-8. A U+FFFD that b itself
// spells out is text, not damage. NUL bytes are kept: judging them is the
// caller's business. UTF-16 without a mark is not recognised.
func Decode(b []byte) (text []byte, enc Encoding, badAt int) {
	switch {
	case bytes.HasPrefix(b, []byte{0xEF, 0xBB, 0xBF}):
		text, badAt = repair(b[3:])
		return text, UTF8BOM, badAt
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}):
		text, badAt = decodeUTF16(b[2:], 1, 0)
		return text, UTF16LE, badAt
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}):
		text, badAt = decodeUTF16(b[2:], 0, 1)
		return text, UTF16BE, badAt
	case isUTF8(b):
		return unifyLineEnds(b), UTF8, -1
	}
	if !looksLikeUTF8(b) {
		if t, ok := decodeGB18030(b); ok {
			return unifyLineEnds(t), GB18030, -1
		}
	}
	text, badAt = repair(b)
	return text, UTF8, badAt
}

// isUTF8 is utf8.Valid, faster for Chinese.
func isUTF8(b []byte) bool {
	for i := 0; i < len(b); {
		c := b[i]
		switch {
		case c < utf8.RuneSelf:
			i++
		case c > 0xE0 && c < 0xED && i+2 < len(b) && isCont(b[i+1]) && isCont(b[i+2]): // neither overlong nor surrogate
			i += 3
		case c == 0xEF && i+2 < len(b) && isCont(b[i+1]) && isCont(b[i+2]): // full-width forms
			i += 3
		default:
			_, size := utf8.DecodeRune(b[i:])
			if size == 1 {
				return false
			}
			i += size
		}
	}
	return true
}

// unifyLineEnds turns CRLF and CR into LF; it returns b itself if there is none.
func unifyLineEnds(b []byte) []byte {
	i := bytes.IndexByte(b, '\r')
	if i < 0 {
		return b
	}
	out := make([]byte, i, len(b))
	copy(out, b)
	for ; i < len(b); i++ {
		c := b[i]
		if c == '\r' {
			if i+1 < len(b) && b[i+1] == '\n' {
				continue
			}
			c = '\n'
		}
		out = append(out, c)
	}
	return out
}

// repair replaces each run of bytes that is not UTF-8 by one U+FFFD and
// returns the offset of the first in the result, or -1.
func repair(b []byte) ([]byte, int) {
	text := unifyLineEnds(b)
	bad := firstInvalid(text)
	if bad < 0 {
		return text, -1
	}
	return bytes.ToValidUTF8(text, []byte("\uFFFD")), bad
}

// firstInvalid returns the offset of the first byte that is not UTF-8, or -1.
func firstInvalid(b []byte) int {
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// looksLikeUTF8 reports whether the whole three- and four-byte sequences of b
// outnumber its broken bytes. In GB18030 text nearly every character is broken
// as UTF-8 and whole three-byte sequences are accidents; in UTF-8 text cut or
// damaged in a few places it is the other way round.
func looksLikeUTF8(b []byte) bool {
	whole, broken := 0, 0
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(b[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			broken++
		case size >= 3:
			whole++
		}
		i += size
	}
	return whole > broken
}

// decodeGB18030 decodes b if that gives text that somebody may have written.
func decodeGB18030(b []byte) ([]byte, bool) {
	t, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
	if err != nil {
		return nil, false
	}
	t = bytes.TrimPrefix(t, []byte("\uFEFF"))
	for i := 0; i < len(t); {
		r, size := utf8.DecodeRune(t[i:])
		if !isWritten(r) {
			return nil, false
		}
		i += size
	}
	return t, true
}

// isWritten reports whether r may occur in a text file: no replacement
// character, no control besides NUL, tab, line ends and form feed, no
// private-use, unassigned or surrogate code point.
func isWritten(r rune) bool {
	switch {
	case r < 0x20:
		return r == 0 || r >= '\t' && r <= '\r'
	case r < 0x7F:
		return true
	case r == utf8.RuneError:
		return false
	case r >= 0x4E00 && r <= 0x9FFF:
		return true
	}
	return unicode.IsPrint(r) || IsSpace(r) && r != 0x85
}

// decodeUTF16 decodes b, whose high and low bytes stand at hi and lo of each
// pair. A lone surrogate or a last odd byte becomes U+FFFD.
func decodeUTF16(b []byte, hi, lo int) ([]byte, int) {
	out := make([]byte, 0, len(b)+len(b)/2)
	bad := -1
	fail := func() {
		if bad < 0 {
			bad = len(out)
		}
		out = utf8.AppendRune(out, utf8.RuneError)
	}
	unit := func(i int) rune { return rune(b[i+hi])<<8 | rune(b[i+lo]) }
	i := 0
	for ; i+1 < len(b); i += 2 {
		r := unit(i)
		if utf16.IsSurrogate(r) {
			pair := rune(utf8.RuneError)
			if i+3 < len(b) {
				pair = utf16.DecodeRune(r, unit(i+2))
			}
			if pair == utf8.RuneError {
				fail()
				continue
			}
			r = pair
			i += 2
		}
		if r == '\r' {
			if i+3 < len(b) && unit(i+2) == '\n' {
				continue
			}
			r = '\n'
		}
		out = utf8.AppendRune(out, r)
	}
	if i < len(b) {
		fail()
	}
	return out, bad
}
