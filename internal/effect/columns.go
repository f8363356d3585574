package effect

import (
	"strings"

	"gongbao/internal/zh"
)

// columns are the columns of a table of documents (standards §5.5); -1 for one
// that it does not have. twice says that it names two documents a row, the new
// one and the old one.
type columns struct {
	title, number, disposition, until int
	from                              int          // 废止时间: -1 for none
	reasons                           []int        // 备注, 理由: they may say more
	marks                             []markColumn // 继续有效 | 修改 | 废止, with √ in one of them
	twice                             bool
	plain                             bool // every other column only describes the document
}

// A markColumn is one whose head is a disposition.
type markColumn struct {
	at   int
	head string
}

// plainColumn knows the heads of columns that add nothing to a disposition.
func plainColumn(h string) bool {
	switch h {
	case "", "文件名", "文件题目", "发布机关及文号", "序号", "编号", "登记号", "统一编号", "时间", "年份", "类型", "文件类型", "文种", "密级", "页数", "公文名称", "名称", "标题", "题目", "文件", "文号", "字号", "清理意见", "清理结果", "清理结论", "处理意见", "处理结果", "清理处理意见", "意见", "结果", "处理", "结论", "类别", "页码":
		return true
	}
	if i, _ := firstOf(h, []string{"依", "原", "被", "新", "替", "失效", "有效", "废止", "执行", "延", "截止", "到期", "恢复", "公众", "反馈"}); i >= 0 {
		return false
	}
	return endsIn(h, "文件名称", "规章名称", "文件标题", "规范性文件名称", "法规名称", "文号", "字号", "制定机关", "发布机关", "印发机关", "制定单位", "发文单位", "发布单位", "起草部门", "起草单位", "实施部门", "实施单位", "责任部门", "责任单位", "主管部门", "牵头部门", "公布日期", "发布日期", "印发日期", "成文日期", "施行日期", "公布时间", "发布时间", "印发时间", "施行时间", "发文日期", "发文时间", "通过日期", "登记编号", "机关", "部门", "单位", "年份", "年度", "日期", "时间", "文件编号", "令号", "统一编号", "文件类型", "文种") > 0
}

// isOld reports whether a column is that of the document which is ended, where
// another column has the new one.
func isOld(h string) bool {
	return strings.Contains(h, "废止") || strings.Contains(h, "失效") || strings.Contains(h, "被") || strings.HasPrefix(h, "原")
}

// columnsOf finds the columns in the head of a table.
func columnsOf(row []string) (columns, bool) {
	c := columns{title: -1, number: -1, disposition: -1, until: -1, from: -1, plain: true}
	for i, cell := range row {
		h := zh.Fold(cell)
		switch {
		case h == "备注" || h == "说明" || strings.HasSuffix(h, "理由") || strings.HasSuffix(h, "原因") || strings.HasSuffix(h, "依据"):
			c.reasons = append(c.reasons, i)
			continue
		case h == "废止时间" || h == "废止日期" || h == "停止执行时间" || h == "停止执行日期":
			c.from = i
			continue
		case isMarkHead(h):
			c.marks = append(c.marks, markColumn{i, strings.TrimPrefix(h, "是否")})
			continue
		case strings.Contains(h, "名称") || strings.Contains(h, "标题") || h == "文件" || strings.HasSuffix(h, "题目") || h == "文件名":
			c.twice = c.twice || c.title >= 0
			if c.title < 0 || isOld(h) {
				c.title = i
			}
		case (c.number < 0 || isOld(h)) && (strings.Contains(h, "文号") || strings.Contains(h, "字号") || strings.Contains(h, "文件编号")):
			c.number = i
		case c.disposition < 0 && (strings.Contains(h, "意见") || strings.Contains(h, "结果") || strings.Contains(h, "处理") || strings.Contains(h, "结论") || h == "状态" || h == "效力状态" || h == "清理类别" || h == "清理决定" || h == "决定"):
			c.disposition = i
			if n, _ := firstOf(h, []string{"拟", "建议", "部门", "公众", "初步", "反馈", "征求", "单位", "主管", "起草", "实施", "机构", "专家"}); n < 0 {
				continue
			}
		case (strings.Contains(h, "有效期") || strings.Contains(h, "延长至") || strings.Contains(h, "延长期限") || strings.Contains(h, "延长时间") || strings.Contains(h, "失效日期") || strings.Contains(h, "失效时间")) && (c.until < 0 || strings.Contains(h, "延") || strings.Contains(h, "截止") || strings.Contains(h, "新") || strings.Contains(h, "现")):
			c.until = i
			continue
		}
		c.plain = c.plain && plainColumn(h)
	}
	return c, c.title >= 0 || c.number >= 0
}

// isMarkHead reports whether the head of a column is a disposition: 废止, 拟修改.
func isMarkHead(h string) bool {
	switch strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(h, "拟"), "是否"), "宣布"), "予以") {
	case "废止", "失效", "继续有效", "有效", "保留", "修改", "修订", "继续执行", "停止执行":
		return true
	}
	return false
}

// underHead reads a second row of the head, 保留 | 修改 | 废止 below 清理意见. It reports
// whether the row is one.
func (c *columns) underHead(row []string) bool {
	below, named := columnsOf(row)
	if len(below.marks) < 2 || len(c.marks) > 0 || !named && c.title >= 0 && c.title < len(row) && trimSpace(row[c.title]) != "" {
		return false
	}
	c.marks = below.marks
	for _, m := range c.marks {
		if m.at == c.disposition {
			c.disposition = -1
		}
	}
	return true
}

// marked returns the head of the one column that is marked in a row. A mark in
// two of them is nobody's to read.
func (c columns) marked(row []string) string {
	out := ""
	for _, m := range c.marks {
		if m.at >= len(row) {
			continue
		}
		switch trimSpace(row[m.at]) {
		case "√", "✓", "✔", "☑", "●", "■", "是", "1":
			if out != "" {
				return ""
			}
			out = m.head
		case "", "×", "否", "-", "—", "/":
		default:
			return ""
		}
	}
	return out
}

// section returns the text of a row that heads the rows below it, merged over
// the table or alone in its row: 一、决定废止的文件（5件）.
func (c columns) section(row []string) string {
	text, n, at := "", 0, 0
	for i, cell := range row {
		t := trimSpace(cell)
		if t == "" {
			continue
		}
		if n > 0 && t != text {
			return ""
		}
		text, at, n = t, i, n+1
	}
	_, _, _, disposed := dispositionOf(text)
	if n == 1 && (at == c.title || at == c.number) && !officialListHeading(text) && !(disposed && headingLike(text)) {
		return "" // a document of which nothing else is known
	}
	return text
}
