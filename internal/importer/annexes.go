package importer

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"gongbao/internal/gazette"
	"gongbao/internal/source"
)

var (
	annexLine  = regexp.MustCompile(`^附件\s*([0-9０-９一二三四五六七八九十]{0,3})\s*[：:]\s*(.*)$`)
	annexItem  = regexp.MustCompile(`^\s*[0-9０-９]{1,2}\s*[.．、]\s*`)
	annexItems = regexp.MustCompile(`\s*[0-9０-９]{1,2}\s*[.．、]\s*`)
)

// annexes reads the names of the attachments that a text lists: 附件：1. 甲 2. 乙,
// one a line or all on one. Files for them are another thing.
func (d *document) annexes(out *source.Derived) {
	if out.Document.Attachments != nil {
		return
	}
	add := func(name string, n int) {
		name = strings.Trim(strings.TrimSpace(name), "；;。，,")
		if name == "" || utf8.RuneCountInString(name) > 80 || strings.ContainsAny(name, "。；") {
			return
		}
		out.Document.Attachments = append(out.Document.Attachments, gazette.Attachment{Title: strings.Trim(name, "《》")})
		if _, ok := out.Evidence["attachments"]; !ok {
			out.Evidence["attachments"] = source.Evidence{Text: name, Line: n, Confidence: 0.8}
		}
	}
	defer func() {
		if out.Document.Attachments == nil {
			for _, l := range d.linked {
				add(l.Title, l.Line)
			}
		}
	}()
	open := false // a list is going on
	for _, b := range d.blocks {
		n := b.from[0][0].n
		text := strings.ReplaceAll(b.text, "\\", "")
		m := annexLine.FindStringSubmatch(text)
		switch {
		case m != nil && m[1] == "" && annexItem.MatchString(m[2]):
			for _, name := range annexItems.Split(m[2], -1) {
				add(name, n)
			}
			open = true
		case m != nil && m[2] != "":
			add(m[2], n)
			open = m[1] == ""
		case open && annexItem.MatchString(text):
			add(annexItem.ReplaceAllString(text, ""), n)
		default:
			open = false
		}
	}
}

// sort tells what a text is that is no official document, by its title: its
// type, and what people call it.
func (d *document) sort() (gazette.Type, string) {
	t := d.title
	switch {
	case strings.Contains(t, "解读") && !strings.Contains(t, "关于"), strings.HasPrefix(t, "一图读懂"):
		return gazette.TypeInterpretation, "政策解读"
	case strings.HasSuffix(t, "问") && strings.ContainsAny(t, "0123456789百十"), strings.HasSuffix(t, "问答"), strings.HasSuffix(t, "答记者问"):
		return gazette.TypeQuestion, "政策问答"
	case strings.Contains(t, "征求意见稿"), strings.Contains(t, "公开征求意见"):
		return gazette.TypeConsultation, "征求意见"
	}
	return gazette.TypeDocument, ""
}
