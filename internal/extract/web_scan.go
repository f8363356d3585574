package extract

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

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
	editor     bool // its id or class is that of the text in a known editor
	border     bool
	meta       bool // a table of metadata
	nested     bool // a table with tables in it
	data       byte // of a table: y, n or not yet known
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
	nav      bool
	meta     bool // of a table of metadata
	noise    byte // y, n or not yet known
	labels   byte // the same
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
	z      *html.Tokenizer
	raw    []byte
	title  string
	metas  []Field
	root   *webNode
	stack  []*webNode
	over   int // blocks that are too deep to be kept
	inl    []webInline
	form   webInline // what the open inline elements add up to
	segs   []webSeg
	nodes  int
	attr   map[string]string
	closes map[string]bool // elements that are closed anywhere

	runs           []Run
	concealed      []Run
	buf            []byte
	last           rune
	ws             byte // space before the next character: 0, ' ' or '\n'
	n, links, bold int
	hiddenN        int
	pics           []webPic
	brs            int
	pre            bool
	frames         int
	large          bool
	whole          bool // line breaks inside of sentences stay paragraphs
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

func scanWeb(b []byte, whole bool) *webScan {
	s := &webScan{whole: whole, z: html.NewTokenizer(bytes.NewReader(b)), raw: bytes.ToLower(b), root: &webNode{tag: "html"}, attr: map[string]string{}, closes: map[string]bool{}}
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
	closes, known := s.closes[tag]
	if !known {
		closes = bytes.Contains(s.raw, []byte("</"+tag))
		s.closes[tag] = closes
	}
	if !closes {
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
// line of the source was broken between two Chinese characters of one text.
func (s *webScan) write(b []byte) {
	broken := byte(' ')
	for _, r := range string(b) {
		switch r {
		case '\n':
			if s.pre {
				s.flush()
				s.brs++
				continue
			}
			s.ws = broken
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
		if s.form.raised {
			r = raised(s.last, r)
		}
		s.ws, s.last, broken = 0, r, '\n'
		s.buf = utf8.AppendRune(s.buf, r)
		if zh.IsSpace(r) {
			continue
		}
		if s.form.hidden {
			s.hiddenN++
			continue
		}
		s.n++
		if s.form.link {
			s.links++
		}
		if s.form.bold {
			s.bold++
		}
	}
	if s.ws != 0 {
		s.ws = ' '
	}
}

func isHanText(r rune) bool {
	return zh.IsHan(r) || r >= 0x3001 && r <= 0x303F || r >= 0xFF01 && r <= 0xFF60 || r == '“' || r == '”' || r == '—'
}

// raised returns an exponent behind a letter as one: m², km².
func raised(before, r rune) rune {
	if before|0x20 >= 'a' && before|0x20 <= 'z' {
		switch r {
		case '2':
			return '²'
		case '3':
			return '³'
		}
	}
	return r
}

func (s *webScan) endRun() {
	if len(s.buf) == 0 {
		return
	}
	r := Run{Text: string(s.buf), Bold: s.form.bold, Link: s.form.to}
	if s.buf = s.buf[:0]; s.form.hidden {
		s.concealed = append(s.concealed, r)
	} else {
		s.runs = append(s.runs, r)
	}
}

// flush ends a segment.
func (s *webScan) flush() {
	// A private character at the end of a line is a mark of an old editor.
	for r, n := utf8.DecodeLastRune(s.buf); r >= 0xE000 && r <= 0xF8FF; r, n = utf8.DecodeLastRune(s.buf) {
		s.buf = s.buf[:len(s.buf)-n]
		if s.form.hidden {
			s.hiddenN--
		} else {
			s.n--
		}
	}
	s.endRun()
	if s.hiddenN > 0 {
		defer s.conceal(s.hiddenN, s.concealed)
	}
	s.concealed, s.hiddenN = nil, 0
	if s.n == 0 && len(s.pics) == 0 {
		s.runs, s.last, s.ws = nil, 0, 0
		return
	}
	g := webSeg{runs: s.runs, text: joinRuns(s.runs), node: s.top(), n: s.n, links: s.links, bold: s.bold, pics: s.pics}
	g.nav = g.node.nav
	g.hidden = g.node.hidden
	if s.whole || s.brs == 0 || len(s.segs) == 0 || !s.segs[len(s.segs)-1].join(&g, s.brs) {
		s.segs = append(s.segs, g)
	}
	s.runs, s.pics, s.last, s.ws = nil, nil, 0, 0
	s.n, s.links, s.bold, s.brs = 0, 0, 0, 0
}

// conceal makes a segment of its own of what is hidden inside of a line.
func (s *webScan) conceal(n int, runs []Run) {
	s.segs = append(s.segs, webSeg{runs: runs, text: joinRuns(runs), node: s.top(), n: n, hidden: true, nav: s.top().nav})
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
