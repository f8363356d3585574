package markup

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// bullets is the list parser without ordered lists.
type bullets struct{ parser.BlockParser }

// Trigger leaves digits to paragraphs: 1. is official numbering.
func (bullets) Trigger() []byte { return []byte{'-', '+', '*'} }

// indented is the paragraph parser for lines however far indented: without
// code blocks nobody else takes them, and their text would be lost.
type indented struct{ parser.BlockParser }

// CanAcceptIndentedLine implements parser.BlockParser.
func (indented) CanAcceptIndentedLine() bool { return true }

// newParser returns the Markdown parser. It keeps no state between documents,
// but the library does not promise that it may be shared, so each Parser has
// its own.
func newParser(s *seen) parser.Parser {
	p := parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(bullets{parser.NewListParser()}, 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(parser.NewHTMLBlockParser(), 900),
			util.Prioritized(indented{parser.NewParagraphParser()}, 1000),
			util.Prioritized(newNotes(s), 999),
		),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(newNoteRefs(s), 101),
			util.Prioritized(links{parser.NewLinkParser(), s}, 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewRawHTMLParser(), 400),
			util.Prioritized(emphasis{}, 500),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200),
		),
		parser.WithASTTransformers(
			util.Prioritized(numberNotes{s}, 998),
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
	)
	return p
}

// A Parser reads bodies. It must not be used by two goroutines at once.
type Parser struct {
	md    parser.Parser
	seen  *seen
	space *space
}

// NewParser returns a Parser.
func NewParser() *Parser {
	s := &seen{ends: map[ast.Node]int{}}
	return &Parser{newParser(s), s, newSpace()}
}

// Reuse has the Parser take the memory of every tree for the next: from then on a
// Tree and the Fragment made of it hold until the next Parse or HTML. Strings
// stay.
func (p *Parser) Reuse() { p.space.again = true }

// Options say what is known about a body before it is read.
type Options struct {
	File      string // for findings
	FirstLine int    // of the body in the file
	Official  bool   // an official document: roles, articles and levels are read
	Title     string // the document's title, where the front matter has it
	Text      string // the body once more, where the caller has it as a string
}

// Parse reads a body in UTF-8 with LF line ends. It never fails: what cannot
// be understood is text.
func (p *Parser) Parse(body []byte, o Options) *Tree { return p.parse(body, o, true) }

// parse is Parse. cut says that the library gets only those parts of the body that
// have marks; the tree is the same.
func (p *Parser) parse(body []byte, o Options, cut bool) *Tree {
	first := max(o.FirstLine, 1)
	p.space.clear()
	c := &converter{src: body, places: cursor{src: body, line: first}, opts: o, seen: p.seen, space: p.space}
	c.tree.size = len(body)
	if p.space.again {
		c.tree.written = &p.space.written
	}
	var parts []part
	marked := true
	if cut {
		parts, marked, cut = p.space.cut(body, first)
	}
	if marked || !cut {
		if at := tooDeep(body); at >= 0 {
			c.report("nesting-deep", c.places.place(at, at+1))
			c.tree.Blocks = plainBlocks(body, first)
			return &c.tree
		}
	}
	p.seen.reset()
	if cut {
		c.tree.Blocks = c.partBlocks(p, parts)
	} else {
		c.tree.Blocks = c.blocks(nil, p.md.Parse(text.NewReader(body)))
	}
	c.footnotes()
	c.tree.Blocks = structure(c.tree.Blocks, o, p.space)
	for _, n := range c.tree.Footnotes {
		for _, b := range n.Blocks {
			if b.Kind == Heading {
				b.Unit = Title // without an anchor: they are counted in the text only
			}
		}
	}
	return &c.tree
}

type converter struct {
	src    []byte
	opts   Options
	tree   Tree
	seen   *seen
	space  *space
	places cursor
}

func startOf(n ast.Node) int {
	if n.Type() == ast.TypeBlock {
		if l := n.Lines(); l != nil && l.Len() > 0 {
			return l.At(0).Start
		}
	}
	if t, ok := n.(*ast.Text); ok {
		return t.Segment.Start
	}
	for ch := n.FirstChild(); ch != nil; ch = ch.NextSibling() {
		if s := startOf(ch); s >= 0 {
			return s
		}
	}
	return -1
}

// blocks appends the blocks of a node.
func (c *converter) blocks(out []*Block, parent ast.Node) []*Block {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		out = c.block(out, n)
	}
	return out
}

func (c *converter) block(out []*Block, n ast.Node) []*Block {
	line := c.lineOf(n)
	switch n := n.(type) {
	case *ast.Heading:
		return append(out, &Block{Kind: Heading, Level: n.Level, Line: line, Inlines: c.finish(c.inlines(n), line, true)})
	case *ast.Paragraph, *ast.TextBlock:
		return c.paragraphs(out, line, c.inlines(n))
	case *ast.ThematicBreak:
		return append(out, &Block{Kind: Rule, Line: line})
	case *ast.Blockquote:
		return append(out, &Block{Kind: Quote, Line: line, Blocks: c.blocks(nil, n)})
	case *ast.List:
		return append(out, &Block{Kind: List, Line: line, Blocks: c.blocks(nil, n)})
	case *ast.ListItem:
		return append(out, &Block{Kind: Item, Line: line, Blocks: c.blocks(nil, n)})
	case *ast.FencedCodeBlock:
		return append(out, &Block{Kind: Code, Line: line, Info: c.lines(n)})
	case *ast.HTMLBlock:
		return c.htmlBlock(out, n, line)
	case *east.Table:
		return append(out, c.table(n, line))
	case *east.FootnoteBacklink:
		return out // the writer makes its own
	case *ast.LinkReferenceDefinition:
		return out // where links lead, no text
	case *east.FootnoteList:
		for f := n.FirstChild(); f != nil; f = f.NextSibling() {
			if note, ok := f.(*east.Footnote); ok {
				c.tree.Footnotes = append(c.tree.Footnotes, Footnote{Number: note.Index, Blocks: c.blocks(nil, note)})
			}
		}
		return out
	}
	return append(out, &Block{Kind: Paragraph, Line: line, Inlines: c.finish(c.inlines(n), line, true)})
}

func (c *converter) lines(n ast.Node) string {
	var b strings.Builder
	for i := range n.Lines().Len() {
		seg := n.Lines().At(i)
		b.Write(seg.Value(c.src))
	}
	return b.String()
}

// paragraphs makes the blocks of one Markdown paragraph. A line that starts
// with official numbering after a line that ended a sentence is a paragraph of
// its own: editors paste texts with one line a paragraph.
func (c *converter) paragraphs(out []*Block, line int, in []Inline) []*Block {
	if len(in) == 1 && in[0].Kind == Image {
		return append(out, &Block{Kind: Figure, Line: line, Inlines: in})
	}
	start, lines := 0, 0
	for i := range in {
		if in[i].Kind == SoftBreak {
			lines++
			if i+1 < len(in) && i > start && startsNumbered(in[i+1:]) && (endsSentence(leadOrTail(in[start:i])) || isHeadingLine(in[start:i])) {
				out = append(out, c.space.block(Block{Kind: Paragraph, Line: line, Inlines: c.finish(in[start:i:i], line, true)}))
				start, line, lines = i+1, line+lines, 0
			}
		}
	}
	if start < len(in) {
		out = append(out, c.space.block(Block{Kind: Paragraph, Line: line, Inlines: c.finish(in[start:], line, true)}))
	}
	return out
}

// leadOrTail returns the text of the last inline.
func leadOrTail(in []Inline) string {
	return textOf(&in[len(in)-1])
}

// textOf returns the text of an inline without mark-up.
func textOf(x *Inline) string {
	if x.Kind == Text {
		return x.Text
	}
	var b strings.Builder
	plain(&b, []Inline{*x})
	return b.String()
}

func endsSentence(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, " \t　"))
	return strings.ContainsRune("。；：;:！？!?.”）)", r) || r == utf8.RuneError
}

// isHeadingLine reports one line that carries a number and ends no sentence:
// 一、总体要求.
func isHeadingLine(in []Inline) bool {
	if len(in) != 1 || !startsNumbered(in) {
		return false
	}
	return standsAlone(in[0].Text)
}

func startsNumbered(in []Inline) bool {
	return Numbered(textOf(&in[0]))
}

func (c *converter) inlines(parent ast.Node) []Inline {
	var out []Inline
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		out = c.inline(out, n)
	}
	return out
}

// addText appends text, merging it with text before it, so that titles and
// numbers are found across Markdown's own cuts.
func addText(out []Inline, s string, at int32) []Inline {
	if s == "" {
		return out
	}
	if k := len(out) - 1; k >= 0 && out[k].Kind == Text {
		out[k].Text += s
		return out
	}
	return append(out, Inline{Kind: Text, Text: s, at: at})
}

func (c *converter) inline(out []Inline, n ast.Node) []Inline {
	switch n := n.(type) {
	case *ast.Text:
		out = addText(out, c.unescape(n.Segment.Value(c.src), n.IsRaw()), int32(n.Segment.Start)+1)
		switch {
		case n.HardLineBreak():
			out = append(out, Inline{Kind: HardBreak})
		case n.SoftLineBreak():
			out = append(out, Inline{Kind: SoftBreak})
		}
	case *ast.String:
		out = addText(out, string(n.Value), 0)
	case *ast.CodeSpan:
		var b strings.Builder
		for ch := n.FirstChild(); ch != nil; ch = ch.NextSibling() {
			if t, ok := ch.(*ast.Text); ok {
				b.WriteString(strings.ReplaceAll(string(t.Segment.Value(c.src)), "\n", " "))
			}
		}
		out = append(out, Inline{Kind: CodeSpan, Text: b.String()})
	case *ast.Emphasis:
		kind := Emphasis
		if n.Level == 2 {
			kind = Strong
		}
		out = append(out, Inline{Kind: kind, Inside: c.inlines(n)})
	case *ast.Link:
		out = append(out, c.link(c.unescape(n.Destination, false), c.unescape(n.Title, false), c.inlines(n), c.placeOf(n)))
	case *ast.Image:
		var alt strings.Builder
		plain(&alt, c.inlines(n))
		out = append(out, c.image(c.unescape(n.Destination, false), c.unescape(n.Title, false), alt.String(), c.placeOf(n)))
	case *ast.AutoLink:
		url := string(n.URL(c.src))
		if n.AutoLinkType == ast.AutoLinkEmail {
			url = "mailto:" + url
		}
		// An address in angle brackets may have any scheme, javascript: too.
		out = append(out, c.link(url, "", []Inline{{Kind: Text, Text: string(n.Label(c.src))}}, c.placeOf(n)))
	case *ast.RawHTML:
		out = c.rawHTML(out, n)
	case *east.FootnoteLink:
		out = append(out, Inline{Kind: NoteRef, Ref: n.Index})
	case *east.FootnoteBacklink:
	default:
		out = append(out, c.inlines(n)...)
	}
	return out
}

// lineOf returns the line of a block.
func (c *converter) lineOf(n ast.Node) int {
	s := startOf(n)
	if s < 0 {
		s = n.Pos() // it has no text
	}
	if s < 0 || s > len(c.src) {
		return c.places.line
	}
	return c.places.lineAt(s)
}

// unescape resolves backslash escapes and entities. An escaped & begins no
// entity, so the text between escapes is resolved piece by piece.
func (c *converter) unescape(b []byte, raw bool) string {
	if raw || bytes.IndexByte(b, '\\') < 0 && bytes.IndexByte(b, '&') < 0 {
		return string(b)
	}
	var out []byte
	start := 0
	flush := func(end int) {
		out = append(out, util.ResolveEntityNames(util.ResolveNumericReferences(b[start:end]))...)
	}
	for i := 0; i+1 < len(b); i++ {
		if b[i] == '\\' && util.IsPunct(b[i+1]) {
			flush(i)
			out = append(out, b[i+1])
			i++
			start = i + 1
		}
	}
	flush(len(b))
	return string(out)
}
