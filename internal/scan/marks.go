package scan

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"gongbao/internal/zh"
)

const levels = `(?:绝[\s\p{Z}]*密|机[\s\p{Z}]*密|秘[\s\p{Z}]*密)`

var (
	// 机密★10年, at the start of a line, a paragraph or a cell, bare or in brackets.
	starred = regexp.MustCompile(`^(` + levels + `[\s\p{Z}]*[★☆✯✩⭐*＊][\s\p{Z}]*(?:长[\s\p{Z}]*期|[0-9０-９一二三四五六七八九十]+[\s\p{Z}]*(?:年|个?月|天|日)|(?:至|解密)[^，。；]{0,12})?)`)
	// A level alone on a line, maybe with its period.
	level = regexp.MustCompile(`^(` + levels + `)(?:[\s\p{Z}]*(?:长[\s\p{Z}]*期|[0-9０-９]+[\s\p{Z}]*(?:年|个?月)))?$`)
	// 密级：机密
	labelled = regexp.MustCompile(`(?:密[\s\p{Z}]*级|保[\s\p{Z}]*密[\s\p{Z}]*等[\s\p{Z}]*级|保[\s\p{Z}]*密[\s\p{Z}]*级[\s\p{Z}]*别)[\s\p{Z}]*[:：][\s\p{Z}]*(` + levels + `)(?:[^、/／或\p{Han}]|长期|[0-9]|$)`)
	// 份号：000012, or six digits above the level.
	copyNumber = regexp.MustCompile(`^份[\s\p{Z}]*号[\s\p{Z}]*[:：]?[\s\p{Z}]*(?:[Nn]o\.?|№)?[\s\p{Z}]*([0-9０-９]{6})$|^([0-9]{6})$`)

	internalWords = `(?:内部(?:资料|文件|材料|使用|参考|传阅|掌握|刊物)|仅供(?:内部|领导|工作)?(?:使用|参阅|参考|传阅|掌握)|注意保(?:存|密|管)|妥善保管|不得(?:外传|公开|翻印|复制|扩散|上网|外泄)|严禁(?:外传|外泄|复制|翻印|扩散|上网)|请勿(?:外传|公开|扩散|上网|转发)|(?:会|阅|用)后(?:收回|即焚|退回|交回|销毁)|工作秘密|商业秘密|传[\s\p{Z}]*阅(?:件|文件)?|限内部(?:使用|阅读))`
	// A line of such words and nothing else, but for marks and brackets.
	internal = regexp.MustCompile(`^(?:(?:会议|参阅|学习|培训)(?:材料|资料|文件)[\s\p{Z}]*[，,、（(]?[\s\p{Z}]*)?(?:本?(?:件|文件|资料|材料)[\s\p{Z}]*[为属系是]?[\s\p{Z}]*)?` + internalWords + `(?:[\s\p{Z}]*[，,。；;、！!·\s\p{Z}][\s\p{Z}]*` + internalWords + `)*$`)
	// （此件不予公开）, 信息公开选项：依申请公开
	notPublic = regexp.MustCompile(`^(?:此件|本件|本文件?)[\s\p{Z}]*(?:不予公开|不公开|可?依申请公开|不宜公开|不得公开|不能公开)$|^(?:信息)?公开(?:选项|属性|方式|类型|形式)[\s\p{Z}]*[:：][\s\p{Z}]*(?:不予公开|不公开|依申请公开)$`)
	// （不予公开） alone, in brackets.
	bracketed = regexp.MustCompile(`^[（(\[【](?:不予公开|不公开|依申请公开|可依申请公开)[）)\]】]$`)
	urgency   = regexp.MustCompile(`^(?:特[\s\p{Z}]*急|加[\s\p{Z}]*急|特[\s\p{Z}]*提|平[\s\p{Z}]*急|急[\s\p{Z}]*件|第.{1,6}期|№?\d{1,6}|\d{4}年\d{1,2}月\d{1,2}日)?$`)
	// What stands at the left of a value in a form.
	levelLabel = regexp.MustCompile(`^(?:密级|保密等级|密级和保密期限|密级及保密期限|保密级别)[:：]?$`)
	copyLabel  = regexp.MustCompile(`^份号[:：]?$`)
	openLabel  = regexp.MustCompile(`^(?:信息)?公开(?:选项|属性|方式|类型|形式|类别)[:：]?$`)
	closed     = regexp.MustCompile(`^(?:不予公开|不公开|可?依申请公开)$`)
	levelStart = regexp.MustCompile(`^` + levels + `(?:[\s\p{Z}]*[★☆✯✩⭐*＊].*|[\s\p{Z}]*(?:长期|\d+年))?$`)
	free       = regexp.MustCompile(`免费(?:交流|赠阅|发送)|准印证|内部资料性出版物`)
)

// mostOfMark bounds the bytes of a line that is a mark without 密 in it.
const mostOfMark = 200

// begins are the characters with which such a line begins.
const begins = "绝机秘份内仅注妥不严请会阅用工商传限参学培本此件文资材公信可依0123456789０１２３４５６７８９"

// isOpening reports what may stand before a mark at the start of a line: signs of
// Markdown, brackets.
func isOpening(r rune) bool {
	switch r {
	case ' ', '\t', '　', '#', '>', '*', '_', '|', '-', '【', '[', '［', '（', '(', '〔', '「':
		return true
	}
	return false
}

// mayFree reports whether a line may have what free matches.
func mayFree(s string) bool {
	return zh.Contains(s, "免费") || zh.Contains(s, "准印证") || zh.Contains(s, "内部资料性")
}

// mayLabel reports whether a line may have what labelled matches.
func mayLabel(s string) bool {
	return zh.Contains(s, "级") && (zh.Contains(s, "：") || strings.Contains(s, ":"))
}

// marks finds marks of secrecy and lines that say that a paper is for inside.
func marks(s string, c context) []Hit {
	rest := strings.TrimLeftFunc(s, isOpening)
	if rest == "" {
		return nil
	}
	start := len(s) - len(rest)
	first, _ := utf8.DecodeRuneInString(rest)
	hit := func(rule string, from, to int) []Hit {
		return []Hit{{Rule: rule, Start: from, End: to, Masked: s[from:to]}}
	}
	if zh.Contains(s, "密") {
		if first == '绝' || first == '机' || first == '秘' {
			if m := starred.FindStringSubmatchIndex(rest); m != nil && !spokenOf(s[:start], rest[m[1]:]) {
				return hit(Mark, start+m[2], start+m[3])
			}
		}
		if mayLabel(s) {
			if m := labelled.FindStringSubmatchIndex(s); m != nil && !choices(s[m[3]:]) && !quoted(s[:m[2]]) {
				return hit(Mark, m[2], m[3])
			}
		}
	}
	if len(rest) > mostOfMark || !strings.ContainsRune(begins, first) {
		return nil
	}
	bare := strings.TrimRight(rest, " \t　*_|】]］）)〕」。！!")
	if utf8.RuneCountInString(bare) > 40 {
		return nil
	}
	switch {
	case mayFree(s) && free.MatchString(s):
		return nil
	case c.cell && levelLabel.MatchString(c.left) && levelStart.MatchString(bare):
		return hit(Mark, start, start+len(bare))
	case c.cell && copyLabel.MatchString(c.left) && copyNumber.MatchString(bare):
		return hit(Mark, start, start+len(bare))
	case c.cell && openLabel.MatchString(c.left) && closed.MatchString(bare), bracketed.MatchString(strings.TrimSpace(s)):
		return hit(Internal, start, start+len(bare))
	case c.top && level.MatchString(bare) && (!c.cell || c.alone):
		return hit(Mark, start, start+len(bare))
	case c.top && (!c.cell || c.alone) && copyNumber.MatchString(bare) && (c.first || strings.HasPrefix(compact(bare), "份号")):
		return hit(Mark, start, start+len(bare))
	case internal.MatchString(bare) && !strings.HasSuffix(bare, "商业秘密") && (!c.cell || c.alone) && !isItem(s[:start]):
		return hit(Internal, start, start+len(bare))
	case notPublic.MatchString(bare):
		return hit(Internal, start, start+len(bare))
	}
	return nil
}

// spokenOf reports whether a mark stands in quotation marks, or goes on as a
// sentence: 机密★是标志的一种.
func spokenOf(before, after string) bool {
	if quoted(before) {
		return true
	}
	after = strings.TrimLeft(after, " \t　*_】]］）)〕」")
	return strings.HasPrefix(after, "”") || strings.HasPrefix(after, "是") || strings.HasPrefix(after, "为") || strings.HasPrefix(after, "表示") || strings.HasPrefix(after, "等")
}

// quoted reports whether a quotation is open.
func quoted(before string) bool {
	return strings.Count(before, "“") > strings.Count(before, "”")
}

// choices reports a form that lets choose a level: 密级：绝密 机密 秘密.
func choices(after string) bool {
	after = strings.TrimLeft(after, " \t　、/／或□☐")
	for _, w := range []string{"绝密", "机密", "秘密", "公开", "内部"} {
		if strings.HasPrefix(after, w) {
			return true
		}
	}
	return false
}

// isItem reports a heading or an item of a list of Markdown: about such papers,
// it is no mark.
func isItem(before string) bool { return strings.ContainsAny(before, "#-") }

// isUrgency reports a cell that is not empty and says how urgent a paper is, its
// number or its day.
func isUrgency(cell string) bool {
	t := compact(cell)
	switch first, _ := utf8.DecodeRuneInString(t); first {
	case '特', '加', '平', '急', '第', '№', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return urgency.MatchString(t)
	}
	return false
}
