package source

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"gongbao/internal/gazette"
	"gongbao/internal/toml"
)

// An EditError is why a front matter cannot be edited without touching more
// than what was asked. It is a code of the strings files, "edit.no-front".
type EditError string

// The reasons.
const (
	NoFront  EditError = "edit.no-front" // there is none, or it is not closed
	NotUTF8  EditError = "edit.encoding" // or its line ends are a lone CR
	Broken   EditError = "edit.broken"   // the front matter has a syntax error
	IsInline EditError = "edit.inline"   // relations is an array on its key, not tables of their own
	NoScalar EditError = "edit.scalar"   // the key holds an array or a table
	TooLarge EditError = "edit.large"    // more than MaxSize
	Differs  EditError = "edit.differs"  // the edit would change something else; a guard
	BadValue EditError = "edit.value"    // what is to be written is no text, or not a kind of relation
)

// Error returns the code.
func (e EditError) Error() string { return string(e) }

// AddRelation appends a [[relations]] table to the front matter of a document.
// All other bytes stay: comments, order, line ends, byte order mark. The result
// is read again, and anything but one relation more is an error.
func AddRelation(raw []byte, r gazette.Relation) ([]byte, error) {
	if !validRelation(r) {
		return nil, BadValue
	}
	m, err := matterOf(raw)
	if err != nil {
		return nil, err
	}
	if _, inline := toml.LayoutOf(m.front()).Keys["relations"]; inline {
		return nil, IsInline
	}
	var b strings.Builder
	if lines := bytes.TrimRight(m.front(), " \t"); len(lines) > 0 && !endsBlank(lines) {
		b.WriteString(m.eol)
	}
	for _, line := range relationLines(r) {
		b.WriteString(line + m.eol)
	}
	out := m.insert(m.end, b.String())
	return out, m.check(out, func(before, after *toml.Table) bool {
		had, _ := before.List("relations")
		has, rest := after.List("relations")
		return len(has) == len(had)+1 && rest.Equal(before.Without("relations")) && sameRelation(has[len(had)], r) &&
			slices.EqualFunc(had, has[:len(had)], toml.Value.Equal)
	})
}

func validRelation(r gazette.Relation) bool {
	for _, s := range append([]string{r.Target}, r.Articles...) {
		if s == "" || !utf8.ValidString(s) {
			return false
		}
	}
	return slices.Contains(gazette.RelationKinds(), r.Kind)
}

func relationLines(r gazette.Relation) []string {
	lines := []string{"[[relations]]", "kind = " + toml.Quote(string(r.Kind)), "target = " + toml.Quote(r.Target)}
	if !r.From.IsZero() {
		lines = append(lines, "from = "+r.From.String())
	}
	if !r.Until.IsZero() {
		lines = append(lines, "until = "+r.Until.String())
	}
	if len(r.Articles) > 0 {
		quoted := make([]string, len(r.Articles))
		for i, a := range r.Articles {
			quoted[i] = toml.Quote(a)
		}
		lines = append(lines, "articles = ["+strings.Join(quoted, ", ")+"]")
	}
	return lines
}

// sameRelation reports whether a table of the result says what was asked.
func sameRelation(v toml.Value, r gazette.Relation) bool {
	if v.Kind != toml.Inline {
		return false
	}
	want, findings := toml.Parse("", []byte(strings.Join(relationLines(r)[1:], "\n")), 1)
	return len(findings) == 0 && want.Equal(v.Table)
}

// SetDate gives a key of the front matter a day: its value is replaced where
// it stands, a new key comes behind the others, before the first table. All
// other bytes stay, as with AddRelation.
func SetDate(raw []byte, key string, d gazette.Date) ([]byte, error) {
	return set(raw, key, d.String())
}

// SetString gives a key of the front matter a text; see SetDate.
func SetString(raw []byte, key, text string) ([]byte, error) {
	if !utf8.ValidString(text) {
		return nil, BadValue
	}
	return set(raw, key, toml.Quote(text))
}

func set(raw []byte, key, value string) ([]byte, error) {
	want, findings := toml.Parse("", []byte(key+" = "+value), 1)
	if len(findings) > 0 || len(want.Entries) != 1 || want.Entry(key) == nil {
		return nil, BadValue
	}
	m, err := matterOf(raw)
	if err != nil {
		return nil, err
	}
	layout := toml.LayoutOf(m.front())
	var out []byte
	if _, has := layout.Keys[key]; has {
		s, ok := layout.Scalar(key)
		if !ok {
			return nil, NoScalar
		}
		out = slices.Concat(raw[:m.start+s.Start], []byte(value), raw[m.start+s.End:])
	} else {
		out = m.insert(m.start+behindKeys(m.front(), layout.Tables), key+" = "+value+m.eol)
	}
	return out, m.check(out, func(before, after *toml.Table) bool {
		e := after.Entry(key)
		return e != nil && e.Value.Equal(want.Entries[0].Value) && after.Without(key).Equal(before.Without(key))
	})
}

// behindKeys is where a new key goes: before the blank lines and comments that
// stand over the first table.
func behindKeys(front []byte, tables int) int {
	at := tables
	for at > 0 {
		line := bytes.LastIndexByte(front[:at-1], '\n') + 1
		text := bytes.TrimSpace(front[line:at])
		if len(text) > 0 && text[0] != '#' {
			break
		}
		at = line
	}
	if at == 0 {
		return tables // nothing but comments stands before it
	}
	return at
}

func endsBlank(front []byte) bool {
	lines := bytes.Split(bytes.TrimSuffix(front, []byte("\n")), []byte("\n"))
	return len(bytes.TrimSpace(lines[len(lines)-1])) == 0
}

// matter is where the front matter stands in the bytes of a file.
type matter struct {
	raw        []byte
	start, end int // between the +++ lines
	eol        string
	table      *toml.Table
}

func (m matter) front() []byte { return m.raw[m.start:m.end] }

func (m matter) insert(at int, text string) []byte {
	return slices.Concat(m.raw[:at], []byte(text), m.raw[at:])
}

// matterOf finds the front matter as Read does, in the bytes as they are.
func matterOf(raw []byte) (m matter, err error) {
	if len(raw) > MaxSize {
		return m, TooLarge
	}
	if !utf8.Valid(raw) {
		return m, NotUTF8
	}
	at := len(raw) - len(bytes.TrimPrefix(raw, []byte("\xEF\xBB\xBF")))
	for at < len(raw) && strings.IndexByte(" \r\n", raw[at]) >= 0 {
		at++
	}
	n := lineLength(raw[at:])
	if !fence(raw[at : at+n]) {
		return m, NoFront
	}
	m = matter{raw: raw, start: at + n, eol: "\n"}
	if bytes.HasSuffix(raw[at:at+n], []byte("\r\n")) {
		m.eol = "\r\n"
	}
	for m.end = m.start; ; m.end += n {
		if m.end >= len(raw) {
			return m, NoFront
		}
		if n = lineLength(raw[m.end:]); fence(raw[m.end : m.end+n]) {
			break
		}
	}
	if bytes.IndexByte(bytes.ReplaceAll(m.front(), []byte("\r\n"), nil), '\r') >= 0 {
		return m, NotUTF8
	}
	table, findings := toml.Parse("", m.front(), 1)
	if len(findings) > 0 {
		return m, Broken
	}
	m.table = table
	return m, nil
}

func fence(line []byte) bool {
	rest, ok := bytes.CutPrefix(line, []byte("+++"))
	return ok && len(bytes.TrimSpace(rest)) == 0
}

// check reads the result: the front matter must differ as ok says, the body
// not at all.
func (m matter) check(out []byte, ok func(before, after *toml.Table) bool) error {
	n, err := matterOf(out)
	if err != nil || !ok(m.table, n.table) || !bytes.Equal(m.raw[m.end:], out[n.end:]) || !bytes.Equal(m.raw[:m.start], out[:n.start]) {
		return Differs
	}
	return nil
}
