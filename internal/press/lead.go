package press

import (
	"strings"
	"unicode/utf8"

	"gongbao/internal/markup"
	"gongbao/internal/typeset"
)

// longest is the number of characters up to which a sentence can be a heading.
const longest = 36

// lead returns how many bytes at the start of a numbered paragraph are a
// sentence that can be its heading: short, and more text follows. 0 for none.
func lead(b *markup.Block) int {
	if len(b.Inlines) == 0 || b.Inlines[0].Kind != markup.Text {
		return 0
	}
	text := b.Inlines[0].Text
	i := strings.IndexAny(text, "。：；")
	if i < 0 || !strings.HasPrefix(text[i:], "。") || utf8.RuneCountInString(text[:i]) > longest {
		return 0
	}
	i += len("。")
	if strings.TrimSpace(text[i:]) == "" && len(b.Inlines) == 1 {
		return 0
	}
	return i
}

// leads decides for the numbered paragraphs of one row: their first sentences
// are headings if all of them can be, or stand alone as headings.
func (f *flow) leads(bs []*markup.Block) {
	for _, unit := range []markup.Unit{markup.Level1, markup.Level2} {
		all := true
		var row []*markup.Block
		for _, b := range bs {
			if b.Unit == unit && b.Kind == markup.Paragraph && !b.Standing() {
				row = append(row, b)
				all = all && lead(b) > 0
			}
		}
		if !all {
			continue
		}
		for _, b := range row {
			if f.heads == nil {
				f.heads = map[*markup.Block]bool{}
			}
			f.heads[b] = true
		}
	}
}

// runIn sets a numbered paragraph, and its first sentence as its heading where
// it is one.
func (f *flow) runIn(b *markup.Block, part Part, mark string) {
	lines := f.spans(b.Inlines, BodyPart)
	if f.heads[b] && len(lines) > 0 && len(lines[0]) > 0 {
		first := lines[0][0]
		rest := first
		head := strings.Index(first.Text, "。") + len("。")
		first.Text, rest.Text = first.Text[:head], first.Text[head:]
		first.Font = typeset.Font(f.style.Looks[part].Font)
		f.check(f.style.Looks[part].Font, first.Text)
		spans := []typeset.Span{first}
		if rest.Text != "" {
			spans = append(spans, rest)
		}
		lines[0] = append(spans, lines[0][1:]...)
	}
	f.set(BodyPart, lines, mark)
}
