package effect

import (
	"regexp"
	"slices"
	"strings"

	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/zh"
)

// A reader walks the blocks of one text.
type reader struct {
	subject     string   // of 关于延长X有效期的通知: X, where it stands without 《》
	titles      []string // folded: own title, what it prints
	amending    bool     // a decision that amends or repeals others: its own date counts
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
	namedBlock  int                  // the block that did
	titled      []target             // the documents that the title says are extended
	short       map[string]target    // 以下简称《办法》
	items       []target             // the documents of the items that stand before, one after the other
	itemsLoose  bool                 // they stand under a line that decides nothing
	titleKind   gazette.RelationKind // what the title says is done to those listed
	listFrom    When                 // 废止的文件自…起停止执行
	under       bool                 // items stand under a line that decides nothing
	noted       bool                 // the block calls a footnote
	lastEnds    int                  // the block that ended a document last
	doomed      []string             // folded: what the title says is ended
	plan        bool                 // an opinion, a programme: what it says of others may be a task
	heads       []string             // lines that may be headings
	intros      []string             // lines that end in a colon
	head        string               // the heading that the text stands under
	judged      int                  // heads looked at
	weighed     int                  // intros looked at
	transmits   bool                 // 转发: what is printed is another's
	decided     bool                 // 决定如下 was said
	loose       bool                 // a draft, a form, an extract: what it says is for a person
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
	r.amending = strings.HasSuffix(trimSpace(mask), "决定") && (strings.Contains(title, "修改") || strings.Contains(title, "修正") || strings.Contains(title, "废止"))
	r.cleanup = isCleanup(title)
	r.result = isResult(title)
	r.loose = drafted(title)
	r.titled, r.doomed = titledIn(title), doomedIn(title)
	r.transmits = strings.Contains(title, "转发") || strings.Contains(title, "批转")
	r.plan = planTitle.MatchString(title) && !r.cleanup
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

// settle judges the ends of a block, and those before it, by what else it says.
func (r *reader) settle(text string, first int) {
	if first > 0 {
		r.again(text, first)
	}
	if !r.undone(text) {
		return
	}
	for i := range r.r.Statements[first:] {
		if x := &r.r.Statements[first+i]; ends(x.Kind) && !x.Listed {
			x.Closed = false
		}
	}
}

// takeBack looks at what a block says of documents that were ended before it:
// 第五条除外, 前款规定仅适用于, 以上文件暂不废止. What is meant is for a person.
func (r *reader) takeBack(b *markup.Block) {
	if b.Kind == markup.Table {
		return
	}
	text := b.PlainText()
	if !takesBack.MatchString(text) && (r.cleanup || !takesBackAlone.MatchString(text)) {
		return
	}
	for i := range r.r.Statements {
		if x := &r.r.Statements[i]; ends(x.Kind) {
			x.Closed = false
		}
	}
}

// introduced remembers whether items stand under a line that decides nothing:
// 下列事项请市司法局办理：.
func (r *reader) introduced(b *markup.Block, text string) {
	if !r.under && endsIn(text, "：", ":", "下", " ", "　") == 0 {
		return
	}
	t := trimSpace(text)
	if endsIn(t, "决定如下", "决定如下：", "决定：", "作如下决定：", "作出如下决定：") > 0 {
		r.decided = true
	}
	switch {
	case endsIn(t, "：", ":") > 0:
		i, _ := firstOf(t, []string{"请", "计划", "情形", "条件", "拟", "任务", "建议", "要求", "终止", "设想", "说明", "示例", "举例", "样式"})
		r.under = i >= 0 || endsIn(strings.TrimRight(t, "：:"), "决定", "如下", "通知", "公告", "通告", "命令", "废止", "失效", "停止执行", "生效", "文件", "目录", "规章") == 0
	case r.under && b.Kind != markup.Item && (strings.HasPrefix(t, "第") || !itemMark.MatchString(compactForm(t))):
		r.under = false
	}
}

// hasNote reports whether a footnote is called in a block: it may add anything.
func hasNote(b *markup.Block) bool {
	return slices.ContainsFunc(b.Inlines, func(n markup.Inline) bool { return n.Kind == markup.NoteRef })
}

var (
	takesBack      = regexp.MustCompile(`除外|例外|不予废止|暂不废止|不废止|不予失效|仅适用|仅限|暂缓|恢复执行|恢复施行|推迟|本条自|责任单位|配合单位|牵头|完成时限|底前完成|不属实|从未|(?:其中|上述|以上|所列)?第[\d一二三四五六七八九十、]+[件项](?:所列|文件|自|暂|不)`)
	takesBackAlone = regexp.MustCompile(`继续有效|继续执行|仍然有效|予以保留|过渡期`)
)

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
	s.short, s.isOwn = r.short, r.isOwn
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
