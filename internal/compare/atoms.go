package compare

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"gongbao/internal/zh"
)

// A folded text is the text as it is compared: one key a character that
// counts, with the place where it begins in the text. What does not count,
// white space and punctuation, belongs to the character before it.
type folded struct {
	text string
	keys []rune
	at   []int // bytes; at[i] is where keys[i] begins
}

// numberKey is above all characters: the number of an article is one key, so
// that 第十二条 and 第12条 are equal.
const numberKey = unicode.MaxRune + 1

// maxNumber is above the number of any article; greater ones are digits.
const maxNumber = 1 << 20

// fold takes a text apart. Each character is folded as zh.Fold folds it.
func fold(s string) folded {
	f := folded{text: s, keys: make([]rune, 0, len(s)/3), at: make([]int, 0, len(s)/3)}
	last := rune(-1) // the character before, white space left out
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case zh.IsSpace(r):
			i += size
			continue
		case r == '第':
			if n, end := ordinal(s, i+size); end > 0 {
				f.add(r, i)
				f.add(numberKey+rune(n), i+size)
				i, last = end, '一'
				continue
			}
			f.add(r, i)
		case r >= 0x4E00 && r <= 0x9FFF && r != '零':
			f.add(r, i)
		default:
			f.mark(r, i, last, s[i+size:])
		}
		last = r
		i += size
	}
	return f
}

func (f *folded) add(key rune, at int) {
	f.keys = append(f.keys, key)
	f.at = append(f.at, at)
}

// mark adds a character that is not plain Han, unless it does not count.
func (f *folded) mark(r rune, at int, last rune, rest string) {
	next, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(rest, zh.IsSpace))
	switch {
	case strings.ContainsRune("<>＜＞", r) && isDigit(next):
		f.add(r, at) // less than, not a bracket
		return
	case (r == '零' || r == '〇' || r == '○' || r == '◯') && (isNumeral(last) || isNumeral(next)):
		f.add('〇', at)
		return
	}
	for _, k := range zh.Fold(string(r)) {
		switch {
		case k == '-' && !isDigit(next) || k == '-' && len(f.keys) > 0 && f.keys[len(f.keys)-1] == '-':
		case k != '-' && idle(k) && !(isNumeral(last) && isNumeral(next)):
		default:
			f.add(k, at)
		}
	}
}

// idle reports whether a folded mark carries no meaning of its own. Between
// numerals it does: 1.5, 三、五.
func idle(r rune) bool { return strings.ContainsRune(`,、.;:!?"《》()·…~`, r) }

func isDigit(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }

// isNumeral reports whether numbers are made of r.
func isNumeral(r rune) bool {
	return isDigit(r) || strings.ContainsRune("〇○零一二三四五六七八九十百千万亿两", r)
}

// ordinal reads the number between 第 and 条, 款, 项 …; end is where it ends, 0 if
// there is none.
func ordinal(s string, at int) (n, end int) {
	at += blank(s[at:])
	n, size := zh.ParseNumeral(s[at:])
	if size == 0 || n >= maxNumber {
		return 0, 0
	}
	end = at + size
	end += blank(s[end:])
	if r, _ := utf8.DecodeRuneInString(s[end:]); !strings.ContainsRune("条款项目章节编", r) || r == utf8.RuneError {
		return 0, 0
	}
	return n, end
}

func blank(s string) int { return len(s) - len(strings.TrimLeftFunc(s, zh.IsSpace)) }

// slice returns the text of keys i to j, with what does not count after them.
// The first stretch has also what stands before it.
func (f folded) slice(i, j int) string { return f.text[f.start(i):f.start(j)] }

// rest is the text from key i on.
func (f folded) rest(i int) string {
	if i == len(f.keys) && i > 0 {
		return ""
	}
	return f.text[f.start(i):]
}

func (f folded) start(i int) int {
	switch {
	case i == 0:
		return 0
	case i == len(f.keys):
		return len(f.text)
	}
	return f.at[i]
}

// breaks reports how good a place before key i is for an edit to begin or end
// at: 2 at the ends and where punctuation stands, else 0.
func (f folded) breaks(i int) int {
	if i == 0 || i == len(f.keys) {
		return 2
	}
	_, size := utf8.DecodeRuneInString(f.text[f.at[i-1]:])
	if f.keys[i-1] < numberKey && f.at[i]-f.at[i-1] > size {
		return 2
	}
	return 0
}

// word reports whether key i is part of a word that is not cut: digits and
// letters, or a Chinese numeral.
func (f folded) word(i int) bool {
	k := f.keys[i]
	return k >= numberKey || isNumeral(k) || k < utf8.RuneSelf && (unicode.IsLetter(k) || k == '.' || k == '%' || k == '-')
}
