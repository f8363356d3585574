package gazette

import (
	"strings"
	"unicode/utf8"

	"gongbao/internal/zh"
)

// maxSeries returns the greatest length of a 机关代字 in characters. Those in use
// have up to ten; what is longer is prose that the list does not know.
func (f *finder) maxSeries() int {
	if f.whole {
		return 24
	}
	return 14
}

// series returns where the series begins that ends at i, without the prose
// before it. It returns i if there is none.
func (f *finder) series(i int) int {
	end := f.gapLeft(i)
	start := f.runLeft(end)
	if start == end {
		return i
	}
	cut := f.prose(start, end)
	if headWord(f.s[start:end]) == "" {
		cut = afterBracket(f.s[start:end], max(cut, lastEnd(f.s[start:end], fullNames)))
	}
	return start + cut
}

// issuer returns where the issuer begins that ends at i, in the long form that
// stands before 令 and 公告. Joint issuers are joined by 、, in 公告 also by spaces.
func (f *finder) issuer(i int, word string) int {
	const maxIssuers = 6
	end := f.gapLeft(i)
	start := f.runLeft(end)
	if start == end {
		return i
	}
	cut := f.prose(start, end)
	for k := 1; cut == 0 && k < maxIssuers; k++ {
		left := f.jointLeft(start, word)
		if left == start {
			break
		}
		from := f.runLeft(left)
		if from == left || !endsInOrgan(f.s[from:left]) || strings.HasPrefix(f.s[start:end], f.s[from:left]) {
			break
		}
		cut = f.prose(from, left)
		start = from
	}
	return start + cut
}

// jointLeft skips what joins two issuers before i, or returns i.
func (f *finder) jointLeft(i int, word string) int {
	if strings.HasSuffix(f.s[f.low:i], "、") {
		return f.gapLeft(i - len("、"))
	}
	if word == "令" {
		return i // spaces before an order separate columns: 1994年2月20日 国务院令
	}
	left := f.gapLeft(i)
	if strings.ContainsRune(f.s[left:i], '\n') {
		return i
	}
	return left
}

// runLeft returns where the run of series characters begins that ends at i.
//
// Spaces end the run, with three exceptions: single characters set apart from
// each other (国 办 发〔2019〕5号), a last 发 or 函 that a line break has cut off, and a line
// break after the first few characters in brackets. One Han character in
// brackets belongs to the run: 法（研）发.
func (f *finder) runLeft(i int) int {
	const maxRunes = 60
	n, apart := 0, 0 // characters in all, since the last space
	for n < maxRunes {
		r, w := utf8.DecodeLastRuneInString(f.s[f.low:i])
		switch {
		case isSeriesRune(r):
			i -= w
			n++
			apart++
			continue
		case n > 0 && n <= 2 && zh.IsCloseBracket(r):
			if open := f.innerLeft(i); open >= 0 {
				i = open
				apart = 2 // no space is crossed any more
				continue
			}
		case f.whole && r == '、' && n > 0:
			i -= w
			continue
		case n > 0 && zh.IsSpace(r):
			left := f.gapLeft(i)
			if left < i && apart == 1 && f.spaceFits(left, i, n) {
				i, apart = left, 0
				continue
			}
			if strings.ContainsRune(f.s[left:i], '\n') && f.openedLeft(left) {
				i, apart = left, 2
				continue
			}
		}
		return i
	}
	return i
}

// spaceFits reports whether the run goes on over the space from left to i, after
// n characters.
func (f *finder) spaceFits(left, i, n int) bool {
	r, w := utf8.DecodeLastRuneInString(f.s[f.low:left])
	if !zh.IsHan(r) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(f.s[i:])
	if n == 1 && strings.ContainsRune("发函办字规", next) {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(f.s[f.low : left-w])
	alone := left-w == f.low || zh.IsSpace(before)
	return alone && !strings.ContainsRune(f.s[left:i], '\n')
}

// openedLeft reports whether an opening bracket and one to six series
// characters end at i: a number in brackets that a line break has cut.
func (f *finder) openedLeft(i int) bool {
	const maxRunes = 6
	for k := 0; k <= maxRunes; k++ {
		r, w := utf8.DecodeLastRuneInString(f.s[f.low:i])
		if !isSeriesRune(r) {
			return k > 0 && zh.IsOpenBracket(r)
		}
		i -= w
	}
	return false
}

// innerLeft returns where the bracketed character begins that ends at i, or -1.
func (f *finder) innerLeft(i int) int {
	_, w := utf8.DecodeLastRuneInString(f.s[f.low:i])
	i -= w
	r, w := utf8.DecodeLastRuneInString(f.s[f.low:i])
	if !zh.IsHan(r) || isNumeral(r) {
		return -1
	}
	i -= w
	r, w = utf8.DecodeLastRuneInString(f.s[f.low:i])
	if !zh.IsOpenBracket(r) {
		return -1
	}
	i -= w
	if r, _ = utf8.DecodeLastRuneInString(f.s[f.low:i]); !zh.IsHan(r) {
		return -1
	}
	return i
}

func isSeriesRune(r rune) bool {
	switch {
	case r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z':
		return true
	case r >= 'Ａ' && r <= 'Ｚ' || r >= 'ａ' && r <= 'ｚ':
		return true
	}
	return zh.IsHan(r)
}

// endsInHanOrLetters reports whether s can be a 机关代字 by its last character.
func endsInHanOrLetters(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(s, zh.IsSpace))
	return isSeriesRune(r) && r != '第' && r != '号' && r != '年'
}

// isIssuer reports whether s may number orders. In whole numbers anything may,
// also nothing.
func (f *finder) isIssuer(s string) bool {
	return f.whole || endsInOrgan(s) && utf8.RuneCountInString(s) <= 60
}

// endsInOrgan reports whether s ends as names of issuers end: 院 部 委 会 局 署 行 府 席
// 厅 办 and the short forms before 令 (国令, 深府令, 政令).
func endsInOrgan(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(s, zh.IsSpace))
	return r != utf8.RuneError && strings.ContainsRune("院部委会局署行府席厅办室处关军国省市县区州盟旗政", r)
}

// prose returns how many bytes of the run f.s[start:end] stand before the series.
func (f *finder) prose(start, end int) int {
	run := f.s[start:end]
	cut := proseEnd(run)
	if cut == 0 {
		before, _ := utf8.DecodeLastRuneInString(f.s[:start])
		r, w := utf8.DecodeRuneInString(run)
		if isNumeral(before) && strings.ContainsRune(counters, r) {
			cut = w
		}
	}
	for cut < len(run) {
		w := leadWidth(run[cut:])
		if w == 0 || w == len(run)-cut {
			break
		}
		cut += w
	}
	return afterBracket(run, cut)
}

// afterBracket moves cut behind a bracket that it would leave at the head of
// the series, as when the 法 of 法（研）发 was taken for prose.
func afterBracket(run string, cut int) int {
	r, _ := utf8.DecodeRuneInString(run[cut:])
	i := strings.IndexFunc(run[cut:], zh.IsCloseBracket)
	if !zh.IsOpenBracket(r) || i < 0 {
		return cut
	}
	cut += i
	_, w := utf8.DecodeRuneInString(run[cut:])
	return cut + w
}

// The closed list of what is prose before a series. To extend it, add the word
// and a case to testdata/number_find.txt.
var (
	// proseWords end prose wherever they stand in the run.
	proseWords = []string{
		"根据", "依据", "按照", "依照", "遵照", "参照", "比照", "对照", "结合", "贯彻", "落实", "执行", "违反", "符合", "关于",
		"有关", "通过", "以及", "包括", "其中", "所称", "简称", "同时", "印发", "转发", "批转", "下发", "制发", "发出", "颁发",
		"发布", "公布", "颁布", "制定", "修改", "修订", "修正", "废止", "失效", "代替", "替代", "取代", "批准", "同意", "施行",
		"实施", "办理", "引用", "收到", "上述", "下列", "前述", "文件", "通知", "规定", "办法", "意见", "决定", "精神", "要求",
		"文号", "字号", "编号", "号文", "附件", "原文", "达到", "超过", "低于", "高于",
	}
	// fullNames end prose before a 机关代字, as in 市人民政府示政发〔2016〕1号, but not before
	// 令 and 公告, where the issuer is written in full.
	fullNames = []string{"人民政府", "办公厅", "办公室", "委员会", "国务院"}
	// particles end prose too, but also occur in names: those are protectedNames.
	particles      = "的和及与按由以见在为据凭并或被把了等称即如"
	protectedNames = []string{
		"共和国", "工业和信息化", "经济和信息化", "人力资源和社会保障", "劳动和社会保障", "住房和城乡", "卫生和计划生育",
		"人口和计划生育", "发展和改革", "文化和旅游", "规划和自然资源", "自然资源和规划", "民族和宗教", "农业和农村",
		"林业和草原", "粮食和物资", "商务和", "科学技术和", "城市管理和", "城乡规划和", "国土资源和", "市场和质量", "环境和",
		"水利和", "体育和", "教育和", "统计和", "农牧和", "财政和", "交通和", "档案和", "退役军人和", "安全和", "食品和",
		"呼和浩特", "和田", "和平", "和县", "和静", "和林格尔", "和龙", "和顺", "和政", "和硕", "和布克", "太和", "泰和",
		"平和", "仁和", "政和", "云和", "兴和", "德和", "人和", "祥和", "自由贸易", "大数据", "数据", "高等", "对等", "初等", "中等",
		"平等", "如皋", "如东", "即墨", "以色列", "为民",
	}
	// counters end a date or a count whose digits stand before the run.
	counters = "年月日号件条款项次届章节个"
	// units may follow 我, 本 and 该: 我院, 本市.
	units = "院部市省县区局委办厅会国署校府所处司行们州盟旗镇乡"
)

// proseEnd returns where the prose at the head of run ends, by the list above.
func proseEnd(run string) int {
	end := lastEnd(run, proseWords)
	last := rune(0)
	for i, r := range run {
		next := i + utf8.RuneLen(r)
		if next == len(run) {
			break
		}
		switch {
		case strings.ContainsRune(particles, r) && !isProtected(run, i):
			end = max(end, next)
		case strings.ContainsRune("年月日号条", r) && isNumeral(last): // a date in Chinese numerals
			end = max(end, next)
		case r == '我' || r == '本' || r == '该':
			if w := unitWidth(run[next:]); w > 0 && next+w < len(run) {
				end = max(end, next+w)
			} else if r == '我' {
				end = max(end, next)
			}
		}
		last = r
	}
	return end
}

// lastEnd returns where the last of words ends in run, before the end of run.
func lastEnd(run string, words []string) int {
	end := 0
	for _, w := range words {
		if !zh.Contains(run, w) {
			continue
		}
		if i := strings.LastIndex(run, w); i >= 0 && i+len(w) < len(run) {
			end = max(end, i+len(w))
		}
	}
	return end
}

func unitWidth(s string) int {
	r, w := utf8.DecodeRuneInString(s)
	if w > 0 && strings.ContainsRune(units, r) {
		return w
	}
	return 0
}

// isProtected reports whether the particle at byte i of run belongs to a name.
func isProtected(run string, i int) bool {
	for _, name := range protectedNames {
		for from := max(0, i-len(name)+1); from <= i; from++ {
			if strings.HasPrefix(run[from:], name) {
				return true
			}
		}
	}
	return false
}

// leadWidth returns the width of a word that is prose only at the head of a
// run, unless it begins a name: 原国家工商局令 but 原州区, 经国发 but 经信发.
func leadWidth(run string) int {
	r, w := utf8.DecodeRuneInString(run)
	next, _ := utf8.DecodeRuneInString(run[w:])
	switch r {
	case '原':
		if !strings.ContainsRune("州平阳", next) {
			return w
		}
	case '经':
		if !strings.ContainsRune("济信贸开发办管营纪普科合", next) {
			return w
		}
	case '依':
		if !strings.ContainsRune("安兰", next) {
			return w
		}
	}
	return 0
}
