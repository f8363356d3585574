package zh_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"gongbao/internal/zh"
)

const notice = "示范市人民政府关于加强停车管理的通知\n各区（县）人民政府：\n　　为了加强公共停车场管理，镕、喆、堃等字也要在。\n"

func gb(t testing.TB, s string) []byte {
	t.Helper()
	b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// u16 encodes s; hi is the place of the high byte in each pair.
func u16(s string, hi int) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune("\uFEFF" + s)) {
		pair := [2]byte{}
		pair[hi], pair[1-hi] = byte(u>>8), byte(u)
		b = append(b, pair[:]...)
	}
	return b
}

func TestDecodeTellsEncodingsApart(t *testing.T) {
	crlf := strings.ReplaceAll(notice, "\n", "\r\n")
	cut := []byte(notice)[:len(notice)-2] // in the last 。
	broken := []byte(strings.Replace(notice, "停车", "\xff停车", 1))
	for _, c := range []struct {
		name string
		in   []byte
		text string
		enc  zh.Encoding
		bad  int
	}{
		{"empty", nil, "", zh.UTF8, -1},
		{"ASCII", []byte("a\rb\r\nc\n\r"), "a\nb\nc\n\n", zh.UTF8, -1},
		{"NUL", []byte("a\x00b"), "a\x00b", zh.UTF8, -1},
		{"UTF-8", []byte(notice), notice, zh.UTF8, -1},
		{"UTF-8 CRLF", []byte(crlf), notice, zh.UTF8, -1},
		{"UTF-8 BOM", []byte("\uFEFF" + crlf), notice, zh.UTF8BOM, -1},
		{"UTF-8 BOM broken", []byte("\uFEFF甲\xff\xfe乙"), "甲\uFFFD乙", zh.UTF8BOM, 3},
		{"UTF-8 that spells U+FFFD", []byte("甲\uFFFD乙"), "甲\uFFFD乙", zh.UTF8, -1},
		{"GB18030", gb(t, notice), notice, zh.GB18030, -1},
		{"GB18030 CRLF", gb(t, crlf), notice, zh.GB18030, -1},
		{"GB18030 four bytes", gb(t, "生僻字：𠮷㙍"), "生僻字：𠮷㙍", zh.GB18030, -1},
		{"GB18030 short", gb(t, "联通"), "联通", zh.GB18030, -1},
		{"UTF-16LE", u16(crlf+"𠮷", 1), notice + "𠮷", zh.UTF16LE, -1},
		{"UTF-16BE", u16(crlf+"𠮷", 0), notice + "𠮷", zh.UTF16BE, -1},
		{"UTF-16 lone surrogate", []byte{0xFE, 0xFF, 0x75, 0x32, 0xD8, 0x00, 0x4E, 0x59}, "甲\uFFFD乙", zh.UTF16BE, 3},
		{"UTF-16 odd", []byte{0xFF, 0xFE, 0x32, 0x75, 0x32}, "甲\uFFFD", zh.UTF16LE, 3},
		{"UTF-8 cut in a character", cut, strings.ToValidUTF8(string(cut), "\uFFFD"), zh.UTF8, len(notice) - 4},
		{"UTF-8 with a broken byte", broken, strings.Replace(notice, "停车", "\uFFFD停车", 1), zh.UTF8, strings.Index(notice, "停车")},
		{"neither", []byte{0x80, 0xFF, 0xFF, 'a'}, "\uFFFDa", zh.UTF8, 0},
	} {
		text, enc, bad := zh.Decode(c.in)
		if string(text) != c.text || enc != c.enc || bad != c.bad {
			t.Errorf("%s: Decode(%x) = %q, %s, %d, want %q, %s, %d", c.name, c.in, text, enc, bad, c.text, c.enc, c.bad)
		}
	}
}

func TestDecodeDoesNotCopyCleanText(t *testing.T) {
	in := []byte(notice)
	if text, _, _ := zh.Decode(in); &text[0] != &in[0] {
		t.Error("Decode of clean UTF-8 copies, want the same bytes")
	}
}

// TestDecodeFindsDamagedUTF8 cuts one byte out of each place in turn: none of
// the results may pass for GB18030.
func TestDecodeFindsDamagedUTF8(t *testing.T) {
	for i := range len(notice) {
		in := []byte(notice[:i] + notice[i+1:])
		if utf8.Valid(in) {
			continue
		}
		if text, enc, bad := zh.Decode(in); enc != zh.UTF8 || bad < 0 || !bytes.HasPrefix(text[bad:], []byte("\uFFFD")) {
			t.Errorf("Decode without byte %d: %s, bad at %d", i, enc, bad)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(notice))
	f.Add(gb(f, notice))
	f.Add(u16(notice, 0))
	f.Add(u16(notice, 1))
	f.Add([]byte("\uFEFFa\r\nb\r"))
	f.Add([]byte{0x80, 0xFF, 0xFE, 0x81, 0x30, 0x81, 0x30})
	f.Add([]byte{0xFE, 0xFF, 0xD8, 0x00, 0x00})
	f.Fuzz(func(t *testing.T, b []byte) {
		text, enc, bad := zh.Decode(b)
		if !utf8.Valid(text) {
			t.Errorf("Decode(%x) = %q, want UTF-8", b, text)
		}
		if bytes.IndexByte(text, '\r') >= 0 {
			t.Errorf("Decode(%x) = %q has CR", b, text)
		}
		if bad >= 0 && !bytes.HasPrefix(text[bad:], []byte("\uFFFD")) {
			t.Errorf("Decode(%x) = %q, bad at %d, no U+FFFD there", b, text, bad)
		}
		if enc == zh.UTF8 && bad < 0 && !utf8.Valid(b) {
			t.Errorf("Decode(%x) hides damage", b)
		}
	})
}

func BenchmarkDecodeGB18030(b *testing.B) {
	in := gb(b, strings.Repeat(notice, 200))
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		zh.Decode(in)
	}
}
