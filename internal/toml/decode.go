package toml

import (
	"slices"

	"gongbao/internal/diag"
)

// A Decoder takes typed values out of tables and collects findings:
// key-type for a wrong type, key-missing, key-unknown.
type Decoder struct {
	Findings []diag.Finding
}

func (d *Decoder) report(rule string, pos diag.Pos, args ...string) {
	d.Findings = append(d.Findings, diag.New(rule, pos, args...))
}

// Report adds a finding at the value of a key.
func (d *Decoder) Report(t *Table, key, rule string, args ...string) {
	d.report(rule, t.KeyPos(key), args...)
}

func (t *Table) ask(key string) *Entry {
	t.asked = append(t.asked, key)
	e := t.Entry(key)
	if e != nil {
		e.asked = true
	}
	return e
}

// Names of types in messages; the strings files translate them.
const (
	typeString   = "type.string"
	typeStrings  = "type.strings"
	typeInteger  = "type.integer"
	typeIntegers = "type.integers"
	typeBool     = "type.bool"
	typeDate     = "type.date"
	typeDateTime = "type.datetime"
	typeTable    = "type.table"
	typeTables   = "type.tables"
)

// String stores the string under key in dst, if there is one.
func (d *Decoder) String(t *Table, key string, dst *string) {
	e := t.ask(key)
	switch {
	case e == nil:
	case e.Value.Kind == String:
		*dst = e.Value.Text
	default:
		d.report("key-type", e.Value.Pos, key, typeString)
	}
}

// Strings stores an array of strings.
func (d *Decoder) Strings(t *Table, key string, dst *[]string) {
	e := t.ask(key)
	if e == nil {
		return
	}
	if e.Value.Kind != Array {
		d.report("key-type", e.Value.Pos, key, typeStrings)
		return
	}
	for _, v := range e.Value.Array {
		if v.Kind != String {
			d.report("key-type", v.Pos, key, typeStrings)
			continue
		}
		*dst = append(*dst, v.Text)
	}
}

// Int stores an integer.
func (d *Decoder) Int(t *Table, key string, dst *int) {
	e := t.ask(key)
	if e == nil {
		return
	}
	n, ok := e.Value.Int()
	if !ok {
		d.report("key-type", e.Value.Pos, key, typeInteger)
		return
	}
	*dst = n
}

// Ints appends the integers of an array.
func (d *Decoder) Ints(t *Table, key string, dst *[]int) {
	e := t.ask(key)
	if e == nil {
		return
	}
	if e.Value.Kind != Array {
		d.report("key-type", e.Value.Pos, key, typeIntegers)
		return
	}
	for _, v := range e.Value.Array {
		n, ok := v.Int()
		if !ok {
			d.report("key-type", v.Pos, key, typeIntegers)
			continue
		}
		*dst = append(*dst, n)
	}
}

// Bool stores a boolean.
func (d *Decoder) Bool(t *Table, key string, dst *bool) {
	e := t.ask(key)
	switch {
	case e == nil:
	case e.Value.Kind == Bool:
		*dst = e.Value.Text == "true"
	default:
		d.report("key-type", e.Value.Pos, key, typeBool)
	}
}

// Date returns a local date as written, "2006-01-02". ok is false where the
// key is absent or holds something else; whether the day exists is the
// caller's to check.
func (d *Decoder) Date(t *Table, key string) (text string, pos diag.Pos, ok bool) {
	e := t.ask(key)
	switch {
	case e == nil:
		return "", t.Pos, false
	case e.Value.Kind == Date:
		return e.Value.Text, e.Value.Pos, true
	}
	d.report("key-type", e.Value.Pos, key, typeDate)
	return "", e.Value.Pos, false
}

// DateTime returns a local date or a date with a time, as written.
func (d *Decoder) DateTime(t *Table, key string) (text string, pos diag.Pos, ok bool) {
	e := t.ask(key)
	switch {
	case e == nil:
		return "", t.Pos, false
	case e.Value.Kind == Date, e.Value.Kind == DateTime:
		return e.Value.Text, e.Value.Pos, true
	}
	d.report("key-type", e.Value.Pos, key, typeDateTime)
	return "", e.Value.Pos, false
}

// Table returns the table under key, or nil.
func (d *Decoder) Table(t *Table, key string) *Table {
	e := t.ask(key)
	switch {
	case e == nil:
		return nil
	case e.Value.Kind == Inline:
		return e.Value.Table
	}
	d.report("key-type", e.Value.Pos, key, typeTable)
	return nil
}

// Tables returns the array of tables under key.
func (d *Decoder) Tables(t *Table, key string) []*Table {
	e := t.ask(key)
	if e == nil {
		return nil
	}
	if e.Value.Kind != Array {
		d.report("key-type", e.Value.Pos, key, typeTables)
		return nil
	}
	var ts []*Table
	for _, v := range e.Value.Array {
		if v.Kind != Inline {
			d.report("key-type", v.Pos, key, typeTables)
			continue
		}
		ts = append(ts, v.Table)
	}
	return ts
}

// Values returns the elements of an array as they are, for keys that hold
// strings or tables.
func (d *Decoder) Values(t *Table, key string) []Value {
	e := t.ask(key)
	switch {
	case e == nil:
		return nil
	case e.Value.Kind == Array:
		return e.Value.Array
	}
	d.report("key-type", e.Value.Pos, key, typeTables)
	return nil
}

// Skip marks a key as known without reading it: later issues bring its reader.
func (d *Decoder) Skip(t *Table, keys ...string) {
	for _, k := range keys {
		t.ask(k)
	}
}

// Require reports the keys that are absent.
func (d *Decoder) Require(t *Table, keys ...string) {
	for _, k := range keys {
		if t.Entry(k) == nil {
			d.report("key-missing", t.Pos, k)
		}
	}
}

// Unknown reports the keys of t that nobody asked for, with the nearest known
// key as a suggestion. It must be called after all keys were asked for.
func (d *Decoder) Unknown(t *Table) {
	for _, e := range t.Entries {
		if !e.asked {
			near := nearest(e.Key, t.asked)
			if near != "" {
				near = " (" + near + ")"
			}
			d.report("key-unknown", e.Pos, e.Key, near)
		}
	}
}

// nearest returns the known key that takes the fewest edits, or "" where none
// is near enough to be what was meant.
func nearest(key string, known []string) string {
	best, most := "", max(1, (len(key)+1)/3)
	for _, k := range slices.Sorted(slices.Values(known)) {
		if n := distance(key, k); n <= most && (best == "" || n < distance(key, best)) {
			best = k
		}
	}
	return best
}

// distance is the Levenshtein distance in bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			diagonal, row[j] = row[j], min(row[j]+1, row[j-1]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}
