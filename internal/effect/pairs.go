package effect

import (
	"strings"
	"unicode/utf8"
)

// A pairs is a set of words of two characters. Asking whether a text has one of
// them is cheap, and patterns of which each match has one are not.
type pairs struct {
	words map[uint32]bool // the first character in the upper half
	ends  [0x5200]bool    // second characters, from U+4E00
}

// pairsOf returns the set of the words of a list, all of which must be of two
// characters of the first plane, the second between U+4E00 and U+9FFF.
func pairsOf(list string) *pairs {
	p := &pairs{words: map[uint32]bool{}}
	for _, w := range strings.Fields(list) {
		r := []rune(w)
		p.words[uint32(r[0])<<16|uint32(r[1])] = true
		p.ends[r[1]-0x4e00] = true
	}
	return p
}

// in reports whether a text has one of the words.
func (p *pairs) in(s string) bool {
	last := rune(0)
	for _, r := range s {
		if r >= 0x4e00 && r < 0xa000 && p.ends[r-0x4e00] && last < 0x10000 && p.words[uint32(last)<<16|uint32(r)] {
			return true
		}
		last = r
	}
	return false
}

var (
	// What undecided matches has one of these.
	undecidedPairs = pairsOf(`征求 见稿 草案 初稿 论稿 审稿 订稿 议稿 代拟 改稿 听证 预公 请示 议案 解读 图解 节选 样式 格式 范文 台账 作计 法计 定计
		整改 任务 听取 法意 法协 风险 评估 公示 说明 汇编 摘录 报告 纪要 情况 通报 声明 要点 会议 关材 答复 复函 模板 期间 春节 国庆 先行 暂时 于更 问答 止计`)
	// What extendVerb matches has one of these.
	extendPairs = pairsOf(`继续 延长 延期 续延 延续 顺延 延至 展期 续期 整为 整至 更为 更至`)
)

// heads has a bit for each character that actions begin with, from U+4E00, and
// headOf the bit of each action.
var heads, headOf = func() (t [0x5200]uint16, of []uint16) {
	next := uint16(1)
	for _, a := range actions {
		r, _ := utf8.DecodeRuneInString(a.word)
		if t[r-0x4e00] == 0 {
			t[r-0x4e00], next = next, next<<1
		}
		of = append(of, t[r-0x4e00])
	}
	return t, of
}()

// headsIn returns the bits of the actions that a text may have.
func headsIn(s string) uint16 {
	var may uint16
	for _, r := range s {
		if r >= 0x4e00 && r < 0xa000 {
			may |= heads[r-0x4e00]
		}
	}
	return may
}
