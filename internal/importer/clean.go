package importer

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"gongbao/internal/extract"
	"gongbao/internal/markup"
	"gongbao/internal/zh"
)

// headLines and tailLines bound where a text has lines of labels.
const (
	headLines = 40
	tailLines = 20
)

// tools are what one can do on a page.
const tools = `附件下载|打印本页|打印|关闭窗口|关闭|收藏本站|加入收藏|分享到?|返回顶部|我要纠错|推荐朋友|复制链接`

// noCrumb are the characters that no crumb of a page has.
const noCrumb = "，、：。；0123456789%％"

var (
	folioLine = regexp.MustCompile(`^(?:[-—–－─~～·•]+\s*\d{1,4}\s*[-—–－─~～·•]+|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4})$`)
	// 示范市人民政府公报　　2021年第3期 stands over each page of a gazette.
	gazetteHead = regexp.MustCompile(`^(?:\p{Han}{2,20}公报[\s\p{Z}]+)?\d{4}年第[\s\p{Z}]*\d{1,3}[\s\p{Z}]*期(?:[\s\p{Z}]*[（(]?总第?[\s\p{Z}]*\d{1,4}[\s\p{Z}]*期[）)]?)?(?:[\s\p{Z}]+\p{Han}{2,20}公报)?$`)
	bareFolio   = regexp.MustCompile(`^\d{1,3}$`)
	toolWords   = regexp.MustCompile(`(?:【|\[|［|\(|（)?\s*(?:字号|字体)?[：:]?\s*大\s*中\s*小\s*(?:】|\]|］|\)|）)?|【?\s*内容纠错\s*】?|浏览次数[：:]?\s*\d*|访问次数[：:]?\s*\d*|点击数[：:]?\s*\d*|【?(?:` + tools + `)】?`)
	// Inside of a line only what no text says: words in brackets, sizes, counts.
	toolMarks = regexp.MustCompile(`(?:(?:字号|字体)[：:]?\s*)?[【\[［|（(]\s*大\s*中\s*小\s*[】\]］|）)]|(?:字号|字体)[：:]?\s*大\s*中\s*小|【\s*(?:内容纠错|` + tools + `|大|中|小)\s*】|(?:浏览|访问|点击)次?数[：:]\s*\d*|\s附件下载$`)
	crumbLine = regexp.MustCompile(`^(?:您?(?:当前|现在)(?:的)?位置[是为]?|首页)\s*[：:>＞»›-]`)
	crumbs    = regexp.MustCompile(`^\S{1,12}\s*[>＞»›]\s*\S{1,20}(?:\s*[>＞»›]\s*\S{1,20})*$`)
	siteLine  = regexp.MustCompile(`^(?:(?:版权所有|Copyright|©).*|.*(?:ICP备|ICP证|公网安备|网站标识码).*|主办(?:单位)?[：:].*(?:承办|维护|技术支持)(?:单位)?[：:].*|设为首页|加入收藏|网站导航|网站地图|站内搜索[：:]?|联系我们|无障碍浏览|繁体版|登录系统|增加订阅|备案证编号.*)$`)
	ruleLine  = regexp.MustCompile(`^[\s_＿=*·.…—\-]{6,}$`)
	spaced    = regexp.MustCompile(`^\p{Han}(?:[\s\p{Z}]+\p{Han}){2,}$`)
)

// A cleaner takes what is no part of a text out of its lines. What it takes is
// kept, so that an editor sees it.
type cleaner struct {
	off     map[string]bool
	office  bool // a Word file: nothing of web pages stands in it
	pairs   []pair
	removed []extract.Removed
}

func newCleaner(off []string) *cleaner {
	c := &cleaner{off: map[string]bool{}}
	for _, name := range off {
		c.off[name] = true
	}
	return c
}

func (c *cleaner) take(name string, l line) { c.takeText(name, l.text, l.n) }

func (c *cleaner) takeText(name, text string, n int) {
	c.removed = append(c.removed, extract.Removed{Cleaner: name, Text: text, Line: n})
}

// clean returns the lines of the text.
func (c *cleaner) clean(lines []line) []line {
	if !c.off[extract.Furniture] {
		lines = c.furniture(lines)
	}
	if !c.off[extract.Spaces] {
		for i := range lines {
			if lines[i].block == nil && spaced.MatchString(lines[i].text) {
				lines[i].text = squeeze(lines[i].text) // 东 莞 市 人 民 政 府 令
			}
		}
	}
	if !c.off[extract.Metadata] {
		lines = c.metadata(lines)
	}
	if !c.off[extract.Doubled] {
		lines = c.doubled(lines)
	}
	return lines
}

// furniture takes folios, tools and crumbs of pages.
func (c *cleaner) furniture(lines []line) []line {
	var out []line
	heads := pageHeads(lines)
	for i, l := range lines {
		edge := !c.office && (i < headLines || i >= len(lines)-tailLines)
		switch {
		case l.block != nil:
		case folioLine.MatchString(l.text), !c.office && (gazetteHead.MatchString(l.text) || heads[l.text]), ruleLine.MatchString(l.text),
			i == len(lines)-1 && bareFolio.MatchString(l.text),
			edge && (crumbLine.MatchString(l.text) || siteLine.MatchString(l.text) || crumbs.MatchString(l.text) && !strings.ContainsAny(l.text, noCrumb)) && !strings.ContainsAny(l.text, "。；"):
			c.take(extract.Furniture, l)
			if n := len(out); n > 0 && !ruleLine.MatchString(l.text) {
				out[n-1].cut = true
			}
			continue
		case edge && utf8.RuneCountInString(l.text) < 120 && toolWords.MatchString(l.text) && !strings.ContainsAny(l.text, "。；"):
			rest := strings.TrimSpace(toolWords.ReplaceAllString(l.text, " "))
			if strings.Trim(rest, "[]【】（）() ：:|丨　\t") == "" {
				c.take(extract.Furniture, l)
				continue
			}
			if found := toolMarks.FindAllString(l.text, -1); found != nil {
				c.take(extract.Furniture, line{text: strings.Join(found, " "), n: l.n})
				l.text = strings.TrimSpace(toolMarks.ReplaceAllString(l.text, " "))
			}
		}
		out = append(out, l)
	}
	return out
}

// pageHeads are short lines that stand there three times or more, and but for
// the first and last page always beside a folio: the running heads of pages.
func pageHeads(lines []line) map[string]bool {
	beside, all := map[string]int{}, map[string]int{}
	for i, l := range lines {
		all[l.text]++
		if l.block != nil || !folioLine.MatchString(l.text) {
			continue
		}
		for _, k := range []int{i - 1, i + 1} {
			if k >= 0 && k < len(lines) && lines[k].block == nil && utf8.RuneCountInString(lines[k].text) <= 40 && !strings.ContainsAny(lines[k].text, "。；：") {
				beside[lines[k].text]++
			}
		}
	}
	heads := map[string]bool{}
	for text, n := range beside {
		heads[text] = all[text] >= 3 && n >= all[text]-1
	}
	return heads
}

// metadata takes the lines of labels at the head and the foot of a text.
func (c *cleaner) metadata(lines []line) []line {
	var out []line
	first, last := running(lines)
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		if !standsApart(lines, i, first, last) {
			out = append(out, l)
			continue
		}
		ps, lead := pairs(l)
		lead = strings.Trim(lead, frames+"[]【】")
		if ps == nil || lead != "" && !(len(ps) > 1 || dated(lead)) {
			out = append(out, l)
			continue
		}
		if dated(lead) {
			ps = append([]pair{{"published", lead, l.n}}, ps...)
			lead = ""
		} else if ms := zh.FindDates(lead); len(ms) == 1 && ms[0].Day > 0 && len(ps) > 1 {
			ps = append([]pair{{"published", lead[ms[0].Start:], l.n}}, ps...) // behind what somebody advertises
			lead = ""
		}
		// A value may stand on the next line, before the next label.
		for ps[len(ps)-1].value == "" && i+1 < len(lines) && lines[i+1].block == nil {
			more, head := pairs(lines[i+1])
			head = strings.Trim(head, frames)
			if head == "" && more == nil || utf8.RuneCountInString(head) > 60 || strings.ContainsAny(head, "。") || more == nil && ps[len(ps)-1].key == "" {
				break
			}
			if head != "" {
				ps[len(ps)-1].value, ps[len(ps)-1].n = head, lines[i+1].n
			}
			ps = append(ps, more...)
			i++
			l.text += " " + lines[i].text
			if more == nil {
				break
			}
		}
		c.pairs = append(c.pairs, ps...)
		c.take(extract.Metadata, l)
		if lead != "" {
			out = append(out, line{text: lead, n: l.n, after: l.after})
		}
	}
	return out
}

var (
	// ownLabel opens a line that no text but a document's own head or foot has.
	ownLabel   = regexp.MustCompile(`^[【\[]?(?:索[\s　]*引[\s　]*号|发布机构|发文机关|发文字号|文[\s　]*号|成文日期|发文日期|发布日期|发布时间|公开日期|主题分类|主题词|信息公开|公开方式|公开形式|公开属性|生成日期|有效性|效力状态)[】\]]?[\s　]*[：:】]`)
	ofMeetings = regexp.MustCompile(`^(?:时[\s　]*间|日[\s　]*期|名[\s　]*称|标[\s　]*题|分[\s　]*类|作[\s　]*者)[\s　]*[：:]`)
)

// standsApart reports whether labels on a line are of the page or the record: at
// the head before the running text, at the foot behind it, or where no text has
// such a label.
func standsApart(lines []line, i, first, last int) bool {
	text := lines[i].text
	head, foot := i < headLines, i >= len(lines)-tailLines
	switch {
	case lines[i].block != nil, !head && !foot:
		return false
	case strings.Contains(text, "。") && !strings.HasPrefix(squeeze(text), "内容概述"):
		return false
	case strings.HasPrefix(squeeze(text), "信息公开选项"): // a line of the document (川办), which its role tells
		return false
	case i > first && ofMeetings.MatchString(text): // 时间：2022年3月9日上午9:00
		return false
	}
	return head && i <= first || foot && i > last || ownLabel.MatchString(text)
}

// running returns the first and the last line that are running text: with a
// full stop, with those it is sent to, or with a number of a paragraph.
func running(lines []line) (first, last int) {
	first, last = len(lines), len(lines)
	for i, l := range lines {
		if l.block != nil {
			continue
		}
		if ps, _ := pairs(l); ps != nil && !strings.Contains(l.text, "。") || strings.HasPrefix(squeeze(l.text), "内容概述") {
			continue
		}
		stop := strings.Contains(l.text, "。")
		if stop {
			last = i
		}
		if first == len(lines) && (stop || (strings.HasSuffix(l.text, "：") || strings.HasSuffix(l.text, ":")) && markup.IsAddressees(l.text) || markup.Numbered(l.text) && !endsTitle(l.text)) {
			first = i
		}
	}
	return first, last
}

// dated reports whether a text is a date, maybe with a time.
func dated(s string) bool {
	m, ok := zh.ScanDate(s)
	if !ok || m.Start != 0 {
		return false
	}
	return strings.Trim(s[m.End:], " 　:：0123456789") == ""
}

// doubled takes lines that repeat the line before, and a title that stands
// there twice at the head.
func (c *cleaner) doubled(lines []line) []line {
	var out []line
	for i, l := range lines {
		if n := len(out); n > 0 && i < headLines && l.block == nil && out[n-1].text == l.text && utf8.RuneCountInString(l.text) > 5 {
			c.take(extract.Doubled, l)
			continue
		}
		out = append(out, l)
	}
	return out
}
