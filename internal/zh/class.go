package zh

import "unicode"

// IsHan reports whether r is a Chinese character in the sense of running text:
// a unified or compatibility ideograph, 〇 or the iteration mark 々. Radicals
// and punctuation are not Han.
func IsHan(r rune) bool {
	switch {
	case r < 0x3005:
		return false
	case r >= 0x4E00 && r <= 0x9FFF:
		return true
	case r == 0x3005 || r == 0x3007:
		return true
	case r >= 0x3400 && r <= 0x4DBF:
		return true
	case r >= 0xF900 && r <= 0xFAFF:
		return unicode.Is(unicode.Han, r)
	case r >= 0x20000 && r <= 0x3FFFF:
		return unicode.Is(unicode.Han, r)
	}
	return false
}

// IsSpace reports whether r is white space or invisible: what Unicode calls
// space (with U+3000 and the no-break space), the zero-width characters, the
// byte order mark, the soft hyphen and the direction marks. Word and HTML
// leave all of them in pasted text, and none of them carries meaning there.
func IsSpace(r rune) bool {
	if r < 0x80 {
		return r == ' ' || r >= '\t' && r <= '\r'
	}
	switch {
	case r == 0x3000 || r == 0xA0 || r == 0x85:
		return true
	case r < 0x1680:
		return r == 0xAD
	case r >= 0x2000 && r <= 0x200F: // spaces, then the zero-width and direction marks
		return true
	case r == 0x1680 || r == 0x2028 || r == 0x2029 || r == 0x202F || r == 0x205F:
		return true
	}
	return isInvisible(r)
}

// isInvisible reports whether r is one of the spaces that has no width.
func isInvisible(r rune) bool {
	switch {
	case r == 0xAD || r == 0x180E || r == 0xFEFF:
		return true
	case r >= 0x200B && r <= 0x200F:
		return true
	case r >= 0x202A && r <= 0x202E:
		return true
	case r >= 0x2060 && r <= 0x2064 || r >= 0x2066 && r <= 0x2069:
		return true
	}
	return false
}

// IsOpenBracket reports whether r opens a round, square, tortoise-shell or
// black bracket: the brackets that stand around the year of a document number
// and around remarks. 《 and 〈 are quotation marks of titles and do not count.
func IsOpenBracket(r rune) bool {
	switch r {
	case '(', '[', '（', '［', '〔', '【', '〖', '﹝', '﹙', '〘':
		return true
	}
	return false
}

// IsCloseBracket reports whether r closes a bracket of [IsOpenBracket]. Any
// closing bracket fits any opening one: scanned text mixes them.
func IsCloseBracket(r rune) bool {
	switch r {
	case ')', ']', '）', '］', '〕', '】', '〗', '﹞', '﹚', '〙':
		return true
	}
	return false
}

// isCJK reports whether r sits in the Chinese square grid: Han, CJK
// punctuation, full-width forms, and the curly quotes and dashes that Chinese
// text shares with Latin text.
func isCJK(r rune) bool {
	switch {
	case r < 0x80:
		return false
	case IsHan(r):
		return true
	case r >= 0x3001 && r <= 0x303F: // CJK symbols and punctuation
		return true
	case r >= 0xFF01 && r <= 0xFF0F, r >= 0xFF1A && r <= 0xFF20, r >= 0xFF3B && r <= 0xFF40, r >= 0xFF5B && r <= 0xFF65:
		return true
	case r >= 0xFE30 && r <= 0xFE6B: // vertical and small forms
		return true
	}
	switch r {
	case '“', '”', '‘', '’', '—', '…', '·', '○', '◯':
		return true
	}
	return false
}
