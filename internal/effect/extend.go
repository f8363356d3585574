package effect

import (
	"regexp"
	"strings"

	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/zh"
)

// The forms of an extension, with T and D as in official.go. What is only
// planned, asked for or told of has none.
const (
	formSpan = `(?:政策实施期限|政策执行期限|有效期限?|执行期限?|施行期限?|实施期限?|试行期限?|政策期限|适用期限|执行时间|实施时间|期限)(?:的?(?:截止|终止|届满)?(?:日期|时间|期限|日))?`
	formNext = `(?:继续有效|继续执行|继续施行|继续实施|继续试行|继续适用|继续使用|继续沿用|延长执行|延长实施|延长施行|延期执行|延期实施|延期施行|续延|延续执行|延续实施|延续施行|顺延执行|延长|延续|延期|顺延|延至|展期|续期|(?:调整|变更)(?:为至|为|至))`
)

var (
	extendVerb = regexp.MustCompile(formNext)
	// 《A》的有效期由D: what may stand between a document and the verb of its clause.
	extendGap = regexp.MustCompile(`^(?:等[\d一二三四五六七八九十百两]+[件个部项份]` + formKind + `?|等` + formKind + `|及其(?:附件|实施细则|补充(?:通知|规定|意见)))?` +
		`(?:文件|文|全文)?的?(?:` + formSpan + `|(?:将|已)?(?:于|在)?D(?:到期|届满|期满)|自到期之日起|自期满之日起|(?:到期|期满|届满|有效期满|有效期届满|试行期满)后?|自|由|从|于|D|起|再|予以|统一|同步|自动|均|全部|继续|一并|决定|现|经[\p{Han}]{2,8}|需要|需|可|，|；|、|并|同意|将|其|作)*$`)
	// 经评估，现将其有效期: the last clause before the verb, where reasons stand between.
	extendClause = regexp.MustCompile(`^(?:因此|故|拟于D前|现|经[\p{Han}D]{0,24}?(?:评估|研究|同意|批准|审议|审查|清理)(?:后)?|决定|研究决定|会议决定|\p{Han}{0,10}(?:政府|委员会|局|厅)(?:同意|决定)|同意|需要|需|再|应|应予|将|把|对|其|该` + formDoc + `|(?:上述|以上|前述)(?:[\d一二三四五六七八九十]+[件个部项])?` + formDoc + `|的|` + formSpan + `|(?:到期|期满|届满|有效期满|有效期届满)后?|自D起|从D起|统一|继续|予以|一并|均|D|于)*$`)
	extendPart   = regexp.MustCompile(`^(?:第[\p{Han}\d]+[条章节款项][\p{Han}\d、]*?(?:规定|明确|所列|所称)?的?|中?的?(?:有关|关于)|(?:所)?(?:规定|明确|确定)的)[\p{Han}T、（）]*$`)
	notExtended  = regexp.MustCompile(`拟|建议|正式文件|审议中|现就|征求意见|征求|如需|如果|若|需要延长的|提出|事宜|此前|曾|不再|不予|不得|申请|可以|前完成|意见。$|应当于|应于|已将|已把|已经将|印发通知将|未`)
)

const formDoc = `(?:行政|政府|部门)?(?:规范性|政策性|政策)?(?:文件|规章|规定|办法|通知|意见|细则|规程|方案|措施|政策|制度|标准|规则)`

// extends reads 《A》有效期延长至2025年12月31日, 延长《A》有效期两年, and, after a sentence that
// names A, 现将有效期延长至2025年12月31日. It reports whether the sentence speaks of an
// extension, so that nothing else need be made of its 继续有效.
func (r *reader) extends(s *sentence) bool {
	if s.signs&actSign == 0 || !extendPairs.in(s.mask) {
		return false
	}
	v := extendVerb.FindStringIndex(s.mask)
	if v == nil {
		return false
	}
	if r.silent || r.toldOf(s) {
		return true // minutes and speeches tell of extensions
	}
	if strings.Contains(s.text, "审议中") || notExtended.MatchString(s.mask) {
		return r.cleanup && strings.Contains(s.mask, "拟") // a plan is no 继续有效 either
	}
	s.parse()
	ts := s.targets()
	if len(ts) == 0 && s.borrowed == nil {
		return false
	}
	for _, v := range extendVerb.FindAllStringIndex(s.mask, -1) {
		end, ok := r.newEnd(s, v[0], s.mask[v[0]:v[1]])
		if !ok {
			continue
		}
		group, part := r.extended(s, ts, v[0], v[1])
		if len(group) == 0 {
			continue
		}
		at := clauseStart(s.mask, v[0])
		if len(ts) > 0 {
			at = group[0].start
		}
		lead := strings.TrimRight(s.mask[:at], " 　")
		for n := endsIn(lead, "将", "把", "对", "决定", "延长", "延续", "继续执行", "现将", "到期的", "届满的"); n > 0; n = endsIn(lead, "将", "把", "对", "决定", "延长", "延续", "继续执行", "现将") {
			lead = trimSpace(lead[:len(lead)-n])
		}
		firm := !part && !conditional(s.mask) && leads(s, len(lead)) && len(articlesIn(s.mask)) == 0 && !strings.Contains(s.mask, "但") && !strings.Contains(s.mask, "除") &&
			!strings.HasPrefix(trimLeft(s.mask[at:]), "同意")
		for _, t := range group {
			if t.title != "" && (r.isOwn(t.title) || strings.HasSuffix(t.title, "规划") && !strings.Contains(s.mask, "有效期")) {
				continue
			}
			via := s.mask[v[0]:v[1]]
			if n := startsWith(via, "延长", "延期", "延续", "顺延", "续延", "调整", "变更"); n > 0 {
				via = via[:n]
			}
			st := Statement{Place: s.place(), Kind: gazette.Extends, Title: t.title, Number: t.number, Issued: t.issued, Issuer: t.issuer, Year: t.year, Until: end, Via: via, Part: part, Closed: firm}
			if part {
				st.Articles = articlesIn(s.mask[t.end:v[0]])
			}
			r.add(st)
		}
		return true
	}
	return false
}

// toldOf reports whether a sentence rests on the decision that extended: 根据《关于延长〈A〉有效期的通知》.
func (r *reader) toldOf(s *sentence) bool {
	for k, t := range s.targets() {
		if s.based(k) && extendVerb.MatchString(t.title) && endsIn(t.title, "通知", "决定", "公告", "批复") > 0 {
			return true
		}
	}
	return false
}

// extended returns the documents of which the verb from at to end speaks, and
// whether it is only of a part of them.
func (r *reader) extended(s *sentence, ts []target, at, end int) (group []target, part bool) {
	last := -1
	for k, t := range ts {
		if t.end <= at {
			last = k
		}
	}
	if len(ts) == 0 {
		clause := s.formOf(clauseStart(s.mask, at), at)
		if r.subject != "" {
			clause = strings.Replace(clause, compactForm(r.subject), "其", 1)
		}
		if extendClause.MatchString(clause) {
			return s.borrowed, false
		}
		return nil, false
	}
	if last < 0 {
		// 延长《A》、《B》有效期至…
		for k, t := range ts {
			if k > 0 {
				if ok, _, _ := joined(s.mask[ts[k-1].end:t.start]); !ok {
					break
				}
			} else if !describes(trimSpace(s.mask[end:t.start])) {
				return nil, false
			}
			group = append(group, t)
		}
		if !aboutSpan(s.mask[group[len(group)-1].end:]) {
			return nil, false
		}
		return group, false
	}
	gap := s.formOf(ts[last].end, at)
	switch {
	case extendGap.MatchString(gap):
	case extendPart.MatchString(strings.TrimSuffix(gap, "，")) && !strings.ContainsAny(gap, "证照"):
		part = !endsInWindow(gap)
		if !part {
			return nil, false
		}
	case !strings.Contains(gap, "，") || strings.Contains(gap, "废止") || strings.Contains(gap, "失效"):
		return nil, false
	case !extendClause.MatchString(s.formOf(clauseStart(s.mask, at), at)):
		return nil, false
	}
	from := last
	for from > 0 {
		g := s.mask[ts[from-1].end:ts[from].start]
		if ok, _, _ := joined(g); !ok || strings.Contains(g, "废止") || strings.Contains(g, "失效") || instrument(g) {
			break
		}
		from--
	}
	for k := from; k <= last; k++ {
		if s.based(k) {
			from = k + 1 // 根据《A》，《B》有效期延长至
		}
	}
	return ts[from : last+1], part
}

// leads reports whether what stands before a document that is extended is of
// known form: 经评估，, 根据《A》规定，, 原市规划局印发的.
func leads(s *sentence, to int) bool {
	lead := &sentence{text: s.text[:to], mask: s.mask[:to], isOwn: s.isOwn}
	for _, t := range s.titles {
		if t.End <= to {
			lead.titles = append(lead.titles, t)
		}
	}
	t, known := lead.plainForm()
	if !known {
		return false
	}
	open := !strings.HasSuffix(t, "，") // the last clause goes on to the document
	clauses := clausesOf(t)
	for i, c := range clauses {
		if factual(c) || officialRequest.MatchString(c) || !unofficial.MatchString(c) && (officialClause.MatchString(c) || officialFirst.MatchString(c)) {
			continue
		}
		if i < len(clauses)-1 || !open || unofficial.MatchString(c) || !officialClause.MatchString(c+"T") {
			return false
		}
	}
	return true
}

// endsInWindow tells the time in which people may apply from that of a document.
func endsInWindow(gap string) bool {
	return endsIn(gap, "申报期限", "申请期限", "报名时间", "申报时间", "受理期限", "办理期限", "缴纳期限", "整改期限", "公示期限", "过渡期") > 0
}

// formOf writes a stretch of the mask with D for dates and without brackets.
func (s *sentence) formOf(from, to int) string {
	var b strings.Builder
	at := from
	for _, d := range s.dates {
		if d.Start >= at && d.End <= to {
			b.WriteString(s.mask[at:d.Start])
			b.WriteString("D")
			at = d.End
		}
	}
	b.WriteString(s.mask[at:to])
	t := compactForm(strings.ReplaceAll(b.String(), blottedText, ""))
	for brackets.MatchString(t) {
		t = brackets.ReplaceAllString(t, "")
	}
	return itemMark.ReplaceAllString(strings.ReplaceAll(t, ",", "，"), "")
}

const blottedText = string(rune(blotted))

// aboutSpan reports whether what follows a title is its time: 延长《A》有效期.
func aboutSpan(after string) bool {
	t := strings.TrimLeft(after, " 　的等")
	if n, ok := countAt(t); ok {
		t = strings.TrimLeft(t[n:], " 的")
	}
	i, _ := firstOf(t, append([]string{"期限", "有效"}, spanWords...))
	return i >= 0 && i < 60
}

// betweenVerbAndTerm may stand between 延长 and its length or day.
var betweenVerbAndTerm = []string{"为", "了", "的", "，", ",", "有效期限", "有效期", "执行期限", "执行", "实施", "施行", "试行", "统一", "期间", "再", "期限"}

// newEnd reads the new last day or the added length behind a verb.
func (r *reader) newEnd(s *sentence, at int, verb string) (End, bool) {
	rest := s.mask[at+len(verb):]
	u := trimSpace(rest)
	for n := longestPrefix(u, betweenVerbAndTerm); n > 0; n = longestPrefix(u, betweenVerbAndTerm) {
		u = trimLeft(u[n:])
	}
	q := at + len(verb) + strings.Index(rest, u)
	if strings.HasSuffix(verb, "为") || strings.HasSuffix(verb, "至") {
		if d, ok := s.dateFrom(at + len(verb)); ok {
			return End{Date: d}, true
		}
		if strings.HasPrefix(verb, "调整") || strings.HasPrefix(verb, "变更") {
			return End{}, false
		}
	}
	if e, ok := s.untilAt(q); ok {
		return e.end, true
	}
	if e, ok := s.rangeAt(q); ok {
		return e.end, true
	}
	if per, size := periodAt(u); size > 0 && (closesSpan(u[size:]) || startsWith(trimLeft(u[size:]), "执行", "实施", "施行", "有效") > 0) {
		// 延长五年，至2028年12月31日止; 延续5年，自2023年1月1日至2027年12月31日
		if e := s.lastDayAfter(q + size); !e.IsZero() {
			return e, true
		}
		return End{For: per}, true
	}
	if hasSpan(s.mask) || strings.Contains(s.mask, "期限") {
		// 延长《A》有效期至…, 继续有效，有效期五年, 延长…，期限为两年
		if e := s.lastDayAfter(at); !e.IsZero() {
			return e, true
		}
		for _, w := range append([]string{"期限"}, spanWords...) {
			if j := strings.Index(rest, w); j >= 0 {
				if e, ok := s.endAt(at + len(verb) + j + len(w)); ok {
					return e.end, true
				}
				t := strings.TrimLeft(rest[j+len(w):], " 　，,为限再至")
				if per, size := periodAt(t); size > 0 && closesSpan(t[size:]) {
					return End{For: per}, true
				}
			}
		}
	}
	return End{}, false
}

// lastDayAfter is lastDay of what follows a place in a parsed sentence.
func (s *sentence) lastDayAfter(at int) End {
	var out End
	for _, d := range s.dates {
		if d.Start >= at && endsIn(trimSpace(s.mask[:d.Start]), "至", "到", "截至", "截止", "延至") > 0 {
			if day, ok := s.dateFrom(d.Start); ok {
				out.Date = day
			}
		}
	}
	return out
}

// spokenOf returns the documents of which a sentence speaks that names none:
// 现将有效期延长至…, 该办法有效期延长两年. They are those that the text named last, else
// what the title is about; of a request, what it asks about.
func (r *reader) spokenOf(s *sentence) []target {
	v := extendVerb.FindStringIndex(s.mask)
	if v == nil || !extendClause.MatchString(s.formOf(clauseStart(s.mask, v[0]), v[0])) {
		return nil
	}
	if !hasSpan(s.mask) && !strings.Contains(s.mask, "期限") && !strings.Contains(s.mask, "该") && !aforesaid.MatchString(s.mask) {
		return nil
	}
	if len(r.named) > 0 && r.blocks-r.namedBlock <= 1 {
		if asked := askedIn(r.named[0].title); len(r.named) == 1 && asked != "" {
			return []target{{title: asked}}
		}
		return r.named
	}
	return r.titled
}

// askedIn returns X of 《…关于延长〈X〉有效期的请示》.
func askedIn(title string) string {
	if endsIn(title, "请示", "请示》", "报告", "函") == 0 || !extendVerb.MatchString(title) {
		return ""
	}
	for _, p := range [][2]string{{"〈", "〉"}, {"<", ">"}, {"《", "》"}} {
		if _, rest, ok := strings.Cut(title, p[0]); ok {
			if x, _, ok := strings.Cut(rest, p[1]); ok {
				return x
			}
		}
	}
	return ""
}

// titledIn returns the documents of a title that is about them: 关于延长《A》有效期的通知.
func titledIn(title string) []target {
	if !extendPairs.in(title) || !extendVerb.MatchString(title) || endsIn(title, "请示", "报告", "征求意见") > 0 {
		return nil
	}
	var out []target
	for _, t := range markup.FindTitles(title) {
		out = append(out, target{title: t.Title})
	}
	return out
}

// An alias is a short name given in a bracket: （以下简称《办法》）.
var aliasGiven = regexp.MustCompile(`以下(?:统称|简称|称)(?:为|：)?\s*[“"《〈]?([\p{Han}（）]{2,20}?)[”"》〉]?(?:[，,；;）)]|$)`)

// learn keeps the short names that a sentence gives to what it names.
func (r *reader) learn(s *sentence) {
	if !strings.Contains(s.text, "以下") {
		return
	}
	for _, t := range s.targets() {
		if m := aliasGiven.FindStringSubmatch(s.text[t.start:bracketAfter(s.mask, t.end)]); m != nil && t.title != "" {
			if r.short == nil {
				r.short = map[string]target{}
			}
			r.short[zh.Fold(m[1])] = t
		}
	}
}
