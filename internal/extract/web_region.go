package extract

import (
	"strings"
	"unicode/utf8"
)

// A webPage is a scanned page on its way to a document.
type webPage struct {
	*webScan
	sum      []int    // of the substance of the segments before each
	editors  bool     // text stands in several blocks of known editors
	from, to int      // the segments that are the document
	core     *webNode // the innermost block that holds the text
}

func (p *webPage) weigh(weight func(*webSeg) int) {
	p.sum = make([]int, len(p.segs)+1)
	for i := range p.segs {
		p.sum[i+1] = p.sum[i] + weight(&p.segs[i])
	}
}

func (p *webPage) weight(n *webNode) int { return p.sum[n.to] - p.sum[n.from] }

// find sets from and to: it goes down from the page to the block that holds
// nearly all the substance, then up again while nothing but a few quiet lines
// comes along: a signature beside the block that the text stands in.
func (p *webPage) find() {
	n := p.root
	p.editors = p.countEditors(n) > 1
	for {
		next := (*webNode)(nil)
		for _, k := range n.kids {
			need := 0.9
			if k.editor && !p.editors {
				need = 0.5
			} else if k.content {
				need = 0.8
			}
			if w := p.weight(k); w > 0 && float64(w) >= need*float64(p.weight(n)) && (next == nil || w > p.weight(next)) {
				next = k
			}
		}
		if next == nil || next.tag == "p" || heading(next.tag) > 0 || next.tag == "table" && p.isData(next) {
			break
		}
		n = next
	}
	p.core = n
	for n.parent != nil && p.quiet(n.parent, n) {
		n = n.parent
	}
	p.from, p.to = n.from, n.to
}

// countEditors counts the blocks of known editors that hold text, one in
// another as one.
func (p *webPage) countEditors(n *webNode) int {
	if n.editor && p.weight(n) > 0 {
		return 1
	}
	count := 0
	for _, k := range n.kids {
		count += p.countEditors(k)
	}
	return count
}

// quiet reports whether what n holds beside k is a few lines that are neither
// links nor tools nor labels.
func (p *webPage) quiet(n, k *webNode) bool {
	if (k.from-n.from)+(n.to-k.to) > 8 {
		return false
	}
	for i := n.from; i < n.to; i++ {
		if i == k.from {
			i = k.to
			if i >= n.to {
				break
			}
		}
		g := &p.segs[i]
		if g.hidden || g.nav || g.links*3 > g.n || g.labelled() || isNoise(g) || isFooter(g.text) || g.n > 40 && g.substance() == 0 {
			return false
		}
	}
	return true
}

// sameTitle reports whether a line is what the page is called.
func (p *webPage) sameTitle(line string) bool {
	k := webKey(line)
	if utf8.RuneCountInString(k) < 5 {
		return false
	}
	names := []string{p.title}
	for _, m := range p.metas {
		if strings.EqualFold(m.Label, "ArticleTitle") {
			names = append(names, m.Value)
		}
	}
	for _, name := range names {
		name = webKey(name)
		if strings.Contains(name, k) {
			return true
		}
		// Names are cut, and followed by that of the site.
		for _, part := range strings.FieldsFunc(name, func(r rune) bool { return r == '_' || r == '|' }) {
			part = strings.TrimRight(strings.SplitN(part, "-", 2)[0], ".…")
			if utf8.RuneCountInString(part) >= 10 && strings.HasPrefix(k, part) {
				return true
			}
		}
	}
	return false
}

// titleScore says how much a line looks like the title of the document.
func (p *webPage) titleScore(i int) int {
	g := &p.segs[i]
	t := trimSpace(g.text)
	if g.n < 4 || g.n > 200 || g.links*2 > g.n || g.node.furniture || g.nav || isNoise(g) || isFooter(t) {
		return 0
	}
	h := heading(g.node.tag)
	if webNumber.MatchString(t) {
		if h > 0 && h <= 3 && !g.hidden {
			return 3 // 令 and its number as the heading of the page
		}
		return 0
	}
	if g.labelled() || strings.ContainsAny(t, "。；") || strings.HasSuffix(t, "：") || webOutline.MatchString(t) {
		return 0
	}
	score := 0
	same := p.sameTitle(t)
	if same {
		score += 4
	}
	if g.hidden && !(same && h > 0) {
		return 0 // but a script may show the heading of the page
	}
	if h > 0 && h <= 3 {
		score += 3
	}
	for n, up := g.node, 0; n != nil && up < 3; n, up = n.parent, up+1 {
		if n.titled && n.to-n.from <= 4 {
			score += 2
			break
		}
	}
	if g.node.align == 'c' {
		score++
	}
	if g.bold*2 > g.n {
		score++
	}
	if webTitled.MatchString(strings.TrimRight(stripNumber(webKey(t)), "》")) {
		score += 3
		if strings.Contains(t, "关于") {
			score++
		}
	}
	return score
}

// stripNumber takes a number in brackets off the end of a title.
func stripNumber(s string) string {
	if i := strings.LastIndexAny(s, "(（"); i > 0 && strings.Contains(s[i:], "号") {
		return s[:i]
	}
	return s
}

// body returns the first and the last segment of running text in from..to.
func (p *webPage) body() (first, last int) {
	first, last = p.to, p.from-1
	for i := p.from; i < p.to; i++ {
		if g := &p.segs[i]; !g.hidden && g.sentence() && !g.labelled() {
			first = min(first, i)
			last = i
		}
	}
	return first, last
}

// heads returns the segment of the title above the text, or -1. Of several the
// best counts, of equals the last, as it stands nearest.
func (p *webPage) heads(first int) int {
	best, score := -1, 2
	for i := max(0, first-200); i < first; i++ {
		s := p.titleScore(i)
		if i < p.from && s > 0 && p.from-i > 40 && !p.sameTitle(p.segs[i].text) {
			continue // far away: of another box
		}
		if s > score || s == score && best >= 0 && i < p.from {
			best, score = i, s
		}
	}
	return best
}

// listLine weighs what a list page has: titles as links.
func listLine(g *webSeg) int {
	if g.hidden || g.links*2 <= g.n || g.n < 8 {
		return 0
	}
	return g.n
}

// dated counts the links to titles with a date in the same line or the next.
func (p *webPage) dated() int {
	count := 0
	for i := range p.segs {
		g := &p.segs[i]
		if g.hidden || g.links < 6 {
			continue
		}
		if hasDate(g.text) || i+1 < len(p.segs) && p.segs[i+1].n <= 20 && hasDate(p.segs[i+1].text) {
			count++
		}
	}
	return count
}

func hasDate(s string) bool {
	for i := 0; i+7 < len(s); i++ {
		if (s[i] == '2' || s[i] == '1' && s[i+1] == '9') && isDigits(s[i:i+4]) && strings.ContainsRune("-/.", rune(s[i+4])) && isDigits(s[i+5:i+6]) {
			return true
		}
	}
	return false
}
