package extract

import (
	"strconv"
	"strings"
	"unicode"
)

func letterOrNumber(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// emit puts text where it belongs: into the paragraph, or to what is left out.
func (r *wordReader) emit(f *wordFlow, s string, form Run, hidden bool) {
	switch {
	case s == "":
	case f.mute || f.instruct > 0:
		f.lost = f.lost || strings.TrimSpace(s) != ""
	case (f.contents > 0 || f.line) && !f.furniture:
		if f.toc.Len() == 0 {
			r.beginTOC(f)
		}
		f.toc.WriteString(s)
		f.dropped = true
	case (hidden || f.hidden) && !r.keepAll:
		f.concealed.WriteString(s)
		f.dropped = true
	default:
		form.Link = f.link
		if n := len(f.fields); n > 0 && f.fields[n-1].link != "" {
			form.Link = f.fields[n-1].link
		}
		f.text.add(s, form)
	}
}

// inline reads what stands in a paragraph or a part of one.
func (r *wordReader) inline(f *wordFlow, n *wordNode) error {
	for k := n.first; k != nil; k = k.next {
		if err := r.piece(f, k); err != nil {
			return err
		}
	}
	return nil
}

func (r *wordReader) piece(f *wordFlow, n *wordNode) error {
	switch n.name {
	case "w:r":
		return r.run(f, n)
	case "w:hyperlink":
		outer := f.link
		if link := r.linkOf(f, n); link != "" {
			f.link = link
		}
		err := r.inline(f, n)
		f.link = outer
		return err
	case "w:ins", "w:moveTo":
		r.change(n)
		return r.inline(f, n)
	case "w:del", "w:moveFrom":
		r.change(n)
		f.dropped = true
	case "w:smartTag", "w:customXml", "w:dir", "w:bdo":
		return r.inline(f, n)
	case "w:sdt":
		return r.control(f, n, r.inline)
	case "w:fldSimple":
		r.fieldBegins(f, n)
		r.fieldInstruction(f, n.attr("w:instr"))
		r.fieldSeparates(f)
		err := r.inline(f, n)
		r.fieldEnds(f)
		return err
	case "m:oMath", "m:oMathPara":
		r.emit(f, mathText(n), Run{}, false)
	case "mc:AlternateContent":
		if k := alternativeOf(n); k != nil {
			return r.inline(f, k)
		}
	case "w:subDoc":
		r.problem(External, f.rels[n.attr("r:id")].target, r.line)
	}
	return nil
}

// linkOf is the address outside the document that a hyperlink leads to.
func (r *wordReader) linkOf(f *wordFlow, n *wordNode) string {
	rel := f.rels[n.attr("r:id")]
	if !rel.external {
		return ""
	}
	to := rel.target
	if anchor := n.attr("w:anchor"); anchor != "" && !strings.Contains(to, "#") {
		to += "#" + anchor
	}
	return safeLink(to)
}

// safeLink drops addresses that would run something or show a disk.
func safeLink(s string) string {
	s = strings.TrimSpace(s)
	if strings.ContainsFunc(s, unicode.IsControl) || len(s) > 4096 {
		return ""
	}
	scheme, _, ok := strings.Cut(s, ":")
	if !ok || strings.ContainsAny(scheme, "/?#.") {
		return s
	}
	switch strings.ToLower(scheme) {
	case "http", "https", "ftp", "mailto", "tel":
		return s
	}
	return ""
}

// run reads w:r.
func (r *wordReader) run(f *wordFlow, n *wordNode) error {
	props := n.child("w:rPr")
	bold, hidden := r.styles.run(f.style, props)
	return r.pieces(f, n, wordRun{form: Run{Bold: bold}, hidden: hidden, props: props})
}

// A wordRun is what counts for all of a run.
type wordRun struct {
	form   Run
	hidden bool
	props  *wordNode
}

func (r *wordReader) pieces(f *wordFlow, n *wordNode, run wordRun) error {
	for k := n.first; k != nil; k = k.next {
		switch k.name {
		case "w:t":
			r.emit(f, r.textOf(f, k, run), run.form, run.hidden)
		case "w:tab", "w:ptab":
			r.emit(f, "\t", run.form, run.hidden)
		case "w:cr":
			r.emit(f, "\n", run.form, run.hidden)
		case "w:br":
			r.lineBreak(f, k, run)
		case "w:noBreakHyphen":
			r.emit(f, "-", run.form, run.hidden)
		case "w:softHyphen":
			r.emit(f, "\u00AD", run.form, run.hidden)
		case "w:sym":
			if c, err := strconv.ParseUint(k.attr("w:char"), 16, 21); err == nil {
				r.emit(f, r.symbol(k.attr("w:font"), rune(c)), run.form, run.hidden)
			}
		case "w:fldChar":
			switch k.attr("w:fldCharType") {
			case "begin":
				r.fieldBegins(f, k)
			case "separate":
				r.fieldSeparates(f)
			case "end":
				r.fieldEnds(f)
			}
		case "w:instrText":
			r.fieldInstruction(f, k.content())
		case "w:footnoteReference", "w:endnoteReference":
			if err := r.noteMark(f, k, run.hidden); err != nil {
				return err
			}
			if isOn(k.attr("w:customMarkFollows")) {
				return nil
			}
		case "w:drawing", "w:pict", "w:object":
			if f.mute || f.instruct > 0 || run.hidden && !r.keepAll {
				continue
			}
			if err := r.drawing(f, k); err != nil {
				return err
			}
		case "mc:AlternateContent":
			if a := alternativeOf(k); a != nil {
				if err := r.pieces(f, a, run); err != nil {
					return err
				}
			}
		case "w:ruby":
			if base := k.child("w:rubyBase"); base != nil {
				if err := r.inline(f, base); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// textOf is the text of w:t: without white space around it unless that is
// kept, symbols read by their font, raised digits as such.
func (r *wordReader) textOf(f *wordFlow, n *wordNode, run wordRun) string {
	s := n.content()
	if n.attr("xml:space") != "preserve" {
		s = strings.Trim(s, " \t\r\n")
	}
	if strings.ContainsAny(s, "\t\r\n") {
		s = strings.Map(func(c rune) rune {
			if c == '\t' || c == '\r' || c == '\n' {
				return ' '
			}
			return c
		}, s)
	}
	if run.props == nil {
		return s
	}
	font := fontOf(run.props)
	if wordSymbols[strings.ToLower(font)] != nil || strings.ContainsFunc(s, symbolCode) {
		var b strings.Builder
		for _, c := range s {
			if symbolCode(c) || c > ' ' && c < 0x100 {
				b.WriteString(r.symbol(font, c))
			} else {
				b.WriteRune(c)
			}
		}
		s = b.String()
	}
	if run.props.val("w:vertAlign") == "superscript" {
		s = raisedText(f, s)
	}
	return s
}

// raisedText writes an exponent as one: without it m2 and 102 would stand there.
// After other characters a raised number is the mark of a note.
func raisedText(f *wordFlow, s string) string {
	before := f.text.b.String()
	if before == "" {
		return s
	}
	last := before[len(before)-1]
	if !(last >= '0' && last <= '9' || last >= 'a' && last <= 'z' || last >= 'A' && last <= 'Z') {
		return s
	}
	if up, ok := superscript(s); ok {
		return up
	}
	return s
}

// lineBreak reads w:br. The paragraph that a page break stands in ends there.
func (r *wordReader) lineBreak(f *wordFlow, n *wordNode, run wordRun) {
	if n.attr("w:type") != "page" {
		r.emit(f, "\n", run.form, run.hidden)
		return
	}
	if f.inner || f.instruct > 0 || run.hidden {
		return
	}
	if f.text.inked {
		r.number(f, f.style)
		r.push(f, f.style)
	}
	f.turn()
}
