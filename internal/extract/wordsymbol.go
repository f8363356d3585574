package extract

import (
	"fmt"
	"strings"
)

// wordSymbols are the characters of symbol typefaces by their code, as far as
// they stand in office files: boxes, ticks, bullets, arrows, Greek letters.
// What is missing is ornament. Numbers in circles are in wordCircles.
var wordSymbols = map[string]map[rune]rune{
	"wingdings": {
		'!': '✎', '"': '✂', '(': '☎', '*': '✉', 'E': '☜', 'F': '☞', 'l': '●', 'm': '○', 'n': '■', 'o': '□', 'p': '□', 'q': '□', 'r': '□',
		's': '◆', 't': '◆', 'u': '◆', 'v': '❖', 'w': '◆', 'x': '☒', 0x9E: '·', 0x9F: '•', 0xA0: '▪', 0xA1: '○', 0xA2: '○', 0xA4: '◉', 0xA5: '◎',
		0xA7: '▪', 0xA8: '□', 0xAA: '✦', 0xAB: '★', 0xAC: '✶', 0xD8: '➢', 0xDC: '➲', 0xDF: '←', 0xE0: '→', 0xE1: '↑', 0xE2: '↓', 0xE7: '←', 0xE8: '→',
		0xEF: '⇦', 0xF0: '⇨', 0xF1: '⇧', 0xF2: '⇩', 0xF3: '⇔', 0xFB: '✗', 0xFC: '✓', 0xFD: '☒', 0xFE: '☑',
	},
	"wingdings 2": {
		'O': '✗', 'P': '✓', 'Q': '☒', 'R': '☑', 'S': '☒', 'T': '☒', 0x97: '●', 0x98: '●', 0x99: '●', 0xA2: '■', 0xA3: '□',
	},
	"wingdings 3": {'p': '▲', 'q': '▼', 'r': '△', 's': '▽', 't': '◀', 'u': '▶', 'v': '◁', 'w': '▷', '}': '▶'},
	"webdings":    {'a': '✓', 'c': '□', 'g': '■', 'n': '●', 'r': '✗', '3': '◀', '4': '▶', '5': '▲', '6': '▼'},
	"symbol":      wordGreek(),
}

// wordCircles are where numbers in circles begin: code, character, how many.
var wordCircles = map[string][][3]rune{
	"wingdings":   {{0x80, '⓪', 1}, {0x81, '①', 10}, {0x8B, '⓿', 1}, {0x8C, '❶', 10}},
	"wingdings 2": {{0x69, '⓪', 1}, {0x6A, '①', 10}, {0x74, '⓿', 1}, {0x75, '❶', 10}},
}

// wordGreek is the encoding of the Symbol typeface.
func wordGreek() map[rune]rune {
	out := map[rune]rune{}
	for c := rune(' '); c < 0x7F; c++ {
		out[c] = c
	}
	put := func(at rune, s string) {
		for _, r := range s {
			out[at] = r
			at++
		}
	}
	put('A', "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ")
	put('a', "αβχδεφγηιϕκλμνοπθρστυϖωξψζ")
	put(0xA2, "′≤⁄∞")
	put(0xAB, "↔←↑→↓°±″≥×∝∂•÷≠≡≈…")
	put(0xC5, "⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓")
	out['"'], out['$'], out['\''], out['*'], out['-'], out['@'], out['\\'], out['^'], out['~'] = '∀', '∃', '∋', '∗', '−', '≅', '∴', '⊥', '∼'
	out[0xE5], out[0xF2] = '∑', '∫'
	return out
}

// symbolCode reports whether a character stands for a code of a typeface of
// symbols.
func symbolCode(c rune) bool { return c >= 0xF000 && c <= 0xF0FF }

// symbolOf is the character that a code of a typeface of symbols prints.
func symbolOf(font string, c rune) (rune, bool) {
	font = strings.ToLower(strings.TrimSpace(font))
	table := wordSymbols[font]
	if table == nil {
		return c, !symbolCode(c)
	}
	code := c
	if symbolCode(c) {
		code -= 0xF000
	} else if c > 0xFF {
		return c, true
	}
	for _, run := range wordCircles[font] {
		if code >= run[0] && code < run[0]+run[2] {
			return run[1] + code - run[0], true
		}
	}
	s, ok := table[code]
	return s, ok
}

// symbol is the text of a character of a typeface of symbols; one that is not
// known is a problem, and stands there as such.
func (r *wordReader) symbol(font string, c rune) string {
	if s, ok := symbolOf(font, c); ok && s >= ' ' {
		return string(s)
	}
	r.problem(Encoding, fmt.Sprintf("%s %04X", font, c), r.line)
	return "\uFFFD"
}

// fontOf is the typeface that run properties name for characters other than
// Chinese.
func fontOf(props *wordNode) string {
	fonts := props.child("w:rFonts")
	if s := fonts.attr("w:ascii"); s != "" {
		return s
	}
	return fonts.attr("w:hAnsi")
}
