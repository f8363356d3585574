package importer

import (
	"fmt"
	"slices"
	"strings"

	"gongbao/internal/diag"
	"gongbao/internal/pinyin"
	"gongbao/internal/source"
	"gongbao/internal/zh"
)

// An item is a row of a directory as it was read.
type item struct {
	source.Item
	basis []string
	line  int
}

// ItemsFile is the register of public items.
const ItemsFile = "content/data/items.toml"

// PlanItems reads the directories of public items (政务公开标准目录) in a file and
// returns the text to append to the register: an [[item]] for each row whose item
// is not in it. Blocks that stand there are never touched. n is how many items
// it has.
func PlanItems(name string, raw []byte, data *source.Data) (text string, n int, findings []diag.Finding) {
	tables, err := grids(name, raw)
	if err != nil {
		return "", 0, []diag.Finding{diag.New("file-unreadable", diag.Pos{File: name}, err.Error())}
	}
	r := &itemReader{file: name, known: map[string]*item{}, field: baseField(name)}
	for _, t := range tables {
		r.table(t)
	}
	if !r.found {
		return "", 0, append(r.findings, diag.New("import-no-items", diag.Pos{File: name}))
	}
	there, codes := map[string]bool{}, map[string]bool{}
	for _, x := range data.Items {
		there[itemKey(&x)] = true
		codes[x.Code] = true
	}
	columns := map[string]string{}
	for _, c := range data.Columns {
		columns[zh.Fold(c.Name)] = c.Code
	}
	m := &matter{}
	for _, x := range r.items {
		if there[itemKey(&x.Item)] {
			r.report("import-item-known", x.line, x.Name)
			continue
		}
		x.Code = freeCode(x, codes)
		x.Column.Text = columns[zh.Fold(x.Name)]
		writeItem(m, x)
		n++
	}
	return m.String(), n, r.findings
}

// itemKey is by what two rows are the same item.
func itemKey(x *source.Item) string {
	return zh.Fold(x.Field) + "\x00" + zh.Fold(x.First) + "\x00" + zh.Fold(x.Name)
}

// freeCode is the initials of the name; with those of the group, and then a
// number, where others have them.
func freeCode(x *item, codes map[string]bool) string {
	base := pinyin.Initials(x.Name)
	if base == "" {
		base = "item"
	}
	code := base
	if group := pinyin.Initials(x.First); codes[code] && group != "" {
		code = group + "-" + base
	}
	for i, first := 2, code; codes[code]; i++ {
		code = fmt.Sprintf("%s-%d", first, i)
	}
	codes[code] = true
	return code
}

func writeItem(m *matter, x *item) {
	m.WriteString("\n[[item]]\n")
	m.Text("name", x.Name)
	m.Text("code", x.Code)
	m.Text("field", x.Field)
	m.Text("first", x.First)
	m.Text("content", x.Content)
	m.List("basis", x.basis)
	m.Text("deadline", x.Deadline)
	m.Text("owner", x.Owner)
	m.List("channels", x.Channels)
	m.List("audience", x.Audience)
	m.List("method", x.Method)
	m.List("levels", x.Levels)
	m.Text("column", x.Column.Text)
}

// An itemReader reads the tables of a file; the fields and groups of one go on in
// the next, as a table that pages cut does.
type itemReader struct {
	file     string
	field    string
	first    string
	cols     []column
	found    bool // there was a head
	items    []*item
	known    map[string]*item
	findings []diag.Finding
}

func (r *itemReader) report(rule string, line int, args ...string) {
	r.findings = append(r.findings, diag.New(rule, diag.Pos{File: r.file, Line: line}, args...))
}

func (r *itemReader) table(t grid) {
	if f := fieldOf(t.above); f != "" {
		r.field = f
	}
	r.first = ""
	headed := false
	var last *item
	for i := 0; i < len(t.rows); i++ {
		line := t.line + i
		if cols, n := itemHead(t.rows, i); n > 0 {
			again := headed
			r.cols, headed, r.found = cols, true, true
			i += n - 1
			if !again {
				r.unknown(line)
			}
			continue
		}
		if title, ok := alone(t.rows[i]); ok && (!headed || title == "" || strings.TrimSpace(t.rows[i][0]) != "") {
			if f := fieldOf(title); f != "" {
				r.field, r.first = f, ""
			}
			continue // a title, a note, an empty row
		}
		if headed {
			last = r.row(t.rows[i], line, last)
		}
	}
}

// unknown reports the columns that nobody knows.
func (r *itemReader) unknown(line int) {
	seen := map[string]bool{}
	for _, c := range r.cols {
		if c.key == "" && strings.TrimSpace(c.head) != "" && !seen[c.head] {
			seen[c.head] = true
			r.report("import-item-column", line, inOneLine(c.head))
		}
	}
}

// alone returns the text of a row with one text only, which may be in many cells.
func alone(row []string) (text string, ok bool) {
	for _, cell := range row {
		cell = strings.TrimSpace(cell)
		if cell == "" || cell == text {
			continue
		}
		if text != "" {
			return "", false
		}
		text = cell
	}
	return text, true
}

// row reads a row and returns its item. A row without a name goes on with the
// item above, as merged cells of a CSV file do.
func (r *itemReader) row(cells []string, line int, last *item) *item {
	x := &item{line: line}
	var odd [][2]string // column and cell
	texts := map[string]string{}
	for j, c := range r.cols {
		if j >= len(cells) || c.key == "" {
			continue
		}
		cell := strings.TrimSpace(cells[j])
		if cell == "" {
			continue
		}
		if c.word != "" {
			if !x.mark(c, cell) {
				odd = append(odd, [2]string{inOneLine(c.head), inOneLine(cell)})
			}
			continue
		}
		switch c.key {
		case "channels":
			x.Channels = append(x.Channels, choices(cell)...)
		case "audience":
			x.Audience = append(x.Audience, choices(cell)...)
		case "method", "levels":
			for _, w := range choices(cell) {
				if m, ok := itemMarks[plainWord(w)]; ok && m[0] == c.key {
					x.mark(column{m[0], m[1], c.head}, "√")
				} else {
					odd = append(odd, [2]string{inOneLine(c.head), w})
				}
			}
		default:
			texts[c.key] = cell
		}
	}
	x.Content, x.Deadline, x.Owner = lines(texts["content"]), inOneLine(texts["deadline"]), inOneLine(texts["owner"])
	x.basis = bases(texts["basis"])
	x.Field, x.First, x.Name = inOneLine(texts["field"]), inOneLine(texts["first"]), inOneLine(texts["name"])
	if x.Field == "" {
		x.Field = r.field
	}
	if x.Name == "" && x.First != "" {
		x.Name, x.First = x.First, "" // a directory of one level
	} else if x.First == "" {
		x.First = r.first
	} else {
		r.first = x.First
	}
	switch {
	case x.Name == "" && last != nil && x.Content != "":
		r.join(last, x)
		x = last
	case x.Name == "":
		r.report("import-item-row", line, inOneLine(strings.Join(strings.Fields(strings.Join(cells, " ")), " ")))
		return last
	case r.known[itemKey(&x.Item)] != nil:
		same := r.known[itemKey(&x.Item)]
		r.join(same, x)
		x = same
	default:
		r.known[itemKey(&x.Item)] = x
		r.items = append(r.items, x)
	}
	for _, o := range odd {
		r.report("import-item-cell", line, x.Name, o[0], o[1])
	}
	return x
}

// join adds to an item what another row says of it.
func (r *itemReader) join(to, x *item) {
	if x.Content != "" && !strings.Contains(to.Content, x.Content) {
		if to.Content != "" {
			to.Content = strings.TrimRight(to.Content, "；;。") + "；"
		}
		to.Content += x.Content
	}
	for _, l := range []struct {
		to   *[]string
		more []string
	}{{&to.basis, x.basis}, {&to.Channels, x.Channels}, {&to.Audience, x.Audience}, {&to.Method, x.Method}, {&to.Levels, x.Levels}} {
		for _, w := range l.more {
			if !slices.Contains(*l.to, w) {
				*l.to = append(*l.to, w)
			}
		}
	}
	for _, t := range [][2]*string{{&to.Deadline, &x.Deadline}, {&to.Owner, &x.Owner}} {
		if *t[0] == "" {
			*t[0] = *t[1]
		} else if *t[1] != "" && !strings.Contains(*t[0], *t[1]) {
			*t[0] += "；" + *t[1]
		}
	}
	r.report("import-item-joined", x.line, to.Name, itoa(to.line))
}

const (
	checked   = "■☑√✓✔●▣☒🗹"
	unchecked = "□☐○◯"
)

// mark fills in a column of marks; ok is false for a cell that is no mark. Who
// the 特定群体 are may stand there instead of the mark.
func (x *item) mark(c column, cell string) (ok bool) {
	word := c.word
	switch {
	case strings.ContainsAny(cell, checked), slices.Contains([]string{"是", "有", "Y", "y", "V", "v", "1"}, cell):
		if note := strings.Trim(cell, checked+unchecked+" \n\t（）()"); c.key == "audience" && c.word == "特定群体" && note != "" && note != cell {
			word += "（" + inOneLine(note) + "）"
		}
	case strings.Trim(cell, unchecked+"-—–－/／×╳X否无 \n\t") == "":
		return true
	case c.key == "audience" && c.word == "特定群体":
		word += "（" + inOneLine(cell) + "）"
	default:
		return false
	}
	list := map[string]*[]string{"audience": &x.Audience, "method": &x.Method, "levels": &x.Levels, "channels": &x.Channels}[c.key]
	if !slices.Contains(*list, word) {
		*list = append(*list, word)
	}
	return true
}

// choices are the words of a cell that are chosen: those behind a checked box, or
// before it where no word stands behind the last; all of them where there are no
// boxes.
func choices(cell string) []string {
	var out []string
	add := func(s string) {
		if s = strings.Trim(s, " \t\n　、，,；;。_＿:："); s != "" && strings.Trim(s, "/-—无") != "" {
			out = append(out, inOneLine(s))
		}
	}
	if !strings.ContainsAny(cell, checked+unchecked) {
		for s := range strings.FieldsFuncSeq(cell, func(r rune) bool { return strings.ContainsRune("\n、，,；;", r) }) {
			add(s)
		}
		return out
	}
	first := strings.IndexAny(cell, checked+unchecked)
	if strings.TrimSpace(cell[:first]) != "" && !strings.ContainsAny(cell, unchecked) { // 政府网站√ 政府公报
		for s := range strings.FieldsSeq(cell) {
			if strings.ContainsAny(s, checked) {
				add(strings.Trim(s, checked))
			}
		}
		return out
	}
	on, from := false, first
	for i, r := range cell {
		box, yes := strings.ContainsRune(checked+unchecked, r), strings.ContainsRune(checked, r)
		if !box {
			continue
		}
		if on {
			add(cell[from:i])
		}
		on, from = yes, i+len(string(r))
	}
	if on {
		add(cell[from:])
	}
	return out
}

func plainWord(s string) string {
	w, _ := headWord(s)
	return w
}

// bases are the bases of a cell: one a line, if the lines begin with one; lines
// that only go on are joined.
func bases(cell string) []string {
	var out []string
	for line := range strings.FieldsFuncSeq(cell, func(r rune) bool { return r == '\n' || r == '；' || r == ';' }) {
		line = strings.TrimLeft(inOneLine(line), "0123456789.．、①②③④⑤⑥⑦⑧⑨⑩ ")
		if line = strings.Trim(line, "。 "); line == "" {
			continue
		}
		if n := len(out); n > 0 && !strings.HasPrefix(line, "《") && strings.Count(out[n-1], "《") > strings.Count(out[n-1], "》") {
			out[n-1] += line // a title that the cell broke
		} else if n > 0 && !strings.Contains(line, "《") {
			out[n-1] += line // 第二十条 on a line of its own
		} else {
			out = append(out, line)
		}
	}
	return out
}

func inOneLine(s string) string {
	return strings.TrimSpace(strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' || r == '\t' }), ""))
}

// lines joins the lines of a content: an enumeration keeps its parts apart.
func lines(s string) string {
	var b strings.Builder
	for line := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '\n' || r == '\r' }) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if text := b.String(); text != "" && strings.ContainsAny(line[:1], "0123456789-") || b.Len() > 0 && strings.ContainsRune("①②③④⑤⑥⑦⑧⑨⑩●•◆", []rune(line)[0]) {
			if !strings.HasSuffix(text, "；") && !strings.HasSuffix(text, "。") && !strings.HasSuffix(text, "：") {
				b.WriteString("；")
			}
		}
		b.WriteString(line)
	}
	return b.String()
}
