package cleanup

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/source"
	"gongbao/internal/zh"
)

// A Plan is what a sheet that people edited comes to.
type Plan struct {
	Relations []gazette.Relation // for the front matter of the decision
	Decided   int                // rows that say what is to become of a document
	Amended   int                // of these, to be amended: a plan, nothing is written
}

// Apply turns a work sheet into the relations of the decision that was taken
// on it. name is the sheet's name in findings, whose lines are its rows. Where
// a finding is an error, nothing may be written.
//
// 修改 writes nothing. 继续有效 moves the end of a document that has one (extends),
// and otherwise says that it stays (continues). What the decision declares
// already is not repeated.
func Apply(c *catalog.Catalog, decision *catalog.Entry, name string, rows [][]string, w Words) (Plan, []diag.Finding) {
	a := applier{cat: c, decision: decision, name: name, words: w, seen: map[*catalog.Entry]int{}}
	start := a.columns(rows, "cleanup.column.", workColumns, []string{colDisposition})
	if start < 0 {
		return Plan{}, a.findings
	}
	for i := start; i < len(rows); i++ {
		if strings.Join(rows[i], "") != "" {
			a.row(i+1, rows[i])
		}
	}
	return a.plan, a.findings
}

// Decided reads a work sheet that people edited as what they would decide, so
// that the decision can be drafted from it. Nothing is written.
func Decided(c *catalog.Catalog, name string, rows [][]string, w Words) ([]Candidate, []diag.Finding) {
	a := applier{cat: c, name: name, words: w, seen: map[*catalog.Entry]int{}}
	start := a.columns(rows, "cleanup.column.", workColumns, []string{colDisposition})
	var out []Candidate
	for i := start; start >= 0 && i < len(rows); i++ {
		if strings.Join(rows[i], "") == "" {
			continue
		}
		d, e, until, ok := a.read(i+1, rows[i])
		if ok {
			last, _ := e.LastDay()
			out = append(out, Candidate{Entry: e, Disposition: d, Last: last, Until: until})
		}
	}
	return out, a.findings
}

type applier struct {
	cat      *catalog.Catalog
	decision *catalog.Entry
	name     string
	words    Words
	at       map[string]int // of columns
	seen     map[*catalog.Entry]int
	plan     Plan
	findings []diag.Finding
}

func (a *applier) report(rule string, row int, args ...string) {
	f := diag.New(rule, diag.Pos{File: a.name, Line: row}, args...)
	f.Masked = true // a row of a workbook is no line that could be shown
	a.findings = append(a.findings, f)
}

// otherHeads are other ways in which people write the heads of columns
// (standards §5.5).
var otherHeads = map[string][]string{
	colDisposition: {"处理决定", "处理意见", "清理结果", "清理结论"},
	colUntil:       {"新的有效期", "新的有效期至", "新有效期", "延长至", "有效期延长至", "延长后有效期", "延长后有效期至"},
	colNumber:      {"文号", "字号"},
	colTitle:       {"文件标题", "标题", "名称"},
}

// columns finds the head of the sheet, by the names of its columns and in any
// order, and returns the row behind it; -1 with a finding where there is none.
func (a *applier) columns(rows [][]string, prefix string, all, required []string) int {
	for i, row := range rows[:min(len(rows), 10)] {
		at := map[string]int{}
		for j, cell := range row {
			for _, col := range all {
				if _, twice := at[col]; !twice && (a.words.is(prefix+col, strings.TrimSpace(cell)) || slices.Contains(otherHeads[col], strings.TrimSpace(cell))) {
					at[col] = j
				}
			}
		}
		_, file := at[colFile]
		_, number := at[colNumber]
		_, title := at[colTitle]
		missing := slices.ContainsFunc(required, func(c string) bool { _, ok := at[c]; return !ok })
		if !missing && (file || number || title) {
			a.at = at
			return i + 1
		}
	}
	a.report("sheet-columns", 1, strings.Join(a.words.head(prefix, append(slices.Clone(required), colTitle, colNumber, colFile)), "、"))
	return -1
}

func (a *applier) cell(row []string, col string) string {
	i, ok := a.at[col]
	if !ok || i >= len(row) {
		return ""
	}
	return strings.TrimSpace(row[i])
}

// read takes a row: the document, what is to become of it and its new last day.
func (a *applier) read(n int, row []string) (d Disposition, e *catalog.Entry, until gazette.Date, ok bool) {
	said := a.cell(row, colDisposition)
	if said == "" && a.cell(row, colTitle) == "" && a.cell(row, colNumber) == "" && a.cell(row, colFile) == "" {
		return // a note below the table
	}
	if d, ok = a.disposition(said); !ok {
		a.report("sheet-disposition", n, said)
		return
	}
	if e = a.entry(n, row); e == nil {
		return d, nil, until, false
	}
	until, ok = a.until(n, row, d, e)
	return d, e, until, ok
}

func (a *applier) row(n int, row []string) {
	d, e, until, ok := a.read(n, row)
	if !ok {
		return
	}
	if !a.may(n, d, until, e) {
		return
	}
	a.plan.Decided++
	r := gazette.Relation{Target: a.cat.Name(a.decision, catalog.Target{Entry: e}), Until: until}
	switch d {
	case Amend:
		a.plan.Amended++
		return
	case Repeal:
		r.Kind = gazette.Repeals
	case Lapse:
		r.Kind = gazette.Lapses
	case Keep:
		r.Kind = gazette.Continues
		if !until.IsZero() && a.endsAfterDecision(e) {
			r.Kind = gazette.Extends
		}
	}
	if !a.declared(r.Kind, e) {
		a.plan.Relations = append(a.plan.Relations, r)
	}
}

// may reports whether the decision can say so of a document: it is its makers'
// to decide (立法法第一百零七条; design §4), it does not revive what has ended, and does
// not say two things.
func (a *applier) may(n int, d Disposition, until gazette.Date, e *catalog.Entry) bool {
	switch {
	case d == Amend:
		return true
	case len(e.Document.Issuers) > 0 && !a.cat.Competent(a.decision, e):
		a.report("sheet-competence", n, e.Title(), strings.Join(a.decision.Document.Issuers, "、"), strings.Join(e.Document.Issuers, "、"))
		return false
	case a.contradicts(d, e):
		a.report("sheet-contradiction", n, e.Title(), source.Name(a.decision.Path))
		return false
	}
	if d != Keep {
		return true
	}
	last := gazette.LastInForce(e.Effects)
	switch {
	case !last.IsZero() && last.Before(a.decision.ActsFrom()):
		a.report("sheet-ended", n, e.Title(), last.String())
		return false
	case !last.IsZero() && until.IsZero() && last.Before(a.cat.AsOf.AddMonths(months)):
		a.report("sheet-ends-soon", n, e.Title(), last.String())
	}
	return true
}

// contradicts reports whether the front matter of the decision says already that
// the document goes on, where the sheet ends it, or the other way round.
func (a *applier) contradicts(d Disposition, e *catalog.Entry) bool {
	return slices.ContainsFunc(a.decision.Relations, func(r catalog.Relation) bool {
		if r.Read != nil || r.Target.Entry == nil || !r.Target.Entry.SameWork(e) || len(r.Articles) > 0 {
			return false
		}
		switch r.Kind {
		case gazette.Continues, gazette.Extends:
			return d != Keep
		case gazette.Repeals, gazette.Lapses, gazette.Replaces:
			return d == Keep
		}
		return false
	})
}

// synonyms are other ways in which people write a disposition.
var synonyms = map[string]Disposition{
	"保留": Keep, "有效": Keep, "继续执行": Keep, "继续有效（延长有效期）": Keep, "延长有效期": Keep, "修订": Amend, "拟修改": Amend, "拟修订": Amend, "予以修改": Amend,
	"失效": Lapse, "予以废止": Repeal,
}

func (a *applier) disposition(said string) (Disposition, bool) {
	for _, d := range dispositions {
		if said == string(d) || a.words.is("cleanup.disposition."+string(d), said) {
			return d, true
		}
	}
	d, ok := synonyms[said]
	return d, ok
}

// entry finds the document of a row: by its path, else its number, else its
// title. What the row says besides must not point to another one.
func (a *applier) entry(n int, row []string) *catalog.Entry {
	var e *catalog.Entry
	for _, name := range []string{a.cell(row, colFile), a.cell(row, colNumber), bracketed(a.cell(row, colTitle))} {
		if name == "" {
			continue
		}
		t, found := a.cat.Find(a.decision, name)
		switch {
		case found > 1 && e == nil:
			continue
		case t.Entry == nil && e == nil:
			a.report("sheet-document", n, name)
			return nil
		case t.Entry != nil && e != nil && !t.Entry.SameWork(e) && name != bracketed(a.cell(row, colTitle)):
			a.report("sheet-document", n, name)
			return nil
		case e == nil:
			e = t.Entry
		}
	}
	switch {
	case e == nil || e.Type != gazette.TypeDocument:
		a.report("sheet-document", n, cmp.Or(a.cell(row, colTitle), a.cell(row, colNumber), a.cell(row, colFile)))
		return nil
	case e == a.decision:
		a.report("sheet-document", n, e.Title())
		return nil
	case a.seen[e] > 0:
		a.report("sheet-twice", n, e.Title(), strconv.Itoa(a.seen[e]))
		return nil
	}
	a.seen[e] = n
	return e
}

func bracketed(title string) string {
	if title == "" || strings.HasPrefix(title, "《") {
		return title
	}
	return "《" + title + "》"
}

// until reads 新有效期至: a day after that of the cleanup and not before the end
// that the document has, for what is to stay.
func (a *applier) until(n int, row []string, d Disposition, e *catalog.Entry) (day gazette.Date, ok bool) {
	text := a.cell(row, colUntil)
	if text == "" {
		return day, true
	}
	day, ok = dayOf(text)
	last, cause := gazette.LastDay(e.Effects)
	switch {
	case !ok || d != Keep || !day.After(a.cat.AsOf) || cause >= 0 && day.Before(last):
		a.report("sheet-until", n, text)
		return day, false
	}
	return day, true
}

// dayOf reads a day as people and programs write it in a cell: 2028-12-31,
// 2028/12/31, 2028.12.31, 2028年12月31日, or the serial number of a date cell.
func dayOf(text string) (gazette.Date, bool) {
	if serial, err := strconv.Atoi(text); err == nil && serial > 30_000 && serial < 110_000 {
		return gazette.SerialDate(serial), true
	}
	if ds := zh.FindDates(text); len(ds) == 1 {
		d := gazette.FromZh(ds[0])
		return d, !d.IsZero()
	}
	part := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("-/.－ ", r) })
	if len(part) != 3 {
		return gazette.Date{}, false
	}
	var n [3]int
	for i, p := range part {
		v, err := strconv.Atoi(p)
		if err != nil {
			return gazette.Date{}, false
		}
		n[i] = v
	}
	d := gazette.NewDate(n[0], n[1], n[2])
	return d, !d.IsZero()
}

// endsAfterDecision reports whether the document has an end that the decision
// comes in time to move; after it, 继续有效 answers for what is to be verified.
func (a *applier) endsAfterDecision(e *catalog.Entry) bool {
	last, cause := gazette.LastDay(e.Effects)
	if cause < 0 {
		return false
	}
	return !a.decision.ActsFrom().After(last)
}

// declared reports whether the front matter of the decision says so already.
func (a *applier) declared(kind gazette.RelationKind, e *catalog.Entry) bool {
	return slices.ContainsFunc(a.decision.Relations, func(r catalog.Relation) bool {
		same := r.Kind == kind || stays(r.Kind) && stays(kind)
		return r.Read == nil && same && r.Target.Entry != nil && r.Target.Entry.SameWork(e)
	})
}

func stays(k gazette.RelationKind) bool { return k == gazette.Continues || k == gazette.Extends }
