package markup

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gongbao/internal/zh"
)

// structure nests the flat blocks of a body: 编 ⊃ 章 ⊃ 节 ⊃ 条 ⊃ 款 ⊃ 项 ⊃ 目, or
// 一、 ⊃ （一） ⊃ 1. ⊃ （1） ⊃ ①, each inside what a 通知 prints (Component). 条
// are numbered through a whole text, so their anchors carry no chapter.
func structure(blocks []*Block, o Options, s *space) []*Block {
	n := &nester{opts: o, space: s}
	if !o.Official {
		for i, b := range blocks {
			if b.Kind == Heading {
				b.Unit = Title
				b.ID = n.unique("hd_", strconv.Itoa(i+1))
				n.title(b)
			}
		}
		return blocks
	}
	assignRoles(blocks, o)
	if inner := InnerTitle(o.Title); inner != "" {
		n.inner = zh.Fold(inner)
	}
	for i, b := range blocks {
		n.add(b, i)
	}
	return n.root
}

type nester struct {
	opts  Options
	inner string // folded title of what the document prints
	root  []*Block
	stack []*Block // open units, widest first
	space *space

	titles     []title // headings without numbers that the next may stand under
	components int
	article    int // number of the last article
	headings   int
}

// A title is a heading without a number, by its level in Markdown and the unit
// that it stands in, nil for the root.
type title struct {
	level int
	in    *Block
}

// unique returns the anchor that is made of the words, with _2, _3 … where a number
// occurs again: a compilation counts from 第一条 more than once.
func (n *nester) unique(words ...string) string {
	id := n.space.id(words...)
	k := n.space.used[id] + 1
	n.space.used[id] = k
	if k > 1 {
		return n.unique(id, "_", strconv.Itoa(k))
	}
	return id
}

// numbered returns the anchor of a unit with a number, inside another.
func (n *nester) numbered(m marker, parent, between string) string {
	unit, no, sub := m.words()
	return n.unique(parent, between, unit, no, sub)
}

// pop closes the units that are as narrow as u or narrower.
func (n *nester) pop(u Unit) {
	for len(n.stack) > 0 && n.stack[len(n.stack)-1].Unit >= u {
		n.stack = n.stack[:len(n.stack)-1]
	}
}

// top returns the innermost open unit, or nil.
func (n *nester) top() *Block {
	if len(n.stack) == 0 {
		return nil
	}
	return n.stack[len(n.stack)-1]
}

// open returns the innermost open unit of a kind, or nil.
func (n *nester) open(u Unit) *Block {
	for i := len(n.stack) - 1; i >= 0; i-- {
		if n.stack[i].Unit == u {
			return n.stack[i]
		}
	}
	return nil
}

func (n *nester) put(b *Block) {
	if t := n.top(); t != nil {
		if t.Blocks == nil {
			t.Blocks = n.space.list()
		}
		t.Blocks = append(t.Blocks, b)
	} else {
		n.root = append(n.root, b)
	}
}

func (n *nester) push(b *Block) {
	n.put(b)
	n.stack = append(n.stack, b)
}

// prefix returns the anchor of the open component with "__", or "".
func (n *nester) prefix() string {
	if c := n.open(Component); c != nil {
		return c.ID + "__"
	}
	return ""
}

func (n *nester) add(b *Block, index int) {
	switch {
	case b.Role == AttachmentTag, n.printed(b, index):
		n.component(b)
		return
	case b.Role != Body:
		if b.Role == Signature || b.Role == SigningDate || b.Role == Note || b.Role == PrintedBy || b.Role == CopyTo || b.Role == Disclosure {
			n.pop(Part)
		}
		n.put(b)
		return
	case b.Kind != Paragraph && b.Kind != Heading:
		n.put(b)
		return
	}
	text := lead(b)
	if m, ok := parseMarker(text); ok && n.marked(b, m, text) {
		return
	}
	if b.Kind == Heading {
		n.heading(b)
		return
	}
	n.paragraph(b)
}

// lead returns the start of a block's text, enough to read a number from.
func lead(b *Block) string {
	if len(b.Inlines) == 0 {
		return ""
	}
	if b.Inlines[0].Kind == Text && (len(b.Inlines) == 1 || len(b.Inlines[0].Text) > 60) {
		return b.Inlines[0].Text
	}
	return b.PlainText()
}

// printed reports whether a block is the title of what the document prints.
func (n *nester) printed(b *Block, index int) bool {
	switch b.Kind {
	case Heading:
		return b.Level == 1 && b.Role == Body && index > 0
	case Paragraph:
		if n.inner == "" || b.Role != Body || index == 0 || textSize(b) >= 2*len(n.inner)+60 {
			return false
		}
		text := b.PlainText()
		return mayFold(text, n.inner) && zh.Fold(text) == n.inner
	}
	return false
}

// mayFold reports whether a text can fold to folded, by its first character: nearly
// all do not change.
func mayFold(text, folded string) bool {
	r, size := utf8.DecodeRuneInString(text)
	switch {
	case r == '（':
		return strings.HasPrefix(folded, "(")
	case r >= 0x4e00 && r <= 0x9fff && r != '零':
		return strings.HasPrefix(folded, text[:size])
	}
	return true
}

// component opens an annex. A title right after 附件 1 is the annex's own.
func (n *nester) component(b *Block) {
	if t := n.top(); b.Role != AttachmentTag && t != nil && t.Unit == Component && t.Role == AttachmentTag && len(t.Blocks) == 0 {
		b.Kind, b.Unit, b.Level = Heading, Title, 2
		n.put(b)
		return
	}
	n.pop(Component)
	n.components++
	n.article = 0
	b.Kind, b.Unit = Heading, Component
	b.ID = n.unique("att_", strconv.Itoa(n.components))
	n.push(b)
}

// heading places a heading without a number: inside the units whose own
// headings are wider in Markdown, and under the titles that are. Titles are not
// units: what follows them keeps the anchor that it would have without them.
func (n *nester) heading(b *Block) {
	n.popHeadings(b.Level)
	n.headings++
	b.Unit = Title
	b.ID = n.unique(n.prefix(), "hd_", strconv.Itoa(n.headings))
	n.title(b)
	n.put(b)
}

// popHeadings closes the units inside the innermost one that is a component or
// a Markdown heading wider than level.
func (n *nester) popHeadings(level int) {
	for t := n.top(); t != nil && t.Unit != Component; t = n.top() {
		if heading := t.Kind == Heading || t.standing; heading && t.Level > 0 && t.Level < level {
			return
		}
		n.stack = n.stack[:len(n.stack)-1]
	}
}

// title counts the titles that b stands under and makes it the last of them.
func (n *nester) title(b *Block) {
	n.rank(b)
	n.titles = append(n.titles, title{b.Level, n.top()})
}

// rank counts the titles that a Markdown heading stands under. The open unit
// must be the one that b is put into.
func (n *nester) rank(b *Block) {
	in := n.top()
	k := len(n.titles)
	for ; k > 0; k-- {
		if t := n.titles[k-1]; t.in == in && t.level < b.Level || t.in != in && (t.in == nil || slices.Contains(n.stack, t.in)) {
			break
		}
	}
	n.titles = n.titles[:k]
	for ; k > 0 && n.titles[k-1].in == in; k-- {
		b.under++
	}
}

func (n *nester) paragraph(b *Block) {
	if a := n.open(Article); a != nil {
		n.pop(Clause)
		n.clause(a, b)
		return
	}
	n.put(b)
}

// clause adds a 款 to an article. Clauses are counted, not numbered.
func (n *nester) clause(a, b *Block) {
	k := 1
	for _, c := range a.Blocks {
		if c.Unit == Clause {
			k++
		}
	}
	b.Unit = Clause
	b.ID = n.unique(a.ID, "__para_", strconv.Itoa(k))
	n.push(b)
}

// marked places a numbered block; false means that the number is not one.
func (n *nester) marked(b *Block, m marker, text string) bool {
	switch m.unit {
	case Part, Subpart, Chapter, Section:
		if b.Kind != Heading && !n.alone(b) {
			return false
		}
		n.division(b, m)
	case Article:
		if !n.opensArticle(b, m, text) {
			return false
		}
		n.articleBlock(b, m)
	default:
		if n.open(Article) != nil {
			n.point(b, m)
		} else {
			n.level(b, m)
		}
	}
	return true
}

// alone reports whether the whole text of a block stands alone as a heading.
func (n *nester) alone(b *Block) bool {
	return textSize(b) < 4*longestHeading && standsAlone(b.PlainText())
}

// longestHeading is the length in runes up to which a text can be a heading.
const longestHeading = 45

// standsAlone reports whether a text is short and ends no sentence: a heading.
func standsAlone(s string) bool {
	s = strings.TrimRight(s, " \t　")
	r, _ := utf8.DecodeLastRuneInString(s)
	return utf8.RuneCountInString(s) <= longestHeading && !strings.ContainsRune("。；：;:，,！？、", r)
}

func (n *nester) division(b *Block, m marker) {
	n.pop(m.unit)
	if b.Kind == Heading {
		n.rank(b)
	}
	b.Kind, b.Unit, b.Num, b.numSize = Heading, m.unit, m.text, m.size
	if t := n.top(); t != nil {
		b.ID = n.numbered(m, t.ID, "__")
	} else {
		b.ID = n.numbered(m, "", "")
	}
	n.push(b)
}

// opensArticle tells an article from a sentence that starts by naming one
// (第三条规定的…).
func (n *nester) opensArticle(b *Block, m marker, text string) bool {
	after := text[m.size:]
	r, _ := utf8.DecodeRuneInString(after)
	if after == "" || zh.IsSpace(r) || b.Kind == Heading || strings.ContainsRune("：:【（(", r) {
		return true
	}
	if m.n != n.article+1 {
		return false
	}
	for _, w := range []string{"规定", "所", "的", "第", "至", "、", "和", "款", "项", "中", "以", "与", "及", "，", "。", "或"} {
		if strings.HasPrefix(after, w) {
			return false
		}
	}
	return true
}

func (n *nester) articleBlock(b *Block, m marker) {
	n.pop(Article)
	n.article = m.n
	a := n.space.block(Block{Kind: Group, Unit: Article, Num: m.text, Line: b.Line, ID: n.numbered(m, n.prefix(), "")})
	b.Num, b.numSize, b.Kind = m.text, m.size, Paragraph
	n.push(a)
	n.clause(a, b)
}

// point places 项 and 目 inside an article: the first style of number met is
// 项, a narrower one inside it is 目.
func (n *nester) point(b *Block, m marker) {
	clause := n.open(Clause)
	if clause == nil {
		n.clause(n.open(Article), b)
		return
	}
	open := n.open(Point)
	b.Num, b.numSize, b.Kind = m.text, m.size, Paragraph
	// Level is not used of paragraphs otherwise: it keeps the style of number.
	b.Level = int(m.unit)
	if open == nil || open.Level >= b.Level {
		n.pop(Point)
		m.unit, b.Unit = Point, Point
		b.ID = n.numbered(m, clause.ID, "__list_1__")
	} else {
		n.pop(Indent)
		m.unit, b.Unit = Indent, Indent
		b.ID = n.numbered(m, open.ID, "__")
	}
	n.push(b)
}

// level places 一、（一）1.（1）① outside articles.
func (n *nester) level(b *Block, m marker) {
	n.pop(m.unit)
	if b.Kind == Heading {
		n.rank(b)
	}
	b.Unit, b.Num, b.numSize = m.unit, m.text, m.size
	if b.Kind == Heading || m.unit <= Level2 && n.alone(b) {
		b.standing = true
	}
	b.Kind = Paragraph
	if t := n.top(); t != nil && t.ID != "" {
		b.ID = n.numbered(m, t.ID, "__")
	} else {
		b.ID = n.numbered(m, "", "")
	}
	n.push(b)
}
