package diag

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// Text says how findings are printed for people.
type Text struct {
	Strings Strings
	Line    func(file string, line int) string // the line's text, or ""; may be nil
	Color   bool
	Short   bool // one line a finding: no excerpt, hint or related places
}

// Print writes one finding:
//
//	content/documents/2023/a.md:3:10: error[number-duplicate]: 文号“…”重复
//	  number = "示府办发〔2023〕12号"
//	           ^^^^^^^^^^^^^^^^^^^^
//	  提示：…
//	  另见：content/documents/2023/b.md:3:10
func (t Text) Print(w io.Writer, f Finding) {
	label := f.Severity.String()
	if t.Color {
		label = paint(f.Severity) + label + "[" + f.Rule + "]\x1b[0m"
	} else {
		label += "[" + f.Rule + "]"
	}
	message := clean(t.Strings.Finding("rule."+f.Rule, f))
	fmt.Fprintf(w, "%s: %s: %s\n", clean(f.Pos.String()), label, message)
	if t.Short {
		return
	}
	t.excerpt(w, f)
	if key := "hint." + f.Rule; t.Strings.Has(key) {
		fmt.Fprintf(w, "  %s%s\n", t.Strings.T("label.hint"), clean(t.Strings.Finding(key, f)))
	}
	for _, r := range f.Related {
		note := ""
		if r.Note != "" {
			note = " " + t.Strings.T(r.Note)
		}
		fmt.Fprintf(w, "  %s%s%s\n", t.Strings.T("label.see"), clean(r.Pos.String()), note)
	}
}

func (t Text) excerpt(w io.Writer, f Finding) {
	if t.Line == nil || f.Masked || f.Pos.Line == 0 {
		return
	}
	line := []rune(strings.ReplaceAll(t.Line(f.Pos.File, f.Pos.Line), "\t", " "))
	if len(line) == 0 || f.Pos.Col > len(line)+1 {
		return
	}
	col, end := f.Pos.Col-1, f.Pos.End-1
	if col < 0 {
		col, end = 0, len(line)
	}
	if end <= col {
		end = col + 1
	}
	const before, most = 24, 76
	start := max(0, col-before)
	stop := min(len(line), start+most)
	end = min(end, max(stop, col+1))
	fmt.Fprintf(w, "  %s\n  %s%s\n", clean(string(line[start:stop])), blanks(line[start:min(col, stop)]), strings.Repeat("^", max(1, width(line[min(col, stop):min(end, stop)]))))
}

// clean keeps control characters of hostile files off the terminal.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 || r >= 0x7f && r < 0xa0 {
			return '�'
		}
		return r
	}, s)
}

func blanks(rs []rune) string { return strings.Repeat(" ", width(rs)) }

// width counts terminal cells: East Asian characters take two.
func width(rs []rune) int {
	n := 0
	for _, r := range rs {
		n++
		if r >= 0x1100 && r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 ||
			r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60 ||
			r >= 0xffe0 && r <= 0xffe6 || r >= 0x20000 && r <= 0x3fffd || r == '“' || r == '”' || r == '‘' || r == '’' || r == '—' || r == '…' {
			n++
		}
	}
	return n
}

func paint(s Severity) string {
	switch s {
	case Error:
		return "\x1b[1;31m"
	case Warning:
		return "\x1b[1;33m"
	}
	return "\x1b[1;36m"
}

// jsonFinding is the stable form of `check --format json`; fields are added,
// never renamed.
type jsonFinding struct {
	File     string        `json:"file"`
	Line     int           `json:"line,omitempty"`
	Column   int           `json:"column,omitempty"`
	Rule     string        `json:"rule"`
	Severity string        `json:"severity"`
	Message  string        `json:"message"`
	Hint     string        `json:"hint,omitempty"`
	Related  []jsonRelated `json:"related,omitempty"`
}

type jsonRelated struct {
	File   string `json:"file"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

func toJSON(f Finding, s Strings) jsonFinding {
	j := jsonFinding{
		File: f.Pos.File, Line: f.Pos.Line, Column: f.Pos.Col,
		Rule: f.Rule, Severity: f.Severity.String(),
		Message: s.Finding("rule."+f.Rule, f),
	}
	if key := "hint." + f.Rule; s.Has(key) {
		j.Hint = s.Finding(key, f)
	}
	for _, r := range f.Related {
		j.Related = append(j.Related, jsonRelated{r.Pos.File, r.Pos.Line, r.Pos.Col})
	}
	return j
}

// JSON writes the findings as one JSON array.
func JSON(w io.Writer, fs []Finding, s Strings) error {
	out := make([]jsonFinding, 0, len(fs))
	for _, f := range fs {
		out = append(out, toJSON(f, s))
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}
