package press

import (
	"maps"
	"strconv"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/typeset"
)

// A sealed issue is on paper, and its file should be the same book. While no
// text changes it is set as it was, and check compares the pages (page-moved).
// Once a text was corrected or withdrawn, the old one is not in content/ any
// more and the book cannot be made again. Then the file has the corrected
// text and says so on its first page; nothing of what was withdrawn; and all
// else begins on its page on paper, as far as a longer text before it lets it.
// Contents, index and site always give the folios of the lock, since paper is
// what people cite. An issue that must stay as it was names its printed file
// (pdf in the front matter) and is not set again.

// setAltered sets an altered issue. A text that would begin before its page on
// paper begins a page of its own, behind as many blank ones as it needs. It is
// looked for among a few texts first, then among twice as many: setting all the
// rest after every cut would take the square of the issue.
func (l *issueLayout) setAltered(parts []part, number int) []typeset.Page {
	const few = 4
	var pages []typeset.Page
	for n := few; len(parts) > 0; {
		n = min(n, len(parts))
		set := l.setParts(parts[:n], number+len(pages))
		cut := l.early(parts[:n], set, number+len(pages))
		if cut == len(parts) {
			return append(pages, set...)
		}
		if cut == n {
			n *= 2
			continue
		}
		pages = append(pages, l.setParts(parts[:cut], number+len(pages))...)
		for first := l.locked[parts[cut].item.entry].First; number+len(pages) < first; {
			pages = append(pages, l.blank())
		}
		parts, n = parts[cut:], few
	}
	return pages
}

// early finds the first part that stands before its page on paper.
func (l *issueLayout) early(parts []part, set []typeset.Page, number int) int {
	at := where(set)
	for i, p := range parts {
		if p.item == nil || l.locked[p.item.entry] == nil {
			continue
		}
		if number+at[p.item.prefix].page < l.locked[p.item.entry].First {
			return i
		}
	}
	return len(parts)
}

// withdrawn stands for a text that must not be printed again: a line on each
// of its pages, so that what follows stays where it is.
func (l *issueLayout) withdrawn(e *catalog.Entry, prefix string) *item {
	x := l.locked[e]
	look := &l.style.Looks[NotePart]
	text := l.Words("print.withdrawn", e.Title())
	it := &item{entry: e, prefix: prefix}
	for page := x.First; page <= x.Last; page++ {
		p := look.paragraph(look.span(text))
		if page == x.First {
			p.Mark = prefix
		} else {
			it.blocks = append(it.blocks, typeset.NewPage)
		}
		it.blocks = append(it.blocks, p)
	}
	it.blocks = append(it.blocks, &typeset.Drawing{Mark: prefix + "end"})
	return it
}

// printed replaces folios of a layout by those on paper.
func (l *issueLayout) printed(pages map[*catalog.Entry][2]int) map[*catalog.Entry][2]int {
	out := maps.Clone(pages)
	for e := range out {
		if x := l.locked[e]; x != nil {
			out[e] = [2]int{x.First, x.Last}
		}
	}
	return out
}

// notAsPrinted says at the foot of the first page that paper has another text.
func (l *issueLayout) notAsPrinted(p *typeset.Page, middle, y typeset.Length) {
	look := l.style.Looks[NotePart]
	look.Size = typeset.Pt(9)
	l.line(p, &look, l.Words("print.altered"), typeset.Center, middle, y)
}

// sealedLines are what a layout takes from the lock of an issue, and of what
// was withdrawn.
func sealedLines(e *catalog.Entry) []string {
	out := []string{strconv.FormatBool(e.Altered())}
	locked := e.Locked()
	for _, d := range e.Printed() {
		if x := locked[d]; x != nil {
			out = append(out, d.Path, gazette.Span(x.First, x.Last))
			if d.Shelf == gazette.Withdrawn {
				out = append(out, d.Title(), d.Document.Number)
			}
		}
	}
	return out
}
