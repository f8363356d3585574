package akn

import (
	"strconv"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/zh"
)

type document struct {
	Source
	scheme
	writer
	e     *catalog.Entry
	tree  *markup.Tree
	notes map[int]*markup.Footnote
	noted map[int]bool // those that stand in the text already
}

// elements are those of units; the others become hcontainers.
var elements = [markup.Title + 1]string{
	markup.Part: "part", markup.Subpart: "subpart", markup.Chapter: "chapter", markup.Section: "section",
	markup.Article: "article", markup.Clause: "paragraph", markup.Point: "point", markup.Indent: "indent",
	markup.Level1: "level", markup.Level2: "level", markup.Level3: "level", markup.Level4: "level", markup.Level5: "level",
}

// classes are the names of roles in the attribute class.
var classes = [markup.PrintedBy + 1]string{
	markup.TitleLine: "title", markup.NumberLine: "number", markup.Amendment: "amendment", markup.Addressees: "addressees",
	markup.AttachmentRef: "attachments", markup.AttachmentTag: "attachment", markup.Note: "note", markup.Disclosure: "disclosure",
	markup.CopyTo: "copy-to", markup.PrintedBy: "printed-by",
}

// text writes what stands behind the metadata: preface, preamble, the body,
// conclusions and attachments.
func (d *document) text() {
	main, tail, annexes := d.parts()
	d.preface(&main)
	d.preamble(&main)
	d.main(main, isAct(d.e), d.unused())
	if len(tail) > 0 {
		d.open("conclusions", "eId", "conclusions")
		d.line()
		d.flow(tail)
		d.close("conclusions")
		d.line()
	}
	if len(annexes) == 0 {
		return
	}
	d.open("attachments")
	d.line()
	for _, a := range annexes {
		d.annex(a)
	}
	d.close("attachments")
	d.line()
}

// parts cuts the root of the tree: the text, what ends it, and annexes.
func (d *document) parts() (main, tail, annexes []*markup.Block) {
	for _, b := range d.tree.Blocks {
		if b.Unit == markup.Component {
			annexes = append(annexes, b)
		} else {
			main = append(main, b)
		}
	}
	end := len(main)
	for end > 0 && ends(main[end-1]) {
		end--
	}
	return main[:end:end], main[end:], annexes
}

// ends reports whether a paragraph belongs to what ends a document (GB/T
// 9704-2012 7.3.4 to 7.4.3).
func ends(b *markup.Block) bool {
	if b.Unit != markup.NoUnit || b.Kind != markup.Paragraph {
		return false
	}
	switch b.Role {
	case markup.AttachmentRef, markup.Signature, markup.SigningDate, markup.Note, markup.Disclosure, markup.CopyTo, markup.PrintedBy:
		return true
	}
	return false
}

// preface writes title and number, and the lines at the top of the text that say
// so and when it was adopted.
func (d *document) preface(main *[]*markup.Block) {
	doc := d.e.Document
	d.open("preface", "eId", "preface")
	d.line()
	d.open("p")
	d.whole("docTitle", doc.Title)
	d.close("p")
	d.line()
	if doc.Number != "" {
		d.open("p")
		d.whole("docNumber", doc.Number)
		d.close("p")
		d.line()
	}
	rest := *main
	for len(rest) > 0 && rest[0].Unit == markup.NoUnit {
		switch rest[0].Role {
		case markup.TitleLine, markup.NumberLine, markup.Amendment:
			d.block(rest[0])
		default:
			*main = rest
			d.close("preface")
			d.line()
			return
		}
		rest = rest[1:]
	}
	*main = rest
	d.close("preface")
	d.line()
}

// preamble writes to whom the document goes.
func (d *document) preamble(main *[]*markup.Block) {
	rest := *main
	if len(rest) == 0 || rest[0].Role != markup.Addressees || rest[0].Unit != markup.NoUnit {
		return
	}
	d.open("preamble", "eId", "preamble")
	d.line()
	for len(rest) > 0 && rest[0].Role == markup.Addressees && rest[0].Unit == markup.NoUnit {
		d.block(rest[0])
		rest = rest[1:]
	}
	*main = rest
	d.close("preamble")
	d.line()
}

// main writes the body: of an act units only, of a doc whatever comes.
func (d *document) main(bs []*markup.Block, act bool, notes []*markup.Footnote) {
	tag := "mainBody"
	if act {
		tag = "body"
	}
	d.open(tag)
	d.line()
	if act {
		d.units(bs)
	} else {
		d.flow(bs)
	}
	if len(notes) > 0 {
		d.loose(act, func() {
			for _, n := range notes {
				d.flow(n.Blocks)
			}
		})
	}
	if len(bs)+len(notes) == 0 {
		d.loose(act, func() { d.empty("p") })
	}
	d.close(tag)
	d.line()
}

// loose writes blocks where only units may stand.
func (d *document) loose(wrapped bool, blocks func()) {
	if !wrapped {
		blocks()
		return
	}
	d.open("hcontainer", "name", "text")
	d.open("content")
	blocks()
	d.close("content")
	d.close("hcontainer")
	d.line()
}

// unused are the footnotes to which no text refers.
func (d *document) unused() []*markup.Footnote {
	var out []*markup.Footnote
	for i := range d.tree.Footnotes {
		if n := &d.tree.Footnotes[i]; n.Unused && len(n.Blocks) > 0 {
			out = append(out, n)
		}
	}
	return out
}

// annex writes an 附件, or what a 通知 prints, as a document of its own.
func (d *document) annex(b *markup.Block) {
	d.open("attachment", "eId", b.ID)
	if b.Role == markup.AttachmentTag {
		d.open("heading")
		d.inlines(b.Inlines)
		d.close("heading")
	}
	d.line()
	d.open("doc", "name", "附件")
	d.componentMeta(b.ID)
	if b.Role != markup.AttachmentTag {
		d.open("preface")
		d.open("p")
		d.open("docTitle")
		d.inlines(b.Inlines)
		d.close("docTitle")
		d.close("p")
		d.close("preface")
		d.line()
	}
	d.main(b.Blocks, false, nil)
	d.close("doc")
	d.close("attachment")
	d.line()
}

// isUnit reports whether a block is a unit of the structure.
func isUnit(b *markup.Block) bool { return b.Unit != markup.NoUnit }

// units writes blocks where only units may stand: what is none is wrapped.
func (d *document) units(bs []*markup.Block) {
	for i := 0; i < len(bs); {
		if isUnit(bs[i]) {
			d.unit(bs[i])
			i++
			continue
		}
		n := i
		for n < len(bs) && !isUnit(bs[n]) {
			n++
		}
		d.loose(true, func() { d.blocks(bs[i:n]) })
		i = n
	}
}

// flow writes units and other blocks as they come.
func (d *document) flow(bs []*markup.Block) {
	for _, b := range bs {
		if isUnit(b) {
			d.unit(b)
		} else {
			d.block(b)
		}
	}
}

// unit writes a unit with its number, its heading or text, and what it holds.
func (d *document) unit(b *markup.Block) {
	tag := elements[b.Unit]
	attrs := []string{"eId", b.ID}
	if tag == "" {
		tag, attrs = "hcontainer", []string{"eId", b.ID, "name", "title"}
	}
	d.open(tag, attrs...)
	text := b.Inlines
	if b.Num != "" && (b.NumberSize() > 0 || b.Kind == markup.Group) {
		if b.Unit != markup.Clause { // that of an article stands before its first 款
			d.whole("num", b.Num)
		}
		text = without(text, b.NumberSize())
	}
	if b.Kind == markup.Heading || b.Standing() {
		if len(text) > 0 {
			d.open("heading")
			d.inlines(text)
			d.close("heading")
		}
		text = nil
	}
	d.line()
	d.inside(b, text)
	d.close(tag)
	d.line()
}

// inside writes what a unit holds: text, what comes before the first unit in it,
// the units, what comes behind them.
func (d *document) inside(b *markup.Block, text []markup.Inline) {
	kids := b.Blocks
	first, last := 0, len(kids)
	for first < len(kids) && !isUnit(kids[first]) {
		first++
	}
	own := func() {
		if len(text) > 0 {
			d.paragraph(b, text)
		}
		d.blocks(kids[:first])
	}
	if first == len(kids) {
		d.open("content")
		if own(); len(text)+len(kids) == 0 {
			d.empty("p")
		}
		d.close("content")
		return
	}
	for !isUnit(kids[last-1]) {
		last--
	}
	list := b.Unit == markup.Clause // of 项
	if list {
		id, _, _ := strings.Cut(kids[first].ID, "__point_")
		if id == kids[first].ID {
			id = ""
		}
		d.open("list", "eId", id)
	}
	if len(text) > 0 || first > 0 {
		d.open("intro")
		own()
		d.close("intro")
		d.line()
	}
	d.units(kids[first:last])
	if last < len(kids) {
		d.open("wrapUp")
		d.blocks(kids[last:])
		d.close("wrapUp")
	}
	if list {
		d.close("list")
	}
}

// without are the inlines behind a number of size bytes.
func without(in []markup.Inline, size int) []markup.Inline {
	if size == 0 || len(in) == 0 || in[0].Kind != markup.Text || len(in[0].Text) < size {
		return in
	}
	rest := in[0]
	rest.Text = strings.TrimLeft(rest.Text[size:], " 　\t")
	if rest.Text == "" {
		return in[1:]
	}
	return append([]markup.Inline{rest}, in[1:]...)
}

// date is the day that a text says; "" for none.
func date(text string) string {
	m, ok := zh.ScanDate(text)
	if !ok {
		return ""
	}
	return gazette.FromZh(m).String()
}

func itoa(n int) string { return strconv.Itoa(n) }
