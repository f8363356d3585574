package extract

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	wordLevels   = 9
	wordPattern  = 120    // bytes of the pattern of a number
	wordHighest  = 32_767 // number that a list reaches
	wordNumStyle = 4      // lists that stand for another list
)

// A wordLevel is a level of a list: 第%1条.
type wordLevel struct {
	start   int
	format  string
	custom  int // digits of a custom format, 001
	pattern string
	suffix  string // tab, space or nothing
	restart int    // the level, from 1, after which it begins anew; 0 never, -1 any above
	legal   bool   // all numbers in decimal digits
	style   string // of paragraphs that are of this level
	font    string // of a bullet
	picture bool   // the bullet is a picture
	said    bool
}

// A wordList is a list as defined (w:abstractNum): its levels, and how far
// they have counted.
type wordList struct {
	levels [wordLevels]wordLevel
	link   string // the style that has the levels
	count  [wordLevels]int
	begun  [wordLevels]bool
}

// A wordNum is a list as used (w:num).
type wordNum struct {
	list   *wordList
	levels [wordLevels]*wordLevel // that replace those of the list
	starts [wordLevels]int        // plus one; begins anew with it at its first use
}

// wordNumbers are the lists of a file.
type wordNumbers map[string]*wordNum

func readNumbers(root *wordNode, styles wordStyles) wordNumbers {
	out := wordNumbers{}
	if root == nil {
		return out
	}
	lists := map[string]*wordList{}
	for n := root.first; n != nil; n = n.next {
		switch n.name {
		case "w:abstractNum":
			l := &wordList{link: n.val("w:numStyleLink")}
			for k := n.first; k != nil; k = k.next {
				if i, ok := levelOf(k); ok && k.name == "w:lvl" {
					l.levels[i] = readLevel(k, i)
				}
			}
			lists[n.attr("w:abstractNumId")] = l
		case "w:num":
			num := &wordNum{list: lists[n.val("w:abstractNumId")]}
			for k := n.first; k != nil; k = k.next {
				num.override(k)
			}
			if num.list != nil {
				out[n.attr("w:numId")] = num
			}
		}
	}
	first := map[string]*wordList{} // lists before links are followed
	for id, num := range out {
		first[id] = num.list
	}
	for _, num := range out {
		for range wordNumStyle {
			if to := first[styles.form(num.list.link).num]; num.list.link != "" && to != nil {
				num.list = to
			}
		}
	}
	return out
}

// override reads w:lvlOverride.
func (num *wordNum) override(n *wordNode) {
	i, ok := levelOf(n)
	if !ok || n.name != "w:lvlOverride" {
		return
	}
	if l := n.child("w:lvl"); l != nil {
		level := readLevel(l, i)
		num.levels[i] = &level
	}
	if v, ok := listNumber(n.val("w:startOverride")); ok {
		num.starts[i] = v + 1
	}
}

func levelOf(n *wordNode) (int, bool) {
	i, err := strconv.Atoi(n.attr("w:ilvl"))
	return i, err == nil && i >= 0 && i < wordLevels
}

func listNumber(s string) (int, bool) {
	v, err := strconv.Atoi(s)
	return min(max(v, 0), wordHighest), err == nil
}

func readLevel(n *wordNode, i int) wordLevel {
	l := wordLevel{format: "decimal", suffix: "tab", restart: -1, said: true}
	if v, ok := listNumber(n.val("w:start")); ok {
		l.start = v
	}
	format := n.child("w:numFmt")
	if format == nil {
		format = n.child("mc:AlternateContent").child("mc:Choice").child("w:numFmt")
	}
	if format != nil {
		l.format = format.attr("w:val")
		if first, _, _ := strings.Cut(format.attr("w:format"), ","); l.format == "custom" {
			l.custom = min(len(first), 9)
		}
	}
	if v, ok := listNumber(n.val("w:lvlRestart")); ok && v <= i {
		l.restart = v
	}
	if s := n.val("w:suff"); s != "" {
		l.suffix = s
	}
	text := n.child("w:lvlText")
	if l.pattern = text.attr("w:val"); len(l.pattern) > wordPattern {
		l.pattern = strings.ToValidUTF8(l.pattern[:wordPattern], "")
	}
	l.legal = toggled(n.child("w:isLgl")) == turnedOn
	l.style = n.val("w:pStyle")
	l.font = fontOf(n.child("w:rPr"))
	l.picture = n.child("w:lvlPicBulletId") != nil
	return l
}

// level is the level as used here.
func (num *wordNum) level(i int) *wordLevel {
	if l := num.levels[i]; l != nil {
		return l
	}
	return &num.list.levels[i]
}

// next counts a paragraph of the form and returns its number, "" for none.
func (ns wordNumbers) next(f wordForm) (text, suffix string) {
	num := ns[f.num]
	if num == nil {
		return "", ""
	}
	at := f.level - 1
	if at < 0 {
		at = num.levelOfStyle(f.numStyle)
	}
	l := num.level(at)
	if !l.said {
		return "", ""
	}
	num.count(at)
	if l.format == "bullet" {
		return l.bullet(), l.suffix
	}
	return num.print(l), l.suffix
}

func (num *wordNum) levelOfStyle(style string) int {
	for i := range wordLevels {
		if style != "" && num.level(i).style == style {
			return i
		}
	}
	return 0
}

// count steps the level and resets those below. Levels above that did not
// begin count as begun with their first number.
func (num *wordNum) count(at int) {
	list := num.list
	for i := range at {
		if !list.begun[i] {
			list.count[i], list.begun[i] = num.level(i).start, true
		}
	}
	switch {
	case num.starts[at] > 0:
		list.count[at], num.starts[at] = num.starts[at]-1, 0
	case !list.begun[at]:
		list.count[at] = num.level(at).start
	default:
		list.count[at] = min(list.count[at]+1, wordHighest)
	}
	list.begun[at] = true
	for i := at + 1; i < wordLevels; i++ {
		if r := num.level(i).restart; r < 0 || r > at {
			list.begun[i] = false
		}
	}
}

// print puts the numbers into the pattern of a level.
func (num *wordNum) print(l *wordLevel) string {
	if !strings.Contains(l.pattern, "%") {
		return l.pattern
	}
	var b strings.Builder
	for i := 0; i < len(l.pattern); i++ {
		c := l.pattern[i]
		if c != '%' || i+1 == len(l.pattern) || l.pattern[i+1] < '1' || l.pattern[i+1] > '9' {
			b.WriteByte(c)
			continue
		}
		i++
		at := int(l.pattern[i] - '1')
		level, n := num.level(at), num.list.count[at]
		switch {
		case l.legal:
			b.WriteString(strconv.Itoa(n))
		case level.format == "custom":
			s := strconv.Itoa(n)
			b.WriteString(strings.Repeat("0", max(0, level.custom-len(s))) + s)
		default:
			b.WriteString(wordNumeral(level.format, n))
		}
	}
	return b.String()
}

// bullet is the sign of a level that does not count.
func (l *wordLevel) bullet() string {
	if l.picture {
		return "•"
	}
	var b strings.Builder
	for _, r := range l.pattern {
		if s, ok := symbolOf(l.font, r); ok {
			b.WriteRune(s)
		} else {
			b.WriteString("•")
		}
	}
	return b.String()
}

// numberGap is what stands between a number and its text: nothing after
// Chinese punctuation, where Word has a tab only for the indent, and a space
// where the two would run together.
func numberGap(number, suffix, text string) string {
	last, _ := utf8.DecodeLastRuneInString(number)
	first, _ := utf8.DecodeRuneInString(text)
	switch {
	case number == "" || text == "" || suffix == "nothing" || unicode.IsSpace(last) || unicode.IsSpace(first):
		return ""
	case strings.ContainsRune("、，。．；：）］】〕》」』", last), last >= '①' && last <= '⒛':
		return ""
	case last < 0x80 && unicode.IsPunct(last) && first >= 0x80:
		return ""
	}
	return " "
}
