package extract

import (
	"strconv"
	"strings"
)

// A toggle is a property that is on, off or not said.
type toggle int8

const (
	unsaid toggle = iota
	turnedOn
	turnedOff
)

// A wordForm is what paragraphs and styles say of form. Its zero value says
// nothing.
type wordForm struct {
	align     string
	outline   int    // 1 to 9: a level; 10: running text
	heading   int    // by the name of the style
	contents  bool   // a line of a table of contents
	num       string // the list; "0" for none
	level     int    // of the list, from 1
	numStyle  string // the style that names the list
	pageBreak toggle
	bold      toggle
	vanish    toggle
}

// over lays f over base.
func (f wordForm) over(base wordForm) wordForm {
	if f.align != "" {
		base.align = f.align
	}
	if f.outline != 0 {
		base.outline = f.outline
	}
	if f.heading != 0 {
		base.heading = f.heading
	}
	base.contents = base.contents || f.contents
	if f.num != "" {
		base.num, base.numStyle, base.level = f.num, f.numStyle, 0
	}
	if f.level != 0 {
		base.level = f.level
	}
	if f.pageBreak != unsaid {
		base.pageBreak = f.pageBreak
	}
	if f.bold != unsaid {
		base.bold = f.bold
	}
	if f.vanish != unsaid {
		base.vanish = f.vanish
	}
	return base
}

// headingLevel is the level of a heading, or 0.
func (f wordForm) headingLevel() int {
	switch {
	case f.outline == 0:
		return f.heading
	case f.outline > 9:
		return 0
	}
	return f.outline
}

// A wordStyle is a style of styles.xml.
type wordStyle struct {
	form    wordForm // with those it is based on once it is done
	based   string
	visited bool
}

// wordStyles are the styles of a file by their IDs.
type wordStyles struct {
	byID      map[string]*wordStyle
	paragraph string // ID of the default style
	bold      toggle // of the document's defaults
}

func readStyles(root *wordNode) wordStyles {
	out := wordStyles{byID: map[string]*wordStyle{}}
	if root == nil {
		return out
	}
	out.bold = toggled(root.child("w:docDefaults").child("w:rPrDefault").child("w:rPr").child("w:b"))
	for n := root.first; n != nil; n = n.next {
		if n.name != "w:style" {
			continue
		}
		id, kind := n.attr("w:styleId"), n.attr("w:type")
		s := &wordStyle{form: paragraphForm(n.child("w:pPr")), based: n.val("w:basedOn")}
		if s.form.num != "" {
			s.form.numStyle = id
		}
		s.form = runForm(n.child("w:rPr")).over(s.form)
		if kind == "" || kind == "paragraph" {
			s.form.heading, s.form.contents = styleMeans(n.val("w:name"))
			if isOn(n.attr("w:default")) {
				out.paragraph = id
			}
		}
		if out.byID[id] == nil {
			out.byID[id] = s
		}
	}
	return out
}

// styleMeans tells a heading and a line of contents by the names of Word and
// WPS.
func styleMeans(name string) (heading int, contents bool) {
	name = strings.ToLower(strings.TrimSpace(name))
	if name == "title" || name == "标题" {
		return 1, false
	}
	for _, prefix := range []string{"heading", "标题"} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			if n, err := strconv.Atoi(strings.TrimSpace(rest)); err == nil && n >= 1 && n <= 9 {
				return n, false
			}
		}
	}
	for _, prefix := range []string{"toc", "目录"} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			n, err := strconv.Atoi(strings.TrimSpace(rest))
			return 0, err == nil && n >= 1 && n <= 9
		}
	}
	return 0, false
}

// form is the form of a style with what it is based on. A style that nobody
// defined counts by its ID.
func (s wordStyles) form(id string) wordForm {
	style := s.byID[id]
	if style == nil {
		f := wordForm{}
		f.heading, f.contents = styleMeans(id)
		return f
	}
	if !style.visited {
		style.visited = true // before the others: styles that lean on each other end here
		var chain []*wordStyle
		for at := s.byID[style.based]; at != nil; at = s.byID[at.based] {
			chain = append(chain, at)
			if at.visited {
				break
			}
			at.visited = true
		}
		for i := len(chain) - 2; i >= 0; i-- {
			chain[i].form = chain[i].form.over(chain[i+1].form)
		}
		if len(chain) > 0 {
			style.form = style.form.over(chain[0].form)
		}
	}
	return style.form
}

// of is the form of a paragraph with these properties.
func (s wordStyles) of(props *wordNode) wordForm {
	id := props.val("w:pStyle")
	if id == "" {
		id = s.paragraph
	}
	base := wordForm{}
	if id != "" {
		base = s.form(id)
	}
	return paragraphForm(props).over(base)
}

// run settles bold and hidden for text. Styles of paragraph and character that
// both say so cancel out; what is said at the text itself counts.
func (s wordStyles) run(paragraph wordForm, props *wordNode) (bold, hidden bool) {
	direct := runForm(props)
	char := wordForm{}
	if id := props.val("w:rStyle"); id != "" {
		char = s.form(id)
	}
	bold = (paragraph.bold == turnedOn) != (char.bold == turnedOn)
	if s.bold == turnedOn {
		bold = paragraph.bold != turnedOff || char.bold == turnedOn
	}
	hidden = (paragraph.vanish == turnedOn) != (char.vanish == turnedOn)
	if direct.bold != unsaid {
		bold = direct.bold == turnedOn
	}
	if direct.vanish != unsaid {
		hidden = direct.vanish == turnedOn
	}
	return bold, hidden
}

// paragraphForm reads w:pPr.
func paragraphForm(props *wordNode) wordForm {
	f := wordForm{}
	if props == nil {
		return f
	}
	for n := props.first; n != nil; n = n.next {
		switch n.name {
		case "w:jc":
			f.align = n.attr("w:val")
		case "w:outlineLvl":
			if v, err := strconv.Atoi(n.attr("w:val")); err == nil && v >= 0 {
				f.outline = min(v, 9) + 1
			}
		case "w:pageBreakBefore":
			f.pageBreak = toggled(n)
		case "w:numPr":
			f.num = n.val("w:numId")
			if v, err := strconv.Atoi(n.val("w:ilvl")); err == nil && v >= 0 && v < wordLevels {
				f.level = v + 1
			}
		}
	}
	return f
}

// runForm reads w:rPr.
func runForm(props *wordNode) wordForm {
	f := wordForm{}
	if props == nil {
		return f
	}
	for n := props.first; n != nil; n = n.next {
		switch n.name {
		case "w:b":
			f.bold = toggled(n)
		case "w:vanish":
			f.vanish = toggled(n)
		}
	}
	return f
}

func toggled(n *wordNode) toggle {
	switch {
	case n == nil:
		return unsaid
	case !n.has("w:val") || isOn(n.attr("w:val")):
		return turnedOn
	}
	return turnedOff
}

func isOn(s string) bool { return s == "1" || s == "true" || s == "on" }
