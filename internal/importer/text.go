package importer

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gongbao/internal/extract"
	"gongbao/internal/markup"
	"gongbao/internal/source"
	"gongbao/internal/zh"
)

func itoa(n int) string { return strconv.Itoa(n) }

func mb(n int) string { return fmt.Sprintf("%.1f MB", float64(n)/(1<<20)) }

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

// A line is a line of plain text without the space around it.
type line struct {
	text  string
	n     int  // number in the file
	after bool // a blank line stands before it

	block  *extract.Block // a table or picture instead of text
	whole  bool           // a paragraph of its own: not to be joined
	head   bool           // marked as a heading
	right  bool           // stands at the right
	center bool

	cut    bool // the page ends behind it
	set    bool // printed: the next two say where its paragraph begins and whether it goes on
	indent bool
	full   bool
}

// readText reads plain text: the header of an official document (issuer,
// number, title), then paragraphs whose lines a scan or a mail program broke.
func readText(text string, off []string) *document { return readLines(split(text), nil, off, false) }

// readLines reads the lines of a text, after what is no part of it was taken
// out; fs are facts that stood apart from it.
func readLines(lines []line, fs []pair, off []string, office bool) *document {
	c := newCleaner(off)
	c.office = office
	lines = c.clean(lines)
	d := &document{pairs: append(fs, c.pairs...), cleaned: c.removed}
	lines = unglue(d.logos(lines))
	body := d.header(lines)
	lines = d.logos(lines[body:])
	d.facts()
	d.said(lines)
	printed := zh.Fold(markup.InnerTitle(d.title))
	if printed == "" && d.order {
		printed = zh.Fold(d.title)
	}
	for _, p := range join(lines, printed) {
		d.blocks = append(d.blocks, paragraph(p))
	}
	return d
}

// edge reports what is cut off the ends of lines: space, and private characters,
// by which some programs mark paragraphs.
func edge(r rune) bool { return zh.IsSpace(r) || r >= 0xe000 && r <= 0xf8ff }

func split(text string) []line {
	var out []line
	blank := false
	for i, s := range strings.Split(text, "\n") {
		s = strings.TrimFunc(s, edge)
		if s == "" {
			blank = true
			continue
		}
		out = append(out, line{text: s, n: i + 1, after: blank})
		blank = false
	}
	return out
}

// logos takes pictures from above the text: they are of the page, not of the
// document.
func (d *document) logos(lines []line) []line {
	for len(lines) > 0 && lines[0].block != nil && lines[0].block.Kind == extract.PictureBlock {
		d.cleaned = append(d.cleaned, extract.Removed{Cleaner: extract.Furniture, Text: lines[0].block.Picture, Line: lines[0].n})
		lines = lines[1:]
	}
	return lines
}

// unglue parts addressees from the text that a page put behind them.
func unglue(lines []line) []line {
	for i, l := range lines[:min(len(lines), headBound)] {
		if m := glued.FindStringSubmatch(l.text); m != nil && l.block == nil && markup.IsAddressees(m[1]) {
			rest := l
			l.text, rest.text = m[1], m[2]
			return append(append(append([]line{}, lines[:i]...), l, rest), lines[i+1:]...)
		}
	}
	return lines
}

func endsTitle(s string) bool {
	kind, form := source.KindAndForm(s)
	return kind != "" || form != "" && !strings.Contains(s, "关于")
}

// join puts broken lines together into paragraphs. printed is the folded title
// of what the document prints: it stands on a line of its own.
func join(lines []line, printed string) [][]line {
	var out [][]line
	var para []string
	width := wrapped(lines)
	for i, l := range lines {
		para = append(para, l.text)
		if i+1 < len(lines) && !l.whole && !lines[i+1].whole && continues(para, l, lines[i+1], printed, width) {
			continue
		}
		out = append(out, lines[i+1-len(para):i+1])
		para = nil
	}
	return out
}

// leastWidth is the width of the narrowest column that texts are broken to; what
// is shorter throughout is a list.
const leastWidth = 40

// officialWidth is that of official papers, 28 characters (GB/T 9704-2012 5.2.3).
const officialWidth = 56

// wrapped returns the width, in halves of a character, at which the lines of a
// text are broken: that of the lines that stop inside of a sentence. A line much
// shorter ends its paragraph. Of a text with hardly any such lines it is the
// width of the longest.
func wrapped(lines []line) int {
	longest := officialWidth
	var broken []int
	for _, l := range lines {
		w := halves(l.text)
		if l.block != nil || w < leastWidth {
			continue
		}
		longest = max(longest, w)
		if last, _ := utf8.DecodeLastRuneInString(l.text); !strings.ContainsRune("。；：！？", last) {
			broken = append(broken, w)
		}
	}
	if len(broken) < 4 {
		return longest
	}
	slices.Sort(broken)
	return broken[len(broken)/2]
}

// halves is the width of a text in halves of a character.
func halves(s string) int {
	n := 0
	for _, r := range s {
		if n++; r > 0x2e7f {
			n++
		}
	}
	return n
}

func texts(lines []line) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = l.text
	}
	return out
}

// continues reports whether the next line belongs to the paragraph so far. A
// blank line does not end a paragraph that stopped in the middle of a
// sentence: pages end there. end is the last line of the paragraph, width that
// at which lines are broken.
func continues(para []string, end, next line, printed string, width int) bool {
	text := strings.Join(para, "")
	if printed != "" && (zh.Fold(text) == printed || zh.Fold(next.text) == printed) {
		return false
	}
	if strings.HasPrefix(text, "抄送") && !strings.HasSuffix(text, "。") && strings.HasSuffix(next.text, "。") {
		return true
	}
	inside := end.set && next.set && end.full && !next.indent && !strings.HasSuffix(text, "。")
	if markup.Numbered(next.text) && !midSentence(text) && !inside || isClosing(next.text) || isClosing(text) {
		return false
	}
	if midSentence(text) {
		return true
	}
	if loneNumber(next.text) || loneNumber(end.text) {
		return false
	}
	if strings.HasSuffix(next.text, "：") && strings.Contains(end.text, "关于") && !strings.ContainsAny(end.text, "，。《") && endsTitle(end.text) {
		return false // a title over those it is sent to
	}
	last, _ := utf8.DecodeLastRuneInString(text)
	if end.set && next.set && !(end.center && next.center) {
		return end.full && (!next.indent || !strings.ContainsRune("。；：", last)) // what hangs is indented too
	}
	if strings.ContainsRune("。！？；：:;!?”’）)》…", last) {
		return false
	}
	if markup.Numbered(text) && !strings.ContainsAny(text, "。，；：") && utf8.RuneCountInString(text) < 36 && (next.after || markup.Numbered(next.text)) {
		return false // a heading
	}
	if next.after && utf8.RuneCountInString(text) < 16 {
		return false // a short line that stands alone
	}
	if end.set || end.cut {
		return true
	}
	tabbed := strings.Contains(end.text, "\t") || strings.Contains(next.text, "\t")
	return !tabbed && halves(end.text) >= width*2/3
}

// midSentence reports whether a text stops after a mark that no paragraph ends
// with.
func midSentence(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune("，、,（(《“‘—", last)
}

// isClosing reports a line that stands alone at the end of a document.
func isClosing(text string) bool {
	if m, ok := zh.ScanDate(text); ok && m.Day > 0 && m.End == len(text) {
		return true
	}
	for _, p := range []string{"附件", "抄送", "信息公开选项", "（此件", "(此件"} {
		if strings.HasPrefix(text, p) && utf8.RuneCountInString(text) < 60 {
			return true
		}
	}
	names := strings.Fields(text)
	for _, n := range names {
		if !source.IsBody(n) || utf8.RuneCountInString(n) > 24 {
			return false
		}
	}
	return len(names) > 0
}

// special are the characters that Markdown may take for mark-up.
const special = "\\`*_[]<>&#+-=|~!:"

// escape writes a line of text as Markdown that reads back as the same text.
// Brackets and dashes that do no harm stay as they are: the written form of an
// official text is not rewritten without need.
func escape(s string) string {
	if !strings.ContainsAny(s, special) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if harmful(s, i) {
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	}
	return b.String()
}

// harmful reports whether the byte at i could be mark-up.
func harmful(s string, i int) bool {
	next := byte(0)
	if i+1 < len(s) {
		next = s[i+1]
	}
	switch s[i] {
	case '\\', '`', '*', '_':
		return true
	case '<':
		return next == '/' || next == '!' || next == '?' || next >= 'a' && next <= 'z' || next >= 'A' && next <= 'Z'
	case '&':
		return strings.Contains(s[i:], ";")
	case '[':
		return strings.Contains(s[i:], "](") || next == '^'
	case '#', '>', '+', '-', '=', '~', '|':
		return strings.TrimLeft(s[:i], " ") == ""
	}
	return false
}
