package effect

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gongbao/internal/markup"
	"gongbao/internal/zh"
)

// formDraft are the names of drafts.
const formDraft = `征求意见|意见稿|草案|初稿|讨论稿|送审稿|报审稿|修订稿|审议稿|代拟稿|修改稿|`

// A sentence of known form (official.go) ends a document only where it stands in
// a text that can: not in a draft, a report, a plan or an account, nor under a
// heading of tasks. This file judges title, heading, introduction and what the
// neighbouring sentences say.
var (
	// Titles of what decides nothing, or only for a time or a place.
	undecided = regexp.MustCompile(formDraft + `听证会|听证稿|预公告|请示|议案|解读|图解|节选|样式|格式|示范文本|台账|工作计划|立法计划|制定计划|` +
		`整改任务|整改方案|任务分工|任务分解|重点任务|改革任务|听取.{0,90}意见|立法意见|立法协商|风险评估|评估(?:报告|结果|情况)|公示(?:的公告|的通知)?$|(?:起草|修订|编制|有关|情况)的?说明$|` +
		`汇编|摘录|工作报告|年度报告|报告$|会议纪要|纪要$|(?:年度|建设|工作|会议|执行)情况|情况的?(?:通报|报告|说明)|通报$|声明$|要点(?:的通知)?$|会议材料|有关材料|答复|复函|模板|期间|春节|国庆|` +
		`先行先试|暂时|关于更正|问答$|废止计划|起草说明|修订说明`)
	// Headings of the same, until the end of the text.
	undecidedHeading = regexp.MustCompile(formDraft + `听证稿|请示|议案|解读|图解|节选|样式|格式|示范文本|台账|工作计划|立法计划|整改任务|任务分解|起草说明|修订说明|模板|汇编|摘录`)
	// Headings of tasks and accounts, until the next heading.
	taskHeading = regexp.MustCompile(`打算|建议|整改|成效|情况|安排|任务|施行后|实施后|特别|衔接|结论|步骤|分工|计划|目标|议题|背景|问题|下一步|设想|废止项目`)
	// Introductions of what others wrote.
	othersText = regexp.MustCompile(`起草|拟定|拟订|网传|传言|摘录|节选|摘编|汇编|文本|模板|样稿`)
	// Openings of a cleanup that is not over.
	unfinished = regexp.MustCompile(`公示期|予以公示|向社会公开征求意见|反馈|待[^。]{0,60}(?:审定|审议|批准|公布)|列入废止计划|办理废止|报送的清理意见|初步(?:清理|意见|结果)|报[^。]{0,40}审定`)
	// What leaves the first day open.
	openStart = regexp.MustCompile(`(?:施行|实施|生效)(?:日期|时间)[^。]{0,30}另行|自[^。本]{0,40}批准之日起(?:生效|施行|实施|执行)`)
	// An own first day that none of the forms of when.go has.
	unreadStart = regexp.MustCompile(`本\p{Han}{1,12}(?:自|从|经|于)[^。，；]{1,40}(?:施行|实施|执行|生效)`)
	// Titles of plans: in them 废止《A》 is a task.
	planTitle = regexp.MustCompile(`(?:意见|方案|措施|计划|纲要|规划|安排|若干政策)(?:（[^）]*）)?(?:》)?(?:的通知)?$`)
	ownStart  = regexp.MustCompile(`自本\p{Han}{1,8}(?:印发|施行|公布|发布|实施)之日起|(?:本\p{Han}{0,8}(?:意见|方案|措施|计划|纲要|规划|安排|政策|通知|办法)[^。；]{0,60}|(?:以上|上述)[^，。；]{0,40})(?:自|从)[^。；]{0,60}(?:施行|实施|执行|试行|生效)`)
	// 关于废止《A》的决定: the title says itself what the text does.
	doomTitle = regexp.MustCompile(`关于(?:决定)?(?:废止|停止执行|停止施行|终止执行|终止实施|宣布)`)
	// What a sentence under such a title must not say.
	doubtful = regexp.MustCompile(`拟|建议|待|不予|未|除|暂|期间|条款|部分|若[^干]|如果|一旦|征求|推动|督促|请示|之前|以前|仍|但|恢复|试点|可以|应当[^前今时]|争取|届满|期满|另行|第[\d一二三四五六七八九十百零]+[章节条款项]|延长|继续`)
)

// A standing is what title, headings and introductions let a text decide.
type standing struct {
	doomed    []string // folded: what the title says is ended
	plan      bool     // an opinion, a programme: what it says of others may be a task
	transmits bool     // 转发: what is printed is another's
	silent    bool     // no text that states anything: minutes, a speech, a picture
	loose     bool     // a draft, a form, an extract: what it says is for a person
	decided   bool     // 决定如下 was said
	under     bool     // items stand under a line that decides nothing
	noted     bool     // the block calls a footnote
	lastEnds  int      // the block that ended a document last
	heads     []string // lines that may be headings
	intros    []string // lines that end in a colon
	head      string   // the heading that the text stands under
	judged    int      // heads looked at
	weighed   int      // intros looked at
}

func standingOf(title string, cleanup bool) standing {
	silent := !titlesText(title)
	return standing{
		doomed: doomedIn(title), plan: planTitle.MatchString(title) && !cleanup, loose: silent || drafted(title), silent: silent,
		transmits: strings.Contains(title, "转发") || strings.Contains(title, "批转"),
	}
}

// drafted reports whether a title or heading is that of a draft, a request, a
// form, an extract, a plan or an account: it decides nothing.
func drafted(title string) bool {
	if isCleanup(title) {
		title = strings.TrimSuffix(strings.ReplaceAll(title, "清理情况", "清理"), "通报")
	}
	return undecidedPairs.in(title) && undecided.MatchString(title)
}

// titlesText reports whether a title is that of a text which can decide: it ends in
// the name of one (党政机关公文处理工作条例第八条; 规章制定程序条例第七条), brackets left out.
func titlesText(title string) bool {
	t := trimSpace(title)
	for endsIn(t, "）", ")") > 0 {
		i := strings.LastIndexAny(t, "（(")
		if i <= 0 || strings.Contains(t[i:], "稿") {
			return false
		}
		t = trimSpace(t[:i])
	}
	if t == "" {
		return title == ""
	}
	if i, _ := firstOf(t, []string{"一图", "读懂", "图解", "问政", "提纲", "责任清单", "任务清单"}); i >= 0 {
		return false
	}
	if strings.HasSuffix(t, "》") && !strings.HasPrefix(t, "《") {
		return false // 读懂《A》
	}
	return endsIn(strings.TrimRight(t, "》"), "通知", "决定", "决议", "公告", "通告", "通报", "命令", "令", "办法", "规定", "条例", "细则", "规则", "规程", "规范", "标准", "制度", "章程", "意见", "措施", "方案", "批复", "复函",
		"函", "指引", "指南", "基准", "目录", "法", "政策", "清单", "规划", "计划", "纲要", "预案", "导则", "准则", "守则", "定额", "公约", "要求", "解释", "修正案", "安排", "布告", "若干问题", "程序", "流程", "名录", "区划", "职责", "范围", "分工", "表", "文本", "文件") > 0
}

// doomedIn returns the folded titles of 关于废止《A》、《B》的决定.
func doomedIn(title string) []string {
	if !doomTitle.MatchString(title) || drafted(title) || endsIn(title, "决定", "通知", "公告", "通告", "命令", "令") == 0 {
		return nil
	}
	var out []string
	for _, t := range markup.FindTitles(title) {
		out = append(out, zh.Fold(t.Title))
	}
	return out
}

// firm reports whether a sentence can end a target without a person: it has
// only clauses of known form, or the title says the same and the sentence
// nothing against it.
func (r *reader) firm(s *sentence, t target) bool {
	if s.official() {
		return true
	}
	if t.title == "" || len(s.text) > longestOfficial || doubtful.MatchString(s.mask) {
		return false
	}
	for _, d := range r.doomed {
		if d == zh.Fold(t.title) {
			_, known := s.plainForm()
			return known
		}
	}
	return false
}

// headed keeps the lines that may be headings or introductions; most texts end
// nothing, so that what they say is looked at only by decides.
func (r *reader) headed(b *markup.Block, text, anchor string) {
	article := strings.HasPrefix(anchor, "art_")
	heading := b.Kind == markup.Heading || b.Unit == markup.Component
	if len(text) < 180 && (heading || !article) && !breaks(text) && utf8.RuneCountInString(text) < 60 {
		r.heads = append(r.heads, text)
		if heading || isMarked(text) {
			if r.head = text; heading && titlesText(text) && !isMarked(text) {
				r.head = "" // 示范市计划生育办法 is what is printed here, no plan
			}
		}
	}
	if !article && endsIn(trimSpace(text), "：", ":") > 0 {
		r.intros = append(r.intros, text)
	}
	if r.cleanup && !r.loose && unfinished.MatchString(text) && !strings.Contains(text, "经公开征求意见") {
		r.loose = true
	}
}

// isMarked reports whether a text begins with the number of an item. Its first
// character tells that most do not.
func isMarked(text string) bool {
	i := strings.IndexFunc(text, func(r rune) bool { return !zh.IsSpace(r) })
	if i < 0 {
		return false
	}
	switch r, _ := utf8.DecodeRuneInString(text[i:]); r {
	case '第', '（', '(', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十':
	default:
		if (r < '0' || r > '9') && (r < '０' || r > '９') {
			return false
		}
	}
	return itemMark.MatchString(compactForm(text))
}

// breaks reports whether a text has a mark that no heading has.
func breaks(s string) bool {
	return zh.Contains(s, "。") || zh.Contains(s, "，") || zh.Contains(s, "；") || zh.Contains(s, "《")
}

// decides reports whether the place in the text that the reader has reached can
// end a document: no heading or introduction before it says otherwise.
func (r *reader) decides() bool {
	for ; r.judged < len(r.heads); r.judged++ {
		r.loose = r.loose || undecidedHeading.MatchString(r.heads[r.judged])
	}
	for ; r.weighed < len(r.intros); r.weighed++ {
		r.loose = r.loose || othersText.MatchString(r.intros[r.weighed])
	}
	return !r.loose && !r.noted && !r.under && !(r.inComponent && r.transmits) &&
		!(taskHeading.MatchString(r.head) && !strings.HasSuffix(strings.TrimRight(r.head, "：:"), "如下"))
}

// leftOpen takes back the certainty of ends where a block says that the first
// day of the text itself is not fixed yet.
func (r *reader) leftOpen(b *markup.Block, _ string) {
	text := b.PlainText()
	if r.r.Effective.IsZero() && unreadStart.MatchString(text) || (zh.Contains(text, "另行") || zh.Contains(text, "批准之日")) && openStart.MatchString(text) {
		for i := range r.r.Statements {
			if x := &r.r.Statements[i]; ends(x.Kind) && (x.From.IsZero() || x.From.Event == OwnStart) {
				x.Closed = false
			}
		}
	}
}

// undone reports whether an end in a block is that of a plan: its text is one,
// and the block does not say from when the plan itself is in force.
func (r *reader) undone(text string) bool {
	return r.plan && !ownStart.MatchString(text)
}

// brief takes back the certainty of 停止执行 where the text itself is in force for
// less than a year: what stops for a summer has not ended.
func (r *reader) brief() {
	e := r.r.Expires
	short := e.For.Years == 0 && e.For.Months < 12 && !e.For.IsZero()
	if !e.Date.IsZero() && !r.r.Effective.Date.IsZero() {
		short = e.Date.Before(r.r.Effective.Date.AddMonths(12).AddDays(-1))
	}
	for i := range r.r.Statements {
		if x := &r.r.Statements[i]; short && ends(x.Kind) && x.Via != "废止" {
			x.Closed = false
		}
	}
}

// contradicted takes back the certainty of ends of which the same text says that
// the document goes on.
func (r *reader) contradicted() {
	kept := map[string]bool{}
	for _, x := range r.r.Statements {
		if keeps(x.Kind) {
			kept[x.Title], kept[x.Number] = true, true
		}
	}
	for i := range r.r.Statements {
		if x := &r.r.Statements[i]; ends(x.Kind) && (x.Title != "" && kept[x.Title] || x.Number != "" && kept[x.Number]) {
			x.Closed = false
		}
	}
}

// keptLater are words by which a later line keeps, puts off or excepts a
// document that was ended before.
var keptLater = regexp.MustCompile(`除|继续|保留|待|延长|有效|暂|自|从|其中|但|过渡|仍|恢复|推迟|修订|修改`)

// again looks at what a later block says of a document that was ended before.
func (r *reader) again(text string, before int) {
	if !strings.Contains(text, "《") || !r.closed(before) {
		return
	}
	mask, titles := blot(text)
	if len(titles) == 0 || !keptLater.MatchString(mask) {
		return
	}
	for i := range r.r.Statements[:before] {
		x := &r.r.Statements[i]
		if ends(x.Kind) && x.Closed && slices.ContainsFunc(titles, func(t markup.TitleMatch) bool { return t.Title == x.Title }) {
			x.Closed = false
		}
	}
}

// settle judges the ends of a block, and those before it, by what else it says.
func (r *reader) settle(text string, first int) {
	if first > 0 {
		r.again(text, first)
	}
	if !r.undone(text) {
		return
	}
	for i := range r.r.Statements[first:] {
		if x := &r.r.Statements[first+i]; ends(x.Kind) && !x.Listed {
			x.Closed = false
		}
	}
}

// closed reports whether one of the first n statements ends a document for certain.
func (r *reader) closed(n int) bool {
	return slices.ContainsFunc(r.r.Statements[:n], func(x Statement) bool { return x.Closed && ends(x.Kind) })
}

// takeBack looks at what a block says of documents that were ended before it:
// 第五条除外, 前款规定仅适用于, 以上文件暂不废止. What is meant is for a person.
func (r *reader) takeBack(b *markup.Block) {
	if b.Kind == markup.Table || !r.closed(len(r.r.Statements)) {
		return
	}
	text := b.PlainText()
	kept := !r.cleanup && takesBackAlone.MatchString(text) && takesBackAlone.MatchString(keptOther.ReplaceAllString(text, "》"))
	if !kept && !takesBack.MatchString(text) && !(r.cleanup && takesBackItem.MatchString(text)) {
		return
	}
	for i := range r.r.Statements {
		if x := &r.r.Statements[i]; ends(x.Kind) {
			x.Closed = false
		}
	}
}

// introduced remembers whether items stand under a line that decides nothing:
// 下列事项请市司法局办理：.
func (r *reader) introduced(b *markup.Block, text string) {
	if !r.under && endsIn(text, "：", ":", "下", " ", "　") == 0 {
		return
	}
	t := trimSpace(text)
	if endsIn(t, "决定如下", "决定如下：", "决定：", "作如下决定：", "作出如下决定：") > 0 {
		r.decided = true
	}
	switch {
	case endsIn(t, "：", ":") > 0:
		i, _ := firstOf(t, []string{"请", "计划", "情形", "条件", "拟", "任务", "建议", "要求", "终止", "设想", "说明", "示例", "举例", "样式"})
		r.under = (i >= 0 && !(announces(t) && officialListIntro(t))) || endsIn(strings.TrimRight(t, "：:"), "决定", "如下", "通知", "公告", "通告", "命令", "废止", "失效", "停止执行", "生效", "文件", "目录", "规章", "经清理") == 0
	case r.under && b.Kind != markup.Item && (strings.HasPrefix(t, "第") || !isMarked(t)):
		r.under = false
	}
}

// hasNote reports whether a footnote is called in a block: it may add anything.
func hasNote(b *markup.Block) bool {
	return slices.ContainsFunc(b.Inlines, func(n markup.Inline) bool { return n.Kind == markup.NoteRef })
}

var (
	takesBack = regexp.MustCompile(`除外|例外|不予废止|暂不废止|不废止|不予失效|仅适用|仅限|暂缓|恢复执行|恢复施行|推迟|本条自|责任单位|配合单位|牵头|完成时限|底前完成|不属实|从未|过渡期|仍按|仍可|(?:其中|上述|以上|所列)?第[\d一二三四五六七八九十、]+[件项](?:所列|文件|自|暂|不)`)
	// What a later line says of items by their numbers, or of one that it names
	// without 《》.
	takesBackItem  = regexp.MustCompile(`(?:第[\d一二三四五六七八九十]+[项件条]|[（(][一二三四五六七八九十\d]+[）)]|文件\d+)[^。]{0,30}(?:继续|仍|过渡|保留|有效|暂)|(?:^|。)但[^。]{0,60}(?:继续|仍|保留|有效|暂)`)
	keptOther      = regexp.MustCompile(`》(?:（[^）]*）)?继续(?:有效|执行|施行)`) // 《B》继续有效 is of B
	takesBackAlone = regexp.MustCompile(`继续有效|继续执行|仍然有效|予以保留|过渡期`)
)
