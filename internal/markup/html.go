package markup

import (
	"bytes"
	"html"
	"html/template"
	"net/url"
	"strconv"
	"strings"
)

// A Slot is a stretch of a fragment that becomes a link when its target is
// known. Link tells a Markdown link to content (index in Tree.Links) from a
// mention (index in Tree.Refs). Slots are ordered by Start; a mention inside
// another follows it, and counts only where the outer one stays text.
type Slot struct {
	Start, End int
	Index      int
	Link       bool
}

// A Fragment is the HTML of a tree, independent of every other file: links to
// other documents are slots, so that the fragment depends on its file only.
type Fragment struct {
	HTML    []byte
	Outline []byte
	Slots   []Slot
}

// Fill returns the fragment's HTML with its slots linked, as Write writes it.
func (f *Fragment) Fill(href func(Slot) string) template.HTML {
	var b bytes.Buffer
	b.Grow(len(f.HTML) + 64*len(f.Slots))
	f.Write(&b, href)
	return template.HTML(b.String())
}

// Write writes the fragment's HTML with its slots linked. href returns the
// address for a slot, relative to the page, and "" to leave plain text.
func (f *Fragment) Write(b *bytes.Buffer, href func(Slot) string) {
	at := 0
	for _, s := range f.Slots {
		if s.Start < at {
			continue // inside a mention that is a link already
		}
		b.Write(f.HTML[at:s.Start])
		at = s.Start
		if to := href(s); to != "" {
			b.WriteString(`<a class="ref" href="`)
			b.WriteString(template.HTMLEscapeString(to))
			b.WriteString(`">`)
			b.Write(f.HTML[s.Start:s.End])
			b.WriteString("</a>")
			at = s.End
		}
	}
	b.Write(f.HTML[at:])
}

// Pictures reports whether Sized may have something to do.
func (f *Fragment) Pictures() bool { return bytes.Contains(f.HTML, []byte(pictureHead)) }

const pictureHead = `<img src="files/`

// Sized gives the pictures of a fragment's HTML their width and height, so that
// their place is kept before they come. size tells them by the path beside the
// text, 0 where it does not know.
func Sized(body template.HTML, size func(path string) (width, height int)) template.HTML {
	const head = pictureHead
	rest := string(body)
	if !strings.Contains(rest, head) {
		return body
	}
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(rest, head)
		b.WriteString(before)
		if !ok {
			return template.HTML(b.String())
		}
		src, tail, _ := strings.Cut(after, `"`)
		b.WriteString(head + src + `"`)
		name, err := url.PathUnescape(html.UnescapeString(src))
		if w, h := size(name); err == nil && w > 0 && h > 0 {
			b.WriteString(` width="` + strconv.Itoa(w) + `" height="` + strconv.Itoa(h) + `"`)
		}
		rest = tail
	}
}

// OutlineHTML returns the outline as HTML.
func (f *Fragment) OutlineHTML() template.HTML { return template.HTML(f.Outline) }

// HTML writes the tree. base is the level of the widest heading, 2 under the
// page's own h1. A heading that is the
// title is left out: the page shows it.
func (t *Tree) HTML(base int) Fragment {
	again := t.written
	if again == nil {
		again = &Fragment{HTML: make([]byte, 0, t.size+tagsSize(t))}
	}
	w := &writer{base: base, buf: again.HTML[:0], slots: again.Slots[:0]}
	w.blocks(t.Blocks, 0)
	w.footnotes(t.Footnotes)
	*again = Fragment{HTML: w.buf, Outline: outline(t, again.Outline), Slots: w.slots}
	return *again
}

// tagsSize is about how many bytes the tags and anchors of a tree take.
func tagsSize(t *Tree) int {
	size := 64
	t.Walk(func(b *Block) {
		size += 32 + len(b.ID) + 48*len(b.Rows)
		for _, row := range b.Rows {
			size += 24 * len(row)
		}
	})
	return size
}

type writer struct {
	buf    []byte
	slots  []Slot
	base   int
	inLink bool         // links do not stand in links
	noted  map[int]bool // footnotes that were referred to: the first place has the anchor
}

func (w *writer) s(s string) { w.buf = append(w.buf, s...) }

// escaped are the bytes that text does not write as they are.
var escaped = [256]bool{'<': true, '>': true, '&': true, '"': true, 0: true}

// text writes escaped text.
func (w *writer) text(s string) {
	at := 0
	for i := 0; i < len(s); i++ {
		if !escaped[s[i]] {
			continue
		}
		var e string
		switch s[i] {
		case '<':
			e = "&lt;"
		case '>':
			e = "&gt;"
		case '&':
			e = "&amp;"
		case '"':
			e = "&#34;"
		case 0:
			e = "�"
		}
		w.s(s[at:i])
		w.s(e)
		at = i + 1
	}
	w.s(s[at:])
}

// open writes a start tag with class and id.
func (w *writer) open(tag, class, id string) {
	w.s("<")
	w.s(tag)
	if class != "" {
		w.s(` class="`)
		w.s(class)
		w.s(`"`)
	}
	if id != "" {
		w.s(` id="`)
		w.s(id)
		w.s(`"`)
	}
	w.s(">")
}

func (w *writer) close(tag string) {
	w.s("</")
	w.s(tag)
	w.s(">\n")
}

func (w *writer) blocks(bs []*Block, depth int) {
	for _, b := range bs {
		w.block(b, depth)
	}
}

func (w *writer) block(b *Block, depth int) {
	switch b.Kind {
	case Heading:
		w.heading(b, depth)
	case Group:
		w.open("div", "art", b.ID)
		w.s("\n")
		w.blocks(b.Blocks, depth)
		w.close("div")
	case Paragraph:
		w.paragraph(b, depth)
	case List:
		w.s("<ul>\n")
		w.blocks(b.Blocks, depth)
		w.close("ul")
	case Item:
		w.item(b, depth)
	case Quote:
		w.s("<blockquote>\n")
		w.blocks(b.Blocks, depth)
		w.close("blockquote")
	case Code:
		w.s("<pre>")
		w.text(b.Info)
		w.close("pre")
	case Table:
		w.table(b)
	case Figure:
		w.figure(b)
	case Rule:
		w.s("<hr>\n")
	}
}

// item writes the first paragraph of an item without its own tags.
func (w *writer) item(b *Block, depth int) {
	w.s("<li>")
	for i, c := range b.Blocks {
		if i == 0 && c.Kind == Paragraph {
			w.inlines(c.Inlines)
			continue
		}
		w.block(c, depth)
	}
	w.close("li")
}

var headingClass = [Title + 1]string{
	Component: "att", Part: "part", Subpart: "part", Chapter: "chapter", Section: "section", Title: "title",
}

func (w *writer) heading(b *Block, depth int) {
	if b.Role == TitleLine {
		return
	}
	depth += int(b.under)
	tag := "h" + strconv.Itoa(min(6, w.base+depth))
	class := headingClass[b.Unit]
	if b.Unit == Component && b.Role != AttachmentTag {
		class = "title" // what a 通知 prints has its title, not 附件 1, above it
	}
	w.open(tag, class, b.ID)
	w.inlines(b.Inlines)
	w.close(tag)
	w.blocks(b.Blocks, depth+1)
}

var roleClass = [PrintedBy + 1]string{
	TitleLine: "title", NumberLine: "num", Amendment: "amend", Addressees: "addr", Signature: "sign", SigningDate: "date",
	AttachmentRef: "attach", Note: "note", Disclosure: "note", CopyTo: "copy", PrintedBy: "copy",
}

var unitClass = [Title + 1]string{
	Point: "item", Indent: "item", Level1: "l1", Level2: "l2", Level3: "l3", Level4: "l4", Level5: "l4",
}

func (w *writer) paragraph(b *Block, depth int) {
	tag, class := "p", roleClass[b.Role]
	if class == "" {
		class = unitClass[b.Unit]
	}
	if b.standing {
		depth += int(b.under)
		tag = "h" + strconv.Itoa(min(6, w.base+depth))
		depth++
	}
	w.open(tag, class, b.ID)
	w.numbered(b)
	w.close(tag)
	w.blocks(b.Blocks, depth)
}

// numbered writes a paragraph's text, the number of an article in bold.
func (w *writer) numbered(b *Block) {
	if b.numSize == 0 || b.Unit != Clause || len(b.Inlines) == 0 || b.Inlines[0].Kind != Text || len(b.Inlines[0].Text) < b.numSize {
		w.inlines(b.Inlines)
		return
	}
	first := b.Inlines[0]
	w.s("<b>")
	w.text(trimIndent(first.Text[:b.numSize]))
	w.s("</b>")
	w.text(first.Text[b.numSize:])
	w.inlines(b.Inlines[1:])
}

func (w *writer) inlines(in []Inline) {
	for i := range in {
		w.inline(&in[i], i == 0)
	}
}

func (w *writer) inline(x *Inline, first bool) {
	switch x.Kind {
	case Text:
		if first {
			// The style sheet indents; typed indentation would double it.
			w.text(trimSpaces(x.Text))
			return
		}
		w.text(x.Text)
	case Strong:
		w.s("<strong>")
		w.inlines(x.Inside)
		w.s("</strong>")
	case Emphasis:
		w.s("<em>")
		w.inlines(x.Inside)
		w.s("</em>")
	case CodeSpan:
		w.s("<code>")
		w.text(x.Text)
		w.s("</code>")
	case Link:
		w.link(x)
	case Image:
		w.image(x)
	case SoftBreak:
		w.s("\n")
	case HardBreak:
		w.s("<br>\n")
	case Reference:
		slot := len(w.slots)
		w.slots = append(w.slots, Slot{Start: len(w.buf), Index: x.Ref})
		if x.Inside == nil {
			w.text(x.Text)
		} else {
			for i := range x.Inside {
				w.inline(&x.Inside[i], false)
			}
		}
		w.slots[slot].End = len(w.buf)
	case NoteRef:
		w.noteRef(x.Ref)
	}
}

func (w *writer) noteRef(ref int) {
	n := strconv.Itoa(ref)
	if w.inLink {
		w.s(`<sup class="fn">[` + n + `]</sup>`)
		return
	}
	w.s(`<sup class="fn"><a`)
	if !w.noted[ref] {
		if w.noted == nil {
			w.noted = map[int]bool{}
		}
		w.noted[ref] = true
		w.s(` id="fnref_` + n + `"`)
	}
	w.s(` href="#fn_` + n + `">[` + n + `]</a></sup>`)
}

func (w *writer) link(x *Inline) {
	if w.inLink || x.Dest == "" && x.Ref == 0 {
		w.inlines(x.Inside)
		return
	}
	w.inLink = true
	defer func() { w.inLink = false }()
	if x.Ref > 0 {
		start := len(w.buf)
		w.inlines(x.Inside)
		w.slots = append(w.slots, Slot{Start: start, End: len(w.buf), Index: x.Ref - 1, Link: true})
		return
	}
	w.s(`<a href="`)
	w.text(escapeURL(x.Dest))
	if strings.HasPrefix(x.Dest, "http") {
		w.s(`" rel="external noopener`)
	}
	w.s(`">`)
	w.inlines(x.Inside)
	w.s("</a>")
}

func (w *writer) image(x *Inline) {
	if x.Dest == "" {
		w.text(x.Text)
		return
	}
	w.s(`<img src="`)
	w.text(escapeURL(x.Dest))
	w.s(`" alt="`)
	w.text(x.Text)
	w.s(`" loading="lazy">`)
}
