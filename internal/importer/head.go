package importer

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/source"
	"gongbao/internal/zh"
)

// headBound is how many lines may stand before the text.
const headBound = 25

var (
	// 关于扩大住房保障范围的通知(东建住保〔2016〕8号)
	titleNumber = regexp.MustCompile(`^(.*[\p{Han}》）)])\s*[（(]([^（）()]*号)[）)]$`)
	// 《甲办法》已经市人民政府常务会议通过，现予公布
	enacts = regexp.MustCompile(`^《(.+?)》(?:已经?|业经|经).*(?:现予|予以|现将其)(?:公布|发布|颁布)`)
	// 市 长 李再勇
	// 示财〔2010〕8号　　签发人：赵某 (GB/T 9704-2012 7.2.6)
	withSigner = regexp.MustCompile(`^(\S+号)[\s\p{Z}]+签发人[：:][\s\p{Z}]*([\p{Han}\s\p{Z}]{2,20})$`)
	signerLine = regexp.MustCompile(`^(?:\p{Han}{2,20}[部厅局委会署府])?((?:代理?|副)?(?:市|省|县|区|州|盟|旗|局|部|厅|署|委|镇|乡|会)?[\s\p{Z}]*(?:长|主任|主席|总理))[\s\p{Z}]+(\p{Han}{1,3}[\s\p{Z}]?\p{Han})$`)
	// 省长李某某, in an order.
	signerClose   = regexp.MustCompile(`^(?:\p{Han}{2,20}[部厅局委会署府])?((?:代)?(?:市长|省长|县长|区长|州长|盟长|部长|局长|厅长|署长|主任|主席|总理))(\p{Han}{2,3})$`)
	place         = regexp.MustCompile(`^(\p{Han}{1,8}?[省市县区州])`)
	ownGovernment = regexp.MustCompile(`(?:\P{Han}|日|经)([省市县区州])(?:人民)?政府`)
	placeless     = regexp.MustCompile(`^[省市县区州]?(?:人民)?政府$`) // 政府令〔2010〕第15号
	glued         = regexp.MustCompile(`^([^。；：:]{4,120}[：:])[\s\p{Z}]+(\S.{20,})$`)
	// 某市人民政府办公室关于 begins a title, but under 某市人民政府办公室转发.
	beginsTitle = regexp.MustCompile(`^\p{Han}{2,30}(?:政府|办公厅|办公室|委员会|国务院|局|厅|部)关于`)
	passesOn    = regexp.MustCompile(`(?:转发|批转|印发|落实|执行|《|〈|关于|[、，])$`)
	draftMark   = regexp.MustCompile(`^[（(](?:.*(?:征求意见稿|草案|送审稿|试行|暂行|修订|修正案).*)[）)]$`)
)

// header reads what stands before the text: the red head, the number, the
// title, and returns the index of the first line of the text. It takes nothing
// that could be text.
func (d *document) header(lines []line) int {
	end := headEnd(lines)
	d.issuerLast = -2 // none
	var title []line
	for i := 0; i < end; i++ {
		l := lines[i]
		text := strings.TrimSpace(l.text)
		switch {
		case d.numberIn(l, text):
			d.removed = append(d.removed, l.text)
		case title == nil && overAbout(lines[i:end]):
			title = append(title, l)
		case title == nil && d.redHead(text, i, l.n):
			d.removed = append(d.removed, l.text)
		case isMast(text):
			d.mast, d.order, d.red = text, true, true
			d.issuer(strings.TrimPrefix(strings.TrimSuffix(text, "令"), "中华人民共和国"), l.n)
			d.removed = append(d.removed, l.text)
		case text == "令" && title == nil && d.issuers != nil: // of several, one above the other
			d.mast, d.order, d.red = d.issuers[0]+"令", true, true
			d.removed = append(d.removed, l.text)
		case title == nil && source.IsBody(text) && len(d.issuers) > 0 && d.issuerLast == i-1 && d.issuerText == "" && i+1 < end && !strings.HasPrefix(lines[i+1].text, "关于"):
			d.issuers, d.issuerLast = append(d.issuers, text), i
			d.removed = append(d.removed, l.text)
		case title == nil && source.IsBody(text) && i+1 < end && !strings.HasPrefix(lines[i+1].text, "关于"):
			d.issuer(text, l.n)
			d.issuerLast = i
			d.removed = append(d.removed, l.text)
		case len(title) > 0 && i+1 < end && source.IsBody(text) && plausible(texts(title)): // who put it online, under the page's own title
			d.removed = append(d.removed, l.text)
		case dated(text):
			d.pairs = append(d.pairs, pair{"published", text, l.n})
			d.removed = append(d.removed, l.text)
		default:
			title = append(title, l)
		}
	}
	if left := d.titleOf(title); len(left) > 0 { // what stands under the title is text
		for end > 0 && lines[end-1].n >= left[0].n {
			end--
		}
	}
	d.enacted(lines[end:])
	return end
}

// redHead takes a line of the red head that ends in 文件. Of several that issue
// together it stands behind the lines of all, in the middle; a long name goes on
// from the line above.
func (d *document) redHead(text string, i, n int) bool {
	name, ok := strings.CutSuffix(text, "文件")
	name = strings.TrimSpace(name)
	switch {
	case !ok:
		return false
	case strings.HasPrefix(name, "办公") && len(d.issuers) == 1 && d.issuerLast == i-1 && source.IsBody(d.issuers[0]+name):
		d.issuers[0] += name
	case !source.IsBody(name):
		return false
	case d.issuers != nil && d.issuerLast == i-1 && d.issuerText == "":
		d.issuers = append(d.issuers, name)
	default:
		d.issuer(name, n)
	}
	d.red, d.issuerLast = true, i
	return true
}

// areBodies reports whether a line names public bodies and says no more.
func areBodies(text string) bool {
	names := strings.Fields(text)
	for _, n := range names {
		if !source.IsBody(n) {
			return false
		}
	}
	return len(names) > 0
}

// overAbout reports whether lines begin with those that issue together, one over
// the other, and 关于 under them: a title.
func overAbout(lines []line) bool {
	for i, l := range lines {
		if strings.HasPrefix(l.text, "关于") {
			return i > 0
		}
		if !areBodies(l.text) {
			return false
		}
	}
	return false
}

// headEnd returns the index of the first line that is text.
func headEnd(lines []line) int {
	titleEnd := 0
	for i, l := range lines {
		text := l.text
		n := utf8.RuneCountInString(text)
		switch {
		case i >= headBound:
			return titleEnd
		case l.block != nil, markup.Numbered(text) && !endsTitle(text), strings.ContainsAny(text, "。；"),
			n > 60 && strings.ContainsAny(text, "，："),
			(strings.HasSuffix(text, "：") || strings.HasSuffix(text, ":")) && n > 3,
			i > 0 && markup.IsAmendmentLine(text) && !draftMark.MatchString(text),
			strings.HasPrefix(text, "《") && enacts.MatchString(joined(lines[i:])),
			signerLine.MatchString(text):
			return i
		}
		if titleEnd == 0 && n > 6 && plausible(texts(lines[max(0, i-2):i+1])) {
			titleEnd = i + 1
		}
	}
	return titleEnd
}

// joined is the beginning of a text whose lines are broken.
func joined(lines []line) string {
	var b strings.Builder
	for i := 0; i < len(lines) && i < 4; i++ {
		b.WriteString(lines[i].text)
	}
	return b.String()
}

// isMast reports 东莞市人民政府令.
func isMast(text string) bool {
	name, ok := strings.CutSuffix(text, "令")
	return ok && source.IsBody(name)
}

func (d *document) issuer(name string, n int) {
	if d.issuers == nil {
		d.issuers, d.issuerLine = []string{name}, n
	}
}

// numberIn takes a number that stands on a line of its own, maybe in brackets:
// 第 138 号 under the name of an order is completed by it.
func (d *document) numberIn(l line, text string) bool {
	if m := withSigner.FindStringSubmatch(text); m != nil {
		if _, ok := gazette.ParseNumber(m[1]); ok {
			text, d.signedBy = m[1], pair{"signer", squeeze(m[2]), l.n}
		}
	}
	text = strings.TrimSpace(strings.Trim(text, "（）()"))
	n, ok := gazette.ParseNumber(text)
	if !ok {
		return false
	}
	if d.number != "" {
		return true // it stands there twice
	}
	d.number, d.numberLine = text, l.n
	if n.Order && n.Series == "" && d.mast != "" {
		d.number = d.mast + text
	}
	d.order = d.order || n.Order
	return true
}

// titleOf takes the title out of the lines that are left of a head, and returns
// those under it. Lines above it may be menus; it is the lowest that can be one,
// with those above that it goes on from.
func (d *document) titleOf(parts []line) []line {
	if len(parts) == 0 {
		return nil
	}
	last := len(parts) - 1
	for last > 0 && !plausible(texts(parts[:last+1])) && plausible(texts(parts[:last])) {
		last--
	}
	first := last
	for first > 0 && last-first < 5 && goesOn(parts[first-1].text, parts[first].text) {
		first--
	}
	for _, l := range parts[:first] {
		d.removed = append(d.removed, l.text)
	}
	text := unwrapped(d.together(joinTitle(texts(parts[first : last+1]))))
	d.titleLine = parts[first].n
	d.removed = append(d.removed, texts(parts[first:last+1])...)
	if m := titleNumber.FindStringSubmatch(text); m != nil {
		if _, ok := gazette.ParseNumber(m[2]); ok {
			text = m[1]
			if d.number == "" {
				d.number, d.numberLine = m[2], d.titleLine
			}
		}
	}
	d.title = text
	return parts[last+1:]
}

// unwrapped is a title without the brackets that a page set around all of it;
// those inside become what they were: 《关于印发〈甲办法〉的通知》.
func unwrapped(text string) string {
	inner, opens := strings.CutPrefix(text, "《")
	inner, closes := strings.CutSuffix(inner, "》")
	if !opens || !closes || strings.ContainsAny(inner, "《》") || !strings.Contains(inner, "关于") {
		return text
	}
	return strings.NewReplacer("〈", "《", "〉", "》").Replace(inner)
}

// joinTitle joins the lines of a title; between those that issue it stays a space.
func joinTitle(lines []string) string {
	text := lines[0]
	for i, l := range lines[1:] {
		if areBodies(lines[i]) && areBodies(l) {
			text += " " + l
		} else {
			text = zh.JoinLines([]string{text, l})
		}
	}
	return text
}

// together is a title without the spaces of its layout; those between several
// issuers stay.
func (d *document) together(text string) string {
	i := strings.Index(text, "关于")
	if i <= 0 {
		return zh.CollapseSpace(text)
	}
	names := strings.Fields(text[:i])
	for _, n := range names {
		if !source.IsBody(n) {
			return zh.CollapseSpace(text)
		}
	}
	if len(names) < 2 {
		return zh.CollapseSpace(text)
	}
	d.joint = names
	return strings.Join(names, " ") + zh.CollapseSpace(text[i:])
}

// plausible reports whether lines together end as a title does.
func plausible(parts []string) bool {
	if len(parts) == 0 {
		return false
	}
	last := parts[len(parts)-1]
	for k := len(parts) - 1; k >= max(0, len(parts)-3); k-- { // 关于 may stand on a line above
		if endsTitle(strings.Join(parts[k:], "")) {
			return true
		}
	}
	return draftMark.MatchString(last) || strings.Contains(last, "解读") || strings.HasSuffix(last, "问")
}

// goesOn reports whether a title goes on from one line to the next.
func goesOn(above, below string) bool {
	n := utf8.RuneCountInString(above)
	switch {
	case draftMark.MatchString(below):
		return true
	case n < 5 || n > 60 || strings.ContainsAny(above, "|>＞:：©"):
		return false
	case endsTitle(above) && !strings.HasSuffix(above, "关于"):
		return false
	case beginsTitle.MatchString(below) && !areBodies(above) && !passesOn.MatchString(above):
		return false // a line of the page
	}
	return !source.IsBody(above) || strings.HasPrefix(below, "关于") || areBodies(below)
}

// enacted reads what the sentence of an order says: the title of what it
// promulgates, where no other title stands there.
func (d *document) enacted(lines []line) {
	m := enacts.FindStringSubmatch(joined(lines))
	if m == nil {
		return
	}
	if name, ok := strings.CutSuffix(d.title, "公告"); ok && strings.Contains(name, "人民代表大会") { // 立法法第五十八条: no order
		d.issuers, d.issuerLine, d.issuerText, d.order = []string{name}, d.titleLine, "", false
		if n, ok := gazette.ParseNumber(d.number); ok && n.Series == "" {
			d.number = d.title + d.number
		}
		d.title, d.titleLine = zh.CollapseSpace(m[1]), lines[0].n
		return
	}
	d.order = true
	if d.title == "" || isMast(d.title) {
		d.title, d.titleLine = zh.CollapseSpace(m[1]), lines[0].n
	}
	if d.issuers != nil {
		return
	}
	if n, ok := gazette.ParseNumber(d.number); ok && n.Order {
		if name := strings.TrimPrefix(strings.TrimSuffix(n.Series, "令"), "中华人民共和国"); source.IsBody(name) && !placeless.MatchString(name) {
			d.issuer(name, d.numberLine)
			return
		}
	}
	// 市人民政府 of the sentence is that of the place in the title.
	if p, g := place.FindStringSubmatch(d.title), ownGovernment.FindStringSubmatch(joined(lines)); p != nil && g != nil && strings.HasSuffix(p[1], g[1]) {
		d.issuer(p[1]+"人民政府", lines[0].n)
		d.issuerText = "《" + m[1] + "》"
	}
}
