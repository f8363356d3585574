package extract

import (
	"strings"
)

const wordNesting = 30 // cells, notes and boxes in each other

// A wordFlow is a stretch of paragraphs: the body, a cell, a note, a text box,
// a header. Fields and joined paragraphs end with it.
type wordFlow struct {
	blocks    []Block
	rels      map[string]wordRel // of the part it stands in
	inner     bool               // not the body: pages do not break in it
	furniture bool               // a header or footer: pictures do not count
	note      bool               // a note: notes in it do not count
	mute      bool               // in an instruction of a field
	hidden    bool               // not printed
	depth     int                // of flows in flows

	text     wordText  // the open paragraph
	form     *wordForm // of the open paragraph where the mark at its end is hidden
	numbered bool      // its number is written
	dropped  bool      // text of it was left out
	after    []Block   // pictures and text boxes that stand in it
	link     string    // of the hyperlink around
	style    wordForm  // of the paragraph around
	fields   []wordField
	instruct int  // open fields in their instruction
	lost     bool // text was taken for an instruction
	contents int  // open tables of contents
	line     bool // the open paragraph is a line of contents

	toc       strings.Builder
	tocLine   int
	concealed strings.Builder

	section   int // where it began in blocks
	pageBreak bool
}

// inside is a flow for what stands in another.
func (f *wordFlow) inside() *wordFlow {
	return &wordFlow{
		rels: f.rels, inner: true, furniture: f.furniture, note: f.note, hidden: f.hidden,
		mute: f.mute || f.instruct > 0, contents: min(f.contents, 1), depth: f.depth + 1,
	}
}

// blocks reads what stands in an element.
func (r *wordReader) blocks(f *wordFlow, n *wordNode) error {
	for k := n.first; k != nil; k = k.next {
		if err := r.block(f, k); err != nil {
			return err
		}
	}
	return nil
}

func (r *wordReader) block(f *wordFlow, n *wordNode) error {
	if f.depth > wordNesting {
		return &Problem{Kind: Large, Detail: "nesting"}
	}
	switch n.name {
	case "w:p":
		return r.paragraph(f, n)
	case "w:tbl":
		return r.table(f, n)
	case "w:sdt":
		return r.control(f, n, r.blocks)
	case "w:customXml", "w:smartTag":
		return r.blocks(f, n)
	case "w:ins", "w:moveTo":
		r.change(n)
		return r.blocks(f, n)
	case "w:del", "w:moveFrom":
		r.change(n)
	case "w:sectPr":
		r.sectionEnds(f, n)
	case "mc:AlternateContent":
		if k := alternativeOf(n); k != nil {
			return r.blocks(f, k)
		}
	case "w:altChunk":
		r.problem(Embedded, f.rels[n.attr("r:id")].target, r.line)
	case "m:oMathPara", "m:oMath":
		r.emit(f, mathText(n), Run{}, false)
		r.finish(f, wordForm{})
	}
	return nil
}

// control reads a content control: its content counts, unless that is a table
// of contents.
func (r *wordReader) control(f *wordFlow, n *wordNode, read func(*wordFlow, *wordNode) error) error {
	content := n.child("w:sdtContent")
	if content == nil {
		return nil
	}
	gallery := n.child("w:sdtPr").child("w:docPartObj").val("w:docPartGallery")
	if gallery == "Table of Contents" && !r.keepTOC {
		f.contents++
		defer func() { f.contents-- }()
	}
	return read(f, content)
}

// alternativeOf is the one of several forms of a thing that is read: the first
// where it is made of what is known here, else what stands there for readers
// that know less.
func alternativeOf(n *wordNode) *wordNode {
	fallback := n.child("mc:Fallback")
	for k := n.first; k != nil; k = k.next {
		if k.name != "mc:Choice" {
			continue
		}
		switch k.attr("Requires") {
		case "wps", "wpg", "wpc", "wp14", "w14", "w15", "w16", "w16se", "w16cid", "a14", "m", "v":
			return k
		}
		if fallback == nil {
			return k
		}
	}
	return fallback
}

// paragraph reads w:p.
func (r *wordReader) paragraph(f *wordFlow, n *wordNode) error {
	r.line++
	props := n.child("w:pPr")
	form := r.styles.of(props)
	f.style, f.line = form, form.contents && !r.keepTOC
	if form.pageBreak == turnedOn && !f.inner {
		f.turn()
	}
	mark := props.child("w:rPr")
	gone := r.marked(mark)
	if err := r.inline(f, n); err != nil {
		return err
	}
	r.conceal(f)
	if f.toc.Len() > 0 && (f.line || f.contents > 0) {
		f.toc.WriteByte('\n')
	}
	switch {
	case gone:
	case r.styles.hiddenMark(form, mark) && !r.keepAll:
		if f.text.inked && f.form == nil {
			r.number(f, form)
			f.form = &form
		}
		f.dropped = false
	default:
		r.finish(f, form)
	}
	if end := props.child("w:sectPr"); end != nil {
		r.sectionEnds(f, end)
	}
	return nil
}

// marked counts tracked changes of the mark at a paragraph's end and reports
// whether it goes.
func (r *wordReader) marked(mark *wordNode) (gone bool) {
	if mark == nil {
		return false
	}
	for k := mark.first; k != nil; k = k.next {
		switch k.name {
		case "w:ins", "w:moveTo":
			r.change(k)
		case "w:del", "w:moveFrom":
			r.change(k)
			gone = true
		}
	}
	return gone
}

// hiddenMark reports whether the end of a paragraph is not printed, so that
// the next goes on in the same line.
func (s wordStyles) hiddenMark(form wordForm, mark *wordNode) bool {
	_, hidden := s.run(form, mark)
	return hidden
}

// finish ends the open paragraph.
func (r *wordReader) finish(f *wordFlow, form wordForm) {
	if f.form != nil {
		form = *f.form
	}
	if f.text.inked || !f.dropped && !f.line && f.contents == 0 && len(f.after) == 0 {
		r.number(f, form)
	}
	r.push(f, form)
	f.form, f.numbered, f.dropped, f.line = nil, false, false, false
	if len(f.after) > 0 {
		f.after[0].Break = f.pageBreak
		f.pageBreak = false
		f.blocks = append(f.blocks, f.after...)
		f.after = nil
	}
}

// number writes the number of the open paragraph before it.
func (r *wordReader) number(f *wordFlow, form wordForm) {
	if f.numbered || form.num == "" {
		return
	}
	f.numbered = true
	number, suffix := r.numbers.next(form)
	inked := f.text.inked
	runs := f.text.take()
	if number != "" && (inked || !onlyBullet(number)) && !f.mute && !f.hidden {
		first := Run{}
		if len(runs) > 0 && runs[0].Note == 0 {
			first = runs[0]
		}
		f.text.add(number+numberGap(number, suffix, first.Text), Run{Bold: first.Bold})
	}
	for _, run := range runs {
		if run.Note > 0 {
			f.text.mark(run.Note)
			continue
		}
		text := run.Text
		run.Text = ""
		f.text.add(text, run)
	}
}

func onlyBullet(s string) bool { return !strings.ContainsFunc(s, letterOrNumber) }

// push makes a block of what stands in the open paragraph.
func (r *wordReader) push(f *wordFlow, form wordForm) {
	if !f.text.inked {
		f.text.take()
		return
	}
	r.flushTOC(f)
	b := Block{Runs: f.text.take(), Line: r.line, Break: f.pageBreak}
	f.pageBreak = false
	if level := form.headingLevel(); level > 0 {
		b.Kind, b.Level = Heading, level
	}
	b.Center = form.align == "center"
	b.Right = form.align == "right" || form.align == "end"
	f.blocks = append(f.blocks, b)
}

// turn begins a page.
func (f *wordFlow) turn() {
	if len(f.blocks) > 0 {
		f.pageBreak = true
	}
}

// sectionEnds reads what a section says of itself: how it begins, and which
// headers it has.
func (r *wordReader) sectionEnds(f *wordFlow, n *wordNode) {
	if f.inner {
		return
	}
	kind := n.val("w:type")
	if kind != "continuous" && kind != "nextColumn" && f.section > 0 && f.section < len(f.blocks) {
		f.blocks[f.section].Break = true
	}
	f.section = len(f.blocks)
	for k := n.first; k != nil; k = k.next {
		if k.name == "w:headerReference" || k.name == "w:footerReference" {
			r.running = append(r.running, k.attr("r:id"))
		}
	}
}

// close ends a flow. A paragraph that was to go on ends here.
func (r *wordReader) close(f *wordFlow) {
	if f.lost && f.instruct > 0 {
		r.problem(Broken, "field", r.line)
	}
	if f.text.inked || len(f.after) > 0 {
		f.dropped = true // no number for what is empty
		r.finish(f, f.style)
	}
	r.flushTOC(f)
}

// conceal takes what is not printed out of the open paragraph.
func (r *wordReader) conceal(f *wordFlow) {
	text := f.concealed.String()
	f.concealed.Reset()
	if strings.TrimSpace(text) == "" || f.furniture {
		return
	}
	r.doc.Removed = append(r.doc.Removed, Removed{Cleaner: Hidden, Text: text, Line: r.line})
	for _, p := range r.doc.Problems {
		if p.Kind == HiddenText {
			return
		}
	}
	r.problem(HiddenText, clipped(text, wordQuote), r.line)
}

// flushTOC takes a table of contents out, with the word 目录 above it.
func (r *wordReader) flushTOC(f *wordFlow) {
	text := strings.Trim(f.toc.String(), "\n")
	f.toc.Reset()
	if strings.TrimSpace(text) != "" && !f.furniture {
		r.doc.Removed = append(r.doc.Removed, Removed{Cleaner: Furniture, Text: text, Line: f.tocLine})
	}
}

// beginTOC notes where a table of contents begins, and takes its title.
func (r *wordReader) beginTOC(f *wordFlow) {
	f.tocLine = r.line
	n := len(f.blocks) - 1
	if n < 0 || f.blocks[n].Kind == TableBlock || len(f.blocks[n].Runs) > 8 {
		return
	}
	text := PlainText(f.blocks[n].Runs)
	switch strings.ToLower(strings.Join(strings.Fields(text), "")) {
	case "目录", "目次", "contents", "tableofcontents":
		f.toc.WriteString(text + "\n")
		f.pageBreak = f.pageBreak || f.blocks[n].Break
		f.blocks = f.blocks[:n]
	}
}
