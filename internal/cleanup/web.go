package cleanup

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/sheet"
	"gongbao/internal/zh"
)

// The rules of Web.
const (
	WebEnded        = "web-ended"        // the document has ended
	WebAttachment   = "web-attachment"   // a file of such a document
	WebAbout        = "web-about"        // explains documents that have all ended
	WebConsultation = "web-consultation" // a consultation that is over, with its feedback
	WebFeedback     = "web-feedback"     // one that is over for a month without feedback
	WebYear         = "web-year"         // plans and key points of a year that is past
)

// An Action is what is to become of what is stale.
type Action string

// The actions. Nothing here is a status: archived pages stay, and say so.
const (
	Archive Action = "archive" // 归档
	Answer  Action = "answer"  // 补公开意见采纳情况
	Leave   Action = "leave"   // 保留
)

var actions = []Action{Archive, Answer, Leave}

// A Stale is a page or file online that is out of date.
type Stale struct {
	Entry  *catalog.Entry // archived as a whole
	File   string         // of an attachment: its name beside the entry; else ""
	Action Action
	Reason Reason
}

// Path is the file in content/ that is stale.
func (s Stale) Path() string {
	if s.File == "" {
		return s.Entry.Path
	}
	return path.Join(path.Dir(s.Entry.Path), s.File)
}

// Web returns everything online that is stale on the day of the catalog,
// ordered by rule and path. A thing is listed once, by the first rule that fits.
func Web(c *catalog.Catalog) []Stale {
	var out []Stale
	for _, e := range c.Entries {
		if e.Shelf != gazette.Online {
			continue
		}
		switch e.Type {
		case gazette.TypeIssue:
			continue
		case gazette.TypeDocument:
			out = append(out, staleDocument(e, c.AsOf)...)
		default:
			out = append(out, staleArticle(e, c.AsOf)...)
		}
	}
	order := []string{WebEnded, WebAttachment, WebAbout, WebConsultation, WebFeedback, WebYear}
	slices.SortStableFunc(out, func(a, b Stale) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.Reason.Rule), slices.Index(order, b.Reason.Rule)), strings.Compare(a.Path(), b.Path()))
	})
	return out
}

func staleDocument(e *catalog.Entry, on gazette.Date) []Stale {
	if !e.State.Force.Ended() {
		return staleYear(e, on)
	}
	r := Reason{Rule: WebEnded, Args: []string{"force." + string(e.State.Force), e.State.Interval.From.String()}}
	if i := e.State.Interval.Cause; i >= 0 && i < len(e.Effects) {
		x := e.Effects[i]
		r.Quote, r.Line, r.Path = x.Quote, x.Line, x.By
		if x.By == "" && x.Quote != "" {
			r.Path = e.Path
		}
	}
	out := []Stale{{Entry: e, Action: Archive, Reason: r}}
	var names []string
	for _, a := range e.Attachments() {
		names = append(names, a.File)
	}
	for _, f := range e.Files {
		if !f.Image && !slices.Contains(names, f.Path) {
			names = append(names, f.Path)
		}
	}
	for _, name := range names {
		out = append(out, Stale{e, name, Archive, Reason{Rule: WebAttachment, Args: []string{nameOf(e), r.Args[0]}}})
	}
	return out
}

func staleArticle(e *catalog.Entry, on gazette.Date) []Stale {
	a := e.Article
	switch e.Type {
	case gazette.TypeConsultation:
		switch {
		case a.Closes.IsZero() || !a.Closes.Before(on):
			return nil
		case a.Feedback != "":
			return []Stale{{Entry: e, Action: Archive, Reason: Reason{Rule: WebConsultation, Args: []string{a.Closes.String()}}}}
		case a.Closes.AddMonths(1).Before(on):
			return []Stale{{Entry: e, Action: Answer, Reason: Reason{Rule: WebFeedback, Args: []string{a.Closes.String()}}}}
		}
		return nil
	case gazette.TypeInterpretation, gazette.TypeQuestion:
		if dead := allEnded(e.About); dead != "" {
			return []Stale{{Entry: e, Action: Archive, Reason: Reason{Rule: WebAbout, Args: []string{dead}}}}
		}
	}
	return staleYear(e, on)
}

// allEnded names the documents that an article is about, if all of them have
// ended; "" where one stands, is not known, or there is none.
func allEnded(about []catalog.Target) string {
	var names []string
	for _, t := range about {
		switch {
		case t.Entry != nil && t.Entry.State.Force.Ended():
			names = append(names, nameOf(t.Entry))
		case t.External != nil && gazette.Force(t.External.Force).Ended():
			names = append(names, externalName(t.External))
		default:
			return ""
		}
	}
	return strings.Join(names, "、")
}

// yearBound are titles of what is for one year, or until one: 2023年政务公开工作要点,
// 2021—2025年行动计划.
var (
	yearBound = regexp.MustCompile(`(?:要点|计划|规划|纲要|方案|安排|任务分工|分工|任务清单|校历|(?:申报|评选|评审|评定|招聘|招生|招考|考试|检查|普查|征集|竞赛|放假|发放|补贴)\p{Han}{0,6}(?:指南|公告|通告|的?通知)?)(?:（[^）]*）|\([^)]*\))?(?:的通知|》的通知|》|”)*$`)
	// Years written with Chinese digits, and those of the five-year plans.
	hanYear   = regexp.MustCompile(`[〇○零一二三四五六七八九]{4}年`)
	planYears = map[string]int{"十一五": 2010, "十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030, "十六五": 2035}
	titleYear = regexp.MustCompile(`(?:^|[^\d〔\[])((?:19|20)\d\d)(?:年|\s*[—–\-－~～至]\s*((?:19|20)\d\d)\s*年?)`)
)

func staleYear(e *catalog.Entry, on gazette.Date) []Stale {
	title := e.Title()
	if !yearBound.MatchString(title) || e.Type == gazette.TypeConsultation {
		return nil
	}
	last := yearOf(title)
	if last == 0 || last >= int(on.Year) {
		return nil
	}
	return []Stale{{Entry: e, Action: Archive, Reason: Reason{Rule: WebYear, Args: []string{strconv.Itoa(last)}}}}
}

// yearOf is the last year that a title speaks of; 0 for none.
func yearOf(title string) int {
	title = hanYear.ReplaceAllStringFunc(title, zh.Stream)
	last := 0
	for plan, year := range planYears {
		if strings.Contains(title, plan) {
			last = max(last, year)
		}
	}
	for _, m := range titleYear.FindAllStringSubmatch(title, -1) {
		for _, y := range m[1:] {
			if n, err := strconv.Atoi(y); err == nil {
				last = max(last, n)
			}
		}
	}
	return last
}

// The columns of the sheet of Web.
var webColumns = []string{colSerial, colTitle, colNumber, "kind", colDisposition, colReasons, colRemark, colFile, "attachment"}

// WebTable is the sheet of Web for a workbook, with the actions to choose from.
func WebTable(stale []Stale, w Words) sheet.Table {
	words := make([]string, len(actions))
	for i, a := range actions {
		words[i] = w.T("cleanup.action." + string(a))
	}
	return sheet.Table{
		Name: w.T("cleanup.column.disposition"), Rows: WebSheet(stale, w), Widths: []float64{6, 46, 22, 12, 16, 60, 16, 34, 24},
		Choices: map[int][]string{slices.Index(webColumns, colDisposition): words},
	}
}

// WebSheet is the sheet of what is stale: its head, and a row for each.
func WebSheet(stale []Stale, w Words) [][]string {
	rows := [][]string{w.head("cleanup.column.", webColumns)}
	for i, s := range stale {
		number := s.Entry.Document.Number
		rows = append(rows, []string{
			strconv.Itoa(i + 1), s.Entry.Title(), number, w.T("content." + string(s.Entry.Type)),
			w.T("cleanup.action." + string(s.Action)), s.Reason.Text(w), "", s.Entry.Path, s.File,
		})
	}
	return rows
}

// WebList is the list of what is stale as Markdown.
func WebList(stale []Stale, on gazette.Date, w Words) string {
	var b strings.Builder
	b.WriteString("# " + w.T("cleanup.web.title", on.Zh()) + "\n")
	rule := ""
	for _, s := range stale {
		if s.Reason.Rule != rule {
			rule = s.Reason.Rule
			b.WriteString("\n## " + w.T("cleanup.web.rule."+rule) + "\n\n")
		}
		b.WriteString("- " + nameOf(s.Entry) + " `" + s.Path() + "` " + strings.ReplaceAll(s.Reason.Text(w), "\n", " ") + "\n")
	}
	return b.String()
}

// A StaleObject is what cleanup web --format json gives. Fields are added,
// never renamed.
type StaleObject struct {
	File       string       `json:"file"`
	Attachment string       `json:"attachment,omitempty"`
	Type       string       `json:"type"`
	Title      string       `json:"title"`
	Number     string       `json:"number,omitempty"`
	Action     string       `json:"action"`
	Reason     ReasonObject `json:"reason"`
}

// StaleObjectOf returns what is stale for machines.
func StaleObjectOf(s Stale, w Words) StaleObject {
	r := s.Reason
	return StaleObject{
		File: s.Entry.Path, Attachment: s.File, Type: string(s.Entry.Type), Title: s.Entry.Title(), Number: s.Entry.Document.Number,
		Action: string(s.Action), Reason: ReasonObject{r.Rule, r.Args, r.Text(w), r.Quote, r.Path, r.Line},
	}
}

// ApplyWeb returns the content files that a sheet says are to be archived, in
// its order. Where a finding is an error, nothing may be written.
func ApplyWeb(c *catalog.Catalog, name string, rows [][]string, w Words) ([]string, []diag.Finding) {
	a := applier{cat: c, name: name, words: w}
	start := a.columns(rows, "cleanup.column.", webColumns, []string{colDisposition, colFile})
	if start < 0 {
		return nil, a.findings
	}
	var out []string
	for i := start; i < len(rows); i++ {
		said, file := a.cell(rows[i], colDisposition), a.cell(rows[i], colFile)
		if said == "" && file == "" {
			continue
		}
		action, ok := a.action(said)
		e := c.Entry(strings.TrimPrefix(file, "content/"))
		switch {
		case !ok:
			a.report("sheet-disposition", i+1, said)
		case e == nil || e.Type == gazette.TypeIssue:
			a.report("sheet-document", i+1, file)
		case action == Archive && e.Shelf == gazette.Online && !slices.Contains(out, e.Path):
			out = append(out, e.Path)
		}
	}
	return out, a.findings
}

func (a *applier) action(said string) (Action, bool) {
	for _, x := range actions {
		if said == string(x) || a.words.is("cleanup.action."+string(x), said) {
			return x, true
		}
	}
	return "", false
}
