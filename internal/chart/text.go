// Package chart lays pictures of data out: bars, columns, and the documents
// around one document. It knows places and lengths, neither pages nor words:
// whoever draws them brings both. Everything is counted in whole numbers, so that
// the same data give the same picture on every machine.
package chart

import (
	"strings"
	"unicode"
)

// Em is the width of a full character in Width.
const Em = 1000

// Width is how wide a text is at most, in thousandths of its size. Fonts are not
// known: what is not ASCII counts as a full character, Latin letters as wide
// ones.
func Width(s string) int {
	w := 0
	for _, r := range s {
		w += runeWidth(r)
	}
	return w
}

func runeWidth(r rune) int {
	switch {
	case r >= 0x80:
		return Em
	case strings.ContainsRune("mwMW@%&", r):
		return 950
	case r >= 'A' && r <= 'Z':
		return 780
	}
	return 620
}

// Ellipsis stands where a text is cut.
const Ellipsis = "…"

// Wrap breaks a text into at most n lines of a width in thousandths of its size.
// What does not fit is cut, with an ellipsis. Control characters count as spaces.
// No line begins or ends with a mark that must not stand there, where one step back
// helps.
func Wrap(s string, width, n int) []string {
	lines, _ := wrap(s, width, n)
	return lines
}

// wrap also reports whether the whole text is in the lines.
func wrap(s string, width, n int) (lines []string, whole bool) {
	rs := []rune(strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " "))
	for len(rs) > 0 && len(lines) < n {
		end, w := 0, 0
		for end < len(rs) && w+runeWidth(rs[end]) <= width {
			w += runeWidth(rs[end])
			end++
		}
		end = max(end, 1)
		if end < len(rs) && len(lines) == n-1 {
			for end > 0 && Width(string(rs[:end])+Ellipsis) > width {
				end--
			}
			return append(lines, strings.TrimRight(string(rs[:end]), " ")+Ellipsis), false
		}
		if end < len(rs) && end > 2 && (noStart(rs[end]) || noEnd(rs[end-1])) {
			end--
		}
		lines = append(lines, strings.TrimSpace(string(rs[:end])))
		rs = rs[end:]
		for len(rs) > 0 && rs[0] == ' ' {
			rs = rs[1:]
		}
	}
	return lines, true
}

// noStart reports whether no line may begin with a mark (GB/T 15834).
func noStart(r rune) bool {
	return strings.ContainsRune("，。、；：！？）〕》〉”’】…)]", r)
}

func noEnd(r rune) bool { return strings.ContainsRune("（〔《〈“‘【([", r) }
