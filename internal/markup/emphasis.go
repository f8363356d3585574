package markup

import (
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"gongbao/internal/zh"
)

// emphasis is the parser of * and _. CommonMark decides by the neighbours of a
// run whether it opens or closes, and expects spaces around punctuation, which
// Chinese does not write: **《甲》**第四条 would not be bold. Here a Chinese
// neighbour of * is neither space nor punctuation; all else is CommonMark's.
type emphasis struct{}

// Trigger implements parser.InlineParser.
func (emphasis) Trigger() []byte { return []byte{'*', '_'} }

// Parse implements parser.InlineParser.
func (emphasis) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	d := parser.ScanDelimiter(line, before, 1, emphasisMarks{})
	if d == nil {
		return nil
	}
	if d.Char == '*' {
		n := d.OriginalLength
		flank(d, before, runeBefore(block.Source()[:segment.Start], before), line[n:])
	}
	d.Segment = segment.WithStop(segment.Start + d.OriginalLength)
	block.Advance(d.OriginalLength)
	pc.PushDelimiter(d)
	return d
}

// runeBefore returns the rune before the last one of src.
func runeBefore(src []byte, last rune) rune {
	src = src[:max(0, len(src)-utf8.RuneLen(last))]
	r, _ := utf8.DecodeLastRune(src)
	return r
}

// flank decides again where one of the neighbours is Chinese. beyond is the
// rune before before, rest the line after the run.
func flank(d *parser.Delimiter, before, beyond rune, rest []byte) {
	after, size := ' ', 0
	if len(rest) > 0 {
		after, size = utf8.DecodeRune(rest)
	}
	next, _ := utf8.DecodeRune(rest[size:])
	left, right := chinese(before), chinese(after)
	// Quotation marks and dashes are Chinese in Chinese company.
	left = left || shared(before) && (right || chinese(beyond))
	right = right || shared(after) && (left || chinese(next))
	if !left && !right {
		return
	}
	spaceBefore, spaceAfter := util.IsSpaceRune(before), util.IsSpaceRune(after)
	punctBefore := !left && util.IsPunctRune(before)
	punctAfter := !right && util.IsPunctRune(after)
	d.CanOpen = !spaceAfter && (!punctAfter || spaceBefore || punctBefore || left)
	d.CanClose = !spaceBefore && (!punctBefore || spaceAfter || punctAfter || right)
}

// chinese reports whether a rune stands in Chinese text only.
func chinese(r rune) bool {
	return zh.IsHan(r) || r >= 0x2E80 && r < 0x3000 || r > 0x3000 && r <= 0x33FF || r >= 0xFE30 && r <= 0xFE6F || r >= 0xFF01 && r <= 0xFFEF
}

// shared reports whether a mark belongs to Chinese and to Latin text.
func shared(r rune) bool {
	switch r {
	case '“', '”', '‘', '’', '—', '…', '·':
		return true
	}
	return false
}

// emphasisMarks tells the library what a pair of delimiters makes.
type emphasisMarks struct{}

// IsDelimiter implements parser.DelimiterProcessor.
func (emphasisMarks) IsDelimiter(b byte) bool { return b == '*' || b == '_' }

// CanOpenCloser implements parser.DelimiterProcessor.
func (emphasisMarks) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

// OnMatch implements parser.DelimiterProcessor.
func (emphasisMarks) OnMatch(consumes int) ast.Node { return ast.NewEmphasis(consumes) }
