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
	parsed     bool
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
	if strings.Contains(s.text, "号") {
		s.numbers = gazette.FindNumbers(s.text)
	}
	s.dates = zh.FindDates(s.text)
}

// triggers are characters of which every statement has one: 施 废 效 止 and so on.
var triggers = func() (t [0x5200]bool) {
	for _, r := range "施废效止执试延正改删暂起据彻再续" {
		t[r-0x4e00] = true
	}
	return t
}()

// mayState reports whether a text has a triggering character.
func mayState(s string) bool {
	for i := 0; i+2 < len(s); {
		c := s[i]
		if c < 0xe4 || c > 0xe9 {
			i++
			continue
		}
		r := rune(c&0x0f)<<12 | rune(s[i+1]&0x3f)<<6 | rune(s[i+2]&0x3f)
		if r >= 0x4e00 && triggers[r-0x4e00] {
			return true
		}
		i += 3
	}
	return false
}

// sentences cuts a text at 。！？ and line ends, and at ； and ;. Marks inside
// titles, brackets and quotations do not cut.
func sentences(text string, line int, anchor string, f func(*sentence)) {
	mask, titles := blot(text)
	start := 0
	emit := func(end int) {
		if !mayState(text[start:end]) && !strings.Contains(text[start:end], "《") {
			start = end
			return
		}
		s := &sentence{text: text[start:end], mask: mask[start:end], line: line, anchor: anchor}
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
				stack = append(stack, open{closer[r], i + w})
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

var closer = map[rune]rune{'（': '）', '(': '）', '〔': '〕', '[': '〕'}

func same(want, r rune) bool {
	switch r {
	case ')':
		r = '）'
	case ']':
		r = '〕'
	}
	return want == r
}

// clauses are the stretches between ，, 、 does not cut.
func clauseStart(mask string, at int) int {
	i := strings.LastIndexAny(mask[:at], "，,：:；;。")
	if i < 0 {
		return 0
	}
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

// runes counts the characters of a mask that are not blotted out.
func runes(mask string) int {
	return utf8.RuneCountInString(mask) - strings.Count(mask, string(blotted))
}

func trimSpace(s string) string { return strings.TrimFunc(s, zh.IsSpace) }
