package markup

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// seen is what our parsers note while the library parses one body, because its
// tree does not hold it.
type seen struct {
	ends   map[ast.Node]int // offset after a link or picture
	notes  []*east.Footnote
	unused []*east.Footnote // those of notes that nobody refers to, in order
	lost   []text.Segment   // references to notes that are not there
}

func (s *seen) reset() {
	clear(s.ends)
	s.notes, s.unused, s.lost = nil, nil, nil
}

// links is the parser of links and pictures that notes where they end.
type links struct {
	parser.InlineParser
	seen *seen
}

// Parse implements parser.InlineParser.
func (l links) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	n := l.InlineParser.Parse(parent, block, pc)
	switch n.(type) {
	case *ast.Link, *ast.Image:
		_, rest := block.Position()
		l.seen.ends[n] = rest.Start
	}
	return n
}

// CloseBlock implements parser.CloseBlocker: the library's parser keeps state.
func (l links) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	if c, ok := l.InlineParser.(parser.CloseBlocker); ok {
		c.CloseBlock(parent, block, pc)
	}
}

// placeOf returns the place of an inline node.
func (c *converter) placeOf(n ast.Node) Place {
	start := n.Pos()
	end := start
	switch n := n.(type) {
	case *ast.Link, *ast.Image:
		end = c.seen.ends[n]
	case *ast.AutoLink:
		if i := bytes.IndexByte(c.src[start:], '>'); i >= 0 {
			end = start + i + 1
		}
	case *ast.RawHTML:
		if k := n.Segments.Len(); k > 0 {
			start, end = n.Segments.At(0).Start, n.Segments.At(k-1).Stop
		}
	}
	return c.places.place(start, end)
}
