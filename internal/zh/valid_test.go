package zh

import (
	"testing"
	"unicode/utf8"
)

func checkUTF8(t *testing.T, b []byte) {
	t.Helper()
	if got, want := isUTF8(b), utf8.Valid(b); got != want {
		t.Errorf("isUTF8(%q) = %v", b, got)
	}
}

func TestIsUTF8(t *testing.T) {
	for _, s := range []string{
		"", "a", "第一条　甲〔2020〕1号，ａ①é𠀀", "\xff", "\xe4\xb8", "甲\xe7\x94", "\xe0\x80\x80", "\xe0\xa0\x80", "\xed\xa0\x80", "\xed\x9f\xbf", "\xef\xbf\xbd", "\xef\xbf", "\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xc1\x81", "\xc2\xa0", "\x80", "甲\x80乙",
	} {
		checkUTF8(t, []byte(s))
		checkUTF8(t, []byte(s+"甲"))
	}
	for i := range 1 << 24 { // three bytes of all kinds, sparsely
		if i%97 == 0 {
			checkUTF8(t, []byte{byte(i >> 16), byte(i >> 8), byte(i)})
		}
	}
}

func FuzzIsUTF8(f *testing.F) {
	f.Add([]byte("甲\xe7\x94乙"))
	f.Fuzz(checkUTF8)
}
