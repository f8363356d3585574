package importer

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/pinyin"
	"gongbao/internal/source"
	"gongbao/internal/toml"
	"gongbao/internal/zh"
)

// columns are what lists call their columns.
var columns = map[string][]string{
	"title":       {"标题", "名称", "文件名称", "文件标题", "题名", "规范性文件名称", "文件名"},
	"number":      {"文号", "发文字号", "文件编号"},
	"issuers":     {"发文机关", "制定机关", "发布机关", "制发机关", "发文单位", "制定单位"},
	"signed":      {"成文日期", "发文日期", "制发日期", "印发日期", "日期"},
	"effective":   {"施行日期", "实施日期", "生效日期", "施行时间"},
	"expires":     {"有效期", "有效期至", "失效日期", "有效期截止", "有效期届满", "终止日期"},
	"index":       {"索引号"},
	"record":      {"登记号", "统一编号", "统一登记号", "登记编号"},
	"disposition": {"清理意见", "清理结果", "处理意见", "处理结果", "有效性", "效力状态", "清理结论", "备注"},
	"year":        {"年", "年份"},
	"no":          {"期", "期号", "期次", "刊期"},
	"running":     {"总期", "总期号", "总号", "总期数"},
	"date":        {"出版日期", "刊出日期"},
	"section":     {"栏目", "类别"},
	"page":        {"页", "页码", "起始页", "起页"},
	"pdf":         {"PDF", "扫描件", "文件", "扫描文件"},
}

// A List is a table in which each row is a document.
type List struct {
	Name string // of the file, as given
	rows []map[string]string
	line []int
}

// ReadList reads a table whose head has a column of titles; ok is false for any
// other. Lines above the head are passed over.
func ReadList(name string, rows [][]string) (List, bool) {
	l := List{Name: name}
	for i, row := range rows[:min(len(rows), 10)] {
		keys := make([]string, len(row))
		for j, cell := range row {
			cell = squeeze(strings.TrimSpace(cell))
			for key, names := range columns {
				if slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, cell) }) && !slices.Contains(keys, key) {
					keys[j] = key
				}
			}
		}
		if !slices.Contains(keys, "title") || len(row) < 2 {
			continue
		}
		for k, r := range rows[i+1:] {
			fact := map[string]string{}
			for j, cell := range r {
				if j < len(keys) && keys[j] != "" {
					if v := strings.TrimSpace(strings.ReplaceAll(cell, "\n", "")); v != "" {
						fact[keys[j]] = v
					}
				}
			}
			if fact["title"] != "" {
				l.rows, l.line = append(l.rows, fact), append(l.line, i+k+2)
			}
		}
		return l, true
	}
	return l, false
}

// OfIssues reports whether the list is the contents of issues: a folder of scans.
func (l List) OfIssues() bool {
	return len(l.rows) > 0 && slices.ContainsFunc(l.rows, func(r map[string]string) bool { return r["no"] != "" && r["page"] != "" })
}

// Scans are the files of the issues whose contents it is, by their paths from
// the folder of the list.
func (l List) Scans() []string {
	var out []string
	if !l.OfIssues() {
		return nil
	}
	for _, r := range l.rows {
		if name, ok := Beside(r["pdf"]); ok && r["pdf"] != "" {
			out = append(out, name)
		}
	}
	return out
}

// years is a validity as lists write it: 5年.
var years = regexp.MustCompile(`^([1-9]|10)\s*年$`)

// A Stub is a document of which only a list speaks.
type Stub struct {
	Document    gazette.Document
	Disposition string
	Line        int
}

// stub makes a stub of a row.
func (l List) stub(i int) Stub {
	r := l.rows[i]
	s := Stub{Disposition: r["disposition"], Line: l.line[i]}
	d := &s.Document
	d.Title = zh.CollapseSpace(strings.Trim(r["title"], " 　"))
	if inner, ok := strings.CutPrefix(d.Title, "《"); ok && strings.HasSuffix(inner, "》") && !strings.ContainsRune(strings.TrimSuffix(inner, "》"), '《') {
		d.Title = strings.TrimSuffix(inner, "》")
	}
	d.Number = r["number"]
	for _, name := range strings.FieldsFunc(r["issuers"], func(c rune) bool { return strings.ContainsRune("、,，;； 　", c) }) {
		if source.IsBody(name) {
			d.Issuers = append(d.Issuers, name)
		}
	}
	d.Signed, d.Effective, d.Expires = day(r["signed"]), day(r["effective"]), day(r["expires"])
	if d.Expires.IsZero() {
		if m := years.FindStringSubmatch(r["expires"]); m != nil {
			d.ValidFor.Years, _ = strconv.Atoi(m[1])
		}
	}
	d.Index, d.Registration = r["index"], r["record"]
	d.Kind, d.Form = source.KindAndForm(d.Title)
	return s
}

// PlanList returns stubs (text = "none") for the rows of a list whose documents
// the site does not have, by number as written, or by title where there is none.
// A disposition stands as a comment: what ends a document is the decision, which
// is a document of its own.
func PlanList(l List, site Site, known Texts) ([]Edit, []diag.Finding) {
	p := &planner{site: site, taken: map[string]bool{}, held: known.held()}
	var edits []Edit
	var findings []diag.Finding
	for i := range l.rows {
		s := l.stub(i)
		where := diag.Pos{File: l.Name, Line: s.Line}
		if there := cmp.Or(p.held.find(&s.Document), p.rows[s.key()]); there != "" {
			findings = append(findings, diag.New("import-listed", where, s.Document.Title, there))
			continue
		}
		made := p.stub(&s)
		p.keep(&s, made)
		edits = append(edits, made...)
	}
	return append(edits, p.registers()...), findings
}

// key is by what two rows are the same document: the number, without one the
// title and the day.
func (s *Stub) key() string {
	if n, ok := gazette.ParseNumber(s.Document.Number); ok && n.Series != "" {
		return fmt.Sprint(key(n))
	}
	return zh.Fold(s.Document.Title) + " " + s.Document.Signed.String()
}

// keep remembers what was made of a row.
func (p *planner) keep(s *Stub, made []Edit) {
	if p.rows == nil {
		p.rows = map[string]string{}
	}
	p.rows[s.key()] = strings.TrimPrefix(made[0].Path, "content/")
}

// slug makes a slug that no other row has: each issue has its 任免通知.
func (p *planner) slug(s string) string {
	if p.slugs == nil {
		p.slugs = map[string]int{}
	}
	if p.slugs[s]++; p.slugs[s] > 1 {
		return s + "-" + strconv.Itoa(p.slugs[s])
	}
	return s
}

// stub writes the file of a stub and returns it as the first of its edits.
func (p *planner) stub(s *Stub) []Edit {
	d := &s.Document
	n, ok := gazette.ParseNumber(d.Number)
	if !ok || n.Series == "" {
		d.Slug = p.slug(pinyin.Slug(d.Title))
	} else {
		p.needSeries(n)
	}
	for _, name := range d.Issuers {
		p.needIssuer(name)
	}
	im := &Imported{Type: gazette.TypeDocument}
	im.Derived.Document = *d
	file := p.name(im, n, ok, false)
	m := &matter{}
	m.WriteString("+++\n")
	m.Text("title", d.Title)
	if ok {
		m.Text("number", d.Number)
	} else if d.Number != "" {
		m.WriteString("# 文号写法不明：" + d.Number + "\n")
	}
	m.Text("kind", d.Kind)
	m.Text("form", d.Form)
	m.List("issuers", d.Issuers)
	m.date("signed", d.Signed)
	m.date("effective", d.Effective)
	m.date("expires", d.Expires)
	if d.ValidFor.Years > 0 {
		m.Text("valid_for", strconv.Itoa(d.ValidFor.Years)+"y")
	}
	m.Text("registration", d.Registration)
	m.Text("index", d.Index)
	m.Text("slug", d.Slug)
	m.WriteString("text = \"none\"\n")
	if s.Disposition != "" {
		m.WriteString("# 清单所列：" + strings.Map(func(r rune) rune {
			if r < ' ' {
				return ' '
			}
			return r
		}, s.Disposition) + "\n")
	}
	m.WriteString("+++\n")
	return []Edit{{Path: "content/" + file, Bytes: []byte(m.String())}}
}

var digits = regexp.MustCompile(`\d+`)

func firstNumber(s string) int {
	n, _ := strconv.Atoi(digits.FindString(s))
	return n
}

// An issueKey is a year and a number of it.
type issueKey struct{ year, no int }

// PlanIssues returns historical issues out of their contents: one bundle an
// issue, with its scan where file gives it, stubs for its documents, and the
// pages on which they begin. Issues that the site has are left as they are.
func PlanIssues(l List, site Site, known Texts, file func(name string) ([]byte, error)) ([]Edit, []diag.Finding) {
	p := &planner{site: site, taken: map[string]bool{}, held: known.held()}
	var edits []Edit
	var findings []diag.Finding
	var order []issueKey
	rows := map[issueKey][]int{}
	for i, r := range l.rows {
		k := issueKey{firstNumber(r["year"]), firstNumber(r["no"])}
		if k.year == 0 || k.no == 0 {
			findings = append(findings, diag.New("import-issue-row", diag.Pos{File: l.Name, Line: l.line[i]}, r["title"]))
			continue
		}
		if rows[k] == nil {
			order = append(order, k)
		}
		rows[k] = append(rows[k], i)
	}
	for _, k := range order {
		base := fmt.Sprintf("issues/%d-%02d", k.year, k.no)
		if site.Exists(base+".md") || site.Exists(base+"/index.md") {
			findings = append(findings, diag.New("import-listed", diag.Pos{File: l.Name, Line: l.line[rows[k][0]]}, base, base))
			continue
		}
		m, more, found := p.issue(l, k, rows[k], file)
		edits = append(edits, Edit{Path: "content/" + base + "/index.md", Bytes: []byte(m)})
		for i := range more {
			if more[i].Path == "scan.pdf" {
				more[i].Path = "content/" + base + "/scan.pdf"
			}
		}
		edits, findings = append(edits, more...), append(findings, found...)
	}
	return append(edits, p.registers()...), findings
}

// issue writes one historical issue.
func (p *planner) issue(l List, k issueKey, rows []int, file func(string) ([]byte, error)) (string, []Edit, []diag.Finding) {
	var edits []Edit
	var findings []diag.Finding
	m := &matter{}
	m.WriteString("+++\nyear = " + strconv.Itoa(k.year) + "\nno = " + strconv.Itoa(k.no) + "\n")
	first := l.rows[rows[0]]
	if n := firstNumber(first["running"]); n > 0 {
		m.WriteString("running = " + strconv.Itoa(n) + "\n")
	}
	m.date("date", day(first["date"]))
	if name := first["pdf"]; name != "" {
		b, err := file(name)
		if err != nil {
			findings = append(findings, diag.New("import-scan-missing", diag.Pos{File: l.Name, Line: l.line[rows[0]]}, name))
		} else {
			m.WriteString("pdf = \"scan.pdf\"\n")
			edits = append(edits, Edit{Path: "scan.pdf", Bytes: b})
		}
	}
	m.WriteString("sections = [\n")
	section := ""
	for n, i := range rows {
		r := l.rows[i]
		if s := r["section"]; n == 0 || s != "" && s != section {
			if n > 0 {
				m.WriteString("  ] },\n")
			}
			if section = s; section == "" {
				section = "目录"
			}
			m.WriteString("  { title = " + toml.Quote(section) + ", documents = [\n")
		}
		s := l.stub(i)
		there := p.held.find(&s.Document)
		if n, ok := gazette.ParseNumber(s.Document.Number); there == "" && ok && n.Series != "" {
			there = p.rows[s.key()] // printed in two issues
		}
		if there == "" {
			made := p.stub(&s)
			p.keep(&s, made)
			there = strings.TrimPrefix(made[0].Path, "content/")
			edits = append(edits, made...)
		}
		page := firstNumber(r["page"])
		if page > 0 {
			fmt.Fprintf(m, "    { document = %s, page = %d },\n", toml.Quote(there), page)
		} else {
			fmt.Fprintf(m, "    %s,\n", toml.Quote(there))
		}
	}
	m.WriteString("  ] },\n]\n+++\n")
	return m.String(), edits, findings
}

// Beside is a file beside the list, safe to open: no way out of its folder.
func Beside(name string) (string, bool) {
	name = path.Clean(strings.ReplaceAll(strings.TrimSpace(name), "\\", "/"))
	return name, source.SafePath(name)
}
