package effect

import (
	"path"
	"regexp"
	"strconv"
	"strings"

	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/zh"
)

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
		for j, cell := range row { // what a merged cell says holds for all that it covers
			rows[i] = append(rows[i], cellText(b.Rows[i-cell.Up][j-cell.Left]))
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
		if c.disposition < 0 && r.list.kind == "" && r.titleKind != "" && !r.sorted && !r.list.other && (r.titleKind != gazette.Extends || c.until >= 0) {
			r.list = listState{kind: r.titleKind, via: string(r.titleKind)}
		}
		if c.disposition < 0 && !r.cleanup && !r.list.firm {
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
	st := Statement{Kind: r.list.kind, From: r.list.from, Until: r.list.until, Via: r.list.via, Closed: (r.result || r.list.firm) && !c.twice && (c.plain || keeps(r.list.kind)) && !r.list.loose, Listed: true}
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
			st.Closed = (r.result || r.list.firm) && !c.twice && !r.loose && (c.plain || keeps(cell.kind)) && cell.closed
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
	if t := get(c.from); t != "" && ends(st.Kind) {
		d, ok := zh.ScanDate(t)
		if day := gazette.FromZh(d); ok && d.Day > 0 && d.End == len(t) && !day.IsZero() {
			st.From = When{Date: day}
		} else {
			st.Closed = false
		}
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
	for _, i := range []int{c.title, c.number} {
		if ends(st.Kind) && !nameCell(get(i)) {
			st.Closed = false // 第三章, 附件2: a part
		}
	}
	if d := serialDay(get(c.until)); !d.IsZero() {
		st.Until = End{Date: d}
	} else if ds := zh.FindDates(get(c.until)); len(ds) > 0 {
		if d := gazette.FromZh(ds[len(ds)-1]); !d.IsZero() {
			st.Until = End{Date: d}
		}
	} else if e := termIn(get(c.until)); strings.Contains(get(c.until), "延") && !e.IsZero() && keeps(st.Kind) {
		st.Until = e
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

// nameCell reports whether a cell of titles or numbers holds nothing else: its
// brackets are of known content, and no part of the document is named.
func nameCell(text string) bool {
	if text == "" {
		return true
	}
	mask, titles := blot(text)
	t, known := (&sentence{text: text, mask: mask, titles: titles}).plainForm()
	if !known {
		return false
	}
	for _, n := range gazette.FindNumbers(text) {
		if after := strings.TrimLeft(text[n.End:], "文号）)] 　"); after != "" && brackets.ReplaceAllString(after, "") != "" {
			return false
		}
	}
	return !partCell.MatchString(t)
}

var partCell = regexp.MustCompile(`第[\d一二三四五六七八九十百零]+[章节条款项]$|附件\d*$|部分$`)

// serialDay reads a day that a sheet holds as a bare number; only years in which
// documents end.
func serialDay(t string) gazette.Date {
	n, err := strconv.Atoi(t)
	if err != nil || n < 36526 || n > 73050 { // 2000 to 2099
		return gazette.Date{}
	}
	return gazette.SerialDate(n)
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
