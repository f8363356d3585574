package scan

import (
	"strings"
	"unicode/utf8"
)

// What a line may hold, by its characters: looking at each once is cheap, the
// patterns are not.
const (
	hasHome   = 1 << iota // 住, 址 …
	hasDoor               // 号, 栋 …
	hasPerson             // a word without which nothing that persons looks for is said
	hasSecret             // 密
	mayBegin              // the first character of a pair of which such a word is made
	maySay                // the second one
	isDigit
)

// triggers has the flags of each character.
var triggers = func() *[0x10000]uint8 {
	var t [0x10000]uint8
	for flag, chars := range map[uint8]string{
		hasHome:   "住址籍在",
		hasDoor:   "号栋幢室组座楼弄层附元",
		hasPerson: "患症癌炎@",
		hasSecret: "密",
		isDigit:   "0123456789０１２３４５６７８９",
	} {
		for _, r := range chars {
			t[r] |= flag
		}
	}
	for pair := range personal {
		t[pair>>16] |= mayBegin
		t[pair&0xffff] |= maySay
	}
	return &t
}()

// personal are the pairs of characters of the words that persons looks for: the
// first in the upper half.
var personal = func() map[uint32]bool {
	out := map[uint32]bool{}
	for _, w := range strings.Fields(`残疾 低保 特困 致贫 障金 救助 确诊 服刑 刑满 戒毒 病） 病) 病， 监护 未成 就读 年级 学生 儿童 幼儿 小班 中班 大班 小学 初中 孤儿 车牌 号牌 牌照 动车 汽车 驾驶`) {
		r := []rune(w)
		out[uint32(r[0])<<16|uint32(r[1])] = true
	}
	return out
}()

// looksOf returns what a line may hold, and how many digits it has.
func looksOf(s string) (f uint8, digits int) {
	last := uint8(0) // of the character before
	for i := 0; i < len(s); {
		c, start := s[i], i
		r := rune(c)
		switch {
		case c < utf8.RuneSelf:
			i++
		case c > 0xE0 && c <= 0xEF && c != 0xED && i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80:
			r = rune(c&0x0F)<<12 | rune(s[i+1]&0x3F)<<6 | rune(s[i+2]&0x3F)
			i += 3
		default:
			d, size := digit(s[i:])
			if d != 0 {
				digits++
			}
			r, _ = utf8.DecodeRuneInString(s[i:])
			i += size
			if r >= 0x10000 {
				last = triggers[r&0xffff]
				continue
			}
		}
		t := triggers[r]
		f |= t &^ isDigit
		if t&isDigit != 0 {
			digits++
		}
		if t&maySay != 0 && last&mayBegin != 0 && f&hasPerson == 0 && saysPerson(s[:start], r) {
			f |= hasPerson
		}
		last = t
	}
	return f, digits
}

// saysPerson reports whether a text that a character follows ends in one of
// personal with it.
func saysPerson(before string, r rune) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	return personal[uint32(last&0xffff)<<16|uint32(r)]
}
