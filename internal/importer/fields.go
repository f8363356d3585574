package importer

import (
	"regexp"
	"slices"
	"strings"

	"gongbao/internal/extract"
)

// labels are what pages and databases call the facts of a document, by the key
// of the front matter. "" is what is known and not wanted.
var labels = map[string][]string{
	"index":      {"索引号", "信息索引号", "信息索引", "索引编号", "信息索取号", "信息索引码"},
	"number":     {"文号", "发文字号", "文件编号", "发文文号", "文件字号", "发文号"},
	"title":      {"名称", "信息名称", "标题", "文件名称", "题名", "文件标题", "信息标题"},
	"issuers":    {"发布机构", "发文机关", "发文机构", "发布单位", "颁布单位", "制发机关", "发布机关", "制定机关", "发文单位", "公开单位", "责任部门"},
	"signed":     {"成文日期", "生成日期", "发文日期", "成文时间", "颁布日期", "制发日期", "发文时间", "信息生成日期", "签发日期"},
	"published":  {"发布日期", "发布时间", "公开日期", "录入时间", "上网日期", "公开时间", "发布于", "时间", "日期", "更新时间", "信息发布日期"},
	"effective":  {"实施日期", "施行日期", "生效日期", "生效时间"},
	"expires":    {"失效日期", "失效时间", "废止日期", "废止时间", "有效期至"},
	"topics":     {"主题分类", "业务分类", "内容分类", "信息分类", "分类", "主题词", "主题类别", "体裁分类", "组配分类"},
	"disclosure": {"公开类型", "公开形式", "公开属性", "公开方式", "信息公开选项", "公开类别", "公开范围"},
	"keywords":   {"关键词", "关键字"},
	"result":     {"办理结果", "办理类别", "答复类别"}, // of a reply to a proposal
	"origin":     {"来源", "信息来源", "文章来源", "作者来源", "作者&来源", "稿件来源"},
	"": {"内容概述", "作者", "责任编辑", "编辑", "浏览次数", "访问次数", "点击数", "点击率", "字体", "字号", "字体大小", "效力状态", "有效性", "法宝引证码", "原文链接", "服务对象", "信息有效性", "阅读次数", "阅读量", "浏览量",
		"公文时效", "时效性", "时效", "归档时间", "视力保护色", "下载地址", "阅读", "浏览", "点击", "体裁", "语种", "载体类型", "记录形式", "公文种类", "文种", "审核", "责编", "供稿", "所属栏目"},
}

// labelPattern finds labels with spaces between their characters, in brackets
// or not, and the colon or bracket behind.
var labelPattern, labelKeys = func() (*regexp.Regexp, map[string]string) {
	keys := map[string]string{}
	var all []string
	for key, names := range labels {
		for _, n := range names {
			keys[n] = key
			all = append(all, n)
		}
	}
	slices.SortFunc(all, func(a, b string) int { // the longest first
		if n := len(b) - len(a); n != 0 {
			return n
		}
		return strings.Compare(a, b)
	})
	for i, n := range all {
		chars := strings.Split(n, "")
		for k := range chars {
			chars[k] = regexp.QuoteMeta(chars[k])
		}
		all[i] = strings.Join(chars, `[\s\p{Z}]*`)
	}
	return regexp.MustCompile(`(?:^|[\s\p{Z}】\]\)|丨｜]|[^\p{Han}])(【?[\s\p{Z}]*(` + strings.Join(all, "|") + `)[\s\p{Z}]*(?:】[\s\p{Z}]*[：:]?|[：:]))`), keys
}()

// A pair is a label with what stands behind it.
type pair struct {
	key   string // of the front matter
	value string
	n     int // line
}

// squeeze takes the spaces out of a label.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '　' || r == '\t' || r == '\u00a0' || r == '【' || r == '】' {
			return -1
		}
		return r
	}, s)
}

// frames are the characters that a list or table of labels leaves around them
// where it was pasted as text: • 索引号： | 文号： | 示政发〔2020〕3号 |.
const frames = " 　\t\u00a0|丨｜•●·■◆▪"

// pairs takes a line of labels apart. lead is the text before the first.
func pairs(l line) (out []pair, lead string) {
	ms := labelPattern.FindAllStringSubmatchIndex(l.text, -1)
	if ms == nil {
		return nil, l.text
	}
	lead = l.text[:ms[0][2]]
	for i, m := range ms {
		end := len(l.text)
		if i+1 < len(ms) {
			end = ms[i+1][2]
		}
		out = append(out, pair{labelKeys[squeeze(l.text[m[4]:m[5]])], strings.Trim(l.text[m[1]:end], frames), l.n})
	}
	return out, lead
}

// known returns the key of a label of an extracted field, and whether it is one.
func known(label string) (string, bool) {
	if key, ok := webLabels[label]; ok {
		return key, true
	}
	key, ok := labelKeys[squeeze(strings.TrimRight(label, "：:"))]
	return key, ok
}

// webLabels are names of meta tags (国办发〔2017〕47号) and of properties of files.
var webLabels = map[string]string{
	"ArticleTitle": "title", "PubDate": "published", "ContentSource": "origin", "Keywords": "keywords", "keywords": "keywords",
}

// fields gives the fields of a file as pairs.
func fields(fs []extract.Field) []pair {
	var out []pair
	for i, f := range fs {
		key, ok := known(f.Label)
		if f.Label == "" && i+1 < len(fs) && fs[i+1].Line == f.Line { // a date before the source of the page
			key, ok = "published", true
		}
		if ok && strings.TrimSpace(f.Value) != "" {
			out = append(out, pair{key, strings.TrimSpace(f.Value), f.Line})
		}
	}
	return out
}
