package gazette

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The rule sets of an imprint (版权页): of a periodical with a 国内统一刊号, and
// of a serial for internal use with a 准印证.
const (
	ImprintCN     = "cn"
	ImprintPermit = "permit"
)

// An ImprintLine is a line of the 版权页. The line "internal" has no text: its
// label, 内部资料 免费交流, says all.
type ImprintLine struct {
	Key, Text string
}

// ImprintKeys are the lines that a site or an issue may set, in the order in
// which they are printed (内部资料性出版物管理办法第十四条; standards §4.2).
func ImprintKeys() []string {
	return []string{
		"supervisor", "sponsor", "publisher", "editor", "board", "chief", "address", "postcode", "phone", "email", "website",
		"permit", "cn", "issn", "printer", "printed_on", "copies", "recipients", "price",
	}
}

// RequiredImprint returns the lines that a rule set asks for, in printed order.
// "sponsor" stands for 主办 or 出版: one of the two is enough.
func RequiredImprint(rules string) []string {
	switch rules {
	case ImprintCN:
		return []string{"name", "no", "date", "sponsor", "editor", "cn", "issn"}
	case ImprintPermit:
		return []string{"no", "publisher", "permit", "printer", "printed_on", "copies", "recipients"}
	}
	return nil
}

// Number returns how an issue is cited: 2023年第6期（总第120期）.
func (s *Issue) Number() string {
	n := strconv.Itoa(s.Year) + "年第" + strconv.Itoa(s.No) + "期"
	if s.Running > 0 {
		n += "（总第" + strconv.Itoa(s.Running) + "期）"
	}
	return n
}

var (
	cnForm   = regexp.MustCompile(`^(?:CN)?\s*([1-6][0-9])-[0-9]{4}(?:/[A-Z]{1,2}[0-9]{0,2})?$`)
	issnForm = regexp.MustCompile(`^(?:ISSN)?\s*([0-9]{4})-([0-9]{3}[0-9X])$`)
)

// ValidCN reports whether s has the form of a 国内统一连续出版物号, with or without
// the letters before it: CN 51-1727/D. Regions are 10 to 65.
func ValidCN(s string) bool {
	m := cnForm.FindStringSubmatch(s)
	return m != nil && m[1] <= "65"
}

// ValidISSN reports whether s is an ISSN whose last character checks the others
// (ISO 3297), with or without the letters before it.
func ValidISSN(s string) bool {
	m := issnForm.FindStringSubmatch(s)
	if m == nil {
		return false
	}
	digits := m[1] + m[2]
	sum := 0
	for i, r := range digits {
		n := int(r - '0')
		if r == 'X' {
			n = 10
		}
		sum += (8 - i) * n
	}
	return sum%11 == 0
}

// A Mention is a word at a place of a text, counted in runes.
type Mention struct {
	Word string
	At   int
}

// accidents are the endings of what stands before one of the periodical words
// by accident: 以公布的文本刊登, 复杂志愿服务. An ending with + in front takes the
// accident back: 出版本刊.
var accidents = map[string][]string{
	"本刊": {"文", "样", "基", "原", "副", "译", "课", "书", "资", "根", "剧", "脚", "范", "蓝", "单行", "合订", "版", "+出版", "+再版"},
	"杂志": {"复", "嘈", "繁", "混"},
}

// PeriodicalWords returns the words that a serial for internal use must not use
// of itself (内部资料性出版物管理办法第十四条): 刊号, 杂志, 本刊.
func PeriodicalWords(text string) []Mention {
	var found []Mention
	for _, word := range []string{"刊号", "杂志", "本刊"} {
		from, runes := 0, 0
		for {
			i := strings.Index(text[from:], word)
			if i < 0 {
				break
			}
			at := from + i
			runes += utf8.RuneCountInString(text[from:at])
			if !accidental(text[:at], word) {
				found = append(found, Mention{word, runes})
			}
			from = at + len(word)
			runes += utf8.RuneCountInString(word)
		}
	}
	slices.SortFunc(found, func(a, b Mention) int { return a.At - b.At })
	return found
}

func accidental(before, word string) bool {
	accident := false
	for _, end := range accidents[word] {
		if real, ok := strings.CutPrefix(end, "+"); ok && strings.HasSuffix(before, real) {
			return false
		}
		accident = accident || strings.HasSuffix(before, end)
	}
	return accident
}
