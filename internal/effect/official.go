package effect

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"gongbao/internal/zh"
)

// The closed list of design §4 is one of sentences, not of words: 《A》同时废止 counts
// only where every clause around it is of a form below. A condition, a plan, a
// task, an exception, an area or a limited time has no form here and makes the
// statement one for a person. A wrong 已废止 is worse than none.
//
// In the forms T is a title or a number and D a day; white space, numbers of
// items and brackets of known content are gone.
const (
	formSelf    = `(?:S|(?:以上|上述)(?:规定|措施|政策|标准))`
	formTime    = `(?:(?:自|从|于)D(?:起|后)?|D起|(?:自|从)?即日起|(?:自|从)(?:` + formSelf + `)?(?:公布施行|发布施行|公布|发布|印发|颁布|施行|实施|生效|执行|下发|发文|通过|签署)(?:之日|当日|日)?(?:起|后)?(?:[\d一二三四五六七八九十]+(?:日|天|个月)后)?|` + formSelf + `(?:公布施行|施行|实施|印发|公布|发布)(?:之日)?(?:起|后))`
	formIssuer  = `\p{Han}*(?:政府|国务院|常务委员会|办公室|办公厅|厅|局|部|委|委员会|法院|检察院|总局|银行|署|院)`
	formMade    = `(?:通过|公布|发布|颁布|印发|批准|转发|批转|制定|修订|修正|修改|颁发|下发|施行|实施|试行)`
	formWhence  = `(?:(?:此前|之前|先前|原|前期)?` + formMade + `的|(?:D\p{Han}{0,24}T?` + formMade + `、?)+的|原有|原先|原|此前|现行有效的|(?:\p{Han}|、){2,30}联合` + formMade + `的|D?\p{Han}*T?(?:令)?` + formMade + `、根据D?\p{Han}*T?(?:令)?(?:修改|修正|修订)的|我院|我部|我局|T(?:通知|令|文)?(?:公布|印发|发布|颁布)的|现行|(?:D|` + formIssuer + `)[\p{Han}D\d第]*?(?:` + formMade + `的|的|令|号)|D的|` + formIssuer + `的?)`
	formKind    = `(?:\p{Han}*?(?:文件|规章|法规|决定|办法|规定|通知|条例|政策|意见|细则))`
	formObject  = formWhence + `*T(?:文件|文)?(?:及其(?:实施细则|补充(?:通知|规定|意见))|(?:以)?及(?:相关)?配套文件)?`
	formAmended = `根据D[\p{Han}\d第]*T(?:第?\p{Han}?次)?(?:修正|修改|修订)`
	formMany    = formObject + `(?:(?:、|和|及|以及|与|同时)*` + formObject + `)*(?:等?[\d一二三四五六七八九十百两]+[件个部项]` + formKind + `?)?`
	formHow     = `(?:同时|同步|一律|全文|自动|即时|现将|一并|即行|随即|随之|相应|现|均|即|也|亦|决定|予以|宣布|现予|自行|全部)*`
	formEnd     = `(?:失效废止|废止|失效|停止执行|停止施行|停止实施|停止使用|暂停执行|暂停施行|暂停实施|中止执行|恢复执行|恢复施行|终止执行|终止实施|不再执行|不再施行|不再适用|废除)`
)

var (
	officialFirst = forms(
		formTime + `(?:正式)?(?:施行|实施|执行|试行|生效)?`, // whose time is told by what follows
	)
	officialClause = forms(
		formMany+formHow+`(?:`+formTime+`)?`+formHow+formEnd+`(?:T)?`,
		`(?:`+formTime+`)?`+formHow+formEnd,
		formTime+formMany+formHow+formEnd,
		formHow+formMany,
		formHow+formMany+formHow+formEnd,
		formHow,
		`(?:`+formIssuer+`)?(?:决定|现)?宣布`+formMany+formEnd,
		`[和及与、]?`+formMany+formHow+formEnd,
		`(?:`+formIssuer+`|会议|研究)?`+formHow+`(?:`+formTime+`)?`+formHow+formEnd+`(?:下列|以下)?`+formMany,
		`(?:`+formIssuer+`)?`+formHow+`(?:对|将)`+formMany+formHow+formEnd,
		`D(?:\p{Han}{2,30}第?T|T|\p{Han}{2,40}?)?(?:通过|公布|发布|颁布|印发|批准|修订|修正|修改)`,
		formAmended,
		formAmended+`的`+formMany+formHow+formEnd,
		formSelf+`(?:将|已)?`+formTime+`(?:正式)?(?:施行|实施|执行|试行|生效)?`,
		`自(?:S)?(?:公布|发布|印发)之日起(?:生效|施行|执行)`,
		`(?:`+formSelf+`的?)?(?:有效期|试行期)限?[为至自限]*[\d一二三四五六七八九十两个年月D起至止]+`,
		`(?:有效)?期满(?:后)?(?:自动|自行)失效`,
		`\p{Han}*与`+formSelf+`(?:规定)?(?:不(?:一致|相符|符|同)|相?抵触|有冲突)的`,
		`(?:以|按照?)`+formSelf+`(?:规定)?(?:为准|执行)`,
		`从其规定`,
		`T?(?:已|业)经[\p{Han}\dD第]{2,40}(?:同意|通过|批准|审议|审定)(?:通过)?`,
		`(?:现将|现)(?:修订后的|修改后的|重新修订的)?(?:S|T)?(?:予以)?(?:印发|公布|发布|颁布)(?:给你们|施行|实施)?`,
		`不再(?:执行|施行|适用|有效|作为\p{Han}*依据)`,
		`(?:特此|现予)(?:通知|公告|决定|公布|发布|通告)`,
		`经[\p{Han}D第\d]*(?:研究|同意|批准|审议|审定|通过|清理|评估|审查|审核|讨论)(?:研究)?(?:现?决定)?`,
		`(?:根据|依据|按照|依照)[\p{Han}T、D第\d]*(?:规定|要求|决定|精神|结果|意见|部署|T)`,
		`为(?:了|进一步|加强|规范|推进|贯彻|落实|适应|保障|促进|维护|做好|深化|优化|切实|全面)[\p{Han}T、]*`,
		`[\p{Han}\d第D]*(?:会议|政府|委员会|国务院)(?:研究)?决定`,
		`(?:现|研究|会议|特|兹)?决定(?:如下)?`,
		`(?:特|兹)决定`+formEnd+formMany,
		formSelf+`同时(?:施行|实施|执行)`,
		formMany+`(?:继续有效|继续执行|继续施行)`,
		formTime,
	)
	// Who explains the text stands before its first day.
	officialGround = regexp.MustCompile(`解释|承担$`)
	// Grounds of a cleanup, whatever they ask for.
	officialCleanup = forms(
		`(?:根据|按照|依据|依照|结合)[\p{Han}T、“”‘’D第\d]*?(?:要求|规定|精神|安排|部署|通知|决定|原则|意见|需要|结果|实际)`,
		`经(?:过)?(?:对[\p{Han}]{2,30})?(?:进行)?(?:全面|集中|认真)?清理`,
		`(?:我局|我委|我厅|我办|我市|本机关|`+formIssuer+`)?(?:组织)?(?:对[\p{Han}]{2,30})?(?:进行|开展|组织)了?(?:全面|集中|认真)?(?:的)?清理(?:工作)?`,
		`在[\p{Han}]{0,10}清理的?基础上`,
	)
	// Requests that go with any notice.
	officialRequest = forms(`请(?:各[\p{Han}、]{1,12})?(?:结合实际|结合工作实际)?(?:认真|抓好|严格)?(?:遵照|贯彻|组织|参照)*(?:执行|落实|实施|贯彻落实|施行)`, `(?:国家|省|上级|、|和|或|及)+另有规定的`, `(?:`+formSelf+`)?的?(?:具体)?(?:解释(?:工作)?)?由\p{Han}*(?:负责)?(?:解释|承担)`)
	// Why a cleanup ends a document: facts, in clauses of their own or in a column.
	officialReason = forms(
		`T?(?:因|由于|鉴于)?[\p{Han}、]{0,20}?(?:已|已经|均已|业已|早已)(?:全部|基本)?(?:完成|结束|到期|届满|过期|取消|撤销|调整|消失|不存在|实现|终止|撤并|过|满|实施|\p{Han}{2,4}完毕)`,
		`(?:\p{Han}*任务|阶段性工作)完成|(?:适用期|有效期|期限|试行期)(?:已过|已满|已届满|已经届满)`,
		`已有(?:新的)?[\p{Han}T]{0,20}?(?:涵盖|替代|取代|代替|规定|规范)(?:其内容|其|该文件)?`,
		`T?(?:因|由于)?(?:主要|有关|相关|其)?(?:内容|规定)?(?:与|同)[\p{Han}T、]{1,30}?(?:不一致|相抵触|不相符|不符|不适应|相悖|重复)`,
		`T?(?:已经|已)?(?:不|不能|难以)(?:再|能|完全|相)?(?:适应|符合|适用)\p{Han}{0,20}`,
		`(?:因|由于|鉴于)?其?(?:主要)?(?:制定|出台|设定)?的?依据(?:的)?T?(?:已|已经|均已)(?:被)?(?:废止|失效|修改|修订|取消|不存在)`,
		`T?(?:主要|有关|相关|其)?(?:内容|规定)?已(?:经)?被[\p{Han}T]{1,20}?(?:涵盖|替代|取代|代替|覆盖|吸收|废止)`,
		`(?:实际上|事实上|目前|现)?已(?:经)?(?:不再|停止)(?:执行|施行|适用|实施)`,
		`T?因(?:有效期|期限|试行期)?(?:已|已经)?(?:届满|期满|到期)(?:(?:且|，)?不再(?:延续|延长))?`,
		`(?:因|由于|鉴于)?(?:上位法|上位依据|国家政策|有关政策|相关政策|法律法规|政策依据)[\p{Han}]{0,8}?(?:已|已经)?(?:作)?(?:修订|修改|调整|变化|废止|失效|出台)`,
		`(?:因|由于|鉴于)?(?:机构改革|(?:职能|职责|机构)(?:已|已经)?(?:调整|变更|撤销))`,
		`(?:因|由于|鉴于)T[\p{Han}]{0,8}?(?:已|已经)[\p{Han}]{0,12}?(?:涵盖|公布|施行|实施|出台|替代|取代)[\p{Han}]{0,8}`,
		`(?:因|由于|鉴于)(?:机构改革|职能调整|政策调整|上位法修改|上位法废止|国家政策调整)`,
	)
	officialBracket = forms(
		`以下(?:统称|简称|称).*`,
		`试行|暂行`,
		`有效期(?:为)?[\d一二三四五六七八九十两]+年|有效期至D`,
		officialOrigin+`(?:[、，,；]`+officialOrigin+`)*`,
	)
	officialHeading = forms(
		`(?:附件?[\d一二三四五六七八九十]*)?(?:` + formIssuer + `)?(?:本次|现|决定|予以|宣布|现予|明令)*` + formEnd + `(?:(?:和|、|与|及)?(?:宣布)?` + formEnd + `)?的?` +
			`(?:` + formIssuer + `)?(?:行政|地方性|地方|政府|部门|规范性|政策性|政策|党内|的)*(?:文件|规章|法规|决定|通知)?(?:目录|清单|名单|一览表|表|类)?(?:如下)?`,
	)
	officialIntro = forms(
		`(?:`+formIssuer+`)?(?:决定|现)?宣布(?:下列|以下)[\d一二三四五六七八九十百两]*[件部项个]?`+formListed+formEnd,
		`现公布`+formEnd+`的`+formListed+`如下`,
		`(?:现)?将(?:我局|我委|我厅|我市|本机关)?`+formEnd+`的?`+formListed+`(?:清单|名单)?(?:予以)?(?:公布|公告|印发|通告)(?:如下)?`,
		formTimed+`(?:`+formIssuer+`)?`+formHow+`(?:对|将)?(?:下列|以下)[\d一二三四五六七八九十百两]*[件部项个]?`+formListed+`(?:`+formTime+`)?`+formHow+formEnd,
		`(?:`+formIssuer+`)?`+formHow+`(?:`+formTime+`)?`+formHow+formEnd+`(?:下列|以下|如下)[\d一二三四五六七八九十百两]*[件部项个]?`+formListed,
	)

	unofficial = regexp.MustCompile(`推动|督促|责成|协调|配合|争取|牵头|起草|拟定|网传|业主|县级以上|有关部门|主管部门|公安|新(?:条例|办法|规定|法|政策|标准|文件)|报(?:请|市|省|县|国务院)|不予|不得|不同意|暂不|未|除外|例外|拟|建议|待|另|若[^干]|如果|一旦|要求|请|需要|形势|期间|情况|下列情形|条款|附件|第[\d一二三四五六七八九十百零]+[章节款项]`)
	unready    = regexp.MustCompile(`不予|暂|拟|建议|征求|推动|督促|除|例外|若[^干]|如果|一旦`)
	unreasoned = regexp.MustCompile(`不予|不得|不同意|暂不|未|仍|除|例外|保留|继续|部分|拟|建议|待|另|若[^干]|如果|一旦|请|的$|第[\d一二三四五六七八九十百零]+[条章节款项]`)
	aforesaid  = regexp.MustCompile(`(?:上述|以上|前述|所列)([\d一二三四五六七八九十百]+)?[件个部项]?(?:行政|政府|部门)?(?:规范性|政策性|政策)?(?:文件|规章|规定|办法|通知|意见|细则|法规|制度)`)
	brackets   = regexp.MustCompile(`[（(]([^（()）]*)[）)]`)
	itemMark   = regexp.MustCompile(`^(?:\d+(?:\.\d+)+|第[\d一二三四五六七八九十百零〇]+条|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、．])+`)
	counted    = regexp.MustCompile(`[（(]?(?:共|计|共计)*[\d一二三四五六七八九十百]+[件部项个份][）)]?$`)
)

// officialOrigin is one part of the bracket behind a document: its number, its
// day, who made it and by which order.
const officialOrigin = `(?:T(?:文件|文)?|D(?:\p{Han}{2,40}?)?(?:令|公告|文件|会议)?(?:第?[\d一二三四五六七八九十百]+号)?T?` + formMade + `?|\p{Han}{2,40}?(?:令|公告|文件|文|会议)(?:第?[\d一二三四五六七八九十百]+号)?T?` + formMade + `?|` +
	`\p{Han}{2,40}?T?` + formMade + `|第?[\d一二三四五六七八九十百]+号(?:公告|令)?|根据D?[\p{Han}T第\d]*(?:修正|修订|修改))+`

const formTimed = `(?:` + formTime + `)?`

const formListed = `(?:` + formIssuer + `)?(?:规章、|法规、|地方性法规、)?(?:行政|地方性|地方|政府|部门|规范性|政策性|政策|党内|的)*(?:文件|规章|法规|决定|通知)(?:目录)?`

func forms(fs ...string) *regexp.Regexp {
	return regexp.MustCompile(`^(?:` + strings.Join(fs, "|") + `)$`)
}

// longestOfficial bounds a sentence in bytes: a longer one is for a person.
const longestOfficial = 8 << 10

// official reports whether a sentence has only clauses of known form.
func (s *sentence) official() bool {
	if !s.judged {
		s.judged = true
		if len(s.text) <= longestOfficial {
			t, ok := s.plainForm()
			known, lists := officialText(t, ok, s.clean)
			s.plain = known && (!lists || len(s.titles) > 0)
		}
	}
	return s.plain
}

// officialText reads the clauses of a sentence in its plain form. known reports
// that each has a form, lists that one of them says that what follows it ends.
func officialText(t string, ok, clean bool) (known, lists bool) {
	if !ok {
		return false, false
	}
	conflict, instead := false, false
	own := true // the clause may leave out 本办法: it is the first, or the one before named it
	for _, c := range clausesOf(t) {
		switch i, _ := firstOf(c, []string{"下列", "以下", "如下", "将"}); {
		case i >= 0 && officialIntro.MatchString(c):
			lists = true
		case commonClauses[c]:
		case !unofficial.MatchString(c) && (commonClause.MatchString(c) || officialClause.MatchString(c) || own && officialFirst.MatchString(c)): // the cheapest first
		case !factual(c) && !officialRequest.MatchString(c) && (!clean || !officialCleanup.MatchString(c) || unready.MatchString(c)):
			return false, false
		}
		conflict = conflict || strings.HasSuffix(c, "的") && strings.Contains(c, "S")
		instead = instead || strings.HasPrefix(c, "以") || strings.HasPrefix(c, "按")
		own = strings.HasPrefix(c, "S") || strings.HasPrefix(c, "上述") || strings.HasPrefix(c, "以上") || officialGround.MatchString(c)
	}
	if conflict && !instead {
		return false, false // 与本通知不一致的，《A》停止执行 is a condition
	}
	return true, lists
}

// commonClauses are of a form of officialClause, whose pattern is so long that one
// match takes a fifth of a millisecond. Most sentences have no others.
var commonClauses = map[string]bool{
	"T同时废止": true, "T废止": true, "T同时失效": true, "T同时停止执行": true, "T予以废止": true, "同时废止": true, "T自即日起废止": true, "D发布的T同时废止": true, "D公布的T同时废止": true, "S自D起施行": true,
}

// commonClause is a form of officialClause too: D国务院发布的T同时废止.
var commonClause = regexp.MustCompile(`^D\p{Han}*(?:通过|公布|发布|颁布|印发|批准|修订|修正)的T同时废止$`)

// factual reports whether a clause is a reason of known form.
func factual(c string) bool {
	return officialReason.MatchString(c) && !unreasoned.MatchString(c)
}

// reasonCell reports whether a cell of a table only says why: 工作任务已完成.
func reasonCell(text string) bool {
	mask, titles := blot(text)
	t, ok := (&sentence{text: text, mask: mask, titles: titles}).plainForm()
	if !ok || len(text) > longestOfficial {
		return false
	}
	for _, c := range clausesOf(t) {
		if !factual(c) {
			return false
		}
	}
	return true
}

// clausesOf cuts a sentence at its commas, semicolons and colons.
func clausesOf(t string) []string {
	return strings.FieldsFunc(t, func(r rune) bool { return strings.ContainsRune("，,；;：:。", r) })
}

// officialListHeading reports whether a heading says plainly that all below it ends.
func officialListHeading(t string) bool {
	t = strings.TrimRight(itemMark.ReplaceAllString(compactForm(t), ""), "：:。")
	return officialHeading.MatchString(counted.ReplaceAllString(t, ""))
}

// officialListIntro reports the same of a sentence: 下列文件予以废止：.
func officialListIntro(text string) bool {
	mask, titles := blot(text)
	s := &sentence{text: text, mask: mask, titles: titles}
	t, ok := s.plainForm()
	_, lists := officialText(t, ok, true)
	return len(text) <= longestOfficial && lists
}

// plainForm writes a sentence with T and D. ok is false where a bracket holds
// what no form knows.
func (s *sentence) plainForm() (t string, ok bool) {
	s.parse()
	type span struct {
		from, to int
		mark     string
	}
	var b strings.Builder
	at := 0
	for at < len(s.text) {
		next := span{from: len(s.text), to: len(s.text)}
		for _, x := range s.titles {
			if x.Start >= at && x.Start < next.from {
				next = span{x.Start, x.End, "T"}
				if s.isOwn != nil && s.isOwn(x.Title) && strings.HasPrefix(trimLeft(s.text[x.End:]), "自") {
					next.mark = "S"
				}
			}
		}
		for _, x := range s.numbers {
			if x.Start >= at && x.Start < next.from {
				next = span{x.Start, x.End, "T"}
			}
		}
		for _, x := range s.dates {
			if x.Start >= at && x.Start < next.from {
				next = span{x.Start, x.End, "D"}
			}
		}
		b.WriteString(s.text[at:next.from])
		b.WriteString(next.mark)
		at = max(next.to, at+1)
		if next.mark == "D" {
			at += startsWith(s.text[min(at, len(s.text)):], "0时", "零时", "24时", "00:00")
		}
	}
	t = itemMark.ReplaceAllString(compactForm(b.String()), "")
	if s.listed {
		t = aforesaid.ReplaceAllString(t, "T")
	}
	for range 4 {
		if !brackets.MatchString(t) {
			break
		}
		known := true
		t = brackets.ReplaceAllStringFunc(t, func(m string) string {
			in := brackets.FindStringSubmatch(m)[1]
			known = known && (in == "" || officialBracket.MatchString(in)) && !unofficial.MatchString(in) && !doubtful.MatchString(in)
			return ""
		})
		if !known {
			return "", false
		}
	}
	t = selfForm(t)
	return strings.TrimRight(t, "。；;：:."), !strings.ContainsAny(t, "（）()")
}

// selfForm writes S for what a document calls itself: 本办法, 本若干措施.
func selfForm(t string) string {
	if !strings.Contains(t, "本") {
		return t
	}
	var b strings.Builder
	for i := 0; i < len(t); {
		if n := selfAt(t[i:]); n > 0 {
			b.WriteString("S")
			i += n
			continue
		}
		_, w := utf8.DecodeRuneInString(t[i:])
		b.WriteString(t[i : i+w])
		i += w
	}
	return b.String()
}

// bracketKnown reports whether the brackets of an item hold only what describes
// a document: number, day, maker.
func bracketKnown(text string) bool {
	mask, titles := blot(text)
	_, ok := (&sentence{text: text, mask: mask, titles: titles}).plainForm()
	return ok
}

// officialBehind reports whether nothing but brackets of known content stands
// behind the document of an item.
func officialBehind(rest string) bool {
	t := strings.TrimLeft(strings.Trim(compactForm(rest), "。；;，,、》的通知"), "）)")
	for _, m := range brackets.FindAllStringSubmatch(t, -1) {
		if unofficial.MatchString(m[1]) || doubtful.MatchString(m[1]) {
			return false
		}
	}
	return strings.Trim(brackets.ReplaceAllString(t, ""), "。；;，,、") == ""
}

// compactForm drops white space and narrows digits.
func compactForm(t string) string {
	return strings.Map(func(r rune) rune {
		if zh.IsSpace(r) {
			return -1
		}
		if r >= '０' && r <= '９' {
			return r - '０' + '0'
		}
		return r
	}, t)
}
