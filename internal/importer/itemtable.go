package importer

import (
	"path"
	"slices"
	"strings"

	"gongbao/internal/extract"
	"gongbao/internal/sheet"
)

// A grid is a table of text in which merged cells fill what they cover, with the
// running text right above it.
type grid struct {
	above string
	rows  [][]string
	line  int // of its first row in the file
}

// maxGrid bounds the cells of a table after merged ones were filled.
const maxGrid = 1_000_000

// grids are the tables of a file of any format that extract reads.
func grids(name string, raw []byte) ([]grid, error) {
	switch kind := extract.Sniff(name, raw); kind {
	case "xlsx", "csv":
		tables, err := sheet.ReadMerged(raw)
		if err != nil {
			return nil, err
		}
		var out []grid
		for _, t := range tables {
			out = append(out, grid{above: t.Name, rows: t.Rows, line: 1})
		}
		return out, nil
	}
	doc, err := extract.Read(name, raw, extract.Options{Off: extract.Cleaners()})
	if err != nil {
		return nil, err
	}
	var out []grid
	above, total := "", 0
	for _, b := range doc.Blocks {
		if b.Kind != extract.TableBlock {
			if s := strings.TrimSpace(extract.PlainText(b.Runs)); s != "" {
				above = s
			}
			continue
		}
		rows := spread(b.Rows, &total)
		out = append(out, grid{above: above, rows: rows, line: 1})
		above = ""
	}
	return out, nil
}

// spread lays out cells that cover several places.
func spread(cells [][]extract.Cell, total *int) [][]string {
	rows := make([][]string, len(cells))
	taken := map[[2]int]bool{}
	for y, row := range cells {
		x := 0
		for _, c := range row {
			for taken[[2]int{x, y}] {
				x++
			}
			text := extract.PlainText(c.Runs)
			wide, high := min(max(c.Cols, 1), sheet.MaxColumns), min(max(c.Rows, 1), len(cells)-y)
			if x+wide > sheet.MaxColumns {
				break
			}
			if *total += wide * high; *total > maxGrid {
				return rows
			}
			for dy := range high {
				for dx := range wide {
					for len(rows[y+dy]) <= x+dx {
						rows[y+dy] = append(rows[y+dy], "")
					}
					rows[y+dy][x+dx] = text
					taken[[2]int{x + dx, y + dy}] = true
				}
			}
			x += wide
		}
	}
	return rows
}

// itemColumns are what directories call their columns. Words in brackets are
// left out before the comparison: 公开内容（要素）.
var itemColumns = map[string][]string{
	"no":       {"序号", "编号", "No", "No."},
	"field":    {"领域", "试点领域", "公开领域", "所属领域"},
	"first":    {"一级事项", "一级目录", "一级公开事项", "事项类别", "公开类别"},
	"name":     {"二级事项", "二级目录", "二级公开事项", "事项名称", "公开事项名称", "公开事项", "事项"},
	"content":  {"公开内容", "公开内容要素", "公开要素", "内容要素", "内容"},
	"basis":    {"公开依据", "依据", "法律依据", "政策依据"},
	"deadline": {"公开时限", "时限", "公开期限"},
	"owner":    {"公开主体", "公开责任主体", "责任主体", "主体", "责任单位", "责任部门", "公开单位"},
	"channels": {"公开渠道和载体", "公开渠道及载体", "公开渠道", "公开载体", "渠道和载体", "公开平台"},
	"audience": {"公开对象", "对象"},
	"method":   {"公开方式", "方式"},
	"levels":   {"公开层级", "层级"},
	"skip":     {"备注", "网址", "链接", "已公开", "最近公开", "公开形式", "五公开"},
}

// itemMarks are columns that a mark fills in: the word that it stands for.
var itemMarks = map[string][2]string{
	"全社会": {"audience", "全社会"}, "特定群体": {"audience", "特定群体"}, "特定群众": {"audience", "特定群体"}, "特定对象": {"audience", "特定群体"},
	"主动": {"method", "主动"}, "主动公开": {"method", "主动"}, "依申请": {"method", "依申请"}, "依申请公开": {"method", "依申请"},
	"国家级": {"levels", "国家级"}, "省级": {"levels", "省级"}, "市级": {"levels", "市级"}, "县级": {"levels", "县级"}, "区级": {"levels", "县级"}, "区县级": {"levels", "县级"}, "县区级": {"levels", "县级"},
	"乡级": {"levels", "乡级"}, "镇级": {"levels", "乡级"}, "乡镇级": {"levels", "乡级"}, "街道": {"levels", "乡级"}, "乡镇街道": {"levels", "乡级"}, "镇街级": {"levels", "乡级"}, "街道级": {"levels", "乡级"},
	"村级": {"levels", "村级"}, "村社区级": {"levels", "村级"}, "社区级": {"levels", "村级"}, "村": {"levels", "村级"},
}

// A column is what a column of a table holds: a key of an item, and the word
// that a mark in it stands for, or "".
type column struct{ key, word, head string }

// headWord is a cell of a head as it is compared: without spaces, and without
// what stands in brackets, but for short words such as 乡（镇）级.
func headWord(cell string) (whole, plain string) {
	whole = strings.Map(func(r rune) rune {
		if strings.ContainsRune("\n\r\t /、,，:：*", r) || r == '　' || r == '\u00a0' {
			return -1
		}
		return r
	}, cell)
	var b strings.Builder
	depth := 0
	for _, r := range whole {
		switch r {
		case '（', '(', '【', '〔', '[':
			depth++
		case '）', ')', '】', '〕', ']':
			depth--
		default:
			if depth <= 0 {
				b.WriteRune(r)
			}
		}
	}
	whole = strings.Map(func(r rune) rune {
		if strings.ContainsRune("（()）【】〔〕[]", r) {
			return -1
		}
		return r
	}, whole)
	return whole, b.String()
}

// columnOf reads a cell of a head.
func columnOf(cell string) (column, bool) {
	whole, plain := headWord(cell)
	for _, w := range []string{whole, plain} {
		if m, ok := itemMarks[w]; ok {
			return column{m[0], m[1], cell}, true
		}
		for key, names := range itemColumns {
			if slices.Contains(names, w) {
				return column{key: key, head: cell}, true
			}
		}
	}
	return column{head: cell}, false
}

// itemHead reads a head of one or two rows that begins at row i of a table; n is
// how many rows it has, 0 where there is none. A head has the name of the item
// and two more columns.
func itemHead(rows [][]string, i int) (cols []column, n int) {
	top, known := headRow(rows[i])
	if !enough(top) || known < 3 {
		return nil, 0
	}
	if i+1 == len(rows) {
		return top, 1
	}
	below, _ := headRow(rows[i+1])
	if !secondRow(top, below) {
		return top, 1
	}
	var parent column // of a CSV file, where merged cells are empty
	for j := range max(len(top), len(below)) {
		var up, down column
		if j < len(top) {
			up = top[j]
		}
		if j < len(below) {
			down = below[j]
		}
		if up.head != "" {
			parent = up
		}
		switch {
		case down.key != "":
			cols = append(cols, down)
		case down.head != "" && parent.key == "channels":
			cols = append(cols, column{"channels", strings.TrimSpace(down.head), down.head})
		case down.head == "" || down.head == up.head:
			cols = append(cols, up)
		default:
			cols = append(cols, down)
		}
	}
	return cols, 2
}

// secondRow reports whether a row is the second of a head: all that it holds are
// names of columns, and some are new. A row of items may hold 全社会 and 主动, too,
// but also its content.
func secondRow(top, below []column) bool {
	words := 0
	parent := ""
	for j, c := range below {
		if j < len(top) && top[j].head != "" {
			parent = top[j].key
		}
		switch {
		case c.head == "" || j < len(top) && c.head == top[j].head:
		case c.key != "" || parent == "channels":
			words++
		default:
			return false
		}
	}
	return words >= 2
}

func headRow(row []string) (cols []column, known int) {
	seen := map[string]bool{}
	for _, cell := range row {
		c, ok := columnOf(strings.TrimSpace(cell))
		cols = append(cols, c)
		if ok && !seen[c.head] {
			known++
		}
		seen[c.head] = true
	}
	return cols, known
}

func enough(cols []column) bool {
	return slices.ContainsFunc(cols, func(c column) bool { return c.key == "name" || c.key == "first" })
}

// itemFields are the 26 试点领域 (国办发〔2017〕42号, 国办发〔2019〕54号).
var itemFields = []string{
	"城乡规划", "重大建设项目", "公共资源交易", "财政预决算", "安全生产", "税收管理", "征地补偿", "国有土地上房屋征收", "保障性住房", "农村危房改造", "生态环境", "公共文化服务",
	"公共法律服务", "扶贫", "救灾", "食品药品监管", "城市综合执法", "就业创业", "社会保险", "社会救助", "养老服务", "户籍管理", "涉农补贴", "义务教育", "医疗卫生", "市政服务",
}

// fieldOf is the field that a title is about: 示范区城乡规划领域基层政务公开标准目录. It is
// "" for a title that names none.
func fieldOf(title string) string {
	title, _ = headWord(title)
	for _, f := range itemFields {
		if strings.Contains(title, f) {
			return f
		}
	}
	at := strings.Index(title, "领域")
	if at <= 0 || !strings.Contains(title, "目录") && !strings.HasSuffix(title, "领域") {
		return ""
	}
	title = strings.TrimLeft(title[:at], "一二三四五六七八九十0123456789.")
	for _, place := range []string{"自治区", "省", "自治州", "市", "自治县", "县", "区", "镇", "乡", "街道"} {
		if before, after, ok := strings.Cut(title, place); ok && len([]rune(before)) <= 6 && len([]rune(after)) >= 4 {
			title = after
		}
	}
	return title
}

// baseField is the field that the name of a file says.
func baseField(name string) string {
	base := path.Base(name)
	return fieldOf(strings.TrimSuffix(base, path.Ext(base)))
}
