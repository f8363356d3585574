package press

import (
	"path"
	"strings"

	"gongbao/internal/diag"
	"gongbao/internal/markup"
	"gongbao/internal/source"
	"gongbao/internal/typeset"
)

// figure sets a picture, at most as wide as the column, and its caption.
func (f *flow) figure(b *markup.Block) {
	x := &b.Inlines[0]
	name := path.Join(path.Dir(f.entry.Path), strings.TrimPrefix(x.Dest, "files/"))
	pos := diag.Pos{File: source.Name(f.entry.Path), Line: b.Line}
	pic, ok := f.picture(name, pos)
	f.placed[name] = pos
	if !ok {
		if x.Text != "" {
			f.set(CaptionPart, f.spans([]markup.Inline{{Kind: markup.Text, Text: "[" + x.Text + "]"}}, CaptionPart), "")
		}
		return
	}
	leading := f.style.Looks[BodyPart].Leading
	f.blocks = append(f.blocks, &typeset.Picture{
		Name: name, Width: typeset.Length(pic.Width) * 480, Height: typeset.Length(pic.Height) * 480, // 150 dots an inch
		Before: leading / 2, After: leading / 3, Keep: x.Title != "",
	})
	if x.Title != "" {
		f.set(CaptionPart, f.spans([]markup.Inline{{Kind: markup.Text, Text: x.Title}}, CaptionPart), "")
	}
}

// rule is a line between parts of a text.
func (f *flow) rule() typeset.Block {
	w, leading := f.style.Geometry.Column(), f.style.Looks[BodyPart].Leading
	return &typeset.Drawing{Height: leading, Rules: []typeset.Rule{{X: w / 3, Y: leading / 2, Width: w / 3, Height: 500}}}
}
