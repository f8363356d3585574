package effect

import (
	"slices"
	"strings"

	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/zh"
)

// A reader walks the blocks of one text. What it has read of the text's own
// force, of others, and of the ground it stands on are kept apart.
type reader struct {
	titles      []string // folded: own title, what it prints
	amending    bool     // a decision that amends or repeals others: its own date counts
	inComponent bool
	blocks      int // read so far
	r           Reading

	found   []start
	ends    []ending
	lastOwn bool // the sentence before spoke of the document's own force

	standing
	memory
	listing
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
	r.amending = strings.HasSuffix(trimSpace(mask), "决定") && (strings.Contains(title, "修改") || strings.Contains(title, "修正") || strings.Contains(title, "废止"))
	r.cleanup = isCleanup(title)
	r.result = isResult(title)
	r.standing = standingOf(title, r.cleanup)
	r.titled = titledIn(title)
	if r.cleanup {
		if kind, _, plan, ok := dispositionOf(strings.Replace(title, "延长", "延长有效期", 1)); ok && !plan {
			r.titleKind = kind
		}
		if strings.Contains(title, "《") {
			r.titleKind = "" // what it names is what it ends
		}
		if inner := titleInside(title); inner != "" {
			r.titles, r.subject = r.titles[:min(1, len(r.titles))], inner
		}
	}
	return r
}

func (r *reader) block(b *markup.Block, anchor string) {
	first := len(r.r.Statements)
	r.noted = hasNote(b)
	r.read(b, anchor)
	r.noted = false
	if len(r.r.Statements) > 0 && b.Kind != markup.Table {
		r.settle(b.PlainText(), first)
	}
	if slices.ContainsFunc(r.r.Statements[first:], func(x Statement) bool { return ends(x.Kind) }) {
		r.lastEnds = r.blocks
	}
	if len(r.r.Statements) > 0 && (r.cleanup || r.blocks <= r.lastEnds+2) {
		r.takeBack(b)
	}
}

func (r *reader) read(b *markup.Block, anchor string) {
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
	r.introduced(b, text)
	r.headed(b, text, anchor)
	g := signs(text)
	if r.lists(g) && r.listBlock(b, text, anchor) {
		return
	}
	if !r.worth(g) && !(r.lastOwn && g&spanSign != 0) {
		r.lastOwn = false
		if g&nameSign == 0 || len(text) > longestOfficial || startsWith(trimNumber(trimSpace(text)), "《", "原《", "关于") == 0 {
			r.items = nil
		} else {
			sentences(text, b.Line, anchor, r.collect)
		}
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
	return g&nameSign != 0 && (g&listSign != 0 || g&basisSign != 0 && r.blocks < opening)
}

// lists reports whether a block can be part of a list of documents.
func (r *reader) lists(g sign) bool {
	return r.cleanup || r.list.kind != "" || g&(actSign|listSign) == actSign|listSign
}

// collect keeps the documents of items that follow each other, （一）《A》；（二）《B》。,
// for a sentence behind them that speaks of 上述文件.
func (r *reader) collect(s *sentence) {
	ts := s.targets()
	if len(ts) == 0 || s.signs&actSign != 0 || !startsItem(s.mask[:ts[0].start]) {
		r.items, r.itemsLoose = nil, false
		return
	}
	for i, t := range ts {
		end := len(s.mask)
		if i+1 < len(ts) {
			end = ts[i+1].start
		}
		if strings.Trim(trimSpace(s.mask[t.end:end]), "、和及；;。，") != "" {
			r.items, r.itemsLoose = nil, false
			return
		}
	}
	r.items = append(r.items, ts...)
	r.itemsLoose = r.itemsLoose || r.under
}

func (r *reader) sentence(s *sentence) {
	s.short, s.isOwn, s.clean = r.short, r.isOwn, r.cleanup
	if s.signs&(nameSign|listSign) == nameSign|listSign {
		r.learn(s)
	}
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
			r.named, r.namedBlock = ts, r.blocks
		}
	}
	r.collect(s)
	r.lastOwn = spoke
}

func (r *reader) finish() Reading {
	if st := r.chooseStart(); st != nil {
		r.r.Effective, r.r.EffectiveP = st.when, st.place
	}
	r.chooseEnd()
	r.brief()
	r.contradicted()
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
