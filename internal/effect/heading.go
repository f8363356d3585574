package effect

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"gongbao/internal/markup"
)

var (
	// groups are numbered or counted lines that may head a group of documents.
	groups = regexp.MustCompile(`^[^《]{0,60}[（(][共计]*[\d０-９一二三四五六七八九十百]+[件部项个份][）)]$|^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])[^《。]{0,20}(?:由|需要|另行|暂缓|研究|处理)[^《。]{0,30}$`)
	// plainListName is the name of a list that says no more than its title.
	plainListName = regexp.MustCompile(`^(?:行政|政府|部门)?(?:规范性|政策性)?(?:文件|规章|法规)?(?:目录|清单|名单|一览表)$`)
)

// listHeading takes the disposition of a heading: 附件2 宣布失效的文件目录.
func (r *reader) listHeading(b *markup.Block, t string) bool {
	size := utf8.RuneCountInString(t)
	if size > 60 || strings.ContainsAny(t, "《。；") || b.Unit == markup.Article {
		return false
	}
	if b.Kind != markup.Heading && b.Unit != markup.Component && !headingLike(t) {
		return false
	}
	kind, via, plan, ok := dispositionOf(t)
	if i, _ := firstOf(t, []string{"拟", "不予", "需", "建议", "情况", "依据", "程序", "工作", "要求", "计划", "标准", "衔接", "暂缓"}); !ok || i >= 0 || !headingLike(t) {
		if b.Kind == markup.Heading && b.Unit != markup.Component && !subHeading(t) || groups.MatchString(t) && !subHeading(t) || !ok && r.list.assumed && headingLike(t) && !plainListName.MatchString(t) {
			r.list = listState{other: true} // 二、需要修订的规定（1件）, 衔接文件目录
		}
		return false
	}
	r.sorted = true
	r.list = listState{kind: kind, via: via, plan: plan, until: termIn(t), loose: r.loose || !keeps(kind) && !officialListHeading(t) && !officialListIntro(t)}
	if plan {
		r.list.kind = ""
	}
	s := &sentence{text: t, mask: t}
	if _, w, _, ok := r.timeIn(s, 0, len(t)); ok && !keeps(kind) {
		r.list.from = w // 下列文件从2026年1月1日起废止：
	}
	return true
}

// subHeading reports a line that only groups the items of a list: （一）市教育局（1件）, 以市政府名义印发的文件.
func subHeading(t string) bool {
	u := strings.TrimRight(trimNumber(trimSpace(t)), "：: ")
	u = strings.TrimRight(counted.ReplaceAllString(u, ""), "（( ")
	if n := utf8.RuneCountInString(u); n < 2 || n > 30 || strings.ContainsAny(u, "《。；，") {
		return false
	}
	if i, _ := firstOf(u, []string{"废止", "失效", "有效", "保留", "修改", "修订", "暂缓", "另行", "研究", "继续", "拟", "由"}); i >= 0 {
		return false
	}
	return endsIn(u, "局", "委", "委员会", "办", "办公室", "厅", "院", "政府", "社", "会", "中心", "部门", "单位", "公司", "集团", "名义印发的文件", "名义制发的文件", "制定的文件", "印发的文件", "起草的文件", "实施的文件", "牵头的文件", "类") > 0
}

// headingLike reports lines such as 一、决定废止的文件（5件）： or 目录.
func headingLike(t string) bool {
	u := strings.TrimRight(trimNumber(t), "：: ")
	if k := strings.LastIndexAny(u, "件项部个份"); k > 0 && k >= len(u)-3 {
		// 废止1件
		v := strings.TrimRight(u[:k], "0123456789０１２３４５６７８９一二三四五六七八九十百")
		if len(v) < k {
			u = v
		}
	}
	if i := strings.LastIndexAny(u, "（("); i > 0 && strings.ContainsAny(u[i:], "件项份个") {
		u = trimSpace(u[:i])
	}
	return endsIn(u, "文件", "目录", "规章", "规范性文件", "清单", "法规", "一览表", "表", "废止", "失效", "继续有效", "名单", "部分", "类", "如下") > 0
}

// isCaption reports a line between a heading and its table: （共1件）, 目录.
func isCaption(t string) bool {
	u := strings.Trim(t, "（）()共计 0123456789一二三四五六七八九十")
	return u == "" || u == "件" || u == "目录" || u == "清单" || u == "个" || u == "部"
}
