package effect

import (
	"strings"

	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/zh"
)

// A reader walks the blocks of one text.
type reader struct {
	subject     string   // of 关于延长X有效期的通知: X, where it stands without 《》
	titles      []string // folded: own title, what it prints
	decides     bool     // a decision that amends or repeals others: its own date counts
	cleanup     bool     // a decision that sorts many documents
	result      bool     // a published decision or result, not the order to make one
	sorted      bool     // a heading or sentence has said what its lists are of
	inComponent bool
	blocks      int // read so far
	r           Reading
	found       []start
	ends        []ending
	lastOwn     bool                 // the sentence before spoke of the document's own force
	named       []target             // the documents that the sentence before named
	titleKind   gazette.RelationKind // what the title says is done to those listed
	listFrom    When                 // 废止的文件自…起停止执行
	listUntil   End                  // 附件所列文件有效期延长至…
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
	r.result = isResult(title)
	if r.cleanup {
		if kind, _, plan, ok := dispositionOf(strings.Replace(title, "延长", "延长有效期", 1)); ok && !plan {
			r.titleKind = kind
		}
		if inner := titleInside(title); inner != "" {
			r.titles, r.subject = r.titles[:min(1, len(r.titles))], inner
		}
	}
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
	r.blocks++
	g := signs(text)
	if r.lists(g) && r.listBlock(b, text, anchor) {
		return
	}
	if !r.worth(g) && !(r.lastOwn && g&spanSign != 0) {
		r.lastOwn = false
		return
	}
	sentences(text, b.Line, anchor, r.sentence)
}

// opening bounds, in blocks, where a text names the ground it stands on.
const opening = 30

// worth reports whether a text with these signs can state anything.
func (r *reader) worth(g sign) bool {
	switch {
	case g&(startSign|spanSign) != 0:
		return true
	case g&actSign != 0 && (g&nameSign != 0 || r.cleanup):
		return true
	}
	return g&nameSign != 0 && g&basisSign != 0 && r.blocks < opening
}

// lists reports whether a block can be part of a list of documents.
func (r *reader) lists(g sign) bool {
	return r.cleanup || r.list.kind != "" || g&(actSign|listSign) == actSign|listSign
}

func (r *reader) sentence(s *sentence) {
	var starts []start
	if s.signs&startSign != 0 {
		starts = r.starts(s)
		r.found = append(r.found, starts...)
	}
	spoke := len(starts) > 0
	if s.signs&(startSign|spanSign|actSign) != 0 {
		spoke = r.ownEnd(s, starts) || spoke
	}
	if s.signs&(actSign|basisSign|listSign) != 0 {
		r.others(s)
	}
	if s.signs&nameSign != 0 {
		if ts := s.targets(); len(ts) > 0 {
			r.named = ts
		}
	}
	r.lastOwn = spoke
}

func (r *reader) finish() Reading {
	if st := r.chooseStart(); st != nil {
		r.r.Effective, r.r.EffectiveP = st.when, st.place
	}
	r.chooseEnd()
	for i := range r.r.Statements {
		x := &r.r.Statements[i]
		switch x.Kind {
		case gazette.Repeals, gazette.Lapses:
			if x.From.IsZero() {
				x.From = r.listFrom
			}
		case gazette.Continues, gazette.Extends:
			if x.Listed && x.Until.IsZero() && !r.listUntil.IsZero() {
				x.Kind, x.Until = gazette.Extends, r.listUntil
			}
		}
	}
	return r.r
}
