package scan

import (
	"regexp"
	"strings"
)

var (
	nameHead      = regexp.MustCompile(`^(?:序?号?)?(?:学生|患者|病人|户主|申请人|受助人|救助对象|保障对象|补贴对象|持证人|法人|负责人|当事人|儿童|幼儿|被救助人|享受人|家庭成员|成员|职工|参保人|考生|监护人|家长|联系人|村民|农户|获奖)?(?:人员)?姓[\s\p{Z}]*名$|^(?:户主|患者|学生|儿童|受助人)$`)
	sensitiveHead = regexp.MustCompile(`病种|疾病|病名|病情|病因|诊断|患病|残疾(?:类别|等级|证|类型|程度)|致贫原因|困难原因|困难(?:类型|类别|情况)|救助原因|低保(?:类别|类型|金额?|证号)|保障金额?|家庭(?:人均)?(?:收入|情况|经济)|宗教信仰|婚姻状况|孕|HIV|精神`)
	minorHead     = regexp.MustCompile(`监护人|家长|学籍|班级|年级|就读(?:学校|年级|班级)|所在班级|抚养人|父亲|母亲`)
	minorWords    = regexp.MustCompile(`未成年|儿童|学生|幼儿|孤儿|留守|中小学|小学|初中`)
	birthHead     = regexp.MustCompile(`出生(?:日期|年月|时间)?|年龄|生日`)
	plateHead     = regexp.MustCompile(`车牌|号牌|牌照`)
	plate         = regexp.MustCompile(`[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][\s\p{Z}]*[·•]?[\s\p{Z}]*[A-HJ-NP-Z0-9]{5,6}`)
	mailHead      = regexp.MustCompile(`邮箱|邮件|[Ee]-?mail`)
	personName    = regexp.MustCompile(`^\p{Han}{2,4}(?:·\p{Han}{1,6})?$`)
)

// Table finds in the rows of a table; those above its head and the title of a
// sheet are rows like others. around is what stands over the table.
func Table(rows [][]string, around string) []Hit {
	var out []Hit
	head := -1
	for i, row := range rows[:min(len(rows), 8)] {
		if filled(row) >= 2 && isHead(row) {
			head = i
			break
		}
		around += " " + strings.Join(row, " ")
	}
	names, persons := -1, 0
	if head >= 0 {
		for k, cell := range rows[head] {
			if nameHead.MatchString(compact(cell)) {
				names = k
				break
			}
		}
	}
	if names >= 0 {
		for _, row := range rows[head+1:] {
			if names < len(row) && personName.MatchString(compact(row[names])) {
				persons++
			}
		}
	}
	for i, row := range rows {
		c := context{cell: true, named: persons > 0}
		for k, cell := range row {
			c.head = ""
			switch {
			case i > head && head >= 0 && k < len(rows[head]):
				c.head = compact(rows[head][k])
			case head < 0 && k > 0:
				c.head = compact(row[k-1]) // a form: label, value
			}
			for _, h := range append(line(cell, c), column(cell, c)...) {
				h.Line, h.Start, h.End = i, at(row, k)+h.Start, at(row, k)+h.End
				out = append(out, h)
			}
		}
		out = append(out, across(row, i)...)
	}
	if persons == 0 {
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
	young := minorWords.MatchString(around + " " + strings.Join(rows[head], " "))
	said := map[string]bool{}
	for k, cell := range rows[head] {
		cell = compact(cell)
		switch {
		case k == names:
		case sensitiveHead.MatchString(cell) && !said[Sensitive]:
			said[Sensitive] = true
			list(Sensitive, k)
		case !said[Minor] && (minorHead.MatchString(cell) || young && birthHead.MatchString(cell)):
			said[Minor] = true
			list(Minor, k)
		}
	}
	return out
}

// column finds what counts in a column of its kind only.
func column(cell string, c context) []Hit {
	value := strings.TrimSpace(cell)
	if value == "" || c.head == "" {
		return nil
	}
	switch {
	case homeLabel.MatchString(c.head) && door.MatchString(value) && !blank(value):
		return []Hit{{Rule: Address, End: len(cell), Masked: maskAddress(value)}}
	case plateHead.MatchString(c.head) && c.named && plate.MatchString(value):
		return []Hit{{Rule: Contact, End: len(cell), Masked: mask(value)}}
	case mailHead.MatchString(c.head) && c.named && email.MatchString(value) && !strings.Contains(value, ".gov.cn"):
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
	for _, h := range numbers(strings.Join(cells, "\t"), context{}) {
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
	t := strings.TrimSpace(s)
	return strings.HasPrefix(t, "|") && strings.Count(t, "|") >= 2
}

// markdownTable finds in the lines first to end of a Markdown table. Places are
// those of the line.
func markdownTable(lines []string, first, end int) []Hit {
	around := ""
	for i := max(0, first-4); i < first; i++ {
		around += " " + lines[i]
	}
	var rows [][]string
	var starts [][]int // where the text of each cell begins in its line
	var of []int
	for i := first; i < end; i++ {
		if strings.Trim(lines[i], " \t|:-") == "" {
			continue
		}
		cells, begins := split(lines[i])
		rows, starts, of = append(rows, cells), append(starts, begins), append(of, i)
	}
	out := Table(rows, around)
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

// split cuts a row of Markdown into its cells.
func split(s string) (cells []string, starts []int) {
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
