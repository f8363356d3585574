// Package diag holds findings: what is wrong with the content, where, and what
// to do about it.
//
// A finding names a rule, a place and the arguments of a message. The message
// itself stands in a strings file of each language (strings/zh-CN.json,
// strings/en.json), so that code never carries a text that a person reads:
//
//	f := diag.New("number-duplicate", pos, "示府办发〔2023〕12号")
//	f.Related = append(f.Related, diag.Related{Pos: other})
//
// Findings accumulate and never stop a run; the run stops before publishing
// when one of them is an Error. Severity belongs to the rule (design §7): an
// Error is what cannot be published rightly, a Warning is everything that a
// real archive is full of.
package diag

import (
	"cmp"
	"fmt"
	"slices"
)

// Severity says whether a finding stops publication.
type Severity uint8

// The severities, mildest first.
const (
	Info Severity = iota
	Warning
	Error
)

// String returns the code of the severity: "info", "warning" or "error".
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	}
	return "info"
}

// A Pos is a place in a file. Line and Col count from 1, columns in runes;
// zero means the whole file or line. End is the column after the last rune of
// the place on the same line, or 0.
type Pos struct {
	File string
	Line int
	Col  int
	End  int
}

// String returns "file:line:col", without the parts that are zero.
func (p Pos) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Col == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// Compare orders places by file, line and column.
func (p Pos) Compare(q Pos) int {
	return cmp.Or(cmp.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Col, q.Col))
}

// A Related is another place that explains a finding. Note is a strings key of
// a few words ("note.first-here"), or empty.
type Related struct {
	Pos  Pos
	Note string
}

// A Finding is one thing that is wrong, or worth knowing, at one place.
type Finding struct {
	Rule     string
	Severity Severity
	Pos      Pos
	Args     []string // of the rule's message: {0}, {1} …
	Related  []Related
	Masked   bool // the line at Pos must not be printed (secrets, personal data)
}

// New returns a finding of a known rule with that rule's severity. It panics
// if the rule is not in the table: that is a programmer's error.
func New(rule string, pos Pos, args ...string) Finding {
	r, ok := Lookup(rule)
	if !ok {
		panic("diag: unknown rule " + rule)
	}
	return Finding{Rule: rule, Severity: r.Severity, Pos: pos, Args: args}
}

// Compare orders findings by place, then rule, then arguments.
func Compare(a, b Finding) int {
	return cmp.Or(a.Pos.Compare(b.Pos), cmp.Compare(a.Rule, b.Rule), slices.Compare(a.Args, b.Args))
}

// Sort orders findings and removes exact repetitions.
func Sort(fs []Finding) []Finding {
	slices.SortStableFunc(fs, Compare)
	return slices.CompactFunc(fs, func(a, b Finding) bool { return Compare(a, b) == 0 })
}

// Count returns how many findings there are of each severity.
func Count(fs []Finding) (errors, warnings int) {
	for _, f := range fs {
		switch f.Severity {
		case Error:
			errors++
		case Warning:
			warnings++
		}
	}
	return errors, warnings
}

// Strict returns the findings with every warning raised to an error
// (build --strict, check --strict). What waits for its day on purpose is said
// aloud, but is not wrong.
func Strict(fs []Finding) []Finding {
	out := slices.Clone(fs)
	for i := range out {
		if out[i].Severity == Warning && out[i].Rule != "embargo-skipped" {
			out[i].Severity = Error
		}
	}
	return out
}
