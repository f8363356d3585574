package typeset

import (
	"strings"
	"unicode"
)

// A class says how a character behaves at the ends of a line.
type class uint8

const (
	han    class = iota // may begin and end a line
	open                // may not end one: opening brackets and quotes
	closer              // may not begin one: closing brackets and quotes
	stop                // may not begin one, and may hang: 。，、
	mark                // may not begin one: ；：！？
	middle              // may not begin one, has white on both sides: · ～
	dash                // is not parted from its like: ——
	dots                // likewise, and may not begin a line: ……
	word                // Latin letters, digits and what stands within words
	post                // is not parted from the number before it: % ℃
	blank               // vanishes at the ends of a line
	glue                // a space at which no line ends
	joiner              // forbids a break; not printed
	wish                // a good place to break; not printed
	attach              // combining marks
)

func classOf(r rune) class {
	switch {
	case r >= 0x4e00 && r <= 0x9fff:
		return han
	case r < 0x80:
		return latinClass(r)
	}
	switch r {
	case '（', '《', '〈', '「', '『', '【', '〔', '［', '｛', '“', '‘', '〖', '￥', '＄', '£', '¥', '〝', '﹙', '«':
		return open
	case '）', '》', '〉', '」', '』', '】', '〕', '］', '｝', '”', '’', '〗', '〞', '﹚', '»':
		return closer
	case '。', '，', '、', '．':
		return stop
	case '；', '：', '！', '？', '‼', '⁇', '⁈', '⁉':
		return mark
	case '·', '・', '‧', '•', '～', '〜', '－', '–', '‐', '／':
		return middle
	case '—', '―', '⸺', '─', '━':
		return dash
	case '…', '⋯', '‥':
		return dots
	case '％', '‰', '℃', '°', '′', '″', '℉', '‱', '²', '³', '¹':
		return post
	case 0x3000, 0x85, 0x2028, 0x2029, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2008, 0x2009, 0x200a, 0x205f:
		return blank
	case 0xa0, 0x202f, 0x2007:
		return glue
	case 0x2060, 0x200d, 0xfeff:
		return joiner
	case 0x200b:
		return wish
	}
	switch {
	case r < 0x250, r >= 0x370 && r < 0x530, r >= 0x1e00 && r < 0x2000:
		return word
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc):
		return attach
	}
	return han
}

func latinClass(r rune) class {
	switch {
	case r <= ' ' || r == 0x7f:
		return blank
	case r == '(' || r == '[' || r == '{' || r == '$':
		return open
	case r == ')' || r == ']' || r == '}' || r == ',' || r == '!' || r == '?' || r == ';' || r == ':' || r == '.':
		return closer
	case r == '%':
		return post
	}
	return word
}

func digit(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }

func letter(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' }

// begins reports whether a glyph may begin a line.
func (g *glyph) begins() bool {
	switch g.class {
	case closer, stop, mark, middle, dots, post, joiner, glue, attach, wish, blank:
		return false
	}
	return !g.raised // the mark of a footnote stays with its word
}

// breakable reports whether a line may end between two neighbours. before is
// what stands before a where a is a wish, else a itself.
func breakable(before, a, b *glyph) bool {
	switch {
	case !b.begins(), before.class == open, before.class == joiner, before.class == glue, before.r == '／':
		return false
	case a.class == wish:
		return before != a
	case a.class == blank:
		return true
	case a.class == dash && b.class == dash:
		return false
	case digit(b.r) && (a.r == '第' || a.r == '〕' || a.r == ']'): // 〔2023〕12号
		return false
	}
	return !(latin(a) && latin(b))
}

// breaks finds where lines may end.
func breaks(gs []glyph) {
	before := 0 // the last that is no wish
	opened := false
	for i := range gs[:max(0, len(gs)-1)] {
		a, b := &gs[i], &gs[i+1]
		if a.class != wish {
			before = i
		}
		if a.class != blank {
			opened = a.class == open
		}
		a.last = !opened && breakable(&gs[before], a, b)
		if b.class == dash && a.class != dash && b.r != '⸺' && (i+2 == len(gs) || gs[i+2].class != dash) {
			a.last = false // 连接号 never begins a line, GB/T 15834-2011, 5.1
		}
	}
}

// latin reports what belongs to a Latin word or number when something Latin
// follows: 3.5, km/h, e-mail, (a).
func latin(g *glyph) bool {
	return g.class == word || g.r < 0x80 && g.class != blank || g.class == post || digit(g.r)
}

// units are what is counted: a line does not end between a number and its unit.
var units = strings.Fields(`周岁 周年 学时 课时 海里 平米 立方 平方公里 平方千米 平方米 平方厘米 立方米 立方厘米 千瓦时 公里 公斤 公顷 公分 千克 千米 千瓦 毫米 毫升 毫克 厘米 分米 分钟 小时
	个月 个工作日 个百分点 工作日 摄氏度 百分点 人次 元 年 月 日 天 周 时 分 秒 米 克 吨 升 亩 里 斤 件 个 号 条 款 项 岁 人 次 倍 期 家 户 宗 台 套 处 座 名 所 级 类 页 份 位 批 版 届 章 节 编 目 幢 栋 层 楼 成 度 瓦 伏 安 只 头 辆 艘 株 场 轮 例 册 本 张`)

// counts are Chinese figures between a number and its unit: 300万元.
const counts = "十百千万亿余多"

// unitLength returns how many of the characters after a number belong to it.
func unitLength(after []glyph) int {
	n := 0
	for n < len(after) && strings.ContainsRune(counts, after[n].r) {
		n++
	}
	for _, u := range units {
		if m := hasPrefix(after[n:], u); m > 0 {
			return n + m
		}
	}
	return n
}

// latinUnit returns the length of a unit like km or MPa behind a number.
func latinUnit(after []glyph) int {
	n := 0
	for n < len(after) && latin(&after[n]) {
		if n++; n > 4 {
			return 0
		}
	}
	return n
}

func hasPrefix(gs []glyph, s string) int {
	n := 0
	for _, r := range s {
		if n >= len(gs) || gs[n].r != r {
			return 0
		}
		n++
	}
	return n
}
