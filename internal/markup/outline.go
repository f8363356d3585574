package markup

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// An OutlineEntry is a heading of the outline, or an article. Depth counts
// from 0.
type OutlineEntry struct {
	ID    string
	Text  string
	Depth int
	Unit  Unit
}

// Outline returns the headings of the tree in reading order: divisions,
// components, standing levels and articles (by number only).
func (t *Tree) Outline() []OutlineEntry {
	n := countEntries(t.Blocks)
	if n == 0 {
		return nil
	}
	out := make([]OutlineEntry, 0, n)
	collect(t.Blocks, 0, &out)
	return out
}

// countEntries returns how many entries collect finds.
func countEntries(bs []*Block) int {
	n := 0
	for _, b := range bs {
		if b.Unit == Article && b.Role != TitleLine {
			n++
			continue
		}
		if b.Role != TitleLine && (b.Kind == Heading && b.ID != "" || b.standing && b.Unit >= Level1 || b.Unit == Level1 || b.Unit == Level2) {
			n++
		}
		n += countEntries(b.Blocks)
	}
	return n
}

func collect(bs []*Block, depth int, out *[]OutlineEntry) {
	for _, b := range bs {
		depth := depth + int(b.under)
		inner := depth
		switch {
		case b.Role == TitleLine:
		case b.Unit == Article:
			*out = append(*out, OutlineEntry{b.ID, b.Num, depth, Article})
			continue
		case b.Kind == Heading && b.ID != "", b.standing && b.Unit >= Level1:
			*out = append(*out, OutlineEntry{b.ID, headingText(b), depth, b.Unit})
			inner++
		case b.Unit == Level1 || b.Unit == Level2:
			*out = append(*out, OutlineEntry{b.ID, runIn(b), depth, b.Unit})
			inner++
		}
		if len(b.Blocks) > 0 {
			collect(b.Blocks, inner, out)
		}
	}
}

func headingText(b *Block) string {
	return strings.Join(strings.Fields(b.PlainText()), " ")
}

// runIn returns the heading that opens a paragraph: （一）推进…公开。
func runIn(b *Block) string {
	text := strings.TrimSpace(b.PlainText())
	if i := strings.Index(text, "。"); i > 0 {
		text = text[:i]
	}
	const most = 28
	if utf8.RuneCountInString(text) > most {
		text = string([]rune(text)[:most-1]) + "…"
	}
	return text
}

// fewest is the number of entries from which an outline helps.
const fewest = 3

// outline writes the outline as nested lists of links. Articles stand as
// numbers in one list, so that a law of a hundred articles stays short. It takes
// the memory of buf.
func outline(t *Tree, buf []byte) []byte {
	entries := t.Outline()
	if len(entries) < fewest {
		return buf[:0]
	}
	size := 0
	for i := range entries {
		size += 48 + len(entries[i].ID) + len(entries[i].Text)
	}
	w := &writer{buf: slices.Grow(buf[:0], size)}
	depth := -1
	for i := 0; i < len(entries); i++ {
		e := entries[i]
		for depth < e.Depth {
			w.s("<ul>")
			if depth++; depth < e.Depth {
				w.s("<li>")
			}
		}
		for depth > e.Depth {
			w.s("</li></ul>")
			depth--
		}
		if e.Unit == Article {
			i = w.articles(entries, i)
			continue
		}
		if i > 0 && entries[i-1].Depth >= e.Depth {
			w.s("</li>\n")
		}
		w.s("<li>")
		w.anchor(e)
	}
	for ; depth >= 0; depth-- {
		w.s("</li></ul>")
	}
	return w.buf
}

// articles writes a run of articles of one depth as one entry and returns the
// index of the last of them.
func (w *writer) articles(entries []OutlineEntry, i int) int {
	if i > 0 && entries[i-1].Depth >= entries[i].Depth {
		w.s("</li>\n")
	}
	w.s(`<li class="arts">`)
	j := i
	for ; j < len(entries) && entries[j].Unit == Article && entries[j].Depth == entries[i].Depth; j++ {
		w.anchor(entries[j])
		w.s(" ")
	}
	return j - 1
}

func (w *writer) anchor(e OutlineEntry) {
	w.s(`<a href="#`)
	w.s(e.ID)
	w.s(`">`)
	w.text(e.Text)
	w.s("</a>")
}
