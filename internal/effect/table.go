package effect

import (
	"path"
	"strings"

	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/zh"
)

// columns are the columns of a table of documents (standards §5.5); -1 for one
// that it does not have.
type columns struct{ title, number, disposition, until int }

// columnsOf finds the columns in the head of a table.
func columnsOf(row []string) (columns, bool) {
	c := columns{-1, -1, -1, -1}
	for i, cell := range row {
		h := zh.Fold(cell)
		switch {
		case c.title < 0 && (strings.Contains(h, "名称") || strings.Contains(h, "标题") || h == "文件" || h == "题目"):
			c.title = i
		case c.number < 0 && (strings.Contains(h, "文号") || strings.Contains(h, "字号") || strings.Contains(h, "文件编号")):
			c.number = i
		case c.disposition < 0 && (strings.Contains(h, "意见") || strings.Contains(h, "结果") || strings.Contains(h, "处理") || strings.Contains(h, "结论")):
			c.disposition = i
		case (strings.Contains(h, "有效期") || strings.Contains(h, "失效")) && (c.until < 0 || strings.Contains(h, "延") || strings.Contains(h, "新") || strings.Contains(h, "现")):
			c.until = i
		}
	}
	return c, c.title >= 0 || c.number >= 0
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
		if c.disposition < 0 && (r.list.kind == "" || !r.cleanup) {
			return
		}
		for k, row := range rows[i+1:] {
			r.row(row, c, place(i+1+k))
		}
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
	st := Statement{Kind: r.list.kind, From: r.list.from, Until: r.list.until, Via: r.list.via, Closed: true, Listed: true}
	if c.disposition >= 0 {
		kind, via, plan, ok := dispositionOf(get(c.disposition))
		if plan {
			return
		}
		if ok {
			st.Kind, st.Via = kind, via
		} else if r.list.kind == "" || get(c.disposition) != "" {
			return
		}
	}
	if st.Kind == "" {
		return
	}
	st.name(get(c.title), get(c.number), c.number < 0)
	if st.Title == "" && st.Number == "" {
		return
	}
	if ds := zh.FindDates(get(c.until)); len(ds) > 0 {
		if d := gazette.FromZh(ds[len(ds)-1]); !d.IsZero() {
			st.Until = End{Date: d}
		}
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
