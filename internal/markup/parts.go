package markup

import (
	"bytes"

	"github.com/yuin/goldmark/text"
)

// A part is a stretch of a body between empty lines, or a heading, that reads the
// same whatever stands around it. Most bodies are nothing but parts, and most
// parts have no mark of Markdown in them: these are not given to the library.
type part struct {
	kind       partKind
	level      int // of a heading
	start, end int // in the body; the end of a line is not part of it
	line       int
	lines      int
}

type partKind uint8

// The kinds of parts, and of lines.
const (
	plainPart   partKind = iota // a paragraph without marks
	headingPart                 // an ATX heading without marks in its text
	markedPart                  // what only the library can read
	commentLine                 // a comment that takes the whole line
	openLine                    // what may go on behind the next empty line, or be meant elsewhere
)

// Marks of Markdown, and what is white space to it or no text at all.
const (
	markByte = 1 << iota
	controlByte
)

var byteKinds = func() (t [256]uint8) {
	for _, c := range "`*_[]<\\&!~" {
		t[c] = markByte
	}
	for c := range 0x20 {
		t[c] = controlByte
	}
	t['\t'] = 0
	return t
}()

// cut cuts a body, whose first line has the number line, into parts. known is
// false where it is not made of such; marked says that one of them is for the
// library. The list is the space's, and lasts until the next call.
func (s *space) cut(body []byte, line int) (list []part, marked, known bool) {
	out := s.parts[:0]
	defined := bytes.Contains(body, []byte("]:")) // an address or a note for other parts
	first, firstLine, chunk, isMarked, in := -1, 0, 0, false, -1
	end := func(at int) {
		if isMarked {
			marked = true
			if chunk > 0 && out[chunk-1].kind == markedPart {
				chunk--
				first, firstLine = out[chunk].start, out[chunk].line
			}
			out = append(out[:chunk], part{kind: markedPart, start: first, end: at, line: firstLine})
		}
		first, isMarked, in = -1, false, -1
	}
	for at := 0; at < len(body); line++ {
		stop := len(body)
		if i := bytes.IndexByte(body[at:], '\n'); i >= 0 {
			stop = at + i
		}
		l := body[at:stop]
		if len(l) == 0 {
			end(at)
			at = stop + 1
			continue
		}
		if first < 0 {
			first, firstLine, chunk = at, line, len(out)
		}
		kind, level := lineKind(l, defined)
		switch kind {
		case openLine:
			return nil, false, false
		case commentLine:
			if alone := first == at && (stop+1 >= len(body) || body[stop+1] == '\n'); !alone {
				return nil, false, false
			}
		case markedPart:
			isMarked = true
		case headingPart:
			out, in = append(out, part{headingPart, level, at + level + 1, stop, line, 1}), -1
		case plainPart:
			if in < 0 {
				in = len(out)
				out = append(out, part{kind: plainPart, start: at, line: line})
			}
			out[in].end = stop
			out[in].lines++
		}
		at = stop + 1
	}
	end(len(body))
	s.parts = out
	return out, marked, true
}

// lineKind returns what a line, which is not empty, makes of the part it stands in:
// the part is marked where one of its lines is. level is that of a heading. defined
// says that brackets may lead to other parts.
func lineKind(l []byte, defined bool) (kind partKind, level int) {
	var has uint8
	for _, c := range l {
		has |= byteKinds[c]
	}
	t, c := l, l[len(l)-1]
	marked := has&markByte != 0 || c == ' ' || c == '\t'
	if l[0] == ' ' || l[0] == '\t' {
		t, marked = bytes.TrimLeft(l, " \t"), true
	}
	if has&controlByte != 0 || len(t) == 0 || defined && bytes.IndexByte(l, '[') >= 0 || opens(t) {
		if isComment(l) {
			return commentLine, 0
		}
		return openLine, 0
	}
	switch t[0] {
	case '-', '+', '|', ':':
		return markedPart, 0
	case '#':
		if level = headingLevel(l); level == 0 {
			return markedPart, 0
		}
		kind = headingPart
	}
	if marked {
		return markedPart, 0
	}
	return kind, level
}

// opens reports whether a line, without white space before it, may begin a block
// that does not end with the next empty line.
func opens(t []byte) bool {
	switch t[0] {
	case '<', '>':
		return true
	case '-', '+', '*':
		return len(t) == 1 || t[1] == ' ' || t[1] == '\t'
	case '`', '~':
		return len(t) > 2 && t[1] == t[0] && t[2] == t[0]
	}
	return false
}

// isComment reports a line that is one comment and nothing else.
func isComment(l []byte) bool {
	const start, stop = "<!--", "-->"
	return bytes.HasPrefix(l, []byte(start)) && len(l) < mostBrackets && bytes.Index(l, []byte(stop)) == len(l)-len(stop)
}

// headingLevel returns the level of a line that is # and a text after one space, 0
// for other lines.
func headingLevel(l []byte) int {
	n := 0
	for n < len(l) && l[n] == '#' {
		n++
	}
	if n > 6 || n+1 >= len(l) || l[n] != ' ' || l[n+1] == ' ' || l[n+1] == '\t' || l[len(l)-1] == '#' {
		return 0
	}
	return n
}

// partBlocks makes the blocks of a body that is nothing but parts: those that the
// library would make of the whole.
func (c *converter) partBlocks(p *Parser, parts []part) []*Block {
	if len(parts) == 0 {
		return nil
	}
	s := c.opts.Text
	if len(s) != len(c.src) {
		s = string(c.src)
	}
	out := make([]*Block, 0, len(parts)+len(parts)/8)
	for i := range parts {
		x := &parts[i]
		c.places.at, c.places.line = x.start, x.line
		switch x.kind {
		case headingPart:
			in := append(c.space.inline(1), Inline{Kind: Text, Text: s[x.start:x.end], at: int32(x.start) + 1})
			out = append(out, c.space.block(Block{Kind: Heading, Level: x.level, Line: x.line, Inlines: c.finish(in, x.line, true)}))
		case plainPart:
			out = c.paragraphs(out, x.line, c.plainLines(s, x))
		default:
			r := text.NewReader(c.src[:x.end])
			r.SetPosition(-1, text.NewSegment(x.start, x.start))
			r.AdvanceLine() // this is the first line
			out = c.blocks(out, p.md.Parse(r))
		}
	}
	return out
}

// plainLines returns the lines of a plain part.
func (c *converter) plainLines(s string, x *part) []Inline {
	in := c.space.inline(2*x.lines - 1)
	for at := x.start; ; {
		stop := x.end
		if len(in)+1 < cap(in) {
			stop = at + bytes.IndexByte(c.src[at:x.end], '\n')
		}
		in = append(in, Inline{Kind: Text, Text: s[at:stop], at: int32(at) + 1})
		if stop == x.end {
			return in
		}
		in = append(in, Inline{Kind: SoftBreak})
		at = stop + 1
	}
}
