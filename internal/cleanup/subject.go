package cleanup

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/zh"
)

// A subject is what a document is about, as its title says it: without issuer,
// year, 试行, 修订 and the words that all titles have.
type subject struct {
	entry *catalog.Entry
	key   string
	runes []rune
}

// subjects are those of all documents that may replace another, newest first.
type subjects []subject

func (s *survey) subjectsOf(documents []*catalog.Entry) subjects {
	var out subjects
	for _, e := range documents {
		class := e.Document.Class
		if class != gazette.Rule && class != gazette.Normative || e != e.Newest() || e.Shelf == gazette.Withdrawn || e.State.Force.Ended() || e.Date.After(s.on) {
			continue
		}
		if key := s.subject(e); key != "" {
			out = append(out, subject{e, key, []rune(key)})
		}
	}
	return out
}

// superseded finds the newest document of the same issuer on the same subject.
func (s *survey) superseded(e *catalog.Entry, reviewed gazette.Date) []Reason {
	key := s.subject(e)
	if key == "" {
		return nil
	}
	old := subject{e, key, []rune(key)}
	for _, n := range s.subjects {
		if !n.entry.Date.After(e.Date) {
			return nil // newest first: the rest is older
		}
		if !reviewed.Before(n.entry.Date) || n.entry.SameWork(e) || !s.sameIssuer(e, n.entry) || !sameSubject(old, n) {
			continue
		}
		return []Reason{{Rule: Superseded, Args: []string{nameOf(n.entry), n.entry.Date.String()}}}
	}
	return nil
}

// acting are words of titles that act on another document instead of taking
// its place, and of drafts.
var acting = []string{"修改", "废止", "延长", "失效", "清理", "解释", "补充", "继续", "停止", "终止", "更正", "征求意见", "草案", "讨论稿", "送审稿"}

// Words that carry no subject.
var (
	editions = regexp.MustCompile(`\((?:试行|暂行|修订|修正|修订版|修订稿|新修订|\d{4}年?(?:版|本|修订|修正|修订版)?)\)`)
	years    = regexp.MustCompile(`\d{4}年度?`)
	boiler   = strings.NewReplacer("试行", "", "暂行", "", "关于", "", "印发", "", "进一步", "", "切实", "", "认真", "", "做好", "", "加强", "",
		"的", "", "通知", "", "通告", "", "公告", "", "意见", "", "《", "", "》", "", "\"", "", "·", "", "、", "", ",", "")
	place = regexp.MustCompile(`^\p{Han}{1,6}?(?:省|自治区|市|自治州|县|区|旗)`)
)

// subject returns the key of a document's subject; "" where its title acts on
// another document or says nothing.
func (s *survey) subject(e *catalog.Entry) string {
	title := e.Document.Title
	for _, w := range acting {
		if strings.Contains(title, w) {
			return ""
		}
	}
	if inner := markup.InnerTitle(title); inner != "" {
		title = inner
	}
	key := zh.Fold(title)
	for _, i := range e.Document.Issuers {
		key = strings.TrimPrefix(key, zh.Fold(i))
	}
	key = place.ReplaceAllString(key, "")
	key = boiler.Replace(years.ReplaceAllString(editions.ReplaceAllString(key, ""), ""))
	if utf8.RuneCountInString(key) < 4 {
		return ""
	}
	return key
}

// sameIssuer reports whether two documents share an issuer, also by
// succession.
func (s *survey) sameIssuer(old, fresh *catalog.Entry) bool {
	for _, a := range old.Document.Issuers {
		for _, b := range fresh.Document.Issuers {
			if a == b {
				return true
			}
			if i := s.cat.Issuer(b); i != nil && slices.Contains(i.Succeeds, a) {
				return true
			}
		}
	}
	return false
}

// alike is how much of two titles must agree (Dice's coefficient of their pairs
// of characters) where one has words more than the other.
const alike = 0.85

// narrowing are words by which a title is about something else than the one
// without them.
var narrowing = []string{"细则", "收费", "批", "期", "段", "配套", "考核", "绩效", "资金", "处罚", "裁量", "补贴", "补助", "规程", "级", "类"}

// sameSubject reports whether two subjects are one: the same key, or one with a
// few words more. Words that differ (东岭区, 西岭区; 城镇, 城乡) make two subjects.
func sameSubject(a, b subject) bool {
	if fa, fb := a.entry.Document.Form, b.entry.Document.Form; fa != "" && fb != "" && fa != fb {
		return false
	}
	if a.key == b.key {
		return true
	}
	short, long := a.runes, b.runes
	if len(short) > len(long) {
		short, long = long, short
	}
	if len(short) == len(long) || len(long)-len(short) > 4 {
		return false
	}
	// One insertion: a common head and a common tail cover the shorter one.
	head, tail := 0, 0
	for head < len(short) && short[head] == long[head] {
		head++
	}
	for tail < len(short)-head && short[len(short)-1-tail] == long[len(long)-1-tail] {
		tail++
	}
	if head+tail < len(short) {
		return false
	}
	extra := string(long[head : len(long)-tail])
	if slices.ContainsFunc(narrowing, func(w string) bool { return strings.Contains(extra, w) }) {
		return false
	}
	pairs, common := len(short)-1+len(long)-1, len(short)-2
	if head == 0 || tail == 0 {
		common = len(short) - 1
	}
	return 2*float64(common) >= alike*float64(pairs)
}
