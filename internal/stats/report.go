package stats

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/duty"
	"gongbao/internal/gazette"
	"gongbao/internal/requests"
	"gongbao/internal/sheet"
	"gongbao/internal/source"
)

// Words gives the texts of a report by key.
type Words func(key string, args ...string) string

// A Report are the figures of a quarter or a year for the report on openness.
type Report struct {
	Year, Quarter int // Quarter 0: the whole year
	From, To      gazette.Date
	Tables        []Table
	// Documents are behind the figures: what a figure counts is named here.
	Documents []Counted
}

// A Table is one table of it, the head first.
type Table struct {
	Title, Note string
	Rows        [][]string
}

// Counted are the documents of one figure.
type Counted struct {
	Figure  string
	Entries []*catalog.Entry
}

// ReportOf makes the report of a year, or of one of its quarters. It ends with the
// day of the catalog, if that is within.
func ReportOf(c *catalog.Catalog, year, quarter int, w Words) Report {
	r := period(c, year, quarter)
	b := reporter{cat: c, r: &r, w: w}
	b.normative()
	b.decisions()
	b.requests()
	b.interpretations()
	b.consultations()
	b.responses()
	b.issuers()
	b.asked()
	return r
}

// period is an empty report of a year or a quarter.
func period(c *catalog.Catalog, year, quarter int) Report {
	r := Report{Year: year, Quarter: quarter, From: gazette.NewDate(year, 1, 1), To: gazette.NewDate(year, 12, 31)}
	if quarter > 0 {
		r.From = gazette.NewDate(year, 3*quarter-2, 1)
		r.To = r.From.AddMonths(3).AddDays(-1)
	}
	if r.To.After(c.AsOf) {
		r.To = c.AsOf
	}
	return r
}

type reporter struct {
	cat *catalog.Catalog
	r   *Report
	w   Words
}

func (b *reporter) table(key string, note string, rows [][]string, head ...string) {
	for i, h := range head {
		head[i] = b.w("report.column." + h)
	}
	b.r.Tables = append(b.r.Tables, Table{Title: b.w("report." + key), Note: note, Rows: append([][]string{head}, rows...)})
}

func (b *reporter) counted(figure string, es []*catalog.Entry) string {
	if len(es) > 0 {
		b.r.Documents = append(b.r.Documents, Counted{figure, es})
	}
	return strconv.Itoa(len(es))
}

func (b *reporter) within(d gazette.Date) bool {
	return !d.IsZero() && !d.Before(b.r.From) && !d.After(b.r.To)
}

// normative is table 2, 第二十条第（一）项.
func (b *reporter) normative() {
	ds := documents(b.cat)
	var rows [][]string
	var notes []string
	for _, class := range Classes() {
		row := Row{Year: b.r.Year, Class: class, On: b.r.To}
		for _, d := range ds {
			if d.entry.Document.Class == class {
				row.count(d, b.r.From.AddDays(-1))
			}
		}
		name := string(class)
		rows = append(rows, []string{name, b.counted(name+b.w("report.column.made"), row.Made), b.counted(name+b.w("report.column.ended"), row.Ended), b.counted(name+b.w("report.column.in-force"), row.InForce)})
		if gap := row.Gap(); gap != 0 {
			notes = append(notes, b.w("report.gap", name, strconv.Itoa(row.Previous), strconv.Itoa(gap)))
		}
	}
	b.table("normative", strings.Join(notes, " "), rows, "class", "made", "ended", "in-force")
}

// decisions is table 2, 第（五）（六）（八）项, as data/requests.toml has it.
func (b *reporter) decisions() {
	if b.r.Quarter > 0 {
		return
	}
	f := requests.Of(&b.cat.Data.Requests, b.r.Year, 0)
	var rows [][]string
	for _, k := range []string{"permits", "penalties", "coercions", "fees"} {
		n := f.Numbers[k]
		if n == "" {
			n = b.w("report.absent")
		}
		rows = append(rows, []string{b.w("report." + k), n})
	}
	b.table("decisions", "", rows, "matter", "number")
}

// requests are tables 3 and 4.
func (b *reporter) requests() {
	f := requests.Of(&b.cat.Data.Requests, b.r.Year, b.r.Quarter)
	if f.Periods == 0 {
		b.r.Tables = append(b.r.Tables, Table{Title: b.w("report.requests"), Note: b.w("report.no-requests")})
		return
	}
	note := ""
	if b.r.Quarter == 0 && f.Periods > 1 && f.Periods < 4 {
		note = b.w("report.quarters", strconv.Itoa(f.Periods))
	}
	b.table("requests", note, requests.Table3(b.cat.Config.Report, f), "matter", "persons", "firms", "science", "charities", "lawyers", "others", "total")
	four := requests.Table4(f)
	var rows [][]string
	for i, k := range requests.Courts() {
		rows = append(rows, append([]string{b.w("report." + k)}, four[5*i:5*i+5]...))
	}
	b.table("courts", "", rows, "matter", "upheld", "corrected", "other-results", "open", "total")
}

// interpretations are what was explained, in time, and how.
func (b *reporter) interpretations() {
	var due, done, inTime []*catalog.Entry
	forms := map[string][]*catalog.Entry{}
	for _, e := range slices.Backward(b.cat.Documents) {
		if !b.within(e.Document.Published.Date) || !duty.NeedsExplaining(b.cat, e) || len(e.Versions) > 0 && e != e.Versions[len(e.Versions)-1] {
			continue
		}
		due = append(due, e)
		by := duty.Interpretations(e)
		if len(by) == 0 {
			continue
		}
		done = append(done, e)
		if !by[0].Published().Date.After(duty.ExplainBy(b.cat, e)) {
			inTime = append(inTime, e)
		}
		for _, f := range duty.Forms(e) {
			forms[f] = append(forms[f], e)
		}
	}
	share := duty.ShareOf(b.cat, b.r.From, b.r.To)
	rows := [][]string{
		{b.w("report.due"), b.counted(b.w("report.due"), due)},
		{b.w("report.explained"), b.counted(b.w("report.explained"), done)},
		{b.w("report.in-time"), b.counted(b.w("report.in-time"), inTime)},
	}
	for _, f := range gazette.InterpretationForms() {
		if es := forms[f]; es != nil {
			rows = append(rows, []string{b.w("report.form", f), b.counted(b.w("report.form", f), es)})
		}
	}
	rows = append(rows, []string{b.w("report.share", b.w("duty.of."+share.Of)), b.w("report.percent", strconv.Itoa(share.Percent()), strconv.Itoa(len(share.Diverse)), strconv.Itoa(len(share.Documents)))})
	b.counted(b.w("report.diverse"), share.Diverse)
	b.table("interpretations", "", rows, "matter", "number")
}

// consultations are those that ended, and what became of opinions.
func (b *reporter) consultations() {
	var opened, closed, answered, late []*catalog.Entry
	for _, d := range duty.Closed(b.cat) {
		if b.within(d.From) {
			closed = append(closed, d.Entry)
			switch d.State(b.cat.AsOf) {
			case duty.Done:
				answered = append(answered, d.Entry)
			case duty.DoneLate, duty.Late:
				late = append(late, d.Entry)
			}
		}
	}
	for _, e := range b.cat.Articles[gazette.TypeConsultation] {
		if b.within(e.Article.Opens) {
			opened = append(opened, e)
		}
	}
	b.table("consultations", "", [][]string{
		{b.w("report.opened"), b.counted(b.w("report.opened"), opened)},
		{b.w("report.closed"), b.counted(b.w("report.closed"), closed)},
		{b.w("report.answered"), b.counted(b.w("report.answered"), answered)},
		{b.w("report.answered-late"), b.counted(b.w("report.answered-late"), late)},
	}, "matter", "number")
}

// responses are the answers of each month by channel.
func (b *reporter) responses() {
	var rows [][]string
	var sum [2]int
	seen := map[string]bool{}
	for _, e := range slices.Backward(b.cat.Articles[gazette.TypeResponse]) {
		first, err := gazette.ParseDate(e.Article.Period + "-01")
		if err != nil || first.Before(b.r.From) || first.After(b.r.To) {
			continue
		}
		if seen[e.Article.Period] {
			continue // reported: the first page of a month counts
		}
		seen[e.Article.Period] = len(e.Article.Channels) > 0
		for _, ch := range e.Article.Channels {
			rows = append(rows, []string{e.Article.Period, ch.Name, strconv.Itoa(ch.Received), strconv.Itoa(ch.Closed), known(ch.OnTime), known(ch.Satisfied)})
			sum[0], sum[1] = sum[0]+ch.Received, sum[1]+ch.Closed
		}
	}
	if rows == nil {
		return
	}
	rows = append(rows, []string{b.w("report.column.total"), "", strconv.Itoa(sum[0]), strconv.Itoa(sum[1]), "", ""})
	b.table("responses", "", rows, "month", "channel", "received", "closed", "on-time", "satisfied")
}

func known(n int) string {
	if n < 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// issuers counts what went online, by issuer.
func (b *reporter) issuers() {
	by := map[string]int{}
	normative := map[string]int{}
	var all []*catalog.Entry
	for _, e := range slices.Backward(b.cat.Documents) {
		if e.Shelf == gazette.Withdrawn || len(e.Versions) > 0 && e != e.Versions[len(e.Versions)-1] || !b.within(e.Document.Published.Date) {
			continue
		}
		all = append(all, e)
		for _, i := range e.Document.Issuers {
			by[i]++
			if e.Document.Class == gazette.Normative || e.Document.Class == gazette.Rule {
				normative[i]++
			}
		}
	}
	b.counted(b.w("report.published"), all)
	var rows [][]string
	for _, i := range slices.SortedFunc(maps.Keys(by), func(x, y string) int { return cmp.Or(cmp.Compare(by[y], by[x]), strings.Compare(x, y)) }) {
		rows = append(rows, []string{i, strconv.Itoa(by[i]), strconv.Itoa(normative[i])})
	}
	rows = append(rows, []string{b.w("report.documents"), strconv.Itoa(len(all)), ""})
	b.table("issuers", b.w("report.joint"), rows, "issuer", "published", "normative")
}

// asked are documents that people ask for most: those that are not public may be
// opened.
func (b *reporter) asked() {
	if b.r.Quarter > 0 {
		return
	}
	withheld := map[string]string{}
	if b.cat.Ledger != nil {
		for _, x := range b.cat.Ledger.Withheld() {
			if n, ok := gazette.ParseNumber(x.Number); ok {
				withheld[n.Key()] = strings.TrimSpace(x.Attribute + " " + x.Reason)
			}
		}
	}
	as := slices.Clone(b.cat.Data.Requests.Asked)
	slices.SortStableFunc(as, func(x, y source.Asked) int { return cmp.Compare(y.Count, x.Count) })
	var rows [][]string
	for _, x := range as {
		if x.Year != b.r.Year {
			continue
		}
		state := b.w("report.not-here")
		if n, ok := gazette.ParseNumber(x.Document); ok && withheld[n.Key()] != "" {
			state = withheld[n.Key()]
		} else if t, _ := b.cat.Find(nil, x.Document); t.Entry != nil && t.Entry.Shelf != gazette.Withdrawn {
			state = b.w("report.is-public")
		}
		rows = append(rows, []string{x.Document, strconv.Itoa(x.Count), state})
	}
	if rows != nil {
		b.table("asked", b.w("report.internal"), rows, "document", "count", "state")
	}
}

// Markdown writes the report, with the documents behind each figure at its end.
func (r Report) Markdown(title string, w Words) string {
	var s strings.Builder
	s.WriteString("# " + title + "\n")
	for i, t := range r.Tables {
		s.WriteString("\n## " + strconv.Itoa(i+1) + ". " + t.Title + "\n\n")
		if t.Note != "" {
			s.WriteString(t.Note + "\n\n")
		}
		for n, row := range t.Rows {
			cells := make([]string, len(row))
			for j, x := range row {
				cells[j] = strings.ReplaceAll(x, "|", "\\|")
			}
			s.WriteString("| " + strings.Join(cells, " | ") + " |\n")
			if n == 0 {
				s.WriteString("|" + strings.Repeat("---|", len(row)) + "\n")
			}
		}
	}
	s.WriteString("\n## " + w("report.behind") + "\n")
	for _, d := range r.Documents {
		s.WriteString("\n### " + d.Figure + "（" + strconv.Itoa(len(d.Entries)) + "）\n\n")
		for _, e := range d.Entries {
			s.WriteString("- " + strings.TrimSpace(e.Title()+" "+e.Document.Number) + "\n")
		}
	}
	return s.String()
}

// Rows are all tables below each other, for one file of CSV.
func (r Report) Rows() [][]string {
	var out [][]string
	for _, t := range r.Tables {
		out = append(out, []string{t.Title})
		if t.Note != "" {
			out = append(out, []string{t.Note})
		}
		out = append(append(out, t.Rows...), []string{})
	}
	return out
}

// Sheets are the tables as sheets of a workbook; the last has the documents.
func (r Report) Sheets(w Words) []sheet.Table {
	var out []sheet.Table
	for i, t := range r.Tables {
		rows := t.Rows
		if len(rows) == 0 {
			rows = [][]string{{t.Note}}
		}
		out = append(out, sheet.Table{Name: strconv.Itoa(i+1) + " " + t.Title, Rows: rows, Widths: []float64{48}})
	}
	rows := [][]string{{w("report.column.figure"), w("report.column.document"), w("report.column.document-number"), w("report.column.file")}}
	for _, d := range r.Documents {
		for _, e := range d.Entries {
			rows = append(rows, []string{d.Figure, e.Title(), e.Document.Number, e.Path})
		}
	}
	return append(out, sheet.Table{Name: w("report.behind"), Rows: rows, Widths: []float64{30, 60, 24, 36}})
}
