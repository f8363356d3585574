package markup

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// htmlBlock shows raw HTML as text. Comments are dropped: editors use them as
// notes to themselves.
func (c *converter) htmlBlock(out []*Block, n *ast.HTMLBlock, line int) []*Block {
	s := c.lines(n)
	if n.HasClosure() {
		s += string(n.ClosureLine.Value(c.src))
	}
	if s = strings.TrimSpace(withoutComments(s)); s == "" {
		return out
	}
	if strings.Contains(s, "<") {
		first, last := n.Lines().At(0), n.Lines().At(n.Lines().Len()-1)
		c.report("html-escaped", c.tagPlace(first.Start, max(last.Stop, n.ClosureLine.Stop)))
	}
	return append(out, &Block{Kind: Paragraph, Line: line, Inlines: c.finish([]Inline{{Kind: Text, Text: s}}, line, true)})
}

func withoutComments(s string) string {
	for {
		i := strings.Index(s, "<!--")
		if i < 0 {
			return s
		}
		n := strings.Index(s[i:], "-->")
		if n < 0 {
			return s // it never ends: text
		}
		s = s[:i] + s[i+n+len("-->"):]
	}
}

func (c *converter) rawHTML(out []Inline, n *ast.RawHTML) []Inline {
	var b strings.Builder
	for i := range n.Segments.Len() {
		seg := n.Segments.At(i)
		b.Write(seg.Value(c.src))
	}
	if strings.HasPrefix(b.String(), "<!--") {
		return out
	}
	c.report("html-escaped", c.placeOf(n))
	return addText(out, b.String(), 0)
}
