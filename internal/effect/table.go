package effect

import (
	"path"
	"strconv"
	"strings"

	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/zh"
)

// columns are the columns of a table of documents (standards §5.5); -1 for one
// that it does not have. twice says that it names two documents a row, the new
// one and the old one.
type columns struct {
	title, number, disposition, until int
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

// A cell is the disposition that a cell of a table gives.
type cell struct {
	kind     gazette.RelationKind
	via      string
	until    End
	from     When
	part     bool
	articles []string
	closed   bool
}

// cellOf reads 清理意见 out of a cell. Only a cell that says nothing else is closed:
// 不予废止, 拟废止, 部分废止 and 新办法出台后废止 are not what they contain. ok is false for
// a cell that gives nothing, a plan (拟修改) included.
func cellOf(text string) (c cell, ok bool) {
	t := trimSpace(text)
	for _, w := range []string{"不予", "不宜", "未", "是否", "暂缓", "暂不", "拟", "待", "建议", "研究", "出台后", "另行"} {
		if strings.Contains(t, w) && !strings.HasPrefix(t, "继续") {
			return cell{}, false
		}
	}
	kind, via, plan, ok := dispositionOf(t)
	if !ok || plan {
		return cell{}, false
	}
	c = cell{kind: kind, via: via}
	s := &sentence{text: t, mask: t}
	c.until = s.lastDay()
	if c.until.IsZero() && hasSpan(t) {
		if i, w := firstOf(t, spanWords); i >= 0 {
			if e, ok := s.endAt(i + len(w)); ok && !e.end.Date.IsZero() {
				c.until = e.end
			}
		}
	}
	if c.articles = articlesIn(t); len(c.articles) > 0 || strings.Contains(t, "部分") {
		c.part = true
		return c, true
	}
	rest := t
	for _, w := range []string{"予以", "宣布", "决定", "继续", "执行", "施行", "有效", "废止", "失效", "保留", "停止", "现行", "延长", "有效期", "，", ",", "（", "）", "(", ")", "。", "至", "止", "期"} {
		rest = strings.ReplaceAll(rest, w, "")
	}
	s.parse()
	for _, d := range s.dates {
		rest = strings.Replace(rest, t[d.Start:d.End], "", 1)
		if lead := leadIn(t, d.Start); (lead < d.Start || strings.HasPrefix(t[d.End:], "起")) && kind != gazette.Extends && kind != gazette.Continues {
			c.from = When{Date: gazette.FromZh(d)}
		}
	}
	rest = strings.Trim(rest, " 自起于年月日0123456789")
	c.closed = rest == "" && (keeps(kind) || len(s.dates) == 0 || !c.from.Date.IsZero())
	return c, true
}

// plainColumn knows the heads of columns that add nothing to a disposition.
func plainColumn(h string) bool {
	switch h {
	case "", "序号", "编号", "登记号", "名称", "标题", "题目", "文件", "文号", "字号", "清理意见", "清理结果", "清理结论", "处理意见", "处理结果", "清理处理意见", "意见", "结果", "处理", "结论", "类别", "页码":
		return true
	}
	if strings.ContainsAny(h, "依原被新替") {
		return false
	}
	return endsIn(h, "文件名称", "规章名称", "文件标题", "规范性文件名称", "法规名称", "文号", "字号", "制定机关", "发布机关", "印发机关", "制定单位", "发文单位", "发布单位", "起草部门", "起草单位", "实施部门", "实施单位", "责任部门", "责任单位", "主管部门", "牵头部门", "公布日期", "发布日期", "印发日期", "成文日期", "施行日期", "公布时间", "发布时间", "印发时间", "施行时间", "发文日期", "发文时间", "通过日期", "登记编号") > 0
}

// isOld reports whether a column is that of the document which is ended, where
// another column has the new one.
func isOld(h string) bool {
	return strings.Contains(h, "废止") || strings.Contains(h, "失效") || strings.Contains(h, "被") || strings.HasPrefix(h, "原")
}

// columnsOf finds the columns in the head of a table.
func columnsOf(row []string) (columns, bool) {
	c := columns{title: -1, number: -1, disposition: -1, until: -1, plain: true}
	for i, cell := range row {
		h := zh.Fold(cell)
		switch {
		case h == "备注" || h == "说明" || strings.HasSuffix(h, "理由") || strings.HasSuffix(h, "原因") || strings.HasSuffix(h, "依据"):
			c.reasons = append(c.reasons, i)
			continue
		case isMarkHead(h):
			c.marks = append(c.marks, markColumn{i, h})
			continue
		case strings.Contains(h, "名称") || strings.Contains(h, "标题") || h == "文件" || h == "题目":
			c.twice = c.twice || c.title >= 0
			if c.title < 0 || isOld(h) {
				c.title = i
			}
		case (c.number < 0 || isOld(h)) && (strings.Contains(h, "文号") || strings.Contains(h, "字号") || strings.Contains(h, "文件编号")):
			c.number = i
		case c.disposition < 0 && (strings.Contains(h, "意见") || strings.Contains(h, "结果") || strings.Contains(h, "处理") || strings.Contains(h, "结论")):
			c.disposition = i
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
	switch strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(h, "拟"), "宣布"), "予以") {
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
	if n == 1 && (at == c.title || at == c.number) && !officialListHeading(text) {
		return "" // a document of which nothing else is known
	}
	return text
}

// sectionRow takes what a section row says of the rows below it.
func (r *reader) sectionRow(text string) {
	kind, via, plan, ok := dispositionOf(text)
	if !ok {
		return // 市教育局（3件）
	}
	r.list = listState{kind: kind, via: via, plan: plan, loose: r.loose || plan || !keeps(kind) && !officialListHeading(text)}
	if plan || !headingLike(text) {
		r.list.kind = ""
	}
}

// table reads a table of the body: each row is one document, with the
// disposition of its cell or of the list that the table stands in.
func (r *reader) table(b *markup.Block, anchor string) {
	rows := make([][]string, len(b.Rows))
	for i, row := range b.Rows {
		for _, cell := range row {
			rows[i] = append(rows[i], cellText(cell))
		}
	}
	r.rows(rows, func(i int) Place {
		if i > 0 {
			i++ // the line of dashes
		}
		return Place{Line: b.Line + i, Anchor: anchor}
	})
}

func cellText(c markup.Cell) string {
	b := markup.Block{Inlines: c.Inlines}
	return trimSpace(b.PlainText())
}

// headRows bounds where the head of a table is sought: sheets begin with a
// title.
const headRows = 6

// rows reads the rows of a table; place says where row i stands.
func (r *reader) rows(rows [][]string, place func(i int) Place) {
	for i, row := range rows[:min(len(rows), headRows)] {
		c, ok := columnsOf(row)
		if !ok {
			if kind, via, plan, ok := dispositionOf(strings.Join(row, "")); ok {
				r.list = listState{kind: kind, via: via, plan: plan}
				if plan {
					r.list.kind = ""
				}
			}
			continue
		}
		if c.disposition < 0 && r.list.kind == "" && r.titleKind != "" && !r.sorted && (r.titleKind != gazette.Extends || c.until >= 0) {
			r.list = listState{kind: r.titleKind, via: string(r.titleKind)}
		}
		if c.disposition < 0 && !r.cleanup {
			return
		}
		before := r.list
		for k, row := range rows[i+1:] {
			if k == 0 && c.underHead(row) {
				continue
			}
			if text := c.section(row); text != "" {
				r.sectionRow(text)
				continue
			}
			r.row(row, c, place(i+1+k))
		}
		r.list = before
		return
	}
}

func (r *reader) row(row []string, c columns, p Place) {
	get := func(i int) string {
		if i < 0 || i >= len(row) {
			return ""
		}
		return trimSpace(zh.CollapseSpace(row[i]))
	}
	st := Statement{Kind: r.list.kind, From: r.list.from, Until: r.list.until, Via: r.list.via, Closed: r.result && !c.twice && (c.plain || keeps(r.list.kind)) && !r.list.loose, Listed: true}
	if c.disposition >= 0 || len(c.marks) > 0 {
		said := get(c.disposition)
		if len(c.marks) > 0 {
			if said = c.marked(row); said == "" {
				return
			}
		}
		cell, ok := cellOf(said)
		switch {
		case ok:
			st.Kind, st.Via, st.Until, st.From = cell.kind, cell.via, cell.until, cell.from
			st.Part, st.Articles = cell.part, cell.articles
			st.Closed = r.result && !c.twice && !r.loose && (c.plain || keeps(cell.kind)) && cell.closed
		case r.list.kind == "" || said != "":
			return
		}
	}
	if st.Kind == "" {
		return
	}
	if ends(st.Kind) && get(c.until) != "" {
		st.Closed = false // the row says more
	}
	for _, i := range c.reasons {
		if t := get(i); ends(st.Kind) && t != "" && !reasonCell(t) {
			st.Closed = false
		}
	}
	st.name(get(c.title), get(c.number), c.number < 0)
	if st.Title == "" && st.Number == "" {
		return
	}
	if d := serialDay(get(c.until)); !d.IsZero() {
		st.Until = End{Date: d}
	} else if ds := zh.FindDates(get(c.until)); len(ds) > 0 {
		if d := gazette.FromZh(ds[len(ds)-1]); !d.IsZero() {
			st.Until = End{Date: d}
		}
	} else if per, size := periodAt(get(c.until)); size > 0 && size == len(get(c.until)) && (r.list.kind == gazette.Extends || st.Kind == gazette.Extends) {
		st.Until = End{For: per} // 延长期限：两年
	}
	var cells []string
	for i := range row {
		if t := get(i); t != "" {
			cells = append(cells, t)
		}
	}
	p.Quote = strings.Join(cells, " ")
	st.Place = p
	if st.Kind != gazette.Continues && st.Kind != gazette.Extends {
		st.Until = End{}
	}
	r.listed(st)
}

// serialDay reads a day that a sheet holds as a bare number, counted from the
// last of December 1899; only years in which documents end.
func serialDay(t string) gazette.Date {
	n, err := strconv.Atoi(t)
	if err != nil || n < 36526 || n > 73050 { // 2000 to 2099
		return gazette.Date{}
	}
	return gazette.NewDate(1899, 12, 30).AddDays(n)
}

// name sets title and number of a row. inTitle says that there is no column of
// numbers: then the number stands behind the title.
func (st *Statement) name(title, number string, inTitle bool) {
	st.Title, st.Number = title, number
	if ts := markup.FindTitles(title); len(ts) == 1 && ts[0].Start == 0 && ts[0].End == len(title) {
		st.Title = ts[0].Title
	}
	if inTitle {
		if ns := gazette.FindNumbers(st.Title); len(ns) == 1 {
			st.Number = ns[0].Number.Raw
			st.Title = strings.TrimRight(trimSpace(st.Title[:ns[0].Start]), "（( 　")
		}
	}
	if n, ok := gazette.ParseNumber(st.Number); !ok || n.IsZero() {
		st.Number = ""
	}
}

// A Sheet is a table of a file beside a document: above is the text before it,
// if any.
type Sheet struct {
	Above string
	Rows  [][]string
}

// ReadSheets reads the tables of an attachment: 附件2 宣布失效的规范性文件目录.xlsx. The
// disposition stands in a column, above the table, or in the name of the file;
// lines count the rows of each table.
func ReadSheets(sheets []Sheet, name string) []Statement {
	r := newReader("清理目录")
	r.result = false // an attachment decides nothing (design §4)
	base := strings.TrimSuffix(path.Base(name), path.Ext(name))
	for _, s := range sheets {
		r.list = listState{}
		for _, text := range []string{base, s.Above} {
			if kind, via, plan, ok := dispositionOf(text); ok && !plan {
				r.list = listState{kind: kind, via: via}
			}
		}
		r.rows(s.Rows, func(i int) Place { return Place{Line: i + 1} })
	}
	return r.r.Statements
}
