package markup

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// notes is the parser of footnotes' texts. It notes them all: the library drops
// those that nobody refers to, and the text of an official document must not be
// lost.
type notes struct {
	parser.BlockParser
	seen *seen
}

// Close implements parser.BlockParser.
func (p notes) Close(n ast.Node, block text.Reader, pc parser.Context) {
	p.BlockParser.Close(n, block, pc)
	if note, ok := n.(*east.Footnote); ok {
		p.seen.notes = append(p.seen.notes, note)
	}
}

// noteRefs is the parser of references to footnotes. It notes those that lead
// nowhere.
type noteRefs struct {
	parser.InlineParser
	seen *seen
}

// Parse implements parser.InlineParser.
func (p noteRefs) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	n := p.InlineParser.Parse(parent, block, pc)
	if n == nil {
		start := segment.Start
		if line[0] == '!' {
			line, start = line[1:], start+1
		}
		if size := noteRefSize(line); size > 0 {
			p.seen.lost = append(p.seen.lost, text.NewSegment(start, start+size))
		}
	}
	return n
}

// noteRefSize returns the bytes of [^label] at the start of a line, or 0.
func noteRefSize(line []byte) int {
	label, ok := bytes.CutPrefix(line, []byte("[^"))
	if !ok {
		return 0
	}
	end := bytes.IndexAny(label, "[]\n")
	if end < 0 || label[end] != ']' || len(bytes.TrimSpace(label[:end])) == 0 {
		return 0
	}
	return len("[^") + end + len("]")
}

// numberNotes gives numbers to the notes that have none, behind the others. It
// must run before the library's own transformer, which drops them.
type numberNotes struct{ seen *seen }

// Transform implements parser.ASTTransformer.
func (t numberNotes) Transform(*ast.Document, text.Reader, parser.Context) {
	for _, n := range t.seen.notes {
		if list, ok := n.Parent().(*east.FootnoteList); ok && n.Index < 0 {
			list.Count++
			n.Index = list.Count
			t.seen.unused = append(t.seen.unused, n)
		}
	}
}

func newNotes(s *seen) notes { return notes{extension.NewFootnoteBlockParser(), s} }

func newNoteRefs(s *seen) noteRefs { return noteRefs{extension.NewFootnoteParser(), s} }

// footnotes reports the notes that nobody refers to and the references that
// lead nowhere.
func (c *converter) footnotes() {
	first := len(c.tree.Footnotes) - len(c.seen.unused)
	for i, n := range c.seen.unused {
		c.tree.Footnotes[first+i].Unused = true
		label := "[^" + string(n.Ref) + "]"
		c.report("footnote-unused", c.places.place(n.Pos(), n.Pos()+len(label)), label)
	}
	if len(c.seen.lost) == 0 {
		return
	}
	taken := map[int]bool{} // [^1](b.md) is a link
	for n := range c.seen.ends {
		taken[n.Pos()] = true
	}
	for _, s := range c.seen.lost {
		if !taken[s.Start] && !taken[s.Start-1] {
			c.report("footnote-missing", c.places.place(s.Start, s.Stop), string(s.Value(c.src)))
		}
	}
}
