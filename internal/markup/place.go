package markup

import (
	"bytes"
	"math"
	"strings"
	"unicode/utf8"

	"gongbao/internal/diag"
)

// A Place is a place in the file of a body, small because the catalog keeps
// many. Line counts from 1; Col and End are those of diag.Pos, and 0 where the
// line is longer than they can count.
type Place struct {
	Line     int32
	Col, End uint16
}

// In returns the place as one of a file.
func (p Place) In(file string) diag.Pos {
	return diag.Pos{File: file, Line: int(p.Line), Col: int(p.Col), End: int(p.End)}
}

// A cursor turns offsets into lines and columns. It counts from the last offset
// it was asked for, so that neighbours cost little in either direction.
type cursor struct {
	src      []byte
	at, line int // line is that of the offset at
	colAt    int // an offset, with the runes before it on its line
	colLine  int
	runes    int
}

// lineAt returns the line of an offset.
func (c *cursor) lineAt(offset int) int {
	if offset < c.at {
		c.line -= bytes.Count(c.src[offset:c.at], []byte{'\n'})
	} else {
		c.line += bytes.Count(c.src[c.at:offset], []byte{'\n'})
	}
	c.at = offset
	return c.line
}

// place returns the place from start to end, cut at the end of its line.
func (c *cursor) place(start, end int) Place {
	start = min(max(start, 0), len(c.src))
	p := Place{Line: int32(c.lineAt(start))}
	switch {
	case c.colLine != c.line:
		lineStart := bytes.LastIndexByte(c.src[:start], '\n') + 1
		c.colLine, c.runes = c.line, utf8.RuneCount(c.src[lineStart:start])
	case start < c.colAt:
		c.runes -= utf8.RuneCount(c.src[start:c.colAt])
	default:
		c.runes += utf8.RuneCount(c.src[c.colAt:start])
	}
	c.colAt = start
	text := c.src[start:min(max(end, start), len(c.src))]
	if i := bytes.IndexByte(text, '\n'); i >= 0 {
		text = text[:i]
	}
	first, last := c.runes+1, c.runes+1+utf8.RuneCount(text)
	if first > math.MaxUint16 {
		return p
	}
	p.Col = uint16(first)
	if last > first && last <= math.MaxUint16 {
		p.End = uint16(last)
	}
	return p
}

// An origin ties a text to the source it was read from: the byte at text came
// from the offset src. Between the two, mark-up and line ends may be lost.
type origin struct {
	text, src int
	known     bool
	line      int // of the block, where nothing better is known
}

func originOf(x *Inline, line int) *origin {
	return &origin{src: int(x.at) - 1, known: x.at > 0, line: line}
}

// locate returns the place of s, which begins at start in the text of o. What
// was lost before it only moves it towards the end.
func (c *converter) locate(o *origin, s string, start int) Place {
	unknown := Place{Line: int32(o.line)}
	if !o.known {
		return unknown
	}
	const slack = 1024 // for what is lost between two mentions
	from := min(o.src+start-o.text, len(c.src))
	window := c.src[from:min(len(c.src), from+2*(start-o.text)+len(s)+slack)]
	i := bytes.Index(window, []byte(s))
	if i < 0 { // a line end or an escape inside
		i = bytes.Index(window, []byte(s[:headSize(s)]))
	}
	if i < 0 {
		return unknown
	}
	o.src, o.text = from+i, start
	return c.places.place(o.src, o.src+len(s))
}

// headSize is the size of the first two runes of s.
func headSize(s string) int {
	_, first := utf8.DecodeRuneInString(s)
	_, second := utf8.DecodeRuneInString(s[first:])
	return first + second
}

func (c *converter) report(rule string, at Place, args ...string) {
	c.tree.Findings = append(c.tree.Findings, diag.New(rule, at.In(c.opts.File), args...))
}

// tagPlace returns the place of the first tag, other than a comment, from start
// on.
func (c *converter) tagPlace(start, stop int) Place {
	s := string(c.src[start:stop])
	at := 0
	for {
		i := strings.IndexByte(s[at:], '<')
		if i < 0 {
			return c.places.place(start, stop)
		}
		at += i
		n := strings.Index(s[at:], "-->")
		if !strings.HasPrefix(s[at:], "<!--") || n < 0 {
			break
		}
		at += n + len("-->")
	}
	end := stop
	if i := strings.IndexByte(s[at:], '>'); i >= 0 {
		end = start + at + i + 1
	}
	return c.places.place(start+at, end)
}
