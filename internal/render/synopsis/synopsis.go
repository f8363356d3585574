// Package synopsis writes a comparison of two texts (新旧对照表) for people: as
// plain text, as one HTML page that needs nothing else, and as a Word file.
// What became of which article is compare's; here it only gets its form.
// Deletions and insertions never differ by colour alone.
package synopsis

import (
	"strconv"
	"strings"

	"gongbao/internal/compare"
	"gongbao/internal/diag"
)

// A Head says what a side is.
type Head struct {
	Title  string
	Number string
	Date   string
	Name   string // of the file
}

// An Input is a comparison and what is compared.
type Input struct {
	Old, New Head
	Table    compare.Table
	Texts    diag.Strings
	Lang     string // of the texts
}

// kinds are the kinds of rows in the order of the summary.
var kinds = []compare.Kind{compare.Changed, compare.Added, compare.Removed, compare.Moved, compare.Renumbered, compare.Same}

// summary is how many rows there are of each kind.
func (in Input) summary() string {
	count := map[compare.Kind]int{}
	for _, r := range in.Table.Rows {
		count[r.Kind]++
	}
	var parts []string
	for _, k := range kinds {
		if count[k] > 0 {
			parts = append(parts, in.Texts.T("diff.count."+string(k), strconv.Itoa(count[k])))
		}
	}
	if in.Table.Same() {
		parts = append([]string{in.Texts.T("diff.none")}, parts...)
	}
	return strings.Join(parts, in.Texts.T("diff.comma"))
}

// label is the number of a row on both sides.
func label(r compare.Row) string {
	switch {
	case r.Old.Num == r.New.Num || r.New.Num == "" && r.Kind == compare.Removed:
		return r.Old.Num
	case r.Old.Num == "" && r.Kind == compare.Added:
		return r.New.Num
	}
	return or(r.Old.Num) + " → " + or(r.New.Num)
}

func or(num string) string {
	if num == "" {
		return "—"
	}
	return num
}

func (h Head) details() string {
	var parts []string
	for _, s := range []string{h.Number, h.Date, h.Name} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "  ")
}

// Text returns the comparison as plain text. Rows that did not change are
// counted only; changes stand in [-…-] and {+…+}.
func Text(in Input) string {
	var s strings.Builder
	line := func(parts ...string) { s.WriteString(strings.TrimRight(strings.Join(parts, ""), " ") + "\n") }
	line(in.Texts.T("diff.old"), "  ", in.Old.Title, "  ", in.Old.details())
	line(in.Texts.T("diff.new"), "  ", in.New.Title, "  ", in.New.details())
	line(in.summary())
	rows := in.Table.Rows
	if in.Table.Title.Kind != compare.Same {
		title := in.Table.Title
		title.Old.Num, title.New.Num = in.Texts.T("diff.of-title"), in.Texts.T("diff.of-title")
		rows = append([]compare.Row{title}, rows...)
	}
	same := 0
	flush := func() {
		if same > 0 {
			line()
			line(in.Texts.T("diff.unchanged", strconv.Itoa(same)))
		}
		same = 0
	}
	for _, r := range rows {
		if r.Kind == compare.Same {
			same++
			continue
		}
		flush()
		line()
		line(strings.TrimLeft(label(r)+"  "+in.Texts.T("diff.kind."+string(r.Kind)), " "))
		if r.Kind == compare.Renumbered {
			continue
		}
		for _, l := range marked(r.Old.Pieces, "[-", "-]") {
			line("  - ", l)
		}
		for _, l := range marked(r.New.Pieces, "{+", "+}") {
			line("  + ", l)
		}
	}
	flush()
	return s.String()
}

// marked are the lines of a side, with its changes in marks.
func marked(ps []compare.Piece, open, end string) []string {
	if len(ps) == 0 {
		return nil
	}
	var s strings.Builder
	for _, p := range ps {
		if p.Changed {
			s.WriteString(open + strings.ReplaceAll(p.Text, "\n", end+"\n"+open) + end)
		} else {
			s.WriteString(p.Text)
		}
	}
	return strings.Split(s.String(), "\n")
}
