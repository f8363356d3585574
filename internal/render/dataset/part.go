package dataset

import (
	"slices"
	"strings"

	"gongbao/internal/markup"
)

// units are the names of units.
var units = [markup.Title + 1]string{
	markup.Component: "annex", markup.Part: "part", markup.Subpart: "subpart", markup.Chapter: "chapter", markup.Section: "section",
	markup.Article: "article", markup.Clause: "paragraph", markup.Point: "point", markup.Indent: "indent",
	markup.Level1: "level", markup.Level2: "level", markup.Level3: "level", markup.Level4: "level", markup.Level5: "level", markup.Title: "heading",
}

// parts are the units of a text. What is none, a paragraph or a table, is text of
// the unit that it stands in; what stands in no unit is in the Markdown only.
func parts(bs []*markup.Block) []Part {
	var out []Part
	for _, b := range bs {
		if b.Unit == markup.NoUnit {
			continue
		}
		p := Part{ID: b.ID, Unit: units[b.Unit], Num: b.Num}
		var text strings.Builder
		p.Text = b.PlainText()
		if n := b.NumberSize(); n <= len(p.Text) {
			p.Text = strings.TrimLeft(p.Text[n:], " 　\t")
		}
		if slices.ContainsFunc(b.Blocks, func(x *markup.Block) bool { return x.Unit == markup.NoUnit }) {
			text.WriteString(p.Text)
			loose(&text, b.Blocks)
			p.Text = text.String()
		}
		if b.Unit == markup.Clause { // the number is that of its article
			p.Num = ""
		}
		p.Parts = parts(b.Blocks)
		out = append(out, p)
	}
	return out
}

// loose appends the text of what is no unit.
func loose(text *strings.Builder, bs []*markup.Block) {
	for _, b := range bs {
		if b.Unit != markup.NoUnit {
			continue
		}
		if s := b.PlainText(); s != "" {
			if text.Len() > 0 {
				text.WriteByte('\n')
			}
			text.WriteString(s)
		}
		loose(text, b.Blocks)
	}
}
