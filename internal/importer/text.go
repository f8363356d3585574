package importer

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"gongbao/internal/gazette"
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
}

// readText reads plain text: the header of an official document (issuer,
// number, title), then paragraphs whose lines a scan or a mail program broke.
func readText(text string) *document {
	lines := split(text)
	d := &document{}
	body := d.header(lines)
	for _, p := range join(lines[body:], zh.Fold(markup.InnerTitle(d.title))) {
		d.blocks = append(d.blocks, block{escape(zh.JoinLines(texts(p))), [][]line{p}})
	}
	return d
}

func split(text string) []line {
	var out []line
	blank := false
	for i, s := range strings.Split(text, "\n") {
		s = strings.TrimFunc(s, zh.IsSpace)
		if s == "" {
			blank = true
			continue
		}
		out = append(out, line{s, i + 1, blank})
		blank = false
	}
	return out
}

// headerLines bounds the search for the number and the title.
const headerLines = 12

// header reads issuer, number and title, and returns the index of the first
// line of the body.
func (d *document) header(lines []line) int {
	at := 0
	for at < len(lines) && at < headerLines {
		l := lines[at]
		if n, ok := gazette.ParseNumber(l.text); ok && n.Serial > 0 {
			d.number, d.numberLine = l.text, l.n
			d.removed = append(d.removed, l.text)
			at++
			break
		}
		at++
	}
	if d.number == "" {
		at = 0
	} else {
		for _, l := range lines[:at-1] {
			name := strings.TrimSuffix(l.text, "文件")
			if d.title == "" && source.IsBody(name) {
				d.issuers = append(d.issuers, name)
				d.issuerLine = l.n
			}
			d.removed = append(d.removed, l.text)
		}
		if d.titleAbove(lines[:at-1]) {
			return at
		}
	}
	return d.readTitle(lines, at)
}

// titleAbove takes the title from the lines above the number, where some
// issuers put it.
func (d *document) titleAbove(lines []line) bool {
	var parts []string
	for _, l := range lines {
		if parts == nil && source.IsBody(strings.TrimSuffix(l.text, "文件")) {
			continue
		}
		if parts == nil {
			d.titleLine = l.n
		}
		parts = append(parts, l.text)
	}
	if title := zh.CollapseSpace(zh.JoinLines(parts)); len(parts) <= 5 && strings.Contains(title, "关于") && endsTitle(title) {
		d.title = title
		return true
	}
	return false
}

// readTitle reads the title, which a scan breaks over up to five lines: it
// ends where a line ends in a 文种, or before the addressees.
func (d *document) readTitle(lines []line, at int) int {
	var parts []string
	for i := at; i < len(lines) && i < at+5; i++ {
		text := lines[i].text
		if strings.ContainsAny(text, "。；") || strings.HasSuffix(text, "：") || strings.HasSuffix(text, ":") {
			break
		}
		if i > at && lines[i].after && endsTitle(strings.Join(parts, "")) {
			break
		}
		parts = append(parts, text)
		if i == at {
			d.titleLine = lines[i].n
		}
		if endsTitle(text) {
			break
		}
	}
	if len(parts) == 0 || !endsTitle(parts[len(parts)-1]) && len(parts) > 1 && !strings.Contains(strings.Join(parts, ""), "关于") {
		parts = parts[:min(1, len(parts))]
	}
	if len(parts) == 0 {
		return at
	}
	d.title = zh.CollapseSpace(zh.JoinLines(parts))
	d.removed = append(d.removed, parts...)
	return at + len(parts)
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
	for i, l := range lines {
		para = append(para, l.text)
		if i+1 < len(lines) && continues(para, lines[i+1], printed) {
			continue
		}
		out = append(out, lines[i+1-len(para):i+1])
		para = nil
	}
	return out
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
// sentence: pages end there.
func continues(para []string, next line, printed string) bool {
	text := strings.Join(para, "")
	if printed != "" && (zh.Fold(text) == printed || zh.Fold(next.text) == printed) {
		return false
	}
	if markup.Numbered(next.text) && !midSentence(text) || isClosing(next.text) || isClosing(text) {
		return false
	}
	if midSentence(text) {
		return true
	}
	if last, _ := utf8.DecodeLastRuneInString(text); strings.ContainsRune("。！？；：:;!?”’）)》…", last) {
		return false
	}
	if markup.Numbered(text) && !strings.ContainsAny(text, "。，；：") && utf8.RuneCountInString(text) < 36 && (next.after || markup.Numbered(next.text)) {
		return false // a heading
	}
	if next.after && utf8.RuneCountInString(text) < 16 {
		return false // a short line that stands alone
	}
	return true
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
	return source.IsBody(text) && utf8.RuneCountInString(text) < 24
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
