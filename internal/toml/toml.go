// Package toml reads TOML with the position of every key and value, so that a
// finding can point at line and column, also inside [[relations]] and inline
// tables. It is the home of the third-party TOML parser.
//
// Parse gives a tree; a Decoder takes typed values out of it and reports, as
// findings, what has the wrong type, what is missing and which keys nobody
// asked for:
//
//	root, findings := toml.Parse(name, data, 2)
//	d := toml.NewDecoder(root)
//	d.String(root, "title", &title)
//	d.Unknown(root)
//	findings = append(findings, d.Findings...)
package toml

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2/unstable"

	"gongbao/internal/diag"
	"gongbao/internal/zh"
)

// Kind is the type of a value as TOML writes it.
type Kind uint8

// The kinds of values. Date is a local date; DateTime is a date with a time of
// day, with or without an offset.
const (
	String Kind = iota
	Integer
	Float
	Bool
	Date
	DateTime
	Time
	Array
	Inline // a table, inline or under its own header
)

// A Value is one value with its place. Text is the string's content, or the
// scalar as written.
type Value struct {
	Kind  Kind
	Pos   diag.Pos
	Text  string
	Array []Value
	Table *Table
}

// An Entry is a key of a table with its value.
type Entry struct {
	Key   string
	Pos   diag.Pos // of the key
	Value Value
	asked bool
}

// A Table keeps its entries in the order of the file.
type Table struct {
	Pos     diag.Pos
	Entries []Entry
	asked   []string // every key a decoder asked for, for suggestions
	header  bool     // it has a header of its own
}

// Entry returns the entry with the key, or nil.
func (t *Table) Entry(key string) *Entry {
	for i := range t.Entries {
		if t.Entries[i].Key == key {
			return &t.Entries[i]
		}
	}
	return nil
}

// KeyPos returns the place of the value of a key, or of the table where the
// key is absent.
func (t *Table) KeyPos(key string) diag.Pos {
	if e := t.Entry(key); e != nil {
		return e.Value.Pos
	}
	return t.Pos
}

// ParseFile reads a TOML file as it is on the disk, in any encoding that
// content may have.
func ParseFile(name string, raw []byte) (*Table, []diag.Finding) {
	text, enc, badAt := zh.Decode(raw)
	root, findings := Parse(name, text, 1)
	if badAt >= 0 {
		r := &reader{name: name, data: text, first: 1}
		findings = append(findings, diag.New("encoding-broken", r.pos(badAt, 1), strconv.Itoa(badAt+1)))
	} else if enc != zh.UTF8 && enc != zh.UTF8BOM {
		findings = append(findings, diag.New("encoding", diag.Pos{File: name}, string(enc)))
	}
	return root, findings
}

// Parse reads a TOML document. firstLine is the line number of its first line
// in the file called name (2 for front matter under a "+++" line). What can be
// read before a syntax error is returned with the finding.
func Parse(name string, data []byte, firstLine int) (*Table, []diag.Finding) {
	r := &reader{name: name, data: data, first: firstLine}
	r.root = &Table{Pos: diag.Pos{File: name, Line: firstLine, Col: 1}}
	r.parser.Reset(data)
	current := r.root
	for r.parser.NextExpression() {
		e := r.parser.Expression()
		switch e.Kind {
		case unstable.KeyValue:
			r.keyValue(current, e)
		case unstable.Table, unstable.ArrayTable:
			current = r.header(e)
		}
	}
	if err := r.parser.Error(); err != nil {
		r.syntax(err)
	}
	return r.root, r.findings
}

type reader struct {
	name     string
	data     []byte
	first    int
	parser   unstable.Parser
	root     *Table
	findings []diag.Finding

	// The place of the last offset asked for: offsets mostly grow, so the
	// lines before it are not counted again.
	at, line, start int
}

func (r *reader) pos(offset, length int) diag.Pos {
	offset = min(max(offset, 0), len(r.data))
	for offset > 0 && offset < len(r.data) && !utf8.RuneStart(r.data[offset]) {
		offset-- // the parser points at bytes
		length++
	}
	if offset < r.at {
		r.at, r.line, r.start = 0, 0, 0
	}
	for i := r.at; i < offset; i++ {
		if r.data[i] == '\n' {
			r.line++
			r.start = i + 1
		}
	}
	r.at = offset
	col := utf8.RuneCount(r.data[r.start:offset]) + 1
	end := min(offset+max(length, 0), len(r.data))
	for end > offset && end < len(r.data) && !utf8.RuneStart(r.data[end]) {
		end++
	}
	text := r.data[offset:end]
	if i := strings.IndexByte(string(text), '\n'); i >= 0 {
		text = text[:i]
	}
	return diag.Pos{File: r.name, Line: r.first + r.line, Col: col, End: col + utf8.RuneCount(text)}
}

func (r *reader) rangePos(g unstable.Range) diag.Pos {
	return r.pos(int(g.Offset), int(g.Length))
}

func (r *reader) syntax(err error) {
	at, end := len(r.data), len(r.data)
	var pe *unstable.ParserError
	if errors.As(err, &pe) && len(pe.Highlight) > 0 {
		g := r.parser.Range(pe.Highlight)
		at, end = int(g.Offset), int(g.Offset+g.Length)
	}
	for at > 0 && at < len(r.data) && !utf8.RuneStart(r.data[at]) {
		at-- // the parser points at bytes
	}
	r.findings = append(r.findings, r.mistake(diagnose(r.data, at, end, err.Error())))
}

// key is one part of a dotted key.
type key struct {
	name string
	pos  diag.Pos
}

func (r *reader) keys(it unstable.Iterator) []key {
	var ks []key
	for it.Next() {
		n := it.Node()
		ks = append(ks, key{string(n.Data), r.rangePos(n.Raw)})
	}
	return ks
}

func (r *reader) keyValue(t *Table, e *unstable.Node) {
	ks := r.keys(e.Key())
	for _, k := range ks[:len(ks)-1] {
		if t = r.child(t, k); t == nil {
			return
		}
	}
	last := ks[len(ks)-1]
	if old := t.Entry(last.name); old != nil {
		r.duplicate(last, old)
		return
	}
	v := r.value(e.Value(), last.pos)
	t.Entries = append(t.Entries, Entry{Key: last.name, Pos: last.pos, Value: v})
}

func (r *reader) duplicate(k key, old *Entry) {
	f := diag.New("key-duplicate", k.pos, k.name)
	f.Related = []diag.Related{{Pos: old.Pos}}
	r.findings = append(r.findings, f)
}

// child returns the table under a key, making it if it is absent; nil, with a
// finding, if the key holds something else.
func (r *reader) child(t *Table, k key) *Table {
	e := t.Entry(k.name)
	if e == nil {
		sub := &Table{Pos: k.pos}
		t.Entries = append(t.Entries, Entry{Key: k.name, Pos: k.pos, Value: Value{Kind: Inline, Pos: k.pos, Table: sub}})
		return sub
	}
	switch {
	case e.Value.Kind == Inline:
		return e.Value.Table
	case e.Value.Kind == Array && len(e.Value.Array) > 0 && e.Value.Array[len(e.Value.Array)-1].Kind == Inline:
		return e.Value.Array[len(e.Value.Array)-1].Table
	}
	r.duplicate(k, e)
	return nil
}

func (r *reader) header(e *unstable.Node) *Table {
	ks := r.keys(e.Key())
	t := r.root
	for _, k := range ks[:len(ks)-1] {
		next := r.child(t, k)
		if next == nil {
			return &Table{Pos: k.pos} // read on, into a table nobody sees
		}
		t = next
	}
	last := ks[len(ks)-1]
	if e.Kind == unstable.Table {
		return r.table(t, last)
	}
	sub := &Table{Pos: last.pos}
	v := Value{Kind: Inline, Pos: last.pos, Table: sub}
	old := t.Entry(last.name)
	switch {
	case old == nil:
		t.Entries = append(t.Entries, Entry{Key: last.name, Pos: last.pos, Value: Value{Kind: Array, Pos: last.pos, Array: []Value{v}}})
	case old.Value.Kind == Array:
		old.Value.Array = append(old.Value.Array, v)
	default:
		r.duplicate(last, old)
	}
	return sub
}

// table returns the table of a header [k], with a finding where there is one.
func (r *reader) table(t *Table, k key) *Table {
	old := t.Entry(k.name)
	sub := r.child(t, k)
	if sub == nil {
		return &Table{Pos: k.pos}
	}
	if old != nil && (sub.header || old.Value.Kind == Array) {
		f := diag.New("toml-syntax", k.pos, "toml.table-twice", "toml.hint.table-twice", k.name)
		f.Related = []diag.Related{{Pos: old.Pos}}
		r.findings = append(r.findings, f)
	}
	sub.header = true
	return sub
}

func (r *reader) value(n *unstable.Node, keyPos diag.Pos) Value {
	v := Value{Pos: keyPos}
	if n.Raw.Length > 0 {
		v.Pos = r.rangePos(n.Raw)
	}
	switch n.Kind {
	case unstable.String:
		v.Kind, v.Text = String, string(n.Data)
	case unstable.Integer:
		v.Kind, v.Text = Integer, string(n.Data)
	case unstable.Float:
		v.Kind, v.Text = Float, string(n.Data)
	case unstable.Bool:
		v.Kind, v.Text = Bool, string(n.Data)
	case unstable.LocalDate:
		v.Kind, v.Text = Date, r.date(string(n.Data), v.Pos)
	case unstable.LocalTime:
		v.Kind, v.Text = Time, string(n.Data)
	case unstable.LocalDateTime, unstable.DateTime:
		v.Kind, v.Text = DateTime, string(n.Data)
	case unstable.Array:
		v.Kind = Array
		it := n.Children()
		for it.Next() {
			if c := it.Node(); c.Kind != unstable.Comment {
				v.Array = append(v.Array, r.value(c, keyPos))
			}
		}
	case unstable.InlineTable:
		v.Kind, v.Table = Inline, &Table{Pos: v.Pos}
		it := n.Children()
		for it.Next() {
			if c := it.Node(); c.Kind == unstable.KeyValue {
				r.keyValue(v.Table, c)
			}
		}
	}
	return v
}

// date returns a date as TOML writes it: the library takes 2023-5-1 too, with
// which nobody else could do anything.
func (r *reader) date(text string, pos diag.Pos) string {
	const size = len("2006-01-02")
	full, ok := dateOf(text)
	if !ok || len(text) >= size {
		return text
	}
	r.findings = append(r.findings, diag.New("toml-syntax", pos, "toml.date", "toml.hint.date", text, full))
	return full
}

// Int returns the value of an Integer; ok is false where it does not fit.
func (v Value) Int() (n int, ok bool) {
	n64, err := strconv.ParseInt(strings.ReplaceAll(v.Text, "_", ""), 0, 64)
	return int(n64), err == nil && v.Kind == Integer
}
