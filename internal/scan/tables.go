package scan

import (
	"regexp"
	"slices"
	"strings"

	"gongbao/internal/zh"
)

var (
	nameHead      = regexp.MustCompile(`^(?:序?号?)?(?:学生|患者|病人|户主|申请人|受助人|救助对象|保障对象|补贴对象|持证人|法人|负责人|当事人|儿童|幼儿|被救助人|享受人|家庭成员|成员|职工|参保人|考生|监护人|家长|联系人|村民|农户|获奖)?(?:人员)?姓[\s\p{Z}]*名$|^(?:户主|患者|学生|儿童|受助人)$`)
	sensitiveHead = regexp.MustCompile(`病种|低保|特困|救助|保障类别|困难类型|贫困|疾病|病名|病情|病因|诊断|患病|残疾(?:类别|等级|证|类型|程度)|致贫原因|困难原因|困难(?:类型|类别|情况)|救助原因|低保(?:类别|类型|金额?|证号)|保障金额?|家庭(?:人均)?(?:收入|情况|经济)|宗教信仰|婚姻状况|孕|HIV|精神`)
	minorHead     = regexp.MustCompile(`监护人|家长|学籍|班级|年级|就读(?:学校|年级|班级)|所在班级|抚养人|父亲|母亲`)
	minorWords    = regexp.MustCompile(`未成年|儿童|学生|幼儿|孤儿|留守|中小学|小学|初中`)
	birthHead     = regexp.MustCompile(`出生(?:日期|年月|时间)?|年龄|生日`)
	plateHead     = regexp.MustCompile(`车牌|号牌|牌照`)
	plate         = regexp.MustCompile(`[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][\s\p{Z}]*[·•]?[\s\p{Z}]*[A-HJ-NP-Z0-9]{5,6}`)
	mailHead      = regexp.MustCompile(`邮箱|邮件|[Ee]-?mail`)
	notNameHead   = regexp.MustCompile(`单位|部门|地区|区域|名称|项目|类别|地点|街道|乡镇|村|职务|性别|民族|备注|科目|品种|年份|指标`)
	personName    = regexp.MustCompile(`^\p{Han}{2,4}(?:·\p{Han}{1,6})?$`)
)

// Table finds in the rows of a table or a sheet. A row with one cell is a line of
// text; rows with more, one under the other, are a table, with its head in the
// first of them. around is what stands over the table; early says that it
// stands at the top of a document.
func Table(rows [][]string, around string, early bool) []Hit {
	var out []Hit
	seen := 0
	for i := 0; i < len(rows); i++ {
		switch filled(rows[i]) {
		case 0:
			continue
		case 1:
			k := slices.IndexFunc(rows[i], func(c string) bool { return strings.TrimSpace(c) != "" })
			seen++
			for _, h := range line(rows[i][k], context{alone: true, top: early && seen <= topLines, first: seen <= 3}) {
				h.Line, h.Start, h.End = i, at(rows[i], k)+h.Start, at(rows[i], k)+h.End
				out = append(out, h)
			}
			if l := rows[i][k]; len(l) < 400 {
				around = tail(around, 300) + " " + l
			}
			continue
		}
		n := i
		for n < len(rows) && (filled(rows[n]) > 1 || filled(rows[n]) == 1 && n+1 < len(rows) && filled(rows[n+1]) > 1 && n > i) {
			n++
		}
		for _, h := range segment(rows[i:n], around, early && seen < topLines) {
			h.Line += i
			out = append(out, h)
		}
		seen += n - i
		i = n - 1
	}
	return out
}

// segment finds in rows that are a table.
func segment(rows [][]string, around string, early bool) []Hit {
	var out []Hit
	head := -1
	for i := 0; i < min(len(rows)-1, 6) && head < 0; i++ {
		if n := filled(rows[i]); n > 1 && isHead(rows[i]) && filled(rows[i+1]) >= n {
			head = i
		}
	}
	if head >= 0 && head+2 < len(rows) && isHead(rows[head+1]) && filled(rows[head]) < filled(rows[head+1]) { // of two rows
		head++
	}
	names := -1
	if head >= 0 {
		names = nameColumn(rows[head:])
	}
	for i, row := range rows {
		c := context{cell: true, named: names >= 0, top: early && i < topLines, first: i < 3}
		c.alone = filled(row) <= 2 && slices.ContainsFunc(row, isUrgency)
		for k, cell := range row {
			c.head, c.left = "", ""
			if k > 0 {
				c.left = compact(row[k-1])
			}
			switch {
			case i > head && head >= 0 && k < len(rows[head]):
				c.head = compact(rows[head][k])
			case head < 0 && k > 0:
				c.head = c.left // a form: label, value
			}
			for _, h := range append(line(cell, c), column(cell, c)...) {
				h.Line, h.Start, h.End = i, at(row, k)+h.Start, at(row, k)+h.End
				out = append(out, h)
			}
		}
		out = append(out, across(row, i)...)
	}
	if names < 0 {
		return out
	}
	list := func(rule string, k int) {
		for i, row := range rows[head+1:] {
			if k < len(row) && names < len(row) && personName.MatchString(compact(row[names])) && strings.Trim(row[k], " \t　-—/无") != "" {
				out = append(out, Hit{Rule: rule, Line: head + 1 + i, Start: at(row, names), End: at(row, names) + len(row[names]), Masked: maskName(compact(row[names]))})
				return // one line for a list
			}
		}
	}
	isYoung := minorWords.MatchString(around + " " + strings.Join(rows[head], " "))
	said := map[string]bool{}
	for k, cell := range rows[head] {
		cell = compact(cell)
		switch {
		case k == names:
		case sensitiveHead.MatchString(cell) && !said[Sensitive]:
			said[Sensitive] = true
			list(Sensitive, k)
		case !said[Minor] && (minorHead.MatchString(cell) || isYoung && birthHead.MatchString(cell)):
			said[Minor] = true
			list(Minor, k)
		}
	}
	return out
}

// nameColumn returns the column that has names of persons, by its head or by what
// stands in it, or -1.
func nameColumn(rows [][]string) int {
	best := -1
	for k, cell := range rows[0] {
		cell = compact(cell)
		persons, others := 0, 0
		for _, row := range rows[1:] {
			if k >= len(row) || compact(row[k]) == "" {
				continue
			}
			if v := compact(row[k]); isName(v) || nameHead.MatchString(cell) && personName.MatchString(v) && !strings.Contains(v, "某") {
				persons++
			} else {
				others++
			}
		}
		switch {
		case persons == 0 || others > persons/4:
		case nameHead.MatchString(cell):
			return k
		case best < 0 && !notNameHead.MatchString(cell):
			best = k
		}
	}
	return best
}

// column finds what counts in a column of its kind only.
func column(cell string, c context) []Hit {
	value := strings.TrimSpace(cell)
	if value == "" || c.head == "" {
		return nil
	}
	switch {
	case saysHome(c.head) && homeLabel.MatchString(c.head) && door.MatchString(value) && !blank(value):
		return []Hit{{Rule: Address, End: len(cell), Masked: maskAddress(value)}}
	case c.named && plateHead.MatchString(c.head) && plate.MatchString(value):
		return []Hit{{Rule: Contact, End: len(cell), Masked: mask(value)}}
	case c.named && mailHead.MatchString(c.head) && email.MatchString(value) && !strings.Contains(value, ".gov.cn"):
		return []Hit{{Rule: Contact, End: len(cell), Masked: mask(value)}}
	}
	return nil
}

// across finds a number of which each digit stands in a cell of its own.
func across(row []string, i int) []Hit {
	short := 0
	for _, cell := range row {
		if n := len([]rune(strings.TrimSpace(cell))); n > 0 && n <= 2 {
			short++
		}
	}
	if short < 11 {
		return nil
	}
	cells := make([]string, len(row))
	for k, cell := range row {
		cells[k] = strings.TrimSpace(cell)
	}
	var out []Hit
	joined := strings.Join(cells, "\t")
	_, digits := looksOf(joined)
	for _, h := range numbers(joined, digits, context{}) {
		h.Line = i
		out = append(out, Hit{Rule: h.Rule, Line: i, Masked: h.Masked})
	}
	return out
}

func filled(row []string) int {
	n := 0
	for _, c := range row {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}

// isHead reports a row of heads: short cells without numbers.
func isHead(row []string) bool {
	for _, c := range row {
		c = compact(c)
		if len([]rune(c)) > 24 || len(c) > 0 && len(groups(c)) > 0 && len(groups(c)[0].digits) > 4 {
			return false
		}
	}
	return true
}

// at is where a cell begins when the cells of a row are joined by tabs.
func at(row []string, k int) int {
	n := 0
	for _, c := range row[:k] {
		n += len(c) + 1
	}
	return n
}

func isRow(s string) bool {
	if strings.IndexByte(s, '|') < 0 {
		return false
	}
	t := strings.TrimSpace(s)
	return strings.HasPrefix(t, "|") && strings.Count(t, "|") >= 2
}

// tableIn finds in the lines first to end, which cut makes rows of: the cells, and
// where each begins in its line. Places are those of the line.
func tableIn(lines []string, first, end int, early bool, cut func(string) ([]string, []int)) []Hit {
	around := strings.Join(lines[max(0, first-4):first], " ")
	var rows [][]string
	var starts [][]int
	var of []int
	for i := first; i < end; i++ {
		cells, begins := cut(lines[i])
		if cells == nil {
			continue
		}
		rows, starts, of = append(rows, cells), append(starts, begins), append(of, i)
	}
	return placed(Table(rows, around, early), rows, starts, of)
}

// placed gives hits in rows their places in the lines that the rows were made of.
func placed(out []Hit, rows [][]string, starts [][]int, of []int) []Hit {
	for n := range out {
		h := &out[n]
		row, k := rows[h.Line], 0
		for k+1 < len(row) && at(row, k+1) <= h.Start {
			k++
		}
		if len(row) > 0 {
			base := at(row, k)
			h.Start, h.End = starts[h.Line][k]+h.Start-base, starts[h.Line][k]+h.End-base
		}
		h.Line = of[h.Line]
	}
	return out
}

// The gaps that part the columns of a table that is typed as text, and of one
// that was printed: of a PDF only one space is left of a gap.
var (
	typed   = regexp.MustCompile(`\t+|[ \x{a0}\x{3000}]{2,}|\x{3000}`)
	printed = regexp.MustCompile(`[\t \x{a0}\x{3000}]+`)
)

// columnsFrom returns the end of the lines from i on that are columns, i for none.
// The first of them is where a table is looked for.
func columnsFrom(lines []string, i int, gap *regexp.Regexp) int {
	has := func(s string) bool {
		if len(s) > 600 || strings.HasPrefix(s, "第") || !hasGap(s, gap) {
			return false
		}
		t := strings.TrimFunc(s, func(r rune) bool { return r == ' ' || r == '\t' || r == 0x3000 || r == 0xa0 })
		if len(t) > 400 || strings.HasPrefix(t, "第") { // 第一条　本办法…
			return false
		}
		if !hasGap(t, gap) {
			return false
		}
		return gap == typed && (zh.Contains(t, "\u3000") || strings.Contains(t, "\t")) || gap.MatchString(t)
	}
	if !has(lines[i]) || i > 0 && has(lines[i-1]) {
		return i
	}
	n := i
	for n < len(lines) && has(lines[n]) {
		n++
	}
	return n
}

// hasGap reports whether a line may have what gap matches.
func hasGap(s string, gap *regexp.Regexp) bool {
	return zh.Contains(s, "\u3000") || strings.IndexByte(s, '\t') >= 0 || zh.Contains(s, "\u00a0") ||
		strings.IndexByte(s, ' ') >= 0 && (gap != typed || strings.Contains(s, "  "))
}

// columns cuts a line of a table that is typed or printed at its gaps.
func columns(s string, gap *regexp.Regexp) (cells []string, starts []int) {
	from := 0
	var gaps [][]int
	if gap == typed {
		gaps = typedGaps(s)
	} else {
		gaps = gap.FindAllStringIndex(s, -1)
	}
	for _, m := range append(gaps, []int{len(s), len(s)}) {
		if m[0] > from {
			cells, starts = append(cells, s[from:m[0]]), append(starts, from)
		}
		from = m[1]
	}
	return cells, starts
}

// typedGaps returns all matches of typed.
func typedGaps(s string) [][]int {
	var out [][]int
	for i := 0; i < len(s); {
		start, n, wide := i, 0, false
		if s[i] == '\t' {
			for i < len(s) && s[i] == '\t' {
				i++
			}
			out = append(out, []int{start, i})
			continue
		}
		for size := spaceSize(s[i:]); size > 0; size = spaceSize(s[i:]) {
			wide = wide || n == 0 && size == len("\u3000")
			i += size
			n++
		}
		switch {
		case n == 0:
			i++
		case n > 1 || wide:
			out = append(out, []int{start, i})
		}
	}
	return out
}

// spaceSize returns the bytes of the space that a text begins with, of those that
// typed knows, or 0.
func spaceSize(s string) int {
	switch {
	case strings.HasPrefix(s, " "):
		return 1
	case strings.HasPrefix(s, "\u00a0"):
		return len("\u00a0")
	case strings.HasPrefix(s, "\u3000"):
		return len("\u3000")
	}
	return 0
}

// split cuts a row of Markdown into its cells; the line of dashes has none.
func split(s string) (cells []string, starts []int) {
	if strings.Trim(s, " \t|:-") == "" {
		return nil, nil
	}
	from := strings.IndexByte(s, '|') + 1
	for i := from; i <= len(s); i++ {
		if i < len(s) && (s[i] != '|' || s[i-1] == '\\') {
			continue
		}
		if i == len(s) && strings.TrimSpace(s[from:]) == "" {
			break
		}
		cells, starts = append(cells, s[from:i]), append(starts, from)
		from = i + 1
	}
	return cells, starts
}
