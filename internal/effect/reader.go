package effect

import (
	"strings"

	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/zh"
)

// A reader walks the blocks of one text.
type reader struct {
	titles      []string // folded: own title, what it prints
	decides     bool     // a decision that amends or repeals others: its own date counts
	cleanup     bool     // a decision that sorts many documents
	inComponent bool
	r           Reading
	found       []start
	ends        []ending
	lastOwn     bool // the sentence before spoke of the document's own force
	list        listState
}

func newReader(title string) *reader {
	r := &reader{}
	if f := zh.Fold(title); f != "" {
		r.titles = append(r.titles, f)
	}
	if f := zh.Fold(markup.InnerTitle(title)); f != "" {
		r.titles = append(r.titles, f)
	}
	mask, _ := blot(title)
	r.decides = strings.HasSuffix(trimSpace(mask), "决定") && (strings.Contains(title, "修改") || strings.Contains(title, "修正") || strings.Contains(title, "废止"))
	r.cleanup = isCleanup(title)
	return r
}

func (r *reader) block(b *markup.Block, anchor string) {
	if b.Unit == markup.Component {
		r.inComponent = true
	}
	switch b.Role {
	case markup.Addressees, markup.Signature, markup.SigningDate, markup.CopyTo, markup.PrintedBy, markup.NumberLine, markup.TitleLine, markup.AttachmentRef:
		return
	case markup.Amendment:
		r.amendment(b, anchor)
		return
	}
	switch b.Kind {
	case markup.Table:
		r.table(b, anchor)
		return
	case markup.Paragraph, markup.Heading, markup.Item:
	default:
		return
	}
	text := b.PlainText()
	if r.listBlock(b, text, anchor) {
		return
	}
	if !mayState(text) {
		r.lastOwn = false
		return
	}
	sentences(text, b.Line, anchor, r.sentence)
}

func (r *reader) sentence(s *sentence) {
	starts := r.starts(s)
	r.found = append(r.found, starts...)
	spoke := r.ownEnd(s, starts)
	spoke = spoke || len(starts) > 0
	r.others(s)
	r.lastOwn = spoke
}

func (r *reader) finish() Reading {
	if st := r.chooseStart(); st != nil {
		r.r.Effective, r.r.EffectiveP = st.when, st.place
	}
	r.chooseEnd()
	return r.r
}

// until turns the last day of a range into an end.
func until(d gazette.Date) End { return End{Date: d} }
