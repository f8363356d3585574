package extract

import (
	"strconv"
	"strings"
)

// open begins a block and ends those that HTML ends without saying so.
func (s *webScan) open(tag string) {
	s.block()
	switch tag {
	case "li":
		s.popTo("li", "ul", "ol", "menu", "dir")
	case "dt", "dd":
		s.popTo("dt", "dl")
		s.popTo("dd", "dl")
	case "tr", "tbody", "thead", "tfoot":
		if !s.inTable() {
			return
		}
		s.leaveTo("table", "tbody", "thead", "tfoot")
		if tag != "tr" {
			s.leaveTo("table")
		}
	case "td", "th":
		if s.inTable() {
			s.leaveTo("tr", "table")
		}
	case "html", "body":
		s.top().style(s.attr)
		return
	}
	if t := s.top().tag; t == "p" || heading(t) > 0 && heading(tag) > 0 {
		s.pop()
	}
	if len(s.stack) >= webDepth {
		s.over++
		return
	}
	n := &webNode{tag: tag, parent: s.top(), from: len(s.segs), inlines: len(s.inl)}
	n.align, n.hidden, n.furniture, n.nav = n.parent.align, n.parent.hidden || s.form.hidden, n.parent.furniture, n.parent.nav
	n.style(s.attr)
	if tag == "ol" {
		n.count, n.mark = 1, s.attr["type"]
		if v, err := strconv.Atoi(s.attr["start"]); err == nil {
			n.count = min(max(v, 0), 9999)
		}
		if strings.Contains(strings.ReplaceAll(s.attr["style"], " ", ""), "list-style-type:none") {
			n.mark = "none"
		}
	}
	n.parent.kids = append(n.parent.kids, n)
	for t := n.parent.in("table"); tag == "table" && t != nil && !t.nested; t = t.parent.in("table") {
		t.nested = true
	}
	s.stack, s.nodes = append(s.stack, n), s.nodes+1
	s.pre = s.pre || tag == "pre"
	if tag == "li" && n.parent.tag == "ol" {
		s.number(n.parent)
	}
}

// number writes the number that a browser shows before an item.
func (s *webScan) number(list *webNode) {
	i := list.count
	if v, err := strconv.Atoi(s.attr["value"]); err == nil {
		i = min(max(v, 0), 9999)
	}
	list.count = i + 1
	mark := strconv.Itoa(i)
	switch list.mark {
	case "none":
		return
	case "a", "A":
		if i >= 1 && i <= 26 {
			mark = string(rune(list.mark[0]) + rune(i-1))
		}
	case "i", "I":
		if i >= 1 && i <= 12 {
			mark = strings.Fields("i ii iii iv v vi vii viii ix x xi xii")[i-1]
			if list.mark == "I" {
				mark = strings.ToUpper(mark)
			}
		}
	}
	s.runs = append(s.runs, Run{Text: mark + ". "})
}

// style takes from attributes what matters here.
func (n *webNode) style(attr map[string]string) {
	if v, ok := attr["align"]; n.tag == "table" {
		n.align = 0 // align says where the table stands, not its text
	} else if ok {
		n.align = alignment(v)
	} else if n.tag == "center" {
		n.align = 'c'
	}
	for k, v := range attr {
		switch k {
		case "style":
			v = strings.ToLower(strings.ReplaceAll(v, " ", ""))
			if i := strings.Index(v, "text-align:"); i >= 0 && (i == 0 || v[i-1] != '-') {
				n.align = alignment(v[i+len("text-align:"):])
			}
			n.hidden = n.hidden || isHiding(v)
			n.border = n.border || strings.Contains(v, "border:1") || strings.Contains(v, "solid")
		case "hidden":
			n.hidden = true
		case "title":
			n.furniture = n.furniture || n.tag == "div" && (v == "header" || v == "footer")
		case "colspan":
			n.cols = span(v)
		case "rowspan":
			n.rows = span(v)
		case "border":
			n.border = n.border || v != "0" && v != ""
		case "class", "id":
			n.named(strings.ToLower(v))
		}
	}
	n.nav = n.nav || n.tag == "nav" || n.tag == "footer" || n.tag == "aside"
	n.border = n.border || n.tag == "th"
}

// webAside are names of what stands beside a document.
var webAside = words(`side sidebar aside foot footer nav navbar menu topnav mainnav breadcrumb breadcrumbs crumb crumbs share related
	copyright recommend bdsharebuttonbox bshare-custom pagination hotnews right-nav friendlink friendlinks`)

// named takes hints from an id or class.
func (n *webNode) named(v string) {
	for _, w := range strings.Fields(v) {
		switch {
		case w == "msoheader" || w == "msofooter":
			n.furniture = true
		case w == "msotablegrid" || w == "msonormaltable":
			n.border = true
		case w == "text-center" || w == "align-center" || w == "center":
			if n.tag != "div" {
				n.align = 'c'
			}
		case w == "text-right" || w == "align-right":
			n.align = 'r'
		case strings.HasPrefix(w, "zoom") || strings.HasSuffix(w, "zoom") || strings.Contains(w, "content") || strings.Contains(w, "editor") ||
			strings.Contains(w, "article") || strings.Contains(w, "main-txt") || strings.Contains(w, "zhengwen") || strings.Contains(w, "newstext"):
			n.content = true
			n.editor = strings.HasPrefix(w, "zoom") || strings.Contains(w, "editor") || strings.Contains(w, "ucap") || w == "pages_content" || w == "main-txt"
		case webAside[w]:
			n.nav = true
		}
		if strings.Contains(w, "tit") || strings.Contains(w, "biaoti") || w == "bt" || strings.HasSuffix(w, "_bt") {
			n.titled = true
		}
	}
}

func isHiding(style string) bool {
	return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") || strings.Contains(style, "mso-hide:all")
}

func alignment(v string) byte {
	v = strings.ToLower(strings.TrimSpace(v))
	switch {
	case strings.HasPrefix(v, "center"), strings.HasPrefix(v, "middle"):
		return 'c'
	case strings.HasPrefix(v, "right"), strings.HasPrefix(v, "end"):
		return 'r'
	}
	return 'l'
}

func span(v string) int {
	n, _ := strconv.Atoi(strings.TrimSpace(v))
	return min(max(n, 0), 1000)
}

func heading(tag string) int {
	if len(tag) == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6' {
		return int(tag[1] - '0')
	}
	return 0
}

// pop ends the innermost block with the inline elements that began in it.
func (s *webScan) pop() {
	if len(s.stack) == 1 {
		return
	}
	n := s.top()
	n.to = len(s.segs)
	s.stack = s.stack[:len(s.stack)-1]
	if len(s.inl) > n.inlines {
		s.inl = s.inl[:n.inlines]
		s.reform()
	}
	if n.tag == "pre" {
		s.pre = false
	}
}

// popTo ends the innermost open tag and all in it, if it stands inside of the
// nearest of the bounds and of the nearest cell.
func (s *webScan) popTo(tag string, bounds ...string) {
	for i := len(s.stack) - 1; i > 0; i-- {
		t := s.stack[i].tag
		if t == tag {
			for len(s.stack) > i {
				s.pop()
			}
			return
		}
		for _, b := range append(bounds, "td", "th", "table") {
			if t == b {
				return
			}
		}
	}
}

// leaveTo ends all blocks inside of the nearest of the tags.
func (s *webScan) leaveTo(tags ...string) {
	for len(s.stack) > 1 {
		for _, t := range tags {
			if s.top().tag == t {
				return
			}
		}
		s.pop()
	}
}

func (s *webScan) inTable() bool { return s.top().in("table") != nil }

func (s *webScan) end(tag string) {
	switch {
	case webInlines[tag]:
		s.close(tag)
		return
	case !webBlocks[tag]:
		return
	}
	s.block()
	if tag == "html" || tag == "body" {
		return
	}
	if s.over > 0 && tag != "table" {
		s.over--
		return
	}
	s.over = 0
	switch tag {
	case "td", "th", "tr", "tbody", "thead", "tfoot", "table":
		for i := len(s.stack) - 1; i > 0; i-- {
			if s.stack[i].tag == tag {
				for len(s.stack) > i {
					s.pop()
				}
				return
			}
			if s.stack[i].tag == "table" {
				return
			}
		}
	default:
		s.popTo(tag)
	}
}

// push opens an inline element.
func (s *webScan) push(tag string) {
	if len(s.inl) >= webDepth {
		return
	}
	e := webInline{tag: tag, bold: tag == "b" || tag == "strong", raised: tag == "sup"}
	style := s.attr["style"]
	if strings.Contains(style, "one") || strings.Contains(style, "hid") || strings.Contains(style, "bold") || strings.Contains(style, "NONE") {
		style = strings.ToLower(strings.ReplaceAll(style, " ", ""))
		e.hidden = isHiding(style)
		e.bold = e.bold || strings.HasPrefix(style, "font-weight:bold") || strings.Contains(style, ";font-weight:bold")
	}
	if tag == "a" {
		e.to = strings.TrimSpace(s.attr["href"])
		e.link = e.to != "" || s.attr["onclick"] != ""
		if low := strings.ToLower(e.to); strings.HasPrefix(low, "javascript:") || strings.HasPrefix(low, "#") || strings.HasPrefix(low, "mailto:") || strings.HasPrefix(low, "data:") {
			e.to = ""
		}
	}
	s.inl = append(s.inl, e)
	s.reform()
}

// close ends an inline element of the same cell, also one that began outside
// of the open block.
func (s *webScan) close(tag string) {
	low := 0
	if n := s.top().in("td", "th"); n != nil {
		low = n.inlines
	}
	for i := len(s.inl) - 1; i >= low; i-- {
		if s.inl[i].tag != tag {
			continue
		}
		s.inl = append(s.inl[:i], s.inl[i+1:]...)
		for _, n := range s.stack {
			if n.inlines > i {
				n.inlines--
			}
		}
		s.reform()
		return
	}
}

// reform sums up the open inline elements.
func (s *webScan) reform() {
	var f webInline
	for _, e := range s.inl {
		f.bold, f.hidden, f.link, f.raised = f.bold || e.bold, f.hidden || e.hidden, f.link || e.link, f.raised || e.raised
		if e.to != "" {
			f.to = e.to
		}
	}
	if f != s.form {
		s.endRun()
		s.form = f
	}
}
