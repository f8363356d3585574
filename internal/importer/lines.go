package importer

import (
	"strings"
	"unicode/utf8"
)

// A block is a block of the Markdown that a text becomes. It knows the lines of
// the file that each of its own lines was made of: a paragraph of plain text is
// one line of Markdown and several of the file.
type block struct {
	text string
	from [][]line // by line of text
}

// markdown returns the text as Markdown.
func (d *document) markdown() string {
	texts := make([]string, len(d.blocks))
	for i, b := range d.blocks {
		texts[i] = b.text
	}
	return strings.Join(texts, "\n\n") + "\n"
}

// fileLine returns the line of the file on which a text begins that stands on
// line n of the Markdown. It returns 0 where n is no line of a block.
func (d *document) fileLine(n int, text string) int {
	at := 1
	for _, b := range d.blocks {
		if k := n - at; k >= 0 && k < len(b.from) {
			return begins(b.from[k], text)
		}
		at += len(b.from) + 1
	}
	return 0
}

// begins returns the number of the line on which a text begins: the first that
// holds it, or that it goes on from.
func begins(lines []line, text string) int {
	for _, l := range lines {
		if strings.Contains(l.text, text) || l.text != "" && strings.HasPrefix(text, l.text) {
			return l.n
		}
	}
	// A sentence that begins inside a line and goes on in the next.
	head := text
	for i, n := 0, 0; i < len(text); n++ {
		if n == 6 {
			head = text[:i]
			break
		}
		_, w := utf8.DecodeRuneInString(text[i:])
		i += w
	}
	for _, l := range lines {
		if strings.Contains(l.text, head) {
			return l.n
		}
	}
	return lines[0].n
}
