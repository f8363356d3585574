package source

import (
	"bytes"
	"slices"
	"strings"

	"gongbao/internal/gazette"
	"gongbao/internal/toml"
)

// Stub is the file of a withdrawn document without anything of its text: the front
// matter that names it, its days, the rules that it silences, and what it does to
// the force of others. Comments, the body, and all that tells of the text
// (summary, attachments, corrections …) are left out: who withdraws a document in
// a hurry must not have to think of each of them.
func Stub(d *gazette.Document) []byte {
	m := &toml.Writer{}
	m.WriteString("+++\n")
	m.Text("title", d.Title)
	m.Text("number", d.Number)
	m.Text("class", string(d.Class))
	m.Text("kind", d.Kind)
	m.Text("form", d.Form)
	m.List("issuers", d.Issuers)
	m.Text("level", d.Level)
	m.Bare("signed", d.Signed.String())
	m.Bare("printed", d.Printed.String())
	m.Bare("promulgated", d.Promulgated.String())
	m.Bare("published", d.Published.String())
	m.Bare("effective", d.Effective.String())
	m.Bare("expires", d.Expires.String())
	m.Text("valid_for", d.ValidFor.String())
	m.Text("disclosure", string(d.Disclosure))
	m.Text("registration", d.Registration)
	m.Text("index", d.Index)
	m.List("aliases", d.Aliases)
	m.Text("slug", d.Slug)
	m.Text("version_of", d.VersionOf)
	m.Bare("archived", d.Archived.String())
	m.List("ignore", d.Ignore)
	m.Bare("withdrawn", withdrawal(d.Withdrawn))
	m.Bool("reprinted", d.Reprinted)
	for _, r := range d.Relations {
		if r.Kind.Changes() {
			m.WriteString("\n" + strings.Join(relationLines(r), "\n") + "\n")
		}
	}
	m.WriteString("+++\n")
	return []byte(m.String())
}

func withdrawal(w gazette.Withdrawal) string {
	return "{ date = " + w.Date.String() + ", reason = " + toml.Quote(w.Reason) + " }"
}

// SetWithdrawn says in the front matter of a document that it is withdrawn, and
// leaves all other bytes as they are. One that says so already is an error
// (NoScalar).
func SetWithdrawn(raw []byte, w gazette.Withdrawal) ([]byte, error) {
	return set(raw, "withdrawn", withdrawal(w))
}

// Rename replaces a text of the front matter by another one wherever it is a whole
// value, as the names of documents are; changed is false where there is none.
// All other bytes stay.
func Rename(raw []byte, from, to string) (out []byte, changed bool, err error) {
	m, err := matterOf(raw)
	if err != nil {
		return nil, false, err
	}
	front := m.front()
	for _, q := range []string{toml.Quote(from), "'" + from + "'"} {
		front = bytes.ReplaceAll(front, []byte(q), []byte(toml.Quote(to)))
	}
	if bytes.Equal(front, m.front()) {
		return raw, false, nil
	}
	out = slices.Concat(raw[:m.start], front, raw[m.end:])
	return out, true, m.check(out, func(before, after *toml.Table) bool {
		return after.Equal(renamed(before, from, to))
	})
}

// renamed is a table in which a text stands for another one.
func renamed(t *toml.Table, from, to string) *toml.Table {
	out := &toml.Table{Pos: t.Pos}
	for _, e := range t.Entries {
		e.Value = renamedValue(e.Value, from, to)
		out.Entries = append(out.Entries, e)
	}
	return out
}

func renamedValue(v toml.Value, from, to string) toml.Value {
	if v.Kind == toml.String && v.Text == from {
		v.Text = to
	}
	v.Array = slices.Clone(v.Array)
	for i := range v.Array {
		v.Array[i] = renamedValue(v.Array[i], from, to)
	}
	if v.Table != nil {
		v.Table = renamed(v.Table, from, to)
	}
	return v
}
