package pdf

import (
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// clean makes one line of a text that is not drawn: titles, metadata.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r) || r == '\u2028' || r == '\u2029':
			return ' '
		case r >= 0xFFFE && r <= 0xFFFF: // no characters of XML
			return '\uFFFD'
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

// unicodeString returns a text string: UTF-16BE with its mark.
func unicodeString(s string) types.Object {
	b := []byte{0xFE, 0xFF}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u>>8), byte(u))
	}
	return types.NewHexLiteral(b)
}
