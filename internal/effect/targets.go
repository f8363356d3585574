package effect

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gongbao/internal/gazette"
	"gongbao/internal/zh"
)

// A target is a document that a sentence names: by title, by number or both.
type target struct {
	start, end int // of the title or number, with the number in brackets behind it
	title      string
	number     string
	issued     gazette.Date
	year       int
	issuer     string
}

// targets returns the documents that a sentence names, in order. A number in
// brackets behind a title, or that of the order which issued it before it
// (公安部令第104号公布的《…》), belongs to the title. Numbers of amending orders are
// left out.
func (s *sentence) targets() []target {
	if !s.named {
		s.named, s.found = true, s.findTargets()
	}
	return s.found
}

func (s *sentence) findTargets() []target {
	s.parse()
	used := make([]bool, len(s.numbers))
	var out []target
	low := 0
	for _, t := range s.titles {
		if isCertificate(t.Title) || t.Start < low {
			continue // a form; or a title in the bracket behind another
		}
		x := target{start: t.Start, end: t.End, title: t.Title}
		bracket := bracketAfter(s.mask, t.End)
		for i, n := range s.numbers {
			switch {
			case n.Start >= t.Start && n.End <= t.End:
				used[i] = true // in the title
			case n.Start >= t.End && n.End <= bracket && x.number == "":
				x.number, used[i] = n.Number.Raw, true
			case n.Start >= low && n.End <= t.Start && !used[i]:
				if issues(s.mask[n.End:t.Start]) {
					x.number, used[i] = n.Number.Raw, true
				} else if amendsGap(s.mask[n.End:t.Start]) {
					used[i] = true
				}
			}
		}
		x.end = max(x.end, bracket)
		for _, d := range s.dates {
			if timed(s.text, d.Start, d.End) {
				continue // 自2021年1月1日起: when it ends, not when it was made
			}
			if d.Day == 0 && d.Start >= low && d.End <= t.Start && x.year == 0 && made(s.mask[d.End:t.Start]) {
				x.year = d.Year
			}
			if d.Day > 0 && (d.Start >= low && d.End <= t.Start && !strings.Contains(s.mask[d.End:t.Start], "起施行") || d.Start >= t.End && d.End <= bracket) {
				if x.issued = gazette.FromZh(d); !x.issued.IsZero() {
					end := t.Start
					if d.Start >= t.End {
						end = x.end
					}
					x.issuer = makerIn(s.text[d.End:end])
					break
				}
			}
		}
		if x.issuer == "" && x.issued.IsZero() {
			lead := s.mask[max(low, clauseStart(s.mask, t.Start)):t.Start]
			if x.issuer = makerIn(lead); x.issuer == "" {
				x.issuer = bodyBefore(lead)
			}
		}
		low = x.end
		if full, ok := s.short[zh.Fold(x.title)]; ok && x.number == "" {
			full.start, full.end = x.start, x.end // 《办法》 for what it is short for
			x = full
		}
		out = append(out, x)
	}
	for i, n := range s.numbers {
		if !used[i] && !within(out, n.Start) {
			x := target{start: n.Start, end: n.End, number: n.Number.Raw}
			// 补充通知（示府发〔2019〕3号）: the bracket is of the document without 《》.
			if endsIn(s.mask[:n.Start], "（", "(") > 0 && startsWith(s.mask[n.End:], "）", ")") > 0 {
				x.start -= endsIn(s.mask[:n.Start], "（", "(")
				x.end += startsWith(s.mask[n.End:], "）", ")")
			}
			out = append(out, x)
		}
	}
	slices.SortStableFunc(out, func(a, b target) int { return a.start - b.start })
	return out
}

func within(ts []target, at int) bool {
	return slices.ContainsFunc(ts, func(t target) bool { return t.start <= at && at < t.end })
}

// made reports whether a gap between a date and a title says that the title was
// made then.
func made(gap string) bool {
	i, _ := firstOf(gap, []string{"印发", "发布", "公布", "颁布", "制定", "通过", "下发", "出台", "修订", "的"})
	return i >= 0 && !strings.ContainsAny(gap, "，。；")
}

// bodyBefore reads the body that stands right before a title: 省财政厅《…》.
var bodyName = regexp.MustCompile(`(?:\p{Han}{1,8}(?:省|自治区|市|州|盟|县|区|旗)|省|市|县|区|原)?\p{Han}{0,12}?(?:政府|国务院|办公厅|办公室|委员会|局|厅|部|委|院|署)$`)

func bodyBefore(lead string) string {
	t := trimSpace(trimNumber(trimSpace(lead)))
	for _, w := range []string{"废止", "停止执行", "根据", "依据", "按照", "同时", "决定", "宣布", "对", "将", "原", "及", "和", "、", "与", "现", "发", "起", "由", "以", "经"} {
		if i := strings.LastIndex(t, w); i >= 0 {
			t = t[i+len(w):]
		}
	}
	m := bodyName.FindString(t)
	if utf8.RuneCountInString(m) < 3 {
		return ""
	}
	return m
}

// makerIn reads who made a document out of its description: 北京市第十届人民代表大会常务委员会第
// 十一次会议通过的, 国务院发布的. It returns "" where nobody is named.
func makerIn(t string) string {
	t = strings.TrimLeft(t, " 　，,、由原和及与以经并")
	if d, ok := zh.ScanDate(t); ok {
		t = strings.TrimLeft(t[d.End:], " 　，,、由原经")
	}
	end := -1
	for _, w := range []string{"通过", "审议", "批准", "发布", "公布", "颁布", "印发", "令", "批转", "转发", "制定", "修订", "公告"} {
		if i := strings.Index(t, w); i > 0 && (end < 0 || i < end) {
			end = i
		}
	}
	if end < 0 {
		return ""
	}
	t = t[:end]
	for n := endsIn(t, "此前", "之前", "先前", "以前", "原来", "此后"); n > 0; n = endsIn(t, "此前", "之前", "先前", "以前", "原来") {
		t = t[:len(t)-n]
	}
	for {
		i := strings.Index(t, "第")
		if i < 0 {
			break
		}
		_, size := zh.ParseNumeral(t[i+len("第"):])
		rest := t[i+len("第")+size:]
		if size > 0 && strings.HasPrefix(rest, "届") {
			t = t[:i] + rest[len("届"):]
			continue
		}
		t = t[:i]
	}
	t = trimSpace(strings.Trim(trimSpace(t), "，,、的"))
	if n := utf8.RuneCountInString(t); n < 2 || n > 30 || strings.ContainsAny(t, "，。；《》（） \x01") {
		return ""
	}
	return t
}

// isCertificate reports whether 《…》 names a certificate or form and not a
// document: their 有效期 and 废止 are their own.
func isCertificate(title string) bool {
	return endsIn(title, "证", "证书", "证明", "执照", "牌照", "护照", "发票", "收据", "通知书", "决定书", "告知书", "意见书", "证明书", "合同", "申请表", "登记表", "回执") > 0
}

// timed reports whether a date is a limit of time: 自 D 起, 至 D.
func timed(mask string, start, end int) bool {
	return leadIn(mask, start) < start || endsIn(trimSpace(mask[:start]), "至", "到") > 0 || strings.HasPrefix(trimLeft(mask[end:]), "起")
}

// bracketAfter returns the end of the bracket right behind a title, or at.
func bracketAfter(mask string, at int) int {
	rest := mask[at:]
	t := trimLeft(rest)
	if startsWith(t, "（", "(") == 0 {
		return at
	}
	i := strings.IndexAny(t, "）)")
	if i < 0 {
		return at
	}
	_, w := utf8.DecodeRuneInString(t[i:])
	return at + len(rest) - len(t) + i + w
}

// issues reports whether a gap joins an order or notice to the title that it
// issued: 令公布的, 通知印发的, 文件发布、….
func issues(gap string) bool {
	g := trimSpace(gap)
	for _, w := range []string{"文件", "文", "通知", "令", "公告", "转发的", ""} {
		rest, ok := strings.CutPrefix(g, w)
		if !ok {
			continue
		}
		if startsWith(rest, "公布", "发布", "颁布", "印发", "下发", "批转", "转发") > 0 {
			return true
		}
		if rest == "" && w != "" {
			return true
		}
	}
	return false
}

func amendsGap(gap string) bool {
	g := trimSpace(gap)
	g = strings.TrimPrefix(strings.TrimPrefix(g, "第一次"), "第二次")
	return startsWith(g, "修改", "修正", "修订", "第") > 0
}

// instrument reports whether the text behind a title says that the title only
// amended or approved another: 《关于修改…的决定》修正的《A》.
func instrument(after string) bool {
	g := trimLeft(after)
	if rest, ok := strings.CutPrefix(g, "第"); ok {
		if _, size := zh.ParseNumeral(rest); size > 0 {
			g = strings.TrimPrefix(rest[size:], "次")
		}
	}
	return startsWith(g, "修正", "修订", "修改", "予以修改", "作出修改", "作了修改") > 0
}

// A grasp is how a trigger takes hold of a target.
type grasp struct {
	part     bool
	articles []string
	from     When
	ok       bool
	soft     bool // 应当, 将: an obligation or a plan
}

// adverbs may stand between a document and its end.
var adverbs = []string{
	"同时", "即行", "予以", "相应", "一并", "随之", "自行", "自动", "一律", "全部", "均", "都", "也", "现", "现予", "已", "即", "将", "应", "应当", "宣布", "决定",
	"不再", "不再延长", "不再延续", "不再续期", "停止", "等文件", "等规定", "文件", "文", "通知", "规定", "同步", "正式", "全文", "即时", "失效", "届时", "依法", "整体", "，", ",", "、", "：", "和", "其", "被", "经研究", "至", "起", "于", "则", "相关文件", "有误", "原件",
}

// hold judges what stands between a target's end and a trigger: nothing but
// adverbs and times means the whole document, 中有关…的规定 and 第三条 a part;
// anything else means that the trigger is not about it.
func (r *reader) hold(s *sentence, from, to int) grasp {
	g := grasp{ok: true}
	gap := s.mask[from:to]
	t := trimLeft(gap)
	for t != "" {
		if n := startsWith(t, "（", "(", "〔", "["); n > 0 {
			i := strings.IndexAny(t, "）)〕]")
			if i < 0 {
				return grasp{}
			}
			_, w := utf8.DecodeRuneInString(t[i:])
			t = trimLeft(t[i+w:])
			continue
		}
		if startsWith(t, "自", "从", "于", "即日起") > 0 || s.datedAt(to-len(t)) {
			if w, n, ok := r.timeAt(s, to-len(t)); ok {
				g.from = w
				t = trimLeft(t[n:])
				continue
			}
		}
		if n := longestPrefix(t, adverbs); n > 0 {
			if startsWith(t, "应", "将", "届时", "被", "依法") > 0 {
				g.soft = true
			}
			t = trimLeft(t[n:])
			continue
		}
		if n, ok := countAt(t); ok { // 等五件文件
			t = trimLeft(t[n:])
			continue
		}
		if p, ok := partOf(t); ok {
			g.part, g.articles = true, p
			if i := strings.Index(t, "自"); i >= 0 { // 第二条自2021年4月1日起
				if w, _, ok := r.timeAt(s, to-len(t)+i); ok {
					g.from = w
				}
			}
			return g
		}
		return grasp{}
	}
	return g
}

func longestPrefix(s string, words []string) int {
	best := 0
	for _, w := range words {
		if len(w) > best && strings.HasPrefix(s, w) {
			best = len(w)
		}
	}
	return best
}

// countAt reads 等五件规章, 等文件, 两件文件, 及其附件.
func countAt(t string) (int, bool) {
	rest := strings.TrimPrefix(t, "等")
	had := len(rest) < len(t)
	if _, size := zh.ParseNumeral(rest); size > 0 {
		if n := startsWith(rest[size:], "件", "个", "部", "项", "份"); n > 0 {
			rest, had = rest[size+n:], true
		}
	}
	if n := startsWith(rest, "及其附件", "及附件", "及其实施细则", "及实施细则", "及其配套文件", "及其补充规定", "以及相关配套文件", "及相关配套文件", "及配套文件", "等配套文件"); n > 0 {
		return len(t) - len(rest) + n, true
	}
	if !had {
		return 0, false
	}
	rest = rest[startsWith(rest, "行政规范性文件", "规范性文件", "政府规章", "规章", "文件", "通知", "地方性法规", "规定", "政策文件"):]
	return len(t) - len(rest), len(rest) < len(t)
}

// partOf reads 中有关…的规定, 第三条、第五条, 有关内容 and returns the articles named.
func partOf(t string) ([]string, bool) {
	if utf8.RuneCountInString(t) > 80 {
		return nil, false
	}
	part := startsWith(t, "中", "第", "有关", "关于", "的有关", "的相关", "相关", "里", "内", "的部分", "部分", "的第", "附件", "附表", "规定的", "所", "的") > 0 &&
		(strings.Contains(t, "规定") || strings.Contains(t, "条") || strings.Contains(t, "款") || strings.Contains(t, "项") || strings.Contains(t, "部分") ||
			strings.Contains(t, "内容") || strings.Contains(t, "条款") || strings.Contains(t, "章") || strings.Contains(t, "附件") || strings.Contains(t, "附表") || strings.Contains(t, "标准") || strings.Contains(t, "政策"))
	if !part {
		return nil, false
	}
	return articlesIn(t), true
}

// articlesIn returns the articles that a text names: 第三条、第五条至第七条.
func articlesIn(t string) []string {
	var out []string
	last := 0
	for {
		i := strings.Index(t, "第")
		if i < 0 {
			return out
		}
		rest := t[i+len("第"):]
		n, size := zh.ParseNumeral(trimLeft(rest))
		rest = trimLeft(rest)
		if size == 0 || !strings.HasPrefix(trimLeft(rest[size:]), "条") {
			t = t[i+len("第"):]
			continue
		}
		tail := trimLeft(rest[size:])[len("条"):]
		if strings.HasSuffix(strings.TrimRight(t[:i], " "), "至") && last > 0 && n > last && n-last < 60 {
			for k := last + 1; k < n; k++ {
				out = append(out, articleName(k, 0))
			}
		}
		sub := 0
		if u, ok := strings.CutPrefix(tail, "之"); ok {
			if k, w := zh.ParseNumeral(u); w > 0 {
				sub, tail = k, u[w:]
			}
		}
		if name := articleName(n, sub); !slices.Contains(out, name) {
			out = append(out, name)
		}
		last, t = n, tail
	}
}

func articleName(n, sub int) string {
	name := "第" + zh.Numeral(n) + "条"
	if sub > 0 {
		name += "之" + zh.Numeral(sub)
	}
	return name
}
