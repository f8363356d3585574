package effect

import (
	"strings"
	"unicode/utf8"

	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/zh"
)

// A sentence is one sentence of a block. mask is the text of the same length
// in bytes in which the insides of 《》, of brackets and of quotation marks are
// blotted out, so that words are sought only where the sentence itself speaks.
type sentence struct {
	text, mask string
	titles     []markup.TitleMatch
	numbers    []gazette.NumberMatch
	dates      []zh.DateMatch
	line       int
	anchor     string
	signs      sign
	parsed     bool
	judged     bool // plain is decided
	plain      bool // only clauses of known form
	named      bool
	found      []target          // once named
	grounds    []bool            // of found: it is what the sentence rests on
	borrowed   []target          // of the sentences before, where this one says 该办法, 上述文件
	clean      bool              // of a decision that sorts documents
	isOwn      func(string) bool // whether a title is that of the text itself
	short      map[string]target // short names that the text gave before
	listed     bool              // borrowed are the items of a list, and 上述文件 means all of them
}

func (s *sentence) place() Place {
	return Place{Quote: strings.TrimFunc(s.text, zh.IsSpace), Line: s.line, Anchor: s.anchor}
}

// parse finds titles, numbers and dates, once.
func (s *sentence) parse() {
	if s.parsed {
		return
	}
	s.parsed = true
	if zh.Contains(s.text, "号") {
		s.numbers = gazette.FindNumbers(s.text)
	}
	s.dates = zh.FindDates(s.text)
}

// A sign says what a text may state, from its words alone: nearly all sentences
// of a law have none and are not looked at any further.
type sign uint8

const (
	startSign sign = 1 << iota // 起施行, 日实施, 后执行: a first day
	spanSign                   // 有效期, 试行期, 至…止: a length or a last day
	actSign                    // 废止, 失效, 停止执行, 延长, 修改为 …: something is done to a document
	nameSign                   // 《 or 号: a document may be named
	basisSign                  // 制定, 贯彻 …: the ground may be named
	listSign                   // 下列, 以下, 未列入: documents may be listed
)

// looks are the characters at which signs looks closer, and befores those of which
// one must stand before them, but for 延 and 暂.
var looks, befores = runeSet("《行施效期间止废再续复正改去除准长至缓号列纳下定彻实如延暂替代整更"), runeSet("施执试实暂生起失有时效行策到用划废停终中调变替代取作不继延恢更删为修下未以如制决贯落")

func runeSet(list string) *[0x10000]bool {
	var t [0x10000]bool
	for _, r := range list {
		t[r] = true
	}
	return &t
}

// signs reads the signs of a text in one pass. last is the character before, where
// it has three bytes.
func signs(s string) sign {
	var out sign
	last := rune(0)
	for i := 0; i < len(s); {
		c := s[i]
		if c < 0xe3 || c > 0xe9 || i+2 >= len(s) {
			last = 0
			i++
			continue
		}
		r := rune(c&0x0f)<<12 | rune(s[i+1]&0x3f)<<6 | rune(s[i+2]&0x3f)
		if looks[r] {
			switch {
			case r == '《', r == '号':
				out |= nameSign
			case r == '延', r == '暂':
				out |= actSign
			case befores[last]:
				pp, _ := utf8.DecodeLastRuneInString(s[:i-3])
				out |= closer(r, last, pp)
			}
		}
		last = r
		i += 3
	}
	return out
}

// closer tells what a character means behind the two before it.
func closer(r, p, pp rune) sign {
	switch r {
	case '行', '施', '效':
		if r == '行' && (p == '施' || p == '执' || p == '试' || p == '实' || p == '暂') || r == '施' && p == '实' || r == '效' && (p == '生' || p == '起') {
			if beforeStart(pp) {
				return startSign
			}
		}
		switch {
		case r == '行' && (p == '施' || p == '执') && (pp == '止' || pp == '再' || pp == '停' || pp == '缓' || pp == '续' || pp == '复' || pp == '不'), r == '效' && p == '失':
			return actSign
		case r == '效' && p == '时', r == '效' && p == '有' && pp == '内', r == '效' && p == '有' && pp == '间':
			return spanSign
		}
	case '期':
		if p == '效' || p == '行' || p == '施' || p == '策' || p == '到' || p == '用' || p == '划' {
			return spanSign
		}
	case '间':
		if p == '时' && (pp == '行' || pp == '施') {
			return spanSign
		}
	case '止':
		if p == '废' || p == '停' || p == '终' || p == '中' {
			return actSign
		}
	case '废', '再', '续', '复', '正', '去', '除', '准', '长', '延', '暂', '改', '替', '代', '整', '更':
		switch {
		case r == '整' && p == '调', r == '更' && p == '变', r == '替' && p == '代', r == '代' && (p == '替' || p == '取'):
			return actSign
		case r == '废' && p == '作', r == '再' && p == '不', r == '续' && (p == '继' || p == '延'), r == '复' && p == '恢', r == '正' && p == '更',
			r == '去' && p == '删', r == '除' && p == '删', r == '准' && p == '为', r == '长' && p == '延', r == '延', r == '暂', r == '改' && p == '修':
			return actSign
		}
	case '列', '纳', '下', '如':
		if r == '列' && (p == '下' || p == '未') || r == '纳' && p == '未' || r == '下' && (p == '以' || p == '如') {
			return listSign
		}
	case '定', '彻', '实':
		if r == '定' && (p == '制' || p == '决') || r == '彻' && p == '贯' || r == '实' && p == '落' {
			return basisSign
		}
	}
	return 0
}

// beforeStart reports whether a character may stand before 施行 where it is the verb of
// a first day.
func beforeStart(r rune) bool {
	switch r {
	case '起', '日', '后', '止', '式', '始', '间', '，', ',', '步', '一', '面', '时', '同', '且', '、', ' ', '　', ':', '：', '策', '法', '知', '则', '见', '告', '程', '定', '施', '案', '例', '范', '令', '划', '准', '章', '度', '录', '单', '函', '引', '件', '暂':
		return true
	}
	return false
}

// sentences cuts a text at 。！？ and line ends, and at ； and ;. Marks inside
// titles, brackets and quotations do not cut.
func sentences(text string, line int, anchor string, f func(*sentence)) {
	mask, titles := blot(text)
	start := 0
	emit := func(end int) {
		g := signs(text[start:end])
		if g == 0 || end-start > longestSentence {
			start = end
			return
		}
		s := &sentence{text: text[start:end], mask: mask[start:end], line: line, anchor: anchor, signs: g}
		for _, t := range titles {
			if t.Start >= start && t.End <= end {
				s.titles = append(s.titles, markup.TitleMatch{Start: t.Start - start, End: t.End - start, Title: t.Title})
			}
		}
		f(s)
		start = end
	}
	for i := 0; i < len(mask); {
		r, w := rune(mask[i]), 1
		if r >= utf8.RuneSelf {
			r, w = utf8.DecodeRuneInString(mask[i:])
		}
		i += w
		switch r {
		case '。', '！', '？', '；', ';', '\n':
			emit(i)
		}
	}
	if start < len(text) {
		emit(len(text))
	}
}

const blotted = '\x01'

// blot returns the mask of a text, and its titles.
func blot(text string) (string, []markup.TitleMatch) {
	titles := markup.FindTitles(text)
	b := []byte(text)
	cover := func(from, to int) {
		for i := from; i < to; i++ {
			b[i] = blotted
		}
	}
	for _, t := range titles {
		cover(t.Start+len("《"), t.End-len("》"))
	}
	type open struct {
		close rune
		at    int
	}
	var stack []open
	for i := 0; i < len(b); {
		if b[i] == blotted {
			i++
			continue
		}
		r, w := utf8.DecodeRune(b[i:])
		switch r {
		case '（', '(', '〔', '[':
			if len(stack) < 8 {
				stack = append(stack, open{closing[r], i + w})
			}
		case '“':
			if len(stack) < 8 {
				stack = append(stack, open{'”', i + w})
			}
		case '）', ')', '〕', ']', '”':
			for k := len(stack) - 1; k >= 0; k-- {
				if same(stack[k].close, r) {
					if k == 0 {
						cover(stack[0].at, i)
					}
					stack = stack[:k]
					break
				}
			}
		case '\n':
			stack = stack[:0]
		}
		i += w
	}
	return string(b), titles
}

var closing = map[rune]rune{'（': '）', '(': '）', '〔': '〕', '[': '〕'}

func same(want, r rune) bool {
	switch r {
	case ')':
		r = '）'
	case ']':
		r = '〕'
	}
	return want == r
}

// longestClause bounds in bytes how far back a clause may begin.
const longestClause = 1500

// longestSentence is the length in bytes up to which a sentence is read: a
// list of hundreds of titles is shorter, and no sentence of a person is longer.
const longestSentence = 48 << 10

// clauses are the stretches between ，, 、 does not cut.
func clauseStart(mask string, at int) int {
	low := max(0, at-longestClause)
	i := strings.LastIndexAny(mask[low:at], "，,：:；;。")
	if i < 0 {
		return low
	}
	i += low
	_, w := utf8.DecodeRuneInString(mask[i:])
	return i + w
}

func clauseEnd(mask string, at int) int {
	if i := strings.IndexAny(mask[at:], "，,：:；;。\n"); i >= 0 {
		return at + i
	}
	return len(mask)
}

// before reports whether s ends in one of the words, and how long it is.
func endsIn(s string, words ...string) int {
	for _, w := range words {
		if strings.HasSuffix(s, w) {
			return len(w)
		}
	}
	return 0
}

func startsWith(s string, words ...string) int {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return len(w)
		}
	}
	return 0
}

// skipWords drops words from the beginning of s as long as one stands there.
func skipWords(s string, words ...string) string {
	for n := startsWith(s, words...); n > 0; n = startsWith(s, words...) {
		s = s[n:]
	}
	return s
}

// runes counts the characters of a mask that are not blotted out.
func runes(mask string) int {
	return utf8.RuneCountInString(mask) - strings.Count(mask, string(blotted))
}

func trimSpace(s string) string { return strings.TrimFunc(s, zh.IsSpace) }
