package markup

import (
	"regexp"
	"slices"
	"strings"

	"gongbao/internal/gazette"
	"gongbao/internal/zh"
)

// assignRoles finds the parts of an official document that have a place of
// their own (GB/T 9704-2012 7.3): by form and position, never by content alone.
func assignRoles(blocks []*Block, o Options) {
	body := header(blocks, o)
	if a := addressees(blocks[body:]); a >= 0 {
		blocks[body+a].Role = Addressees
	}
	for i, b := range blocks {
		if b.Kind == Paragraph && b.Role == Body && textSize(b) < 400 {
			closingRole(blocks, i)
		}
	}
}

// header marks the lines before the text: title, number, 题注. It returns the
// index of the first block after them.
func header(blocks []*Block, o Options) int {
	title := zh.Fold(o.Title)
	for i, b := range blocks {
		if b.Kind != Paragraph && b.Kind != Heading || textSize(b) > 600 {
			return i
		}
		text := strings.TrimSpace(b.PlainText())
		switch {
		case title != "" && zh.Fold(text) == title, i == 0 && b.Kind == Heading && b.Level == 1 && title == "":
			b.Role = TitleLine
		case isNumber(text):
			b.Role = NumberLine
		case IsAmendmentLine(text):
			b.Role = Amendment
		default:
			return i
		}
	}
	return len(blocks)
}

func isNumber(text string) bool {
	if len(text) > 120 || !strings.HasSuffix(text, "号") && !strings.HasSuffix(text, "号）") && !strings.HasSuffix(text, "号)") {
		return false
	}
	text = strings.Trim(text, "（）()")
	_, ok := gazette.ParseNumber(text)
	return ok
}

// amendmentWords are the acts that a 题注 records.
var amendmentWords = []string{"通过", "公布", "发布", "批准", "修订", "修正", "施行", "修改", "决定", "颁布", "废止", "公告", "令"}

// IsAmendmentLine reports whether a paragraph is a 题注: it starts with a date
// or with （ and a date or 根据, and records how the text came about. A sentence
// that begins with a date, 2024年5月1日市政府发布的《甲办法》同时废止。, is none.
func IsAmendmentLine(text string) bool {
	t := strings.TrimLeft(text, "（( 　根据")
	if len(t) == 0 || len(text) > 1500 || strings.HasSuffix(text, "：") {
		return false
	}
	bracketed := strings.HasPrefix(trimSpaces(text), "（") || strings.HasPrefix(text, "(")
	if strings.HasSuffix(text, "。") && !bracketed && !strings.HasSuffix(text, "施行。") {
		return false
	}
	if _, ok := zh.ScanDate(t); !ok {
		return len(text) < 40 && (strings.HasSuffix(text, "之日施行") || strings.HasSuffix(text, "之日起施行"))
	}
	for _, w := range amendmentWords {
		if strings.Contains(t, w) {
			return true
		}
	}
	return false
}

// addressees returns the index of the 主送机关 line among the first blocks, or
// -1: names of bodies, ending in a colon.
func addressees(blocks []*Block) int {
	for i, b := range blocks {
		if i > 3 || b.Kind != Paragraph {
			return -1
		}
		text := strings.TrimSpace(b.PlainText())
		if _, numbered := parseMarker(text); numbered {
			return -1
		}
		if strings.HasSuffix(text, "：") || strings.HasSuffix(text, ":") {
			if IsAddressees(text) {
				return i
			}
			return -1
		}
	}
	return -1
}

// IsAddressees reports whether a line that ends in a colon is 主送机关.
func IsAddressees(text string) bool {
	if len(text) > 900 {
		return false
	}
	for _, w := range []string{"。", "；", "如下", "现将", "决定", "规定", "为了", "根据", "以下", "下列", "通知", "包括", "要求", "公告", "？", "按照", "条件"} {
		if strings.Contains(text, w) {
			return false
		}
	}
	return namesReceivers(text)
}

// receivers are what those a document is sent to are called, or end in.
var receivers = strings.Fields(`各 有关 相关 你 局 委 办 部 厅 署 府 会 院 单位 公司 集团 企业 学校 大学 中心 省 市 县 区 州 盟 旗 镇 乡 村 街道 处 行 社
	团 站 所 室 队 馆 校 厂 矿 场 港 代表 委员 同志 先生 女士 组织 机构 机关 公民 市民 社会 用户 群众 业主 人员 人士`)

func namesReceivers(text string) bool {
	return slices.ContainsFunc(receivers, func(w string) bool { return strings.Contains(text, w) })
}

// closingRole marks the lines after the text.
func closingRole(blocks []*Block, i int) {
	b := blocks[i]
	text := strings.TrimSpace(b.PlainText())
	switch {
	case text == "":
	case isAttachmentTag(text):
		b.Role = AttachmentTag
	case strings.HasPrefix(text, "附件：") || strings.HasPrefix(text, "附件:"):
		b.Role = AttachmentRef
		for _, next := range blocks[i+1:] {
			m, ok := parseMarker(lead(next))
			if next.Kind != Paragraph || !ok || m.unit != Level3 || textSize(next) > 200 {
				break
			}
			next.Role = AttachmentRef
		}
	case strings.HasPrefix(text, "抄送：") || strings.HasPrefix(text, "抄送:"):
		b.Role = CopyTo
		copies(blocks[i+1:])
	case strings.HasPrefix(text, "信息公开选项") || strings.HasPrefix(text, "公开方式：") || strings.HasPrefix(text, "公开属性："):
		b.Role = Disclosure
	case isNote(text):
		b.Role = Note
	case isDate(text):
		b.Role = SigningDate
		signatures(blocks[:i])
	case isImprint(text):
		if ds := zh.FindDates(text); len(ds) == 1 {
			b.Role = PrintedBy
		}
	}
}

// copies marks the lines that 抄送 goes on with, one for each level of those that
// get a copy (GB/T 9704-2012 7.4.2): they end in a full stop, before 印发.
func copies(blocks []*Block) {
	for n, b := range blocks {
		if text := strings.TrimSpace(b.PlainText()); isImprint(text) {
			for _, line := range blocks[:n] {
				line.Role = CopyTo
			}
			return
		} else if b.Kind != Paragraph || n > 3 || !strings.HasSuffix(text, "。") || strings.Count(text, "。") > 1 || len(text) > 600 {
			return
		}
	}
}

// printRun is the number of copies behind 印发 (GB/T 9704-2012 7.4.3 has none;
// offices print it all the same).
var printRun = regexp.MustCompile(`\s*[（(]?共印\s*\d+\s*份[）)]?$`)

// isImprint reports the line 某市人民政府办公室　2024年3月1日印发.
func isImprint(text string) bool {
	switch {
	case len(text) >= 150:
		return false
	case strings.HasSuffix(text, "份"), strings.HasSuffix(text, "份）"), strings.HasSuffix(text, "份)"):
		text = printRun.ReplaceAllString(text, "")
	}
	return strings.HasSuffix(text, "印发")
}

// isAttachmentTag reports 附件, 附件1, 附件 一, 附：, alone in a paragraph.
func isAttachmentTag(text string) bool {
	rest, ok := strings.CutPrefix(text, "附件")
	if !ok {
		return false
	}
	rest = strings.TrimRight(strings.TrimSpace(rest), "：:")
	if rest == "" {
		return true
	}
	n, size := zh.ParseNumeral(rest)
	return n > 0 && size == len(rest)
}

// isNote reports 附注: a paragraph in brackets about publication or redaction.
func isNote(text string) bool {
	if !strings.HasPrefix(text, "（") && !strings.HasPrefix(text, "(") || !strings.HasSuffix(text, "）") && !strings.HasSuffix(text, ")") {
		return false
	}
	for _, w := range []string{"此件", "本文有删减", "有删减", "联系人"} {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// isDate reports a paragraph that is one full date and nothing else.
func isDate(text string) bool {
	if len(text) > 60 {
		return false
	}
	m, ok := zh.ScanDate(text)
	return ok && m.Day > 0 && m.Start == 0 && m.End == len(text)
}

// signatures marks the names right above a signing date.
func signatures(before []*Block) {
	for i := len(before) - 1; i >= 0 && i >= len(before)-40; i-- {
		b := before[i]
		if b.Kind != Paragraph || b.Role != Body || textSize(b) > 120 {
			return
		}
		text := strings.TrimSpace(b.PlainText())
		if text == "" || strings.ContainsAny(text, "。；：，！？“”,;:") {
			return
		}
		if _, numbered := parseMarker(text); numbered {
			return
		}
		b.Role = Signature
	}
}
