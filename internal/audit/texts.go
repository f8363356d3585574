package audit

import (
	"bytes"
	"io/fs"
	"strconv"
	"unicode/utf8"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/source"
	"gongbao/internal/zh"
)

// A reading is one text of content/ while it is read, line by line. Rules see
// what readers see: bytes of Markdown that are not shown are 0, so that places
// stay.
type reading struct {
	a     *auditor
	entry *catalog.Entry
	name  string // of the file in findings
	title bool   // the line is the title
	line  int
	raw   []byte // the line as it stands
	text  []byte // what is seen of it
	table bool
	form  bool // behind the line 附件: forms have blanks to fill in

	chars map[rune]*mark
	signs map[byte]*mark
	years map[string]bool
}

// A mark is what is found several times in a text.
type mark struct {
	pos diag.Pos
	n   int
}

// texts reads what is shown of content/: titles, summaries and bodies. A file that
// cannot be read has been reported by check.
func (a *auditor) texts() error {
	words := newWords(a.cat.Data.Words)
	r := &reading{a: a, chars: map[rune]*mark{}, signs: map[byte]*mark{}, years: map[string]bool{}}
	var m masker
	for _, e := range a.cat.Entries {
		if !shown(e) {
			continue
		}
		b, err := fs.ReadFile(a.in.Root, source.Name(e.Path))
		if err != nil || len(b) > source.MaxSize {
			continue
		}
		text, _, _ := zh.Decode(b)
		r.entry, r.name, r.form = e, source.Name(e.Path), false
		r.read(text, &m, words)
		r.report()
	}
	return nil
}

// read goes through the lines of a text. Of the front matter it sees the title and
// the summary.
func (r *reading) read(text []byte, m *masker, words *words) {
	title, summary := r.entry.Pos("title"), r.entry.Pos("summary")
	front := bytes.HasPrefix(bytes.TrimLeft(text, "\n "), []byte("+++"))
	m.reset()
	r.line = 0
	open := false
	for line := range bytes.Lines(text) {
		r.line++
		line = bytes.TrimRight(line, "\r\n")
		if front {
			if bytes.HasPrefix(line, []byte("+++")) {
				front, open = !open, true
				continue
			}
			for _, pos := range []diag.Pos{title, summary} {
				if pos.Line == r.line && pos.End > pos.Col {
					r.raw, r.text = line, m.only(line, pos.Col, pos.End)
					r.title, r.table = pos == title, false
					r.look(words)
				}
			}
			continue
		}
		r.raw, r.title = line, false
		var seen bool
		if r.text, r.table, seen = m.visible(line); seen {
			r.look(words)
		}
	}
}

// look applies all rules to a line.
func (r *reading) look(words *words) {
	r.placeholder()
	for i := 0; i < len(r.text); {
		c := r.text[i]
		if c < utf8.RuneSelf {
			if !r.table && isSign[c] {
				r.sign(i)
			}
			if words.first[c] {
				words.at(r, i, rune(c))
			}
			i++
			continue
		}
		ch, size := utf8.DecodeRune(r.text[i:])
		switch {
		case ch == '号':
			r.number(i)
		case zh.IsUncommon(ch):
			r.char(i, ch)
		}
		if words.first[byte(ch)] {
			words.at(r, i, ch)
		}
		i += size
	}
}

// place is that of some bytes of the line.
func (r *reading) place(from, to int) diag.Pos {
	col := 1 + utf8.RuneCount(r.raw[:from])
	return diag.Pos{File: r.name, Line: r.line, Col: col, End: col + utf8.RuneCount(r.raw[from:to])}
}

// char counts a character outside of the 通用规范汉字表.
func (r *reading) char(i int, ch rune) {
	if m := r.chars[ch]; m != nil {
		m.n++
		return
	}
	r.chars[ch] = &mark{r.place(i, i+utf8.RuneLen(ch)), 1}
}

// report says what was counted in the text.
func (r *reading) report() {
	for ch, m := range r.chars {
		r.a.add("audit-character", m.pos, r.entry, string(ch), code(ch), strconv.Itoa(m.n))
	}
	for c, m := range r.signs {
		r.a.add("audit-punctuation", m.pos, r.entry, string(c), full[c], strconv.Itoa(m.n))
	}
	clear(r.chars)
	clear(r.signs)
	clear(r.years)
}

func code(r rune) string {
	s := "0000" + string(bytes.ToUpper(strconv.AppendInt(nil, int64(r), 16)))
	return "U+" + s[min(4, len(s)-4):]
}
