package extract

import (
	"bytes"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"gongbao/internal/zh"
)

// Bounds of a page. The tree is built here and not by html.Parse, whose memory
// for unclosed formatting elements grows with their square.
const (
	maxWeb   = 20 << 20 // bytes
	webDepth = 200      // open blocks; deeper ones count as their parent
	webNodes = 400_000  // blocks, segments
)

// A webNode is a block element. Segments from..to stand in it.
type webNode struct {
	tag        string
	parent     *webNode
	kids       []*webNode
	from, to   int
	align      byte // l, c, r or 0
	hidden     bool
	furniture  bool // header or footer of a printed page
	nav        bool // nav, footer, aside
	titled     bool // its id or class says title
	content    bool // its id or class says content
	border     bool
	cols, rows int
	count      int    // number of the next item of a list
	mark       string // kind of the numbers of a list
	inlines    int    // inline elements that were open before it
}

// in reports whether n stands in an element with one of the tags, and returns it.
func (n *webNode) in(tags ...string) *webNode {
	for ; n != nil; n = n.parent {
		for _, t := range tags {
			if n.tag == t {
				return n
			}
		}
	}
	return nil
}

// A webSeg is a line: what stands in a block between line breaks.
type webSeg struct {
	runs     []Run
	text     string // of runs, spaces as they were
	node     *webNode
	n, links int // characters without spaces; those in links
	bold     int
	hidden   bool
	rule     bool // follows an <hr>
	pics     []webPic
}

type webPic struct{ src, alt string }

type webInline struct {
	tag                string
	bold, hidden, link bool
	raised             bool
	to                 string
}

// webScan turns tokens into segments and a tree of blocks.
type webScan struct {
	z     *html.Tokenizer
	raw   []byte
	title string
	metas []Field
	root  *webNode
	stack []*webNode
	over  int // blocks that are too deep to be kept
	inl   []webInline
	form  webInline // what the open inline elements add up to
	segs  []webSeg
	nodes int
	attr  map[string]string

	runs           []Run
	buf            []byte
	last           rune
	ws             byte // space before the next character: 0, ' ' or '\n'
	n, links, bold int
	hiddenN        int
	pics           []webPic
	brs            int
	rule, pre      bool
	frames         int
	large          bool
}

var webBlocks = words(`address article aside blockquote body center dd details dir div dl dt fieldset figcaption
	figure footer form h1 h2 h3 h4 h5 h6 header html li main menu nav ol p pre section summary table caption thead
	tbody tfoot tr td th ul`)

// webSkipped are elements whose content is never text of the page.
var webSkipped = words(`script style noscript iframe noembed noframes object applet select textarea button svg math
	template xml audio video canvas`)

var webInlines = words(`a abbr b big cite code em font i ins kbd label mark q s samp small span strike strong sub sup tt u var`)

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

func scanWeb(b []byte) *webScan {
	s := &webScan{z: html.NewTokenizer(bytes.NewReader(b)), raw: bytes.ToLower(b), root: &webNode{tag: "html"}, attr: map[string]string{}}
	s.stack = []*webNode{s.root}
	for !s.large {
		switch s.z.Next() {
		case html.ErrorToken:
			s.flush()
			for _, n := range s.stack {
				n.to = len(s.segs)
			}
			return s
		case html.TextToken:
			s.write(s.z.Text())
		case html.StartTagToken, html.SelfClosingTagToken:
			s.start()
		case html.EndTagToken:
			name, _ := s.z.TagName()
			s.end(string(name))
		}
		s.large = s.nodes > webNodes || len(s.segs) > webNodes
	}
	return s
}

func (s *webScan) top() *webNode { return s.stack[len(s.stack)-1] }

func (s *webScan) start() {
	name, more := s.z.TagName()
	tag := string(name)
	clear(s.attr)
	for more {
		var k, v []byte
		k, v, more = s.z.TagAttr()
		if len(s.attr) < 32 {
			if _, ok := s.attr[string(k)]; !ok {
				s.attr[string(k)] = string(v)
			}
		}
	}
	switch {
	case tag == "title":
		if s.z.Next() == html.TextToken && s.title == "" {
			s.title = strings.Join(strings.Fields(string(s.z.Text())), " ")
		}
	case webSkipped[tag]:
		s.skip(tag)
	case webBlocks[tag]:
		s.open(tag)
	case webInlines[tag]:
		s.push(tag)
	default:
		s.void(tag)
	}
}

// skip passes over an element. One that is never closed is passed over alone.
func (s *webScan) skip(tag string) {
	if !bytes.Contains(s.raw, []byte("</"+tag)) {
		return
	}
	for depth := 1; depth > 0; {
		switch s.z.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken:
			name, _ := s.z.TagName()
			switch t := string(name); {
			case t == tag:
				depth++
			case (tag == "select" || tag == "object" || tag == "button") && (t == "table" || t == "td" || t == "tr"):
				clear(s.attr)
				s.open(t)
				return
			}
		case html.EndTagToken:
			if name, _ := s.z.TagName(); string(name) == tag {
				depth--
			}
		}
	}
}

func (s *webScan) void(tag string) {
	switch tag {
	case "br":
		s.flush()
		s.brs++
	case "hr":
		s.block()
		s.rule = true
	case "img":
		s.picture()
	case "meta":
		if name, v := strings.TrimSpace(s.attr["name"]), strings.TrimSpace(s.attr["content"]); name != "" && v != "" && len(s.metas) < 200 {
			s.metas = append(s.metas, Field{Label: name, Value: v})
		}
	case "frame":
		s.frames++
	}
}

func (s *webScan) picture() {
	src := strings.TrimSpace(s.attr["src"])
	small := func(k string) bool {
		n, err := strconv.Atoi(strings.TrimSuffix(s.attr[k], "px"))
		return err == nil && n <= 32
	}
	if src != "" && !small("width") && !small("height") && len(s.pics) < 100 && !s.form.hidden {
		s.pics = append(s.pics, webPic{src, strings.TrimSpace(s.attr["alt"])})
	}
}

// write adds text. White space of the source is one space, or none where a
// line of the source was broken between two Chinese characters.
func (s *webScan) write(b []byte) {
	text := string(b)
	for _, r := range text {
		switch r {
		case '\n':
			if s.pre {
				s.flush()
				s.brs++
				continue
			}
			s.ws = '\n'
			continue
		case ' ', '\t', '\f', '\r':
			if s.ws == 0 {
				s.ws = ' '
			}
			continue
		case 0, 0xFEFF, 0x200B, 0x00AD:
			continue
		}
		if s.ws != 0 && s.last != 0 && !(s.ws == '\n' && isHanText(s.last) && isHanText(r)) {
			s.buf = append(s.buf, ' ')
		}
		s.ws, s.last = 0, r
		s.buf = appendRaised(s.buf, r, s.form.raised)
		if zh.IsSpace(r) {
			continue
		}
		s.n++
		if s.form.link {
			s.links++
		}
		if s.form.bold {
			s.bold++
		}
		if s.form.hidden {
			s.hiddenN++
		}
	}
}

func isHanText(r rune) bool {
	return zh.IsHan(r) || r >= 0x3001 && r <= 0x303F || r >= 0xFF01 && r <= 0xFF60 || r == '“' || r == '”' || r == '—'
}

// appendRaised writes an exponent behind a letter as one: m², km².
func appendRaised(b []byte, r rune, raised bool) []byte {
	if raised && len(b) > 0 && (b[len(b)-1]|0x20 >= 'a' && b[len(b)-1]|0x20 <= 'z') {
		switch r {
		case '2':
			r = '²'
		case '3':
			r = '³'
		}
	}
	return append(b, string(r)...)
}

func (s *webScan) endRun() {
	if len(s.buf) == 0 {
		return
	}
	s.runs = append(s.runs, Run{Text: string(s.buf), Bold: s.form.bold, Link: s.form.to})
	s.buf = s.buf[:0]
}

// flush ends a segment.
func (s *webScan) flush() {
	s.endRun()
	if s.n == 0 && len(s.pics) == 0 {
		s.runs, s.last, s.ws = nil, 0, 0
		return
	}
	g := webSeg{runs: s.runs, text: joinRuns(s.runs), node: s.top(), n: s.n, links: s.links, bold: s.bold, rule: s.rule, pics: s.pics}
	g.hidden = g.node.hidden || s.n > 0 && s.hiddenN*2 > s.n
	if s.brs == 0 || len(s.segs) == 0 || !s.segs[len(s.segs)-1].join(&g, s.brs) {
		s.segs = append(s.segs, g)
	}
	s.runs, s.pics, s.last, s.ws = nil, nil, 0, 0
	s.n, s.links, s.bold, s.hiddenN, s.brs, s.rule = 0, 0, 0, 0, 0, false
}

// block ends what stands before a block.
func (s *webScan) block() {
	s.flush()
	s.brs = 0
}

func joinRuns(runs []Run) string {
	if len(runs) == 1 {
		return runs[0].Text
	}
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return b.String()
}
