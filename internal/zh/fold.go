package zh

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns the key under which two spellings of a title or a name are the
// same. It is not for display, and it is idempotent.
//
// Each code point by itself is brought to NFKC (full-width letters, compatibility
// ideographs, radicals) and to lower case. White space and invisible
// characters go. Angle and corner brackets 〈〉《》<>«»「」『』 become 《》;
// round, square, tortoise-shell and black brackets become (); all quotation
// marks become "; a run of dashes becomes one -; the middle dots become ·; 。
// becomes the full stop, while 、 and the rest of the punctuation keep their
// identity. ○ becomes 〇, and so do 零, O and 0 beside a Chinese numeral (二OO八,
// 二零零三; 零售 keeps its 零).
//
// The traps it answers are those of reference/standards.md, §5.3 and §5.4.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	var st foldState
	for i := 0; i < len(s); {
		c := s[i]
		if c >= 0xE4 && c <= 0xE9 && i+2 < len(s) && isCont(s[i+1]) && isCont(s[i+2]) {
			// U+4000 to U+9FFF: Han, but for the hexagrams, and its own NFKC.
			if n := foldHanRun(&b, s[i:], &st); n > 0 {
				i += n
				continue
			}
		}
		if c < utf8.RuneSelf {
			st.ascii(&b, c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		st.rune(&b, r)
	}
	if !st.zeros {
		return b.String()
	}
	return foldZeros(b.String())
}

// foldState carries what the folding of one code point must know of the last.
type foldState struct {
	dash  bool // the last thing written was a dash
	zeros bool // a 零, or an O or 0 right after Han, was written: foldZeros must look
	han   bool // the last thing written was Han
}

func isCont(c byte) bool { return c&0xC0 == 0x80 }

// foldHanRun copies the three-byte Han characters at the start of s.
func foldHanRun(b *strings.Builder, s string, st *foldState) int {
	i := 0
	for i+2 < len(s) && s[i] >= 0xE4 && s[i] <= 0xE9 && isCont(s[i+1]) && isCont(s[i+2]) {
		if s[i] == 0xE9 && s[i+1] == 0x9B && s[i+2] == 0xB6 { // 零
			st.zeros = true
		}
		i += 3
	}
	if i > 0 {
		b.WriteString(s[:i])
		st.dash, st.han = false, true
	}
	return i
}

func (st *foldState) ascii(b *strings.Builder, c byte) {
	switch {
	case c == ' ' || c >= '\t' && c <= '\r':
		return
	case c == '-':
		if !st.dash {
			b.WriteByte('-')
		}
		st.dash, st.han = true, false
		return
	case c >= 'A' && c <= 'Z':
		c += 'a' - 'A'
	}
	switch c {
	case '<':
		b.WriteString("《")
	case '>':
		b.WriteString("》")
	case '[':
		b.WriteByte('(')
	case ']':
		b.WriteByte(')')
	case '\'', '`':
		b.WriteByte('"')
	default:
		if (c == 'o' || c == '0') && st.han {
			st.zeros = true
		}
		b.WriteByte(c)
	}
	st.dash, st.han = false, false
}

func (st *foldState) rune(b *strings.Builder, r rune) {
	if IsSpace(r) || isVariation(r) {
		return
	}
	if f := foldMark(r); f != 0 {
		st.write(b, f)
		return
	}
	if r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF || r >= 0x3001 && r <= 0x3029 {
		st.write(b, r)
		return
	}
	if r >= 0xFF01 && r <= 0xFF5E { // full-width ASCII
		st.ascii(b, byte(r-0xFEE0))
		return
	}
	st.slow(b, r)
}

// slow folds the rest by table. The decomposition of one code point may hold
// spaces, brackets and capitals, so each part is folded in its turn.
func (st *foldState) slow(b *strings.Builder, r rune) {
	var in [utf8.UTFMax]byte
	var buf [64]byte
	n := utf8.EncodeRune(in[:], r)
	for _, p := range string(norm.NFKC.Append(buf[:0], in[:n]...)) {
		p = unicode.ToLower(p)
		switch {
		case IsSpace(p) || isVariation(p):
		case p < utf8.RuneSelf:
			st.ascii(b, byte(p))
		default:
			if f := foldMark(p); f != 0 {
				p = f
			}
			st.write(b, p)
		}
	}
}

// write appends a folded code point.
func (st *foldState) write(b *strings.Builder, r rune) {
	if r == '-' {
		st.ascii(b, '-')
		return
	}
	if r == '零' {
		st.zeros = true
	}
	b.WriteRune(r)
	st.dash, st.han = false, IsHan(r)
}

// isVariation reports whether r only selects a glyph.
func isVariation(r rune) bool {
	return r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF
}

// foldMark returns the representative of a mark outside ASCII, or 0.
func foldMark(r rune) rune {
	switch r {
	case '《', '〈', '«', '‹', '「', '『', '⟨', '⟪', '＜', '｢':
		return '《'
	case '》', '〉', '»', '›', '」', '』', '⟩', '⟫', '＞', '｣':
		return '》'
	case '“', '”', '„', '‟', '‘', '’', '‚', '‛', '′', '″', '〝', '〞', '〟', '＂', '＇':
		return '"'
	case '—', '–', '‐', '‑', '‒', '―', '−', '─', '━', '－', '﹣', '﹘':
		return '-'
	case '·', '•', '・', '‧', '∙', '⋅':
		return '·'
	case '〇', '○', '◯':
		return '〇'
	case '。', '｡', '．':
		return '.'
	case '〜', '∼':
		return '~'
	}
	switch {
	case IsOpenBracket(r):
		return '('
	case IsCloseBracket(r):
		return ')'
	}
	return 0
}

// foldZeros writes 〇 for 零 beside a numeral and for the runs of o and 0 that
// follow a numeral and are not part of a word or a number.
func foldZeros(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 16)
	left := false // the last thing written is a Chinese numeral
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '零':
			next, _ := utf8.DecodeRuneInString(s[i+size:])
			if left || isNumeralRune(next) {
				r = '〇'
			}
		case left && (r == 'o' || r == '0'):
			n := zeroRun(s[i:])
			if n == 0 {
				break
			}
			b.WriteString(strings.Repeat("〇", n))
			i += n
			continue
		}
		b.WriteRune(r)
		left = r != '零' && isNumeralRune(r)
		i += size
	}
	return b.String()
}

// zeroRun returns the length of the o's and 0's at the start of s, 0 if a
// letter or a digit follows them.
func zeroRun(s string) int {
	n := 0
	for n < len(s) && (s[n] == 'o' || s[n] == '0') {
		n++
	}
	if n < len(s) && isAlnum(s[n]) {
		return 0
	}
	return n
}

func isAlnum(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// isNumeralRune reports whether r is a character Chinese numerals are made of.
func isNumeralRune(r rune) bool { return digitOf(r) >= 0 || unitOf(r) > 0 || r == '廿' || r == '卅' }
