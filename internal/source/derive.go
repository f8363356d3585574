package source

import (
	"regexp"
	"slices"
	"strings"

	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/zh"
)

// An Evidence is where a derived value stands in the text. Confidence is 0 to
// 1: 1 for a place that the form of official documents fixes (the number under
// the title), less for what is concluded.
type Evidence struct {
	Text       string
	Line       int
	Confidence float64
}

// Derived is what the text of a document says about itself, with the evidence
// for each field by its front matter key.
type Derived struct {
	Document gazette.Document
	Evidence map[string]Evidence
}

func (d *Derived) note(key, text string, line int, confidence float64) {
	d.Evidence[key] = Evidence{strings.TrimSpace(text), line, confidence}
}

// Derive reads title, number, class, kind, form, issuers, dates, addressees,
// disclosure and attachments out of a parsed document. It invents nothing:
// what the text does not say stays empty.
func Derive(t *markup.Tree) Derived {
	d := Derived{Evidence: map[string]Evidence{}}
	doc := &d.Document
	var names []string
	adopted, annexed := false, false
	t.Walk(func(b *markup.Block) {
		if annexed = annexed || b.Role == markup.AttachmentTag; annexed && (b.Role == markup.Signature || b.Role == markup.SigningDate) {
			return // of what is attached
		}
		text := strings.TrimSpace(b.PlainText())
		switch b.Role {
		case markup.TitleLine:
			if doc.Title == "" {
				doc.Title = zh.CollapseSpace(text)
				d.note("title", text, b.Line, 1)
			}
		case markup.NumberLine:
			if doc.Number == "" {
				doc.Number = strings.Trim(text, "（）()")
				d.note("number", text, b.Line, 1)
			}
		case markup.Amendment:
			d.amendment(text, b.Line)
			adopted = !doc.Signed.IsZero()
		case markup.Addressees:
			if doc.Addressees == nil {
				doc.Addressees = splitAddressees(text)
				d.note("addressees", text, b.Line, 1)
			}
		case markup.Signature:
			if doc.Signed.IsZero() || adopted { // who signs behind the date signs something else
				names = append(names, zh.CollapseSpace(text))
				d.note("issuers", strings.Join(names, " "), b.Line, 0.9)
			}
		case markup.SigningDate:
			if doc.Signed.IsZero() || adopted { // the signature counts more than when a meeting adopted it
				adopted = false
				if m, ok := zh.ScanDate(text); ok {
					doc.Signed = gazette.FromZh(m)
					d.note("signed", text, b.Line, 1)
				}
			}
		case markup.CopyTo:
			if doc.CopyTo == nil {
				d.note("copy_to", text, b.Line, 1)
			}
			doc.CopyTo = append(doc.CopyTo, splitCopies(strings.TrimLeft(strings.TrimPrefix(text, "抄送"), "：: "))...)
		case markup.PrintedBy:
			if ms := zh.FindDates(text); len(ms) > 0 {
				doc.Printed = gazette.FromZh(ms[len(ms)-1])
				d.note("printed", text, b.Line, 1)
			}
		case markup.Note, markup.Disclosure:
			if v := disclosure(text); v != "" && doc.Disclosure == "" {
				doc.Disclosure = v
				d.note("disclosure", text, b.Line, 1)
			}
			if strings.Contains(text, "有删减") {
				doc.Abridged = true
				d.note("abridged", text, b.Line, 1)
			}
		}
	})
	d.issuers(names)
	d.Finish()
	return d
}

// Finish concludes kind, form, class and issuers from the title. It must be
// called again when the title was set from elsewhere.
func (d *Derived) Finish() {
	doc := &d.Document
	if doc.Title == "" {
		return
	}
	if doc.Issuers == nil {
		d.issuers(nil)
	}
	doc.Kind, doc.Form = KindAndForm(doc.Title)
	doc.Class = classOf(doc)
	if doc.Class == gazette.Statute || doc.Class == gazette.Rule {
		doc.Kind = ""
	}
}

// TextDate returns the newest date of the 题注: the date of this text of the
// work. It is zero where there is no 题注.
func TextDate(t *markup.Tree) gazette.Date {
	var last gazette.Date
	for _, b := range t.Blocks {
		if b.Role != markup.Amendment {
			continue
		}
		text := b.PlainText()
		for _, m := range zh.FindDates(text) {
			if act := strings.TrimSpace(text[m.End:]); act == "施行" || act == "起施行" {
				continue // when it takes effect, not when it was made
			}
			if d := gazette.FromZh(m); d.After(last) {
				last = d
			}
		}
	}
	return last
}

// disclosure reads the attribute out of （此件公开发布）, （此件可依申请公开）,
// 信息公开选项：主动公开 (standards §6.4).
func disclosure(text string) gazette.Disclosure {
	switch {
	case strings.Contains(text, "不予公开"), strings.Contains(text, "不公开"):
		return gazette.NotPublic
	case strings.Contains(text, "依申请公开"):
		return gazette.OnRequest
	case strings.Contains(text, "主动公开"), strings.Contains(text, "公开发布"):
		return gazette.Public
	}
	return ""
}

// amendment reads a 题注: the first adoption is the signing, the first
// publication the promulgation.
func (d *Derived) amendment(text string, line int) {
	doc := &d.Document
	dates := zh.FindDates(text)
	for i, m := range dates {
		date := gazette.FromZh(m)
		if date.IsZero() {
			continue
		}
		act := text[m.End:]
		if i+1 < len(dates) {
			act = text[m.End:dates[i+1].Start]
		}
		if i := strings.IndexAny(act, "，；;。"); i > 0 {
			act = act[:i]
		}
		amends := strings.Contains(act, "修正") || strings.Contains(act, "修订") || strings.Contains(act, "修改") || strings.Contains(act, "废止")
		switch {
		case amends:
		case strings.TrimSpace(act) == "施行" || strings.TrimSpace(act) == "起施行":
			if doc.Effective.IsZero() {
				doc.Effective = date
				d.note("effective", text, line, 0.9)
			}
		case strings.Contains(act, "通过") || strings.Contains(act, "批准"):
			if doc.Signed.IsZero() {
				doc.Signed = date
				d.note("signed", text, line, 0.9)
			}
		case strings.Contains(act, "公布") || strings.Contains(act, "发布") || strings.Contains(act, "颁布"):
			if doc.Promulgated.IsZero() {
				doc.Promulgated = date
				d.note("promulgated", text, line, 0.9)
			}
		}
		d.adopter(act, text, line, amends)
		d.order(act, text, line, amends)
	}
}

// adopter reads who adopted: the body before 第N次会议通过, 令, 发布 or 公布.
func (d *Derived) adopter(act, text string, line int, amends bool) {
	if amends || d.Document.Issuers != nil || strings.Contains(act, "批准") {
		return // who approves a text is not its issuer
	}
	name := strings.TrimSpace(strings.TrimLeft(act, " 　由经，"))
	end := -1
	for _, stop := range []string{"第", "令", "发布", "公布", "颁布", "批准", "通过", "常务会议", "公告"} {
		if i := strings.Index(name, stop); i > 0 && (end < 0 || i < end) {
			end = i
		}
	}
	if end <= 0 {
		return
	}
	// 北京市第十五届人民代表大会常务委员会第十八次会议
	if head := name[:end]; strings.HasPrefix(name[end:], "第") && strings.Contains(name, "届") {
		if i := strings.Index(name, "届"); i > end {
			rest := name[i+len("届"):]
			if j := strings.Index(rest, "第"); j > 0 {
				name, end = head+rest[:j], len(head)+j
			}
		}
	}
	for _, n := range strings.Split(name[:end], "、") {
		n = strings.TrimSpace(n)
		if short := strings.TrimPrefix(n, "中华人民共和国"); IsBody(short) {
			n = short
		}
		if IsBody(n) {
			d.Document.Issuers = append(d.Document.Issuers, n)
		}
	}
	if d.Document.Issuers != nil {
		d.note("issuers", text, line, 0.8)
	}
}

// order reads the number of the order that promulgated the text.
func (d *Derived) order(act, text string, line int, amends bool) {
	if amends || d.Document.Number != "" {
		return
	}
	ns := gazette.FindNumbers(act)
	if len(ns) != 1 || ns[0].Number.Series == "" {
		return
	}
	if n := ns[0].Number; n.Order {
		d.Document.Number = n.Raw
		d.note("number", text, line, 0.9)
	} else if strings.HasSuffix(act[:ns[0].Start], "文件") || strings.Contains(n.Raw, "文件") { // 国务院办公厅文件国办发[2010]28号发布
		_, body, _ := strings.Cut("文件"+strings.TrimPrefix(n.Raw, "文件"), "文件")
		d.Document.Number = strings.TrimPrefix(body, "文件")
		d.note("number", text, line, 0.9)
	}
}

// issuers takes the signatures, else the body before 关于 in the title.
func (d *Derived) issuers(names []string) {
	doc := &d.Document
	for _, n := range names {
		for _, part := range strings.Fields(n) {
			if IsBody(part) {
				doc.Issuers = append(doc.Issuers, splitBodies(part)...)
			}
		}
	}
	seen := map[string]bool{}
	doc.Issuers = slices.DeleteFunc(doc.Issuers, func(n string) bool {
		again := seen[n]
		seen[n] = true
		return again
	})
	if len(doc.Issuers) > 0 || doc.Title == "" {
		return
	}
	if i := strings.Index(doc.Title, "关于"); i > 0 {
		for _, n := range strings.FieldsFunc(doc.Title[:i], func(r rune) bool { return r == ' ' || r == '、' || r == '　' }) {
			if IsBody(n) {
				doc.Issuers = append(doc.Issuers, splitBodies(n)...)
			}
		}
		if doc.Issuers != nil {
			d.note("issuers", doc.Title, d.Evidence["title"].Line, 0.8)
		}
	}
}

// KindAndForm reads 文种 and 文件形式 off a title: …关于印发示范市停车办法的通知 is
// a 通知 that prints a 办法.
func KindAndForm(title string) (kind, form string) {
	t := strings.TrimSpace(strings.TrimRight(zh.CollapseSpace(title), "》〉"))
	t = trimBracket(t)
	for _, k := range gazette.Kinds() {
		if strings.HasSuffix(t, k) && (strings.Contains(t, "关于") || k == "公告" || k == "通告" || k == "命令") {
			kind = k
			break
		}
	}
	if kind == "" && strings.HasSuffix(t, "令") {
		kind = "命令"
	}
	object := t
	if kind != "" {
		object = trimBracket(markup.InnerTitle(t))
	}
	for _, f := range gazette.Forms() {
		if strings.HasSuffix(object, f) && (kind == "" || f != "意见" || object != "") {
			form = f
			break
		}
	}
	return kind, form
}

// trimBracket drops （试行）, （暂行）, （2023—2025年） at the end of a title.
func trimBracket(t string) string {
	for strings.HasSuffix(t, "）") || strings.HasSuffix(t, ")") {
		i := max(strings.LastIndex(t, "（"), strings.LastIndex(t, "("))
		if i <= 0 {
			break
		}
		t = t[:i]
	}
	return t
}

// localOrder is an order of those that make no rules: governments of counties
// and towns (立法法第九十三条; 自治州 and cities with districts make them).
var localOrder = regexp.MustCompile(`[县旗乡镇](?:人民)?政府令`)

// classOf concludes the class from issuer, number and title; "" where it is
// open: whether a 通知 is 行政规范性文件 nobody can see from its form.
func classOf(doc *gazette.Document) gazette.Class {
	if n, ok := gazette.ParseNumber(doc.Number); ok && n.Order && !localOrder.MatchString(n.Series) {
		if strings.Contains(n.Series, "人民代表大会") {
			return gazette.Statute
		}
		if strings.Contains(n.Series, "国务院") && !strings.Contains(n.Series, "部") {
			return gazette.Statute
		}
		return gazette.Rule
	}
	for _, i := range doc.Issuers {
		if strings.Contains(i, "人民代表大会") || i == "国务院" && doc.Kind == "" && doc.Form != "" {
			return gazette.Statute
		}
	}
	if doc.Kind == "" && doc.Form == "条例" {
		return gazette.Statute
	}
	return ""
}
