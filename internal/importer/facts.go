package importer

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gongbao/internal/gazette"
	"gongbao/internal/source"
	"gongbao/internal/zh"
)

// value returns the first value of a key that is not empty.
func (d *document) value(key string) (pair, bool) {
	for _, p := range d.pairs {
		if p.key == key && p.value != "" {
			return p, true
		}
	}
	return pair{}, false
}

// facts takes number and title from what stood apart from the text, where the
// text itself has none.
func (d *document) facts() {
	if p, ok := d.value("number"); ok && d.number == "" {
		if _, valid := gazette.ParseNumber(p.value); valid {
			d.number, d.numberLine = p.value, p.n
		}
	}
	if p, ok := d.value("title"); ok && (d.title == "" || strings.Contains(p.value, d.title)) {
		d.title, d.titleLine = zh.CollapseSpace(p.value), p.n
	}
}

var (
	compact = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	clock   = regexp.MustCompile(`(\d{1,2}):(\d{2})(?::(\d{2}))?`)
)

// day reads a date as databases write it: 2015-02-13, 20150213, 2016年5月17日.
func day(s string) gazette.Date {
	if m := compact.FindStringSubmatch(strings.TrimSpace(s)); m != nil {
		s = m[1] + "-" + m[2] + "-" + m[3]
	}
	for _, m := range zh.FindDates(s) {
		if date := gazette.FromZh(m); date.Day > 0 {
			return date
		}
	}
	return gazette.Date{}
}

// moment reads a date with its time, where one is written.
func moment(s string) gazette.DateTime {
	t := gazette.DateTime{Date: day(s)}
	if m := clock.FindStringSubmatch(s); m != nil && !t.Date.IsZero() {
		h, _ := strconv.Atoi(m[1])
		min, _ := strconv.Atoi(m[2])
		if sec, _ := strconv.Atoi(m[3]); h < 24 && min < 60 && sec < 60 {
			t.Clock = pad(h) + ":" + pad(min) + ":" + pad(sec)
		}
	}
	return t
}

func pad(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// apart fills in what stood apart from the text, where the text says nothing.
func (d *document) apart(out *source.Derived) {
	doc := &out.Document
	note := func(key string, p pair, confidence float64) {
		out.Evidence[key] = source.Evidence{Text: p.value, Line: p.n, Confidence: confidence}
	}
	if p, ok := d.value("index"); ok && doc.Index == "" && len(p.value) < 60 {
		doc.Index = p.value
		note("index", p, 1)
	}
	if p, ok := d.value("signed"); ok && doc.Signed.IsZero() {
		if doc.Signed = day(p.value); !doc.Signed.IsZero() {
			note("signed", p, 0.8)
		}
	}
	if p, ok := d.value("published"); ok && doc.Published.Date.IsZero() {
		if doc.Published = moment(p.value); !doc.Published.Date.IsZero() {
			note("published", p, 0.9)
		}
	}
	if p, ok := d.value("topics"); ok && doc.Topics == nil {
		doc.Topics = []string{strings.Join(strings.Fields(p.value), " ")}
		note("topics", p, 0.8)
	}
	if p, ok := d.value("disclosure"); ok && doc.Disclosure == "" {
		for _, v := range []gazette.Disclosure{gazette.OnRequest, gazette.NotPublic, gazette.Public} {
			if strings.Contains(p.value, string(v)) {
				doc.Disclosure = v
				note("disclosure", p, 0.9)
				break
			}
		}
	}
	if p, ok := d.value("keywords"); ok && doc.Keywords == nil {
		for _, w := range strings.FieldsFunc(p.value, func(r rune) bool { return strings.ContainsRune(" 　,，;；、", r) }) {
			if says(w, d.title) {
				doc.Keywords = append(doc.Keywords, w)
			}
		}
		if doc.Keywords != nil {
			note("keywords", p, 0.8)
		}
	}
	if p, ok := d.value("result"); ok {
		letter, _, _ := strings.Cut(zh.Fold(p.value), "类")
		if _, reply := gazette.ParseReply(d.title); reply && slices.Contains(gazette.Results(), strings.ToUpper(strings.TrimSpace(letter))) {
			doc.Reply.Result = strings.ToUpper(strings.TrimSpace(letter))
			note("reply", p, 1)
		}
	}
	if p := d.speaker; p.value != "" && doc.Issuers == nil {
		doc.Issuers = []string{p.value}
		note("issuers", p, 0.8)
	}
	if p, ok := d.value("issuers"); ok && doc.Issuers == nil {
		for _, name := range strings.FieldsFunc(p.value, func(r rune) bool { return strings.ContainsRune(" 　,，;；、", r) }) {
			if source.IsBody(name) {
				doc.Issuers = append(doc.Issuers, name)
			}
		}
		if doc.Issuers != nil {
			note("issuers", p, 0.6) // the page may name who put it online
		}
	}
}

// says reports whether a keyword of a page says something of the document:
// pages list their own name, their title and 通知 公告 there too.
func says(word, title string) bool {
	return !slices.Contains(gazette.Kinds(), word) && !source.IsBody(word) && utf8.RuneCountInString(word) <= 12 && !strings.Contains(word, title)
}

// signer reads who signed an order: 市 长 李再勇.
func (d *document) signer(out *source.Derived) {
	if d.signedBy.value != "" {
		out.Document.Signer = d.signedBy.value
		out.Evidence["signer"] = source.Evidence{Text: d.signedBy.value, Line: d.signedBy.n, Confidence: 1}
		return
	}
	if !d.order || out.Document.Signer != "" {
		return
	}
	for _, b := range d.blocks[:min(len(d.blocks), 8)] {
		m := signerLine.FindStringSubmatch(b.text)
		if m == nil {
			m = signerClose.FindStringSubmatch(b.text)
		}
		if m != nil {
			out.Document.Signer = squeeze(m[2])
			out.Evidence["signer"] = source.Evidence{Text: b.text, Line: b.from[0][0].n, Confidence: 0.9}
			return
		}
	}
}

// enquiries is a telephone that the text gives for questions. A mobile telephone
// is a person's and is not taken.
var enquiries = regexp.MustCompile(`(?:联系|咨询|服务|办公)\s*电\s*话\s*[：:]?\s*(0\d{2,3}\s*[-—－–]?\s*[1-9]\d{6,7}|[2-9]\d{6,7}|1\d{4})(?:\D|$)`)

// another is a second telephone behind the first, in the same sentence.
var another = regexp.MustCompile(`^[^。\d]{0,30}[，、；,;/][^。\d]{0,12}(?:0\d{2,3}[-—－–]?)?\d{7,8}(?:\D|$)`)

// contact reads the one telephone for questions; of several none is chosen.
func (d *document) contact(out *source.Derived) {
	var found pair
	for _, b := range d.blocks {
		if strings.HasPrefix(b.text, "|") {
			continue
		}
		if strings.HasPrefix(b.text, "附件") && utf8.RuneCountInString(b.text) < 8 {
			break
		}
		for _, m := range enquiries.FindAllStringSubmatch(b.text, -1) {
			if strings.Count(b.text, m[1]) == 1 && another.MatchString(b.text[strings.Index(b.text, m[1])+len(m[1]):]) {
				return
			}
			if phone := strings.NewReplacer("—", "-", "－", "-", "–", "-").Replace(squeeze(m[1])); found.value == "" {
				found = pair{"contact", phone, begins(b.from[0], m[0])}
			} else if phone != found.value {
				return
			}
		}
	}
	if found.value != "" {
		out.Document.Contact = found.value
		out.Evidence["contact"] = source.Evidence{Text: found.value, Line: found.n, Confidence: 0.8}
	}
}

// conclude fills in what follows from the rest: an ordinary document that was
// 发布 on a day was made on that day, unless it says otherwise.
func (d *document) conclude(out *source.Derived) {
	doc := &out.Document
	if doc.Signed.IsZero() && !doc.Promulgated.IsZero() && doc.Kind != "" && doc.Class == "" {
		doc.Signed = doc.Promulgated
		e := out.Evidence["promulgated"]
		e.Confidence = 0.7
		out.Evidence["signed"] = e
	}
	if p, ok := d.value("origin"); ok && doc.Issuers == nil && source.IsBody(p.value) && d.title != "" {
		if kind, _ := d.sort(); kind != gazette.TypeDocument { // who explains is who put it online
			doc.Issuers = []string{p.value}
			out.Evidence["issuers"] = source.Evidence{Text: p.value, Line: p.n, Confidence: 0.7}
		}
	}
}

// presents is who speaks in the first sentences: …，某办公室现将…公布.
var presents = regexp.MustCompile(`(?:^|[，。；])(\p{Han}{4,24})现将`)

// said reads what the text itself says of number and issuer, where the head has
// neither: a number on a line of its own, and who presents the text.
func (d *document) said(lines []line) {
	_, last := running(lines)
	listed := false // 请参照执行下列文件：
	for i, l := range lines {
		if l.block != nil {
			continue
		}
		listed = listed || strings.HasSuffix(l.text, "：") && i > 0 || strings.HasPrefix(l.text, "附件")
		text, ofPage := strings.CutSuffix(l.text, "附件下载") // by the number pages call the file of the document
		text = strings.TrimSpace(text)
		if n, ok := gazette.ParseNumber(text); ok && d.number == "" && n.Series != "" && !n.Order && (ofPage || !listed && (i < 3 || i > last)) {
			d.number, d.numberLine = text, l.n
		}
		if m := presents.FindStringSubmatch(l.text); m != nil && i < 4 && d.issuers == nil && source.IsBody(m[1]) {
			d.speaker = pair{"issuers", m[1], l.n}
		}
	}
}
