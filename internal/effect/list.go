package effect

import (
	"strings"
	"unicode/utf8"

	"gongbao/internal/gazette"
	"gongbao/internal/markup"
)

// A listing is what a cleanup decision says of the documents in its lists.
type listing struct {
	cleanup   bool                 // a decision that sorts many documents
	result    bool                 // a published decision or result, not the order to make one
	sorted    bool                 // a heading or sentence has said what its lists are of
	titleKind gazette.RelationKind // what the title says is done to those listed
	listFrom  When                 // 废止的文件自…起停止执行
	listUntil End                  // 附件所列文件有效期延长至…
	list      listState
}

// listState is what a cleanup decision is listing at the moment.
type listState struct {
	kind    gazette.RelationKind // "" outside a list
	from    When
	until   End
	via     string
	plan    bool // 拟修改: nothing happens yet
	loose   bool // not said plainly: what is listed is for a person
	other   bool // a heading says that what follows is another matter
	assumed bool // nothing but the title says what is listed
	firm    bool // a sentence of known form introduces it: 下列文件同时废止
}

// isCleanup reports whether a title is that of a decision that sorts documents
// (standards §5.3 D, no. 59).
func isCleanup(title string) bool {
	if strings.Contains(title, "清理") && !strings.Contains(title, "清理整顿") {
		return true
	}
	if n, _ := firstOf(title, []string{"废止", "失效", "继续有效", "有效期", "停止执行"}); n < 0 {
		return false
	}
	n, _ := firstOf(title, []string{"一批", "部分", "若干", "等", "目录", "文件的", "规章的", "决定", "通知", "公告"})
	return n >= 0
}

// isResult reports whether a title is that of a result: 关于公布清理结果的通知, 关于废止…的
// 决定, and not of the order to clean up, of a plan or of a draft.
func isResult(title string) bool {
	if i, _ := firstOf(title, []string{"清理结果", "废止", "失效", "继续有效", "有效期", "停止执行", "清理目录", "有效目录", "清理情况"}); i < 0 && title != "" {
		return false
	}
	i, _ := firstOf(title, []string{"开展", "做好", "征求", "征集", "拟", "方案", "计划", "部署", "工作的通知", "清理工作", "草案", "初稿", "预公告", "请示", "议案", "报告", "解读", "撤销", "不予", "有关事项", "说明", "提请", "报请", "立法", "程序", "意见稿", "报送", "组织"})
	return i < 0
}

// dispositionOf reads 清理意见 out of a heading or a cell. plan marks 拟修改.
func dispositionOf(t string) (kind gazette.RelationKind, via string, plan, ok bool) {
	type word struct {
		w    string
		kind gazette.RelationKind
	}
	var found []word
	for _, x := range []word{
		{"有效期延长", gazette.Extends}, {"有效期延续", gazette.Extends}, {"延续有效期", gazette.Extends}, {"延长部分", gazette.Extends},
		{"继续有效", gazette.Continues}, {"继续执行", gazette.Continues}, {"现行有效", gazette.Continues}, {"保留", gazette.Continues}, {"延长有效期", gazette.Extends},
		{"废止", gazette.Repeals}, {"停止执行", gazette.Repeals}, {"失效", gazette.Lapses}, {"修改", gazette.Amends}, {"修订", gazette.Amends},
	} {
		if strings.Contains(t, x.w) {
			found = append(found, x)
		}
	}
	if len(found) == 0 && trimSpace(t) == "有效" {
		return gazette.Continues, "有效", false, true
	}
	if len(found) == 2 && found[0].kind == gazette.Extends && found[1].kind == gazette.Continues {
		found = found[:1]
	}
	if len(found) == 2 && ends(found[0].kind) && ends(found[1].kind) {
		found[0].kind, found[1].kind = gazette.Repeals, gazette.Repeals // 废止和宣布失效的文件目录
	}
	if len(found) == 2 && found[0].kind == found[1].kind {
		found = found[:1] // 予以废止，停止执行
	}
	if len(found) != 1 {
		return "", "", false, false
	}
	if found[0].kind == gazette.Amends {
		return gazette.Amends, found[0].w, true, true
	}
	return found[0].kind, found[0].w, false, true
}

// listBlock handles headings, introductions and items of lists. It reports
// whether the block is done with.
func (r *reader) listBlock(b *markup.Block, text, anchor string) bool {
	t := trimSpace(text)
	if b.Role == markup.AttachmentTag {
		r.list = listState{}
		if !r.sorted {
			r.list = listState{kind: r.titleKind, via: string(r.titleKind), assumed: true}
		}
		return true
	}
	if r.cleanup && r.listHeading(b, t) {
		return true
	}
	if r.intro(b, t, anchor) {
		return false // it may state a time of its own
	}
	if r.list.kind == "" && !r.list.plan || t == "" || isCaption(t) || subHeading(t) {
		return false
	}
	if rest, ok := strings.CutPrefix(t, "理由："); ok && reasonCell(strings.TrimRight(rest, "。")) {
		return true
	}
	switch r.item(b, text, t, anchor) {
	case itemTaken:
		return true
	case noItem:
		r.list = listState{} // the text goes on: what follows is another matter
	}
	return false
}

// What item makes of a block.
type itemKind uint8

const (
	noItem    itemKind = iota // it is no item: the list is over
	itemOwn                   // an item that says itself what happens
	itemTaken                 // an item, read
)

// intro reads 决定废止下列文件：, 下列文件自2021年1月1日起废止：.
func (r *reader) intro(b *markup.Block, t, anchor string) bool {
	if !r.cleanup && strings.HasPrefix(anchor, "art_") {
		return false // 有下列情形之一的，许可证失效： in the articles of a law
	}
	if !strings.HasSuffix(t, "：") && !strings.HasSuffix(t, ":") && !strings.HasSuffix(t, "。") {
		return false
	}
	n, _ := firstOf(t, []string{"下列", "以下", "如下"})
	if n < 0 || strings.Contains(t, "《") && !r.cleanup {
		return false
	}
	if strings.Contains(t, "除下列") || strings.Contains(t, "除以下") {
		r.list = listState{} // the exceptions
		return false
	}
	mask, _ := blot(t)
	// The last sentence introduces the list.
	body := strings.TrimRight(mask, "：:。")
	if i := strings.LastIndex(body, "。"); i >= 0 {
		body = body[i+len("。"):]
	}
	if n, _ := firstOf(body, []string{"下列", "以下", "如下"}); n < 0 || conditional(body) || !listsDocuments(body) || otherMatter(body) && !officialListIntro(body+"：") && !officialListIntro(t) {
		return false
	}
	said := body
	if i := strings.LastIndex(body, "，"); i >= 0 {
		if n, _ := firstOf(body[i:], []string{"下列", "以下", "如下"}); n >= 0 {
			said = body[i+len("，"):] // 经对现行有效的文件进行清理，决定废止下列文件
		}
	}
	kind, via, plan, ok := dispositionOf(said)
	if !ok {
		kind, via, plan, ok = dispositionOf(body)
	}
	if !ok || plan || kind == gazette.Continues && !strings.Contains(body, "文件") {
		return false
	}
	s := &sentence{text: body, mask: body}
	s.parse()
	r.sorted = true
	r.list = listState{kind: kind, via: via, loose: r.loose || !keeps(kind) && !officialListIntro(t), firm: !r.cleanup && officialListIntro(t)}
	if _, w, _, ok := r.timeIn(s, 0, len(body)); ok {
		r.list.from = w
	}
	if keeps(kind) {
		r.list.until = termIn(body)
	}
	return true
}

// termIn reads the new last day or the added length that a heading, an
// introduction or an item names: 有效期延长5年, 延长至2025年12月31日.
func termIn(t string) End {
	s := &sentence{text: t, mask: t}
	if e := s.lastDay(); !e.IsZero() {
		return e
	}
	for _, v := range extendVerb.FindAllStringIndex(t, -1) {
		if e, ok := (&reader{}).newEnd(s, v[0], t[v[0]:v[1]]); ok {
			return e
		}
	}
	return End{}
}

// announces reports whether a line may introduce a list of documents that end.
func announces(t string) bool {
	i, _ := firstOf(t, []string{"下列", "以下", "如下"})
	j, _ := firstOf(t, []string{"废止", "失效", "停止"})
	return i >= 0 && j >= 0
}

// otherMatter reports whether a sentence that names documents and a
// disposition is about something else: who follows it up, what it rests on.
func otherMatter(body string) bool {
	i, _ := firstOf(body, []string{"负责", "依据", "按照", "参照", "衔接", "要求", "落实", "拟", "建议", "不予", "研究", "制定", "修订", "部门", "办理"})
	return i >= 0
}

// listsDocuments reports whether what 下列 announces are documents.
func listsDocuments(body string) bool {
	for _, w := range []string{"下列", "以下", "如下"} {
		if i := strings.Index(body, w); i >= 0 {
			near := body[max(0, i-60):min(len(body), i+60)]
			if n, _ := firstOf(near, []string{"文件", "规章", "法规", "目录", "政策"}); n >= 0 {
				return !strings.Contains(body, "情形")
			}
		}
	}
	return false
}

// item reads one item of a list: 1.《A》（示府发〔2010〕5号）, also without 《》.
func (r *reader) item(b *markup.Block, text, t, anchor string) itemKind {
	if b.Kind == markup.Heading {
		return noItem
	}
	body := trimNumber(t)
	numbered := len(body) < len(t) || b.Kind == markup.Item
	if !numbered && !strings.HasPrefix(t, "《") {
		return noItem
	}
	mask, titles := blot(text)
	s := &sentence{text: text, mask: mask, titles: titles, line: b.Line, anchor: anchor}
	ts := s.targets()
	if n, _ := firstOf(mask, []string{"废止", "失效", "停止执行", "修改为"}); n >= 0 && len(ts) > 0 && r.list.kind != gazette.Continues {
		return itemOwn
	}
	st := Statement{Place: s.place(), Kind: r.list.kind, From: r.list.from, Until: r.list.until, Via: r.list.via, Closed: (r.result || r.list.firm) && !r.list.loose && !hasNote(b), Listed: true}
	if len(ts) > 0 && !startsItem(mask[:ts[0].start]) {
		return noItem // 各单位要认真执行《A》
	}
	switch {
	case len(ts) == 0:
		title := strings.TrimRight(body, "。；;，, ")
		if !titleLike(title) || groups.MatchString(t) {
			return noItem
		}
		st.Title = title
	case ts[0].title == "":
		// Without 《》: the title stands before the number in brackets.
		head := trimNumber(trimSpace(text[:ts[0].start]))
		head = strings.TrimRight(strings.TrimRight(trimSpace(head), "（(，, 　"), " 　")
		if titleLike(head) {
			st.Title = head
		}
		st.Number = ts[0].number
	default:
		st.Title, st.Number, st.Issued, st.Issuer, st.Year = ts[0].title, ts[0].number, ts[0].issued, ts[0].issuer, ts[0].year
		if outer := trimNumber(trimSpace(text[:ts[0].start])); strings.Contains(outer, "关于") {
			// 关于印发《A》的通知（…）: the whole is the title.
			whole := trimSpace(body)
			if len(ts) > 1 && ts[1].title == "" {
				st.Number = ts[1].number
			}
			if i := strings.LastIndexAny(whole, "（("); i > 0 && st.Number != "" {
				whole = whole[:i]
			}
			st.Title = strings.TrimRight(trimSpace(whole), "。；;，,")
		}
	}
	if st.Title == "" && st.Number == "" || r.list.plan {
		return itemTaken
	}
	reason := len(ts) > 0 && ends(st.Kind) && startsWith(trimLeft(text[ts[0].end:]), "，", ",") > 0 && reasonCell(strings.Trim(text[ts[0].end:], "，,。； "))
	if reason {
		ts = ts[:1] // 《A》，已被《B》替代
	}
	if len(ts) > 0 {
		if inner := text[ts[len(ts)-1].start:ts[len(ts)-1].end]; ends(st.Kind) && !bracketKnown(text) {
			st.Closed = false
			sub := &sentence{text: inner, mask: inner}
			if _, w, _, ok := r.timeIn(sub, 0, len(inner)); ok && strings.Contains(inner, "起") {
				st.From = w
			}
		}
		if !reason {
			r.behind(&st, mask[ts[len(ts)-1].end:])
			st.Closed = st.Closed && (keeps(st.Kind) || officialBehind(text[ts[len(ts)-1].end:]))
		}
	}
	if e := s.lastDay(); !e.IsZero() {
		st.Until = e
	} else if keeps(st.Kind) && len(ts) > 0 {
		if e := termIn(s.mask[ts[len(ts)-1].end:]); !e.IsZero() {
			st.Until = e
		}
	}
	r.listed(st)
	return itemTaken
}

// itemOrigin is how an item may describe its document before the title:
// 1998年5月市政府发布的.
var itemOrigin = forms(`[\p{Han}\d〔〕（）、]*` + formMade + `的`)

// startsItem reports whether only a number, 原, or the outer part of a title
// (关于印发) stands before the document of an item.
func startsItem(lead string) bool {
	t := trimSpace(trimNumber(strings.TrimLeft(lead, " \t　")))
	return t == "" || t == "原" || t == "（" || strings.Contains(t, "关于") || itemOrigin.MatchString(compactForm(t)) || titleLike(strings.TrimRight(t, "（( "))
}

// behind looks at what stands behind the document of an item: nothing, a
// bracket or its new end leave it whole; 第五条 makes it a part, and anything
// else a matter for a person.
func (r *reader) behind(st *Statement, rest string) {
	t := strings.Trim(trimSpace(rest), "。；;，,、的通知）)》 ")
	for startsWith(t, "（", "(") > 0 {
		i := strings.IndexAny(t, "）)")
		if i < 0 {
			break
		}
		_, w := utf8.DecodeRuneInString(t[i:])
		t = strings.TrimLeft(t[i+w:], " 。；;，,")
	}
	if t == "" || hasSpan(t) && !strings.Contains(t, "废止") || st.Kind == gazette.Continues && (t == "继续有效" || t == "继续执行" || t == "继续施行") {
		return
	}
	if p, ok := partOf(t); ok {
		st.Part, st.Articles = true, p
	}
	st.Closed = false
}

// listed adds an item; a kept document with a new last day is an extension.
func (r *reader) listed(st Statement) {
	if st.Kind == gazette.Continues && !st.Until.IsZero() {
		st.Kind = gazette.Extends
	}
	r.add(st)
}

// keeps reports whether a disposition lets a document go on: a wrong one harms
// less than a wrong end.
func keeps(k gazette.RelationKind) bool {
	return k == gazette.Continues || k == gazette.Extends
}

// ends reports whether a statement ends a document.
func ends(k gazette.RelationKind) bool {
	return k == gazette.Repeals || k == gazette.Replaces || k == gazette.Lapses
}

// titleLike reports whether a text without 《》 can be the title of a document.
func titleLike(t string) bool {
	n := utf8.RuneCountInString(t)
	if n < 5 || n > 120 || strings.ContainsAny(t, "。；") {
		return false
	}
	u := t
	for strings.HasSuffix(u, "）") || strings.HasSuffix(u, ")") {
		i := strings.LastIndexAny(u, "（(")
		if i <= 0 {
			break
		}
		u = trimSpace(u[:i])
	}
	return endsIn(u, "通知", "办法", "规定", "意见", "细则", "方案", "条例", "决定", "通告", "公告", "批复", "函", "规则", "措施", "规划", "规程", "制度", "标准", "规范", "章程", "预案", "目录", "计划", "令", "要点") > 0
}
