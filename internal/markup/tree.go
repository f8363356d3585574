// Package markup reads the body of a content file: Markdown (CommonMark, GFM
// tables, footnotes) and the structure that Chinese official documents have
// anyway, and writes it as HTML. It is the home of the Markdown library.
//
// Parse gives a Tree. 编 章 节 条 款 项 目 and 一、（一）1.（1） become nested
// blocks with permanent anchors (eIds of Akoma Ntoso, design §3), without any
// mark-up by the editor; 主送机关, 署名, 成文日期, 附件 and 附注 become roles.
// Numbers and 《titles》 in running text become references, which the catalog
// resolves later: Tree.HTML leaves a slot for each.
//
// Three things differ from CommonMark, because the written form of an official
// text is never rewritten: "1." and "1、" at the start of a line are official
// numbering and never an HTML list; indentation never makes a code block; raw
// HTML is shown as text, with a finding, and comments are dropped.
package markup

import (
	"strings"

	"gongbao/internal/diag"
)

// A Kind is the kind of a block.
type Kind uint8

// The kinds of blocks.
const (
	Paragraph Kind = iota
	Heading        // with Level, or a Unit that is shown as a heading
	Group          // a Unit without text of its own (条: its paragraphs are children)
	List           // bullet list; children are Items
	Item
	Quote
	Code
	Table
	Figure
	Rule
)

// A Unit is what a block is in the structure of the document.
type Unit uint8

// The units, from the widest. Level1 to Level5 are 一、（一）1.（1）①; Point and
// Indent are 项 and 目 inside an article.
const (
	NoUnit    Unit = iota
	Component      // 附件, or what a 通知 prints
	Part           // 编
	Subpart        // 分编
	Chapter        // 章
	Section        // 节
	Article        // 条
	Clause         // 款
	Point          // 项
	Indent         // 目
	Level1
	Level2
	Level3
	Level4
	Level5
	Title // a heading of the text's own that carries no number
)

// A Role is what a paragraph is in an official document (GB/T 9704-2012 7).
type Role uint8

// The roles. Body is everything else.
const (
	Body Role = iota
	NumberLine
	TitleLine
	Amendment     // 题注: a line of adoption or amendment under the title
	Addressees    // 主送机关
	Signature     // 发文机关署名
	SigningDate   // 成文日期
	AttachmentRef // 附件说明
	AttachmentTag // 附件 1
	Note          // 附注, （此件公开发布）
	Disclosure    // 信息公开选项：主动公开
	CopyTo        // 抄送
	PrintedBy     // 印发机关和印发日期
)

// A Block is a node of the tree.
type Block struct {
	Kind     Kind
	Unit     Unit
	Role     Role
	standing bool   // a numbered paragraph that stands alone as a heading
	under    uint8  // headings without numbers, in the same block, that it stands under: at most 5
	ID       string // anchor, unique in the tree; "" for none
	Num      string // the number as written: 第五条, （一）
	Level    int    // of a Heading in Markdown, 1 to 6
	Line     int    // in the file, from 1
	Inlines  []Inline
	Blocks   []*Block
	Rows     [][]Cell // Table: the first row is the head
	Info     string   // Code: the text
	numSize  int      // bytes of Num at the start of the text
}

// Standing reports whether a numbered paragraph stands alone as a heading.
func (b *Block) Standing() bool { return b.standing }

// NumberSize returns how many bytes at the start of the text are its number, 0
// where it has none: 第五条 of "第五条 本办法…".
func (b *Block) NumberSize() int { return b.numSize }

// A Cell is a cell of a table. Align is "", "left", "center" or "right". Every row
// has all its cells: a merged cell says how many columns and rows it takes, those
// it covers are empty and say how far above and left of them it begins.
type Cell struct {
	Inlines    []Inline
	Align      string
	Cols, Rows int // 0 counts as 1
	Up, Left   int // of a cell that another covers
}

// Covered reports whether another cell covers this one.
func (c *Cell) Covered() bool { return c.Up > 0 || c.Left > 0 }

// HeadRows returns how many rows at the top of a table are its head: the first,
// and those that its merged cells reach into.
func (b *Block) HeadRows() int {
	n := min(1, len(b.Rows))
	for i := 0; i < n; i++ {
		for _, c := range b.Rows[i] {
			n = max(n, min(i+c.Rows, len(b.Rows)))
		}
	}
	return n
}

// InlineKind is the kind of an inline.
type InlineKind uint8

// The kinds of inlines.
const (
	Text InlineKind = iota
	Strong
	Emphasis
	CodeSpan
	Link      // Dest; Ref is the index in Tree.Links + 1 for a link into content/
	Image     // Dest, Title, and alt in Text
	SoftBreak // end of a line in the source
	HardBreak
	Reference // Ref is the index in Tree.Refs
	NoteRef   // Ref is the footnote's number
)

// An Inline is a piece of running text.
type Inline struct {
	Kind   InlineKind
	at     int32 // Text: 1 + the offset in the body where it begins, 0 if unknown
	Text   string
	Dest   string
	Title  string
	Ref    int
	Inside []Inline
}

// A Ref is a mention of a document in running text: by number, by title or by
// both. Equal mentions share one Ref.
type Ref struct {
	Title   string // as written between the outer 《》, or ""
	Number  string // as written, or ""
	Article string // anchor of the article named right after it, or ""
	At      Place  // of the first mention
}

// A ContentLink is a Markdown link to another file of content/.
type ContentLink struct {
	Dest string // as written
	At   Place
}

// A FileRef names a file beside the content file: a picture or a link to it.
type FileRef struct {
	Path  string
	Image bool
	At    Place
}

// A Footnote is a footnote's text.
type Footnote struct {
	Number int
	Unused bool // nobody refers to it
	Blocks []*Block
}

// A Tree is a parsed body.
type Tree struct {
	Blocks    []*Block
	Footnotes []Footnote
	Refs      []Ref
	Links     []ContentLink
	Files     []FileRef
	Findings  []diag.Finding

	size    int       // of the body in bytes
	written *Fragment // whose memory HTML takes; nil for none
}

// Walk calls f for every block, parents before children, in reading order.
func (t *Tree) Walk(f func(*Block)) {
	walk(t.Blocks, f)
	for _, n := range t.Footnotes {
		walk(n.Blocks, f)
	}
}

func walk(bs []*Block, f func(*Block)) {
	for _, b := range bs {
		f(b)
		walk(b.Blocks, f)
	}
}

// PlainText returns the block's own text without mark-up; soft breaks between
// Chinese characters vanish.
func (b *Block) PlainText() string {
	if b.Kind == Code {
		return b.Info
	}
	if len(b.Inlines) == 1 && b.Inlines[0].Kind == Text {
		return b.Inlines[0].Text
	}
	var s strings.Builder
	s.Grow(textSize(b))
	plain(&s, b.Inlines)
	for i, row := range b.Rows {
		if i > 0 {
			s.WriteByte('\n')
		}
		for j, c := range row {
			if j > 0 {
				s.WriteByte('\t')
			}
			plain(&s, c.Inlines)
		}
	}
	return s.String()
}

func plain(s *strings.Builder, in []Inline) {
	for _, x := range in {
		switch x.Kind {
		case Text, Reference, CodeSpan, Image:
			s.WriteString(x.Text)
		case SoftBreak:
			s.WriteString(x.Text)
		case HardBreak:
			s.WriteByte('\n')
		default:
			plain(s, x.Inside)
		}
	}
}

// textSize returns the bytes of a block's text, without making it.
func textSize(b *Block) int {
	size := 0
	for _, x := range b.Inlines {
		size += len(x.Text)
		for _, y := range x.Inside {
			size += len(y.Text)
		}
	}
	return size
}

// PlainText returns the text of the whole tree, one block a line.
func (t *Tree) PlainText() string {
	var s strings.Builder
	t.Walk(func(b *Block) {
		if text := b.PlainText(); text != "" {
			s.WriteString(text)
			s.WriteByte('\n')
		}
	})
	return s.String()
}

// Anchors returns the anchors of the tree in reading order.
func (t *Tree) Anchors() []string {
	var ids []string
	t.Walk(func(b *Block) {
		if b.ID != "" {
			ids = append(ids, b.ID)
		}
	})
	return ids
}
