package share

import (
	"cmp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gongbao/internal/catalog"
	"gongbao/internal/markup"
	"gongbao/internal/press"
)

// The limits of what is written into forms. Those of WeChat are of its interface
// for drafts (draft/add: title 32 characters, digest 128, content less than 20,000
// characters and 1 MB). 140 is where Weibo folds a text away.
const (
	HeadlineLimit = 32
	DigestLimit   = 120
	ArticleLimit  = 20_000
	ShortLimit    = 140
)

// Length counts a text as Weibo does: a Chinese character is one, two others are
// one. Weibo shortens links; here they count in full, so a text may be shorter
// there, never longer.
func Length(text string) int {
	halves := 0
	for _, r := range text {
		halves++
		if r >= utf8.RuneSelf {
			halves++
		}
	}
	return (halves + 1) / 2
}

// short is the text with link for Weibo and messages. Title and number are whole,
// whatever their length: what a paper is called is not cut.
func (s *Source) short() string {
	e := s.Entry
	head := s.Words("share.headline", e.Title())
	if e.Document.Number != "" {
		head += s.Words("share.number", e.Document.Number)
	}
	tail := s.Words("share.find", s.Config.GazetteName())
	if to := s.address(); to != "" {
		tail = s.Words("share.link", to)
	}
	return head + cut(s.about(), ShortLimit-Length(head)-Length(tail), Length) + tail
}

// about says what the document is about: the summary, else its first article,
// which says what it is for, else how the text opens.
func (s *Source) about() string {
	if s.Entry.Document.Summary != "" {
		return s.Entry.Document.Summary
	}
	purpose, first := "", ""
	s.Tree.Walk(func(b *markup.Block) {
		if b.Kind != markup.Paragraph || b.Standing() || b.Role != markup.Body {
			return
		}
		text := strings.Trim(b.PlainText(), " 　")
		switch {
		case purpose == "" && b.Unit == markup.Clause && b.NumberSize() > 0 && b.NumberSize() <= len(text):
			purpose = strings.Trim(text[b.NumberSize():], " 　")
		case first == "" && b.Unit == markup.NoUnit:
			first = text
		}
	})
	return strings.ReplaceAll(cmp.Or(purpose, first), "\n", "")
}

// opening and closing are the brackets within which no text is cut.
const opening, closing = "《〈（〔【“‘「『[(", "》〉）〕】”’」』])"

// cut shortens a text to at most room, as length counts: behind a sentence, else
// behind a clause with an ellipsis, never within brackets. "" where nothing whole
// fits.
func cut(text string, room int, length func(string) int) string {
	if length(text) <= room {
		return text
	}
	const ellipsis, worth = "……", 12 // fewer characters say nothing
	depth, sentence, clause := 0, 0, 0
	for i, end := 0, 0; i < len(text); i = end {
		r, size := utf8.DecodeRuneInString(text[i:])
		end = i + size
		if length(text[:end]) > room {
			break
		}
		switch {
		case strings.ContainsRune(opening, r):
			depth++
		case strings.ContainsRune(closing, r):
			depth = max(0, depth-1)
		case depth > 0:
		case strings.ContainsRune("。！？", r):
			sentence = end
		case strings.ContainsRune("；，、：", r) && length(text[:i])+length(ellipsis) <= room:
			clause = i
		}
	}
	switch {
	case sentence > 0:
		return text[:sentence]
	case utf8.RuneCountInString(text[:clause]) >= worth:
		return text[:clause] + ellipsis
	}
	return ""
}

// headline is the title for the form of an article: the longest of the whole one, the
// one without the issuers, and that of what the document prints, that the form
// takes; "" where none does.
func headline(e *catalog.Entry) string {
	title := e.Title()
	about := title
	if parts := press.TitleParts(title, e.Document.Issuers); len(parts) > 1 {
		for i, p := range parts {
			if strings.HasPrefix(p, "关于") {
				about = strings.Join(parts[i:], "")
				break
			}
		}
	}
	for _, t := range []string{title, about, markup.InnerTitle(title)} {
		if t != "" && utf8.RuneCountInString(t) <= HeadlineLimit {
			return t
		}
	}
	return ""
}

// digest is the text that WeChat shows under the title of an article.
func (s *Source) digest() string { return cut(s.about(), DigestLimit, utf8.RuneCountInString) }

func itoa(n int) string { return strconv.Itoa(n) }

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
