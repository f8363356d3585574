package audit

import (
	"bytes"
	"unicode/utf8"
)

// A masker blanks out the parts of Markdown lines that are not shown: comments,
// code, where links lead, marks of footnotes. It is no parser: what it does not
// know is text.
type masker struct {
	buf     []byte
	fence   []byte // that opened the code the line is in
	comment bool
}

func (m *masker) reset() { m.fence, m.comment = nil, false }

// only returns a line of which nothing is seen but some columns.
func (m *masker) only(line []byte, col, end int) []byte {
	m.buf = append(m.buf[:0], line...)
	n := 0
	for i := 0; i < len(line); {
		_, size := utf8.DecodeRune(line[i:])
		if n++; n < col || n >= end {
			clear(m.buf[i : i+size])
		}
		i += size
	}
	return m.buf
}

// visible returns what is seen of a line, whether it is a row of a table, and
// false where nothing is seen of it.
func (m *masker) visible(line []byte) (text []byte, table, seen bool) {
	body := bytes.TrimLeft(line, " \t")
	if m.fence != nil {
		if bytes.HasPrefix(body, m.fence) && len(bytes.Trim(body, string(m.fence[:1])+" ")) == 0 {
			m.fence = nil
		}
		return nil, false, false
	}
	if bytes.HasPrefix(body, []byte("```")) || bytes.HasPrefix(body, []byte("~~~")) {
		n := len(body) - len(bytes.TrimLeft(body, string(body[:1])))
		m.fence = bytes.Clone(body[:n])
		return nil, false, false
	}
	table = len(body) > 0 && body[0] == '|'
	if !m.comment && !bytes.ContainsAny(line, "`<[!\\") {
		return line, table, len(body) > 0
	}
	m.buf = append(m.buf[:0], line...)
	m.mask(m.buf)
	return m.buf, table, true
}

// mask blanks out what is not seen of a line.
func (m *masker) mask(b []byte) {
	for i := 0; i < len(b); {
		rest := b[i:]
		if m.comment {
			n := bytes.Index(rest, []byte("-->"))
			if n < 0 {
				clear(rest)
				return
			}
			clear(rest[:n+3])
			m.comment = false
			i += n + 3
			continue
		}
		n := 1
		switch c := rest[0]; {
		case c == '\\' && len(rest) > 1 && rest[1] < utf8.RuneSelf:
			rest[0] = 0
			n = 2
		case c == '`':
			ticks := len(rest) - len(bytes.TrimLeft(rest, "`"))
			n = ticks
			if end := bytes.Index(rest[ticks:], rest[:ticks]); end >= 0 {
				n = end + 2*ticks
				clear(rest[:n])
			}
		case bytes.HasPrefix(rest, []byte("<!--")):
			m.comment = true
			n = 0
		case c == '<' && bytes.IndexByte(rest, '>') > 0 && isAddress(rest[1:bytes.IndexByte(rest, '>')]):
			n = bytes.IndexByte(rest, '>') + 1
			clear(rest[:n])
		case bytes.HasPrefix(rest, []byte("[^")) && bytes.IndexByte(rest, ']') > 0:
			n = bytes.IndexByte(rest, ']') + 1
			if len(rest) > n && rest[n] == ':' {
				n++
			}
			clear(rest[:n])
		case c == '!' && len(rest) > 1 && rest[1] == '[':
			rest[0] = 0
		case bytes.HasPrefix(rest, []byte("](")):
			if n = closing(rest[1:]) + 1; n > 1 {
				clear(rest[:n])
			} else {
				n = 1
			}
		case c == '[' && len(bytes.TrimSpace(b[:i])) == 0 && isDefinition(rest):
			clear(rest)
			return
		}
		i += n
	}
}

// isAddress reports whether what stands between < and > is an address.
func isAddress(b []byte) bool {
	return bytes.IndexByte(b, ' ') < 0 && (bytes.Contains(b, []byte("://")) || bytes.IndexByte(b, '@') > 0)
}

// isDefinition reports whether a line says where a link leads: [name]: address.
func isDefinition(b []byte) bool {
	i := bytes.Index(b, []byte("]: "))
	return i > 0 && bytes.IndexByte(b[:i], ']') < 0
}

// closing returns the bytes up to and with the bracket that closes the first; 0
// where none does.
func closing(b []byte) int {
	depth := 0
	for i, c := range b {
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}
