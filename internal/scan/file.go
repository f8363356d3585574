package scan

import (
	"bytes"
	"errors"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"gongbao/internal/extract"
	"gongbao/internal/zh"
)

// A Report is what is in one file.
type Report struct {
	Hits    []Hit
	Skipped []string // why the file, or a part of it, was not looked at: the kinds of extract.Problem, Picture

	Author   string // a person's name in the properties of the file
	Comments int    // of reviewers
	Changes  int    // tracked changes: what was deleted is still there
	Position bool   // a picture says where it was taken
}

// Picture is why a picture was not looked at: nobody reads it here.
const Picture = "picture"

// Formats that are read. Pictures are looked at for where they were taken only.
var (
	texts    = []string{".txt", ".docx", ".html", ".htm", ".mht", ".pdf"}
	tables   = []string{".xlsx", ".csv"}
	pictures = []string{".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg", ".bmp", ".tif", ".tiff"}
)

// everything switches all cleaners off: what a cleaner takes away is published
// all the same.
var everything = extract.Options{Accept: true, Off: extract.Cleaners()}

// File looks at a file, by the ending of its name. Of text files Hit.Line is the
// line of the file, from 0; of others it counts paragraphs and rows.
func File(name string, raw []byte) Report {
	var r Report
	ending := strings.ToLower(path.Ext(name))
	switch {
	case ending == ".md":
		r.Hits = Markdown(raw)
	case slices.Contains(tables, ending):
		r.tables(name, raw)
	case slices.Contains(texts, ending):
		r.text(name, raw)
	case slices.Contains(pictures, ending):
		r.Position = position(raw)
		r.skip(Picture)
	default:
		r.skip(string(extract.Unsupported))
	}
	if bytes.HasPrefix(raw, []byte("PK\x03\x04")) {
		r.parts(raw)
	}
	return r
}

func (r *Report) skip(why string) {
	if !slices.Contains(r.Skipped, why) {
		r.Skipped = append(r.Skipped, why)
	}
}

// Markdown finds in a content file: front matter and text.
func Markdown(raw []byte) []Hit {
	text, _, _ := zh.Decode(raw)
	return Decoded(string(text))
}

// Decoded is Markdown for what zh.Decode made of the file.
func Decoded(text string) []Hit {
	lines := strings.Split(text, "\n")
	top := 0
	if strings.HasPrefix(strings.TrimPrefix(lines[0], "\ufeff"), "+++") {
		for i := 1; i < len(lines); i++ {
			if strings.HasPrefix(lines[i], "+++") {
				top = i + 1
				break
			}
		}
	}
	out := Lines(lines, top)
	for i := range out {
		h := &out[i]
		l := lines[h.Line]
		h.Col, h.ColEnd = utf8.RuneCountInString(l[:h.Start])+1, utf8.RuneCountInString(l[:h.End])+1
	}
	return out
}

// tables looks at a workbook or a CSV file.
func (r *Report) tables(name string, raw []byte) {
	ts, err := extract.Tables(name, raw)
	if err != nil {
		r.skip(string(extract.Broken))
		return
	}
	base := 0
	for _, t := range ts {
		for _, h := range distinct(Table(t.Rows, t.Above, true)) {
			h.Line += base
			r.Hits = append(r.Hits, h)
		}
		base += len(t.Rows)
	}
}

// add adds hits on a line, but for those that are known already. Two values with
// one mask are two hits: what is cleared is counted.
func (r *Report) add(hits []Hit, line int) {
	for _, h := range hits {
		h.Line = line
		if !slices.Contains(r.Hits, h) {
			r.Hits = append(r.Hits, h)
		}
	}
}

// text looks at a document.
func (r *Report) text(name string, raw []byte) {
	d, err := extract.Read(name, raw, everything)
	if err != nil {
		kind := extract.Broken
		if p, ok := errors.AsType[*extract.Problem](err); ok {
			kind = p.Kind
		}
		r.skip(string(kind))
		return
	}
	for _, p := range d.Problems {
		switch p.Kind {
		case extract.PictureLost: // of a PDF: it was not taken out
			r.skip(Picture)
		case extract.Scanned, extract.Embedded, extract.Encrypted, extract.Large, extract.Broken:
			r.skip(string(p.Kind))
		}
	}
	r.Comments, r.Changes = d.Comments, d.Changes
	var lines []string
	var of []int
	gap := typed
	if d.Format == extract.PDF {
		gap = printed
	}
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Kind == extract.TableBlock {
			around := strings.Join(lines[max(0, len(lines)-4):], " ")
			r.block(b, around, len(lines) < topLines)
			continue
		}
		for l := range strings.SplitSeq(extract.PlainText(b.Runs), "\n") {
			lines, of = append(lines, strings.TrimLeft(l, "|")), append(of, b.Line-1)
		}
	}
	for _, h := range linesOf(lines, 0, gap) {
		r.add([]Hit{h}, of[h.Line])
	}
	for _, n := range d.Notes {
		r.add(line(extract.PlainText(n.Runs), context{}), max(0, len(of)-1))
	}
	for _, f := range d.Fields {
		r.add(line(f.Value, context{head: f.Label, left: compact(f.Label), cell: true}), max(0, f.Line-1))
		if f.Label == "author" {
			r.author(f.Value)
		}
	}
	for _, x := range d.Removed {
		r.add(line(x.Text, context{}), max(0, x.Line-1))
	}
	for _, l := range d.Links {
		r.add(line(l.Title, context{}), max(0, l.Line-1))
	}
}

// block looks at a table of a document.
func (r *Report) block(b *extract.Block, around string, early bool) {
	rows := make([][]string, len(b.Rows))
	for i, row := range b.Rows {
		for _, c := range row {
			rows[i] = append(rows[i], extract.PlainText(c.Runs))
		}
	}
	for _, h := range distinct(Table(rows, around, early)) {
		r.add([]Hit{h}, b.Line-1+h.Line)
	}
}

// author takes a name of the properties of a file where it is a person's.
func (r *Report) author(name string) {
	name = strings.TrimSpace(name)
	if r.Author != "" || !personName.MatchString(name) || strings.ContainsAny(name, "局办委厅部处科室府院中心会用户管理员") {
		return
	}
	r.Author = name
}
