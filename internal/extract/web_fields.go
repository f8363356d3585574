package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// webLabels are the labels of metadata, without spaces.
var webLabels = strings.Fields(`索引号 信息索引 信息索引号 信息索取号 索取号 索引 发布机构 发文机关 发文机构 发文单位 发布单位 发布机关 发布部门 制发机关
	制定机关 公开机构 公开责任部门 责任部门 文号 发文字号 发布文号 文件编号 文件号 公文文号 统一编号 统一登记号 登记号 规范性文件统一编号 规范性文件编号
	主题分类 主题词 主题 成文日期 成文时间 发文日期 发文时间 生成日期 生成时间 形成日期 发布日期 发布时间 公开日期 公开时间 印发日期 印发时间 签发日期
	颁布日期 公布日期 实施日期 施行日期 生效日期 生效时间 失效日期 失效时间 废止日期 废止时间 有效期 有效期至 更新时间 更新日期 录入时间 上传时间
	公开形式 公开方式 公开属性 公开类型 公开类别 公开范围 公开程序 公开时限 信息名称 文件名称 名称 标题 题名 体裁分类 体裁 效力状态 效力 效力级别 有效性
	时效性 时效 关键词 关键字 分类 信息分类 信息类别 组配分类 内容分类 服务对象 服务对象分类 服务对象分类 所属主题 公文种类 文种 载体类型 记录形式
	语种 内容概述 内容摘要 摘要 概述 来源 信息来源 文章来源 稿件来源 新闻来源 作者 作者&来源 编辑 责任编辑 责编 审核 审核人 录入 录入人 录入者 发布人
	发布者 时间 日期 浏览次数 访问次数 点击数 点击次数 阅读次数 浏览量 阅读量 点击率 点击量 访问量 人气 字号 字体 字体大小 大小 供稿 撰稿 所属栏目 栏目`)

// webIdle are labels without a value of their own: tools.
var webIdle = words(`字号 字体 字体大小 大小`)

var (
	webLabel     = labelPattern()
	webLabelSet  = words(strings.Join(webLabels, " "))
	webFontTool  = regexp.MustCompile(`[\[【(（]?\s*(字号|字体)?\s*[：:]?\s*[\[【(（]?\s*(特大|大)\s*[|\s　]*中\s*[|\s　]*小\s*[\]】)）]?.*$`)
	webPlainDate = regexp.MustCompile(`^[12][0-9]{3}\s*[-/年.]\s*[0-9]{1,2}\s*[-/月.]\s*[0-9]{1,2}日?(\s+[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?)?`)
)

// webSpaces are the spaces inside of labels.
const webSpaces = `[\s\x{a0}\x{2000}-\x{200b}　]`

// labelPattern finds a label with a colon, or in 【】, at the start or after a
// space or bracket. Spaces may stand inside of it.
func labelPattern() *regexp.Regexp {
	labels := slices.Clone(webLabels)
	slices.SortStableFunc(labels, func(a, b string) int { return len(b) - len(a) })
	for i, l := range labels {
		labels[i] = strings.Join(strings.Split(regexp.QuoteMeta(l), ""), webSpaces+"*")
	}
	return regexp.MustCompile(`(^|[\s\x{a0}\x{2000}-\x{200b}　|｜\[【(（；;，,])(` + strings.Join(labels, "|") + `)` + webSpaces + `*([：:]|】\s*[：:]?|\]\s*[：:])`)
}

func isLabel(s string) bool {
	return webLabelSet[strings.Trim(webKey(s), "：:【】[]")]
}

// fieldsOf reads a line of labels and values: 来源：… 日期：… 字号：[大 中 小]. ok
// says that the line holds nothing else. A date before the first label has the
// label "".
func fieldsOf(text string) (out []Field, ok bool) {
	if !strings.ContainsAny(text, "：:】") || utf8.RuneCountInString(text) > 400 {
		return nil, false
	}
	at := webLabel.FindAllStringSubmatchIndex(text, -1)
	if len(at) == 0 {
		return nil, false
	}
	if before := strings.Trim(trimSpace(text[:at[0][4]]), "【[（("); before != "" {
		if d := webPlainDate.FindString(before); d == "" || strings.TrimFunc(before[len(d):], isToolMark) != "" {
			return nil, false
		} else {
			out = append(out, Field{Value: d})
		}
	}
	for i, m := range at {
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1][3] // up to the space or bracket before the next label
		}
		label, v := webKey(text[m[4]:m[5]]), ""
		if m[1] < end {
			v = cleanValue(text[m[1]:end])
		}
		if strings.ContainsAny(v, "。；") && !strings.HasPrefix(label, "内容") && !strings.HasSuffix(label, "述") && !strings.HasSuffix(label, "摘要") || utf8.RuneCountInString(v) > 200 {
			return nil, false
		}
		if !webIdle[label] {
			out = append(out, Field{Label: label, Value: v})
		}
	}
	return out, true
}

// labelled reports whether a segment is nothing but labels and values.
func (g *webSeg) labelled() bool {
	if g.labels == 0 {
		g.labels = 'n'
		if _, ok := fieldsOf(g.text); ok {
			g.labels = 'y'
		}
	}
	return g.labels == 'y'
}

// cleanValue takes the tools and brackets off a value.
func cleanValue(v string) string {
	v = webFontTool.ReplaceAllString(v, "")
	for _, cut := range []string{"【打印", "[打印", "【关闭", "[关闭", "【字", "[字", "【我要", "【内容纠错", "【收藏", "[收藏", "分享到"} {
		if i := strings.Index(v, cut); i >= 0 {
			v = v[:i]
		}
	}
	v = strings.Trim(trimSpace(v), "|｜【[")
	v = trimSpace(v)
	if strings.HasSuffix(v, "）") && !strings.Contains(v, "（") || strings.HasSuffix(v, ")") && !strings.Contains(v, "(") {
		v = trimSpace(strings.TrimRight(v, "）)"))
	}
	return strings.Join(strings.FieldsFunc(v, func(r rune) bool { return r == ' ' || r == '\n' || r == 0xA0 || r == '\t' }), " ")
}

// metaTable reads a table of metadata: cells 标签：值, or a cell with a label
// before one with its value. ok says that it is one.
func metaTable(rows [][]Cell) (out []Field, ok bool) {
	other := 0
	for _, row := range rows {
		for i := 0; i < len(row); i++ {
			t := PlainText(row[i].Runs)
			if trimSpace(t) == "" {
				continue
			}
			if isLabel(t) {
				v := ""
				if i+1 < len(row) && !isLabel(PlainText(row[i+1].Runs)) {
					v = cleanValue(PlainText(row[i+1].Runs))
					i++
				}
				out = append(out, Field{Label: strings.Trim(webKey(t), "：:【】[]"), Value: v})
				continue
			}
			if f, all := fieldsOf(t); all {
				out = append(out, f...)
				continue
			}
			other++
		}
	}
	return out, len(out) >= 2 && other*3 <= len(out)
}
