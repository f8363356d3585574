package toml

import (
	"bytes"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// A Span is a stretch of bytes.
type Span struct{ Start, End int }

// A Layout is where the parts of a TOML text stand, for edits that leave all
// other bytes as they are.
type Layout struct {
	// Tables is the offset of the line of the first table header; the length
	// of the text where there is none.
	Tables int
	// Keys are the offsets of the keys that stand before it, by name. A dotted
	// key counts as its first part.
	Keys map[string]int

	data []byte
}

// LayoutOf finds the parts of a text. What follows a syntax error is not seen:
// the caller must have parsed the text without findings.
func LayoutOf(data []byte) Layout {
	l := Layout{Tables: len(data), Keys: map[string]int{}, data: data}
	var p unstable.Parser
	p.Reset(data)
	for p.NextExpression() {
		e := p.Expression()
		it := e.Key()
		if !it.Next() {
			continue
		}
		first := it.Node()
		at := int(first.Raw.Offset)
		if e.Kind == unstable.KeyValue {
			l.Keys[string(first.Data)] = at
			continue
		}
		l.Tables = bytes.LastIndexByte(data[:at], '\n') + 1
		break
	}
	return l
}

// Scalar returns where the value of a key stands that is no array and no
// table; ok is false where there is no such key, or it is dotted.
func (l Layout) Scalar(key string) (s Span, ok bool) {
	at, ok := l.Keys[key]
	if !ok {
		return Span{}, false
	}
	rest := l.data[at:]
	n := keyLength(rest)
	n += blank(rest[n:])
	if n >= len(rest) || rest[n] != '=' {
		return Span{}, false
	}
	n++
	n += blank(rest[n:])
	length := scalarLength(rest[n:])
	return Span{at + n, at + n + length}, length > 0
}

func keyLength(b []byte) int {
	if len(b) > 0 && (b[0] == '"' || b[0] == '\'') {
		return quotedLength(b, string(b[:1]))
	}
	return len(b) - len(bytes.TrimLeftFunc(b, func(r rune) bool {
		return r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	}))
}

func blank(b []byte) int { return len(b) - len(bytes.TrimLeft(b, " \t")) }

func scalarLength(b []byte) int {
	for _, q := range []string{`"""`, "'''", `"`, "'"} {
		if bytes.HasPrefix(b, []byte(q)) {
			return quotedLength(b, q)
		}
	}
	if len(b) == 0 || b[0] == '[' || b[0] == '{' {
		return 0
	}
	end := bytes.IndexAny(b, "#\r\n")
	if end < 0 {
		end = len(b)
	}
	return len(bytes.TrimRight(b[:end], " \t"))
}

// quotedLength is the length of a quoted text with its quotation marks; 0
// where it is not closed.
func quotedLength(b []byte, quote string) int {
	i := len(quote)
	for i < len(b) {
		if b[i] == '\\' && quote[0] == '"' {
			i += 2
			continue
		}
		if bytes.HasPrefix(b[i:], []byte(quote)) {
			i += len(quote)
			for n := 0; len(quote) == 3 && n < 2 && i < len(b) && b[i] == quote[0]; n++ {
				i++ // up to two quotation marks may stand before the closing three
			}
			return i
		}
		i++
	}
	return 0
}

// Quote writes a text as a TOML string on one line.
func Quote(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < 0x20 || r == 0x7F:
			b.WriteString(`\u00`)
			b.WriteByte(hex[r>>4])
			b.WriteByte(hex[r&15])
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// Equal reports whether two tables say the same, wherever it is written.
func (t *Table) Equal(u *Table) bool {
	if len(t.Entries) != len(u.Entries) {
		return false
	}
	for i := range t.Entries {
		other := u.Entry(t.Entries[i].Key)
		if other == nil || !t.Entries[i].Value.Equal(other.Value) {
			return false
		}
	}
	return true
}

// Equal reports whether two values are the same, wherever they are written.
func (v Value) Equal(w Value) bool {
	if v.Kind != w.Kind || v.Text != w.Text || len(v.Array) != len(w.Array) || (v.Table == nil) != (w.Table == nil) {
		return false
	}
	for i := range v.Array {
		if !v.Array[i].Equal(w.Array[i]) {
			return false
		}
	}
	return v.Table == nil || v.Table.Equal(w.Table)
}

// List returns the elements of an array of the table, and the table without it.
func (t *Table) List(key string) ([]Value, *Table) {
	e := t.Entry(key)
	if e == nil {
		return nil, t
	}
	return e.Value.Array, t.Without(key)
}

// Without returns the table without a key.
func (t *Table) Without(key string) *Table {
	out := &Table{Pos: t.Pos}
	for _, e := range t.Entries {
		if e.Key != key {
			out.Entries = append(out.Entries, e)
		}
	}
	return out
}
