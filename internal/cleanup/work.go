package cleanup

import (
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/sheet"
)

// The columns of the work sheet (standards §5.5), named by the texts
// cleanup.column.<name>.
const (
	colSerial       = "serial"
	colTitle        = "title"
	colNumber       = "number"
	colIssuer       = "issuer"
	colDrafter      = "drafter"
	colIssued       = "issued"
	colEffective    = "effective"
	colExpires      = "expires"
	colDisposition  = "disposition"
	colUntil        = "until"
	colReasons      = "reasons"
	colRegistration = "registration"
	colRemark       = "remark"
	colFile         = "file"
)

var workColumns = []string{
	colSerial, colTitle, colNumber, colIssuer, colDrafter, colIssued, colEffective, colExpires,
	colDisposition, colUntil, colReasons, colRegistration, colRemark, colFile,
}

// WorkTable is the work sheet for a workbook: with its widths, and the
// dispositions to choose from.
func WorkTable(cs []Candidate, w Words) sheet.Table {
	words := make([]string, len(dispositions))
	for i, d := range dispositions {
		words[i] = w.T("cleanup.disposition." + string(d))
	}
	return sheet.Table{
		Name: w.T("cleanup.column.disposition"), Rows: Work(cs, w),
		Widths:  []float64{6, 46, 22, 22, 22, 12, 12, 12, 12, 14, 60, 14, 16, 34},
		Choices: map[int][]string{slices.Index(workColumns, colDisposition): words},
	}
}

// Words are the texts of the languages in which sheets are written and read.
// The first is that of the user.
type Words []diag.Strings

// T returns a text in the user's language.
func (w Words) T(key string, args ...string) string { return w[0].T(key, args...) }

// is reports whether a cell says what a key says in one of the languages.
func (w Words) is(key, cell string) bool {
	return slices.ContainsFunc(w, func(t diag.Strings) bool { return t.T(key) == cell })
}

// head is the first row of a sheet.
func (w Words) head(prefix string, columns []string) []string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = w.T(prefix + c)
	}
	return out
}

// Text is a reason in words; where it rests on a text, with the sentence.
func (r Reason) Text(w Words) string {
	args := slices.Clone(r.Args)
	for i, a := range args {
		if strings.HasPrefix(a, "force.") {
			args[i] = w.T(a)
		}
	}
	key := "cleanup.reason." + r.Rule
	if i := slices.Index(args, ""); i >= 0 && w[0].Has(key+".short") {
		key += ".short" // an argument is not known
	}
	text := w.T(key, args...)
	if r.Quote != "" {
		text += w.T("cleanup.quote", r.Quote)
	}
	return text
}

// texts are the reasons of a candidate in words, one a line.
func (c Candidate) texts(w Words) string {
	out := make([]string, len(c.Reasons))
	for i, r := range c.Reasons {
		out[i] = r.Text(w)
	}
	return strings.Join(out, "\n")
}

// issued is the day on which a document was made known: printed or
// promulgated, else signed.
func issued(e *catalog.Entry) gazette.Date {
	d := e.Document
	for _, x := range []gazette.Date{d.Promulgated, d.Printed, d.Signed, d.Published.Date} {
		if !x.IsZero() {
			return x
		}
	}
	return gazette.Date{}
}

func effective(e *catalog.Entry) string {
	for _, x := range e.Effects {
		if x.Kind == gazette.TakesEffect {
			return x.From.String()
		}
	}
	return ""
}

// Work is the work sheet: its head, and a row for each candidate. People change
// the disposition, and write 新有效期至 for what is to stay.
func Work(cs []Candidate, w Words) [][]string {
	rows := [][]string{w.head("cleanup.column.", workColumns)}
	for i, c := range cs {
		d := c.Entry.Document
		rows = append(rows, []string{
			strconv.Itoa(i + 1), c.Entry.Title(), d.Number, strings.Join(d.Issuers, "、"), c.Drafter(), issued(c.Entry).String(),
			effective(c.Entry), c.Last.String(), w.T("cleanup.disposition." + string(c.Disposition)), "", c.texts(w), d.Registration, "", c.Entry.Path,
		})
	}
	return rows
}

// ByDrafter groups candidates by who is to clean them up, in their order.
func ByDrafter(cs []Candidate) [][]Candidate {
	var out [][]Candidate
	for _, c := range cs {
		if n := len(out); n > 0 && out[n-1][0].Drafter() == c.Drafter() {
			out[n-1] = append(out[n-1], c)
			continue
		}
		out = append(out, []Candidate{c})
	}
	return out
}

// A Decision is the draft of the 决定 that ends a cleanup, for people: it is
// published by putting it into content/.
type Decision struct {
	Title, Intro string
	Lists        []DecisionList // what stays, ends, has lapsed, is to be amended
	End          string
}

// A DecisionList is one list of a decision. Items are names of documents with
// their numbers; without any it says so.
type DecisionList struct {
	Heading string
	Items   []string
}

// Draft drafts the decision from candidates and what is suggested for them.
func Draft(cs []Candidate, on gazette.Date, w Words) Decision {
	d := Decision{Title: w.T("cleanup.draft.title"), Intro: w.T("cleanup.draft.intro", on.Zh()), End: w.T("cleanup.draft.end")}
	for i, disposition := range []Disposition{Keep, Repeal, Lapse, Amend} {
		var items []string
		for _, c := range cs {
			if c.Disposition == disposition {
				item := strconv.Itoa(len(items)+1) + "." + nameOf(c.Entry)
				if !c.Until.IsZero() {
					item += w.T("cleanup.draft.until", c.Until.Zh())
				}
				items = append(items, item)
			}
		}
		heading := w.T("cleanup.draft.list-"+strconv.Itoa(i+1), strconv.Itoa(len(items)))
		if len(items) == 0 {
			items = []string{w.T("cleanup.draft.none")}
		}
		d.Lists = append(d.Lists, DecisionList{heading, items})
	}
	return d
}

// Markdown is the decision as the body of a content file.
func (d Decision) Markdown() string {
	var b strings.Builder
	b.WriteString("# " + d.Title + "\n\n" + d.Intro + "\n")
	for _, l := range d.Lists {
		b.WriteString("\n" + l.Heading + "\n")
		for _, item := range l.Items {
			b.WriteString("\n" + item + "\n")
		}
	}
	b.WriteString("\n" + d.End + "\n")
	return b.String()
}

// An Object is a candidate as cleanup legal --format json gives it. Fields are
// added, never renamed.
type Object struct {
	File         string         `json:"file"`
	Title        string         `json:"title"`
	Number       string         `json:"number,omitempty"`
	Class        string         `json:"class"`
	Issuers      []string       `json:"issuers"`
	Drafter      string         `json:"drafter"`
	Issued       string         `json:"issued,omitempty"`
	Effective    string         `json:"effective,omitempty"`
	Expires      string         `json:"expires,omitempty"`
	Registration string         `json:"registration,omitempty"`
	Force        string         `json:"force"`
	Disposition  string         `json:"disposition"`
	Reasons      []ReasonObject `json:"reasons"`
}

// A ReasonObject is one reason of an Object.
type ReasonObject struct {
	Rule  string   `json:"rule"`
	Args  []string `json:"args,omitempty"`
	Text  string   `json:"text"`
	Quote string   `json:"quote,omitempty"`
	File  string   `json:"file,omitempty"`
	Line  int      `json:"line,omitempty"`
}

// ObjectOf returns a candidate for machines.
func ObjectOf(c Candidate, w Words) Object {
	d := c.Entry.Document
	o := Object{
		File: c.Entry.Path, Title: c.Entry.Title(), Number: d.Number, Class: string(d.Class), Issuers: d.Issuers, Drafter: c.Drafter(),
		Issued: issued(c.Entry).String(), Effective: effective(c.Entry), Expires: c.Last.String(), Registration: d.Registration,
		Force: string(c.Entry.State.Force), Disposition: string(c.Disposition),
	}
	for _, r := range c.Reasons {
		o.Reasons = append(o.Reasons, ReasonObject{r.Rule, r.Args, r.Text(w), r.Quote, r.Path, r.Line})
	}
	return o
}

// Text is why a candidate is one, in words.
func (c Candidate) Text(w Words) string { return strings.ReplaceAll(c.texts(w), "\n", "; ") }
