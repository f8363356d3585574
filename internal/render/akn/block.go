package akn

import (
	"strings"

	"gongbao/internal/markup"
)

// blocks writes blocks where no unit may stand. A unit that stands there all the
// same is written as paragraphs.
func (d *document) blocks(bs []*markup.Block) {
	for _, b := range bs {
		d.block(b)
	}
}

func (d *document) block(b *markup.Block) {
	switch b.Kind {
	case markup.List:
		d.list(b)
	case markup.Quote:
		d.open("tblock", "class", "quote")
		if d.blocks(b.Blocks); len(b.Blocks) == 0 {
			d.empty("p")
		}
		d.close("tblock")
	case markup.Code:
		d.code(b)
	case markup.Table:
		d.table(b)
	case markup.Figure:
		d.open("p", "class", "figure")
		d.image(&b.Inlines[0])
		if c := b.Inlines[0].Title; c != "" {
			d.empty("br")
			d.writer.text(c)
		}
		d.close("p")
	case markup.Rule:
		d.empty("p", "class", "rule")
	case markup.Item:
		d.blocks(b.Blocks)
	default:
		if b.Kind == markup.Heading && b.Role == markup.TitleLine { // the title stands above it, as on the page
			d.blocks(b.Blocks)
			return
		}
		if len(b.Inlines) > 0 {
			d.paragraph(b, b.Inlines)
		}
		d.line()
		d.blocks(b.Blocks)
		return
	}
	d.line()
}

// paragraph writes the text of a block in the element of its role.
func (d *document) paragraph(b *markup.Block, text []markup.Inline) {
	class := classes[b.Role]
	if b.Kind == markup.Heading {
		class = "heading"
	}
	d.open("p", "class", class)
	switch b.Role {
	case markup.Signature:
		d.open("signature")
		if i := d.issuer(b.PlainText()); i > 0 {
			d.open("organization", "refersTo", "#issuer_"+itoa(i))
			d.inlines(text)
			d.close("organization")
		} else {
			d.inlines(text)
		}
		d.close("signature")
	case markup.SigningDate:
		if day := date(b.PlainText()); day != "" {
			d.open("date", "date", day)
			d.inlines(text)
			d.close("date")
			break
		}
		d.inlines(text)
	default:
		d.inlines(text)
	}
	d.close("p")
}

// issuer is the number of an issuer among those of the document, from 1; 0 for
// what is none of them.
func (d *document) issuer(name string) int {
	name = strings.Trim(name, " 　")
	for i, s := range d.e.Document.Issuers {
		if s == name {
			return i + 1
		}
	}
	return 0
}

func (d *document) list(b *markup.Block) {
	if len(b.Blocks) == 0 {
		return
	}
	d.open("blockList")
	d.line()
	for _, item := range b.Blocks {
		d.open("item")
		if d.block(item); len(item.Blocks) == 0 {
			d.empty("p")
		}
		d.close("item")
		d.line()
	}
	d.close("blockList")
}

func (d *document) code(b *markup.Block) {
	d.open("p", "class", "code")
	for i, line := range strings.Split(strings.TrimRight(b.Info, "\n"), "\n") {
		if i > 0 {
			d.empty("br")
		}
		d.writer.text(line)
	}
	d.close("p")
}

func (d *document) table(b *markup.Block) {
	head := b.HeadRows()
	d.open("table")
	d.line()
	rows := 0
	for i, row := range b.Rows {
		tag := "td"
		if i < head {
			tag = "th"
		}
		open := false
		for _, c := range row {
			if c.Covered() {
				continue
			}
			if !open {
				d.open("tr")
				open = true
			}
			d.open(tag, "rowspan", span(c.Rows), "colspan", span(c.Cols))
			d.open("p")
			d.inlines(c.Inlines)
			d.close("p")
			d.close(tag)
		}
		if open {
			d.close("tr")
			d.line()
			rows++
		}
	}
	if rows == 0 { // the schema wants one
		d.open("tr")
		d.empty("td")
		d.close("tr")
	}
	d.close("table")
}

// span is the value of rowspan and colspan; "" for 1.
func span(n int) string {
	if n < 2 {
		return ""
	}
	return itoa(n)
}

func (d *document) inlines(in []markup.Inline) {
	for i := range in {
		d.inline(&in[i], i == 0)
	}
}

func (d *document) inline(x *markup.Inline, first bool) {
	switch x.Kind {
	case markup.Text:
		if first {
			d.writer.text(strings.TrimLeft(x.Text, " 　"))
			return
		}
		d.writer.text(x.Text)
	case markup.SoftBreak:
		if x.Text != "" {
			d.writer.text(x.Text)
		}
	case markup.HardBreak:
		d.empty("br")
	case markup.Strong:
		d.around("b", x)
	case markup.Emphasis:
		d.around("i", x)
	case markup.CodeSpan:
		d.open("inline", "name", "code")
		d.writer.text(x.Text)
		d.close("inline")
	case markup.Image:
		d.image(x)
	case markup.Link:
		d.link(x)
	case markup.Reference:
		d.reference(x)
	case markup.NoteRef:
		d.note(x.Ref)
	}
}

func (d *document) around(tag string, x *markup.Inline) {
	d.open(tag)
	d.inlines(x.Inside)
	d.close(tag)
}

// image writes a picture by its place beside the page; one that is not there is
// what is said of it.
func (d *document) image(x *markup.Inline) {
	if x.Dest == "" {
		d.writer.text(x.Text)
		return
	}
	d.empty("img", "src", uri(x.Dest), "title", x.Text)
}

// link writes a link into content/ as one to the page, and others as they are.
func (d *document) link(x *markup.Inline) {
	to := x.Dest
	if x.Ref > 0 {
		to = ""
		if x.Ref <= len(d.e.Links) {
			to = d.e.Links[x.Ref-1]
		}
		if to != "" && !strings.HasPrefix(to, "#") {
			to = strings.Repeat("../", strings.Count(d.e.Address, "/")) + to
		}
	}
	if to == "" {
		d.inlines(x.Inside)
		return
	}
	d.open("a", "href", uri(to))
	d.inlines(x.Inside)
	d.close("a")
}

// reference writes the mention of a document; it stays text where nobody knows
// the document.
func (d *document) reference(x *markup.Inline) {
	to := ""
	if x.Ref < len(d.e.Refs) {
		to = d.target(d.e.Refs[x.Ref])
	}
	if to != "" {
		d.open("ref", "href", to)
	}
	if x.Inside == nil {
		d.writer.text(x.Text)
	} else {
		d.inlines(x.Inside)
	}
	if to != "" {
		d.close("ref")
	}
}

// note writes a footnote where it is referred to first, and later refers to it.
func (d *document) note(number int) {
	n := d.notes[number]
	if n == nil || len(n.Blocks) == 0 {
		return
	}
	id := "fn_" + itoa(number)
	if d.noted[number] {
		d.empty("noteRef", "href", "#"+id, "marker", itoa(number))
		return
	}
	if d.noted == nil {
		d.noted = map[int]bool{}
	}
	d.noted[number] = true
	d.open("authorialNote", "eId", id, "marker", itoa(number), "placement", "bottom")
	d.blocks(n.Blocks)
	d.close("authorialNote")
}
