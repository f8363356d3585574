package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"gongbao/internal/zh"
)

var (
	webOutline = regexp.MustCompile(`^(第[〇零一二三四五六七八九十百千0-9]+[编章节条款]|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十0-9]+[)）]|[0-9]+[.．、]|[㈠-㈩①-⑳⑴-⒇⒈-⒛]|附件?[：:0-9一二三四五六七八九十])`)
	webNumber  = regexp.MustCompile(`^[(（]?[^\s《》(（]{1,20}[〔\[［(（【][12][0-9]{3}[〕\]］)）】]\s*第?\s*[0-9]+\s*号[)）]?$|^[(（]?(\S{0,30}令)?\s*第\s*[0-9〇零一二三四五六七八九十百千]+\s*号[)）]?$`)
	webDay     = regexp.MustCompile(`^[12二一][0-9〇○OoＯ零一二三四五六七八九]{3}\s*年\s*[0-9一二三四五六七八九十元]{1,3}\s*月\s*[0-9一二三四五六七八九十]{1,3}\s*日$`)
	webContact = regexp.MustCompile(`(电话|传真|邮编|邮政编码|信箱|邮箱)\s*[：:]?\s*[(（]?[0-9a-zA-Z]`)
	webTitled  = regexp.MustCompile(`(决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|复函|函|议案|纪要|条例|规定|办法|细则|规则|规程|方案|规划|计划|要点|制度|标准|预案|解读|指南|目录|清单)([(（〔][^()（）]{1,20}[)）〕])?$`)
)

// join appends a segment that follows a line break to the one before, where
// both are one paragraph or one heading, and reports whether it did. In old
// pages a break is as often the end of a paragraph as one inside of it.
func (g *webSeg) join(next *webSeg, breaks int) bool {
	if g.node != next.node || g.hidden != next.hidden || len(g.pics) > 0 || len(next.pics) > 0 || len(g.text)+len(next.text) > 1<<13 {
		return false
	}
	a, b := trimSpace(g.text), trimSpace(next.text)
	sep := ""
	switch {
	case heading(g.node.tag) > 0 && g.n+next.n > 200:
		return false
	case heading(g.node.tag) > 0 && breaks == 1, (g.node.align == 'c' || g.node.titled) && breaks == 1 && oneHeading(a, b):
		sep = "\n"
	case breaks > 1 || indented(next.text) || !goesOn(a, b):
		return false
	default:
		la, _ := utf8.DecodeLastRuneInString(a)
		fb, _ := utf8.DecodeRuneInString(b)
		if !isHanText(la) && !isHanText(fb) {
			sep = " "
		}
	}
	// The spaces at the seam go; the text of both sides stays.
	last := &g.runs[len(g.runs)-1]
	last.Text = strings.TrimRightFunc(last.Text, zh.IsSpace) + sep
	next.runs[0].Text = strings.TrimLeftFunc(next.runs[0].Text, zh.IsSpace)
	g.runs = append(g.runs, next.runs...)
	g.text = joinRuns(g.runs)
	g.n, g.links, g.bold = g.n+next.n, g.links+next.links, g.bold+next.bold
	return true
}

// goesOn reports whether the line b goes on the sentence of the line a.
func goesOn(a, b string) bool {
	long := len(a) > 400 // no number, day or title; only its end is looked at
	if long {
		a = strings.ToValidUTF8(a[len(a)-200:], "")
	}
	last, _ := utf8.DecodeLastRuneInString(a)
	switch {
	case strings.ContainsRune("。；：！？.;:!?…", last), webOutline.MatchString(b), webNumber.MatchString(b), webDay.MatchString(b), !long && (webNumber.MatchString(a) || webDay.MatchString(a)):
		return false
	case last == '，' || last == '、' || last == ',':
		return true
	}
	return (long || utf8.RuneCountInString(a) >= 25) && !webTitled.MatchString(a)
}

// oneHeading reports whether centred lines are parts of one heading.
func oneHeading(a, b string) bool {
	if i := strings.LastIndexByte(a, '\n'); i >= 0 {
		a = a[i+1:]
	}
	if strings.ContainsAny(a+b, "。；：！？，") || utf8.RuneCountInString(a)+utf8.RuneCountInString(b) > 120 {
		return false
	}
	for _, s := range []string{a, b} {
		if webNumber.MatchString(s) || webDay.MatchString(s) || webOutline.MatchString(s) || strings.HasPrefix(s, "（") {
			return false
		}
	}
	return !webTitled.MatchString(a)
}

// indented reports whether a line begins as a paragraph does.
func indented(s string) bool {
	n := 0
	for _, r := range s {
		switch {
		case r == 0x3000:
			n += 2
		case zh.IsSpace(r):
			n++
		default:
			return n >= 2
		}
	}
	return false
}

func trimSpace(s string) string { return strings.TrimFunc(s, zh.IsSpace) }

// webKey is a text without spaces.
func webKey(s string) string {
	return strings.Map(func(r rune) rune {
		if zh.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// substance is the weight of a segment as text of a document: its length if
// it reads like sentences, not like links, tools or labels.
func (g *webSeg) substance() int {
	if g.hidden || g.meta || g.node.furniture || g.nav || g.links*2 > g.n || g.n < 8 {
		return 0
	}
	t := trimSpace(g.text)
	if g.n < 25 && !strings.ContainsAny(t, "。；，、！？") && !strings.HasSuffix(t, "：") && !webOutline.MatchString(t) {
		return 0
	}
	if isNoise(g) || isFooter(t) {
		return 0
	}
	if g.n < 80 && (webContact.MatchString(t) || g.labelled() || !strings.ContainsAny(t, "。；") && webTitled.MatchString(stripNumber(t))) {
		return 0
	}
	return g.n
}

// sentence reports whether a segment is certainly running text.
func (g *webSeg) sentence() bool {
	if g.nav || g.links*2 > g.n || g.n < 6 || isNoise(g) {
		return false
	}
	t := trimSpace(g.text)
	last, _ := utf8.DecodeLastRuneInString(t)
	return strings.ContainsRune("。；！？", last) || last == '：' && g.n >= 8 && !isLabel(strings.TrimSuffix(t, "：")) || g.n >= 40 && strings.Contains(t, "，")
}

// spaced brings the spaces of runs into order: none at the ends, none wider
// than one inside. Line breaks stay.
func spaced(runs []Run, on bool) []Run {
	out := make([]Run, 0, len(runs))
	var last rune = '\n'
	for _, r := range runs {
		var b strings.Builder
		b.Grow(len(r.Text))
		for _, c := range r.Text {
			switch {
			case c == '\n':
			case c == 0x3000 && on:
				if last == '\n' || last == 0x3000 {
					continue
				}
			case zh.IsSpace(c) && on:
				if last == '\n' || zh.IsSpace(last) {
					continue
				}
				c = ' '
			}
			b.WriteRune(c)
			last = c
		}
		if b.Len() > 0 {
			r.Text = b.String()
			if n := len(out); n > 0 && out[n-1].Bold == r.Bold && out[n-1].Link == r.Link {
				out[n-1].Text += r.Text
			} else {
				out = append(out, r)
			}
		}
	}
	for on && len(out) > 0 {
		n := len(out) - 1
		if out[n].Text = strings.TrimRightFunc(out[n].Text, zh.IsSpace); out[n].Text != "" {
			break
		}
		out = out[:n]
	}
	return out
}
