package zh

import (
	"strings"
	"unicode/utf8"
)

// CollapseSpace returns s without the white space that typing and scanning
// leave in Chinese text: none at the ends, none between two characters of the
// Chinese grid (Han, Chinese punctuation), one space elsewhere. Invisible
// characters go without a space in their place. Between Han and Latin or
// digits one space is kept, as some write it so on purpose.
func CollapseSpace(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	last, gap := rune(-1), false
	for _, r := range s {
		if IsSpace(r) {
			gap = gap || !isInvisible(r)
			continue
		}
		if gap && last >= 0 && !(isCJK(last) && isCJK(r)) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last, gap = r, false
	}
	return b.String()
}

// JoinLines joins the lines of one paragraph that was broken by hand or by a
// scanner. Each line loses the white space at its ends; empty lines vanish.
// Where two lines meet, a space is put only between two characters that are
// both outside the Chinese grid: between Latin words and numbers, never beside Han.
func JoinLines(lines []string) string {
	var b strings.Builder
	last := rune(-1)
	for _, line := range lines {
		line = strings.TrimFunc(line, IsSpace)
		if line == "" {
			continue
		}
		first, _ := utf8.DecodeRuneInString(line)
		if last >= 0 && !isCJK(last) && !isCJK(first) {
			b.WriteByte(' ')
		}
		b.WriteString(line)
		last, _ = utf8.DecodeLastRuneInString(line)
	}
	return b.String()
}
